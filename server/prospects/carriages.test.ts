import { expect, test } from 'vitest';
import { carriage, vehicleFor } from './carriages.ts';

test.each([
  [1, 'car', 64, 218, 5], [4, 'van', 70, 310, 6], [8, 'van', 70, 295, 9], [12, 'van_trailer', 170, 806, 9], [30, 'coach', 250, 868, 50],
] as const)('%i people take a %s, at %i cents and %i g a kilometre (TO-03, LO-07)', (people, kind, perKmMinor, gramsPerKm, seats) => {
  expect(vehicleFor(people)).toBe(kind);
  expect(carriage(kind, people, '2027-03-01')).toEqual({ kind, perKmMinor, gramsPerKm, seats });
});

test('a train is paid and counted by the person (LO-07)', () => {
  expect(carriage('train', 4, '2027-03-01')).toEqual({ kind: 'train', perKmMinor: 48, gramsPerKm: 12, seats: 4 });
});
