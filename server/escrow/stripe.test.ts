import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStripeDouble, type StripeDouble } from '../adapters/payments/double/stripe.ts';
import { sign } from '../adapters/payments/signature.ts';
import { openStripe } from '../adapters/payments/stripe.ts';
import { transact } from '../core/context.ts';
import { tick } from '../core/deadlines.ts';
import { AppError } from '../core/errors.ts';
import { euros } from '../core/money.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { chargeback } from '../ledger/entries.ts';
import { balanceOf, book } from '../ledger/service.ts';
import { moneyTasks } from '../core/test-till.ts';
import { escrowDue, escrowHeard } from './jobs.ts';
import { lapseWhenDue } from './service.ts';
import { recordNotice } from '../notices/service.ts';
import { sendAgain, sendPayout } from '../outgoing/service.ts';
import { reconcile, takeUpMoney } from '../reconciliation/service.ts';
import { beginPayment, payByTransfer } from '../till/service.ts';

let world: TestWorld;
let double: StripeDouble;

beforeAll(async () => {
  world = await openTestWorld({ OPERATORS: 'ops@flow.example' });
  await world.db.user.create({ data: { id: 'usr_ops', name: 'Ops', email: 'ops@flow.example', emailVerified: true, createdAt: new Date(), updatedAt: new Date() } });
  double = await openStripeDouble();
  Object.assign(world.ctx.adapters, { payments: openStripe({ db: world.db, keys: double.keys, realNow: world.ctx.realNow, log: world.ctx.log, api: double.api }) });
});
afterAll(async () => {
  await double.close();
  await world.close();
});

/** All work is done and every webhook is told, twice and in the wrong order, until nothing is left. */
const settle = async (reversed = true) => {
  const { payments } = world.ctx.adapters;
  for (let round = 0; round < 4; round += 1) {
    await world.drain({ escrow: escrowHeard }, moneyTasks);
    await double.deliver((raw, signature, at) => Promise.resolve(payments.readNotice(raw, signature, at)).then((notice) => recordNotice(world.ctx, notice, raw)), { twice: true, reversed });
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
  for (let night = 0; night < 2; night += 1) expect((await reconcile(world.ctx)).map(({ agrees }) => agrees)).toEqual([true, true]);
  // Stripe’s price of both charges is ours: 379.80 and 886.20 at 1.5 % and 25 cents.
  expect((await balanceOf(world.ctx, 'provider:fees', 'EUR')).minor).toBe(-(570n + 25n + 1_329n + 25n));
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

test.each([false, true])('a refund that a bank sends back is owed to the buyer again, and the books agree; told in the wrong order: %s', async (reversed) => {
  const deal = await open();
  const { clientSecret } = await begin(deal);
  const { id } = await world.db.payment.findFirstOrThrow({ where: { bookingId: deal.bookingId, part: 'deposit' } });
  const before = (await reconcile(world.ctx)).map(({ ours, theirs }) => ours - theirs);
  const alert = vi.spyOn(world.ctx.log, 'error').mockImplementation(() => undefined);
  await transact(world.ctx, (tx) => lapseWhenDue(tx, id));
  await double.confirm(clientSecret, 'pm_card_refundFail');
  for (let round = 0; round < 4; round += 1) await settle(reversed);
  expect(await world.db.refund.findFirstOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ status: 'failed', paidAt: null });
  expect(await balanceOf(world.ctx, `refund:${deal.buyerOrgId}`, 'EUR')).toMatchObject({ minor: 37_980n });
  expect((await reconcile(world.ctx)).map(({ ours, theirs }) => ours - theirs)).toEqual(before);
  expect(alert.mock.calls.map(([, text]) => text)).toContain('a refund failed: the money stays owed to the buyer, and somebody has to look');
  alert.mockRestore();
});

test('a card that is saved for later gets its name, which the notice does not carry', async () => {
  const deal = await open({ showDay: '2027-09-18' });
  await pay(deal);
  expect(await world.db.mandate.findUniqueOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ methodRef: expect.stringMatching(/^pm_/u) as string, label: 'Visa •••• 4242' });
});

const part = (deal: TestDeal, name: 'deposit' | 'balance' = 'deposit') => world.db.payment.findFirstOrThrow({ where: { bookingId: deal.bookingId, part: name } });
const [goodAccount, badAccount] = ['FR1420041010050500013M02606', 'FR8420041010050500013M02607'];

test('a debit is under way until the bank answers: nobody is asked again, nothing lapses, and then it is there (ES-02)', async () => {
  const deal = await open();
  const { ref, clientSecret, ways } = await begin(deal);
  expect(ways).toContain('sepa_debit');
  await double.confirm(clientSecret, goodAccount);
  await settle();
  expect(await part(deal)).toMatchObject({ status: 'processing', providerRef: ref });
  await expect(begin(deal)).rejects.toMatchObject({ code: 'payment_not_due' });
  await to('2027-03-20T12:00:00Z');
  expect((await world.db.booking.findUniqueOrThrow({ where: { id: deal.bookingId } })).status).toBe('contracted');
  double.clear(ref, true);
  await settle();
  expect(await part(deal)).toMatchObject({ status: 'captured' });
  expect(await world.db.mandate.findUniqueOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ label: 'SEPA •••• 2606' });
  await to('2027-12-31T12:00:00Z');
  const { providerRef } = await part(deal, 'balance');
  double.clear(providerRef!, true);
  await settle();
  expect(await kinds(deal)).toEqual(['capture', 'capture']);
});

test('a debit that comes back leaves the payment to be made, with time to make it', async () => {
  const deal = await open();
  const { ref, clientSecret } = await begin(deal);
  await double.confirm(clientSecret, badAccount);
  await settle();
  await to('2027-03-20T12:00:00Z');
  double.clear(ref, false);
  await settle();
  expect(await part(deal)).toMatchObject({ status: 'refused', refusal: 'debit_not_authorized' });
  await pay(deal);
  expect(await kinds(deal)).toEqual(['capture']);
});

test('a transfer has its words; the payment stays due until the money is there, and lapses without it', async () => {
  const deal = await open();
  const buyer = world.as({ orgId: deal.buyerOrgId });
  await expect(payByTransfer(buyer, deal.bookingId)).rejects.toMatchObject({ code: 'payment_not_due' });
  const { ref } = await begin(deal);
  const told = await payByTransfer(buyer, deal.bookingId);
  expect(told).toMatchObject({ iban: goodAccount, reference: expect.stringMatching(/./u) as string });
  expect(await payByTransfer(buyer, deal.bookingId)).toEqual(told);
  expect(await begin(deal)).toMatchObject({ ref, transfer: told });
  await settle();
  expect(await part(deal)).toMatchObject({ status: 'due' });
  await expect(payByTransfer(world.as({ orgId: deal.orgId }), deal.bookingId)).rejects.toMatchObject({ code: 'role_too_low' });
  double.clear(ref, true);
  await settle();
  expect(await part(deal)).toMatchObject({ status: 'captured' });
  // Nothing of it may be charged later: the balance asks for a card.
  expect(await world.db.mandate.count({ where: { bookingId: deal.bookingId } })).toBe(0);
  expect((await begin(deal)).act).toBe('save');
  await expect(payByTransfer(buyer, deal.bookingId)).rejects.toMatchObject({ code: 'way_closed' });
  const other = await open();
  await begin(other);
  await payByTransfer(world.as({ orgId: other.buyerOrgId }), other.bookingId);
  await to('2027-04-01T12:00:00Z');
  expect((await world.db.booking.findUniqueOrThrow({ where: { id: other.bookingId } })).status).toBe('lapsed');
});

test('a payout waits while the provider pays nothing to its producer, says so once, and leaves when their account is open (ES-02)', async () => {
  const deal = await open();
  await openAccount(deal);
  const account = double.all('account').find(({ metadata }) => (metadata as { orgId: string }).orgId === deal.orgId)!;
  double.account(account.id, 'restricted');
  await pay(deal);
  await to('2027-12-31T12:00:00Z');
  await transact(world.ctx, (tx) => play(tx, deal));
  await settle();
  const payout = () => world.db.payout.findFirstOrThrow({ where: { bookingId: deal.bookingId } });
  expect(await payout()).toMatchObject({ status: 'waiting', providerRef: null });
  for (let hour = 0; hour < 2; hour += 1) { await takeUpMoney(world.ctx); await settle(); }
  expect(await payout()).toMatchObject({ status: 'waiting', providerRef: null });
  expect(await world.db.fact.count({ where: { topic: 'payout.waiting', payload: { path: ['bookingId'], equals: deal.bookingId } } })).toBe(1);
  expect(await kinds(deal)).toEqual(['capture', 'capture', 'release']);
  double.account(account.id, 'open');
  await settle();
  expect(await payout()).toMatchObject({ status: 'paid' });
  expect(await kinds(deal)).toEqual(['capture', 'capture', 'release', 'payout']);
});

test('a payout waits for money that is days on its way, and leaves by itself when it is there, of its own charges (ES-03)', async () => {
  const deal = await open();
  await openAccount(deal);
  double.keepPending(true);
  await pay(deal);
  await to('2027-12-31T12:00:00Z');
  await transact(world.ctx, (tx) => play(tx, deal));
  await settle();
  const payout = () => world.db.payout.findFirstOrThrow({ where: { bookingId: deal.bookingId } });
  for (let hour = 0; hour < 2; hour += 1) { await takeUpMoney(world.ctx); await settle(); }
  expect(await payout()).toMatchObject({ status: 'waiting', providerRef: null });
  double.keepPending(false);
  await takeUpMoney(world.ctx);
  await settle();
  expect(await payout()).toMatchObject({ status: 'paid' });
  expect(await kinds(deal)).toEqual(['capture', 'capture', 'release', 'payout']);
  const sent = double.all('transfer').filter((one) => one['transfer_group'] === deal.bookingId);
  expect(sent.map((one) => one['amount'])).toEqual([37_980, 74_220]);
  expect(sent.every((one) => typeof one['source_transaction'] === 'string')).toBe(true);
});

test('an account that was closed for good keeps its payout waiting, and the money stays the producer’s', async () => {
  const deal = await open();
  await openAccount(deal);
  await pay(deal);
  await to('2027-12-31T12:00:00Z');
  double.account(double.all('account').find(({ metadata }) => (metadata as { orgId: string }).orgId === deal.orgId)!.id, 'rejected');
  await transact(world.ctx, (tx) => play(tx, deal));
  await settle();
  expect(await world.db.payout.findFirstOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ status: 'waiting' });
  expect((await balanceOf(world.ctx, `payable:${deal.orgId}`, 'EUR')).minor).toBe(112_200n);
});

/* Bad luck. */

/** A webhook by hand, signed as Stripe would. */
const told = (type: string, object: object, { secret = double.keys.webhookSecrets[0]!, at = new Date(), created = Math.floor(at.getTime() / 1_000) } = {}) => {
  const raw = JSON.stringify({ id: `evt_${crypto.randomUUID()}`, object: 'event', type, created, data: { object: { object: 'charge', ...object } } });
  return { raw, signature: sign(raw, secret, at) };
};
const hear = async ({ raw, signature }: { raw: string; signature: string }) => { await recordNotice(world.ctx, await world.ctx.adapters.payments.readNotice(raw, signature, new Date()), raw); };
const chargeOf = ({ bookingId }: TestDeal, ref: string, over: object = {}) => ({
  id: `ch_${crypto.randomUUID()}`, metadata: { bookingId }, payment_intent: ref, customer: 'cus_1', payment_method: 'pm_1', payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242' } }, amount: 37_980, currency: 'eur', ...over,
});

test('a webhook of another secret, or of ten minutes ago, is not kept and moves nothing', async () => {
  const deal = await open();
  const { ref } = await begin(deal);
  const before = await world.db.providerEvent.count();
  const invalid = { code: 'signature_invalid' };
  await expect(hear(told('charge.succeeded', chargeOf(deal, ref), { secret: 'whsec_other' }))).rejects.toMatchObject(invalid);
  await expect(hear(told('charge.succeeded', chargeOf(deal, ref), { at: new Date(Date.now() - 600_000) }))).rejects.toMatchObject(invalid);
  expect(await world.db.providerEvent.count()).toBe(before);
  expect(await kinds(deal)).toEqual([]);
});

test('a webhook about an attempt that nobody began is kept, waits, and moves nothing', async () => {
  const deal = await open();
  const event = told('charge.succeeded', chargeOf(deal, 'pi_nobody'));
  await hear(event);
  await hear(event);
  expect(await world.db.providerEvent.findMany({ where: { object: 'pi_nobody' } })).toMatchObject([{ kind: 'payment.captured', doneAt: null }]);
  expect(await kinds(deal)).toEqual([]);
  expect(await part(deal)).toMatchObject({ status: 'due' });
});

test('a capture that is told before our own answer to the buyer is written waits for it, and is booked once', async () => {
  const deal = await open();
  const { payments } = world.ctx.adapters;
  const slow: typeof payments.beginPayment = async (asked) => {
    const intent = await payments.beginPayment(asked);
    await double.confirm(intent.clientSecret, 'pm_card_visa');
    await double.deliver((raw, signature, at) => Promise.resolve(payments.readNotice(raw, signature, at)).then((notice) => recordNotice(world.ctx, notice, raw)), { twice: true });
    return intent;
  };
  const ctx = world.as({ orgId: deal.buyerOrgId });
  await beginPayment({ ...ctx, adapters: { ...ctx.adapters, payments: { ...payments, beginPayment: slow } } }, { bookingId: deal.bookingId });
  await settle();
  expect(await kinds(deal)).toEqual(['capture']);
  expect(await part(deal)).toMatchObject({ status: 'captured' });
});

test('a capture in another currency pays nothing: it is owed back, and an alert when it cannot go', async () => {
  const deal = await open();
  const { ref } = await begin(deal);
  const alert = vi.spyOn(world.ctx.log, 'error').mockImplementation(() => undefined);
  await hear(told('charge.succeeded', chargeOf(deal, ref, { currency: 'chf' })));
  await settle();
  expect(await kinds(deal)).toEqual(['refund']);
  expect(await part(deal)).toMatchObject({ status: 'due' });
  // Stripe captured euros, whatever that webhook said: nothing leaves in another currency.
  expect(await world.db.refund.findFirstOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ status: 'failed', currency: 'CHF' });
  expect(alert).toHaveBeenCalled();
  alert.mockRestore();
  expect((await balanceOf(world.ctx, `refund:${deal.buyerOrgId}`, 'CHF')).minor).toBe(37_980n);
});

test('a key that comes again for another sum is refused, and the first attempt stands', async () => {
  const deal = await open();
  const { ref } = await begin(deal);
  await world.db.payment.updateMany({ where: { bookingId: deal.bookingId, part: 'deposit' }, data: { minor: 1n } });
  await expect(begin(deal)).rejects.toMatchObject({ code: 'key_reused' });
  expect(await part(deal)).toMatchObject({ providerRef: ref });
  expect(double.all('payment_intent').filter(({ metadata }) => (metadata as { bookingId: string }).bookingId === deal.bookingId)).toHaveLength(1);
});

test('a refusal that is told after a later debit does not undo it; one that did is put right by asking', async () => {
  const deal = await open();
  const { ref, clientSecret } = await begin(deal);
  const said = (type: string, created: number) => hear(told(`payment_intent.${type}`, { object: 'payment_intent', id: ref, metadata: { bookingId: deal.bookingId }, amount: 37_980, currency: 'eur', last_payment_error: { code: 'card_declined' } }, { created }));
  await double.confirm(clientSecret, goodAccount);
  double.hooks();
  await said('processing', 2_000);
  await said('payment_failed', 1_000);
  expect(await part(deal)).toMatchObject({ status: 'processing' });
  // Of the same second, nobody can tell which was first.
  await said('payment_failed', 2_000);
  expect(await part(deal)).toMatchObject({ status: 'refused' });
  await takeUpMoney(world.ctx);
  expect(await part(deal)).toMatchObject({ status: 'processing', refusal: '' });
  double.clear(ref, true);
  await settle();
  expect(await part(deal)).toMatchObject({ status: 'captured' });
});

test('a card that was saved, and whose notice was lost, is found by asking: the booking does not lapse', async () => {
  const deal = await open({ showDay: '2027-09-18' });
  await double.confirm((await begin(deal)).clientSecret, 'pm_card_visa');
  double.hooks();
  await settle();
  expect(await world.db.mandate.count({ where: { bookingId: deal.bookingId } })).toBe(0);
  await takeUpMoney(world.ctx);
  await settle();
  expect(await world.db.mandate.findUniqueOrThrow({ where: { bookingId: deal.bookingId } })).toMatchObject({ label: 'Visa •••• 4242' });
});

test('a leave that is worth nothing any more refuses the balance at once, and the buyer pays it by hand', async () => {
  const deal = await open();
  await pay(deal);
  const { methodRef } = await world.db.mandate.findUniqueOrThrow({ where: { bookingId: deal.bookingId } });
  Object.assign(double.all('payment_method').find(({ id }) => id === methodRef)!, { customer: null });
  await to('2027-04-11T12:00:00Z');
  expect(await part(deal, 'balance')).toMatchObject({ status: 'refused', refusal: 'card_declined' });
  await takeUpMoney(world.ctx);
  await pay(deal);
  expect(await part(deal, 'balance')).toMatchObject({ status: 'captured' });
});

test('a debit is not offered for a deposit whose balance is more than one debit may draw', async () => {
  const deal = await open({ price: 1_800_000n, vatBps: 550n });
  expect((await part(deal)).minor).toBe(569_700n);
  expect((await begin(deal)).ways).not.toContain('sepa_debit');
});

/** A deal that was paid and played, and whose payout has left. */
const played = async () => {
  const deal = await open();
  await openAccount(deal);
  await pay(deal);
  await to('2027-12-31T12:00:00Z');
  await transact(world.ctx, (tx) => play(tx, deal));
  return deal;
};
const payoutOf = ({ bookingId }: TestDeal) => world.db.payout.findFirstOrThrow({ where: { bookingId } });
const differ = async () => (await reconcile(world.ctx)).map(({ ours, theirs }) => ours - theirs);

test('a payout to a closed account comes back, is sent to the new one without a second transfer, and the books agree throughout (ES-03)', async () => {
  const before = await differ();
  const deal = await played();
  await settle();
  const first = await payoutOf(deal);
  double.bounce(first.providerRef!);
  await settle();
  expect(await payoutOf(deal)).toMatchObject({ status: 'failed', paidAt: null });
  expect(await differ()).toEqual(before);
  const transfers = double.all('transfer').length;
  const account = double.all('account').find(({ metadata }) => (metadata as { orgId: string }).orgId === deal.orgId)!;
  double.account(account.id, 'restricted');
  await settle();
  expect(await payoutOf(deal)).toMatchObject({ status: 'waiting' });
  expect(await differ()).toEqual(before);
  double.account(account.id, 'open');
  await settle();
  expect(await payoutOf(deal)).toMatchObject({ status: 'paid', pastRefs: [first.providerRef] });
  expect(double.all('transfer')).toHaveLength(transfers);
  expect((await balanceOf(world.ctx, `payable:${deal.orgId}`, 'EUR')).minor).toBe(0n);
  expect(await differ()).toEqual(before);
});

test('a payout whose arrival nobody told is asked for once it should have arrived', async () => {
  const deal = await played();
  await world.drain({ escrow: escrowHeard }, moneyTasks);
  double.hooks();
  await takeUpMoney(world.ctx);
  expect(await payoutOf(deal)).toMatchObject({ status: 'sent' });
  world.at('2028-01-12T12:00:00Z');
  await takeUpMoney(world.ctx);
  expect(await payoutOf(deal)).toMatchObject({ status: 'paid' });
  expect(await kinds(deal)).toEqual(['capture', 'capture', 'release', 'payout']);
});

test('a refund that came back is sent again by our people, and its buyer has it (ES-20)', async () => {
  const before = await differ();
  const deal = await open();
  const { clientSecret } = await begin(deal);
  await transact(world.ctx, async (tx) => lapseWhenDue(tx, (await part(deal)).id));
  await double.confirm(clientSecret, 'pm_card_refundFail');
  for (let round = 0; round < 4; round += 1) await settle(false);
  const { id, providerRef } = await world.db.refund.findFirstOrThrow({ where: { bookingId: deal.bookingId, status: 'failed' } });
  for (const method of double.all('payment_method')) if (method['_test'] === 'pm_card_refundFail') Object.assign(method, { _test: 'pm_card_visa' });
  await sendAgain({ ...world.ctx, userId: 'usr_ops' }, id);
  await settle();
  expect(await world.db.refund.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'paid', pastRefs: [providerRef] });
  expect((await balanceOf(world.ctx, `refund:${deal.buyerOrgId}`, 'EUR')).minor).toBe(0n);
  expect(await differ()).toEqual(before);
});

test('what an attempt before took counts, though another had begun; what it was refused does not, and nothing of it waits', async () => {
  const deal = await open();
  await pay(deal);
  await to('2027-04-09T12:00:00Z');
  const { methodRef } = await world.db.mandate.findUniqueOrThrow({ where: { bookingId: deal.bookingId } });
  Object.assign(double.all('payment_method').find(({ id }) => id === methodRef)!, { _test: 'pm_card_chargeDeclined' });
  await to('2027-04-11T12:00:00Z');
  const refusedRef = (await part(deal, 'balance')).providerRef!;
  expect(await part(deal, 'balance')).toMatchObject({ status: 'refused' });
  const { ref, clientSecret } = await begin(deal);
  expect(await part(deal, 'balance')).toMatchObject({ providerRef: ref, pastRefs: [refusedRef] });
  await hear(told('payment_intent.payment_failed', { object: 'payment_intent', id: refusedRef, metadata: { bookingId: deal.bookingId }, amount: 88_620, currency: 'eur', last_payment_error: { code: 'expired_card' } }));
  expect(await part(deal, 'balance')).toMatchObject({ refusal: 'card_declined' });
  await hear(told('charge.succeeded', chargeOf(deal, refusedRef, { amount: 88_620 })));
  await settle();
  expect(await part(deal, 'balance')).toMatchObject({ status: 'captured', providerRef: refusedRef, pastRefs: [ref] });
  expect(double.all('payment_intent').find(({ id }) => id === ref)).toMatchObject({ status: 'canceled' });
  expect(await kinds(deal)).toEqual(['capture', 'capture']);
  expect(clientSecret).not.toBe('');
  expect(await world.db.providerEvent.count({ where: { object: { in: [ref, refusedRef] }, doneAt: null } })).toBe(0);
});

test.each(['its notice', 'asking again'])('a payout that left, and whose answer was lost before the buyer’s bank took money back, is known by %s (ES-03, ES-20)', async (by) => {
  const { payments } = world.ctx.adapters;
  const deal = await open();
  await openAccount(deal);
  await pay(deal);
  await to('2027-12-31T12:00:00Z');
  const payOut = payments.payOut.bind(payments);
  const away = vi.spyOn(payments, 'payOut').mockImplementation(async (ask) => {
    await payOut(ask);
    throw new AppError('provider_unreachable');
  });
  await transact(world.ctx, (tx) => play(tx, deal));
  await expect(settle()).rejects.toThrow('provider_unreachable');
  away.mockRestore();
  const { bookingId, orgId } = deal;
  const { id } = await world.db.payout.findFirstOrThrow({ where: { bookingId } });
  await transact(world.ctx, (tx) => book(tx, { kind: 'chargeback', key: `chargeback:${bookingId}`, bookingId, orgId, entries: chargeback(bookingId, euros(88_620n)), reason: 'test' }));
  if (by === 'its notice') await world.db.payout.update({ where: { id }, data: { status: 'waiting' } });
  else {
    await sendPayout(world.ctx, id);
    expect(await world.db.payout.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'sent', providerRef: double.all('payout').at(-1)!.id });
  }
  await settle();
  expect(await world.db.payout.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'paid', providerRef: double.all('payout').at(-1)!.id });
  expect(await world.db.providerEvent.count({ where: { object: double.all('payout').at(-1)!.id, doneAt: null } })).toBe(0);
  expect(await balanceOf(world.ctx, `payable:${orgId}`, 'EUR')).toMatchObject({ minor: 0n });
});
