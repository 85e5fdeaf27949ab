import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros, sum } from '../core/money.ts';
import { commissionRate, type Band } from '../legal/commission.ts';
import { netOf } from '../legal/net.ts';
import { capture, captureToRefund, commission, payout, payoutBack, refund, release, returned, type Entry, settlement } from './entries.ts';

const booking = { id: 'bkg_1', orgId: 'org_artist', buyerOrgId: 'org_buyer' };
const total = (entries: readonly Entry[]) => sum(euros(0n), ...entries.map(({ amount }) => amount));
const amount = fc.bigInt({ min: 1n, max: 10n ** 12n }).map(euros);

// ES-01, ES-03. 5.5 % on the cession of a show: CGI 278-0 bis F → CIBS L213-230; 20 % on our commission: CGI 278; read 2026-11-21.
test('the golden case, entry by entry', () => {
  const net = netOf({ price: euros(120_000n), vatBps: 550n, commissionBps: 1_000n, commissionVatBps: 2_000n });
  const deposit = euros(37_980n);
  expect(net.total).toEqual(euros(126_600n));
  expect(capture('bkg_1', deposit)).toEqual([
    { account: 'provider:clearing', amount: euros(-37_980n) }, { account: 'escrow:bkg_1', amount: euros(37_980n) },
  ]);
  expect(release(booking, net.total, { commission: net.commission, vat: net.commissionVat, jurisdiction: 'FR' })).toEqual([
    { account: 'escrow:bkg_1', amount: euros(-126_600n) },
    { account: 'commission:platform', amount: euros(12_000n) },
    { account: 'vat:FR', amount: euros(2_400n) },
    { account: 'payable:org_artist', amount: euros(112_200n) },
  ]);
  expect(payout('org_artist', net.payout)).toEqual([
    { account: 'payable:org_artist', amount: euros(-112_200n) }, { account: 'provider:clearing', amount: euros(112_200n) },
  ]);
});

test('every kind of transfer sums to zero, for any amount and any rates', () => {
  const rate = fc.bigInt({ min: 0n, max: 5_000n });
  fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }).map(euros), rate, rate, rate, (price, vatBps, commissionBps, commissionVatBps) => {
    const net = netOf({ price, vatBps, commissionBps, commissionVatBps });
    const charges = { commission: net.commission, vat: net.commissionVat, jurisdiction: 'FR' };
    const transfers = [capture('bkg_1', price), captureToRefund('org_buyer', price), returned('org_buyer', price), release(booking, net.total, charges), payout('org_artist', price), refund(booking, price), settlement('org_artist', price)];
    for (const entries of [...transfers, ...(charges.commission.minor > 0n ? [commission('org_artist', charges)] : [])]) expect(total(entries)).toEqual(euros(0n));
  }));
});

test('what is released is what the producer, we and the tax office get', () => {
  fc.assert(fc.property(amount, fc.bigInt({ min: 0n, max: 1_200n }), (price, commissionBps) => {
    const net = netOf({ price, vatBps: 550n, commissionBps, commissionVatBps: 2_000n });
    const entries = release(booking, net.total, { commission: net.commission, vat: net.commissionVat, jurisdiction: 'FR' });
    expect(entries.find(({ account }) => account === 'payable:org_artist')?.amount).toEqual(net.payout);
  }));
});

// ES-05: the rate of a band applies to the whole amount.
const bands: Band[] = ([[100_000n, 1_200n], [500_000n, 1_000n], [1_500_000n, 800n], [5_000_000n, 600n], [null, 400n]] as const).map(([upToMinor, bps]) => ({ upToMinor, bps, currency: 'EUR' as const }));
test.each([
  [100_000n, 12_000n], [100_001n, 10_000n], [500_000n, 50_000n], [500_001n, 40_000n], [1_500_000n, 120_000n], [1_500_001n, 90_000n], [5_000_000n, 300_000n], [5_000_001n, 200_000n],
])('commission at the edge of a band: of %s cents we keep %s', (minor, kept) => {
  const price = euros(minor);
  const net = netOf({ price, vatBps: 550n, commissionBps: commissionRate(price, bands), commissionVatBps: 2_000n });
  expect(release(booking, net.total, { commission: net.commission, vat: net.commissionVat, jurisdiction: 'FR' })[1]).toEqual({ account: 'commission:platform', amount: euros(kept) });
});

test('charges that exceed what is held are a bug, and so is a transfer of nothing', () => {
  expect(() => release(booking, euros(100n), { commission: euros(90n), vat: euros(18n), jurisdiction: 'FR' })).toThrow('charges never exceed');
  expect(() => capture('bkg_1', euros(0n))).toThrow('a transfer moves something');
});

test('without commission nothing is written for it', () => {
  expect(release(booking, euros(100n), { commission: euros(0n), vat: euros(0n), jurisdiction: 'FR' }).map(({ account }) => account)).toEqual(['escrow:bkg_1', 'payable:org_artist']);
});

test('of a release the booker has its commission and the tax on it, and what is left of rounding is the producer’s (ES-03)', () => {
  const charges = { commission: euros(100n), vat: euros(20n), jurisdiction: 'FR', booker: { orgId: 'org_booker', net: euros(33n), vat: euros(7n) } };
  expect(release(booking, euros(1_001n), charges)).toEqual([
    { account: 'escrow:bkg_1', amount: euros(-1_001n) }, { account: 'commission:platform', amount: euros(100n) }, { account: 'vat:FR', amount: euros(20n) },
    { account: 'commission:booker:org_booker', amount: euros(40n) }, { account: 'payable:org_artist', amount: euros(841n) },
  ]);
  expect(release(booking, euros(1_001n), { ...charges, booker: null }).map(({ account }) => account)).not.toContain('commission:booker:org_booker');
  expect(() => release(booking, euros(150n), charges)).toThrow('charges never exceed');
  expect(payout('org_booker', euros(40n), 'booker')).toEqual([{ account: 'commission:booker:org_booker', amount: euros(-40n) }, { account: 'provider:clearing', amount: euros(40n) }]);
  expect(payoutBack('org_booker', euros(40n), 'booker')).toEqual([{ account: 'provider:clearing', amount: euros(-40n) }, { account: 'commission:booker:org_booker', amount: euros(40n) }]);
});
