/** A calendar day at the venue, `YYYY-MM-DD`, without time zone: a show belongs to a night, not to an instant. */
export type Day = string;

const dayMs = 86_400_000;

/** The day of a `@db.Date` column, which is read as midnight UTC. */
export const toDay = (date: Date): Day => date.toISOString().slice(0, 10);

/** A day for a `@db.Date` column. */
export const fromDay = (day: Day): Date => new Date(`${day}T00:00:00Z`);

/** The days from `first`, `count` of them. */
export const daysFrom = (first: Day, count: number): Day[] => Array.from({ length: count }, (_, i) => addDays(first, i));

/** `count` days after `day`, or before it when negative. */
export const addDays = (day: Day, count: number): Day => toDay(new Date(fromDay(day).getTime() + count * dayMs));

/** How many days from `first` to `second`; negative when it lies before. */
export const daysBetween = (first: Day, second: Day): number => Math.round((fromDay(second).getTime() - fromDay(first).getTime()) / dayMs);

/** The weekday of a day: Monday is 1, Sunday 7. */
export const weekdayOf = (day: Day): number => fromDay(day).getUTCDay() || 7;

const two = (n: number): string => String(n).padStart(2, '0');

/** What clocks show so many minutes after midnight, `20:30`; past 24 hours it is the hour of the next day. */
export const hourOf = (minutes: number): string => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;

/** Minutes after midnight of an hour, `20:30`; NaN of what is none. */
export function minutesOf(hour: string): number {
  const [hours = NaN, minutes = NaN] = hour.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The calendar day that `instant` falls on at a place. */
export function dayIn(instant: Date, timeZone: string): Day {
  const { year, month, day } = parts(instant, timeZone);
  return `${year}-${month}-${day}`;
}

/**
 * The instant of a day and an hour, `20:30`, at a place. An hour that the clock skips in spring is read as the one after it; of
 * an hour that comes twice in autumn the first is meant.
 */
export function instantAt(day: Day, hour: string, timeZone: string): Date {
  const wanted = Date.parse(`${day}T${hour}:00Z`);
  // The offset a day earlier and a day later: the clock changes at most once between.
  const offsets = [wanted - dayMs, wanted + dayMs].map((near) => offsetMs(new Date(near), timeZone));
  const candidates = offsets.map((offset) => wanted - offset);
  const right = candidates.filter((candidate) => candidate + offsetMs(new Date(candidate), timeZone) === wanted);
  return new Date(right.length > 0 ? Math.min(...right) : Math.max(...candidates));
}

/** How far a place's clock is ahead of UTC at `instant`, in milliseconds. */
function offsetMs(instant: Date, timeZone: string): number {
  const { year, month, day, hour, minute, second } = parts(instant, timeZone);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(instant.getTime() / 1_000) * 1_000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function parts(instant: Date, timeZone: string): Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string> {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value])) as ReturnType<typeof parts>;
}
