import type { Heard, Tasks } from '../core/outbox.ts';
import { countBooking, forgetViews } from './service.ts';

/** A request, and a contract, are counted for the page that they came from. */
export const analyticsHeard: Heard = {
  'request.sent': (ctx, { bookingId }) => countBooking(ctx, bookingId, 'request'),
  'contract.signed': (ctx, { bookingId }) => countBooking(ctx, bookingId, 'contract'),
};

/** Each night what is too old is forgotten. */
export const analyticsTasks: Tasks = { forget_views: forgetViews };
