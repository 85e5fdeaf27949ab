import { assert } from '@open-wc/testing';
import { minorOf, typedOf } from './amount.ts';

it('reads an amount as people write it, in French and in English', () => {
  const read = ['1200', '1 200', '1\u202f200,50 €', '1,200.50', '1.200,5', '0,99', '12,000', '1200.00'].map(minorOf);
  assert.deepEqual(read, [120_000, 120_000, 120_050, 120_050, 120_050, 99, 1_200_000, 120_000]);
});

it('refuses what is no amount', () => {
  assert.deepEqual(['', 'abc', '-5', '12,3456', '99999999999999999'].map(minorOf), [null, null, null, null, null]);
});

it('writes it back as a field shows it', () => {
  assert.deepEqual([typedOf(120_000, 'fr'), typedOf(120_050, 'fr'), typedOf(120_005, 'en')], ['1200', '1200,50', '1200.05']);
});
