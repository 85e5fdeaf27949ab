import { availableParallelism } from 'node:os';
import type { Context } from '../core/context.ts';
import { openThreads, type Threads } from '../core/threads.ts';
import { addDays, dayIn, type Day } from '../core/time.ts';
import { layOut, readProfiles } from '../laying/service.ts';
import { horizon } from '../matching/columns.ts';
import type { Seen } from '../matching/filters.ts';
import { bytesOfHall, type Laid } from '../matching/hall.ts';
import type { Market } from '../matching/market.ts';
import { isAlive } from '../matching/store.ts';
import { joined } from '../matching/rank.ts';
import type { Found, Search } from '../matching/search.ts';
import { wordsOf } from '../matching/world.ts';

/** The hall of one process: everybody who can be found, in memory, searched by threads. It is laid out on first use. */
interface Engine {
  readonly laid: Laid;
  readonly threads: Threads<Search, Found>;
  /** The day that it was laid out on, by the trade's clock. */
  readonly origin: Day;
  readonly market: Market;
  readonly close: () => Promise<void>;
}

const engines = new WeakMap<object, { now: Promise<Engine>; renewed: Day }>();
/** Of contexts in a transaction, the client that they came from is not known: nobody searches there. */
const keyOf = (ctx: Context): object => ctx.live;

/** Profiles above which a search is shared by the threads. */
const shared = 12_000;

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
    ctx.log.error({ err }, 'the hall could not be laid out anew; the old one serves, and who searches in a minute tries again');
    setTimeout(() => { const known = engines.get(key); if (known) engines.set(key, { now: known.now, renewed: old.origin }); }, 60_000).unref();
  } finally {
    renewing.delete(key);
  }
}

/** Lays the hall out, so that the first search need not wait for it. */
export async function openHall(ctx: Context): Promise<{ artists: number; places: number; bytes: number }> {
  const { laid } = await engineOf(ctx);
  return { artists: laid.artist.directory.size(), places: laid.place.directory.size(), bytes: bytesOfHall(laid) };
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
export type Ask = Omit<Search, 'seeker' | 'narrow' | 'quest' | 'only' | 'unseen'> & {
  readonly seeker: { readonly orgId: string; readonly seen: Seen };
  readonly narrow: Omit<Search['narrow'], 'part' | 'parts' | 'days'> & { readonly days: Parameters<typeof wordsOf>[1] | null };
  readonly shows: number;
  /** Organisations with whom shows went so, 0 to 1. */
  readonly past: ReadonlyMap<string, { readonly went: number; readonly shows: number }>;
  readonly apart: readonly string[];
  /** Those who are not to be seen, and not to be counted either: they hid the one who seeks. */
  readonly unseen: readonly string[];
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
      today: Math.max(0, dayNumber(origin, today)), days: days ?? wordsOf(origin, { from: today, until: addDays(origin, horizon), weekdays: [] }), asked: days !== null, shows: ask.shows, seeker: ask.seeker.seen,
      past: new Map(rowsOf(ask.past)), apart: new Set(rowsOf(ask.apart.map((id) => [id, true] as const)).map(([row]) => row)),
    },
    unseen: new Set(rowsOf(ask.unseen.map((id) => [id, true] as const)).map(([row]) => row)),
    ...(ask.only && { only: ask.only.map((id) => other.directory.rowOf(id)).filter((row) => row > 0 && isAlive(other.shelf, row)) }),
  };
  const parts = !ask.only && (other.shelf.control[2] ?? 0) > shared ? threads.count : 1;
  const reached = parts > 1 ? new Float64Array(new SharedArrayBuffer(8) as unknown as ArrayBuffer) : undefined;
  const given = other.given();
  const found = await Promise.all(Array.from({ length: parts }, (_, part) => threads.ask({ ...question, reached, narrow: { ...question.narrow, part, parts } })));
  const best = parts === 1 ? found[0]?.best ?? [] : joined(found, ask.limit).best;
  const scores = new Map(found.flatMap((one) => one.best.map(({ row }, i) => [row, one.scores[i]] as const)));
  return {
    ...joined(found, ask.limit), met: found.reduce((sum, { met }) => sum + met, 0), stirred: found.some(({ stirred }) => stirred), origin,
    hits: best.flatMap(({ row, total }) => { const score = scores.get(row); const orgId = other.directory.idOf(row); return score && orgId && !other.givenSince(row, given) ? [{ orgId, total, score }] : []; }),
  };
}

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
    const { laid, market } = await layOut(ctx, origin);
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
    for (const one of await readProfiles(ctx, { seen, ids, market: engine.market, origin: engine.origin })) {
      found.add(one.id);
      // No room for more: all is laid out anew, larger.
      if (!keep.put(one.id, one.profile, one.proposed)) void renew(ctx, engine);
    }
    for (const id of ids) if (!found.has(id)) keep.drop(id);
  }
}
