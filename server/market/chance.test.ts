import { expect, test } from 'vitest';
import { rng } from '../core/rng.ts';
import { foretell, leastClosed, learnChance, type Closed, type Facts, type Model } from './chance.ts';

const facts: Facts = { price: 0, lead: 4, distance: 3, weekend: 0, answers: 2, past: 0, score: 0.7 };

/** Bookings that go by price and score and by nothing else. */
function invented(count: number, seed: number, pull = 1): Closed[] {
  const next = rng(seed);
  return Array.from({ length: count }, (_, i) => {
    const own: Facts = { price: next() * 2 - 1, lead: 2 + 3 * next(), distance: 6 * next(), weekend: Number(next() < 0.4), answers: next() < 0.3 ? null : 4 * next(), past: 0, score: next() };
    const odds = pull * (-3 * (own.price ?? 0) + 4 * ((own.score ?? 0) - 0.5));
    return { at: new Date(Date.UTC(2026, 0, 1) + i * 3_600_000), facts: own, won: next() < 1 / (1 + Math.exp(-odds)) };
  });
}

test.each([0, 1, leastClosed - 1])('of %d closed bookings nothing is learned, and how many there are is said (AI-06, AI-13)', (count) => {
  expect(learnChance(invented(count, 1))).toEqual({ why: 'too_few', closed: count, least: leastClosed, figures: null });
});

test('where nothing can be foretold, nothing is (AI-13)', () => {
  expect([2, 3, 4, 5, 6].map((seed) => learnChance(invented(400, seed, 0))).filter((found) => 'why' in found && found.why === 'no_better').length).toBeGreaterThanOrEqual(3);
});

test('what decided is found, by figures of later bookings (AI-06, AI-13)', () => {
  const model = learnChance(invented(2_000, 7));
  if ('why' in model) throw new Error(model.why);
  const { accuracy, commoner, brier, plainBrier, calibrationError, tried, closed } = model.figures;
  expect({ tried, closed }).toEqual({ tried: 400, closed: 2_000 });
  expect(accuracy).toBeGreaterThan(commoner + 0.15);
  expect(brier).toBeLessThan(plainBrier - 0.05);
  expect(calibrationError).toBeLessThan(0.07);
  const dear = foretell(model, { ...facts, price: 0.8 });
  const cheap = foretell(model, { ...facts, price: -0.8 });
  expect(cheap.chance).toBeGreaterThan(dear.chance + 0.3);
  expect(dear.factors[0]).toMatchObject({ factor: 'price' });
  expect(dear.factors[0]!.points).toBeLessThan(-20);
  expect(cheap.factors[0]!.points).toBeGreaterThan(10);
  const score = [0, 0.3, 0.6, 1].map((of) => foretell(model, { ...facts, score: of }).chance);
  expect([...score].sort((a, b) => a - b)).toEqual(score);
});

test('bookings in any order teach the same, and what came later teaches the figures nothing', () => {
  const all = invented(300, 9);
  expect(learnChance([...all].reverse())).toEqual(learnChance(all));
});

test('what is not known moves nothing, and is no factor', () => {
  const model: Pick<Model, 'weights' | 'means' | 'spreads'> = { weights: [0.2, -1, 0, 0, 0.5, 0, 0, 2], means: [0, 4, 3, 0.4, 2, 0, 0.5], spreads: [0.5, 1, 1, 0.5, 1, 1, 0.3] };
  const none = foretell(model, { price: null, lead: null, distance: null, weekend: null, answers: null, past: null, score: null });
  expect(none).toEqual({ chance: 1 / (1 + Math.exp(-0.2)), factors: [] });
  expect(foretell(model, { ...facts, price: 0, score: null }).factors.map(({ factor }) => factor)).not.toContain('score');
});
