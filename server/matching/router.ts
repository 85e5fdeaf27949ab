import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { Id } from '../core/wire.ts';
import { readScore } from './service.ts';

/** A reason in a code and its figures: the page has the words. `{ code: 'distance', figures: { km: 42 } }` */
const ReasonView = z.object({ criterion: z.string(), degree: z.number(), points: z.number(), code: z.string(), figures: z.record(z.string(), z.union([z.string(), z.number()])) });

const ScoreView = z.object({
  scorecard: z.string(), score: z.int().min(0).max(100), confidence: z.number().min(0).max(1),
  groups: z.array(z.object({ group: z.string(), weight: z.number(), points: z.number(), known: z.boolean() })),
  criteria: z.array(ReasonView.extend({ group: z.string(), known: z.boolean() })),
  /** The three strongest for and against. */
  for: z.array(ReasonView), against: z.array(ReasonView), blockers: z.array(ReasonView),
});

/** How well a request fits, and why. Null while it is being reckoned. */
export const matchingRouter = router({
  score: signedIn.input(z.object({ bookingId: Id('bkg') })).output(ScoreView.nullable()).query(({ ctx, input }) => readScore(ctx, input.bookingId)),
});
