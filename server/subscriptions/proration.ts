import assert from 'node:assert/strict';

/**
 * `minor` cut in the ratio of `weights` by largest remainder (Hamilton): the parts sum to it exactly, and the units that are over go to
 * the parts that lost most by rounding down, the first of equals. Of any currency: the unit is its smallest, a yen as well as a cent.
 */
export function largestRemainder(minor: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  assert(minor >= 0n && whole > 0n && weights.every((weight) => weight >= 0n), 'something to share, somebody to share it');
  const parts = weights.map((weight, place) => ({ place, floor: (minor * weight) / whole, rest: (minor * weight) % whole }));
  const over = minor - parts.reduce((sum, { floor }) => sum + floor, 0n);
  const first = new Set([...parts].sort((a, b) => (a.rest === b.rest ? a.place - b.place : a.rest > b.rest ? -1 : 1)).slice(0, Number(over)).map(({ place }) => place));
  return parts.map(({ place, floor }) => floor + (first.has(place) ? 1n : 0n));
}

/** What an upgrade within a period comes to, in minor units before tax. */
export interface Upgrade {
  /** What of the period's payment is not used yet, and counts. */
  readonly credit: bigint;
  /** The larger plan for the days that are left. */
  readonly charge: bigint;
  /** The one less the other; never below nothing. */
  readonly due: bigint;
}

/** The days that are left of the larger plan, less those that are left of what was paid. Used and left are each whole days of the period. */
export function upgrade({ paid, price, used, left }: { readonly paid: bigint; readonly price: bigint; readonly used: number; readonly left: number }): Upgrade {
  const days = [BigInt(used), BigInt(left)];
  const credit = largestRemainder(paid, days)[1] ?? 0n;
  const charge = largestRemainder(price, days)[1] ?? 0n;
  return { credit, charge, due: charge > credit ? charge - credit : 0n };
}
