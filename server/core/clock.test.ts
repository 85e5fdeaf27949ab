import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openClock, type Clock } from './clock.ts';
import { openTestWorld, type TestWorld } from './test-world.ts';

let world: TestWorld;
let here: Clock;
let there: Clock;

beforeAll(async () => {
  world = await openTestWorld();
  here = await openClock(world.pool, { flowClock: 'development' });
  there = await openClock(world.pool, { flowClock: 'development' });
});
afterAll(async () => {
  await here.close();
  await there.close();
  await world.close();
});

const day = 86_400_000;
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

test('the trade moves ahead on every process, and the wall stays where it is', async () => {
  expect(here.ahead()).toBe(0);
  const to = new Date(Date.now() + 30 * day);
  await here.move(to);
  expect(Math.abs(here.now().getTime() - to.getTime())).toBeLessThan(1_000);
  expect(Math.abs(here.realNow().getTime() - Date.now())).toBeLessThan(1_000);
  await vi.waitFor(() => { expect(there.ahead()).toBe(here.ahead()); });
  await there.move(2 * day);
  await vi.waitFor(() => { expect(here.ahead()).toBe(there.ahead()); });
  expect(here.ahead()).toBeGreaterThanOrEqual(32 * day - 1_000);
});

test('it never goes back', async () => {
  const before = here.ahead();
  await expect(here.move(new Date(here.now().getTime() - day))).rejects.toThrow(refusal('input_invalid'));
  await expect(here.move(-1)).rejects.toThrow(refusal('input_invalid'));
  await expect(here.move(Number.NaN)).rejects.toThrow(refusal('input_invalid'));
  expect(here.ahead()).toBe(before);
});

test('a process that starts later stands where the others stand', async () => {
  const late = await openClock(world.pool, { flowClock: 'development' });
  expect(late.ahead()).toBe(here.ahead());
  await late.close();
});

test('a lost connection is opened again, and what was missed is read', async () => {
  await world.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN clock'`);
  await here.move(day);
  await vi.waitFor(() => { expect(there.ahead()).toBe(here.ahead()); }, { timeout: 5_000 });
});

test('where the flag is off nobody moves it, and the wall clock rules', async () => {
  const off = await openClock(new pg.Pool({ connectionString: world.url }), { flowClock: 'off' });
  await expect(off.move(day)).rejects.toThrow(refusal('not_found'));
  expect(Math.abs(off.now().getTime() - Date.now())).toBeLessThan(1_000);
});
