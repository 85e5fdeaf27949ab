import fc from 'fast-check';
import { expect, test } from 'vitest';
import { along, inside, nearest } from './degrees.ts';

test('between points a degree changes evenly, and stays beyond them', () => {
  const points = [[10, 0], [20, 0.6], [40, 1]] as const;
  expect([0, 10, 15, 20, 30, 40, 99].map((x) => along(points, x))).toEqual([0, 0, 0.3, 0.6, 0.8, 1, 1]);
  expect(along([[5, 1]], 3)).toBe(1);
});

test('rising points make a rising degree', () => {
  const rising = fc.array(fc.tuple(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1 })
    .map((all) => { const [xs, ds] = [all.map(([x]) => x).sort((a, b) => a - b), all.map(([, d]) => d).sort((a, b) => a - b)]; return xs.map((x, i) => [x, ds[i] ?? 0] as const); });
  fc.assert(fc.property(rising, fc.nat(1100), fc.nat(1100), (points, a, b) => {
    expect(along(points, Math.max(a, b))).toBeGreaterThanOrEqual(along(points, Math.min(a, b)) - 1e-12);
  }));
});

test.each([[50, 0.5], [100, 1], [300, 1], [600, 0.5]])('%s people for an artist who plays for 100 to 300: %s', (people, degree) => {
  expect(inside(people, { min: 100, max: 300 })).toBe(degree);
});

test('genres: the same, one above the other, siblings, further apart in one family, strangers', () => {
  expect(nearest(['jazz manouche'], ['jazz manouche'])?.degree).toBe(1);
  expect(nearest(['jazz manouche'], ['jazz'])?.degree).toBe(0.8);
  expect(nearest(['jazz'], ['jazz manouche'])?.degree).toBe(0.8);
  expect(nearest(['jazz manouche'], ['swing'])?.degree).toBe(0.6);
  expect(nearest(['deep house'], ['techno'])?.degree).toBe(0.45);
  expect(nearest(['jazz manouche'], ['techno'])?.degree).toBe(0);
  expect(nearest(['techno', 'folk'], ['metal', 'folk'])).toEqual({ degree: 1, own: 'folk', other: 'folk' });
  expect(nearest([], ['folk'])).toBeNull();
});
