import path from 'node:path';
import { serve as listen, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { deploy } from '../prisma/migrate.ts';
import { openAuth } from './adapters/auth/index.ts';
import { openSealer } from './adapters/esign/index.ts';
import { readPicture } from './adapters/images/index.ts';
import { mailbox, smtpMailer } from './adapters/mail/index.ts';
import { payBeside } from './adapters/payments/beside.ts';
import { closedPayments } from './adapters/payments/closed.ts';
import { openPayPal } from './adapters/payments/paypal.ts';
import { openSandbox } from './adapters/payments/sandbox.ts';
import { openStripe } from './adapters/payments/stripe.ts';
import { openPrinter } from './adapters/pdf/index.ts';
import { openMatrix } from './adapters/roads/matrix.ts';
import { openOsrm } from './adapters/roads/osrm.ts';
import { openClock } from './core/clock.ts';
import { DEMO_OPERATORS, DEMO_SITES, readConfig } from './core/config.ts';
import type { Context } from './core/context.ts';
import { openDatabase, startEmbedded } from './core/database.ts';
import { AppError } from './core/errors.ts';
import { ulid } from './core/ids.ts';
import { openLimits } from './core/limits.ts';
import { openLive } from './core/live.ts';
import { openLog } from './core/log.ts';
import { serveSite } from './demo.ts';
import { development } from './development.ts';
import { closeHall, openHall } from './hall/service.ts';
import { addressOf, refused, serve, type World } from './http.ts';
import { sendAuthMail } from './identity/service.ts';
import { serveMedia } from './media.ts';
import { openPages } from './pages.ts';
import { sweep, work } from './worker.ts';

/* The whole product in one process: its database when none is given, the doors, the worker, and in development the demo world. */

const root = path.resolve(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '..' : '../..');
const config = readConfig(process.env);
const log = openLog(config.logLevel);
const closers: (() => Promise<unknown>)[] = [];
const say = (line: string) => { process.stdout.write(`${line}\n`); };

async function start(): Promise<void> {
  const embedded = config.databaseUrl === null ? await startEmbedded({ dir: path.join(config.dataDir, 'pg') }) : null;
  if (embedded) closers.push(() => embedded.stop());
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
  await deploy(databaseUrl);
  const { db, pool, close } = openDatabase(databaseUrl, config.poolSize);
  closers.push(close);
  const clock = await openClock(pool, config);
  closers.push(() => clock.close());
  const live = await openLive(databaseUrl, log);
  closers.push(() => live.close());
  const sandbox = config.payments === 'sandbox' ? openSandbox({ db, config, realNow: clock.realNow }) : null;
  const stripe = config.stripe ? openStripe({ db, keys: config.stripe, realNow: clock.realNow, log, ...(config.stripe.api && { api: config.stripe.api }) }) : null;
  const paypal = config.paypal ? openPayPal({ db, keys: config.paypal, returnTo: `${config.urls.platform}/frame/back`, realNow: clock.realNow, log }) : null;

  const measures = { realNow: clock.realNow, log };
  const roads = config.roads.by === 'osrm' ? openOsrm({ url: config.roads.url, ...measures }) : config.roads.by === 'matrix' ? openMatrix({ url: config.roads.url, key: config.roads.key, ...measures }) : null;

  const world: World = {
    db, now: clock.now, realNow: clock.realNow, config: { ...config, databaseUrl }, log, live,
    newId: (prefix) => `${prefix}_${ulid(Date.now(), crypto.getRandomValues(new Uint8Array(16)))}`,
    adapters: { payments: stripe && paypal ? payBeside(stripe, paypal) : sandbox ?? stripe ?? closedPayments, mailer: config.smtpUrl ? smtpMailer(config.smtpUrl, config.mailFrom) : mailbox, print: openPrinter(), sealer: openSealer(), readPicture, roads },
  };
  const ctx: Context = { ...world, inTransaction: false, userId: null, actor: null, partner: null, caller: { ip: '127.0.0.1', userAgent: 'flow-stage' } };
  if (config.demo) {
    const { layOut, moveSites } = await import('../prisma/world/index.ts');
    await (await db.organisation.count() === 0 ? layOut : moveSites)(ctx);
  }
  const runner = await work(ctx, pool);
  closers.push(() => runner.stop());
  const limits = openLimits(config.environment === 'production' ? 1 : 100);
  const door = openAuth({ db, config, limits, send: (mail) => sendAuthMail(ctx, mail) });
  const platform = serve({
    world, door, pages: openPages(path.join(root, 'dist'), config), limits, sandbox: sandbox && ((request) => sandbox.handle(request)), wallet: paypal,
    ready: () => db.$queryRaw`SELECT 1`.then(() => true, () => false),
    development: config.flowClock === 'development' ? developmentDoor(ctx, clock) : null,
  });
  await open(platform, config.ports.platform);
  await open(serveMedia(world, { limits, addressOf: (call) => addressOf(call, config.trustedProxies) }), config.ports.media);
  if (config.demo) await Promise.all(DEMO_SITES.map((site) => open(serveSite(path.join(root, 'demo-sites'), site, config), config.ports[site])));
  announce();
  // Laid out beside, so that the first who searches need not wait.
  closers.push(() => closeHall(ctx));
  openHall(ctx).catch((err: unknown) => { log.error({ err }, 'the hall could not be laid out; the first search tries again'); });
}

function developmentDoor(ctx: Context, clock: Parameters<typeof development>[1]): Hono {
  const app = development(ctx, clock, () => sweep(ctx));
  app.onError((error, call) => {
    if (error instanceof AppError) return refused(call, error);
    log.error({ err: error }, 'the development door failed');
    return call.json({ error: { reason: null, details: {} } }, 500);
  });
  return app;
}

function open(app: Hono | ReturnType<typeof serve>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server: ServerType = listen({ fetch: app.fetch, port, hostname: config.host }, () => { resolve(); });
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken. Stop what holds it, or choose others: PORT=5000 npm start.`) : error);
    });
    closers.push(() => new Promise((done) => {
      server.close(done);
      // Event streams never end by themselves.
      if ('closeAllConnections' in server) server.closeAllConnections();
    }));
  });
}

function announce(): void {
  const { urls } = config;
  say(`\n  Flow Stage is open.\n\n  Platform      ${urls.platform}   (or ${urls.platformFallback})`);
  if (!config.demo) return;
  for (const site of DEMO_SITES) say(`  ${site.padEnd(13)} ${urls.sites[site]}   (or ${urls.siteFallbacks[site]})`);
  if (config.smtpUrl === null) say(`  Mailbox       ${urls.platform}/mailbox`);
  say('\n  Demo people sign in with the password  scene-ouverte-2026');
  say('    les-vagues-lentes@demo.example   the artist of the theatre');
  say('    fanfare-piment@demo.example      the artist of the town hall');
  say('    les-cousins-dubal@demo.example   the artist of the campsite');
  say('    nora-solveig@demo.example        the artist of the link-in-bio page');
  say('    agence-lisiere@demo.example      a booker who represents two artists');
  say('    theatre@demo.example             the theatre');
  for (const email of DEMO_OPERATORS.filter((one) => config.operators.includes(one))) say(`    ${email.padEnd(33)}our own people: disputes, prices, operations`);
  say('');
}

let stopping = false;
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  const late = setTimeout(() => { process.exit(code || 1); }, 15_000);
  for (const close of closers.reverse()) await close().catch((error: unknown) => { log.warn({ err: error }, 'stopping'); });
  clearTimeout(late);
  process.exit(code);
}
process.on('SIGTERM', () => void stop(0));
process.on('SIGINT', () => void stop(0));

try {
  await start();
} catch (error) {
  process.stderr.write(`\n${error instanceof Error && config.logLevel !== 'debug' ? error.message : String(error)}\n`);
  log.debug({ err: error }, 'did not start');
  await stop(1);
}
