import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { euros } from '../../core/money.ts';
import { openTestWorld, type TestWorld } from '../../core/test-world.ts';
import type { Wallet, Way } from '../ports.ts';
import { openPayPalDouble, type Funding, type PayPalDouble } from './double/paypal.ts';
import { openPayPal } from './paypal.ts';
import { paymentsSuite } from './suites/payments.suite.ts';

let world: TestWorld;
let double: PayPalDouble;
let provider: Wallet;
let logged = '';

const open = (keys = double.keys) => openPayPal({
  db: world.db, keys, returnTo: 'https://flow.example/frame/back', realNow: world.ctx.realNow, log: pino({ level: 'trace' }, { write: (line: string) => { logged += line; } }),
});
const ask = () => ({ key: `paypal:${crypto.randomUUID()}`, amount: euros(10_000n), paymentId: 'pay_1', bookingId: 'bkg_1', saveMethod: true, ways: ['paypal'] as readonly Way[] });
const orderOf = (ref: string) => double.orders().find(({ custom_id: of }) => of === ref)!;
const approve = async (ref: string, funding: Funding = 'good') => {
  double.approve(orderOf(ref).id, funding);
  return provider.complete(ref);
};
const pay = async (funding: Funding = 'good', over: Partial<ReturnType<typeof ask>> = {}) => {
  const { ref } = await provider.beginPayment({ ...ask(), ...over });
  expect((await approve(ref, funding)).status).toBe(funding === 'waits' ? 'processing' : 'captured');
  return ref;
};
const heard = async () => {
  const notices = await Promise.all(double.hooks().map(async ({ raw, signature, sentAt }) => provider.readNotice(raw, signature, sentAt)));
  return notices.flatMap((notice) => (notice && notice.kind !== 'other' ? [notice] : []));
};
const refund = (intent: string, minor = 10_000n) => ({ key: crypto.randomUUID(), intent, amount: euros(minor), bookingId: 'bkg_1' });

beforeAll(async () => {
  world = await openTestWorld();
  double = await openPayPalDouble();
  provider = open();
});
beforeEach(() => { double.hooks(); });
afterAll(async () => {
  await double.close();
  await world.close();
});

paymentsSuite('paypal', () => ({
  provider, ways: ['paypal'], shown: 'PayPal j•••@e•••.org', believedSeconds: 4 * 86_400,
  cards: { good: 'good', declined: 'declined', declinedLater: 'declinedLater', authenticatedLater: 'asksLater', notRefundable: 'closed' },
  confirm: async (order, card) => {
    const { custom_id: ref } = double.orders().find(({ id }) => id === order)!;
    double.approve(order, card as Funding);
    const { status, refusal = '' } = await provider.complete(ref);
    return { status, refusal };
  },
  challenge: () => Promise.reject(new Error('PayPal asks on its own page')),
  clear: () => Promise.reject(new Error('PayPal debits nobody for us')),
  dispute: async (won) => {
    const ref = await pay('good', { amount: euros(37_980n) });
    double.dispute(orderOf(ref).id, ['inquiry', 'claim', won ? 'won' : 'lost']);
    return ref;
  },
  account: () => Promise.reject(new Error('PayPal pays no producer for us')),
  hooks: () => Promise.resolve(double.hooks()),
}), ['authentication', 'debit', 'transfer', 'saving', 'accounts', 'telling']);

test('an order asks for the amount in its currency, on a page that leads back to ours, and takes nothing before it was approved', async () => {
  const begun = await provider.beginPayment(ask());
  expect(begun).toMatchObject({ status: 'needs_method', page: expect.stringMatching(/^https:\/\/www\.sandbox\.paypal\.com\/checkoutnow\?token=/u) as string });
  expect((await provider.complete(begun.ref)).status).toBe('needs_method');
  double.approve(orderOf(begun.ref).id, 'good');
  expect(await heard()).toEqual([{ id: expect.stringMatching(/^WH-/u) as string, kind: 'payment.approved', ref: begun.ref }]);
  expect((await provider.readIntent(begun.ref)).status).toBe('needs_action');
  expect(orderOf(begun.ref).captures).toBe(0);
  const taken = await Promise.all(Array.from({ length: 6 }, () => provider.complete(begun.ref)));
  expect(taken.map(({ status }) => status)).toEqual(Array<string>(6).fill('captured'));
  expect(await heard()).toMatchObject([{ kind: 'payment.captured', ref: begun.ref, amount: euros(10_000n) }]);
});

test('an order that nobody approved is forgotten by PayPal: it has ended, and takes nothing', async () => {
  const { ref } = await provider.beginPayment(ask());
  double.expire(orderOf(ref).id);
  expect((await provider.complete(ref)).status).toBe('cancelled');
  expect((await provider.readIntent(ref)).status).toBe('cancelled');
});

test('PayPal knows no end of an order: what we ended is not captured, though the buyer approves it', async () => {
  const { ref } = await provider.beginPayment(ask());
  expect((await provider.cancel(ref)).status).toBe('cancelled');
  expect((await approve(ref)).status).toBe('cancelled');
  expect(orderOf(ref).captures).toBe(0);
});

test('a bank that wants its holder once more sends the buyer back to the page of PayPal', async () => {
  const { ref, page } = await provider.beginPayment(ask());
  expect(await approve(ref, 'asks')).toMatchObject({ status: 'needs_action', page });
  double.authenticate(orderOf(ref).id);
  expect((await provider.complete(ref)).status).toBe('captured');
});

test.each([[true, 'payment.captured', 'captured'], [false, 'payment.refused', 'refused']] as const)('money that PayPal still looks at is under way (arrives: %s)', async (arrives, kind, status) => {
  const ref = await pay('waits');
  expect((await provider.cancel(ref)).status).toBe('processing');
  await expect(provider.refund(refund(ref))).resolves.toMatchObject({ status: 'failed' });
  double.settle(orderOf(ref).id, arrives);
  expect((await heard()).map((notice) => [notice.kind, notice.ref])).toEqual([['payment.approved', ref], ['payment.processing', ref], [kind, ref]]);
  expect((await provider.readIntent(ref)).status).toBe(status);
});

test('PayPal holds the amount from the buyer’s first word: that is told once, until when it is answered, and that it has become a claim is not', async () => {
  const ref = await pay();
  double.hooks();
  const before = (await provider.readBalance('EUR')).minor;
  double.dispute(orderOf(ref).id, ['inquiry', 'claim']);
  const [opened, ...others] = await heard();
  expect(others).toEqual([]);
  expect(opened).toMatchObject({ kind: 'dispute.opened', ref, amount: euros(10_000n), dispute: { ref: expect.stringMatching(/^paypal_PP-D-/u) as string, reason: 'product_not_received', won: null } });
  expect(opened?.dispute?.answerBy?.getTime()).toBeGreaterThan(Date.now());
  expect((await provider.readBalance('EUR')).minor).toBe(before - 10_000n);
});

test('an account that PayPal does not let us save is paid with all the same', async () => {
  double.mayVault(false);
  const ref = await pay();
  double.mayVault(true);
  expect((await provider.readIntent(ref)).method).toBeUndefined();
});

test.each(['late', 'lost', 'broken', 'limited'] as const)('an order whose answer is %s is made again, and taken once', async (how) => {
  const asked = ask();
  double.trouble.push(how);
  await expect(provider.beginPayment(asked)).rejects.toMatchObject({ code: 'provider_unreachable' });
  const { ref } = await provider.beginPayment(asked);
  double.approve(orderOf(ref).id, 'good');
  double.trouble.push(how);
  await expect(provider.complete(ref)).rejects.toMatchObject({ code: 'provider_unreachable' });
  expect((await provider.complete(ref)).status).toBe('captured');
  expect(double.orders().filter(({ custom_id: of, captures }) => of === ref && captures === 1)).toHaveLength(1);
});

test.each(['late', 'lost'] as const)('weeks later, when PayPal has forgotten the key of a refund whose answer was %s, no second one is made', async (how) => {
  const back = refund(await pay(), 4_000n);
  double.trouble.push(how);
  await expect(provider.refund(back)).rejects.toMatchObject({ code: 'provider_unreachable' });
  double.forgetKeys();
  const { ref, status } = await provider.refund(back);
  expect(status).toBe('paid');
  expect(double.refunds().filter(({ custom_id: of }) => of === ref)).toMatchObject([{ value: '40.00' }]);
});

test.each(['late', 'lost'] as const)('a payment while the buyer is away whose answer was %s is not taken twice, though PayPal has forgotten its key', async (how) => {
  const { method } = await provider.readIntent(await pay());
  const charge = { key: crypto.randomUUID(), amount: euros(5_000n), paymentId: 'pay_2', bookingId: 'bkg_1', customerRef: method!.customerRef, methodRef: method!.methodRef };
  const before = (await provider.readBalance('EUR')).minor;
  const from = double.requests.length;
  const commands = () => double.requests.slice(from).filter(({ method: verb, path }) => verb === 'POST' && path.startsWith('/v2/')).map(({ path }) => path.split('/').at(-1));
  const charged = provider.chargeMandate(charge);
  // The order is made without trouble; its capture meets it.
  while (commands().length === 0) await new Promise((resolve) => { setTimeout(resolve, 1); });
  double.trouble.push(how);
  await expect(charged).rejects.toMatchObject({ code: 'provider_unreachable' });
  double.forgetKeys();
  expect((await provider.chargeMandate(charge)).status).toBe('captured');
  expect(commands()).toEqual(['orders', 'capture']);
  expect((await provider.readBalance('EUR')).minor - before).toBe(5_000n);
});

test('a token that is no longer good is fetched anew, and is fetched once for many requests', async () => {
  double.expireTokens();
  const from = double.requests.length;
  await pay();
  const fetched = double.requests.slice(from).filter(({ path }) => path === '/v1/oauth2/token');
  expect(fetched).toHaveLength(1);
});

test('whoever PayPal does not know, and who reaches nobody, is told that the provider is unreachable', async () => {
  for (const keys of [{ ...double.keys, secret: 'wrong' }, { ...double.keys, api: 'http://127.0.0.1:1' }]) {
    await expect(open(keys).beginPayment(ask())).rejects.toMatchObject({ code: 'provider_unreachable' });
  }
});

test('the balance counts every month and what the report has not taken up yet, without fees; of another currency nothing', async () => {
  const before = await provider.readBalance('EUR');
  double.reportUntil(new Date());
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  const one = await pay();
  await provider.refund(refund(one, 3_000n));
  expect((await provider.readBalance('EUR')).minor - before.minor).toBe(7_000n);
  double.reportUntil(null);
  expect((await provider.readBalance('EUR')).minor - before.minor).toBe(7_000n);
  // Months later, in one span of 31 days after another.
  world.atReal(new Date(Date.now() + 100 * 86_400_000));
  const from = double.requests.length;
  expect((await provider.readBalance('EUR')).minor - before.minor).toBe(7_000n);
  expect(double.requests.slice(from).filter(({ path }) => path === '/v1/reporting/transactions').length).toBeGreaterThan(3);
  expect((await provider.readBalance('CHF')).minor).toBe(0n);
  world.atReal(null);
});

test('a refund by hand on PayPal’s own page is none of ours', async () => {
  const ref = await pay();
  double.hooks();
  double.refundByHand(orderOf(ref).id);
  expect(await heard()).toEqual([]);
});

test('a webhook of another webhook, or under a certificate from elsewhere, is not believed; what is not ours says nothing', async () => {
  const raw = JSON.stringify({ id: 'WH-1', event_type: 'PAYMENT.CAPTURE.COMPLETED', resource: { id: 'C1', custom_id: 'paypal_x', amount: { currency_code: 'EUR', value: '1.00' } } });
  const now = new Date();
  const invalid = { code: 'signature_invalid' };
  expect(await provider.readNotice(raw, double.sign(raw), now)).toMatchObject({ id: 'WH-1', kind: 'payment.captured', ref: 'paypal_x', amount: euros(100n) });
  await expect(provider.readNotice(raw, double.sign(raw, { webhookId: 'OTHER' }), now)).rejects.toMatchObject(invalid);
  for (const certificate of ['https://evil.example/v1/notifications/certs/CERT-1', `${double.keys.api}/elsewhere/CERT-double`, `${double.keys.api}/v1/notifications/certs/CERT-none`, `${double.keys.api.replace('127.0.0.1', 'paypal.com.evil.example')}/v1/notifications/certs/CERT-1`, 'nonsense']) {
    await expect(provider.readNotice(raw, double.sign(raw, { certificate }), now)).rejects.toMatchObject(invalid);
  }
  expect(await provider.readNotice('no JSON', double.sign('no JSON'), now)).toBeNull();
  for (const resource of [{ id: 'C1' }, { id: 'C1', custom_id: 'bkg_1' }]) expect(provider.parseNotice(JSON.stringify({ id: 'WH-2', event_type: 'PAYMENT.CAPTURE.COMPLETED', resource }))?.kind).toBe('other');
  for (const broken of ['', 'null', '{}', raw.replace('EUR', 'USD'), raw.replace('1.00', '1.005'), raw.replace('WH-1', '')]) expect(provider.parseNotice(broken), broken).toBeNull();
});

test('the log says what failed, and neither a secret nor a person', async () => {
  const { ref } = await provider.beginPayment(ask());
  await approve(ref, 'declined');
  expect(logged).toContain('INSTRUMENT_DECLINED');
  for (const secret of [double.keys.secret, 'A21AA', 'jeanne', 'example.org']) expect(logged).not.toContain(secret);
});
