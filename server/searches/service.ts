import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import type { Prisma, TourPlan, TourRun } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { announce } from '../core/live.ts';
import { addJob } from '../core/outbox.ts';
import { permit, type Act } from '../core/permissions.ts';
import { daysBetween } from '../core/time.ts';
import { isStill } from '../identity/service.ts';
import type { Binding, Tour } from '../tours/answer.ts';
import type { Doc } from '../tours/edit.ts';
import type { Visit } from '../tours/question.ts';
import { another, baseOf, refuseStale, scenario, seek, standing, tourOf } from '../tours/service.ts';
import type { ScenarioView } from '../tours/view.ts';
import { ledgerOf, type Made, type Reached } from '../tours/work.ts';

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

/** What a search says while it runs, and at last. `spent` from 0 to 1. `waits` is there before it begins: how many searches come before it. */
export type Search =
  | { readonly kind: 'progress'; readonly spent: number; readonly worthMinor: number; readonly marginMinor: number; readonly shows: number; readonly variant: number; readonly waits?: number }
  | { readonly kind: 'done'; /** That of the plan whose rows the places are. */ readonly reading: string; readonly variants: readonly Tour[]; readonly cancelled: boolean; readonly missed: readonly Visit[]; readonly bindings: readonly Binding[] }
  | { readonly kind: 'failed'; readonly code: string };

/** What a search found, as it is kept. */
interface Found { readonly reading: string; readonly variants: readonly Made[]; readonly missed: readonly Visit[]; readonly bindings: readonly Binding[]; readonly cancelled: boolean }

const nothing: Found = { reading: '', variants: [], missed: [], bindings: [], cancelled: true };
const notYet: Reached = { spent: 0, variant: 0, worthMinor: 0, marginMinor: 0, shows: 0 };

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
    await callFor(tx, id);
    return { runId: id };
  });
}

/** Has a run searched, at once or later, one after another: whoever comes second waits its turn. */
const callFor = (ctx: Context, runId: string, at?: Date): Promise<void> => addJob(ctx, 'tour_search', { runId }, { queue: 'tours', key: `tour:${runId}`, ...(at && { at }) });

/**
 * Searches, in a thread. Called by the job of a run: once it is over nothing happens, and while another seems to be at it, it is looked at again later. Whoever died over
 * it left no sign of life for a while: it is taken up again, from the beginning and with the same seed.
 */
export async function runSearch(ctx: Context, runId: string): Promise<void> {
  const silent = new Date(ctx.realNow().getTime() - silentMs);
  const { count } = await ctx.db.tourRun.updateMany({ where: { id: runId, OR: [{ state: 'waiting' }, { state: 'running', heartbeatAt: { lte: silent } }] }, data: { state: 'running', begun: { increment: 1 }, heartbeatAt: ctx.realNow() } });
  const run = await ctx.db.tourRun.findUnique({ where: { id: runId }, include: { plan: true } });
  if (!run || run.state === 'done' || run.state === 'failed') return;
  if (count === 0) return callFor(ctx, runId, new Date(ctx.realNow().getTime() + silentMs));
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
  if (run.cancelled) return nothing;
  await announce(ctx.db, run.id);
  let [alive, cancelled] = [true, false];
  const tell = async (): Promise<void> => {
    while (alive) {
      await new Promise((resolve) => { setTimeout(resolve, tellsMs); });
      try {
        const [row] = await ctx.db.tourRun.updateManyAndReturn({ where: { id: run.id, state: 'running' }, data: { heartbeatAt: ctx.realNow(), progress: { ...ledger.read() } }, select: { cancelled: true } });
        // Cancelled, or removed with its plan: nobody waits for it any more.
        if (!row || row.cancelled) { cancelled = true; ledger.end(); }
        await announce(ctx.db, run.id);
      } catch (err) {
        // Said again in a moment: whoever is silent for long is taken for dead, and hears nobody who calls the search off.
        ctx.log.warn({ run: run.id, err }, 'how far a search is could not be said');
      }
    }
  };
  const telling = tell();
  try {
    const { variants, missed, bindings } = await seek(ctx, base, run.doc as unknown as Doc, { kind: 'search', seed: run.seed, count: run.count, effort: run.effort, memory });
    return { reading: base.reading, variants, missed, bindings, cancelled };
  } finally {
    alive = false;
    await telling;
  }
}

async function endRun(ctx: Context, id: string, data: Prisma.TourRunUpdateManyMutationInput): Promise<void> {
  await ctx.db.tourRun.updateMany({ where: { id, state: { in: ['waiting', 'running'] } }, data: { ...data, heartbeatAt: ctx.realNow() } });
  await announce(ctx.db, id);
}

async function runNamed(ctx: SignedIn, act: Act, id: string): Promise<TourRun & { plan: TourPlan }> {
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

async function searchView(ctx: Context, run: TourRun & { plan: TourPlan }): Promise<Search> {
  if (run.state === 'failed') return { kind: 'failed', code: run.code };
  if (run.state === 'done') return foundView(ctx, run);
  // Whoever was at it is gone: somebody else takes it up.
  if (run.state === 'running' && run.heartbeatAt.getTime() <= ctx.realNow().getTime() - silentMs) await callFor(ctx, run.id);
  const waits = run.state === 'waiting' ? await ctx.db.tourRun.count({ where: { state: { in: ['waiting', 'running'] }, id: { lt: run.id } } }) : 0;
  return { kind: 'progress', ...(run.progress as Reached | null ?? notYet), ...(run.state === 'waiting' && { waits }) };
}

/** What a search found. Where the plan is read otherwise by now, it is reckoned anew: its rows would be other places. */
async function foundView(ctx: Context, { plan, doc, answer }: TourRun & { plan: TourPlan }): Promise<Search> {
  const { reading, variants, missed, bindings, cancelled } = answer as unknown as Found;
  if (variants.length === 0) return { kind: 'done', reading, variants: [], missed, bindings, cancelled };
  const base = await baseOf(ctx, plan);
  const tours = variants.map(async ({ visits, tour }) => (base.reading === reading ? tour : (await tourOf(ctx, { base, doc: { ...doc as unknown as Doc, visits } })).tour));
  return { kind: 'done', reading: base.reading, variants: await Promise.all(tours), missed, bindings, cancelled };
}

/** Ends a search; what it has found by then is kept. @throws AppError `not_found`. */
export async function cancel(ctx: SignedIn, runId: string): Promise<{ id: string }> {
  const run = await runNamed(ctx, 'tour.edit', runId);
  const { count } = await ctx.db.tourRun.updateMany({ where: { id: run.id, state: 'waiting' }, data: { cancelled: true, state: 'done', answer: nothing as unknown as Prisma.InputJsonObject } });
  if (count === 0) await ctx.db.tourRun.updateMany({ where: { id: run.id, state: 'running' }, data: { cancelled: true } });
  await announce(ctx.db, run.id);
  return { id: run.id };
}

/** Makes a scenario of what a search found. @throws AppError `tour_search_open`, `input_invalid`, `not_found`. */
export async function keep(ctx: SignedIn, { runId, index, name }: { runId: string; index: number; name: string }): Promise<ScenarioView> {
  const run = await runNamed(ctx, 'tour.edit', runId);
  const made = run.state === 'done' ? (run.answer as unknown as Found).variants[index] : undefined;
  if (!made) throw new AppError('tour_search_open');
  return scenario(ctx, await another(ctx, run.planId, { name, doc: { ...run.doc as unknown as Doc, visits: made.visits }, sums: made.tour.sums }));
}
