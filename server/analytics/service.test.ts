import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context, Guest, SignedIn } from '../core/context.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { countBooking, countSeen, forgetViews, readViews } from './service.ts';

const noon = '2027-03-01T12:00:00Z';
const page = 'https://theatre.example/artiste?visitor=ada#x';
let world: TestWorld;
let ctx: Context;
let theatre: Guest;
let owner: SignedIn;

beforeAll(async () => {
  world = await openTestWorld();
  ({ ctx } = world);
  const orgId = ctx.newId('org');
  await ctx.db.organisation.create({ data: { id: orgId, kind: 'venue', name: 'Théâtre', email: 'a@rooms.example', createdAt: new Date(noon) } });
  const origins = ['https://theatre.example'];
  await ctx.db.site.create({ data: { id: 'sit_theatre', orgId, name: 'Théâtre', url: 'https://theatre.example', origins, createdAt: new Date(noon) } });
  theatre = world.from({ siteId: 'sit_theatre', orgId, key: 'pk_theatre', origins });
  owner = world.as({ orgId });
});
afterAll(() => world.close());

test('what fifty pages see at once is counted whole, by page without its query, and on the partner’s day, which begins before London’s', async () => {
  world.atReal('2027-01-31T23:30:00Z');
  const today = '2027-02-01';
  await Promise.all(Array.from({ length: 50 }, () => countSeen(theatre, { page, seen: [{ tag: 'flow-epk', what: 'view' }, { tag: 'flow-programme', what: 'error', code: 'unreachable' }] })));
  const read = await readViews(owner, { siteId: 'sit_theatre', from: today, until: today });
  expect(read).toMatchObject({
    all: { views: 50, requests: 0, conversions: 0, errors: 50 }, days: [{ key: today, views: 50 }], pages: [{ key: 'https://theatre.example/artiste', views: 50, errors: 50 }],
    faults: [{ code: 'unreachable', n: 50 }],
  });
  expect(read.widgets.map(({ key }) => key).sort()).toEqual(['flow-epk', 'flow-programme']);
});

test('a request and its contract are counted for the page they came from', async () => {
  const [orgId, buyerOrgId, id] = [ctx.newId('org'), ctx.newId('org'), ctx.newId('bkg')];
  for (const [org, kind] of [[orgId, 'artist'], [buyerOrgId, 'person']] as const) await ctx.db.organisation.create({ data: { id: org, kind, name: kind, email: `${org}@rooms.example`, createdAt: new Date(noon) } });
  await ctx.db.booking.create({ data: {
    id, orgId, buyerOrgId, siteId: 'sit_theatre', reference: id, createdAt: new Date(noon),
    request: { create: { orgId, buyerOrgId, asker: 'private', contactName: 'Ada', email: 'ada@visiteurs.example', organisation: '', occasion: 'Bal', showDay: fromDay('2027-07-14'), place: 'Salle', city: 'Nantes', budgetMinor: 1n, currency: 'EUR', pageUrl: page } },
  } });
  await countBooking(ctx, id, 'request');
  await countBooking(ctx, id, 'contract');
  const read = await readViews(owner, { siteId: 'sit_theatre', from: '2027-02-28', until: '2027-03-02' });
  expect(read.days).toEqual([
    { key: '2027-02-28', views: 0, requests: 0, conversions: 0, errors: 0 }, { key: '2027-03-01', views: 0, requests: 1, conversions: 1, errors: 0 }, { key: '2027-03-02', views: 0, requests: 0, conversions: 0, errors: 0 },
  ]);
});

test('a page made of many addresses fills no table: beyond three hundred they are one', async () => {
  const busy = { ...theatre, partner: { ...theatre.partner, siteId: 'sit_busy' } };
  for (let i = 0; i < 305; i += 1) await countSeen(busy, { page: `https://theatre.example/${i}`, seen: [{ tag: 'flow-epk', what: 'view' }] });
  await countSeen(busy, { page: 'https://theatre.example/7', seen: [{ tag: 'flow-epk', what: 'view' }] });
  const rows = await ctx.db.tally.findMany({ where: { siteId: 'sit_busy' } });
  expect(rows).toHaveLength(301);
  expect(rows.find((row) => row.page === '')?.n).toBe(5);
  expect(rows.find((row) => row.page.endsWith('/7'))?.n).toBe(2);
});

test('nobody else reads it, and old counts are forgotten', async () => {
  const other = ctx.newId('org');
  await ctx.db.organisation.create({ data: { id: other, kind: 'venue', name: 'Other', email: 'b@rooms.example', createdAt: new Date(noon) } });
  await expect(readViews(world.as({ orgId: other }), { siteId: 'sit_theatre', from: '2027-03-01', until: '2027-03-01' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(readViews(owner, { siteId: 'sit_theatre', from: '2027-03-01', until: '2029-03-01' })).rejects.toMatchObject({ code: 'input_invalid' });
  await ctx.db.tally.create({ data: { siteId: 'sit_theatre', orgId: 'x', day: fromDay('2020-01-01'), page: '', tag: 'flow-epk', what: 'view', n: 1 } });
  await forgetViews(ctx);
  expect(await ctx.db.tally.count({ where: { day: fromDay('2020-01-01') } })).toBe(0);
});
