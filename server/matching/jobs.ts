import type { Heard } from '../core/outbox.ts';
import { shortlist } from './service.ts';

/** What matching does when it hears of a request. */
export const matchingHeard: Heard = { 'request.sent': (ctx, { bookingId }) => shortlist(ctx, bookingId) };
