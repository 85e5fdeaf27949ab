import type { Heard } from '../core/outbox.ts';
import { settleWaiting } from './service.ts';

/** A cancellation whose money waited for a bank is settled once the bank has answered. */
export const refundsHeard: Heard = {
  'payment.cleared': (ctx, { bookingId }) => settleWaiting(ctx, bookingId),
  'chargeback.closed': (ctx, { bookingId }) => settleWaiting(ctx, bookingId),
};
