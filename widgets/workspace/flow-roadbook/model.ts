import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import { daysAfter } from '../../parts/days.ts';

type Doors = inferRouterOutputs<AppRouter>['roadbooks'];
/** A roadbook as it was read, and when. */
export type Read = Doors['book'];
export type RoadDay = Read['book']['days'][number];
export type Drive = RoadDay['drives'][number];
export type Evening = NonNullable<RoadDay['show']>;
/** A day as a card; days at home between two journeys are one card. `until` is its last day, `nights` how many there are from its first. */
export interface Card extends RoadDay { readonly until: string; readonly nights: number }

/** Days as cards, in the order of their first days. */
export function cardsOf(days: readonly RoadDay[]): readonly Card[] {
  const cards: Card[] = [];
  for (const one of days) {
    const before = cards.findLastIndex(({ artist }) => artist === one.artist);
    const run = cards[before];
    if (run && isHome(run) && isHome(one) && daysAfter(run.until, 1) === one.day) cards[before] = { ...run, until: one.day, nights: run.nights + 1 };
    else cards.push({ ...one, until: one.day, nights: 1 });
  }
  return cards;
}

const isHome = ({ kind, shared }: RoadDay): boolean => kind === 'home' && shared.length === 0;

/** A link that was given to a crew. */
export type RoadLink = Doors['links'][number];

/** The kinds of file that it is taken along as. */
export const FILES = ['pdf', 'ics', 'gpx'] as const;
/** Days that are printed at once, as the server has it (server/roadbooks/service.ts). */
export const MOST_PRINTED = 400;
export type FileKind = (typeof FILES)[number];
