import type { Heard } from '../core/outbox.ts';
import { hearStop } from './service.ts';

/** What becomes of the bookings for which a tour sent holds. */
export const sendingsHeard: Heard = {
  'offer.accepted': (ctx, { bookingId }) => hearStop(ctx, { bookingId }, 'agreed'),
  'offer.declined': (ctx, { bookingId }) => hearStop(ctx, { bookingId }, 'declined'),
  'request.declined': (ctx, { bookingId }) => hearStop(ctx, { bookingId }, 'declined'),
  'hold.lapsed': (ctx, { bookingId, holdId }) => hearStop(ctx, { bookingId, holdId }, 'lapsed'),
  'hold.released': (ctx, { bookingId, holdId }) => hearStop(ctx, { bookingId, holdId }, 'lapsed'),
  'offer.expired': (ctx, { bookingId, offerId }) => hearStop(ctx, { bookingId, offerId }, 'lapsed'),
  'offer.withdrawn': (ctx, { bookingId, offerId }) => hearStop(ctx, { bookingId, offerId }, 'lapsed'),
  'booking.lapsed': (ctx, { bookingId }) => hearStop(ctx, { bookingId }, 'lapsed'),
  'booking.cancelled': (ctx, { bookingId }) => hearStop(ctx, { bookingId }, 'lapsed'),
};
