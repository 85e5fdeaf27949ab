/** What was said to be likely and what came, in two columns: `probability` from 0 to 1, `success` 0 or 1 or a share between; `weight`, where not all count alike. */
export interface Forecasts {
  readonly probability: ArrayLike<number>;
  readonly success: ArrayLike<number>;
  readonly weight?: ArrayLike<number>;
}

/** What is never said: a certainty. One in a million bounds what a single surprise costs. */
const certain = 1e-6;

/** What one forecast costs by its surprise, in nats. */
export function surprise(probability: number, success: number): number {
  const said = Math.min(1 - certain, Math.max(certain, probability));
  return -success * Math.log(said) - (1 - success) * Math.log1p(-said);
}

/** The mean surprise, in nats; less is better. A certainty that fails costs 13.8, and not everything. Not a number when nothing was forecast. */
export const logLoss = (said: Forecasts): number => meanOf(said, surprise);

/** The mean square of what was said less what came, from 0; less is better (Brier, 1950). */
export const brier = (said: Forecasts): number => meanOf(said, (probability, success) => (probability - success) ** 2);

function meanOf({ probability, success, weight }: Forecasts, cost: (probability: number, success: number) => number): number {
  let [sum, all] = [0, 0];
  for (let i = 0; i < probability.length; i += 1) {
    const counts = weight?.[i] ?? 1;
    sum += counts * cost(probability[i] ?? 0, success[i] ?? 0);
    all += counts;
  }
  return sum / all;
}

/**
 * How far what is said lies from what comes: the forecasts in their order, cut into `bins` of equal weight, and in each the mean forecast against the share that came; the mean of
 * the differences. Equal weight, since bins of equal width are empty where nobody scores (Nixon et al., 2019). Equal forecasts stay in one bin.
 */
export function calibrationError(said: Forecasts, bins = 10): number {
  const order = orderOf(said.probability);
  const all = order.reduce((sum, i) => sum + (said.weight?.[i] ?? 1), 0);
  let [error, seen, mass, forecast, came] = [0, 0, 0, 0, 0];
  let cut = all / bins;
  order.forEach((i, at) => {
    const counts = said.weight?.[i] ?? 1;
    [seen, mass, forecast, came] = [seen + counts, mass + counts, forecast + counts * (said.probability[i] ?? 0), came + counts * (said.success[i] ?? 0)];
    const next = order[at + 1];
    const tied = next !== undefined && said.probability[next] === said.probability[i];
    if (next === undefined || (seen >= cut - 1e-9 && !tied)) {
      error += Math.abs(forecast - came);
      [mass, forecast, came] = [0, 0, 0];
      while (cut <= seen) cut += all / bins;
    }
  });
  return error / all;
}

/** A stretch of forecasts, from the least likely on: what was said on average, what came, and of how many. */
export interface Stretch {
  readonly said: number;
  readonly came: number;
  readonly count: number;
}

/** The forecasts in their order, cut into `bins` of nearly equal count: beside each other what was said and what came, as a calibration curve is drawn. Equal forecasts stay together. */
export function reliability({ probability, success }: Forecasts, bins = 10): Stretch[] {
  const order = orderOf(probability);
  const found: Stretch[] = [];
  for (let from = 0, bin = 1; from < order.length; bin += 1) {
    let until = Math.max(from + 1, Math.round((order.length * bin) / bins));
    while (until < order.length && probability[order[until] ?? 0] === probability[order[until - 1] ?? 0]) until += 1;
    const rows = order.slice(from, until);
    const mean = (of: ArrayLike<number>) => rows.reduce((sum, i) => sum + (of[i] ?? 0), 0) / rows.length;
    found.push({ said: mean(probability), came: mean(success), count: rows.length });
    from = until;
  }
  return found;
}

/** How many of the forecasts named the outcome that came, from 0 to 1: a half and more is a yes. Not a number when nothing was forecast. */
export const hits = (said: Forecasts): number => meanOf(said, (probability, success) => ((probability >= 0.5) === (success >= 0.5) ? 1 : 0));

/**
 * How often a success stands above a failure, of all such pairs, from 0 to 1; a tie counts half (the area under the ROC curve). Shares of a success count as both. A half, when
 * all came alike.
 */
export function auc({ probability, success, weight }: Forecasts): number {
  const order = orderOf(probability);
  let [below, won, successes] = [0, 0, 0];
  for (let from = 0; from < order.length;) {
    let [until, up, down] = [from, 0, 0];
    for (; until < order.length && probability[order[until] ?? 0] === probability[order[from] ?? 0]; until += 1) {
      const i = order[until] ?? 0;
      const counts = weight?.[i] ?? 1;
      up += counts * (success[i] ?? 0);
      down += counts * (1 - (success[i] ?? 0));
    }
    won += up * (below + down / 2);
    successes += up;
    below += down;
    from = until;
  }
  return successes > 0 && below > 0 ? won / (successes * below) : 0.5;
}

/**
 * How much of the best order the first `depth` places have, from 0 to 1: each success counts one over the logarithm of its place (Järvelin and Kekäläinen, 2002). Equal scores
 * share the worth of their places, so that no order of the input helps. Null when there was nothing to find.
 */
export function ndcg(scores: ArrayLike<number>, success: ArrayLike<number>, depth = 10): number | null {
  const worth = (place: number) => (place < depth ? 1 / Math.log2(place + 2) : 0);
  const order = orderOf(scores).reverse();
  let gained = 0;
  for (let from = 0; from < order.length;) {
    let [until, places, found] = [from, 0, 0];
    for (; until < order.length && scores[order[until] ?? 0] === scores[order[from] ?? 0]; until += 1) {
      places += worth(until);
      found += success[order[until] ?? 0] ?? 0;
    }
    gained += (places * found) / (until - from);
    from = until;
  }
  const ideal = Array.from(success).sort((a, b) => b - a).reduce((sum, gain, place) => sum + gain * worth(place), 0);
  return ideal > 0 ? gained / ideal : null;
}

function orderOf(numbers: ArrayLike<number>): number[] {
  return Array.from({ length: numbers.length }, (_, i) => i).sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b);
}
