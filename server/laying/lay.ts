import type { Day } from '../core/time.ts';
import type { Market } from '../matching/market.ts';
import type { Grounds } from '../matching/search.ts';

/** What a thread is to lay out, and by what. */
export interface Lay {
  readonly databaseUrl: string;
  /** The calendar's first day. */
  readonly origin: Day;
  /** Municipalities: people, latitude, longitude. */
  readonly crowd: Float64Array;
  /** Profiles that are read at once. */
  readonly pageOf: number;
}

/** What was laid out: memory that threads share, and what its numbers stand for. */
export interface LaidOut {
  readonly grounds: Grounds;
  readonly names: ReadonlyMap<string, number>;
  readonly market: Market;
  /** Profiles that could not be drawn up, and why. */
  readonly broken: ReadonlyMap<string, string>;
}
