import type { Due } from '../core/deadlines.ts';
import { takeUpWork, type Heard, type Tasks } from '../core/outbox.ts';
import {
  cancelAttempt, charge, completeAttempt, chargeWhenDue, lapseWhenDue, nameMandate, openSchedule, releaseWhenDue, remindWhenDue, sendPayout, sendRefund, replayNotices, takeUpMoney, warnHeld, warnUnsecured,
} from './service.ts';
import { giveBackStray, lookAtCustomer } from '../strays/service.ts';

/** A signed contract opens the schedule; a played show releases what is held. */
export const escrowHeard: Heard = {
  'contract.signed': (ctx, { bookingId }) => openSchedule(ctx, bookingId),
  'show.played': (ctx, { bookingId }) => releaseWhenDue(ctx, bookingId),
};

/** The dates of a payment, each by its id; `payment.unsecured` by its booking. */
export const escrowDue: Due = {
  'payment.charge': chargeWhenDue, 'payment.remind': remindWhenDue, 'payment.lapse': lapseWhenDue, 'payment.unsecured': warnUnsecured, 'payment.held': warnHeld,
};

/** What is asked of the provider, on its own time. */
export const escrowTasks: Tasks = {
  charge: (ctx, { paymentId = '' }) => charge(ctx, paymentId),
  payout: (ctx, { payoutId = '' }) => sendPayout(ctx, payoutId),
  'name-mandate': (ctx, { bookingId = '' }) => nameMandate(ctx, bookingId),
  cancel: (ctx, { ref = '' }) => cancelAttempt(ctx, ref),
  complete: async (ctx, { ref = '' }) => { await completeAttempt(ctx, ref); },
  refund: (ctx, { refundId = '' }) => sendRefund(ctx, refundId),
  'look-cash': (ctx, { customerRef = '' }) => lookAtCustomer(ctx, customerRef),
  stray: async (ctx, { strayId = '' }) => {
    await giveBackStray(ctx, strayId);
    // Its webhook may have been quicker than we were.
    await replayNotices(ctx);
  },
  // Work of any room that nobody tries any more, and then money that stands still without any.
  mend: async (ctx) => {
    await takeUpWork(ctx);
    await takeUpMoney(ctx);
  },
};
