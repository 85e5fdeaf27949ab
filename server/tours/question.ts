import type { Day } from '../core/time.ts';
import type { Carriage } from '../prospects/carriages.ts';

/*
 * What a tour is asked with, whole and as plain data, so that a thread, a test and a benchmark can be handed it: who travels, who would have them, on which days, at what price, and what is counted
 * for what. Amounts are integers of minor units of one currency, which nobody here converts; hours are minutes after midnight of a show's day, and may pass 24 hours.
 */

/** Where something is. `country` by ISO code, `insee` our code of the municipality, empty where it is not known. */
export interface Spot { readonly lat: number; readonly lng: number; readonly city: string; readonly country: string; readonly insee: string }

/** A show that stands already, signed or on hold for good: it never moves. */
export interface Fixed {
  /** `bkg_…` or `shw_…`. */
  readonly id: string;
  readonly day: Day;
  readonly title: string;
  readonly place: number;
  readonly capacity: number;
  readonly priceMinor: number;
  readonly loadIn: number;
  readonly ends: number;
  /** The venue of the question that it is at, when it is at one. */
  readonly venue: string | null;
  readonly exclusive: Exclusive | null;
}

/** No other show of the artist within so many kilometres, as the crow flies, in so many days before and after. */
export interface Exclusive { readonly km: number; readonly days: number }

/** Who tours. */
export interface Artist {
  /** `org_…` */
  readonly id: string;
  readonly name: string;
  /** Row of the roads. */
  readonly home: number;
  /** How many sleep and eat on the road, crew included; and how many of them are crew, paid by the day. */
  readonly people: number;
  readonly crew: number;
  readonly carriage: Carriage;
  /** Below this net of commission nobody plays. */
  readonly floorMinor: number;
  /** What is kept of a price by whoever books, in basis points. */
  readonly commissionBps: number;
  /** Whose public is whose: artists of one word compete for the same people. */
  readonly audience: string;
  /** Days on which nothing can be added: marked busy, sold, or held for somebody else. */
  readonly busy: readonly Day[];
  readonly fixed: readonly Fixed[];
}

/** Where a show can be. */
export interface Venue {
  /** `org_…` of a venue, or the booking that asks, `bkg_…`. */
  readonly id: string;
  readonly name: string;
  /** Row of the roads. */
  readonly place: number;
  readonly capacity: number;
  readonly loadIn: number;
  readonly ends: number;
  /** How many artists it can have on one day. */
  readonly stages: number;
  readonly exclusive: Exclusive | null;
}

/** What a venue would pay an artist, and when. `order` is that in which it came, the first 0; `standing` how sure it is. */
export interface Bid {
  readonly artist: string;
  readonly venue: string;
  readonly priceMinor: number;
  /** Another price on some days. */
  readonly prices?: Readonly<Record<Day, number>>;
  /** Days that suit the venue. */
  readonly days: readonly Day[];
  readonly order: number;
  readonly standing: 'asked' | 'offered' | 'found';
  /** The booking that it comes from, if any. */
  readonly bookingId?: string;
}

/** A show at a venue on a day. The same three words name a pin, what is forbidden, and a stop. */
export interface Visit { readonly artist: string; readonly venue: string; readonly day: Day }

/** Whether two visits are the same. */
export const isSame = (one: Visit, other: Visit): boolean => one.artist === other.artist && one.venue === other.venue && one.day === other.day;

/** Whether a venue is a stop that somebody added by hand: nobody is there to be asked. */
export const isByHand = (venue: string): boolean => venue.startsWith('tst_');

/** What is forbidden: a visit, or the venue on every day. */
export interface Forbidden { readonly artist: string; readonly venue: string; readonly day: Day | null }

/** When somebody checks the sound of a show and opens its doors, `17:30`, empty where nobody has said it. */
export interface Hours { readonly artist: string; readonly venue: string; readonly soundCheck: string; readonly doors: string }

/** Ways between places, row after row, in minutes of driving and in metres; `NO_WAY` where there is none. */
export interface Roads { readonly size: number; readonly minutes: Int32Array; readonly metres: Int32Array }

/** Limits that hold, in minutes, and days between two shows at least (1 is the next day). */
export interface Limits {
  /** The most that is driven in a day. */
  readonly driveMinutes: number;
  /** After so much driving there is a break of so much. */
  readonly breakAfter: number;
  readonly breakMinutes: number;
  /** Without work between two days of it. */
  readonly restMinutes: number;
  readonly leastGap: number;
  /** The most shows of one artist in the period; 0 for as many as pay. */
  readonly mostShows: number;
  /** So many are wanted; fewer is said. 0 for no matter. */
  readonly wantedShows: number;
}

/** What things cost on the road, in minor units: a bed a night (half a room for two), a crew member a day, meals of a person for each day away. */
export interface Rates { readonly nightMinor: number; readonly crewDayMinor: number; readonly mealsMinor: number }

/** What is worth how much, in minor units: the sliders. None is below zero; zero leaves it out. */
export interface Weights {
  /** For each day that two shows are nearer or farther than two to three days apart, four at most. */
  readonly spacing: number;
  /** For a show on a Friday or a Saturday. */
  readonly weekend: number;
  /** Against a show in the school holidays of its zone, in a venue below 1,000 seats. */
  readonly schoolHolidays: number;
  /** Against a show on a public holiday of its country. */
  readonly publicHolidays: number;
  /** Against each halving of the capacity from one show to the next, in part for part of it. */
  readonly progression: number;
  /** Against two artists of one public within 60 km in a week of each other, each time. */
  readonly cannibal: number;
  /** For a tonne of CO2e. */
  readonly carbonTonne: number;
  /** For an hour behind the wheel, beyond what it costs. */
  readonly hour: number;
}

/** The whole question. Its artists, venues and bids are found by their ids, each once. */
export interface Question {
  readonly from: Day;
  /** Included. */
  readonly until: Day;
  readonly currency: string;
  readonly spots: readonly Spot[];
  readonly roads: Roads;
  readonly artists: readonly Artist[];
  readonly venues: readonly Venue[];
  readonly bids: readonly Bid[];
  readonly limits: Limits;
  readonly rates: Rates;
  readonly weights: Weights;
  readonly pins: readonly Visit[];
  readonly forbidden: readonly Forbidden[];
}

/** A venue below so many seats is hurt by school holidays (TO-09). */
export const HOLIDAY_SEATS = 1_000;
/** Two artists of one public take each other's people within so many kilometres and days. */
export const CANNIBAL = { km: 60, days: 7 } as const;
/** The spacing that is best, in days from show to show (TO-11), and how many days beyond it still count. */
export const SPACING = { from: 2, until: 3, most: 4 } as const;
/** Nearer than this by road, a crew drives home after the show. In minutes. */
export const HOME_MINUTES = 120;
/** Nobody sets out before six in the morning. In minutes after midnight. */
export const SETS_OUT = 360;

/** What holds when nobody says otherwise: nine hours of driving with 45 minutes after four and a half (Regulation (EC) 561/2006, art. 6 and 7), eleven hours of rest (Directive 2003/88/EC, art. 3; read 2026-11-22). */
export const usualLimits: Limits = { driveMinutes: 540, breakAfter: 270, breakMinutes: 45, restMinutes: 660, leastGap: 1, mostShows: 0, wantedShows: 0 };
/** Our own starting points, to be changed on the page: a bed and a meal as the French flat rates for small trips have them, rounded, and a day of a technician with its charges. */
export const usualRates: Rates = { nightMinor: 7_500, crewDayMinor: 26_000, mealsMinor: 4_000 };
/** Our own starting points, each a price that a booker would pay to have it so. A tonne of CO2e at 100 euros. */
export const usualWeights: Weights = { spacing: 3_000, weekend: 10_000, schoolHolidays: 15_000, publicHolidays: 10_000, progression: 4_000, cannibal: 30_000, carbonTonne: 10_000, hour: 0 };
