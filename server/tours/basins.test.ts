import { kilometres } from '../roads/crow.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { basinsOf } from './basins.ts';
import type { Spot } from './question.ts';

const spot = (city: string, lat: number, lng: number): Spot => ({ city, lat, lng, country: 'FR', insee: '' });
const towns: readonly Spot[] = [
  spot('Lyon', 45.764, 4.8357), spot('Saint-Étienne', 45.4397, 4.3872), spot('Grenoble', 45.1885, 5.7245), spot('Chambéry', 45.5646, 5.9178),
  spot('Brest', 48.3904, -4.4861), spot('Toulouse', 43.6047, 1.4442), spot('Albi', 43.9289, 2.148),
];
const at = (place: number, capacity = 300) => ({ place, capacity });

test.each<[string, ReturnType<typeof at>[], { name: string; places: number[] }[]]>([
  ['nothing is in no basin', [], []],
  ['a stop far from all is one by itself', [at(4)], [{ name: 'Brest', places: [4] }]],
  ['what is near hangs together, the largest stop gives the name', [at(1), at(0, 1_800), at(2), at(4)], [{ name: 'Lyon', places: [0, 1, 2] }, { name: 'Brest', places: [4] }]],
  // Chambéry is 121 km from Saint-Étienne, and 44 from Grenoble.
  ['a chain reaches farther than its links', [at(1), at(3), at(0), at(2)], [{ name: 'Lyon', places: [0, 1, 2, 3] }]],
  ['of two as large the one in the middle gives the name', [at(3, 900), at(0, 900), at(1), at(2)], [{ name: 'Lyon', places: [0, 1, 2, 3] }]],
  ['a town played twice counts twice, and is there once', [at(5), at(5, 900), at(6), at(0), at(1)], [{ name: 'Toulouse', places: [5, 6] }, { name: 'Lyon', places: [0, 1] }]],
])('%s (TO-02)', (_, stops, basins) => {
  expect(basinsOf(towns, stops)).toEqual(basins);
});

test('whatever stops there are, each is in one basin, and those of two basins are more than 120 km apart (TO-02)', () => {
  const drawn = fc.array(fc.record({ lat: fc.double({ min: -60, max: 60, noNaN: true }), lng: fc.double({ min: -6, max: 9, noNaN: true }) }), { maxLength: 25 });
  fc.assert(fc.property(drawn, (corners) => {
    const spots = corners.map(({ lat, lng }, i) => spot(`${i}`, 45 + lat / 20, lng));
    const basins = basinsOf(spots, spots.map((_, place) => at(place)));
    expect(basins.flatMap(({ places }) => places).sort((a, b) => a - b)).toEqual(spots.map((_, place) => place));
    basins.forEach(({ places }, i) => {
      for (const one of places) for (const other of basins.slice(i + 1).flatMap((later) => later.places)) expect(kilometres(spots[one] ?? towns[0]!, spots[other] ?? towns[0]!)).toBeGreaterThan(120);
    });
  }));
});
