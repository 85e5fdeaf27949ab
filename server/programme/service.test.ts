import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context, Guest } from '../core/context.ts';
import type { Prisma } from '../core/db/client.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { readProgramme, readTour } from './service.ts';

const noon = new Date('2027-03-01T12:00:00Z');
const own = { stage: '', artist: '', past: false, limit: 60 };
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

let world: TestWorld;
let ctx: Context;
let theatre: Guest;
let [artist, booker] = ['', ''];

beforeAll(async () => {
  world = await openTestWorld();
  ({ ctx } = world);
  world.at('2027-03-01T12:00:00Z');
  const stage = await organisation('venue', 'Théâtre des Essais');
  artist = await organisation('artist', 'Les Essais');
  booker = await organisation('booker', 'Bureau des Essais');
  await ctx.db.venue.create({ data: { orgId: stage, slug: 'theatre', name: 'Théâtre des Essais', capacity: 300, genres: ['chanson'], address: '1 rue du Lac', insee: '44109', city: 'Nantes', lat: 47.2, lng: -1.55, updatedAt: noon } });
  await ctx.db.epk.create({ data: { orgId: artist, slug: 'les-essais', name: 'Les Essais', genres: ['chanson'], publishedAt: noon, updatedAt: noon } });
  await ctx.db.representation.create({ data: { id: ctx.newId('rep'), artistOrgId: artist, bookerOrgId: booker, since: noon } });
  theatre = from(stage);
  await show({ id: 'shw_next', stageOrgId: stage, buyerOrgId: stage, day: fromDay('2027-07-14') });
  await show({ id: 'shw_cancelled', stageOrgId: stage, buyerOrgId: stage, day: fromDay('2027-07-13'), status: 'cancelled' });
  await show({ id: 'shw_before', stageOrgId: stage, buyerOrgId: stage, day: fromDay('2027-02-14'), status: 'played' });
  await show({ id: 'shw_talked_of', stageOrgId: stage, buyerOrgId: stage, day: fromDay('2027-07-15'), published: false });
  await show({ id: 'shw_elsewhere', day: fromDay('2027-08-01'), place: 'Salle des fêtes' });
  await show({ id: 'shw_unmapped', day: fromDay('2027-08-02'), lat: null, lng: null });
});
afterAll(() => world.close());

async function organisation(kind: 'artist' | 'venue' | 'booker', name: string): Promise<string> {
  const id = ctx.newId('org');
  await ctx.db.organisation.create({ data: { id, kind, name, email: `${id}@rooms.example`, createdAt: noon } });
  return id;
}

const show = (over: Partial<Prisma.ShowUncheckedCreateInput> & { id: string; day: Date }) => ctx.db.show.create({
  data: { orgId: artist, title: 'Les Essais', startTime: '20:30', timeZone: 'Europe/Paris', country: 'FR', place: 'Théâtre des Essais', insee: '44109', city: 'Nantes', lat: 47.2, lng: -1.55, published: true, ...over },
});
const from = (orgId: string): Guest => world.from({ siteId: `sit_${orgId}`, orgId, key: 'pk_essais', origins: ['https://essais.example'] });
const ids = ({ shows }: { shows: readonly { id: string }[] }) => shows.map(({ id }) => id);

test('a stage’s programme is what is announced there, in order, the cancelled ones said to be (EM-01)', async () => {
  const programme = await readProgramme(theatre, own);
  expect(programme).toMatchObject({ name: 'Théâtre des Essais', today: '2027-03-01' });
  expect(ids(programme)).toEqual(['shw_cancelled', 'shw_next']);
  expect(programme.shows[0]?.status).toBe('cancelled');
  expect(programme.shows[1]).toEqual({
    id: 'shw_next', title: 'Les Essais', artist: 'les-essais', day: '2027-07-14', startTime: '20:30', timeZone: 'Europe/Paris', place: 'Théâtre des Essais', city: 'Nantes', country: 'FR',
    lat: 47.2, lng: -1.55, ticketUrl: '', free: false, status: 'planned', genres: ['chanson'],
  });
  expect(await readProgramme(theatre, { ...own, stage: 'theatre' })).toEqual(programme);
  expect(ids(await readProgramme(theatre, { ...own, past: true }))).toEqual(['shw_before']);
  expect(ids(await readProgramme(theatre, { ...own, limit: 1 }))).toEqual(['shw_cancelled']);
});

test('an artist’s shows are read by name, on any page; on the artist’s or the booker’s own page without', async () => {
  const all = ['shw_cancelled', 'shw_next', 'shw_elsewhere', 'shw_unmapped'];
  expect(ids(await readProgramme(theatre, { ...own, artist: 'les-essais' }))).toEqual(all);
  expect(ids(await readProgramme(from(artist), own))).toEqual(all);
  expect(ids(await readProgramme(from(booker), own))).toEqual(all);
});

test('a tour is what stands on the map, of an artist or of all who play at a place', async () => {
  const all = ['shw_cancelled', 'shw_next', 'shw_elsewhere'];
  expect(ids(await readTour(theatre, 'les-essais'))).toEqual(all);
  expect(ids(await readTour(theatre, 'theatre'))).toEqual(all);
  for (const name of ['les-essais', 'theatre']) expect((await readTour(theatre, name)).artists).toEqual([{ slug: 'les-essais', name: 'Les Essais' }]);
});

test('a tour goes ninety days back where its past is asked for, in the order of its dates (TO-12)', async () => {
  await show({ id: 'shw_long_ago', day: fromDay('2026-11-20'), status: 'played' });
  await show({ id: 'shw_fell', day: fromDay('2027-02-15'), status: 'cancelled' });
  expect(ids(await readTour(theatre, 'les-essais', true))).toEqual(['shw_before', 'shw_cancelled', 'shw_next', 'shw_elsewhere']);
});

test('what nobody knows is not found', async () => {
  await expect(readProgramme(theatre, { ...own, stage: 'nowhere' })).rejects.toThrow(refusal('not_found'));
  await expect(readProgramme(theatre, { ...own, artist: 'nobody' })).rejects.toThrow(refusal('not_found'));
  await expect(readTour(theatre, 'nobody')).rejects.toThrow(refusal('not_found'));
});
