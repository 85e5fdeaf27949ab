import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros, sum } from '../core/money.ts';
import { decide } from './decision.ts';

const golden = { price: euros(120_000n), total: euros(126_600n), commissionBps: 1_000n, commissionVatBps: 2_000n };

test.each([
  // held, released: refund, commission, its tax, payout
  ['all to the producer, as the contract says', 126_600n, 126_600n, [0n, 12_000n, 2_400n, 112_200n]],
  ['all to the buyer', 126_600n, 0n, [126_600n, 0n, 0n, 0n]],
  ['half each', 126_600n, 63_300n, [63_300n, 6_000n, 1_200n, 56_100n]],
  ['the deposit alone was held', 37_980n, 20_000n, [17_980n, 1_896n, 379n, 17_725n]],
  ['nothing held', 0n, 0n, [0n, 0n, 0n, 0n]],
] as const)('%s (ES-20)', (_, held, release, expected) => {
  const { refund, commission, commissionVat, payout } = decide(euros(held), euros(release), golden);
  expect([refund, commission, commissionVat, payout].map(({ minor }) => minor)).toEqual(expected);
});

test('the parts are the whole, for any amount and rate', () => {
  fc.assert(fc.property(fc.bigInt({ min: 1n, max: 100_000_000n }), fc.bigInt({ min: 0n, max: 2_500n }), fc.integer({ min: 0, max: 1_000 }), fc.bigInt({ min: 0n, max: 4_000n }), (price, vatBps, share, bps) => {
    const total = price + (price * vatBps) / 10_000n;
    const released = (total * BigInt(share)) / 1_000n;
    const given = decide(euros(total), euros(released), { price: euros(price), total: euros(total), commissionBps: bps, commissionVatBps: 2_000n });
    expect(sum(given.refund, given.commission, given.commissionVat, given.payout).minor).toBe(total);
    for (const part of Object.values(given) as { minor: bigint }[]) expect(part.minor).toBeGreaterThanOrEqual(0n);
  }));
});

test('more than is held is never released', () => {
  expect(() => decide(euros(100n), euros(101n), golden)).toThrow('a decision shares what is held');
});
