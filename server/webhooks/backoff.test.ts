import { expect, test } from 'vitest';
import { MOST_TRIES, pauseAfter, PAUSES } from './backoff.ts';

test.each([
  // tries, shortest, middle, longest, in seconds
  [1, 48, 60, 72], [2, 240, 300, 360], [3, 1_200, 1_500, 1_800], [4, 6_000, 7_500, 9_000],
])('after try %i it waits from %i over %i to %i seconds (AP-05)', (tries, ...seconds) => {
  expect([0, 0.5, 1].map((chance) => pauseAfter(tries, chance))).toEqual(seconds.map((one) => one * 1_000));
});

test('after the fifth try it is given up (AP-05)', () => {
  expect(MOST_TRIES).toBe(5);
  expect(PAUSES).toHaveLength(4);
  expect(pauseAfter(5, 0.5)).toBeNull();
});
