import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedIn } from '../core/context.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { closeHall, openHall } from '../hall/service.ts';
import { closeTours, create, edit, scenario } from '../tours/service.ts';
import { makeRoadbookLink, openRoadbook, readRoadbook, tourOf } from './service.ts';

/* The roadbook of a tour as the room of tours keeps it: a trio of Nantes plays in Lyon. */

const noon = new Date('2027-03-01T12:00:00Z');
let world: TestWorld;
let [booker, stranger] = [] as unknown as [SignedIn, SignedIn];

async function organisation(id: string, kind: 'artist' | 'venue' | 'booker', over: object = {}): Promise<SignedIn> {
  await world.db.organisation.create({ data: { id, kind, name: id.slice(4), email: `${id}@tours.example`, claimed: true, country: 'FR', city: 'Nantes', insee: '44109', createdAt: noon, ...over } });
  return world.as({ orgId: id });
}

beforeAll(async () => {
  world = await openTestWorld();
  booker = await organisation('org_booker', 'booker');
  stranger = await organisation('org_stranger', 'booker');
  await organisation('org_trio', 'artist');
  await world.db.epk.create({ data: { orgId: 'org_trio', slug: 'trio', name: 'Les trio', genres: ['jazz'], lineUp: 3, feeMinMinor: 60_000n, feeMaxMinor: 120_000n, audienceMin: 50, audienceMax: 500, technical: 'Deux prises', tagline: { fr: 'Un trio' }, insee: '44109', city: 'Nantes', lat: 47.2184, lng: -1.5536, publishedAt: noon, updatedAt: noon } });
  await world.db.representation.create({ data: { id: 'rep_1', bookerOrgId: 'org_booker', artistOrgId: 'org_trio', since: noon } });
  await organisation('org_hall', 'venue', { city: 'Lyon', insee: '69123' });
  await world.db.venue.create({ data: { orgId: 'org_hall', slug: 'hall', name: 'Salle de Lyon', address: '3 quai Neuf', capacity: 300, genres: ['jazz'], budgetMinMinor: 50_000n, budgetMaxMinor: 150_000n, insee: '69123', city: 'Lyon', lat: 45.764, lng: 4.8357, updatedAt: noon } });
  await world.db.sheet.create({ data: { orgId: 'org_hall', level: 'confirmed', placeKind: 'hall', stageMetres: 40, audiences: ['adults'], updatedAt: noon } });
  await openHall(world.ctx);
}, 60_000);
afterAll(async () => {
  await closeTours(world.ctx);
  await closeHall(world.ctx);
  await world.close();
});

test('a tour that was planned is read day by day, by who plans it and by a crew’s link, and by nobody else (TO-19)', async () => {
  const plan = await create(booker, { name: 'Printemps', currency: 'EUR', artists: [{ id: 'org_trio' }], scenario: 'Premier jet', from: '2027-03-20', until: '2027-06-30' });
  const scenarioId = plan.scenarios[0]!.id;
  const first = await scenario(booker, scenarioId);
  const wanted = { scenarioId, artist: null, day: null, money: true } as const;
  expect((await readRoadbook(booker, tourOf, wanted)).book.days).toEqual([]);
  await edit(booker, { scenarioId, version: first.version, edit: { kind: 'add', visit: { artist: 'org_trio', venue: 'org_hall', day: '2027-04-15' } }, repair: false });
  const { book } = await readRoadbook(booker, tourOf, wanted);
  const { tour } = await scenario(booker, scenarioId);
  const show = book.days.find((one) => one.show !== null)!;
  expect(show).toMatchObject({ day: '2027-04-15', artist: 'org_trio', show: { title: expect.stringContaining('Lyon') as string, address: '3 quai Neuf', priceMinor: tour.stops[0]!.priceMinor } });
  // What is driven, and how many nights are away, are what the tour is reckoned with.
  const driven = book.days.flatMap(({ drives }) => drives);
  expect([driven.reduce((sum, { minutes }) => sum + minutes, 0), driven.reduce((sum, { metres }) => sum + metres, 0)]).toEqual([tour.sums.minutes, tour.sums.metres]);
  expect(book.days.filter(({ bed }) => bed !== null).length).toBe(tour.sums.nights);
  expect(driven.filter(({ tight }) => tight)).toEqual([]);
  const { url } = await makeRoadbookLink(booker, tourOf, { scenarioId, artist: 'org_trio', name: 'Camion' });
  expect((await openRoadbook(world.ctx, tourOf, url.split('#t=')[1]!)).book.days.map(({ day }) => day)).toEqual(book.days.map(({ day }) => day));
  await expect(readRoadbook(stranger, tourOf, wanted)).rejects.toThrow(expect.objectContaining({ code: 'not_found' }) as Error);
});

test('a date that is signed elsewhere while a tour is read leads no crew to another town (TO-19)', async () => {
  const plan = await create(booker, { name: 'Été', currency: 'EUR', artists: [{ id: 'org_trio' }], scenario: 'Premier jet', from: '2027-07-01', until: '2027-08-31' });
  const scenarioId = plan.scenarios[0]!.id;
  const first = await scenario(booker, scenarioId);
  await edit(booker, { scenarioId, version: first.version, edit: { kind: 'add', visit: { artist: 'org_trio', venue: 'org_hall', day: '2027-07-15' } }, repair: false });
  // Its town comes before those of the venues, and every row moves.
  await world.db.show.create({ data: { id: 'shw_elsewhere', orgId: 'org_trio', title: 'Ailleurs', day: fromDay('2027-08-20'), startTime: '20:30', place: 'Le Dôme', city: 'Marseille', lat: 43.2965, lng: 5.3698, insee: '13055' } });
  const { book } = await readRoadbook(booker, tourOf, { scenarioId, artist: null, day: null, money: true });
  expect(book.days.find(({ day }) => day === '2027-07-15')!.show!.at).toMatchObject({ city: 'Lyon', lat: 45.764 });
  expect(book.days.flatMap(({ day, drives }) => (day < '2027-08-01' ? drives.map(({ from, to }) => [from.city, to.city]) : [])).flat()).not.toContain('Marseille');
});
