import type { Tasks } from '../core/outbox.ts';
import { certifyAll } from './service.ts';

/** On the first of each month: who is certified for the year to come. */
export const certificationTasks: Tasks = { certify: (ctx) => certifyAll(ctx) };
