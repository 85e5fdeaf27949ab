import type { Tasks } from '../core/outbox.ts';
import { learnAll } from './service.ts';

/** Each night: what yesterday taught. */
export const learningTasks: Tasks = { learn: (ctx) => learnAll(ctx) };
