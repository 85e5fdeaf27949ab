import { afterAll, beforeAll, expect, test } from 'vitest';
import { told } from './log.ts';
import { openTestWorld, type TestWorld } from './test-world.ts';

let world: TestWorld;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());

test('an error of the database is kept without the values that were asked for', async () => {
  const wrong = { where: { reference: 'refsecretsecretsecret', status: 7 } } as never;
  const error = await world.db.booking.findFirst(wrong).catch((caught: unknown) => caught);
  expect(String(error)).toContain('refsecretsecretsecret');
  const kept = told(error);
  expect(JSON.stringify(kept)).not.toContain('refsecretsecretsecret');
  expect(kept).toMatchObject({ type: 'PrismaClientValidationError', message: expect.stringContaining('status') as string });
  expect(kept.stack[0]).toMatch(/^at /);
});

test('what several failed of is kept of each', () => {
  const failed = new AggregateError([new Error('first'), Object.assign(new Error('second', { cause: 'why' }), { code: 'E2' })], 'both');
  expect(told(failed)).toMatchObject({ type: 'AggregateError', message: 'both', causes: [{ message: 'first' }, { message: 'second', code: 'E2', causes: [{ message: 'why' }] }] });
});
