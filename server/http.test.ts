import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { layOut, moveSites } from '../prisma/world/index.ts';
import { openPayPalDouble } from './adapters/payments/double/paypal.ts';
import { openPayPal } from './adapters/payments/paypal.ts';
import { openLimits, type Limits } from './core/limits.ts';
import { openTestWorld, type TestWorld } from './core/test-world.ts';
import { serve } from './http.ts';
import { serveMedia } from './media.ts';

let world: TestWorld;
let app: ReturnType<typeof serve>;
const pages = { bundle: (_: string, accepts = 'nothing') => new Response(`bundle for ${accepts}`), asset: (_: string, accepts = 'nothing') => new Response(`asset for ${accepts}`), page: (path: string, hosts: readonly string[]) => new Response(`${path} ${hosts.join(' ')}`) };

function opened(limits: Limits, log = world.ctx.log, wallet: Parameters<typeof serve>[0]['wallet'] = null) {
  const { db, now, realNow, newId, adapters, config, live } = world.ctx;
  return serve({
    world: { db, now, realNow, newId, adapters, config, live, log }, pages, limits, wallet, sandbox: null, development: null, ready: () => Promise.resolve(true),
    door: {
      handler: () => Promise.resolve(new Response('auth')),
      personOf: (headers) => Promise.resolve(headers.get('cookie') === 'session=vagues' ? { id: 'usr_demolesvagueslentes' } : null),
    },
  });
}

/** A door of its own, with its own counts, asked from the address that the test says. */
function doorWith(limits: Limits, hear: (line: { path?: string }) => void = () => undefined) {
  const door = opened(limits, pino({ base: null }, { write: (line: string) => { hear(JSON.parse(line) as { path?: string }); } }));
  return { request: (path: string, { from = '192.0.2.1', ...init }: RequestInit & { from?: string } = {}) => door.request(path, init, { incoming: { socket: { remoteAddress: from } } }) };
}

beforeAll(async () => {
  world = await openTestWorld();
  await layOut(world.ctx);
  app = opened(openLimits());
}, 120_000);
afterAll(() => world.close());

const theatre = () => world.ctx.config.urls.sites.theatre;
const ask = async (path: string, input: unknown, headers: Record<string, string>) => {
  const answer = await app.request(`${path}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers });
  return { status: answer.status, origin: answer.headers.get('access-control-allow-origin'), body: await answer.json() as { result?: { data: unknown }; error?: { data: { reason: string; details: Record<string, string> } } } };
};
const kit = (headers: Record<string, string>) => ask('/trpc/public/profiles.epk', { artist: 'les-vagues-lentes' }, headers);

test('files are packed by what who asks can read: a plain curl says nothing', async () => {
  for (const [path, what] of [['/v1/embed.js', 'bundle'], ['/v1.2.3/embed.js', 'bundle'], ['/assets/page.js', 'asset']] as const) {
    expect(await (await app.request(path)).text()).toBe(`${what} for nothing`);
    expect(await (await app.request(path, { headers: { 'accept-encoding': 'gzip, br' } })).text()).toBe(`${what} for gzip, br`);
  }
});

test('a partner’s page asks with its key, from an origin on its list (EM-01)', async () => {
  const { status, origin, body } = await kit({ 'flow-key': 'pk_demo_theatre', origin: theatre() });
  expect([status, origin]).toEqual([200, theatre()]);
  expect(body.result?.data).toMatchObject({ artist: 'les-vagues-lentes', name: 'Les Vagues Lentes' });
});

test('a foreign origin hears which one to add, and may read that answer', async () => {
  const { status, origin, body } = await kit({ 'flow-key': 'pk_demo_theatre', origin: 'https://rival.example' });
  expect([status, origin]).toEqual([403, 'https://rival.example']);
  expect(body.error?.data).toMatchObject({ reason: 'origin_not_allowed', details: { origin: 'https://rival.example' } });
});

test('what the provider signed and nobody can read is refused by its name, kept once, and said in the log', async () => {
  const heard: { level: number; notice?: string }[] = [];
  const door = doorWith(openLimits(), (line) => { heard.push(line as { level: number; notice?: string }); });
  const hook = async (body: string, signature = 'right') => {
    const answer = await door.request('/hooks/payments', { method: 'POST', body, headers: { 'flow-signature': signature } });
    return [answer.status, await answer.json() as unknown];
  };
  const unread = () => world.db.providerEvent.findMany({ where: { kind: 'unreadable' }, orderBy: { raw: 'asc' } });
  const refused = [400, { error: { reason: 'notice_unreadable', details: {} } }];
  for (const body of ['{"id":"evt_1"', '', 'null', '{"id":"evt_1"}', '{"id":"evt_1"', 'a\0b']) expect(await hook(body), body).toEqual(refused);
  expect((await unread()).map(({ raw, doneAt }) => [raw, doneAt])).toEqual([['', null], ['a\ufffdb', null], ['null', null], ['{"id":"evt_1"', null], ['{"id":"evt_1"}', null]].sort());
  expect(heard.filter(({ level, notice }) => level === 50 && notice)).toHaveLength(6);
  expect(await hook('nonsense', 'wrong')).toEqual([400, { error: { reason: 'signature_invalid', details: {} } }]);
  expect(await unread()).toHaveLength(5);
});

test('PayPal has a door of its own, where its five headers are its proof; without PayPal there is none (IN-02)', async () => {
  const double = await openPayPalDouble();
  const { db, ctx: { realNow, log } } = world;
  const wallet = openPayPal({ db, keys: double.keys, returnTo: 'https://flow.example/frame/back', realNow, log });
  const raw = JSON.stringify({ id: 'WH-1', event_type: 'PAYMENT.CAPTURE.COMPLETED', resource: { id: 'C1', custom_id: 'paypal_unknown', amount: { currency_code: 'EUR', value: '1.00' } } });
  const proof = double.sign(raw).split(' ');
  const headers = Object.fromEntries(wallet.signedBy.map((name, i) => [name, proof[i] ?? '']));
  const hook = async (app: ReturnType<typeof serve>, body: string) => (await app.request('/hooks/paypal', { method: 'POST', body, headers })).status;
  const door = opened(openLimits(), log, wallet);
  expect(await hook(door, raw)).toBe(200);
  expect(await hook(door, raw.replace('1.00', '9.00'))).toBe(400);
  expect(await world.db.providerEvent.findUniqueOrThrow({ where: { id: 'WH-1' } })).toMatchObject({ provider: 'paypal', kind: 'payment.captured', object: 'paypal_unknown', raw, doneAt: null });
  expect(await hook(opened(openLimits()), raw)).toBe(404);
  await double.close();
});

test('a key that nobody has opens nothing, nor does a session at the public door', async () => {
  expect((await kit({ 'flow-key': 'pk_none', origin: theatre() })).body.error?.data.reason).toBe('key_unknown');
  expect((await kit({ cookie: 'session=vagues', origin: theatre() })).body.error?.data.reason).toBe('key_unknown');
});

test('a page of somebody else’s does not get through our own door, cookie or not', async () => {
  const answer = await app.request('/trpc/identity.me', { headers: { cookie: 'session=vagues', origin: 'https://rival.example' } });
  expect(answer.status).toBe(403);
  expect((await app.request('/trpc/identity.me', { headers: { cookie: 'session=vagues', 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
});

test('who is signed in sees their own; nobody sees nothing', async () => {
  const own = await ask('/trpc/booking.inbox', { status: 'all' }, { cookie: 'session=vagues' });
  expect(own.status).toBe(200);
  expect((await ask('/trpc/booking.inbox', { status: 'all' }, {})).body.error?.data.reason).toBe('signed_out');
});

test('the demo world has agreements enough for a price to be told as a range, with how many it is made of (CH-20)', async () => {
  const range = await ask('/trpc/public/booking.priceRange', { artist: 'les-vagues-lentes' }, { 'flow-key': 'pk_demo_theatre', origin: theatre() });
  expect(range.body.result?.data).toMatchObject({ deals: 10, artists: 5, months: 24, low: { currency: 'EUR' } });
  // Of artists that fewer than five are like, nothing is told.
  expect((await ask('/trpc/public/booking.priceRange', { artist: 'brass-de-nuit' }, { 'flow-key': 'pk_demo_theatre', origin: theatre() })).body.result?.data).toBeNull();
});

test('a calendar that looks again is counted apart: whoever asks something still may', async () => {
  const limits = openLimits();
  const door = doorWith(limits);
  const headers = { 'flow-key': 'pk_demo_theatre', origin: theatre() };
  const at = (path: string) => door.request(`/trpc/public/${path}?input=${encodeURIComponent(JSON.stringify({ artist: 'les-vagues-lentes', from: '2027-04-01', until: '2027-04-02' }))}`, { headers });
  await limits.guest('192.0.2.1', 240);
  expect([(await at('calendar.look')).status, (await at('calendar.availability')).status]).toEqual([200, 429]);
  await limits.look('192.0.2.1', 239);
  expect((await at('calendar.look')).status).toBe(429);
});

test('a wrong field is named, and nothing else is said', async () => {
  const { status, body } = await ask('/trpc/public/calendar.availability', { artist: 'les-vagues-lentes', from: 'tomorrow', until: '2027-04-01' }, { 'flow-key': 'pk_demo_theatre', origin: theatre() });
  expect(status).toBe(400);
  expect(body.error?.data).toMatchObject({ reason: 'input_invalid', details: { field: 'from' } });
  expect(JSON.stringify(body)).not.toContain('stack');
});

test('REST says the same as tRPC, and describes itself (AP-01)', async () => {
  const headers = { 'flow-key': 'pk_demo_theatre', origin: theatre() };
  const rest = await (await app.request('/api/v1/artists/les-vagues-lentes', { headers })).json() as { name: string };
  expect(rest.name).toBe('Les Vagues Lentes');
  expect((await app.request('/api/v1/artists/nobody', { headers })).status).toBe(404);
  expect((await app.request('/api/v1/programme', { headers: { origin: theatre() } })).status).toBe(401);
  const document = await (await app.request('/api/v1/openapi.json')).json() as { paths: Record<string, unknown> };
  expect(Object.keys(document.paths)).toContain('/artists/{artist}/availability');
});

test('a frame names the pages it may stand in; an unknown key names none', async () => {
  expect(await (await app.request('/frame/file?key=pk_demo_theatre')).text()).toContain(theatre());
  expect(await (await app.request('/frame/file?key=pk_none')).text()).toBe('/frame/file ');
});

test('a document is nobody’s who is not a party to it', async () => {
  const file = await world.db.file.findFirstOrThrow({ where: { isPublic: true } });
  expect((await app.request(`/files/${file.id}`)).status).toBe(401);
  expect((await app.request(`/files/${file.id}`, { headers: { cookie: 'session=vagues' } })).status).toBe(404);
});

test('media is served with headers that let it be nothing else, in parts if asked', async () => {
  const media = serveMedia(world.ctx, { limits: openLimits(), addressOf: () => '192.0.2.1' });
  const file = await world.db.file.findFirstOrThrow({ where: { isPublic: true, mime: 'audio/wav' } });
  const whole = await media.request(`/${file.id}`);
  expect([whole.status, whole.headers.get('content-security-policy'), whole.headers.get('x-content-type-options')]).toEqual([200, "default-src 'none'; sandbox", 'nosniff']);
  const part = await media.request(`/${file.id}`, { headers: { range: 'bytes=0-3' } });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, `bytes 0-3/${file.size}`, 'RIFF']);
  expect((await media.request(`/${file.id}`, { headers: { range: 'bytes=99999999-' } })).status).toBe(416);
});

test('too many calls of one address are refused with the seconds to wait, and cost the page nothing', async () => {
  const limits = openLimits();
  for (let i = 0; i < 240; i += 1) await limits.guest('192.0.2.1');
  await expect(limits.guest('192.0.2.1')).rejects.toMatchObject({ code: 'rate_limited', details: { seconds: expect.stringMatching(/^\d+$/) as string } });
  await limits.guest('192.0.2.2', 240);
  await expect(limits.guest('192.0.2.2')).rejects.toMatchObject({ code: 'rate_limited' });

  // Through the door: one address asks on and on, and an innocent visitor of the same page is served.
  const door = doorWith(openLimits());
  const headers = { 'flow-key': 'pk_demo_theatre', origin: theatre() };
  const statuses = new Set<number>();
  for (let i = 0; i < 3_100; i += 1) statuses.add((await door.request('/api/v1/openapi-is-not-asked', { headers, from: '192.0.2.1' })).status);
  for (let i = 0; i < 3_100; i += 1) statuses.add((await door.request('/api/v1/programme', { headers, from: '192.0.2.1' })).status);
  expect([...statuses].sort()).toEqual([200, 404, 429]);
  expect((await door.request('/api/v1/programme', { headers, from: '198.51.100.9' })).status).toBe(200);
}, 60_000);

test('an address that tries one unknown key after another is refused like any other', async () => {
  const door = doorWith(openLimits());
  const statuses = [];
  for (let i = 0; i < 241; i += 1) statuses.push((await door.request('/api/v1/programme', { headers: { 'flow-key': `pk_unknown${i}`, origin: theatre() }, from: '192.0.2.1' })).status);
  expect([statuses[0], statuses[239], statuses[240]]).toEqual([401, 401, 429]);
  const files = [];
  for (let i = 0; i < 1_201; i += 1) files.push((await door.request(i % 2 ? '/files/fil_1' : '/frame/file?key=pk_none', { from: '192.0.2.3' })).status);
  expect([files[0], files[1], files[1_200]]).toEqual([200, 401, 429]);
});

test('a batch holds ten calls at most, and each of them counts', async () => {
  const headers = { 'flow-key': 'pk_demo_theatre', origin: theatre() };
  const batch = (size: number) => `/trpc/public/${Array(size).fill('profiles.epk').join(',')}?batch=1&input=${encodeURIComponent(JSON.stringify(Object.fromEntries(Array.from({ length: size }, (_, i) => [i, { artist: 'les-vagues-lentes' }]))))}`;
  const door = doorWith(openLimits());
  const [small, large] = [await door.request(batch(10), { headers, from: '192.0.2.4' }), await door.request(batch(11), { headers, from: '192.0.2.4' })];
  expect([small.status, (await small.json() as unknown[]).length, large.status]).toEqual([200, 10, 400]);
  for (let i = 0; i < 22; i += 1) expect((await door.request(batch(10).replaceAll(',profiles', '%2Cprofiles'), { headers, from: '192.0.2.4' })).status).toBe(200);
  expect((await door.request(batch(1), { headers, from: '192.0.2.4' })).status).toBe(429);
});

test('a stranger writes few requests: to one artist, as one address, from one machine', async () => {
  const limits = openLimits();
  const from = (ip: string, email: string, artist = 'a') => limits.request({ ip, email, artist }).then(() => 'taken', (error: unknown) => (error as { code: string }).code);
  const answers = [];
  for (let i = 0; i < 6; i += 1) answers.push(await from(`192.0.2.${i}`, i % 2 ? 'Victim@b.example' : 'victim@b.example'));
  expect(answers).toEqual(['taken', 'taken', 'taken', 'taken', 'taken', 'rate_limited']);
  for (let i = 0; i < 20; i += 1) await from('198.51.100.1', `x${i}@b.example`, 'b');
  expect(await from('198.51.100.1', 'y@b.example', 'b')).toBe('rate_limited');
  for (let i = 0; i < 100; i += 1) await from(`203.0.113.${i}`, `z${i}@b.example`, 'c');
  expect(await from('203.0.113.200', 'w@b.example', 'c')).toBe('rate_limited');

  // Both doors count.
  const door = doorWith(openLimits());
  const body = (i: number) => JSON.stringify({ key: `limit-limit-limit-${i}`, artist: 'les-vagues-lentes', asker: 'private', contactName: 'Jo', organisation: '', email: 'jo@b.example', occasion: 'Fête', showDay: '2027-11-23', budget: { minor: 0, currency: 'EUR' }, city: 'Rennes' });
  const statuses = [];
  for (let i = 0; i < 6; i += 1) statuses.push((await door.request(i % 2 ? '/api/v1/requests' : '/trpc/public/booking.sendRequest', { method: 'POST', headers: { 'flow-key': 'pk_demo_theatre', origin: theatre(), 'content-type': 'application/json' }, body: body(i), from: '192.0.2.5' })).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
});

test('the log names no booking', async () => {
  const written: { path?: string }[] = [];
  const door = doorWith(openLimits(), (line) => { written.push(line); });
  await door.request('/api/v1/requests/refabcdefghijklmnopqrstuvwxyz/steps', { headers: { 'flow-key': 'pk_demo_theatre', origin: theatre() } });
  await door.request('/refabcdefghijklmnopqrstuvwxyz');
  expect(written.map(({ path }) => path)).toEqual(['/api/v1/requests/…/steps', '/…']);
});

test('an event stream says who it is by connection parameters, under the names of the headers', async () => {
  const params = encodeURIComponent(JSON.stringify({ 'flow-key': 'pk_demo_theatre' }));
  const answer = await app.request(`/trpc/public/profiles.epk?input=${encodeURIComponent(JSON.stringify({ artist: 'les-vagues-lentes' }))}&connectionParams=${params}`, { headers: { origin: theatre() } });
  expect(answer.status).toBe(200);
});

test('a demo world that is opened at other ports has all its sites there', async () => {
  const { config } = world.ctx;
  const moved = (url: string) => url.replace(/:\d+$/u, ':59999');
  const there = (urls: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(urls).map(([site, url]) => [site, moved(url)])) as typeof config.urls.sites;
  await moveSites({ ...world.ctx, config: { ...config, urls: { ...config.urls, sites: there(config.urls.sites), siteFallbacks: there(config.urls.siteFallbacks) } } });
  const found = await world.db.site.findMany();
  expect(found.map(({ url }) => url).sort()).toEqual(Object.values(there(config.urls.sites)).sort());
  expect(found.flatMap(({ origins }) => origins).every((origin) => origin.endsWith(':59999'))).toBe(true);
  await moveSites(world.ctx);
  expect((await world.db.site.findMany()).map(({ url }) => url).sort()).toEqual(Object.values(config.urls.sites).sort());
});
