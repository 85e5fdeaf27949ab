import type { Due } from '../core/deadlines.ts';
import type { Tasks } from '../core/outbox.ts';
import { askPlanOutcome, beginWhenDue, chargePlan, namePlanCard, outcomeWhenDue, renewWhenDue, retryWhenDue } from './service.ts';

/** The dates of a plan, by its organisation; of one that was agreed by quote, by the quote; of a charge nobody told the end of, by its id. */
export const plansDue: Due = { 'plan.renew': renewWhenDue, 'plan.retry': retryWhenDue, 'plan.outcome': outcomeWhenDue, 'plan.begin': beginWhenDue };

/** What is asked of the provider, on its own time. */
export const plansTasks: Tasks = {
  'plan-charge': (ctx, { chargeId = '' }) => chargePlan(ctx, chargeId),
  'plan-outcome': (ctx, { chargeId = '' }) => askPlanOutcome(ctx, chargeId),
  'plan-card-name': (ctx, { orgId = '' }) => namePlanCard(ctx, orgId),
};
