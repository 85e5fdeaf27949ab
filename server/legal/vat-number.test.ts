import fc from 'fast-check';
import { expect, test } from 'vitest';
import { belgianNumberOf, swissUidOf, vatNumberOf } from './vat-number.ts';

test.each([
  ['FR', 'FR44732829320', 'FR44732829320'], ['FR', 'fr 44 732 829 320', 'FR44732829320'], ['FR', '44732829320', 'FR44732829320'], ['FR', 'FRK7399859412', 'FRK7399859412'],
  ['FR', 'FR45732829320', ''], ['FR', 'FR44732829321', ''], ['FR', 'FRK8399859412', ''], ['FR', '732829320', ''], ['FR', 'BE0403019261', ''], ['FR', 'néant', ''], ['FR', '-', ''], ['FR', '', ''],
  ['BE', 'BE 0403.019.261', 'BE0403019261'], ['BE', '0403.019.261', 'BE0403019261'], ['BE', '403.019.261', 'BE0403019261'], ['BE', 'BE0403019262', ''], ['BE', 'BE0000000000', ''], ['BE', '-', ''], ['BE', 'FR44732829320', ''],
  ['LU', 'LU 26375245', 'LU26375245'], ['LU', '26375245', 'LU26375245'], ['LU', 'LU26375246', ''],
  ['CH', 'CHE-116.281.710 TVA', 'CHE116281710TVA'], ['CH', 'CHE-116.281.710 MWST', 'CHE116281710TVA'], ['CH', '116281710', 'CHE116281710TVA'], ['CH', 'CHE116281711', ''],
  ['DE', 'DE136695976', ''], ['', 'FR44732829320', ''],
])('of %s, "%s" is the number "%s"', (country, text, number) => {
  expect(vatNumberOf(text, country)).toBe(number);
});

test('a number is read as it was written before, and one figure more or less is none', () => {
  for (const [country, number] of [['FR', 'FR44732829320'], ['BE', 'BE0403019261'], ['LU', 'LU26375245'], ['CH', 'CHE116281710TVA']] as const) {
    expect(vatNumberOf(number, country)).toBe(number);
    const at = fc.integer({ min: country === 'FR' ? 4 : country === 'CH' ? 3 : 2, max: country === 'CH' ? 11 : number.length - 1 });
    fc.assert(fc.property(at, fc.integer({ min: 1, max: 9 }), (place, more) => {
      const other = number.slice(0, place) + String((Number(number.charAt(place)) + more) % 10) + number.slice(place + 1);
      expect(vatNumberOf(other, country)).toBe('');
    }));
  }
});

test('an enterprise number stands without its tax', () => {
  expect([belgianNumberOf('0403.019.261'), belgianNumberOf('403019261'), belgianNumberOf('BE0403019261'), belgianNumberOf('')]).toEqual(['0403019261', '0403019261', '', '']);
  expect([swissUidOf('CHE-116.281.710'), swissUidOf('116 281 710'), swissUidOf('CHE-116.281.711'), swissUidOf('')]).toEqual(['CHE116281710', 'CHE116281710', '', '']);
});
