import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../core/context.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { noFilters } from '../matching/filters.ts';
import { numbersOf } from '../matching/keep.ts';
import { closeHall, findIn, openHall, standsIn, threadsOf, type Ask } from './service.ts';

const noon = new Date('2027-03-01T12:00:00Z');
let world: TestWorld;
let ctx: Context;

const words = { tagline: { fr: 'Un trio' }, bio: { fr: 'Trois.' } };
async function artist(id: string, over: Record<string, unknown> = {}) {
  await ctx.db.organisation.create({ data: { id, kind: 'artist', name: id, email: `${id}@rooms.example`, claimed: true, createdAt: noon } });
  await ctx.db.epk.create({ data: {
    orgId: id, slug: id.replace('_', '-'), name: id, genres: ['jazz manouche'], feeMinMinor: 80_000n, feeMaxMinor: 120_000n, audienceMin: 50, audienceMax: 300, insee: '44109', city: 'Nantes', lat: 47.2184, lng: -1.5536, technical: 'Deux prises', ...words, publishedAt: noon, updatedAt: noon,
    media: { create: { id: `med_${id}`, kind: 'photo', title: 'x', fileId: 'fil_x', position: 0 } }, ...over,
  } });
}
async function place(id: string, over: Record<string, unknown> = {}) {
  await ctx.db.organisation.create({ data: { id, kind: 'venue', name: id, email: `${id}@rooms.example`, claimed: true, createdAt: noon } });
  await ctx.db.venue.create({ data: { orgId: id, slug: id.replace('_', '-'), name: id, capacity: 250, genres: ['jazz'], about: { fr: 'Une salle' }, budgetMinMinor: 70_000n, budgetMaxMinor: 150_000n, city: 'Nantes', insee: '44109', lat: 47.2, lng: -1.5, updatedAt: noon, ...over } });
}
const asked = (over: Partial<Ask> = {}): Ask => ({
  card: 'touring', seeker: { orgId: 'org_hall', seen: 'place' }, narrow: { filters: noFilters, genres: [], families: [], days: null }, shows: 1, past: new Map(), apart: [], unseen: [], sort: 'score', limit: 50, weights: null, ...over,
});
const ids = async (over: Partial<Ask> = {}) => (await findIn(ctx, asked(over))).hits.map(({ orgId }) => orgId).sort();
const until = async (holds: () => Promise<boolean>) => {
  for (let i = 0; i < 200 && !await holds(); i += 1) await new Promise((resolve) => { setTimeout(resolve, 10); });
};

beforeAll(async () => {
  world = await openTestWorld();
  ({ ctx } = world);
  await artist('org_near');
  await artist('org_far', { lat: 43.3, lng: 5.4, insee: '13055', city: 'Marseille' });
  await artist('org_techno', { genres: ['techno'] });
  await artist('org_dear', { feeMinMinor: 900_000n, feeMaxMinor: 1_200_000n });
  await artist('org_hidden', { publishedAt: null });
  await artist('org_bare', { media: {}, genres: [], technical: '' });
  await place('org_hall');
});
afterAll(async () => {
  await closeHall(ctx);
  await world.close();
});

test('who is published and complete is found, the better fit first; who is out of reach is blocked and counted (MA-02, PR-02)', async () => {
  expect(await openHall(ctx)).toMatchObject({ artists: 6, places: 1 });
  const { hits, blocked, met, eligible } = await findIn(ctx, asked());
  expect(hits.map(({ orgId }) => orgId)).toEqual(['org_near', 'org_far', 'org_techno'].sort((a, b) => hits.findIndex(({ orgId }) => orgId === a) - hits.findIndex(({ orgId }) => orgId === b)));
  expect(hits[0]?.orgId).toBe('org_near');
  expect({ blocked, met, eligible }).toEqual({ blocked: { fee_out_of_reach: 1 }, met: 4, eligible: 3 });
  expect(hits[0]?.score.criteria).toHaveLength(47);
  expect(hits[0]?.score.criteria.find(({ criterion }) => criterion === 'distance')).toMatchObject({ known: true, degree: 1, figures: { km: 4.5 } });
  expect(hits[0]?.score.criteria.find(({ criterion }) => criterion === 'fee')).toMatchObject({ degree: 1, figures: { min: 80_000, max: 120_000, budgetMax: 150_000, currency: 'EUR' } });
});

test('filters keep those who meet them all: genres with what lies below, places around, fees (MA-10)', async () => {
  expect(await ids({ narrow: { filters: { ...noFilters, genres: ['jazz'] }, ...numbersOf(['jazz']), days: null } })).toEqual(['org_far', 'org_near']);
  expect(await ids({ narrow: { filters: { ...noFilters, near: { name: 'Nantes', insee: '', lat: 47.2, lng: -1.5, km: 50 } }, genres: [], families: [], days: null } })).toEqual(['org_near', 'org_techno']);
  expect(await ids({ narrow: { filters: { ...noFilters, fee: { min: null, max: 70_000, currency: 'EUR' } }, genres: [], families: [], days: null } })).toEqual([]);
});

test('a day that is sold is a day on which nobody is found, and the reason is said', async () => {
  await ctx.db.dayMark.create({ data: { orgId: 'org_near', day: fromDay('2027-06-05'), state: 'busy' } });
  const days = { from: '2027-06-05', until: '2027-06-05', weekdays: [] };
  const narrow = { filters: { ...noFilters, days }, genres: [], families: [], days };
  await until(async () => !(await ids({ narrow })).includes('org_near'));
  expect(await ids({ narrow })).toEqual(['org_far', 'org_techno']);
  const { hits } = await findIn(ctx, asked({ narrow, only: ['org_near'] }));
  expect(hits[0]?.score.blockers).toMatchObject([{ code: 'no_common_day' }]);
});

test('a profile that is edited is ranked anew, and one that is taken back is gone (MA-06)', async () => {
  await ctx.db.epk.update({ where: { orgId: 'org_dear' }, data: { feeMinMinor: 90_000n, feeMaxMinor: 100_000n } });
  await until(async () => (await ids()).includes('org_dear'));
  expect(await ids()).toContain('org_dear');
  await ctx.db.epk.update({ where: { orgId: 'org_dear' }, data: { publishedAt: null } });
  await until(async () => !(await ids()).includes('org_dear'));
  expect(await ids()).not.toContain('org_dear');
  expect(await standsIn(ctx, 'artist', 'org_dear')).toBe(true);
});

test('who was hidden is apart, and never ranked', async () => {
  const { hits, blocked } = await findIn(ctx, asked({ apart: ['org_near'] }));
  expect(hits.map(({ orgId }) => orgId)).not.toContain('org_near');
  expect(blocked['apart']).toBe(1);
});

test('the same question has the same answer, from either side the same score (MA-14)', async () => {
  const [one, two] = [await findIn(ctx, asked()), await findIn(ctx, asked())];
  expect(one.hits).toEqual(two.hits);
  const back = await findIn(ctx, asked({ seeker: { orgId: 'org_near', seen: 'artist' }, only: ['org_hall'] }));
  const there = await findIn(ctx, asked({ only: ['org_near'] }));
  expect(back.hits[0]?.score.score).toBe(there.hits[0]?.score.score);
  expect(back.hits[0]?.score.sides).toEqual(there.hits[0]?.score.sides);
});

test('a thread that is killed during a search costs its caller nothing but time', async () => {
  const before = await ids();
  const threads = await threadsOf(ctx);
  const asking = Array.from({ length: 8 }, () => ids());
  threads.kill();
  expect(await Promise.all(asking)).toEqual(Array.from({ length: 8 }, () => before));
});
