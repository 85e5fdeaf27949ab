import { z } from 'zod';
import { LOCALES } from '../core/locale.ts';
import { anyone, router } from '../core/trpc.ts';
import { InstantView, line } from '../core/wire.ts';
import { cardNames } from '../matching/search.ts';
import { SEEN } from '../matching/filters.ts';
import { compareWith, readAudit, readFunnel, readModels, readServed, rollBack } from './service.ts';

const cards = cardNames.flatMap((name) => SEEN.map((seen) => `${name}:${seen}`));
const CardView = z.enum(cards as [string, ...string[]]);
const VersionView = z.int().positive().nullable();

/** How well a model foretold later deals. */
const FiguresView = z.object({ deals: z.int(), logLoss: z.number(), brier: z.number(), auc: z.number(), error10: z.number(), error15: z.number() });
/** What was decided of a version on later interactions, against what served then; null where it cannot be read. */
const DecisionView = z.object({ interactions: z.int(), current: FiguresView.nullable(), candidate: FiguresView.nullable() }).nullable().catch(null);

/** What was learned and whom it shows, as our own people see it (`OPERATORS`). */
export const learningRouter = router({
  /** Every version with its figures on later deals, and why it serves or does not. */
  models: anyone.output(z.array(z.object({
    id: z.string(), scorecard: z.string(), version: z.int(), status: z.enum(['serving', 'refused', 'retired', 'damaged']), reason: z.string(), fittedAt: InstantView, whole: z.boolean(), figures: DecisionView,
  }))).query(({ ctx }) => readModels(ctx)),
  /** What serves of each scorecard and side, with what it said beside what came; `version` null: the published weights. `measured` is null below fifty deals. */
  served: anyone.output(z.array(z.object({
    scorecard: z.string(), version: VersionView, model: z.string(), since: InstantView.nullable(), fitted: z.object({ from: InstantView, until: InstantView, interactions: z.int(), deals: z.int() }).nullable(),
    deals: z.int(), from: InstantView.nullable(),
    /** `hits`: how many outcomes it named; `guess`: how many the more frequent one alone would have. */
    measured: z.object({ logLoss: z.number(), auc: z.number(), error: z.number(), hits: z.number(), guess: z.number(), curve: z.array(z.object({ said: z.number(), came: z.number(), count: z.int() })) }).nullable(),
    /** Deals above 85 points. */
    sure: z.object({ deals: z.int(), signed: z.int() }),
  }))).query(({ ctx }) => readServed(ctx)),
  /** What would change were a version to serve: points of each criterion, the largest change first. */
  compare: anyone.input(z.object({ scorecard: CardView, version: VersionView })).output(z.array(z.object({ criterion: z.string(), now: z.number(), then: z.number() }))).query(({ ctx, input }) => compareWith(ctx, input.scorecard, input.version)),
  /** Serves an older version again; null, the published weights. */
  rollBack: anyone.input(z.object({ scorecard: CardView, version: VersionView, reason: line(300).default('') })).output(z.null()).mutation(async ({ ctx, input }) => {
    await rollBack(ctx, input.scorecard, input.version, input.reason);
    return null;
  }),
  /** Who was shown in the last thirty days against who there is, by region, genre and level, but of groups of fewer than five; and the weights that serve against the published ones. `whole`: all that was shown was read. */
  audit: anyone.input(z.object({ locale: z.enum(LOCALES) }).optional()).output(z.object({
    from: InstantView, until: InstantView, whole: z.boolean(), lists: z.int(), shown: z.int(), pool: z.int(),
    exposure: z.array(z.object({ trait: z.enum(['region', 'genre', 'level']), group: z.string(), count: z.int(), shown: z.number(), pool: z.number(), relevance: z.number(), toPool: z.number().nullable(), toRelevance: z.number().nullable() })).readonly(),
    withheld: z.array(z.object({ trait: z.enum(['region', 'genre', 'level']), groups: z.int(), count: z.int() })).readonly(),
    weights: z.array(z.object({ scorecard: z.string(), version: z.string(), criteria: z.array(z.object({ criterion: z.string(), published: z.number(), serving: z.number() })) })),
  })).query(({ ctx, input }) => readAudit(ctx, input?.locale)),
  /** From first sight to the show, of everybody in ninety days, with what is aimed at of each step. */
  funnel: anyone.output(z.object({ from: InstantView, until: InstantView, impressions: z.int(), steps: z.array(z.object({ step: z.enum(['liked', 'mutual', 'contacted', 'signed', 'held']), count: z.int(), of: z.int(), rate: z.number().nullable(), aim: z.number() })) })).query(({ ctx }) => readFunnel(ctx)),
});
