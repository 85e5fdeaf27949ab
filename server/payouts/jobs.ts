import type { Due } from '../core/deadlines.ts';
import type { Heard, Tasks } from '../core/outbox.ts';
import { askDirect, askLeftOut, askPaid, askSeller, tellSellers, useIban } from './service.ts';

/** A payout that waits asks its producer, and so does what a public buyer paid it directly. */
export const payoutsHeard: Heard = { 'payout.waiting': (ctx, { payoutId }) => askSeller(ctx, payoutId), 'invoice.paid': (ctx, { invoiceId }) => askPaid(ctx, invoiceId) };

/** A new account counts, by its change; a payout that still waits asks again, by its id, and a producer that is paid directly, by its own; one whom a year's report left out, by both. */
export const payoutsDue: Due = { 'iban.use': useIban, 'seller.ask': askSeller, 'seller.ask_direct': askDirect, 'seller.ask_left': askLeftOut };

/** Each day; it does something in January alone. */
export const payoutsTasks: Tasks = { tell_sellers: (ctx) => tellSellers(ctx) };
