import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, Transaction } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { PrismaClient } from './db/client.ts';

export { startEmbedded } from './embedded.ts';

/** The database of one process: Prisma for the rooms, and its pool for what Prisma cannot say. */
export interface Database {
  readonly db: PrismaClient;
  readonly pool: pg.Pool;
  close: () => Promise<void>;
}

/** Opens the database at `url` with at most `poolSize` connections, which Prisma and `pool` share. Nothing is connected yet. */
export function openDatabase(url: string, poolSize: number): Database {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, idleTimeoutMillis: 30_000 });
  // A connection that dies idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => { client.on('error', () => undefined); });
  const db = new PrismaClient({ adapter: new InTurn(pool, { statementNameGenerator: nameStatements() }) });
  return {
    db,
    pool,
    close: async () => {
      await db.$disconnect();
      await pool.end();
    },
  };
}

/** How many statements a connection keeps planned. A list of another length is another statement: there is no end of them. */
const named = 500;

/** Names the first statements that are asked, so that each connection reads and plans them once: a third of what a transfer costs (`bench/ledger.md`). */
function nameStatements(): ({ sql }: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const name = names.get(sql) ?? (names.size < named ? `s${names.size}` : '');
    if (name) names.set(sql, name);
    return name;
  };
}

/** Prisma reads the relations of a row at once, within a transaction too; one connection answers one question at a time, and pg 9 insists on it. */
class InTurn extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const begin: SqlDriverAdapter['startTransaction'] = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => inTurn(await begin(level));
    return adapter;
  }
}

/** The same transaction, asking each question when the one before it is answered. */
function inTurn<T extends Transaction>(tx: T): T {
  let before: Promise<unknown> = Promise.resolve();
  const after = <A>(ask: () => Promise<A>): Promise<A> => {
    const answer = before.then(ask);
    before = answer.catch(() => undefined);
    return answer;
  };
  const [query, execute] = [tx.queryRaw.bind(tx), tx.executeRaw.bind(tx)];
  return Object.assign(tx, { queryRaw: (asked: Parameters<typeof query>[0]) => after(() => query(asked)), executeRaw: (asked: Parameters<typeof execute>[0]) => after(() => execute(asked)) });
}

/** What the database refused: two of what must be one, two that overlap, or a value that cannot be. */
export interface Conflict {
  readonly kind: 'unique' | 'exclusion' | 'check';
  /** The name in the migrations: `slot_pkey`, `offer_one_accepted`. */
  readonly constraint: string;
}

const kinds: Readonly<Record<string, Conflict['kind']>> = { 23505: 'unique', '23P01': 'exclusion', 23514: 'check' };

/** What constraint `error` broke, whether it came through Prisma or from the pool; `null` for every other error. */
export function conflict(error: unknown): Conflict | null {
  for (let cause = error; cause instanceof Object; cause = inner(cause)) {
    const { code, originalCode, constraint, message, originalMessage } = cause as Record<string, unknown>;
    const kind = kinds[String(originalCode ?? code)];
    if (!kind) continue;
    const name = typeof constraint === 'string' ? constraint : /constraint "([^"]+)"/.exec(String(originalMessage ?? message))?.[1];
    return { kind, constraint: name ?? '' };
  }
  return null;
}

/** Bytes that are no text, text that is no JSON, a date and a number out of range: PostgreSQL's words for input that no column takes. */
const unfit = new Set(['22021', '22P05', '22008', '22003']);

/** Whether the database refused `error`'s values as what no column of their kind can hold: somebody's input, which a door let through. */
export function isUnfit(error: unknown): boolean {
  for (let cause = error; cause instanceof Object; cause = inner(cause)) {
    const { code, originalCode } = cause as Record<string, unknown>;
    if (unfit.has(String(originalCode ?? code))) return true;
  }
  return false;
}

/** Whether the database ended a transaction because two waited for each other: begun anew, it goes through. */
export function gaveWay(error: unknown): boolean {
  for (let cause = error; cause instanceof Object; cause = inner(cause)) {
    const { code, originalCode, message } = cause as Record<string, unknown>;
    if (code === 'P2034' || originalCode === '40P01' || code === '40P01' || (code === 'P2010' && /`40P01`/u.test(String(message)))) return true;
  }
  return false;
}

/** Prisma hides what the driver said two or three layers down. */
function inner(error: object): unknown {
  const { meta, cause, driverAdapterError } = error as { meta?: unknown; cause?: unknown; driverAdapterError?: unknown };
  return driverAdapterError ?? meta ?? cause;
}
