import type { Currency } from '../core/money.ts';
import type { Day } from '../core/time.ts';

/** The two sides that seek each other: an artist, or a place (a hall, a festival, a campsite, a commune, whoever buys a show). */
export const SEEN = ['artist', 'place'] as const;
export type Seen = (typeof SEEN)[number];

/** The kinds of place that a show is played at. */
export const PLACE_KINDS = [
  'hall', 'club', 'theatre', 'bar', 'restaurant', 'hotel', 'cultural_centre', 'festival', 'campsite', 'town', 'outdoor', 'church', 'castle', 'library', 'school', 'company', 'private',
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** How far an artist has come, or what a place usually bills. */
export const LEVELS = ['emerging', 'confirmed', 'headliner'] as const;
export type Level = (typeof LEVELS)[number];

/** How the audience takes a show in. */
export const SETTINGS = ['seated', 'standing', 'roaming'] as const;
export type Setting = (typeof SETTINGS)[number];

/** Who comes, or whom a show is for. */
export const AUDIENCES = ['families', 'children', 'young', 'adults', 'seniors', 'tourists'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** What is sung in; `none` is instrumental. */
export const LYRICS = ['fr', 'en', 'nl', 'de', 'es', 'it', 'pt', 'br', 'oc', 'co', 'eu', 'ar', 'other', 'none'] as const;
export type Lyrics = (typeof LYRICS)[number];

/** A range of whole numbers, both ends included; null is open. */
export interface Between {
  readonly min: number | null;
  readonly max: number | null;
}

/** A point of the map and how far around it, in kilometres as the crow flies. */
export interface Near {
  readonly name: string;
  /** The commune's code, where it is one. */
  readonly insee: string;
  readonly lat: number;
  readonly lng: number;
  readonly km: number;
}

/** Days asked for: from and until both included. `weekdays` are 1 (Monday) to 7, any of them; none is all of them. */
export interface Days {
  readonly from: Day;
  readonly until: Day;
  readonly weekdays: readonly number[];
}

/**
 * What a search keeps: all that is set has to be met, and of a list any one. A candidate of whom a thing is not known is left out where that
 * thing is asked for. Genres by the names we keep, and with them all that lie below.
 */
export interface Filters {
  readonly genres: readonly string[];
  readonly near: Near | null;
  /** Minor units before tax: what an artist asks, or what a place can pay. A candidate stays whose own range meets this one. */
  readonly fee: Between & { readonly currency: Currency };
  /** People: what a place holds, or what an artist plays for. */
  readonly capacity: Between;
  readonly days: Days | null;
  /** People on stage. */
  readonly lineUp: Between;
  readonly kinds: readonly PlaceKind[];
  readonly levels: readonly Level[];
  readonly settings: readonly Setting[];
  readonly audiences: readonly Audience[];
  readonly lyrics: readonly Lyrics[];
  /** Suitable for families. */
  readonly family: boolean;
  readonly outdoor: boolean;
  /** Papers checked by us. */
  readonly verified: boolean;
  /** Stars, 1 to 5; 0 asks nothing. */
  readonly ratingMin: number;
  /** Hours in which half of all requests are answered; 0 asks nothing. */
  readonly answerHoursMax: number;
}

/** A search that asks nothing. */
export const noFilters: Filters = {
  genres: [], near: null, fee: { min: null, max: null, currency: 'EUR' }, capacity: { min: null, max: null }, days: null, lineUp: { min: null, max: null }, kinds: [], levels: [], settings: [],
  audiences: [], lyrics: [], family: false, outdoor: false, verified: false, ratingMin: 0, answerHoursMax: 0,
};
