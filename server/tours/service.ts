import { availableParallelism } from 'node:os';
import { agreedBps } from '../bookers/service.ts';
import { availabilityOf, placeHold, releaseHold } from '../calendar/service.ts';
import { sendOffer, withdrawOffer } from '../booking/service.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { Prisma, type TourPlan, type TourRun, type TourScenario, type TourSentState } from '../core/db/client.ts';
import { AppError, type ErrorCode } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import { localeOf } from '../core/locale.ts';
import type { Currency } from '../core/money.ts';
import { addJob, tell } from '../core/outbox.ts';
import { permit, type Act } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { openThreads, type Threads } from '../core/threads.ts';
import { daysFrom, dayIn, daysBetween, fromDay, toDay, type Day } from '../core/time.ts';
import { stagesFor } from '../finds/service.ts';
import { homeOf } from '../identity/home.ts';
import { isStill, representedOf } from '../identity/service.ts';
import { demandNear } from '../nearby/service.ts';
import { commissionOn } from '../prices/service.ts';
import { familyOf, genreNamed } from '../profiles/genres.ts';
import { placeOf } from '../profiles/service.ts';
import { openProposal } from '../requests/service.ts';
import { roadsBetween } from '../roads/service.ts';
import type { Tour } from './answer.ts';
import { carriage, vehicleFor } from './carriages.ts';
import { applied, blank, daysOf, placedBy, settled, touchedBy, type Doc, type Ground } from './edit.ts';
import { gather, type Extra, type Gathered, type ToldArtist, type ToldAsk, type ToldVenue, type Where } from './gather.ts';
import { holidaysIn } from './holidays.ts';
import { fellLetter } from './letters.ts';
import type { Bid, Question, Spot, VehicleKind, Visit } from './question.ts';
import type { DemandView, Edit, PlanView, ScenarioView, Search, SentView, Side, WhyView } from './view.ts';
import { ledgerOf, type Ask, type Job, type Made, type Said } from './work.ts';

/** The kinds of organisation whose own place shows are played at. */
const stageKinds = ['venue', 'festival', 'camping', 'municipality'];
/** A festival plays several artists a day, a town too; elsewhere one is a night. Our own. */
const stagesOf = (kind: string): number => (kind === 'festival' ? 4 : kind === 'municipality' ? 2 : 1);
/** Requests that are looked at: the oldest of more are left. */
const mostAsks = 10_000;
/** Venues that are looked for: of a plan, and of each of its artists. */
const [mostFound, fewestEach, mostEach] = [2_000, 80, 400] as const;
/** How long a question is believed before the calendars are read again. */
const keptMs = 60_000;
/** Steps of a scenario that are kept to be taken back. */
const mostSteps = 100;

// --- Who plans --------------------------------------------------------------------------------------------------------------

/** What somebody says of an artist of a plan, instead of what its press kit says. Amounts in minor units. */
export interface Cast {
  readonly id: string;
  readonly people?: number | undefined;
  readonly crew?: number | undefined;
  readonly vehicle?: VehicleKind | undefined;
  readonly perKmMinor?: number | undefined;
  readonly floorMinor?: number | undefined;
}

/** The artists that an organisation may plan for: itself, or those that a booker represents now. */
async function castOf(ctx: Context, orgId: string): Promise<string[]> {
  const org = await ctx.db.organisation.findUnique({ where: { id: orgId }, select: { kind: true } });
  return org?.kind === 'artist' ? [orgId] : org?.kind === 'booker' ? representedOf(ctx, orgId) : [];
}

/** Whom one may plan a tour for, with what their press kits say. */
export async function artists(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'tour.read', { orgId });
  const ids = await castOf(ctx, orgId);
  const [orgs, kits, sheets] = await Promise.all([
    ctx.db.organisation.findMany({ where: { id: { in: ids } }, orderBy: { name: 'asc' }, select: { id: true, name: true, city: true } }),
    ctx.db.epk.findMany({ where: { orgId: { in: ids } } }), ctx.db.sheet.findMany({ where: { orgId: { in: ids } }, select: { orgId: true, crew: true } }),
  ]);
  return orgs.map(({ id, name, city }) => {
    const kit = kits.find((one) => one.orgId === id);
    const crew = sheets.find((one) => one.orgId === id)?.crew ?? 0;
    const people = (kit?.lineUp ?? 1) + crew;
    return { id, name: kit?.name ?? name, city: kit?.city ?? city, people, crew, vehicle: vehicleFor(people), floorMinor: Number(kit?.feeMinMinor ?? 0), currency: (kit?.currency ?? 'EUR') as Currency };
  });
}

/** What artists are called on their press kits, else as they signed up. */
async function namesOf(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const among = [...new Set(ids)];
  const [orgs, kits] = await Promise.all([
    ctx.db.organisation.findMany({ where: { id: { in: among } }, select: { id: true, name: true } }), ctx.db.epk.findMany({ where: { orgId: { in: among } }, select: { orgId: true, name: true } }),
  ]);
  return new Map([...orgs.map(({ id, name }) => [id, name] as const), ...kits.map(({ orgId, name }) => [orgId, name] as const)]);
}

/** A plan of the organisation acted for. @throws AppError `not_found` for another's; as `permit` does. */
async function planNamed(ctx: SignedIn, act: Act, id: string): Promise<TourPlan> {
  const plan = await ctx.db.tourPlan.findUnique({ where: { id } });
  if (!plan) throw new AppError('not_found');
  permit(ctx.actor, act, plan);
  return plan;
}

async function scenarioNamed(ctx: SignedIn, act: Act, id: string): Promise<{ plan: TourPlan; row: TourScenario; doc: Doc }> {
  const row = await ctx.db.tourScenario.findUnique({ where: { id }, include: { plan: true } });
  if (!row) throw new AppError('not_found');
  permit(ctx.actor, act, row.plan);
  const step = await ctx.db.tourStep.findUniqueOrThrow({ where: { scenarioId_seq: { scenarioId: id, seq: row.at } } });
  return { plan: row.plan, row, doc: step.doc as unknown as Doc };
}

// --- The question -----------------------------------------------------------------------------------------------------------

/** A question as it was read, and what the page is told besides. */
interface Base extends Gathered {
  readonly key: string;
  readonly whole: Question;
  readonly blurred: PlanView['blurred'];
}

/** What one process plans with: threads that search and that answer a hand, and the questions they were told. */
interface Desk {
  readonly searching: Threads<Ask, Said>;
  readonly answering: Threads<Ask, Said>;
  readonly bases: Map<string, { readonly stamp: string; readonly at: number; readonly base: Promise<Base> }>;
}

const desks = new WeakMap<object, Desk>();
/** Plans whose questions one process keeps. */
const mostBases = 8;

function deskOf(ctx: Context): Desk {
  const known = desks.get(ctx.live);
  if (known) return known;
  const open = (): Threads<Ask, Said> => openThreads<Ask, Said>(import.meta.url, 'tours', 1);
  // Who drags a date never waits for a search, where there are two processors.
  const searching = open();
  const desk = { searching, answering: availableParallelism() > 1 ? open() : searching, bases: new Map() };
  desks.set(ctx.live, desk);
  return desk;
}

/** Ends the threads of this process. */
export async function closeTours(ctx: Context): Promise<void> {
  const desk = desks.get(ctx.live);
  desks.delete(ctx.live);
  await Promise.all([desk?.searching.close(), desk?.answering.close()]);
}

/** The threads that search for this process: tests kill them. */
export const searchersOf = (ctx: Context): Threads<Ask, Said> => deskOf(ctx).searching;

/** The question of a plan, as it was read within the last minute, or now. */
async function baseOf(ctx: Context, plan: TourPlan, fresh = false): Promise<Base> {
  const { bases } = deskOf(ctx);
  const known = bases.get(plan.id);
  const [stamp, at] = [plan.updatedAt.toISOString(), performance.now()];
  if (known && known.stamp === stamp && at - known.at < keptMs && !fresh) return known.base;
  const before = await known?.base.catch(() => undefined);
  const base = readBase(ctx, plan, `${plan.id} ${stamp} ${at}`, before);
  bases.delete(plan.id);
  bases.set(plan.id, { stamp, at, base });
  for (const old of [...bases.keys()].slice(0, -mostBases)) bases.delete(old);
  // Who comes next begins anew, where this one failed.
  base.catch(() => bases.delete(plan.id));
  return base;
}

/** Has a thread do a piece of work. It is told the question when it does not know it. */
async function think(threads: Threads<Ask, Said>, base: Base, doc: Doc, job: Job): Promise<Exclude<Said, { kind: 'unknown' }>> {
  const said = await threads.ask({ key: base.key, base: null, doc, job });
  const known = said.kind === 'unknown' ? await threads.ask({ key: base.key, base: base.whole, doc, job }) : said;
  if (known.kind === 'unknown') throw new Error('a thread was told a question and does not know it');
  return known;
}

async function tourOf(ctx: Context, base: Base, doc: Doc, job: Extract<Job, { kind: 'reckon' | 'mend' }> = { kind: 'reckon' }): Promise<Made> {
  const said = await think(deskOf(ctx).answering, base, doc, job);
  if (said.kind !== 'tour') throw new Error(`a tour was asked for, and ${said.kind} was said`);
  return said;
}

/** Where something is: as it was written, else the middle of its municipality. */
function whereOf({ lat, lng, city, insee }: { readonly lat: number | null; readonly lng: number | null; readonly city: string; readonly insee: string }, country?: string): Where {
  const known = lat === null || lng === null ? placeOf(insee) : undefined;
  return { lat: lat ?? known?.lat ?? null, lng: lng ?? known?.lng ?? null, city: city || (known?.name ?? ''), country: country ?? (insee === '' ? '' : homeOf(insee).country), insee };
}

/** Reads all that a plan is asked with: artists and their days, who asks for them, who was found, and the roads between. */
async function readBase(ctx: Context, plan: TourPlan, key: string, before: Base | undefined): Promise<Base> {
  const [from, until, currency] = [toDay(plan.from), toDay(plan.until), plan.currency];
  const today = dayIn(ctx.now(), 'Europe/Paris');
  const allowed = new Set(await castOf(ctx, plan.orgId));
  const cast = (plan.artists as unknown as readonly Cast[]).filter(({ id }) => allowed.has(id));
  const asks = await asksFor(ctx, cast.map(({ id }) => id), plan.id);
  const [told, found] = await Promise.all([
    Promise.all(cast.map((one) => artistOf(ctx, one, { from, until, today, currency, talking: asks.map(({ bookingId }) => bookingId) }))),
    foundFor(ctx, cast.map(({ id }) => id), { from: from > today ? from : today, until }),
  ]);
  const venues = await venuesNamed(ctx, [...new Set([...asks.flatMap(({ org }) => org ?? []), ...found.map(({ venue }) => venue)])], { from, until });
  const extras = (plan.extras as unknown as readonly Extra[]).map((extra) => ({ ...extra, at: whereOf({ lat: null, lng: null, city: '', insee: extra.insee }) }));
  const gathered = gather({ from, until, today, currency, artists: told, asks, extras, venues, found });
  const { roads, blurred } = await roadsOf(ctx, gathered.question.spots, { before, day: from });
  const { limits, rates, weights, pins, forbidden } = blank;
  return { ...gathered, key, blurred, whole: { ...gathered.question, roads, limits, rates, weights, pins, forbidden } };
}

/** What an artist's press kit, sheet, calendar and bookers say, with what the plan says otherwise. */
async function artistOf(ctx: Context, cast: Cast, { from, until, today, currency, talking }: { from: Day; until: Day; today: Day; currency: string; talking: readonly string[] }): Promise<ToldArtist> {
  const { id } = cast;
  const between = { orgId: id, day: { gte: fromDay(from), lte: fromDay(until) } };
  const [org, kit, sheet, days, shows, holds, promises] = await Promise.all([
    ctx.db.organisation.findUniqueOrThrow({ where: { id } }), ctx.db.epk.findUnique({ where: { orgId: id } }), ctx.db.sheet.findUnique({ where: { orgId: id } }),
    availabilityOf(ctx, id, from, until), ctx.db.show.findMany({ where: { ...between, status: 'planned' }, include: { booking: { include: { offers: { where: { status: 'accepted' } }, request: { select: { audience: true } } } } } }),
    ctx.db.hold.findMany({ where: { ...between, status: 'live', expiresAt: { gt: ctx.now() }, bookingId: { notIn: [...talking] } }, select: { day: true } }),
    ctx.db.exclusivity.findMany({ where: { orgId: id, until: { gte: fromDay(from) }, from: { lte: fromDay(until) } } }),
  ]);
  const stages = await ctx.db.venue.findMany({ where: { orgId: { in: shows.flatMap(({ stageOrgId, buyerOrgId }) => stageOrgId ?? buyerOrgId ?? []) } }, select: { orgId: true, capacity: true } });
  const crew = cast.crew ?? sheet?.crew ?? 0;
  const people = cast.people ?? (kit?.lineUp ?? 1) + crew;
  const chosen = carriage(cast.vehicle ?? vehicleFor(people), people, today);
  const [least, most] = [Number(kit?.feeMinMinor ?? 0), Number(kit?.feeMaxMinor ?? 0)];
  const price = { minor: BigInt(Math.round((least + Math.max(least, most)) / 2)), currency: currency as Currency };
  const [ours, theirs] = [await commissionOn(ctx, { orgId: id, price, day: today }), await agreedBps(ctx, id)];
  const standing = new Set(shows.map(({ day }) => toDay(day)));
  const minutes = kit?.durationMinutes ?? 75;
  return {
    id, name: kit?.name ?? org.name, home: whereOf(kit && (kit.lat !== null || kit.insee !== '') ? kit : { lat: null, lng: null, city: org.city, insee: org.insee }, org.country),
    people, crew, carriage: { ...chosen, ...(cast.perKmMinor !== undefined && { perKmMinor: cast.perKmMinor }) }, floorMinor: cast.floorMinor ?? least, feeMinor: [least, most], currency: kit?.currency ?? currency,
    commissionBps: Number(ours) + theirs, audience: familyOf(genreNamed(kit?.genres[0] ?? '')), minutes,
    busy: [...new Set([...days.filter(({ state, day }) => state === 'busy' && !standing.has(day)).map(({ day }) => day), ...holds.map(({ day }) => toDay(day))])].sort(),
    shows: shows.map((show) => {
      const venue = show.stageOrgId ?? show.buyerOrgId;
      const priceMinor = Number(show.booking?.offers[0]?.priceMinor ?? 0);
      return {
        id: show.bookingId ?? show.id, day: toDay(show.day), title: show.place || show.title, at: whereOf(show, show.country), capacity: stages.find(({ orgId }) => orgId === venue)?.capacity ?? show.booking?.request?.audience ?? 0,
        priceMinor: show.booking?.offers[0]?.currency === currency ? priceMinor : 0, startTime: show.startTime, minutes, venue,
      };
    }),
    promises: promises.map(({ lat, lng, km, from: since, until: to }) => ({ lat, lng, km, from: toDay(since), until: toDay(to) })),
  };
}

/** The requests that are talked about with some artists, in the order in which they came. */
async function asksFor(ctx: Context, artistIds: readonly string[], planId: string): Promise<ToldAsk[]> {
  const rows = await ctx.db.booking.findMany({
    where: { orgId: { in: [...artistIds] }, status: { in: ['requested', 'negotiating'] } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: mostAsks,
    include: { request: true, offers: { where: { status: 'sent', expiresAt: { gt: ctx.now() } } } },
  });
  const buyerIds = [...new Set(rows.map(({ buyerOrgId }) => buyerOrgId))];
  const [buyers, opened] = await Promise.all([
    ctx.db.organisation.findMany({ where: { id: { in: buyerIds } }, select: { id: true, kind: true, claimed: true } }),
    ctx.db.tourSent.findMany({ where: { planId, opened: true }, select: { bookingId: true } }),
  ]);
  const staged = new Set((await ctx.db.venue.findMany({ where: { orgId: { in: buyerIds } }, select: { orgId: true } })).map(({ orgId }) => orgId));
  return rows.flatMap(({ id, orgId, buyerOrgId, request, offers: [offer] }): ToldAsk[] => {
    if (!request) return [];
    const buyer = buyers.find((one) => one.id === buyerOrgId);
    const season = request.seasonUntil ?? request.showDay;
    const days = daysFrom(toDay(request.showDay), Math.max(1, daysBetween(toDay(request.showDay), toDay(season)) + 1));
    return [{
      bookingId: id, artist: orgId, org: staged.has(buyerOrgId) && buyer && stageKinds.includes(buyer.kind) ? buyerOrgId : null, from: request.email.toLowerCase(), name: request.place || request.organisation || request.contactName,
      at: whereOf(request), capacity: request.audience, startTime: request.startTime, budgetMinor: Number(request.budgetMinor), offerMinor: offer ? Number(offer.priceMinor) : null, currency: request.currency,
      days: offer ? [...new Set([...days, toDay(offer.showDay)])] : days, opened: opened.some(({ bookingId }) => bookingId === id),
    }];
  });
}

/** Venues that fit each artist, the best of all first. */
async function foundFor(ctx: Context, artistIds: readonly string[], { from, until }: { from: Day; until: Day }) {
  if (from > until || artistIds.length === 0) return [];
  const limit = Math.max(fewestEach, Math.min(mostEach, Math.ceil(mostFound / artistIds.length)));
  const all = await Promise.all(artistIds.map(async (artist) => (await stagesFor(ctx, artist, { from, until, limit })).map(({ orgId, score }) => ({ artist, venue: orgId, score }))));
  return all.flat().sort((one, other) => other.score - one.score || (one.venue < other.venue ? -1 : 1));
}

/** Venues as they are, with the days on which they cannot. */
async function venuesNamed(ctx: Context, ids: readonly string[], { from, until }: { from: Day; until: Day }): Promise<ToldVenue[]> {
  const day = { gte: fromDay(from), lte: fromDay(until) };
  const some = { in: [...ids] };
  const [halls, orgs, sheets, shows, marks] = await Promise.all([
    ctx.db.venue.findMany({ where: { orgId: some } }), ctx.db.organisation.findMany({ where: { id: some }, select: { id: true, kind: true, country: true } }), ctx.db.sheet.findMany({ where: { orgId: some }, select: { orgId: true, curfew: true, weekdays: true } }),
    ctx.db.show.findMany({ where: { stageOrgId: some, day, status: 'planned' }, select: { stageOrgId: true, day: true } }), ctx.db.dayMark.findMany({ where: { orgId: some, day, state: 'busy' }, select: { orgId: true, day: true } }),
  ]);
  const orgOf = new Map(orgs.map((org) => [org.id, org]));
  const sheetOf = new Map(sheets.map((sheet) => [sheet.orgId, sheet]));
  const closed = new Map<string, Set<Day>>();
  const close = (id: string, at: Date): void => { const known = closed.get(id); if (known) known.add(toDay(at)); else closed.set(id, new Set([toDay(at)])); };
  for (const mark of marks) close(mark.orgId, mark.day);
  // Where several play on one day, a show closes none.
  for (const show of shows) if (show.stageOrgId !== null && stagesOf(orgOf.get(show.stageOrgId)?.kind ?? '') === 1) close(show.stageOrgId, show.day);
  return halls.map((hall) => ({
    id: hall.orgId, name: hall.name, at: whereOf(hall, orgOf.get(hall.orgId)?.country), capacity: hall.capacity, stages: stagesOf(orgOf.get(hall.orgId)?.kind ?? ''), budgetMinor: [Number(hall.budgetMinMinor), Number(hall.budgetMaxMinor)], currency: hall.currency,
    curfew: sheetOf.get(hall.orgId)?.curfew ?? '', closed: closed.get(hall.orgId) ?? new Set(), weekdays: sheetOf.get(hall.orgId)?.weekdays ?? [],
  }));
}

/** The roads between places; those of before, when nothing has moved. */
async function roadsOf(ctx: Context, spots: readonly Spot[], { before, day }: { readonly before: Base | undefined; readonly day: Day }): Promise<{ roads: Question['roads']; blurred: PlanView['blurred'] }> {
  const old = before?.question.spots;
  if (before && old?.length === spots.length && spots.every(({ lat, lng }, i) => old[i]?.lat === lat && old[i].lng === lng)) return { roads: before.whole.roads, blurred: before.blurred };
  const { size, minutes, metres, notices } = await roadsBetween(ctx, spots.map(({ lat, lng, city, country, insee }) => ({ name: city, lat, lon: lng, country, insee })), { day });
  return { roads: { size, minutes: sharedCopy(minutes), metres: sharedCopy(metres) }, blurred: notices.map(({ reason, legs }) => ({ reason, cells: legs })) };
}

/** In memory that threads share, so that sending a question does not copy it. */
function sharedCopy(of: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(of.byteLength) as unknown as ArrayBuffer);
  copy.set(of);
  return copy;
}

// --- Plans ------------------------------------------------------------------------------------------------------------------

/** The plans of the organisation acted for, the latest first. */
export async function list(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'tour.read', { orgId });
  const rows = await ctx.db.tourPlan.findMany({ where: { orgId }, orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }], take: 200, include: { scenarios: { select: { shows: true, marginMinor: true } } } });
  const casts = rows.map((row) => (row.artists as unknown as readonly Cast[]).map((one) => one.id));
  const named = await namesOf(ctx, casts.flat());
  return rows.map(({ id, name, from, until, currency, updatedAt, scenarios }, at) => ({
    id, name, from: toDay(from), until: toDay(until), currency: currency as Currency, artists: (casts[at] ?? []).map((one) => named.get(one) ?? ''), scenarios: scenarios.length,
    marginMinor: scenarios.reduce((best, one) => Math.max(best, Number(one.marginMinor)), 0), updatedAt: updatedAt.toISOString(),
  }));
}

/** What a plan is made of. `scenario` is the name of its first one. */
export interface NewPlan { readonly name: string; readonly from: Day; readonly until: Day; readonly currency: Currency; readonly artists: readonly Cast[]; readonly scenario: string }

/** Begins a plan, with one scenario that is empty. @throws AppError `not_found` for an artist that one does not act for, `input_invalid` for days in the wrong order, more than a year or past; as `permit` does. */
export async function create(ctx: SignedIn, { name, from, until, currency, artists: cast, scenario }: NewPlan): Promise<PlanView> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'tour.edit', { orgId });
  await refuseStrangers(ctx, orgId, cast);
  checkPeriod(ctx, from, until);
  const plan = await transact(ctx, async (tx) => {
    const made = await tx.db.tourPlan.create({ data: { id: tx.newId('tpl'), orgId, name, from: fromDay(from), until: fromDay(until), currency, artists: cast as unknown as Prisma.InputJsonArray, createdAt: tx.now(), updatedAt: tx.now() } });
    await open(tx, made.id, scenario, blank);
    return made;
  });
  return planView(ctx, plan, await baseOf(ctx, plan));
}

async function refuseStrangers(ctx: Context, orgId: string, cast: readonly Cast[]): Promise<void> {
  const allowed = new Set(await castOf(ctx, orgId));
  if (cast.length === 0 || new Set(cast.map(({ id }) => id)).size < cast.length) throw new AppError('input_invalid', { field: 'artists' });
  if (!cast.every(({ id }) => allowed.has(id))) throw new AppError('not_found');
}

/** The longest period of a plan, in days after its first. */
const longest = 366;

function checkPeriod(ctx: Context, from: Day, until: Day): void {
  if (until < from || daysBetween(from, until) > longest || until < dayIn(ctx.now(), 'Europe/Paris')) throw new AppError('input_invalid', { field: 'until' });
}

/** A scenario, in the caller's transaction. */
async function open(tx: Context, planId: string, name: string, doc: Doc, sums: Pick<Tour['sums'], 'shows' | 'marginMinor'> = { shows: 0, marginMinor: 0 }): Promise<string> {
  const id = tx.newId('tsc');
  await tx.db.tourScenario.create({ data: { id, planId, name, shows: sums.shows, marginMinor: BigInt(sums.marginMinor), createdAt: tx.now(), updatedAt: tx.now(), steps: { create: { seq: 0, doc: doc as unknown as Prisma.InputJsonObject, at: tx.now() } } } });
  return id;
}

/** A plan with its question, as calendars and requests stand now. @throws AppError `not_found`. */
export async function read(ctx: SignedIn, planId: string): Promise<PlanView> {
  const plan = await planNamed(ctx, 'tour.read', planId);
  return planView(ctx, plan, await baseOf(ctx, plan, true));
}

async function planView(ctx: Context, plan: TourPlan, base: Base): Promise<PlanView> {
  const rows = await ctx.db.tourScenario.findMany({ where: { planId: plan.id }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  const { question: { spots, artists: cast, venues, bids }, leftOut, blurred } = base;
  const [from, until] = [toDay(plan.from), toDay(plan.until)];
  return {
    id: plan.id, name: plan.name, from, until, currency: plan.currency, spots, artists: cast, venues, bids, blurred, leftOut,
    scenarios: rows.map(({ id, name, shows, marginMinor, updatedAt }) => ({ id, name, shows, marginMinor: Number(marginMinor), updatedAt: updatedAt.toISOString() })),
    holidays: holidaysIn(from, until, [...new Set(spots.map(({ country }) => country))].filter((country) => country !== '').sort()),
  };
}

/** Towns of a plan's demand that are shown. */
const mostTowns = 200;

/** Where people asked to hear the artists of a plan near them, over the last twelve months, those most wanted first. Of artists whom one plans for no longer, nothing. @throws AppError `not_found`. */
export async function demand(ctx: SignedIn, planId: string): Promise<DemandView[]> {
  const plan = await planNamed(ctx, 'tour.read', planId);
  const allowed = new Set(await castOf(ctx, plan.orgId));
  const own = (plan.artists as unknown as readonly Cast[]).filter(({ id }) => allowed.has(id));
  const towns = await Promise.all(own.map(async ({ id: artist }) => (await demandNear(ctx, artist)).map(({ city, country, lat, lng, fans, organisers }) => ({ artist, city, country, lat, lng, fans, organisers }))));
  return towns.flat().sort((one, other) => other.organisers - one.organisers || other.fans - one.fans).slice(0, mostTowns);
}

/** What of a plan is changed: what is not said stays. */
export interface PlanPatch { readonly planId: string; readonly name?: string | undefined; readonly from?: Day | undefined; readonly until?: Day | undefined; readonly artists?: readonly Cast[] | undefined }

/** Changes a plan itself; its scenarios stay as they are, and say what does not hold any more. Throws as `create` does. */
export async function amend(ctx: SignedIn, { planId, name, from, until, artists: cast }: PlanPatch): Promise<PlanView> {
  const plan = await planNamed(ctx, 'tour.edit', planId);
  if (cast) await refuseStrangers(ctx, plan.orgId, cast);
  if (from ?? until) checkPeriod(ctx, from ?? toDay(plan.from), until ?? toDay(plan.until));
  return changePlan(ctx, planId, { ...(name !== undefined && { name }), ...(from !== undefined && { from: fromDay(from) }), ...(until !== undefined && { until: fromDay(until) }), ...(cast && { artists: cast as unknown as Prisma.InputJsonArray }) });
}

async function changePlan(ctx: SignedIn, id: string, data: Prisma.TourPlanUpdateInput): Promise<PlanView> {
  const plan = await ctx.db.tourPlan.update({ where: { id }, data: { ...data, updatedAt: ctx.now() } });
  return planView(ctx, plan, await baseOf(ctx, plan, true));
}

/** Stops by hand that a plan may have. */
const mostExtras = 100;

/** Adds a stop at a town, for an artist of the plan: a venue that nobody finds or asks with. @throws AppError `not_found`, `input_invalid` for an unknown town, an artist who is not of the plan, or a hundred of them. */
export function addStop(ctx: SignedIn, { planId, ...stop }: Omit<Extra, 'id'> & { readonly planId: string }): Promise<PlanView> {
  return onExtras(ctx, planId, (extras, plan) => {
    if (!placeOf(stop.insee)) throw new AppError('input_invalid', { field: 'insee' });
    if (!(plan.artists as unknown as readonly Cast[]).some(({ id }) => id === stop.artist)) throw new AppError('input_invalid', { field: 'artist' });
    if (extras.length >= mostExtras) throw new AppError('input_invalid', { field: 'stop' });
    return [...extras, { id: ctx.newId('tst'), ...stop }];
  });
}

/** Takes a stop away that was added by hand. @throws AppError `not_found`. */
export function removeStop(ctx: SignedIn, { planId, id }: { readonly planId: string; readonly id: string }): Promise<PlanView> {
  return onExtras(ctx, planId, (extras) => {
    if (!extras.some((one) => one.id === id)) throw new AppError('not_found');
    return extras.filter((one) => one.id !== id);
  });
}

async function onExtras(ctx: SignedIn, planId: string, change: (extras: readonly Extra[], plan: TourPlan) => readonly Extra[]): Promise<PlanView> {
  await planNamed(ctx, 'tour.edit', planId);
  const plan = await transact(ctx, async (tx) => {
    await lock(tx, `tour:${planId}`);
    const row = await tx.db.tourPlan.findUniqueOrThrow({ where: { id: planId } });
    return tx.db.tourPlan.update({ where: { id: planId }, data: { extras: change(row.extras as unknown as readonly Extra[], row) as unknown as Prisma.InputJsonArray, updatedAt: tx.now() } });
  });
  return planView(ctx, plan, await baseOf(ctx, plan, true));
}

/** Removes a plan with all that was planned in it; holds that were sent stand. @throws AppError `not_found`. */
export async function removePlan(ctx: SignedIn, planId: string): Promise<{ id: string }> {
  await planNamed(ctx, 'tour.edit', planId);
  await ctx.db.tourPlan.deleteMany({ where: { id: planId } });
  return { id: planId };
}

// --- Scenarios --------------------------------------------------------------------------------------------------------------

/** A scenario as it stands now: without stops that are fixed dates by now, without artists who left, without stops by hand that were taken away. */
async function standing(ctx: SignedIn, act: Act, id: string, fresh = false) {
  const { plan, row, doc } = await scenarioNamed(ctx, act, id);
  const base = await baseOf(ctx, plan, fresh);
  const sent = await ctx.db.tourSent.findMany({ where: { planId: plan.id } });
  const byHand = new Set((plan.extras as unknown as readonly Extra[]).map(({ id: stop }) => stop));
  const gone = [
    // A stop by hand that was taken away is in no scenario any more.
    ...doc.visits.filter(({ venue }) => venue.startsWith('tst_') && !byHand.has(venue)),
    ...sent.filter(({ state }) => state === 'agreed').map(({ artistId, venue }) => ({ artist: artistId, venue })),
    ...base.question.artists.flatMap(({ id: artist, fixed }) => fixed.flatMap((show) => [{ artist, venue: show.id }, ...(show.venue !== null && doc.visits.some((one) => one.artist === artist && one.venue === show.venue && one.day === show.day) ? [{ artist, venue: show.venue }] : [])])),
  ];
  return { plan, row, base, sent, doc: settled(doc, base.question, gone) };
}

type Standing = Awaited<ReturnType<typeof standing>>;

const groundOf = ({ question: { from, until, artists: cast, bids }, today }: Base): Ground => ({ from, until, artists: cast, bids, today });

/** A scenario with its tour, reckoned now. @throws AppError `not_found`. */
export async function scenario(ctx: SignedIn, id: string): Promise<ScenarioView> {
  const now = await standing(ctx, 'tour.read', id);
  return scenarioView(ctx, now, await tourOf(ctx, now.base, now.doc));
}

async function scenarioView(ctx: Context, { row, doc, sent }: Pick<Standing, 'row' | 'doc' | 'sent'>, { tour }: Made): Promise<ScenarioView> {
  const steps = await ctx.db.tourStep.aggregate({ where: { scenarioId: row.id }, _min: { seq: true }, _max: { seq: true } });
  const { limits, rates, weights, pins, forbidden } = doc;
  return {
    id: row.id, planId: row.planId, name: row.name, version: row.version, undo: (steps._min.seq ?? 0) < row.at, redo: (steps._max.seq ?? 0) > row.at, limits, rates, weights, pins, forbidden, tour,
    sent: sent.map(({ artistId, venue, day, state, bookingId, until }) => ({ artist: artistId, venue, day: toDay(day), state, bookingId, until: until.toISOString(), code: '' })),
  };
}

function refuseStale(row: TourScenario, version: number): void {
  if (row.version !== version) throw new AppError('plan_changed', { version: String(row.version) });
}

/** One more step, when nobody was quicker: what had been taken back is gone. @throws AppError `plan_changed`. */
async function advanceTo(ctx: SignedIn, now: Standing, version: number, doc: Doc, { tour }: Made): Promise<Standing> {
  const { row } = now;
  return transact(ctx, async (tx) => {
    const next = await moveOn(tx, row, version, { at: row.at + 1, tour });
    await tx.db.tourStep.deleteMany({ where: { scenarioId: row.id, OR: [{ seq: { gt: row.at } }, { seq: { lte: row.at - mostSteps } }] } });
    await tx.db.tourStep.create({ data: { scenarioId: row.id, seq: row.at + 1, doc: doc as unknown as Prisma.InputJsonObject, at: tx.now() } });
    return { ...now, row: next, doc };
  });
}

/** Compare and set: of two who change one version, one does. */
async function moveOn(tx: Context, { id }: TourScenario, version: number, { at, tour: { sums } }: { at: number; tour: Tour }): Promise<TourScenario> {
  const { count } = await tx.db.tourScenario.updateMany({ where: { id, version }, data: { version: version + 1, at, shows: sums.shows, marginMinor: BigInt(sums.marginMinor), updatedAt: tx.now() } });
  const row = await tx.db.tourScenario.findUnique({ where: { id } });
  if (!row) throw new AppError('not_found');
  if (count === 0) throw new AppError('plan_changed', { version: String(row.version) });
  return row;
}

/**
 * One change by hand, reckoned; with `repair` the days around it that are not pinned are put right.
 *
 * @throws AppError `plan_changed`, `tour_date_signed`, `tour_day_outside`, `tour_no_bid`, `tour_stop_unknown`, `not_found`.
 */
export async function edit(ctx: SignedIn, input: { scenarioId: string; version: number; edit: Edit; repair: boolean }): Promise<ScenarioView> {
  const now = await standing(ctx, 'tour.edit', input.scenarioId);
  refuseStale(now.row, input.version);
  const next = applied(now.doc, input.edit, groundOf(now.base));
  const touched = touchedBy(input.edit, now.base.question.artists.map(({ id }) => id));
  const made = await tourOf(ctx, now.base, next, input.repair ? { kind: 'mend', seed: now.row.version, touched, days: daysOf(input.edit), held: placedBy(input.edit) } : { kind: 'reckon' });
  return scenarioView(ctx, await advanceTo(ctx, now, input.version, { ...next, visits: made.visits }, made), made);
}

/** Takes the last change back, or does again what was taken back. @throws AppError `plan_changed`, `tour_no_step`, `not_found`. */
export async function walk(ctx: SignedIn, { scenarioId, version, by }: { scenarioId: string; version: number; by: -1 | 1 }): Promise<ScenarioView> {
  const { row } = await scenarioNamed(ctx, 'tour.edit', scenarioId);
  refuseStale(row, version);
  if (!await ctx.db.tourStep.count({ where: { scenarioId, seq: row.at + by } })) throw new AppError('tour_no_step');
  await transact(ctx, (tx) => moveOn(tx, row, version, { at: row.at + by, tour: { sums: { shows: row.shows, marginMinor: Number(row.marginMinor) } } as Tour }));
  const now = await standing(ctx, 'tour.edit', scenarioId);
  const made = await tourOf(ctx, now.base, now.doc);
  const { shows, marginMinor } = made.tour.sums;
  await ctx.db.tourScenario.updateMany({ where: { id: scenarioId, version: now.row.version }, data: { shows, marginMinor: BigInt(marginMinor) } });
  return scenarioView(ctx, now, made);
}

/** A copy to try something else with. @throws AppError `not_found`, `input_invalid` past fifty scenarios. */
export async function copy(ctx: SignedIn, { scenarioId, name }: { scenarioId: string; name: string }): Promise<ScenarioView> {
  const { row, doc } = await scenarioNamed(ctx, 'tour.edit', scenarioId);
  return scenario(ctx, await another(ctx, row.planId, name, doc, { shows: row.shows, marginMinor: Number(row.marginMinor) }));
}

/** Scenarios of a plan. */
const mostScenarios = 50;

function another(ctx: SignedIn, planId: string, name: string, doc: Doc, sums: Pick<Tour['sums'], 'shows' | 'marginMinor'>): Promise<string> {
  return transact(ctx, async (tx) => {
    await lock(tx, `tour:${planId}`);
    if (await tx.db.tourScenario.count({ where: { planId } }) >= mostScenarios) throw new AppError('input_invalid', { field: 'name' });
    return open(tx, planId, name, doc, sums);
  });
}

/** Names a scenario anew. @throws AppError `not_found`. */
export async function rename(ctx: SignedIn, { scenarioId, name }: { scenarioId: string; name: string }): Promise<{ id: string; name: string }> {
  await scenarioNamed(ctx, 'tour.edit', scenarioId);
  await ctx.db.tourScenario.updateMany({ where: { id: scenarioId }, data: { name } });
  return { id: scenarioId, name };
}

/** Removes a scenario; the last one of a plan stays. @throws AppError `not_found`, `input_invalid`. */
export async function remove(ctx: SignedIn, scenarioId: string): Promise<{ id: string }> {
  const { plan } = await scenarioNamed(ctx, 'tour.edit', scenarioId);
  await transact(ctx, async (tx) => {
    await lock(tx, `tour:${plan.id}`);
    if (await tx.db.tourScenario.count({ where: { planId: plan.id } }) < 2) throw new AppError('input_invalid', { field: 'scenarioId' });
    await tx.db.tourScenario.deleteMany({ where: { id: scenarioId } });
  });
  return { id: scenarioId };
}

/** Why what is not in a tour is not: for one artist, or for all. @throws AppError `not_found`. */
export async function why(ctx: SignedIn, { scenarioId, artist, limit }: { scenarioId: string; artist?: string | undefined; limit: number }): Promise<WhyView> {
  const { base, doc } = await standing(ctx, 'tour.read', scenarioId);
  const said = await think(deskOf(ctx).answering, base, doc, { kind: 'why', artist: artist ?? null, limit });
  if (said.kind !== 'why') throw new Error(`reasons were asked for, and ${said.kind} was said`);
  return said.why;
}

/** Scenarios side by side, in the order asked for. @throws AppError `not_found`. */
export async function compare(ctx: SignedIn, scenarioIds: readonly string[]): Promise<Side[]> {
  const sides: Side[] = [];
  for (const id of scenarioIds) {
    const { base, doc, row } = await standing(ctx, 'tour.read', id);
    const { tour: { sums, inOrder, pointToPoint, stops, shared, conflicts } } = await tourOf(ctx, base, doc);
    sides.push({ name: row.name, sums, inOrder, pointToPoint, stops, shared, conflicts: conflicts.length });
  }
  return sides;
}

// --- Searches ---------------------------------------------------------------------------------------------------------------

/** Effort for each tour by artist and month: so that the same seed and effort give the same plan, on whichever machine. A quick search of two artists over four months takes some seconds, a thorough one half a minute. */
const EFFORTS = { quick: 200, thorough: 2_000 } as const;
/** Sweeps beyond which nobody waits for the end; whoever has enough ends a search and keeps what it found. */
const mostSweeps = 300_000;
/** Searches of one organisation that wait or run. */
const mostRuns = 3;
/** How often a search says how far it is, and after how long without a sign of life another takes it up. By the wall clock. */
const [tellsMs, silentMs] = [250, 15_000] as const;
/** How often a search is begun: one that ends whoever begins it is given up. */
const mostBegun = 3;
/** Searches run one after another: whoever comes second waits its turn. */
const queue = 'tours';

interface Found { readonly variants: readonly Made[]; readonly missed: readonly Visit[]; readonly bindings: Extract<Search, { kind: 'done' }>['bindings']; readonly cancelled: boolean }

/** Asks for tours. They are searched for on their own time, from the scenario as it stands: its pins, prices, limits and wishes. @throws AppError `plan_changed`, `tour_searching`, `not_found`. */
export async function search(ctx: SignedIn, { scenarioId, version, count, effort, seed }: { scenarioId: string; version: number; count: number; effort: keyof typeof EFFORTS; seed?: number | undefined }): Promise<{ runId: string }> {
  const { plan, row, doc, base: { question: { artists: cast, from, until } } } = await standing(ctx, 'tour.edit', scenarioId);
  refuseStale(row, version);
  const sweeps = Math.min(mostSweeps, EFFORTS[effort] * cast.length * Math.ceil((daysBetween(from, until) + 1) / 30));
  return transact(ctx, async (tx) => {
    await lock(tx, `tours:${plan.orgId}`);
    if (await tx.db.tourRun.count({ where: { plan: { orgId: plan.orgId }, state: { in: ['waiting', 'running'] }, cancelled: false } }) >= mostRuns) throw new AppError('tour_searching');
    const id = tx.newId('trn');
    await tx.db.tourRun.create({ data: { id, planId: plan.id, scenarioId, doc: doc as unknown as Prisma.InputJsonObject, seed: seed ?? row.version, count, effort: sweeps, createdAt: tx.now(), heartbeatAt: tx.realNow() } });
    await addJob(tx, 'tour_search', { runId: id }, { queue, key: `tour:${id}` });
    return { runId: id };
  });
}

/**
 * Searches, in a thread. Called by the job of a run: once it is over nothing happens, and while another seems to be at it, it is looked at again later. Whoever died over
 * it left no sign of life for a while: it is taken up again, from the beginning and with the same seed.
 */
export async function runSearch(ctx: Context, runId: string): Promise<void> {
  const silent = new Date(ctx.realNow().getTime() - silentMs);
  const { count } = await ctx.db.tourRun.updateMany({ where: { id: runId, OR: [{ state: 'waiting' }, { state: 'running', heartbeatAt: { lte: silent } }] }, data: { state: 'running', begun: { increment: 1 }, heartbeatAt: ctx.realNow() } });
  const run = await ctx.db.tourRun.findUnique({ where: { id: runId }, include: { plan: true } });
  if (!run || run.state === 'done' || run.state === 'failed') return;
  if (count === 0) return addJob(ctx, 'tour_search', { runId }, { queue, key: `tour:${runId}`, at: new Date(ctx.realNow().getTime() + silentMs) });
  if (run.begun > mostBegun) return endRun(ctx, runId, { state: 'failed', code: 'tour_search_failed' });
  try {
    await endRun(ctx, runId, { state: 'done', answer: await searched(ctx, run) as unknown as Prisma.InputJsonObject });
  } catch (err) {
    ctx.log.error({ run: runId, err }, 'a search for tours failed');
    await endRun(ctx, runId, { state: 'failed', code: 'tour_search_failed' });
  }
}

async function searched(ctx: Context, run: TourRun & { plan: TourPlan }): Promise<Found> {
  const memory = new SharedArrayBuffer(64);
  const ledger = ledgerOf(memory);
  const base = await baseOf(ctx, run.plan);
  if (run.cancelled) return { variants: [], missed: [], bindings: [], cancelled: true };
  await announce(ctx, run.id);
  let [alive, cancelled] = [true, false];
  const tell = async (): Promise<void> => {
    while (alive) {
      await new Promise((resolve) => { setTimeout(resolve, tellsMs); });
      const [row] = await ctx.db.tourRun.updateManyAndReturn({ where: { id: run.id, state: 'running' }, data: { heartbeatAt: ctx.realNow(), progress: { ...ledger.read() } }, select: { cancelled: true } });
      // Cancelled, or removed with its plan: nobody waits for it any more.
      if (!row || row.cancelled) { cancelled = true; ledger.end(); }
      await announce(ctx, run.id);
    }
  };
  const telling = tell().catch((err: unknown) => { ctx.log.warn({ run: run.id, err }, 'how far a search is could not be said'); });
  try {
    const said = await think(deskOf(ctx).searching, base, run.doc as unknown as Doc, { kind: 'search', seed: run.seed, count: run.count, effort: run.effort, memory });
    if (said.kind !== 'found') throw new Error(`tours were searched for, and ${said.kind} was said`);
    const { variants, missed, bindings } = said;
    return { variants, missed, bindings, cancelled };
  } finally {
    alive = false;
    await telling;
  }
}

async function endRun(ctx: Context, id: string, data: Prisma.TourRunUpdateManyMutationInput): Promise<void> {
  await ctx.db.tourRun.updateMany({ where: { id, state: { in: ['waiting', 'running'] } }, data: { ...data, heartbeatAt: ctx.realNow() } });
  await announce(ctx, id);
}

/** Wakes those who follow a run or look at a plan, once the caller's transaction is committed. */
async function announce(ctx: Context, key: string): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 AS done FROM pg_notify('live', ${key})`;
}

async function runNamed(ctx: SignedIn, act: Act, id: string): Promise<TourRun> {
  const run = await ctx.db.tourRun.findUnique({ where: { id }, include: { plan: true } });
  if (!run) throw new AppError('not_found');
  permit(ctx.actor, act, run.plan);
  return run;
}

/** Says how far a search is until it is over, and at last what it found. Whoever comes back hears where it stands. @throws AppError `not_found`. */
export async function* follow(ctx: SignedIn, runId: string, signal: AbortSignal | undefined): AsyncGenerator<Search> {
  await runNamed(ctx, 'tour.read', runId);
  for await (const key of ctx.live.news(runId, signal ?? new AbortController().signal)) {
    if (!await isStill(ctx, ctx.actor)) throw new AppError('not_found');
    const run = await runNamed(ctx, 'tour.read', key);
    yield await searchView(ctx, run);
    if (run.state === 'done' || run.state === 'failed') return;
  }
}

async function searchView(ctx: Context, run: TourRun): Promise<Search> {
  if (run.state === 'failed') return { kind: 'failed', code: run.code };
  if (run.state === 'done') {
    const { variants, missed, bindings, cancelled } = run.answer as unknown as Found;
    return { kind: 'done', variants: variants.map(({ tour }) => tour), missed, bindings, cancelled };
  }
  // Whoever was at it is gone: somebody else takes it up.
  if (run.state === 'running' && run.heartbeatAt.getTime() <= ctx.realNow().getTime() - silentMs) await addJob(ctx, 'tour_search', { runId: run.id }, { queue, key: `tour:${run.id}` });
  const reached = run.progress as { spent: number; worthMinor: number; marginMinor: number; shows: number; variant: number } | null;
  const waits = run.state === 'waiting' ? await ctx.db.tourRun.count({ where: { state: { in: ['waiting', 'running'] }, id: { lt: run.id } } }) : 0;
  return { kind: 'progress', ...(reached ?? { spent: 0, worthMinor: 0, marginMinor: 0, shows: 0, variant: 0 }), ...(run.state === 'waiting' && { waits }) };
}

/** Ends a search; what it has found by then is kept. @throws AppError `not_found`. */
export async function cancel(ctx: SignedIn, runId: string): Promise<{ id: string }> {
  const run = await runNamed(ctx, 'tour.edit', runId);
  const nothing: Found = { variants: [], missed: [], bindings: [], cancelled: true };
  const { count } = await ctx.db.tourRun.updateMany({ where: { id: run.id, state: 'waiting' }, data: { cancelled: true, state: 'done', answer: nothing as unknown as Prisma.InputJsonObject } });
  if (count === 0) await ctx.db.tourRun.updateMany({ where: { id: run.id, state: 'running' }, data: { cancelled: true } });
  await announce(ctx, run.id);
  return { id: run.id };
}

/** Makes a scenario of what a search found. @throws AppError `tour_search_open`, `input_invalid`, `not_found`. */
export async function keep(ctx: SignedIn, { runId, index, name }: { runId: string; index: number; name: string }): Promise<ScenarioView> {
  const run = await runNamed(ctx, 'tour.edit', runId);
  const made = run.state === 'done' ? (run.answer as unknown as Found).variants[index] : undefined;
  if (!made) throw new AppError('tour_search_open');
  return scenario(ctx, await another(ctx, run.planId, name, { ...run.doc as unknown as Doc, visits: made.visits }, made.tour.sums));
}

// --- Holds ------------------------------------------------------------------------------------------------------------------

/** How holds of a tour are sent: `days` is how long each lasts, `key` tells one sending from the next. */
export interface Sending { readonly scenarioId: string; readonly version: number; readonly mode: 'all' | 'possible'; readonly days: number; readonly key: string }

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
  const before = await answerOf(ctx, id, hash);
  if (before) return before;
  const now = await standing(ctx, 'tour.edit', scenarioId, true);
  refuseStale(now.row, version);
  // In one order, so that two who send at once never wait for each other.
  const visits = [...now.doc.visits].sort((one, other) => (dayKey(one) < dayKey(other) ? -1 : 1));
  if (visits.length === 0) throw new AppError('tour_nothing_to_hold');
  if (mode === 'all' && visits.length > mostAtOnce) throw new AppError('input_invalid', { field: 'mode' });
  const bids = new Map(now.base.whole.bids.map((bid) => [`${bid.artist} ${bid.venue}`, bid]));
  const prices = new Map(now.doc.prices.map((one) => [`${one.artist} ${one.venue}`, one.priceMinor]));
  const stops = visits.map((visit): Wanted => {
    const bid = bids.get(`${visit.artist} ${visit.venue}`);
    return { visit, bid: bid ?? null, priceMinor: prices.get(`${visit.artist} ${visit.venue}`) ?? bid?.prices?.[visit.day] ?? bid?.priceMinor ?? 0, startTime: startOf(now.base.whole, visit.venue) };
  });
  const frame = { plan, days };
  let answer: SentView;
  if (mode === 'all') {
    answer = await transact(ctx, async (tx) => {
      await take(tx, stops);
      // Whoever sent under this key meanwhile has answered already.
      const done = await answerOf(tx, id, hash);
      if (done) return done;
      const each: SentStop[] = [];
      for (const stop of stops) each.push(await tried(tx, frame, stop));
      if (each.some(({ state }) => state === 'refused')) throw new NotAll(each);
      return remember(tx, { id, hash, plan, scenarioId }, each);
    }).catch((error: unknown) => {
      if (!(error instanceof NotAll)) throw error;
      return said(error.each.map((one) => (one.state === 'refused' ? one : { ...one, state: 'refused' as const, bookingId: null, code: 'tour_held_back' satisfies ErrorCode })));
    });
    // What was refused as a whole changed nothing, and may be tried again: only the answer is kept.
    if (answer.sent === 0) await keepAnswer(ctx, id, hash, answer);
  } else {
    const each: SentStop[] = [];
    for (const stop of stops) {
      each.push(await transact(ctx, async (tx) => {
        await take(tx, [stop]);
        const one = await tried(tx, frame, stop);
        if (one.state === 'refused') throw new NotAll([one]);
        return one;
      }).catch((error: unknown) => {
        const [one] = error instanceof NotAll ? error.each : [];
        if (!one) throw error;
        return one;
      }));
    }
    answer = await transact(ctx, async (tx) => await answerOf(tx, id, hash) ?? remember(tx, { id, hash, plan, scenarioId }, each));
  }
  if (now.base.whole.artists.length > 1 && answer.sent > 0) await share(ctx, now, scenarioId);
  deskOf(ctx).bases.delete(plan.id);
  await announce(ctx, plan.id);
  return answer;
}

const dayKey = ({ artist, day }: Visit): string => `day:${artist}:${day}`;

/** When a show begins there, `20:30`: four hours after the crew came. */
function startOf({ venues }: Question, id: string): string {
  const start = (venues.find((one) => one.id === id)?.loadIn ?? 990) + 240;
  return `${String(Math.floor(start / 60) % 24).padStart(2, '0')}:${String(start % 60).padStart(2, '0')}`;
}

interface Wanted { readonly visit: Visit; readonly bid: Bid | null; readonly priceMinor: number; readonly startTime: string }

/** Holds the bookings and the days of some stops until the transaction ends: bookings first, as those do who answer offers. */
async function take(tx: SignedIn, stops: readonly Wanted[]): Promise<void> {
  const ids = stops.flatMap(({ bid }) => bid?.bookingId ?? []).sort();
  if (ids.length > 0) await tx.db.$queryRaw`SELECT id FROM booking WHERE id = ANY(${ids}) ORDER BY id FOR UPDATE`;
  await lock(tx, ...stops.map(({ visit }) => dayKey(visit)));
}

/** One stop with its hold and its offer, or why it has none. What it wrote before it was refused is the caller's to undo. */
async function tried(tx: SignedIn, frame: { readonly plan: TourPlan; readonly days: number }, stop: Wanted): Promise<SentStop> {
  try {
    return { ...stop.visit, state: 'held', bookingId: await hold(tx, frame, stop), code: '' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...stop.visit, state: 'refused', bookingId: stop.bid?.bookingId ?? null, code: error.code };
  }
}

async function hold(tx: SignedIn, { plan, days }: { readonly plan: TourPlan; readonly days: number }, { visit, bid, priceMinor, startTime }: Wanted): Promise<string> {
  const { artist, venue, day } = visit;
  if (!bid) throw new AppError('tour_no_bid');
  if (venue.startsWith('tst_')) throw new AppError('tour_stop_unasked');
  const row = { planId_artistId_venue: { planId: plan.id, artistId: artist, venue } };
  const before = await tx.db.tourSent.findUnique({ where: row });
  const price = { minor: BigInt(priceMinor), currency: plan.currency as Currency };
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
  const stale = offer?.proposedBy === 'artist' && (toDay(offer.showDay) !== day || offer.priceMinor !== price.minor);
  if (offer && stale) await withdrawOffer(tx, offer.id);
  if (!offer || stale) await sendOffer(tx, bookingId, { showDay: day, startTime, price, terms: '', expiresAt: new Date(expiresAt) });
  const now = { day: fromDay(day), bookingId, holdId, state: 'held' as const, until: new Date(expiresAt), at: tx.now() };
  await tx.db.tourSent.upsert({ where: row, create: { planId: plan.id, artistId: artist, venue, opened: bid.bookingId === undefined, ...now }, update: now });
  return bookingId;
}

const said = (each: readonly SentStop[]): SentView => ({ sent: each.filter(({ state }) => state === 'held').length, refused: each.filter(({ state }) => state === 'refused').length, each });

/** What was answered under a key. @throws AppError `key_reused`. */
async function answerOf(ctx: Context, id: string, hash: string): Promise<SentView | null> {
  const row = await ctx.db.replay.findUnique({ where: { id } });
  if (row && row.hash !== hash) throw new AppError('key_reused');
  return row ? row.answer as unknown as SentView : null;
}

async function keepAnswer(ctx: Context, id: string, hash: string, answer: SentView): Promise<void> {
  await ctx.db.replay.createMany({ data: [{ id, hash, at: ctx.realNow(), answer: answer as unknown as Prisma.InputJsonObject }], skipDuplicates: true });
}

async function remember(tx: Context, { id, hash, plan, scenarioId }: { id: string; hash: string; plan: TourPlan; scenarioId: string }, each: readonly SentStop[]): Promise<SentView> {
  const answer = said(each);
  await keepAnswer(tx, id, hash, answer);
  if (answer.sent > 0) await tell(tx, 'tour.sent', { planId: plan.id, orgId: plan.orgId, scenarioId });
  return answer;
}

/** Tells whoever finds rooms and vans what the artists of a tour could share, where there is something. */
async function share(ctx: SignedIn, now: Standing, scenarioId: string): Promise<void> {
  const { tour } = await tourOf(ctx, now.base, now.doc);
  if (tour.shared.length > 0) await transact(ctx, (tx) => tell(tx, 'tour.shared', { planId: now.plan.id, orgId: now.plan.orgId, scenarioId }));
}

/**
 * What became of a booking for which a tour sent a hold: agreed, declined or lapsed. A stop that falls is told to whoever plans, once, with the way to plan anew around
 * what is held. Of a hold that a tour has replaced nothing is heard.
 */
export async function hearStop(ctx: Context, { bookingId, holdId, offerId }: { bookingId: string; holdId?: string; offerId?: string }, state: Exclude<TourSentState, 'held'>): Promise<void> {
  // What the artist's side refuses is its own to know, and an offer that another took the place of is none that was lost.
  if (state !== 'agreed' && offerId !== undefined && await ctx.db.offer.count({ where: { bookingId, OR: [{ id: offerId, proposedBy: 'buyer' }, { status: 'sent', expiresAt: { gt: ctx.now() } }] } }) > 0) return;
  const rows = await ctx.db.tourSent.findMany({ where: { bookingId, state: { in: state === 'agreed' ? ['held', 'declined', 'lapsed'] : ['held', 'agreed'] }, ...(holdId !== undefined && { holdId, state: 'held' }) }, include: { plan: true } });
  for (const { planId, artistId, venue, day, state: before, plan } of rows) {
    const { count } = await ctx.db.tourSent.updateMany({ where: { planId, artistId, venue, state: before, bookingId }, data: { state, at: ctx.now() } });
    if (count === 0) continue;
    desks.get(ctx.live)?.bases.delete(planId);
    await announce(ctx, planId);
    if (state === 'agreed') continue;
    await tell(ctx, 'tour.fell', { planId, orgId: plan.orgId, artistOrgId: artistId, bookingId, why: state });
    await writeFell(ctx, plan, { bookingId, artistId, day: toDay(day), why: state });
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
  // A day that was kept for who said no is free again.
  for (const { id } of await ctx.db.hold.findMany({ where: { bookingId: { in: sent.filter(({ state }) => state === 'declined').map(({ bookingId }) => bookingId) }, status: 'live' } })) await releaseHold(ctx, id);
  const isIn = ({ artist, venue, day }: Visit): boolean => doc.visits.some((one) => one.artist === artist && one.venue === venue && one.day === day);
  const visits = sent.map(({ artistId, venue, day, state }) => ({ state, visit: { artist: artistId, venue, day: toDay(day) } }));
  const fallen = visits.filter(({ state }) => state === 'declined' || state === 'lapsed');
  const held = visits.filter(({ state, visit }) => state === 'held' && isIn(visit)).map(({ visit }) => visit);
  // Who said no is asked no more; a hold that nobody answered may go to another day.
  const next = fallen.reduce<Doc>((rest, { state, visit }) => (state === 'lapsed' && !isIn(visit) ? rest : applied(rest, { kind: 'forbid', artist: visit.artist, venue: visit.venue, day: state === 'declined' ? null : visit.day }, groundOf(base))), doc);
  const made = await tourOf(ctx, base, next, { kind: 'mend', seed: now.row.version, touched: [...new Set(fallen.map(({ visit }) => visit.artist))], days: [], held });
  return scenarioView(ctx, await advanceTo(ctx, now, version, { ...next, visits: made.visits }, made), made);
}
