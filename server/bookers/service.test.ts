import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SignedIn } from '../core/context.ts';
import { transact } from '../core/context.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { answerTerms, keepShare, proposeTerms, readTerms } from './service.ts';
import type { Terms } from './terms.ts';

let world: TestWorld;
let count = 0;

beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());
beforeEach(() => { world.at('2027-03-01T12:00:00Z'); });

const refusal = (code: string, details: unknown = expect.anything()) => expect.objectContaining({ code, details }) as Error;

/** An artist and its booker, each with somebody who acts for it, and the mandate between them. */
async function mandate({ artistIn = 'FR', bookerIn = 'FR', licence = '', lineUp = 4 } = {}) {
  const { ctx, db } = world;
  count += 1;
  const found = async (kind: 'artist' | 'booker', country: string): Promise<SignedIn> => {
    const id = ctx.newId('org');
    await db.organisation.create({ data: { id, kind, name: `${kind} ${count}`, email: `${kind}${count}@terms.example`, country, postcode: country === 'FR' ? '35000' : '1000', licence: kind === 'booker' ? licence : '', createdAt: ctx.now() } });
    return world.as({ orgId: id, userId: `usr_${kind}${count}` });
  };
  const [artist, booker] = [await found('artist', artistIn), await found('booker', bookerIn)];
  await db.epk.create({ data: { orgId: artist.actor.orgId, slug: `terms-${count}`, name: `Artist ${count}`, lineUp, updatedAt: ctx.now() } });
  const id = ctx.newId('rep');
  await db.representation.create({ data: { id, artistOrgId: artist.actor.orgId, bookerOrgId: booker.actor.orgId, since: ctx.now() } });
  return { id, artist, booker };
}

const provider: Terms = { capacity: 'provider', bps: 1_500, wageBps: 10_000, career: false, missions: '', reporting: '', permit: '' };
const agent: Terms = { ...provider, capacity: 'agent', bps: 1_000, wageBps: 6_000, missions: 'Trouver des engagements en France.', reporting: 'Un relevé par mois.' };

/** What a contract signed now would leave the booker. */
async function kept({ artist }: { artist: SignedIn }) {
  const bookingId = world.ctx.newId('bkg');
  await transact(world.ctx, (tx) => keepShare(tx, { bookingId, orgId: artist.actor.orgId }, tx.now()));
  return world.db.bookerShare.findUnique({ where: { bookingId } });
}

test('nothing holds before the other side agrees, and what is signed keeps what held (FEE-04, CO-14)', async () => {
  const { id, artist, booker } = await mandate();
  const { id: first } = await proposeTerms(booker, { representationId: id, ...provider });
  expect(await kept({ artist })).toBeNull();
  expect(await readTerms(artist)).toMatchObject([{ representationId: id, side: 'artist', current: null, proposed: { id: first, bps: 1_500, proposedBy: 'booker' }, cap: { bps: 1_000, rule: 'FEE-01' }, capCareer: { bps: 1_500 } }]);
  await expect(answerTerms(booker, { id: first, answer: 'agree' })).rejects.toThrow(refusal('booker_terms_closed'));
  await answerTerms(artist, { id: first, answer: 'agree' });
  const share = await kept({ artist });
  expect(share).toMatchObject({ bookerOrgId: booker.actor.orgId, capacity: 'provider', agreedBps: 1_500, bps: 1_500, capBps: null, wageBps: 10_000, vatBps: 2_000 });

  // Another rate, later: the artist proposes, and until the booker agrees the first holds.
  world.at('2027-04-01T12:00:00Z');
  const { id: second } = await proposeTerms(artist, { representationId: id, ...provider, bps: 1_200 });
  expect(await kept({ artist })).toMatchObject({ bps: 1_500 });
  await answerTerms(booker, { id: second, answer: 'agree' });
  expect(await kept({ artist })).toMatchObject({ bps: 1_200, termsId: second });
  expect(await readTerms(booker)).toMatchObject([{ side: 'booker', current: { bps: 1_200 }, proposed: null }]);
  await expect(world.db.bookerShare.update({ where: { bookingId: share!.bookingId }, data: { bps: 1 } })).rejects.toThrow('booker_share_append_only');
  await expect(world.db.representationTerms.update({ where: { id: first }, data: { bps: 1 } })).rejects.toThrow('representation_terms_fixed');
  expect((await world.db.mail.findMany({ where: { cause: { startsWith: `terms:${second}` } }, orderBy: { cause: 'asc' } })).map(({ to }) => to)).toEqual([`artist${count}@terms.example`, `booker${count}@terms.example`]);
});

test('a proposal is declined, withdrawn or replaced; strangers, members and a booker who acts as the artist answer none', async () => {
  const { id, artist, booker } = await mandate();
  const { id: first } = await proposeTerms(booker, { representationId: id, ...provider });
  const { id: second } = await proposeTerms(booker, { representationId: id, ...provider, bps: 1_400 });
  await expect(answerTerms(artist, { id: first, answer: 'agree' })).rejects.toThrow(refusal('booker_terms_closed'));
  const acting: SignedIn = { ...booker, actor: { userId: booker.actor.userId, orgId: artist.actor.orgId, role: 'manager', mandated: true } };
  await expect(answerTerms(acting, { id: second, answer: 'agree' })).rejects.toThrow(refusal('role_too_low'));
  await expect(answerTerms({ ...artist, actor: { ...artist.actor, role: 'member' } }, { id: second, answer: 'agree' })).rejects.toThrow(refusal('role_too_low'));
  await expect(answerTerms((await mandate()).artist, { id: second, answer: 'agree' })).rejects.toThrow(refusal('not_found'));
  expect(await readTerms(acting)).toEqual([]);
  await answerTerms(artist, { id: second, answer: 'decline' });
  const { id: third } = await proposeTerms(artist, { representationId: id, ...provider, bps: 800 });
  await answerTerms(artist, { id: third, answer: 'withdraw' });
  expect((await world.db.representationTerms.findMany({ where: { representationId: id }, orderBy: { id: 'asc' } })).map(({ status }) => status)).toEqual(['withdrawn', 'declined', 'withdrawn']);
  expect(await kept({ artist })).toBeNull();
  await world.db.representation.update({ where: { id }, data: { until: world.ctx.now() } });
  await expect(proposeTerms(booker, { representationId: id, ...provider })).rejects.toThrow(refusal('booker_terms_closed'));
});

test('what ended with a mandate does not come back with the next one', async () => {
  const { id, artist, booker } = await mandate();
  const { id: terms } = await proposeTerms(booker, { representationId: id, ...provider });
  await answerTerms(artist, { id: terms, answer: 'agree' });
  world.at('2027-05-01T12:00:00Z');
  await world.db.representation.update({ where: { id }, data: { until: world.ctx.now() } });
  expect(await kept({ artist })).toBeNull();
  world.at('2027-06-01T12:00:00Z');
  await world.db.representation.update({ where: { id }, data: { since: world.ctx.now(), until: null } });
  expect(await kept({ artist })).toBeNull();
});

test.each<[string, Parameters<typeof mandate>[0], Terms, string | null]>([
  ['a French agent at the cap', {}, agent, null],
  ['above it', {}, { ...agent, bps: 1_001 }, 'booker_over_cap'],
  ['above it, with missions in the career', {}, { ...agent, bps: 1_500, career: true }, null],
  ['above that one too', {}, { ...agent, bps: 1_501, career: true }, 'booker_over_cap'],
  ['without a word of its missions', {}, { ...agent, missions: '' }, 'booker_mandate_unwritten'],
  ['without a word of how it reports', {}, { ...agent, reporting: '' }, 'booker_mandate_unwritten'],
  ['a Swiss agent without a permit', { artistIn: 'CH', bookerIn: 'CH' }, agent, 'booker_permit_missing'],
  ['a Swiss agent of a group', { artistIn: 'CH', bookerIn: 'CH' }, { ...agent, bps: 1_001, permit: 'LSE 12.345' }, 'booker_over_cap'],
  ['a Swiss agent of a soloist', { artistIn: 'CH', bookerIn: 'CH', lineUp: 1 }, { ...agent, bps: 1_250, permit: 'LSE 12.345' }, null],
  ['a Belgian agent', { artistIn: 'BE', bookerIn: 'BE' }, { ...agent, bps: 2_000 }, null],
  ['a French producer without a licence', {}, { ...provider, capacity: 'producer', bps: 3_000 }, 'booker_licence_missing'],
  ['a French producer with one', { licence: 'PLATESV-D-2024-1' }, { ...provider, capacity: 'producer', bps: 3_000 }, null],
])('the law on %s (FEE-01, FEE-02, FEE-04, FEE-05)', async (_, where, terms, code) => {
  const { id, booker } = await mandate(where);
  const asked = proposeTerms(booker, { representationId: id, ...terms });
  if (code) await expect(asked).rejects.toThrow(refusal(code));
  else expect(await asked).toEqual({ id: expect.stringMatching(/^trm_/) as string });
});

test('an agreed rate that the law of the signature day does not allow is capped, with the reason kept (FEE-01, FEE-05)', async () => {
  const { id, artist, booker } = await mandate({ artistIn: 'CH', bookerIn: 'CH', lineUp: 1 });
  const { id: terms } = await proposeTerms(booker, { representationId: id, ...agent, bps: 1_250, permit: 'LSE 12.345' });
  await answerTerms(artist, { id: terms, answer: 'agree' });
  // The soloist plays with others now.
  await world.db.epk.update({ where: { orgId: artist.actor.orgId }, data: { lineUp: 3 } });
  const share = await kept({ artist });
  expect(share).toMatchObject({ agreedBps: 1_250, bps: 1_000, capBps: 1_000, capRule: 'FEE-05', wageBps: 6_000, vatBps: 0 });
  expect(share?.capSource).toContain('OEmol-LSE');
  await expect(proposeTerms(booker, { representationId: id, ...agent, bps: 1_250, permit: 'LSE 12.345' })).rejects.toThrow(refusal('booker_over_cap', { most: '10', rule: 'FEE-05', source: expect.stringContaining('OEmol-LSE') as string }));
});

test('of two bookers the one with the older mandate is paid', async () => {
  const { id, artist, booker } = await mandate();
  const rival = await mandate();
  world.at('2027-03-02T12:00:00Z');
  const second = world.ctx.newId('rep');
  await world.db.representation.create({ data: { id: second, artistOrgId: artist.actor.orgId, bookerOrgId: rival.booker.actor.orgId, since: world.ctx.now() } });
  await answerTerms(artist, { id: (await proposeTerms(rival.booker, { representationId: second, ...provider, bps: 900 })).id, answer: 'agree' });
  expect(await kept({ artist })).toMatchObject({ bookerOrgId: rival.booker.actor.orgId, bps: 900 });
  await answerTerms(artist, { id: (await proposeTerms(booker, { representationId: id, ...provider })).id, answer: 'agree' });
  expect(await kept({ artist })).toMatchObject({ bookerOrgId: booker.actor.orgId, bps: 1_500 });
});

test('twenty answers at once agree once', async () => {
  const { id, artist, booker } = await mandate();
  const { id: terms } = await proposeTerms(booker, { representationId: id, ...provider });
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => answerTerms(artist, { id: terms, answer: 'agree' })));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
