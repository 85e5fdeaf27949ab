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

/** The middle as it is told: to a twentieth or so, so that one deal more does not tell its price. */
function rounded(minor: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, minor)))) / 20;
  return Math.round(Math.round(minor / Math.max(1, step)) * Math.max(1, step));
}

/** What deals of a kind cost in the middle: by family, level and currency. */
export function openMarket(deals: readonly Deal[]): (genre: string | undefined, level: string | null, currency: string) => { readonly median: number; readonly deals: number } | null {
  const cells = new Map<string, Deal[]>();
  for (const deal of deals) {
    const key = `${familyOf(deal.genre)} ${deal.level} ${deal.currency}`;
    const cell = cells.get(key) ?? [];
    cell.push(deal);
    cells.set(key, cell);
  }
  return (genre, level, currency) => {
    const cell = genre === undefined ? undefined : cells.get(`${familyOf(genre)} ${level ?? ''} ${currency}`);
    if (!cell || cell.length < fewest.deals || new Set(cell.map(({ artist }) => artist)).size < fewest.artists || new Set(cell.map(({ buyer }) => buyer)).size < fewest.buyers) return null;
    const sorted = cell.map(({ minor }) => minor).sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    return { median: rounded(sorted.length % 2 === 1 ? sorted[middle] ?? 0 : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2), deals: sorted.length };
  };
}
