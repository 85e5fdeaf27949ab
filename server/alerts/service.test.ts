import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { SignedIn } from '../core/context.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { noFilters } from '../matching/filters.ts';
import { alertsTasks } from './jobs.ts';
import { createSearch, deleteSearch, editSearch, searches, setWishes } from './service.ts';

const noon = new Date('2027-03-01T12:00:00Z');
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

/** What the engine would say: the score of each pair, by both ids, and 60 of one that nobody named. */
const scores = new Map<string, number>();

vi.mock('../finds/service.ts', () => ({
  discover: async (ctx: SignedIn, input: { limit: number }) => {
    const { orgId } = ctx.actor;
    const venues = await ctx.db.venue.findMany({ orderBy: { orgId: 'asc' } });
    const reason = (criterion: string, group: string) => ({ criterion, group, degree: 1, points: 10, code: criterion, figures: {}, known: true });
    const criteria = [reason('fee', 'budget'), reason('distance', 'geography')];
    return { found: venues.slice(0, input.limit).map((venue) => ({ orgId: venue.orgId, name: `Chez ${venue.orgId}`, city: 'Nantes', score: { score: scores.get(`${orgId} ${venue.orgId}`) ?? 60, for: criteria, criteria } })) };
  },
}));

let world: TestWorld;
let count = 0;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());
beforeEach(async () => {
  world.at(noon);
  scores.clear();
  await world.db.venue.deleteMany();
  await world.db.savedSearch.deleteMany();
});

/** An organisation that can be found, with an owner. */
async function newcomer(kind: 'artist' | 'venue'): Promise<SignedIn> {
  const n = count += 1;
  const [orgId, userId] = [`org_${kind}${n}`, `usr_${kind}${n}`];
  const { db } = world;
  await db.organisation.create({ data: { id: orgId, kind, name: `${kind} ${n}`, email: `${orgId}@alerts.example`, claimed: true, createdAt: noon } });
  await db.user.create({ data: { id: userId, name: userId, email: `${userId}@mail.example`, locale: 'fr' } });
  await db.member.create({ data: { orgId, userId, role: 'owner' } });
  if (kind === 'venue') await db.venue.create({ data: { orgId, slug: orgId.replace('_', '-'), name: `Salle ${n}`, genres: [], city: 'Nantes', updatedAt: noon } });
  return world.as({ orgId, userId });
}
const pair = async () => [await newcomer('artist'), await newcomer('venue')] as const;
const mailsTo = (who: SignedIn) => world.db.mail.findMany({ where: { to: `${who.actor.userId}@mail.example` }, orderBy: { id: 'asc' } });

const saved = (over: object = {}) => ({ name: 'Salles à Nantes', seen: 'place' as const, filters: noFilters, sort: 'score' as const, alert: true, ...over });

test('searches are kept, named anew and deleted by their owner alone, twenty at most, among thirty at once (MA-10)', async () => {
  const [artist, hall] = await pair();
  const done = await Promise.allSettled(Array.from({ length: 30 }, () => createSearch(artist, saved())));
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  expect(done.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'search_limit', details: { most: '20' } });
  const [one] = await searches(artist);
  expect(one).toMatchObject({ name: 'Salles à Nantes', seen: 'place', filters: noFilters, alert: true, found: 1 });
  const id = one?.id ?? '';
  expect(await editSearch(artist, { id, name: 'Clubs', alert: false })).toMatchObject({ id, name: 'Clubs', alert: false });
  await expect(editSearch(hall, { id, name: 'Autre' })).rejects.toThrow(refusal('not_found'));
  await expect(deleteSearch(hall, id)).rejects.toThrow(refusal('not_found'));
  expect(await searches(hall)).toEqual([]);
  expect(await deleteSearch(artist, id)).toEqual({ id });
  await expect(deleteSearch(artist, id)).rejects.toThrow(refusal('not_found'));
  expect(await searches(artist)).toHaveLength(19);
});

const lookAnew = () => alertsTasks['look_anew']!(world.ctx, {});

test('what a search newly finds is mailed once, with why, within an hour of the change, and never what it found before (MA-25)', async () => {
  const [artist] = await pair();
  await createSearch(artist, saved());
  const later = (hours: number) => { world.at(new Date(noon.getTime() + hours * 3_600_000)); };
  later(2);
  await lookAnew();
  expect(await mailsTo(artist)).toEqual([]);
  const fresh = await newcomer('venue');
  scores.set(`${artist.actor.orgId} ${fresh.actor.orgId}`, 83);
  await world.db.venue.update({ where: { orgId: fresh.actor.orgId }, data: { updatedAt: world.ctx.now() } });
  later(3.5);
  await lookAnew();
  await Promise.all([lookAnew(), lookAnew()]);
  const [mail, ...more] = await mailsTo(artist);
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ subject: 'Du nouveau pour « Salles à Nantes »' });
  expect(mail?.text).toContain(`Chez ${fresh.actor.orgId} (Nantes), 83 sur 100. Pour : le budget, la proximité.`);
  later(30);
  await lookAnew();
  later(60);
  await lookAnew();
  expect(await mailsTo(artist)).toHaveLength(1);
  expect((await searches(artist))[0]).toMatchObject({ found: 2, lookedAt: world.ctx.now().toISOString() });
});

test('a search looks once a day when nobody changed anything, an hour after the last look at the earliest, and not at all without its alert (MA-25)', async () => {
  const [artist] = await pair();
  const { id } = await createSearch(artist, saved());
  const looked = async (hours: number) => {
    world.at(new Date(noon.getTime() + hours * 3_600_000));
    await lookAnew();
    return (await world.db.savedSearch.findUniqueOrThrow({ where: { id } })).lookedAt.getTime() === world.ctx.now().getTime();
  };
  expect([await looked(0.5), await looked(3), await looked(23), await looked(24.5), await looked(26)]).toEqual([false, true, false, false, false]);
  expect([await looked(27.5), await looked(28)]).toEqual([true, false]);
  await editSearch(artist, { id, alert: false });
  expect(await looked(90)).toBe(false);
  await editSearch(artist, { id, alert: true });
  await setWishes(artist, { exceptional: true, mails: false });
  expect(await looked(95)).toBe(false);
});
