import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context, SignedIn } from '../core/context.ts';
import { openLimits } from '../core/limits.ts';
import { openTestWorld } from '../core/test-world.ts';
import { checkPage, createSite, findPartner, originsOf, originsOfKey, readPartner, readSites, revokeKey, rotateKey, updateSite } from './service.ts';

type World = Awaited<ReturnType<typeof openTestWorld>>;

let world: World;
let ctx: Context;

beforeAll(async () => {
  world = await openTestWorld();
  ({ ctx } = world);
});
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const later = (ms: number) => new Date(Date.now() + ms);
const day = 86_400_000;
const theatre = { name: 'Théâtre des Quais', url: 'https://theatre.example/agenda', origins: ['https://www.theatre.example/'] };

async function partner(kind: 'venue' | 'artist' | 'municipality' = 'venue'): Promise<SignedIn> {
  const orgId = ctx.newId('org');
  await ctx.db.organisation.create({ data: { id: orgId, kind, name: 'Les Quais', email: 'a@theatre.example', city: 'Nantes', insee: '44109', createdAt: new Date() } });
  return { ...ctx, actor: { userId: ctx.newId('usr'), orgId, role: 'owner' } };
}
const keyOf = (site: { keys: { key: string }[] }) => site.keys[0]!.key;
const ask = (key: string, origin: string, at = new Date()) => findPartner(ctx.db, key, origin, at);

describe('the sites of a partner', () => {
  test('a site gets a key that works from its own origins alone', async () => {
    const me = await partner();
    const site = await createSite(me, theatre);
    expect(site).toMatchObject({ name: 'Théâtre des Quais', origins: ['https://theatre.example', 'https://www.theatre.example'] });
    expect(keyOf(site)).toMatch(/^pk_[0-9A-Za-z]{24}$/);
    expect(await ask(keyOf(site), 'https://theatre.example')).toEqual({ partner: { siteId: site.id, orgId: me.actor.orgId, key: keyOf(site), origins: site.origins } });
    for (const origin of ['https://evil.example', 'https://theatre.example.evil.example', 'http://theatre.example', 'https://theatre.example:8443', 'null', '']) {
      expect(await ask(keyOf(site), origin), origin).toEqual({ refusal: 'origin_not_allowed' });
    }
    for (const key of ['', 'pk_', 'pk_unknown', `${keyOf(site)}x`, `pk_${'x'.repeat(500)}`]) expect(await ask(key, 'https://theatre.example'), key).toEqual({ refusal: 'key_unknown' });
    expect(await originsOf(ctx, site.id)).toEqual(site.origins);
    expect(await originsOfKey(ctx.db, keyOf(site), new Date())).toEqual(site.origins);
    expect(await originsOfKey(ctx.db, 'pk_unknown', new Date())).toEqual([]);
  });

  test('an origin taken off the list is refused at once, one put on it is let in', async () => {
    const me = await partner();
    const site = await createSite(me, theatre);
    expect(await ask(keyOf(site), 'https://www.theatre.example')).toHaveProperty('partner');
    await updateSite(me, { ...theatre, id: site.id, origins: ['https://billets.theatre.example'] });
    expect(await ask(keyOf(site), 'https://www.theatre.example')).toEqual({ refusal: 'origin_not_allowed' });
    expect(await ask(keyOf(site), 'https://billets.theatre.example')).toHaveProperty('partner');
    await expect(updateSite(me, { ...theatre, id: site.id, url: 'http://theatre.example' })).rejects.toThrow(refusal('origin_invalid'));
    await expect(createSite(me, { ...theatre, origins: ['*'] })).rejects.toThrow(refusal('origin_invalid'));
  });

  test('a rotated key works seven days more beside the new one', async () => {
    const me = await partner();
    const site = await createSite(me, theatre);
    const old = keyOf(site);
    const rotated = await rotateKey(me, site.id);
    expect(rotated.keys).toHaveLength(2);
    const fresh = rotated.keys.find(({ key }) => key !== old)!.key;
    for (const key of [old, fresh]) expect(await ask(key, 'https://theatre.example', later(7 * day - 60_000))).toHaveProperty('partner');
    expect(await ask(old, 'https://theatre.example', later(7 * day + 60_000))).toEqual({ refusal: 'key_unknown' });
    expect(await ask(fresh, 'https://theatre.example', later(400 * day))).toHaveProperty('partner');
    // Rotating again does not lengthen the life of the oldest.
    const before = rotated.keys.find(({ key }) => key === old)!.expiresAt;
    expect((await rotateKey(me, site.id)).keys.find(({ key }) => key === old)!.expiresAt).toBe(before);
  });

  test('a revoked key is dead at once here, and within two seconds in another process', async () => {
    const me = await partner();
    const site = await createSite(me, theatre);
    expect(await ask(keyOf(site), 'https://theatre.example')).toHaveProperty('partner');
    expect((await revokeKey(me, keyOf(site))).keys[0]?.revokedAt).not.toBeNull();
    expect(await ask(keyOf(site), 'https://theatre.example')).toEqual({ refusal: 'key_unknown' });

    const other = await createSite(me, theatre);
    expect(await ask(keyOf(other), 'https://theatre.example')).toHaveProperty('partner');
    await ctx.db.siteKey.update({ where: { key: keyOf(other) }, data: { revokedAt: new Date() } });
    expect(await ask(keyOf(other), 'https://theatre.example', later(2_000))).toEqual({ refusal: 'key_unknown' });
  });

  test('DA-01: another organisation finds nothing of it, and an observer changes nothing', async () => {
    const [me, stranger] = [await partner(), await partner()];
    const site = await createSite(me, theatre);
    expect(await readSites(stranger)).toEqual([]);
    expect(await readSites(me)).toEqual([site]);
    await expect(updateSite(stranger, { ...theatre, id: site.id })).rejects.toThrow(refusal('not_found'));
    await expect(rotateKey(stranger, site.id)).rejects.toThrow(refusal('not_found'));
    await expect(revokeKey(stranger, keyOf(site))).rejects.toThrow(refusal('not_found'));
    await expect(revokeKey(me, 'pk_unknown')).rejects.toThrow(refusal('not_found'));
    const observer: SignedIn = { ...me, actor: { ...me.actor, role: 'observer' } };
    expect(await readSites(observer)).toEqual([site]);
    await expect(rotateKey(observer, site.id)).rejects.toThrow(refusal('role_too_low'));
  });
});

test('a widget learns who the partner is and which place it stands for', async () => {
  const [venue, artist] = [await partner(), await partner('artist')];
  const guest = (me: SignedIn) => ({ ...ctx, partner: { siteId: 'sit_1', orgId: me.actor.orgId, key: 'pk_1', origins: [] } });
  expect(await readPartner(guest(venue))).toEqual({ name: 'Les Quais', kind: 'venue', place: { name: 'Les Quais', city: 'Nantes', insee: '44109', capacity: 0 } });
  await ctx.db.venue.create({ data: { orgId: venue.actor.orgId, slug: 'grande-salle', name: 'Grande Salle', capacity: 300, city: 'Rezé', insee: '44143', genres: [], updatedAt: new Date() } });
  expect((await readPartner(guest(venue))).place).toEqual({ name: 'Grande Salle', city: 'Rezé', insee: '44143', capacity: 300 });
  expect(await readPartner(guest(artist))).toEqual({ name: 'Les Quais', kind: 'artist', place: null });
});

test('a partner has a page of theirs read, and nobody else’s site judged (EM-01)', async () => {
  const [me, stranger] = [await partner(), await partner()];
  const server = createServer((_, res) => { res.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': "script-src 'self'" }).end(html); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const url = `http://theatre.localhost:${(server.address() as AddressInfo).port}`;
  const site = await createSite(me, { name: 'Ma page', url, origins: [] });
  const html = `<script async src="${ctx.config.urls.platform}/v1/embed.js" data-key="${keyOf(site)}"></script><flow-programme></flow-programme>`;
  const report = await checkPage(me, { siteId: site.id, url: `${url}/agenda` });
  expect(report).toMatchObject({ outcome: 'read', url: `${url}/agenda`, lacks: [{ directive: 'script-src', line: `script-src 'self' ${ctx.config.urls.platform}` }] });
  expect(report.findings.map(({ what }) => what)).toEqual(expect.arrayContaining(['script_found', 'key_live', 'origin_listed', 'policy_lacks']));
  expect(await checkPage(me, { siteId: site.id, url: 'http://169.254.169.254/latest/' })).toMatchObject({ outcome: 'address_refused', findings: [] });
  const production = { ...me, config: { ...ctx.config, environment: 'production' as const } };
  expect(await checkPage(production, { siteId: site.id, url })).toMatchObject({ outcome: 'address_refused' });
  await expect(checkPage(stranger, { siteId: site.id, url })).rejects.toThrow(refusal('not_found'));
  await new Promise((resolve) => { server.close(resolve); });
});

test('no more pages are read for an organisation than it needs', async () => {
  const me = await partner();
  const site = await createSite(me, theatre);
  const limited = { ...me, limits: openLimits() };
  const read = () => checkPage(limited, { siteId: site.id, url: 'http://10.0.0.1/' });
  for (let n = 0; n < 20; n += 1) await read();
  await expect(read()).rejects.toThrow(refusal('rate_limited'));
});
