import type { Day } from '../../core/time.ts';
import type { VehicleKind } from '../../prospects/carriages.ts';

/* What a crew takes along: every day of a tour, from the first departure to the return. All of it crosses the wire as it is, and is kept on a phone as it is. */

/** An instant as the clocks of the place show it. `at` is the same in UTC. */
export interface Moment { readonly day: Day; readonly hour: string; readonly timeZone: string; readonly at: string }

/** Where somebody is: at a venue, at home, or somewhere along a way of several days, which has no name. */
export interface Point { readonly kind: 'home' | 'venue' | 'road'; readonly name: string; readonly city: string; readonly country: string; readonly lat: number; readonly lng: number }

/** Who answers at a place; each empty where it is not known. */
export interface Contact { readonly name: string; readonly phone: string; readonly email: string }

/** A way that is driven in one go, breaks included. */
export interface Drive {
  /** The same as long as it leads to the same stop, whatever else of the tour changes. */
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
  readonly leaves: Moment;
  readonly arrives: Moment;
  /** Behind the wheel, and standing beside it. */
  readonly minutes: number;
  readonly breakMinutes: number;
  readonly metres: number;
  /** The countries on both sides of a border that is crossed. */
  readonly border: readonly [string, string] | null;
  /** Whether there is water between: a ferry, a tunnel or a flight. */
  readonly sea: boolean;
  /** Part of a longer way, whose length and duration were split as the crow flies. */
  readonly roughly: boolean;
  /** It begins before the rest is over, before six in the morning, or is longer than a day allows. */
  readonly tight: boolean;
}

/** A show with what is known of its night. Hours that nobody has said are null. */
export interface Evening {
  /** Of the venue, the booking or the show; `…-2` the second time. It stays when the show moves to another day. */
  readonly id: string;
  readonly title: string;
  readonly standing: 'fixed' | 'pinned' | 'planned';
  readonly at: Point;
  readonly address: string;
  readonly capacity: number;
  readonly loadIn: Moment;
  readonly soundCheck: Moment | null;
  readonly doors: Moment | null;
  readonly starts: Moment | null;
  readonly ends: Moment;
  readonly curfew: Moment | null;
  readonly contact: Contact;
  readonly technical: string;
  /** In minor units; null in a copy without money, and of a signed show whose price nobody has said here. */
  readonly priceMinor: number | null;
}

/** Where the night after a day is spent: a bed in a town, or on the way; null is at home. */
export interface Bed { readonly kind: 'town' | 'road'; readonly city: string; readonly country: string; readonly people: number }

/** What is shared that day, and with whom, by name. */
export interface Together { readonly what: 'vehicle' | 'rooms' | 'crew'; readonly with: readonly string[] }

/** One artist's day. `home` is a day at home between two journeys. */
export interface RoadDay {
  readonly artist: string;
  readonly day: Day;
  readonly kind: 'show' | 'travel' | 'off' | 'home';
  readonly drives: readonly Drive[];
  readonly show: Evening | null;
  readonly bed: Bed | null;
  readonly shared: readonly Together[];
}

/** Who travels. */
export interface Traveller { readonly id: string; readonly name: string; readonly people: number; readonly crew: number; readonly vehicle: VehicleKind; readonly shows: number; readonly metres: number }

/** The roadbook of a scenario, of one of its artists or of all; without days when nothing is planned. */
export interface Roadbook {
  readonly scenarioId: string;
  readonly plan: string;
  readonly scenario: string;
  /** Counts the changes of the scenario. */
  readonly version: number;
  readonly currency: string;
  /** Whether prices are in it. */
  readonly money: boolean;
  readonly artists: readonly Traveller[];
  readonly days: readonly RoadDay[];
}
