import type { Due } from '../core/deadlines.ts';
import type { Heard } from '../core/outbox.ts';
import { claimDue, tellDebtor, wakeAfter } from './service.ts';

/** The debtor is told of each step; what waited for the receivable leaves once it is gone. */
export const claimsHeard: Heard = {
  'claim.opened': (ctx, { claimId }) => tellDebtor(ctx, { news: 'opened', claimId }),
  'claim.decided': (ctx, { claimId }) => tellDebtor(ctx, { news: 'decided', claimId }),
  'claim.reduced': async (ctx, { claimId, partId, bookingId }) => {
    await tellDebtor(ctx, { news: 'reduced', claimId, partId });
    await wakeAfter(ctx, bookingId);
  },
};

/** The limit of a claim is over, by its id. */
export const claimsDue: Due = { 'claim.due': claimDue };
