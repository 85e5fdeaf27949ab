import { expect, test } from 'vitest';
import { bookerRate, lowestOf, promisedRate, reachesTop } from './commission.ts';

const early = { since: '2026-11-30', bps: 0n, months: 3, thenBps: 800n, ends: '2028-07-01' };

test.each([['2026-11-29', null], ['2026-11-30', 0n], ['2027-02-27', 0n], ['2027-02-28', 800n], ['2028-06-30', 800n], ['2028-07-01', null]])('early adopters: on %s it gives %s (BI-09, ES-07)', (day, rate) => {
  expect(promisedRate(early, day)).toBe(rate);
});

test('a booker has the rate of its turnover, one point less for many contracts, and never less than nothing (ES-06, BI-14)', () => {
  expect(bookerRate(600n, 100n)).toBe(500n);
  expect(bookerRate(600n, 0n)).toBe(600n);
  expect(bookerRate(50n, 100n)).toBe(0n);
});

test('of the rates that a deal may have the lowest counts', () => {
  expect(lowestOf(1_000n, [800n, null])).toBe(800n);
  expect(lowestOf(400n, [800n, null])).toBe(400n);
  expect(lowestOf(1_000n, [700n, 0n])).toBe(0n);
});

test.each([[20_000_000n, false], [20_000_001n, true], [0n, false]])('the top of a scale lies above its last limit: %s is there, %s (BI-13)', (minor, there) => {
  const bands = [4_999_999n, 20_000_000n, null].map((upToMinor) => ({ upToMinor, currency: 'EUR' as const, bps: 800n }));
  expect(reachesTop({ minor, currency: 'EUR' }, bands)).toBe(there);
  expect(reachesTop({ minor, currency: 'CHF' }, bands)).toBe(false);
  expect(reachesTop({ minor, currency: 'EUR' }, bands.slice(2))).toBe(false);
});
