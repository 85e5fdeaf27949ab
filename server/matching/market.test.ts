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

const deal = (artist: string, buyer: string, minor: number): Deal => ({ artist, buyer, genre: 'jazz', level: 'confirmed', currency: 'EUR', minor });
const told = (all: readonly Deal[]) => priceIn(marketOf(all), { genre: 'jazz', level: 'confirmed', currency: 'EUR' });

test('who deals often is not the market: of one artist, and of one buyer, three deals count (AI-04)', () => {
  const few = [80_000, 90_000, 700_000, 800_000].map((minor, i) => deal(`org_${i}`, `org_c${i}`, minor));
  expect(told([...Array.from({ length: 20 }, (_, i) => deal('org_star', `org_b${i}`, 345_000)), ...few])).toBeNull();
  expect(told([...Array.from({ length: 20 }, (_, i) => deal(`org_a${i}`, 'org_festival', 345_000)), ...few])).toBeNull();
  expect(told([...Array.from({ length: 20 }, (_, i) => deal('org_star', `org_b${i}`, 345_000)), ...few, deal('org_4', 'org_c4', 900_000)])).toEqual({ median: 350_000, deals: 8 });
});

test('a deal more does not tell its price: the middle is told in steps of a fiftieth at least (AI-04)', () => {
  const eight = [100, 200, 300, 400, 1_500, 1_600, 1_700, 1_800].map((thousands, i) => deal(`org_a${i}`, `org_b${i}`, thousands * 1_000));
  expect(told([...eight, deal('org_x', 'org_y', 985_000)])).toEqual({ median: 980_000, deals: 9 });
  expect(told([...eight, deal('org_x', 'org_y', 973_000)])).toEqual({ median: 980_000, deals: 9 });
});
