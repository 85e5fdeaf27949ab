import { randomInt } from 'node:crypto';
import { ownersOf } from '../booking/service.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { localeOf } from '../core/locale.ts';
import { addJob } from '../core/outbox.ts';
import { permit, type Act } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { newSecret, openSecret, sealSecret, signatureOf } from '../core/signed-messages.ts';
import { SUBSCRIBERS, type Topic, type Topics } from '../core/topics.ts';
import { maySend, postToWeb } from '../core/web.ts';
import { representedBy } from '../identity/service.ts';
import { MOST_TRIES, pauseAfter, PAUSES } from './backoff.ts';
import { bodyOf, keptOf, outcomeOf, TEST_EVENT, type Outcome } from './event.ts';
import { troubleLetter, type Trouble } from './words.ts';

/** How many endpoints an organisation may have. */
const MOST_ENDPOINTS = 10;
/** How long the old secret is signed with beside the new one: seven days, as for the keys of sites. */
const overlapMs = 7 * 86_400_000;
/** How long every event may fail before an endpoint is switched off: five days, so that a long weekend switches nothing off. */
const failingMs = 5 * 86_400_000;
/** How long an endpoint may take for its whole answer. */
const PATIENCE_MS = 10_000;
/** How many deliveries the log shows at once, and how many are sent again at once. */
const [shown, atOnce] = [50, 1_000];

/** Writes a fact down for each endpoint that subscribes to it, of each organisation whose booking, match or wish it is; each is sent by a job of its own. */
export async function enterDeliveries(ctx: Context, heard: { topic: Topic; payload: Topics[Topic]; fact: { id: bigint; toldAt: Date } }): Promise<void> {
  const { topic, payload, fact } = heard;
  const endpoints = await ctx.db.webhookEndpoint.findMany({ where: { orgId: { in: await concerned(ctx, payload) }, offAt: null, topics: { has: topic } } });
  if (endpoints.length === 0) return;
  const eventId = ctx.newId('evt');
  const body = bodyOf(topic, fact.toldAt, payload);
  for (const endpoint of endpoints) {
    const id = ctx.newId('whd');
    const { count } = await ctx.db.webhookDelivery.createMany({
      data: [{ id, endpointId: endpoint.id, orgId: endpoint.orgId, factId: fact.id, eventId, topic, body, nextAt: ctx.realNow(), createdAt: ctx.realNow() }], skipDuplicates: true,
    });
    if (count > 0) await sendSoon(ctx, { id, endpointId: endpoint.id });
  }
}

/** The organisations that a fact is about: both sides, and the artist's bookers; of a tour, who plans it. */
async function concerned(ctx: Context, payload: Topics[Topic]): Promise<string[]> {
  if ('matchId' in payload) return [payload.orgId, payload.placeOrgId, ...await representedBy(ctx.db, payload.orgId, ctx.now())];
  // What somebody plans is theirs alone.
  if ('planId' in payload) return [payload.orgId];
  if ('wishId' in payload) return [payload.orgId, ...await representedBy(ctx.db, payload.orgId, ctx.now())];
  const owners = await ownersOf(ctx, payload.bookingId);
  // What one organisation owes us is its own.
  if ('claimId' in payload) return [(await ctx.db.claim.findUniqueOrThrow({ where: { id: payload.claimId }, select: { orgId: true } })).orgId];
  // What we and its booker charge the artist is not the buyer's business.
  const hidden = 'invoiceId' in payload && await ctx.db.invoice.count({ where: { id: payload.invoiceId, kind: { in: ['commission', 'booker'] } } }) > 0;
  return [owners.orgId, ...owners.representedBy, ...(hidden ? [] : [owners.buyerOrgId])];
}

/** An endpoint's deliveries leave one after another: whoever is slow is slow for themselves. */
const sendSoon = (ctx: Context, { id, endpointId }: { id: string; endpointId: string }, at?: Date): Promise<void> =>
  addJob(ctx, 'webhook', { deliveryId: id }, { queue: endpointId, key: `webhook:${id}`, ...(at && { at }) });

interface Try { readonly outcome: Outcome; readonly status: number | null; readonly answer: string }

/** Tries a delivery once, and enters how it went. What is delivered, given up or deleted is left alone; whoever dies between the two sends it again. */
export async function sendDelivery(ctx: Context, id: string): Promise<void> {
  const delivery = await findDelivery(ctx, id);
  if (delivery?.state !== 'waiting') return;
  if (delivery.endpoint.offAt) {
    await ctx.db.webhookDelivery.updateMany({ where: { id, state: 'waiting' }, data: { state: 'failed', nextAt: null } });
    return;
  }
  const begun = performance.now();
  const at = ctx.realNow();
  const made = await call(ctx, delivery, at);
  await enterTry(ctx, delivery, { ...made, at, ms: Math.round(performance.now() - begun) });
}

type Delivery = NonNullable<Awaited<ReturnType<typeof findDelivery>>>;
const findDelivery = (ctx: Context, id: string) => ctx.db.webhookDelivery.findUnique({ where: { id }, include: { endpoint: true } });

async function call(ctx: Context, { eventId, body, endpoint }: Delivery, at: Date): Promise<Try> {
  const { id, url, secret, previous, previousUntil } = endpoint;
  const sealed = [secret, ...(previous && previousUntil && previousUntil > at ? [previous] : [])];
  const secrets = sealed.map((one) => openSecret(one, id, ctx.config.sessionSecret)).filter((one) => one !== null);
  if (secrets.length === 0) return { outcome: 'secret_lost', status: null, answer: '' };
  const seconds = Math.floor(at.getTime() / 1_000);
  const headers = { 'webhook-id': eventId, 'webhook-timestamp': String(seconds), 'webhook-signature': signatureOf({ id: eventId, seconds, body }, secrets) };
  const sent = await postToWeb(url, { headers, body }, { local: isLocalAllowed(ctx), patienceMs: PATIENCE_MS });
  return sent.outcome === 'answered' ? { outcome: outcomeOf(sent.status), status: sent.status, answer: keptOf(sent.body) } : { outcome: sent.outcome, status: null, answer: '' };
}

const isLocalAllowed = ({ config }: Context): boolean => config.environment !== 'production';

async function enterTry(ctx: Context, delivery: Delivery, made: Try & { at: Date; ms: number }): Promise<void> {
  const { id, endpoint, topic } = delivery;
  const tries = delivery.tries + 1;
  const good = made.outcome === 'delivered';
  // A test is tried once: somebody is looking.
  const pause = good || made.outcome === 'gone' || topic === TEST_EVENT ? null : pauseAfter(tries, randomInt(1_000_001) / 1_000_000);
  const nextAt = pause === null ? null : new Date(made.at.getTime() + made.ms + pause);
  await transact(ctx, async (tx) => {
    const { count } = await tx.db.webhookDelivery.updateMany({ where: { id, state: 'waiting', tries: delivery.tries }, data: { tries, nextAt, state: good ? 'delivered' : nextAt ? 'waiting' : 'failed' } });
    // Deleted, or entered by whoever took this work over.
    if (count === 0) return;
    await tx.db.webhookTry.create({ data: { deliveryId: id, at: made.at, ms: made.ms, outcome: made.outcome, status: made.status, answer: made.answer } });
    if (nextAt) await sendSoon(tx, { id, endpointId: endpoint.id }, nextAt);
    else if (good) await tx.db.webhookEndpoint.updateMany({ where: { id: endpoint.id, offAt: null, failingSince: { not: null } }, data: { failingSince: null } });
    else if (made.outcome === 'gone') await switchOff(tx, endpoint, 'gone', made.at);
    else if (topic !== TEST_EVENT) {
      tx.log.warn({ endpoint: endpoint.id, delivery: id, topic, outcome: made.outcome, status: made.status }, 'a webhook was given up after its last try');
      const { failingSince } = await tx.db.webhookEndpoint.findUniqueOrThrow({ where: { id: endpoint.id } });
      if (failingSince && made.at.getTime() - failingSince.getTime() >= failingMs) await switchOff(tx, endpoint, 'failing', made.at);
      else {
        await tx.db.webhookEndpoint.updateMany({ where: { id: endpoint.id, failingSince: null }, data: { failingSince: made.at } });
        await tellOwners(tx, endpoint, 'given_up', made.at);
      }
    }
  });
}

async function switchOff(tx: Context, endpoint: Delivery['endpoint'], why: 'gone' | 'failing', at: Date): Promise<void> {
  const { count } = await tx.db.webhookEndpoint.updateMany({ where: { id: endpoint.id, offAt: null }, data: { offAt: at, gone: why === 'gone' } });
  if (count > 0) await tellOwners(tx, endpoint, why, at);
}

/** A mail to each owner; of one endpoint, one a day at most. */
async function tellOwners(ctx: Context, { id, orgId, url }: Delivery['endpoint'], trouble: Trouble, at: Date): Promise<void> {
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, include: { members: { where: { role: 'owner' }, include: { user: true } } } });
  const { origin, pathname } = new URL(url);
  for (const { user } of org.members) {
    const cause = `webhook:${trouble}:${id}:${trouble === 'given_up' ? at.toISOString().slice(0, 10) : at.getTime()}:${user.email}`;
    await post(ctx, { cause, email: user.email, orgId }, troubleLetter(trouble, localeOf(user.locale), { url: origin + pathname, org: org.name, log: `${ctx.config.urls.platform}/webhooks?id=${id}` }));
  }
}

/** What a partner says of an endpoint. */
interface EndpointInput { readonly url: string; readonly topics: readonly Topic[] }

/** Every fact that can be subscribed to, in the order of what is told. */
export const TOPICS = Object.keys(SUBSCRIBERS) as Topic[];

/** The organisation's endpoints, the newest first, with what can be subscribed to and when a failed try is made again, in seconds. */
export async function readEndpoints(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'webhook.read', { orgId });
  const endpoints = await ctx.db.webhookEndpoint.findMany({ where: { orgId }, orderBy: { createdAt: 'desc' } });
  return { endpoints: endpoints.map(await viewer(ctx, endpoints)), topics: TOPICS, pauses: [...PAUSES], tries: MOST_TRIES };
}

/** Subscribes an endpoint. The secret is told now and never again. @throws AppError `webhook_url_refused`, `webhook_full`. */
export async function createEndpoint(ctx: SignedIn, input: EndpointInput) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'webhook.edit', { orgId });
  const url = checkedUrl(ctx, input.url);
  const [id, secret] = [ctx.newId('whe'), newSecret()];
  return transact(ctx, async (tx) => {
    await lock(tx, `webhooks:${orgId}`);
    if (await tx.db.webhookEndpoint.count({ where: { orgId } }) >= MOST_ENDPOINTS) throw new AppError('webhook_full', { most: String(MOST_ENDPOINTS) });
    const endpoint = await tx.db.webhookEndpoint.create({ data: { id, orgId, url, topics: inOrder(input.topics), secret: sealSecret(secret, id, tx.config.sessionSecret), createdAt: tx.realNow() } });
    return { endpoint: await viewOf(tx, endpoint), secret };
  });
}

/** Changes where an endpoint is, or what it hears; what waits goes to the new address. @throws AppError `not_found`, `webhook_url_refused`. */
export async function updateEndpoint(ctx: SignedIn, { id, url, topics }: EndpointInput & { id: string }) {
  await findEndpoint(ctx, 'webhook.edit', id);
  return viewOf(ctx, await ctx.db.webhookEndpoint.update({ where: { id }, data: { url: checkedUrl(ctx, url), topics: inOrder(topics) } }));
}

/** Gives an endpoint a new secret, told now and never again; for seven days both sign. @throws AppError `not_found`. */
export async function rotateSecret(ctx: SignedIn, id: string) {
  const { secret: previous } = await findEndpoint(ctx, 'webhook.edit', id);
  const secret = newSecret();
  const endpoint = await ctx.db.webhookEndpoint.update({
    where: { id }, data: { secret: sealSecret(secret, id, ctx.config.sessionSecret), previous, previousUntil: new Date(ctx.realNow().getTime() + overlapMs) },
  });
  return { endpoint: await viewOf(ctx, endpoint), secret };
}

/** Switches an endpoint off or on. While it is off nothing is written down for it, and what waits fails. @throws AppError `not_found`. */
export async function switchEndpoint(ctx: SignedIn, { id, on }: { id: string; on: boolean }) {
  await findEndpoint(ctx, 'webhook.edit', id);
  return viewOf(ctx, await ctx.db.webhookEndpoint.update({ where: { id }, data: { offAt: on ? null : ctx.realNow(), gone: false, failingSince: null } }));
}

/** Deletes an endpoint and its log. @throws AppError `not_found`. */
export async function deleteEndpoint(ctx: SignedIn, id: string): Promise<void> {
  await findEndpoint(ctx, 'webhook.edit', id);
  await ctx.db.webhookEndpoint.deleteMany({ where: { id } });
}

/** Sends an endpoint a `webhook.test`, once. @throws AppError `not_found`, `webhook_off`, `rate_limited`. */
export async function sendTest(ctx: SignedIn, endpointId: string) {
  const endpoint = await findEndpoint(ctx, 'webhook.edit', endpointId);
  if (endpoint.offAt) throw new AppError('webhook_off');
  await ctx.limits?.check(ctx.actor.orgId);
  const at = ctx.realNow();
  return transact(ctx, async (tx) => {
    const delivery = await tx.db.webhookDelivery.create({
      data: { id: tx.newId('whd'), endpointId, orgId: endpoint.orgId, eventId: tx.newId('evt'), topic: TEST_EVENT, body: bodyOf(TEST_EVENT, at, { endpointId }), nextAt: at, createdAt: at }, include: withLog,
    });
    await sendSoon(tx, delivery);
    return deliveryView(delivery);
  });
}

/** What was sent to an endpoint, the newest first, fifty at a time; `before` is the last one that was read. @throws AppError `not_found`. */
export async function readLog(ctx: SignedIn, { id, failed, before }: { id: string; failed: boolean; before?: string | undefined }) {
  await findEndpoint(ctx, 'webhook.read', id);
  const rows = await ctx.db.webhookDelivery.findMany({
    where: { endpointId: id, ...(failed && { state: 'failed' }), ...(before && { id: { lt: before } }) }, orderBy: { id: 'desc' }, take: shown + 1, include: withLog,
  });
  return { deliveries: rows.slice(0, shown).map(deliveryView), more: rows.length > shown };
}

/** Sends one delivery again, under the same id, with all its tries before it; one that waits is left to wait. @throws AppError `not_found`, `webhook_off`. */
export async function replayDelivery(ctx: SignedIn, id: string) {
  const delivery = await ctx.db.webhookDelivery.findUnique({ where: { id } });
  if (!delivery) throw new AppError('not_found');
  const endpoint = await findEndpoint(ctx, 'webhook.edit', delivery.endpointId);
  if (endpoint.offAt) throw new AppError('webhook_off');
  await replay(ctx, [delivery]);
  return deliveryView(await ctx.db.webhookDelivery.findUniqueOrThrow({ where: { id }, include: withLog }));
}

/** Sends everything again that failed at an endpoint, the oldest first, a thousand at a time. Says how much it is. @throws AppError `not_found`, `webhook_off`. */
export async function replayFailed(ctx: SignedIn, endpointId: string): Promise<{ n: number }> {
  const endpoint = await findEndpoint(ctx, 'webhook.edit', endpointId);
  if (endpoint.offAt) throw new AppError('webhook_off');
  // A test that failed said so to whoever looked.
  return { n: await replay(ctx, await ctx.db.webhookDelivery.findMany({ where: { endpointId, state: 'failed', topic: { not: TEST_EVENT } }, orderBy: { id: 'asc' }, take: atOnce })) };
}

const replay = (ctx: Context, deliveries: readonly { id: string; endpointId: string }[]): Promise<number> => transact(ctx, async (tx) => {
  let n = 0;
  for (const delivery of deliveries) {
    const { count } = await tx.db.webhookDelivery.updateMany({ where: { id: delivery.id, state: { not: 'waiting' } }, data: { state: 'waiting', tries: 0, nextAt: tx.realNow() } });
    if (count > 0) await sendSoon(tx, delivery);
    n += count;
  }
  return n;
});

async function findEndpoint(ctx: SignedIn, act: Act, id: string) {
  const endpoint = await ctx.db.webhookEndpoint.findUnique({ where: { id } });
  if (!endpoint) throw new AppError('not_found');
  permit(ctx.actor, act, endpoint);
  return endpoint;
}

function checkedUrl(ctx: Context, url: string): string {
  if (!maySend(url, { local: isLocalAllowed(ctx) })) throw new AppError('webhook_url_refused');
  return new URL(url).href;
}

const inOrder = (topics: readonly Topic[]): Topic[] => TOPICS.filter((topic) => topics.includes(topic));

type Endpoint = Awaited<ReturnType<typeof findEndpoint>>;

const viewOf = async (ctx: Context, endpoint: Endpoint) => (await viewer(ctx, [endpoint]))(endpoint);

async function viewer(ctx: Context, endpoints: readonly Endpoint[]) {
  const counts = await ctx.db.webhookDelivery.groupBy({ by: ['endpointId', 'state'], where: { endpointId: { in: endpoints.map(({ id }) => id) }, topic: { not: TEST_EVENT } }, _count: true });
  const count = (id: string, state: 'waiting' | 'failed') => counts.find((one) => one.endpointId === id && one.state === state)?._count ?? 0;
  const now = ctx.realNow();
  return ({ id, url, topics, offAt, gone, failingSince, previousUntil, createdAt }: Endpoint) => ({
    id, url, topics, gone, failing: offAt !== null && failingSince !== null && !gone, offAt: offAt?.toISOString() ?? null, previousUntil: previousUntil && previousUntil > now ? previousUntil.toISOString() : null, createdAt: createdAt.toISOString(), waiting: count(id, 'waiting'), failed: count(id, 'failed'),
  });
}

const withLog = { log: { orderBy: { id: 'asc' } } } as const;

interface Row {
  readonly id: string; readonly eventId: string; readonly topic: string; readonly body: string; readonly state: 'waiting' | 'delivered' | 'failed'; readonly nextAt: Date | null; readonly createdAt: Date;
  readonly log: readonly { readonly at: Date; readonly ms: number; readonly outcome: string; readonly status: number | null; readonly answer: string }[];
}

const deliveryView = ({ id, eventId, topic, body, state, nextAt, createdAt, log }: Row) => ({
  id, eventId, topic, body, state, nextAt: nextAt?.toISOString() ?? null, createdAt: createdAt.toISOString(),
  tries: log.map(({ at, ms, outcome, status, answer }) => ({ at: at.toISOString(), ms, outcome, status, answer })),
});
