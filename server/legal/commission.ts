import assert from 'node:assert/strict';
import type { Bps, Currency, Money } from '../core/money.ts';

/** One band of a dated scale: its rate applies to the whole amount, up to and with `upToMinor`. */
export interface Band {
  /** Null is without limit. */
  readonly upToMinor: bigint | null;
  readonly currency: Currency;
  readonly bps: Bps;
}

/**
 * Our rate on a price before tax: that of the lowest band that reaches it. Above the last band there must be one without limit.
 *
 * @param bands The scale of one day, of any currencies, in any order.
 */
export function commissionRate(price: Money, bands: readonly Band[]): Bps {
  const reach = bands.filter(({ currency, upToMinor }) => currency === price.currency && (upToMinor === null || upToMinor >= price.minor));
  const [first] = reach.sort((a, b) => (a.upToMinor === null ? 1 : b.upToMinor === null ? -1 : Number(a.upToMinor - b.upToMinor)));
  assert(first, 'a scale reaches every amount');
  return first.bps;
}
