import type { Currency } from '../../../core/money.ts';
import type { Day } from '../../../core/time.ts';
import type { Audience, Level, Lyrics, PlaceKind, Seen, Setting } from '../../filters.ts';

/** Both ends included; null is open. */
type Ends = readonly [min: number | null, max: number | null];

/**
 * What a person means who writes a query: only what is set is asked. Read as whoever books would read it:
 *
 * - An amount alone ("1200 €", "budget 2000", "cachet 500") is the most that may be asked, where an artist is sought or nothing is said; where a
 *   place is sought it is the least that must be paid. "About" is a fifth either way. Amounts here in whole units.
 * - A number of people alone is exactly that; of a place that is sought it is a fifth either way, for no hall has just 300 seats.
 * - In a town: 25 km around it. Near it, around it, its region: 50 km. An hour by road: 70 km. A region: itself, whose radius is our table's.
 * - Periods without a year are the next to come. One that runs now is asked from today on. Open ends last a year.
 * - A weekend is Saturday and Sunday; with Easter and Whitsun the Monday too. A weekday alone is the next one; "a Saturday", "on Saturdays" any.
 * - Early is until the 10th, mid from the 11th to the 20th, late from the 21st. Seasons are of three whole months (summer: June to August).
 * - Families who come are an audience; "suitable for families" is `family`. A kind of place is kept whichever side it is said by.
 * - A place is sought by "looking for a hall", "where to play", "a bar for our trio". Else an artist is, by words for artists (band, trio, DJ, choir)
 *   and by an occasion (for a wedding, in our church, a concert). Else a place, by a kind of place that stands alone. Else nothing is said.
 * - What is excluded ("no techno") is never asked for, and is said as not understood.
 */
export interface Slots {
  readonly seen?: Seen;
  readonly genres?: readonly string[];
  /** Without kilometres: a region. */
  readonly near?: readonly [name: string, km?: number];
  readonly fee?: readonly [min: number | null, max: number | null, currency?: Currency];
  readonly capacity?: Ends;
  readonly days?: readonly [from: Day, until: Day, weekdays?: readonly number[]];
  /** One number: exactly so many. */
  readonly lineUp?: number | Ends;
  readonly kinds?: readonly PlaceKind[];
  readonly levels?: readonly Level[];
  readonly settings?: readonly Setting[];
  readonly audiences?: readonly Audience[];
  readonly lyrics?: readonly Lyrics[];
  readonly family?: true;
  readonly outdoor?: true;
  readonly verified?: true;
  readonly ratingMin?: number;
  readonly answerHoursMax?: number;
}

/** A query as it was typed, what it means, and words that have to be said as not understood. */
export type Query = readonly [text: string, slots: Slots, unknown?: readonly string[]];

/** Queries of one language, all read on one day. */
export interface Queries {
  readonly today: Day;
  readonly queries: readonly Query[];
}
