import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween, fromDay, instantAt, toDay } from '../core/time.ts';
import { lastMonths, monthAfter, monthsLater, yearBefore } from './period.ts';

test.each([
  ['2027-01-31', 31, '2027-02-28'], ['2027-02-28', 31, '2027-03-31'], ['2028-01-31', 31, '2028-02-29'], ['2028-02-29', 31, '2028-03-31'],
  ['2027-01-30', 30, '2027-02-28'], ['2027-02-28', 30, '2027-03-30'], ['2027-12-15', 15, '2028-01-15'], ['2027-12-31', 31, '2028-01-31'], ['2027-03-31', 31, '2027-04-30'],
])('a month from %s, begun on a %i, ends on %s', (since, anchor, until) => {
  expect(monthAfter(since, anchor)).toBe(until);
});

test('whoever began on the 31st is never pushed to an earlier day for good', () => {
  let day = '2027-01-31';
  for (let month = 0; month < 24; month += 1) day = monthAfter(day, 31);
  expect(day).toBe('2029-01-31');
  expect(monthsLater('2027-01-31', 3)).toBe('2027-04-30');
});

test('months follow each other without a gap, each of 28 to 31 days', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 40_000 }), (n) => {
    const since = addDays('2000-01-01', n);
    const anchor = fromDay(since).getUTCDate();
    const until = monthAfter(since, anchor);
    expect(daysBetween(since, until)).toBeGreaterThanOrEqual(28);
    expect(daysBetween(since, until)).toBeLessThanOrEqual(31);
    expect(toDay(fromDay(until))).toBe(until);
  }));
});

test('a renewal is due at eight in the morning there, on the days the clocks change too', () => {
  expect(instantAt('2027-03-27', '08:00', 'Europe/Paris').toISOString()).toBe('2027-03-27T07:00:00.000Z');
  expect(instantAt('2027-03-28', '08:00', 'Europe/Paris').toISOString()).toBe('2027-03-28T06:00:00.000Z');
  expect(instantAt('2027-10-31', '08:00', 'Europe/Paris').toISOString()).toBe('2027-10-31T07:00:00.000Z');
});

test('a year back is the same day, and 29 February has the 28th', () => {
  expect(yearBefore('2027-03-01')).toBe('2026-03-01');
  expect(yearBefore('2028-02-29')).toBe('2027-02-28');
});

test('the last months end with the one of the day, across the year', () => {
  expect(lastMonths('2027-02-28', 3)).toEqual(['2026-12', '2027-01', '2027-02']);
  expect(lastMonths('2027-12-01', 12)[0]).toBe('2027-01');
});
