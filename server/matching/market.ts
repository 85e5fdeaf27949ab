import { familyOf } from '../profiles/genres.ts';

/** A deal that was made: who made it, the artist's first genre and level, and the price before tax in minor units of one currency. */
export interface Deal {
  readonly artist: string;
  readonly buyer: string;
  readonly genre: string;
  readonly level: string;
  readonly currency: string;
  readonly minor: number;
}

/** Fewer deals, or deals of fewer artists or buyers, say nothing: nobody's price is told (AI-04; docs/decisions/0011-what-a-market-tells.md). */
const fewest = { deals: 8, artists: 5, buyers: 5 };

/** What deals cost in the middle, by family of genres, level and currency, where there are enough of them. It crosses to threads as it is. */
export type Market = ReadonlyMap<string, Price>;
/** The middle of so many deals, before tax in minor units, rounded as it is told. */
export interface Price {
  readonly median: number;
  readonly deals: number;
}

const keyOf = ({ genre, level, currency }: { readonly genre: string; readonly level: string | null; readonly currency: string }): string => `${familyOf(genre)} ${level ?? ''} ${currency}`;

/** The middle as it is told: in steps of a twentieth and less, as 1, 2 or 5 with zeros, ten of the currency at least, so that one deal more does not tell its price. */
function rounded(minor: number): number {
  const most = Math.max(1_000, minor / 20);
  const power = 10 ** Math.floor(Math.log10(most));
  const step = power * ([5, 2, 1].find((digit) => digit * power <= most) ?? 1);
  return Math.round(minor / step) * step;
}

/** Of one artist, and of one buyer, so many deals count, those in the middle of its own: the price of who deals often is not the market's. */
const mostOfOne = 3;
function capped(deals: readonly Deal[], side: 'artist' | 'buyer'): Deal[] {
  const own = new Map<string, Deal[]>();
  for (const deal of deals) own.set(deal[side], [...own.get(deal[side]) ?? [], deal]);
  return [...own.values()].flatMap((some) => {
    const from = Math.max(0, Math.floor((some.length - mostOfOne) / 2));
    return [...some].sort((a, b) => a.minor - b.minor).slice(from, from + mostOfOne);
  });
}

/** The market that deals make. */
export function marketOf(deals: readonly Deal[]): Market {
  const cells = new Map<string, Deal[]>();
  for (const deal of deals) {
    const key = keyOf(deal);
    const cell = cells.get(key) ?? [];
    cell.push(deal);
    cells.set(key, cell);
  }
  return new Map([...cells].flatMap(([key, all]): [string, Price][] => {
    const cell = capped(capped(all, 'artist'), 'buyer');
    if (cell.length < fewest.deals || new Set(cell.map(({ artist }) => artist)).size < fewest.artists || new Set(cell.map(({ buyer }) => buyer)).size < fewest.buyers) return [];
    const sorted = cell.map(({ minor }) => minor).sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return [[key, { median: rounded(sorted.length % 2 === 1 ? sorted[middle] ?? 0 : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2), deals: sorted.length }]];
  }));
}

/** What deals like an artist's cost in the middle; null where too few are known, or the artist names no genre. */
export const priceIn = (market: Market, { genre, ...artist }: { readonly genre: string | undefined; readonly level: string | null; readonly currency: string }): Price | null =>
  genre === undefined ? null : market.get(keyOf({ genre, ...artist })) ?? null;
