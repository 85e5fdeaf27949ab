import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normal, rng } from '../core/rng.ts';
import { apply, calibrate } from './calibrate.ts';
import { calibrationError, logLoss } from './figures.ts';
import { hoped, likely, relink } from './learn.ts';

test('without outcomes the logistic speaks (MA-07)', () => {
  const line = calibrate([], [], hoped);
  for (const score of [0, 42, 85, 100]) expect(apply(line, score)).toBeCloseTo(likely(hoped, score), 1);
});

test('a few outcomes move little, many move all (MA-07)', () => {
  const outcomes = (count: number) => calibrate(Array.from({ length: count }, (_, i) => 60 + (i % 10)), Array.from({ length: count }, () => 1), hoped);
  const [none, few, many] = [0, 5, 20_000].map((count) => apply(outcomes(count), 65)) as [number, number, number];
  expect(few - none).toBeLessThan(0.1);
  expect(many).toBeGreaterThan(0.9);
});

test('a course that is no logistic is followed (MA-07)', () => {
  const next = rng(4);
  // Nothing changes between 40 and 70: what a logistic cannot say.
  const real = (score: number) => (score < 40 ? 0.1 : score < 70 ? 0.5 : 0.9);
  const draw = (count: number) => {
    const scores = Array.from({ length: count }, () => Math.min(100, Math.max(0, 55 + 18 * normal(next))));
    return { scores, success: scores.map((score) => Number(next() < real(score))) };
  };
  const [earlier, later] = [draw(8_000), draw(8_000)];
  const link = relink(earlier.scores, earlier.success, hoped);
  const said = (of: (score: number) => number) => ({ probability: later.scores.map(of), success: later.success });
  const line = calibrate(earlier.scores, earlier.success, link);
  expect(calibrationError(said((score) => apply(line, score)))).toBeLessThan(0.03);
  expect(calibrationError(said((score) => likely(link, score)))).toBeGreaterThan(0.04);
  expect(logLoss(said((score) => apply(line, score)))).toBeLessThan(logLoss(said((score) => likely(link, score))));
});

test('where the logistic is right, little is lost to it (MA-07)', () => {
  const next = rng(9);
  const draw = (count: number) => {
    const scores = Array.from({ length: count }, () => Math.min(100, Math.max(0, 60 + 12 * normal(next))));
    return { scores, success: scores.map((score) => Number(next() < likely(hoped, score))) };
  };
  const [earlier, later] = [draw(400), draw(20_000)];
  const line = calibrate(earlier.scores, earlier.success, relink(earlier.scores, earlier.success, hoped));
  const loss = (of: (score: number) => number) => logLoss({ probability: later.scores.map(of), success: later.success });
  expect(loss((score) => apply(line, score)) / loss((score) => likely(hoped, score))).toBeLessThan(1.01);
});

test('a higher score never means less, and a probability is one (MA-07)', () => {
  const outcome = fc.tuple(fc.integer({ min: 0, max: 1_000 }).map((n) => n / 10), fc.integer({ min: 0, max: 1 }));
  fc.assert(fc.property(fc.array(outcome, { maxLength: 400 }), fc.double({ min: -20, max: 5, noNaN: true }), fc.double({ min: 0, max: 30, noNaN: true }), (outcomes, intercept, slope) => {
    const line = calibrate(outcomes.map(([score]) => score), outcomes.map(([, success]) => success), { intercept, slope });
    let before = 0;
    for (let score = 0; score <= 100; score += 0.5) {
      const probability = apply(line, score);
      expect(probability >= before && probability <= 1).toBe(true);
      before = probability;
    }
    expect([line[0]?.[0], line.at(-1)?.[0]]).toEqual([0, 100]);
    line.slice(1).forEach(([score], i) => expect(score).toBeGreaterThan(line[i]![0]));
  }));
});
