import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignedIn } from '../core/context.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { closeHall, openHall } from '../hall/service.ts';
import { noFilters } from '../matching/filters.ts';
import { touring } from '../matching/scorecards/touring.ts';
import { readSheet } from '../sheets/service.ts';
import { alertsTasks } from '../alerts/jobs.ts';
import { createSearch, searches } from '../alerts/service.ts';
import { discoveryRouter } from './router.ts';
import { choose, exceptional, find, findNights, hide } from './service.ts';

/* What is done with who was found, over the hall itself. */

const noon = new Date('2027-03-01T12:00:00Z');
const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const ask = { filters: noFilters, sort: 'score' as const, limit: 24, diversity: 0, all: false, locale: 'fr' as const };
let world: TestWorld;
let artist: SignedIn;
let hall: SignedIn;

async function organisation(id: string, kind: 'artist' | 'venue' | 'booker') {
  await world.db.organisation.create({ data: { id, kind, name: id, email: `${id}@rooms.example`, claimed: true, createdAt: noon } });
  return world.as({ orgId: id });
}
async function place(id: string, over: Record<string, unknown> = {}) {
  const who = await organisation(id, 'venue');
  await world.db.venue.create({ data: { orgId: id, slug: id.replace('_', '-'), name: `Salle ${id.slice(4)}`, capacity: 250, genres: ['jazz'], about: { fr: 'Une salle' }, budgetMinMinor: 70_000n, budgetMaxMinor: 150_000n, city: 'Nantes', insee: '44109', lat: 47.2, lng: -1.5, updatedAt: world.ctx.now(), ...over } });
  return who;
}

beforeAll(async () => {
  world = await openTestWorld();
  artist = await organisation('org_trio', 'artist');
  await world.db.epk.create({ data: {
    orgId: 'org_trio', slug: 'trio', name: 'Le Trio', genres: ['jazz manouche'], feeMinMinor: 80_000n, feeMaxMinor: 120_000n, audienceMin: 50, audienceMax: 300, insee: '44109', city: 'Nantes', lat: 47.2184, lng: -1.5536, technical: 'Deux prises', tagline: { fr: 'Un trio' }, bio: { fr: 'Trois.' },
    publishedAt: noon, updatedAt: noon, media: { create: { id: 'med_trio', kind: 'photo', title: 'x', fileId: 'fil_x', position: 0 } },
  } });
  hall = await place('org_hall');
  await openHall(world.ctx);
});
afterAll(async () => {
  await closeHall(world.ctx);
  await world.close();
});

test('each side finds the other, and what it saw is kept with the degree of each criterion (MA-14, MA-18)', async () => {
  const { found: [seen] } = await find(artist, ask);
  expect(seen).toMatchObject({ orgId: 'org_hall', choice: { verdict: null } });
  expect((await find(hall, ask)).found.map(({ orgId }) => orgId)).toEqual(['org_trio']);
  const [noted] = await world.db.sighting.findMany({ where: { orgId: 'org_trio' } });
  expect(noted).toMatchObject({ otherOrgId: 'org_hall', seeker: 'artist', scorecard: 'touring', kind: 'impression', position: 0, score: seen?.score.score });
  expect(noted?.degrees).toHaveLength(touring.criteria.length);
  for (const [i, { known, degree }] of (seen?.score.criteria ?? []).entries()) expect(noted?.degrees[i]).toBe(known ? Math.round(degree * 254) : 255);
});

test('a list carries what its cards show, and the criteria of one are read on demand: the same score, for the days that were asked (MA-05)', async () => {
  const caller = discoveryRouter.createCaller(artist);
  const filters = { ...noFilters, days: { from: '2027-06-05' as const, until: '2027-06-05' as const, weekdays: [] } };
  const { found: [one] } = await caller.find({ filters });
  expect(one?.score).toMatchObject({ criteriaCount: touring.criteria.length, for: expect.any(Array) as unknown[], groups: expect.any(Array) as unknown[] });
  expect(one?.score).not.toHaveProperty('criteria');
  expect(one?.km).toBe(4.5);
  const pair = await caller.pair({ orgId: 'org_hall', filters });
  const { criteria, ...rest } = pair ?? {};
  expect(rest).toEqual(one?.score);
  expect(criteria).toHaveLength(touring.criteria.length);
  expect(criteria?.find(({ criterion }) => criterion === 'weekday')?.figures).toEqual({ day: '2027-06-05' });
  expect(JSON.stringify(one).length * 5).toBeLessThan(JSON.stringify(pair).length * 4);
});

test('whoever seeks may choose among its scorecards, a commune has its own, and each says what it weighs (MA-01, MA-02, MA-04)', async () => {
  const caller = discoveryRouter.createCaller(hall);
  const { seen, cards } = await caller.cards();
  expect([seen, ...cards.map(({ card, learned }) => [card, learned])]).toEqual(['place', ['touring', false], ['launch', false]]);
  for (const { groups } of cards) {
    for (const side of ['artist', 'place'] as const) expect(groups.flatMap(({ criteria }) => criteria.map((one) => one[side])).reduce((sum, one) => sum + one, 0)).toBeCloseTo(100);
  }
  expect(cards[1]?.groups.map(({ group, criteria }) => [group, criteria.reduce((sum, { place: points }) => sum + points, 0)])).toEqual([['style', 25], ['availability', 20], ['capacity', 20], ['budget', 20], ['geography', 15]]);
  expect(await caller.find({ filters: noFilters, card: 'launch' })).toMatchObject({ card: 'launch', found: [{ score: { scorecard: 'launch', criteriaCount: cards[1]?.groups.flatMap(({ criteria }) => criteria).length } }] });
  expect(await caller.pair({ orgId: 'org_trio', card: 'launch' })).toMatchObject({ scorecard: 'launch' });
  // That of communes is not this hall's to choose: an address that says so goes through many hands.
  expect(await caller.find({ filters: noFilters, card: 'municipal' })).toMatchObject({ card: 'touring' });
  await world.db.organisation.create({ data: { id: 'org_town', kind: 'municipality', name: 'Ville', email: 'town@rooms.example', claimed: true, createdAt: noon } });
  const town = discoveryRouter.createCaller(world.as({ orgId: 'org_town' }));
  expect((await town.cards()).cards.map(({ card }) => card)).toEqual(['municipal']);
  expect(await town.find({ filters: noFilters, card: 'touring' })).toMatchObject({ card: 'municipal' });
});

test('how strongly variety counts says what it did to the order, and by anything but the score it does nothing (MA-23)', async () => {
  const caller = discoveryRouter.createCaller(artist);
  expect((await caller.find({ filters: noFilters })).variety).toBeNull();
  expect((await caller.find({ filters: noFilters, diversity: 0.5 })).variety).toEqual({ strength: 0.5, places: 1, moved: 0, entered: 0, cost: 0, groups: { region: [1, 1], genre: [1, 1], level: [0, 0] } });
  expect((await caller.find({ filters: noFilters, diversity: 0.5, sort: 'distance' })).variety).toBeNull();
});

test('a mutual like is a match with the score of the two; the next search says so, and who was hidden is found no more (MA-16)', async () => {
  const score = (await find(artist, ask)).found[0]?.score.score;
  await choose(hall, { orgId: 'org_trio', verdict: 'like', message: '' });
  const { match } = await choose(artist, { orgId: 'org_hall', verdict: 'like', message: '' });
  expect(await world.db.match.findUniqueOrThrow({ where: { id: match?.id ?? '' } })).toMatchObject({ artistOrgId: 'org_trio', placeOrgId: 'org_hall', score });
  expect((await find(hall, ask)).found).toMatchObject([{ orgId: 'org_trio', choice: { verdict: 'like' }, match: { id: match?.id, status: 'open' } }]);
  await hide(artist, { orgId: 'org_hall', hidden: true });
  expect((await find(artist, ask)).found).toEqual([]);
  await hide(artist, { orgId: 'org_hall', hidden: false });
  expect((await find(artist, ask)).found).toHaveLength(1);
});

test('a newcomer that has said nothing but its name may look around, and is told the same of itself here as on its sheet (MA-06, PR-01)', async () => {
  for (const kind of ['artist', 'venue'] as const) {
    const newcomer = await organisation(`org_new_${kind}`, kind);
    const { seeker, found } = await find(newcomer, ask);
    const { complete } = await readSheet(newcomer);
    expect([seeker.completePercent, seeker.missing]).toEqual([complete.percent, complete.missing]);
    expect(seeker.missing).not.toContain('name');
    for (const { score } of found) expect(score.criteria.filter(({ known }) => known).map(({ criterion }) => criterion)).not.toContain('audience');
  }
  // What a festival is need not be said again on its sheet.
  await world.db.organisation.update({ where: { id: 'org_new_venue' }, data: { kind: 'festival' } });
  expect((await find(world.as({ orgId: 'org_new_venue' }), ask)).seeker.missing).not.toContain('kind');
});

test('whoever is on neither side chooses nobody; whoever does not show itself is not there (PR-02)', async () => {
  const booker = await organisation('org_booker', 'booker');
  await expect(choose(booker, { orgId: 'org_hall', verdict: 'like', message: '' })).rejects.toThrow(refusal('seeker_sideless'));
  await expect(find(booker, ask)).rejects.toThrow(refusal('seeker_sideless'));
  await place('org_stranger', {});
  await world.db.organisation.update({ where: { id: 'org_stranger' }, data: { claimed: false } });
  await expect(choose(artist, { orgId: 'org_stranger', verdict: 'like', message: '' })).rejects.toThrow(refusal('not_found'));
  await expect(choose(artist, { orgId: 'org_booker', verdict: 'like', message: '' })).rejects.toThrow(refusal('not_found'));
});

test('whose profile is not complete is not found, and can be answered once it has sent a Super Like (MA-30, PR-02)', async () => {
  const bare = await place('org_bare', { genres: [], about: {}, capacity: 0 });
  const answer = () => choose(artist, { orgId: 'org_bare', verdict: 'like', message: '' });
  await expect(answer()).rejects.toThrow(refusal('not_found'));
  await world.db.superLike.create({ data: { orgId: 'org_bare', seq: 1, n: 1, after: 1, cause: 'charge:bare', at: noon } });
  await choose(bare, { orgId: 'org_trio', verdict: 'super_like', message: 'Venez jouer.' });
  expect((await answer()).match).toMatchObject({ status: 'open' });
});

test('the best of some days are shown day by day, and each is noted (MA-21)', async () => {
  const before = await world.db.sighting.count({ where: { orgId: 'org_trio', kind: 'impression' } });
  world.at('2027-03-01T12:30:00Z');
  const { nights } = await findNights(artist, { days: ['2027-06-05', '2027-06-06'], locale: 'fr' });
  expect(nights.map(({ found }) => found.map(({ orgId }) => orgId))).toEqual([['org_hall'], ['org_hall']]);
  // The same one, on the second day of one list.
  expect(await world.db.sighting.count({ where: { orgId: 'org_trio', kind: 'impression' } })).toBe(before + 1);
});

test('a place that opens is mailed to whose search it answers, with why (MA-25)', async () => {
  await createSearch(artist, { name: 'Jazz à Nantes', seen: 'place', filters: { ...noFilters, genres: ['jazz'], near: { name: 'Nantes', insee: '44109', lat: 47.2184, lng: -1.5536, km: 30 } }, sort: 'score', alert: true });
  expect(await searches(artist)).toMatchObject([{ found: 1, filters: { genres: ['jazz'] } }]);
  world.at('2027-03-01T13:30:00Z');
  await place('org_club');
  await place('org_afar', { lat: 43.3, lng: 5.4, insee: '13055', city: 'Marseille' });
  await expect.poll(async () => (await find(artist, ask)).found.length, { timeout: 5_000 }).toBe(3);
  await alertsTasks['look_anew']!(world.ctx, {});
  world.at('2027-03-01T15:30:00Z');
  await alertsTasks['look_anew']!(world.ctx, {});
  const mails = await world.db.mail.findMany({ where: { orgId: 'org_trio', subject: { contains: 'Jazz à Nantes' } } });
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toMatch(/Salle club \(Nantes\), \d+ sur 100\. Pour : .+\./);
  expect(mails[0]?.text).not.toContain('Salle afar');
});

test('what is not exceptional is not pushed (MA-20)', async () => {
  expect(Math.max(...(await find(artist, ask)).found.map(({ score }) => score.score))).toBeLessThanOrEqual(95);
  expect(await exceptional(artist)).toBeNull();
});
