import { familyOf } from '../profiles/genres.ts';

/** A deal that was made: the artist's first genre and level, and the price before tax in minor units of one currency. */
export interface Deal {
  readonly genre: string;
  readonly level: string;
  readonly currency: string;
  readonly minor: number;
}

/** Deals below this many say nothing (AI-04: guidance refuses when there are few). */
const fewest = 8;

/** What deals of a kind cost in the middle: by family, level and currency. */
export function openMarket(deals: readonly Deal[]): (genre: string | undefined, level: string | null, currency: string) => { readonly median: number; readonly deals: number } | null {
  const cells = new Map<string, number[]>();
  for (const { genre, level, currency, minor } of deals) {
    const key = `${familyOf(genre)} ${level} ${currency}`;
    cells.set(key, [...(cells.get(key) ?? []), minor]);
  }
  return (genre, level, currency) => {
    const prices = genre === undefined ? undefined : cells.get(`${familyOf(genre)} ${level ?? ''} ${currency}`);
    if (!prices || prices.length < fewest) return null;
    const sorted = [...prices].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return { median: sorted.length % 2 === 1 ? sorted[middle] ?? 0 : Math.round(((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2), deals: sorted.length };
  };
}
