/* Reckoning with days, `YYYY-MM-DD`, and months, `YYYY-MM`. A day has no time zone: it is reckoned in UTC. */

const DAY_MS = 86_400_000;

/** The day so many days later; earlier when negative. */
export const daysAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days lie between two, from the first; negative when the second is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** The month so many months later. */
export function monthsAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The last day of a month. */
export const lastOf = (month: string): string => daysAfter(`${monthsAfter(month, 1)}-01`, -1);

/** The months that a period touches, in order. */
export function monthsOf(from: string, until: string): readonly string[] {
  const months: string[] = [];
  for (let month = from.slice(0, 7); month <= until.slice(0, 7); month = monthsAfter(month, 1)) months.push(month);
  return months;
}

/** Which day of the week it is: 0 is Monday. */
export const weekdayOf = (day: string): number => (new Date(day).getUTCDay() + 6) % 7;

/** The six weeks that a month can touch, from Monday: always six, so that every month has the same height. Days of other months are empty. */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const first = `${month}-01`;
  const start = daysAfter(first, -weekdayOf(first));
  // Never `Array.from`: old libraries on partners' pages put one of theirs in its place that makes nothing of a length.
  const week = [0, 1, 2, 3, 4, 5, 6];
  return week.slice(1).map((row) => week.map((at) => daysAfter(start, (row - 1) * 7 + at)).map((day) => (day.startsWith(month) ? day : '')));
}

/** Where a key of the keyboard leads from a day, as in every calendar grid; null for a key that leads nowhere. */
export function dayByKey(day: string, key: string): string | null {
  const month = day.slice(0, 7);
  // The same day of another month, or its last one: from 31 March, a month back is 28 February.
  const inMonth = (other: string): string => [`${other}-${day.slice(8)}`, lastOf(other)].sort()[0] ?? day;
  switch (key) {
    case 'ArrowLeft': return daysAfter(day, -1);
    case 'ArrowRight': return daysAfter(day, 1);
    case 'ArrowUp': return daysAfter(day, -7);
    case 'ArrowDown': return daysAfter(day, 7);
    case 'Home': return daysAfter(day, -weekdayOf(day));
    case 'End': return daysAfter(day, 6 - weekdayOf(day));
    case 'PageUp': return inMonth(monthsAfter(month, -1));
    case 'PageDown': return inMonth(monthsAfter(month, 1));
    default: return null;
  }
}
