import { expect, test } from 'vitest';
import { bestDates, competes, demandOf, type DayKnown, type Wish } from './best-dates.ts';
import { seasonsOf, trendsOf, type Asked } from './trends.ts';

const plain: DayKnown = { day: '2027-05-12', free: 'free', ahead: 60, eve: false, holiday: false, school: null, near: 1 };
const wish: Wish = { demand: [0.3, 0.3, 0.5, 0.9, 1.8, 2.4, 0.8], leadDays: 21, seeksHolidays: false };
const score = (over: Partial<DayKnown>, also: Partial<Wish> = {}) => bestDates([{ ...plain, ...over }], { ...wish, ...also }, 1)[0]!;

test.each<[string, Partial<DayKnown>, Partial<DayKnown>]>([
  ['a free day goes before one to be talked about', {}, { free: 'flexible' }],
  ['a Saturday, which is sold most, goes before a Wednesday', { day: '2027-05-15' }, {}],
  ['the eve of a public holiday goes before another day', { eve: true }, {}],
  ['fewer shows nearby go before more', { near: 0 }, { near: 3 }],
  ['a day that leaves both sides their notice goes before one that does not', {}, { ahead: 5 }],
  ['a hall keeps clear of school holidays', { school: false }, { school: true }],
])('%s (MA-02, AI-06)', (_, better, worse) => {
  expect(score(better).score).toBeGreaterThan(score(worse).score);
});

test('campsites seek school holidays', () => {
  expect(score({ school: true }, { seeksHolidays: true }).score).toBeGreaterThan(score({ school: false }, { seeksHolidays: true }).score);
});

test('every reason has its figures, and points and a base make the score', () => {
  const { reasons, score: found } = score({ day: '2027-05-15', near: 3, ahead: 7, school: true });
  expect(reasons).toEqual([
    { code: 'weekday', points: 25, figures: { weekday: 6, percent: 240 } }, { code: 'lead', points: -17, figures: { ahead: 7, leadDays: 21 } }, { code: 'free', points: 15, figures: {} },
    { code: 'competition', points: -15, figures: { shows: 3, km: 50, days: 2 } }, { code: 'school', points: -10, figures: {} },
  ]);
  expect(found).toBe(30 + 25 - 17 + 15 - 15 - 10);
});

test('what is not known is no reason', () => {
  expect(score({}, { demand: null }).reasons.map(({ code }) => code)).toEqual(['free', 'competition']);
});

test('of two days alike the nearer comes first, and no more are named than asked for', () => {
  const days = ['2027-05-19', '2027-05-12', '2027-05-26'].map((day) => ({ ...plain, day }));
  expect(bestDates(days, wish, 2).map(({ day }) => day)).toEqual(['2027-05-12', '2027-05-19']);
});

test('weekdays are told of forty deals or more', () => {
  const saturdays = Array.from({ length: 40 }, () => '2027-05-15');
  expect(demandOf(saturdays.slice(1))).toBeNull();
  expect(demandOf(saturdays)).toEqual([0, 0, 0, 0, 0, 7, 0]);
  expect(competes('2027-03-01')).toEqual(['2027-02-27', '2027-02-28', '2027-03-01', '2027-03-02', '2027-03-03']);
});

const asked = (genre: string, recent: boolean, count: number, parties = 6): Asked[] => Array.from({ length: count }, (_, i) => ({ genre, recent, artistOrgId: `org_a${i % parties}`, buyerOrgId: `org_b${i % parties}` }));

test('genres that are asked for more come first, and what few asked for is not named (MA-29)', () => {
  expect(trendsOf([...asked('jazz', true, 30), ...asked('jazz', false, 20), ...asked('rock', true, 10), ...asked('rock', false, 20), ...asked('polka', true, 12), ...asked('polka', false, 7),
    ...asked('tango', true, 7), ...asked('tango', false, 40), ...asked('salsa', true, 40, 4)])).toEqual([
    { genre: 'jazz', recent: 30, before: 20, percent: 50 }, { genre: 'rock', recent: 10, before: 20, percent: -50 }, { genre: 'polka', recent: 12, before: null, percent: null },
  ]);
});

test('a month is told by how many dates in it were asked for, and not where few asked (MA-29)', () => {
  const dates = (month: string, count: number, parties = 6) => Array.from({ length: count }, (_, i) => ({ showDay: `2027-${month}-15`, artistOrgId: `org_a${i % parties}`, buyerOrgId: `org_b${i % parties}` }));
  const months = seasonsOf([...dates('07', 40), ...dates('01', 7), ...dates('02', 30, 3), ...dates('12', 12)]);
  expect(months.map(({ month }) => month)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(months.filter(({ asked: n }) => n !== null)).toEqual([{ month: 7, asked: 40 }, { month: 12, asked: 12 }]);
});
