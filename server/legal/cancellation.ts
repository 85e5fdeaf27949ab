import assert from 'node:assert/strict';
import { halfUp, negative, percentage, sum, type Bps, type Money } from '../core/money.ts';

/**
 * Why a booking is cancelled: its organiser or its producer withdraws, or neither can help it (C. civ. art. 1218; a ban by an authority
 * is such a case). The customary scale is legal.md CTR-ALL-01 and article 16 of our contract, read 2026-11-21.
 */
export type Cause = 'organiser' | 'producer' | 'force_majeure';

/** One band of the scale: its rate applies when at most `upToDays` days are left before the show; null is without limit. */
export interface CancellationBand {
  readonly upToDays: number | null;
  /** Of the price before tax. */
  readonly bps: Bps;
}

/** What a cancellation gives to whom. `kept` and `refund` are all that is held; `commission`, its tax and `payout` are all that is kept. */
export interface CancellationOutcome {
  readonly rate: Bps;
  /** What the contract grants the producer: a lump sum, no price of a service, and so without tax (CJEU C-277/05, Eugénie-les-Bains; read 2026-11-21). */
  readonly indemnity: Money;
  /** What of the indemnity is held already, and goes to the producer. */
  readonly kept: Money;
  /** What of the indemnity is not held: the organiser owes it to the producer, outside of us. */
  readonly owed: Money;
  readonly refund: Money;
  readonly commission: Money;
  readonly commissionVat: Money;
  readonly payout: Money;
}

/** The share of the price that an organiser owes who cancels so many days before the show. There must be a band without limit. */
export function indemnityRate(daysBefore: number, bands: readonly CancellationBand[]): Bps {
  const [first] = bands.filter(({ upToDays }) => upToDays === null || upToDays >= daysBefore)
    .sort((a, b) => (a.upToDays ?? Infinity) - (b.upToDays ?? Infinity));
  assert(first, 'a scale reaches every day');
  return first.bps;
}

/**
 * Who gets what of a booking that is cancelled. The organiser owes the indemnity of the scale, taken from what is held as far as that
 * goes; a producer who cancels, and force majeure, give everything back. Our commission is taken on what the producer gets, at the
 * contract's own rates. Each share is rounded half-up, once; what is left over is the refund, so that the parts are the whole.
 */
export function settleCancellation(deal: {
  readonly cause: Cause; readonly daysBefore: number; readonly bands: readonly CancellationBand[]; readonly price: Money; readonly held: Money;
  readonly commissionBps: Bps; readonly commissionVatBps: Bps;
}): CancellationOutcome {
  const { cause, daysBefore, bands, price, held, commissionBps, commissionVatBps } = deal;
  const rate = cause === 'organiser' ? indemnityRate(daysBefore, bands) : 0n;
  const indemnity = percentage(price, rate, halfUp);
  const kept = held.minor < indemnity.minor ? held : indemnity;
  const commission = percentage(kept, commissionBps, halfUp);
  const commissionVat = percentage(commission, commissionVatBps, halfUp);
  return {
    rate, indemnity, kept, owed: sum(indemnity, negative(kept)), refund: sum(held, negative(kept)), commission, commissionVat,
    payout: sum(kept, negative(commission), negative(commissionVat)),
  };
}
