import type { Heard } from '../core/outbox.ts';
import { hearContested, openDispute, settleDecision, withdrawDispute } from './service.ts';

/** A contested show is a dispute; whoever contested may take it back. A payment contested at a bank is a receivable. */
export const disputesHeard: Heard = {
  'show.contested': (ctx, { bookingId, side }) => openDispute(ctx, { bookingId, side }),
  'payment.contested': (ctx, { bookingId, paymentId, noticeId }) => hearContested(ctx, { bookingId, paymentId, noticeId }),
  'payment.cleared': (ctx, { bookingId }) => settleDecision(ctx, bookingId),
  'chargeback.closed': (ctx, { bookingId }) => settleDecision(ctx, bookingId),
  'show.confirmed': (ctx, { bookingId }) => withdrawDispute(ctx, bookingId),
};
