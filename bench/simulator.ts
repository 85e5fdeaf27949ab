import { evidence, only, scoresOf, STAGES } from '../server/matching/evidence.ts';
import { auc, calibrationError, logLoss } from '../server/matching/figures.ts';
import { hoped, relinked } from '../server/matching/learn.ts';
import { chance, modelOf, nightly, type Card, type Model } from '../server/matching/promote.ts';
import { simulate, touringShape, wishes, type World } from '../server/matching/simulator.ts';

/*
 * Whether learning finds what people want, where it is known: by the simulator's hidden wishes. Three kinds of world: people want something else than was published; they want
 * what was published; what they do has nothing to do with any criterion. 20,000 interactions are learned from, and the deals of the 40,000 after them are foretold.
 */

/** What learning reached, over all seeds. */
export interface SimulatorFigures {
  /** Mean over the seeds of the log loss on later deals, as a share of that of who knows the truth. */
  readonly simulator_logloss_ratio: number;
  readonly simulator_logloss_ratio_worst: number;
  /** The same for the published weights with a link of their own, fitted on the same deals. */
  readonly simulator_logloss_ratio_published: number;
  readonly simulator_auc: number;
  readonly simulator_ece: number;
  /** Of the learned weights with the hidden ones, and of the published ones. */
  readonly simulator_weights_correlation: number;
  readonly simulator_weights_correlation_published: number;
  /** Share of seeds where a night's refit was promoted, when there was something to find, and when there was not. */
  readonly simulator_promoted: number;
  readonly simulator_promoted_for_nothing: number;
  /** The worst log loss of what would be served where there was nothing to find, as a share of that without learning; 1 is no harm. */
  readonly simulator_harm: number;
  readonly simulator_refit_ms: number;
}

const learnedFrom = 20_000;
const shape = touringShape();
const card: Card = { scorecard: 'touring', criteria: shape.weights.map((_, j) => `criterion_${j + 1}`), weights: shape.weights };
const deal = STAGES.indexOf('deal');

type Kind = 'hidden' | 'published' | 'nothing';

function world(kind: Kind, seed: number): World {
  const slope = kind === 'nothing' ? 0 : 14;
  const link = (intercept: number) => ({ intercept: intercept + (kind === 'nothing' ? 7 : 0), slope });
  // Not the learner's own form: a place is looked at by a curve with a floor, and moods are on no scorecard.
  const looks = (place: number) => 0.15 + 0.85 / place ** 0.8;
  return {
    seed, shape, count: 60_000, missing: 0.15,
    hidden: { weights: kind === 'hidden' ? wishes(shape, seed + 1_000) : shape.weights, links: { choice: link(-7.5), deal: link(-7), show: link(-6) }, looks, moods: 0.5 },
  };
}

interface Run {
  readonly ratio: number;
  readonly published: number;
  readonly harm: number;
  readonly promoted: boolean;
  readonly auc: number;
  readonly ece: number;
  readonly correlation: number;
  readonly correlationPublished: number;
  readonly ms: number;
}

/** One world learned: what the candidate foretells, and what the night would have served. */
function run(kind: Kind, seed: number): Run {
  const made = world(kind, seed);
  const { interactions, truth } = simulate(made);
  const rows = evidence(interactions, shape.weights.length);
  const earlier = only(rows, (row) => row < learnedFrom);
  const isLater = (row: number) => row >= learnedFrom && rows.stage[row] === deal;
  const later = only(rows, isLater);
  const known = truth.filter((_, row) => isLater(row));
  const foretold = (model: Model) => scoresOf(later, model.weights).map((score) => chance(model, score));
  const loss = (probability: ArrayLike<number>) => logLoss({ probability, success: later.success });
  // What would be served without learning: the published weights, with a probability that fits what happened.
  const unlearned = modelOf(card, relinked(earlier, { weights: card.weights, link: hoped }), { rows: earlier, version: 'unlearned' });
  const began = performance.now();
  const night = nightly(card, unlearned, earlier, 'learned');
  const ms = performance.now() - began;
  const said = foretold(night.candidate);
  return {
    ratio: loss(said) / loss(known), published: loss(foretold(unlearned)) / loss(known), harm: loss(foretold(night.model)) / loss(foretold(unlearned)), promoted: night.decision.promoted,
    auc: auc({ probability: said, success: later.success }), ece: calibrationError({ probability: said, success: later.success }),
    correlation: correlation(night.candidate.weights, made.hidden.weights), correlationPublished: correlation(card.weights, made.hidden.weights), ms,
  };
}

/** All worlds of all seeds. */
export function simulator(seeds: readonly number[] = [1, 2, 3, 4, 5]): SimulatorFigures {
  const found = seeds.map((seed) => run('hidden', seed));
  const nothing = seeds.flatMap((seed) => [run('published', seed), run('nothing', seed)]);
  const mean = (of: (one: Run) => number, runs = found) => round(runs.reduce((sum, one) => sum + of(one), 0) / runs.length);
  return {
    simulator_logloss_ratio: mean(({ ratio }) => ratio), simulator_logloss_ratio_worst: round(Math.max(...found.map(({ ratio }) => ratio))), simulator_logloss_ratio_published: mean(({ published }) => published),
    simulator_auc: mean((one) => one.auc), simulator_ece: mean(({ ece }) => ece),
    simulator_weights_correlation: mean((one) => one.correlation), simulator_weights_correlation_published: mean(({ correlationPublished }) => correlationPublished),
    simulator_promoted: mean(({ promoted }) => Number(promoted)), simulator_promoted_for_nothing: mean(({ promoted }) => Number(promoted), nothing),
    simulator_harm: round(Math.max(...nothing.map(({ harm }) => harm))), simulator_refit_ms: Math.round(Math.max(...[...found, ...nothing].map(({ ms }) => ms))),
  };
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const [middleA, middleB] = [mean(a), mean(b)];
  const product = (x: readonly number[], y: readonly number[], mx: number, my: number) => x.reduce((sum, one, i) => sum + (one - mx) * ((y[i] ?? 0) - my), 0);
  const both = Math.sqrt(product(a, a, middleA, middleA) * product(b, b, middleB, middleB));
  return both > 1e-12 ? product(a, b, middleA, middleB) / both : 0;
}

const round = (figure: number): number => Math.round(figure * 10_000) / 10_000;
