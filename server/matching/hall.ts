import type { Day } from '../core/time.ts';
import { openBase, openKeep, type Keep } from './keep.ts';
import { worldFrom } from './world.ts';
import type { Base } from './profile.ts';
import { hallOver, type Grounds, type Hall } from './search.ts';

/** Everything that is searched, as it was laid out on one day: two sides' profiles and the world they meet in. */
export interface Laid {
  readonly base: Base;
  readonly artist: Keep;
  readonly place: Keep;
  readonly grounds: Grounds;
  readonly hall: Hall;
}

/** Room beyond the profiles there are, before all is laid out anew. */
const spare = 1.25;
const least = 512;

/** Lays out empty memory for so many profiles of each side, in a world. */
export function layHall(origin: Day, counts: { readonly artist: number; readonly place: number }, told: { readonly kin: Float32Array; readonly shows: Parameters<typeof worldFrom>[2] }): Laid {
  const base = openBase(origin);
  const artist = openKeep('artist', Math.max(least, Math.ceil(counts.artist * spare)), base);
  const place = openKeep('place', Math.max(least, Math.ceil(counts.place * spare)), base);
  const grounds: Grounds = { artist: artist.memory, place: place.memory, world: worldFrom(origin, told.kin, told.shows) };
  return { base, artist, place, grounds, hall: hallOver(grounds) };
}
