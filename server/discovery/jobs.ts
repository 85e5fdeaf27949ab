import type { Due } from '../core/deadlines.ts';
import type { Heard, Tasks } from '../core/outbox.ts';
import { expireMatch, hearBooking, lookAnew, tellExpired, tellMatch } from './service.ts';

/** What becomes of a match, and of a booking between two who can be found. */
export const discoveryHeard: Heard = {
  'match.made': (ctx, { matchId }, { id }) => tellMatch(ctx, matchId, id),
  'match.expired': (ctx, sides) => tellExpired(ctx, sides),
  'request.sent': (ctx, { bookingId }) => hearBooking(ctx, bookingId, 'contact'),
  'offer.sent': (ctx, { bookingId }) => hearBooking(ctx, bookingId, 'offer'),
  'contract.signed': (ctx, { bookingId }) => hearBooking(ctx, bookingId, 'signature'),
  'request.declined': (ctx, { bookingId }) => hearBooking(ctx, bookingId, 'refusal'),
  'offer.declined': (ctx, { bookingId }) => hearBooking(ctx, bookingId, 'refusal'),
};

/** Thirty days are over. */
export const discoveryDue: Due = { 'match.expires': expireMatch };

/** Each hour the searches that are kept are looked at. */
export const discoveryTasks: Tasks = { look_anew: (ctx) => lookAnew(ctx) };
