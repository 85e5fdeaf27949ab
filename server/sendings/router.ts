import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { Id, Version, whole } from '../core/wire.ts';
import type { ScenarioView } from '../tours/view.ts';
import { followAnswers, replan, sendHolds, type SentView } from './service.ts';

/** A scenario, with the version that whoever sends or plans anew saw. */
const Versioned = z.object({ scenarioId: Id('tsc'), version: Version });

/** The holds of a whole tour, sent and followed. */
export const sendingsRouter = router({
  /** Holds for every stop that is not fixed. `days`: how long they last; `key`: the same sending, asked twice, is done once. */
  sendHolds: signedIn.input(Versioned.extend({ mode: z.enum(['all', 'possible']), days: z.int().min(1).max(60), key: z.string().min(8).max(80).regex(/^[\w-]+$/) })).output(whole<SentView>()).mutation(({ ctx, input }) => sendHolds(ctx, input)),
  /** Says how the stops of a plan stand since holds were sent, and says it again whenever a place has answered. */
  answers: signedIn.input(z.object({ planId: Id('tpl') })).subscription(async function* ({ ctx, input, signal }) { yield* followAnswers(ctx, input.planId, signal); }),
  /** Plans anew around what is held, without the stops that fell. */
  replan: signedIn.input(Versioned).output(whole<ScenarioView>()).mutation(({ ctx, input }) => replan(ctx, input)),
});
