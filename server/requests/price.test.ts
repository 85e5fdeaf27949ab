import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alike, priceRangeOf, type Deal } from './price.ts';

const at = (day: number): Date => new Date(Date.UTC(2027, 0, 1 + day));
const deals = (...prices: readonly (readonly [artist: string, euros: number])[]): Deal[] => prices.map(([orgId, euros], i) => ({ orgId, priceMinor: BigInt(euros) * 100n, agreedAt: at(i) }));
const eight = deals(['a', 800], ['a', 900], ['b', 1_000], ['b', 1_100], ['c', 1_200], ['c', 1_300], ['d', 1_400], ['e', 3_000]);

const anyDeal = fc.record({ orgId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), priceMinor: fc.bigInt(1n, 5_000_000n), agreedAt: fc.nat(700).map(at) });
const anyDeals = fc.array(anyDeal, { maxLength: 40 });

test('the middle half of eight agreements of five artists, in steps of 50 euros', () => {
  expect(priceRangeOf(eight)).toEqual({ low: 95_000n, high: 135_000n, deals: 8, artists: 5 });
});

test('seven agreements, or four artists, say nothing', () => {
  expect(priceRangeOf(eight.slice(0, 7))).toBeNull();
  expect(priceRangeOf(eight.map((deal) => ({ ...deal, orgId: deal.orgId === 'e' ? 'd' : deal.orgId })))).toBeNull();
});

test('one artist who agrees often does not make the range: the newest three count', () => {
  const often = Array.from({ length: 50 }, (_, i) => ({ orgId: 'z', priceMinor: 900_000n, agreedAt: at(i) }));
  expect(priceRangeOf(often)).toBeNull();
  expect(priceRangeOf([...eight, ...often])).toMatchObject({ deals: 11, artists: 6 });
});

test('whatever was agreed: enough or nothing, steps of 50 euros, in whatever order', () => {
  fc.assert(fc.property(anyDeals.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))), ([some, mixed]) => {
    const range = priceRangeOf(some);
    const shuffled = mixed.map((deal) => ({ ...deal, agreedAt: at(0) }));
    const onePrice = new Map<string, number>();
    for (const { orgId } of some) onePrice.set(orgId, (onePrice.get(orgId) ?? 0) + 1);
    // Where nobody has more than three, the order of time chooses nothing.
    if ([...onePrice.values()].every((n) => n <= 3)) expect(priceRangeOf(shuffled)).toEqual(range);
    if (!range) return;
    expect(range.deals).toBeGreaterThanOrEqual(8);
    expect(range.artists).toBeGreaterThanOrEqual(5);
    expect([range.low % 5_000n, range.high % 5_000n]).toEqual([0n, 0n]);
    expect(range.low <= range.high).toBe(true);
  }));
});

test('no single agreement is recognised: whatever its price, the bounds stay within the prices of the others', () => {
  fc.assert(fc.property(anyDeals.filter((some) => priceRangeOf(some) !== null), fc.nat(), fc.bigInt(1n, 10n ** 12n), (some, which, price) => {
    const i = which % some.length;
    const range = priceRangeOf(some.with(i, { ...some[i]!, priceMinor: price }));
    const others = some.toSpliced(i, 1).map(({ priceMinor }) => priceMinor);
    const [least, most] = [others.reduce((a, b) => (a < b ? a : b)), others.reduce((a, b) => (a > b ? a : b))];
    expect(range!.low).toBeGreaterThanOrEqual(least / 5_000n * 5_000n);
    expect(range!.high).toBeLessThan(most + 5_000n);
  }));
});

test('a trio is like a duo and a quartet; a band of nine like six to twelve', () => {
  expect(alike(1)).toEqual({ min: 1, max: 2 });
  expect(alike(3)).toEqual({ min: 2, max: 4 });
  expect(alike(9)).toEqual({ min: 6, max: 12 });
});
