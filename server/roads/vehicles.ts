import assert from 'node:assert/strict';
import type { Day } from '../core/time.ts';
import { rowOn } from './rows.ts';

/** What a tour travels in (LO-07): `van` carries gear behind six seats, `minibus` nine people; trains go by the person. */
export type Vehicle = 'car' | 'minibus' | 'van' | 'van_trailer' | 'coach' | 'truck' | 'tgv' | 'intercity';

/** A vehicle's figures, from a day on until its next row. */
export interface VehicleRow {
  readonly vehicle: Vehicle;
  readonly validFrom: Day;
  /** Whether the figures are of a whole vehicle, or of each person aboard. */
  readonly by: 'vehicle' | 'person';
  /** People aboard at most, the driver among them; null where nobody counts them. */
  readonly seats: number | null;
  /** Thousandths of a gram of CO2 equivalent for a kilometre. */
  readonly milligramsPerKm: number;
  readonly emissionsSource: string;
  /** Euro cents for a thousand kilometres: fuel, wear, insurance; hire where one hires. No tolls, no wages but a coach's. A user's own figure goes before it. */
  readonly centsPerThousandKm: number;
  readonly costSource: string;
}

const impact = 'ADEME, Impact CO2 (Base Empreinte), 2023, making included';
/** Road diesel, making and burning: 3.10 kg CO2e a litre (ADEME, Base Empreinte, gazole routier B7). */
const diesel = (litresPer100Km: number): number => litresPer100Km * 31_000;
const burnt = (litres: string, of: string) => `3.10 kg a litre of diesel (ADEME, Base Empreinte, gazole routier B7), ${litres} l for 100 km: ${of}`;
const scale = (power: string) => `barème kilométrique 2025, ${power}, up to 5,000 km a year (arrêté of 27 March 2023, CGI ann. IV art. 6 B; unchanged in 2025)`;
const ours = 'our default, to be replaced by a quote';

/** The figures of each vehicle, read 2026-11-22. Whoever has better ones writes a later row. */
export const VEHICLES: readonly VehicleRow[] = [
  { vehicle: 'car', validFrom: '2025-01-01', by: 'vehicle', seats: 5, milligramsPerKm: 218_000, emissionsSource: impact, centsPerThousandKm: 63_600, costSource: scale('5 CV') },
  { vehicle: 'minibus', validFrom: '2025-01-01', by: 'vehicle', seats: 9, milligramsPerKm: diesel(9.5), emissionsSource: burnt('9.5', 'our default for nine people on the motorway'), centsPerThousandKm: 69_700, costSource: scale('7 CV and more') },
  { vehicle: 'van', validFrom: '2025-01-01', by: 'vehicle', seats: 6, milligramsPerKm: diesel(10), emissionsSource: burnt('10', 'our default for a loaded van on the motorway; arrêté of 10 April 2012, annex II, has 16 for parcels in town'), centsPerThousandKm: 69_700, costSource: scale('7 CV and more') },
  { vehicle: 'van_trailer', validFrom: '2025-01-01', by: 'vehicle', seats: 9, milligramsPerKm: diesel(13), emissionsSource: burnt('13', 'our default, a third above the van alone'), centsPerThousandKm: 85_000, costSource: ours },
  { vehicle: 'coach', validFrom: '2025-01-01', by: 'vehicle', seats: 50, milligramsPerKm: diesel(28), emissionsSource: burnt('28', 'our default for the motorway; thirty people then emit what Impact CO2 says of a coach, 29 g each'), centsPerThousandKm: 250_000, costSource: ours },
  { vehicle: 'truck', validFrom: '2025-01-01', by: 'vehicle', seats: 3, milligramsPerKm: diesel(24), emissionsSource: burnt('24', 'a lorry of 12 t (arrêté of 10 April 2012, annex II)'), centsPerThousandKm: 120_000, costSource: ours },
  { vehicle: 'tgv', validFrom: '2025-01-01', by: 'person', seats: null, milligramsPerKm: 2_930, emissionsSource: impact, centsPerThousandKm: 12_000, costSource: ours },
  { vehicle: 'intercity', validFrom: '2025-01-01', by: 'person', seats: null, milligramsPerKm: 8_980, emissionsSource: impact, centsPerThousandKm: 10_000, costSource: ours },
];

/** The row of a vehicle that holds on a day; before the first, the first. */
export const vehicleOn = (vehicle: Vehicle, day: Day, rows: readonly VehicleRow[] = VEHICLES): VehicleRow => rowOn(rows, (row) => row.vehicle === vehicle, day);

/** How many vehicles so many people fill: one at least, since gear travels too. By the person, as many as people. */
export function vehiclesFor({ by, seats }: VehicleRow, people: number): number {
  assert(Number.isSafeInteger(people) && people >= 0, 'people are whole');
  return by === 'person' || seats === null ? people : Math.max(1, Math.ceil(people / seats));
}

/** Grams of CO2 equivalent of so many people over so many metres of road, in as many vehicles as they fill. Rounded half up, here. */
export const emissionsOf = (row: VehicleRow, metres: number, people: number): number => amount(row.milligramsPerKm * vehiclesFor(row, people), metres, 1_000_000n);

/** Euro cents of running cost of so many people over so many metres, in as many vehicles as they fill; `centsPerThousandKm` is a user's own figure. Rounded half up, here. */
export const runningCostOf = (row: VehicleRow, metres: number, people: number, centsPerThousandKm = row.centsPerThousandKm): number => amount(centsPerThousandKm * vehiclesFor(row, people), metres, 1_000_000n);

/** Whole numbers all the way: a long tour of a coach passes what a double keeps apart. */
function amount(rate: number, metres: number, unit: bigint): number {
  assert(Number.isSafeInteger(metres) && metres >= 0 && Number.isSafeInteger(rate) && rate >= 0, 'metres and rates are whole');
  return Number((BigInt(rate) * BigInt(metres) + unit / 2n) / unit);
}
