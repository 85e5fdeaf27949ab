import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestWorld, type TestWorld } from './core/test-world.ts';
import { work } from './worker.ts';

let world: TestWorld;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

const names = async () => (await world.pool.query<{ pid: number; n: number }>('SELECT pid, count(*)::int AS n FROM pg_locks WHERE locktype = \'advisory\' AND classid = 7301 AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) GROUP BY pid')).rows;

test('a worker that loses the connection which names it takes its names again: nobody takes it for dead', async () => {
  const { stop } = await work(world.ctx, world.pool);
  try {
    const [before] = await names();
    expect(before?.n).toBeGreaterThan(1);
    await world.pool.query('SELECT pg_terminate_backend($1)', [before?.pid]);
    await expect.poll(async () => (await names()).map(({ pid, n }) => [pid !== before?.pid, n]), { timeout: 10_000 }).toEqual([[true, before?.n]]);
  } finally {
    await stop();
  }
});
