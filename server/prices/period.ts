import { fromDay, toDay, type Day } from '../core/time.ts';

/**
 * The day on which a month that began on `since` ends, and the next begins: the same day of the next month, or its last day where the month
 * is shorter. Who began on the 31st has 28 February, and 31 March again.
 *
 * @param anchor The day of the month on which the plan began, 1 to 31.
 */
export function monthAfter(since: Day, anchor: number): Day {
  const [year = 0, month = 0] = since.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return toDay(new Date(Date.UTC(year, month, Math.min(anchor, last))));
}

/** The same day `count` months later, or the last of that month. */
export function monthsLater(day: Day, count: number): Day {
  const anchor = fromDay(day).getUTCDate();
  return Array.from({ length: count }).reduce<Day>((at) => monthAfter(at, anchor), day);
}

/** The same day a year earlier; of 29 February, the 28th. */
export function yearBefore(day: Day): Day {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${String(Number(year) - 1)}-${month}-${month === '02' && date === '29' ? '28' : date}`;
}

/** The names of the last `count` months, `2027-01`, the oldest first; that of `day` is the last. */
export function lastMonths(day: Day, count: number): string[] {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return Array.from({ length: count }, (_, place) => toDay(new Date(Date.UTC(year, month - count + place, 1))).slice(0, 7));
}
