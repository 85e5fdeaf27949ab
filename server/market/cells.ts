import type { Currency } from '../core/money.ts';
import { weekdayOf, type Day } from '../core/time.ts';
import type { Point } from '../roads/crow.ts';

/** Who buys a show, as far as prices differ by it. */
export const BUYERS = ['private', 'venue', 'festival', 'camping', 'commune', 'company'] as const;
export type Buyer = (typeof BUYERS)[number];

/** What a price is for: a single show of somebody for somebody. What is 0, null or empty is not known. */
export interface Occasion {
  readonly day: Day;
  readonly at: Point | null;
  readonly currency: Currency;
  readonly buyer: Buyer;
  /** People who come. */
  readonly audience: number;
  /** The topmost genre above the artist's first one. */
  readonly family: string;
  readonly level: string;
  readonly lineUp: number;
}

/** A price that both sides accepted, before tax, in minor units, and whose it was. Whatever became of the booking, it was agreed. */
export interface Deal extends Occasion {
  readonly id: string;
  readonly artistOrgId: string;
  /** Organisations of one mail address are one buyer: the first of them. */
  readonly buyerOrgId: string;
  readonly minor: number;
  readonly agreedOn: Day;
}

/** By what deals are told apart, what counts most first: where there are too few, the last is let go first. */
export const TRAITS = ['family', 'lineUp', 'level', 'region', 'audience', 'buyer'] as const;
export type Trait = (typeof TRAITS)[number];

/** An occasion in classes that nobody chooses: a place moved by a village or an audience by one guest is the same question. */
export type Cell = Readonly<Record<Trait, string>>;

const classOf = (count: number, bounds: readonly number[]): string => (count > 0 ? String(bounds.findLast((bound) => count >= bound) ?? 0) : '');

/** Regions of 3 degrees of latitude and 4 of longitude: 330 by 300 km in the middle of France. */
const region = { high: 3, wide: 4 } as const;

/** The cell of an occasion. Line-ups of 1, 2, 3 to 4, 5 to 8, 9 and more; audiences below 100, 300, 1,000 and above. */
export const cellOf = ({ at, audience, buyer, family, level, lineUp }: Occasion): Cell => ({
  family, level, buyer, lineUp: classOf(lineUp, [1, 2, 3, 5, 9]), audience: classOf(audience, [1, 100, 300, 1_000]),
  region: at ? `${Math.floor(at.lat / region.high)} ${Math.floor(at.lng / region.wide)}` : '',
});

/** The nights on which most shows are played, and cost more. */
export const isWeekend = (day: Day): boolean => [5, 6].includes(weekdayOf(day));

/** July and August, when festivals, campsites and town squares play. */
export const isSummer = (day: Day): boolean => ['07', '08'].includes(day.slice(5, 7));
