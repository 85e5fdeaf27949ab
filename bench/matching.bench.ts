import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { serve } from '@hono/node-server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { deploy } from '../prisma/migrate.ts';
import { appRouter } from '../server/app-router.ts';
import { readConfig } from '../server/core/config.ts';
import type { Context } from '../server/core/context.ts';
import { openDatabase, startEmbedded } from '../server/core/database.ts';
import { ulid } from '../server/core/ids.ts';
import { openLive } from '../server/core/live.ts';
import { openLog } from '../server/core/log.ts';
import { addDays, dayIn, fromDay, toDay } from '../server/core/time.ts';
import { daysFrom, wentFrom } from '../server/laying/read.ts';
import { closeHall, findIn, openHall, type Ask, type Hits } from '../server/hall/service.ts';
import { artistFrom, completeArtist, nothing, placeFrom, type ArtistRow, type PlaceRow, type SheetRow } from '../server/matching/facts.ts';
import { proposedFrom } from '../server/matching/complete.ts';
import { noFilters, type Filters } from '../server/matching/filters.ts';
import { layHall } from '../server/matching/hall.ts';
import { numbersOf } from '../server/matching/keep.ts';
import { kinship } from '../server/matching/kin.ts';
import { openPair } from '../server/matching/pair.ts';
import { writeArtist, writePlace } from '../server/matching/profile.ts';
import { published, score, type Score } from '../server/matching/score.ts';
import { touring } from '../server/matching/scorecards/touring.ts';
import { search } from '../server/matching/search.ts';
import { wordsOf } from '../server/matching/world.ts';
import { GENRES } from '../server/profiles/genres.ts';
import { catchmentOf } from '../server/laying/service.ts';
import { artists, idOf, inventedPlaces, layCandidates } from './candidates.ts';
import { fillKinship, sqlCriteria, sqlSearch, sqlSetup } from './by-sql.ts';
import { reciprocal } from './reciprocal.ts';
import { simulator } from './simulator.ts';

/*
 * The search of a place among a hundred thousand artists, on a PostgreSQL of its own: from memory, over HTTP, while profiles change, and beside
 * the two ways that everybody writes first: row by row through the ORM with the very same scorecard, and one statement in the database. Both are
 * asked the question that ours is asked, and the ORM's answer has to be ours. At last how it grows, and what learning reaches.
 */

const candidates = Number(process.env['CANDIDATES'] ?? 100_000);
const halls = 200;
/** The most that a filter leaves where the engine is measured with one. */
const most = 20_000;
const seconds = Number(process.env['BENCH_SECONDS'] ?? 20);
const connections = 12;
const growthMax = Number(process.env['GROWTH_MAX'] ?? (freemem() > 3 * 2 ** 30 ? 1_000_000 : 100_000));

v8.setFlagsFromString('--expose-gc');
const gc = vm.runInNewContext('gc') as () => void;
const say = (line: string) => { process.stderr.write(`${line}\n`); };
const pause = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms); });
const round = (value: number): number => Math.round(value * 100) / 100;
const part = (times: readonly number[], share: number): number => round([...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN);
const [p50, p95] = [(times: readonly number[]) => part(times, 0.5), (times: readonly number[]) => part(times, 0.95)];
async function timed<T>(work: () => Promise<T> | T): Promise<{ took: number; made: T }> {
  const from = performance.now();
  const made = await work();
  return { took: performance.now() - from, made };
}

const seeds = Array.from({ length: Number(process.env['SEEDS'] ?? 5) }, (_, i) => i + 1);
const learned = await timed(() => simulator(seeds));
say(`learning: log loss ${learned.made.simulator_logloss_ratio} of the oracle's (${round(learned.took / 1_000)} s)`);
const people = peopleFile();
const chosen = people === null ? null : await timed(() => reciprocal(people, seeds));
if (chosen) say(`people who choose people: area ${chosen.made.auc}, one-sided ${chosen.made.one_sided_auc}, best of the simpler two-sided ways ${chosen.made.best_two_sided_auc} (${round(chosen.took / 1_000)} s)`);
else say('skipped: the folder ../shared/bench/reciprocal is absent, and no --reciprocal FILE was given');

const dir = mkdtempSync(path.join(tmpdir(), 'flow-bench-'));
const embedded = await startEmbedded({ dir });
const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: embedded.url, SESSION_SECRET: 'a secret of the benchmark, thirty-two letters long', LOG_LEVEL: 'error', DATA_DIR: dir });
const log = openLog('error');
await deploy(embedded.url);
const { db, pool, close } = openDatabase(embedded.url, connections);
const live = await openLive(embedded.url, log);
const ctx: Context = {
  db, config, log, live, inTransaction: false, now: () => new Date(), realNow: () => new Date(), newId: (prefix) => `${prefix}_${ulid(Date.now(), crypto.getRandomValues(new Uint8Array(16)))}`,
  userId: null, actor: null, partner: null, caller: { ip: '127.0.0.1', userAgent: 'bench' }, adapters: {} as unknown as Context['adapters'],
};
const snakes = new Map<string, string>();
/** How near genres are does not change with a search: the naive way keeps it as well. */
let kinKnown: Promise<Float32Array> | undefined;
/** The day of the run, kept should midnight pass. */
const today = dayIn(new Date(), 'Europe/Paris');
const places = inventedPlaces(halls, today);
const placeAt = (i: number) => places[i % places.length] ?? assert.fail();

try {
  const laid = await timed(() => layCandidates(pool, { artists: candidates, places, today }));
  say(`${candidates} artists and ${halls} places laid into the database in ${round(laid.took / 1_000)} s`);

  // What a process reads once whoever asks, and the client's own first question, are nobody's candidates.
  catchmentOf({ insee: '', lat: 48.86, lng: 2.35 });
  await db.epk.count();
  const before = await held();
  const opened = await timed(() => openHall(ctx));
  const { artists: standing, bytes } = opened.made;
  assert.equal(standing, candidates, 'everybody stands in the hall');
  const grown = await held() - before;
  const bytesPerCandidate = Math.round((bytes + Math.max(0, grown)) / candidates);
  say(`the hall was laid out in ${round(opened.took / 1_000)} s; ${Math.round(bytes / candidates)} bytes of shared memory a candidate and ${Math.round(grown / candidates)} of this process`);

  const narrowed = await asksOf();
  const left = narrowed.map(({ met }) => met);
  say(`filters leave ${p50(left)} in the middle, ${Math.max(...left)} at most`);
  const engine = await each(narrowed.map(({ ask }) => () => findIn(ctx, ask)));
  say(`engine, filtered: p50 ${p50(engine)} ms, p95 ${p95(engine)} ms`);
  const open = Array.from({ length: 100 }, (_, i) => askOf(i, noFilters));
  for (const ask of open.slice(0, 10)) await findIn(ctx, ask);
  const unfiltered = await each(open.map((ask) => () => findIn(ctx, ask)));
  say(`engine, unfiltered: p50 ${p50(unfiltered)} ms, p95 ${p95(unfiltered)} ms`);
  const api = await throughHttp(narrowed);
  say(`through the API: p50 ${p50(api.times)} ms, p95 ${p95(api.times)} ms, ${Math.round(api.bytes / 1_024)} KB an answer`);

  const mixed = await whileTheyChange(narrowed.map(({ ask }) => ask));
  say(`while ${mixed.edits} profiles changed in ${seconds} s: ${mixed.times.length} searches, p50 ${p50(mixed.times)} ms, p95 ${p95(mixed.times)} ms; an edit ranks after p95 ${p95(mixed.ranked)} ms`);

  const rival = await beside();
  await closeHall(ctx);
  const growth = await grow();

  console.log(JSON.stringify({
    bench: 'matching', candidates, places: halls, filtered_left: { p50: p50(left), max: Math.max(...left) }, searches: { filtered: engine.length, unfiltered: unfiltered.length, api: api.times.length, mixed: mixed.times.length, edits: mixed.edits },
    engine_p95_ms: p95(engine), engine_p50_ms: p50(engine), unfiltered_p95_ms: p95(unfiltered), unfiltered_p50_ms: p50(unfiltered), api_p95_ms: p95(api.times), api_p50_ms: p50(api.times), api_answer_kb: Math.round(api.bytes / 1_024),
    ...rival, bytes_per_candidate: bytesPerCandidate, cold_start_s: round(opened.took / 1_000), mixed_p95_ms: p95(mixed.times), edit_to_rank_p95_ms: p95(mixed.ranked), growth,
    ...learned.made, reciprocal: chosen?.made ?? null,
  }));
} catch (error) {
  // Said before all is closed, which has its own to say.
  console.error(error);
  process.exitCode = 1;
} finally {
  await closeHall(ctx);
  await live.close();
  await close();
  await embedded.stop();
  rmSync(dir, { recursive: true });
}

/** The file of meetings: named on the command line, or the shared one; null when there is none. */
function peopleFile(): string | null {
  const at = process.argv.indexOf('--reciprocal');
  const named = at >= 0 ? process.argv[at + 1] : undefined;
  if (at >= 0) assert(named !== undefined && existsSync(named), '--reciprocal names a file that is there');
  const file = named ?? path.join(import.meta.dirname, '../../shared/bench/reciprocal/speed-dating-waves-1-14.csv');
  return existsSync(file) ? file : null;
}

/**
 * Bytes that this process holds, without shared memory, which `external` leaves out (Node 20): the hall says that itself. Each connection holds
 * its last answer until the next one, so all are asked a small thing.
 */
async function held(): Promise<number> {
  await Promise.all(Array.from({ length: connections }, () => pool.query('SELECT pg_sleep(0.05)')));
  for (let i = 0; i < 4; i += 1) gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The times of some searches, one after another, in milliseconds. */
async function each(searches: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times: number[] = [];
  for (const one of searches) times.push((await timed(one)).took);
  return times;
}

/** What the place of a number asks with some filters. */
function askOf(i: number, filters: Filters): Ask {
  return { card: 'touring', seeker: { orgId: placeAt(i).id, seen: 'place' }, narrow: { filters, ...numbersOf(filters.genres), days: filters.days }, shows: 1, past: new Map(), apart: [], unseen: [], sort: 'score', limit: 50, weights: null };
}

/** What places look for: around them, in their genre, for their money, on weekends; narrowed further until no more than so many are left. This warms all up as well. */
async function asksOf(): Promise<{ ask: Ask; met: number; i: number }[]> {
  const asks = [];
  for (let i = 0; i < halls; i += 1) {
    const { at, genres, budget, currency } = placeAt(i).profile;
    const near = (km: number) => ({ near: at && { name: 'here', insee: '', ...at, km } });
    const kinds: Partial<Filters>[] = [
      near(150), { ...near(300), genres: genres.slice(0, 1) }, { ...near(150), fee: { min: null, max: budget.max, currency } }, { ...near(250), days: { from: addDays(today, 60), until: addDays(today, 90), weekdays: [5, 6] } },
    ];
    const kind = kinds[i % kinds.length] ?? {};
    for (const more of [{}, { levels: ['emerging', 'confirmed'] }, { levels: ['confirmed'] }, { levels: ['confirmed'], settings: ['seated'] }] satisfies Partial<Filters>[]) {
      const ask = askOf(i, { ...noFilters, ...kind, ...more });
      const { met } = await findIn(ctx, ask);
      if (met > most) continue;
      asks.push({ ask, met, i });
      break;
    }
  }
  return asks;
}

/** The same searches as a signed-in person's page asks them. */
async function throughHttp(asks: readonly { readonly ask: Ask; readonly i: number }[]): Promise<{ times: number[]; bytes: number }> {
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const one = serve({ port: 0, hostname: '127.0.0.1', fetch: (req) => fetchRequestHandler({ endpoint: '/trpc', req, router: appRouter, createContext: (): Context => ({ ...ctx, userId: 'usr_bench', actor: { userId: 'usr_bench', orgId: req.headers.get('bench-org') ?? '', role: 'owner' } }) }) }, () => { resolve(one); });
  });
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  const ask = async (orgId: string, input: unknown): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${address.port}/trpc/discovery.find?input=${encodeURIComponent(JSON.stringify(input))}`, { headers: { 'bench-org': orgId } });
    const body = await answer.arrayBuffer();
    if (!answer.ok) assert.fail(new TextDecoder().decode(body));
    return body.byteLength;
  };
  try {
    // Few of other lists: what is noted of a list is noted the first time, and that is to be measured.
    for (let i = 0; i < 20; i += 1) await ask(idOf('place', halls - 1 - i), { filters: noFilters, limit: 5 });
    const times: number[] = [];
    let bytes = 0;
    for (const { ask: { seeker, narrow: { filters } } } of asks) {
      const { took, made } = await timed(() => ask(seeker.orgId, { filters, limit: 50 }));
      times.push(took);
      bytes += made;
    }
    return { times, bytes: bytes / asks.length };
  } finally {
    await new Promise((resolve) => { server.close(resolve); });
  }
}

/** Ten searches a second, each counted from when it was to begin, while fifty profiles a second are edited; and how long after its commit an edit is what a search finds. */
async function whileTheyChange(asks: readonly Ask[]): Promise<{ times: number[]; ranked: number[]; edits: number }> {
  const began = performance.now();
  const until = began + seconds * 1_000;
  const [searches, edits]: [Promise<number>[], Promise<unknown>[]] = [[], []];
  const half = Math.floor(candidates / 2);
  const edit = (i: number, minor: number) => pool.query('UPDATE epk SET fee_min_minor = $2, fee_max_minor = greatest(fee_max_minor, $2), updated_at = now() WHERE org_id = $1', [idOf('artist', i), minor]);
  const searching = async () => {
    for (let n = 0; n < seconds * 10; n += 1) {
      const planned = began + n * 100;
      await pause(Math.max(0, planned - performance.now()));
      searches.push(findIn(ctx, asks[n % asks.length] ?? assert.fail()).then(() => performance.now() - planned));
    }
  };
  const editing = async () => {
    for (let n = 0; n < seconds * 50; n += 1) {
      await pause(Math.max(0, began + n * 20 - performance.now()));
      edits.push(edit((n * 7_919) % half, 20_000 + n));
    }
  };
  const ranked: number[] = [];
  const watching = async () => {
    for (let n = 0; performance.now() < until - 1_000; n += 1) {
      // One that stands where it can be found: half of the artists are edited by nobody else.
      const id = half + ((n * 104_729) % (candidates - half));
      const only: Ask = { ...askOf(n, noFilters), only: [idOf('artist', id)] };
      const minor = 30_000 + n;
      await edit(id, minor);
      const committed = performance.now();
      while (feeOf(await findIn(ctx, only)) !== minor) {
        assert(performance.now() - committed < 10_000, 'an edit is ranked within ten seconds');
        await pause(5);
      }
      ranked.push(performance.now() - committed);
      await pause(400);
    }
  };
  await Promise.all([searching(), editing(), watching()]);
  await Promise.all(edits);
  return { times: await Promise.all(searches), ranked, edits: edits.length + ranked.length };
}
function feeOf({ hits }: Hits) {
  return hits[0]?.score.criteria.find(({ criterion }) => criterion === 'fee')?.figures['min'];
}

/** One search of ours beside the same through the ORM and in the database. */
async function beside() {
  // All around one place within a hundred and fifty kilometres, the largest such crowd that is within the bounds.
  const crowds = [];
  for (let i = 0; i < halls; i += 4) {
    const { at } = placeAt(i).profile;
    const ask = at && askOf(i, { ...noFilters, near: { name: 'here', insee: '', ...at, km: 150 } });
    const found = ask && await findIn(ctx, ask);
    if (at && ask && found && found.met <= most) crowds.push({ i, at, ask, met: found.met });
  }
  const { i, at, ask, met } = crowds.sort((a, b) => b.met - a.met)[0] ?? assert.fail('a place has artists around');
  // Nothing is to change while they are compared.
  await pause(300);
  const ours = await timed(() => each(Array.from({ length: 21 }, () => () => findIn(ctx, ask))));
  const best = (await findIn(ctx, ask)).hits;

  const naive: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const { took, made } = await timed(() => byOrm(placeAt(i).id, at, 150));
    naive.push(took);
    assert.deepEqual(made.map((one) => one.score), best.map((one) => one.score.score), 'row by row the same scores are found');
  }
  say(`ours ${p50(ours.made)} ms, row by row through the ORM ${p50(naive)} ms, of ${met} candidates`);

  const kin = await kinOf();
  const pairs = GENRES.flatMap((a, x) => GENRES.map((b, y) => [a, b, kin[x * GENRES.length + y] ?? 0] as const)).filter(([, , near]) => near > 0);
  await pool.query(sqlSetup);
  await pool.query(fillKinship, [pairs.map(([a]) => a), pairs.map(([, b]) => b), pairs.map(([, , near]) => near)]);
  await pool.query('VACUUM ANALYZE');
  const client = await pool.connect();
  const sql: number[] = [];
  let found: string[] = [];
  try {
    // Compiling the expressions costs more than it saves here; more memory keeps the joins out of files.
    await client.query("SET jit = off; SET work_mem = '64MB'");
    const { lats, lngs } = box(at, 150);
    for (let turn = 0; turn < 4; turn += 1) {
      const { took, made } = await timed(() => client.query<{ org_id: string }>(sqlSearch, [placeAt(i).id, ...lats, ...lngs, 150, today, addDays(today, 384)]));
      // The first turn fetches the pages, and is not counted.
      if (turn > 0) sql.push(took);
      found = made.rows.map((row) => row.org_id);
    }
  } finally {
    client.release();
  }
  const shared = found.filter((id) => best.some(({ orgId }) => orgId === id)).length;
  say(`in the database ${p50(sql)} ms with ${sqlCriteria} of ${touring.criteria.length} criteria; ${shared} of its best fifty are ours`);
  return { vs_orm_ratio: round(p50(naive) / p50(ours.made)), vs_sql_ratio: round(p50(sql) / p50(ours.made)), compared_candidates: met, ours_ms: p50(ours.made), naive_orm_ms: p50(naive), sql_ms: p50(sql), sql_criteria: sqlCriteria, sql_shared: shared };
}

async function kinOf(): Promise<Float32Array> {
  const { rows } = await pool.query<{ genres: string[] }>('SELECT genres FROM epk WHERE cardinality(genres) > 1');
  return kinship(rows.map(({ genres }) => genres));
}

/** Degrees of latitude and of longitude that hold a circle. */
function box({ lat, lng }: { readonly lat: number; readonly lng: number }, km: number) {
  const high = km / 111;
  const wide = high / Math.cos(((Math.abs(lat) + high) * Math.PI) / 180);
  return { lats: [lat - high, lat + high] as const, lngs: [lng - wide, lng + wide] as const };
}

/**
 * The way that everybody writes first: candidates in pages with what hangs on them, a profile of each, its score by the same scorecard with all
 * reasons, and at last a sort. The scorecard reads columns, so each profile is laid into a row, always the same.
 */
async function byOrm(placeId: string, at: { readonly lat: number; readonly lng: number }, km: number): Promise<(Score & { orgId: string })[]> {
  const { lats, lngs } = box(at, km);
  const shows = await db.show.findMany({ where: { published: true, status: 'planned', lat: { not: null }, lng: { not: null }, day: { gte: fromDay(today) } }, select: { day: true, lat: true, lng: true } });
  const { base, hall } = layHall(today, { artist: 1, place: 1 }, { kin: await (kinKnown ??= kinOf()), shows: shows.map(({ day, lat, lng }) => ({ day: toDay(day), lat: lat ?? 0, lng: lng ?? 0 })) });
  writePlace(hall.place.columns, 1, { base, profile: await placeByOrm(placeId) });
  const quest = { today: 0, days: wordsOf(today, { from: today, until: addDays(today, 384), weekdays: [] }), asked: false, shows: 1, seeker: 'place' as const, past: new Map(), apart: new Set<number>() };
  const pair = openPair({ A: hall.artist.columns, P: hall.place.columns, world: hall.world, quest });
  Object.assign(pair, { a: 1, p: 1, sought: 1 });
  const weights = published(touring);
  const scored: (Score & { orgId: string })[] = [];
  for (let after = ''; ;) {
    const epks = await db.epk.findMany({ where: { orgId: { gt: after }, publishedAt: { not: null }, lat: { gte: lats[0], lte: lats[1] }, lng: { gte: lngs[0], lte: lngs[1] } }, include: { media: { where: { kind: 'photo' } } }, orderBy: { orgId: 'asc' }, take: 1_000 });
    if (epks.length === 0) break;
    after = epks.at(-1)?.orgId ?? '';
    const around = epks.filter((one) => kilometres(at, { lat: one.lat ?? NaN, lng: one.lng ?? NaN }) <= km);
    const profileOf = await readByOrm(around.map(({ orgId }) => orgId));
    for (const epk of around) {
      const { row, happened } = profileOf(epk);
      if (completeArtist(row).percent < proposedFrom) continue;
      writeArtist(hall.artist.columns, 1, { base, profile: artistFrom(row, happened, null) });
      const one = score(touring, pair, weights);
      if (one.blockers.length === 0) scored.push({ ...one, orgId: epk.orgId });
    }
  }
  return scored.sort((a, b) => b.score - a.score).slice(0, 50);
}

/** Kilometres between two points, by the haversine. */
function kilometres(one: { readonly lat: number; readonly lng: number }, two: { readonly lat: number; readonly lng: number }): number {
  const rad = Math.PI / 180;
  const h = Math.sin(((two.lat - one.lat) * rad) / 2) ** 2 + Math.cos(one.lat * rad) * Math.cos(two.lat * rad) * Math.sin(((two.lng - one.lng) * rad) / 2) ** 2;
  return 2 * 6_371.0088 * Math.asin(Math.min(1, Math.sqrt(h)));
}

type Sheets = Awaited<ReturnType<typeof db.sheet.findMany>>;
/** A sheet under the names that its columns have. */
function sheetRow(sheet: Sheets[number] | undefined): SheetRow | null {
  return sheet ? Object.fromEntries(Object.entries(sheet).map(([name, value]) => [snake(name), typeof value === 'bigint' ? Number(value) : value])) as unknown as SheetRow : null;
}
function snake(name: string): string {
  const known = snakes.get(name) ?? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakes.set(name, known);
  return known;
}
function grouped<T extends { readonly orgId: string }>(rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const own = found.get(row.orgId);
    if (own) own.push(row);
    else found.set(row.orgId, [row]);
  }
  return found;
}
/** What hangs on a page of artists, and how each is told by it. */
async function readByOrm(ids: string[]) {
  const where = { orgId: { in: ids } };
  const since = { gte: fromDay(today) };
  const [orgs, sheets, marks, shows, near, ratings] = await Promise.all([
    db.organisation.findMany({ where: { id: { in: ids } } }), db.sheet.findMany({ where }), db.dayMark.findMany({ where: { ...where, day: since } }), db.show.findMany({ where: { ...where, status: { not: 'cancelled' } }, orderBy: { day: 'asc' } }),
    db.exclusivity.findMany({ where: { ...where, until: since } }), db.rating.findMany({ where: { aboutOrgId: { in: ids } } }),
  ]);
  const raters = new Map((await db.organisation.findMany({ where: { id: { in: [...new Set(ratings.map(({ byOrgId }) => byOrgId))] } }, select: { id: true, kind: true } })).map(({ id, kind }) => [id, kind]));
  const [orgOf, sheetOf] = [new Map(orgs.map((one) => [one.id, one])), new Map(sheets.map((one) => [one.orgId, one]))];
  const [marksOf, showsOf, nearOf, ratingsOf] = [grouped(marks), grouped(shows), grouped(near), grouped(ratings.map((one) => ({ ...one, orgId: one.aboutOrgId })))];
  const mean = (stars: readonly { readonly stars: number }[]) => stars.reduce((sum, one) => sum + one.stars, 0) / stars.length;
  return (epk: Awaited<ReturnType<typeof db.epk.findMany>>[number] & { readonly media: readonly unknown[] }) => {
    const org = orgOf.get(epk.orgId) ?? assert.fail();
    const [own, played, stars] = [marksOf.get(epk.orgId) ?? [], (showsOf.get(epk.orgId) ?? []).map((one) => ({ ...one, day: toDay(one.day), lat: one.lat ?? NaN, lng: one.lng ?? NaN })), ratingsOf.get(epk.orgId) ?? []];
    const kinds = [...new Set(stars.map(({ byOrgId }) => raters.get(byOrgId) ?? ''))];
    const row: ArtistRow = {
      org_id: epk.orgId, kind: org.kind, name: epk.name, country: org.country, currency: epk.currency, insee: epk.insee, lat: epk.lat, lng: epk.lng, genres: epk.genres, licence_until: org.licenceUntil && toDay(org.licenceUntil), worded: true, sheet: sheetRow(sheetOf.get(epk.orgId)),
      published: true, line_up: epk.lineUp, minutes: epk.durationMinutes, fee_min: Number(epk.feeMinMinor), fee_max: Number(epk.feeMaxMinor), audience_min: epk.audienceMin, audience_max: epk.audienceMax, technical: epk.technical !== '', photos: epk.media.length,
    };
    const happened = {
      ...nothing, ...daysFrom({ free: own.filter(({ state }) => state === 'free').map(({ day }) => toDay(day)), busy: own.filter(({ state }) => state === 'busy').map(({ day }) => toDay(day)), held: [], sold: played.filter(({ day }) => day >= today).map(({ day }) => day) }),
      shows: played.filter(({ day, status }) => status === 'planned' && day >= today), draws: played.flatMap((one) => (one.attendance === null ? [] : [{ people: one.attendance, lat: one.lat, lng: one.lng }])).sort((a, b) => b.people - a.people),
      near: (nearOf.get(epk.orgId) ?? []).map((one) => ({ ...one, from: toDay(one.from), until: toDay(one.until) })), rating: stars.length > 0 ? { stars: mean(stars), count: stars.length } : null,
      went: wentFrom(Object.fromEntries(kinds.map((kind) => [kind, mean(stars.filter(({ byOrgId }) => raters.get(byOrgId) === kind))]))),
    };
    return { row, happened };
  };
}

/** The place that seeks, once. */
async function placeByOrm(id: string): Promise<ReturnType<typeof placeFrom>> {
  const [venue, org, sheet, marks] = [await db.venue.findUniqueOrThrow({ where: { orgId: id } }), await db.organisation.findUniqueOrThrow({ where: { id } }), await db.sheet.findMany({ where: { orgId: id } }), await db.dayMark.findMany({ where: { orgId: id, day: { gte: fromDay(today), lt: fromDay(addDays(today, 384)) } } })];
  const row: PlaceRow = {
    org_id: id, kind: org.kind, name: venue.name, country: org.country, currency: venue.currency, insee: venue.insee, lat: venue.lat, lng: venue.lng, genres: venue.genres, licence_until: org.licenceUntil && toDay(org.licenceUntil), worded: true, sheet: sheetRow(sheet[0]), claimed: org.claimed,
    capacity: venue.capacity, budget_min: Number(venue.budgetMinMinor), budget_max: Number(venue.budgetMaxMinor),
  };
  const on = (state: string) => marks.filter((one) => one.state === state).map(({ day }) => toDay(day));
  return placeFrom(row, { ...nothing, free: on('free'), busy: on('busy') }, catchmentOf(row));
}

/** A search within one area among ever more, in memory alone: the middle of its times, by one thread. */
async function grow(): Promise<{ candidates: number; met: number; p50_ms: number }[]> {
  const lyon = { name: 'Lyon', insee: '69123', lat: 45.764, lng: 4.836, km: 50 };
  const sizes = [];
  for (const size of [10_000, 100_000, 1_000_000].filter((one) => one <= growthMax)) {
    const { artist, place, hall } = layHall(today, { artist: size, place: 1 }, { kin: kinship([]), shows: [] });
    const laid = await timed(() => { artist.fill(proposed(artists(size, today))); artist.settle(); });
    place.put(placeAt(0).id, { ...placeAt(0).profile, at: { lat: lyon.lat, lng: lyon.lng } }, true);
    const quest = { today: 0, days: wordsOf(today, { from: today, until: addDays(today, 384), weekdays: [] }), asked: false, shows: 1, seeker: 'place' as const, past: new Map(), apart: new Set<number>() };
    const once = () => search(hall, { card: 'touring', seeker: place.directory.rowOf(placeAt(0).id), sort: 'score', limit: 50, weights: null, quest, narrow: { filters: { ...noFilters, near: lyon }, genres: [], families: [], days: null, part: 0, parts: 1 } });
    for (let i = 0; i < 5; i += 1) once();
    const times = [];
    for (let i = 0; i < 15; i += 1) times.push((await timed(once)).took);
    const found = { candidates: size, met: once().met, p50_ms: p50(times) };
    say(`among ${size} (laid out in ${round(laid.took / 1_000)} s): ${found.met} around Lyon, p50 ${found.p50_ms} ms`);
    sizes.push(found);
    gc();
  }
  return sizes;
}

function* proposed(all: ReturnType<typeof artists>) {
  for (const one of all) yield { ...one, proposed: true };
}
