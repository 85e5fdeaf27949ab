import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';

/** What an organisation says of itself to be matched, as its page reads it. */
export type Own = inferRouterOutputs<AppRouter>['sheets']['own'];
export type Name = keyof Own['sheet'];
export type Side = Own['seen'];

/** How a thing is asked: one or many of names, a whole number, an amount, yes or no, words, twelve months, an hour, a day. */
export type Ask =
  | { readonly how: 'one' | 'many'; readonly of: readonly string[] }
  | { readonly how: 'number'; readonly min?: number; readonly max: number }
  | { readonly how: 'money' | 'yes' | 'names' | 'weekdays' | 'season' | 'hour' | 'day' };

/** The part of the form that a thing stands in; each is kept by its own button. */
export interface Group {
  readonly group: 'play' | 'money' | 'days' | 'road' | 'access' | 'technical' | 'reach' | 'season';
  readonly names: readonly Name[];
}

const names = <const T extends readonly string[]>(...of: T) => of;
const upTo = (max: number, min = 0): Ask => ({ how: 'number', min, max });

/** How each thing is asked. Ranges are the server's (server/sheets/router.ts): a figure beyond them is refused there. */
export const ASKS: Readonly<Record<Name, Ask>> = {
  level: { how: 'one', of: names('emerging', 'confirmed', 'headliner') }, settings: { how: 'many', of: names('seated', 'standing', 'roaming') },
  audiences: { how: 'many', of: names('families', 'children', 'young', 'adults', 'seniors', 'tourists') }, lyrics: { how: 'many', of: names('fr', 'en', 'nl', 'de', 'es', 'it', 'pt', 'br', 'oc', 'co', 'eu', 'ar', 'other', 'none') },
  backline: { how: 'many', of: names('drums', 'bass_amp', 'guitar_amp', 'keyboard', 'piano', 'decks', 'percussion', 'microphones') },
  placeKind: { how: 'one', of: names('hall', 'club', 'theatre', 'bar', 'restaurant', 'hotel', 'cultural_centre', 'festival', 'campsite', 'town', 'outdoor', 'church', 'castle', 'library', 'school', 'company', 'private') },
  influences: { how: 'names' }, weekdays: { how: 'weekdays' }, season: { how: 'season' }, curfew: { how: 'hour' }, figuresAt: { how: 'day' }, ticket: { how: 'money' }, funding: { how: 'money' },
  family: { how: 'yes' }, outdoor: { how: 'yes' }, autonomous: { how: 'yes' }, covered: { how: 'yes' }, stepFree: { how: 'yes' }, loadIn: { how: 'yes' }, parking: { how: 'yes' }, transit: { how: 'yes' },
  leadDays: upTo(730), depositPercent: upTo(100), stageMetres: upTo(10_000), inputs: upTo(254), kilowatts: upTo(254), decibels: upTo(140), crew: upTo(100), listeners: upTo(1_000_000_000), listenersPercent: upTo(100),
  followers: upTo(1_000_000_000), engagement: upTo(1_000), growthPercent: upTo(10_000, -100), mobilityKm: upTo(20_000), restDays: upTo(60), fillPercent: upTo(100), daysToPay: upTo(365),
};

/** What either side is asked, group by group. */
export const GROUPS: Readonly<Record<Side, readonly Group[]>> = {
  artist: [
    { group: 'play', names: ['level', 'family', 'settings', 'audiences', 'lyrics', 'influences'] }, { group: 'money', names: ['ticket', 'depositPercent'] }, { group: 'days', names: ['leadDays', 'restDays', 'weekdays'] },
    { group: 'road', names: ['mobilityKm', 'crew'] }, { group: 'technical', names: ['stageMetres', 'inputs', 'kilowatts', 'decibels', 'autonomous', 'outdoor', 'backline'] },
    { group: 'reach', names: ['listeners', 'listenersPercent', 'followers', 'engagement', 'growthPercent', 'figuresAt'] },
  ],
  place: [
    { group: 'play', names: ['placeKind', 'level', 'family', 'settings', 'audiences', 'lyrics', 'influences'] }, { group: 'money', names: ['ticket', 'depositPercent', 'daysToPay', 'funding'] }, { group: 'days', names: ['leadDays', 'weekdays'] },
    { group: 'access', names: ['outdoor', 'covered', 'stepFree', 'loadIn', 'parking', 'transit'] }, { group: 'technical', names: ['stageMetres', 'inputs', 'kilowatts', 'decibels', 'curfew', 'backline'] }, { group: 'season', names: ['fillPercent', 'season'] },
  ],
};

/** Where a part that a profile lacks is filled in: a page, or the field of this one. */
export function wayTo(part: string, side: Side): { readonly page: string } | { readonly field: string } {
  const here: Readonly<Record<string, string>> = { level: 'level', settings: 'settings', audiences: 'audiences', mobility: 'mobilityKm', kind: 'placeKind', stage: 'stageMetres' };
  if (here[part]) return { field: here[part] };
  if (side === 'artist') return { page: '/press-kit' };
  return part === 'words' ? { field: 'about' } : { page: '/organisation' };
}
