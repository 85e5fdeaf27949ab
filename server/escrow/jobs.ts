import type { Due } from '../core/deadlines.ts';
import type { Heard } from '../core/outbox.ts';
import { chargeWhenDue, lapseWhenDue, openSchedule, releaseWhenDue, remindWhenDue, warnHeld, warnUnsecured } from './service.ts';

/** A signed contract opens the schedule; a played show releases what is held. */
export const escrowHeard: Heard = {
  'contract.signed': (ctx, { bookingId }) => openSchedule(ctx, bookingId),
  'show.played': (ctx, { bookingId }) => releaseWhenDue(ctx, bookingId),
};

/** The dates of a payment, each by its id; `payment.unsecured` by its booking. */
export const escrowDue: Due = {
  'payment.charge': chargeWhenDue, 'payment.remind': remindWhenDue, 'payment.lapse': lapseWhenDue, 'payment.unsecured': warnUnsecured, 'payment.held': warnHeld,
};
