import { halfUp, negative, percentage, sum, type Bps, type Money } from '../core/money.ts';

/** From a price to what reaches the artist. `commission` and its tax are taken from the payout; the buyer pays `total`. */
export interface Net {
  /** Before tax. */
  readonly price: Money;
  readonly vat: Money;
  readonly total: Money;
  readonly commission: Money;
  readonly commissionVat: Money;
  readonly payout: Money;
}

/** What a price leaves the artist: our commission is taken on the price before tax. Each part is rounded half-up, once. */
export function netOf(deal: { readonly price: Money; readonly vatBps: Bps; readonly commissionBps: Bps; readonly commissionVatBps: Bps }): Net {
  const { price } = deal;
  const vat = percentage(price, deal.vatBps, halfUp);
  const total = sum(price, vat);
  const commission = percentage(price, deal.commissionBps, halfUp);
  const commissionVat = percentage(commission, deal.commissionVatBps, halfUp);
  return { price, vat, total, commission, commissionVat, payout: sum(total, negative(commission), negative(commissionVat)) };
}
