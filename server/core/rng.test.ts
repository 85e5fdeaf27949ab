import { expect, test } from 'vitest';
import { normal, rng, shuffled } from './rng.ts';

test('a seed says every number that follows, and another seed says others', () => {
  const [one, same, other] = [rng(7), rng(7), rng(8)].map((next) => Array.from({ length: 100 }, next));
  expect(one).toEqual(same);
  expect(one).not.toEqual(other);
  expect(one!.every((number) => number >= 0 && number < 1)).toBe(true);
});

test('the bell curve has mean 0 and deviation 1', () => {
  const next = rng(3);
  const drawn = Array.from({ length: 20_000 }, () => normal(next));
  const mean = drawn.reduce((sum, number) => sum + number, 0) / drawn.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.sqrt(drawn.reduce((sum, number) => sum + (number - mean) ** 2, 0) / drawn.length)).toBeCloseTo(1, 1);
});

test('a shuffle loses nothing and brings every thing to every place', () => {
  const next = rng(1);
  const first = new Set(Array.from({ length: 200 }, () => shuffled(['a', 'b', 'c', 'd'], next)).map((all) => { expect([...all].sort()).toEqual(['a', 'b', 'c', 'd']); return all[0]; }));
  expect(first.size).toBe(4);
});
