import type { Carriage, VehicleKind } from './question.ts';

/* What artists travel with when nobody says otherwise. Our own starting points, to be changed on the page: fuel, tolls and wear together. */

/** By vehicle: what a kilometre costs in minor units, CO2e a kilometre in grams of all who travel in it, and seats. Orders of size, fuel burnt at 2.6 kg a litre of diesel and 2.3 of petrol; a train's by its seats. */
const table: Readonly<Record<VehicleKind, Omit<Carriage, 'kind'>>> = {
  car: { perKmMinor: 32, gramsPerKm: 170, seats: 5 },
  van: { perKmMinor: 42, gramsPerKm: 240, seats: 9 },
  van_trailer: { perKmMinor: 52, gramsPerKm: 300, seats: 9 },
  coach: { perKmMinor: 160, gramsPerKm: 780, seats: 40 },
  truck: { perKmMinor: 140, gramsPerKm: 700, seats: 3 },
  train: { perKmMinor: 90, gramsPerKm: 20, seats: 8 },
};

/** A vehicle with its figures. */
export const carriage = (kind: VehicleKind): Carriage => ({ kind, ...table[kind] });

/** What so many people with their instruments travel in: a car for two, a van for nine, one with a trailer for twelve of whom some follow by car, a coach beyond. */
export const carriageFor = (people: number): Carriage => carriage(people <= 2 ? 'car' : people <= 6 ? 'van' : people <= 12 ? 'van_trailer' : 'coach');
