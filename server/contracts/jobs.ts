import type { Due } from '../core/deadlines.ts';
import type { Heard } from '../core/outbox.ts';
import { draftIfReady, lapseUnsigned, recordSigned } from './service.ts';

/** A contract is drafted when the last thing that it waits for is there, and signed when its envelope is complete. */
export const contractsHeard: Heard = {
  'offer.accepted': (ctx, { bookingId }) => draftIfReady(ctx, bookingId),
  'party.completed': (ctx, { bookingId }) => draftIfReady(ctx, bookingId),
  'purchase.ordered': (ctx, { bookingId }) => draftIfReady(ctx, bookingId),
  'envelope.completed': (ctx, payload, { toldAt }) => recordSigned(ctx, payload, toldAt),
};

/** An agreement waits for its signatures until a date. */
export const contractsDue: Due = { 'contract.lapse': lapseUnsigned };
