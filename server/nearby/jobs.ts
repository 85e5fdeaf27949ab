import type { Heard, Tasks } from '../core/outbox.ts';
import { hearWish, tellFans } from './service.ts';

/** An organiser's wish is written to those who answer for the artist, and confirmed to whoever left it; a fan's address asks for a yes. */
export const nearbyHeard: Heard = { 'near.asked': (ctx, { wishId }) => hearWish(ctx, wishId) };

/** Each hour: fans hear of a date that was announced near them. */
export const nearbyTasks: Tasks = { tell_near: (ctx) => tellFans(ctx) };
