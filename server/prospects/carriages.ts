import type { Day } from '../core/time.ts';
import { emissionsOf, runningCostOf, vehicleOn, type Vehicle } from '../roads/vehicles.ts';

/* What artists travel with when nobody says otherwise, by the figures of the table of vehicles. */

/** What an artist travels with, by the names of the emissions table. */
export const VEHICLE_KINDS = ['car', 'van', 'van_trailer', 'coach', 'truck', 'train'] as const;
export type VehicleKind = (typeof VEHICLE_KINDS)[number];

/** A vehicle and what a kilometre with it costs, fuel and tolls included; `grams` of CO2e a kilometre, of all who travel together. */
export interface Carriage { readonly kind: VehicleKind; readonly perKmMinor: number; readonly gramsPerKm: number; readonly seats: number }

/** By the names of that table: nine people want seats where the gear of six goes; a train is the fast one. */
const rowOf = (kind: VehicleKind, people: number): Vehicle => (kind === 'train' ? 'tgv' : kind === 'van' && people > 6 ? 'minibus' : kind);

/** A vehicle with what a kilometre of it costs and emits on a day, of all who travel together, in as many as they fill. In minor units and grams, rounded half up. */
export function carriage(kind: VehicleKind, people: number, day: Day): Carriage {
  const row = vehicleOn(rowOf(kind, people), day);
  return { kind, perKmMinor: runningCostOf(row, 1_000, people), gramsPerKm: emissionsOf(row, 1_000, people), seats: row.seats ?? people };
}

/** What so many people with their instruments travel in, by our own measure: a car for two, a van for nine, one with a trailer for twelve of whom some follow, a coach beyond. */
export const vehicleFor = (people: number): VehicleKind => (people <= 2 ? 'car' : people <= 9 ? 'van' : people <= 12 ? 'van_trailer' : 'coach');
