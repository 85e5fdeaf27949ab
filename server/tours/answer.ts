import type { Day } from '../core/time.ts';
import type { Visit } from './question.ts';

/* What is said of a tour: its stops and legs, what they earn and cost, what is wrong with it, and why what is not in it is not. All amounts in minor units of the question's currency, all whole. */

/** A stop of an artist. `fixed` never moves; `pinned` moves when its pin does. */
export interface Stop extends Visit {
  readonly standing: 'fixed' | 'pinned' | 'planned';
  readonly title: string;
  readonly place: number;
  readonly city: string;
  readonly capacity: number;
  readonly priceMinor: number;
  /** What the weights make of its day, each by name; negative is against it. */
  readonly wishes: Readonly<Partial<Record<'weekend' | 'schoolHolidays' | 'publicHolidays', number>>>;
}

/** From one stop to the next, from home to the first (`from` null), from the last home (`to` null). Places are rows of the roads. */
export interface Leg {
  readonly artist: string;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly places: readonly number[];
  readonly metres: number;
  readonly minutes: number;
  readonly nights: number;
  /** Days away on which nobody plays. */
  readonly idleDays: number;
  /** By way of home. */
  readonly home: boolean;
  readonly transportMinor: number;
  readonly lodgingMinor: number;
  readonly crewMinor: number;
  readonly mealsMinor: number;
  readonly grams: number;
  /** What the weights make of it. */
  readonly wishes: Readonly<Partial<Record<'spacing' | 'progression' | 'carbonTonne' | 'hour', number>>>;
}

/** What a tour comes to. `marginMinor` is revenue less commission and costs; `worthMinor` takes in what the weights make of it, which is what a search aims at. */
export interface Sums {
  readonly shows: number;
  readonly revenueMinor: number;
  readonly commissionMinor: number;
  readonly transportMinor: number;
  readonly lodgingMinor: number;
  readonly crewMinor: number;
  readonly mealsMinor: number;
  /** What sharing saves, not below zero; taken off in the margin. */
  readonly sharedMinor: number;
  readonly marginMinor: number;
  readonly wishesMinor: number;
  readonly worthMinor: number;
  readonly metres: number;
  readonly minutes: number;
  readonly nights: number;
  readonly grams: number;
  /** The first show, in order of days, with which the tour has earned what all of it costs; null when it never does. */
  readonly breaksEven: number | null;
}

/** What is wrong: with which rule, between which stops, by how much. A plan of the search has none; a hand that drags may make some, and is told. */
export type Conflict =
  | { readonly rule: 'same_day' | 'too_close'; readonly stops: readonly [Visit, Visit]; readonly days: number; readonly least: number }
  | { readonly rule: 'drive' | 'no_way'; readonly stops: readonly [Visit | null, Visit | null]; readonly minutes: number; readonly available: number }
  | { readonly rule: 'exclusive'; readonly stops: readonly [Visit, Visit]; readonly km: number; readonly within: number; readonly until: Day }
  | { readonly rule: 'artist_busy' | 'venue_not_free' | 'outside' | 'forbidden' | 'no_bid'; readonly stops: readonly [Visit] }
  | { readonly rule: 'venue_full' | 'twice'; readonly stops: readonly [Visit, Visit] }
  | { readonly rule: 'floor'; readonly stops: readonly [Visit]; readonly netMinor: number; readonly floorMinor: number }
  | { readonly rule: 'most_shows'; readonly stops: readonly Visit[]; readonly most: number };

/** Why a bid is not in a tour: the days that come nearest to it, with what keeps each, and what it would have cost to have it where no rule does. */
export interface Unused {
  readonly artist: string;
  readonly venue: string;
  readonly priceMinor: number;
  /** The day that would cost least, and what the tour would lose with it there; null when no rule lets it in. */
  readonly best: { readonly day: Day; readonly losesMinor: number; readonly detourMetres: number; readonly instead: readonly Visit[]; /** What the weights make of that day. */ readonly wishes: Stop['wishes']; /** Whose school holidays speak against it; empty where none do. */ readonly zone: string } | null;
  /** By rule: how many of its days it takes, and one case of it. */
  readonly reasons: readonly { readonly days: number; readonly conflict: Conflict }[];
}

/** What two artists or more do together on a leg, a night or a day, and what each of them pays and saves. */
export interface Shared {
  readonly what: 'vehicle' | 'rooms' | 'crew';
  readonly from: Day;
  readonly to: Day;
  readonly place: number;
  readonly saved: number;
  /** By artist; what all pay together is what it costs, to the cent. */
  readonly parts: readonly { readonly artist: string; readonly aloneMinor: number; readonly paysMinor: number }[];
  /** How it was split: by what each adds, over every order (Shapley 1953), or in proportion to what each would pay alone. */
  readonly by: 'benefit' | 'proportion';
}

/** The same number of shows made otherwise: in the order in which offers came, and each from home and back. */
export interface Compared { readonly shows: number; readonly logisticsMinor: number; readonly metres: number; readonly grams: number }

/** A rule that holds a tour back, and what the tour would be worth more without it. */
export interface Binding { readonly rule: 'drive' | 'rest' | 'exclusive' | 'floor' | 'least_gap' | 'most_shows' | 'artist_busy'; readonly gainsMinor: number; readonly gainsShows: number }

/** Stops that lie near one another, named by a town of theirs. Places are rows of the roads, each in one basin. */
export interface Basin { readonly name: string; readonly places: readonly number[] }

/** A tour with all that is said of it. */
export interface Tour {
  readonly stops: readonly Stop[];
  readonly legs: readonly Leg[];
  readonly sums: Sums;
  readonly byArtist: readonly ({ readonly artist: string } & Sums)[];
  readonly shared: readonly Shared[];
  readonly conflicts: readonly Conflict[];
  readonly inOrder: Compared;
  readonly pointToPoint: Compared;
  readonly basins: readonly Basin[];
  /** Two artists of one public near each other; what it is counted at. */
  readonly cannibal: readonly { readonly stops: readonly [Visit, Visit]; readonly km: number; readonly minor: number }[];
}
