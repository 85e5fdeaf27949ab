import { expect, test, vi } from 'vitest';
import type { TestDeal } from '../core/test-deal.ts';
import { openTill } from '../core/test-till.ts';
import { operationsTasks } from '../operations/jobs.ts';
import { payByTransfer } from '../till/service.ts';
import { lookAtCash, readStrays, returnStray } from './service.ts';

const { world, provider, drain, to, buyer, open, enter } = await openTill({}, {}, { OPERATORS: 'ops@flow.example' });
await world.db.user.create({ data: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true, createdAt: new Date(), updatedAt: new Date() } });
const ops = { ...world.ctx, userId: 'usr_ops' };
const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const straysOf = ({ bookingId }: TestDeal) => world.db.stray.findMany({ where: { bookingId }, orderBy: { id: 'asc' } });

/** A transfer was announced, and the deposit lapsed before it came. */
async function lapsed(): Promise<{ deal: TestDeal; ref: string }> {
  world.at('2027-03-01T12:00:00Z');
  const deal = await open();
  await enter(deal, 'pm_declined');
  await payByTransfer(buyer(deal), deal.bookingId);
  const { providerRef: ref } = await world.db.payment.findUniqueOrThrow({ where: { bookingId_part: { bookingId: deal.bookingId, part: 'deposit' } } });
  await to('2027-03-20T12:00:00Z');
  expect((await world.db.booking.findUniqueOrThrow({ where: { id: deal.bookingId } })).status).toBe('lapsed');
  return { deal, ref: ref ?? '' };
}

test('a transfer that arrives after its booking lapsed is an alert, and goes back by itself, once', async () => {
  const { deal, ref } = await lapsed();
  const alert = vi.spyOn(world.ctx.log, 'error').mockImplementation(() => undefined);
  await provider.clear(ref);
  await provider.clear(ref);
  await drain();
  expect(alert.mock.calls.map(([, words]) => words)).toContain('a transfer lies with the provider that no payment asks for');
  alert.mockRestore();
  expect(await straysOf(deal)).toMatchObject([{ minor: 37_980n, currency: 'EUR', status: 'returned' }]);
  // It was never ours: nothing is booked.
  expect(await world.db.transfer.count({ where: { bookingId: deal.bookingId } })).toBe(0);
  expect((await readStrays(ops)).find(({ bookingId }) => bookingId === deal.bookingId)).toMatchObject({ status: 'returned', mayReturn: false, amount: { minor: 37_980 } });
  await Promise.all(Array.from({ length: 5 }, () => lookAtCash(world.ctx, deal.bookingId)));
  expect(await straysOf(deal)).toHaveLength(1);
});

test('the nightly look finds what nobody told, once among many looks at once', async () => {
  const { deal, ref } = await lapsed();
  await provider.clear(ref);
  await world.db.$executeRaw`DELETE FROM graphile_worker._private_jobs USING graphile_worker._private_tasks task WHERE task.id = task_id AND task.identifier = 'sandbox.hook'`;
  await Promise.all(Array.from({ length: 6 }, () => lookAtCash(world.ctx, deal.bookingId)));
  expect(await straysOf(deal)).toMatchObject([{ status: 'found' }]);
  await operationsTasks['reconcile']!(world.ctx, {});
  expect(await straysOf(deal)).toHaveLength(1);
  await drain();
  expect(await straysOf(deal)).toMatchObject([{ status: 'returned' }]);
});

test('while a payment is still due it waits for our own people, who may give it back; nobody else sees it', async () => {
  const deal = await open();
  await world.db.sandboxObject.create({ data: { id: `csh_${deal.bookingId}`, kind: 'cash', key: `csh_${deal.bookingId}`, hash: '', secret: '', body: { minor: '10000', currency: 'EUR', bookingId: deal.bookingId, status: 'there' }, createdAt: new Date() } });
  await lookAtCash(world.ctx, deal.bookingId);
  await drain();
  const [found] = await straysOf(deal);
  expect(found).toMatchObject({ status: 'found', minor: 10_000n });
  await expect(readStrays(world.ctx)).rejects.toThrow(refusal('signed_out'));
  await expect(returnStray({ ...world.ctx, userId: 'usr_none' }, found!.id)).rejects.toThrow(refusal('signed_out'));
  await returnStray(ops, found!.id);
  await drain();
  expect(await straysOf(deal)).toMatchObject([{ status: 'returned' }]);
  await expect(returnStray(ops, found!.id)).rejects.toThrow(refusal('not_found'));
});

test('what could not be given back says so, and is tried anew by hand', async () => {
  const { deal, ref } = await lapsed();
  await provider.clear(ref);
  // Another sum lies there than was found: the provider gives nothing.
  await lookAtCash(world.ctx, deal.bookingId);
  await world.db.$executeRaw`UPDATE sandbox_object SET body = jsonb_set(body, '{minor}', '"37000"') WHERE kind = 'cash' AND body->>'bookingId' = ${deal.bookingId}`;
  await drain();
  const [failed] = await straysOf(deal);
  expect(failed).toMatchObject({ status: 'failed' });
  await world.db.$executeRaw`UPDATE sandbox_object SET body = jsonb_set(body, '{minor}', '"37980"') WHERE kind = 'cash' AND body->>'bookingId' = ${deal.bookingId}`;
  await Promise.allSettled(Array.from({ length: 4 }, () => returnStray(ops, failed!.id)));
  await drain();
  expect((await straysOf(deal)).map(({ status }) => status)).toEqual(['failed', 'returned']);
});
