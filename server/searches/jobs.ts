import type { Tasks } from '../core/outbox.ts';
import { runSearch } from './service.ts';

/** Tours are searched for on their own time. */
export const searchesTasks: Tasks = { tour_search: (ctx, { runId = '' }) => runSearch(ctx, runId) };
