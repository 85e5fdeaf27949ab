import { createHmac, randomBytes } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { magicLink } from 'better-auth/plugins';
import { z } from 'zod';
import type { Config } from '../../core/config.ts';
import type { PrismaClient } from '../../core/db/client.ts';
import { AppError, ERRORS, type ErrorCode } from '../../core/errors.ts';
import { ulid } from '../../core/ids.ts';
import type { AuthMail } from '../../core/letters.ts';
import { openLimits, type Limits } from '../../core/limits.ts';
import { LOCALES, localeOf, preferred } from '../../core/locale.ts';
import { line } from '../../core/wire.ts';
import { weaknessOf } from './passwords.ts';

/** The person of a session. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** Signing in and out: better-auth behind our own, narrower door. */
export interface Auth {
  /**
   * Answers `POST /auth/…` with `{ done: true }`, or a refusal in the words of every other door: `{ error: { reason, details } }`. Whoever
   * confirms an address elsewhere than where it was signed up with hears `lacks: 'password'`: the one given there counts no more.
   */
  handler: (request: Request) => Promise<Response>;
  /** Whose session the cookies of `headers` name; being asked keeps the session alive. */
  personOf: (headers: Headers) => Promise<Person | null>;
}

/** What is needed to sign people in. `send` writes a mail; the link in it must appear in no log. */
export interface AuthOptions {
  readonly db: PrismaClient;
  readonly config: Config;
  readonly send: (mail: AuthMail) => Promise<void>;
  /** How often one address may be guessed at or written to; the limits of production when absent. */
  readonly limits?: Limits;
}

/** Where http.ts writes the caller's address, having removed what the caller wrote there: limits are counted by it. */
const ipHeader = 'x-flow-ip';
const idleSeconds = 8 * 3600; // ID-08
const magicMinutes = 15;
const resetSeconds = 3600;
const verifySeconds = 3 * 24 * 3600;
/** The cookie outlives the session, which the database ends: a busy person's cookie must not run out. */
const cookieSeconds = 7 * 24 * 3600;

const Email = z.email().max(254);
const Token = z.string().max(2_000).regex(/^[\w.~-]+$/);
const LocaleView = z.enum(LOCALES);

/** Every path that answers, with all that it takes: better-auth's others do not exist, and none acts on a GET. */
const PATHS = {
  '/sign-up/email': z.object({ name: line(120).min(1), email: Email, password: z.string().max(1_000), locale: LocaleView.default('fr') }),
  '/sign-in/email': z.object({ email: Email, password: z.string().max(1_000) }),
  '/sign-in/magic-link': z.object({ email: Email, name: line(120).optional() }),
  '/magic-link/verify': z.object({ token: Token }),
  '/send-verification-email': z.object({ email: Email }),
  '/verify-email': z.object({ token: Token }),
  '/request-password-reset': z.object({ email: Email }),
  '/reset-password': z.object({ token: Token, newPassword: z.string().max(1_000) }),
  '/set-password': z.object({ newPassword: z.string().max(1_000) }),
  '/change-password': z.object({ currentPassword: z.string().max(1_000), newPassword: z.string().max(1_000), revokeOtherSessions: z.boolean().default(true) }),
  '/update-user': z.object({ name: line(120).min(1).optional(), locale: LocaleView.optional() }),
  '/revoke-other-sessions': z.object({}),
  '/sign-out': z.object({}),
} as const;

type Path = keyof typeof PATHS;

/** What is counted for each address besides: a guess at its password, or a mail to it. */
const COUNTED: { readonly [P in Path]?: 'guess' | 'mail' } = {
  '/sign-in/email': 'guess', '/sign-up/email': 'mail', '/sign-in/magic-link': 'mail', '/send-verification-email': 'mail', '/request-password-reset': 'mail',
};

/** What better-auth only does on a GET, we do on a POST alone: mail scanners follow links. */
const acts: readonly Path[] = ['/magic-link/verify', '/verify-email'];

/** better-auth's refusals in our words; every other one is about the input. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  INVALID_EMAIL_OR_PASSWORD: 'sign_in_wrong',
  INVALID_PASSWORD: 'sign_in_wrong',
  // Only whoever just signed up would hear it, and so learn that nobody had before.
  EMAIL_NOT_VERIFIED: 'sign_in_wrong',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'sign_in_wrong',
  INVALID_TOKEN: 'link_dead',
  TOKEN_EXPIRED: 'link_dead',
  USER_NOT_FOUND: 'link_dead',
  UNAUTHORIZED: 'signed_out',
  SESSION_EXPIRED: 'signed_out',
};

const STATUS: Readonly<Record<string, number>> = { BAD_REQUEST: 400, UNAUTHORIZED: 401, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409, TOO_MANY_REQUESTS: 429 };

/** Opens the door that people sign in by, at `/auth` of the platform. */
export function openAuth({ db, config, send, limits = openLimits() }: AuthOptions): Auth {
  const base = `${config.urls.platform}/auth`;
  const secure = base.startsWith('https:');
  const halfCookie = `${secure ? '__Secure-' : ''}flow.magic`;
  // The owner of a mailbox alone can confirm its address, but who signed up with it may be another: only in the browser that did does the
  // password given there go on. Of an address that has an account, better-auth makes up a person: their proof is worth nothing, and looks the same.
  const joinedCookie = `${secure ? '__Host-' : ''}flow.joined`;
  const joined = (userId: string) => createHmac('sha256', config.sessionSecret).update(`joined:${userId}`).digest('base64url');
  const setCookie = (name: string, value: string, seconds: number) => `${name}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  // The page that the mail opens stands where the person stood, so that the cookies are the same.
  const mail = async (kind: AuthMail['kind'], { email, token }: { email: string; token?: string }, headers: Headers | undefined) => {
    const known = await db.user.findUnique({ where: { email: email.toLowerCase() }, select: { locale: true } });
    const locale = known ? localeOf(known.locale) : preferred(headers?.get('accept-language') ?? '');
    const origin = headers?.get('origin') ?? '';
    await send({ kind, email, locale, url: `${config.platformOrigins.includes(origin) ? origin : config.urls.platform}/sign-in${token ? `#${kind}=${token}` : ''}` });
  };

  const auth = betterAuth({
    appName: 'Flow Stage',
    baseURL: config.urls.platform,
    basePath: '/auth',
    secret: config.sessionSecret,
    trustedOrigins: [...config.platformOrigins],
    database: prismaAdapter(db, { provider: 'postgresql' }),
    telemetry: { enabled: false },
    logger: { level: 'error' },
    user: { additionalFields: { locale: { type: 'string', defaultValue: 'fr' } } },
    session: { expiresIn: idleSeconds, updateAge: 300 },
    verification: { storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 10,
      maxPasswordLength: 1_000,
      // Signing up says the same for every address: its owner alone learns by mail whether there is an account.
      requireEmailVerification: true,
      onExistingUserSignUp: async ({ user }, request) => {
        if (user.emailVerified) await mail('known', { email: user.email }, request?.headers);
        else await auth.api.sendVerificationEmail({ body: { email: user.email }, headers: request?.headers ?? new Headers() });
      },
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: resetSeconds,
      // The new password came by mail: the address is its owner's, and whatever was there before is gone.
      onPasswordReset: async ({ user }) => { await db.user.update({ where: { id: user.id }, data: { emailVerified: true } }); },
      sendResetPassword: ({ user, token }, request) => mail('reset', { email: user.email, token }, request?.headers),
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: true,
      autoSignInAfterVerification: true,
      beforeEmailVerification: async ({ id: userId }, request) => {
        if (request && cookieOf(request.headers, joinedCookie) === joined(userId)) return;
        await db.account.deleteMany({ where: { userId } });
        await db.session.deleteMany({ where: { userId } });
      },
      expiresIn: verifySeconds,
      sendVerificationEmail: ({ user, token }, request) => mail('verify', { email: user.email, token }, request?.headers),
    },
    plugins: [magicLink({
      expiresIn: magicMinutes * 60,
      rateLimit: { window: 60, max: 10 },
      generateToken: () => randomBytes(48).toString('base64url'),
      // Half of the token travels by mail, half stays in the browser that asked: a forwarded or scanned mail opens nothing (ID-05).
      sendMagicLink: async ({ email, token }, ctx) => {
        const [mailed, kept] = [token.slice(0, 32), token.slice(32)];
        ctx?.setCookie(halfCookie, kept, { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: magicMinutes * 60 });
        await mail('magic', { email, token: mailed }, ctx?.headers);
      },
    })],
    rateLimit: {
      enabled: true, storage: 'database', window: 60, max: 100,
      customRules: {
        '/sign-in/email': { window: 60, max: 20 },
        '/sign-up/email': { window: 60, max: 20 },
        '/change-password': { window: 60, max: 10 },
        '/request-password-reset': { window: 600, max: 10 },
        '/send-verification-email': { window: 600, max: 10 },
      },
    },
    advanced: {
      cookiePrefix: 'flow',
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
      ipAddress: { ipAddressHeaders: [ipHeader], ipv6Subnet: 64 },
      database: { generateId: ({ model }) => `${model === 'user' ? 'usr_' : ''}${ulid(Date.now(), randomBytes(16))}` },
    },
  });

  const answer = async (path: Path, input: Readonly<Record<string, unknown>>, headers: Headers): Promise<Response> => {
    // A person has one first password: another is a change, and hashing many would keep us busy.
    if (path === '/set-password' && await personOf(headers) && !await lacksPassword(headers)) return refusal('input_invalid', { field: 'newPassword' });
    const response = path === '/set-password' ? await auth.api.setPassword({ body: { newPassword: String(input['newPassword']) }, headers, asResponse: true })
      : await auth.handler(acts.includes(path)
        ? new Request(`${base}${path}?token=${encodeURIComponent(String(input['token']) + (path === '/magic-link/verify' ? cookieOf(headers, halfCookie) : ''))}`, { headers })
        : new Request(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(input) }));
    if (response.status >= 300) return refusalOf(response);
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.replace(`Max-Age=${idleSeconds}`, `Max-Age=${cookieSeconds}`));
    const lacking = path === '/verify-email' && await lacksPassword(new Headers({ cookie: cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ') }));
    if (path === '/magic-link/verify') cookies.push(setCookie(halfCookie, '', 0));
    if (path === '/verify-email') cookies.push(setCookie(joinedCookie, '', 0));
    if (path === '/sign-up/email') cookies.push(setCookie(joinedCookie, joined((await response.json() as { user: Person }).user.id), verifySeconds));
    // better-auth answers with the session's token: the page has no use for it.
    return json(200, { done: true, ...(lacking ? { lacks: 'password' } : {}) }, cookies);
  };

  const personOf: Auth['personOf'] = async (headers) => {
    if (!headers.get('cookie')?.includes('flow.session_token')) return null;
    const session = await auth.api.getSession({ headers });
    return session && { id: session.user.id, email: session.user.email, name: session.user.name };
  };

  /** Whether whoever is signed in has no password. */
  const lacksPassword = async (headers: Headers): Promise<boolean> => {
    const person = await personOf(headers);
    return person !== null && await db.account.count({ where: { userId: person.id, password: { not: null } } }) === 0;
  };

  return {
    handler: async (request) => {
      const { pathname } = new URL(request.url);
      const path = pathname.replace(/^\/auth/, '');
      if (!(path in PATHS)) return refusal('not_found');
      if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST', 'cache-control': 'no-store' } });
      if (!fromOurPages(request.headers, config.platformOrigins)) return refusal('origin_not_allowed', { origin: request.headers.get('origin') ?? '' });
      const body: unknown = await request.json().catch(() => ({}));
      const { data, error } = PATHS[path as Path].safeParse(body);
      const field = error?.issues[0]?.path.join('.') ?? '';
      if (error) return field === 'token' ? refusal('link_dead') : refusal('input_invalid', { field });
      const input: Readonly<Record<string, unknown>> = data;
      const headers = forwarded(request.headers);
      try {
        const counted = COUNTED[path as Path];
        if (counted) await limits.account(counted, String(input['email']));
      } catch (caught) {
        if (caught instanceof AppError) return refusal(caught.code, caught.details);
        throw caught;
      }
      const why = await weakness(path as Path, input, headers);
      return why ? refusal('password_weak', { why }) : answer(path as Path, input, headers);
    },
    personOf,
  };

  /** What is wrong with the new password of this request, if it brings one. Whose it is matters only where we know it. */
  async function weakness(path: Path, input: Readonly<Record<string, unknown>>, headers: Headers): Promise<string | null> {
    if (path === '/sign-up/email') return weaknessOf(String(input.password), { email: String(input.email), name: String(input.name) });
    if (path === '/reset-password') return weaknessOf(String(input.newPassword), { email: '' });
    if (path !== '/change-password' && path !== '/set-password') return null;
    const session = await auth.api.getSession({ headers });
    return weaknessOf(String(input.newPassword), session?.user ?? { email: '' });
  }
}

/** The headers that better-auth may see: cookies, where from, and who; not what a client made up beside. */
function forwarded(headers: Headers): Headers {
  const kept = ['cookie', 'origin', 'user-agent', 'accept-language', ipHeader].flatMap((name): [string, string][] => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return new Headers([...kept, ['content-type', 'application/json']]);
}

/** Browsers say where a POST comes from; a form on another site must sign nobody in. */
function fromOurPages(headers: Headers, ours: readonly string[]): boolean {
  const origin = headers.get('origin');
  if (origin !== null) return ours.includes(origin);
  return ['same-origin', 'none', null].includes(headers.get('sec-fetch-site'));
}

const cookieOf = (headers: Headers, name: string): string =>
  (headers.get('cookie') ?? '').split(/;\s*/).find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';

async function refusalOf(response: Response): Promise<Response> {
  if (response.status === 429) return refusal('rate_limited', { seconds: response.headers.get('x-retry-after') ?? '60' });
  // A refused link answers by a redirect to a page that we do not have.
  if (response.status < 400) return refusal('link_dead');
  const body = await response.json().catch(() => ({})) as { code?: string };
  const code = CODES[body.code ?? ''];
  if (code) return refusal(code);
  if (response.status === 401) return refusal('signed_out');
  return response.status < 500 ? refusal('input_invalid', { field: '' }) : json(500, { error: { reason: null, details: {} } });
}

const refusal = (code: ErrorCode, details: Readonly<Record<string, string>> = {}) => json(STATUS[ERRORS[code]] ?? 400, { error: { reason: code, details } });

function json(status: number, body: unknown, cookies: readonly string[] = []): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(JSON.stringify(body), { status, headers });
}
