import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openMatrixDouble, type MatrixDouble } from '../adapters/roads/double/matrix.ts';
import { doubleWay, type Trouble } from '../adapters/roads/double/http.ts';
import { openOsrmDouble, type OsrmDouble } from '../adapters/roads/double/osrm.ts';
import { openMatrix } from '../adapters/roads/matrix.ts';
import { openOsrm } from '../adapters/roads/osrm.ts';
import { roadsSuite } from '../adapters/roads/suites/roads.suite.ts';
import type { Roads } from '../adapters/ports.ts';
import type { RoadsChoice } from '../core/config.ts';
import { transact, type Context } from '../core/context.ts';
import { openDatabase } from '../core/database.ts';
import { AppError } from '../core/errors.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { crossingBetween } from './crossings.ts';
import { greatCircle, NO_WAY, type RoadPlace } from './great-circle.ts';
import { ROAD_SOURCES } from './known.ts';
import { roadsBetween } from './service.ts';

const day = '2026-11-22';
let world: TestWorld;
let osrm: OsrmDouble;
let matrix: MatrixDouble;

beforeAll(async () => {
  world = await openTestWorld();
  [osrm, matrix] = await Promise.all([openOsrmDouble(), openMatrixDouble()]);
});
beforeEach(async () => {
  await world.db.roadLeg.deleteMany();
  await world.db.roadSpend.deleteMany();
  world.atReal('2026-11-22T22:00:00Z');
  for (const double of [osrm, matrix]) {
    double.requests.length = 0;
    double.trouble.length = 0;
    double.cutOff = () => false;
  }
});
afterEach(() => { world.atReal(null); });
afterAll(async () => {
  await Promise.all([osrm.close(), matrix.close()]);
  await world.close();
});

/** A new process, that remembers no failure. */
const opened = (name: 'osrm' | 'matrix', timeoutMs = 20_000): Roads => {
  const { realNow, log } = world.ctx;
  return name === 'osrm' ? openOsrm({ url: osrm.url, realNow, log, timeoutMs }) : openMatrix({ url: matrix.url, key: matrix.key, realNow, log, timeoutMs });
};
const by = (roads: Roads, over: Partial<Pick<RoadsChoice, 'quota' | 'keepDays'>> = {}): Context => ({ ...world.ctx, adapters: { ...world.ctx.adapters, roads }, config: { ...world.ctx.config, roads: { ...world.ctx.config.roads, ...over } } });
const legsOf = (double: OsrmDouble | MatrixDouble) => double.requests.reduce((sum, { from, to }) => sum + from * to, 0);
const spent = async () => (await world.db.roadSpend.findMany()).reduce((sum, { legs }) => sum + legs, 0);

const place = (name: string, lat: number, lon: number, country = 'FR', insee = ''): RoadPlace => ({ name, lat, lon, country, insee });
const paris = place('Paris', 48.8566, 2.3522);
const lyon = place('Lyon', 45.764, 4.8357);
const marseille = place('Marseille', 43.2965, 5.3698);
const geneva = place('Genève', 46.2044, 6.1432, 'CH');
const ajaccio = place('Ajaccio', 41.9192, 8.7386, 'FR', '2A004');
const reunion = place('Saint-Denis', -20.8823, 55.4504, 'FR', '97411');
const many = (count: number): RoadPlace[] => Array.from({ length: count }, (_, i) => place(`Venue ${i}`, 44.5 + (i % 60) * 0.06, 0.5 + Math.floor(i / 60) * 0.12));

roadsSuite('great circle', () => ({
  most: { places: 400, legs: 40_000 },
  measure: (from, to) => {
    const places = [...from, ...to].map(({ lat, lon }) => place('', lat, lon, 'FR', lat < 0 ? '97411' : ''));
    const { size, metres, minutes } = greatCircle(places, day);
    return Promise.resolve(from.flatMap((_, i) => to.map((__, j) => {
      const cell = i * size + from.length + j;
      return metres[cell] === NO_WAY ? 'no_way' : { metres: metres[cell]!, minutes: minutes[cell]! };
    })));
  },
}));

test('with nobody to ask, ways are those of the great circle, and nothing is missing (TO-03)', async () => {
  const between = await roadsBetween(world.ctx, [paris, geneva, reunion], { day });
  const { size, metres, minutes, crossing } = greatCircle([paris, geneva, reunion], day);
  expect(between).toEqual({ size, metres, minutes, crossing, source: new Uint8Array(9), told: { great_circle: 6, osrm: 0, matrix: 0 }, notices: [] });
  expect(await world.db.roadSpend.count()).toBe(0);
});

test('a place at sea is refused by its name before anybody is asked (TO-04, TO-24)', async () => {
  const raft = place('Le Radeau', 45.5, -4.5);
  await expect(roadsBetween(by(opened('matrix')), [paris, raft])).rejects.toThrow(expect.objectContaining({ code: 'place_nowhere', details: { place: 'Le Radeau', why: 'sea' } }) as AppError);
  expect(matrix.requests).toEqual([]);
});

describe.each([['osrm', () => osrm], ['matrix', () => matrix]] as const)('ways that %s measured (TO-24)', (name, double) => {
  const number = ROAD_SOURCES.indexOf(name);

  test('are told in their direction, counted, kept, and not asked again', async () => {
    const places = [paris, lyon, marseille];
    const first = await roadsBetween(by(opened(name)), places, { day });
    expect(first.told).toEqual({ great_circle: 0, osrm: 0, matrix: 0, [name]: 6 });
    expect(first.notices).toEqual([]);
    places.forEach((from, i) => { places.forEach((to, j) => {
      const { metres, seconds } = doubleWay({ lat: from.lat, lon: from.lon }, { lat: to.lat, lon: to.lon });
      expect([first.metres[i * 3 + j], first.minutes[i * 3 + j]]).toEqual([Math.round(metres), expect.closeTo(seconds / 60, -0.1)]);
    }); });
    expect(first.minutes[1]).toBeGreaterThan(first.minutes[3]!);
    expect(first.source).toEqual(Uint8Array.of(0, number, number, number, 0, number, number, number, 0));
    expect(await spent()).toBe(legsOf(double()));

    double().requests.length = 0;
    expect(await roadsBetween(by(opened(name)), places, { day })).toEqual(first);
    expect(double().requests).toEqual([]);
    // A new place asks for itself alone: there, and back.
    expect((await roadsBetween(by(opened(name)), [...places, geneva], { day })).told[name]).toBe(12);
    expect(legsOf(double())).toBe(6);
  });

  test('are asked again when they are too old, and only as often as they differ', async () => {
    const places = [paris, lyon, { ...lyon, name: 'Next door' }];
    await roadsBetween(by(opened(name)), places, { day });
    expect(await world.db.roadLeg.count()).toBe(2);
    world.atReal('2027-05-21T21:00:00Z');
    double().requests.length = 0;
    await roadsBetween(by(opened(name)), places, { day });
    expect(double().requests).toEqual([]);
    world.atReal('2027-05-21T22:00:01Z');
    await roadsBetween(by(opened(name)), places, { day });
    expect(double().requests).not.toEqual([]);
    expect((await world.db.roadLeg.findMany()).map(({ at }) => at.toISOString().slice(0, 10))).toEqual(['2027-05-21', '2027-05-21']);
  });

  test('have the wait of a ship and the customs added, not the sailing; overseas nobody is asked for', async () => {
    const places = [lyon, geneva, ajaccio, reunion];
    const { minutes, crossing, metres } = await roadsBetween(by(opened(name)), places, { day });
    const drive = (to: RoadPlace) => doubleWay(lyon, to).seconds / 60;
    expect([crossing[1], crossing[2], crossing[3]]).toEqual([45, crossingBetween(lyon, ajaccio, day).boardingMinutes, 0]);
    expect(minutes[1]! - 45).toBeCloseTo(drive(geneva), -0.1);
    expect(minutes[2]! - crossing[2]!).toBeCloseTo(drive(ajaccio), -0.1);
    expect([minutes[3], metres[3], minutes[12]]).toEqual([NO_WAY, NO_WAY, NO_WAY]);
    // Three places, and at most the ways to themselves besides.
    expect(legsOf(double())).toBeLessThanOrEqual(9);
  });

  test('no way is remembered as one', async () => {
    double().cutOff = ({ lat }) => lat < 42;
    const places = [lyon, marseille, ajaccio];
    for (let turn = 0; turn < 2; turn += 1) {
      const { minutes, metres, told, crossing } = await roadsBetween(by(opened(name)), places, { day });
      expect([minutes[2], metres[2], minutes[6], minutes[7]]).toEqual([NO_WAY, NO_WAY, NO_WAY, NO_WAY]);
      expect([told[name], crossing[2]]).toEqual([6, 0]);
    }
    expect(double().requests).toHaveLength(1);
  });

  test.each<[Trouble, string]>([['broken', 'provider_down'], ['silent', 'provider_down'], ['limited', 'provider_busy'], ['refused', 'provider_refused'], ['cut', 'provider_odd'], ['page', 'provider_odd']])(
    '%s: the great circle stands in and says %s, and nothing is kept', async (trouble, reason) => {
      double().trouble.push(trouble);
      const places = [paris, lyon, marseille];
      const roads = opened(name, trouble === 'silent' ? 300 : 20_000);
      const between = await roadsBetween(by(roads), places, { day });
      expect(between).toMatchObject({ ...greatCircle(places, day), told: { great_circle: 6 }, notices: [{ reason, legs: 6 }] });
      expect(await world.db.roadLeg.count()).toBe(0);
      // While it rests nobody waits for it, or pays.
      const before = await spent();
      const again = await roadsBetween(by(roads), places, { day });
      if (reason === 'provider_odd') {
        expect(again.notices).toEqual([]);
      } else {
        expect(again.notices).toEqual([{ reason, legs: 6 }]);
        expect(await spent()).toBe(before);
      }
    });

  test('what it left out is told by the great circle, and not asked of it within the hour', async () => {
    double().trouble.push('partial');
    const places = many(4);
    const roads = opened(name);
    const first = await roadsBetween(by(roads), places, { day });
    const out = first.notices[0]?.legs ?? 0;
    expect(first.notices).toEqual([{ reason: 'provider_partial', legs: expect.any(Number) as number }]);
    expect([out > 0, first.told]).toEqual([true, { great_circle: out, osrm: 0, matrix: 0, [name]: 12 - out }]);
    expect(await world.db.roadLeg.count()).toBe(12 - out);
    double().requests.length = 0;
    expect(await roadsBetween(by(roads), places, { day })).toEqual(first);
    expect(double().requests).toEqual([]);
    world.atReal('2026-11-22T23:00:01Z');
    expect((await roadsBetween(by(roads), places, { day })).notices).toEqual([]);
  });

  test('one failure among many questions stops the others, and what was measured stays', async () => {
    const places = many(120);
    const whole = await roadsBetween(by(opened(name)), places, { day });
    expect(whole.notices).toEqual([]);
    await world.db.roadLeg.deleteMany();
    const roads = opened(name);
    let asked = 0;
    // Three go well, and then no more.
    const limp: Roads = {
      ...roads, rests: () => (asked > 3 ? 'provider_down' : null),
      measure: (from, to) => { asked += 1; return asked > 3 ? Promise.resolve({ failed: 'provider_down' }) : roads.measure(from, to); },
    };
    const { notices, told } = await roadsBetween(by(limp), places, { day });
    expect(notices).toEqual([{ reason: 'provider_down', legs: told.great_circle }]);
    expect(told[name]).toBeGreaterThan(0);
    expect(told[name] + told.great_circle).toBe(120 * 119);
    // Four are asked at a time.
    expect(asked).toBeLessThanOrEqual(3 + 4);
    expect(await world.db.roadLeg.count()).toBe(told[name]);
  });

  test('nonsense is asked for thrice, and no more', async () => {
    double().trouble.push(...Array.from({ length: 40 }, (): Trouble => 'page'));
    const { notices } = await roadsBetween(by(opened(name)), many(200), { day });
    expect(notices).toEqual([{ reason: 'provider_odd', legs: 200 * 199 }]);
    // Four are asked at a time.
    expect(40 - double().trouble.length).toBeLessThanOrEqual(6);
  });

  test('none is kept where the operator keeps none', async () => {
    for (let turn = 0; turn < 2; turn += 1) expect((await roadsBetween(by(opened(name), { keepDays: 0 }), [paris, lyon], { day })).told[name]).toBe(2);
    expect([await world.db.roadLeg.count(), double().requests.length > 1]).toEqual([0, true]);
  });
});

describe('the day’s quota (TO-24)', () => {
  test('is spent on near ways first, never passed, and said; the next day of UTC there is another', async () => {
    const places = many(100);
    const { source, told, notices, metres } = await roadsBetween(by(opened('matrix'), { quota: 2_500 }), places, { day });
    expect(notices).toEqual([{ reason: 'quota', legs: told.great_circle }]);
    expect(told.matrix).toBeGreaterThan(2_300);
    expect([await spent(), legsOf(matrix)]).toEqual([2_500, 2_500]);
    const mean = (number: number) => { const far = [...metres].filter((_, cell) => source[cell] === number); return far.reduce((sum, one) => sum + one, 0) / far.length; };
    expect(mean(2)).toBeLessThan(mean(0));
    expect((await roadsBetween(by(opened('matrix'), { quota: 2_500 }), places, { day })).told.matrix).toBe(told.matrix);
    expect(await spent()).toBe(2_500);

    world.atReal('2026-11-23T00:00:00Z');
    const next = await roadsBetween(by(opened('matrix'), { quota: 2_500 }), places, { day });
    expect(next.told.matrix).toBeGreaterThan(told.matrix);
    expect(await spent()).toBe(5_000);
  });

  test('is one for two processes that ask at once, and each provider has its own', async () => {
    const other = openDatabase(world.url, 10);
    const quota = 3_000;
    const asked = Array.from({ length: 12 }, (_, i) => {
      const places = many(40).map((one) => ({ ...one, lat: one.lat + i / 1_000 }));
      return roadsBetween({ ...by(opened('matrix'), { quota }), ...(i % 2 === 1 && { db: other.db }) }, places, { day });
    });
    const told = await Promise.all(asked);
    await other.close();
    expect(await spent()).toBeLessThanOrEqual(quota);
    expect(legsOf(matrix)).toBe(await spent());
    expect(told.reduce((sum, one) => sum + one.told.matrix, 0)).toBeGreaterThan(0);
    expect(told.flatMap(({ notices }) => notices.map(({ reason }) => reason)).filter((reason) => reason !== 'quota')).toEqual([]);
    expect((await roadsBetween(by(opened('osrm'), { quota }), [paris, lyon], { day })).told.osrm).toBe(2);
  });

  test('of nothing asks nobody', async () => {
    expect((await roadsBetween(by(opened('matrix'), { quota: 0 }), [paris, lyon], { day })).notices).toEqual([{ reason: 'quota', legs: 2 }]);
    expect([matrix.requests, await spent()]).toEqual([[], 0]);
  });
});

test('two who write the same at once write it once, and wait for nobody (TO-24)', async () => {
  const places = many(60);
  const other = openDatabase(world.url, 10);
  const told = await Promise.all(Array.from({ length: 6 }, (_, i) => roadsBetween({ ...by(opened('osrm'), { quota: 1_000_000 }), ...(i % 2 === 1 && { db: other.db }) }, i % 3 === 0 ? [...places].reverse() : places, { day })));
  await other.close();
  expect(told.map(({ notices }) => notices)).toEqual(Array(6).fill([]));
  expect(await world.db.roadLeg.count()).toBe(60 * 59);
});

test('two thousand places are told as far as the quota goes (TO-03, TO-24)', async () => {
  const places = many(2_000);
  const between = await roadsBetween(by(opened('matrix', 60_000)), places, { day, patienceMs: 60_000 });
  expect(between.told.matrix).toBeGreaterThan(20_000);
  expect(between.notices).toEqual([{ reason: 'quota', legs: 2_000 * 1_999 - between.told.matrix }]);
  expect(await spent()).toBeLessThanOrEqual(25_000);
}, 90_000);

test('half an answer makes no tour of nothing: a way of no length or of no time is not believed, and not kept (TO-24)', async () => {
  const half = (leg: { metres: number; minutes: number }): Roads => ({ name: 'osrm', most: { places: 100, legs: 2_500 }, rests: () => null, measure: (from, to) => Promise.resolve(from.flatMap(() => to.map(() => leg))) });
  for (const leg of [{ metres: 0, minutes: 280 }, { metres: 465_000, minutes: 0 }, { metres: 0, minutes: 0 }]) {
    const between = await roadsBetween(by(half(leg)), [paris, lyon], { day });
    expect(between).toMatchObject({ told: { great_circle: 2, osrm: 0 }, notices: [{ reason: 'provider_partial', legs: 2 }] });
    expect([...between.metres]).toEqual([...greatCircle([paris, lyon], day).metres]);
  }
  expect(await world.db.roadLeg.count()).toBe(0);
  // A minute to the next street is one.
  expect(await roadsBetween(by(half({ metres: 900, minutes: 2 })), [paris, place('Paris 2', 48.86, 2.36)], { day })).toMatchObject({ told: { osrm: 2 }, notices: [] });
});

test('when there is no time to ask, the great circle stands in and says so (TO-24)', async () => {
  expect((await roadsBetween(by(opened('matrix')), [paris, lyon], { day, patienceMs: 0 })).notices).toEqual([{ reason: 'out_of_time', legs: 2 }]);
  expect([matrix.requests, await spent()]).toEqual([[], 0]);
});

test('nobody waits for a provider within a transaction', async () => {
  await expect(transact(by(opened('matrix')), (tx) => roadsBetween(tx, [paris, lyon]))).rejects.toThrow('nobody waits');
});

test('the database holds ways whole, and on the Earth', async () => {
  const way = { provider: 'osrm', fromLat: 1, fromLon: 1, toLat: 2, toLon: 2, at: new Date() };
  await expect(world.db.roadLeg.create({ data: { ...way, metres: 5 } })).rejects.toThrow('road_leg_way');
  await expect(world.db.roadLeg.create({ data: { ...way, metres: -5, minutes: 1 } })).rejects.toThrow('road_leg_way');
  await expect(world.db.roadLeg.create({ data: { ...way, toLat: 900_001 } })).rejects.toThrow('road_leg_place');
});
