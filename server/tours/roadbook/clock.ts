import { addDays, dayIn, hourOf, instantAt, type Day } from '../../core/time.ts';
import { homeOf } from '../../identity/home.ts';
import type { Spot } from '../question.ts';
import type { Moment } from './book.ts';

/** The clocks of the countries around those that we serve, by ISO code. IANA names, release 2025b, read 2026-11-22. */
const zones: Readonly<Record<string, string>> = {
  BE: 'Europe/Brussels', CH: 'Europe/Zurich', LU: 'Europe/Luxembourg', DE: 'Europe/Berlin', NL: 'Europe/Amsterdam', IT: 'Europe/Rome', ES: 'Europe/Madrid', PT: 'Europe/Lisbon', GB: 'Europe/London', IE: 'Europe/Dublin', AT: 'Europe/Vienna',
  DK: 'Europe/Copenhagen', CZ: 'Europe/Prague', PL: 'Europe/Warsaw', SE: 'Europe/Stockholm', NO: 'Europe/Oslo', FI: 'Europe/Helsinki', MC: 'Europe/Monaco', AD: 'Europe/Andorra',
};

/** The clock of a place: by its commune where that is known, else by its country; Paris where neither says. */
export const zoneOf = ({ insee, country }: Pick<Spot, 'insee' | 'country'>): string => (insee ? homeOf(insee).timeZone : zones[country] ?? homeOf('').timeZone);

const hours = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a place show at an instant. */
export function momentOf(at: Date, timeZone: string): Moment {
  let format = hours.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' });
    hours.set(timeZone, format);
  }
  return { day: dayIn(at, timeZone), hour: format.format(at), timeZone, at: at.toISOString() };
}

/** The instant of so many minutes after midnight of a day, as the clocks of the place show them: 26 hours are two in the morning of the next day, however long that night was. */
export function instantOf(day: Day, minutes: number, timeZone: string): Date {
  const days = Math.floor(minutes / 1_440);
  return instantAt(addDays(day, days), hourOf(minutes - days * 1_440), timeZone);
}

/** So many minutes later, by a watch that nobody sets. */
export const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);
