/*
 * What the planner's page is given and what it says, as it crosses the wire. Amounts are minor units of the plan's currency, days `YYYY-MM-DD`, places rows of `Plan.spots`.
 */

/** A place of the plan. */
export interface Spot { readonly lat: number; readonly lng: number; readonly city: string; readonly country: string; readonly insee: string }
/** A show at a venue on a day: a pin, what is forbidden, a stop. */
export interface Visit { readonly artist: string; readonly venue: string; readonly day: string }
export interface Limits { readonly driveMinutes: number; readonly breakAfter: number; readonly breakMinutes: number; readonly restMinutes: number; readonly leastGap: number; readonly mostShows: number; readonly wantedShows: number }
export interface Rates { readonly nightMinor: number; readonly crewDayMinor: number; readonly mealsMinor: number }
export interface Weights { readonly spacing: number; readonly weekend: number; readonly schoolHolidays: number; readonly publicHolidays: number; readonly progression: number; readonly cannibal: number; readonly carbonTonne: number; readonly hour: number }
export interface Exclusive { readonly km: number; readonly days: number }
export interface Artist {
  readonly id: string; readonly name: string; readonly home: number; readonly people: number; readonly crew: number;
  readonly carriage: { readonly kind: string; readonly perKmMinor: number; readonly gramsPerKm: number; readonly seats: number };
  readonly floorMinor: number; readonly commissionBps: number; readonly audience: string; readonly busy: readonly string[];
  readonly fixed: readonly { readonly id: string; readonly day: string; readonly title: string; readonly place: number; readonly capacity: number; readonly priceMinor: number; readonly loadIn: number; readonly ends: number; readonly venue: string | null; readonly exclusive: Exclusive | null }[];
}
export interface Venue { readonly id: string; readonly name: string; readonly place: number; readonly capacity: number; readonly loadIn: number; readonly ends: number; readonly stages: number; readonly exclusive: Exclusive | null }
export interface Bid { readonly artist: string; readonly venue: string; readonly priceMinor: number; readonly prices?: Readonly<Record<string, number>> | undefined; readonly days: readonly string[]; readonly order: number; readonly standing: 'asked' | 'offered' | 'found'; readonly bookingId?: string | undefined }

/** A stop of an artist. `fixed` never moves; `pinned` moves when its pin does. */
export interface Stop extends Visit {
  readonly standing: 'fixed' | 'pinned' | 'planned'; readonly title: string; readonly place: number; readonly city: string; readonly capacity: number; readonly priceMinor: number;
  readonly wishes: Readonly<Partial<Record<'weekend' | 'schoolHolidays' | 'publicHolidays', number>>>;
}
/** From one stop to the next; from home where `from` is null, home where `to` is. */
export interface Leg {
  readonly artist: string; readonly from: string | null; readonly to: string | null; readonly places: readonly number[]; readonly metres: number; readonly minutes: number; readonly nights: number; readonly idleDays: number; readonly home: boolean;
  readonly transportMinor: number; readonly lodgingMinor: number; readonly crewMinor: number; readonly mealsMinor: number; readonly grams: number;
  readonly wishes: Readonly<Partial<Record<'spacing' | 'progression' | 'carbonTonne' | 'hour', number>>>;
}
export interface Sums {
  readonly shows: number; readonly revenueMinor: number; readonly commissionMinor: number; readonly transportMinor: number; readonly lodgingMinor: number; readonly crewMinor: number; readonly mealsMinor: number; readonly sharedMinor: number;
  readonly marginMinor: number; readonly wishesMinor: number; readonly worthMinor: number; readonly metres: number; readonly minutes: number; readonly nights: number; readonly grams: number; readonly breaksEven: number | null;
}
export type Conflict =
  | { readonly rule: 'same_day' | 'too_close'; readonly stops: readonly [Visit, Visit]; readonly days: number; readonly least: number }
  | { readonly rule: 'drive' | 'no_way'; readonly stops: readonly [Visit | null, Visit | null]; readonly minutes: number; readonly available: number }
  | { readonly rule: 'exclusive'; readonly stops: readonly [Visit, Visit]; readonly km: number; readonly within: number; readonly until: string }
  | { readonly rule: 'artist_busy' | 'venue_not_free' | 'outside' | 'forbidden' | 'no_bid'; readonly stops: readonly [Visit] }
  | { readonly rule: 'venue_full' | 'twice'; readonly stops: readonly [Visit, Visit] }
  | { readonly rule: 'floor'; readonly stops: readonly [Visit]; readonly netMinor: number; readonly floorMinor: number }
  | { readonly rule: 'most_shows'; readonly stops: readonly Visit[]; readonly most: number };
export interface Unused {
  readonly artist: string; readonly venue: string; readonly priceMinor: number;
  readonly best: { readonly day: string; readonly losesMinor: number; readonly detourMetres: number; readonly instead: readonly Visit[] } | null;
  readonly reasons: readonly { readonly days: number; readonly conflict: Conflict }[];
}
export interface Shared {
  readonly what: 'vehicle' | 'rooms' | 'crew'; readonly from: string; readonly to: string; readonly place: number; readonly saved: number;
  readonly parts: readonly { readonly artist: string; readonly aloneMinor: number; readonly paysMinor: number }[]; readonly by: 'benefit' | 'proportion';
}
export interface Compared { readonly shows: number; readonly logisticsMinor: number; readonly metres: number; readonly grams: number }
export interface Binding { readonly rule: 'drive' | 'rest' | 'exclusive' | 'floor' | 'least_gap' | 'most_shows' | 'artist_busy'; readonly gainsMinor: number; readonly gainsShows: number }
export interface Tour {
  readonly stops: readonly Stop[]; readonly legs: readonly Leg[]; readonly sums: Sums; readonly byArtist: readonly ({ readonly artist: string } & Sums)[]; readonly shared: readonly Shared[]; readonly conflicts: readonly Conflict[];
  readonly inOrder: Compared; readonly pointToPoint: Compared; readonly cannibal: readonly { readonly stops: readonly [Visit, Visit]; readonly km: number; readonly minor: number }[];
}

/** A tour that is being planned: who, when, among what, and its scenarios. */
export interface Plan {
  readonly id: string; readonly name: string; readonly from: string; readonly until: string; readonly currency: string;
  readonly scenarios: readonly { readonly id: string; readonly name: string; readonly shows: number; readonly marginMinor: number; readonly updatedAt: string }[];
  readonly spots: readonly Spot[]; readonly artists: readonly Artist[]; readonly venues: readonly Venue[]; readonly bids: readonly Bid[];
  readonly blurred: readonly { readonly reason: string; readonly cells: number }[];
  readonly holidays: readonly { readonly zone: string; readonly kind: 'school' | 'public'; readonly from: string; readonly until: string }[];
  readonly leftOut: readonly { readonly name: string; readonly reason: 'currency' | 'place_unknown' | 'twice' | 'no_day' | 'too_many' }[];
}
/** How a stop stands since holds were sent. */
export type Sent = Visit & { readonly state: 'held' | 'agreed' | 'declined' | 'lapsed' | 'refused'; readonly bookingId: string | null; readonly until: string | null; readonly code: string };
/** A scenario with its tour as it is reckoned now. `version` counts its changes; whoever changes it says which they saw. */
export interface Scenario {
  readonly id: string; readonly planId: string; readonly name: string; readonly version: number; readonly undo: boolean; readonly redo: boolean; readonly limits: Limits; readonly rates: Rates; readonly weights: Weights;
  readonly pins: readonly Visit[]; readonly forbidden: readonly { readonly artist: string; readonly venue: string; readonly day: string | null }[]; readonly tour: Tour; readonly sent: readonly Sent[];
}
/** One change by hand. */
export type Edit =
  | { readonly kind: 'move'; readonly visit: Visit; readonly to: string; readonly artist?: string }
  | { readonly kind: 'add' | 'remove' | 'pin' | 'unpin'; readonly visit: Visit }
  | { readonly kind: 'swap'; readonly visits: readonly [Visit, Visit] }
  | { readonly kind: 'forbid' | 'allow'; readonly artist: string; readonly venue: string; readonly day: string | null }
  | { readonly kind: 'price'; readonly artist: string; readonly venue: string; readonly priceMinor: number }
  | { readonly kind: 'limits'; readonly limits: Limits }
  | { readonly kind: 'rates'; readonly rates: Rates }
  | { readonly kind: 'weights'; readonly weights: Weights };
/** What a search says while it runs, and at last. `spent` from 0 to 1. */
export type Search =
  | { readonly kind: 'progress'; readonly spent: number; readonly worthMinor: number; readonly marginMinor: number; readonly shows: number; readonly variant: number }
  | { readonly kind: 'done'; readonly variants: readonly Tour[]; readonly cancelled: boolean; readonly missed: readonly Visit[]; readonly bindings: readonly Binding[] }
  | { readonly kind: 'failed'; readonly code: string };
export interface Why { readonly unused: readonly Unused[]; readonly more: number; readonly clash: readonly Conflict[] }
export interface Side { readonly name: string; readonly sums: Sums; readonly inOrder: Compared; readonly pointToPoint: Compared; readonly stops: readonly Stop[]; readonly shared: readonly Shared[] }
export interface SentReport { readonly sent: number; readonly refused: number; readonly each: readonly (Visit & { readonly state: 'held' | 'refused'; readonly bookingId: string | null; readonly code: string })[] }
