import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { Id, line, Version, whole } from '../core/wire.ts';
import type { ScenarioView } from '../tours/view.ts';
import { cancel, follow, keep, search } from './service.ts';

/** A scenario, with the version that whoever searches from it saw. */
const Versioned = z.object({ scenarioId: Id('tsc'), version: Version });
const RunId = z.object({ runId: Id('trn') });

/** Tours that are searched for. */
export const searchesRouter = router({
  /** Begins a search from a scenario: its pins, prices, limits and wishes. The same seed finds the same tours. */
  search: signedIn.input(Versioned.extend({ count: z.int().min(3).max(5), effort: z.enum(['quick', 'thorough']), seed: z.int().min(0).max(2_000_000_000).optional() })).output(z.object({ runId: Id('trn') })).mutation(({ ctx, input }) => search(ctx, input)),
  /** Says how far a search is, and at last what it found; whoever comes back hears where it stands. */
  follow: signedIn.input(RunId).subscription(async function* ({ ctx, input, signal }) { yield* follow(ctx, input.runId, signal); }),
  cancel: signedIn.input(RunId).output(z.object({ id: Id('trn') })).mutation(({ ctx, input }) => cancel(ctx, input.runId)),
  keep: signedIn.input(RunId.extend({ index: z.int().min(0).max(9), name: line(80).min(1) })).output(whole<ScenarioView>()).mutation(({ ctx, input }) => keep(ctx, input)),
});
