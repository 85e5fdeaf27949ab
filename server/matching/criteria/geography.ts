import { EARTH_KM } from '../../roads/crow.ts';
import { COUNTRIES, flagBit, unknown } from '../columns.ts';
import { curve, steps } from '../curve.ts';
import { kmTo, showsAround, type Pair } from '../pair.ts';
import { known, nameOf, type Thing } from './thing.ts';

// Ours, until outcomes teach better ones: a musician's day trip, an evening's drive, a night on the road, another country.
const base = curve([[50, 1], [150, 0.8], [300, 0.55], [600, 0.25], [1_000, 0]]);
const extra = curve([[0, 1], [50, 0.9], [150, 0.65], [400, 0.25], [800, 0]]);
const rad = Math.PI / 180;

/** Kilometres that the place adds between the dates beside its own, or beyond the one there is and the way home; NaN without a date. */
function detour(pair: Pair): number {
  const { A, a, km } = pair;
  const { before, after, beforeAt, afterAt } = showsAround(pair);
  const one = before < 0 ? NaN : kmTo(pair, A.showLat[beforeAt] ?? 0, A.showLng[beforeAt] ?? 0);
  const other = after < 0 ? NaN : kmTo(pair, A.showLat[afterAt] ?? 0, A.showLng[afterAt] ?? 0);
  if (!Number.isNaN(one) && !Number.isNaN(other)) return Math.max(0, one + other - between(point(A.showLat[beforeAt], A.showLng[beforeAt]), point(A.showLat[afterAt], A.showLng[afterAt])));
  const single = Number.isNaN(one) ? other : one;
  const at = Number.isNaN(one) ? afterAt : beforeAt;
  return Number.isNaN(single) ? NaN : Math.max(0, single + km - between([A.x[a] ?? NaN, A.y[a] ?? NaN, A.z[a] ?? NaN], point(A.showLat[at], A.showLng[at])));
}
type Vector = readonly [number, number, number];
function point(lat: number | undefined, lng: number | undefined): Vector {
  const [la, ln] = [((lat ?? 0) / 100) * rad, ((lng ?? 0) / 100) * rad];
  return [Math.cos(la) * Math.cos(ln), Math.cos(la) * Math.sin(ln), Math.sin(la)];
}
const between = (a: Vector, b: Vector): number => 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2) / 2));

const zone = curve([[0.8, 1], [1, 0.85], [1.3, 0.3], [2, 0]]);
const living = steps([[1_000, 0.1], [10_000, 0.4], [100_000, 0.75], [1_000_000, 1]]);

const ways = ['load_in', 'parking', 'transit'] as const;
/** Load-in, parking and public transport: what was said to be there, of what was said. */
function access({ P, p }: Pair): number {
  let [there, said] = [0, 0];
  for (const way of ways) {
    if (((P.said[p] ?? 0) & flagBit[way]) === 0) continue;
    said += 1;
    if (((P.flags[p] ?? 0) & flagBit[way]) !== 0) there += 1;
  }
  return said === 0 ? NaN : there / said;
}
const saidOf = ({ P, p }: Pair, flag: (typeof ways)[number]): string => (((P.said[p] ?? 0) & flagBit[flag]) === 0 ? 'unknown' : ((P.flags[p] ?? 0) & flagBit[flag]) === 0 ? 'no' : 'yes');

const free = new Set(['FR', 'BE', 'LU', 'DE', 'NL', 'ES', 'IT'].map((code) => (COUNTRIES as readonly string[]).indexOf(code)));
/** None at home; an A1 certificate within the Union (Regulation 883/2004, art. 12, read 2026-11-22); a permit and a carnet for the gear beyond it. */
function border({ A, a, P, p }: Pair): number {
  const [from, to] = [A.country[a] ?? unknown.u8, P.country[p] ?? unknown.u8];
  if (from === unknown.u8 || to === unknown.u8) return NaN;
  return from === to ? 1 : free.has(from) && free.has(to) ? 0.75 : 0.3;
}

/** Where, and how to get there (criteria 25 to 30 of domain/matching.md, read 2026-11-21). */
export const geography = {
  distance: { prior: 0.5, degree: (pair) => base(pair.km), figures: (pair) => ({ km: Math.round(pair.km * 10) / 10 }) },
  detour: { prior: 0.5, of: 'artist', degree: (pair) => extra(detour(pair)), figures: (pair) => ({ km: Math.round(detour(pair)), day: pair.day }) },
  mobility: { prior: 0.6, of: 'artist', degree: (pair) => zone(pair.km / Math.max(1, known(pair.A.mobility[pair.a], unknown.u16))), figures: (pair) => ({ km: Math.round(pair.km), most: pair.A.mobility[pair.a] ?? 0 }) },
  catchment: { prior: 0.5, of: 'artist', degree: ({ P, p }) => living(known(P.catchment[p], unknown.u32)), figures: ({ P, p }) => ({ people: P.catchment[p] ?? 0 }) },
  access: { prior: 0.6, of: 'artist', degree: access, figures: (pair) => ({ loadIn: saidOf(pair, 'load_in'), parking: saidOf(pair, 'parking'), transit: saidOf(pair, 'transit') }) },
  border: { prior: 0.8, degree: border, figures: ({ A, a, P, p }) => ({ from: nameOf(COUNTRIES, A.country[a]), to: nameOf(COUNTRIES, P.country[p]) }) },
} as const satisfies Record<string, Thing>;
