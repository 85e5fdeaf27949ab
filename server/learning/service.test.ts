import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../core/context.ts';
import { rng } from '../core/rng.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { published } from '../matching/score.ts';
import { CARDS } from '../matching/search.ts';
import { learnAll, readAudit, readModels, rollBack, servingOf } from './service.ts';

const noon = new Date('2027-03-01T12:00:00Z');
let world: TestWorld;
let ctx: Context;
let operator: Context;
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

beforeAll(async () => {
  world = await openTestWorld({ OPERATORS: 'owner@platform.example' });
  ({ ctx } = world);
  await ctx.db.user.create({ data: { id: 'usr_owner', name: 'Olga', email: 'owner@platform.example', emailVerified: true } });
  operator = { ...ctx, userId: 'usr_owner' };
});
afterAll(() => world.close());

const { criteria } = CARDS.touring;
/** Places who care for the genre and nothing else, where the published weights care for everything. */
async function happened(count: number, from: number) {
  const next = rng(from);
  const genre = criteria.findIndex(({ criterion }) => criterion === 'genre');
  const weights = published(CARDS.touring).place;
  await ctx.db.sighting.createMany({ data: Array.from({ length: count }, (_, i) => {
    const degrees = Uint8Array.from(criteria, () => Math.floor(next() * 255));
    const likes = next() < 1 / (1 + Math.exp(-14 * ((degrees[genre] ?? 0) / 254 - 0.5)));
    const score = degrees.reduce((sum, degree, k) => sum + (degree / 254) * (weights[k] ?? 0), 0);
    return { orgId: `org_p${i % 40}`, otherOrgId: `org_a${i % 90}`, seeker: 'place', scorecard: 'touring', model: 'touring-1', kind: i % 3 === 0 ? (likes ? 'signature' : 'refusal') : likes ? 'like' : 'pass', position: null, score, degrees, at: new Date(noon.getTime() + (from + i) * 60_000) };
  }) });
}
/** Half a minute later every process reads anew. */
const later = (c: Context): Context => ({ ...c, live: { ...c.live } });

test('before anything was learned the published weights serve, and no chance is named', async () => {
  const serving = await servingOf(ctx, 'touring');
  expect(serving).toMatchObject({ weights: null, version: 'touring-1' });
  expect(serving.chance(90, 'place')).toBeNull();
  await learnAll(ctx);
  expect(await readModels(operator)).toEqual([]);
});

test('what later deals prove serves, with its figures; the other side keeps its own (MA-18)', async () => {
  await happened(4_000, 1);
  await learnAll(ctx);
  const [model] = await readModels(operator);
  expect(model).toMatchObject({ scorecard: 'touring:place', version: 1, status: 'serving', whole: true });
  const serving = await servingOf(later(ctx), 'touring');
  const genre = criteria.findIndex(({ criterion }) => criterion === 'genre');
  expect(serving.weights?.place[genre]).toBeGreaterThan(3 * (published(CARDS.touring).place[genre] ?? 0));
  expect(serving.weights?.artist).toEqual(published(CARDS.touring).artist);
  expect(serving.chance(80, 'place')).toBeGreaterThan(serving.chance(30, 'place') ?? 1);
  expect(serving.chance(80, 'artist')).toBeNull();
});

test('learned again from the same, nothing is better, and it says so; two nights at once make no two versions of one number', async () => {
  await Promise.all([learnAll(ctx), learnAll(ctx)]);
  const models = (await readModels(operator)).filter(({ scorecard }) => scorecard === 'touring:place');
  expect(models.map(({ version }) => version)).toEqual([3, 2, 1]);
  expect(models.filter(({ status }) => status === 'serving')).toHaveLength(1);
});

test('a model that was damaged is put aside, and the last good one serves (MA-18)', async () => {
  const serving = await ctx.db.fittedModel.findFirstOrThrow({ where: { status: 'serving' } });
  await ctx.db.fittedModel.update({ where: { id: serving.id }, data: { body: { ...serving.body as object, weights: [1, 2, 3] } } });
  const now = await servingOf(later(ctx), 'touring');
  expect(now.weights).toBeNull();
  expect(await ctx.db.fittedModel.findUniqueOrThrow({ where: { id: serving.id } })).toMatchObject({ status: 'damaged' });
  await expect(rollBack(operator, 'touring:place', serving.version)).rejects.toThrow(refusal('model_damaged'));
});

test('an older version is served again, or the published weights; it is for our own people', async () => {
  const refused = await ctx.db.fittedModel.findFirstOrThrow({ where: { status: 'refused' } });
  await rollBack(operator, 'touring:place', refused.version);
  expect((await servingOf(later(ctx), 'touring')).weights).not.toBeNull();
  await rollBack(operator, 'touring:place', null);
  expect((await servingOf(later(ctx), 'touring')).weights).toBeNull();
  await expect(rollBack(operator, 'touring:place', 99)).rejects.toThrow(refusal('not_found'));
  await expect(rollBack(ctx, 'touring:place', null)).rejects.toThrow();
  await expect(readModels(world.as({ orgId: 'org_a1' }))).rejects.toThrow();
  await expect(readAudit(world.as({ orgId: 'org_a1' }))).rejects.toThrow();
});

test('the audit says who was shown against who there is, and which weights serve (MA-23)', async () => {
  for (const [id, genre, insee] of [['org_a0', 'jazz', '75056'], ['org_a1', 'jazz', '75056'], ['org_a2', 'rock', '44109']] as const) {
    await ctx.db.organisation.create({ data: { id, kind: 'artist', name: id, email: `${id}@rooms.example`, createdAt: noon } });
    await ctx.db.epk.create({ data: { orgId: id, slug: id.replace('_', '-'), name: id, genres: [genre], insee, publishedAt: noon, updatedAt: noon } });
  }
  await ctx.db.sighting.createMany({ data: [0, 1].map((position) => ({ orgId: 'org_p', otherOrgId: `org_a${position}`, seeker: 'place', scorecard: 'touring', model: 'touring-1', kind: 'impression', position, score: 70, degrees: new Uint8Array(47), at: noon })) });
  const audit = await readAudit(operator);
  expect(audit).toMatchObject({ lists: 1, shown: 2, pool: 3 });
  expect(audit.exposure.find(({ group }) => group === '75')).toMatchObject({ trait: 'region', count: 2, shown: 1 });
  expect(audit.exposure.find(({ group }) => group === '44')).toMatchObject({ shown: 0, toPool: 0 });
  expect(audit.weights.map(({ scorecard }) => scorecard)).toContain('municipal:artist');
});
