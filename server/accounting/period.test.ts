import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween } from '../core/time.ts';
import { daysOf, financialYearOf, type Closing } from './period.ts';

test.each<[string, readonly Closing[], string, string]>([
  ['2027-05-20', [], '2027-01-01', '2027-12-31'],
  ['2027-05-20', [{ since: '2000-01-01', monthDay: '06-30' }], '2026-07-01', '2027-06-30'],
  ['2027-07-01', [{ since: '2000-01-01', monthDay: '06-30' }], '2027-07-01', '2028-06-30'],
  // February ends when it ends.
  ['2027-03-01', [{ since: '2000-01-01', monthDay: '02-29' }], '2027-03-01', '2028-02-29'],
  ['2027-02-28', [{ since: '2000-01-01', monthDay: '02-29' }], '2026-03-01', '2027-02-28'],
  // Another closing day makes one short year.
  ['2028-02-01', [{ since: '2028-01-01', monthDay: '06-30' }], '2028-01-01', '2028-06-30'],
  ['2027-12-31', [{ since: '2028-01-01', monthDay: '06-30' }], '2027-01-01', '2027-12-31'],
  ['2028-08-01', [{ since: '2000-01-01', monthDay: '06-30' }, { since: '2028-07-01', monthDay: '12-31' }], '2028-07-01', '2028-12-31'],
])('%s is of a financial year by what was stated (ES-14)', (day, closings, first, last) => {
  expect(financialYearOf(day, closings)).toEqual({ first, last });
  expect(daysOf({ kind: 'financial', year: Number(last.slice(0, 4)), part: Number(last.slice(5, 7)) }, closings)).toEqual({ first, last });
});

test('every day is of one financial year, and each begins where the one before ended, of a year at most', () => {
  const days = fc.integer({ min: 0, max: 4_000 }).map((n) => addDays('2024-01-01', n));
  const closings = fc.uniqueArray(fc.record({ since: days, monthDay: fc.constantFrom('12-31', '06-30', '02-29', '08-15') }), { maxLength: 4, selector: ({ since }) => since }).map((all) => all.sort((a, b) => (a.since < b.since ? -1 : 1)));
  fc.assert(fc.property(days, closings, (day, all) => {
    const { first, last } = financialYearOf(day, all);
    expect(first <= day && day <= last && daysBetween(first, last) <= 365).toBe(true);
    expect(financialYearOf(addDays(last, 1), all).first).toBe(addDays(last, 1));
    expect(financialYearOf(first, all)).toEqual({ first, last });
  }));
});
