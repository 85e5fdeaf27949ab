import type { Heard } from '../core/outbox.ts';
import { quoteIfReady } from './service.ts';

/** A public buyer gets a quote when the offer is accepted, or when the producer can be named. */
export const municipalHeard: Heard = {
  'offer.accepted': (ctx, { bookingId }) => quoteIfReady(ctx, bookingId),
  'party.completed': (ctx, { bookingId }) => quoteIfReady(ctx, bookingId),
};
