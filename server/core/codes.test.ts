import { afterAll, expect, test } from 'vitest';
import { makeCode, spendCode } from './codes.ts';
import { transact } from './context.ts';
import { openTestWorld } from './test-world.ts';

const world = await openTestWorld();
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

const make = (act: string) => transact(world.ctx, (tx) => makeCode(tx, { act, email: 'a@b.example', most: 3, hours: 1 }));

test('of twenty codes asked for at once as many are made as may be, and an hour later as many again', async () => {
  world.atReal('2027-03-01T12:00:00Z');
  const answers = async () => (await Promise.allSettled(Array.from({ length: 20 }, () => make('sign:1')))).map((answer) => (answer.status === 'fulfilled' ? 'made' : (answer.reason as { code?: string }).code)).sort();
  expect(await answers()).toEqual([...Array<string>(3).fill('made'), ...Array<string>(17).fill('rate_limited')]);
  await make('sign:2');
  world.atReal('2027-03-01T13:00:01Z');
  expect((await answers()).filter((answer) => answer === 'made')).toHaveLength(3);
});

test('the last code counts alone, once, for its own act and for ten minutes', async () => {
  world.atReal('2027-04-01T12:00:00Z');
  const [first, second] = [await make('pay:1'), await make('pay:1')];
  if (first !== second) await expect(spendCode(world.ctx, { act: 'pay:1', code: first })).rejects.toThrow(refusal('code_wrong'));
  await expect(spendCode(world.ctx, { act: 'pay:2', code: second })).rejects.toThrow(refusal('code_wrong'));
  const twice = await Promise.allSettled([1, 2].map(() => spendCode(world.ctx, { act: 'pay:1', code: second })));
  expect(twice.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const late = await make('pay:1');
  world.atReal('2027-04-01T12:10:00Z');
  await expect(spendCode(world.ctx, { act: 'pay:1', code: late })).rejects.toThrow(refusal('code_wrong'));
});
