import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros, sum } from '../core/money.ts';
import { netOf } from './net.ts';

test('the golden case: 1,200.00 is 1,266.00 for the buyer and 1,122.00 for the artist', () => {
  expect(netOf({ price: euros(120_000n), vatBps: 550n, commissionBps: 1_000n, commissionVatBps: 2_000n })).toEqual({
    price: euros(120_000n), vat: euros(6_600n), total: euros(126_600n),
    commission: euros(12_000n), commissionVat: euros(2_400n), payout: euros(112_200n),
  });
});

test('what the buyer pays is what the artist, we and the tax office get, to the cent', () => {
  const rate = fc.bigInt({ min: 0n, max: 3_000n });
  fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 10n }), rate, rate, rate, (minor, vatBps, commissionBps, commissionVatBps) => {
    const net = netOf({ price: euros(minor), vatBps, commissionBps, commissionVatBps });
    expect(sum(net.payout, net.commission, net.commissionVat)).toEqual(net.total);
    expect(net.payout.minor).toBeGreaterThan(0n);
  }));
});
