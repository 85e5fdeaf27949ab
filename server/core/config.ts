import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** The partner sites of the demo world, in the order of their ports: the first one listens on `PORT` + 1. */
export const DEMO_SITES = ['theatre', 'festival', 'campsite', 'town-hall', 'link-in-bio'] as const;

/** Who acts for the platform in a demo world where nobody else was named: two of them, since what one proposes another has to approve. Never in production, for their password is in the README. */
export const DEMO_OPERATORS = ['exploitation@demo.example', 'controle@demo.example'] as const;

export type DemoSite = (typeof DEMO_SITES)[number];

/** The company that runs the platform, as the law wants it on an invoice. */
export interface Company {
  readonly name: string;
  readonly legalForm: string;
  readonly siret: string;
  readonly vatNumber: string;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: 'FR';
  /** Where producers pay a commission that was not kept back; without spaces. */
  readonly iban: string;
}

/** No such company exists, and its numbers cannot be issued. */
const demonstration: Company = {
  name: 'Flow Stage (société de démonstration)', legalForm: 'SAS', siret: '00000000000000', vatNumber: 'FR12000000000', address: '1 rue de l’Exemple', postcode: '00000', city: 'Démonstration', country: 'FR', iban: '',
};

/** What opens Stripe to us. The first two are secrets; the third is for the buyer's browser. */
export interface StripeKeys {
  readonly secret: string;
  /** One for each endpoint that Stripe tells: our own account's, and that of the connected accounts. */
  readonly webhookSecrets: readonly string[];
  readonly publishable: string;
  /** Where its API is heard when it is not Stripe's own: a double of it, on this machine. Never in production. */
  readonly api?: { readonly host: string; readonly port: number; readonly protocol: 'http' };
}

/** What opens PayPal to us. The second is a secret. */
export interface PayPalKeys {
  readonly clientId: string;
  readonly secret: string;
  /** The id of the webhook that tells us: part of what PayPal signs. */
  readonly webhookId: string;
  /** The origin of its interface: live, its sandbox, or a double of it on this machine. */
  readonly api: string;
}

/** How ways between places are told, and what is kept of those that somebody measured. */
export type RoadsChoice = { readonly quota: number; readonly keepDays: number } & (
  | { readonly by: 'great_circle' }
  /** Where OSRM is heard, without a slash at the end. */
  | { readonly by: 'osrm'; readonly url: string }
  /** The origin of a matrix of Google's kind, and its key, which is a secret. */
  | { readonly by: 'matrix'; readonly url: string; readonly key: string }
);

/** All that an operator may choose, read once when the process starts; `.env.example` explains each variable. */
export interface Config {
  readonly environment: 'development' | 'test' | 'production';
  /** Where the server listens. The demo sites follow on the next five ports, uploaded media on the sixth. */
  readonly host: string;
  readonly port: number;
  readonly ports: Readonly<Record<DemoSite | 'platform' | 'media', number>>;
  readonly urls: {
    readonly platform: string;
    /** The platform for browsers that do not resolve `*.localhost`; the same as `platform` once `PLATFORM_URL` is set. */
    readonly platformFallback: string;
    readonly media: string;
    readonly sites: Readonly<Record<DemoSite, string>>;
    readonly siteFallbacks: Readonly<Record<DemoSite, string>>;
  };
  /** The origins of our own pages: sessions, links and frames live there and nowhere else. */
  readonly platformOrigins: readonly string[];
  /** A PostgreSQL of the operator's; `null` starts the embedded one under `dataDir`. */
  readonly databaseUrl: string | null;
  /** Connections to the database of one process. Fifty buyers of one day queue for them. */
  readonly poolSize: number;
  /** Absolute path of all that must survive a restart. */
  readonly dataDir: string;
  readonly sessionSecret: string;
  /** `null` keeps mails in the development mailbox. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Whether the trade's clock may be moved. Never in production. */
  readonly flowClock: 'development' | 'off';
  /** `sandbox` moves no money and is refused in production. */
  readonly payments: 'sandbox' | 'stripe' | 'off';
  /** Set when `payments` is `stripe`, and only then. */
  readonly stripe: StripeKeys | null;
  /** Set when PayPal takes money beside Stripe, and only then. */
  readonly paypal: PayPalKeys | null;
  readonly roads: RoadsChoice;
  /** How much work a request costs the browser that sends it: the highest number of derivations, each a few milliseconds of a phone. 0 asks for none. */
  readonly proofEffort: number;
  /** Addresses whose `x-forwarded-for` is believed. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Who runs the platform: printed on its own invoices. Invented in development, and marked as such. */
  readonly company: Company;
  /** Mail addresses, in small letters, of the people who act for the platform: they say what has reached its bank. */
  readonly operators: readonly string[];
  /** Whether an empty database is filled with the demo world, and its five sites are served. */
  readonly demo: boolean;
}

const webAddress = z.url({ protocol: /^https?$/, error: 'must be an address such as https://flow.example' })
  .transform((url) => new URL(url).origin);
const whole = (min: number, max: number) => {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.string().regex(/^\d+$/, error).transform(Number).pipe(z.number().min(min, error).max(max, error));
};
const oneOf = <const T extends readonly string[]>(...words: T) => z.enum(words, { error: `must be one of ${words.join(', ')}` });

/** The variables we read, each with its rule. The same names stand in `.env.example`. */
export const VARIABLES = {
  NODE_ENV: oneOf('development', 'test', 'production').default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(1, 65_529).default(4000),
  PLATFORM_URL: webAddress.optional(),
  MEDIA_URL: webAddress.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be an address such as postgresql://user:password@host:5432/flow' }).optional(),
  POOL_SIZE: whole(2, 500).default(20),
  DATA_DIR: z.string().min(1).default('.data'),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an address such as smtps://user:password@mail.example:465' }).optional(),
  MAIL_FROM: z.string().regex(/^[^\r\n]*@[^\r\n]+$/, 'must be a mail address, with or without a name').default('Flow Stage <no-reply@flow.localhost>'),
  FLOW_CLOCK: oneOf('development', 'off').optional(),
  PAYMENTS: oneOf('sandbox', 'stripe', 'off').optional(),
  STRIPE_SECRET_KEY: z.string().regex(/^(sk|rk)_(test|live)_\w+$/, 'must be a secret key such as sk_test_…, or a restricted one').optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().regex(/^pk_(test|live)_\w+$/, 'must be a publishable key such as pk_test_…').optional(),
  STRIPE_WEBHOOK_SECRET: z.string().regex(/^whsec_\w+(\s*,\s*whsec_\w+)*$/, 'must be one or more signing secrets such as whsec_…, with commas').optional(),
  STRIPE_API: z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost)$/, error: 'must be an address on this machine such as http://127.0.0.1:5000' }).optional(),
  PAYPAL_CLIENT_ID: z.string().regex(/^[\w-]{10,200}$/, 'must be the client id of an app of PayPal').optional(),
  PAYPAL_SECRET: z.string().regex(/^[\w-]{10,200}$/, 'must be the secret of that app').optional(),
  PAYPAL_WEBHOOK_ID: z.string().regex(/^[0-9A-Z]{8,50}$/, 'must be the id of the webhook, such as 8PT597110X687430LKGECATA').optional(),
  PAYPAL_MODE: oneOf('sandbox', 'live').default('sandbox'),
  PAYPAL_AGREEMENT: z.string().min(3, 'must name the agreement').max(200).optional(),
  PAYPAL_API: z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost)$/, error: 'must be an address on this machine such as http://127.0.0.1:5000' }).transform((url) => new URL(url).origin).optional(),
  ROADS: oneOf('great_circle', 'osrm', 'matrix').default('great_circle'),
  ROADS_URL: z.url({ protocol: /^https?$/, error: 'must be an address such as https://osrm.example' })
    .refine((url) => { const { search = '', hash = '', username = '' } = URL.canParse(url) ? new URL(url) : {}; return search + hash + username === ''; }, 'must be an address without a question, a mark or a user').optional(),
  ROADS_KEY: z.string().regex(/^[\w-]{10,200}$/, 'must be a key of the matrix’s provider').optional(),
  ROADS_QUOTA: whole(0, 100_000_000).default(25_000),
  ROADS_KEEP_DAYS: whole(0, 3_650).default(180),
  PROOF_EFFORT: whole(0, 10_000).default(200),
  TRUSTED_PROXY: z.string().regex(/^[\da-f.:]+(\s*,\s*[\da-f.:]+)*$/i, 'must be one or more IP addresses, with commas').optional(),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
  DEMO: oneOf('on', 'off').optional(),
  OPERATORS: z.string().transform((list) => list.split(',').map((address) => address.trim().toLowerCase())).pipe(z.array(z.email('must be one or more mail addresses, with commas'))).optional(),
  COMPANY_NAME: z.string().min(2, 'must have at least 2 characters').optional(),
  COMPANY_FORM: z.string().min(2, 'must have at least 2 characters').optional(),
  COMPANY_SIRET: z.string().regex(/^(?!0+$)\d{14}$/, 'must be fourteen digits').optional(),
  COMPANY_VAT_NUMBER: z.string().regex(/^FR[0-9A-Z]{2}\d{9}$/, 'must be a French number such as FR44732829320').optional(),
  COMPANY_ADDRESS: z.string().min(3, 'must have at least 3 characters').optional(),
  COMPANY_POSTCODE: z.string().regex(/^\d{5}$/, 'must be five digits').optional(),
  COMPANY_CITY: z.string().min(1).optional(),
  COMPANY_IBAN: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, 'must be an IBAN without spaces').optional(),
};

const Variables = z.object(VARIABLES);

/**
 * The configuration that `env` asks for. An empty variable counts as absent. In development the session secret is made once and kept in `dataDir`.
 *
 * @throws Error in one sentence that names the variable, for the operator to read.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { data, error } = Variables.safeParse(given);
  if (error) {
    const [issue] = error.issues;
    throw new Error(`${String(issue?.path[0])} ${issue?.message}.`);
  }
  const production = data.NODE_ENV === 'production';
  if (production) checkProduction(data);
  else checkDevelopment(data);
  const dataDir = path.resolve(data.DATA_DIR);
  const demo = data.DEMO ? data.DEMO === 'on' : !production;
  return {
    environment: data.NODE_ENV,
    host: data.HOST,
    port: data.PORT,
    ...addresses(data),
    databaseUrl: data.DATABASE_URL ?? null,
    poolSize: data.POOL_SIZE,
    dataDir,
    sessionSecret: data.SESSION_SECRET ?? keptSecret(dataDir),
    smtpUrl: data.SMTP_URL ?? null,
    mailFrom: data.MAIL_FROM,
    flowClock: data.FLOW_CLOCK ?? (production ? 'off' : 'development'),
    payments: data.PAYMENTS ?? (production ? 'off' : 'sandbox'),
    stripe: data.PAYMENTS === 'stripe' ? stripeKeys(data) : null,
    paypal: data.PAYPAL_CLIENT_ID === undefined ? null : paypalKeys(data),
    roads: roadsOf(data),
    proofEffort: data.PROOF_EFFORT,
    trustedProxies: data.TRUSTED_PROXY?.split(',').map((address) => address.trim()) ?? [],
    logLevel: data.LOG_LEVEL,
    company: companyOf(data),
    operators: data.OPERATORS ?? (demo && data.NODE_ENV === 'development' ? DEMO_OPERATORS : []),
    demo,
  };
}

function stripeKeys({ NODE_ENV, STRIPE_SECRET_KEY: secret, STRIPE_PUBLISHABLE_KEY: publishable, STRIPE_WEBHOOK_SECRET: webhooks, STRIPE_API: api }: z.infer<typeof Variables>): StripeKeys {
  if (!secret) throw new Error('STRIPE_SECRET_KEY must be set when PAYMENTS is stripe.');
  if (!publishable) throw new Error('STRIPE_PUBLISHABLE_KEY must be set when PAYMENTS is stripe: the card entry needs it.');
  if (!webhooks) throw new Error('STRIPE_WEBHOOK_SECRET must be set when PAYMENTS is stripe: captures and payouts are told by webhook alone.');
  const [mine, theirs] = [secret, publishable].map((key) => key.split('_')[1]);
  if (mine !== theirs) throw new Error('STRIPE_PUBLISHABLE_KEY must be of the same kind as STRIPE_SECRET_KEY, test or live.');
  if (mine === 'live' && NODE_ENV !== 'production') throw new Error(`STRIPE_SECRET_KEY must be a test key while NODE_ENV is ${NODE_ENV}: nobody’s clock may be moved over real money.`);
  if (api && NODE_ENV === 'production') throw new Error('STRIPE_API must not be set in production: nothing else takes real money.');
  const double = api ? new URL(api) : null;
  return { secret, publishable, webhookSecrets: webhooks.split(',').map((one) => one.trim()), ...(double && { api: { host: double.hostname, port: Number(double.port), protocol: 'http' } }) };
}

function paypalKeys({ NODE_ENV, PAYMENTS, PAYPAL_CLIENT_ID: clientId = '', PAYPAL_SECRET: secret, PAYPAL_WEBHOOK_ID: webhookId, PAYPAL_MODE: mode, PAYPAL_AGREEMENT: agreement, PAYPAL_API: api }: z.infer<typeof Variables>): PayPalKeys {
  if (PAYMENTS !== 'stripe') throw new Error('PAYPAL_CLIENT_ID must not be set unless PAYMENTS is stripe: PayPal takes money beside it, and pays no producer.');
  if (!secret) throw new Error('PAYPAL_SECRET must be set with PAYPAL_CLIENT_ID.');
  if (!webhookId) throw new Error('PAYPAL_WEBHOOK_ID must be set with PAYPAL_CLIENT_ID: what PayPal tells us is checked against it.');
  const live = mode === 'live';
  if (live !== (NODE_ENV === 'production')) throw new Error(live ? `PAYPAL_MODE must be sandbox while NODE_ENV is ${NODE_ENV}: nobody’s clock may be moved over real money.` : 'PAYPAL_MODE must be live in production: the sandbox would confirm payments that nobody made.');
  if (live && !agreement) throw new Error('PAYPAL_AGREEMENT must be set in production: only under an agreement with PayPal may it hold what buyers pay for producers (docs/decisions/0008).');
  if (api && live) throw new Error('PAYPAL_API must not be set in production: nothing else takes real money.');
  // https://developer.paypal.com/api/rest/requests
  return { clientId, secret, webhookId, api: api ?? (live ? 'https://api-m.paypal.com' : 'https://api-m.sandbox.paypal.com') };
}

function roadsOf({ ROADS: by, ROADS_URL: url, ROADS_KEY: key, ROADS_QUOTA: quota, ROADS_KEEP_DAYS: keepDays }: z.infer<typeof Variables>): RoadsChoice {
  if (key && by !== 'matrix') throw new Error(`ROADS_KEY must not be set while ROADS is ${by}: nobody would be shown it.`);
  if (by === 'great_circle') {
    if (url) throw new Error('ROADS_URL must not be set while ROADS is great_circle: nobody would be asked there.');
    return { by, quota, keepDays };
  }
  if (by === 'osrm') {
    if (!url) throw new Error('ROADS_URL must be set when ROADS is osrm: the address of a server of yours.');
    return { by, url: url.replace(/\/+$/, ''), quota, keepDays };
  }
  if (!key) throw new Error('ROADS_KEY must be set when ROADS is matrix.');
  // https://developers.google.com/maps/documentation/routes/reference/rest/v2/TopLevel/computeRouteMatrix
  const { protocol, hostname, origin } = new URL(url ?? 'https://routes.googleapis.com');
  if (protocol === 'http:' && !/^(127\.0\.0\.1|localhost)$/.test(hostname)) throw new Error('ROADS_URL must be https when ROADS is matrix: the key would be read on its way.');
  return { by, url: origin, key, quota, keepDays };
}

/** The variables of the company: all or none, and in production all. */
const companyVariables = ['COMPANY_NAME', 'COMPANY_FORM', 'COMPANY_SIRET', 'COMPANY_VAT_NUMBER', 'COMPANY_ADDRESS', 'COMPANY_POSTCODE', 'COMPANY_CITY', 'COMPANY_IBAN'] as const;

function companyOf(data: z.infer<typeof Variables>): Company {
  const missing = companyVariables.filter((name) => data[name] === undefined);
  if (missing.length === companyVariables.length && data.NODE_ENV !== 'production') return demonstration;
  if (missing[0]) throw new Error(`${missing[0]} must be set${data.NODE_ENV === 'production' ? ' in production' : ' with the other variables of the company'}: our invoices say who we are.`);
  const given = (name: (typeof companyVariables)[number]): string => data[name] ?? '';
  return {
    name: given('COMPANY_NAME'), legalForm: given('COMPANY_FORM'), siret: given('COMPANY_SIRET'), vatNumber: given('COMPANY_VAT_NUMBER'), address: given('COMPANY_ADDRESS'), postcode: given('COMPANY_POSTCODE'),
    city: given('COMPANY_CITY'), country: 'FR', iban: given('COMPANY_IBAN'),
  };
}

/** Where everything is heard and by which name: all of it follows from one port unless an operator says otherwise. */
function addresses(data: z.infer<typeof Variables>): Pick<Config, 'ports' | 'urls' | 'platformOrigins'> {
  const demo = <T>(of: (site: DemoSite, port: number) => T) => Object.fromEntries(DEMO_SITES.map((site, i) => [site, of(site, data.PORT + 1 + i)])) as Record<DemoSite, T>;
  const ports = { platform: data.PORT, ...demo((_, port) => port), media: data.PORT + 1 + DEMO_SITES.length };
  const platform = data.PLATFORM_URL ?? `http://platform.localhost:${ports.platform}`;
  const platformFallback = data.PLATFORM_URL ?? `http://localhost:${ports.platform}`;
  return {
    ports,
    urls: {
      platform,
      platformFallback,
      media: data.MEDIA_URL ?? `http://media.localhost:${ports.media}`,
      sites: demo((site, port) => `http://${site}.localhost:${port}`),
      siteFallbacks: demo((_, port) => `http://localhost:${port}`),
    },
    platformOrigins: [...new Set([platform, platformFallback])],
  };
}

function checkProduction(data: z.infer<typeof Variables>): void {
  if (data.FLOW_CLOCK === 'development') throw new Error('FLOW_CLOCK must be off in production: nobody may move the time of real bookings.');
  if (data.PAYMENTS === 'sandbox') throw new Error('PAYMENTS must not be sandbox in production: it would confirm payments that nobody made.');
  if (!data.SESSION_SECRET) throw new Error('SESSION_SECRET must be set in production, to at least 32 random characters.');
  if (!data.PLATFORM_URL) throw new Error('PLATFORM_URL must be set in production, to the address people see.');
  if (!data.MEDIA_URL) throw new Error('MEDIA_URL must be set in production: uploads need an origin of their own.');
  if (data.MEDIA_URL === data.PLATFORM_URL) throw new Error('MEDIA_URL must differ from PLATFORM_URL: an upload must not run on our own origin.');
}

/** Whatever is not production has a mailbox that anybody reads and a clock that anybody moves: it stays on the machine. */
function checkDevelopment({ NODE_ENV, PLATFORM_URL }: z.infer<typeof Variables>): void {
  if (!PLATFORM_URL || /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(PLATFORM_URL).hostname)) return;
  throw new Error(`PLATFORM_URL must be on this machine while NODE_ENV is ${NODE_ENV}: set NODE_ENV to production for everybody else.`);
}

function keptSecret(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, 'session-secret');
  try {
    // Two processes that start at once must end up with one secret.
    writeFileSync(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}
