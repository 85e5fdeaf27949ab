import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Hono, type Context as Call } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import { z } from 'zod';
import type { Wallet } from './adapters/ports.ts';
import { rest } from './api/v1/router.ts';
import { appRouter } from './app-router.ts';
import { mayReadFile as mayReadInvoice } from './invoices/service.ts';
import { takeRequest } from './requests/service.ts';
import { RequestInput } from './core/asked.ts';
import { mayReadFile as mayReadContract } from './contracts/service.ts';
import type { Context } from './core/context.ts';
import { isUnfit } from './core/database.ts';
import { AppError, ERRORS } from './core/errors.ts';
import { readBytes } from './core/files.ts';
import type { Limits } from './core/limits.ts';
import { LOCALES, preferred } from './core/locale.ts';
import { bareLine } from './core/printable.ts';
import { addEvidence, mayReadEvidence } from './disputes/service.ts';
import { recordNotice } from './notices/service.ts';
import { actorOf, actorOfLink } from './identity/service.ts';
import { embeds } from './embeds/router.ts';
import { findPartner, originsOfKey, partnerOfKey } from './partners/service.ts';
import { addMedia, KINDS } from './profiles/service.ts';
import { publicRouter } from './public-router.ts';
import { faultOf, Id, text as typed } from './core/wire.ts';
import type { Pages } from './pages.ts';
import { RoadbookInput } from './roadbooks/router.ts';
import { fileOf, readRoadbook, ROADBOOK_FILES, tourOf, type Reader } from './roadbooks/service.ts';

/** The part of a context that does not depend on the call. */
export type World = Omit<Context, 'userId' | 'actor' | 'partner' | 'caller' | 'inTransaction'>;

/** Who signs in: better-auth behind two functions. */
export interface Door {
  readonly handler: (request: Request) => Promise<Response>;
  readonly personOf: (headers: Headers) => Promise<{ readonly id: string } | null>;
}

interface Parts {
  readonly world: World;
  readonly door: Door;
  readonly pages: Pages;
  readonly limits: Limits;
  /** The sandbox provider's own door, when it is the provider. */
  readonly sandbox: ((request: Request) => Promise<Response>) | null;
  /** PayPal, where it takes money beside the provider of cards. */
  readonly wallet?: Wallet | null;
  /** Where the scenarios of tours are read. */
  readonly scenarios?: Reader;
  readonly ready: () => Promise<boolean>;
  /** The mailbox and the clock; null in production. */
  readonly development: Hono | null;
}

type Env = { Variables: { ip: string; requestId: string } };

/** The most calls of one tRPC batch. */
const mostCalls = 10;

const statuses: Readonly<Record<string, 400 | 401 | 403 | 404 | 409 | 412 | 413 | 429 | 503>> = {
  BAD_REQUEST: 400, UNAUTHORIZED: 401, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409, PRECONDITION_FAILED: 412, PAYLOAD_TOO_LARGE: 413, TOO_MANY_REQUESTS: 429, SERVICE_UNAVAILABLE: 503,
};

/** A refusal at a door that is not tRPC's, in the same words. */
export const refused = (call: Call, error: AppError) =>
  call.json({ error: { reason: error.code, details: error.details } }, statuses[ERRORS[error.code]] ?? 500);

/** Everything the platform answers on its own origin. Partners' pages have a key and no cookie; our own pages have a session and no key. */
export function serve({ world, door, pages, limits, sandbox, wallet, ready, development, scenarios = tourOf }: Parts): Hono<Env> {
  const app = new Hono<Env>();
  const { log, config } = world;
  const guestContext = (call: Call<Env>): Context => ({
    ...world, inTransaction: false, userId: null, actor: null, partner: null, limits,
    caller: { ip: call.get('ip'), userAgent: (call.req.header('user-agent') ?? '').slice(0, 300) },
  });
  const signedContext = async (call: Call<Env>): Promise<Context> => {
    const context = guestContext(call);
    const token = call.req.header('flow-link') ?? linkParameter(call.req.url);
    if (token) return { ...context, actor: await actorOfLink(world.db, token, world.realNow()) };
    const person = await door.personOf(call.req.raw.headers);
    if (!person) return context;
    return { ...context, userId: person.id, actor: await actorOf(world.db, person.id, call.req.header('flow-org') ?? text(connection(call.req.url)['flow-org']) ?? parameter(call.req.url, 'org'), world.now()) };
  };
  const partnerContext = async (call: Call<Env>): Promise<Context> => {
    const key = call.req.header('flow-key') ?? parameter(call.req.url, 'key') ?? connectionKey(call.req.url) ?? '';
    const origin = call.req.header('origin') ?? '';
    // Whoever only looks again has a budget of their own: what a calendar asks by itself leaves the form its calls.
    const { guest, page } = call.req.path.endsWith('/calendar.look') ? { guest: limits.look, page: limits.lookPage } : limits;
    await guest(call.get('ip'), callsOf(call));
    // A page of ours that a key opened asks from our own origin: who may hold that page in a frame is what the key's list decided.
    const ours = origin ? config.platformOrigins.includes(origin) : call.req.header('sec-fetch-site') === 'same-origin';
    const own = ours ? await partnerOfKey(world.db, key, world.realNow()) : null;
    const found = own ? { partner: own } : await findPartner(world.db, key, origin, world.realNow());
    if ('refusal' in found) throw new AppError(found.refusal, found.refusal === 'origin_not_allowed' ? { origin } : {});
    await page({ key, origin }, callsOf(call));
    return { ...guestContext(call), partner: found.partner };
  };

  app.use(async (call, next) => {
    const began = performance.now();
    call.set('requestId', world.newId('req').slice(4));
    call.set('ip', addressOf(call, config.trustedProxies));
    await next();
    call.header('x-request-id', call.get('requestId'));
    // The reference of a booking opens what it names: it is nobody's who reads the log.
    const path = new URL(call.req.url).pathname.replaceAll(/(\/requests\/)[^/]+|\bref[a-z2-7]{16,}/g, (_, before: string | undefined) => `${before ?? ''}…`);
    log.info({ id: call.get('requestId'), method: call.req.method, path, status: call.res.status, ms: Math.round(performance.now() - began) }, 'answered');
  });
  app.use(secureHeaders({
    xFrameOptions: false, referrerPolicy: 'strict-origin-when-cross-origin', crossOriginResourcePolicy: false, crossOriginOpenerPolicy: false,
    strictTransportSecurity: config.environment === 'production' ? 'max-age=31536000' : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  }));
  app.onError((error, call) => {
    if (error instanceof AppError) return refused(call, error);
    if (isUnfit(error)) return refused(call, new AppError('input_invalid'));
    log.error({ id: call.get('requestId'), err: error }, 'a call failed');
    return call.json({ error: { reason: null, details: {} } }, 500);
  });

  app.get('/health/live', (call) => call.text('ok'));
  app.get('/health/ready', async (call) => (await ready() ? call.text('ok') : call.text('the database does not answer', 503)));

  // A preflight carries no key: it may ask from anywhere and learns nothing. The answer itself opens to a listed origin only,
  // and a refusal opens to the page that is refused, so that its widget can say what to configure.
  const openTo = cors({ origin: (origin) => origin, allowHeaders: ['content-type', 'flow-key', 'trpc-accept', 'last-event-id'], maxAge: 86_400 });
  app.use('/trpc/public/*', openTo);
  app.use('/api/v1/*', openTo);
  const tooLarge = () => { throw new AppError('input_too_large'); };
  const atMost = (kilobytes: number) => bodyLimit({ maxSize: kilobytes * 1024, onError: tooLarge });
  const counted = async (call: Call<Env>, next: () => Promise<void>): Promise<void> => {
    await limits.caller(call.get('ip'));
    await next();
  };
  app.use('/trpc/*', atMost(512));
  app.use('/api/v1/*', atMost(64));
  app.all('/trpc/public/*', async (call) => {
    const context = await partnerContext(call).catch((error: unknown): Context => {
      if (!(error instanceof AppError)) throw error;
      return { ...guestContext(call), refusal: error };
    });
    return fetchRequestHandler({ endpoint: '/trpc/public', req: call.req.raw, router: publicRouter, maxBatchSize: mostCalls, createContext: () => context, onError: ({ error }) => { report(call, error); } });
  });
  app.all('/trpc/*', async (call) => {
    onlyOurPages(call, config.platformOrigins);
    await limits.caller(call.get('ip'), callsOf(call));
    const context = await signedContext(call);
    const who = context.userId ?? context.actor?.orgId;
    if (who) await limits.person(who, callsOf(call));
    return fetchRequestHandler({ endpoint: '/trpc', req: call.req.raw, router: appRouter, maxBatchSize: mostCalls, createContext: () => context, onError: ({ error }) => { report(call, error); } });
  });
  const report = (call: Call<Env>, error: Error & { code?: string; cause?: unknown }) => {
    if (error.code === 'INTERNAL_SERVER_ERROR') log.error({ id: call.get('requestId'), err: error.cause ?? error }, 'a call failed');
  };

  app.on(['GET', 'POST'], '/auth/*', atMost(64), counted, (call) => {
    // Whoever asks is counted by the address that we see, never by one that they claim.
    const headers = new Headers(call.req.raw.headers);
    headers.set('x-flow-ip', call.get('ip'));
    return door.handler(new Request(call.req.raw, { headers }));
  });

  app.post('/hooks/payments', atMost(256), async (call) => {
    const raw = await call.req.text();
    const { payments } = world.adapters;
    await recordNotice(guestContext(call), await payments.readNotice(raw, proofOf(call, payments.signedBy), world.realNow()), raw);
    return call.json({ received: true });
  });
  if (wallet) app.post('/hooks/paypal', counted, atMost(256), async (call) => {
    const raw = await call.req.text();
    await recordNotice(guestContext(call), await wallet.readNotice(raw, proofOf(call, wallet.signedBy), world.realNow()), raw, wallet.name);
    return call.json({ received: true });
  });
  if (sandbox) app.all('/sandbox/payments/*', atMost(64), (call) => sandbox(call.req.raw));

  app.post('/upload', counted, bodyLimit({ maxSize: 16 * 1024 * 1024, onError: () => { throw new AppError('media_too_large'); } }), async (call) => {
    onlyOurPages(call, config.platformOrigins);
    const context = await signedContext(call);
    if (!context.actor) throw new AppError('signed_out');
    const { file, kind } = await call.req.parseBody().catch((): Record<string, unknown> => ({}));
    if (!(file instanceof File)) throw new AppError('input_invalid', { field: 'file' });
    const name = bareLine(file.name).slice(0, 200);
    const bytes = Buffer.from(await file.arrayBuffer());
    return call.json(await addMedia({ ...context, actor: context.actor }, { kind: KINDS.find((one) => one === kind) ?? 'photo', name, bytes }));
  });

  app.post('/evidence', counted, bodyLimit({ maxSize: 11 * 1024 * 1024, onError: () => { throw new AppError('media_too_large'); } }), async (call) => {
    onlyOurPages(call, config.platformOrigins);
    const context = await signedContext(call);
    if (!context.actor) throw new AppError('signed_out');
    const { file, bookingId, text } = await call.req.parseBody().catch((): Record<string, unknown> => ({}));
    const { data, error } = EvidenceInput.safeParse({ bookingId, text });
    if (error) throw new AppError('input_invalid', { field: error.issues[0]?.path.join('.') ?? '' });
    if (!(file instanceof File)) throw new AppError('input_invalid', { field: 'file' });
    const name = bareLine(file.name).slice(0, 200);
    return call.json(await addEvidence({ ...context, actor: context.actor }, { ...data, file: { name, bytes: Buffer.from(await file.arrayBuffer()) } }));
  });

  app.get('/files/:id', counted, async (call) => {
    const context = await signedContext(call);
    if (!context.actor && !context.userId) throw new AppError('signed_out');
    const signed = context.actor && { ...context, actor: context.actor };
    const id = call.req.param('id');
    if (!id || !FileId.safeParse(id).success) throw new AppError('not_found');
    const file = await world.db.file.findUnique({ where: { id }, select: { name: true, mime: true } });
    if (!file || !((signed && (await mayReadContract(signed, id) || await mayReadInvoice(signed, id))) || await mayReadEvidence(context, id))) throw new AppError('not_found');
    return call.body(new Uint8Array(await readBytes(context, id)), 200, {
      'content-type': file.mime, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'cache-control': 'private, no-store', 'content-security-policy': "default-src 'none'",
    });
  });

  app.get('/tours/:id/:file{roadbook[.](?:pdf|ics|gpx)}', counted, async (call) => {
    onlyOurPages(call, config.platformOrigins);
    const context = await signedContext(call);
    if (!context.actor) throw new AppError('signed_out');
    const query = new URL(call.req.url).searchParams;
    const [kind] = ROADBOOK_FILES.filter((one) => (call.req.param('file') ?? '').endsWith(`.${one}`));
    const { data, error } = RoadbookInput.safeParse({ scenarioId: call.req.param('id'), artist: query.get('artist') || null, day: query.get('day') || null, money: query.get('money') !== 'no' });
    if (error ?? !kind) throw new AppError('not_found');
    const locale = LOCALES.find((one) => one === query.get('lang')) ?? preferred(call.req.header('accept-language') ?? '');
    const { name, mime, bytes } = await fileOf(context, await readRoadbook({ ...context, actor: context.actor }, scenarios, data), { kind, locale, day: data.day });
    return call.body(new Uint8Array(bytes), 200, {
      'content-type': mime, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'",
    });
  });

  if (development) app.route('/dev', development);
  app.route('/api/v1', rest({ contextOf: partnerContext }));
  app.route('/', embeds({
    contextOf: guestContext, count: (call) => limits.guest(call.get('ip')),
    ask: (ctx, input) => {
      const { data, error } = RequestInput.safeParse(input);
      if (error) {
        const { reason, details } = faultOf(error);
        throw new AppError(reason, details);
      }
      return takeRequest(ctx, data);
    },
  }));
  app.get('/v1/*', (call) => pages.bundle(new URL(call.req.url).pathname, call.req.header('accept-encoding')));
  app.get('/:version{v\\d+\\.\\d+\\.\\d+}/*', (call) => pages.bundle(new URL(call.req.url).pathname, call.req.header('accept-encoding')));
  app.get('/assets/*', (call) => pages.asset(new URL(call.req.url).pathname, call.req.header('accept-encoding')));
  // What keeps a roadbook on a phone stands at the root, for its scope is a page: a browser asks for it anew each time.
  app.get('/roadbook-worker.js', (call) => {
    const script = pages.asset('/roadbook-worker.js', call.req.header('accept-encoding'));
    script.headers.set('cache-control', 'no-cache');
    return script;
  });
  app.use('/frame/*', counted);
  app.get('*', async (call) => {
    const { pathname, searchParams } = new URL(call.req.url);
    const hosts = pathname.startsWith('/frame/') ? await originsOfKey(world.db, searchParams.get('key') ?? '', world.realNow()) : [];
    return pages.page(pathname, hosts);
  });
  return app;
}

/** Our own door is for our own pages: a browser that says it stands elsewhere is refused, before any cookie counts. */
function onlyOurPages(call: Call, origins: readonly string[]): void {
  const origin = call.req.header('origin');
  const site = call.req.header('sec-fetch-site');
  if ((origin && !origins.includes(origin)) || (!origin && site && site !== 'same-origin' && site !== 'none')) throw new AppError('origin_not_allowed', { origin: origin ?? site ?? '' });
}

/** The headers that prove where a webhook comes from. */
const proofOf = (call: Call, names: readonly string[]): string => names.map((name) => call.req.header(name) ?? '').join(' ');

const parameter = (url: string, name: string): string | null => new URL(url).searchParams.get(name);

/** An event stream cannot send headers: tRPC puts them into a parameter instead. */
function connection(url: string): Readonly<Record<string, unknown>> {
  let given: unknown;
  try {
    given = JSON.parse(parameter(url, 'connectionParams') ?? '{}');
  } catch {
    throw new AppError('input_invalid', { field: 'connectionParams' });
  }
  if (given === null || typeof given !== 'object' || Array.isArray(given)) throw new AppError('input_invalid', { field: 'connectionParams' });
  return given as Readonly<Record<string, unknown>>;
}
const connectionKey = (url: string): string | undefined => text(connection(url)['flow-key']);
const linkParameter = (url: string): string | undefined => text(connection(url)['flow-link']);
const FileId = Id('fil');
const EvidenceInput = z.object({ bookingId: Id('bkg'), text: typed(4_000).default('') });

/** How many procedures a call asks for: each counts against the limits. */
const callsOf = (call: Call): number => Math.min(mostCalls, new URL(call.req.url).pathname.split(/,|%2c/i).length);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

/** The address of the caller's socket, or what a proxy that we trust says it was. */
export function addressOf(call: Call, trusted: readonly string[]): string {
  const server = call.env as { incoming?: { socket: { remoteAddress?: string } } } | undefined;
  const socket = (server?.incoming?.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  const claimed = call.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return claimed && trusted.includes(socket) ? claimed : socket;
}
