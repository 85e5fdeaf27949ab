import type { Due } from '../core/deadlines.ts';
import type { Heard, Tasks } from '../core/outbox.ts';
import { creditPlan, issueClosed, issueAdvance, issuePlan, issuePublic, issueReleased, sayOverdue } from './service.ts';

/** Money captured, released or earned from a public buyer is invoiced; what goes back is credited. */
export const billingHeard: Heard = {
  'payment.completed': (ctx, { bookingId, paymentId }) => issueAdvance(ctx, bookingId, paymentId),
  'escrow.released': (ctx, { bookingId }) => issueReleased(ctx, bookingId),
  'booking.cancelled': (ctx, { bookingId }) => issueClosed(ctx, bookingId),
  'dispute.decided': (ctx, { bookingId }) => issueClosed(ctx, bookingId),
  'closing.settled': (ctx, { bookingId }) => issueClosed(ctx, bookingId),
  'show.played': (ctx, { bookingId }) => issuePublic(ctx, bookingId),
};

/** The date of an invoice, by its id. */
export const billingDue: Due = { 'invoice.overdue': sayOverdue };

/** What a plan was charged is invoiced, and what it will not be asked for is credited. */
export const billingTasks: Tasks = { 'plan-invoice': (ctx, { chargeId = '' }) => issuePlan(ctx, chargeId), 'plan-credit': (ctx, { chargeId = '' }) => creditPlan(ctx, chargeId) };
