import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context, Guest } from '../core/context.ts';
import { openLimits } from '../core/limits.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { RequestInput } from '../core/asked.ts';
import { askForWork, readPriceRange, takeRequest } from './service.ts';

/* What stands around a request: the work that keeps robots out, and what is usual to pay. */

const noon = new Date('2027-03-01T12:00:00Z');
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

let world: TestWorld;
let ctx: Context;
let [theatre, festival]: Guest[] = [];
let count = 0;

beforeAll(async () => {
  world = await openTestWorld({ PROOF_EFFORT: '8' });
  ({ ctx } = world);
  world.at(noon.toISOString());
  const [here, there] = [await organisation('venue', 'Théâtre des Essais'), await organisation('festival', 'Festival des Essais')];
  for (const [id, orgId] of [['sit_theatre', here], ['sit_festival', there]] as const) {
    await ctx.db.site.create({ data: { id, orgId, name: id, url: `https://${id}.example`, origins: [`https://${id}.example`], createdAt: noon } });
  }
  const limits = openLimits();
  theatre = { ...world.from({ siteId: 'sit_theatre', orgId: here, key: 'pk_theatre', origins: [] }), limits };
  festival = { ...world.from({ siteId: 'sit_festival', orgId: there, key: 'pk_festival', origins: [] }), limits };
  await artist('les-essais', { genres: ['chanson', 'folk'], lineUp: 3 });
});
afterAll(() => world.close());

async function organisation(kind: 'artist' | 'venue' | 'festival', name: string): Promise<string> {
  const id = ctx.newId('org');
  await ctx.db.organisation.create({ data: { id, kind, name, email: `${id}@rooms.example`, createdAt: noon } });
  return id;
}

async function artist(slug: string, over: { genres: string[]; lineUp: number }): Promise<string> {
  const orgId = await organisation('artist', slug);
  await ctx.db.epk.create({ data: { orgId, slug, name: slug, publishedAt: noon, updatedAt: noon, ...over } });
  return orgId;
}

/** An offer of an artist that was accepted, or stands otherwise. */
async function deal(orgId: string, euros: number, over: { status?: 'accepted' | 'declined'; currency?: string; answeredAt?: string; booking?: 'contracted' | 'cancelled'; shows?: number } = {}): Promise<void> {
  const { status = 'accepted', currency = 'EUR', answeredAt = '2026-11-01T10:00:00Z', booking = 'contracted', shows = 1 } = over;
  const [bookingId, buyerOrgId, day] = [ctx.newId('bkg'), await organisation('venue', 'La Halle'), fromDay('2027-05-05')];
  await ctx.db.booking.create({ data: {
    id: bookingId, orgId, buyerOrgId, reference: `ref${bookingId}`, status: booking, createdAt: noon,
    request: { create: { orgId, buyerOrgId, asker: 'venue', contactName: 'Jo', organisation: 'La Halle', email: 'jo@halle.example', occasion: 'Concert', showDay: day, place: 'La Halle', city: 'Rennes', budgetMinor: 0n, currency: 'EUR', shows } },
  } });
  await ctx.db.offer.create({ data: { id: ctx.newId('off'), bookingId, orgId, buyerOrgId, proposedBy: 'artist', showDay: day, priceMinor: BigInt(euros) * 100n, currency, expiresAt: noon, status, createdAt: noon, answeredAt: new Date(answeredAt) } });
}

const request = (over: Record<string, unknown> = {}) => RequestInput.parse({
  key: `a-key-of-the-form-${count += 1}`, artist: 'les-essais', asker: 'private', contactName: 'Ada Vernier', email: `ada-${count}@visiteurs.example`, occasion: 'A summer night', showDay: '2027-07-14', city: 'Rennes', insee: '35238',
  budget: { minor: 120_000, currency: 'EUR' }, ...over,
});
async function work(at = theatre!): Promise<string> {
  const challenge = await askForWork(at) as Challenge;
  return Buffer.from(JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) })).toString('base64');
}
const from = (ip: string): Guest => ({ ...theatre!, caller: { ip, userAgent: '' } });
const kept = (key: string) => ctx.db.replay.count({ where: { id: `request:sit_theatre:${key}` } });

test('a request with its work done is taken; sent twice it is the same, for another request the work counts no more (CH-20)', async () => {
  const proof = await work();
  const first = request({ proof });
  const receipt = await takeRequest(from('192.0.2.10'), first);
  expect(await takeRequest(from('192.0.2.10'), first)).toEqual(receipt);
  const second = request({ proof });
  await expect(takeRequest(from('192.0.2.10'), second)).rejects.toThrow(refusal('proof_invalid'));
  expect(await kept(second.key)).toBe(0);
});

test('two requests that come at once with the same work: one is taken', async () => {
  const proof = await work();
  const both = await Promise.allSettled([takeRequest(from('192.0.2.11'), request({ proof })), takeRequest(from('192.0.2.11'), request({ proof }))]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('work of another site’s page, or none at all in its place, is refused', async () => {
  await expect(takeRequest(from('192.0.2.12'), request({ proof: await work(festival) }))).rejects.toThrow(refusal('proof_invalid'));
  await expect(takeRequest(from('192.0.2.12'), request({ proof: 'bm90aGluZw==' }))).rejects.toThrow(refusal('proof_invalid'));
});

test('without work five requests of an address go through in ten minutes; with it, more do', async () => {
  const answers = [];
  for (let i = 0; i < 6; i += 1) answers.push(await takeRequest(from('192.0.2.13'), request()).then(() => 'taken', (error: unknown) => (error as { code: string }).code));
  expect(answers).toEqual(['taken', 'taken', 'taken', 'taken', 'taken', 'rate_limited']);
  await expect(takeRequest(from('192.0.2.13'), request({ proof: await work() }))).resolves.toMatchObject({ artist: 'les-essais' });
});

test('a refused request keeps its work: the visitor chooses another day', async () => {
  const proof = await work();
  const past = request({ proof, showDay: '2027-02-01' });
  await expect(takeRequest(from('192.0.2.14'), past)).rejects.toThrow(refusal('day_past'));
  await expect(takeRequest(from('192.0.2.14'), { ...past, showDay: '2027-07-15' })).resolves.toMatchObject({ showDay: '2027-07-15' });
});

test('where no work is asked for, there is none, and nothing is counted for it', async () => {
  const free = { ...from('192.0.2.15'), config: { ...ctx.config, proofEffort: 0 } };
  expect(await askForWork(free)).toBeNull();
  for (let i = 0; i < 7; i += 1) await takeRequest(free, request());
});

test('what is usual is said of eight agreements of five like artists, and of nothing less (AI-04)', async () => {
  expect(await readPriceRange(theatre!, 'les-essais')).toBeNull();
  const like: string[] = [];
  for (let i = 0; i < 5; i += 1) like.push(await artist(`like-${i}`, { genres: ['folk'], lineUp: 2 + (i % 3) }));
  const [own, other, large] = [(await ctx.db.epk.findFirstOrThrow({ where: { slug: 'les-essais' } })).orgId, await artist('metal', { genres: ['metal'], lineUp: 3 }), await artist('large', { genres: ['folk'], lineUp: 9 })];
  // None of these is comparable: their own, another genre, another line-up, too old, francs, a season, called off, declined.
  for (const not of [own, other, large]) await deal(not, 9_000);
  for (const not of [{ answeredAt: '2025-02-27T10:00:00Z' }, { currency: 'CHF' }, { shows: 6 }, { booking: 'cancelled' }, { status: 'declined' }] as const) await deal(like[0]!, 9_000, not);
  for (const [i, euros] of [800, 900, 1_000, 1_100, 1_200, 1_300, 1_400].entries()) await deal(like[i % 5]!, euros);
  world.at('2027-03-02T12:00:00Z');
  expect(await readPriceRange(theatre!, 'les-essais')).toBeNull();
  await deal(like[4]!, 1_500);
  expect(await readPriceRange(theatre!, 'les-essais'), 'kept for the day').toBeNull();
  world.at('2027-03-03T12:00:00Z');
  expect(await readPriceRange(theatre!, 'les-essais')).toEqual({ low: { minor: 95_000, currency: 'EUR' }, high: { minor: 135_000, currency: 'EUR' }, deals: 8, artists: 5, months: 24 });
  await expect(readPriceRange(theatre!, 'nobody')).rejects.toThrow(refusal('not_found'));
});
