import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStripeDouble, type StripeDouble } from '../adapters/payments/double/stripe.ts';
import { openStripe } from '../adapters/payments/stripe.ts';
import { transact } from '../core/context.ts';
import { tick } from '../core/deadlines.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { escrowDue, escrowHeard, escrowTasks } from './jobs.ts';
import { beginPayment, lapseWhenDue, reconcile, recordNotice } from './service.ts';

let world: TestWorld;
let double: StripeDouble;

beforeAll(async () => {
  world = await openTestWorld();
  double = await openStripeDouble();
  Object.assign(world.ctx.adapters, { payments: openStripe({ db: world.db, keys: double.keys, realNow: world.ctx.realNow, log: world.ctx.log, api: double.api }) });
});
afterAll(async () => {
  await double.close();
  await world.close();
});

/** All work is done and every webhook is told, twice and in the wrong order, until nothing is left. */
const settle = async () => {
  const { payments } = world.ctx.adapters;
  for (let round = 0; round < 4; round += 1) {
    await world.drain({ escrow: escrowHeard }, escrowTasks);
    await double.deliver((raw, signature, at) => recordNotice(world.ctx, payments.readNotice(raw, signature, at), raw), { twice: true, reversed: true });
  }
};
const to = async (instant: string) => {
  world.at(instant);
  while (await tick(world.ctx, escrowDue) > 0) await settle();
  await settle();
};
const open = async (over: Parameters<typeof signedDeal>[1] = {}) => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await signedDeal(world.ctx, over);
  await settle();
  return deal;
};
const begin = ({ buyerOrgId, bookingId }: TestDeal) => beginPayment(world.as({ orgId: buyerOrgId }), { bookingId });
const pay = async (deal: TestDeal, method = 'pm_card_visa') => {
  await double.confirm((await begin(deal)).clientSecret, method);
  await settle();
};
const kinds = async ({ bookingId }: TestDeal) => (await world.db.transfer.findMany({ where: { bookingId }, orderBy: { id: 'asc' } })).map(({ kind }) => kind);
const openAccount = async ({ orgId }: TestDeal) => {
  await world.ctx.adapters.payments.openAccount({ orgId, country: 'FR', email: 'a@example.org', done: 'https://flow.example', again: 'https://flow.example' });
  const account = double.all('account').find(({ metadata }) => (metadata as { orgId: string }).orgId === orgId);
  double.account(account!.id, 'open');
};

test('a booking goes its whole way with Stripe: deposit, balance under the saved card, release, payout; the books agree (ES-02)', async () => {
  const deal = await open();
  await openAccount(deal);
  await pay(deal);
  expect(await world.db.mandate.findUniqueOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ label: 'Visa •••• 4242' });
  await to('2027-12-31T12:00:00Z');
  expect((await world.db.payment.findMany({ where: { bookingId: deal.bookingId } })).map(({ status }) => status)).toEqual(['captured', 'captured']);
  await transact(world.ctx, (tx) => play(tx, deal));
  await settle();
  expect(await kinds(deal)).toEqual(['capture', 'capture', 'release', 'payout']);
  expect(await world.db.payout.findFirstOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ status: 'paid' });
  expect((await reconcile(world.ctx)).map(({ agrees }) => agrees)).toEqual([true, true]);
});

test('a refund that Stripe refuses at once fails at once, and stays owed to the buyer', async () => {
  const deal = await open();
  const { ref, clientSecret } = await begin(deal);
  const { id } = await world.db.payment.findFirstOrThrow({ where: { bookingId: deal.bookingId, part: 'deposit' } });
  const alert = vi.spyOn(world.ctx.log, 'error').mockImplementation(() => undefined);
  await transact(world.ctx, (tx) => lapseWhenDue(tx, id));
  await double.confirm(clientSecret, 'pm_card_visa');
  // Somebody gave it back by hand, in Stripe’s own pages.
  await world.ctx.adapters.payments.refund({ key: crypto.randomUUID(), intent: ref, amount: { minor: 37_980n, currency: 'EUR' }, bookingId: 'by hand' });
  await settle();
  expect(await world.db.refund.findFirstOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ status: 'failed', providerRef: expect.stringMatching(/^refused:refund:/u) as string });
  expect(alert.mock.calls.map(([, text]) => text)).toContain('a refund failed: the money stays owed to the buyer, and somebody has to look');
  alert.mockRestore();
});

test('a card that is saved for later gets its name, which the notice does not carry', async () => {
  const deal = await open({ showDay: '2027-09-18' });
  await pay(deal);
  expect(await world.db.mandate.findUniqueOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ methodRef: expect.stringMatching(/^pm_/u) as string, label: 'Visa •••• 4242' });
});
