import type { Locale } from '../core/messages.ts';

/** A place on a map, under its number in the list beside it. */
export interface Point {
  readonly mark: number;
  readonly lat: number;
  readonly lng: number;
  /** What is there, as one line. */
  readonly label: string;
  /** Nothing is to come there any more. */
  readonly past?: boolean;
  /** What stands on the mark, when it is not its number. */
  readonly text?: string;
  /** Role of the mark's colour, when it is not the accent: `t3` is `var(--t3)`. */
  readonly tone?: string;
  /** By how many marks it stands beside its place, where another has it. */
  readonly beside?: number;
}

/** How far a mark stands beside another of the same place, in pixels. */
export const BESIDE_PX = 20;

/** A whole way under the marks, where there are several: by what role it is coloured, and by what lengths it is broken (in widths of the line), for who sees no colours. */
export interface Way {
  readonly tone: string;
  readonly dash: readonly number[];
  readonly corners: readonly (readonly [lng: number, lat: number])[];
}

/** A way from one date to the next, in degrees of longitude and latitude. */
export interface Leg {
  readonly from: readonly [lng: number, lat: number];
  readonly to: readonly [lng: number, lat: number];
  /** It has been gone. */
  readonly past: boolean;
}

/** What a map is drawn from and into. */
export interface Drawing {
  /** An empty box of the shadow root, of the map's size. */
  readonly box: HTMLElement;
  readonly points: readonly Point[];
  /** In the order of their dates. */
  readonly legs: readonly Leg[];
  readonly ways?: readonly Way[];
  /** A style of the partner's own, or empty for the drawn map that asks nobody for a tile. */
  readonly styleUrl: string;
  /** The language of the map's own controls. */
  readonly locale: Locale;
  /** A mark was pressed. */
  readonly choose: (mark: number) => void;
}

/** A map that stands. */
export interface Drawn {
  readonly remove: () => void;
  /** Brings a mark into the middle. */
  readonly show: (mark: number) => void;
  /** Draws marks and ways anew; the map stays as somebody has turned it. */
  readonly again?: (points: readonly Point[], ways: readonly Way[]) => void;
}

/** Draws a map. */
export type Draw = (drawing: Drawing) => Promise<Drawn>;

/** How much room marks that stand beside their place need at the right, in pixels; a crowd may stand out, so that the map does not shrink to a stamp. */
export const besidePx = (points: readonly Point[]): number => Math.min(6, Math.max(0, ...points.map(({ beside = 0 }) => beside))) * BESIDE_PX;

/** West, south, east and north of the points, in degrees, with room around, and never so close that a village fills the box. */
export function boundsOf(points: readonly Point[]): readonly [west: number, south: number, east: number, north: number] {
  const edge = (of: 'lat' | 'lng', pick: (...values: number[]) => number): number => pick(...points.map((point) => point[of]));
  const [west, south, east, north] = [edge('lng', Math.min), edge('lat', Math.min), edge('lng', Math.max), edge('lat', Math.max)];
  const wide = Math.max(0.6, (3 - (east - west)) / 2);
  const high = Math.max(0.4, (2 - (north - south)) / 2);
  return [west - wide, south - high, east + wide, north + high];
}
