import { afterAll, beforeAll, expect, test } from 'vitest';
import { payBeside } from '../adapters/payments/beside.ts';
import { openPayPalDouble, type Funding, type PayPalDouble } from '../adapters/payments/double/paypal.ts';
import { openStripeDouble, type StripeDouble } from '../adapters/payments/double/stripe.ts';
import { openPayPal } from '../adapters/payments/paypal.ts';
import { openStripe } from '../adapters/payments/stripe.ts';
import type { Wallet } from '../adapters/ports.ts';
import { transact } from '../core/context.ts';
import { tick } from '../core/deadlines.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { balanceOf } from '../ledger/service.ts';
import { moneyTasks } from '../core/test-till.ts';
import { escrowDue, escrowHeard } from './jobs.ts';
import { lapseWhenDue, readMoney } from './service.ts';
import { recordNotice } from '../notices/service.ts';
import { reconcile, takeUpMoney } from '../reconciliation/service.ts';
import { beginPayment, completePayPal, payByPayPal } from '../till/service.ts';

let world: TestWorld;
let double: PayPalDouble;
let cards: StripeDouble;
let wallet: Wallet;

beforeAll(async () => {
  world = await openTestWorld();
  [double, cards] = await Promise.all([openPayPalDouble(), openStripeDouble()]);
  const { db, ctx: { realNow, log } } = world;
  wallet = openPayPal({ db, keys: double.keys, returnTo: 'https://flow.example/frame/back', realNow, log });
  Object.assign(world.ctx.adapters, { payments: payBeside(openStripe({ db, keys: cards.keys, realNow, log, api: cards.api }), wallet) });
});
afterAll(async () => {
  await Promise.all([double.close(), cards.close()]);
  await world.close();
});

/** All work is done and every webhook is told, twice and in the wrong order, until nothing is left. */
const settle = async (tell = true) => {
  const { payments } = world.ctx.adapters;
  for (let round = 0; round < 4; round += 1) {
    await world.drain({ escrow: escrowHeard }, moneyTasks);
    await cards.deliver(async (raw, signature, at) => { await recordNotice(world.ctx, await payments.readNotice(raw, signature, at), raw); }, { twice: true, reversed: true });
    for (const { raw, signature, sentAt } of double.hooks().reverse().flatMap((one) => (tell ? [one, one] : []))) {
      await recordNotice(world.ctx, await wallet.readNotice(raw, signature, sentAt), raw, 'paypal');
    }
  }
};
const to = async (instant: string) => {
  world.at(instant);
  while (await tick(world.ctx, escrowDue) > 0) await settle();
  await settle();
};
const open = async () => {
  world.at('2027-03-01T12:00:00Z');
  const deal = await signedDeal(world.ctx);
  await settle();
  return deal;
};
const buyer = ({ buyerOrgId }: TestDeal) => world.as({ orgId: buyerOrgId });
const orderOf = (ref: string) => double.orders().find(({ custom_id: of }) => of === ref)!.id;
/** The buyer opens the page of payment, chooses PayPal and approves there. */
const approve = async (deal: TestDeal, funding: Funding = 'good') => {
  const { ways, clientSecret } = await beginPayment(buyer(deal), deal);
  expect(ways).toContain('paypal');
  const { ref, page } = await payByPayPal(buyer(deal), deal.bookingId);
  expect(page).toMatch(/paypal\.com/u);
  double.approve(orderOf(ref), funding);
  return { ref, clientSecret };
};
const pay = async (deal: TestDeal, funding: Funding = 'good') => {
  const { ref } = await approve(deal, funding);
  const stands = await completePayPal(buyer(deal), { bookingId: deal.bookingId, ref });
  await settle();
  return { ref, stands };
};
const part = ({ bookingId }: TestDeal, which: 'deposit' | 'balance' = 'deposit') => world.db.payment.findFirstOrThrow({ where: { bookingId, part: which } });
const held = async ({ bookingId }: TestDeal) => (await balanceOf(world.ctx, `escrow:${bookingId}`, 'EUR')).minor;
const agrees = async () => { expect((await reconcile(world.ctx)).map((one) => one.agrees)).toEqual([true, true]); };
const kinds = async ({ bookingId }: TestDeal) => (await world.db.transfer.findMany({ where: { bookingId }, orderBy: { id: 'asc' } })).map(({ kind }) => kind);

test('a booking is paid with PayPal, deposit and balance, and its producer from the provider of cards; both books agree (ES-02, IN-02)', async () => {
  const deal = await open();
  const { ref, stands } = await pay(deal);
  expect(stands).toEqual({ status: 'captured', refusal: '' });
  expect(await part(deal)).toMatchObject({ status: 'captured', providerRef: ref });
  expect(await held(deal)).toBe(37_980n);
  expect((await readMoney(buyer(deal), deal.bookingId)).mandate).toEqual({ label: 'PayPal j•••@e•••.org' });
  // The attempt at the card entry has ended: nobody pays twice.
  expect(cards.all('payment_intent').filter((one) => (one['metadata'] as { bookingId: string }).bookingId === deal.bookingId).map(({ status }) => status)).toEqual(['canceled']);
  await to('2027-05-01T12:00:00Z');
  expect(await part(deal, 'balance')).toMatchObject({ status: 'captured', providerRef: expect.stringMatching(/^paypal_away_/u) as string });
  expect(await held(deal)).toBe(126_600n);
  await agrees();
  expect(await world.db.providerEvent.groupBy({ by: ['provider'], where: { object: { startsWith: 'paypal_' } } })).toMatchObject([{ provider: 'paypal' }]);
  await world.ctx.adapters.payments.openAccount({ orgId: deal.orgId, country: 'FR', email: 'a@example.org', done: 'https://flow.example', again: 'https://flow.example' });
  cards.account(cards.all('account').find(({ metadata }) => (metadata as { orgId: string }).orgId === deal.orgId)!.id, 'open');
  // PayPal's money was brought over: the provider of cards holds enough.
  for (let time = 0; time < 4; time += 1) {
    const other = await open();
    await cards.confirm((await beginPayment(buyer(other), other)).clientSecret, 'pm_card_visa');
    await settle();
  }
  await to('2027-05-01T12:00:00Z');
  await play(world.ctx, deal);
  await settle();
  expect(await held(deal)).toBe(0n);
  expect(await kinds(deal)).toEqual(['capture', 'capture', 'release', 'payout']);
  expect(cards.all('transfer').map((one) => [one['transfer_group'], one['amount']])).toEqual([[deal.bookingId, 112_200]]);
  await agrees();
});

test('a webhook alone is enough: a buyer who never comes back from PayPal has paid', async () => {
  const deal = await open();
  const { ref } = await approve(deal);
  await settle();
  expect(await part(deal)).toMatchObject({ status: 'captured', providerRef: ref });
  // Whoever comes back later learns it.
  expect(await completePayPal(buyer(deal), { bookingId: deal.bookingId, ref })).toEqual({ status: 'captured', refusal: '' });
  expect((await readMoney(buyer(deal), deal.bookingId)).mandate?.label).toMatch(/^PayPal /u);
  expect(await held(deal)).toBe(37_980n);
  await agrees();
});

test('and an answer alone: what no webhook told is taken once, and an approval that nobody was told of is found', async () => {
  const [answered, lost] = [await open(), await open()];
  const { ref } = await approve(answered);
  await completePayPal(buyer(answered), { bookingId: answered.bookingId, ref });
  await approve(lost);
  await settle(false);
  expect([await held(answered), await held(lost)]).toEqual([37_980n, 0n]);
  expect(await takeUpMoney(world.ctx)).toBeGreaterThan(0);
  expect(await held(lost)).toBe(37_980n);
  await agrees();
});

test('a source that PayPal refuses takes nothing; the buyer comes again, or pays by card', async () => {
  const deal = await open();
  const { ref, stands } = await pay(deal, 'declined');
  expect(stands).toEqual({ status: 'refused', refusal: 'card_declined' });
  expect(await part(deal)).toMatchObject({ status: 'refused', refusal: 'card_declined' });
  expect((await payByPayPal(buyer(deal), deal.bookingId)).ref).toBe(ref);
  await cards.confirm((await beginPayment(buyer(deal), deal)).clientSecret, 'pm_card_visa');
  await settle();
  expect(await held(deal)).toBe(37_980n);
  // PayPal's order was ended with it.
  double.approve(orderOf(ref), 'good');
  await settle();
  expect(double.orders().find(({ custom_id: of }) => of === ref)?.captures).toBe(0);
  await agrees();
});

test.each([['the debit arrives', true, 'captured'], ['the bank returns it', false, 'refused']] as const)('a refusal that PayPal tells late undoes no debit that the buyer ordered since: %s (ES-02)', async (_, arrives, ends) => {
  const deal = await open();
  const { ref } = await pay(deal, 'declined');
  const { ref: debit, clientSecret } = await beginPayment(buyer(deal), deal);
  await cards.confirm(clientSecret, arrives ? 'FR1420041010050500013M02606' : 'FR8420041010050500013M02607');
  await settle();
  expect(await part(deal)).toMatchObject({ status: 'processing', providerRef: debit });
  const late = JSON.stringify({ id: `WH-late-${deal.bookingId}`, event_type: 'PAYMENT.CAPTURE.DENIED', resource: { id: 'CAPTURE-LATE', custom_id: ref, amount: { currency_code: 'EUR', value: '379.80' } } });
  await recordNotice(world.ctx, wallet.parseNotice(late), late, 'paypal');
  await settle();
  expect(await part(deal)).toMatchObject({ status: 'processing', refusal: '' });
  expect(await world.db.providerEvent.findUniqueOrThrow({ where: { id: `WH-late-${deal.bookingId}` } })).toMatchObject({ doneAt: expect.any(Date) as Date });
  await to('2027-03-10T12:00:00Z');
  cards.clear(debit, arrives);
  await settle();
  expect(await part(deal)).toMatchObject({ status: ends });
  expect(await held(deal)).toBe(arrives ? 37_980n : 0n);
});

test('a card that was refused while the buyer was away is not heard again over what they have under way with PayPal since (ES-02)', async () => {
  const deal = await open();
  await cards.confirm((await beginPayment(buyer(deal), deal)).clientSecret, 'pm_card_visa');
  await settle();
  const { methodRef } = await world.db.mandate.findUniqueOrThrow({ where: { bookingId: deal.bookingId } });
  Object.assign(cards.all('payment_method').find(({ id }) => id === methodRef)!, { _test: 'pm_card_chargeDeclined' });
  await to('2027-04-10T12:00:00Z');
  expect(await part(deal, 'balance')).toMatchObject({ status: 'refused' });
  // Another card is refused in their hands, and then they go to PayPal.
  const { ref, clientSecret } = await approve(deal, 'waits');
  await cards.confirm(clientSecret, 'pm_card_visa_chargeDeclined');
  await settle(false);
  expect(await part(deal, 'balance')).toMatchObject({ status: 'refused' });
  expect(await completePayPal(buyer(deal), { bookingId: deal.bookingId, ref })).toMatchObject({ status: 'processing' });
  await settle();
  expect(await part(deal, 'balance')).toMatchObject({ status: 'processing' });
  const told = () => world.db.fact.count({ where: { topic: { in: ['payment.refused', 'payment.debited'] }, payload: { path: ['bookingId'], equals: deal.bookingId } } });
  const before = await told();
  await takeUpMoney(world.ctx);
  await settle();
  expect(await part(deal, 'balance')).toMatchObject({ status: 'processing', refusal: '' });
  expect(await told()).toBe(before);
});

test('who pays by card and with PayPal at the same moment pays once: the other money goes back to where it came from', async () => {
  const deal = await open();
  const { ref, clientSecret } = await approve(deal);
  await Promise.all([completePayPal(buyer(deal), { bookingId: deal.bookingId, ref }), cards.confirm(clientSecret, 'pm_card_visa')]);
  await settle();
  expect(await held(deal)).toBe(37_980n);
  const paidByCard = cards.all('charge').filter((one) => one['status'] === 'succeeded' && (one['metadata'] as { bookingId: string }).bookingId === deal.bookingId);
  const back = await world.db.refund.findMany({ where: { bookingId: deal.bookingId } });
  expect(back.map(({ status }) => status)).toEqual(paidByCard.map(() => 'paid'));
  await agrees();
});

test('what PayPal captured is given back through PayPal; a payment that lapsed meanwhile is not taken at all (ES-01)', async () => {
  const deal = await open();
  const { ref } = await approve(deal);
  const { id } = await part(deal);
  world.at('2027-03-20T12:00:00Z');
  await transact(world.ctx, (tx) => lapseWhenDue(tx, id));
  expect((await completePayPal(buyer(deal), { bookingId: deal.bookingId, ref })).status).not.toBe('captured');
  await settle();
  expect(double.orders().find(({ custom_id: of }) => of === ref)?.captures).toBe(0);
  const late = await open();
  const attempt = await approve(late);
  // It is captured at PayPal, and lapses before anybody is told.
  await wallet.complete(attempt.ref);
  await transact(world.ctx, async (tx) => lapseWhenDue(tx, (await part(late)).id));
  await settle();
  expect(await world.db.refund.findMany({ where: { bookingId: late.bookingId } })).toMatchObject([{ minor: 37_980n, status: 'paid', capturedRef: attempt.ref }]);
  expect(double.refunds().map(({ value }) => value)).toContain('379.80');
  await agrees();
});

test('an order that PayPal has forgotten is followed by another', async () => {
  const deal = await open();
  await beginPayment(buyer(deal), deal);
  const first = await payByPayPal(buyer(deal), deal.bookingId);
  double.expire(orderOf(first.ref));
  const second = await payByPayPal(buyer(deal), deal.bookingId);
  expect(second.ref).not.toBe(first.ref);
  double.approve(orderOf(second.ref), 'good');
  await settle();
  expect(await held(deal)).toBe(37_980n);
});

test('a saved account that refuses the balance asks the buyer, at once', async () => {
  const deal = await open();
  await pay(deal, 'declinedLater');
  await to('2027-05-01T12:00:00Z');
  expect(await part(deal, 'balance')).toMatchObject({ status: 'refused', refusal: 'card_declined' });
  await agrees();
});

test('what a buyer contests at PayPal is handed on once, as what they contest at their bank', async () => {
  const deal = await open();
  const { ref } = await pay(deal);
  double.dispute(orderOf(ref), ['inquiry']);
  await settle();
  expect(await world.db.providerEvent.findMany({ where: { object: ref, kind: 'dispute.opened' } })).toMatchObject([{ provider: 'paypal', doneAt: expect.any(Date) as Date }]);
  expect(await world.db.fact.count({ where: { topic: 'payment.contested', payload: { path: ['bookingId'], equals: deal.bookingId } } })).toBe(1);
});

test('PayPal is not offered before a payment was begun, to a stranger, nor for leave to charge later', async () => {
  const deal = await open();
  await expect(payByPayPal(buyer(deal), deal.bookingId)).rejects.toMatchObject({ code: 'payment_not_due' });
  await expect(completePayPal(buyer(deal), { bookingId: deal.bookingId, ref: 'paypal_none' })).rejects.toMatchObject({ code: 'payment_not_due' });
  await expect(payByPayPal(world.as({ orgId: deal.orgId }), deal.bookingId)).rejects.toMatchObject({ code: 'role_too_low' });
});
