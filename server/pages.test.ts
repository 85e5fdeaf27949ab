import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from './core/config.ts';
import { openPages } from './pages.ts';

const root = mkdtempSync(path.join(tmpdir(), 'flow-pages-'));
afterAll(() => { rmSync(root, { recursive: true }); });
mkdirSync(path.join(root, 'v1'));
mkdirSync(path.join(root, 'app', 'assets'), { recursive: true });
writeFileSync(path.join(root, 'v1', 'embed.js'), 'loader');
writeFileSync(path.join(root, 'app', 'assets', 'page.js'), 'loader');
writeFileSync(path.join(root, 'v1', 'dot.png'), 'dot');
writeFileSync(path.join(root, 'v1', 'versions.json'), JSON.stringify({ current: '2.0.0', versions: { '1.2.3': { released: true }, '2.0.0': { released: false } } }));
const pages = openPages(root, readConfig({ NODE_ENV: 'test', SESSION_SECRET: 'x'.repeat(40), DATA_DIR: root }));

test('the loader is for any origin, and kept for five minutes', () => {
  const { status, headers } = pages.bundle('/v1/embed.js');
  expect([status, headers.get('access-control-allow-origin'), headers.get('cache-control')]).toEqual([200, '*', 'public, max-age=300, stale-while-revalidate=86400']);
});

test.each([
  ['gzip, deflate, br', true], ['*', true], ['br;q=1, gzip;q=0.5', true], ['GZIP', true],
  ['', false], [undefined, false], ['identity', false], ['br', false], ['gzip;q=0', false], ['gzip;q=0, *', false],
])('who accepts %j gets gzip: %j, and the bytes that the hash is of otherwise', async (accepts, packed) => {
  for (const answer of [pages.bundle('/v1/embed.js', accepts), pages.asset('/assets/page.js', accepts)]) {
    expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual([packed ? 'gzip' : null, 'accept-encoding']);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect((packed ? gunzipSync(bytes) : bytes).toString()).toBe('loader');
  }
});

test('a picture is packed for nobody', () => {
  const { headers } = pages.bundle('/v1/dot.png', 'gzip');
  expect([headers.get('content-encoding'), headers.get('vary')]).toEqual([null, null]);
});

test('a version that is not out yet may be built anew: it is kept as long as the newest is', () => {
  for (const version of ['v2.0.0', 'v2.0.1']) { mkdirSync(path.join(root, version), { recursive: true }); writeFileSync(path.join(root, version, 'embed.js'), 'tomorrow’s'); }
  for (const version of ['v2.0.0', 'v2.0.1']) expect(pages.bundle(`/${version}/embed.js`).headers.get('cache-control')).toBe('public, max-age=300, stale-while-revalidate=86400');
});

test('a version that is out and each chunk are for any origin, by `integrity` too, and never change (EM-01)', () => {
  for (const folder of ['v1.2.3', 'v1/w']) mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, 'v1.2.3', 'embed.js'), 'pinned');
  writeFileSync(path.join(root, 'v1', 'w', 'core-1.js'), 'chunk');
  for (const pathname of ['/v1.2.3/embed.js', '/v1/w/core-1.js']) {
    const { status, headers } = pages.bundle(pathname);
    expect([status, headers.get('access-control-allow-origin'), headers.get('cross-origin-resource-policy'), headers.get('cache-control'), headers.get('content-type')])
      .toEqual([200, '*', 'cross-origin', 'public, max-age=31536000, immutable', 'text/javascript; charset=utf-8']);
  }
  expect(pages.bundle('/v9.9.9/embed.js').status).toBe(404);
});

test('what is not there says so to any origin, and is found once it is there', () => {
  const before = pages.bundle('/v1/w/late.js');
  expect([before.status, before.headers.get('access-control-allow-origin')]).toEqual([404, '*']);
  mkdirSync(path.join(root, 'v1', 'w'), { recursive: true });
  writeFileSync(path.join(root, 'v1', 'w', 'late.js'), 'chunk');
  expect(pages.bundle('/v1/w/late.js').status).toBe(200);
});

test.each(['/v1/../../etc/passwd', '/v1/%2e%2e/secret.js', '/'])('%s climbs out of nothing', (pathname) => {
  expect(pages.bundle(pathname).status).toBe(404);
});

const ours = path.join(import.meta.dirname, '..', 'app');
/** Every page that we have, as its address names it. */
const names = ['', 'frame/'].flatMap((folder) => readdirSync(path.join(ours, folder)).map((name) => `${folder}${name}`)).filter((name) => existsSync(path.join(ours, name, 'index.html')));

test('the page with the provider’s fields names Stripe’s hosts, and no other page does, nor that one without Stripe (ES-02)', () => {
  for (const name of names) {
    mkdirSync(path.join(root, 'app', name), { recursive: true });
    writeFileSync(path.join(root, 'app', name, 'index.html'), '<html><head></head></html>');
  }
  expect(names).toEqual(expect.arrayContaining(['inbox', 'booking', 'frame/pay', 'frame/file', 'frame/back', 'not-found']));
  const keys = { PAYMENTS: 'stripe', STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_PUBLISHABLE_KEY: 'pk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_1' };
  const open = (more: Record<string, string>) => openPages(root, readConfig({ NODE_ENV: 'test', SESSION_SECRET: 'x'.repeat(40), DATA_DIR: root, ...more }));
  const named = (more: Record<string, string>) => [...names, 'nowhere'].filter((name) => {
    const { headers } = open(more).page(`/${name}`, []);
    return /stripe/.test(`${headers.get('content-security-policy')} ${headers.get('permissions-policy')}`);
  });
  expect(named(keys)).toEqual(['frame/pay']);
  expect(named({})).toEqual([]);
  expect(named({ ...keys, PAYMENTS: 'off' })).toEqual([]);
  const policy = open(keys).page('/frame/pay', ['https://theatre.example']).headers.get('content-security-policy');
  expect(policy).toContain("script-src 'self' https://js.stripe.com https://*.js.stripe.com;");
  expect(policy).toContain("frame-src 'self' https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com;");
  expect(policy).toContain("frame-ancestors 'self' https://theatre.example");
});
