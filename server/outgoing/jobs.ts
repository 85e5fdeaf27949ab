import type { Tasks } from '../core/outbox.ts';
import { sendPayout, sendRefund } from './service.ts';

/** What leaves, on its own time. */
export const outgoingTasks: Tasks = {
  payout: (ctx, { payoutId = '' }) => sendPayout(ctx, payoutId),
  refund: (ctx, { refundId = '' }) => sendRefund(ctx, refundId),
};
