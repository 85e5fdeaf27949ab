import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendRequest } from '../requests/service.ts';
import type { Context, Guest, SignedIn } from '../core/context.ts';
import { euros } from '../core/money.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { matchingHeard } from './jobs.ts';
import { readScore, shortlist } from './service.ts';

const noon = new Date('2027-03-01T12:00:00Z');
const day = '2027-07-14';
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

let world: TestWorld;
let ctx: Context;
let theatre: Guest;
let artist: SignedIn;

beforeAll(async () => {
  world = await openTestWorld();
  ({ ctx } = world);
  const organisation = { email: 'x@rooms.example', createdAt: noon };
  await ctx.db.organisation.createMany({ data: [{ ...organisation, id: 'org_theatre', kind: 'venue', name: 'Théâtre' }, { ...organisation, id: 'org_artist', kind: 'artist', name: 'Les Ondes' }] });
  await ctx.db.venue.create({ data: { orgId: 'org_theatre', slug: 'theatre', name: 'Théâtre', capacity: 200, genres: ['jazz'], city: 'Nantes', insee: '44109', lat: 47.2, lng: -1.5, updatedAt: noon } });
  await ctx.db.site.create({ data: { id: 'sit_1', orgId: 'org_theatre', name: 'Théâtre', url: 'https://theatre.example', origins: [], createdAt: noon } });
  await ctx.db.epk.create({ data: {
    orgId: 'org_artist', slug: 'les-ondes', name: 'Les Ondes', genres: ['jazz manouche'], feeMinMinor: 80_000n, feeMaxMinor: 120_000n, audienceMin: 50, audienceMax: 300, lat: 47.2184, lng: -1.5536, publishedAt: noon, updatedAt: noon,
  } });
  await ctx.db.dayMark.create({ data: { orgId: 'org_artist', day: fromDay(day), state: 'free' } });
  theatre = world.from({ siteId: 'sit_1', orgId: 'org_theatre', key: 'pk_1', origins: [] });
  artist = world.as({ orgId: 'org_artist' });
});
afterAll(() => world.close());

let count = 0;
async function asked(over: { place?: string; city?: string; budget?: bigint } = {}) {
  const { reference } = await sendRequest(theatre, {
    key: `a-key-of-the-form-${count += 1}`, artist: 'les-ondes', asker: 'private', contactName: 'Ada', organisation: '', publicBody: false, email: 'ada@visiteurs.example', phone: '', occasion: 'Soirée jazz manouche', showDay: day, seasonUntil: null,
    shows: 1, startTime: '20:30', place: over.place ?? '', address: '', insee: '', city: over.city ?? '', outdoor: false, audience: 150, budget: euros(over.budget ?? 140_000n), technical: '', message: '', locale: 'fr', pageUrl: '', website: '',
  });
  return ctx.db.booking.findUniqueOrThrow({ where: { reference } });
}

test('a request is scored once it is heard, and told; heard twice, it is scored once (MA-03)', async () => {
  const { id, buyerOrgId } = await asked();
  expect(await readScore(artist, id)).toBeNull();
  await world.drain({ matching: matchingHeard });
  expect(await ctx.db.matchScore.findUniqueOrThrow({ where: { bookingId: id } })).toMatchObject({ orgId: 'org_artist', buyerOrgId, scorecard: 'request', model: 'request-1', score: 97, confidence: 1 });
  expect(await readScore(artist, id)).toMatchObject({ scorecard: 'request', score: 97, confidence: 1, blockers: [], for: [{ criterion: 'days' }, { criterion: 'fee' }, { criterion: 'distance', figures: { km: 5 } }] });
  await shortlist(ctx, id);
  expect((await ctx.db.fact.findMany({ where: { subject: id }, orderBy: { id: 'asc' } })).map(({ topic }) => topic)).toEqual(['request.sent', 'match.found']);
});

test('elsewhere neither the stage nor the distance is known, and the confidence says so', async () => {
  const { id } = await asked({ place: 'Notre jardin', city: 'Besançon', budget: 0n });
  await world.drain({ matching: matchingHeard });
  const found = await readScore(artist, id);
  expect(found?.criteria.filter(({ known }) => known).map(({ criterion }) => criterion)).toEqual(['occasion', 'days', 'audience']);
  expect(found?.confidence).toBeCloseTo(0.42);
});

test('the artist’s side alone reads the score: the buyer learns nothing of fees, and a stranger nothing at all', async () => {
  const { id, buyerOrgId } = await asked();
  await world.drain({ matching: matchingHeard });
  expect(await readScore(world.as({ orgId: buyerOrgId, link: { purpose: 'follow', bookingId: id } }), id)).toBeNull();
  await expect(readScore(world.as({ orgId: 'org_theatre' }), id)).rejects.toThrow(refusal('not_found'));
});
