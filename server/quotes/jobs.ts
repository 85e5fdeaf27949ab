import type { Due } from '../core/deadlines.ts';
import { dunPlan } from './service.ts';

/** The day of the next reminder of a plan that is paid by transfer, by its charge. */
export const quotesDue: Due = { 'plan.dun': dunPlan };
