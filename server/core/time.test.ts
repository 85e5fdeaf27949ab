import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dayIn, daysBetween, daysFrom, fromDay, hourOf, instantAt, minutesOf, toDay, weekdayOf } from './time.ts';

test.each([
  // The night of 28 March 2027 has no 02:30 in Paris and Brussels; that of 31 October 2027 has it twice.
  ['2027-03-27', '20:30', 'Europe/Paris', '2027-03-27T19:30:00.000Z'],
  ['2027-03-28', '20:30', 'Europe/Brussels', '2027-03-28T18:30:00.000Z'],
  ['2027-03-28', '02:30', 'Europe/Paris', '2027-03-28T01:30:00.000Z'],
  ['2027-10-30', '20:30', 'Europe/Brussels', '2027-10-30T18:30:00.000Z'],
  ['2027-10-31', '02:30', 'Europe/Brussels', '2027-10-31T00:30:00.000Z'],
  ['2027-10-31', '20:30', 'Europe/Paris', '2027-10-31T19:30:00.000Z'],
  ['2027-07-14', '00:00', 'Indian/Reunion', '2027-07-13T20:00:00.000Z'],
  ['2027-07-14', '12:00', 'UTC', '2027-07-14T12:00:00.000Z'],
])('%s %s in %s is %s', (day, hour, zone, instant) => {
  expect(instantAt(day, hour, zone).toISOString()).toBe(instant);
});

test('a show late in the evening falls on its own night, wherever the server stands', () => {
  expect(dayIn(new Date('2027-07-14T22:30:00Z'), 'Europe/Paris')).toBe('2027-07-15');
  expect(dayIn(new Date('2027-07-14T21:30:00Z'), 'Europe/Paris')).toBe('2027-07-14');
});

test('days are counted across the nights the clocks change', () => {
  expect(daysFrom('2027-03-27', 3)).toEqual(['2027-03-27', '2027-03-28', '2027-03-29']);
  expect(addDays('2027-11-01', -2)).toBe('2027-10-30');
  expect(daysBetween('2027-03-27', '2027-03-29')).toBe(2);
});

test('a day and an hour come back from the instant they name', () => {
  const zones = fc.constantFrom('Europe/Paris', 'Europe/Brussels', 'Europe/Zurich', 'America/Martinique', 'Pacific/Noumea');
  fc.assert(fc.property(fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 4, max: 23 }), zones, (offset, hour, zone) => {
    const day = addDays('2026-01-01', offset);
    expect(dayIn(instantAt(day, `${String(hour).padStart(2, '0')}:00`, zone), zone)).toBe(day);
    expect(toDay(fromDay(day))).toBe(day);
  }));
});

test('a week begins on Monday', () => {
  expect(daysFrom('2027-03-01', 7).map(weekdayOf)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test.each([['00:00', 0], ['09:05', 545], ['20:30', 1_230], ['23:59', 1_439]])('%s is %s minutes after midnight', (hour, minutes) => {
  expect(minutesOf(hour)).toBe(minutes);
  expect(hourOf(minutes)).toBe(hour);
  expect(hourOf(minutes + 1_440)).toBe(hour);
});

test.each(['', 'soon', '20', '20 h'])('“%s” is no hour', (said) => {
  expect(minutesOf(said)).toBeNaN();
});
