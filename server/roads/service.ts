import assert from 'node:assert/strict';
import type { RoadLeg, Roads } from '../adapters/ports.ts';
import type { Context } from '../core/context.ts';
import { fromDay, toDay, type Day } from '../core/time.ts';
import { blocksOf, nearOrder, type Block } from './blocks.ts';
import { crossingsAmong } from './crossings.ts';
import { DETOUR, greatCircle, NO_WAY, type RoadMatrix, type RoadPlace } from './great-circle.ts';
import { ROAD_SOURCES, type RoadReason, type RoadsBetween } from './known.ts';

/** Milliseconds within which a plan waits for a provider, all its questions together, and how many are asked at a time. */
const [patience, atATime] = [20_000, 4];
/** After how many answers that nobody can read the others are not asked for: they cost as much. */
const mostOdd = 3;
/** Milliseconds for which a way that a provider left out is not asked of it again, and how many of those are remembered: each plan would pay for them anew. */
const [leftOutMs, mostLeftOut] = [3_600_000, 200_000];
const leftOut = new WeakMap<Roads, Map<string, number>>();
/** How many origins are looked up at once: a few hundred thousand ways of memory. */
const lookedUp = 200;

/** A point as it is kept: ten-thousandths of a degree. */
interface Spot {
  readonly lat: number;
  readonly lon: number;
}

/**
 * How far and how long it is between any two of some places, from each row to each column. Where a provider is chosen, ways that it measured before are
 * read again, and the others asked of it, near ones first, as far as the day's quota goes; whatever it does not tell is told by the great circle, and that is said in
 * `notices`. After `patienceMs`, twenty seconds when nothing is said, no more is asked. What stands between two places besides the road (ferry, customs: `crossing`) is that of `day`, today when nothing is said. Nothing is kept but what was
 * measured. Not within a transaction: others would wait for a provider.
 *
 * @throws AppError `place_nowhere`, `places_many`.
 */
export async function roadsBetween(ctx: Context, places: readonly RoadPlace[], { day = toDay(ctx.now()), patienceMs = patience }: { readonly day?: Day; readonly patienceMs?: number } = {}): Promise<RoadsBetween> {
  const matrix = greatCircle(places, day);
  const source = new Uint8Array(matrix.size ** 2);
  const { roads } = ctx.adapters;
  const lacking = new Map<RoadReason, number>();
  if (roads !== null && matrix.size > 1) {
    assert(!ctx.inTransaction, 'nobody waits for a provider within a transaction');
    const spots = spotsOf(places, matrix);
    const legs = await measured(ctx, { roads, patienceMs }, spots);
    overlay({ matrix, source, places, day }, { spots, legs, number: ROAD_SOURCES.indexOf(roads.name) }, lacking);
  }
  const told = { great_circle: 0, osrm: 0, matrix: 0 };
  source.forEach((number, cell) => { if (cell % (matrix.size + 1) !== 0) told[ROAD_SOURCES[number] ?? 'great_circle'] += 1; });
  return { ...matrix, source, told, notices: [...lacking].map(([reason, count]) => ({ reason, legs: count })) };
}

/** The places as points, each point once: two venues of one house are one question. */
interface Spots {
  readonly list: readonly Spot[];
  /** The point of each place. */
  readonly of: readonly number[];
  /** Metres by the great circle, row by row; where it knows of no way nobody is asked. */
  readonly metres: Int32Array;
}

function spotsOf(places: readonly RoadPlace[], matrix: RoadMatrix): Spots {
  const list: Spot[] = [];
  const first: number[] = [];
  const known = new Map<string, number>();
  const of = places.map((place, i) => {
    const spot = { lat: Math.round(place.lat * 10_000), lon: Math.round(place.lon * 10_000) };
    const key = `${spot.lat} ${spot.lon}`;
    const number = known.get(key) ?? list.push(spot) - 1;
    if (!known.has(key)) first.push(i);
    known.set(key, number);
    return number;
  });
  const metres = new Int32Array(list.length ** 2);
  first.forEach((i, a) => { first.forEach((j, b) => { metres[a * list.length + b] = matrix.metres[i * matrix.size + j] ?? 0; }); });
  return { list, of, metres };
}

/** What is known of each way among points, row by row: a way, that there is none, or why it is not known. */
type Known = { readonly metres: number; readonly minutes: number } | 'no_way' | RoadReason | undefined;

async function measured(ctx: Context, { roads, patienceMs }: { readonly roads: Roads; readonly patienceMs: number }, { list, metres }: Spots): Promise<Known[]> {
  const size = list.length;
  const legs: Known[] = new Array<Known>(size * size).fill(undefined);
  await recall(ctx, roads, list, legs);
  const out = leftOut.get(roads) ?? new Map<string, number>();
  leftOut.set(roads, out);
  const name = (i: number, j: number) => [list[i]?.lat, list[i]?.lon, list[j]?.lat, list[j]?.lon].join(' ');
  const now = ctx.realNow().getTime();
  if (out.size > 0) legs.forEach((leg, cell) => { if (leg === undefined && (out.get(name(Math.floor(cell / size), cell % size)) ?? 0) > now) legs[cell] = 'provider_partial'; });
  const missing = Uint8Array.from(legs, (leg, cell) => (leg === undefined && cell % (size + 1) !== 0 && (metres[cell] ?? 0) < NO_WAY ? 1 : 0));
  if (!missing.includes(1)) return legs;
  const queue = blocksOf(missing, metres, { near: nearOrder(list.map(degrees)), most: roads.most });
  const until = performance.now() + patienceMs;
  const waiting = queue.values();
  let over: RoadReason | null = null;
  let odd = 0;
  const asker = async (): Promise<void> => {
    for (const block of waiting) {
      over ??= roads.rests() ?? (performance.now() >= until ? 'out_of_time' : null);
      over ??= await spend(ctx, roads, block) ? null : 'quota';
      const answer: readonly RoadLeg[] | { readonly failed: RoadReason } = over === null ? await roads.measure(block.from.map((i) => degrees(list[i])), block.to.map((j) => degrees(list[j]))) : { failed: over };
      if ('failed' in answer && answer.failed === 'provider_odd' && (odd += 1) >= mostOdd) over = 'provider_odd';
      const told = note(block, answer, { legs, missing, metres, size });
      if (out.size > mostLeftOut) out.clear();
      for (const i of block.from) for (const j of block.to) if (legs[i * size + j] === 'provider_partial') out.set(name(i, j), now + leftOutMs);
      if (told.length > 0) await keep(ctx, roads, told.map(({ from, to, leg }) => ({ from: list[from], to: list[to], leg })));
    }
  };
  await Promise.all(Array.from({ length: atATime }, asker));
  return legs;
}

const degrees = (spot: Spot | undefined): { lat: number; lon: number } => ({ lat: (spot?.lat ?? 0) / 10_000, lon: (spot?.lon ?? 0) / 10_000 });

/** How far from a place a provider may set it on a road, at both ends together, in metres; and metres a minute that nobody drives: 210 km/h. */
const [aside, topSpeed] = [20_000, 3_500];

/** Whether a way can be driven at all: none is shorter than the crow's, nor over in no time. Half an answer would make a tour of nothing. `metres` by the great circle. */
const isDriven = (leg: { readonly metres: number; readonly minutes: number }, metres: number): boolean => Math.min(leg.metres, leg.minutes * topSpeed) + aside >= metres / DETOUR;

/** Writes down what a question gave, and returns what may be kept. */
function note({ from, to }: Block, answer: readonly RoadLeg[] | { readonly failed: RoadReason }, { legs, missing, metres, size }: { legs: Known[]; missing: Uint8Array; metres: Int32Array; size: number }): { from: number; to: number; leg: Exclude<RoadLeg, 'unknown'> }[] {
  return from.flatMap((i, row) => to.flatMap((j, column) => {
    if (missing[i * size + j] !== 1) return [];
    const said = 'failed' in answer ? answer.failed : answer[row * to.length + column] ?? 'unknown';
    const leg = typeof said === 'object' && !isDriven(said, metres[i * size + j] ?? 0) ? 'unknown' : said;
    const sound = leg === 'no_way' || typeof leg === 'object';
    legs[i * size + j] = leg === 'unknown' ? 'provider_partial' : leg;
    return sound ? [{ from: i, to: j, leg }] : [];
  }));
}

/** Reads what was measured before and is not too old. */
async function recall({ db, config, realNow }: Context, { name }: Roads, spots: readonly Spot[], legs: Known[]): Promise<void> {
  if (config.roads.keepDays === 0) return;
  const since = new Date(realNow().getTime() - config.roads.keepDays * 86_400_000);
  const [lats, lons] = [spots.map(({ lat }) => lat), spots.map(({ lon }) => lon)];
  for (let band = 0; band < spots.length; band += lookedUp) {
    const rows = await db.$queryRaw<{ from: number; to: number[]; metres: (number | null)[]; minutes: (number | null)[] }[]>`
      SELECT a.i::int AS "from", array_agg(b.i::int) AS "to", array_agg(leg.metres) AS metres, array_agg(leg.minutes) AS minutes
      FROM unnest(${lats.slice(band, band + lookedUp)}::int[], ${lons.slice(band, band + lookedUp)}::int[]) WITH ORDINALITY AS a(lat, lon, i)
      JOIN road_leg leg ON leg.provider = ${name} AND leg.from_lat = a.lat AND leg.from_lon = a.lon AND leg.at > ${since}
      JOIN unnest(${lats}::int[], ${lons}::int[]) WITH ORDINALITY AS b(lat, lon, i) ON leg.to_lat = b.lat AND leg.to_lon = b.lon
      GROUP BY a.i`;
    for (const row of rows) {
      row.to.forEach((to, n) => {
        const [metres, minutes] = [row.metres[n] ?? null, row.minutes[n] ?? null];
        legs[(band + row.from - 1) * spots.length + to - 1] = metres === null || minutes === null ? 'no_way' : { metres, minutes };
      });
    }
  }
}

/** Takes what a question costs from the day's quota, by the provider's clock: all of it, or nothing. However many processes ask, one statement decides. */
async function spend({ db, config, realNow }: Context, { name }: Roads, { from, to }: Block): Promise<boolean> {
  const [legs, most, day] = [from.length * to.length, config.roads.quota, fromDay(toDay(realNow()))];
  const taken = await db.$executeRaw`
    INSERT INTO road_spend (provider, day, legs) SELECT ${name}, ${day}::date, ${legs}::int WHERE ${legs}::int <= ${most}::int
    ON CONFLICT (provider, day) DO UPDATE SET legs = road_spend.legs + excluded.legs WHERE road_spend.legs + excluded.legs <= ${most}::int`;
  return taken === 1;
}

/** Keeps ways that were measured, in one order, so that two who write the same never wait for each other; the later one stands. */
async function keep({ db, config, realNow }: Context, { name }: Roads, told: readonly { from: Spot | undefined; to: Spot | undefined; leg: Exclude<RoadLeg, 'unknown'> }[]): Promise<void> {
  if (config.roads.keepDays === 0) return;
  const column = (of: (one: (typeof told)[number]) => number | null | undefined) => told.map((one) => of(one) ?? null);
  await db.$executeRaw`
    INSERT INTO road_leg (provider, from_lat, from_lon, to_lat, to_lon, metres, minutes, at)
    SELECT ${name}, way.*, ${realNow()} FROM unnest(
      ${column(({ from }) => from?.lat)}::int[], ${column(({ from }) => from?.lon)}::int[], ${column(({ to }) => to?.lat)}::int[], ${column(({ to }) => to?.lon)}::int[],
      ${column(({ leg }) => (leg === 'no_way' ? null : leg.metres))}::int[], ${column(({ leg }) => (leg === 'no_way' ? null : leg.minutes))}::int[]
    ) AS way(from_lat, from_lon, to_lat, to_lon, metres, minutes)
    ORDER BY way.from_lat, way.from_lon, way.to_lat, way.to_lon
    ON CONFLICT (provider, from_lat, from_lon, to_lat, to_lon) DO UPDATE SET metres = excluded.metres, minutes = excluded.minutes, at = excluded.at`;
}

/** Puts measured ways over those of the great circle. A measured sailing is in its minutes already; boarding and customs are in nobody's. */
function overlay(
  { matrix: { size, metres, minutes, crossing }, source, places, day }: { matrix: RoadMatrix; source: Uint8Array; places: readonly RoadPlace[]; day: Day },
  { spots: { list, of }, legs, number }: { spots: Spots; legs: readonly Known[]; number: number }, lacking: Map<RoadReason, number>,
): void {
  const crossings = crossingsAmong(places, day);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      const [cell, leg] = [i * size + j, legs[(of[i] ?? 0) * list.length + (of[j] ?? 0)]];
      if (leg === undefined) continue;
      if (leg === 'no_way') {
        [metres[cell], minutes[cell], crossing[cell], source[cell]] = [NO_WAY, NO_WAY, 0, number];
      } else if (typeof leg === 'string') {
        lacking.set(leg, (lacking.get(leg) ?? 0) + 1);
      } else {
        const { boardingMinutes, customsMinutes } = crossings.of(i, j);
        crossing[cell] = boardingMinutes + customsMinutes;
        [metres[cell], minutes[cell], source[cell]] = [leg.metres, leg.minutes + boardingMinutes + customsMinutes, number];
      }
    }
  }
}
