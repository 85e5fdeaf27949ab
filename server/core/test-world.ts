import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import type { Adapters, Intent, Letter, PaymentProvider, ProviderNotice } from '../adapters/ports.ts';
import { readConfig } from './config.ts';
import { transact, type Context, type Guest, type Partner, type SignedIn } from './context.ts';
import { openDatabase } from './database.ts';
import type { PrismaClient } from './db/client.ts';
import { AppError } from './errors.ts';
import { ulid } from './ids.ts';
import { openLive, type Live } from './live.ts';
import type { Heard, Tasks } from './outbox.ts';
import type { Actor } from './permissions.ts';
import type { Consumer, Topic } from './topics.ts';

/** Stands in for the payment provider: every attempt is kept, and the next ones go as `goes` says. */
export interface TestProvider {
  goes: Pick<Intent, 'status' | 'refusal'>;
  /** The provider is away: every call throws `provider_unreachable`. */
  away: boolean;
  readonly intents: Map<string, Intent>;
  /** The name and the ask of every call that reached it. */
  readonly calls: { readonly name: string; readonly ask: Readonly<Record<string, unknown>> }[];
  /** What it says it holds for us, in minor units. */
  balance: bigint;
}

/** A world of one test file: a database of its own, clocks that the test sets, and doubles of all that lies outside. */
export interface TestWorld {
  /** Nobody's context. `now` begins on 1 March 2027 at noon UTC, `realNow` is the wall clock; ids count up. */
  readonly ctx: Context;
  readonly db: PrismaClient;
  readonly pool: pg.Pool;
  readonly url: string;
  readonly provider: TestProvider;
  /** The mails that were taken away. */
  readonly letters: Letter[];
  /** The same world as seen by somebody of an organisation, an owner if not said otherwise. */
  readonly as: (actor: Pick<Actor, 'orgId'> & Partial<Actor>) => SignedIn;
  /** The same world as seen from a partner's page. */
  readonly from: (partner: Partner) => Guest;
  /** Sets the trade's clock, for every context of this world. */
  readonly at: (instant: Date | string) => void;
  /** Sets the wall clock: links, codes and sessions grow old. `null` lets it run again. */
  readonly atReal: (instant: Date | string | null) => void;
  /**
   * Lets subscribers hear every fact that is told, in order, and has every task done, until nothing is left; without `tasks` those wait.
   * A room that is not named hears nothing, and its deliveries wait.
   */
  readonly drain: (heard: Readonly<Partial<Record<Consumer, Heard>>>, tasks?: Tasks) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a world on a clone of the migrated database. `env` changes the configuration; close it in `afterAll`. */
export async function openTestWorld(env: Readonly<Record<string, string>> = {}): Promise<TestWorld> {
  const { url: server, template } = inject('database');
  const name = `flow_test_${process.pid}_${crypto.randomUUID().slice(0, 8)}`;
  await ask(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  const config = readConfig({
    NODE_ENV: 'test', DATABASE_URL: address.href, SESSION_SECRET: 'a secret of the tests, thirty-two letters long', LOG_LEVEL: 'silent', DATA_DIR: path.join(tmpdir(), name), ...env,
  });
  const log = pino({ level: config.logLevel });
  const { db, pool, close } = openDatabase(address.href, config.poolSize);

  let now = new Date('2027-03-01T12:00:00Z');
  let realNow: Date | null = null;
  let ids = 0;
  const provider: TestProvider = { goes: { status: 'captured' }, away: false, intents: new Map(), calls: [], balance: 0n };
  const letters: Letter[] = [];
  const live = lazyLive(address.href, log);
  const ctx: Context = {
    db, inTransaction: false, now: () => new Date(now), realNow: () => (realNow ? new Date(realNow) : new Date()),
    newId: (prefix) => `${prefix}_${ulid((ids += 1), new Uint8Array(16))}`,
    userId: null, actor: null, partner: null, adapters: doubles(provider, letters), config, live, log,
    caller: { ip: '192.0.2.7', userAgent: 'vitest' },
  };
  return {
    ctx, db, pool, url: address.href, provider, letters,
    as: (actor) => {
      const whole: Actor = { userId: actor.link ? null : 'usr_test', role: 'owner', ...actor };
      return { ...ctx, userId: whole.userId, actor: whole };
    },
    from: (partner) => ({ ...ctx, partner }),
    at: (instant) => { now = new Date(instant); },
    atReal: (instant) => { realNow = instant === null ? null : new Date(instant); },
    drain: (heard, tasks) => drain(ctx, heard, tasks ?? {}),
    close: async () => {
      await live.close();
      await close();
      await ask(server, `DROP DATABASE ${name} WITH (FORCE)`);
      rmSync(config.dataDir, { recursive: true, force: true });
    },
  };
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function drain(ctx: Context, heard: Readonly<Partial<Record<Consumer, Heard>>>, tasks: Tasks): Promise<void> {
  while (await hearNext(ctx, heard) || await doNext(ctx, tasks)) { /* until nothing is left */ }
}

async function hearNext(ctx: Context, heard: Readonly<Partial<Record<Consumer, Heard>>>): Promise<boolean> {
  const next = await ctx.db.delivery.findFirst({
    where: { doneAt: null, consumer: { in: Object.keys(heard) } }, include: { fact: true }, orderBy: [{ factId: 'asc' }, { consumer: 'asc' }],
  });
  if (!next) return false;
  const { fact, factId, consumer } = next;
  await transact(ctx, async (tx) => {
    await tx.db.delivery.update({ where: { factId_consumer: { factId, consumer } }, data: { doneAt: tx.realNow() } });
    const hear = heard[consumer as Consumer]?.[fact.topic as Topic] as ((ctx: Context, payload: unknown, fact: { id: bigint; toldAt: Date }) => Promise<void>) | undefined;
    await hear?.(tx, fact.payload, fact);
  });
  return true;
}

async function doNext(ctx: Context, tasks: Tasks): Promise<boolean> {
  const [job] = await ctx.db.$queryRaw<{ id: bigint; task: string; payload: Record<string, string> }[]>`
    SELECT job.id, task.identifier AS task, job.payload FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id
    WHERE task.identifier = ANY(${Object.keys(tasks)}) ORDER BY job.id LIMIT 1`;
  if (!job) return false;
  await tasks[job.task]?.(ctx, job.payload);
  await ctx.db.$queryRaw`SELECT 1 AS done FROM graphile_worker.complete_jobs(ARRAY[${job.id}]::bigint[])`;
  return true;
}

/** Most files wait for no news: the connection is opened by the first that does. */
function lazyLive(url: string, log: Context['log']): Live {
  let opened: Promise<Live> | undefined;
  return {
    async *news(key, signal) {
      opened ??= openLive(url, log);
      yield* (await opened).news(key, signal);
    },
    onProfile(listener) {
      let [ended, end] = [false, () => { ended = true; }];
      opened ??= openLive(url, log);
      void opened.then((one) => { if (!ended) end = one.onProfile(listener); });
      return () => { end(); };
    },
    close: async () => { await (await opened)?.close(); },
  };
}

function doubles(provider: TestProvider, letters: Letter[]): Adapters {
  return {
    payments: testPayments(provider),
    mailer: { keeps: true, send: (letter) => { letters.push(letter); return Promise.resolve(); } },
    print: (document) => Promise.resolve(Buffer.from(`%PDF ${JSON.stringify(document)}`)),
    sealer: {
      makeKey: (name) => Promise.resolve(Buffer.from(`key of ${name}`)),
      certificateOf: ({ p12 }) => ({ subject: p12.toString(), issuer: 'the tests', serial: '01', sha256: '0'.repeat(64), validUntil: new Date('2050-01-01') }),
      seal: (pdf, key, how) => Promise.resolve(Buffer.concat([pdf, Buffer.from(`\nsealed: ${key.p12.toString()}, ${how.reason}`)])),
    },
    readPicture: () => Promise.resolve({ mime: 'image/webp', bytes: Buffer.from('picture'), small: Buffer.from('small'), width: 1200, height: 800, smallWidth: 480, copies: () => Promise.resolve([]) }),
    roads: null,
  };
}

function testPayments(provider: TestProvider): PaymentProvider {
  const reach = <T>(name: string, request: Readonly<Record<string, unknown>>, answer: () => T): Promise<T> => {
    if (provider.away) return Promise.reject(new AppError('provider_unreachable'));
    provider.calls.push({ name, ask: request });
    return Promise.resolve(answer());
  };
  // The same key gives the same answer.
  const intent = (key: string, status: Pick<Intent, 'status' | 'refusal'>): Intent => {
    const made = provider.intents.get(`pi_${key}`) ?? { ref: `pi_${key}`, clientSecret: `secret_${key}`, ...status };
    provider.intents.set(made.ref, made);
    return made;
  };
  const parseNotice = (raw: string) => {
    try {
      const notice = JSON.parse(raw, (key, value: unknown) => (key === 'minor' ? BigInt(value as number) : value)) as Partial<ProviderNotice> | null;
      return notice?.ref ? notice as ProviderNotice : null;
    } catch {
      return null;
    }
  };
  return {
    name: 'sandbox', ways: ['card', 'bancontact', 'sepa_debit', 'transfer', 'paypal'], signedBy: ['flow-signature'],
    beginPayment: (request) => reach('beginPayment', request, () => intent(request.key, { status: 'needs_method' })),
    beginMandate: (request) => reach('beginMandate', request, () => intent(request.key, { status: 'needs_method' })),
    askTransfer: async (ref) => {
      const found = await reach('askTransfer', { ref }, () => provider.intents.get(ref));
      if (!found) throw new AppError('not_found');
      const after: Intent = { ...found, status: 'needs_action', transfer: { holder: 'Flow Stage', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPXXX', reference: 'FS1' } };
      provider.intents.set(ref, after);
      return after;
    },
    chargeMandate: (request) => reach('chargeMandate', request, () => intent(request.key, provider.goes)),
    readIntent: async (ref) => {
      const found = await reach('readIntent', { ref }, () => provider.intents.get(ref));
      if (!found) throw new AppError('not_found');
      return found;
    },
    complete: async (ref) => {
      const found = await reach('complete', { ref }, () => provider.intents.get(ref));
      if (!found) throw new AppError('not_found');
      return found;
    },
    cancel: async (ref) => {
      const found = await reach('cancel', { ref }, () => provider.intents.get(ref));
      if (!found) throw new AppError('not_found');
      const after: Intent = found.status === 'captured' || found.status === 'saved' ? found : { ...found, status: 'cancelled' };
      provider.intents.set(ref, after);
      return after;
    },
    refund: (request) => reach('refund', request, () => ({ ref: `re_${request.key}`, status: 'sent' as const })),
    nameMethod: (methodRef) => reach('nameMethod', { methodRef }, () => 'Visa •••• 4242'),
    openAccount: (request) => reach('openAccount', request, () => ({ url: request.done })),
    readAccount: (orgId) => reach('readAccount', { orgId }, () => ({ state: 'open' as const, missing: [] })),
    payOut: (request) => reach('payOut', request, () => ({ ref: `po_${request.key}`, status: 'sent' as const })),
    readNotice: (raw, signature) => {
      if (signature !== 'right') throw new AppError('signature_invalid');
      return parseNotice(raw);
    },
    parseNotice,
    readFees: (currency) => reach('readFees', { currency }, () => ({ minor: 0n, currency })),
    readBalance: (currency) => reach('readBalance', { currency }, () => ({ minor: provider.balance, currency })),
  };
}
