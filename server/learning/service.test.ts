import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../core/context.ts';
import { rng } from '../core/rng.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { published } from '../matching/score.ts';
import { CARDS } from '../matching/search.ts';
import { learningRouter } from './router.ts';
import { compareWith, learnAll, readAudit, readFunnel, readModels, readServed, rollBack, servingOf } from './service.ts';

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

test('what serves is told with since when, what it said beside what came, and what a rollback would change; nothing is claimed of few (MA-07, MA-18, AI-13)', async () => {
  await rollBack(operator, 'touring:place', (await readModels(operator)).find(({ status, whole }) => whole && status === 'refused')?.version ?? 0, 'Pour voir.');
  const place = (await readServed(operator)).find(({ scorecard }) => scorecard === 'touring:place');
  expect(place).toMatchObject({ since: noon.toISOString(), version: expect.any(Number) as number });
  expect(place?.measured?.curve.reduce((sum, { count }) => sum + count, 0)).toBe(place?.deals);
  expect(place?.measured?.auc).toBeGreaterThan(0.8);
  expect(place?.measured?.hits).toBeGreaterThan(place?.measured?.guess ?? 1);
  expect(place?.measured?.error).toBeLessThan(0.1);
  const curve = place?.measured?.curve ?? [];
  expect(curve.at(-1)?.came).toBeGreaterThan(curve[0]?.came ?? 1);
  const artist = (await readServed(operator)).find(({ scorecard }) => scorecard === 'touring:artist');
  expect(artist).toMatchObject({ version: null, since: null, model: 'touring-1', measured: null, deals: 0, sure: { deals: 0, signed: 0 } });
  const [first] = await compareWith(operator, 'touring:place', null);
  expect(first?.criterion).toBe('genre');
  expect(first?.now).toBeGreaterThan(3 * (first?.then ?? 0));
  await expect(compareWith(operator, 'moon:place', null)).rejects.toThrow(refusal('not_found'));
  expect(await ctx.db.matchingAct.findFirst({ where: { kind: 'rolled_back' }, orderBy: { id: 'desc' } })).toMatchObject({ userId: 'usr_owner', subject: 'touring:place', reason: 'Pour voir.' });
  await expect(ctx.db.$executeRaw`DELETE FROM matching_act`).rejects.toThrow();
});

test('where the one that serves is damaged, the older one that serves in its place is named, and the damage told (MA-18)', async () => {
  const serving = await ctx.db.fittedModel.findFirstOrThrow({ where: { scorecard: 'touring:place', status: 'serving' } });
  const older = await ctx.db.fittedModel.create({ data: { ...serving, id: 'mdl_older', version: 90, body: serving.body as object, figures: serving.figures as object, status: 'retired', reason: 'better', fittedAt: new Date(noon.getTime() - 1_000) } });
  await ctx.db.fittedModel.update({ where: { id: serving.id }, data: { body: { ...serving.body as object, weights: [1] } } });
  const place = (await readServed(operator)).find(({ scorecard }) => scorecard === 'touring:place');
  expect(place).toMatchObject({ version: 90, since: older.fittedAt.toISOString() });
  expect((await readModels(operator)).find(({ id }) => id === serving.id)).toMatchObject({ status: 'damaged', whole: false });
  await ctx.db.fittedModel.delete({ where: { id: older.id } });
  await ctx.db.fittedModel.update({ where: { id: serving.id }, data: { body: serving.body as object, status: 'serving' } });
});

test('figures that cannot be read are no figures, and the other versions are told all the same (MA-18)', async () => {
  const { id, figures } = await ctx.db.fittedModel.findFirstOrThrow({ where: { version: 1 } });
  await ctx.db.fittedModel.update({ where: { id }, data: { figures: { candidate: 'torn' } } });
  const told = await learningRouter.createCaller(operator).models();
  expect(told.filter((one) => one.figures === null).map((one) => one.id)).toEqual([id]);
  expect(told.find((one) => one.version === 2)?.figures?.candidate?.deals).toBeGreaterThan(50);
  await ctx.db.fittedModel.update({ where: { id }, data: { figures: figures as object } });
});

test('the way of everybody from first sight to the show, with what is aimed at (MA-27)', async () => {
  const day = 86_400_000;
  const at = (days: number) => new Date(noon.getTime() - days * day);
  const { impressions } = await readFunnel(operator);
  await ctx.db.sighting.createMany({ data: [5, 6, 7, 8, 100].map((days) => ({ orgId: 'org_f', otherOrgId: 'org_g', seeker: 'artist', scorecard: 'launch', model: 'launch-1', kind: 'impression', position: 0, score: 70, degrees: new Uint8Array(8), at: at(days) })) });
  await ctx.db.choice.createMany({ data: [['org_f', 'org_g', 5], ['org_g', 'org_f', 4], ['org_f', 'org_h', 100]].map(([orgId, otherOrgId, days]) => ({ orgId: String(orgId), otherOrgId: String(otherOrgId), verdict: 'like' as const, at: at(Number(days)) })) });
  await ctx.db.match.create({ data: { id: 'mat_f', artistOrgId: 'org_g', placeOrgId: 'org_f', score: 70, status: 'contacted', madeAt: at(4), expiresAt: at(-26), contactedAt: at(3) } });
  const found = await readFunnel(operator);
  expect(found).toMatchObject({ from: at(90).toISOString(), until: noon.toISOString(), impressions: impressions + 4 });
  expect(found.steps).toMatchObject([
    { step: 'liked', count: 2, aim: 0.25 }, { step: 'mutual', count: 1, of: 2, rate: 0.5, aim: 0.4 }, { step: 'contacted', count: 1, of: 1, rate: 1, aim: 0.6 }, { step: 'signed', count: 0, of: 1, rate: 0, aim: 0.3 }, { step: 'held', count: 0, of: 0, rate: null, aim: 0.95 },
  ]);
  await expect(readFunnel(ctx)).rejects.toThrow(refusal('signed_out'));
  // Of what was signed, how its show went.
  for (const id of ['org_f', 'org_g']) await ctx.db.organisation.create({ data: { id, kind: id === 'org_g' ? 'artist' : 'venue', name: id, email: `${id}@rooms.example`, createdAt: noon } });
  await ctx.db.booking.create({ data: { id: 'bkg_f', orgId: 'org_g', buyerOrgId: 'org_f', reference: 'REF-F', createdAt: noon } });
  await ctx.db.match.update({ where: { id: 'mat_f' }, data: { bookingId: 'bkg_f' } });
  await ctx.db.contract.create({ data: {
    id: 'ctr_f', bookingId: 'bkg_f', orgId: 'org_g', buyerOrgId: 'org_f', number: 'C-F', path: 'secured', status: 'signed', priceMinor: 1n, vatBps: 0, vatMinor: 0n, totalMinor: 1n, currency: 'EUR', commissionBps: 0, vatCitation: 'x',
    commissionVatBps: 0, commissionVatCitation: 'x', clauses: [], rules: [], fileId: 'fil_none', draftedAt: at(3), signedAt: at(3),
  } });
  const show = (over: object) => ctx.db.show.upsert({ where: { bookingId: 'bkg_f' }, update: over, create: { id: 'shw_f', bookingId: 'bkg_f', orgId: 'org_g', title: 'x', day: at(1), startTime: '20:30', place: '', city: 'Nantes', ...over } });
  const steps = async () => (await readFunnel(operator)).steps.slice(3).map(({ count, of, rate }) => [count, of, rate]);
  await show({ status: 'planned' });
  expect(await steps()).toEqual([[1, 1, 1], [0, 0, null]]);
  await show({ status: 'played', playedAt: at(1) });
  expect(await steps()).toEqual([[1, 1, 1], [1, 1, 1]]);
  await ctx.db.rating.create({ data: { bookingId: 'bkg_f', byOrgId: 'org_f', aboutOrgId: 'org_g', stars: 2, at: at(0) } });
  expect(await steps()).toEqual([[1, 1, 1], [0, 1, 0]]);
});

test('the audit says who was shown against who there is, and which weights serve (MA-23)', async () => {
  const artists = [...Array.from({ length: 6 }, () => ['jazz', '75056']), ...Array.from({ length: 5 }, () => ['rock', '44109']), ['rock', '33063'], ['rock', '35238']] as const;
  for (const [i, [genre = '', insee = '']] of artists.entries()) {
    const id = `org_a${i}`;
    await ctx.db.organisation.create({ data: { id, kind: 'artist', name: id, email: `${id}@rooms.example`, createdAt: noon } });
    await ctx.db.epk.create({ data: { orgId: id, slug: id.replace('_', '-'), name: id, genres: [genre], insee, publishedAt: noon, updatedAt: noon } });
  }
  await ctx.db.sighting.createMany({ data: [0, 1].map((position) => ({ orgId: 'org_p', otherOrgId: `org_a${position}`, seeker: 'place', scorecard: 'touring', model: 'touring-1', kind: 'impression', position, score: 70, degrees: new Uint8Array(47), at: noon })) });
  const audit = await readAudit(operator);
  expect(audit).toMatchObject({ lists: 1, shown: 2, pool: 13, whole: true, from: '2027-01-30T12:00:00.000Z', until: noon.toISOString() });
  expect(audit.exposure.find(({ group }) => group === '75')).toMatchObject({ trait: 'region', count: 6, shown: 1 });
  // Two of two départements would be named, and so would they be if the next smallest stood alone.
  expect(audit.exposure.filter(({ trait }) => trait === 'region').map(({ group }) => group)).toEqual(['75']);
  expect(audit.withheld).toEqual([{ trait: 'region', groups: 3, count: 7 }]);
  expect(audit.weights.map(({ scorecard }) => scorecard)).toContain('municipal:artist');
});
