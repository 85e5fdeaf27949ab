import { afterAll, beforeAll, expect, test } from 'vitest';
import { isUnfit } from './database.ts';
import { openTestWorld, type TestWorld } from './test-world.ts';

let world: TestWorld;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

test('what is asked at once within a transaction is asked in turn, and one refusal spoils no other answer', async () => {
  const warnings: Error[] = [];
  const hear = (warning: Error) => { warnings.push(warning); };
  process.on('warning', hear);
  const id = world.ctx.newId('org');
  await world.db.organisation.create({ data: { id, kind: 'artist', name: 'Les Essais', email: `${id}@rooms.example`, createdAt: new Date('2027-03-01') } });
  const told = await world.db.$transaction(async (tx) => Promise.all([1, 2, 3].map(() => tx.organisation.findUniqueOrThrow({ where: { id }, include: { members: true, represents: true, representedBy: true } }))));
  expect(told.map(({ name }) => name)).toEqual(Array(3).fill('Les Essais'));
  await expect(world.db.$transaction(async (tx) => Promise.allSettled([tx.$queryRaw`SELECT 1/0`, tx.organisation.count()]).then(([first]) => { if (first.status === 'rejected') throw first.reason as Error; }))).rejects.toThrow(/division by zero/u);
  expect(await world.db.organisation.count()).toBeGreaterThanOrEqual(0);
  await new Promise(setImmediate);
  process.off('warning', hear);
  expect(warnings.filter(({ message }) => message.includes('already executing'))).toEqual([]);
});

test('values that no column can hold are told from every other fault', async () => {
  const failing = async (work: Promise<unknown>) => isUnfit(await work.then(() => null, (error: unknown) => error));
  expect(await failing(world.db.user.findUnique({ where: { email: 'a\0b' } }))).toBe(true);
  expect(await failing(world.db.epk.findFirst({ where: { slug: '\0' } }))).toBe(true);
  expect(await failing(world.db.$queryRaw`SELECT '0000-01-01'::date`)).toBe(true);
  expect(await failing(world.db.$queryRaw`SELECT 3000000000::int`)).toBe(true);
  expect(await failing(world.pool.query('SELECT 3000000000::int'))).toBe(true);
  expect(await failing(world.db.$queryRaw`SELECT 1/0`)).toBe(false);
  expect(await failing(world.db.user.create({ data: { id: 'usr_x' } as never }))).toBe(false);
});
