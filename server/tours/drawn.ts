import assert from 'node:assert/strict';
import { rng, shuffled } from '../core/rng.ts';
import { addDays, fromDay, type Day } from '../core/time.ts';
import type { Carriage } from '../prospects/carriages.ts';
import { kilometres } from '../roads/crow.ts';
import { NO_WAY } from '../roads/great-circle.ts';
import { usualLimits, usualRates, usualWeights, type Artist, type Bid, type Fixed, type Question, type Roads, type Spot, type Venue } from './question.ts';

/** What a drawn tour is like. `reach` is how far venues lie from one of them, in kilometres, everywhere when it is not said; `free` how many days suit a venue, as a part of them; `exclusive` the part of venues with a zone; `bids` the part that an artist hears from; `kin` artists of one public. */
export interface Drawn { readonly seed: number; readonly artists: number; readonly venues: number; readonly days: number; readonly free: number; readonly reach?: number; readonly from?: Day; readonly exclusive?: number; readonly fixed?: number; readonly bids?: number; readonly kin?: boolean }

/** Ways as the crow flies, by a factor of 1.3 and 75 km/h (domain page on tours). */
function crow(spots: readonly Pick<Spot, 'lat' | 'lng'>[]): Roads {
  const size = spots.length;
  const [minutes, metres] = [new Int32Array(size * size), new Int32Array(size * size)];
  spots.forEach((one, i) => {
    spots.forEach((other, j) => {
      if (j <= i) return;
      const far = Math.round(kilometres(one, other) * 1_300);
      const time = Number.isFinite(far) ? Math.ceil((far / 75_000) * 60) : NO_WAY;
      minutes[i * size + j] = minutes[j * size + i] = time;
      metres[i * size + j] = metres[j * size + i] = far;
    });
  });
  return { size, minutes, metres };
}

/** Places drawn over a country as wide as France, where no list of true ones is at hand. */
export function drawnSpots(seed: number, count: number): Spot[] {
  const next = rng(seed);
  return Array.from({ length: count }, (_, i): Spot => ({ lat: 43.5 + 6 * next(), lng: -1 + 7 * next(), city: `Ville ${i + 1}`, country: 'FR', insee: '21231' }));
}

const van: Carriage = { kind: 'van', perKmMinor: 45, gramsPerKm: 250, seats: 9 };
/** Places that fill a hall, by how large they are. */
const sizes = [80, 120, 200, 300, 450, 600, 900, 1_400] as const;

/**
 * A tour such as bookers have: bands of three to six with a van and a technician, small and middling venues in true communes, offers in the order in which they came, days that suit here and there.
 * Everything by `seed`; nothing of it is anybody's.
 */
export function drawnTour({ seed, artists: bands, venues: halls, days, free, reach, from = '2027-03-01', exclusive = 0, fixed = 0, bids: bidding = 1, kin = false }: Drawn, communes: readonly Spot[]): Question {
  const next = rng(seed);
  const draw = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(things: readonly T[]): T => things[Math.floor(next() * things.length)] ?? assert.fail();
  const all = shuffled(communes, next);
  const middle = all[0] ?? assert.fail('there are communes');
  const chosen = (reach === undefined ? all : all.filter((one) => kilometres(one, middle) <= reach)).slice(0, halls + bands);
  assert(chosen.length === halls + bands, 'there are communes enough');
  const spots = chosen.map(({ lat, lng, city, country, insee }): Spot => ({ lat, lng, city, country, insee }));
  const venues = Array.from({ length: halls }, (_, i): Venue => ({
    id: `org_v${i}`, name: `Salle ${spots[bands + i]?.city ?? i}`, place: bands + i, capacity: pick(sizes), loadIn: draw(14, 17) * 60, ends: draw(23, 25) * 60, stages: next() < 0.1 ? 2 : 1,
    exclusive: next() < exclusive ? { km: draw(30, 80), days: draw(7, 30) } : null,
  }));
  const worth = venues.map(({ capacity }) => Math.round((400 + 3.2 * capacity ** 0.9) * (0.7 + 0.6 * next())) * 100);
  const artists = Array.from({ length: bands }, (_, i): Artist => {
    const people = draw(3, 6);
    const busy = Array.from({ length: Math.floor(days / 12) }, () => addDays(from, draw(0, days - 1)));
    const stands = Array.from({ length: fixed }, (_f, f): Fixed => ({ id: `shw_${i}_${f}`, day: addDays(from, Math.floor(((f + 0.5) * days) / fixed)), title: `Date signée ${f + 1}`, place: draw(bands, spots.length - 1), capacity: pick(sizes), priceMinor: draw(8, 25) * 10_000, loadIn: 960, ends: 1_440, venue: null, exclusive: null }));
    return { id: `org_a${i}`, name: `Groupe ${i + 1}`, home: i, people, crew: 1, carriage: van, floorMinor: 30_000, commissionBps: 1_000, audience: kin ? 'chanson' : `public ${i % 6}`, busy: [...new Set(busy)], fixed: stands };
  });
  const dates = Array.from({ length: days }, (_, d) => addDays(from, d));
  const chance = dates.map((day) => free * ([5, 6].includes(fromDay(day).getUTCDay()) ? 1.6 : 0.8));
  const bids: Bid[] = artists.flatMap((artist) => {
    const those = shuffled(venues.map((_, i) => i), next).slice(0, Math.max(1, Math.round(halls * bidding)));
    return those.map((v, order): Bid => ({
      artist: artist.id, venue: venues[v]?.id ?? assert.fail(), priceMinor: Math.round(((worth[v] ?? 0) * (0.85 + 0.3 * next())) / 1_000) * 1_000, order, standing: order % 3 === 0 ? 'offered' : 'found',
      days: dates.filter((_, d) => next() < (chance[d] ?? 0)),
    }));
  });
  return { from, until: addDays(from, days - 1), currency: 'EUR', spots, roads: crow(spots), artists, venues, bids, limits: usualLimits, rates: usualRates, weights: usualWeights, pins: [], forbidden: [] };
}
