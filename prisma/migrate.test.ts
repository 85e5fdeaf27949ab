import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestWorld, type TestWorld } from '../server/core/test-world.ts';
import { deploy, diff } from './migrate.ts';

let world: TestWorld;
let empty: string;

beforeAll(async () => {
  world = await openTestWorld();
  const address = new URL(world.url);
  address.pathname += '_empty';
  empty = address.href;
  await world.pool.query(`CREATE DATABASE ${address.pathname.slice(1)}`);
});
afterAll(async () => {
  await world.pool.query(`DROP DATABASE ${new URL(empty).pathname.slice(1)} WITH (FORCE)`);
  await world.close();
});

const rows = async <T extends pg.QueryResultRow>(sql: string): Promise<T[]> => (await world.pool.query<T>(sql)).rows;

test('the migrations hold the whole of prisma/schema, and no shadow database stays behind (if it fails: node --import tsx prisma/migrate.ts init)', async () => {
  expect(await diff(world.url)).toBe('');
  // Another file of tests may be at it: our own are those that our connection made.
  expect(await rows(`SELECT datname FROM pg_database WHERE datname LIKE 'prisma_shadow_%' AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE pg_stat_activity.datname = pg_database.datname)`)).toEqual([]);
});

test('an empty database gets all of them once, though two processes begin at once', async () => {
  const [first, second] = await Promise.all([deploy(empty), deploy(empty)]);
  const applied = await rows<{ migration_name: string }>('SELECT migration_name FROM _prisma_migrations ORDER BY migration_name');
  expect([...first, ...second].sort()).toEqual(applied.map((row) => row.migration_name));
  expect(await deploy(empty)).toEqual([]);
});

test('with nothing to do it is quick', async () => {
  const begin = performance.now();
  expect(await deploy(world.url)).toEqual([]);
  expect(performance.now() - begin).toBeLessThan(300);
});

test('a migration that failed half-way, or was changed later, is not passed over', async () => {
  await world.pool.query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%_guards'`);
  await expect(deploy(world.url)).rejects.toThrow('The schema engine refused');
  await world.pool.query(`UPDATE _prisma_migrations SET finished_at = started_at, checksum = 'another' WHERE migration_name LIKE '%_guards'`);
  await expect(deploy(world.url)).rejects.toThrow('20261121000001_guards was changed after this database had it');
});
