import { expect, test } from 'vitest';
import { marketOf, priceIn, type Deal } from './market.ts';

const deals = (count: number, artists: number, buyers: number): Deal[] => Array.from({ length: count }, (_, i) => ({ artist: `org_a${i % artists}`, buyer: `org_b${i % buyers}`, genre: 'jazz manouche', level: 'confirmed', currency: 'EUR', minor: 100_000 + i * 1_000 }));

test.each([[8, 5, 5, 105_000], [9, 5, 5, 105_000], [7, 5, 5, null], [20, 4, 9, null], [20, 9, 4, null]])('%i deals of %i artists and %i buyers: %s in the middle (AI-04)', (count, artists, buyers, median) => {
  const found = priceIn(marketOf(deals(count, artists, buyers)), { genre: 'jazz', level: 'confirmed', currency: 'EUR' });
  expect(found).toEqual(median === null ? null : { median, deals: count });
});

test('another level, family or currency is another market, and an artist without a genre has none', () => {
  const market = marketOf(deals(12, 6, 6));
  expect(priceIn(market, { genre: 'jazz', level: 'emerging', currency: 'EUR' })).toBeNull();
  expect(priceIn(market, { genre: 'rock', level: 'confirmed', currency: 'EUR' })).toBeNull();
  expect(priceIn(market, { genre: 'jazz', level: 'confirmed', currency: 'CHF' })).toBeNull();
  expect(priceIn(market, { genre: undefined, level: 'confirmed', currency: 'EUR' })).toBeNull();
});
