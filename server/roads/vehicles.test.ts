import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emissionsOf, runningCostOf, vehicleOn, VEHICLES, vehiclesFor, type Vehicle } from './vehicles.ts';

const on = (vehicle: Vehicle) => vehicleOn(vehicle, '2026-11-22');

test.each<[Vehicle, number, number, number]>([
  // Paris to Lyon, 465 km. Grams, then cents.
  ['car', 3, 101_370, 29_574], ['minibus', 9, 136_943, 32_411], ['van', 5, 144_150, 32_411], ['van_trailer', 7, 187_395, 39_525], ['coach', 30, 403_620, 116_250], ['truck', 2, 345_960, 55_800], ['tgv', 4, 5_450, 22_320], ['intercity', 4, 16_703, 18_600],
])('%s with %i people over 465 km: grams and cents (TO-03, LO-08)', (vehicle, people, grams, cents) => {
  expect(emissionsOf(on(vehicle), 465_000, people)).toBe(grams);
  expect(runningCostOf(on(vehicle), 465_000, people)).toBe(cents);
});

test('who does not fit takes another one, and gear travels without people (LO-07)', () => {
  expect([0, 1, 5, 6, 11].map((people) => vehiclesFor(on('car'), people))).toEqual([1, 1, 1, 2, 3]);
  expect(emissionsOf(on('car'), 1_000, 6)).toBe(436);
  expect(emissionsOf(on('truck'), 1_000, 0)).toBe(744);
  expect(emissionsOf(on('tgv'), 1_000, 0)).toBe(0);
});

test('a figure of the user goes before ours', () => {
  expect(runningCostOf(on('coach'), 100_000, 30, 180_000)).toBe(18_000);
});

test('the row of a day is the latest that has begun (TO-03)', () => {
  const car = on('car');
  const rows = [{ ...car, validFrom: '2027-01-01', milligramsPerKm: 100_000 }, car];
  expect(vehicleOn('car', '2026-12-31', rows)).toBe(car);
  expect(vehicleOn('car', '2027-01-01', rows).milligramsPerKm).toBe(100_000);
  expect(vehicleOn('car', '2020-01-01', rows)).toBe(car);
});

test('every vehicle states where its figures come from', () => {
  for (const row of VEHICLES) {
    expect(row.emissionsSource.length, row.vehicle).toBeGreaterThan(10);
    expect(row.costSource.length, row.vehicle).toBeGreaterThan(10);
    expect([row.milligramsPerKm, row.centsPerThousandKm].every((figure) => Number.isSafeInteger(figure) && figure > 0), row.vehicle).toBe(true);
  }
});

test('a way in parts emits what it does as a whole, within a gram a part (TO-03)', () => {
  const part = fc.integer({ min: 0, max: 2_000_000 });
  fc.assert(fc.property(fc.constantFrom(...VEHICLES), part, part, fc.integer({ min: 0, max: 60 }), (row, a, b, people) => {
    expect(Math.abs(emissionsOf(row, a + b, people) - emissionsOf(row, a, people) - emissionsOf(row, b, people))).toBeLessThanOrEqual(1);
    expect(emissionsOf(row, a + b, people)).toBeGreaterThanOrEqual(emissionsOf(row, a, people));
  }));
});
