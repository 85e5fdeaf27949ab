import assert from 'node:assert/strict';
import { addDays, type Day } from '../core/time.ts';

/** A stretch of the books: a calendar year, one of its quarters, or one of its months. */
export interface Period {
  readonly year: number;
  /** `0` is the whole year; 1 to 4 a quarter, or 1 to 12 a month, as `kind` says. */
  readonly part: number;
  readonly kind: 'month' | 'quarter' | 'year';
}

const parts = { year: 0, quarter: 4, month: 12 } as const;

/** Whether there is such a period: a quarter is 1 to 4, a month 1 to 12, a year has no part. */
export const isPeriod = ({ kind, part }: Period): boolean => (kind === 'year' ? part === 0 : part >= 1 && part <= parts[kind]);

/** The first and the last day of a period. */
export function daysOf(period: Period): { first: Day; last: Day } {
  assert(isPeriod(period), 'a period is one of the year');
  const { year, part, kind } = period;
  const length = kind === 'year' ? 12 : kind === 'quarter' ? 3 : 1;
  const from = kind === 'year' ? 1 : (part - 1) * length + 1;
  const after = from + length;
  const day = (y: number, month: number): Day => `${y}-${String(month).padStart(2, '0')}-01`;
  return { first: day(year, from), last: addDays(after > 12 ? day(year + 1, after - 12) : day(year, after), -1) };
}

/** `2027`, `2027-T2`, `2027-05`: what a file of the period is called. */
export const nameOf = ({ year, part, kind }: Period): string => (kind === 'year' ? String(year) : kind === 'quarter' ? `${year}-T${part}` : `${year}-${String(part).padStart(2, '0')}`);
