import type { Due } from '../core/deadlines.ts';
import type { Heard } from '../core/outbox.ts';
import { askReviews, remindReviews, showReviews } from './service.ts';

/** A show that was played is spoken of. */
export const reviewsHeard: Heard = { 'show.played': (ctx, { bookingId }) => askReviews(ctx, bookingId) };

/** The dates of a review: the morning after, and the end of the time for it. */
export const reviewsDue: Due = { 'review.due': remindReviews, 'review.closes': showReviews };
