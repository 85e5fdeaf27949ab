import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros, type Currency } from '../core/money.ts';
import { commissionRate, type Band } from './commission.ts';

const band = (upToMinor: bigint | null, bps: bigint, currency: Currency = 'EUR'): Band => ({ upToMinor, currency, bps });
const bands = [band(100_000n, 1_200n), band(500_000n, 1_000n), band(1_500_000n, 800n), band(5_000_000n, 600n), band(null, 400n)];

test.each([
  [1n, 1_200n], [100_000n, 1_200n], [100_001n, 1_000n],
  [500_000n, 1_000n], [500_001n, 800n],
  [1_500_000n, 800n], [1_500_001n, 600n],
  [5_000_000n, 600n], [5_000_001n, 400n], [10n ** 12n, 400n],
])('at %s cents the rate is %s basis points', (minor, bps) => {
  expect(commissionRate(euros(minor), bands)).toBe(bps);
});

test('at every edge of any scale the edge is in the band, and the next cent is not', () => {
  const edges = fc.uniqueArray(fc.bigInt({ min: 1n, max: 10n ** 10n }), { minLength: 1, maxLength: 8 }).map((all) => all.sort((a, b) => Number(a - b)));
  fc.assert(fc.property(edges, fc.infiniteStream(fc.nat()), (limits, chance) => {
    const scale = [...limits.map((limit, i) => band(limit, BigInt(i))), band(null, BigInt(limits.length))];
    const shuffled = scale.map((one) => ({ one, at: chance.next().value as number })).sort((a, b) => a.at - b.at).map(({ one }) => one);
    limits.forEach((limit, i) => {
      expect(commissionRate(euros(limit), shuffled)).toBe(BigInt(i));
      expect(commissionRate(euros(limit + 1n), shuffled)).toBe(BigInt(i + 1));
    });
  }));
});

test('francs are not reckoned by the scale of euros', () => {
  expect(commissionRate({ minor: 100n, currency: 'CHF' }, [...bands, band(null, 900n, 'CHF')])).toBe(900n);
  expect(() => commissionRate({ minor: 100n, currency: 'CHF' }, bands)).toThrow('a scale reaches every amount');
});
