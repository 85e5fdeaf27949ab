import { halfUp, type Bps } from '../core/money.ts';

/** What is taken off a price by several rates, one after the other, each of what the one before left; half-up, never more than the price. In minor units. */
export const offOf = (full: bigint, rates: readonly Bps[]): bigint => full - rates.reduce((left, bps) => left - halfUp(left * bps, 10_000n), full);
