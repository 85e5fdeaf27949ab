import type { Tasks } from '../core/outbox.ts';
import { lookAnew } from './service.ts';

/** Each hour the searches that are kept are looked at. */
export const alertsTasks: Tasks = { look_anew: (ctx) => lookAnew(ctx) };
