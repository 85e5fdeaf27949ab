import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { latePayment, lateRate } from './late.ts';

test('G14: 10,000.00 paid 20 days late in the first half of 2026 costs 55.62 and 40.00 (PUB-06)', () => {
  const late = latePayment({ due: euros(1_000_000n), dueDay: '2026-03-01' }, '2026-03-21', 'public');
  expect(late).toEqual({ days: 20, rate: 1_015n, interest: euros(5_562n), fixed: euros(4_000n) });
  expect(late.interest.minor + late.fixed.minor).toBe(9_562n);
});

test.each(['2026-03-01', '2026-02-28', '2025-12-31'])('nothing is owed when it is paid on %s', (paidDay) => {
  expect(latePayment({ due: euros(1_000_000n), dueDay: '2026-03-01' }, paidDay, 'public')).toMatchObject({ days: 0, interest: euros(0n), fixed: euros(0n) });
});

test.each([
  ['2025-06-30', 1_115n], ['2025-07-01', 1_015n], ['2026-06-30', 1_015n],
  // Not listed yet: the last one known.
  ['2027-08-01', 1_015n],
])('interest that begins on %s runs at %s basis points', (day, rate) => {
  expect(lateRate(day, 'public')).toBe(rate);
});

test('the half-year in which interest begins decides for all of it', () => {
  expect(latePayment({ due: euros(1_000_000n), dueDay: '2025-06-29' }, '2025-12-31', 'public').rate).toBe(1_115n);
  expect(latePayment({ due: euros(1_000_000n), dueDay: '2025-06-30' }, '2025-12-31', 'public').rate).toBe(1_015n);
});

test('an enterprise owes two points more, and a private person neither interest nor compensation (PAY-11)', () => {
  expect(latePayment({ due: euros(1_000_000n), dueDay: '2026-03-01' }, '2026-03-21', 'business')).toEqual({ days: 20, rate: 1_215n, interest: euros(6_658n), fixed: euros(4_000n) });
  expect(latePayment({ due: euros(1_000_000n), dueDay: '2026-03-01' }, '2026-03-21', 'person')).toEqual({ days: 20, rate: 0n, interest: euros(0n), fixed: euros(0n) });
});

test('the lump sum is forty euros by law: a claim in francs, or on a Swiss party, has none, and its interest all the same (PAY-11)', () => {
  const of = (over: object) => latePayment({ due: euros(1_000_000n), dueDay: '2026-03-01', ...over }, '2026-03-21', 'business');
  const francs = { minor: 1_000_000n, currency: 'CHF' as const };
  expect(of({ due: francs })).toMatchObject({ interest: { minor: 6_658n, currency: 'CHF' }, fixed: { minor: 0n, currency: 'CHF' } });
  expect(of({ swiss: true })).toMatchObject({ interest: euros(6_658n), fixed: euros(0n) });
  expect(of({ swiss: false }).fixed).toEqual(euros(4_000n));
});
