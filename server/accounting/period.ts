import assert from 'node:assert/strict';
import { addDays, type Day } from '../core/time.ts';

/** A stretch of the books: a calendar year, one of its quarters, one of its months, or a financial year. */
export interface Period {
  readonly year: number;
  /** `0` is the whole year; 1 to 4 a quarter, or 1 to 12 a month, as `kind` says; of a financial year the month in which it ends. */
  readonly part: number;
  readonly kind: 'month' | 'quarter' | 'year' | 'financial';
}

/** From a year on, the day on which an organisation's financial years end: `06-30`; `02-29` is the end of February in every year. `since` is the first day of the first of them. */
export interface Closing {
  readonly since: Day;
  readonly monthDay: string;
}

/** A stretch of days, both of them in it. */
export interface Stretch {
  readonly first: Day;
  readonly last: Day;
}

/** What holds where an organisation stated nothing, and before what it stated. */
export const calendarYear: Closing = { since: '0001-01-01', monthDay: '12-31' };

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const closingIn = (year: number, monthDay: string): Day => `${String(year).padStart(4, '0')}-${monthDay === '02-29' && !isLeap(year) ? '02-28' : monthDay}`;

/** The closing day that holds on a day. `closings` are in the order of their days. */
export const closingOn = (day: Day, closings: readonly Closing[]): Closing => closings.findLast(({ since }) => since <= day) ?? calendarYear;

/** The financial year that a day is of: twelve months to the closing day, or fewer where another closing day came in between (C. com. art. L123-12, read 2026-11-22). */
export function financialYearOf(day: Day, closings: readonly Closing[]): Stretch {
  const { since, monthDay } = closingOn(day, closings);
  const next = closings.find((one) => one.since > day);
  const year = Number(day.slice(0, 4));
  const ends = day <= closingIn(year, monthDay) ? year : year + 1;
  const [begun, over] = [addDays(closingIn(ends - 1, monthDay), 1), closingIn(ends, monthDay)];
  const cut = next ? addDays(next.since, -1) : over;
  return { first: begun > since ? begun : since, last: cut < over ? cut : over };
}

const parts = { year: 0, quarter: 4, month: 12, financial: 12 } as const;

/** Whether there is such a period: a quarter is 1 to 4, a month 1 to 12, a year has no part. Whether a financial year ends in its month its closing days say. */
export const isPeriod = ({ kind, part }: Period): boolean => (kind === 'year' ? part === 0 : part >= 1 && part <= parts[kind]);

/** The first and the last day of a period; null of a financial year that none is: none ends in that month. */
export function daysOf(period: Period, closings: readonly Closing[]): Stretch | null {
  assert(isPeriod(period), 'a period is one of the year');
  if (period.kind !== 'financial') return calendarDaysOf(period);
  const month = calendarDaysOf({ ...period, kind: 'month' });
  return [month.last, month.first].map((day) => financialYearOf(day, closings)).find(({ last }) => last >= month.first && last <= month.last) ?? null;
}

function calendarDaysOf({ year, part, kind }: Period): Stretch {
  const length = kind === 'year' ? 12 : kind === 'quarter' ? 3 : 1;
  const from = kind === 'year' ? 1 : (part - 1) * length + 1;
  const after = from + length;
  const day = (y: number, month: number): Day => `${y}-${String(month).padStart(2, '0')}-01`;
  return { first: day(year, from), last: addDays(after > 12 ? day(year + 1, after - 12) : day(year, after), -1) };
}

/** `2027`, `2027-T2`, `2027-05`, `exercice-2028-06`: what a file of the period is called. */
export function nameOf({ year, part, kind }: Period): string {
  if (kind === 'year') return String(year);
  return kind === 'quarter' ? `${year}-T${part}` : `${kind === 'financial' ? 'exercice-' : ''}${year}-${String(part).padStart(2, '0')}`;
}
