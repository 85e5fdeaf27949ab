import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import { crossingBetween } from './crossings.ts';
import { checkPlaces, greatCircle, MOST_PLACES, NO_WAY, type RoadPlace } from './great-circle.ts';

const day = '2026-11-22';
const cities: Readonly<Record<string, readonly [country: string, lat: number, lon: number]>> = {
  Paris: ['FR', 48.8566, 2.3522], Lyon: ['FR', 45.764, 4.8357], Marseille: ['FR', 43.2965, 5.3698], Lille: ['FR', 50.6292, 3.0573], Bordeaux: ['FR', 44.8378, -0.5792],
  Toulouse: ['FR', 43.6047, 1.4442], Nantes: ['FR', 47.2184, -1.5536], Rennes: ['FR', 48.1173, -1.6778], Strasbourg: ['FR', 48.5734, 7.7521], Nice: ['FR', 43.7102, 7.262],
  Dijon: ['FR', 47.322, 5.0415], 'Clermont-Ferrand': ['FR', 45.7772, 3.087], Rouen: ['FR', 49.4432, 1.0993], Reims: ['FR', 49.2583, 4.0317],
  Bruxelles: ['BE', 50.8503, 4.3517], Luxembourg: ['LU', 49.6116, 6.1319], Genève: ['CH', 46.2044, 6.1432], Grenoble: ['FR', 45.1885, 5.7245],
  'Saint-Étienne': ['FR', 45.4397, 4.3872], Montpellier: ['FR', 43.6108, 3.8767], Brest: ['FR', 48.3904, -4.4861], Mulhouse: ['FR', 47.7508, 7.3359],
  Nancy: ['FR', 48.6921, 6.1844], Metz: ['FR', 49.1193, 6.1757], Bâle: ['CH', 47.5596, 7.5886], Lausanne: ['CH', 46.5197, 6.6323], Berne: ['CH', 46.948, 7.4474],
  Zurich: ['CH', 47.3769, 8.5417], Liège: ['BE', 50.6326, 5.5797], Anvers: ['BE', 51.2194, 4.4025], Barcelone: ['ES', 41.3851, 2.1734], Francfort: ['DE', 50.1109, 8.6821],
};

/**
 * Forty well-known ways by car: kilometres, and hours and minutes without breaks, jams or customs. Figures that route planners give from centre to centre by the
 * usual motorway, rounded to five kilometres and five minutes above a hundred kilometres; Paris–Marseille is the operator's own (776 km, 7 h 45:
 * ulys.vinci-autoroutes.com), Lille–Bruxelles 110 to 115 km (em2016.frankreich-trip.com), Lyon–Orange 1 h 35 and Poitiers–Bordeaux 2 h 10 bear the speeds out
 * (rtbf.be, 2020-07); read 2026-11-22.
 */
const ways: readonly (readonly [from: string, to: string, km: number, hours: string])[] = [
  ['Paris', 'Lyon', 465, '4:35'], ['Paris', 'Marseille', 775, '7:30'], ['Paris', 'Lille', 225, '2:25'], ['Paris', 'Bordeaux', 585, '5:45'],
  ['Paris', 'Toulouse', 680, '6:35'], ['Paris', 'Nantes', 385, '3:55'], ['Paris', 'Rennes', 350, '3:40'], ['Paris', 'Strasbourg', 490, '4:50'],
  ['Paris', 'Nice', 930, '9:00'], ['Paris', 'Dijon', 315, '3:15'], ['Paris', 'Rouen', 135, '1:45'], ['Paris', 'Reims', 145, '1:40'], ['Paris', 'Bruxelles', 310, '3:25'],
  ['Paris', 'Genève', 540, '5:15'], ['Lyon', 'Marseille', 315, '3:15'], ['Lyon', 'Grenoble', 112, '1:25'], ['Lyon', 'Genève', 150, '1:50'],
  ['Lyon', 'Saint-Étienne', 63, '0:55'], ['Lyon', 'Clermont-Ferrand', 167, '1:55'], ['Lyon', 'Dijon', 195, '2:05'], ['Marseille', 'Nice', 200, '2:15'],
  ['Marseille', 'Montpellier', 170, '1:50'], ['Marseille', 'Toulouse', 405, '4:00'], ['Bordeaux', 'Toulouse', 245, '2:30'], ['Bordeaux', 'Nantes', 345, '3:30'],
  ['Nantes', 'Rennes', 113, '1:20'], ['Rennes', 'Brest', 242, '2:30'], ['Lille', 'Bruxelles', 115, '1:25'], ['Lille', 'Strasbourg', 525, '5:10'],
  ['Strasbourg', 'Mulhouse', 115, '1:15'], ['Nancy', 'Metz', 57, '0:45'], ['Metz', 'Luxembourg', 65, '0:50'], ['Genève', 'Lausanne', 65, '0:50'],
  ['Berne', 'Zurich', 125, '1:30'], ['Bruxelles', 'Liège', 97, '1:10'], ['Bruxelles', 'Luxembourg', 215, '2:25'], ['Bruxelles', 'Anvers', 46, '0:50'],
  ['Strasbourg', 'Bâle', 140, '1:30'], ['Strasbourg', 'Francfort', 220, '2:20'], ['Montpellier', 'Barcelone', 340, '3:20'],
];

const place = (name: string): RoadPlace => {
  const [country = '', lat = Number.NaN, lon = Number.NaN] = cities[name] ?? [];
  return { name, country, lat, lon, insee: '' };
};
const at = (country: string, insee: string, lat: number, lon: number): RoadPlace => ({ name: `${country} ${insee}`, country, insee, lat, lon });
const corsica = at('FR', '2A004', 41.9192, 8.7386);
const bastia = at('FR', '2B033', 42.6973, 9.4509);
const marseille = place('Marseille');
const geneva = place('Genève');
const london = at('GB', '', 51.5074, -0.1278);
const dublin = at('IE', '', 53.3498, -6.2603);
const reunion = at('FR', '97411', -20.8823, 55.4504);
const yeu = at('FR', '85113', 46.72, -2.35);
const groix = at('FR', '56069', 47.6389, -3.4543);

const median = (list: readonly number[]): number => {
  const sorted = [...list].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
};
const errors = ways.map(([from, to, km, hours]) => {
  const [h = 0, m = 0] = hours.split(':').map(Number);
  const { metres, minutes, crossing } = greatCircle([place(from), place(to)], day);
  return { from, to, far: metres[1]! / 1_000 / km - 1, long: (minutes[1]! - crossing[1]!) / (h * 60 + m) - 1 };
});

test('forty well-known ways: the median error of distance and of time is below 12 % (TO-03, TO-24)', () => {
  expect(ways).toHaveLength(40);
  expect(median(errors.map(({ far }) => Math.abs(far)))).toBeLessThan(0.12);
  expect(median(errors.map(({ long }) => Math.abs(long)))).toBeLessThan(0.12);
  // Neither leans to one side in time, and none is far off: the worst are ways around mountains and lakes.
  expect(Math.abs(errors.reduce((sum, { long }) => sum + long, 0) / errors.length)).toBeLessThan(0.05);
  expect(errors.filter(({ far, long }) => Math.abs(far) > 0.25 || Math.abs(long) > 0.25)).toEqual([]);
});

test('a way is 1.3 times the crow’s, and its first fifty kilometres go at 75 km/h (TO-03)', () => {
  // A degree of the meridian is 111.195 km on the mean sphere: 144.554 km of road, 40 min for fifty and 51.6 for the rest.
  const { metres, minutes } = greatCircle([at('FR', '', 46, 3), at('FR', '', 47, 3), at('FR', '', 46.2, 3)], day);
  expect([metres[1], minutes[1]]).toEqual([144_554, 92]);
  expect([metres[2], minutes[2]]).toEqual([28_911, 23]);
});

const inland = fc.record({ lat: fc.double({ min: 44, max: 48, noNaN: true }), lon: fc.double({ min: 1, max: 5, noNaN: true }), country: fc.constantFrom('FR', 'CH', 'GB', 'IE', 'NO'), insee: fc.constantFrom('', '2A004', '2B033', '56069', '85113', '97411') })
  .map((ground): RoadPlace => ({ ...ground, name: 'anywhere' }));

test('every way is as long and takes as long both ways, and none gets shorter by way of a third place (TO-03)', () => {
  fc.assert(fc.property(inland, inland, inland, (a, b, c) => {
    const { metres, minutes, crossing } = greatCircle([a, b, c], day);
    for (const column of [metres, minutes, crossing]) expect([column[1], column[2], column[5], column[0]]).toEqual([column[3], column[6], column[7], 0]);
    // Two that were rounded, against one that was.
    expect(metres[2]!).toBeLessThanOrEqual(metres[1]! + metres[5]! + 1);
    expect(minutes[2]!).toBeLessThanOrEqual(minutes[1]! + minutes[5]! + 1);
  }));
});

test('two thousand places are measured from each other within a second and a half, in arrays that a thread may take (TO-03)', () => {
  const places = Array.from({ length: 2_000 }, (_, i) => at('FR', i % 7 === 0 ? '2A004' : '', 44.5 + (i % 45) * 0.07, 1 + Math.floor(i / 45) * 0.08));
  const start = performance.now();
  const { size, metres, minutes } = greatCircle(places, day);
  // Some 0.2 to 0.4 s on a quiet machine.
  expect(performance.now() - start).toBeLessThan(1_500);
  expect([size, metres.length, minutes.length]).toEqual([2_000, 4_000_000, 4_000_000]);
  expect(structuredClone(minutes, { transfer: [minutes.buffer] }).length).toBe(4_000_000);
});

test.each<[string, RoadPlace, RoadPlace, number, readonly string[]]>([
  ['Corsica, by ship', marseille, corsica, 315, ['corsica']],
  ['both ends of Corsica, by road', corsica, bastia, 0, []],
  ['London: the tunnel and the customs', place('Lille'), london, 135, ['britain', 'customs:GB']],
  ['Geneva: the customs', place('Lyon'), geneva, 45, ['customs:CH']],
  ['Geneva to Zurich', geneva, place('Zurich'), 0, []],
  ['Vaduz is of the Swiss customs', geneva, at('LI', '', 47.141, 9.521), 0, []],
  ['Geneva to London: two customs', geneva, london, 180, ['britain', 'customs:CH', 'customs:GB']],
  ['Dublin to London sails once', dublin, london, 255, ['ireland', 'customs:GB']],
  ['Dublin to Paris sails twice, under seal', dublin, place('Paris'), 270, ['ireland', 'britain']],
  ['Yeu to Groix: two ships', yeu, groix, 210, ['island', 'island']],
  ['Luxembourg: nothing', place('Metz'), place('Luxembourg'), 0, []],
])('%s', (_, a, b, minutes, of) => {
  const { crossing, minutes: all } = greatCircle([a, b], day);
  expect([crossing[1], crossing[2]]).toEqual([minutes, minutes]);
  expect(all[1]).toBeGreaterThan(minutes);
  expect([...crossingBetween(a, b, day).of].sort()).toEqual([...of].sort());
});

test('on a day before the first row of a crossing, the first row holds', () => {
  expect(crossingBetween(marseille, london, '2019-06-01')).toEqual(crossingBetween(marseille, london, day));
  expect(crossingBetween(marseille, london, '2019-06-01').customsMinutes).toBe(60);
});

test('no road leads overseas, but on one island one does (TO-04)', () => {
  const { metres, minutes, crossing } = greatCircle([marseille, reunion, { ...reunion, lat: -21.34, lon: 55.48 }], day);
  expect([metres[1], minutes[3], crossing[1]]).toEqual([NO_WAY, NO_WAY, 0]);
  expect(metres[5]).toBeGreaterThan(50_000);
  // Two of them still fit where one does.
  expect(Int32Array.of(NO_WAY + NO_WAY)[0]).toBe(NO_WAY + NO_WAY);
});

test.each<[string, number, number, string]>([
  ['no coordinates', Number.NaN, 2, 'missing'], ['endless ones', 48, Number.POSITIVE_INFINITY, 'missing'], ['beyond the pole', 90.5, 2, 'range'], ['around the world', 48, 181, 'range'], ['nowhere, at nought', 0, 0, 'sea'],
  ['in the Bay of Biscay', 45.5, -4.5, 'sea'], ['latitude and longitude swapped, for Lyon', 4.8357, 45.764, 'sea'],
])('a place %s is refused by its name (TO-04)', (_, lat, lon, why) => {
  const venue = { name: 'Le Radeau', country: 'FR', insee: '', lat, lon };
  const refusal = expect.objectContaining({ code: 'place_nowhere', details: { place: 'Le Radeau', why } }) as AppError;
  expect(() => greatCircle([marseille, venue], day)).toThrow(refusal);
});

test('more places than are kept ways for are refused, and none or one has no way', () => {
  expect(() => checkPlaces(Array.from({ length: MOST_PLACES + 1 }, () => marseille))).toThrow(expect.objectContaining({ code: 'places_many' }) as AppError);
  expect(greatCircle([], day).metres).toHaveLength(0);
  expect(greatCircle([marseille], day).minutes).toEqual(Int32Array.of(0));
});

test('two venues at one address are no way apart (TO-04)', () => {
  const { metres, minutes } = greatCircle([marseille, { ...marseille, name: 'Next door' }], day);
  expect([metres[1], minutes[1]]).toEqual([0, 0]);
});
