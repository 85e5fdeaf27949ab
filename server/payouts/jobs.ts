import type { Due } from '../core/deadlines.ts';
import type { Heard, Tasks } from '../core/outbox.ts';
import { askSeller, tellSellers, useIban } from './service.ts';

/** A payout that waits asks its producer. */
export const payoutsHeard: Heard = { 'payout.waiting': (ctx, { payoutId }) => askSeller(ctx, payoutId) };

/** A new account counts, by its change; a payout that still waits asks again, by its id. */
export const payoutsDue: Due = { 'iban.use': useIban, 'seller.ask': askSeller };

/** Each day; it does something in January alone. */
export const payoutsTasks: Tasks = { tell_sellers: (ctx) => tellSellers(ctx) };
