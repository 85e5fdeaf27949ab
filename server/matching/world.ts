import { isSchoolHoliday, publicHolidays } from '../calendar/holidays.ts';
import { addDays, daysFrom, weekdayOf, type Day } from '../core/time.ts';
import { COUNTRIES, horizon, words, ZONES } from './columns.ts';
import type { World } from './pair.ts';
import { squareOf, squares } from './profile.ts';

const shared = (count: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(count * 4) as unknown as ArrayBuffer);
const set = (calendar: Uint32Array, row: number, day: number): void => {
  const at = row * words + (day >>> 5);
  calendar[at] = (calendar[at] ?? 0) | (1 << (day & 31));
};

/**
 * What is so for every pair, from `origin` on: months, holidays, feasts and their eves, how near genres are, and the shows that are announced.
 *
 * @param shows Where and when shows are announced, of everybody's.
 */
export function worldFrom(origin: Day, kin: Float32Array, shows: readonly { readonly day: Day; readonly lat: number; readonly lng: number }[]): World {
  const days = daysFrom(origin, horizon);
  const numbers = new Map(days.map((day, i) => [day, i]));
  const [schools, schoolsKnown, feasts] = [shared(ZONES.length * words), shared(ZONES.length * words), shared(COUNTRIES.length * words)];
  const years = [...new Set(days.map((day) => Number(day.slice(0, 4))))];
  for (const [zone, name] of ZONES.entries()) for (const [i, day] of days.entries()) {
    const holiday = isSchoolHoliday(name, day);
    if (holiday === null) continue;
    set(schoolsKnown, zone, i);
    if (holiday) set(schools, zone, i);
  }
  for (const [country, code] of COUNTRIES.entries()) for (const feast of years.flatMap((year) => publicHolidays(code, year))) for (const day of [feast, addDays(feast, -1)]) {
    const i = numbers.get(day);
    if (i !== undefined) set(feasts, country, i);
  }
  const events = new Uint8Array(new SharedArrayBuffer(squares.columns * squares.rows * horizon) as unknown as ArrayBuffer);
  for (const { day, ...at } of shows) {
    const [i, square] = [numbers.get(day), squareOf(at)];
    if (i === undefined || square >= squares.columns * squares.rows) continue;
    events[square * horizon + i] = Math.min(255, (events[square * horizon + i] ?? 0) + 1);
  }
  const near = new Float32Array(new SharedArrayBuffer(kin.byteLength) as unknown as ArrayBuffer);
  near.set(kin);
  return { weekday: weekdayOf(origin), months: Uint8Array.from(days, (day) => Number(day.slice(5, 7)) - 1), schools, schoolsKnown, feasts, kin: near, genres: Math.round(Math.sqrt(kin.length)), events };
}

/** Days as words of the calendar; of `weekdays` those alone, where any are named. */
export function wordsOf(origin: Day, asked: { readonly from: Day; readonly until: Day; readonly weekdays: readonly number[] }): Uint32Array {
  const found = new Uint32Array(words);
  for (const [i, day] of daysFrom(origin, horizon).entries()) {
    if (day >= asked.from && day <= asked.until && (asked.weekdays.length === 0 || asked.weekdays.includes(weekdayOf(day)))) set(found, 0, i);
  }
  return found;
}
