import { sendOffer, withdrawOffer } from '../booking/service.ts';
import { placeHold, releaseHold } from '../calendar/service.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import type { Prisma, TourPlan, TourSentState } from '../core/db/client.ts';
import { AppError, type ErrorCode } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import { announce } from '../core/live.ts';
import { localeOf } from '../core/locale.ts';
import type { Currency } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { fromDay, hourOf, toDay, type Day } from '../core/time.ts';
import { isStill } from '../identity/service.ts';
import { castOf } from '../prospects/service.ts';
import { openProposal } from '../requests/service.ts';
import { applied, type Doc } from '../tours/edit.ts';
import { isByHand, isSame, type Bid, type Question, type Visit } from '../tours/question.ts';
import { advance, forget, groundOf, planNamed, refuseStale, scenarioNamed, standing, tourOf, type Standing } from '../tours/service.ts';
import type { ScenarioView } from '../tours/view.ts';
import { fellLetter } from './letters.ts';

/** How holds of a tour are sent: `days` is how long each lasts, `key` tells one sending from the next. */
export interface Sending { readonly scenarioId: string; readonly version: number; readonly mode: 'all' | 'possible'; readonly days: number; readonly key: string }

/** How holds were sent: all, or as many as could be; each with what became of it. */
export interface SentView { readonly sent: number; readonly refused: number; readonly each: readonly (Visit & { readonly state: 'held' | 'refused'; readonly bookingId: string | null; readonly code: string })[] }

/** Stops that are held all or none: so many fit into one transaction. */
const mostAtOnce = 150;

type SentStop = SentView['each'][number];

/** Carries what became of each stop out of a transaction that is not to stand. */
class NotAll extends Error {
  readonly each: readonly SentStop[];
  constructor(each: readonly SentStop[]) { super('not all'); this.each = each; }
}

/**
 * Sends a hold and an offer for each stop that is not fixed: all of them or none, or as many as can be. A venue that never asked gets a booking of its own, which lands in its
 * inbox. Sent twice under one key it is answered alike; what is held already is not held twice.
 *
 * @throws AppError `plan_changed`, `tour_nothing_to_hold`, `key_reused`, `not_found`, `role_too_low`, `input_invalid` for more than 150 stops at once. What keeps a single stop is said with it.
 */
export async function sendHolds(ctx: SignedIn, sending: Sending): Promise<SentView> {
  const { scenarioId, version, mode, days, key } = sending;
  permit(ctx.actor, 'hold.place', { orgId: ctx.actor.orgId });
  const { plan } = await scenarioNamed(ctx, 'tour.edit', scenarioId);
  const [id, hash] = [`tour:${scenarioId}:${key}`, sha256(JSON.stringify([version, mode, days]))];
  const before = await answerOf(ctx, { id, hash });
  if (before) return before;
  const now = await standing(ctx, 'tour.edit', scenarioId, true);
  refuseStale(now.row, version);
  // In one order, so that two who send at once never wait for each other.
  const visits = now.doc.visits.filter((visit) => mode === 'possible' || !saidNo(now.sent, visit)).sort((one, other) => (dayKey(one) < dayKey(other) ? -1 : 1));
  if (visits.length === 0) throw new AppError('tour_nothing_to_hold');
  if (mode === 'all' && visits.length > mostAtOnce) throw new AppError('input_invalid', { field: 'mode' });
  const stops = wantedOf(now, visits);
  const sent = { plan, scenarioId, days, id, hash };
  const answer = mode === 'all' ? await allOrNone(ctx, sent, stops) : await asManyAsCan(ctx, sent, stops);
  if (now.base.whole.artists.length > 1 && answer.sent > 0) await share(ctx, now, scenarioId);
  forget(ctx, plan.id);
  await announce(ctx.db, plan.id);
  return answer;
}

/** One sending: whose, how long its holds last, and what its answer is kept under. */
interface Sent { readonly plan: TourPlan; readonly scenarioId: string; readonly days: number; readonly id: string; readonly hash: string }

/** A stop with what is asked for it: the scenario's own price, else that of the day, else the venue's. */
interface Wanted { readonly visit: Visit; readonly bid: Bid | null; readonly priceMinor: number; readonly startTime: string }

function wantedOf({ base: { whole }, doc }: Standing, visits: readonly Visit[]): Wanted[] {
  const bids = new Map(whole.bids.map((bid) => [`${bid.artist} ${bid.venue}`, bid]));
  const prices = new Map(doc.prices.map((one) => [`${one.artist} ${one.venue}`, one.priceMinor]));
  return visits.map((visit) => {
    const bid = bids.get(`${visit.artist} ${visit.venue}`) ?? null;
    return { visit, bid, priceMinor: prices.get(`${visit.artist} ${visit.venue}`) ?? bid?.prices?.[visit.day] ?? bid?.priceMinor ?? 0, startTime: startOf(whole, visit.venue) };
  });
}

/** All stops in one transaction; where one is refused none stands. */
async function allOrNone(ctx: SignedIn, sent: Sent, stops: readonly Wanted[]): Promise<SentView> {
  const answer = await transact(ctx, async (tx) => {
    await take(tx, stops);
    // Whoever sent under this key meanwhile has answered already.
    const done = await answerOf(tx, sent);
    if (done) return done;
    const each: SentStop[] = [];
    for (const stop of stops) each.push(await tried(tx, sent, stop));
    if (each.some(({ state }) => state === 'refused')) throw new NotAll(each);
    return remember(tx, sent, each);
  }).catch((error: unknown) => {
    if (!(error instanceof NotAll)) throw error;
    return said(error.each.map((one) => (one.state === 'refused' ? one : { ...one, state: 'refused' as const, bookingId: null, code: 'tour_held_back' satisfies ErrorCode })));
  });
  // What was refused as a whole changed nothing, and may be tried again: only the answer is kept.
  if (answer.sent === 0) await keepAnswer(ctx, sent, answer);
  return answer;
}

/** Each stop in a transaction of its own. */
async function asManyAsCan(ctx: SignedIn, sent: Sent, stops: readonly Wanted[]): Promise<SentView> {
  const each: SentStop[] = [];
  for (const stop of stops) {
    each.push(await transact(ctx, async (tx) => {
      await take(tx, [stop]);
      const one = await tried(tx, sent, stop);
      if (one.state === 'refused') throw new NotAll([one]);
      return one;
    }).catch((error: unknown) => {
      const [one] = error instanceof NotAll ? error.each : [];
      if (!one) throw error;
      return one;
    }));
  }
  return transact(ctx, async (tx) => await answerOf(tx, sent) ?? remember(tx, sent, each));
}

const dayKey = ({ artist, day }: Visit): string => `day:${artist}:${day}`;

/** Whether a place has said no: where all are sent or none, it does not keep the others back. */
const saidNo = (sent: Standing['sent'], { artist, venue }: Visit): boolean => sent.some((one) => one.state === 'declined' && one.artistId === artist && one.venue === venue);

/** When a show begins there, `20:30`: four hours after the crew came. */
const startOf = ({ venues }: Question, id: string): string => hourOf((venues.find((one) => one.id === id)?.loadIn ?? 990) + 240);

/** Holds the bookings and the days of some stops until the transaction ends: bookings first, as those do who answer offers. */
async function take(tx: SignedIn, stops: readonly Wanted[]): Promise<void> {
  const ids = stops.flatMap(({ bid }) => bid?.bookingId ?? []).sort();
  if (ids.length > 0) await tx.db.$queryRaw`SELECT id FROM booking WHERE id = ANY(${ids}) ORDER BY id FOR UPDATE`;
  // The venue as well as the day: two scenarios that want it on two days open one booking.
  await lock(tx, ...stops.flatMap(({ visit }) => [dayKey(visit), `stop:${visit.artist}:${visit.venue}`]));
}

/** One stop with its hold and its offer, or why it has none. What it wrote before it was refused is the caller's to undo. */
async function tried(tx: SignedIn, sent: Sent, stop: Wanted): Promise<SentStop> {
  try {
    return { ...stop.visit, state: 'held', bookingId: await hold(tx, sent, stop), code: '' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...stop.visit, state: 'refused', bookingId: stop.bid?.bookingId ?? null, code: error.code };
  }
}

async function hold(tx: SignedIn, { plan, days }: Sent, { visit, bid, priceMinor, startTime }: Wanted): Promise<string> {
  const { artist, venue, day } = visit;
  if (!bid) throw new AppError('tour_no_bid');
  if (isByHand(venue)) throw new AppError('tour_stop_unasked');
  // Nobody has said a price: nothing is offered for nothing.
  if (priceMinor <= 0) throw new AppError('tour_no_price');
  const row = { planId_artistId_venue: { planId: plan.id, artistId: artist, venue } };
  const before = await tx.db.tourSent.findUnique({ where: row });
  const price = { minor: BigInt(priceMinor), currency: plan.currency as Currency };
  if (before?.state === 'declined' && await tx.db.offer.count({ where: { bookingId: before.bookingId, status: 'sent', expiresAt: { gt: tx.now() } } }) === 0) throw new AppError('tour_said_no');
  // A booking that another hand opened for the same venue meanwhile is known by the row.
  const known = bid.bookingId ?? (before && await tx.db.booking.count({ where: { id: before.bookingId, status: { in: ['requested', 'negotiating'] } } }) > 0 ? before.bookingId : undefined);
  const others = await tx.db.hold.count({ where: { orgId: artist, day: fromDay(day), status: 'live', expiresAt: { gt: tx.now() }, ...(known !== undefined && { bookingId: { not: known } }) } });
  if (others > 0) throw new AppError('tour_day_held', { day });
  const bookingId = known ?? await openProposal(tx, { orgId: artist, venueOrgId: venue, showDay: day, startTime, price, occasion: plan.name });
  const live = await tx.db.hold.findMany({ where: { bookingId, status: 'live', expiresAt: { gt: tx.now() } } });
  const standing = live.find((one) => toDay(one.day) === day);
  // The stop has moved: its old day is free again.
  for (const old of live) if (old !== standing) await releaseHold(tx, old.id);
  const { id: holdId, expiresAt } = standing ? { id: standing.id, expiresAt: standing.expiresAt.toISOString() } : await placeHold(tx, { bookingId, day, days });
  const offer = await tx.db.offer.findFirst({ where: { bookingId, status: 'sent', expiresAt: { gt: tx.now() } } });
  // Who waits for an answer about another day is answered in their file, and hears of no second one.
  if (offer?.proposedBy === 'buyer' && toDay(offer.showDay) !== day) throw new AppError('offer_open');
  const stale = offer?.proposedBy === 'artist' && (toDay(offer.showDay) !== day || offer.priceMinor !== price.minor);
  if (offer && stale) await withdrawOffer(tx, offer.id);
  if (!offer || stale) await sendOffer(tx, bookingId, { showDay: day, startTime, price, terms: '', expiresAt: new Date(expiresAt) });
  const now = { day: fromDay(day), bookingId, holdId, state: 'held' as const, until: new Date(expiresAt), at: tx.now() };
  await tx.db.tourSent.upsert({ where: row, create: { planId: plan.id, artistId: artist, venue, opened: bid.bookingId === undefined, ...now }, update: now });
  return bookingId;
}

const said = (each: readonly SentStop[]): SentView => ({ sent: each.filter(({ state }) => state === 'held').length, refused: each.filter(({ state }) => state === 'refused').length, each });

/** What was answered under a key. @throws AppError `key_reused`. */
async function answerOf(ctx: Context, { id, hash }: Pick<Sent, 'id' | 'hash'>): Promise<SentView | null> {
  const row = await ctx.db.replay.findUnique({ where: { id } });
  if (row && row.hash !== hash) throw new AppError('key_reused');
  return row ? row.answer as unknown as SentView : null;
}

async function keepAnswer(ctx: Context, { id, hash }: Sent, answer: SentView): Promise<void> {
  await ctx.db.replay.createMany({ data: [{ id, hash, at: ctx.realNow(), answer: answer as unknown as Prisma.InputJsonObject }], skipDuplicates: true });
}

async function remember(tx: Context, sent: Sent, each: readonly SentStop[]): Promise<SentView> {
  const answer = said(each);
  await keepAnswer(tx, sent, answer);
  const { plan, scenarioId } = sent;
  if (answer.sent > 0) await tell(tx, 'tour.sent', { planId: plan.id, orgId: plan.orgId, scenarioId });
  return answer;
}

/** Tells whoever finds rooms and vans what the artists of a tour could share, where there is something. */
async function share(ctx: SignedIn, now: Standing, scenarioId: string): Promise<void> {
  const { tour } = await tourOf(ctx, now);
  if (tour.shared.length > 0) await transact(ctx, (tx) => tell(tx, 'tour.shared', { planId: now.plan.id, orgId: now.plan.orgId, scenarioId }));
}

/**
 * What became of a booking for which a tour sent a hold: agreed, declined or lapsed. A stop that falls is told to whoever plans, once, with the way to plan anew around
 * what is held. Of a hold that a tour has replaced nothing is heard.
 */
export async function hearStop(ctx: Context, { bookingId, holdId, offerId }: { bookingId: string; holdId?: string; offerId?: string }, state: Exclude<TourSentState, 'held'>): Promise<void> {
  // What the artist's side refuses is its own to know, and an offer that another took the place of is none that was lost.
  if (state !== 'agreed' && offerId !== undefined && await ctx.db.offer.count({ where: { bookingId, OR: [{ id: offerId, proposedBy: 'buyer' }, { id: { gt: offerId } }] } }) > 0) return;
  const rows = await ctx.db.tourSent.findMany({ where: { bookingId, state: { in: state === 'agreed' ? ['held', 'declined', 'lapsed'] : ['held', 'agreed'] }, ...(holdId !== undefined && { holdId, state: 'held' }) }, include: { plan: true } });
  for (const { planId, artistId, venue, day, state: before, plan } of rows) {
    const { count } = await ctx.db.tourSent.updateMany({ where: { planId, artistId, venue, state: before, bookingId }, data: { state, at: ctx.now() } });
    if (count === 0) continue;
    forget(ctx, planId);
    await announce(ctx.db, planId);
    // Who plans for the artist no longer hears nothing of their dates.
    if (state === 'agreed' || !(await castOf(ctx, plan.orgId)).includes(artistId)) continue;
    await tell(ctx, 'tour.fell', { planId, orgId: plan.orgId, artistOrgId: artistId, bookingId, why: state });
    await writeFell(ctx, plan, { bookingId, artistId, day: toDay(day), why: state });
  }
}

/** How a stop stands since its hold was sent. */
export interface AnswerView extends Visit { readonly state: TourSentState }

/** Says how each stop of a plan stands since holds were sent: at once, and whenever a place has answered. @throws AppError `not_found`. */
export async function* followAnswers(ctx: SignedIn, planId: string, signal: AbortSignal | undefined): AsyncGenerator<AnswerView[]> {
  await planNamed(ctx, 'tour.read', planId);
  for await (const id of ctx.live.news(planId, signal ?? new AbortController().signal)) {
    if (!await isStill(ctx, ctx.actor)) throw new AppError('not_found');
    await planNamed(ctx, 'tour.read', id);
    const rows = await ctx.db.tourSent.findMany({ where: { planId: id }, orderBy: [{ day: 'asc' }, { artistId: 'asc' }, { venue: 'asc' }] });
    yield rows.map(({ artistId, venue, day, state }) => ({ artist: artistId, venue, day: toDay(day), state }));
  }
}

/** Writes to those who answer for a plan that one of its stops fell. */
async function writeFell(ctx: Context, plan: TourPlan, { bookingId, artistId, day, why: fell }: { bookingId: string; artistId: string; day: Day; why: 'declined' | 'lapsed' }): Promise<void> {
  const [org, members, request, artist] = await Promise.all([
    ctx.db.organisation.findUniqueOrThrow({ where: { id: plan.orgId } }), ctx.db.member.findMany({ where: { orgId: plan.orgId, role: { in: ['owner', 'manager'] } }, include: { user: { select: { email: true, locale: true } } } }),
    ctx.db.request.findUnique({ where: { bookingId }, select: { place: true, city: true } }), ctx.db.organisation.findUniqueOrThrow({ where: { id: artistId }, select: { name: true } }),
  ]);
  const readers = members.length > 0 ? members.map(({ user }) => user) : [{ email: org.email, locale: org.locale }];
  const place = [request?.place, request?.city].filter((part, i, all) => part && all.indexOf(part) === i).join(', ');
  for (const { email, locale } of readers) {
    await post(ctx, { cause: `tour.fell:${plan.id}:${bookingId}:${day}:${fell}:${email}`, email, orgId: plan.orgId },
      fellLetter(localeOf(locale), { plan: plan.name, artist: artist.name, place, day, why: fell }, `${ctx.config.urls.platform}/tours?plan=${plan.id}`));
  }
}

/** Plans anew around what is held: stops that fell go, and what is held or pinned stays where it is. @throws AppError `plan_changed`, `not_found`. */
export async function replan(ctx: SignedIn, { scenarioId, version }: { scenarioId: string; version: number }): Promise<ScenarioView> {
  const now = await standing(ctx, 'tour.edit', scenarioId, true);
  refuseStale(now.row, version);
  const { doc, base, sent } = now;
  const isIn = (visit: Visit): boolean => doc.visits.some((one) => isSame(one, visit));
  const visits = sent.map(({ artistId, venue, day, state }) => ({ state, visit: { artist: artistId, venue, day: toDay(day) } }));
  const fallen = visits.filter(({ state }) => state === 'declined' || state === 'lapsed');
  const held = visits.filter(({ state, visit }) => state === 'held' && isIn(visit)).map(({ visit }) => visit);
  // Who said no is asked no more; a hold that nobody answered may go to another day.
  const next = fallen.reduce<Doc>((rest, { state, visit }) => (state === 'lapsed' && !isIn(visit) ? rest : applied(rest, { kind: 'forbid', artist: visit.artist, venue: visit.venue, day: state === 'declined' ? null : visit.day }, groundOf(base))), doc);
  const anew = await advance(ctx, now, next, { kind: 'mend', seed: now.row.version, touched: [...new Set(fallen.map(({ visit }) => visit.artist))], days: [], held });
  // A day that was kept for who said no is free again; one that is talked about anew is kept.
  const noes = sent.filter(({ state }) => state === 'declined').map(({ bookingId }) => bookingId);
  const talked = (await ctx.db.offer.findMany({ where: { bookingId: { in: noes }, status: 'sent', expiresAt: { gt: ctx.now() } }, select: { bookingId: true } })).map(({ bookingId }) => bookingId);
  for (const { id } of await ctx.db.hold.findMany({ where: { bookingId: { in: noes, notIn: talked }, status: 'live' } })) await releaseHold(ctx, id);
  return anew;
}
