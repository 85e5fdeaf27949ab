import { completePlace, completeArtist, kindsOfBuyers, type ArtistHas, type PlaceHas } from '../matching/facts.ts';
import { proposedFrom } from '../matching/complete.ts';
import type { Backline } from '../matching/columns.ts';
import { toWire, type Currency, type WireMoney } from '../core/money.ts';
import type { Day } from '../core/time.ts';
import type { Audience, Level, Lyrics, PlaceKind, Seen, Setting } from '../matching/filters.ts';

/** What can be said of oneself, as `Sheet` of prisma/schema/matching.prisma explains it. Money is in the currency of the press kit or the hall. */
interface Fields {
  level: Level; settings: Setting[]; audiences: Audience[]; lyrics: Lyrics[]; backline: Backline[]; weekdays: number[]; influences: string[];
  ticket: WireMoney; leadDays: number; depositPercent: number; family: boolean; outdoor: boolean; stageMetres: number; inputs: number; kilowatts: number; decibels: number;
  crew: number; listeners: number; listenersPercent: number; followers: number; engagement: number; growthPercent: number; mobilityKm: number; restDays: number; autonomous: boolean; figuresAt: Day;
  placeKind: PlaceKind; fillPercent: number; season: number[]; daysToPay: number; funding: WireMoney; covered: boolean; stepFree: boolean; loadIn: boolean; parking: boolean; transit: boolean; curfew: string;
}

/** What is changed of a sheet: null takes back, what is left out stays. */
export type Patch = { readonly [F in keyof Fields]?: Fields[F] | null | undefined };

/** A sheet as it stands: null, or an empty list, is not known. */
export type Said = { [F in keyof Fields]: Fields[F] extends unknown[] ? Fields[F] : Fields[F] | null };

/** A promise of an artist not to play within `km` of a place, both days included. */
export interface Promised { readonly insee: string; readonly km: number; readonly from: Day; readonly until: Day }

/** What is said by a list: taken back, it is empty. */
export const LISTS = ['settings', 'audiences', 'lyrics', 'backline', 'weekdays', 'influences', 'season'] as const;
export const isList = (name: string): name is (typeof LISTS)[number] => (LISTS as readonly string[]).includes(name);

/** A list without what was said twice; the months of a season are no set. */
export const onceEach = (values: readonly (string | number)[], name: string) => (name === 'season' ? [...values] : [...new Set(values)]);

/** A sheet as it is kept: the same, with amounts in minor units and the day of the figures as a date. */
type Row = { readonly [F in keyof Fields]?: unknown } & { readonly ticketMinor: number | null; readonly fundingMinor: bigint | null };

/** How it is shown; without a row nothing is known. `figuresAt` is when its figures were read. */
export function sheetView(row: Row | null, { currency, figuresAt }: { readonly currency: Currency; readonly figuresAt: Day | null }): Said {
  const money = (minor: bigint | number | null | undefined) => (minor == null ? null : toWire({ minor: BigInt(minor), currency }));
  // The table holds words; who wrote them was held to the same lists as the view.
  const said = <F extends keyof Said>(name: F): Said[F] => ((row?.[name] ?? (isList(name) ? [] : null)) as Said[F]);
  return {
    level: said('level'), settings: said('settings'), audiences: said('audiences'), lyrics: said('lyrics'), backline: said('backline'), weekdays: said('weekdays'), influences: said('influences'), ticket: money(row?.ticketMinor), leadDays: said('leadDays'),
    depositPercent: said('depositPercent'), family: said('family'), outdoor: said('outdoor'), stageMetres: said('stageMetres'), inputs: said('inputs'), kilowatts: said('kilowatts'), decibels: said('decibels'), crew: said('crew'), listeners: said('listeners'),
    listenersPercent: said('listenersPercent'), followers: said('followers'), engagement: said('engagement'), growthPercent: said('growthPercent'), mobilityKm: said('mobilityKm'), restDays: said('restDays'), autonomous: said('autonomous'),
    figuresAt, placeKind: said('placeKind'), fillPercent: said('fillPercent'), season: said('season'), daysToPay: said('daysToPay'), funding: money(row?.fundingMinor), covered: said('covered'), stepFree: said('stepFree'),
    loadIn: said('loadIn'), parking: said('parking'), transit: said('transit'), curfew: said('curfew'),
  };
}

/** What only an artist says of itself, and what only a place does; the rest is said by both. */
const OWN_FIELDS = {
  artist: ['crew', 'listeners', 'listenersPercent', 'followers', 'engagement', 'growthPercent', 'figuresAt', 'mobilityKm', 'restDays', 'autonomous'],
  place: ['placeKind', 'fillPercent', 'season', 'daysToPay', 'funding', 'covered', 'stepFree', 'loadIn', 'parking', 'transit', 'curfew'],
} as const satisfies Readonly<Record<Seen, readonly string[]>>;

/** Figures that are counted elsewhere, by a streaming service or a network: they are worth as much as the day on which they were read. */
export const COUNTED = ['listeners', 'listenersPercent', 'followers', 'engagement', 'growthPercent'] as const;

/** On which side of a match an organisation of that kind stands; null for a booker, who seeks for its artists and is not sought. */
export const sideOf = (kind: string): Seen | null => (kind === 'artist' ? 'artist' : kind in kindsOfBuyers ? 'place' : null);

/** Of a patch, the first field that the other side alone has: an artist has no curfew. */
export const foreignIn = (side: Seen, named: readonly string[]): string | undefined => {
  const theirs: readonly string[] = OWN_FIELDS[side === 'artist' ? 'place' : 'artist'];
  return named.find((name) => theirs.includes(name));
};

/** The levels of a profile, and from how many per cent each is reached (PR-01). */
const LEVELS_OF_PROFILE = [{ level: 'basic', percent: 30 }, { level: 'complete', percent: 70 }, { level: 'expert', percent: 100 }] as const;

/** How far a profile has come: what it lacks, the weightiest first, which level that is, and from how much on others are shown it. */
function completionOf({ percent, missing }: ReturnType<typeof completeArtist>, shown: boolean) {
  return {
    percent, missing: [...missing], proposedFrom, shown, proposed: shown && percent >= proposedFrom,
    level: LEVELS_OF_PROFILE.findLast((one) => percent >= one.percent)?.level ?? null,
    levels: LEVELS_OF_PROFILE.map((one) => ({ ...one, reached: percent >= one.percent })),
  };
}

/** How complete an artist is, as matching reckons it. */
export const completionOfArtist = (has: ArtistHas & { readonly published: boolean }) => completionOf(completeArtist(has), has.published);

/** How complete a place is, as matching reckons it. */
export const completionOfPlace = (has: PlaceHas & { readonly claimed: boolean }) => completionOf(completePlace(has), has.claimed);
