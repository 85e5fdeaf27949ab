import type { Due } from '../core/deadlines.ts';
import { dunPlan, invoiceWhenDue } from './service.ts';

/** The day on which a plan that is paid by transfer is invoiced, and that of its next reminder, by its charge. */
export const quotesDue: Due = { 'plan.invoice': invoiceWhenDue, 'plan.dun': dunPlan };
