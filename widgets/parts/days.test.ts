import { assert } from '@open-wc/testing';
import { dayByKey, daysAfter, daysBetween, lastOf, monthsAfter, monthsOf, weekdayOf, weeksOf } from './days.ts';

it('a month is six weeks from Monday', () => {
  const weeks = weeksOf('2027-06');
  assert.lengthOf(weeks, 6);
  assert.deepEqual(weeks[0], ['', '2027-06-01', '2027-06-02', '2027-06-03', '2027-06-04', '2027-06-05', '2027-06-06']);
  assert.equal(weeks.flat().filter(Boolean).length, 30);
});

it('keys lead where calendar grids lead', () => {
  const from = '2027-03-31';
  assert.deepEqual(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', 'a'].map((key) => dayByKey(from, key)),
    ['2027-03-30', '2027-04-01', '2027-03-24', '2027-04-07', '2027-03-29', '2027-04-04', '2027-02-28', '2027-04-30', null]);
});

it('months and days roll over years and leap days', () => {
  assert.equal(monthsAfter('2027-12', 1), '2028-01');
  assert.equal(monthsAfter('2027-01', -1), '2026-12');
  assert.equal(lastOf('2028-02'), '2028-02-29');
  assert.equal(daysAfter('2027-12-31', 1), '2028-01-01');
});

it('a period has its days and months, over a change of clocks and of the year', () => {
  assert.equal(daysBetween('2027-03-27', '2027-03-29'), 2);
  assert.equal(daysBetween('2027-03-29', '2027-03-27'), -2);
  assert.deepEqual(monthsOf('2026-11-30', '2027-01-01'), ['2026-11', '2026-12', '2027-01']);
  assert.equal(weekdayOf('2027-03-01'), 0);
});
