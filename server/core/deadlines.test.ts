import { afterAll, beforeAll, expect, test } from 'vitest';
import { transact } from './context.ts';
import { dropDeadline, setDeadline, tick } from './deadlines.ts';
import { isAwaited } from './outbox.ts';
import { openTestWorld, type TestWorld } from './test-world.ts';

let world: TestWorld;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

const pause = (ms: number) => new Promise((resolve) => { setTimeout(resolve, ms); });
const take = (tx: { db: { $queryRaw: TestWorld['db']['$queryRaw'] } }, id: string) => tx.db.$queryRaw`SELECT id FROM organisation WHERE id = ${id} FOR UPDATE`;

async function subject(): Promise<string> {
  const id = world.ctx.newId('org');
  await world.db.organisation.create({ data: { id, kind: 'artist', name: 'Les Essais', email: `${id}@rooms.example`, createdAt: world.ctx.now() } });
  return id;
}

test('the clock and a command that take one subject never wait for each other', async () => {
  const id = await subject();
  await setDeadline(world.ctx, 'test.due', id, world.ctx.now());
  let [acts, commands] = [0, 0];
  let held: () => void = () => undefined;
  const holding = new Promise<void>((resolve) => { held = resolve; });
  const command = transact(world.ctx, async (tx) => {
    commands += 1;
    await take(tx, id);
    held();
    // Until the clock waits for us.
    await expect.poll(async () => (await world.pool.query('SELECT FROM pg_stat_activity WHERE wait_event_type = \'Lock\' AND datname = current_database()')).rowCount, { timeout: 5_000 }).toBe(1);
    await dropDeadline(tx, 'test.due', id);
  });
  await holding;
  const swept = tick(world.ctx, { 'test.due': async (tx, of) => { acts += 1; await take(tx, of); } });
  await Promise.all([command, swept]);
  expect([acts, commands]).toEqual([1, 1]);
  expect(await world.db.deadline.count({ where: { subject: id } })).toBe(0);
});

test('two sweeps at once act once; an act that fails keeps its date; one that sets the next date keeps that', async () => {
  const [once, failing, again] = [await subject(), await subject(), await subject()];
  for (const [kind, id] of [['test.once', once], ['test.failing', failing], ['test.again', again]] as const) await setDeadline(world.ctx, kind, id, world.ctx.now());
  const heard: string[] = [];
  const due = {
    'test.once': async (_: unknown, id: string) => { heard.push(id); await pause(30); },
    'test.failing': () => Promise.reject(new Error('not today')),
    'test.again': (tx: Parameters<typeof setDeadline>[0], id: string) => setDeadline(tx, 'test.again', id, new Date(world.ctx.now().getTime() + 86_400_000)),
  };
  await Promise.all([tick(world.ctx, due), tick(world.ctx, due)]);
  expect(heard).toEqual([once]);
  expect(await world.db.deadline.findMany({ where: { subject: { in: [once, failing, again] } }, select: { kind: true }, orderBy: { kind: 'asc' } })).toEqual([{ kind: 'test.again' }, { kind: 'test.failing' }]);
});

test('of two that would wait for each other for ever, one begins anew', async () => {
  const [a, b] = [await subject(), await subject()];
  let begun = 0;
  const both = (first: string, second: string) => transact(world.ctx, async (tx) => {
    begun += 1;
    await take(tx, first);
    await pause(120);
    await take(tx, second);
  });
  await Promise.all([both(a, b), both(b, a)]);
  expect(begun).toBe(3);
});

test('a date that has passed already does not wait for the minute; one to come does', async () => {
  const [late, early] = [await subject(), await subject()];
  await world.pool.query("SELECT graphile_worker.remove_job('tick')");
  await setDeadline(world.ctx, 'test.early', early, new Date(world.ctx.now().getTime() + 1_000));
  expect(await isAwaited(world.ctx, 'tick')).toBe(false);
  await setDeadline(world.ctx, 'test.late', late, world.ctx.now());
  expect(await isAwaited(world.ctx, 'tick')).toBe(true);
  // Only what is committed is worked on.
  await world.pool.query("SELECT graphile_worker.remove_job('tick')");
  await expect(transact(world.ctx, async (tx) => {
    await setDeadline(tx, 'test.late', late, world.ctx.now());
    throw new Error('thought better of it');
  })).rejects.toThrow('thought better of it');
  expect(await isAwaited(world.ctx, 'tick')).toBe(false);
});
