import assert from 'node:assert/strict';

/**
 * What is decided: whether one is chosen from what is shown, whether a negotiation ends in a contract, whether the show was a good one. Each is more or less likely in itself, so
 * each has its own intercept; what makes a pair fit is learned from all of them together.
 */
export const STAGES = ['choice', 'deal', 'show'] as const;
export type Stage = (typeof STAGES)[number];

/** What happens between two sides and says something of how well they fit. */
export const SIGNALS = ['impression', 'pass', 'like', 'super_like', 'favourite', 'hide', 'contact', 'offer', 'signature', 'refusal', 'rating'] as const;
export type Signal = (typeof SIGNALS)[number];

/** What one thing that happened says: of which decision, whether for (1) or against (0), and how many plain observations it is worth. */
interface Saying {
  readonly stage: Stage;
  readonly success: 0 | 1;
  readonly strength: number;
}

/**
 * What each thing says, and how strongly. A signature or a refusal is the decision that we are asked about, and counts whole. What costs its author more is worth more: a look
 * nothing, a tap little, a paid Super Like or a written message more, an offer is money named. They are our judgement, as no deal had been made here when it was written
 * (2026-11-22); a strength below one also says that the many taps of one person are not so many witnesses. The probability of a deal is fitted on deals alone, so a strength
 * moves weights and never the probability itself.
 */
export const SAYS: Readonly<Record<Signal, Saying>> = {
  // Shown and left: it may not even have been seen, which the place that it was shown at tells (learn.ts).
  impression: { stage: 'choice', success: 0, strength: 0.3 },
  pass: { stage: 'choice', success: 0, strength: 0.5 },
  like: { stage: 'choice', success: 1, strength: 0.5 },
  super_like: { stage: 'choice', success: 1, strength: 0.8 },
  favourite: { stage: 'choice', success: 1, strength: 0.5 },
  // Never to be shown again: said on purpose, where a pass may be a mood.
  hide: { stage: 'choice', success: 0, strength: 0.8 },
  contact: { stage: 'choice', success: 1, strength: 0.8 },
  offer: { stage: 'choice', success: 1, strength: 1 },
  signature: { stage: 'deal', success: 1, strength: 1 },
  refusal: { stage: 'deal', success: 0, strength: 1 },
  // One star is against, five are for, and those between are a share of both.
  rating: { stage: 'show', success: 1, strength: 0.7 },
};

/** One thing that happened, with the pair as it was scored at that moment. */
export interface Interaction {
  readonly signal: Signal;
  readonly at: Date;
  /** The degree of each criterion, in the scorecard's order, 0 to 1; what was not known took its prior. */
  readonly degrees: ArrayLike<number>;
  /** Where it stood in the list, from 1; null where it cannot have been missed (a card alone on the screen, a message, an offer). */
  readonly place: number | null;
  /** Of a rating: 1 to 5. */
  readonly stars?: number;
}

/** Interactions as columns, in the order of time: what a refit reads. */
export interface Evidence {
  /** How many criteria a row has. */
  readonly width: number;
  /** Row after row. */
  readonly degrees: Float64Array;
  /** 0 to 1. */
  readonly success: Float64Array;
  readonly strength: Float64Array;
  /** Index in `STAGES`. */
  readonly stage: Uint8Array;
  /** From 1; 0 is surely seen. */
  readonly place: Int32Array;
  /** Milliseconds since 1970. */
  readonly at: Float64Array;
}

/**
 * The columns of what happened, by rising time; what happened at once keeps its order. A degree that is no number from 0 to 1 is a bug of who judged the pair.
 */
export function evidence(interactions: readonly Interaction[], width: number): Evidence {
  const count = interactions.length;
  const columns: Evidence = {
    width, degrees: new Float64Array(count * width), success: new Float64Array(count), strength: new Float64Array(count), stage: new Uint8Array(count), place: new Int32Array(count), at: new Float64Array(count),
  };
  [...interactions].sort((a, b) => a.at.getTime() - b.at.getTime()).forEach(({ signal, at, degrees, place, stars }, row) => {
    assert(degrees.length === width, 'a pair has a degree for each criterion');
    assert(Array.prototype.every.call(degrees, isDegree), 'a degree is from 0 to 1');
    const { stage, success, strength } = SAYS[signal];
    columns.degrees.set(degrees, row * width);
    columns.success[row] = signal === 'rating' ? Math.min(1, Math.max(0, ((stars ?? 3) - 1) / 4)) : success;
    columns.strength[row] = strength;
    columns.stage[row] = STAGES.indexOf(stage);
    columns.place[row] = Math.max(0, place ?? 0);
    columns.at[row] = at.getTime();
  });
  return columns;
}

/** Degrees as they are kept, 0 to 254 and 255 for what was not known, as degrees from 0 to 1: the unknown by the prior of its criterion, which is what it was scored by. */
export const filled = (kept: ArrayLike<number>, priors: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: priors.length }, (_, j) => ((kept[j] ?? 255) === 255 ? (priors[j] ?? 0) : (kept[j] ?? 0) / 254));

const isDegree = (degree: number): boolean => degree >= 0 && degree <= 1;

/** The rows that `keep` says, by their index. */
export function only({ width, degrees, success, strength, stage, place, at }: Evidence, keep: (row: number) => boolean): Evidence {
  const rows = Array.from(success.keys()).filter(keep);
  const kept = new Float64Array(rows.length * width);
  rows.forEach((row, to) => { kept.set(degrees.subarray(row * width, (row + 1) * width), to * width); });
  const pick = <T extends Float64Array | Uint8Array | Int32Array>(column: T, made: T): T => { rows.forEach((row, to) => { made[to] = column[row] ?? 0; }); return made; };
  return {
    width, degrees: kept, success: pick(success, new Float64Array(rows.length)), strength: pick(strength, new Float64Array(rows.length)), stage: pick(stage, new Uint8Array(rows.length)),
    place: pick(place, new Int32Array(rows.length)), at: pick(at, new Float64Array(rows.length)),
  };
}

/** The scores of the rows by weights in points, 0 to 100 where the weights sum to 100. */
export function scoresOf({ width, degrees, success }: Pick<Evidence, 'width' | 'degrees' | 'success'>, weights: ArrayLike<number>): Float64Array {
  const scores = new Float64Array(success.length);
  for (let row = 0, from = 0; row < scores.length; row += 1, from += width) {
    let sum = 0;
    for (let j = 0; j < width; j += 1) sum += (weights[j] ?? 0) * (degrees[from + j] ?? 0);
    // Sums of fractions may pass 100 by a hair.
    scores[row] = Math.min(100, Math.max(0, sum));
  }
  return scores;
}
