import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros, sum } from '../core/money.ts';
import { indemnityRate, settleCancellation, type Cause } from './cancellation.ts';

const bands = [{ upToDays: null, bps: 3_000n }, { upToDays: 30, bps: 10_000n }, { upToDays: 60, bps: 5_000n }];
const golden = { bands, price: euros(120_000n), commissionBps: 1_000n, commissionVatBps: 2_000n };

test.each([[200, 3_000n], [61, 3_000n], [60, 5_000n], [31, 5_000n], [30, 10_000n], [1, 10_000n], [0, 10_000n]])('%s days before the show an organiser owes %s basis points', (days, bps) => {
  expect(indemnityRate(days, bands)).toBe(bps);
});

test('a scale that does not reach a day is a bug', () => {
  expect(() => indemnityRate(61, [{ upToDays: 60, bps: 5_000n }])).toThrow('a scale reaches every day');
});

test.each<[string, Cause, number, bigint, readonly bigint[]]>([
  // cause, days, held: indemnity, kept, owed, refund, commission, its tax, payout
  ['the deposit covers a part of 30 %', 'organiser', 90, 30_000n, [36_000n, 30_000n, 6_000n, 0n, 3_000n, 600n, 26_400n]],
  ['the deposit covers 30 % and more', 'organiser', 90, 37_980n, [36_000n, 36_000n, 0n, 1_980n, 3_600n, 720n, 31_680n]],
  ['half of the price, beyond the deposit', 'organiser', 45, 37_980n, [60_000n, 37_980n, 22_020n, 0n, 3_798n, 760n, 33_422n]],
  ['the whole price, and its tax goes back', 'organiser', 10, 126_600n, [120_000n, 120_000n, 0n, 6_600n, 12_000n, 2_400n, 105_600n]],
  ['nothing held yet', 'organiser', 10, 0n, [120_000n, 0n, 120_000n, 0n, 0n, 0n, 0n]],
  ['the producer gives all back', 'producer', 10, 126_600n, [0n, 0n, 0n, 126_600n, 0n, 0n, 0n]],
  ['force majeure gives all back', 'force_majeure', 90, 37_980n, [0n, 0n, 0n, 37_980n, 0n, 0n, 0n]],
])('%s (CO-40)', (_, cause, daysBefore, held, expected) => {
  const { indemnity, kept, owed, refund, commission, commissionVat, payout } = settleCancellation({ ...golden, cause, daysBefore, held: euros(held) });
  expect([indemnity, kept, owed, refund, commission, commissionVat, payout].map(({ minor }) => minor)).toEqual(expected);
});

test('the parts are the whole, for any amount, rate and day', () => {
  const cents = fc.bigInt({ min: 0n, max: 100_000_000n });
  const bps = fc.bigInt({ min: 0n, max: 4_000n });
  fc.assert(fc.property(cents, cents, fc.integer({ min: 0, max: 800 }), fc.constantFrom<Cause>('organiser', 'producer', 'force_majeure'), bps, bps, (price, held, daysBefore, cause, commissionBps, commissionVatBps) => {
    const given = settleCancellation({ cause, daysBefore, bands, price: euros(price), held: euros(held), commissionBps, commissionVatBps });
    expect(sum(given.kept, given.refund).minor).toBe(held);
    expect(sum(given.kept, given.owed)).toEqual(given.indemnity);
    expect(sum(given.commission, given.commissionVat, given.payout)).toEqual(given.kept);
    for (const part of [given.kept, given.owed, given.refund, given.commission, given.commissionVat, given.payout]) expect(part.minor).toBeGreaterThanOrEqual(0n);
    if (cause !== 'organiser') expect(given.refund.minor).toBe(held);
  }));
});

test('an organiser never owes less by cancelling later', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), (a, b) => {
    expect(indemnityRate(Math.min(a, b), bands)).toBeGreaterThanOrEqual(indemnityRate(Math.max(a, b), bands));
  }));
});
