import type { Day } from '../core/time.ts';
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

/** That somebody asked for a date. */
export interface AskedDate { readonly showDay: Day; readonly artistOrgId: string; readonly buyerOrgId: string }

/** A month of the calendar, 1 to 12, and how many dates in it were asked for; null where too few asked to be told. */
export interface Season { readonly month: number; readonly asked: number | null }

/** How many days of requests the seasons are counted over: each month of the calendar once. */
export const SEASON_DAYS = 365;

/** The months of the calendar by the dates in them that were asked for, of all genres together. */
export const seasonsOf = (asked: readonly AskedDate[]): Season[] => Array.from({ length: 12 }, (_, i) => {
  const own = asked.filter(({ showDay }) => Number(showDay.slice(5, 7)) === i + 1);
  return { month: i + 1, asked: enough(own) ? own.length : null };
});

const enough = (asked: readonly Pick<Asked, 'artistOrgId' | 'buyerOrgId'>[]): boolean =>
  asked.length >= LEAST.deals && new Set(asked.map(({ artistOrgId }) => artistOrgId)).size >= LEAST.artists && new Set(asked.map(({ buyerOrgId }) => buyerOrgId)).size >= LEAST.buyers;
