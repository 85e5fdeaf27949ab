import { expect, test } from 'vitest';
import { numberOf, seriesOf } from './numbering.ts';

test.each([['2027-01-01', 1, 'F-2027-0001'], ['2027-12-31', 999, 'F-2027-0999'], ['2028-01-01', 12_345, 'F-2028-12345']])('an invoice of %s, the %sth of its year, is %s (INV-01)', (day, sequence, number) => {
  expect(numberOf(seriesOf(day), sequence)).toBe(number);
});

test.each([0, -1, 1.5])('%s is no sequence', (sequence) => {
  expect(() => numberOf('F-2027', sequence)).toThrow('a sequence starts at 1');
});
