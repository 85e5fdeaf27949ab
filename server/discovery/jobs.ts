import type { Due } from '../core/deadlines.ts';
import type { Heard, Tasks } from '../core/outbox.ts';
import type { Seen } from '../matching/filters.ts';
import { expireMatch, forgetRating, hearBooking, noteTalk, sideOfOffer, tellExpired, tellMatch, type Talk } from './service.ts';

/** What becomes of a match, and of a booking between two who can be found. */
export const discoveryHeard: Heard = {
  'match.made': (ctx, { matchId }, { id }) => tellMatch(ctx, matchId, id),
  'match.expired': (ctx, sides) => tellExpired(ctx, sides),
  'request.sent': (ctx, { bookingId }, fact) => hearBooking(ctx, { bookingId, kind: 'contact', by: 'place', fact }),
  'offer.sent': async (ctx, { bookingId, offerId }, fact) => hearBooking(ctx, { bookingId, kind: 'offer', by: await sideOfOffer(ctx, offerId), fact }),
  'contract.signed': (ctx, { bookingId }, fact) => hearBooking(ctx, { bookingId, kind: 'signature', by: 'both', fact }),
  'request.declined': (ctx, { bookingId }, fact) => hearBooking(ctx, { bookingId, kind: 'refusal', by: 'both', fact }),
  'offer.declined': (ctx, { bookingId }, fact) => hearBooking(ctx, { bookingId, kind: 'refusal', by: 'both', fact }),
  'review.shown': (ctx, { bookingId, side }, fact) => hearBooking(ctx, { bookingId, kind: 'rating', by: side === 'artist' ? 'artist' : 'place', fact }),
  'review.hidden': async (ctx, { bookingId, side, what }) => { if (what === 'review') await forgetRating(ctx, { bookingId, by: side === 'artist' ? 'artist' : 'place' }); },
};

/** Thirty days are over. */
export const discoveryDue: Due = { 'match.expires': expireMatch };

/** What happened between two is noted on its own time. */
export const discoveryTasks: Tasks = {
  // What was asked for by `hearBooking`.
  note_talk: (ctx, { bookingId = '', kind, by, at = '' }) => noteTalk(ctx, { bookingId, kind: kind as Talk, by: by as Seen | 'both', at: new Date(at) }),
};
