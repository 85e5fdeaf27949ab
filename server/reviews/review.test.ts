import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import { daysBetween } from '../core/time.ts';
import { attendanceOf, checkAttendance, closesAt, isSame, lastDay, mostPeople, partsOf, remindAt, type Words } from './review.ts';

const played = (day: string, playedAt: string, timeZone = 'Europe/Paris') => ({ day, timeZone, playedAt: new Date(playedAt) });

test.each([
  ['both said so that night', played('2027-05-08', '2027-05-08T21:30:00Z'), '2027-06-07', '2027-06-07T22:00:00.000Z'],
  ['two days passed', played('2027-05-08', '2027-05-10T18:30:00Z'), '2027-06-09', '2027-06-09T22:00:00.000Z'],
  ['it was contested, and confirmed much later', played('2027-05-08', '2027-07-20T10:00:00Z'), '2027-08-19', '2027-08-19T22:00:00.000Z'],
  ['the hour after midnight at the place, not by UTC', played('2027-05-08', '2027-05-08T22:30:00Z'), '2027-06-08', '2027-06-08T22:00:00.000Z'],
  ['the clock goes on between', played('2027-03-20', '2027-03-20T22:00:00Z'), '2027-04-19', '2027-04-19T22:00:00.000Z'],
  ['the clock goes on in its last night', played('2027-02-26', '2027-02-26T22:00:00Z'), '2027-03-28', '2027-03-28T22:00:00.000Z'],
  ['the clock goes back in its last night', played('2027-10-01', '2027-10-01T21:00:00Z'), '2027-10-31', '2027-10-31T23:00:00.000Z'],
  ['an island far away', played('2027-05-08', '2027-05-09T03:00:00Z', 'America/Martinique'), '2027-06-07', '2027-06-08T04:00:00.000Z'],
] as const)('%s: thirty days are open, the last one whole, at the place (PR-16)', (_, show, day, end) => {
  expect(lastDay(show)).toBe(day);
  expect(closesAt(show).toISOString()).toBe(end);
});

test.each([['2027-05-08', '2027-05-09T08:00:00.000Z'], ['2027-03-27', '2027-03-28T08:00:00.000Z'], ['2027-10-30', '2027-10-31T09:00:00.000Z']])('who has not written of %s is reminded at ten the next morning, also when the clock changed that night (PR-16)', (day, at) => {
  expect(remindAt({ day, timeZone: 'Europe/Paris' }).toISOString()).toBe(at);
});

test('a reminder comes before the end, and the end is thirty days after the show or later', () => {
  const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });
  fc.assert(fc.property(instants, fc.integer({ min: 0, max: 90 }), fc.constantFrom('Europe/Paris', 'Europe/Zurich', 'America/Martinique', 'Indian/Reunion'), (at, later, timeZone) => {
    const day = at.toISOString().slice(0, 10);
    const show = played(day, new Date(at.getTime() + later * 86_400_000).toISOString(), timeZone);
    expect(remindAt(show).getTime()).toBeLessThan(closesAt(show).getTime());
    expect(daysBetween(day, lastDay(show))).toBeGreaterThanOrEqual(30);
  }));
});

test.each([
  [250, false, 500], [0, false, 500_000], [250, true, 500_000], [400_000, false, 500_000],
])('of a place of %i, outdoors %s, up to %i people are believed (PR-16)', (capacity, outdoor, most) => {
  expect(mostPeople({ capacity, outdoor })).toBe(most);
  expect(() => { checkAttendance(most, most); checkAttendance(0, most); checkAttendance(null, most); }).not.toThrow();
  expect(() => { checkAttendance(most + 1, most); }).toThrow(expect.objectContaining({ code: 'attendance_absurd', details: { most: String(most) } }) as AppError);
});

test.each([
  [{}, null], [{ artist: 180 }, 180], [{ buyer: 210 }, 210], [{ artist: 180, buyer: 210 }, 210], [{ artist: 180, buyer: null }, 180], [{ artist: 180, buyer: 0 }, 0],
])('of %j the place’s word goes first: %s', (counted, people) => {
  expect(attendanceOf(counted)).toBe(people);
});

test('each side speaks of the other, and both of what was agreed', () => {
  expect([partsOf('artist'), partsOf('buyer')]).toEqual([['welcome', 'technical', 'agreed'], ['performance', 'audience', 'agreed']]);
});

const words: Words = { stars: 4, parts: { agreed: 5 }, words: 'Bien.', attendance: null };
test.each([
  [{}, true], [{ parts: { agreed: 5, welcome: null } }, true], [{ stars: 5 }, false], [{ parts: {} }, false], [{ parts: { agreed: 5, welcome: 1 } }, false], [{ words: 'Bien' }, false], [{ attendance: 0 }, false],
])('said again with %j it is the same: %s', (over, same) => {
  expect(isSame(words, { ...words, ...over })).toBe(same);
  expect(isSame({ ...words, ...over }, words)).toBe(same);
});
