import { afterAll, beforeAll, expect, test } from 'vitest';
import { layOut } from '../prisma/world/index.ts';
import { openLimits } from './core/limits.ts';
import { openTestWorld, type TestWorld } from './core/test-world.ts';
import { serve } from './http.ts';
import { serveMedia } from './media.ts';

let world: TestWorld;
let app: ReturnType<typeof serve>;
const pages = { bundle: () => new Response('bundle'), asset: () => new Response('asset'), page: (path: string, hosts: readonly string[]) => new Response(`${path} ${hosts.join(' ')}`) };

beforeAll(async () => {
  world = await openTestWorld();
  await layOut(world.ctx);
  const { db, now, realNow, newId, adapters, config, live, log } = world.ctx;
  app = serve({
    world: { db, now, realNow, newId, adapters, config, live, log }, pages, limits: openLimits(), sandbox: null, development: null, ready: () => Promise.resolve(true),
    door: {
      handler: () => Promise.resolve(new Response('auth')),
      personOf: (headers) => Promise.resolve(headers.get('cookie') === 'session=vagues' ? { id: 'usr_demolesvagueslentes' } : null),
    },
  });
}, 120_000);
afterAll(() => world.close());

const theatre = () => world.ctx.config.urls.sites.theatre;
const ask = async (path: string, input: unknown, headers: Record<string, string>) => {
  const answer = await app.request(`${path}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers });
  return { status: answer.status, origin: answer.headers.get('access-control-allow-origin'), body: await answer.json() as { result?: { data: unknown }; error?: { data: { reason: string; details: Record<string, string> } } } };
};
const kit = (headers: Record<string, string>) => ask('/trpc/public/profiles.epk', { artist: 'les-vagues-lentes' }, headers);

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
  const media = serveMedia(world.db);
  const file = await world.db.file.findFirstOrThrow({ where: { isPublic: true, mime: 'audio/wav' } });
  const whole = await media.request(`/${file.id}`);
  expect([whole.status, whole.headers.get('content-security-policy'), whole.headers.get('x-content-type-options')]).toEqual([200, "default-src 'none'; sandbox", 'nosniff']);
  const part = await media.request(`/${file.id}`, { headers: { range: 'bytes=0-3' } });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, `bytes 0-3/${file.size}`, 'RIFF']);
  expect((await media.request(`/${file.id}`, { headers: { range: 'bytes=99999999-' } })).status).toBe(416);
});

test('too many calls are refused with the seconds to wait', async () => {
  const limits = openLimits();
  const from = { key: 'pk_a', origin: 'https://a.example', ip: '192.0.2.1' };
  await Promise.all(Array.from({ length: 240 }, () => limits.guest(from)));
  await expect(limits.guest(from)).rejects.toMatchObject({ code: 'rate_limited' });
  await limits.guest({ ...from, ip: '192.0.2.2' });
});

test('an event stream says who it is by connection parameters, under the names of the headers', async () => {
  const params = encodeURIComponent(JSON.stringify({ 'flow-key': 'pk_demo_theatre' }));
  const answer = await app.request(`/trpc/public/profiles.epk?input=${encodeURIComponent(JSON.stringify({ artist: 'les-vagues-lentes' }))}&connectionParams=${params}`, { headers: { origin: theatre() } });
  expect(answer.status).toBe(200);
});
