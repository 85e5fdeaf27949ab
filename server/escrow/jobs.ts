import type { Due } from '../core/deadlines.ts';
import type { Heard, Tasks } from '../core/outbox.ts';
import { charge, chargeWhenDue, lapseWhenDue, openSchedule, reconcile, releaseWhenDue, remindWhenDue, replayNotices, sendPayout } from './service.ts';

/** A signed contract opens the schedule; a played show releases what is held. */
export const escrowHeard: Heard = {
  'contract.signed': (ctx, { bookingId }) => openSchedule(ctx, bookingId),
  'show.played': (ctx, { bookingId }) => releaseWhenDue(ctx, bookingId),
};

/** The dates of a payment, each by its id. */
export const escrowDue: Due = { 'payment.charge': chargeWhenDue, 'payment.remind': remindWhenDue, 'payment.lapse': lapseWhenDue };

/** What is asked of the provider, on its own time. */
export const escrowTasks: Tasks = {
  charge: (ctx, { paymentId = '' }) => charge(ctx, paymentId),
  payout: (ctx, { payoutId = '' }) => sendPayout(ctx, payoutId),
  // What was told and could not be acted on is tried once more before the books are compared.
  reconcile: async (ctx) => {
    await replayNotices(ctx);
    await reconcile(ctx);
  },
};
