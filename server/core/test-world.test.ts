import { afterAll, beforeAll, expect, test } from 'vitest';
import { setDeadline, tick } from './deadlines.ts';
import { addJob, tell } from './outbox.ts';
import { transact } from './context.ts';
import { conflict } from './database.ts';
import { openTestWorld, type TestWorld } from './test-world.ts';

let world: TestWorld;

beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

test('subscribers hear each fact once and in order, those it makes too, and tasks are done', async () => {
  const heard: string[] = [];
  await tell(world.ctx, 'request.sent', { bookingId: 'bkg_1' });
  await world.drain({
    matching: { 'request.sent': (ctx) => tell(ctx, 'match.found', { bookingId: 'bkg_1' }) },
    dossier: {
      'request.sent': async (ctx, { bookingId }) => { heard.push(`request ${bookingId}`); await addJob(ctx, 'mail', { to: 'a@ondes.example' }); },
      'match.found': async () => { heard.push('match'); return Promise.resolve(); },
    },
  }, { mail: (_, { to }) => { heard.push(`mail ${to}`); return Promise.resolve(); } });
  expect(heard).toEqual(['request bkg_1', 'match', 'mail a@ondes.example']);
  await world.drain({ dossier: {} }, {});
  // Who was not named still has to hear.
  expect(await world.db.delivery.findMany({ where: { doneAt: null }, select: { consumer: true }, orderBy: { consumer: 'asc' } })).toEqual(['analytics', 'discovery', 'notifications', 'notifications', 'webhooks', 'webhooks'].map((consumer) => ({ consumer })));
});

test('a subscriber that fails hears the fact again, and nothing of the failure stays (DA-01)', async () => {
  await tell(world.ctx, 'request.sent', { bookingId: 'bkg_2' });
  const fail = { matching: { 'request.sent': async (ctx: TestWorld['ctx']) => { await setDeadline(ctx, 'test', 'bkg_2', ctx.now()); throw new Error('once'); } } };
  await expect(world.drain(fail)).rejects.toThrow('once');
  expect(await world.db.deadline.count()).toBe(0);
  const again: string[] = [];
  await world.drain({ matching: { 'request.sent': (_, { bookingId }) => { again.push(bookingId); return Promise.resolve(); } } });
  expect(again).toEqual(['bkg_2']);
});

test('a job of a transaction that is rolled back is never done', async () => {
  await expect(transact(world.ctx, async (tx) => { await addJob(tx, 'never', {}); throw new Error('rolled back'); })).rejects.toThrow('rolled back');
  await world.drain({}, { never: () => Promise.reject(new Error('done')) });
});

test('the trade waits for its clock, which the test sets', async () => {
  const done: string[] = [];
  const due = { 'test.due': (_: unknown, subject: string) => { done.push(subject); return Promise.resolve(); } };
  await setDeadline(world.ctx, 'test.due', 'bkg_1', new Date('2027-03-02T00:00:00Z'));
  expect(await tick(world.ctx, due)).toBe(0);
  world.at('2027-03-02T00:00:00Z');
  expect(await tick(world.as({ orgId: 'org_1' }), due)).toBe(1);
  expect(done).toEqual(['bkg_1']);
});

test('worlds do not meet', async () => {
  const other = await openTestWorld({ POOL_SIZE: '2' });
  expect(await other.db.fact.count()).toBe(0);
  expect(other.ctx.config.poolSize).toBe(2);
  await other.close();
});

test('what is no conflict is none', async () => {
  const missing = world.pool.query('SELECT 1 FROM nowhere');
  expect(conflict(await missing.catch((error: unknown) => error))).toBeNull();
  expect(conflict(null)).toBeNull();
  expect(conflict(new Error('constraint "x"'))).toBeNull();
});
