import { z } from 'zod';
import { anyone, router } from '../core/trpc.ts';
import { InstantView } from '../core/wire.ts';
import { cardNames } from '../matching/search.ts';
import { SEEN } from '../matching/filters.ts';
import { readAudit, readModels, rollBack } from './service.ts';

const cards = cardNames.flatMap((name) => SEEN.map((seen) => `${name}:${seen}`));

/** What was learned and whom it shows, as our own people see it (`OPERATORS`). */
export const learningRouter = router({
  /** Every version with its figures on later deals, and why it serves or does not. */
  models: anyone.output(z.array(z.object({
    id: z.string(), scorecard: z.string(), version: z.int(), status: z.enum(['serving', 'refused', 'retired', 'damaged']), reason: z.string(), fittedAt: InstantView, whole: z.boolean(),
    /** Log loss and Brier of this one and of the one before it on the same later deals, and how many there were; empty where too few. */
    figures: z.record(z.string(), z.unknown()),
  }))).query(({ ctx }) => readModels(ctx)),
  /** Serves an older version again; null, the published weights. */
  rollBack: anyone.input(z.object({ scorecard: z.enum(cards as [string, ...string[]]), version: z.int().positive().nullable() })).output(z.null()).mutation(async ({ ctx, input }) => {
    await rollBack(ctx, input.scorecard, input.version);
    return null;
  }),
  /** Who was shown in the last thirty days against who there is, by region, genre and level; and the weights that serve against the published ones. */
  audit: anyone.output(z.object({
    lists: z.int(), shown: z.int(), pool: z.int(),
    exposure: z.array(z.object({ trait: z.enum(['region', 'genre', 'level']), group: z.string(), count: z.int(), shown: z.number(), pool: z.number(), relevance: z.number(), toPool: z.number().nullable(), toRelevance: z.number().nullable() })),
    weights: z.array(z.object({ scorecard: z.string(), version: z.string(), criteria: z.array(z.object({ criterion: z.string(), published: z.number(), serving: z.number() })) })),
  })).query(({ ctx }) => readAudit(ctx)),
});
