import { expect, test } from 'vitest';
import { offOf } from './discount.ts';

test('what is taken off is taken one after the other, and never more than all (BI-11, BI-12)', () => {
  expect(offOf(9_900n, [5_000n])).toBe(4_950n);
  expect(offOf(9_900n, [5_000n, 1_000n])).toBe(5_445n);
  expect(offOf(2_900n, [])).toBe(0n);
  expect(offOf(2_900n, [10_000n, 1_000n])).toBe(2_900n);
  expect(offOf(1n, [5_000n])).toBe(1n);
});
