import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEMO_OPERATORS, DEMO_SITES, readConfig, VARIABLES } from './config.ts';

const dataDir = mkdtempSync(path.join(tmpdir(), 'flow-config-'));
afterAll(() => { rmSync(dataDir, { recursive: true }); });

const secret = 'x'.repeat(32);
const read = (env: Record<string, string> = {}) => readConfig({ DATA_DIR: dataDir, ...env });
const company = {
  COMPANY_NAME: 'Scène Exemple', COMPANY_FORM: 'SAS', COMPANY_SIRET: '73282932000074', COMPANY_VAT_NUMBER: 'FR44732829320', COMPANY_ADDRESS: '1 rue Haute', COMPANY_POSTCODE: '35000', COMPANY_CITY: 'Rennes',
  COMPANY_IBAN: 'FR7630006000011234567890189',
};
const production = { NODE_ENV: 'production', SESSION_SECRET: secret, PLATFORM_URL: 'https://flow.example', MEDIA_URL: 'https://media.flow.example', ...company };

test('with nothing set, everything is on one machine, each site on a host of its own', () => {
  const config = read();
  expect(config).toMatchObject({ environment: 'development', port: 4000, databaseUrl: null, poolSize: 20, smtpUrl: null, flowClock: 'development', payments: 'sandbox', demo: true, trustedProxies: [] });
  expect(config.urls.platform).toBe('http://platform.localhost:4000');
  expect(config.urls.sites['link-in-bio']).toBe('http://link-in-bio.localhost:4005');
  expect(config.urls.siteFallbacks.theatre).toBe('http://localhost:4001');
  expect(config.urls.media).toBe('http://media.localhost:4006');
  expect(config.platformOrigins).toEqual(['http://platform.localhost:4000', 'http://localhost:4000']);
  const { hostname } = new URL(config.urls.platform);
  expect(new Set([hostname, new URL(config.urls.media).hostname, ...DEMO_SITES.map((site) => new URL(config.urls.sites[site]).hostname)]).size).toBe(7);
});

test('the secret of a development machine is made once, for its owner alone', () => {
  const { sessionSecret } = read();
  expect(sessionSecret.length).toBeGreaterThanOrEqual(32);
  expect(read().sessionSecret).toBe(sessionSecret);
  expect(statSync(path.join(dataDir, 'session-secret')).mode & 0o777).toBe(0o600);
  expect(read({ SESSION_SECRET: secret }).sessionSecret).toBe(secret);
});

test.each([
  ['PORT', 'http'], ['PORT', '0'], ['PORT', '70000'], ['POOL_SIZE', '1'], ['DATABASE_URL', 'mysql://db/flow'], ['NODE_ENV', 'staging'], ['PLATFORM_URL', 'flow.example'], ['SESSION_SECRET', 'short'],
  ['SMTP_URL', 'https://mail.example'], ['MAIL_FROM', 'nobody'], ['FLOW_CLOCK', 'yes'], ['PAYMENTS', 'paypal'], ['STRIPE_SECRET_KEY', 'pk_test_1'], ['STRIPE_PUBLISHABLE_KEY', 'sk_test_1'], ['STRIPE_WEBHOOK_SECRET', 'secret'], ['STRIPE_API', 'http://api.stripe.example'], ['TRUSTED_PROXY', 'everybody'], ['LOG_LEVEL', 'loud'], ['COMPANY_SIRET', '123'], ['COMPANY_IBAN', 'FR 76'], ['DEMO', 'true'],
])('a wrong %s is refused by name: %s', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name} must be [^.]+|^${name} must have [^.]+\\.$`));
});

test.each([
  ['FLOW_CLOCK', { FLOW_CLOCK: 'development' }], ['PAYMENTS', { PAYMENTS: 'sandbox' }], ['SESSION_SECRET', { SESSION_SECRET: '' }], ['PLATFORM_URL', { PLATFORM_URL: '' }], ['MEDIA_URL', { MEDIA_URL: '' }],
  ['MEDIA_URL', { MEDIA_URL: production.PLATFORM_URL }], ['COMPANY_SIRET', { COMPANY_SIRET: '0'.repeat(14) }],
])('production refuses a dangerous or missing %s', (name, over) => {
  expect(() => read({ ...production, ...over })).toThrow(new RegExp(`^${name} must`));
});

test('what is not production stays on the machine', () => {
  for (const PLATFORM_URL of ['https://flow.example', 'http://192.168.1.7:4000', 'https://localhost.flow.example', 'http://127.0.0.1.flow.example']) {
    expect(() => read({ PLATFORM_URL }), PLATFORM_URL).toThrow(/^PLATFORM_URL must be on this machine/);
  }
  for (const PLATFORM_URL of ['http://localhost:8080', 'http://flow.localhost', 'http://127.0.0.1:4000', 'http://[::1]:4000']) expect(read({ PLATFORM_URL }).urls.platform).toBe(PLATFORM_URL);
});

test.each(Object.keys(company))('production does not start without %s', (name) => {
  expect(() => read({ ...production, [name]: '' })).toThrow(new RegExp(`^${name} must be set in production`));
});

test('our invoices name the company of the operator; a demonstration says that it is one', () => {
  expect(read().company.name).toContain('démonstration');
  expect(read(production).company).toMatchObject({ name: 'Scène Exemple', siret: '73282932000074', city: 'Rennes', iban: 'FR7630006000011234567890189' });
  expect(() => read({ COMPANY_NAME: 'Half' })).toThrow(/^COMPANY_FORM must be set/);
});

test('who acts for the platform is named by mail address', () => {
  // Two people of the demo world, where its password is no secret; nobody elsewhere.
  expect(read().operators).toEqual(DEMO_OPERATORS);
  expect(read({ OPERATORS: 'ada@flow.example' }).operators).toEqual(['ada@flow.example']);
  for (const env of [{ DEMO: 'off' }, { NODE_ENV: 'test' }, production, { ...production, DEMO: 'on' }]) expect(read(env).operators).toEqual([]);
  expect(read({ OPERATORS: ' Ada@flow.example, bob@flow.example ' }).operators).toEqual(['ada@flow.example', 'bob@flow.example']);
  expect(() => read({ OPERATORS: 'ada' })).toThrow(/^OPERATORS must be/);
});

const stripe = { PAYMENTS: 'stripe', STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_PUBLISHABLE_KEY: 'pk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_1, whsec_2' };

test('Stripe is there when it is chosen, with all its keys (ES-02)', () => {
  expect(read(stripe)).toMatchObject({ payments: 'stripe', stripe: { secret: 'sk_test_1', publishable: 'pk_test_1', webhookSecrets: ['whsec_1', 'whsec_2'] } });
  // Keys alone choose nothing.
  expect(read({ ...stripe, PAYMENTS: '' })).toMatchObject({ payments: 'sandbox', stripe: null });
  expect(read({ ...stripe, STRIPE_API: 'http://127.0.0.1:5000' }).stripe?.api).toEqual({ host: '127.0.0.1', port: 5_000, protocol: 'http' });
  expect(() => read({ ...production, ...stripe, STRIPE_API: 'http://127.0.0.1:5000' })).toThrow(/^STRIPE_API must not be set/);
  expect(read({ ...production, ...stripe, STRIPE_SECRET_KEY: 'rk_live_1', STRIPE_PUBLISHABLE_KEY: 'pk_live_1' }).stripe?.secret).toBe('rk_live_1');
});

test.each([
  ['STRIPE_SECRET_KEY', { STRIPE_SECRET_KEY: '' }], ['STRIPE_PUBLISHABLE_KEY', { STRIPE_PUBLISHABLE_KEY: '' }], ['STRIPE_WEBHOOK_SECRET', { STRIPE_WEBHOOK_SECRET: '' }],
  ['STRIPE_PUBLISHABLE_KEY', { STRIPE_PUBLISHABLE_KEY: 'pk_live_1' }], ['STRIPE_SECRET_KEY', { STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_PUBLISHABLE_KEY: 'pk_live_1' }],
])('Stripe without its right %s is refused, and real money outside production', (name, over) => {
  expect(() => read({ ...stripe, ...over })).toThrow(new RegExp(`^${name} must be`));
});

const paypal = { ...stripe, PAYPAL_CLIENT_ID: 'client-of-paypal', PAYPAL_SECRET: 'secret-of-paypal', PAYPAL_WEBHOOK_ID: '8PT597110X687430LKGECATA' };
const livePaypal = { ...production, ...paypal, STRIPE_SECRET_KEY: 'sk_live_1', STRIPE_PUBLISHABLE_KEY: 'pk_live_1', PAYPAL_MODE: 'live', PAYPAL_AGREEMENT: 'Accord du 3 janvier 2027' };

test('PayPal is there beside Stripe, at its sandbox; live in production alone, under an agreement (ES-02, IN-02)', () => {
  expect(read(stripe).paypal).toBeNull();
  expect(read(paypal).paypal).toEqual({ clientId: 'client-of-paypal', secret: 'secret-of-paypal', webhookId: '8PT597110X687430LKGECATA', api: 'https://api-m.sandbox.paypal.com' });
  expect(read({ ...paypal, PAYPAL_API: 'http://127.0.0.1:5000/' }).paypal?.api).toBe('http://127.0.0.1:5000');
  expect(read(livePaypal).paypal?.api).toBe('https://api-m.paypal.com');
});

test.each([
  ['PAYPAL_CLIENT_ID', { PAYMENTS: 'sandbox' }], ['PAYPAL_SECRET', { PAYPAL_SECRET: '' }], ['PAYPAL_WEBHOOK_ID', { PAYPAL_WEBHOOK_ID: '' }], ['PAYPAL_MODE', { PAYPAL_MODE: 'live' }], ['PAYPAL_MODE', { ...livePaypal, PAYPAL_MODE: '' }],
  ['PAYPAL_AGREEMENT', { ...livePaypal, PAYPAL_AGREEMENT: '' }], ['PAYPAL_API', { ...livePaypal, PAYPAL_API: 'http://127.0.0.1:5000' }], ['PAYPAL_API', { PAYPAL_API: 'https://paypal.example' }],
])('PayPal without its right %s is refused', (name, over) => {
  expect(() => read({ ...paypal, ...over })).toThrow(new RegExp(`^${name} must`));
});

const matrix = { ROADS: 'matrix', ROADS_KEY: 'AIza-a-key-of-a-matrix' };

test('ways are told by the great circle, unless somebody is chosen to measure them (TO-24)', () => {
  expect(read().roads).toEqual({ by: 'great_circle', quota: 25_000, keepDays: 180 });
  expect(read({ ROADS: 'osrm', ROADS_URL: 'http://osrm.internal:5000/fr/', ROADS_QUOTA: '1000000' }).roads).toEqual({ by: 'osrm', url: 'http://osrm.internal:5000/fr', quota: 1_000_000, keepDays: 180 });
  expect(read({ ...matrix, ROADS_KEEP_DAYS: '0' }).roads).toEqual({ by: 'matrix', url: 'https://routes.googleapis.com', key: matrix.ROADS_KEY, quota: 25_000, keepDays: 0 });
  expect(read({ ...matrix, ROADS_URL: 'http://127.0.0.1:5002/' }).roads).toMatchObject({ url: 'http://127.0.0.1:5002' });
});

test.each([
  ['ROADS', { ROADS: 'mapbox' }], ['ROADS_URL', { ROADS: 'osrm' }], ['ROADS_URL', { ROADS: 'osrm', ROADS_URL: 'osrm.example' }], ['ROADS_URL', { ROADS: 'osrm', ROADS_URL: 'https://osrm.example/?key=1' }], ['ROADS_URL', { ROADS: 'osrm', ROADS_URL: 'https://me:secret@osrm.example' }],
  ['ROADS_URL', { ROADS_URL: 'https://osrm.example' }], ['ROADS_KEY', { ROADS_KEY: matrix.ROADS_KEY }], ['ROADS_KEY', { ROADS: 'osrm', ROADS_URL: 'https://osrm.example', ROADS_KEY: matrix.ROADS_KEY }], ['ROADS_KEY', { ROADS: 'matrix' }],
  ['ROADS_KEY', { ...matrix, ROADS_KEY: 'a key' }], ['ROADS_URL', { ...matrix, ROADS_URL: 'http://routes.example' }], ['ROADS_QUOTA', { ROADS_QUOTA: '-1' }], ['ROADS_KEEP_DAYS', { ROADS_KEEP_DAYS: 'ever' }],
])('a wrong or contradictory %s is refused by name, and its key is not said (TO-24)', (name, over) => {
  expect(() => read(over)).toThrow(new RegExp(`^${name} must (?!.*AIza)`));
});

test('production is careful by itself', () => {
  expect(read({ ...production, TRUSTED_PROXY: '10.0.0.1, ::1' })).toMatchObject({
    flowClock: 'off', payments: 'off', demo: false, trustedProxies: ['10.0.0.1', '::1'], platformOrigins: ['https://flow.example'],
  });
});

test('.env.example explains every variable, and no other', () => {
  const explained = [...readFileSync('.env.example', 'utf8').matchAll(/^# ([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
  expect(explained.sort()).toEqual(Object.keys(VARIABLES).sort());
});
