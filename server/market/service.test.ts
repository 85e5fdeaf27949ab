import { afterAll, beforeAll, expect, test } from 'vitest';
import { layMarket } from '../../prisma/world/market.ts';
import type { SignedIn } from '../core/context.ts';
import type { BookingStatus } from '../core/db/client.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { addDays, fromDay, type Day } from '../core/time.ts';
import { readBestDates, readChance, readPrice, readPriceOf, readTrends } from './service.ts';

const noon = new Date('2027-03-01T12:00:00Z');
const today: Day = '2027-03-01';
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

let world: TestWorld;
let artist: SignedIn;
let buyer: SignedIn;

const besancon = { insee: '25056', city: 'Besançon', lat: 47.2378, lng: 6.0241 };

beforeAll(async () => {
  world = await openTestWorld();
  const { db, ctx } = world;
  await db.organisation.createMany({ data: [
    { id: 'org_trio', kind: 'artist', name: 'Trio Témoin', email: 'trio@market.example', createdAt: noon }, { id: 'org_hall', kind: 'venue', name: 'La Halle', email: 'hall@market.example', createdAt: noon },
    { id: 'org_other', kind: 'artist', name: 'Autre', email: 'other@market.example', createdAt: noon },
  ] });
  const kit = { ...besancon, genres: ['jazz'], lineUp: 3, feeMinMinor: 90_000n, feeMaxMinor: 180_000n, updatedAt: noon };
  await db.epk.createMany({ data: [{ ...kit, orgId: 'org_trio', slug: 'trio-temoin', name: 'Trio Témoin', publishedAt: noon }, { ...kit, orgId: 'org_other', slug: 'autre', name: 'Autre' }] });
  await booking('bkg_1', { showDay: '2027-06-12' });
  [artist, buyer] = [world.as({ orgId: 'org_trio' }), world.as({ orgId: 'org_hall' })];
  await layMarket(ctx, today);
});

afterAll(() => world.close());

interface Over { orgId?: string; buyerOrgId?: string; showDay?: Day; status?: BookingStatus; createdAt?: Date; minor?: bigint; currency?: 'EUR' | 'CHF' }

/** A request for the trio at Besançon, in a world of its own days. */
async function booking(id: string, { orgId = 'org_trio', buyerOrgId = 'org_hall', showDay = '2027-06-12', status = 'requested', createdAt = noon, minor = 140_000n, currency = 'EUR' }: Over = {}): Promise<void> {
  await world.db.booking.create({ data: {
    id, orgId, buyerOrgId, reference: `ref${id}`, status, createdAt,
    request: { create: { ...besancon, orgId, buyerOrgId, asker: 'venue', contactName: 'Ana', organisation: 'La Halle', email: 'hall@market.example', occasion: 'Concert', showDay: fromDay(showDay), place: 'La Halle', audience: 150, budgetMinor: minor, currency } },
  } });
}

test('both sides of a booking read the same market, with how many deals, and where the price lies (AI-04, AI-05)', async () => {
  const [ours, theirs] = [await readPrice(artist, { bookingId: 'bkg_1' }), await readPrice(buyer, { bookingId: 'bkg_1' })];
  expect(ours).toEqual(theirs);
  expect(ours.market).toMatchObject({ low: { currency: 'EUR' }, asOf: '2027-02-28', widened: expect.arrayContaining(['level']) as unknown });
  expect(ours.market!.deals).toBeGreaterThanOrEqual(8);
  expect(ours.market!.artists).toBeGreaterThanOrEqual(5);
  expect(ours.market!.low.minor).toBeGreaterThan(80_000);
  expect(ours.market!.high.minor).toBeLessThan(250_000);
  expect(ours).toMatchObject({ price: { minor: 140_000 }, position: { verdict: 'usual' } });
  expect((await readPrice(artist, { bookingId: 'bkg_1', price: 40_000 })).position).toMatchObject({ verdict: 'far_below' });
  expect(ours.market!.effects.find(({ effect }) => effect === 'festival')).toMatchObject({ here: false });
  expect(ours.market!.effects.find(({ effect }) => effect === 'weekend')).toMatchObject({ here: true });
});

test('of francs nothing is known, and it is said from how many on it would be (AI-04)', async () => {
  await booking('bkg_chf', { currency: 'CHF' });
  expect(await readPrice(artist, { bookingId: 'bkg_chf' })).toMatchObject({ market: null, why: { code: 'too_few', deals: 8, artists: 5, buyers: 5, months: 24 }, position: null });
});

test('strangers, and links of other bookings, read nothing (AI-04)', async () => {
  const stranger = world.as({ orgId: 'org_other' });
  const asked = { bookingId: 'bkg_1' };
  for (const read of [() => readPrice(stranger, asked), () => readChance(stranger, asked), () => readBestDates(stranger, { ...asked, count: 3 })]) await expect(read()).rejects.toThrow(refusal('not_found'));
  const holder = world.as({ orgId: 'org_hall', link: { purpose: 'answer', bookingId: 'bkg_1' } });
  expect((await readPrice(holder, asked)).market).not.toBeNull();
  await expect(readPrice(holder, { bookingId: 'bkg_chf' })).rejects.toThrow(refusal('not_found'));
  await expect(readTrends(holder, 'fr')).rejects.toThrow(refusal('link_other_purpose'));
  await expect(readBestDates(holder, { count: 3 })).rejects.toThrow(refusal('link_other_purpose'));
});

test('a discovery asks for a deal that is only thought of; an artist without a published kit is not told of (AI-05)', async () => {
  const thought = { genre: 'jazz', lineUp: 3, level: '', day: '2027-06-12', insee: '25056', audience: 150, buyer: 'venue', currency: 'EUR' } as const;
  const byGenre = await readPriceOf(buyer, thought);
  expect(byGenre.market).toEqual((await readPrice(buyer, { bookingId: 'bkg_1' })).market);
  expect((await readPriceOf(buyer, { ...thought, artistOrgId: 'org_trio', genre: '', lineUp: 0 })).market).toEqual(byGenre.market);
  await expect(readPriceOf(buyer, { ...thought, artistOrgId: 'org_other' })).rejects.toThrow(refusal('not_found'));
});

test('deals of one mail address are those of one buyer: who asks under many names makes no market (AI-04)', async () => {
  const { db } = world;
  for (let i = 0; i < 12; i += 1) {
    const ids = { orgId: `org_demosold${i}`, buyerOrgId: `org_many${i}` };
    await db.organisation.create({ data: { id: ids.buyerOrgId, kind: 'person', name: 'Un', email: i % 2 === 0 ? 'one@market.example' : 'ONE@market.example', createdAt: noon } });
    await booking(`bkg_many${i}`, { ...ids, currency: 'CHF', status: 'settled', createdAt: new Date('2026-05-01') });
    await db.offer.create({ data: { ...ids, id: `off_many${i}`, bookingId: `bkg_many${i}`, proposedBy: 'artist', showDay: fromDay('2026-09-01'), priceMinor: 100_000n, currency: 'CHF', expiresAt: noon, status: 'accepted', createdAt: new Date('2026-05-02'), answeredAt: new Date('2026-05-03') } });
  }
  // The next month reckons anew.
  world.at('2027-04-01T12:00:00Z');
  expect(await readPrice(artist, { bookingId: 'bkg_chf' })).toMatchObject({ market: null });
  world.at(noon);
});

test('the best dates are free, leave both their notice, and say why (AI-06)', async () => {
  const { db } = world;
  await db.dayMark.createMany({ data: [{ day: '2027-06-19', state: 'busy' as const }, { day: '2027-06-26', state: 'free' as const }, { day: '2027-04-30', state: 'free' as const }].map(({ day, state }) => ({ orgId: 'org_trio', day: fromDay(day), state })) });
  // Three shows nearby on a Saturday that is free, too.
  await db.dayMark.create({ data: { orgId: 'org_trio', day: fromDay('2027-05-29'), state: 'free' } });
  await db.show.createMany({ data: [0, 1, 2].map((i) => ({ id: `shw_near${i}`, orgId: 'org_other', title: 'Ailleurs', day: fromDay('2027-05-29'), startTime: '20:30', place: 'Dole', city: 'Dole', lat: 47.09, lng: 5.49, published: true })) });
  const { dates, from, until, free } = await readBestDates(artist, { bookingId: 'bkg_1', count: 30 });
  expect({ from, until }).toEqual({ from: '2027-03-02', until: addDays('2027-03-02', 179) });
  expect(free).toBe(179);
  const days = dates.map(({ day }) => day);
  expect(days).not.toContain('2027-06-19');
  expect(days.indexOf('2027-06-26')).toBeGreaterThanOrEqual(0);
  expect(days.indexOf('2027-05-29') === -1 || days.indexOf('2027-05-29') > days.indexOf('2027-06-26')).toBe(true);
  // A Friday, the eve of the first of May.
  expect(dates.find(({ day }) => day === '2027-04-30')?.reasons).toContainEqual({ code: 'eve', points: 12, figures: {} });
  expect(await readBestDates(buyer, { bookingId: 'bkg_1', count: 30 })).toEqual({ dates, from, until, free });
  expect((await readBestDates(artist, { count: 2 })).dates).toHaveLength(2);
});

test('a chance is told of two hundred closed bookings or more, with its factors and its figures; the buyer does not learn how the artist was judged (AI-06, AI-13)', async () => {
  // Sixteen artists sold five shows each, and twelve to one who asked under many names.
  expect(await readChance(artist, { bookingId: 'bkg_1' })).toEqual({ chance: null, why: { code: 'too_few', closed: 92, least: 200 }, figures: null, claim: 0.89 });
  await world.db.booking.createMany({ data: Array.from({ length: 240 }, (_, i) => ({ id: `bkg_past${i}`, orgId: 'org_trio', buyerOrgId: 'org_hall', reference: `refpast${i}`, status: i % 2 === 0 ? 'contracted' as const : 'declined' as const, createdAt: new Date(noon.getTime() - (250 - i) * 86_400_000) })) });
  await world.db.request.createMany({ data: Array.from({ length: 240 }, (_, i) => ({
    ...besancon, bookingId: `bkg_past${i}`, orgId: 'org_trio', buyerOrgId: 'org_hall', asker: 'venue' as const, contactName: 'Ana', organisation: 'La Halle', email: 'hall@market.example', occasion: 'Concert', place: 'La Halle', audience: 150, currency: 'EUR',
    showDay: fromDay(addDays('2026-09-01', i)), budgetMinor: i % 2 === 0 ? 150_000n : 40_000n,
  })) });
  await world.db.matchScore.create({ data: { bookingId: 'bkg_1', orgId: 'org_trio', buyerOrgId: 'org_hall', scorecard: 'request', model: '1', score: 80, confidence: 1, detail: {}, at: noon } });
  world.at('2027-03-02T12:00:00Z');
  const [dear, cheap] = [await readChance(artist, { bookingId: 'bkg_1', price: 150_000 }), await readChance(artist, { bookingId: 'bkg_1', price: 40_000 })];
  expect(dear.figures).toMatchObject({ closed: 332, tried: 67 });
  expect(dear.figures!.accuracy).toBeGreaterThan(0.9);
  expect(dear.figures!.brier).toBeLessThan(dear.figures!.plainBrier);
  expect(dear.chance!.percent).toBeGreaterThan(cheap.chance!.percent + 40);
  expect(cheap.chance!.factors[0]).toMatchObject({ factor: 'price' });
  expect((await readChance(buyer, { bookingId: 'bkg_1' })).chance!.factors.map(({ factor }) => factor)).not.toContain('score');
  expect(await readChance(artist, { bookingId: 'bkg_past0' })).toMatchObject({ chance: null, why: { code: 'closed' } });
  world.at(noon);
});

test('genres that are asked for are told with their period, and none that few asked for (MA-29)', async () => {
  for (let i = 0; i < 10; i += 1) await booking(`bkg_asked${i}`, { orgId: `org_demosold${i % 5}`, buyerOrgId: `org_demohost${i}`, createdAt: new Date(noon.getTime() - (5 + i) * 86_400_000) });
  await booking('bkg_asked_chanson', { orgId: 'org_demosold7', buyerOrgId: 'org_demohost1', createdAt: new Date(noon.getTime() - 86_400_000) });
  world.at('2027-03-03T12:00:00Z');
  const found = await readTrends(artist, 'de');
  expect(found).toMatchObject({ from: '2026-09-04', since: '2026-12-03', until: '2027-03-02', days: 90 });
  expect(found.trends.map(({ genre }) => genre)).toEqual(['jazz']);
  expect(found.trends[0]).toMatchObject({ label: 'Jazz' });
  expect(found.trends[0]!.recent).toBeGreaterThanOrEqual(10);
  const told = found.seasons.months.filter(({ asked }) => asked !== null);
  expect([found.seasons.from, found.seasons.asked]).toEqual(['2026-03-03', told.reduce((sum, { asked }) => sum + asked!, 0)]);
  expect(told.map(({ month }) => month)).toContain(6);
  world.at(noon);
});
