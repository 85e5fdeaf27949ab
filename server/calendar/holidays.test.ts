import Holidays from 'date-holidays';
import { expect, test } from 'vitest';
import { isSchoolHoliday, publicHolidays, zoneOf } from './holidays.ts';

test.each([
  ['75056', 'FR-C'], ['69123', 'FR-A'], ['44109', 'FR-B'], ['2A004', null], ['97411', null], ['C0261', null], [`B${(21004).toString(36).toUpperCase().padStart(4, '0')}`, 'BE-FR'],
  [`B${(44021).toString(36).toUpperCase().padStart(4, '0')}`, 'BE-NL'], ['L00AB', 'LU'], ['', null], ['B!!!!', null],
])('the zone of %s is %s', (insee, zone) => {
  expect(zoneOf(insee)).toBe(zone);
});

test.each([
  ['FR-A', '2027-02-14', true], ['FR-A', '2027-02-13', false], ['FR-C', '2027-02-07', true], ['FR-B', '2027-03-08', false], ['LU', '2027-05-29', true], ['FR-A', '2029-01-01', null], ['FR-A', '2020-01-01', null],
] as const)('schools of %s on %s: %s', (zone, day, holiday) => {
  expect(isSchoolHoliday(zone, day)).toBe(holiday);
});

test.each([
  ['FR', '2027-07-14', true], ['FR', '2027-05-06', true], ['FR', '2027-05-17', true], ['BE', '2027-07-21', true], ['LU', '2027-06-23', true], ['CH', '2027-08-01', true], ['FR', '2027-07-21', false], ['ZZ', '2027-01-01', false],
])('a public holiday of %s on %s: %s', (country, day, holiday) => {
  expect(publicHolidays(country, 2027).includes(day)).toBe(holiday);
});

test.each(['FR', 'BE', 'LU', 'DE', 'NL'])('a second reader counts the same public holidays of %s for ten years', (country) => {
  const reader = new Holidays(country, { types: ['public'] });
  // It counts feasts that fall on a Sunday by law or custom, and substitutes of some, as public ones; we keep those that the law names.
  for (let year = 2025; year < 2035; year += 1) {
    const theirs = new Set(reader.getHolidays(year).map(({ date }) => date.slice(0, 10)));
    for (const day of publicHolidays(country, year)) expect(theirs.has(day), `${country} ${day}`).toBe(true);
    expect(Math.abs(theirs.size - publicHolidays(country, year).length), `${country} ${year}`).toBeLessThanOrEqual(2);
  }
});
