import { parseCrontab } from 'graphile-worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeUpWork } from './core/outbox.ts';
import { openTestWorld, type TestWorld } from './core/test-world.ts';
import { RECURRING, work } from './worker.ts';

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

test('recurring work that was under way when its server was killed is done by the next one, and never stays for dead (NF-07)', async () => {
  const { pool } = world;
  const lines = parseCrontab(RECURRING).filter(({ task }) => ['tick', 'purge'].includes(task));
  expect(lines).toHaveLength(2);
  for (const { task, options: { maxAttempts, jobKey } } of lines) await pool.query('SELECT graphile_worker.add_job($1, max_attempts => $2, job_key => $3)', [task, maxAttempts, jobKey]);
  await pool.query("UPDATE graphile_worker._private_jobs SET attempts = 1, locked_by = 'killed', locked_at = now() WHERE id IN (SELECT id FROM graphile_worker.jobs WHERE task_identifier IN ('tick', 'purge'))");
  const { stop } = await work(world.ctx, world.pool);
  try {
    await expect.poll(async () => (await pool.query<{ task: string }>("SELECT task_identifier AS task FROM graphile_worker.jobs WHERE task_identifier IN ('tick', 'purge')")).rows, { timeout: 10_000 }).toEqual([]);
  } finally {
    await stop();
  }
});

test('a sweep that was replaced while it was under way, and then killed, is cleared away; a look at the books that failed stays to be seen (NF-07)', async () => {
  const { pool } = world;
  for (const task of ['tick', 'reconcile', 'mend']) await pool.query('SELECT graphile_worker.add_job($1, job_key => $1)', [task]);
  await pool.query("UPDATE graphile_worker._private_jobs SET attempts = max_attempts, last_error = CASE WHEN key = 'reconcile' THEN 'the provider is away' END WHERE key IN ('tick', 'reconcile', 'mend')");
  await takeUpWork(world.ctx);
  expect((await pool.query<{ key: string }>("SELECT key FROM graphile_worker.jobs WHERE key IN ('tick', 'reconcile', 'mend')")).rows).toEqual([{ key: 'reconcile' }]);
});
