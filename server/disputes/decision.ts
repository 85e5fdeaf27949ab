import assert from 'node:assert/strict';
import { halfUp, negative, percentage, sum, type Bps, type Money } from '../core/money.ts';

/** What a decision gives to whom. `commission`, its tax and `payout` are all that is released; with `refund` they are all that is held. */
export interface DecisionOutcome {
  readonly release: Money;
  readonly refund: Money;
  readonly commission: Money;
  readonly commissionVat: Money;
  readonly payout: Money;
}

/**
 * Who gets what when so much of what is held is released to the producer and the rest goes back. Our commission is taken on the released
 * part of the price before tax, at the contract's own rates: released whole, it is that of the contract. Rounded half-up, each share once.
 *
 * @param terms `price` before and `total` with tax, of the contract.
 */
export function decide(held: Money, release: Money, terms: { readonly price: Money; readonly total: Money; readonly commissionBps: Bps; readonly commissionVatBps: Bps }): DecisionOutcome {
  assert(release.minor >= 0n && release.minor <= held.minor, 'a decision shares what is held');
  const beforeTax: Money = { ...release, minor: halfUp(release.minor * terms.price.minor, terms.total.minor) };
  const commission = percentage(beforeTax, terms.commissionBps, halfUp);
  const commissionVat = percentage(commission, terms.commissionVatBps, halfUp);
  return { release, refund: sum(held, negative(release)), commission, commissionVat, payout: sum(release, negative(commission), negative(commissionVat)) };
}
