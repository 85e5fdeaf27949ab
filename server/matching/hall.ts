import type { Day } from '../core/time.ts';
import { keepOver, openBase, openKeep, type Keep } from './keep.ts';
import type { Base } from './profile.ts';
import { hallOver, type Grounds, type Hall } from './search.ts';
import { bytesOf } from './store.ts';
import { worldFrom } from './world.ts';

/** Everything that is searched, as it was laid out on one day: two sides' profiles and the world they meet in. */
export interface Laid {
  readonly base: Base;
  readonly artist: Keep;
  readonly place: Keep;
  readonly grounds: Grounds;
  readonly hall: Hall;
}

/** Room beyond the profiles there are, before all is laid out anew: a tenth, and some hundreds. */
const spare = 1.1;
const least = 500;

/** Lays out empty memory for so many profiles of each side, in a world. */
export function layHall(origin: Day, counts: { readonly artist: number; readonly place: number }, told: { readonly kin: Float32Array; readonly shows: Parameters<typeof worldFrom>[2] }): Laid {
  const base = openBase(origin);
  const room = (count: number): number => Math.ceil(count * spare) + least;
  const [artist, place] = [openKeep('artist', room(counts.artist), base), openKeep('place', room(counts.place), base)];
  return over(base, { artist, place, grounds: { artist: artist.memory, place: place.memory, world: worldFrom(origin, told.kin, told.shows) } });
}

/** What another thread laid out and handed over: from here on this one alone writes to it. `names` are those that were numbered there. */
export function laidOver(origin: Day, grounds: Grounds, names: ReadonlyMap<string, number>): Laid {
  const base = openBase(origin, new Map(names));
  return over(base, { artist: keepOver(grounds.artist, base), place: keepOver(grounds.place, base), grounds });
}

const over = (base: Base, laid: Pick<Laid, 'artist' | 'place' | 'grounds'>): Laid => ({ base, ...laid, hall: hallOver(laid.grounds) });

/** Bytes of shared memory that a hall takes, the world's included. */
export const bytesOfHall = ({ grounds: { artist, place, world } }: Laid): number =>
  bytesOf(artist) + bytesOf(place) + [world.kin, world.events, world.schools, world.schoolsKnown, world.feasts, world.months].reduce((sum, one) => sum + one.byteLength, 0);
