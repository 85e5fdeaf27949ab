import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SignedIn } from '../core/context.ts';
import { purge } from '../core/purge.ts';
import { play, signedDeal, type TestDeal } from '../core/test-deal.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { work } from '../worker.ts';
import { webhooksHeard, webhooksTasks } from './jobs.ts';
import { createEndpoint, deleteEndpoint, readEndpoints, readLog, replayDelivery, replayFailed, rotateSecret, sendDelivery, sendTest, switchEndpoint, updateEndpoint } from './service.ts';

interface Received { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }

let world: TestWorld;
let receiver: Server;
let port = 0;
let received: Received[] = [];
/** How each path answers; what is not named says thanks. */
let answers: Record<string, (res: ServerResponse, nth: number) => void> = {};

beforeAll(async () => {
  world = await openTestWorld();
  receiver = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const path = req.url ?? '';
      received.push({ path, headers: req.headers, body: Buffer.concat(chunks).toString('utf8') });
      (answers[path] ?? ((one) => { one.writeHead(200).end('merci'); }))(res, received.filter((one) => one.path === path).length);
    });
  });
  await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve); });
  ({ port } = receiver.address() as AddressInfo);
});
afterAll(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => { receiver.close(resolve); });
  await world.close();
});
beforeEach(() => { received = []; answers = {}; world.at('2027-03-01T12:00:00Z'); });
afterEach(async () => {
  await world.db.webhookEndpoint.deleteMany();
  await world.pool.query('DELETE FROM graphile_worker._private_jobs');
  world.atReal(null);
});

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const at = (path: string) => `http://hook.localhost:${port}${path}`;
const as = (orgId: string, over: object = {}): SignedIn => world.as({ orgId, ...over });
const hear = () => world.drain({ webhooks: webhooksHeard });
const run = () => world.drain({ webhooks: webhooksHeard }, webhooksTasks);
/** The artist of a signed deal, with an endpoint. */
async function subscribed(path = '/hook', deal?: TestDeal) {
  const made = deal ?? await signedDeal(world.ctx);
  await world.db.delivery.updateMany({ where: { consumer: 'webhooks', doneAt: null }, data: { doneAt: new Date() } });
  const me = as(made.orgId);
  return { deal: made, me, ...await createEndpoint(me, { url: at(path), topics: ['show.played', 'contract.signed'] }) };
}
const log = async (me: SignedIn, id: string) => (await readLog(me, { id, failed: false })).deliveries;
async function newest(me: SignedIn, id: string) {
  const [first] = await log(me, id);
  return first!;
}

describe('what happens to a booking is told (AP-04, AP-06, AP-07)', () => {
  test('a fact that is subscribed to arrives signed, with ids and nothing else; the log says so', async () => {
    const { deal, me, endpoint, secret } = await subscribed();
    await play(world.ctx, deal);
    await run();
    expect(received).toHaveLength(1);
    const [{ headers, body }] = received as [Received];
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({ type: 'show.played', timestamp: '2027-03-01T12:00:00.000Z', data: { bookingId: deal.bookingId } });
    const [delivery] = await log(me, endpoint.id);
    expect(delivery).toMatchObject({ state: 'delivered', topic: 'show.played', body, eventId: headers['webhook-id'], nextAt: null, tries: [{ outcome: 'delivered', status: 200, answer: 'merci' }] });
  });

  test('what is not subscribed to, and what happens to others, is not sent', async () => {
    const { deal } = await subscribed();
    const other = await signedDeal(world.ctx);
    await createEndpoint(as(deal.buyerOrgId), { url: at('/buyer'), topics: ['contract.signed'] });
    await play(world.ctx, deal);
    await play(world.ctx, other);
    await run();
    expect(received.map(({ path }) => path)).toEqual(['/hook']);
  });

  test('both sides are told of the same event by the same id; a commission invoice, ours or its booker’s, is the artist’s alone', async () => {
    const { deal, me } = await subscribed();
    const buyer = as(deal.buyerOrgId);
    await createEndpoint(buyer, { url: at('/buyer'), topics: ['show.played', 'invoice.issued'] });
    await createEndpoint(me, { url: at('/artist'), topics: ['invoice.issued'] });
    await play(world.ctx, deal);
    for (const [issuerOrgId, kind] of [['platform', 'commission'], [deal.orgId, 'booker']] as const) {
      const invoiceId = world.ctx.newId('inv');
      await world.db.invoice.create({ data: {
        id: invoiceId, issuerOrgId, payerOrgId: deal.orgId, bookingId: deal.bookingId, kind, series: 'C', number: invoiceId, sequence: 1, netMinor: 100n, vatBps: 2_000, vatMinor: 20n, totalMinor: 120n, currency: 'EUR',
        issuedDay: new Date('2027-03-01'), dueDay: new Date('2027-03-31'), content: { lines: [1] }, fileId: 'fil_1',
      } });
      const fact = await world.db.fact.create({ data: { topic: 'invoice.issued', subject: deal.bookingId, payload: { bookingId: deal.bookingId, invoiceId }, toldAt: new Date() } });
      await world.db.delivery.create({ data: { factId: fact.id, consumer: 'webhooks' } });
    }
    await run();
    expect(received.map(({ path }) => path).sort()).toEqual(['/artist', '/artist', '/buyer', '/hook']);
    expect(new Set(received.filter(({ path }) => path !== '/artist').map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('what one organisation owes after a lost dispute is told to it alone, neither to the buyer nor to the other debtor (ES-20)', async () => {
    const { deal } = await subscribed('/hook', await signedDeal(world.ctx, { booker: {} }));
    for (const [path, orgId] of [['/artist', deal.orgId], ['/buyer', deal.buyerOrgId], ['/booker', deal.bookerOrgId]] as const) await createEndpoint(as(orgId), { url: at(path), topics: ['claim.opened'] });
    const claimId = world.ctx.newId('clm');
    await world.db.claim.create({ data: { id: claimId, ref: `du_${claimId}`, bookingId: deal.bookingId, orgId: deal.bookerOrgId, share: 'booker', minor: 4_874n, leftMinor: 4_874n, currency: 'EUR', reason: 'fraudulent', openedAt: world.ctx.now(), dueDay: new Date('2027-03-31') } });
    const fact = await world.db.fact.create({ data: { topic: 'claim.opened', subject: deal.bookingId, payload: { bookingId: deal.bookingId, claimId }, toldAt: new Date() } });
    await world.db.delivery.create({ data: { factId: fact.id, consumer: 'webhooks' } });
    await run();
    expect(received.map(({ path }) => path)).toEqual(['/booker']);
  });

  test('a fact that is heard twice is written down once', async () => {
    const { deal, me, endpoint } = await subscribed();
    await play(world.ctx, deal);
    await hear();
    await world.db.delivery.updateMany({ where: { consumer: 'webhooks', fact: { topic: 'show.played', subject: deal.bookingId } }, data: { doneAt: null } });
    await run();
    expect(received).toHaveLength(1);
    expect(await log(me, endpoint.id)).toHaveLength(1);
  });

  test('while a secret is changed both sign, and after seven days the new one alone', async () => {
    const { me, endpoint, secret } = await subscribed();
    const rotated = await rotateSecret(me, endpoint.id);
    expect(rotated.secret).not.toBe(secret);
    const day = 86_400_000;
    await sendTest(me, endpoint.id);
    await run();
    for (const one of [secret, rotated.secret]) expect(new Webhook(one).verify(received[0]!.body, received[0]!.headers as Record<string, string>)).toMatchObject({ type: 'webhook.test' });
    world.atReal(new Date(Date.now() + 7 * day + 1_000).toISOString());
    await sendTest(me, endpoint.id);
    await run();
    expect(String(received[1]!.headers['webhook-signature']).split(' ')).toHaveLength(1);
    expect((await readEndpoints(me)).endpoints[0]?.previousUntil).toBeNull();
  });
});

describe('what is not taken is tried again, and then given up (AP-05, AP-07)', () => {
  test('five tries under one id, then the owners are told, and all that failed is sent again at a press', async () => {
    const { deal, me, endpoint } = await subscribed();
    const userId = world.ctx.newId('usr');
    await world.db.user.create({ data: { id: userId, name: 'Ana', email: `${userId}@artist.example`, emailVerified: true, createdAt: new Date(), updatedAt: new Date() } });
    await world.db.member.create({ data: { orgId: deal.orgId, userId, role: 'owner' } });
    answers['/hook'] = (res) => { res.writeHead(500).end('é'.repeat(600)); };
    await play(world.ctx, deal);
    await hear();
    const { id } = await newest(me, endpoint.id);
    let before = Date.now();
    for (const [seconds, least] of [[60, 48], [300, 240], [1_500, 1_200], [7_500, 6_000]] as const) {
      await sendDelivery(world.ctx, id);
      const [waiting] = await log(me, endpoint.id);
      const pause = (Date.parse(waiting!.nextAt!) - before) / 1_000;
      expect(waiting!.state).toBe('waiting');
      expect(pause).toBeGreaterThanOrEqual(least - 1);
      expect(pause).toBeLessThanOrEqual(seconds * 1.2 + 5);
      before = Date.now();
    }
    expect(await world.db.mail.count({ where: { orgId: deal.orgId } })).toBe(0);
    await sendDelivery(world.ctx, id);
    const [given] = await log(me, endpoint.id);
    expect(given).toMatchObject({ state: 'failed', nextAt: null });
    expect(given!.tries.map(({ outcome, status, answer }) => [outcome, status, answer])).toEqual(Array(5).fill(['status', 500, 'é'.repeat(500)]));
    await sendDelivery(world.ctx, id);
    expect(received).toHaveLength(5);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await world.db.mail.findMany({ where: { orgId: deal.orgId }, select: { to: true, subject: true } })).toEqual([{ to: `${userId}@artist.example`, subject: 'Un webhook n’a pas pu être remis' }]);
    expect((await readEndpoints(me)).endpoints[0]).toMatchObject({ failed: 1, waiting: 0 });

    answers = {};
    expect(await replayFailed(me, endpoint.id)).toEqual({ n: 1 });
    expect(await replayFailed(me, endpoint.id)).toEqual({ n: 0 });
    await run();
    expect(received).toHaveLength(6);
    expect(received[5]!.body).toBe(received[0]!.body);
    expect((await log(me, endpoint.id))[0]).toMatchObject({ state: 'delivered' });
  });

  test('what was delivered is sent once more under the same id when it is asked for', async () => {
    const { deal, me, endpoint } = await subscribed();
    await play(world.ctx, deal);
    await run();
    const { id, eventId } = await newest(me, endpoint.id);
    expect((await replayDelivery(me, id)).state).toBe('waiting');
    await replayDelivery(me, id);
    await run();
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([eventId, eventId]);
  });

  test('410 Gone switches the endpoint off, says so to the owners, and nothing more is sent', async () => {
    const { deal, me, endpoint } = await subscribed();
    answers['/hook'] = (res) => { res.writeHead(410).end(); };
    await play(world.ctx, deal);
    await run();
    expect((await readEndpoints(me)).endpoints[0]).toMatchObject({ gone: true, offAt: expect.any(String) as string });
    expect((await log(me, endpoint.id))[0]).toMatchObject({ state: 'failed', tries: [{ outcome: 'gone', status: 410 }] });
    await expect(sendTest(me, endpoint.id)).rejects.toThrow(refusal('webhook_off'));
    await expect(replayFailed(me, endpoint.id)).rejects.toThrow(refusal('webhook_off'));
    await play(world.ctx, deal);
    await run();
    expect(received).toHaveLength(1);
    expect(await switchEndpoint(me, { id: endpoint.id, on: true })).toMatchObject({ offAt: null, gone: false });
  });

  test('an endpoint that took nothing for five days is switched off and its owners are told; one that answered in between is not (AP-05)', async () => {
    const { deal, me, endpoint } = await subscribed();
    const userId = world.ctx.newId('usr');
    await world.db.user.create({ data: { id: userId, name: 'Ana', email: `${userId}@artist.example`, emailVerified: true, createdAt: new Date(), updatedAt: new Date() } });
    await world.db.member.create({ data: { orgId: deal.orgId, userId, role: 'owner' } });
    const begin = Date.now();
    const dayMs = 86_400_000;
    const onDay = (days: number) => { world.atReal(new Date(begin + days * dayMs).toISOString()); };
    const giveUp = async () => {
      await play(world.ctx, deal);
      await hear();
      const { id } = await newest(me, endpoint.id);
      for (let n = 0; n < 5; n += 1) await sendDelivery(world.ctx, id);
      return (await readEndpoints(me)).endpoints[0]!;
    };
    const refuse = () => { answers['/hook'] = (res) => { res.writeHead(500).end(); }; };
    refuse();
    expect(await giveUp()).toMatchObject({ offAt: null, failing: false });
    onDay(4);
    expect(await giveUp()).toMatchObject({ offAt: null, failing: false });
    // One that arrives, and the days are counted anew.
    answers = {};
    await sendTest(me, endpoint.id);
    await run();
    refuse();
    onDay(6);
    expect(await giveUp()).toMatchObject({ offAt: null, failing: false });
    onDay(11);
    expect(await giveUp()).toMatchObject({ failing: true, gone: false, offAt: new Date(begin + 11 * dayMs).toISOString() });
    expect(await world.db.mail.findMany({ where: { orgId: deal.orgId }, orderBy: { id: 'asc' }, select: { subject: true } })).toEqual([...Array<object>(3).fill({ subject: 'Un webhook n’a pas pu être remis' }), { subject: 'Un webhook a été éteint' }]);
    expect(await switchEndpoint(me, { id: endpoint.id, on: true })).toMatchObject({ offAt: null, failing: false });
    expect(await giveUp()).toMatchObject({ offAt: null });
  });

  test('what waits when an endpoint is switched off fails without a try', async () => {
    const { deal, me, endpoint } = await subscribed();
    await play(world.ctx, deal);
    await hear();
    await switchEndpoint(me, { id: endpoint.id, on: false });
    await run();
    expect(received).toEqual([]);
    expect((await log(me, endpoint.id))[0]).toMatchObject({ state: 'failed', tries: [] });
  });

  test('a redirect is not followed, a long answer not read, a dead port and an unreadable secret are said', async () => {
    const { me, endpoint } = await subscribed();
    answers['/hook'] = (res) => { res.writeHead(302, { location: at('/elsewhere') }).end(); };
    answers['/long'] = (res) => { res.writeHead(500); const more = () => { while (res.write('x'.repeat(100_000))); }; res.on('drain', more); more(); };
    const outcomeAt = async (url: string) => {
      await updateEndpoint(me, { id: endpoint.id, url, topics: ['show.played'] });
      await sendTest(me, endpoint.id);
      await run();
      return (await log(me, endpoint.id))[0]!.tries[0];
    };
    expect(await outcomeAt(at('/hook'))).toMatchObject({ outcome: 'redirect', status: 302 });
    expect(await outcomeAt(at('/long'))).toMatchObject({ outcome: 'status', status: 500, answer: 'x'.repeat(500) });
    expect(await outcomeAt('http://hook.localhost:1/')).toMatchObject({ outcome: 'unreachable', status: null });
    expect(received.map(({ path }) => path)).toEqual(['/hook', '/long']);
    await world.db.webhookEndpoint.update({ where: { id: endpoint.id }, data: { secret: 'of another installation' } });
    expect(await outcomeAt(at('/hook'))).toMatchObject({ outcome: 'secret_lost' });
    expect(received).toHaveLength(2);
    // A test is tried once.
    expect((await log(me, endpoint.id)).every(({ state, tries }) => state === 'failed' && tries.length === 1)).toBe(true);
  });

  test('who dies between sending and entering sends it again, under the same id', async () => {
    const { deal, me, endpoint } = await subscribed();
    await play(world.ctx, deal);
    await hear();
    const { id } = await newest(me, endpoint.id);
    const dying = { ...world.ctx, db: new Proxy(world.ctx.db, { get: (db, name) => (name === '$transaction' ? () => Promise.reject(new Error('killed')) : Reflect.get(db, name) as unknown) }) };
    await expect(sendDelivery(dying, id)).rejects.toThrow('killed');
    await run();
    expect(received).toHaveLength(2);
    expect(received[0]!.headers['webhook-id']).toBe(received[1]!.headers['webhook-id']);
    expect((await log(me, endpoint.id))[0]).toMatchObject({ state: 'delivered', tries: [{ outcome: 'delivered' }] });
  });

  test('two workers at once send each event once; a silent endpoint keeps nobody waiting but itself', async () => {
    const { deal, me, endpoint } = await subscribed();
    const silent = await createEndpoint(me, { url: at('/silent'), topics: ['show.played'] });
    answers['/silent'] = () => undefined;
    for (let n = 0; n < 3; n += 1) await play(world.ctx, deal);
    await hear();
    for (let n = 0; n < 8; n += 1) await sendTest(me, endpoint.id);
    const workers = await Promise.all([work(world.ctx, world.pool), work(world.ctx, world.pool)]);
    try {
      await expect.poll(() => received.filter(({ path }) => path === '/hook').length, { timeout: 8_000 }).toBe(11);
      await expect.poll(async () => (await log(me, endpoint.id)).filter(({ state }) => state === 'delivered').length).toBe(11);
      expect(new Set(received.filter(({ path }) => path === '/hook').map(({ headers }) => headers['webhook-id'])).size).toBe(11);
      expect(received.filter(({ path }) => path === '/silent')).toHaveLength(1);
      await expect.poll(async () => (await log(me, silent.endpoint.id)).flatMap(({ tries }) => tries)[0]?.outcome, { timeout: 14_000, interval: 500 }).toBe('slow');
      await deleteEndpoint(me, silent.endpoint.id);
    } finally {
      receiver.closeAllConnections();
      await Promise.all(workers.map(({ stop }) => stop()));
    }
  }, 40_000);
});

describe('who may', () => {
  test('another organisation finds nothing; an observer, a booker and a link may not', async () => {
    const { deal, me, endpoint } = await subscribed();
    await sendTest(me, endpoint.id);
    const { id } = await newest(me, endpoint.id);
    const acts = (who: SignedIn) => [
      () => updateEndpoint(who, { id: endpoint.id, url: at('/theirs'), topics: ['show.played'] }), () => rotateSecret(who, endpoint.id), () => switchEndpoint(who, { id: endpoint.id, on: false }),
      () => deleteEndpoint(who, endpoint.id), () => sendTest(who, endpoint.id), () => readLog(who, { id: endpoint.id, failed: false }), () => replayDelivery(who, id), () => replayFailed(who, endpoint.id),
    ];
    for (const act of acts(as(deal.buyerOrgId))) await expect(act()).rejects.toThrow(refusal('not_found'));
    for (const who of [as(deal.orgId, { role: 'observer' }), as(deal.orgId, { mandated: true })]) for (const act of [...acts(who), () => readEndpoints(who)]) await expect(act()).rejects.toThrow(refusal('role_too_low'));
    const holder = as(deal.orgId, { link: { purpose: 'file', bookingId: deal.bookingId } });
    for (const act of [...acts(holder), () => readEndpoints(holder)]) await expect(act()).rejects.toThrow(refusal('not_found'));
    expect((await readEndpoints(as(deal.buyerOrgId))).endpoints).toEqual([]);
    await expect(replayDelivery(me, 'whd_none')).rejects.toThrow(refusal('not_found'));
  });

  test('the database refuses a delivery to another organisation’s endpoint, a secret as it is, and no topic', async () => {
    const { deal, endpoint } = await subscribed();
    await expect(world.db.webhookDelivery.create({ data: { id: 'whd_x', endpointId: endpoint.id, orgId: deal.buyerOrgId, eventId: 'evt_x', topic: 'x', body: '', nextAt: new Date(), createdAt: new Date() } })).rejects.toThrow('webhook_delivery_endpoint_id_org_id_fkey');
    await expect(world.db.webhookEndpoint.update({ where: { id: endpoint.id }, data: { secret: 'whsec_open' } })).rejects.toThrow('webhook_endpoint_secret');
    await expect(world.db.webhookEndpoint.update({ where: { id: endpoint.id }, data: { topics: [] } })).rejects.toThrow('webhook_endpoint_topics');
    await expect(world.db.webhookEndpoint.update({ where: { id: endpoint.id }, data: { url: 'http://theatre.example/' } })).rejects.toThrow('webhook_endpoint_url');
  });

  test('ten endpoints are enough, and none is where we must not look', async () => {
    const { me, endpoint } = await subscribed();
    for (const url of ['http://theatre.example/', 'https://127.0.0.1/', 'https://169.254.169.254/latest', 'https://[::ffff:10.0.0.1]/', 'https://router/', 'https://a:b@theatre.example/']) {
      await expect(createEndpoint(me, { url, topics: ['show.played'] }), url).rejects.toThrow(refusal('webhook_url_refused'));
      await expect(updateEndpoint(me, { id: endpoint.id, url, topics: ['show.played'] }), url).rejects.toThrow(refusal('webhook_url_refused'));
    }
    const production = { ...me, config: { ...me.config, environment: 'production' as const } };
    await expect(createEndpoint(production, { url: at('/hook'), topics: ['show.played'] })).rejects.toThrow(refusal('webhook_url_refused'));
    for (let n = 1; n < 10; n += 1) await createEndpoint(me, { url: `https://theatre.example:8443/${n}`, topics: ['show.played'] });
    await expect(createEndpoint(me, { url: at('/one-more'), topics: ['show.played'] })).rejects.toThrow(refusal('webhook_full'));
  });

  test('the log is read in parts, and forgotten after thirty days', async () => {
    const { me, endpoint } = await subscribed();
    for (let n = 0; n < 52; n += 1) await sendTest(me, endpoint.id);
    const first = await readLog(me, { id: endpoint.id, failed: false });
    expect([first.deliveries.length, first.more]).toEqual([50, true]);
    const rest = await readLog(me, { id: endpoint.id, failed: false, before: first.deliveries.at(-1)!.id });
    expect([rest.deliveries.length, rest.more]).toEqual([2, false]);
    expect((await readLog(me, { id: endpoint.id, failed: true })).deliveries).toEqual([]);
    await run();
    expect(await purge(world.ctx)).toBe(0);
    await world.db.webhookDelivery.updateMany({ where: { id: rest.deliveries[0]!.id }, data: { createdAt: new Date(Date.now() - 31 * 86_400_000) } });
    expect(await purge(world.ctx)).toBe(1);
    expect(await log(me, endpoint.id)).toHaveLength(50);
  });
});
