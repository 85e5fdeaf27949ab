import type { Day } from '../core/time.ts';
import type { Carriage, VehicleKind } from './carriages.ts';

/* What is told of a plan before anybody asks how to tour: the artists, who asks for them, and the venues that could have them. */

/** What somebody says of an artist of a plan, instead of what its press kit says. Amounts in minor units. */
export interface Cast {
  readonly id: string;
  readonly people?: number | undefined;
  readonly crew?: number | undefined;
  readonly vehicle?: VehicleKind | undefined;
  readonly perKmMinor?: number | undefined;
  readonly floorMinor?: number | undefined;
}

/** Somewhere, as it was written: `lat` and `lng` null where nobody knows. */
export interface Where { readonly lat: number | null; readonly lng: number | null; readonly city: string; readonly country: string; readonly insee: string }

/** A promise of an artist not to play near a place for a while. */
export interface Promised { readonly lat: number; readonly lng: number; readonly km: number; readonly from: Day; readonly until: Day }

/** A show that stands. `venue` is the organisation whose stage it is on, or who buys it. */
export interface ToldShow { readonly id: string; readonly day: Day; readonly title: string; readonly at: Where; readonly capacity: number; readonly priceMinor: number; readonly startTime: string; readonly minutes: number; readonly venue: string | null }

/** An artist, as its press kit, its sheet and its calendar tell it. Amounts in minor units. */
export interface ToldArtist {
  readonly id: string;
  readonly name: string;
  readonly home: Where;
  readonly people: number;
  readonly crew: number;
  readonly carriage: Carriage;
  readonly floorMinor: number;
  readonly feeMinor: readonly [least: number, most: number];
  readonly currency: string;
  readonly commissionBps: number;
  readonly audience: string;
  readonly minutes: number;
  readonly busy: readonly Day[];
  readonly shows: readonly ToldShow[];
  readonly promises: readonly Promised[];
}

/** A request that is talked about. `org` is the venue that asks, null for a buyer who has no stage of its own; `from` says who asks, so that the same one is known again. */
export interface ToldAsk {
  readonly bookingId: string;
  readonly artist: string;
  readonly org: string | null;
  readonly from: string;
  readonly name: string;
  readonly at: Where;
  readonly capacity: number;
  readonly startTime: string;
  readonly budgetMinor: number;
  /** The price of an open offer. */
  readonly offerMinor: number | null;
  readonly currency: string;
  readonly days: readonly Day[];
  /** We opened it for this tour: its venue may have other days than the one that was held. */
  readonly opened: boolean;
}

/** A venue that was found. `closed` are days on which it cannot, `weekdays` those on which it plays, 1 (Monday) to 7, none for all. */
export interface ToldVenue {
  readonly id: string;
  readonly name: string;
  readonly at: Where;
  readonly capacity: number;
  readonly stages: number;
  readonly budgetMinor: readonly [least: number, most: number];
  readonly currency: string;
  readonly curfew: string;
  readonly closed: ReadonlySet<Day>;
  readonly weekdays: readonly number[];
}

/** A stop that somebody added by hand, at a town. Without days it is to be had on any. */
export interface Extra { readonly id: string; readonly artist: string; readonly name: string; readonly insee: string; readonly priceMinor: number; readonly days: readonly Day[]; readonly capacity: number }

/** All that is told of a plan. `found` names venues for artists, the best of each first. */
export interface Told {
  readonly from: Day;
  readonly until: Day;
  readonly today: Day;
  readonly currency: string;
  readonly artists: readonly ToldArtist[];
  /** In the order in which they came. */
  readonly asks: readonly ToldAsk[];
  readonly extras: readonly (Extra & { readonly at: Where })[];
  readonly venues: readonly ToldVenue[];
  readonly found: readonly { readonly artist: string; readonly venue: string }[];
}
