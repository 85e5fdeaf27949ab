import { availableParallelism } from 'node:os';
import { delimiterOf } from '../core/cells.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { rowsOf } from '../core/csv.ts';
import { Prisma, type TourPlan, type TourScenario } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import type { Currency } from '../core/money.ts';
import { permit, type Act } from '../core/permissions.ts';
import { openThreads, type Threads } from '../core/threads.ts';
import { dayIn, daysBetween, fromDay, toDay, type Day } from '../core/time.ts';
import { demandNear } from '../nearby/service.ts';
import { namesOf, placeOf, townsNamed } from '../profiles/service.ts';
import { castOf, festivalsIn, prospectsOf } from '../prospects/service.ts';
import type { Cast, Extra } from '../prospects/told.ts';
import { roadsBetween } from '../roads/service.ts';
import type { Tour } from './answer.ts';
import { applied, blank, daysOf, placedBy, settled, touchedBy, type Doc, type Ground } from './edit.ts';
import { gather, MOST_VENUES, type Gathered } from './gather.ts';
import { holidaysIn } from './holidays.ts';
import { readList, withList } from './listed.ts';
import { isByHand, isSame, type Question, type Spot, type Weights } from './question.ts';
import type { DemandView, Edit, ListedView, PlanView, ScenarioView, Side, WhyView } from './view.ts';
import type { Ask, Job, Made, Said } from './work.ts';

/** How long a plan waits for those who measure roads, in milliseconds: a page waits twenty seconds for all of it, and one answer of theirs may come ten later. */
const roadsMs = 8_000;
/** How long a question is believed before the calendars are read again. */
const keptMs = 60_000;
/** Steps of a scenario that are kept to be taken back. */
const mostSteps = 100;

// --- What is named ----------------------------------------------------------------------------------------------------------

/** A plan of the organisation acted for. @throws AppError `not_found` for another's; as `permit` does. */
export async function planNamed(ctx: SignedIn, act: Act, id: string): Promise<TourPlan> {
  const plan = await ctx.db.tourPlan.findUnique({ where: { id } });
  if (!plan) throw new AppError('not_found');
  permit(ctx.actor, act, plan);
  return plan;
}

/** A scenario of the organisation acted for, as it was left. @throws AppError `not_found` for another's; as `permit` does. */
export async function scenarioNamed(ctx: SignedIn, act: Act, id: string): Promise<{ plan: TourPlan; row: TourScenario; doc: Doc }> {
  const row = await ctx.db.tourScenario.findUnique({ where: { id }, include: { plan: true } });
  if (!row) throw new AppError('not_found');
  permit(ctx.actor, act, row.plan);
  const step = await ctx.db.tourStep.findUniqueOrThrow({ where: { scenarioId_seq: { scenarioId: id, seq: row.at } } });
  return { plan: row.plan, row, doc: step.doc as unknown as Doc };
}

const castIn = ({ artists }: TourPlan): readonly Cast[] => artists as unknown as readonly Cast[];
const extrasIn = ({ extras }: TourPlan): readonly Extra[] => extras as unknown as readonly Extra[];

// --- The question -----------------------------------------------------------------------------------------------------------

/** A question as it was read, and what the page is told besides. */
interface Base extends Gathered {
  readonly key: string;
  /** Names the rows of its spots: the same spots in the same order have the same name, whenever they were read. */
  readonly reading: string;
  /** The artists of the plan whom its organisation plans for now. */
  readonly cast: ReadonlySet<string>;
  readonly whole: Question;
  readonly blurred: PlanView['blurred'];
}

/** What one process plans with: threads that search and that answer a hand, and the questions they were told. */
interface Desk {
  readonly searching: Threads<Ask, Said>;
  readonly answering: Threads<Ask, Said>;
  readonly bases: Map<string, Reading>;
}

/** A question that is read or was: of the plan as it was changed at `stamp`, since `at`; not `begun`, it waits for the one before. */
interface Reading { readonly stamp: string; at: number; begun: boolean; readonly base: Promise<Base> }

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

/** The question of a plan, as it was read within the last minute, or now. One is read after another: who asks for a new one while the next waits for its turn has that one, however many ask. */
export async function baseOf(ctx: Context, plan: TourPlan, fresh = false): Promise<Base> {
  const { bases } = deskOf(ctx);
  const known = bases.get(plan.id);
  const stamp = plan.updatedAt.toISOString();
  if (known?.stamp === stamp && !known.begun) return known.base;
  if (known?.stamp === stamp && performance.now() - known.at < keptMs && !fresh) {
    const [base, allowed] = await Promise.all([known.base, castOf(ctx, plan.orgId)]);
    // An artist who has left takes their days along at once.
    if ([...base.cast].every((id) => allowed.includes(id))) return base;
  }
  const next: Reading = { stamp, at: performance.now(), begun: false, base: Promise.resolve(known?.base).catch(() => undefined).then((before) => {
    [next.begun, next.at] = [true, performance.now()];
    return readBase(ctx, plan, `${plan.id} ${stamp} ${next.at}`, before);
  }) };
  bases.delete(plan.id);
  bases.set(plan.id, next);
  for (const old of [...bases.keys()].slice(0, -mostBases)) bases.delete(old);
  // Who comes next begins anew, where this one failed.
  next.base.catch(() => { if (bases.get(plan.id) === next) bases.delete(plan.id); });
  return next.base;
}

/** Drops the question of a plan, because what it asks about has changed. */
export function forget(ctx: Context, planId: string): void {
  desks.get(ctx.live)?.bases.delete(planId);
}

/** Has a thread do a piece of work. It is told the question when it does not know it. */
async function think<K extends Said['kind']>(threads: Threads<Ask, Said>, base: Base, doc: Doc, { job, kind }: { readonly job: Job; readonly kind: K }): Promise<Extract<Said, { kind: K }>> {
  const isWanted = (said: Said): said is Extract<Said, { kind: K }> => said.kind === kind;
  const first = await threads.ask({ key: base.key, base: null, doc, job });
  const said = first.kind === 'unknown' ? await threads.ask({ key: base.key, base: base.whole, doc, job }) : first;
  if (!isWanted(said)) throw new Error(`a thread was asked for ${kind}, and said ${said.kind}`);
  return said;
}

/** Searches for tours, in the thread that is kept for it. */
export const seek = (ctx: Context, base: Base, doc: Doc, job: Extract<Job, { kind: 'search' }>) => think(deskOf(ctx).searching, base, doc, { job, kind: 'found' });

/** The tour of a scenario, reckoned now, or mended. */
export const tourOf = (ctx: Context, { base, doc }: { readonly base: Base; readonly doc: Doc }, job: Extract<Job, { kind: 'reckon' | 'mend' }> = { kind: 'reckon' }): Promise<Made> => think(deskOf(ctx).answering, base, doc, { job, kind: 'tour' });

/** Reads all that a plan is asked with: artists and their days, who asks for them, who was found, and the roads between. */
async function readBase(ctx: Context, plan: TourPlan, key: string, before: Base | undefined): Promise<Base> {
  const { id: planId, orgId, currency } = plan;
  const from = toDay(plan.from);
  const told = await prospectsOf(ctx, { planId, orgId, from, until: toDay(plan.until), currency, cast: castIn(plan), extras: extrasIn(plan) });
  const gathered = gather(told);
  const { roads, blurred } = await roadsOf(ctx, gathered.question.spots, { before, day: from });
  const { limits, rates, weights, pins, forbidden } = blank;
  return { ...gathered, key, cast: new Set(told.artists.map(({ id }) => id)), reading: sha256(JSON.stringify(gathered.question.spots)).slice(0, 16), blurred, whole: { ...gathered.question, roads, limits, rates, weights, pins, forbidden } };
}

/** The roads between places; those of before, when nothing has moved. */
async function roadsOf(ctx: Context, spots: readonly Spot[], { before, day }: { readonly before: Base | undefined; readonly day: Day }): Promise<{ roads: Question['roads']; blurred: PlanView['blurred'] }> {
  const old = before?.question.spots;
  if (before && old?.length === spots.length && spots.every(({ lat, lng }, i) => old[i]?.lat === lat && old[i].lng === lng)) return { roads: before.whole.roads, blurred: before.blurred };
  const { size, minutes, metres, notices } = await roadsBetween(ctx, spots.map(({ lat, lng, city, country, insee }) => ({ name: city, lat, lon: lng, country, insee })), { day, patienceMs: roadsMs });
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
  const casts = rows.map((row) => castIn(row).map((one) => one.id));
  const nameOf = await namesOf(ctx, casts.flat());
  return rows.map(({ id, name, from, until, currency, updatedAt, scenarios }, at) => ({
    id, name, from: toDay(from), until: toDay(until), currency: currency as Currency, artists: (casts[at] ?? []).map(nameOf), scenarios: scenarios.length,
    marginMinor: scenarios.reduce((best, one) => Math.max(best, Number(one.marginMinor)), 0), updatedAt: updatedAt.toISOString(),
  }));
}

/** What a plan is made of. `scenario` is the name of its first one; `weights` and `wantedShows` (of each artist, and as many at most; 0 for no matter) are what it begins with. */
export interface NewPlan { readonly name: string; readonly from: Day; readonly until: Day; readonly currency: Currency; readonly artists: readonly Cast[]; readonly scenario: string; readonly weights?: Weights | undefined; readonly wantedShows?: number | undefined }

/** Begins a plan, with one scenario that is empty. @throws AppError `not_found` for an artist that one does not act for, `input_invalid` for days in the wrong order, more than a year or past; as `permit` does. */
export async function create(ctx: SignedIn, { name, from, until, currency, artists: cast, scenario, weights = blank.weights, wantedShows = 0 }: NewPlan): Promise<PlanView> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'tour.edit', { orgId });
  await refuseStrangers(ctx, orgId, cast);
  checkPeriod(ctx, from, until);
  const plan = await transact(ctx, async (tx) => {
    const made = await tx.db.tourPlan.create({ data: { id: tx.newId('tpl'), orgId, name, from: fromDay(from), until: fromDay(until), currency, artists: cast as unknown as Prisma.InputJsonArray, createdAt: tx.now(), updatedAt: tx.now() } });
    await open(tx, made.id, { name: scenario, doc: { ...blank, weights, limits: { ...blank.limits, wantedShows, mostShows: wantedShows } }, sums: { shows: 0, marginMinor: 0 } });
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

/** What of a tour's sums is kept beside its scenario, for lists. */
type Kept = Pick<Tour['sums'], 'shows' | 'marginMinor'>;
const sumsIn = ({ shows, marginMinor }: TourScenario): Kept => ({ shows, marginMinor: Number(marginMinor) });

/** What a scenario begins with. */
interface Begun { readonly name: string; readonly doc: Doc; readonly sums: Kept }

/** A scenario, in the caller's transaction. */
async function open(tx: Context, planId: string, { name, doc, sums }: Begun): Promise<string> {
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
  const playing = new Set(cast.map(({ id }) => id));
  return {
    id: plan.id, name: plan.name, from, until, currency: plan.currency, updatedAt: plan.updatedAt.toISOString(), reading: base.reading, spots, artists: cast, cast: castIn(plan).filter(({ id }) => playing.has(id)), venues, bids, blurred, leftOut, events: await festivalsIn(ctx, from, until),
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
  const own = castIn(plan).filter(({ id }) => allowed.has(id));
  const towns = await Promise.all(own.map(async ({ id: artist }) => (await demandNear(ctx, artist)).map(({ city, country, lat, lng, fans, organisers }) => ({ artist, city, country, lat, lng, fans, organisers }))));
  return towns.flat().sort((one, other) => other.organisers - one.organisers || other.fans - one.fans).slice(0, mostTowns);
}

/** What of a plan is changed: what is not said stays. `seen` is the change that whoever changes it saw last. */
export interface PlanPatch { readonly planId: string; readonly seen: string; readonly name?: string | undefined; readonly from?: Day | undefined; readonly until?: Day | undefined; readonly artists?: readonly Cast[] | undefined }

/** Changes a plan itself; its scenarios stay as they are, and say what does not hold any more. @throws AppError `plan_changed`, and as `create` does. */
export async function amend(ctx: SignedIn, { planId, seen, name, from, until, artists: cast }: PlanPatch): Promise<PlanView> {
  const plan = await planNamed(ctx, 'tour.edit', planId);
  if (cast) await refuseStrangers(ctx, plan.orgId, cast);
  if (from ?? until) checkPeriod(ctx, from ?? toDay(plan.from), until ?? toDay(plan.until));
  const changed = await transact(ctx, async (tx) => {
    await lock(tx, `tour:${planId}`);
    const { updatedAt } = await tx.db.tourPlan.findUniqueOrThrow({ where: { id: planId } });
    if (updatedAt.toISOString() !== seen) throw new AppError('plan_changed');
    return tx.db.tourPlan.update({ where: { id: planId }, data: {
      ...(name !== undefined && { name }), ...(from !== undefined && { from: fromDay(from) }), ...(until !== undefined && { until: fromDay(until) }), ...(cast && { artists: cast as unknown as Prisma.InputJsonArray }), updatedAt: after(tx, updatedAt),
    } });
  });
  return planView(ctx, changed, await baseOf(ctx, changed, true));
}

/** Two changes of one moment are two all the same. */
const after = ({ now }: Context, before: Date): Date => new Date(Math.max(now().getTime(), before.getTime() + 1));

/** Stops by hand that a plan may have: as many venues as a question has at most. Rows of a list that are read at once, and of those that were not taken so many are told. */
const [mostExtras, mostRows, mostTold] = [MOST_VENUES, 10_000, 50] as const;

/** Adds a stop at a town, for an artist of the plan: a venue that nobody finds or asks with. @throws AppError `not_found`, `input_invalid` for an unknown town, an artist who is not of the plan, or two thousand of them. */
export function addStop(ctx: SignedIn, { planId, ...stop }: Omit<Extra, 'id'> & { readonly planId: string }): Promise<PlanView> {
  return onExtras(ctx, planId, (extras, plan) => {
    if (!placeOf(stop.insee)) throw new AppError('input_invalid', { field: 'insee' });
    if (!castIn(plan).some(({ id }) => id === stop.artist)) throw new AppError('input_invalid', { field: 'artist' });
    if (extras.length >= mostExtras) throw new AppError('input_invalid', { field: 'stop' });
    return [...extras, { id: ctx.newId('tst'), ...stop }];
  });
}

/** A list of places: `content` as a file has it or as it was copied out of a spreadsheet, for one artist of the plan or for all. */
export interface NewList { readonly planId: string; readonly artist: string | null; readonly content: string }

/**
 * Adds the places of a list as stops by hand, those that are there already said anew; rows that cannot be read are told, and the others are taken. The same list again changes nothing.
 *
 * @throws AppError `tour_list_unknown`, `tour_list_unreadable`, `tour_list_long`, `not_found`, `input_invalid` for an artist who is not of the plan.
 */
export async function addList(ctx: SignedIn, { planId, artist, content }: NewList): Promise<ListedView> {
  const named = await planNamed(ctx, 'tour.edit', planId);
  const cast = castIn(named).map(({ id }) => id);
  if (artist !== null && !cast.includes(artist)) throw new AppError('input_invalid', { field: 'artist' });
  const table = rowsOf(content, delimiterOf(content));
  if ('unreadable' in table) throw new AppError('tour_list_unreadable', { line: String(table.unreadable) });
  if (table.rows.length > mostRows + 1) throw new AppError('tour_list_long', { most: String(mostRows) });
  const nameOf = await namesOf(ctx, cast);
  const read = readList(table.rows, { from: toDay(named.from), until: toDay(named.until), currency: named.currency, artists: cast.map((id) => ({ id, name: nameOf(id) })), artist, townsNamed });
  if (!read) throw new AppError('tour_list_unknown');
  let done = { fresh: 0, again: 0, beyond: 0 };
  const plan = await onExtras(ctx, planId, (extras) => {
    const { extras: all, ...counted } = withList(extras, read.stops, { most: mostExtras, newId: () => ctx.newId('tst') });
    done = counted;
    return all;
  });
  return { plan, ...done, wrong: read.wrong.slice(0, mostTold), wrongRows: read.wrong.length };
}

/** Takes all stops away that were added by hand. @throws AppError `not_found`. */
export const removeStops = (ctx: SignedIn, planId: string): Promise<PlanView> => onExtras(ctx, planId, () => []);

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
    return tx.db.tourPlan.update({ where: { id: planId }, data: { extras: change(extrasIn(row), row) as unknown as Prisma.InputJsonArray, updatedAt: after(tx, row.updatedAt) } });
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

/** A scenario as it stands now, and what its plan sent: without stops that are fixed dates by now, without artists who left, without stops by hand that were taken away. */
export async function standing(ctx: SignedIn, act: Act, id: string, fresh = false) {
  const { plan, row, doc } = await scenarioNamed(ctx, act, id);
  const base = await baseOf(ctx, plan, fresh);
  // Of artists who left, what becomes of their dates is theirs to know.
  const sent = await ctx.db.tourSent.findMany({ where: { planId: plan.id, artistId: { in: [...base.cast] } } });
  const byHand = new Set(extrasIn(plan).map(({ id: stop }) => stop));
  const stand = base.question.artists.flatMap(({ id: artist, fixed }) => fixed.map((show) => ({ artist, ...show })));
  const gone = [
    ...doc.visits.filter(({ venue }) => isByHand(venue) && !byHand.has(venue)),
    ...sent.filter(({ state }) => state === 'agreed').map(({ artistId, venue }) => ({ artist: artistId, venue })),
    ...stand.map(({ artist, id: venue }) => ({ artist, venue })),
    ...doc.visits.filter((visit) => stand.some(({ artist, venue, day }) => venue !== null && isSame(visit, { artist, venue, day }))),
  ];
  return { plan, row, base, sent, doc: settled(doc, base.question, gone) };
}

/** What `standing` gives. */
export type Standing = Awaited<ReturnType<typeof standing>>;

/** What a change by hand is judged by. */
export const groundOf = ({ question: { from, until, artists: cast, bids }, today }: Base): Ground => ({ from, until, artists: cast, bids, today });

/** A scenario with its tour, reckoned now. @throws AppError `not_found`. */
export async function scenario(ctx: SignedIn, id: string): Promise<ScenarioView> {
  const now = await standing(ctx, 'tour.read', id);
  return scenarioView(ctx, now, await tourOf(ctx, now));
}

/** A scenario with its plan, both of one reading: the rows of the one are those of the other. @throws AppError `not_found`. */
export async function together(ctx: SignedIn, id: string): Promise<{ readonly plan: PlanView; readonly scenario: ScenarioView }> {
  const now = await standing(ctx, 'tour.read', id);
  return { plan: await planView(ctx, now.plan, now.base), scenario: await scenarioView(ctx, now, await tourOf(ctx, now)) };
}

async function scenarioView(ctx: Context, { row, base, doc, sent }: Standing, { tour }: Made): Promise<ScenarioView> {
  const steps = await ctx.db.tourStep.aggregate({ where: { scenarioId: row.id }, _min: { seq: true }, _max: { seq: true } });
  const { limits, rates, weights, pins, forbidden, hours = [] } = doc;
  return {
    id: row.id, planId: row.planId, name: row.name, version: row.version, undo: (steps._min.seq ?? 0) < row.at, redo: (steps._max.seq ?? 0) > row.at, limits, rates, weights, pins, forbidden, reading: base.reading, hours, tour,
    sent: sent.map(({ artistId, venue, day, state, bookingId, until }) => ({ artist: artistId, venue, day: toDay(day), state, bookingId, until: until.toISOString() })),
  };
}

/** @throws AppError `plan_changed` for whoever saw another version. */
export function refuseStale(row: TourScenario, version: number): void {
  if (row.version !== version) throw new AppError('plan_changed', { version: String(row.version) });
}

/** Makes the next step of a scenario, reckoned or mended, when nobody was quicker: what had been taken back is gone. @throws AppError `plan_changed`. */
export async function advance(ctx: SignedIn, now: Standing, next: Doc, job: Extract<Job, { kind: 'reckon' | 'mend' }>): Promise<ScenarioView> {
  const made = await tourOf(ctx, { base: now.base, doc: next }, job);
  const doc = { ...next, visits: made.visits };
  const row = await transact(ctx, async (tx) => {
    const { id: scenarioId, at: before } = now.row;
    const moved = await moveOn(tx, now.row, { at: before + 1, sums: made.tour.sums });
    await tx.db.tourStep.deleteMany({ where: { scenarioId, OR: [{ seq: { gt: before } }, { seq: { lte: before - mostSteps } }] } });
    await tx.db.tourStep.create({ data: { scenarioId, seq: moved.at, doc: doc as unknown as Prisma.InputJsonObject, at: tx.now() } });
    return moved;
  });
  return scenarioView(ctx, { ...now, row, doc }, made);
}

/** Compare and set: of two who change one version, one does. */
async function moveOn(tx: Context, { id, version }: TourScenario, { at, sums }: { readonly at: number; readonly sums: Kept }): Promise<TourScenario> {
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
  return advance(ctx, now, next, input.repair && touched.length > 0 ? { kind: 'mend', seed: now.row.version, touched, days: daysOf(input.edit), held: placedBy(input.edit) } : { kind: 'reckon' });
}

/** Takes the last change back, or does again what was taken back. @throws AppError `plan_changed`, `tour_no_step`, `not_found`. */
export async function walk(ctx: SignedIn, { scenarioId, version, by }: { scenarioId: string; version: number; by: -1 | 1 }): Promise<ScenarioView> {
  const { row } = await scenarioNamed(ctx, 'tour.edit', scenarioId);
  refuseStale(row, version);
  if (!await ctx.db.tourStep.count({ where: { scenarioId, seq: row.at + by } })) throw new AppError('tour_no_step');
  await transact(ctx, (tx) => moveOn(tx, row, { at: row.at + by, sums: sumsIn(row) }));
  const now = await standing(ctx, 'tour.edit', scenarioId);
  const made = await tourOf(ctx, now);
  const { shows, marginMinor } = made.tour.sums;
  await ctx.db.tourScenario.updateMany({ where: { id: scenarioId, version: now.row.version }, data: { shows, marginMinor: BigInt(marginMinor) } });
  return scenarioView(ctx, now, made);
}

/** A copy to try something else with. @throws AppError `not_found`, `input_invalid` past fifty scenarios. */
export async function copy(ctx: SignedIn, { scenarioId, name }: { scenarioId: string; name: string }): Promise<ScenarioView> {
  const { row, doc } = await scenarioNamed(ctx, 'tour.edit', scenarioId);
  return scenario(ctx, await another(ctx, row.planId, { name, doc, sums: sumsIn(row) }));
}

/** Scenarios of a plan. */
const mostScenarios = 50;

/** One more scenario of a plan that the caller may change; its id. @throws AppError `input_invalid` past fifty. */
export function another(ctx: SignedIn, planId: string, begun: Begun): Promise<string> {
  return transact(ctx, async (tx) => {
    await lock(tx, `tour:${planId}`);
    if (await tx.db.tourScenario.count({ where: { planId } }) >= mostScenarios) throw new AppError('input_invalid', { field: 'name' });
    return open(tx, planId, begun);
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
  const said = await think(deskOf(ctx).answering, base, doc, { job: { kind: 'why', artist: artist ?? null, limit }, kind: 'why' });
  return said.why;
}

/** Scenarios side by side, in the order asked for. @throws AppError `not_found`. */
export async function compare(ctx: SignedIn, scenarioIds: readonly string[]): Promise<Side[]> {
  const sides: Side[] = [];
  for (const id of scenarioIds) {
    const now = await standing(ctx, 'tour.read', id);
    const { tour: { sums, inOrder, pointToPoint, stops, shared, conflicts } } = await tourOf(ctx, now);
    sides.push({ name: now.row.name, sums, inOrder, pointToPoint, stops, shared, conflicts: conflicts.length });
  }
  return sides;
}
