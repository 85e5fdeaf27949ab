import { expect, test } from 'vitest';
import { openMarket, type Deal } from './market.ts';

const deals = (count: number, artists: number, buyers: number): Deal[] => Array.from({ length: count }, (_, i) => ({ artist: `org_a${i % artists}`, buyer: `org_b${i % buyers}`, genre: 'jazz manouche', level: 'confirmed', currency: 'EUR', minor: 100_000 + i * 1_000 }));

test.each([[8, 5, 5, 105_000], [9, 5, 5, 105_000], [7, 5, 5, null], [20, 4, 9, null], [20, 9, 4, null]])('%i deals of %i artists and %i buyers: %s in the middle (AI-04)', (count, artists, buyers, median) => {
  const found = openMarket(deals(count, artists, buyers))('jazz', 'confirmed', 'EUR');
  expect(found).toEqual(median === null ? null : { median, deals: count });
});

test('another level, family or currency is another market, and an artist without a genre has none', () => {
  const market = openMarket(deals(12, 6, 6));
  expect(market('jazz', 'emerging', 'EUR')).toBeNull();
  expect(market('rock', 'confirmed', 'EUR')).toBeNull();
  expect(market('jazz', 'confirmed', 'CHF')).toBeNull();
  expect(market(undefined, 'confirmed', 'EUR')).toBeNull();
});
