import { normal, rng, type Rng } from '../core/rng.ts';
import { SAYS, scoresOf, STAGES, type Interaction, type Signal, type Stage } from './evidence.ts';
import { likely, type Link } from './learn.ts';

/** A scorecard as the simulator needs it: what is compared, in which group, how much it weighs, and what is taken for the unknown. */
export interface Shape {
  /** Points that sum to 100. */
  readonly weights: readonly number[];
  /** The group of each criterion: criteria of one group go together. */
  readonly groups: readonly number[];
  readonly priors: readonly number[];
}

/** What the people of a simulation really want, which nobody who learns may read. */
export interface Hidden {
  /** Points that sum to 100. */
  readonly weights: readonly number[];
  /** From a score by those weights to each decision. */
  readonly links: Readonly<Record<Stage, Link>>;
  /** How likely a place of a list, from 1, is looked at. */
  readonly looks: (place: number) => number;
  /** Deviation of how easily one says yes, on the logit: of the one who chooses, and of the day. */
  readonly moods: number;
}

/** A simulation to be run: the same one gives the same events. */
export interface World {
  readonly seed: number;
  readonly shape: Shape;
  readonly hidden: Hidden;
  /** How many interactions. */
  readonly count: number;
  /** Of all degrees, how many are not known, on average. */
  readonly missing: number;
  /** Candidates in a list. */
  readonly listed?: number;
}

/** What happened, with the truth beside it. */
export interface Simulated {
  /** In the order of time. */
  readonly interactions: readonly Interaction[];
  /** How likely each was to succeed, by what was hidden: true degrees, true weights, moods averaged over, looked at. No model can know more. */
  readonly truth: Float64Array;
}

/** The form of `touring`: 47 criteria in seven groups of 25, 20, 15, 15, 10, 10 and 5 points. */
export function touringShape(): Shape {
  const groups: readonly (readonly [points: number, criteria: number])[] = [[25, 10], [20, 7], [15, 7], [15, 9], [10, 6], [10, 7], [5, 1]];
  return {
    weights: groups.flatMap(([points, criteria]) => Array.from({ length: criteria }, () => points / criteria)),
    groups: groups.flatMap(([, criteria], group) => Array.from({ length: criteria }, () => group)),
    priors: groups.flatMap(([, criteria]) => Array.from({ length: criteria }, () => 0.5)),
  };
}

/** Wishes that are not the published ones: each weight times chance (deviation of its logarithm `spread`), one in ten of no interest at all. */
export function wishes({ weights }: Shape, seed: number, spread = 0.8): number[] {
  const next = rng(seed);
  const drawn = weights.map((points) => (next() < 0.1 ? 0 : points * Math.exp(spread * normal(next))));
  const sum = drawn.reduce((all, one) => all + one, 0);
  return drawn.map((one) => (100 * one) / sum);
}

/**
 * People of two sides who look at lists, choose, answer and sign. A list is ranked by the published weights, as one really is; who is not looked at is not chosen; who is chosen
 * answers a card that stands alone; two who chose each other negotiate. So what is seen is not drawn at random, as nothing ever is.
 */
export function simulate({ seed, shape, hidden, count, missing, listed = 20 }: World): Simulated {
  const next = rng(seed);
  const interactions: Interaction[] = [];
  const truth: number[] = [];
  const width = shape.weights.length;
  const began = Date.UTC(2026, 0, 1);
  const tell = (signal: Signal, pair: Pair, place: number | null, said: { readonly stage: Stage; readonly stars?: number }) => {
    if (interactions.length >= count) return;
    interactions.push({ signal, at: new Date(began + interactions.length * 60_000), degrees: pair.known, place, ...(said.stars === undefined ? {} : { stars: said.stars }) });
    truth.push(averaged(hidden.links[said.stage], pair.score, hidden.moods));
  };
  const wants = (stage: Stage, pair: Pair, mood: number) => {
    const { intercept, slope } = hidden.links[stage];
    return next() < likely({ intercept: intercept + mood, slope }, pair.score);
  };
  // Half of a mood is the person's, and half the day's: together their deviation is `moods`.
  const half = hidden.moods / Math.SQRT2;
  while (interactions.length < count) {
    const chooser = half * normal(next);
    const pairs = Array.from({ length: listed }, () => pairOf(shape, hidden, missing, next));
    const ranked = pairs.sort((a, b) => b.shown - a.shown);
    ranked.forEach((pair, i) => {
      const chosen = next() < hidden.looks(i + 1) && wants('choice', pair, chooser + half * normal(next));
      if (!chosen) { tell('impression', pair, i + 1, { stage: 'choice' }); return; }
      tell('like', pair, i + 1, { stage: 'choice' });
      const answered = wants('choice', pair, hidden.moods * normal(next));
      tell(answered ? 'like' : 'pass', pair, null, { stage: 'choice' });
      if (!answered) return;
      const signed = wants('deal', pair, hidden.moods * normal(next));
      tell(signed ? 'signature' : 'refusal', pair, null, { stage: 'deal' });
      if (signed && next() < 0.5) tell('rating', pair, null, { stage: 'show', stars: wants('show', pair, hidden.moods * normal(next)) ? 5 : 1 });
    });
  }
  return { interactions, truth: Float64Array.from(truth.slice(0, interactions.length)) };

  interface Pair { readonly known: Float64Array; readonly score: number; readonly shown: number }

  function pairOf({ weights, groups, priors }: Shape, { weights: wanted }: Hidden, missed: number, chance: Rng): Pair {
    // What all criteria share, what a group shares, and what is a criterion's own: so neighbours go together, as budget and fee do.
    const all = normal(chance);
    const shared = Array.from({ length: Math.max(...groups) + 1 }, () => normal(chance));
    // Some profiles are nearly full and some nearly empty.
    const empty = Math.min(0.95, 2 * missed * chance());
    const known = new Float64Array(width);
    const real = new Float64Array(width);
    for (let j = 0; j < width; j += 1) {
      const drawn = 0.3 * all + 0.5 * (shared[groups[j] ?? 0] ?? 0) + 0.81 * normal(chance);
      // Criteria differ: some are met by most, some by few.
      real[j] = 1 / (1 + Math.exp(-1.5 * drawn - Math.sin(j * 2.4)));
      known[j] = chance() < empty ? (priors[j] ?? 0) : real[j] ?? 0;
    }
    const one = { width, success: new Float64Array(1) };
    return { known, score: scoresOf({ ...one, degrees: real }, wanted)[0] ?? 0, shown: scoresOf({ ...one, degrees: known }, weights)[0] ?? 0 };
  }
}

/** The probability of a yes over all moods: the mean of the logistic under a bell curve, by 41 points of it. */
function averaged({ intercept, slope }: Link, score: number, moods: number): number {
  let [sum, all] = [0, 0];
  for (let z = -4; z <= 4.001; z += 0.2) {
    const density = Math.exp((-z * z) / 2);
    sum += density * likely({ intercept: intercept + moods * z, slope }, score);
    all += density;
  }
  return sum / all;
}

/** The stage of an interaction: what `truth` is the truth of. */
export const stageOf = ({ signal }: Interaction): number => STAGES.indexOf(SAYS[signal].stage);
