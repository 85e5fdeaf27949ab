import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros } from '../../core/money.ts';
import { score } from '../score.ts';
import { requestCard, type RequestFacts } from './request.ts';

const known: RequestFacts = {
  artist: { genres: ['jazz manouche'], fee: { min: euros(80_000n), max: euros(120_000n) }, audience: { min: 50, max: 300 }, home: { lat: 47.2184, lng: -1.5536 } },
  request: {
    stageGenres: ['jazz'], namedGenres: ['jazz manouche'], days: ['free'], shows: 1, audience: 150, capacity: 200, budget: euros(140_000n), place: { lat: 47.2, lng: -1.5 },
  },
};
const unknown: RequestFacts = {
  artist: { genres: [], fee: { min: euros(0n), max: euros(0n) }, audience: { min: 0, max: 0 }, home: null },
  request: { stageGenres: [], namedGenres: [], days: [], shows: 1, audience: 0, capacity: 0, budget: euros(0n), place: null },
};
const with_ = (over: { artist?: Partial<RequestFacts['artist']>; request?: Partial<RequestFacts['request']> }): RequestFacts =>
  ({ artist: { ...known.artist, ...over.artist }, request: { ...known.request, ...over.request } });
const degreeOf = (facts: RequestFacts, criterion: string) => score(requestCard, facts).criteria.find((one) => one.criterion === criterion);

test('the weights of the first release (MA-01)', () => {
  expect(requestCard.groups).toEqual({ style: 25, availability: 20, capacity: 20, budget: 20, geography: 15 });
});

test('all known and all well: near the top, with full confidence and its reasons', () => {
  const found = score(requestCard, known);
  expect(found).toMatchObject({ score: 97, confidence: 1, against: [], blockers: [] });
  expect(found.for.map(({ criterion, code }) => [criterion, code])).toEqual([['days', 'days'], ['fee', 'fee'], ['distance', 'distance']]);
});

test('nothing known: the middle, without confidence or reasons', () => {
  expect(score(requestCard, unknown)).toMatchObject({ score: 54, confidence: 0, for: [], against: [], blockers: [] });
});

test.each([
  [20_000n, 0], [40_000n, 0], [60_000n, 0.3], [80_000n, 0.6], [100_000n, 0.8], [120_000n, 1], [500_000n, 1],
])('a budget of %s for fees from 800 to 1,200: %s', (minor, degree) => {
  expect(degreeOf(with_({ request: { budget: euros(minor) } }), 'fee')?.degree).toBeCloseTo(degree);
});

test('one fee without a range is met or not; another currency is not compared', () => {
  const fixed = { fee: { min: euros(80_000n), max: euros(0n) } };
  expect(degreeOf(with_({ artist: fixed, request: { budget: euros(80_000n) } }), 'fee')?.degree).toBe(1);
  expect(degreeOf(with_({ request: { budget: { minor: 80_000n, currency: 'CHF' } } }), 'fee')?.known).toBe(false);
});

test('a smallest fee above twice the budget is out of reach, and names its figures', () => {
  expect(score(requestCard, with_({ request: { budget: euros(40_000n) } })).blockers).toEqual([]);
  expect(score(requestCard, with_({ request: { budget: euros(39_999n) } })).blockers)
    .toMatchObject([{ code: 'fee_out_of_reach', figures: { min: 80_000, max: 120_000, budget: 39_999, currency: 'EUR' } }]);
  expect(score(requestCard, with_({ request: { budget: euros(0n) } })).blockers).toEqual([]);
});

test('a season is as good as its best days, as many as there are to be shows', () => {
  const season = (days: RequestFacts['request']['days'], shows: number) => degreeOf(with_({ request: { days, shows } }), 'days');
  expect(season(['busy', 'free', 'flexible', 'free'], 2)?.degree).toBe(1);
  expect(season(['busy', 'free', 'flexible', 'busy'], 2)).toMatchObject({ degree: 0.8, figures: { free: 1, flexible: 1, shows: 2 } });
  expect(season(['busy', 'free', 'busy'], 2)?.degree).toBe(0.5);
});

test('no day in common cannot be', () => {
  expect(score(requestCard, with_({ request: { days: ['busy', 'busy'], shows: 1 } })).blockers).toMatchObject([{ code: 'no_common_day' }]);
  expect(score(requestCard, with_({ request: { days: ['busy', 'flexible'], shows: 1 } })).blockers).toEqual([]);
});

test('farther is never better', () => {
  const place = fc.record({ lat: fc.double({ min: 40, max: 52, noNaN: true }), lng: fc.double({ min: -5, max: 10, noNaN: true }) });
  fc.assert(fc.property(place, place, (a, b) => {
    const [first, second] = [a, b].map((at) => degreeOf(with_({ request: { place: at } }), 'distance'));
    const nearer = Number(first?.figures['km']) <= Number(second?.figures['km']) ? [first, second] : [second, first];
    expect(nearer[0]?.degree).toBeGreaterThanOrEqual(nearer[1]?.degree ?? 0);
  }));
});

test('a larger budget never lowers the score', () => {
  const minor = fc.bigInt({ min: 1n, max: 10n ** 8n });
  fc.assert(fc.property(minor, minor, minor, minor, (min, more, one, two) => {
    const at = (budget: bigint) => score(requestCard, with_({ artist: { fee: { min: euros(min), max: euros(min + more) } }, request: { budget: euros(budget) } })).score;
    const [low, high] = one < two ? [one, two] : [two, one];
    expect(at(high)).toBeGreaterThanOrEqual(at(low));
  }));
});
