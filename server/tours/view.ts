import type { Day } from '../core/time.ts';
import type { LocalEvent } from '../prospects/festivals.ts';
import type { Cast } from '../prospects/told.ts';
import type { RoadReason } from '../roads/known.ts';
import type { Compared, Conflict, Shared, Stop, Sums, Tour, Unused } from './answer.ts';
import type { WrongRow } from './listed.ts';
import type { Artist, Bid, Forbidden, Hours, Limits, Rates, Spot, Venue, Visit, Weights } from './question.ts';

/* What the planner's page is given and what it says. All of it crosses the wire as it is. */

/** A tour that is being planned: who, when, and its scenarios. `version` counts its changes; whoever changes it says which they saw. */
export interface PlanView {
  readonly id: string;
  readonly name: string;
  readonly from: Day;
  readonly until: Day;
  readonly currency: string;
  /** When the plan itself was changed last, its stops by hand among it: whoever changes it says which change they saw. */
  readonly updatedAt: string;
  readonly scenarios: readonly { readonly id: string; readonly name: string; readonly shows: number; readonly marginMinor: number; readonly updatedAt: string }[];
  /** Names the rows of `spots`. Whatever tells places by row names the reading they are rows of: under another name they are other places. */
  readonly reading: string;
  /** What the question holds, places by row. `blurred` says how many ways were reckoned as the crow flies because nobody answered, and why. */
  readonly spots: readonly Spot[];
  readonly artists: readonly (Omit<Artist, 'busy'> & { readonly busy: readonly Day[] })[];
  /** What the plan says of an artist instead of its press kit. */
  readonly cast: readonly Cast[];
  readonly venues: readonly Venue[];
  readonly bids: readonly Bid[];
  readonly blurred: readonly { readonly reason: RoadReason; readonly cells: number }[];
  /** School and public holidays of the period, by zone or country, for the timeline. */
  readonly holidays: readonly { readonly zone: string; readonly kind: 'school' | 'public'; readonly from: Day; readonly until: Day }[];
  /** Festivals of the period that anybody may know of, for the timeline: they draw people, or draw them away. */
  readonly events: readonly LocalEvent[];
  /** What keeps a bid from being looked at: another currency, a place at sea, twice the same. */
  readonly leftOut: readonly { readonly name: string; readonly reason: 'currency' | 'place_unknown' | 'twice' | 'no_day' | 'too_many' }[];
}

/** A scenario with its tour as it is reckoned now. */
export interface ScenarioView {
  readonly id: string;
  readonly planId: string;
  readonly name: string;
  readonly version: number;
  readonly undo: boolean;
  readonly redo: boolean;
  readonly limits: Limits;
  readonly rates: Rates;
  readonly weights: Weights;
  readonly pins: readonly Visit[];
  readonly forbidden: readonly Forbidden[];
  /** That of the plan whose rows the places of the tour are. */
  readonly reading: string;
  /** Hours of the evening as somebody has noted them here. */
  readonly hours: readonly Hours[];
  readonly tour: Tour;
  /** How each stop stands since holds were sent. */
  readonly sent: readonly (Visit & { readonly state: 'held' | 'agreed' | 'declined' | 'lapsed'; readonly bookingId: string; /** When the hold ends, if nobody answers. */ readonly until: string })[];
}

/** One change by hand. With `repair` the days that are not pinned are put right around it, else only reckoned. */
export type Edit =
  | { readonly kind: 'move'; readonly visit: Visit; readonly to: Day; readonly artist?: string }
  | { readonly kind: 'add' | 'remove' | 'pin' | 'unpin'; readonly visit: Visit }
  | { readonly kind: 'swap'; readonly visits: readonly [Visit, Visit] }
  | { readonly kind: 'forbid' | 'allow'; readonly artist: string; readonly venue: string; readonly day: Day | null }
  | { readonly kind: 'price'; readonly artist: string; readonly venue: string; readonly priceMinor: number }
  | { readonly kind: 'hours'; readonly artist: string; readonly venue: string; readonly soundCheck: string; readonly doors: string }
  | { readonly kind: 'limits'; readonly limits: Limits }
  | { readonly kind: 'rates'; readonly rates: Rates }
  | { readonly kind: 'weights'; readonly weights: Weights };

/** Why what is not in a tour is not, for one artist or all; and the fewest rules that cannot hold together when none can be had. */
export interface WhyView { readonly unused: readonly Unused[]; readonly more: number; readonly clash: readonly Conflict[] }

/** What two scenarios or variants are put side by side with. */
export interface Side { readonly name: string; readonly sums: Sums; readonly inOrder: Compared; readonly pointToPoint: Compared; readonly stops: readonly Stop[]; readonly shared: readonly Shared[]; /** How many conflicts it has. */ readonly conflicts: number }

/** How many asked to hear an artist of a plan near them, by town; organisers count before fans. */
export interface DemandView { readonly artist: string; readonly city: string; readonly country: string; readonly lat: number; readonly lng: number; readonly fans: number; readonly organisers: number }

/** What became of a list of places: how many stops by hand are new, said anew, and beyond what a plan may have; the rows that were not taken, the first of them with why. */
export interface ListedView { readonly plan: PlanView; readonly fresh: number; readonly again: number; readonly beyond: number; readonly wrong: readonly WrongRow[]; readonly wrongRows: number }
