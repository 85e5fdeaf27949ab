import type { Due } from '../core/deadlines.ts';
import { expireHold } from './service.ts';

/** The deadlines of the calendar. */
export const calendarDue: Due = { 'hold.expires': expireHold };
