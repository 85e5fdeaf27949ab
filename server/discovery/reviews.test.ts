import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedIn } from '../core/context.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { closeHall, openHall } from '../hall/service.ts';
import { noFilters } from '../matching/filters.ts';
import { answerReport, reportReview, showReviews, writeReview } from '../reviews/service.ts';
import { discoveryHeard, discoveryTasks } from './jobs.ts';
import { find } from './service.ts';

/* What both sides say of a show, in what each finds of the other, and in what is learned. */

const noon = new Date('2027-03-01T12:00:00Z');
const ask = { filters: noFilters, sort: 'score' as const, limit: 24, diversity: 0, all: false, locale: 'fr' as const };
let world: TestWorld;
let artist: SignedIn;
let hall: SignedIn;

async function organisation(id: string, kind: 'artist' | 'venue') {
  await world.db.organisation.create({ data: { id, kind, name: id, email: `${id}@rooms.example`, claimed: true, createdAt: noon } });
  return world.as({ orgId: id });
}
/** A show at the place, played a month ago. */
async function playedShow(bookingId: string): Promise<string> {
  const of = { orgId: 'org_trio', buyerOrgId: 'org_hall' };
  await world.db.booking.create({ data: { id: bookingId, ...of, reference: bookingId, status: 'settled', createdAt: noon } });
  await world.db.show.create({ data: { ...of, id: bookingId.replace('bkg', 'shw'), bookingId, stageOrgId: 'org_hall', title: 'Le Trio', day: fromDay('2027-02-20'), startTime: '20:30', place: 'Salle', city: 'Nantes', lat: 47.2, lng: -1.5, status: 'played', playedAt: new Date('2027-02-21T08:00:00Z') } });
  return bookingId;
}

beforeAll(async () => {
  world = await openTestWorld({ OPERATORS: 'ada@flow.example' });
  artist = await organisation('org_trio', 'artist');
  await world.db.epk.create({ data: {
    orgId: 'org_trio', slug: 'trio', name: 'Le Trio', genres: ['jazz manouche'], feeMinMinor: 80_000n, feeMaxMinor: 120_000n, audienceMin: 50, audienceMax: 300, insee: '44109', city: 'Nantes', lat: 47.2184, lng: -1.5536, technical: 'Deux prises', tagline: { fr: 'Un trio' }, bio: { fr: 'Trois.' },
    publishedAt: noon, updatedAt: noon, media: { create: { id: 'med_trio', kind: 'photo', title: 'x', fileId: 'fil_x', position: 0 } },
  } });
  hall = await organisation('org_hall', 'venue');
  await world.db.venue.create({ data: { orgId: 'org_hall', slug: 'hall', name: 'La Salle', capacity: 250, genres: ['jazz'], about: { fr: 'Une salle' }, budgetMinMinor: 70_000n, budgetMaxMinor: 150_000n, city: 'Nantes', insee: '44109', lat: 47.2, lng: -1.5, updatedAt: noon } });
  await openHall(world.ctx);
});
afterAll(async () => {
  await closeHall(world.ctx);
  await world.close();
});

const hear = () => world.drain({ discovery: discoveryHeard }, discoveryTasks);
const seenBy = async (who: SignedIn) => {
  const { found: [one] } = await find(who, ask);
  const figures = (name: string) => one?.score.criteria.find(({ criterion, known }) => criterion === name && known)?.figures;
  return { rating: one?.rating ?? null, draw: figures('local_draw')?.['people'] ?? null };
};
/** The hall hears at each commit, and lays a profile out a moment later. */
const becomes = async (who: SignedIn, wanted: Awaited<ReturnType<typeof seenBy>>) => { await expect.poll(() => seenBy(who), { timeout: 5_000, interval: 50 }).toEqual(wanted); };
const sightings = async () => (await world.db.sighting.findMany({ where: { kind: 'rating' }, orderBy: { id: 'asc' } })).map(({ orgId, otherOrgId, seeker, score }) => [orgId, otherOrgId, seeker, score]);
const said = { parts: {}, words: '', attendance: null };

test('a review that waits moves nothing that anybody finds; shown, its stars and how many came are found within a moment, and are learned from (PR-16, MA-06, TE-06)', async () => {
  const bookingId = await playedShow('bkg_one');
  const before = { artist: await seenBy(artist), hall: await seenBy(hall) };
  expect(before).toEqual({ artist: { rating: null, draw: null }, hall: { rating: null, draw: null } });
  await writeReview(hall, { bookingId, ...said, stars: 3, attendance: 210 });
  await hear();
  // Whatever else makes the hall look again, it finds none.
  await world.db.epk.update({ where: { orgId: 'org_trio' }, data: { audienceMax: 310 } });
  await expect.poll(async () => (await find(hall, ask)).found[0]?.capacity.max, { timeout: 5_000, interval: 50 }).toBe(310);
  expect([await seenBy(hall), await seenBy(artist), await sightings()]).toEqual([before.hall, before.artist, []]);

  await writeReview(artist, { bookingId, ...said, stars: 5, attendance: 190 });
  await becomes(hall, { rating: { stars: 3, count: 1 }, draw: 210 });
  await becomes(artist, { rating: { stars: 5, count: 1 }, draw: 210 });
  await hear();
  expect(await sightings()).toEqual([['org_trio', 'org_hall', 'artist', 5], ['org_hall', 'org_trio', 'place', 3]]);
  // Heard again, nothing is learned twice.
  await world.db.delivery.updateMany({ where: { consumer: 'discovery' }, data: { doneAt: null } });
  await hear();
  expect(await sightings()).toHaveLength(2);
});

test('the mean of two, and of one again when our people hide the other: it is found and learned from no more (PR-16)', async () => {
  await world.db.user.create({ data: { id: 'usr_ops', name: 'Ada', email: 'ada@flow.example', emailVerified: true, createdAt: noon, updatedAt: noon } });
  const bookingId = await playedShow('bkg_two');
  world.at('2027-03-02T12:00:00Z');
  await writeReview(hall, { bookingId, ...said, stars: 1, words: 'Voleurs.', attendance: 240 });
  await showReviews(world.ctx, bookingId);
  await becomes(hall, { rating: { stars: 2, count: 2 }, draw: 240 });
  await hear();
  expect((await sightings()).at(-1)).toEqual(['org_hall', 'org_trio', 'place', 1]);
  await reportReview(artist, { bookingId, what: 'review', reason: 'Injure' });
  await answerReport({ ...world.ctx, userId: 'usr_ops' }, { bookingId, side: 'buyer', what: 'review', hide: true, words: 'Injure' });
  await becomes(hall, { rating: { stars: 3, count: 1 }, draw: 210 });
  await hear();
  expect(await sightings()).toEqual([['org_trio', 'org_hall', 'artist', 5], ['org_hall', 'org_trio', 'place', 3]]);
});
