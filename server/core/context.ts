import type { Logger } from 'pino';
import type { Adapters } from '../adapters/ports.ts';
import type { Config } from './config.ts';
import { gaveWay } from './database.ts';
import type { Prisma, PrismaClient } from './db/client.ts';
import type { AppError } from './errors.ts';
import type { Prefix } from './ids.ts';
import type { Limits } from './limits.ts';
import type { Live } from './live.ts';
import type { Actor } from './permissions.ts';
import { wake } from './wake.ts';

export type Tx = Prisma.TransactionClient;

/** The web site that a public call comes from, known by its publishable key. */
export interface Partner {
  readonly siteId: string;
  readonly orgId: string;
  readonly key: string;
  readonly origins: readonly string[];
}

/** What every request, job and webhook carries. */
export interface Context {
  readonly db: PrismaClient | Tx;
  /** Whether `db` is a transaction of somebody's. */
  readonly inTransaction: boolean;
  /** How many facts this transaction told: those who hear them are woken once it is committed. */
  readonly told?: { facts: number } | undefined;
  /** The trade's clock: deadlines and rules. Tests choose it, and the development clock moves it. */
  readonly now: () => Date;
  /** The wall clock: sessions, links, one-time codes and seals. */
  readonly realNow: () => Date;
  readonly newId: (prefix: Prefix) => string;
  /** The person of the session, who may not have an organisation yet. */
  readonly userId: string | null;
  readonly actor: Actor | null;
  readonly partner: Partner | null;
  /** Why there is no partner: what to configure on the page that asked. */
  readonly refusal?: AppError | undefined;
  readonly adapters: Adapters;
  readonly config: Config;
  readonly live: Live;
  readonly log: Logger;
  /** How often a caller may ask; absent where nobody calls. */
  readonly limits?: Limits | undefined;
  /** Where a call came from: kept as evidence of a signature, and counted against limits. */
  readonly caller: { readonly ip: string; readonly userAgent: string };
}

export type SignedIn = Context & { readonly actor: Actor };
export type Guest = Context & { readonly partner: Partner };

/** How often a transaction is begun anew when the database chose it as the one of two that must give way. */
const turns = 4;

/** Runs `work` in a transaction, once more when it had to give way to another; inside another's transaction it joins that one. */
export async function transact<C extends Context, T>(ctx: C, work: (tx: C) => Promise<T>): Promise<T> {
  if (ctx.inTransaction) return work(ctx);
  for (let turn = 1; ; turn += 1) {
    try {
      const told = { facts: 0 };
      // As many wait for a connection as the race of fifty needs: they queue, and hear `date_taken` rather than a time-out.
      const done = await (ctx.db as PrismaClient).$transaction((db) => work({ ...ctx, db, inTransaction: true, told }), { maxWait: 20_000, timeout: 30_000 });
      if (told.facts > 0) wake(ctx.db as PrismaClient, told.facts);
      return done;
    } catch (error) {
      if (turn === turns || !gaveWay(error)) throw error;
    }
  }
}

/** Holds the named things until the transaction ends; one call a transaction, keys in one order, so that two never wait for each other. */
export async function lock(tx: Context, ...keys: readonly string[]): Promise<void> {
  for (const key of [...keys].sort()) await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}
