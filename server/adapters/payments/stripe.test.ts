import Stripe from 'stripe';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { euros } from '../../core/money.ts';
import { openTestWorld, type TestWorld } from '../../core/test-world.ts';
import type { SelfSigned, Way } from '../ports.ts';
import { openStripeDouble, type StripeDouble } from './double/stripe.ts';
import { openStripe } from './stripe.ts';
import { sign } from './signature.ts';
import { desksSuite } from './suites/desks.suite.ts';
import { paymentsSuite } from './suites/payments.suite.ts';

let world: TestWorld;
let double: StripeDouble;
let provider: SelfSigned;
let logged = '';

const open = ({ realNow = world.ctx.realNow }: { realNow?: () => Date } = {}) => openStripe({
  db: world.db, keys: double.keys, realNow, api: double.api, log: pino({ level: 'trace' }, { write: (line: string) => { logged += line; } }),
});
const accountOf = (orgId: string) => double.all('account').find(({ metadata }) => (metadata as { orgId: string }).orgId === orgId)!;
const back = { done: 'https://flow.example/done', again: 'https://flow.example/again' };
const openAccount = async (orgId: string) => {
  const { url } = await provider.openAccount({ orgId, country: 'FR', email: 'a@example.org', ...back });
  return { url, ref: accountOf(orgId).id };
};
const ask = () => ({ key: `begin:${crypto.randomUUID()}`, amount: euros(10_000n), paymentId: 'pay_1', bookingId: 'bkg_1', saveMethod: true, ways: ['card', 'sepa_debit'] as readonly Way[] });
const heard = () => double.hooks().flatMap(({ raw, signature, sentAt }) => provider.readNotice(raw, signature, sentAt) ?? []).filter(({ kind }) => kind !== 'other');
const pay = async (method = 'pm_card_visa', over: Partial<ReturnType<typeof ask>> = {}) => {
  const { ref, clientSecret } = await provider.beginPayment({ ...ask(), ...over });
  await double.confirm(clientSecret, method);
  return ref;
};

beforeAll(async () => {
  world = await openTestWorld();
  double = await openStripeDouble();
  provider = open();
});
afterAll(async () => {
  await double.close();
  await world.close();
});

const standing = async (clientSecret: string) => {
  const { status, refusal = '' } = await provider.readIntent(clientSecret.split('_secret_')[0]!);
  return { status, refusal };
};

paymentsSuite('stripe', () => ({
  provider,
  cards: {
    good: 'pm_card_visa', declined: 'pm_card_visa_chargeDeclined', authenticated: 'pm_card_authenticationRequiredOnSetup', declinedLater: 'pm_card_chargeCustomerFail',
    authenticatedLater: 'pm_card_authenticationRequired', notRefundable: 'pm_card_refundFail',
    // https://docs.stripe.com/testing#sepa-direct-debit
    debit: 'FR1420041010050500013M02606', debitReturned: 'FR8420041010050500013M02607',
  },
  confirm: async (clientSecret, card) => {
    await double.confirm(clientSecret, card);
    // Whoever saves a card that always asks answers the bank once.
    if (clientSecret.startsWith('seti_')) double.authenticate(clientSecret, true);
    return standing(clientSecret);
  },
  challenge: async (clientSecret, passed) => {
    double.authenticate(clientSecret, passed);
    return standing(clientSecret);
  },
  clear: (ref, arrives) => { double.clear(ref, arrives); return Promise.resolve(); },
  dispute: async (won) => {
    const ref = await pay('pm_card_createDisputeProductNotReceived', { amount: euros(37_980n) });
    double.decide(ref, won);
    return ref;
  },
  account: async (orgId, state) => {
    double.account((await openAccount(orgId)).ref, state === 'open' ? 'open' : 'rejected');
  },
  hooks: () => Promise.resolve(double.hooks()),
}));

desksSuite('stripe', () => ({
  disputes: provider.disputes!, cash: provider.cash!,
  contested: async () => {
    const ref = await pay('pm_card_createDisputeProductNotReceived');
    return double.all('dispute').find((one) => one['payment_intent'] === ref)!.id;
  },
  decided: (dispute) => { double.decide(double.all('dispute').find(({ id }) => id === dispute)!['payment_intent'] as string, false); return Promise.resolve(); },
  stray: async (bookingId) => {
    const { ref } = await provider.beginPayment({ ...ask(), bookingId });
    await provider.askTransfer(ref);
    await provider.cancel(ref);
    double.send(double.all('customer').find(({ metadata }) => (metadata as { bookingId: string }).bookingId === bookingId)!.id, 37_980);
  },
  told: () => Promise.resolve(heard()),
}));

test('an inquiry takes nothing back, and is no dispute (https://docs.stripe.com/disputes/how-disputes-work)', async () => {
  double.hooks();
  const ref = await pay('pm_card_createDisputeInquiry');
  expect(heard().map((notice) => [notice.kind, notice.ref])).toEqual([['payment.captured', ref]]);
});

test('a bank account is debited for days: it is under way, and then it has come or come back', async () => {
  double.hooks();
  const [good, bad] = [await pay('AT611904300234573201'), await pay('AT861904300235473202')];
  expect((await provider.readIntent(good)).status).toBe('processing');
  // What is with the bank is not ended by us.
  expect((await provider.cancel(good)).status).toBe('processing');
  expect(heard().map(({ kind, ref }) => [kind, ref])).toEqual([['payment.processing', good], ['payment.processing', bad]]);
  double.clear(good, true);
  double.clear(bad, false);
  expect(heard()).toMatchObject([
    { kind: 'payment.captured', ref: good, amount: euros(10_000n), method: { label: 'SEPA •••• 3201' } }, { kind: 'payment.refused', ref: bad, refusal: 'debit_not_authorized' },
  ]);
});

test('the words of a bank that helps a thief stay with us; that money is missing is said', async () => {
  expect(await provider.readIntent(await pay('pm_card_chargeDeclined'))).toMatchObject({ status: 'refused', refusal: 'card_declined' });
  expect(await provider.readIntent(await pay('pm_card_chargeDeclinedInsufficientFunds'))).toMatchObject({ status: 'refused', refusal: 'insufficient_funds' });
});

test('a refund that a bank thinks over is sent, and told when it has arrived', async () => {
  const intent = await pay('pm_card_pendingRefund');
  double.hooks();
  const { ref, status } = await provider.refund({ key: crypto.randomUUID(), intent, amount: euros(10_000n), bookingId: 'bkg_1' });
  expect(status).toBe('sent');
  await expect.poll(heard).toMatchObject([{ kind: 'refund.paid', ref }]);
});

test('a refund in another currency than the payment gives nothing back', async () => {
  const intent = await pay();
  expect((await provider.refund({ key: crypto.randomUUID(), intent, amount: { minor: 100n, currency: 'CHF' }, bookingId: 'bkg_1' })).status).toBe('failed');
  expect(double.all('refund').filter((one) => one['payment_intent'] === intent)).toEqual([]);
});

test('an account goes through its states, each in a word (ES-02, IN-01)', async () => {
  const orgId = 'org_onboarded';
  const { url, ref } = await openAccount(orgId);
  expect(url).toMatch(/^https:\/\/connect\.stripe\.com\//u);
  // Its page is short-lived: asked again, another page of the same account opens.
  expect((await openAccount(orgId)).ref).toBe(ref);
  expect(await provider.readAccount(orgId)).toEqual({ state: 'begun', missing: ['external_account', 'tos_acceptance.date'] });
  double.account(ref, 'submitted');
  expect(await provider.readAccount(orgId)).toEqual({ state: 'checking', missing: [] });
  double.account(ref, 'restricted');
  expect(await provider.readAccount(orgId)).toEqual({ state: 'missing', missing: ['individual.verification.document'] });
  const payout = { key: crypto.randomUUID(), turn: 0, amount: euros(1_000n), orgId, bookingId: 'bkg_1', captured: [] };
  await expect(provider.payOut(payout)).rejects.toMatchObject({ code: 'account_not_ready' });
  double.account(ref, 'open');
  await pay();
  expect((await provider.payOut(payout)).status).toBe('sent');
});

test('a payout that the bank returns is told', async () => {
  double.account((await openAccount('org_bounced')).ref, 'open');
  await pay();
  const { ref } = await provider.payOut({ key: crypto.randomUUID(), turn: 0, amount: euros(1_000n), orgId: 'org_bounced', bookingId: 'bkg_1', captured: [] });
  double.hooks();
  double.bounce(ref);
  expect(heard()).toMatchObject([{ kind: 'payout.failed', ref, amount: euros(1_000n) }]);
});

test.each(['late', 'lost'] as const)('an answer that was %s is not asked for twice: what was made is found', async (how) => {
  const asked = { ...ask(), bookingId: `bkg_${how}` };
  // The customer of the booking is there; the attempt meets the trouble.
  await provider.beginPayment({ ...ask(), bookingId: asked.bookingId });
  double.trouble.push(how);
  await expect(provider.beginPayment(asked)).rejects.toMatchObject({ code: 'provider_unreachable' });
  const { ref } = await provider.beginPayment(asked);
  expect(double.all('payment_intent').filter(({ metadata }) => (metadata as { key: string }).key === asked.key).map(({ id }) => id)).toEqual([ref]);
});

test('a failure that Stripe repeats for a day, and that made nothing, is followed by another key', async () => {
  const asked = ask();
  await provider.beginPayment(ask());
  double.trouble.push('broken');
  await expect(provider.beginPayment(asked)).rejects.toMatchObject({ code: 'provider_unreachable' });
  expect((await provider.beginPayment(asked)).status).toBe('needs_method');
  expect(double.requests.filter(({ key }) => key.startsWith(asked.key)).map(({ key }) => key)).toEqual([asked.key, asked.key, `${asked.key}~1`]);
});

test('money that has not come yet is paid out once it is there, under the key of that payout', async () => {
  double.account((await openAccount('org_early')).ref, 'open');
  const payout = { key: crypto.randomUUID(), turn: 0, amount: euros(90_000_000n), orgId: 'org_early', bookingId: 'bkg_early', captured: [] };
  for (let time = 0; time < 2; time += 1) await expect(provider.payOut(payout)).rejects.toMatchObject({ code: 'funds_under_way' });
  await pay('pm_card_visa', { amount: euros(95_000_000n) });
  const { ref } = await provider.payOut(payout);
  expect((await provider.payOut(payout)).ref).toBe(ref);
  expect(double.all('transfer').filter((one) => one['transfer_group'] === 'bkg_early')).toHaveLength(1);
});

test('a payout takes what its own buyer paid, part by part, though our balance be short; it leaves when that money is there (ES-03)', async () => {
  const bookingId = 'bkg_own';
  const { ref: account } = await openAccount('org_own');
  double.account(account, 'open');
  double.keepPending(true);
  const captured = [await pay('pm_card_visa', { amount: euros(37_980n), bookingId }), await pay('pm_card_visa', { amount: euros(88_620n), bookingId })];
  const payout = { key: crypto.randomUUID(), turn: 0, amount: euros(112_200n), orgId: 'org_own', bookingId, captured };
  for (let time = 0; time < 2; time += 1) expect(await provider.payOut(payout)).toEqual({ ref: '', status: 'moved' });
  double.keepPending(false);
  const { ref } = await provider.payOut(payout);
  expect((await provider.payOut(payout)).ref).toBe(ref);
  const charges = captured.map((intent) => double.all('charge').find((one) => one['payment_intent'] === intent)?.id);
  expect(double.all('transfer').filter((one) => one['transfer_group'] === bookingId).map((one) => [one['amount'], one['source_transaction']])).toEqual([[37_980, charges[0]], [74_220, charges[1]]]);
  // A booker's share comes out of what the producer's leaves of them.
  double.account((await openAccount('org_own_booker')).ref, 'open');
  await provider.payOut({ key: crypto.randomUUID(), turn: 0, amount: euros(14_400n), orgId: 'org_own_booker', bookingId: 'bkg_own_booker', captured, after: 112_200n });
  expect(double.all('transfer').filter((one) => one['transfer_group'] === 'bkg_own_booker').map((one) => [one['amount'], one['source_transaction']])).toEqual([[14_400, charges[1]]]);
  // No more than a charge brought is taken from it.
  const stripe = new Stripe(double.keys.secret, { ...double.api, telemetry: false, maxNetworkRetries: 0 });
  await expect(stripe.transfers.create({ amount: 1, currency: 'eur', destination: account, source_transaction: charges[0]! })).rejects.toMatchObject({ type: 'StripeInvalidRequestError', param: 'amount' });
});

test.each(['late', 'lost'] as const)('a day later, when Stripe has forgotten the key of a transfer whose answer was %s, no second one is made', async (how) => {
  const orgId = `org_${how}`;
  double.account((await openAccount(orgId)).ref, 'open');
  await pay();
  const payout = { key: crypto.randomUUID(), turn: 0, amount: euros(1_000n), orgId, bookingId: `bkg_day_${how}`, captured: [] };
  double.trouble.push(how);
  await expect(provider.payOut(payout)).rejects.toMatchObject({ code: 'provider_unreachable' });
  double.forgetKeys();
  world.atReal(new Date(Date.now() + 30 * 3_600_000));
  await provider.payOut(payout);
  world.atReal(null);
  expect(double.all('transfer').filter((one) => one['transfer_group'] === payout.bookingId)).toHaveLength(1);
});

test('a key that another installation used with another content is refused by Stripe itself', async () => {
  const asked = ask();
  const stripe = new Stripe(double.keys.secret, { ...double.api, telemetry: false, maxNetworkRetries: 0 });
  await stripe.paymentIntents.create({ amount: 1, currency: 'eur' }, { idempotencyKey: asked.key });
  await expect(provider.beginPayment(asked)).rejects.toMatchObject({ code: 'key_reused' });
});

test('nobody who answers is nobody to be paid: the provider is unreachable', async () => {
  const nowhere = openStripe({ db: world.db, keys: double.keys, realNow: world.ctx.realNow, log: world.ctx.log, api: { host: '127.0.0.1', port: 1, protocol: 'http' } });
  await expect(nowhere.readIntent('pi_1')).rejects.toMatchObject({ code: 'provider_unreachable' });
  const stranger = openStripe({ db: world.db, keys: { ...double.keys, secret: 'sk_test_wrong' }, realNow: world.ctx.realNow, log: world.ctx.log, api: double.api });
  await expect(stranger.readBalance('EUR')).rejects.toMatchObject({ code: 'provider_unreachable' });
});

test('the log says what failed, and neither a secret nor a person', async () => {
  await expect(provider.readIntent('pi_unknown')).rejects.toThrow(/resource_missing/u);
  expect(logged).toContain('"call":"readIntent"');
  for (const secret of [double.keys.secret, ...double.keys.webhookSecrets, '_secret_', 'example.org']) expect(logged).not.toContain(secret);
});

test('a webhook of either endpoint is believed, and of no other; what is not ours says nothing', () => {
  const event = (over: object, object: object = {}) => JSON.stringify({ id: 'evt_1', object: 'event', type: 'charge.succeeded', data: { object: { id: 'ch_1', object: 'charge', metadata: {}, ...object } }, ...over });
  const now = new Date();
  const raw = event({});
  for (const secret of double.keys.webhookSecrets) expect(provider.readNotice(raw, sign(raw, secret, now), now)).toMatchObject({ id: 'evt_1', kind: 'other', ref: 'ch_1' });
  expect(() => provider.readNotice(raw, sign(raw, 'whsec_other', now), now)).toThrow(expect.objectContaining({ code: 'signature_invalid' }));
  const ours = { metadata: { bookingId: 'bkg_1' }, payment_intent: 'pi_1', customer: 'cus_1', payment_method: 'pm_1', payment_method_details: { card: { brand: 'visa', last4: '4242' } }, amount: 100, currency: 'eur' };
  expect(provider.parseNotice(event({}, ours))).toMatchObject({ kind: 'payment.captured', ref: 'pi_1', amount: euros(100n) });
  const signed = 'no JSON';
  expect(provider.readNotice(signed, sign(signed, double.keys.webhookSecrets[0]!, now), now)).toBeNull();
  for (const broken of ['', 'null', '[]', '{}', event({ id: 'evt\0' }, ours), event({}, { ...ours, amount: 1.5 }), event({}, { ...ours, amount: -1 }), event({}, { ...ours, currency: 'usd' }), event({}, { ...ours, payment_intent: '' })]) {
    expect(provider.parseNotice(broken), broken).toBeNull();
  }
});

test('Bancontact is saved as the mandate behind it', () => {
  const object = {
    id: 'ch_1', metadata: { bookingId: 'bkg_1', saves: 'true' }, payment_intent: 'pi_1', customer: 'cus_1', payment_method: 'pm_once', amount: 100, currency: 'eur',
    payment_method_details: { type: 'bancontact', bancontact: { iban_last4: '7061', generated_sepa_debit: 'pm_mandate' } },
  };
  expect(provider.parseNotice(JSON.stringify({ id: 'evt_1', type: 'charge.succeeded', data: { object } }))?.method).toEqual({ customerRef: 'cus_1', methodRef: 'pm_mandate', label: 'Bancontact •••• 7061' });
});

test('the balance is counted through every page, without Stripe’s fees', async () => {
  const before = await provider.readBalance('EUR');
  await Promise.all(Array.from({ length: 105 }, () => pay('pm_card_visa', { amount: euros(101n), bookingId: 'bkg_pages' })));
  const from = double.requests.length;
  expect((await provider.readBalance('EUR')).minor - before.minor).toBe(105n * 101n);
  expect(double.requests.slice(from).length).toBeGreaterThan(1);
  expect((await provider.readBalance('CHF')).minor).toBe(0n);
}, 60_000);

test('Stripe’s book is read to its end once, and then what came since; its fees are known (money.md)', async () => {
  const [feesBefore, before] = [await provider.readFees('EUR'), await provider.readBalance('EUR')];
  for (let time = 0; time < 3; time += 1) await pay('pm_card_visa', { amount: euros(10_000n), bookingId: 'bkg_fees' });
  // 1.5 % and 25 cents, as the double takes them.
  expect((await provider.readFees('EUR')).minor - feesBefore.minor).toBe(3n * 175n);
  const later = open({ realNow: () => new Date(Date.now() + 2 * 86_400_000) });
  const from = double.requests.length;
  expect((await later.readBalance('EUR')).minor).toBe(before.minor + 30_000n);
  const whole = double.requests.length - from;
  const lines = double.all('balance_transaction').filter(({ currency }) => currency === 'eur').length;
  expect(whole).toBe(Math.ceil(lines / 100));
  expect(await world.db.providerBook.count()).toBe(1);
  for (let time = 0; time < 2; time += 1) expect((await later.readFees('EUR')).minor - feesBefore.minor).toBe(3n * 175n);
  expect(double.requests.length - from - whole).toBe(2);
  await Promise.all(Array.from({ length: 130 }, () => pay('pm_card_visa', { amount: euros(100n), bookingId: 'bkg_fees' })));
  expect((await provider.readBalance('EUR')).minor).toBe(before.minor + 43_000n);
  const both = await Promise.all([later.readBalance('EUR'), later.readBalance('EUR')]);
  expect(both.map(({ minor }) => minor)).toEqual([before.minor + 43_000n, before.minor + 43_000n]);
  expect((await later.readBalance('EUR')).minor).toBe(before.minor + 43_000n);
});

test('the double expands and pages as Stripe’s client expects (https://docs.stripe.com/expand, https://docs.stripe.com/api/pagination)', async () => {
  const stripe = new Stripe(double.keys.secret, { ...double.api, telemetry: false, maxNetworkRetries: 0 });
  const intent = await stripe.paymentIntents.retrieve(await pay(), { expand: ['latest_charge'] });
  expect(intent.latest_charge).toMatchObject({ object: 'charge', amount: 10_000 });
  const customer = (await stripe.customers.create({})).id;
  const made: string[] = [];
  for (let time = 0; time < 5; time += 1) made.unshift((await stripe.paymentIntents.create({ amount: 100 + time, currency: 'eur', customer })).id);
  const found: string[] = [];
  for await (const { id } of stripe.paymentIntents.list({ customer, limit: 2 })) found.push(id);
  expect(found).toEqual(made);
  await expect(stripe.paymentIntents.create({ amount: 100, currency: 'eur', description: 'x' })).rejects.toMatchObject({ code: 'parameter_unknown' });
});

test('webhooks that come twice and in the wrong order say the same', async () => {
  double.hooks();
  const first = await provider.beginPayment(ask());
  await double.confirm(first.clientSecret, 'pm_card_visa_chargeDeclined');
  await double.confirm(first.clientSecret, 'pm_card_visa');
  const seen: string[] = [];
  await double.deliver((raw, signature, at) => {
    const notice = provider.readNotice(raw, signature, at);
    if (notice && notice.kind !== 'other') seen.push(`${notice.id} ${notice.kind}`);
    return Promise.resolve();
  }, { twice: true, reversed: true });
  expect(new Set(seen).size).toBe(2);
  expect(seen).toHaveLength(4);
  expect(seen[0]).toContain('payment.captured');
});

test('the database keeps what a key stands for', async () => {
  const asked = ask();
  await provider.beginPayment(asked);
  const where = { key: asked.key };
  for (const data of [{ ref: 'pi_other' }, { ref: null }, { hash: 'other' }, { key: 'other' }]) await expect(world.db.providerCommand.update({ where, data })).rejects.toThrow(/provider_command_stands/u);
  await expect(world.db.providerCommand.delete({ where })).rejects.toThrow(/provider_command_kept/u);
});
