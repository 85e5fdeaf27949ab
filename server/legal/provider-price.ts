import { halfUp, percentage, sum, type Bps, type Money } from '../core/money.ts';

/** What the provider of cards takes for one payment by its list: a share of it, and a fixed sum. */
export interface ProviderPrice {
  readonly bps: Bps;
  readonly fixed: Money;
}

/** What one payment costs us at the provider (ES-08). Of the same currency as the price; its share is rounded half-up, once. */
export const costOf = (paid: Money, { bps, fixed }: ProviderPrice): Money => sum(percentage(paid, bps, halfUp), fixed);
