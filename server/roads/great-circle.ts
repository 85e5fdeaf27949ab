import { AppError } from '../core/errors.ts';
import type { Day } from '../core/time.ts';
import { crossingsAmong, type Ground } from './crossings.ts';
import { EARTH_KM } from './crow.ts';
import { isLand } from './land.ts';

/** A place on the road: a name to be called by, and degrees of WGS 84. */
export interface RoadPlace extends Ground {
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
}

/** What stands in a cell, of metres and of minutes, where there is no way. Two of them still make no overflow. */
export const NO_WAY = 2 ** 29;

/** The most places that one question may have: four matrices of so many squared stay under a quarter of a gigabyte. */
export const MOST_PLACES = 4_000;

/** The road against the crow, by our own measure (docs/decisions/0014). */
export const DETOUR = 1.3;

/** The road, and how long it takes: the first kilometres slowly, the rest at motorway speed. docs/decisions/0014. */
const road = { detour: DETOUR, slowKm: 50, slowKmh: 75, fastKmh: 110 } as const;

/** Ways among places, row by row: `metres[from * size + to]`. Plain arrays of numbers, so that a thread may take them over. */
export interface RoadMatrix {
  readonly size: number;
  /** Metres of road; the water of a ferry counts as if it were driven. */
  readonly metres: Int32Array;
  /** Minutes under way, `crossing` among them. Breaks are not: those are the drivers' law. */
  readonly minutes: Int32Array;
  /** Minutes at sea above the drive, on a quay, and at customs. */
  readonly crossing: Uint16Array;
}

/** Refuses the first place that no road can lead to. @throws AppError `place_nowhere` with its name and why: `missing`, `range` or `sea`; `places_many`. */
export function checkPlaces(places: readonly RoadPlace[]): void {
  if (places.length > MOST_PLACES) throw new AppError('places_many', { most: String(MOST_PLACES) });
  for (const { name, lat, lon } of places) {
    if (!Number.isFinite(lat) || !Number.isFinite(lon)) throw new AppError('place_nowhere', { place: name, why: 'missing' });
    if (Math.abs(lat) > 90 || Math.abs(lon) > 180) throw new AppError('place_nowhere', { place: name, why: 'range' });
    if (!isLand(lat, lon)) throw new AppError('place_nowhere', { place: name, why: 'sea' });
  }
}

/** Minutes at the wheel for so many kilometres of road, unrounded. */
const drive = (km: number): number => (Math.min(km, road.slowKm) / road.slowKmh + Math.max(0, km - road.slowKm) / road.fastKmh) * 60;

/**
 * Ways by the great circle: 1.3 times the crow's, driven at 75 km/h for 50 km and at 110 km/h from there on (docs/decisions/0014), and what the crossings
 * of that day take. The same both ways; metres and minutes are rounded half up, here. Four million ways take a fraction of a second.
 *
 * @throws AppError `place_nowhere`, `places_many`.
 */
export function greatCircle(places: readonly RoadPlace[], day: Day): RoadMatrix {
  checkPlaces(places);
  const size = places.length;
  const { kinds, kindOf, table } = crossingsAmong(places, day);
  const [metres, minutes, crossing] = [new Int32Array(size * size), new Int32Array(size * size), new Uint16Array(size * size)];
  // Points of a ball of radius one: the chord between two gives the arc, without a sine for each pair.
  const [x, y, z] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  places.forEach(({ lat, lon }, i) => {
    const [up, round] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
    [x[i], y[i], z[i]] = [Math.cos(up) * Math.cos(round), Math.cos(up) * Math.sin(round), Math.sin(up)];
  });
  const extra = Int32Array.from(table, ({ way, boardingMinutes, sailingMinutes, customsMinutes }) => (way ? boardingMinutes + sailingMinutes + customsMinutes : -1));
  const at = (column: Float64Array, i: number): number => column[i] ?? 0;
  for (let i = 0; i < size; i += 1) {
    const [xi, yi, zi, kind] = [at(x, i), at(y, i), at(z, i), (kindOf[i] ?? 0) * kinds];
    for (let j = i + 1; j < size; j += 1) {
      const more = extra[kind + (kindOf[j] ?? 0)] ?? 0;
      const [there, back] = [i * size + j, j * size + i];
      if (more < 0) {
        metres[there] = metres[back] = minutes[there] = minutes[back] = NO_WAY;
        continue;
      }
      const [dx, dy, dz] = [xi - at(x, j), yi - at(y, j), zi - at(z, j)];
      const km = 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(dx * dx + dy * dy + dz * dz) / 2)) * road.detour;
      metres[there] = metres[back] = Math.round(km * 1_000);
      minutes[there] = minutes[back] = Math.round(drive(km)) + more;
      crossing[there] = crossing[back] = more;
    }
  }
  return { size, metres, minutes, crossing };
}
