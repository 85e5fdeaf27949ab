import type { Due } from '../core/deadlines.ts';
import type { Heard } from '../core/outbox.ts';
import { issueDeposit, issuePublic, issueReleased, sayOverdue } from './service.ts';

/** Money captured, released or earned from a public buyer is invoiced. */
export const billingHeard: Heard = {
  'payment.completed': (ctx, { bookingId, paymentId }) => issueDeposit(ctx, bookingId, paymentId),
  'escrow.released': (ctx, { bookingId }) => issueReleased(ctx, bookingId),
  'show.played': (ctx, { bookingId }) => issuePublic(ctx, bookingId),
};

/** The date of an invoice, by its id. */
export const billingDue: Due = { 'invoice.overdue': sayOverdue };
