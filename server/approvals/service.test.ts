import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { transact, type Context } from '../core/context.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { approvalsRouter } from './router.ts';
import { decide, lookFirst, meet, readDesk } from './service.ts';

const noon = new Date('2027-03-01T12:00:00Z');
const refusal = (code: string) => expect.objectContaining({ code }) as Error;
let world: TestWorld;
let operator: Context;
let count = 0;

beforeAll(async () => {
  world = await openTestWorld({ OPERATORS: 'owner@platform.example' });
  await world.db.user.create({ data: { id: 'usr_owner', name: 'Olga', email: 'owner@platform.example', emailVerified: true } });
  operator = { ...world.ctx, userId: 'usr_owner' };
});
afterAll(() => world.close());
beforeEach(async () => {
  world.at(noon);
  await world.db.matchApproval.deleteMany();
  await lookFirst(operator, { on: false, reason: 'Au début' });
});

/** Two who like each other. */
async function willing() {
  const sides = { artistOrgId: `org_a${count += 1}`, placeOrgId: `org_p${count}` };
  for (const [id, kind] of [[sides.artistOrgId, 'artist'], [sides.placeOrgId, 'venue']] as const) await world.db.organisation.create({ data: { id, kind, name: `${kind} ${count}`, email: `${id}@hall.example`, city: 'Nantes', createdAt: noon } });
  await world.db.choice.createMany({ data: [{ orgId: sides.artistOrgId, otherOrgId: sides.placeOrgId, verdict: 'like', at: noon }, { orgId: sides.placeOrgId, otherOrgId: sides.artistOrgId, verdict: 'like', at: noon }] });
  return sides;
}
const met = (sides: { artistOrgId: string; placeOrgId: string }) => transact(world.ctx, (tx) => meet(tx, sides, 81));
const matchOf = (sides: { artistOrgId: string; placeOrgId: string }) => world.db.match.findUnique({ where: { artistOrgId_placeOrgId: sides } });
const told = (id: string | undefined) => world.db.fact.count({ where: { topic: 'match.made', payload: { path: ['matchId'], equals: id ?? '' } } });
const waiting = async () => (await readDesk(operator)).waiting;
const on = () => lookFirst(operator, { on: true, reason: 'Les cent premières' });

test('nobody looks at a match before somebody has said so (MA-24)', async () => {
  const sides = await willing();
  await met(sides);
  expect(await matchOf(sides)).toMatchObject({ status: 'open', score: 81 });
  expect(await readDesk(operator)).toMatchObject({ on: false, waiting: [] });
});

test('while they are looked at a match waits and neither side is told; approved, both are, for thirty days from then (MA-17, MA-24)', async () => {
  await on();
  expect(await readDesk(operator)).toMatchObject({ on: true, since: noon.toISOString(), by: 'Olga' });
  const sides = await willing();
  await Promise.all([met(sides), met(sides)]);
  expect(await matchOf(sides)).toBeNull();
  const [asked, ...more] = await waiting();
  expect(more).toEqual([]);
  expect(asked).toMatchObject({ artist: { orgId: sides.artistOrgId, city: 'Nantes' }, place: { orgId: sides.placeOrgId }, score: 81, state: 'waiting' });
  world.at('2027-03-04T12:00:00Z');
  await decide(operator, { id: asked?.id ?? '', approve: true, reason: '' });
  const match = await matchOf(sides);
  expect(match).toMatchObject({ status: 'open', madeAt: new Date('2027-03-04T12:00:00Z'), expiresAt: new Date('2027-04-03T12:00:00Z') });
  expect(await told(match?.id)).toBe(1);
  await expect(decide(operator, { id: asked?.id ?? '', approve: true, reason: '' })).rejects.toThrow(refusal('approval_decided'));
  expect((await readDesk(operator)).acts[0]).toMatchObject({ kind: 'approved', subject: asked?.id, by: 'Olga' });
});

test('refused, with a reason, none is made, however often they like each other, until it is approved after all (MA-24)', async () => {
  await on();
  const sides = await willing();
  await met(sides);
  const [asked] = await waiting();
  const caller = approvalsRouter.createCaller(operator);
  await expect(caller.decide({ approve: false, id: asked?.id ?? '', reason: '' })).rejects.toThrow();
  await caller.decide({ approve: false, id: asked?.id ?? '', reason: 'Un compte d’essai' });
  await met(sides);
  await lookFirst(operator, { on: false, reason: 'C’est rodé' });
  await met(sides);
  expect([await matchOf(sides), await waiting()]).toEqual([null, []]);
  expect((await readDesk(operator)).decided[0]).toMatchObject({ id: asked?.id, state: 'refused' });
  await decide(operator, { id: asked?.id ?? '', approve: true, reason: 'Erreur' });
  expect(await matchOf(sides)).toMatchObject({ status: 'open' });
});

test('when nobody looks any more, those that wait are made at once, but where one thought better of it (MA-24)', async () => {
  await on();
  const [one, other, gone] = [await willing(), await willing(), await willing()];
  for (const sides of [one, other, gone]) await met(sides);
  await world.db.choice.update({ where: { orgId_otherOrgId: { orgId: gone.placeOrgId, otherOrgId: gone.artistOrgId } }, data: { hidden: true } });
  await Promise.all([lookFirst(operator, { on: false, reason: 'C’est rodé' }), lookFirst(operator, { on: false, reason: 'C’est rodé' })]);
  expect([await matchOf(one), await matchOf(other), await matchOf(gone)]).toMatchObject([{ status: 'open' }, { status: 'open' }, null]);
  const desk = await readDesk(operator);
  expect(desk).toMatchObject({ on: false, waiting: [] });
  expect(desk.decided.slice(0, 3).map(({ state }) => state).sort()).toEqual(['released', 'released', 'withdrawn']);
  expect(desk.acts.filter(({ kind, reason }) => kind === 'approval_off' && reason === 'C’est rodé')).not.toEqual([]);
  expect(desk.acts[1]?.kind).toBe('approval_on');
});

test('it is for our own people alone (MA-24)', async () => {
  const stranger = world.as({ orgId: 'org_a1' });
  for (const act of [readDesk(stranger), lookFirst(stranger, { on: true, reason: 'x' }), decide(stranger, { id: 'apv_1', approve: true, reason: '' })]) await expect(act).rejects.toThrow(refusal('signed_out'));
  await expect(decide(operator, { id: 'apv_none', approve: true, reason: '' })).rejects.toThrow(refusal('not_found'));
});
