import type { PrismaClient } from './db/client.ts';

/** Workers that are to be woken, by database: how many while a call is on its way. */
const waiting = new WeakMap<PrismaClient, number>();

/**
 * Wakes workers for what was told and is committed. It has a transaction of its own, one at a time for each process: a NOTIFY makes
 * every other one wait until it is on the disk. One that is lost costs a second, for workers look by themselves.
 */
export function wake(db: PrismaClient, count: number): void {
  const before = waiting.get(db);
  waiting.set(db, (before ?? 0) + count);
  if (before === undefined) void call(db);
}

async function call(db: PrismaClient): Promise<void> {
  try {
    for (let count = waiting.get(db) ?? 0; count > 0; count = waiting.get(db) ?? 0) {
      waiting.set(db, 0);
      await db.$queryRaw`SELECT 1 AS done FROM pg_notify('jobs:insert', ${JSON.stringify({ count })})`;
    }
  } catch {
    // The database is away: workers find the work when it is back.
  } finally {
    waiting.delete(db);
  }
}
