import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { feesOf, middle, monthsOf, seasonOf, sumsOf, wantedOf, type Asked } from './figures.ts';

const asked = (over: Partial<Asked> = {}): Asked => ({
  day: '2027-03-01', showDay: '2027-07-14', asker: 'venue', artist: 'Les Vagues Lentes', city: 'Rennes', km: 40, page: 'theatre.example/artiste', own: true, answerMinutes: 60, signed: false, fee: null, budget: euros(100_000n), ...over,
});
const deal = (minor: bigint, over: Partial<Asked> = {}): Asked => asked({ signed: true, fee: euros(minor), ...over });

test.each([
  [[], null], [[1n, 2n, 3n, 4n], null], [[5n, 1n, 3n, 2n, 4n], 3n], [[1n, 2n, 3n, 4n, 5n, 6n], 3n], [[9n, 9n, 9n, 10n, 11n, 12n], 9n], [[-5n, 0n, 10n, 20n, 30n], 10n],
] as [bigint[], bigint | null][])('the middle of %s is %s: of fewer than five none is claimed (AN-05)', (values, expected) => {
  expect(middle(values)).toBe(expected);
});

test('of four requests the numbers are said, and no share or middle; of five both are (AN-05, AN-06)', () => {
  const four = [deal(100_000n), deal(120_000n), asked(), asked({ answerMinutes: null })];
  expect(sumsOf(four)).toEqual({
    requests: 4, own: 4, answered: 3, contracts: 2, conversionBps: null, answerMinutes: null, leadDays: null, fees: [{ currency: 'EUR', n: 2, sum: { minor: 220_000, currency: 'EUR' }, median: null }],
  });
  const five = sumsOf([...four, asked({ showDay: '2027-03-11' })]);
  expect(five).toMatchObject({ requests: 5, contracts: 2, conversionBps: 4_000, leadDays: 135, answered: 4, answerMinutes: null });
  expect(sumsOf([...four, asked(), asked({ answerMinutes: 600 })])).toMatchObject({ answered: 5, answerMinutes: 60, conversionBps: 3_333 });
});

test('fees are summed in each currency apart, and never across (BI-05)', () => {
  const francs = Array.from({ length: 5 }, (_, n) => ({ minor: BigInt(n + 1) * 1_000n, currency: 'CHF' as const }));
  expect(feesOf([euros(10n), null, ...francs])).toEqual([
    { currency: 'CHF', n: 5, sum: { minor: 15_000, currency: 'CHF' }, median: { minor: 3_000, currency: 'CHF' } }, { currency: 'EUR', n: 1, sum: { minor: 10, currency: 'EUR' }, median: null },
  ]);
});

test('of what others asked through one’s page there are requests and contracts, no answer and no amount (AN-06)', () => {
  expect(sumsOf([asked({ own: false, answerMinutes: null, budget: null, signed: true })])).toMatchObject({ requests: 1, own: 0, answered: 0, contracts: 1, fees: [] });
});

test('a month stands beside the same one a year before, and the one that runs beside as much of it as has run (AN-06)', () => {
  const all = ['2026-02-10', '2026-02-28', '2026-03-05', '2026-03-20', '2027-02-01', '2027-03-04', '2027-03-11'].map((day) => asked({ day }));
  const [february, march] = monthsOf(all, ['2027-02', '2027-03'], '2027-03-10');
  expect([february?.requests, february?.before.requests]).toEqual([1, 2]);
  expect([march?.requests, march?.before.requests]).toEqual([1, 1]);
  expect(monthsOf([asked({ day: '2023-02-28' })], ['2024-02'], '2024-02-29')[0]?.before.requests).toBe(1);
});

test('what is wanted is told by weekday, month, asker, town, distance and page (AN-05)', () => {
  const all = [asked(), deal(1n), asked({ showDay: '2027-12-31', city: 'Nantes', km: 150, asker: 'private', page: '' }), asked({ km: null, city: '' }), asked({ km: 300 })];
  const wanted = wantedOf(all);
  // 14 July 2027 is a Wednesday, 31 December a Friday.
  expect(wanted.weekdays).toEqual([0, 0, 4, 0, 1, 0, 0]);
  expect(wanted.months).toEqual([0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 1]);
  expect(wanted.askers).toEqual([{ name: 'venue', n: 4, contracts: 1 }, { name: 'private', n: 1, contracts: 0 }]);
  expect(wanted.towns).toEqual([{ name: 'Rennes', n: 3, contracts: 1 }, { name: 'Nantes', n: 1, contracts: 0 }]);
  expect(wanted.distances).toEqual([{ name: '50', n: 2, contracts: 1 }, { name: '300', n: 1, contracts: 0 }, { name: '0', n: 1, contracts: 0 }]);
  expect(wanted.pages).toEqual([{ name: 'theatre.example/artiste', n: 4, contracts: 1 }]);
  expect(wantedOf(Array.from({ length: 12 }, (_, n) => asked({ city: `Ville ${n}` }))).towns).toHaveLength(8);
});

test('the months to come of a place say what is on, asked for and free, and what is paid beside the budgets (BI-06)', () => {
  const night = (day: string) => ({ day, startTime: '20:30', title: 'Les Vagues Lentes', place: 'Théâtre', fee: null });
  const [march, april] = seasonOf({
    // 12 March 2027 is a Friday.
    nights: [night('2027-03-01'), night('2027-03-12'), night('2027-03-12')], open: ['2027-03-12', '2027-03-13', '2027-03-13', '2027-04-02', '2027-03-02'],
    deals: [deal(110_000n, { showDay: '2027-03-12', budget: euros(120_000n) }), asked({ showDay: '2027-03-20' })],
  }, ['2027-03', '2027-04'], '2027-03-10');
  expect(march).toEqual({
    month: '2027-03', days: 22, played: 1, asked: 1, free: 21, freeWeekends: 5, fees: [{ currency: 'EUR', n: 1, sum: { minor: 110_000, currency: 'EUR' }, median: null }], budgets: [{ currency: 'EUR', n: 1, sum: { minor: 120_000, currency: 'EUR' }, median: null }],
  });
  expect(april).toMatchObject({ days: 30, played: 0, asked: 1, free: 30, freeWeekends: 9, fees: [], budgets: [] });
});
