import { wishes, write } from '../alerts/service.ts';
import { MATCH_DAYS, meet } from '../approvals/service.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { Prisma, type Choice, type Match, type Verdict } from '../core/db/client.ts';
import { dropDeadline } from '../core/deadlines.ts';
import { AppError } from '../core/errors.ts';
import { announce } from '../core/live.ts';
import type { Locale } from '../core/locale.ts';
import { addJob, tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { addDays, dayIn, fromDay, instantAt, toDay, type Day } from '../core/time.ts';
import { discover, nights, pairScore, seenOf, type Discovery } from '../finds/service.ts';
import { isStill } from '../identity/service.ts';
import { noFilters, type Seen } from '../matching/filters.ts';
import type { Score } from '../matching/score.ts';
import { spendSuperLike, superLikesLeft } from '../subscriptions/service.ts';
import { degreesOf } from './found.ts';

type Discovered = Awaited<ReturnType<typeof discover>>;
type Found = Discovered['found'][number];
/** What happened between two, as it is learned from. */
type Sighted = Verdict | 'impression' | 'favourite' | 'hide' | 'contact' | 'offer' | 'signature' | 'refusal' | 'rating';

const dayMs = 86_400_000;
const minuteMs = 60_000;

// --- What is shown ----------------------------------------------------------------------------------------------------------

/** For how long the same list, shown again, is one impression: whoever turns a filter back and forth saw it once. */
const sameListMs = 10 * minuteMs;

/** A discovery, whose finds are noted as shown. Throws as `discover` of finds does. */
export async function find(ctx: SignedIn, input: Discovery): Promise<Discovered> {
  permit(ctx.actor, 'discovery.read', { orgId: ctx.actor.orgId });
  const found = await discover(ctx, input);
  await saw(ctx, found);
  return found;
}

/** For each of some days the best of the other side, noted as shown day by day. Throws as `nights` of finds does. */
export async function findNights(ctx: SignedIn, ask: Parameters<typeof nights>[1]) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.read', { orgId });
  const found = await nights(ctx, ask);
  const seen: Seen = found.nights.some((night) => night.found.some((one) => one.seen === 'artist')) ? 'place' : 'artist';
  for (const night of found.nights) await saw(ctx, { seeker: { orgId, seen }, found: night.found });
  return found;
}

/** Notes who was shown to whom, at which place of the list, and with which degrees: once for a list. */
async function saw(ctx: SignedIn, { seeker, found }: { readonly seeker: { readonly orgId: string; readonly seen: Seen }; readonly found: readonly Found[] }): Promise<void> {
  const others = found.map(({ orgId }) => orgId);
  const since = new Date(ctx.now().getTime() - sameListMs);
  const before = await ctx.db.sighting.findMany({ where: { orgId: seeker.orgId, otherOrgId: { in: others }, kind: 'impression', at: { gte: since } }, select: { otherOrgId: true } });
  const seen = new Set(before.map(({ otherOrgId }) => otherOrgId));
  await ctx.db.sighting.createMany({
    data: found.flatMap((one, position) => (seen.has(one.orgId) ? [] : [sighting({ orgId: seeker.orgId, otherOrgId: one.orgId, seeker: seeker.seen, kind: 'impression', position, score: one.score, at: ctx.now() })])),
  });
}

type Scored = Pick<Score, 'scorecard' | 'model' | 'score'> & { readonly criteria: readonly Pick<Score['criteria'][number], 'degree' | 'known'>[] };

const sighting = ({ score, ...row }: { orgId: string; otherOrgId: string; seeker: Seen; kind: Sighted; position?: number; score: Scored; at: Date }) =>
  ({ ...row, scorecard: score.scorecard, model: score.model, score: score.score, degrees: degreesOf(score) });

// --- Choices ----------------------------------------------------------------------------------------------------------------

/** An artist and a place that can be found, by one of them. */
interface Pair { readonly orgId: string; readonly otherOrgId: string; readonly seeker: Seen; readonly score: Score }

/**
 * Passes, likes or super-likes somebody, or takes that back with null; what was said stays said: a match stands, and a Super Like is not given back, nor is another taken
 * when the same one is super-liked again. When both like each other they have a match, once.
 *
 * @throws AppError `choice_own`, `choice_same_side`, `not_found`, `super_likes_spent`, `rate_limited`, and as `permit` does.
 */
export async function choose(ctx: SignedIn, { orgId: otherOrgId, verdict, message }: { orgId: string; verdict: Verdict | null; message: string }) {
  const { orgId } = await mayChoose(ctx);
  if (verdict === null) {
    await ctx.db.choice.updateMany({ where: { orgId, otherOrgId }, data: { verdict: null, message: '' } });
    return chosen(ctx, otherOrgId);
  }
  const pair = await pairOf(ctx, otherOrgId);
  await transact(ctx, async (tx) => {
    await lockPair(tx, pair);
    const said = verdict === 'super_like' ? message : '';
    const [before, match] = await Promise.all([tx.db.choice.findUnique({ where: keyOf(pair) }), matchOf(tx, pair)]);
    const again = before?.verdict === verdict && before.message === said;
    // After a match has expired the same word, said anew, counts anew.
    if (again && !(match?.status === 'expired' && before.at <= match.expiresAt)) return;
    if (verdict === 'super_like' && before?.verdict !== 'super_like') await superLike(tx, pair, said);
    const now = { verdict, message: said, at: tx.now() };
    await tx.db.choice.upsert({ where: keyOf(pair), create: { orgId, otherOrgId, ...now }, update: now });
    if (before?.verdict !== verdict) await tx.db.sighting.create({ data: sighting({ ...pair, kind: verdict, at: tx.now() }) });
    if (verdict !== 'pass') await meet(tx, sidesOf(pair), pair.score.score);
  });
  return chosen(ctx, otherOrgId);
}

/** Keeps somebody as a favourite, or no more. Throws as `choose` does. */
export const keep = (ctx: SignedIn, { orgId, favourite }: { orgId: string; favourite: boolean }) => mark(ctx, orgId, { favourite }, favourite ? 'favourite' : null);

/** Hides somebody from what is found, or shows them again. Whoever is hidden makes no match and reaches nobody with a super like. Throws as `choose` does. */
export const hide = (ctx: SignedIn, { orgId, hidden }: { orgId: string; hidden: boolean }) => mark(ctx, orgId, { hidden }, hidden ? 'hide' : null);

async function mark(ctx: SignedIn, otherOrgId: string, data: { favourite: boolean } | { hidden: boolean }, kind: 'favourite' | 'hide' | null) {
  const { orgId } = await mayChoose(ctx);
  if (kind === null) {
    await ctx.db.choice.updateMany({ where: { orgId, otherOrgId }, data });
    return chosen(ctx, otherOrgId);
  }
  const pair = await pairOf(ctx, otherOrgId);
  await transact(ctx, async (tx) => {
    await lockPair(tx, pair);
    const before = await tx.db.choice.findUnique({ where: keyOf(pair) });
    await tx.db.choice.upsert({ where: keyOf(pair), create: { orgId, otherOrgId, at: tx.now(), ...data }, update: data });
    if (!(kind === 'hide' ? before?.hidden : before?.favourite)) await tx.db.sighting.create({ data: sighting({ ...pair, kind, at: tx.now() }) });
  });
  return chosen(ctx, otherOrgId);
}

async function mayChoose(ctx: SignedIn): Promise<{ orgId: string }> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.choose', { orgId });
  await ctx.limits?.choice(orgId);
  return { orgId };
}

/** The two, when they are an artist and a place and the other shows itself. Who does not is not there, whichever side they are on. */
async function pairOf(ctx: SignedIn, otherOrgId: string): Promise<Pair> {
  const { orgId } = ctx.actor;
  if (orgId === otherOrgId) throw new AppError('choice_own');
  const { kind } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { kind: true } });
  const seeker = seenOf(kind);
  if (!seeker) throw new AppError('seeker_sideless');
  const seen = await shownAs(ctx, otherOrgId);
  if (seen === seeker) throw new AppError('choice_same_side');
  const score = seen && (await pairScore(ctx, orgId, otherOrgId) ?? await answering(ctx, { orgId, otherOrgId }));
  if (!score) throw new AppError('not_found');
  return { orgId, otherOrgId, seeker, score };
}

/** Who sent a Super Like may be answered, though its own profile is not complete enough to be found: the two are scored from its side. */
async function answering(ctx: Context, { orgId, otherOrgId }: { orgId: string; otherOrgId: string }): Promise<Score | null> {
  const sent = await ctx.db.choice.count({ where: { orgId: otherOrgId, otherOrgId: orgId, verdict: 'super_like' } });
  return sent > 0 ? pairScore(ctx, otherOrgId, orgId) : null;
}

/** On which side an organisation shows itself to anybody; null when it does not. */
async function shownAs(ctx: Context, orgId: string): Promise<Seen | null> {
  const org = await ctx.db.organisation.findUnique({ where: { id: orgId }, select: { kind: true, claimed: true } });
  const seen = org && seenOf(org.kind);
  if (seen === 'artist') return await ctx.db.epk.count({ where: { orgId, publishedAt: { not: null } } }) > 0 ? seen : null;
  return seen === 'place' && org?.claimed && await ctx.db.venue.count({ where: { orgId } }) > 0 ? seen : null;
}

const keyOf = ({ orgId, otherOrgId }: { orgId: string; otherOrgId: string }) => ({ orgId_otherOrgId: { orgId, otherOrgId } });
const lockPair = (tx: Context, { orgId, otherOrgId }: { orgId: string; otherOrgId: string }): Promise<void> => lock(tx, `pair:${[orgId, otherOrgId].sort().join(':')}`);
const sidesOf = ({ orgId, otherOrgId, seeker }: Pair) => (seeker === 'artist' ? { artistOrgId: orgId, placeOrgId: otherOrgId } : { artistOrgId: otherOrgId, placeOrgId: orgId });
const matchOf = (ctx: Context, pair: Pair): Promise<Match | null> => ctx.db.match.findUnique({ where: { artistOrgId_placeOrgId: sidesOf(pair) } });

/** What is made of somebody now. It says the same of whom one never met as of whom there is not. */
async function chosen(ctx: SignedIn, otherOrgId: string) {
  const { orgId } = ctx.actor;
  const [choice, match, superLikes] = await Promise.all([
    ctx.db.choice.findUnique({ where: keyOf({ orgId, otherOrgId }) }),
    ctx.db.match.findFirst({ where: { OR: [{ artistOrgId: orgId, placeOrgId: otherOrgId }, { artistOrgId: otherOrgId, placeOrgId: orgId }] } }),
    superLikesLeft(ctx, orgId),
  ]);
  return {
    orgId: otherOrgId, verdict: choice?.verdict ?? null, favourite: choice?.favourite ?? false, hidden: choice?.hidden ?? false, superLikes,
    match: match && { id: match.id, status: match.status, expiresAt: match.expiresAt.toISOString() },
  };
}

/** Spends one, once for each pair, and writes to who is super-liked, unless they hid the sender. */
async function superLike(tx: SignedIn, { orgId, otherOrgId, score }: Pair, message: string): Promise<void> {
  await spendSuperLike(tx, `super_like:${orgId}:${otherOrgId}`);
  const back = await tx.db.choice.findUnique({ where: keyOf({ orgId: otherOrgId, otherOrgId: orgId }), select: { hidden: true } });
  if (back?.hidden) return;
  const from = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { email: true } });
  const name = (await othersOf(tx, [orgId])).get(orgId)?.line.name ?? '';
  await write(tx, otherOrgId, { cause: `super_like:${orgId}:${otherOrgId}`, tab: 'admirers', say: () => ({ kind: 'super_like', name, message, email: from.email, score: score.score }) });
  await announce(tx.db, otherOrgId);
}

// --- A match ----------------------------------------------------------------------------------------------------------------

/** Both sides are written to about their match, and whoever of them looks at the page sees it come. */
export async function tellMatch(ctx: Context, matchId: string, factId: bigint): Promise<void> {
  const { artistOrgId, placeOrgId, score, expiresAt } = await ctx.db.match.findUniqueOrThrow({ where: { id: matchId } });
  const others = await othersOf(ctx, [artistOrgId, placeOrgId]);
  for (const [own, other] of [[artistOrgId, placeOrgId], [placeOrgId, artistOrgId]] as const) {
    await write(ctx, own, { cause: `${factId}`, tab: 'matches', say: (locale, timeZone) => ({ kind: 'match', name: others.get(other)?.line.name ?? '', score, until: dayWords(dayIn(expiresAt, timeZone), locale) }) });
  }
  await announce(ctx.db, artistOrgId, placeOrgId);
}

const dayWords = (day: Day, locale: string): string => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(fromDay(day));

/** Whoever of the two looks at the page sees that it is over. */
export async function tellExpired(ctx: Context, { orgId, placeOrgId }: { orgId: string; placeOrgId: string }): Promise<void> {
  await announce(ctx.db, orgId, placeOrgId);
}

/** Nobody wrote in time. */
export async function expireMatch(tx: Context, id: string): Promise<void> {
  const { count } = await tx.db.match.updateMany({ where: { id, status: 'open', expiresAt: { lte: tx.now() } }, data: { status: 'expired' } });
  if (count === 0) return;
  const { artistOrgId, placeOrgId } = await tx.db.match.findUniqueOrThrow({ where: { id } });
  await tell(tx, 'match.expired', { matchId: id, orgId: artistOrgId, placeOrgId });
}

/** The matches of an organisation, and how many Super Likes it has left. */
export async function matches(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.read', { orgId });
  const rows = await ctx.db.match.findMany({ where: { OR: [{ artistOrgId: orgId }, { placeOrgId: orgId }] }, orderBy: { madeAt: 'desc' }, take: mostShown });
  const order = { open: 0, contacted: 1, expired: 2 } as const;
  const views = await matchViews(ctx, rows.sort((a, b) => order[a.status] - order[b.status] || (a.status === 'open' ? a.expiresAt.getTime() - b.expiresAt.getTime() : b.madeAt.getTime() - a.madeAt.getTime())));
  return { matches: views, superLikes: await superLikesLeft(ctx, orgId) };
}

/** Lines that a list shows at once. */
const mostShown = 500;

async function matchViews(ctx: SignedIn, rows: readonly Match[]) {
  const { orgId } = ctx.actor;
  const otherOf = ({ artistOrgId, placeOrgId }: Match) => (artistOrgId === orgId ? placeOrgId : artistOrgId);
  const ids = rows.map(otherOf);
  const [others, own, theirs] = await Promise.all([
    othersOf(ctx, ids), ctx.db.choice.findMany({ where: { orgId, otherOrgId: { in: ids } } }), ctx.db.choice.findMany({ where: { orgId: { in: ids }, otherOrgId: orgId, verdict: 'super_like' } }),
  ]);
  return rows.flatMap((row) => {
    const other = others.get(otherOf(row));
    if (!other) return [];
    const { line, contact } = other;
    const mine = own.find(({ otherOrgId }) => otherOrgId === line.orgId);
    return [{
      id: row.id, status: row.status, score: row.score, other: line, contact, madeAt: row.madeAt.toISOString(), expiresAt: row.expiresAt.toISOString(), contactedAt: row.contactedAt?.toISOString() ?? null, bookingId: row.bookingId,
      daysLeft: row.status === 'open' ? Math.max(0, Math.ceil((row.expiresAt.getTime() - ctx.now().getTime()) / dayMs)) : 0,
      message: theirs.find((one) => one.orgId === line.orgId)?.message ?? '', favourite: mine?.favourite ?? false,
    }];
  });
}

/**
 * One side says that it wrote or called. Said twice, it was said once.
 *
 * @throws AppError `not_found`, `match_closed` when it has expired; and as `permit` does.
 */
export async function noteWritten(ctx: SignedIn, matchId: string) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.choose', { orgId });
  const match = await ctx.db.match.findFirst({ where: { id: matchId, OR: [{ artistOrgId: orgId }, { placeOrgId: orgId }] } });
  if (!match) throw new AppError('not_found');
  const otherOrgId = match.artistOrgId === orgId ? match.placeOrgId : match.artistOrgId;
  const score = await pairScore(ctx, orgId, otherOrgId);
  const after = await transact(ctx, async (tx) => {
    const count = await contacted(tx, [matchId], null);
    const row = await tx.db.match.findUniqueOrThrow({ where: { id: matchId } });
    if (count === 0 && row.status !== 'contacted') throw new AppError('match_closed', { status: row.status });
    if (count > 0 && score) await tx.db.sighting.create({ data: sighting({ orgId, otherOrgId, seeker: match.artistOrgId === orgId ? 'artist' : 'place', kind: 'contact', score, at: tx.now() }) });
    return row;
  });
  const [view] = await matchViews(ctx, [after]);
  if (!view) throw new AppError('not_found');
  return view;
}

/** Of open matches, those that a contact ends: they do not expire any more. One that runs out at this moment is decided by the row. */
async function contacted(tx: Context, ids: readonly string[], bookingId: string | null): Promise<number> {
  let done = 0;
  for (const id of ids) {
    const { count } = await tx.db.match.updateMany({ where: { id, status: 'open', expiresAt: { gt: tx.now() } }, data: { status: 'contacted', contactedAt: tx.now(), bookingId } });
    if (count > 0) await dropDeadline(tx, 'match.expires', id);
    done += count;
  }
  return done;
}

/** What happens between an artist and a place once they talk. */
export type Talk = 'contact' | 'offer' | 'signature' | 'refusal' | 'rating';

/**
 * A request, an offer, a contract or a refusal: the match of the two is contacted by the first of them, and what happened is noted soon to be learned from, as done by the side
 * `by`, or by both.
 */
export async function hearBooking(ctx: Context, { bookingId, kind, by, fact }: { bookingId: string; kind: Talk; by: Seen | 'both'; fact: { readonly id: bigint; readonly toldAt: Date } }): Promise<void> {
  const booking = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, include: { request: { select: { email: true } } } });
  const places = await placesOf(ctx, booking);
  const found = (await ctx.db.match.findMany({ where: { artistOrgId: booking.orgId, placeOrgId: { in: places } }, select: { id: true } })).map(({ id }) => id);
  if (kind === 'contact' || kind === 'offer') await contacted(ctx, found, bookingId);
  // Who said that they wrote, and then asked: the booking is what came of it.
  await ctx.db.match.updateMany({ where: { id: { in: found }, status: 'contacted', bookingId: null }, data: { bookingId } });
  // Nobody is scored in a transaction.
  await addJob(ctx, 'note_talk', { bookingId, kind, by, at: fact.toldAt.toISOString() }, { key: `note_talk:${fact.id}` });
}

/** Whose offer it is. */
export async function sideOfOffer(ctx: Context, offerId: string): Promise<Seen> {
  const { proposedBy } = await ctx.db.offer.findUniqueOrThrow({ where: { id: offerId }, select: { proposedBy: true } });
  return proposedBy === 'artist' ? 'artist' : 'place';
}

/** Notes what happened between an artist and a place that show themselves, once. */
export async function noteTalk(ctx: Context, { bookingId, kind, by, at }: { bookingId: string; kind: Talk; by: Seen | 'both'; at: Date }): Promise<void> {
  const booking = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, include: { request: { select: { email: true } } } });
  const artistOrgId = booking.orgId;
  // What somebody said of a show; hidden since, it teaches nothing.
  const rating = kind === 'rating' ? await ctx.db.rating.findUnique({ where: { bookingId_byOrgId: { bookingId, byOrgId: by === 'artist' ? artistOrgId : booking.buyerOrgId } } }) : null;
  if (kind === 'rating' && !rating) return;
  for (const placeOrgId of await placesOf(ctx, booking)) {
    if (await shownAs(ctx, placeOrgId) !== 'place' || await shownAs(ctx, artistOrgId) !== 'artist') continue;
    for (const seeker of by === 'both' ? ['artist', 'place'] as const : [by]) {
      const [orgId, otherOrgId] = seeker === 'artist' ? [artistOrgId, placeOrgId] : [placeOrgId, artistOrgId];
      const score = await pairScore(ctx, orgId, otherOrgId);
      if (!score || await ctx.db.sighting.count({ where: { orgId, otherOrgId, kind, at } }) > 0) continue;
      await ctx.db.sighting.create({ data: { ...sighting({ orgId, otherOrgId, seeker, kind, score, at }), ...(rating && { score: rating.stars }) } });
    }
    return;
  }
}

/** What was said of a show is hidden: nothing is learned from it any more. */
export async function forgetRating(ctx: Context, { bookingId, by }: { bookingId: string; by: Seen }): Promise<void> {
  const booking = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, include: { request: { select: { email: true } } } });
  const shown = await ctx.db.fact.findMany({ where: { topic: 'review.shown', subject: bookingId, payload: { path: ['side'], equals: by === 'artist' ? 'artist' : 'buyer' } }, select: { toldAt: true } });
  const [artists, places] = [[booking.orgId], await placesOf(ctx, booking)];
  await ctx.db.sighting.deleteMany({ where: { kind: 'rating', orgId: { in: by === 'artist' ? artists : places }, otherOrgId: { in: by === 'artist' ? places : artists }, at: { in: shown.map(({ toldAt }) => toldAt) } } });
}

/** The organisations for which somebody asked: the buyer itself, and those whose people signed up with the address that was left. */
async function placesOf(ctx: Context, { buyerOrgId, request }: { buyerOrgId: string; request: { email: string } | null }): Promise<string[]> {
  const email = request?.email.toLowerCase() ?? '';
  if (email === '') return [buyerOrgId];
  const claimed = await ctx.db.organisation.findMany({
    where: { claimed: true, kind: { not: 'artist' }, OR: [{ email: { equals: email, mode: 'insensitive' } }, { members: { some: { user: { email: { equals: email, mode: 'insensitive' } } } } }] }, select: { id: true }, orderBy: { id: 'asc' }, take: 20,
  });
  return [buyerOrgId, ...claimed.map(({ id }) => id)];
}

// --- Lists ------------------------------------------------------------------------------------------------------------------

/** Organisations as a list shows them, and how to write to them. */
async function othersOf(ctx: Context, ids: readonly string[]) {
  const of = { where: { orgId: { in: [...ids] } } };
  const [orgs, epks, venues] = await Promise.all([
    ctx.db.organisation.findMany({ where: { id: { in: [...ids] } } }),
    ctx.db.epk.findMany({ ...of, include: { media: { where: { kind: 'photo' }, orderBy: { position: 'asc' }, take: 1 } } }),
    ctx.db.venue.findMany(of),
  ]);
  const { platform, media } = ctx.config.urls;
  return new Map(orgs.map((org) => {
    const epk = epks.find(({ orgId }) => orgId === org.id);
    const venue = venues.find(({ orgId }) => orgId === org.id);
    const photo = epk?.publishedAt ? epk.media[0] : undefined;
    const seen = seenOf(org.kind) ?? 'place';
    const line = {
      orgId: org.id, seen, name: (seen === 'artist' ? epk?.name : venue?.name) ?? org.name, city: (seen === 'artist' ? epk?.city : venue?.city) ?? org.city,
      page: seen === 'artist' && epk?.publishedAt ? `${platform}/@${epk.slug}` : null, picture: photo ? { url: `${media}/${photo.smallFileId ?? photo.fileId}`, alt: photo.alt || photo.title } : null,
    };
    return [org.id, { line, contact: { email: org.email, phone: org.phone } }];
  }));
}

/** Who super-liked this organisation and was neither passed nor hidden by it, the latest first, with the whole message. */
export async function admirers(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.read', { orgId });
  const likes = await ctx.db.choice.findMany({ where: { otherOrgId: orgId, verdict: 'super_like' }, orderBy: [{ at: 'desc' }, { orgId: 'asc' }], take: mostShown });
  const ids = likes.map((like) => like.orgId);
  const [others, own, met, scores] = await Promise.all([
    othersOf(ctx, ids), ctx.db.choice.findMany({ where: { orgId, otherOrgId: { in: ids } } }), matchIds(ctx, ids),
    ctx.db.sighting.findMany({ where: { orgId: { in: ids }, otherOrgId: orgId, kind: 'super_like' }, orderBy: { id: 'desc' }, distinct: ['orgId'], select: { orgId: true, score: true } }),
  ]);
  return likes.flatMap(({ orgId: id, message, at }) => {
    const other = others.get(id);
    const mine = own.find(({ otherOrgId }) => otherOrgId === id);
    if (!other || mine?.hidden || mine?.verdict === 'pass') return [];
    const score = scores.find((one) => one.orgId === id)?.score;
    return [{ other: other.line, contact: other.contact, message, at: at.toISOString(), score: score === undefined ? null : Math.round(score), verdict: mine?.verdict ?? null, matchId: met.get(id) ?? null }];
  });
}

/** The matches with these, by the other's id. */
async function matchIds(ctx: SignedIn, ids: readonly string[]): Promise<Map<string, string>> {
  const { orgId } = ctx.actor;
  const rows = await ctx.db.match.findMany({ where: { OR: [{ artistOrgId: orgId, placeOrgId: { in: [...ids] } }, { placeOrgId: orgId, artistOrgId: { in: [...ids] } }] } });
  return new Map(rows.map(({ id, artistOrgId, placeOrgId }) => [artistOrgId === orgId ? placeOrgId : artistOrgId, id]));
}

/** Lines of a history that are read at once. */
const pageOf = 50;

/** One's own choices, the latest first. */
export async function history(ctx: SignedIn, { which, before }: { which: 'passed' | 'liked' | 'super_liked' | 'favourites' | 'hidden'; before?: string | undefined }) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.read', { orgId });
  const whose: Readonly<Record<typeof which, Prisma.ChoiceWhereInput>> = {
    passed: { verdict: 'pass' }, liked: { verdict: { in: ['like', 'super_like'] } }, super_liked: { verdict: 'super_like' }, favourites: { favourite: true }, hidden: { hidden: true },
  };
  const rows = await ctx.db.choice.findMany({ where: { orgId, ...whose[which], ...(before && { at: { lt: new Date(before) } }) }, orderBy: [{ at: 'desc' }, { otherOrgId: 'asc' }], take: pageOf + 1 });
  const shown = wholeInstants(rows, pageOf);
  const ids = shown.map(({ otherOrgId }) => otherOrgId);
  const [others, met] = await Promise.all([othersOf(ctx, ids), matchIds(ctx, ids)]);
  return {
    entries: shown.flatMap(({ otherOrgId, verdict, favourite, hidden, message, at }) => {
      const other = others.get(otherOrgId);
      if (!other) return [];
      return [{ other: other.line, verdict, favourite, hidden, message, at: at.toISOString(), matchId: met.get(otherOrgId) ?? null }];
    }),
    more: rows.length > shown.length ? shown.at(-1)?.at.toISOString() ?? null : null,
  };
}

/** The first of these rows, without an instant that is told in part: what follows begins before it. */
function wholeInstants(rows: readonly Choice[], most: number): readonly Choice[] {
  const next = rows[most];
  if (!next) return rows;
  const whole = rows.slice(0, most).filter(({ at }) => at.getTime() !== next.at.getTime());
  return whole.length > 0 ? whole : rows.slice(0, most);
}

// --- News -------------------------------------------------------------------------------------------------------------------

interface News { readonly kind: 'match' | 'super_like'; readonly id: string; readonly name: string; readonly at: string }

/** What may be missing before the last news that was heard: facts are committed in another order than their instants. */
const overlapMs = minuteMs;

/** Says each new match and super like of an organisation, and first those after `lastEventId`. Without one it says only what is new. */
export async function* follow(ctx: SignedIn, lastEventId: string | null, signal: AbortSignal | undefined) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.read', { orgId });
  const last = Date.parse(lastEventId ?? '');
  const missed = Number.isFinite(last);
  const floor = ctx.now().getTime() - MATCH_DAYS * dayMs;
  const since = new Date(Math.max(floor, Math.min(missed ? last : Infinity, ctx.now().getTime()) - overlapMs));
  const known = await newsSince(ctx, orgId, since);
  const told = new Set(known.filter(({ at }) => !missed || at === lastEventId).map(nameOf));
  for await (const key of ctx.live.news(orgId, signal ?? new AbortController().signal)) {
    if (!await isStill(ctx, ctx.actor)) throw new AppError('not_found');
    for (const one of await newsSince(ctx, key, since)) {
      if (told.has(nameOf(one))) continue;
      told.add(nameOf(one));
      yield one;
    }
  }
}

const nameOf = ({ kind, id, at }: News): string => `${kind}:${id}:${at}`;

async function newsSince(ctx: Context, orgId: string, since: Date): Promise<News[]> {
  const [made, likes, hidden] = await Promise.all([
    ctx.db.match.findMany({ where: { OR: [{ artistOrgId: orgId }, { placeOrgId: orgId }], madeAt: { gte: since } } }),
    ctx.db.choice.findMany({ where: { otherOrgId: orgId, verdict: 'super_like', at: { gte: since } } }),
    ctx.db.choice.findMany({ where: { orgId, hidden: true }, select: { otherOrgId: true } }),
  ]);
  const other = ({ artistOrgId, placeOrgId }: Match) => (artistOrgId === orgId ? placeOrgId : artistOrgId);
  const others = await othersOf(ctx, [...made.map(other), ...likes.map((like) => like.orgId)]);
  const apart = new Set(hidden.map(({ otherOrgId }) => otherOrgId));
  return [
    ...made.map((match): News => ({ kind: 'match', id: match.id, name: others.get(other(match))?.line.name ?? '', at: match.madeAt.toISOString() })),
    ...likes.filter((like) => !apart.has(like.orgId)).map((like): News => ({ kind: 'super_like', id: like.orgId, name: others.get(like.orgId)?.line.name ?? '', at: like.at.toISOString() })),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
}

// --- Exceptional finds ------------------------------------------------------------------------------------------------------

/** Above this, a find may come by itself (MA-20; domain/matching.md, read 2026-11-21). */
const exceptionalAbove = 95;
/** Finds among which it is looked for. */
const looked = 60;

/** The exceptional find of the day: the best one above 95 that was never pushed and nothing was made of, one a day. Its three reasons come with it. */
export async function exceptional(ctx: SignedIn, locale: Locale = 'fr') {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.read', { orgId });
  if (!(await wishes(ctx)).exceptional) return null;
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { timeZone: true } });
  const day = dayIn(ctx.now(), timeZone);
  const all = await discover(ctx, { filters: noFilters, sort: 'score', limit: looked, diversity: 0, all: false, locale });
  const pushed = await ctx.db.exceptionalFind.findMany({ where: { orgId, OR: [{ day: fromDay(day) }, { otherOrgId: { in: all.found.map((one) => one.orgId) } }] } });
  const isOpen = (one: Found) => one.score.score > exceptionalAbove && one.score.blockers.length === 0 && one.choice.verdict === null && !one.choice.hidden && one.match === null;
  const known = new Set(pushed.map(({ otherOrgId }) => otherOrgId));
  const next = all.found.find((one) => isOpen(one) && !known.has(one.orgId));
  const isToday = (row: { day: Date }) => toDay(row.day) === day;
  // Whoever was first today is the one of today, for two pages that look at once too.
  if (next && !pushed.some(isToday)) await ctx.db.exceptionalFind.createMany({ data: [{ orgId, day: fromDay(day), otherOrgId: next.orgId }], skipDuplicates: true });
  const today = await ctx.db.exceptionalFind.findUnique({ where: { orgId_day: { orgId, day: fromDay(day) } } });
  const card = all.found.find((one) => one.orgId === today?.otherOrgId && isOpen(one));
  if (!card) return null;
  await saw(ctx, { seeker: all.seeker, found: [card] });
  return { day, found: card };
}

// --- Figures ----------------------------------------------------------------------------------------------------------------

interface Steps { readonly impressions: number; readonly likes: number; readonly matches: number; readonly contacts: number; readonly contracts: number }

/** Days of which figures are asked at most. */
const mostDays = 366;

/** From what was shown to what was signed. @throws AppError `input_invalid` for days in the wrong order or more than a year; and as `permit` does. */
export async function funnel(ctx: SignedIn, { from, until }: { from: Day; until: Day }) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'discovery.read', { orgId });
  if (until < from || until > addDays(from, mostDays)) throw new AppError('input_invalid', { field: 'until' });
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { timeZone: true } });
  const within = (column: Prisma.Sql) => Prisma.sql`${column} >= ${instantAt(from, '00:00', timeZone)} AND ${column} < ${instantAt(addDays(until, 1), '00:00', timeZone)}`;
  const at = (column: Prisma.Sql) => Prisma.sql`to_char(${column} AT TIME ZONE ${timeZone}, 'YYYY-MM-DD')`;
  const own = Prisma.sql`(m.artist_org_id = ${orgId} OR m.place_org_id = ${orgId})`;
  const rows = await ctx.db.$queryRaw<{ what: keyof Steps | 'shown'; day: Day; n: number }[]>`
    SELECT what, day, count(*)::int AS n FROM (
      SELECT 'impressions' AS what, ${at(Prisma.sql`at`)} AS day FROM sighting WHERE org_id = ${orgId} AND kind = 'impression' AND ${within(Prisma.sql`at`)}
      UNION ALL SELECT 'shown', ${at(Prisma.sql`at`)} FROM sighting WHERE other_org_id = ${orgId} AND kind = 'impression' AND ${within(Prisma.sql`at`)}
      UNION ALL SELECT 'likes', ${at(Prisma.sql`at`)} FROM choice WHERE org_id = ${orgId} AND verdict IN ('like', 'super_like') AND ${within(Prisma.sql`at`)}
      UNION ALL SELECT 'matches', ${at(Prisma.sql`m.made_at`)} FROM match m WHERE ${own} AND ${within(Prisma.sql`m.made_at`)}
      UNION ALL SELECT 'contacts', ${at(Prisma.sql`m.contacted_at`)} FROM match m WHERE ${own} AND ${within(Prisma.sql`m.contacted_at`)}
      UNION ALL SELECT 'contracts', ${at(Prisma.sql`c.signed_at`)} FROM match m JOIN contract c ON c.booking_id = m.booking_id WHERE ${own} AND ${within(Prisma.sql`c.signed_at`)}
    ) AS happened GROUP BY what, day ORDER BY day`;
  // A show went well that was played, that nobody contests, and to which nobody whose review is in sight gave fewer than three stars.
  const [ended = { over: 0, well: 0 }] = await ctx.db.$queryRaw<{ over: number; well: number }[]>`
    SELECT count(*)::int AS over, count(*) FILTER (WHERE s.status = 'played' AND s.contested_at IS NULL AND NOT EXISTS (SELECT FROM rating r WHERE r.booking_id = s.booking_id AND r.stars < 3))::int AS well
    FROM match m JOIN contract c ON c.booking_id = m.booking_id AND c.signed_at IS NOT NULL JOIN show s ON s.booking_id = m.booking_id
    WHERE ${own} AND s.day >= ${from}::date AND s.day <= ${until}::date AND (s.status IN ('played', 'cancelled') OR s.contested_at IS NOT NULL)`;
  const sum = (what: keyof Steps | 'shown') => rows.reduce((all, row) => all + (row.what === what ? row.n : 0), 0);
  const total: Steps = { impressions: sum('impressions'), likes: sum('likes'), matches: sum('matches'), contacts: sum('contacts'), contracts: sum('contracts') };
  const rate = (part: number, whole: number) => (whole === 0 ? null : Math.min(1, part / whole));
  const days = new Map<Day, Steps & { day: Day }>();
  for (const { what, day, n } of rows) {
    if (what === 'shown') continue;
    const one = days.get(day) ?? { day, impressions: 0, likes: 0, matches: 0, contacts: 0, contracts: 0 };
    days.set(day, { ...one, [what]: n });
  }
  return {
    from, until, total, shown: sum('shown'), shows: ended, days: [...days.values()],
    rates: { liked: rate(total.likes, total.impressions), mutual: rate(total.matches, total.likes), contacted: rate(total.contacts, total.matches), signed: rate(total.contracts, total.contacts), succeeded: rate(ended.well, ended.over) },
  };
}
