import assert from 'node:assert/strict';
import { surprise } from './figures.ts';
import { scoresOf, STAGES, type Evidence, type Stage } from './evidence.ts';
import { factored, inverseOf, solved } from './linear.ts';

/** From a score to a probability: the logistic of `intercept + slope * score / 100`. */
export interface Link {
  readonly intercept: number;
  readonly slope: number;
}

/** A link for each decision. */
export type Links = Readonly<Record<Stage, Link>>;

/** What one believes before anything happened: the weights that were published, in points that sum to 100, and how likely a score of 0 and a score of 100 are to end well. */
export interface Published {
  readonly weights: ArrayLike<number>;
  readonly link: Link;
}

/** What was learned. */
export interface Learned {
  /** Points, 0 and above, that sum to 100: so a score stays from 0 to 100, and never falls when a criterion is met better. */
  readonly weights: readonly number[];
  /** From a score to each decision; that to `deal` is the probability of a contract. */
  readonly links: Links;
  /** How likely each stretch of a list is to be looked at, against its first place. */
  readonly seen: readonly number[];
  /** How many of the weights the evidence could say, of all (MacKay's effective number of parameters); 0 is the published ones to scale. */
  readonly effective: number;
  readonly rounds: number;
}

/** The stretches of a list whose places are looked at alike; the last has no end. The first is the measure: all of it is looked at. */
export const stretches: readonly number[] = [1, 2, 3, 5, 8, 12, 20, Number.POSITIVE_INFINITY];

/** How likely each decision is and how often a stretch is looked at are held loosely, by bell curves of these deviations, so that they stay finite where little happened. */
const [looseIntercept, looseSeen] = [3, 2];

/** Held so, a weight is the published one to scale. */
const tightest = 1e5;

/** The goal that is published: above 85 of 100, four of five negotiations succeed (FR-001); and of an average pair, at 50, few do. */
export const hoped: Link = { intercept: -5, slope: 7.5 };

/** The probability that a score means. */
export const likely = ({ intercept, slope }: Link, score: number): number => 1 / (1 + Math.exp(-intercept - (slope * score) / 100));

/**
 * The weights that best explain what happened, starting from the published ones: logistic regression of each success on the degrees, by maximum a posteriori. The weights are
 * held to a multiple of the published ones, the multiple being fitted too, by a bell curve whose width the evidence itself says (type II maximum likelihood, MacKay 1992, Bayesian
 * Interpolation, §4): where there is nothing to find the width goes to nothing, and the published weights stay. A light criterion is held tighter than a heavy one, by the root of
 * its points.
 *
 * What was shown and not chosen may not have been seen: chosen is looked at times wanted, and how often each place is looked at is fitted along (position-based model, Craswell
 * et al. 2008, WSDM; fitted together with relevance as Wang et al. 2018, WSDM). At serving everybody is looked at, so that part falls away. Weighing by the inverse of the
 * propensities (Joachims et al. 2017) would need them known beforehand, by showing people lists in wrong orders.
 *
 * No chance in it: the same evidence gives the same weights. About forty milliseconds a round for 20,000 rows of 47 criteria.
 */
export function refit(rows: Evidence, published: Published): Learned {
  return fitted(rows, published, false);
}

/** The published weights as they are, with what their scores have come to mean: the links and the looks are fitted, as `refit` does, and no weight moves. */
export function relinked(rows: Evidence, published: Published): Learned {
  return fitted(rows, published, true);
}

function fitted(rows: Evidence, { weights, link }: Published, asPublished: boolean): Learned {
  const width = rows.width;
  assert(weights.length === width, 'a published weight for each criterion');
  const size = width + 1 + STAGES.length + stretches.length - 1;
  const problem: Problem = {
    rows, published: Float64Array.from(weights, (points) => points / 100), size, scaleAt: width, stageAt: width + 1, seenAt: width + 1 + STAGES.length, hopes: link.intercept,
    hold: Float64Array.from(weights, (points) => 1 / Math.max(points, 0.25)),
  };
  const at = new Float64Array(size);
  for (let j = 0; j < width; j += 1) at[j] = (problem.published[j] ?? 0) * link.slope;
  at[problem.scaleAt] = link.slope;
  at.fill(link.intercept, problem.stageAt, problem.seenAt);

  let [tight, effective, rounds] = [asPublished ? tightest : 1, 0, 0];
  for (let settled = false; !settled && rounds < 40; rounds += 1) {
    const round = step(problem, at, tight);
    const before = tight;
    effective = round.effective;
    if (rounds > 0 && !asPublished) tight = effective < 0.5 ? tightest : Math.min(tightest, Math.max(1e-3, effective / (departure(problem, at) + 1e-9)));
    settled = rounds > 2 && round.gained < 0.01 && Math.abs(Math.log(tight / before)) < 0.05;
  }
  return { ...read(problem, at, asPublished), effective, rounds };
}

/** One decision's link for scores as they are, by logistic regression: of a model whose weights stay. `weight` is how much each row counts. Held loosely to `before`. */
export function relink(scores: ArrayLike<number>, success: ArrayLike<number>, before: Link, weight?: ArrayLike<number>): Link {
  let { intercept, slope } = before;
  for (let round = 0; round < 30; round += 1) {
    const loose = 1 / looseIntercept ** 2;
    let [a, b] = [(intercept - before.intercept) * loose, (slope - before.slope) * loose * 0.01];
    let [aa, ab, bb] = [loose, 0, loose * 0.01];
    for (let row = 0; row < scores.length; row += 1) {
      const [x, counts, p] = [(scores[row] ?? 0) / 100, weight?.[row] ?? 1, likely({ intercept, slope }, scores[row] ?? 0)];
      a += counts * (p - (success[row] ?? 0));
      b += counts * (p - (success[row] ?? 0)) * x;
      aa += counts * p * (1 - p);
      ab += counts * p * (1 - p) * x;
      bb += counts * p * (1 - p) * x * x;
    }
    const whole = aa * bb - ab * ab;
    const limited = (move: number) => Math.max(-4, Math.min(4, move));
    const [moveA, moveB] = [limited((bb * a - ab * b) / whole), limited((aa * b - ab * a) / whole)];
    intercept -= moveA;
    slope -= moveB;
    if (Math.abs(moveA) + Math.abs(moveB) < 1e-9) break;
  }
  // A score that says the contrary says nothing.
  return slope >= 0 ? { intercept, slope } : relinkFlat(success, before, weight);
}

function relinkFlat(success: ArrayLike<number>, before: Link, weight?: ArrayLike<number>): Link {
  const mean = Array.from(success).reduce((sum, one, row) => sum + one * (weight?.[row] ?? 1), 0) / Math.max(1, Array.from(success).reduce((sum, _, row) => sum + (weight?.[row] ?? 1), 0));
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, mean));
  return success.length ? { intercept: Math.log(inside / (1 - inside)), slope: 0 } : { intercept: before.intercept, slope: 0 };
}

/** The parameters stand in one row: a coefficient for each criterion, the multiple of the published weights, an intercept a stage, the logarithm of each later stretch's share of looks. */
interface Problem {
  readonly rows: Evidence;
  /** Shares of 1. */
  readonly published: Float64Array;
  readonly size: number;
  readonly scaleAt: number;
  readonly stageAt: number;
  readonly seenAt: number;
  readonly hopes: number;
  /** How tight a criterion is held, against the others. */
  readonly hold: Float64Array;
}

/** How far the coefficients have left the published ones to scale, as the bell curve counts it. */
function departure({ published, hold, scaleAt }: Problem, at: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < published.length; j += 1) sum += (hold[j] ?? 0) * ((at[j] ?? 0) - (at[scaleAt] ?? 0) * (published[j] ?? 0)) ** 2;
  return sum;
}

/** Coefficients and multiple never fall below zero, and no place is looked at more than the first. */
const inward = ({ scaleAt, seenAt }: Problem, j: number): number => (j <= scaleAt ? 1 : j >= seenAt ? -1 : 0);

/** One round of Fisher scoring with bounds (Bertsekas 1982: what would leave its bound waits), moving `at`. Says what was gained and how many parameters the evidence says. */
function step(problem: Problem, at: Float64Array, tight: number): { gained: number; effective: number } {
  const { size } = problem;
  const { value, slopes, curves } = look(problem, at, tight);
  const free = Array.from({ length: size }, (_, j) => j).filter((j) => !(at[j] === 0 && inward(problem, j) * (slopes[j] ?? 0) > 0));
  const count = free.length;
  const part = new Float64Array(count * count);
  free.forEach((j, a) => { free.forEach((k, b) => { part[a * count + b] = curves[Math.max(j, k) * size + Math.min(j, k)] ?? 0; }); });
  for (let a = 0; a < count; a += 1) part[a * count + a] = (part[a * count + a] ?? 0) + 1e-9;
  const factor = factored(part, count);
  const move = solved(factor, Float64Array.from(free, (j) => slopes[j] ?? 0));
  const from = Float64Array.from(at);
  let gained = 0;
  for (let length = 1; length > 1e-4; length /= 2) {
    free.forEach((j, a) => {
      const side = inward(problem, j);
      const to = (from[j] ?? 0) - length * (move[a] ?? 0);
      at[j] = side === 0 ? to : side * Math.max(0, side * to);
    });
    gained = value - cost(problem, at, tight);
    if (gained >= 0) break;
    at.set(from);
    gained = 0;
  }
  return { gained, effective: saidBy(problem, inverseOf(factor, count), free, tight) };
}

/** How many coefficients the evidence says rather than the published weights: the free ones, less the trace of what holds them through the inverse of the curves. */
function saidBy({ published, hold, scaleAt }: Problem, inverse: Float64Array, free: readonly number[], tight: number): number {
  const count = free.length;
  const scale = free.indexOf(scaleAt);
  const between = (a: number, b: number) => (a < 0 || b < 0 ? 0 : (inverse[a * count + b] ?? 0));
  let [coefficients, held] = [0, 0];
  free.forEach((j, a) => {
    if (j >= scaleAt) return;
    const share = published[j] ?? 0;
    coefficients += 1;
    held += (hold[j] ?? 0) * tight * (between(a, a) - 2 * share * between(a, scale) + share * share * between(scale, scale));
  });
  return Math.max(0, coefficients - held);
}

function seenIn(place: number): number {
  let stretch = 0;
  while (place > (stretches[stretch] ?? 0)) stretch += 1;
  return stretch;
}

/** What the parameters cost: the surprise of all rows and the distance from what was believed. */
function cost(problem: Problem, at: Float64Array, tight: number): number {
  const { rows: { width, degrees, success, strength, stage, place }, stageAt, seenAt, hopes } = problem;
  let sum = (tight / 2) * departure(problem, at);
  for (let j = stageAt; j < seenAt; j += 1) sum += (((at[j] ?? 0) - hopes) / looseIntercept) ** 2 / 2;
  for (let j = seenAt; j < at.length; j += 1) sum += ((at[j] ?? 0) / looseSeen) ** 2 / 2;
  for (let row = 0, from = 0; row < success.length; row += 1, from += width) {
    let logit = at[stageAt + (stage[row] ?? 0)] ?? 0;
    for (let j = 0; j < width; j += 1) logit += (at[j] ?? 0) * (degrees[from + j] ?? 0);
    const stretch = seenIn(place[row] ?? 0);
    sum += (strength[row] ?? 0) * surprise((stretch > 0 ? Math.exp(at[seenAt + stretch - 1] ?? 0) : 1) / (1 + Math.exp(-logit)), success[row] ?? 0);
  }
  return sum;
}

/** The cost, its slopes, and the lower half of its expected curves. */
function look(problem: Problem, at: Float64Array, tight: number): { value: number; slopes: Float64Array; curves: Float64Array } {
  const { rows: { width, degrees, success, strength, stage, place }, published, hold, size, scaleAt, stageAt, seenAt, hopes } = problem;
  const [slopes, curves, wants] = [new Float64Array(size), new Float64Array(size * size), new Float64Array(success.length)];
  const add = (j: number, k: number, much: number) => { curves[j * size + k] = (curves[j * size + k] ?? 0) + much; };
  const lean = (j: number, much: number) => { slopes[j] = (slopes[j] ?? 0) + much; };
  for (let row = 0, from = 0; row < success.length; row += 1, from += width) {
    const stageOf = stageAt + (stage[row] ?? 0);
    let logit = at[stageOf] ?? 0;
    for (let j = 0; j < width; j += 1) logit += (at[j] as number) * (degrees[from + j] as number);
    const stretch = seenIn(place[row] ?? 0);
    const wanted = 1 / (1 + Math.exp(-logit));
    const chosen = Math.min(1 - 1e-9, (stretch > 0 ? Math.exp(at[seenAt + stretch - 1] ?? 0) : 1) * wanted);
    const off = ((strength[row] ?? 0) * (chosen - (success[row] ?? 0))) / (1 - chosen);
    const curve = ((strength[row] ?? 0) * chosen) / (1 - chosen);
    const [want, byWant, byBoth] = [off * (1 - wanted), curve * (1 - wanted) ** 2, curve * (1 - wanted)];
    wants[row] = byWant;
    for (let j = 0; j < width; j += 1) {
      const degree = degrees[from + j] as number;
      slopes[j] = (slopes[j] as number) + want * degree;
      curves[stageOf * size + j] = (curves[stageOf * size + j] as number) + byWant * degree;
    }
    lean(stageOf, want);
    add(stageOf, stageOf, byWant);
    if (stretch > 0) {
      const seen = seenAt + stretch - 1;
      lean(seen, off);
      add(seen, seen, curve);
      add(seen, stageOf, byBoth);
      for (let j = 0; j < width; j += 1) curves[seen * size + j] = (curves[seen * size + j] as number) + byBoth * (degrees[from + j] as number);
    }
  }
  products(problem.rows, wants, curves, size);
  for (let j = 0; j < width; j += 1) {
    const [held, share] = [tight * (hold[j] ?? 0), published[j] ?? 0];
    const apart = held * ((at[j] ?? 0) - (at[scaleAt] ?? 0) * share);
    lean(j, apart);
    lean(scaleAt, -apart * share);
    add(j, j, held);
    add(scaleAt, j, -held * share);
    add(scaleAt, scaleAt, held * share * share);
  }
  for (let j = stageAt; j < size; j += 1) {
    const [loose, middle] = j < seenAt ? [looseIntercept, hopes] : [looseSeen, 0];
    lean(j, ((at[j] ?? 0) - middle) / loose ** 2);
    add(j, j, 1 / loose ** 2);
  }
  return { value: cost(problem, at, tight), slopes, curves };
}

/** Adds to the lower half of `curves` the product of each row with itself, as often as it `counts`: four rows at once, since it is here that a refit spends its time. */
function products({ width, degrees }: Evidence, counts: Float64Array, curves: Float64Array, size: number): void {
  const whole = counts.length - (counts.length % 4);
  for (let row = 0; row < whole; row += 4) {
    const a = row * width, b = a + width, c = b + width, d = c + width;
    for (let j = 0; j < width; j += 1) {
      const ma = (counts[row] as number) * (degrees[a + j] as number), mb = (counts[row + 1] as number) * (degrees[b + j] as number);
      const mc = (counts[row + 2] as number) * (degrees[c + j] as number), md = (counts[row + 3] as number) * (degrees[d + j] as number);
      const line = j * size;
      for (let k = 0; k <= j; k += 1) {
        curves[line + k] = (curves[line + k] as number) + ma * (degrees[a + k] as number) + mb * (degrees[b + k] as number) + mc * (degrees[c + k] as number) + md * (degrees[d + k] as number);
      }
    }
  }
  for (let row = whole; row < counts.length; row += 1) {
    for (let j = 0; j < width; j += 1) {
      for (let k = 0; k <= j; k += 1) curves[j * size + k] = (curves[j * size + k] as number) + (counts[row] as number) * (degrees[row * width + j] as number) * (degrees[row * width + k] as number);
    }
  }
}

function read({ published, stageAt, seenAt }: Problem, at: Float64Array, asPublished: boolean): Pick<Learned, 'weights' | 'links' | 'seen'> {
  let slope = 0;
  for (let j = 0; j < published.length; j += 1) slope += at[j] ?? 0;
  const weights = Array.from(published, (share, j) => (slope > 1e-9 && !asPublished ? ((at[j] ?? 0) / slope) * 100 : share * 100));
  const linkOf = (stage: Stage): Link => ({ intercept: at[stageAt + STAGES.indexOf(stage)] ?? 0, slope });
  return { weights, links: { choice: linkOf('choice'), deal: linkOf('deal'), show: linkOf('show') }, seen: stretches.map((_, i) => (i === 0 ? 1 : Math.exp(at[seenAt + i - 1] ?? 0))) };
}

/** What a model says of rows as they came: how likely each was to succeed where it stood, looked at or not. */
export function forecast(rows: Evidence, { weights, links, seen }: Pick<Learned, 'weights' | 'links' | 'seen'>): Float64Array {
  return scoresOf(rows, weights).map((score, row) => (seen[seenIn(rows.place[row] ?? 0)] ?? 1) * likely(links[STAGES[rows.stage[row] ?? 0] ?? 'deal'], score));
}
