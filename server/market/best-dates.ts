import { addDays, weekdayOf, type Day } from '../core/time.ts';

/** What is known of a day to come, for an artist or for a place. */
export interface DayKnown {
  readonly day: Day;
  /** Not `busy`. `flexible`: to be talked about. */
  readonly free: 'free' | 'flexible';
  /** How many days ahead. */
  readonly ahead: number;
  /** The public holiday is the day itself or the one after. */
  readonly eve: boolean;
  readonly holiday: boolean;
  /** Null where no calendar says it. */
  readonly school: boolean | null;
  /** Shows announced within 50 km and two days. */
  readonly near: number;
}

/** Why a day is proposed, or what speaks against it, in points. */
export interface DayReason { readonly code: 'free' | 'flexible' | 'weekday' | 'eve' | 'holiday' | 'school' | 'term' | 'competition' | 'quiet' | 'lead'; readonly points: number; readonly figures: Readonly<Record<string, number>> }

export interface DateFound { readonly day: Day; /** Of 100. */ readonly score: number; readonly reasons: readonly DayReason[] }

/** What decides besides the day. */
export interface Wish {
  /** How often each weekday is sold against a seventh, Monday first; null while too few deals tell. */
  readonly demand: readonly number[] | null;
  /** Both sides' notice, in days. */
  readonly leadDays: number;
  /** Campsites seek school holidays, others avoid them. */
  readonly seeksHolidays: boolean;
}

/** Points of a reason at its strongest. Ours by judgement, on criteria 10, 19, 21, 22 and 24 of `touring`; nothing learns them yet. */
const most = { free: 15, weekday: 25, eve: 12, holiday: 6, school: 10, competition: 20, quiet: 8, lead: 25 } as const;
const base = 30;
/** So many shows nearby speak against a day as strongly as can be. */
const crowded = 4;

/** How often each weekday is sold against a seventh, in tenths, of at least forty deals; null of fewer. */
export function demandOf(days: readonly Day[]): number[] | null {
  if (days.length < 40) return null;
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => Math.round((10 * 7 * days.filter((day) => weekdayOf(day) === weekday).length) / days.length) / 10);
}

/** The days that score best, the best first; of two alike the nearer. */
export function bestDates(days: readonly DayKnown[], wish: Wish, count: number): DateFound[] {
  return days.map((known) => {
    const reasons = reasonsFor(known, wish).filter(({ points }) => points !== 0).sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
    return { day: known.day, score: Math.min(100, Math.max(0, Math.round(reasons.reduce((sum, { points }) => sum + points, base)))), reasons };
  }).sort((a, b) => b.score - a.score || (a.day < b.day ? -1 : 1)).slice(0, count);
}

function reasonsFor({ day, free, ahead, eve, holiday, school, near }: DayKnown, { demand, leadDays, seeksHolidays }: Wish): DayReason[] {
  const weekday = weekdayOf(day);
  const sold = demand?.[weekday - 1] ?? null;
  const reasons: DayReason[] = [{ code: free, points: free === 'free' ? most.free : 0, figures: {} }];
  if (sold !== null) reasons.push({ code: 'weekday', points: Math.round(most.weekday * Math.min(1, Math.max(-1, sold - 1))), figures: { weekday, percent: Math.round(100 * sold) } });
  if (eve) reasons.push({ code: 'eve', points: most.eve, figures: {} });
  else if (holiday) reasons.push({ code: 'holiday', points: most.holiday, figures: {} });
  if (school !== null) reasons.push({ code: school ? 'school' : 'term', points: school ? (seeksHolidays ? most.school : -most.school) : (seeksHolidays ? -most.school : 0), figures: {} });
  reasons.push(near === 0 ? { code: 'quiet', points: most.quiet, figures: { km: nearKm, days: nearDays } } : { code: 'competition', points: -Math.round((most.competition * Math.min(near, crowded)) / crowded), figures: { shows: near, km: nearKm, days: nearDays } });
  if (ahead < leadDays) reasons.push({ code: 'lead', points: -Math.round(most.lead * (1 - ahead / leadDays)), figures: { ahead, leadDays } });
  return reasons;
}

/** How near another show competes: criterion 10 of `touring`. */
export const nearKm = 50;
export const nearDays = 2;

/** The days on which a show nearby competes. */
export const competes = (day: Day): Day[] => Array.from({ length: 2 * nearDays + 1 }, (_, i) => addDays(day, i - nearDays));
