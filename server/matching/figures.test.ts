import fc from 'fast-check';
import { expect, test } from 'vitest';
import { auc, brier, calibrationError, hits, logLoss, ndcg, reliability } from './figures.ts';

const said = (...pairs: readonly (readonly [probability: number, success: number])[]) => ({ probability: pairs.map(([p]) => p), success: pairs.map(([, y]) => y) });

test.each([
  ['a coin that fell', said([0.5, 1]), { logLoss: Math.LN2, brier: 0.25, auc: 0.5, error: 0.5 }],
  ['all right and sure', said([0, 0], [1, 1]), { logLoss: 1e-6, brier: 0, auc: 1, error: 0 }],
  ['all wrong and sure', said([1, 0], [0, 1]), { logLoss: 13.8155, brier: 1, auc: 0, error: 1 }],
  ['one tie among three', said([0.2, 0], [0.2, 1], [0.8, 1]), { logLoss: (Math.log(1 / 0.8) + Math.log(1 / 0.2) + Math.log(1 / 0.8)) / 3, brier: (0.04 + 0.64 + 0.04) / 3, auc: 0.75, error: 0.8 / 3 }],
])('%s (MA-08)', (_, forecasts, figures) => {
  expect(logLoss(forecasts)).toBeCloseTo(figures.logLoss, 4);
  expect(brier(forecasts)).toBeCloseTo(figures.brier, 6);
  expect(auc(forecasts)).toBeCloseTo(figures.auc, 6);
  expect(calibrationError(forecasts)).toBeCloseTo(figures.error, 5);
});

test('a weight of two is the same twice (MA-08)', () => {
  const twice = said([0.3, 0], [0.7, 1], [0.7, 1], [0.4, 1]);
  const weighed = { ...said([0.3, 0], [0.7, 1], [0.4, 1]), weight: [1, 2, 1] };
  for (const figure of [logLoss, brier, auc, calibrationError]) expect(figure(weighed)).toBeCloseTo(figure(twice), 9);
});

test('the first places count: the best order is 1, the only one found at the third place is a half (MA-08)', () => {
  expect(ndcg([3, 2, 1], [1, 0, 0])).toBe(1);
  expect(ndcg([3, 2, 1], [0, 0, 1])).toBeCloseTo(0.5);
  expect(ndcg([1, 1], [1, 0])).toBeCloseTo((1 + 1 / Math.log2(3)) / 2);
  expect(ndcg([1, 2], [0, 0])).toBeNull();
});

test('no figure knows the order of its rows, and the area is that of the pairs counted one by one (MA-08)', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 40 }), (rows) => {
    const forward = said(...rows.map(([p, y]) => [p / 8, y] as const));
    const backward = said(...[...rows].reverse().map(([p, y]) => [p / 8, y] as const));
    for (const figure of [logLoss, brier, auc, calibrationError]) expect(figure(backward)).toBeCloseTo(figure(forward), 9);
    const [won, lost] = [rows.filter(([, y]) => y === 1), rows.filter(([, y]) => y === 0)];
    const counted = won.flatMap(([p]) => lost.map(([q]) => (p > q ? 1 : p === q ? 0.5 : 0))).reduce<number>((sum, one) => sum + one, 0);
    expect(auc(forward)).toBeCloseTo(won.length && lost.length ? counted / (won.length * lost.length) : 0.5, 9);
    expect(ndcg(backward.probability, backward.success) ?? -1).toBeCloseTo(ndcg(forward.probability, forward.success) ?? -1, 9);
  }));
});

test('what was said stands beside what came, stretch by stretch, and equal forecasts in one (MA-08)', () => {
  const forecasts = said([0.9, 1], [0.1, 0], [0.2, 1], [0.8, 1], [0.1, 0], [0.1, 1]);
  expect(reliability(forecasts, 3)).toEqual([{ said: expect.closeTo(0.1) as number, came: expect.closeTo(1 / 3) as number, count: 3 }, { said: 0.2, came: 1, count: 1 }, { said: expect.closeTo(0.85) as number, came: 1, count: 2 }]);
  expect(reliability(said(), 3)).toEqual([]);
  expect(hits(forecasts)).toBeCloseTo(4 / 6);
  fc.assert(fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1))), fc.integer({ min: 1, max: 12 }), (pairs, bins) => {
    const found = reliability(said(...pairs), bins);
    expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(pairs.length);
    expect(found.length).toBeLessThanOrEqual(bins);
    found.forEach(({ said: one }, i) => { expect(one).toBeGreaterThanOrEqual((found[i - 1]?.said ?? 0) - 1e-9); });
  }));
});
