import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { euros } from '../../core/money.ts';
import { openTestWorld, type TestWorld } from '../../core/test-world.ts';
import type { Way } from '../ports.ts';
import { hookOf, openSandbox, sandboxTasks, type Sandbox } from './sandbox.ts';
import { desksSuite } from './suites/desks.suite.ts';
import { paymentsSuite } from './suites/payments.suite.ts';

let world: TestWorld;
let provider: Sandbox;
const seen = new Set<string>();

beforeAll(async () => {
  world = await openTestWorld();
  provider = openSandbox(world.ctx as Parameters<typeof openSandbox>[0]);
});
afterAll(() => world.close());

const post = (step: string, body: unknown) =>
  provider.handle(new Request(`http://platform.localhost/sandbox/payments/${step}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }));
const entered = async (step: string, body: object) => (await post(step, body)).json() as Promise<{ status: string; refusal: string }>;
const ask = (key: string) => ({ key, amount: euros(100n), paymentId: 'pay_1', bookingId: 'bkg_1', saveMethod: true, ways: ['card'] as readonly Way[] });
const openAccount = (orgId: string) => provider.openAccount({ orgId, country: 'FR', email: 'a@example.org', done: 'http://localhost/done', again: 'http://localhost/again' });
/** Presses a button of one of the sandbox's pages. */
const answer = (url: string, more: Readonly<Record<string, string>>) =>
  provider.handle(new Request(url, { method: 'POST', body: new URLSearchParams({ ...Object.fromEntries(new URL(url).searchParams), ...more }) }));
const jobs = () => world.db.$queryRaw<{ payload: { id: string }; run_at: Date }[]>`
  SELECT job.payload, job.run_at FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id WHERE task.identifier = 'sandbox.hook' ORDER BY job.id`;

const waiting = async () => (await world.db.$queryRaw<{ id: string }[]>`
  SELECT job.payload->>'id' AS id FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id WHERE task.identifier = 'sandbox.clear' ORDER BY job.id`).map(({ id }) => id);

paymentsSuite('sandbox', () => ({
  provider,
  cards: { good: 'pm_ok', declined: 'pm_declined', authenticated: 'pm_authenticate', declinedLater: 'pm_balance_declined', authenticatedLater: 'pm_offsession_auth', notRefundable: 'pm_refund_failed', debit: 'pm_sepa', debitReturned: 'pm_sepa_refused' },
  confirm: (clientSecret, method) => entered('confirm', { clientSecret, method }),
  challenge: (clientSecret, passed) => entered('challenge', { clientSecret, outcome: passed ? 'pass' : 'fail' }),
  clear: (ref) => provider.clear(ref),
  dispute: async (won) => {
    const { ref, clientSecret } = await provider.beginPayment({ ...ask(crypto.randomUUID()), amount: euros(37_980n) });
    await entered('confirm', { clientSecret, method: won ? 'pm_dispute_won' : 'pm_dispute_lost' });
    return ref;
  },
  account: async (orgId, state) => {
    const { url } = await openAccount(orgId);
    expect((await answer(url, { state })).headers.get('location')).toBe('http://localhost/done');
  },
  hooks: async () => {
    const sentAt = new Date();
    const events = (await world.db.sandboxObject.findMany({ where: { kind: 'event' }, orderBy: { createdAt: 'asc' } })).filter(({ id }) => !seen.has(id));
    for (const { id } of events) seen.add(id);
    return Promise.all(events.map(async ({ id }) => ({ sentAt, ...await hookOf(world.db, id, { config: world.ctx.config, realNow: sentAt }) })));
  },
}));

/** The webhooks that were written since the last call, in order. */
const fresh = async () => {
  const events = (await world.db.sandboxObject.findMany({ where: { kind: 'event' }, orderBy: { createdAt: 'asc' } })).filter(({ id }) => !seen.has(id));
  for (const { id } of events) seen.add(id);
  return events.map(({ body }) => (body as { raw: string }).raw);
};

desksSuite('sandbox', () => ({
  disputes: provider.disputes!, cash: provider.cash!,
  contested: async () => {
    const { ref, clientSecret } = await provider.beginPayment(ask(crypto.randomUUID()));
    await entered('confirm', { clientSecret, method: 'pm_dispute_won' });
    return (await world.db.sandboxObject.findFirstOrThrow({ where: { kind: 'dispute', body: { path: ['intent'], equals: ref } } })).id;
  },
  decided: async (dispute) => { await world.db.sandboxObject.update({ where: { id: dispute }, data: { createdAt: new Date(0) } }); },
  stray: async (bookingId) => {
    const { ref } = await provider.beginPayment({ ...ask(crypto.randomUUID()), amount: euros(37_980n), bookingId });
    await provider.askTransfer(ref);
    await provider.cancel(ref);
    await provider.clear(ref);
  },
  told: async () => (await fresh()).flatMap((raw) => provider.parseNotice(raw) ?? []).filter(({ kind }) => kind !== 'other'),
}));

test('a card that is told twice has its one webhook sent twice, and a late one later', async () => {
  const count = (await jobs()).length;
  for (const method of ['pm_twice', 'pm_late']) await entered('confirm', { clientSecret: (await provider.beginPayment(ask(`told:${method}`))).clientSecret, method });
  const [one, two, late, ...others] = (await jobs()).slice(count);
  expect(others).toEqual([]);
  expect(one!.payload.id).toBe(two!.payload.id);
  expect(late!.run_at.getTime() - one!.run_at.getTime()).toBeGreaterThan(3_000);
});

test('a contested payment is told in its time: first the capture, then the dispute, then the decision', async () => {
  const count = (await jobs()).length;
  await entered('confirm', { clientSecret: (await provider.beginPayment(ask('contested'))).clientSecret, method: 'pm_dispute_lost' });
  const [captured, opened, closed, ...others] = (await jobs()).slice(count).map(({ run_at: at }) => at.getTime());
  expect(others).toEqual([]);
  expect(opened! - captured!).toBeGreaterThan(3_000);
  expect(closed! - opened!).toBeGreaterThan(10_000);
});

test('PayPal is approved on a page of its own, and is saved as it is; whoever refuses there may come back (IN-02)', async () => {
  const asked = { ...ask('wallet'), ways: ['paypal'] as const };
  const begun = await provider.beginPayment(asked);
  expect(begun).toMatchObject({ status: 'needs_method', page: expect.stringMatching(/^\/sandbox\/payments\/bank\?clientSecret=/u) as string });
  const page = `http://localhost${begun.page ?? ''}`;
  expect(await (await provider.handle(new Request(page, { headers: { 'accept-language': 'fr' } }))).text()).toContain('PayPal, au banc d’essai');
  // A card does not pay it.
  expect((await entered('confirm', { clientSecret: begun.clientSecret, method: 'pm_ok' })).status).toBe('needs_method');
  expect((await answer(page, { outcome: 'fail' })).headers.get('location')).toBe('/frame/back');
  expect(await provider.complete(begun.ref)).toMatchObject({ status: 'refused', refusal: 'authentication_failed', page: begun.page });
  await answer(page, { outcome: 'pass' });
  const done = await provider.complete(begun.ref);
  expect([done.status, done.page]).toEqual(['captured', undefined]);
  const { id } = await world.db.sandboxObject.findFirstOrThrow({ where: { kind: 'event' }, orderBy: { createdAt: 'desc' } });
  expect(provider.parseNotice((await hookOf(world.db, id, { config: world.ctx.config, realNow: new Date() })).raw)).toMatchObject({ kind: 'payment.captured', ref: begun.ref, method: { label: 'PayPal j•••@e•••.org' } });
});

test('another process, after a crash, knows what this one did', async () => {
  const begun = await provider.beginPayment(ask('crash'));
  await entered('confirm', { clientSecret: begun.clientSecret, method: 'pm_ok' });
  const again = openSandbox(world.ctx as Parameters<typeof openSandbox>[0]);
  expect(await again.beginPayment(ask('crash'))).toEqual({ ...begun, status: 'captured' });
});

test.each([
  ['another secret', 404, { clientSecret: 'pi_sbx_x_secret_y', method: 'pm_ok' }],
  ['a card number', 400, { clientSecret: 'pi_sbx_x_secret_y', method: '4242424242424242' }],
  ['no secret', 400, { method: 'pm_ok' }],
  ['no JSON', 400, 'clientSecret=1'],
  ['nothing', 400, 'null'],
])('the card entry is refused with %s', async (_, status, body) => {
  expect((await post('confirm', body)).status).toBe(status);
});

test('the client secret of one attempt opens no other, nor does half of it', async () => {
  const [one, two] = [await provider.beginPayment(ask('one')), await provider.beginPayment(ask('two'))];
  const mixed = `${one.ref}_secret_${two.clientSecret.split('_secret_')[1]}`;
  for (const clientSecret of [mixed, `${one.ref}_secret_`, one.ref, '']) expect((await post('confirm', { clientSecret, method: 'pm_ok' })).status).toBe(404);
  expect((await provider.readIntent(one.ref)).status).toBe('needs_method');
});

test('only confirm and challenge are there, and only by POST', async () => {
  expect((await post('refund', {})).status).toBe(400);
  expect((await provider.handle(new Request('http://platform.localhost/sandbox/payments/confirm'))).status).toBe(405);
});

test('webhooks are sent to our own door, signed, and sent again until they are taken', async () => {
  const heard: { url: string | undefined; raw: string; signature: string }[] = [];
  let answer = 500;
  const server = createServer((request, response) => {
    let raw = '';
    request.on('data', (chunk: Buffer) => { raw += chunk.toString(); });
    request.on('end', () => {
      heard.push({ url: request.url, raw, signature: String(request.headers['flow-signature']) });
      response.writeHead(answer).end('{}');
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo;
  const ctx = { ...world.ctx, config: { ...world.ctx.config, urls: { ...world.ctx.config.urls, platformFallback: `http://localhost:${port}` } } };
  const begun = await provider.beginPayment(ask('sent'));
  await entered('confirm', { clientSecret: begun.clientSecret, method: 'pm_ok' });
  const { payload } = (await jobs()).at(-1)!;
  await expect(sandboxTasks['sandbox.hook']!(ctx, payload)).rejects.toThrow('500');
  answer = 200;
  await sandboxTasks['sandbox.hook']!(ctx, payload);
  await new Promise((resolve) => server.close(resolve));
  expect(heard).toHaveLength(2);
  expect(heard[1]!.url).toBe('/hooks/payments');
  expect(provider.readNotice(heard[1]!.raw, heard[1]!.signature, new Date())).toMatchObject({ kind: 'payment.captured', ref: begun.ref });
  expect(heard[0]!.raw).toBe(heard[1]!.raw);
});

test('what is signed and not of a shape that we know says nothing', () => {
  const event = { id: 'evt_1', type: 'refund.paid', data: { object: { id: 're_1', amount: '100', currency: 'EUR' } } };
  expect(provider.parseNotice(JSON.stringify(event))).toMatchObject({ kind: 'refund.paid', ref: 're_1', amount: { minor: 100n, currency: 'EUR' } });
  const object = (over: object) => JSON.stringify({ ...event, data: { object: { ...event.data.object, ...over } } });
  for (const raw of ['', '{', 'null', '[]', '{}', JSON.stringify({ ...event, id: 'evt\0' }), object({ id: '' }), object({ amount: '1e9' }), object({ amount: '9'.repeat(19) }), object({ currency: 'USD' })]) {
    expect(provider.parseNotice(raw), raw).toBeNull();
  }
});

test('a producer’s account is opened on a page of ours, by whoever holds its address; until it is open it is paid nothing', async () => {
  const { url } = await openAccount('org_page');
  const page = await provider.handle(new Request(url, { headers: { 'accept-language': 'de' } }));
  expect(await page.text()).toContain('Alles beantworten');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await provider.readAccount('org_page')).toEqual({ state: 'begun', missing: ['external_account', 'individual.verification.document'] });
  const payout = { key: crypto.randomUUID(), turn: 0, amount: euros(100n), orgId: 'org_page', bookingId: 'bkg_1', captured: [] };
  await expect(provider.payOut(payout)).rejects.toMatchObject({ code: 'account_not_ready' });
  expect((await answer(url, { secret: 'another', state: 'open' })).status).toBe(404);
  expect((await answer(url, { state: 'paid' })).status).toBe(404);
  await answer(url, { state: 'missing' });
  expect(await provider.readAccount('org_page')).toMatchObject({ state: 'missing', missing: ['individual.verification.document'] });
  // The same page again: it goes on where it was left.
  expect((await openAccount('org_page')).url).toBe(url);
  await answer(url, { state: 'open' });
  expect((await provider.payOut(payout)).status).toBe('sent');
});

test('a bank may ask on a page of its own: it leads back whatever is answered there', async () => {
  const { ref, clientSecret } = await provider.beginPayment(ask('redirect'));
  const { status, redirect } = await entered('confirm', { clientSecret, method: 'pm_bancontact' }) as { status: string; refusal: string; redirect: string };
  expect(status).toBe('needs_action');
  const url = new URL(redirect, 'http://localhost').href;
  expect(await (await provider.handle(new Request(url, { headers: { 'accept-language': 'fr' } }))).text()).toContain('1,00');
  const back = await answer(url, { outcome: 'pass' });
  expect([back.status, back.headers.get('location')]).toEqual([303, '/frame/back']);
  expect((await provider.readIntent(ref)).status).toBe('captured');
  expect((await answer(url.replace('_secret_', '_secret_x'), { outcome: 'fail' })).status).toBe(404);
  expect((await provider.handle(new Request('http://localhost/sandbox/payments/bank'))).status).toBe(404);
});

test('the bank answers a debit or a transfer by itself, a while later', async () => {
  const before = new Set(await waiting());
  const debit = await provider.beginPayment(ask('debit alone'));
  await entered('confirm', { clientSecret: debit.clientSecret, method: 'pm_sepa' });
  const transfer = await provider.beginPayment(ask('transfer alone'));
  await provider.askTransfer(transfer.ref);
  const fresh = (await waiting()).filter((one) => !before.has(one));
  expect(fresh).toEqual([debit.ref, transfer.ref]);
  for (const id of fresh) await sandboxTasks['sandbox.clear']!(world.ctx, { id });
  for (const ref of fresh) expect((await provider.readIntent(ref)).status).toBe('captured');
});
