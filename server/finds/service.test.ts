import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { closeHall, openHall } from '../hall/service.ts';
import { evidence } from '../matching/evidence.ts';
import { noFilters } from '../matching/filters.ts';
import { hoped, stretches } from '../matching/learn.ts';
import { chance, modelOf } from '../matching/promote.ts';
import { published } from '../matching/score.ts';
import { touring } from '../matching/scorecards/touring.ts';
import { updateEpk, updateVenue } from '../profiles/service.ts';
import { readSheet, updateSheet } from '../sheets/service.ts';
import { discover } from './service.ts';

const noon = new Date('2027-03-01T12:00:00Z');
const ask = { filters: noFilters, sort: 'score' as const, limit: 24, diversity: 0, all: false, locale: 'fr' as const };
const nantes = { city: 'Nantes', insee: '44109', lat: 47.2184, lng: -1.5536, genres: ['jazz'], updatedAt: noon };
/** What the places' side learned, served from the first search on. */
const card = { scorecard: 'touring:place', criteria: touring.criteria.map(({ criterion }) => criterion), weights: [...published(touring).place] };
const seen = evidence([{ signal: 'impression', at: noon, degrees: card.criteria.map(() => 0.5), place: null }], card.criteria.length);
const model = modelOf(card, { weights: card.weights, links: { choice: hoped, deal: hoped, show: hoped }, seen: stretches.map(() => 1) }, { rows: seen, version: 'touring:place-1' });
let world: TestWorld;

async function organisation(id: string, kind: 'artist' | 'venue' | 'festival') {
  await world.db.organisation.create({ data: { id, kind, name: id, email: `${id}@rooms.example`, claimed: true, createdAt: noon } });
  return world.as({ orgId: id });
}

beforeAll(async () => {
  world = await openTestWorld();
  await organisation('org_trio', 'artist');
  await world.db.epk.create({ data: {
    ...nantes, orgId: 'org_trio', slug: 'trio', name: 'Le Trio', feeMinMinor: 80_000n, feeMaxMinor: 120_000n, audienceMin: 50, audienceMax: 300, technical: 'Deux prises', tagline: { fr: 'Un trio' }, publishedAt: noon, media: { create: { id: 'med_trio', kind: 'photo', title: 'x', fileId: 'fil_x', position: 0 } },
  } });
  await world.db.fittedModel.create({ data: { id: 'mdl_1', scorecard: card.scorecard, version: 1, body: JSON.parse(JSON.stringify(model)) as object, figures: {}, status: 'serving', reason: 'better', fittedAt: noon } });
  await openHall(world.ctx);
});
afterAll(async () => {
  await closeHall(world.ctx);
  await world.close();
});

test('a page of discoveries says of a profile what the sheet and the search do (PR-02)', async () => {
  const festival = await organisation('org_festival', 'festival');
  await world.db.venue.create({ data: { ...nantes, orgId: 'org_festival', slug: 'festival', name: 'Festival', capacity: 900, budgetMaxMinor: 150_000n } });
  const { complete } = await readSheet(festival);
  expect(complete).toMatchObject({ percent: 81, proposed: true });
  expect((await discover(festival, ask)).seeker).toMatchObject({ completePercent: 81, missing: complete.missing });
});

test('a chance is read at the score of the side that learned it (MA-07)', async () => {
  const { found: [one] } = await discover(world.as({ orgId: 'org_festival' }), ask);
  expect(one?.score.sides.place).not.toBe(one?.score.score);
  expect(one?.chance).toBe(chance(model, one?.score.sides.place ?? 0));
});

test('who has said one thing of itself, and no list of anything, keeps nobody from being found (PR-01, MA-06)', async () => {
  await updateSheet(world.as({ orgId: 'org_festival' }), { daysToPay: 45 });
  await updateEpk(await organisation('org_new', 'artist'), { name: 'Nouveau' });
  await updateSheet(world.as({ orgId: 'org_new' }), { mobilityKm: 80 });
  await updateVenue(await organisation('org_bar', 'venue'), { name: 'Un bar' });
  await closeHall(world.ctx);
  await expect(openHall(world.ctx)).resolves.toMatchObject({ artists: 2, places: 2 });
  expect((await discover(world.as({ orgId: 'org_new' }), ask)).found.map(({ orgId }) => orgId)).toEqual(['org_festival']);
});
