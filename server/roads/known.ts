import type { RoadMatrix } from './great-circle.ts';

/** Where a way comes from, by its number in `RoadsBetween.source`. A page that shows ways of the matrix names its provider beside them: their terms ask for it. */
export const ROAD_SOURCES = ['great_circle', 'osrm', 'matrix'] as const;

/**
 * Why ways that somebody should have measured are those of the great circle: what may be asked a day is spent, the provider does not answer, asks us to wait,
 * refuses our key, says nonsense, or left some out; or there was no time to ask for more.
 */
export type RoadReason = 'quota' | 'provider_down' | 'provider_busy' | 'provider_refused' | 'provider_odd' | 'provider_partial' | 'out_of_time';

/** Ways among places, and how they are known. */
export interface RoadsBetween extends RoadMatrix {
  /** Of each way, its number in `ROAD_SOURCES`. */
  readonly source: Uint8Array;
  /** How many ways each source tells, those from a place to itself left out. */
  readonly told: Readonly<Record<(typeof ROAD_SOURCES)[number], number>>;
  /** What was to be measured and is not, for whoever reads the plan: `legs` ways are those of the great circle for this reason. */
  readonly notices: readonly { readonly reason: RoadReason; readonly legs: number }[];
}
