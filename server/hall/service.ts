import { availableParallelism } from 'node:os';
import type { Context } from '../core/context.ts';
import { Prisma, type PrismaClient } from '../core/db/client.ts';
import { openThreads, type Threads } from '../core/threads.ts';
import { addDays, dayIn, type Day } from '../core/time.ts';
import { artistFrom, completeArtist, completePlace, placeFrom, type ArtistRow, type PlaceRow } from '../matching/facts.ts';
import { proposedFrom } from '../matching/complete.ts';
import type { Seen } from '../matching/filters.ts';
import { layHall, type Laid } from '../matching/hall.ts';
import type { Keep } from '../matching/keep.ts';
import { kinship } from '../matching/kin.ts';
import { openMarket, type Deal } from '../matching/market.ts';
import { isAlive } from '../matching/store.ts';
import { joined } from '../matching/rank.ts';
import type { Found, Search } from '../matching/search.ts';
import { wordsOf } from '../matching/world.ts';
import { peopleAround } from '../profiles/service.ts';
import { daysFrom, happenedTo, tableOf, wentFrom, type Said, type Told } from './read.ts';

/** The hall of one process: everybody who can be found, in memory, searched by threads. It is laid out on first use. */
interface Engine {
  readonly laid: Laid;
  readonly threads: Threads<Search, Found>;
  /** The day that it was laid out on, by the trade's clock. */
  readonly origin: Day;
  readonly market: ReturnType<typeof openMarket>;
  readonly close: () => Promise<void>;
}

const engines = new WeakMap<object, { now: Promise<Engine>; renewed: Day }>();
/** Of contexts in a transaction, the client that they came from is not known: nobody searches there. */
const keyOf = (ctx: Context): object => ctx.live;

/** Profiles above which a search is shared by the threads. */
const shared = 12_000;
const pageOf = 10_000;
/** How far ahead days are read: the calendar of columns.ts. */
const ahead = 384;
/** People who live within so many kilometres are a place's catchment (criterion 28). */
const catchmentKm = 30;

async function engineOf(ctx: Context): Promise<Engine> {
  const key = keyOf(ctx);
  const today = dayIn(ctx.now(), 'Europe/Paris');
  const known = engines.get(key);
  if (!known) {
    const now = open(ctx);
    engines.set(key, { now, renewed: today });
    // Who comes next begins anew, where this one failed.
    now.catch(() => engines.delete(key));
    return now;
  }
  const engine = await known.now;
  // The calendar moves on: laid out anew beside, while the old one serves.
  if (today !== known.renewed && today !== engine.origin) {
    engines.set(key, { now: known.now, renewed: today });
    void renew(ctx, engine);
  }
  return engine;
}

/** Halls that are being laid out anew: whoever asks meanwhile need not ask again. */
const renewing = new WeakSet<object>();

async function renew(ctx: Context, old: Engine): Promise<void> {
  const key = keyOf(ctx);
  if (renewing.has(key)) return;
  renewing.add(key);
  try {
    const fresh = await open({ ...ctx, inTransaction: false });
    if (!engines.has(key)) { await fresh.close(); return; }
    engines.set(key, { now: Promise.resolve(fresh), renewed: fresh.origin });
    // A search that began before ends on the old one.
    setTimeout(() => void old.close(), 10_000).unref();
  } catch (err) {
    ctx.log.error({ err }, 'the hall could not be laid out anew; the old one serves');
  } finally {
    renewing.delete(key);
  }
}

/** Lays the hall out, so that the first search need not wait for it. */
export async function openHall(ctx: Context): Promise<{ artists: number; places: number; bytes: number }> {
  const { laid } = await engineOf(ctx);
  const bytes = [laid.grounds.artist, laid.grounds.place].reduce((sum, memory) => sum + [memory.facets, memory.control, ...Object.values(memory.columns), ...Object.values(memory.sorted)].reduce((all, one) => all + one.byteLength, 0), 0);
  return { artists: laid.artist.directory.size(), places: laid.place.directory.size(), bytes };
}

/** The threads that search for this process: tests and benchmarks kill them. */
export const threadsOf = async (ctx: Context): Promise<Engine['threads']> => (await engineOf(ctx)).threads;

/** Ends the threads of this process, and forgets everybody. */
export async function closeHall(ctx: Context): Promise<void> {
  const known = engines.get(keyOf(ctx));
  engines.delete(keyOf(ctx));
  await known?.now.then((engine) => engine.close(), () => undefined);
}

/** A search by names: the rows are the hall's own. */
export type Ask = Omit<Search, 'seeker' | 'narrow' | 'quest' | 'only'> & {
  readonly seeker: { readonly orgId: string; readonly seen: Seen };
  readonly narrow: Omit<Search['narrow'], 'part' | 'parts' | 'days'> & { readonly days: Parameters<typeof wordsOf>[1] | null };
  readonly shows: number;
  /** Organisations with whom shows went so, 0 to 1. */
  readonly past: ReadonlyMap<string, { readonly went: number; readonly shows: number }>;
  readonly apart: readonly string[];
  /** These alone, explained whatever their place. */
  readonly only?: readonly string[] | undefined;
};

/** Somebody found: who, and how well it fits. */
export interface Hit {
  readonly orgId: string;
  readonly total: number;
  readonly score: Found['scores'][number];
}

/** What a search found, by names; figures that are days of the calendar are days again. */
export interface Hits extends Pick<Found, 'eligible' | 'blocked' | 'met' | 'stirred'> {
  readonly hits: readonly Hit[];
  readonly origin: Day;
}

/** Searches the hall. A thread that dies over it is replaced, and it is asked again. */
export async function findIn(ctx: Context, ask: Ask): Promise<Hits> {
  const { laid, threads, origin } = await engineOf(ctx);
  const today = dayIn(ctx.now(), 'Europe/Paris');
  const [own, other] = ask.seeker.seen === 'artist' ? [laid.artist, laid.place] : [laid.place, laid.artist];
  const rowsOf = <T>(of: Iterable<readonly [string, T]>): [number, T][] => [...of].flatMap(([id, value]) => { const row = other.directory.rowOf(id); return row > 0 ? [[row, value] as [number, T]] : []; });
  const days = ask.narrow.days && wordsOf(origin, ask.narrow.days);
  const question: Search = {
    card: ask.card, seeker: Math.max(0, own.directory.rowOf(ask.seeker.orgId)), sort: ask.sort, limit: ask.limit, weights: ask.weights,
    narrow: { ...ask.narrow, days, part: 0, parts: 1 },
    quest: {
      today: Math.max(0, dayNumber(origin, today)), days: days ?? wordsOf(origin, { from: today, until: addDays(origin, ahead), weekdays: [] }), asked: days !== null, shows: ask.shows, seeker: ask.seeker.seen,
      past: new Map(rowsOf(ask.past)), apart: new Set(rowsOf(ask.apart.map((id) => [id, true] as const)).map(([row]) => row)),
    },
    ...(ask.only && { only: ask.only.map((id) => other.directory.rowOf(id)).filter((row) => row > 0 && isAlive(other.shelf, row)) }),
  };
  const parts = !ask.only && (other.shelf.control[2] ?? 0) > shared && isWide(question) ? threads.count : 1;
  const found = await Promise.all(Array.from({ length: parts }, (_, part) => threads.ask({ ...question, narrow: { ...question.narrow, part, parts } })));
  const best = parts === 1 ? found[0]?.best ?? [] : joined(found, ask.limit).best;
  const scores = new Map(found.flatMap((one) => one.best.map(({ row }, i) => [row, one.scores[i]] as const)));
  return {
    ...joined(found, ask.limit), met: found.reduce((sum, { met }) => sum + met, 0), stirred: found.some(({ stirred }) => stirred), origin,
    hits: best.flatMap(({ row, total }) => { const score = scores.get(row); const orgId = other.directory.idOf(row); return score && orgId ? [{ orgId, total, score }] : []; }),
  };
}

/** Whether little narrows the search down: then it is work for all threads. */
const isWide = ({ narrow: { filters } }: Search): boolean => filters.near === null || filters.near.km > 150;

const dayNumber = (origin: Day, day: Day): number => Math.round((Date.parse(day) - Date.parse(origin)) / 86_400_000);

/** Whether an organisation stands in the hall, and can be found there. */
export async function standsIn(ctx: Context, seen: Seen, orgId: string): Promise<boolean> {
  const { laid } = await engineOf(ctx);
  return laid[seen].directory.rowOf(orgId) > 0;
}

async function open(ctx: Context): Promise<Engine> {
  const began = performance.now();
  const origin = dayIn(ctx.now(), 'Europe/Paris');
  const missed = new Set<string>();
  let [ready, lost] = [false, false];
  let heard: (orgId: string | null) => void = (orgId) => { if (orgId === null) lost = true; else missed.add(orgId); };
  // Before anything is read, so that nothing falls between the two.
  const unhear = ctx.live.onProfile((orgId) => { heard(orgId); });
  try {
    const [counts, shows, deals, kin] = await Promise.all([countAll(ctx), readShows(ctx, origin), readDeals(ctx, origin), readGenres(ctx)]);
    const laid = layHall(origin, counts, { kin: kinship(kin), shows });
    const market = openMarket(deals);
    for (const seen of ['artist', 'place'] as const) await fillFrom(ctx, { keep: laid[seen], seen, market, origin });
    const threads = openThreads<Search, Found>(import.meta.url, 'hall', Math.max(1, Math.min(4, availableParallelism())));
    threads.tell('hall', laid.grounds);
    const engine: Engine = { laid, threads, origin, market, close: async () => { unhear(); await threads.close(); } };
    heard = hearing(ctx, engine);
    ready = true;
    for (const orgId of missed) heard(orgId);
    if (lost) heard(null);
    ctx.log.info({ artists: laid.artist.directory.size(), places: laid.place.directory.size(), ms: Math.round(performance.now() - began) }, 'the hall is laid out');
    return engine;
  } finally {
    if (!ready) unhear();
  }
}

/** Those who changed are read anew, a few at a time: twenty edits of one profile in a breath are one. */
function hearing(ctx: Context, engine: Engine): (orgId: string | null) => void {
  const waiting = new Set<string>();
  let running = false;
  const run = async (): Promise<void> => {
    running = true;
    try {
      while (waiting.size > 0) {
        const ids = [...waiting].slice(0, 200);
        for (const id of ids) waiting.delete(id);
        await refresh(ctx, engine, ids);
      }
    } catch (err) {
      ctx.log.warn({ err }, 'profiles that changed could not be read; they are read again when they change, or tomorrow');
    } finally {
      running = false;
    }
  };
  return (orgId) => {
    if (orgId === null) {
      void renew(ctx, engine);
      return;
    }
    waiting.add(orgId);
    if (!running) setTimeout(() => { if (!running) void run(); }, 5).unref();
  };
}

async function refresh(ctx: Context, engine: Engine, ids: readonly string[]): Promise<void> {
  for (const seen of ['artist', 'place'] as const) {
    const keep = engine.laid[seen];
    const found = new Set<string>();
    for (const one of await readSide(ctx, { seen, ids, market: engine.market, origin: engine.origin })) {
      found.add(one.id);
      // No room for more: all is laid out anew, larger.
      if (!keep.put(one.id, one.profile, one.proposed)) void renew(ctx, engine);
    }
    for (const id of ids) if (!found.has(id)) keep.drop(id);
  }
}

async function fillFrom(ctx: Context, { keep, ...how }: { keep: Keep; seen: Seen; market: Engine['market']; origin: Day }): Promise<void> {
  for (let after = ''; ;) {
    const ids = await idsAfter(ctx, how.seen, after);
    if (ids.length === 0) break;
    keep.fill(await readSide(ctx, { ...how, ids }));
    after = ids.at(-1) ?? '';
  }
  keep.settle();
}

const json = async <T>(ctx: Context, sql: Prisma.Sql): Promise<T[]> => (await (ctx.db as PrismaClient).$queryRaw<{ said: string }[]>(Prisma.sql`SELECT coalesce(json_agg(row), '[]')::text AS said FROM (${sql}) AS row`)).flatMap(({ said }) => JSON.parse(said) as T[]);

async function idsAfter(ctx: Context, seen: Seen, after: string): Promise<string[]> {
  const table = Prisma.raw(seen === 'artist' ? 'epk' : 'venue');
  return (await json<{ org_id: string }>(ctx, Prisma.sql`SELECT org_id FROM ${table} WHERE org_id > ${after} ORDER BY org_id LIMIT ${pageOf}`)).map(({ org_id: id }) => id);
}

async function countAll(ctx: Context): Promise<{ artist: number; place: number }> {
  const [artist, place] = await Promise.all([ctx.db.epk.count(), ctx.db.venue.count()]);
  return { artist, place };
}

/** Every artist's genres: who plays two of them says that they are near. */
const readGenres = async (ctx: Context): Promise<string[][]> => (await json<{ genres: string[] }>(ctx, Prisma.sql`SELECT genres FROM epk WHERE cardinality(genres) > 1 LIMIT 200000`)).map(({ genres }) => genres);

const readShows = (ctx: Context, origin: Day): Promise<{ day: Day; lat: number; lng: number }[]> =>
  json(ctx, Prisma.sql`SELECT day, lat, lng FROM show WHERE published AND status = 'planned' AND lat IS NOT NULL AND lng IS NOT NULL AND day >= ${origin}::date`);

/** Deals of the last two years. */
const readDeals = (ctx: Context, origin: Day): Promise<Deal[]> => json(ctx, Prisma.sql`
  SELECT offer.org_id AS artist, offer.buyer_org_id AS buyer, epk.genres[1] AS genre, coalesce(sheet.level, '') AS level, offer.currency, offer.price_minor AS minor FROM offer JOIN epk ON epk.org_id = offer.org_id LEFT JOIN sheet ON sheet.org_id = offer.org_id
  WHERE offer.status = 'accepted' AND offer.show_day >= ${addDays(origin, -730)}::date AND cardinality(epk.genres) > 0`);

interface Side {
  readonly seen: Seen;
  readonly ids: readonly string[];
  readonly market: Engine['market'];
  readonly origin: Day;
}

/** Profiles of a side by their ids, as they are compared. Those that are not there are none. */
async function readSide(ctx: Context, { seen, ids, market, origin }: Side): Promise<{ id: string; profile: ReturnType<typeof artistFrom> | ReturnType<typeof placeFrom>; proposed: boolean }[]> {
  const asked = readTables(ctx, { seen, ids: [...ids], origin });
  if (seen === 'artist') {
    const [tables, rows] = await Promise.all([asked, readArtists(ctx, [...ids])]);
    return rows.map((row) => ({
      id: row.org_id, proposed: row.published && completeArtist(row).percent >= proposedFrom, profile: artistFrom(row, happenedTo(row.org_id, tables), market(row.genres[0], row.sheet?.level ?? null, row.currency)),
    }));
  }
  const [tables, rows] = await Promise.all([asked, readPlaces(ctx, [...ids])]);
  return rows.map((row) => ({ id: row.org_id, proposed: row.claimed && completePlace(row).percent >= proposedFrom, profile: placeFrom(row, happenedTo(row.org_id, tables), catchmentOf(row)) }));
}

const catchments = new Map<string, number>();
function catchmentOf({ insee, lat, lng }: PlaceRow): number | null {
  if (lat === null || lng === null) return null;
  const key = insee || `${lat.toFixed(2)} ${lng.toFixed(2)}`;
  const known = catchments.get(key) ?? peopleAround(lat, lng, catchmentKm);
  catchments.set(key, known);
  return known;
}

const readArtists = (ctx: Context, ids: string[]): Promise<ArtistRow[]> => json(ctx, Prisma.sql`
  SELECT epk.org_id, organisation.kind, epk.name, organisation.country, epk.currency, epk.insee, epk.lat, epk.lng, epk.genres, organisation.licence_until, epk.published_at IS NOT NULL AS published,
    epk.bio <> '{}' OR epk.tagline <> '{}' AS worded, epk.line_up, epk.duration_minutes AS minutes, epk.fee_min_minor AS fee_min, epk.fee_max_minor AS fee_max, epk.audience_min, epk.audience_max,
    epk.technical <> '' AS technical, (SELECT count(*)::int FROM media WHERE media.org_id = epk.org_id AND media.kind = 'photo') AS photos, to_json(sheet) AS sheet
  FROM epk JOIN organisation ON organisation.id = epk.org_id LEFT JOIN sheet ON sheet.org_id = epk.org_id WHERE epk.org_id = ANY(${ids})`);

const readPlaces = (ctx: Context, ids: string[]): Promise<PlaceRow[]> => json(ctx, Prisma.sql`
  SELECT venue.org_id, organisation.kind, venue.name, organisation.country, venue.currency, venue.insee, venue.lat, venue.lng, venue.genres, organisation.licence_until, organisation.claimed, venue.about <> '{}' AS worded,
    venue.capacity, venue.budget_min_minor AS budget_min, venue.budget_max_minor AS budget_max, to_json(sheet) AS sheet
  FROM venue JOIN organisation ON organisation.id = venue.org_id LEFT JOIN sheet ON sheet.org_id = venue.org_id WHERE venue.org_id = ANY(${ids})`);

/** What the tables of days, shows, offers and ratings say of some organisations. */
async function readTables(ctx: Context, { seen, ids, origin }: Pick<Side, 'seen' | 'origin'> & { ids: string[] }): Promise<Told[]> {
  const until = addDays(origin, ahead);
  const said = <T>(sql: Prisma.Sql) => json<Said<T>>(ctx, sql);
  const own = Prisma.raw(seen === 'artist' ? 'show.org_id' : 'show.stage_org_id');
  // A festival has several shows a day, and a town too: their days stay open.
  const [marks, sold, shows, draws, near, ratings, went, answers, kept, billed, disputes] = await Promise.all([
    said<{ free: Day[] | null; busy: Day[] | null }>(Prisma.sql`SELECT org_id, json_build_object('free', json_agg(day) FILTER (WHERE state = 'free'), 'busy', json_agg(day) FILTER (WHERE state = 'busy')) AS said FROM day_mark WHERE org_id = ANY(${ids}) AND day >= ${origin}::date AND day < ${until}::date GROUP BY org_id`),
    said<{ sold: Day[] | null; held: Day[] | null }>(seen === 'artist'
      ? Prisma.sql`SELECT org_id, json_build_object('sold', json_agg(DISTINCT day) FILTER (WHERE sold), 'held', json_agg(DISTINCT day) FILTER (WHERE NOT sold)) AS said FROM (
          SELECT org_id, day, true AS sold FROM slot WHERE org_id = ANY(${ids}) UNION ALL SELECT org_id, day, true FROM show WHERE org_id = ANY(${ids}) AND status <> 'cancelled' UNION ALL SELECT org_id, day, false FROM hold WHERE org_id = ANY(${ids}) AND status = 'live'
        ) AS taken WHERE day >= ${origin}::date AND day < ${until}::date GROUP BY org_id`
      : Prisma.sql`SELECT stage_org_id AS org_id, json_build_object('sold', json_agg(DISTINCT day), 'held', NULL) AS said FROM show JOIN organisation ON organisation.id = stage_org_id AND organisation.kind = 'venue' WHERE stage_org_id = ANY(${ids}) AND status <> 'cancelled' AND day >= ${origin}::date AND day < ${until}::date GROUP BY stage_org_id`),
    said<{ day: Day; lat: number; lng: number }[]>(Prisma.sql`SELECT ${own} AS org_id, json_agg(json_build_object('day', day, 'lat', lat, 'lng', lng) ORDER BY day) AS said FROM show WHERE ${own} = ANY(${ids}) AND status = 'planned' AND lat IS NOT NULL AND lng IS NOT NULL AND day >= ${origin}::date GROUP BY 1`),
    said<{ people: number; lat: number; lng: number }[]>(Prisma.sql`SELECT ${own} AS org_id, json_agg(json_build_object('people', attendance, 'lat', lat, 'lng', lng) ORDER BY attendance DESC) AS said FROM show WHERE ${own} = ANY(${ids}) AND attendance IS NOT NULL AND lat IS NOT NULL AND lng IS NOT NULL GROUP BY 1`),
    said<{ lat: number; lng: number; km: number; from: Day; until: Day }[]>(Prisma.sql`SELECT org_id, json_agg(json_build_object('lat', lat, 'lng', lng, 'km', km, 'from', "from", 'until', until) ORDER BY "from") AS said FROM exclusivity WHERE org_id = ANY(${ids}) AND until >= ${origin}::date GROUP BY org_id`),
    said<{ stars: number; count: number }>(Prisma.sql`SELECT about_org_id AS org_id, json_build_object('stars', avg(stars), 'count', count(*)) AS said FROM rating WHERE about_org_id = ANY(${ids}) GROUP BY about_org_id`),
    said<Record<string, number>>(seen === 'artist'
      ? Prisma.sql`SELECT org_id, json_object_agg(kind, stars) AS said FROM (SELECT rating.about_org_id AS org_id, organisation.kind, avg(stars) AS stars FROM rating JOIN organisation ON organisation.id = rating.by_org_id WHERE rating.about_org_id = ANY(${ids}) GROUP BY 1, 2) AS mean GROUP BY org_id`
      : Prisma.sql`SELECT org_id, json_object_agg(level, stars) AS said FROM (SELECT rating.about_org_id AS org_id, sheet.level, avg(stars) AS stars FROM rating JOIN sheet ON sheet.org_id = rating.by_org_id AND sheet.level IS NOT NULL WHERE rating.about_org_id = ANY(${ids}) GROUP BY 1, 2) AS mean GROUP BY org_id`),
    said<number>(Prisma.sql`SELECT booking.org_id, to_json(percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM offer.created_at - booking.created_at) / 3600)) AS said FROM booking JOIN offer ON offer.booking_id = booking.id AND offer.proposed_by = 'artist' AND offer.replaces IS NULL WHERE booking.org_id = ANY(${seen === 'artist' ? ids : []}) GROUP BY booking.org_id`),
    said<number>(Prisma.sql`SELECT org_id, to_json(round(100.0 * count(*) FILTER (WHERE status = 'played') / count(*))) AS said FROM show WHERE org_id = ANY(${seen === 'artist' ? ids : []}) AND booking_id IS NOT NULL AND status IN ('played', 'cancelled') GROUP BY org_id HAVING count(*) >= 3`),
    said<string[]>(Prisma.sql`SELECT org_id, json_agg(genre ORDER BY count DESC, genre) AS said FROM (SELECT show.stage_org_id AS org_id, genre, count(*), row_number() OVER (PARTITION BY show.stage_org_id ORDER BY count(*) DESC, genre) AS place FROM show JOIN epk ON epk.org_id = show.org_id, unnest(epk.genres) AS genre WHERE show.stage_org_id = ANY(${seen === 'place' ? ids : []}) AND show.status <> 'cancelled' AND show.day >= ${addDays(origin, -730)}::date GROUP BY 1, 2) AS played WHERE place <= 4 GROUP BY org_id`),
    said<number>(Prisma.sql`SELECT buyer_org_id AS org_id, to_json(count(*)) AS said FROM dispute WHERE buyer_org_id = ANY(${seen === 'place' ? ids : []}) AND opened_at >= ${addDays(origin, -730)}::date GROUP BY buyer_org_id`),
  ]);
  const taken = new Map(sold.map(({ org_id: id, said: one }) => [id, one]));
  const marked = new Map(marks.map(({ org_id: id, said: one }) => [id, one]));
  const days: Told = new Map([...new Set([...taken.keys(), ...marked.keys()])].map((id) => [id, daysFrom({ free: marked.get(id)?.free ?? [], busy: marked.get(id)?.busy ?? [], held: taken.get(id)?.held ?? [], sold: taken.get(id)?.sold ?? [] })]));
  return [
    days, tableOf(shows, 'shows', (one) => one), tableOf(draws, 'draws', (one) => one), tableOf(near, 'near', (one) => one), tableOf(ratings, 'rating', (one) => one), tableOf(went, 'went', wentFrom),
    tableOf(answers, 'answerHours', (one) => one), tableOf(kept, 'keptPercent', (one) => one), tableOf(billed, 'billed', (one) => one), tableOf(disputes, 'disputes', (one) => one),
  ];
}
