/** What is known of a request or an offer when it is made. Null is not known, and counts as usual. */
export const FACTORS = ['price', 'lead', 'distance', 'weekend', 'answers', 'past', 'score'] as const;
export type Factor = (typeof FACTORS)[number];
export type Facts = Readonly<Record<Factor, number | null>>;

/** A booking that came to an end: contracted, or declined or lapsed. */
export interface Closed { readonly at: Date; readonly facts: Facts; readonly won: boolean }

/** Fewer closed bookings teach nothing that could be told. */
export const leastClosed = 200;
/** What is printed of such predictions (requirement AI-13): ours is reported against it. */
export const claimedAccuracy = 0.89;

/** How well a model foretold the later fifth of the bookings, which it was not fitted on. */
export interface Figures {
  /** Bookings in all, and those it was tried on. */
  readonly closed: number;
  readonly tried: number;
  /** The share foretold right, and what always saying the commoner end would have had. */
  readonly accuracy: number;
  readonly commoner: number;
  /** The mean square of the error, 0 is perfect; and that of always saying the share of before. */
  readonly brier: number;
  readonly plainBrier: number;
  /** How far what was said lies from what came, on average over five bands of as many bookings. */
  readonly calibrationError: number;
}

/** Weights of the factors in deviations from their mean, the first that of no factor at all. */
export interface Model { readonly weights: readonly number[]; readonly means: readonly number[]; readonly spreads: readonly number[]; readonly figures: Figures }
export interface Untold { readonly why: 'too_few' | 'no_better'; readonly closed: number; readonly least: number; readonly figures: Figures | null }

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
/** Of the ridge that keeps weights small where little was seen. */
const ridge = 1;
const steps = 25;

/** Learns from closed bookings, or says why it does not: too few, or no better on later ones than the mere share of those that were won. */
export function learnChance(all: readonly Closed[]): Model | Untold {
  const untold = { closed: all.length, least: leastClosed, figures: null };
  if (all.length < leastClosed) return { why: 'too_few', ...untold };
  const sorted = [...all].sort((a, b) => a.at.getTime() - b.at.getTime());
  const [before, later] = [sorted.slice(0, Math.floor(sorted.length * 0.8)), sorted.slice(Math.floor(sorted.length * 0.8))];
  const figures = figuresOf(fit(before), before, later);
  return figures.brier < figures.plainBrier ? { ...fit(sorted), figures } : { why: 'no_better', ...untold, figures };
}

type Fitted = Omit<Model, 'figures'>;

function fit(closed: readonly Closed[]): Fitted {
  const means = FACTORS.map((factor) => mean(closed.flatMap(({ facts }) => facts[factor] ?? [])));
  const spreads = FACTORS.map((factor, i) => Math.sqrt(mean(closed.flatMap(({ facts }) => (facts[factor] === null ? [] : ((facts[factor] ?? 0) - (means[i] ?? 0)) ** 2)))) || 1);
  const rows = closed.map(({ facts }) => rowOf(facts, { means, spreads }));
  const wins = closed.map(({ won }) => Number(won));
  let weights = rows[0]?.map(() => 0) ?? [];
  for (let step = 0; step < steps; step += 1) {
    const said = rows.map((row) => logistic(dot(row, weights)));
    const slope = weights.map((weight, j) => rows.reduce((sum, row, i) => sum + (row[j] ?? 0) * ((wins[i] ?? 0) - (said[i] ?? 0)), j > 0 ? -ridge * weight : 0));
    const bend = weights.map((_, j) => weights.map((__, k) => rows.reduce((sum, row, i) => sum + (row[j] ?? 0) * (row[k] ?? 0) * (said[i] ?? 0) * (1 - (said[i] ?? 0)), j === k ? (j > 0 ? ridge : 1e-9) : 0)));
    const move = solve(bend, slope);
    weights = weights.map((weight, j) => weight + (move[j] ?? 0));
    if (Math.max(...move.map(Math.abs)) < 1e-8) break;
  }
  return { weights, means, spreads };
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

/** In deviations, three at most: what is far out counts as far. */
const rowOf = (facts: Facts, { means, spreads }: Pick<Fitted, 'means' | 'spreads'>): number[] =>
  [1, ...FACTORS.map((factor, i) => Math.min(3, Math.max(-3, ((facts[factor] ?? means[i] ?? 0) - (means[i] ?? 0)) / (spreads[i] ?? 1))))];

/** Gauss with the largest pivot; the ridge keeps the matrix regular. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const size = rows.length;
  for (let at = 0; at < size; at += 1) {
    const best = rows.reduce((found, row, i) => (i >= at && Math.abs(row[at] ?? 0) > Math.abs(rows[found]?.[at] ?? 0) ? i : found), at);
    [rows[at], rows[best]] = [rows[best] ?? [], rows[at] ?? []];
    const pivot = rows[at] ?? [];
    for (const [i, row] of rows.entries()) {
      const times = (row[at] ?? 0) / (pivot[at] ?? 1);
      if (i !== at) rows[i] = row.map((value, j) => value - times * (pivot[j] ?? 0));
    }
  }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
}

function figuresOf(model: Fitted, before: readonly Closed[], later: readonly Closed[]): Figures {
  const share = mean(before.map(({ won }) => Number(won)));
  const tried = later.map(({ facts, won }) => ({ said: logistic(dot(rowOf(facts, model), model.weights)), won: Number(won) })).sort((a, b) => a.said - b.said);
  const bands = Array.from({ length: 5 }, (_, band) => tried.slice(Math.floor((band * tried.length) / 5), Math.floor(((band + 1) * tried.length) / 5)));
  return {
    closed: before.length + later.length, tried: later.length,
    accuracy: mean(tried.map(({ said, won }) => Number((said >= 0.5) === (won === 1)))), commoner: mean(tried.map(({ won }) => Number((share >= 0.5) === (won === 1)))),
    brier: mean(tried.map(({ said, won }) => (said - won) ** 2)), plainBrier: mean(tried.map(({ won }) => (share - won) ** 2)),
    calibrationError: bands.reduce((sum, band) => sum + (band.length / Math.max(1, tried.length)) * Math.abs(mean(band.map(({ said }) => said)) - mean(band.map(({ won }) => won))), 0),
  };
}

/** How likely something comes to a contract, 0 to 1, and by how many points of a hundred each known factor moves that from where it would be if the factor were usual. The strongest first. */
export function foretell(model: Pick<Model, 'weights' | 'means' | 'spreads'>, facts: Facts): { chance: number; factors: { factor: Factor; points: number }[] } {
  const chance = logistic(dot(rowOf(facts, model), model.weights));
  const factors = FACTORS.filter((factor) => facts[factor] !== null)
    .map((factor) => ({ factor, points: Math.round(100 * (chance - logistic(dot(rowOf({ ...facts, [factor]: null }, model), model.weights)))) + 0 }))
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  return { chance, factors };
}
