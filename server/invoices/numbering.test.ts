import { expect, test } from 'vitest';
import { numberOf, seriesOf } from './numbering.ts';

test.each([['2027-01-01', 1, 'F-2027-0001'], ['2027-12-31', 999, 'F-2027-0999'], ['2028-01-01', 12_345, 'F-2028-12345']])('an invoice of %s, the %sth of its year, is %s (INV-01)', (day, sequence, number) => {
  expect(numberOf(seriesOf(day, null), sequence)).toBe(number);
});

test.each([0, -1, 1.5])('%s is no sequence', (sequence) => {
  expect(() => numberOf('F-2027', sequence)).toThrow('a sequence starts at 1');
});

test('what is printed in a seller’s name counts in a series of that seller alone (INV-02)', () => {
  expect(numberOf(seriesOf('2027-05-08', 12), 3)).toBe('FS-00012-2027-0003');
  expect(seriesOf('2027-05-08', 123_456)).toBe('FS-123456-2027');
});

test('credit notes count in a series of their own', () => {
  expect(numberOf(seriesOf('2027-05-08', null, 'credit'), 3)).toBe('A-2027-0003');
  expect(numberOf(seriesOf('2027-05-08', 12, 'credit'), 3)).toBe('AS-00012-2027-0003');
});
