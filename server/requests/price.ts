/** A price that was agreed for one show, before tax, in minor units, and whose it was. */
export interface Deal {
  readonly orgId: string;
  readonly priceMinor: bigint;
  readonly agreedAt: Date;
}

/** What shows like this one were agreed for: the middle half of the prices, in minor units. */
export interface PriceRange {
  readonly low: bigint;
  readonly high: bigint;
  /** How many agreements it is made of, and of how many artists. */
  readonly deals: number;
  readonly artists: number;
}

/** Fewer than so many agreements, or of fewer artists, would tell of somebody. */
const least = { deals: 8, artists: 5 } as const;
/** How many agreements of one artist count, the newest: no one artist's price is the range. */
const mostOfOne = 3;
/** Bounds are said in steps of 50 euros. */
const step = 5_000n;

/**
 * From the lower to the upper quartile of what was agreed, rounded outward to 50 euros. Each bound is the mean of two neighbouring
 * agreements or more, never one alone.
 *
 * @returns null when there is too little for nobody to be recognised.
 */
export function priceRangeOf(deals: readonly Deal[]): PriceRange | null {
  const counted = new Map<string, bigint[]>();
  for (const { orgId, priceMinor } of deals.toSorted((a, b) => b.agreedAt.getTime() - a.agreedAt.getTime())) {
    const of = counted.get(orgId) ?? [];
    if (of.length < mostOfOne) counted.set(orgId, [...of, priceMinor]);
  }
  const prices = [...counted.values()].flat().sort((a, b) => (a < b ? -1 : 1));
  if (prices.length < least.deals || counted.size < least.artists) return null;
  const around = Math.floor((prices.length - 1) / 4);
  const low = mean(prices.slice(around, around + 2));
  const high = mean(prices.toReversed().slice(around, around + 2));
  return { low: low / step * step, high: (high + step - 1n) / step * step, deals: prices.length, artists: counted.size };
}

const mean = (some: readonly bigint[]): bigint => some.reduce((sum, price) => sum + price, 0n) / BigInt(some.length);

/** The line-ups that count as alike: a third fewer to a third more, and one more or less at least. */
export function alike(lineUp: number): { readonly min: number; readonly max: number } {
  const span = Math.max(1, Math.floor(lineUp / 3));
  return { min: Math.max(1, lineUp - span), max: lineUp + span };
}
