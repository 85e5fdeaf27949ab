import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestRemainder, upgrade } from './proration.ts';

const cents = fc.bigInt({ min: 1n, max: 1_000_000_000n });
const month = fc.integer({ min: 28, max: 31 }).chain((days) => fc.record({ days: fc.constant(days), used: fc.integer({ min: 0, max: days - 1 }) }));
const total = (parts: readonly bigint[]): bigint => parts.reduce((sum, part) => sum + part, 0n);

test('what is split is split to the unit, and nobody is more than one unit from their share (BI-15)', () => {
  fc.assert(fc.property(cents, fc.array(fc.bigInt({ min: 0n, max: 400n }), { minLength: 1, maxLength: 31 }).filter((weights) => total(weights) > 0n), (minor, weights) => {
    const parts = largestRemainder(minor, weights);
    const whole = total(weights);
    expect(total(parts)).toBe(minor);
    parts.forEach((part, i) => { expect(part - (minor * weights[i]!) / whole).toBeOneOf([0n, 1n]); });
  }));
});

test.each([
  ['cents: the larger rest has the odd one', 100n, [1n, 2n], [33n, 67n]],
  ['of equal rests the first has it', 101n, [1n, 1n], [51n, 50n]],
  ['yen, which have no smaller unit', 1_000n, [10n, 10n, 10n], [334n, 333n, 333n]],
  ['Swiss centimes: no rounding to five of them', 9_907n, [17n, 14n], [5_433n, 4_474n]],
  ['nothing to share', 0n, [1n, 2n], [0n, 0n]],
])('%s', (_, minor, weights, parts) => {
  expect(largestRemainder(minor, weights)).toEqual(parts);
});

test('an upgrade credits what is left of the smaller plan and asks for what is left of the larger one', () => {
  // 99.00 to 299.00 on the sixteenth day of a month of thirty: 15 days are left.
  expect(upgrade({ paid: 9_900n, price: 29_900n, used: 15, left: 15 })).toEqual({ credit: 4_950n, charge: 14_950n, due: 10_000n });
  // On the first day all of it is left.
  expect(upgrade({ paid: 2_900n, price: 4_900n, used: 0, left: 31 })).toEqual({ credit: 2_900n, charge: 4_900n, due: 2_000n });
});

test('what was used, credited and left is the whole payment, for any sum, month and day', () => {
  fc.assert(fc.property(cents, cents, month, (paid, more, { days, used }) => {
    const left = days - used;
    const { credit, charge, due } = upgrade({ paid, price: paid + more, used, left });
    expect(credit + largestRemainder(paid, [BigInt(used), BigInt(left)])[0]!).toBe(paid);
    expect(due).toBe(charge - credit);
    expect(due >= 0n && due <= more).toBe(true);
  }));
});

test('a smaller price than what was paid asks for nothing, and gives nothing back', () => {
  expect(upgrade({ paid: 29_900n, price: 9_900n, used: 10, left: 20 }).due).toBe(0n);
});
