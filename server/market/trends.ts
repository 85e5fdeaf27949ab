import { LEAST } from './sheet.ts';

/** That somebody asked for an artist who plays a genre. */
export interface Asked { readonly genre: string; readonly artistOrgId: string; readonly buyerOrgId: string; readonly recent: boolean }

/** A genre and how often it was asked for; `before` is null where too few asked to be told. */
export interface Trend {
  readonly genre: string;
  readonly recent: number;
  readonly before: number | null;
  /** Per cent more or fewer, in steps of five; null without a before. */
  readonly percent: number | null;
}

/** How long each of the two periods is. */
export const TREND_DAYS = 90;

/** Genres by what was asked for of late against the time before: what rose most first, then what is asked for most. A genre that fewer asked for, or of fewer artists, is not named. */
export function trendsOf(asked: readonly Asked[]): Trend[] {
  const genres = new Map<string, Asked[]>();
  for (const one of asked) {
    const own = genres.get(one.genre);
    if (own) own.push(one);
    else genres.set(one.genre, [one]);
  }
  return [...genres].flatMap(([genre, all]) => {
    const [recent, before] = [all.filter((one) => one.recent), all.filter((one) => !one.recent)];
    if (!enough(recent)) return [];
    const known = enough(before) ? before.length : null;
    return [{ genre, recent: recent.length, before: known, percent: known === null ? null : Math.round((20 * (recent.length - known)) / known) * 5 }];
  }).sort((a, b) => (b.percent ?? -Infinity) - (a.percent ?? -Infinity) || b.recent - a.recent || (a.genre < b.genre ? -1 : 1));
}

const enough = (asked: readonly Asked[]): boolean =>
  asked.length >= LEAST.deals && new Set(asked.map(({ artistOrgId }) => artistOrgId)).size >= LEAST.artists && new Set(asked.map(({ buyerOrgId }) => buyerOrgId)).size >= LEAST.buyers;
