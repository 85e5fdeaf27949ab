import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { capture, chargeback, chargebackCovered, payout, refund, release, returned } from '../ledger/entries.ts';
import { proofsOf, through, whyOf, type Movement } from './account.ts';

const zero = euros(0n);
const booking = { id: 'bkg_1', orgId: 'org_artist', buyerOrgId: 'org_buyer' };
const nothing = { commission: zero, vat: zero, jurisdiction: 'FR' };

test('whatever is released and refunded, what is held is what was captured and is still due (ES-01)', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (payments, share, back) => {
    const paid = BigInt(payments.reduce((all, one) => all + one, 0));
    const [released, refunded] = [(paid * BigInt(share)) / 100n, (paid * BigInt(100 - share) * BigInt(back)) / 10_000n];
    const movements: Movement[] = [
      ...payments.map((one) => ({ kind: 'capture', reason: 'Captured: deposit', entries: capture('bkg_1', euros(BigInt(one))) })),
      ...(released > 0n ? [{ kind: 'release', reason: '', entries: release(booking, euros(released), nothing) }, { kind: 'payout', reason: '', entries: payout('org_artist', euros(released)) }] : []),
      ...(refunded > 0n ? [{ kind: 'refund', reason: '', entries: refund(booking, euros(refunded)) }, { kind: 'return', reason: '', entries: returned('org_buyer', euros(refunded)) }] : []),
    ];
    const found = through(movements, zero);
    expect(found.released.minor + found.refunded.minor + found.held.minor).toBe(found.captured.minor);
    expect(proofsOf(movements, zero, euros(paid))).toMatchObject({ sumIsZero: true, heldIsDue: true, held: euros(paid - released - refunded) });
  }));
});

test('a ledger that holds another amount than is due is not proven', () => {
  const movements = [{ kind: 'capture', reason: 'Captured: deposit', entries: capture('bkg_1', euros(100n)) }];
  expect(proofsOf(movements, zero, euros(101n))).toMatchObject({ sumIsZero: true, heldIsDue: false });
  expect(proofsOf([{ kind: 'capture', reason: '', entries: [{ account: 'escrow:bkg_1', amount: euros(1n) }] }], zero, euros(1n))).toMatchObject({ sumIsZero: false });
});

test('what a bank took back is no negative amount held, and what is held covers it', () => {
  const movements = [
    { kind: 'capture', reason: '', entries: capture('bkg_1', euros(100n)) }, { kind: 'chargeback', reason: '', entries: chargeback('bkg_1', euros(100n)) },
    { kind: 'chargeback_covered', reason: '', entries: chargebackCovered('bkg_1', euros(100n)) },
  ];
  expect(through(movements, zero)).toMatchObject({ captured: euros(100n), covered: euros(100n), held: zero });
  expect(proofsOf(movements, zero, euros(100n))).toMatchObject({ sumIsZero: true, heldIsDue: true });
});

test.each([
  [{ kind: 'capture', reason: 'Captured: deposit', entries: [] }, false, 'deposit'],
  [{ kind: 'capture', reason: 'Captured: balance', entries: [] }, false, 'balance'],
  [{ kind: 'release', reason: '', entries: [] }, false, 'played'],
  [{ kind: 'release', reason: '', entries: [] }, true, 'decision'],
  [{ kind: 'refund', reason: '', entries: [{ account: 'escrow:bkg_1', amount: zero }] }, false, 'cancelled'],
  [{ kind: 'refund', reason: '', entries: [{ account: 'escrow:bkg_1', amount: zero }] }, true, 'decision'],
  [{ kind: 'refund', reason: '', entries: [{ account: 'provider:clearing', amount: zero }] }, false, 'unasked'],
  [{ kind: 'payout', reason: '', entries: [] }, true, 'payout'],
])('%o, disputed %s: %s', (movement, disputed, why) => { expect(whyOf(movement, { disputed })).toBe(why); });
