import { expect, test } from 'vitest';
import { mixOf, REVENUE_LINES } from './revenue.ts';

const mix = (...minor: bigint[]) => mixOf(REVENUE_LINES.map((line, place) => ({ line, minor: minor[place] ?? 0n }))).map(({ share }) => share);

test('the shares of what we earn sum to all of it, beside the mix that was aimed at (BI-08)', () => {
  expect(mix(70_000n, 20_000n, 8_000n, 2_000n)).toEqual([7_000, 2_000, 800, 200]);
  const thirds = mix(1n, 1n, 1n);
  expect(thirds.reduce<number>((all, share) => all + (share ?? 0), 0)).toBe(10_000);
  expect(mixOf([{ line: 'training', minor: 1n }])).toEqual([{ line: 'training', minor: 1n, share: 10_000, aim: 200 }]);
});

test('there is no share of nothing, nor of what was taken back', () => {
  expect(mix()).toEqual([null, null, null, null]);
  expect(mix(100n, -1n)).toEqual([null, null, null, null]);
});
