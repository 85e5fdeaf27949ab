import { expect, test } from 'vitest';
import { NO_WAY } from '../roads/great-circle.ts';
import { groundOf, type Call } from './ground.ts';
import { Ways, bedsOf, onTheWay, roomFor } from './legs.ts';
import { usualLimits, usualRates, usualWeights, type Question, type Roads } from './question.ts';

const spots = ['Paris', 'Orléans', 'Lyon', 'Marseille', 'Brest', 'Ajaccio'].map((city, i) => ({ lat: 45 + i, lng: i, city, country: 'FR', insee: '' }));
/** Minutes from home (0) and between; kilometres are as many. */
const table = [
  [0, 90, 300, 460, 360, NO_WAY], [90, 0, 290, 450, 340, NO_WAY], [300, 290, 0, 190, 620, NO_WAY], [460, 450, 190, 0, 790, NO_WAY], [360, 340, 620, 790, 0, NO_WAY], [NO_WAY, NO_WAY, NO_WAY, NO_WAY, NO_WAY, 0],
];
const roads: Roads = { size: 6, minutes: Int32Array.from(table.flat()), metres: Int32Array.from(table.flat(), (way) => (way === NO_WAY ? NO_WAY : way * 1_000)) };
const question: Question = {
  from: '2027-03-01', until: '2027-04-30', currency: 'EUR', spots, roads, venues: [], bids: [], limits: usualLimits, rates: usualRates, weights: { ...usualWeights, spacing: 1_000, progression: 2_000, carbonTonne: 10_000, hour: 600 }, pins: [], forbidden: [],
  artists: [{ id: 'org_a', name: 'A', home: 0, people: 5, crew: 1, carriage: { kind: 'van', perKmMinor: 200, gramsPerKm: 250, seats: 9 }, floorMinor: 0, commissionBps: 0, audience: '', busy: [], fixed: [] }],
};
const at = (place: number, day: number, other: Partial<Call> = {}): Call => ({
  artist: 0, venue: place, day, place, capacity: 300, loadIn: 16 * 60, ends: 24 * 60, priceMinor: 0, commissionMinor: 0, weekend: 0, schoolHolidays: 0, publicHolidays: 0, exclusive: null, fixed: null, ...other,
});
const ways = (over: Partial<Question> = {}) => new Ways(groundOf({ ...question, ...over }), 0);

test.each([[0, 0], [1, 1], [270, 270], [271, 316], [540, 585], [541, 585 + 660 + 1], [810, 585 + 660 + 270], [811, 585 + 660 + 316]])('%i minutes of driving take %i with breaks of 45 after 4 h 30 and a rest after nine hours (TO-04)', (drive, takes) => {
  expect(onTheWay(drive, usualLimits)).toBe(takes);
});

test('after the show eleven hours of rest, then driving until load-in: what fits the next day, and what does not (TO-04)', () => {
  // Ends at midnight, leaves at 11, load-in at 16: five hours of which 45 minutes are a break.
  expect(ways().way(at(2, 3), at(1, 4))).toBeNull();
  expect(roomFor(groundOf(question), at(2, 3), at(1, 4))).toEqual({ available: 1_440 + 960 - (1_440 + 660), needed: 335, drive: 290 });
  expect(ways().way(at(2, 3), at(3, 4))).toMatchObject({ home: false, minutes: 190, metres: 190_000, nights: 1, idle: 0 });
  expect(ways().cost(at(4, 3), at(3, 4))).toBe(Infinity);
  expect(ways().way(at(4, 3), at(3, 5))).not.toBeNull();
  expect(ways().cost(at(1, 3), at(5, 9))).toBe(Infinity);
  expect(ways().cost(at(1, 3), at(2, 3))).toBe(Infinity);
});

test('a load-in an hour earlier, a shorter rest or a longer one decide (TO-04)', () => {
  expect(ways().cost(at(2, 3), at(3, 4, { loadIn: 14 * 60 }))).toBe(Infinity);
  expect(ways({ limits: { ...usualLimits, restMinutes: 9 * 60 } }).cost(at(2, 3), at(3, 4, { loadIn: 14 * 60 }))).toBeLessThan(Infinity);
  expect(ways({ limits: { ...usualLimits, leastGap: 3 } }).cost(at(2, 3), at(3, 5))).toBe(Infinity);
});

test('whoever lives near goes home after the show, and a long wait is spent at home when that costs less (TO-03)', () => {
  expect(ways().way(at(1, 3), null)).toMatchObject({ nights: 0, idle: 0, minutes: 90 });
  expect(ways().way(null, at(1, 3))).toMatchObject({ nights: 0, minutes: 90 });
  expect(ways().way(at(2, 3), null)).toMatchObject({ nights: 1, idle: 1, minutes: 300 });
  expect(ways().way(at(2, 3), at(3, 13))).toMatchObject({ home: true, minutes: 760 });
  expect(ways().way(at(2, 3), at(3, 5))).toMatchObject({ home: false, nights: 2, idle: 1 });
});

test('what a way costs is the sum of its parts, in whole minor units (TO-03)', () => {
  const way = ways().way(at(2, 3), at(3, 5, { capacity: 150 })) ?? expect.fail();
  expect(way).toMatchObject({ transport: 38_000, lodging: 2 * 6 * usualRates.nightMinor, crew: 2 * usualRates.crewDayMinor, meals: 5 * usualRates.mealsMinor, grams: 47_500, carbonTonne: 475, hour: 1_900, spacing: 0, progression: 2_000 });
  const { transport, lodging, crew, meals, spacing, progression, carbonTonne, hour } = way;
  expect(ways().cost(at(2, 3), at(3, 5, { capacity: 150 }))).toBe(transport + lodging + crew + meals + spacing + progression + carbonTonne + hour);
  expect([2, 3, 4, 5, 9, 40].map((gap) => ways().way(at(2, 0), at(3, gap))?.spacing)).toEqual([0, 0, 1_000, 2_000, 4_000, 4_000]);
  expect(ways().way(at(2, 0), at(3, 1))?.spacing).toBe(1_000);
});

test('beds are in rooms for two', () => { expect([1, 2, 3, 6].map(bedsOf)).toEqual([2, 2, 4, 6]); });
