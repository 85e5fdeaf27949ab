import assert from 'node:assert/strict';
import { negative, sum, type Money } from '../core/money.ts';

/** An account of the ledger; domain/money.md lists them. */
export type Account =
  | 'provider:clearing' | 'provider:fees' | 'commission:platform' | 'subscription:platform' | 'bank:platform' | 'loss:platform'
  | `escrow:${string}` | `payable:${string}` | `commission:booker:${string}` | `vat:${string}` | `refund:${string}` | `dispute:${string}`;

/** One line of a transfer, never changed. Positive receives, negative gives; the entries of a transfer sum to zero. */
export interface Entry {
  readonly account: Account;
  readonly amount: Money;
}

/** What leaves a price before the producer is paid: our commission on the price before tax, and the tax on that commission. */
export interface Charges {
  readonly commission: Money;
  readonly vat: Money;
  readonly jurisdiction: string;
  /** What the producer's booker is credited with, of the producer's part. */
  readonly booker?: BookerCharge | null;
}

/** What of a release is a booker's: its commission, and the tax on it, which the booker owes itself. */
export interface BookerCharge {
  readonly orgId: string;
  readonly net: Money;
  readonly vat: Money;
}

/** Whose share of a booking is paid out. */
export type Share = 'producer' | 'booker';

/** Holds what the provider captured for a booking. */
export const capture = (bookingId: string, paid: Money): Entry[] =>
  balanced([{ account: 'provider:clearing', amount: negative(paid) }, { account: `escrow:${bookingId}`, amount: paid }]);

/** Owes back to the buyer what the provider captured and no payment of ours asked for: taken twice, or after the booking lapsed. */
export const captureToRefund = (buyerOrgId: string, paid: Money): Entry[] =>
  balanced([{ account: 'provider:clearing', amount: negative(paid) }, { account: `refund:${buyerOrgId}`, amount: paid }]);

/** Gives back to the buyer what was owed back, once the provider has brought it. */
export const returned = (buyerOrgId: string, paid: Money): Entry[] =>
  balanced([{ account: `refund:${buyerOrgId}`, amount: negative(paid) }, { account: 'provider:clearing', amount: paid }]);

/** Credits the producer with what the escrow holds for a booking, less our charges and its booker's commission: what is left of rounding is the producer's. */
export function release(booking: { id: string; orgId: string }, held: Money, { commission, vat, jurisdiction, booker }: Charges): Entry[] {
  const toBooker = booker ? sum(booker.net, booker.vat) : { ...held, minor: 0n };
  const share = sum(held, negative(commission), negative(vat), negative(toBooker));
  assert(share.minor >= 0n, 'charges never exceed what is held');
  return balanced([
    { account: `escrow:${booking.id}`, amount: negative(held) },
    { account: 'commission:platform', amount: commission },
    { account: `vat:${jurisdiction}`, amount: vat },
    ...(booker ? [{ account: `commission:booker:${booker.orgId}` as const, amount: toBooker }] : []),
    { account: `payable:${booking.orgId}`, amount: share },
  ]);
}

/** The account that credits whoever is paid out. */
const creditOf = (orgId: string, share: Share): Account => (share === 'booker' ? `commission:booker:${orgId}` : `payable:${orgId}`);

/** Takes from the credit of a producer, or of its booker, what the provider brought to their bank. */
export const payout = (orgId: string, paid: Money, share: Share = 'producer'): Entry[] =>
  balanced([{ account: creditOf(orgId, share), amount: negative(paid) }, { account: 'provider:clearing', amount: paid }]);

/** Owes them again what had reached their bank and came back from it. */
export const payoutBack = (orgId: string, paid: Money, share: Share = 'producer'): Entry[] =>
  balanced([{ account: 'provider:clearing', amount: negative(paid) }, { account: creditOf(orgId, share), amount: paid }]);

/** What the provider took for itself is ours to bear; below zero, it gave some back. */
export const fees = (taken: Money): Entry[] =>
  balanced([{ account: 'provider:fees', amount: negative(taken) }, { account: 'provider:clearing', amount: taken }]);

/** Owes our charges from the producer, who was paid by a public buyer directly: nothing was held, so `payable` falls below zero. */
export const commission = (orgId: string, charges: Charges): Entry[] =>
  balanced([
    { account: `payable:${orgId}`, amount: negative(sum(charges.commission, charges.vat)) },
    { account: 'commission:platform', amount: charges.commission },
    { account: `vat:${charges.jurisdiction}`, amount: charges.vat },
  ]);

/** Gives our charges back to the producer, whole or in part, as our credit note says. */
export const credit = (orgId: string, { commission: net, vat, jurisdiction }: Charges): Entry[] =>
  balanced([{ account: 'commission:platform', amount: negative(net) }, { account: `vat:${jurisdiction}`, amount: negative(vat) }, { account: `payable:${orgId}`, amount: sum(net, vat) }]);

/** Takes off what a producer owes us what reached our own bank. */
export const settlement = (orgId: string, paid: Money): Entry[] =>
  balanced([{ account: 'bank:platform', amount: negative(paid) }, { account: `payable:${orgId}`, amount: paid }]);

/** Owes back to the buyer what an escrow holds. An escrow never gives more than it has: the database refuses. */
export const refund = (booking: { id: string; buyerOrgId: string }, amount: Money): Entry[] =>
  balanced([{ account: `escrow:${booking.id}`, amount: negative(amount) }, { account: `refund:${booking.buyerOrgId}`, amount }]);

/** What a buyer's bank took back from us on a contested payment is a receivable of the booking: what is held for it never falls below what is owed. */
export const chargeback = (bookingId: string, taken: Money): Entry[] =>
  balanced([{ account: `dispute:${bookingId}`, amount: negative(taken) }, { account: 'provider:clearing', amount: taken }]);

/** The bank found for us, and the money is back with the provider. */
export const chargebackWon = (bookingId: string, given: Money): Entry[] =>
  balanced([{ account: 'provider:clearing', amount: negative(given) }, { account: `dispute:${bookingId}`, amount: given }]);

/** The bank found for the buyer, who has the money already: what is still held for the booking covers the receivable, as far as it goes. */
export const chargebackCovered = (bookingId: string, covered: Money): Entry[] =>
  balanced([{ account: `escrow:${bookingId}`, amount: negative(covered) }, { account: `dispute:${bookingId}`, amount: covered }]);

/** What an organisation owes for a lost dispute is kept of a share of its that was to be paid out. */
export const setOff = (orgId: string, share: Share, { bookingId, kept }: { readonly bookingId: string; readonly kept: Money }): Entry[] =>
  balanced([{ account: creditOf(orgId, share), amount: negative(kept) }, { account: `dispute:${bookingId}`, amount: kept }]);

/** What an organisation paid for its plan is ours, and the tax on it the state's. */
export const subscription = ({ net, vat, jurisdiction }: { readonly net: Money; readonly vat: Money; readonly jurisdiction: string }): Entry[] =>
  balanced([{ account: 'provider:clearing', amount: negative(sum(net, vat)) }, { account: 'subscription:platform', amount: net }, { account: `vat:${jurisdiction}`, amount: vat }]);

/** What two of our own people agreed to move by hand. */
export const byHand = (from: Account, to: Account, amount: Money): Entry[] => balanced([{ account: from, amount: negative(amount) }, { account: to, amount }]);

/** Lines of zero say nothing and are left out. */
function balanced(entries: [Entry, ...Entry[]]): Entry[] {
  const [first, ...others] = entries.map((entry) => entry.amount) as [Money, ...Money[]];
  assert(sum(first, ...others).minor === 0n, 'a transfer sums to zero');
  const lines = entries.filter((entry) => entry.amount.minor !== 0n);
  assert(lines.length >= 2, 'a transfer moves something');
  return lines;
}
