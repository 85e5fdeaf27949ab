import { EventEmitter, on } from 'node:events';
import type { Logger } from 'pino';
import pg from 'pg';
import type { PrismaClient } from './db/client.ts';

/** Who waits for news of a booking or of an organisation, on this process, is woken when any process commits some. */
export interface Live {
  /** Yields `key` once at the start and then each time there may be news of `key`, until `signal` ends it. News may be empty: the reader looks. */
  readonly news: (key: string, signal: AbortSignal) => AsyncIterable<string>;
  /** Calls `listener` with each organisation whose profile changed, and with null when some may have been missed. Gives back what ends it. */
  readonly onProfile: (listener: (orgId: string | null) => void) => () => void;
  readonly close: () => Promise<void>;
}

const channel = 'live';
/** The database says on it which profile changed. */
const profiles = 'profiles';
const pauseMs = 1_000;

/** Listens on a connection of its own to what `announce` says. A lost connection is opened again, and everybody looks, since something may have been missed. */
export async function openLive(databaseUrl: string, log: Logger): Promise<Live> {
  const emitter = new EventEmitter().setMaxListeners(0);
  const changed = new EventEmitter().setMaxListeners(0);
  let client: pg.Client | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
    next.on('notification', ({ channel: from, payload }) => (from === profiles ? changed.emit(profiles, payload ?? null) : emitter.emit(payload ?? '', payload)));
    next.on('error', (err) => { log.warn({ err }, 'the live connection was lost'); });
    await next.connect();
    // Only now: a connection that never opened ends too, and `reconnect` tries that one again.
    next.on('end', () => { if (!closed) setTimeout(() => void reconnect(), pauseMs); });
    await next.query(`LISTEN ${channel}`);
    await next.query(`LISTEN ${profiles}`);
    client = next;
  }
  async function reconnect(): Promise<void> {
    try {
      await connect();
      for (const key of emitter.eventNames()) emitter.emit(key, key);
      changed.emit(profiles, null);
    } catch (err) {
      log.warn({ err }, 'the live connection is still away');
      if (!closed) setTimeout(() => void reconnect(), pauseMs);
    }
  }
  await connect();

  return {
    async *news(key, signal) {
      // Listening begins before the first look, so that nothing falls between the two.
      const heard = on(emitter, key, { signal });
      yield key;
      try {
        for await (const [told] of heard as AsyncIterable<[string]>) yield told;
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    },
    onProfile(listener) {
      changed.on(profiles, listener);
      return () => { changed.off(profiles, listener); };
    },
    async close() {
      closed = true;
      await client?.end();
    },
  };
}

/** Wakes whoever waits for news of a booking, an organisation, a plan or a search, on every process, once the caller's transaction is committed. */
export async function announce(db: Pick<PrismaClient, '$queryRaw'>, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await db.$queryRaw`SELECT 1 AS done FROM pg_notify(${channel}, ${key})`;
}
