import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context, SignedIn } from '../core/context.ts';
import { openTestWorld } from '../core/test-world.ts';
import type { OrganisationKind } from './party.ts';
import {
  actorOf, actorOfLink, endRepresentation, isStill, makeLink, openFrame, openOrganisation, readMe, readOrganisation, represent, representations, representedBy, requestFrameCode, revokeBuyerLinks, revokeLinks, sendAuthMail, updateOrganisation,
} from './service.ts';

type World = Awaited<ReturnType<typeof openTestWorld>>;

let world: World;
let ctx: Context;
let count = 0;

beforeAll(async () => {
  world = await openTestWorld();
  ({ ctx } = world);
});
afterAll(() => world.close());

const refusal = (code: string, details: unknown = expect.anything()) => expect.objectContaining({ code, details }) as Error;
const after = (from: Context, ms: number): Context => ({ ...from, realNow: () => new Date(Date.now() + ms) });

async function person(email = `p${count += 1}@rooms.example`): Promise<string> {
  const id = ctx.newId('usr');
  await ctx.db.user.create({ data: { id, name: 'Ada', email, emailVerified: true } });
  return id;
}

/** A person with an organisation of their own, acting for it. */
async function founded(kind: OrganisationKind, email?: string): Promise<SignedIn> {
  const userId = await person(email);
  const { id } = await openOrganisation({ ...ctx, userId }, { kind, name: `${kind} ${count}`, insee: '44109', locale: 'fr', referral: '' });
  return { ...ctx, userId, actor: { userId, orgId: id, role: 'owner' } };
}

async function booked(reference: string, status: 'requested' | 'agreed' = 'requested') {
  const [artist, buyer] = [await founded('artist'), await founded('venue', `lea${count += 1}@salle.example`)];
  const bookingId = ctx.newId('bkg');
  await ctx.db.booking.create({ data: { id: bookingId, orgId: artist.actor.orgId, buyerOrgId: buyer.actor.orgId, reference, status, createdAt: new Date() } });
  return { artist, buyer, bookingId };
}

const identity = { legalName: 'Les Ondes SAS', siret: '73282932000074', address: '1 quai', postcode: '44000', city: 'Nantes', representative: 'Ada Roux', licence: 'PLATESV-D-2024-1' };

describe('ID-22: who acts for whom', () => {
  test('whoever founds an organisation by a code was brought by who gave it; a code that is none, or one’s own, founds nothing (BI-11)', async () => {
    const founder = (n: string) => ctx.db.user.create({ data: { id: `usr_found_${n}`, name: n, email: `${n}@found.example`, emailVerified: true } });
    const open = (n: string, referral: string) => openOrganisation({ ...ctx, userId: `usr_found_${n}` }, { kind: 'booker', name: n, insee: '', locale: 'fr', referral });
    await founder('first');
    await founder('second');
    const first = await open('first', '');
    const second = await open('second', first.id.slice(4));
    expect(await ctx.db.referral.findUnique({ where: { refereeOrgId: second.id } })).toMatchObject({ orgId: first.id, paidAt: null });
    expect(await ctx.db.member.count({ where: { orgId: second.id, userId: 'usr_found_second' } })).toBe(1);
    const before = await ctx.db.organisation.count();
    await expect(open('second', 'NOBODY')).rejects.toThrow(refusal('plan_code_refused'));
    await expect(open('second', second.id.slice(4))).rejects.toThrow(refusal('plan_code_refused'));
    expect(await ctx.db.organisation.count()).toBe(before);
    // A promotion is taken by its code here as well.
    const third = await open('second', 'PIONEER');
    expect(await ctx.db.promotionGrant.count({ where: { orgId: third.id } })).toBe(1);
  });

  test('a person founds an organisation, owns it, and acts for no other', async () => {
    const [mine, other] = [await founded('artist'), await founded('venue')];
    expect(await ctx.db.organisation.findUniqueOrThrow({ where: { id: mine.actor.orgId } })).toMatchObject({ claimed: true, country: 'FR', timeZone: 'Europe/Paris', insee: '44109' });
    const me = await readMe(mine);
    expect(me).toMatchObject({ user: { id: mine.userId, name: 'Ada' }, organisations: [{ id: mine.actor.orgId, kind: 'artist', role: 'owner', representedBy: null }], link: null, development: true });
    expect(await actorOf(ctx.db, mine.userId!, null, ctx.now())).toEqual(mine.actor);
    expect(await actorOf(ctx.db, mine.userId!, other.actor.orgId, ctx.now())).toBeNull();
    expect(await actorOf(ctx.db, await person(), null, ctx.now())).toBeNull();
    await expect(openOrganisation(ctx, { kind: 'venue', name: 'Nobody', insee: '', locale: 'fr', referral: '' })).rejects.toThrow(refusal('signed_out'));
  });

  test('a booker acts for an artist while the mandate lives, as a manager at most, and not a moment longer', async () => {
    const [artist, booker] = [await founded('artist'), await founded('booker', 'agence@lisiere.example')];
    const { orgId } = artist.actor;
    expect(await actorOf(ctx.db, booker.userId!, orgId, ctx.now())).toBeNull();
    const { id } = await represent(artist, 'Agence@Lisiere.example');
    expect(await represent(artist, 'agence@lisiere.example')).toEqual({ id });
    expect(await actorOf(ctx.db, booker.userId!, orgId, ctx.now())).toEqual({ userId: booker.userId, orgId, role: 'manager', mandated: true });
    expect(await representedBy(ctx.db, orgId, ctx.now())).toEqual([booker.actor.orgId]);
    expect((await readMe(booker)).organisations).toMatchObject([{ id: booker.actor.orgId, representedBy: null }, { id: orgId, role: 'manager', representedBy: expect.stringContaining('booker') as string }]);
    expect(await representations(booker)).toMatchObject([{ id, bookerOrgId: booker.actor.orgId, artistOrgId: orgId, until: null }]);

    // The booker, acting as the artist, passes nothing on.
    const acting: SignedIn = { ...booker, actor: { userId: booker.userId, orgId, role: 'manager' } };
    await expect(represent(acting, 'agence@lisiere.example')).rejects.toThrow(refusal('role_too_low'));

    await endRepresentation(booker, id);
    expect(await actorOf(ctx.db, booker.userId!, orgId, ctx.now())).toBeNull();
    expect(await representedBy(ctx.db, orgId, ctx.now())).toEqual([]);
    expect((await representations(artist))[0]?.until).not.toBeNull();
    expect(await represent(artist, 'agence@lisiere.example')).toEqual({ id });
    expect(await representedBy(ctx.db, orgId, ctx.now())).toEqual([booker.actor.orgId]);
  });

  test('a mandate needs a booker who confirmed the address, and an artist who gives it; strangers end none', async () => {
    const [artist, venue, stranger] = [await founded('artist'), await founded('venue'), await founded('artist')];
    const booker = await founded('booker', 'neuve@agence.example');
    await ctx.db.user.update({ where: { id: booker.userId! }, data: { emailVerified: false } });
    await expect(represent(artist, 'neuve@agence.example')).rejects.toThrow(refusal('not_found'));
    await ctx.db.user.update({ where: { id: booker.userId! }, data: { emailVerified: true } });
    await expect(represent(venue, 'neuve@agence.example')).rejects.toThrow(refusal('input_invalid', { field: 'kind' }));
    const { id } = await represent(artist, 'neuve@agence.example');
    await expect(endRepresentation(stranger, id)).rejects.toThrow(refusal('not_found'));
    await expect(represent({ ...artist, actor: { ...artist.actor, role: 'member' } }, 'neuve@agence.example')).rejects.toThrow(refusal('role_too_low'));
    await endRepresentation(artist, id);
    expect(await representedBy(ctx.db, artist.actor.orgId, ctx.now())).toEqual([]);
  });
});

test('a mandate goes to the very address that was typed: no sign of it stands for another', async () => {
  const artist = await founded('artist');
  await founded('booker', 'jean.dupont@mail.example');
  await founded('booker', 'jean5dupont@mail.example');
  await expect(represent(artist, 'jean_dupont@mail.example')).rejects.toThrow(refusal('not_found'));
  await expect(represent(artist, '%@mail.example')).rejects.toThrow(refusal('not_found'));
  const right = await founded('booker', 'jean_dupont@mail.example');
  const { id } = await represent(artist, 'Jean_Dupont@Mail.example');
  expect(await ctx.db.representation.findUniqueOrThrow({ where: { id } })).toMatchObject({ bookerOrgId: right.actor.orgId });
});

test('a booker who acts as the artist changes neither who it is, nor where its money goes, nor whom it mandates', async () => {
  const [artist, booker, rival] = [await founded('artist'), await founded('booker', 'un@agences.example'), await founded('booker', 'deux@agences.example')];
  await represent(artist, 'un@agences.example');
  const { id } = await represent(artist, 'deux@agences.example');
  const acting: SignedIn = { ...booker, actor: (await actorOf(ctx.db, booker.userId!, artist.actor.orgId, ctx.now()))! };
  await expect(updateOrganisation(acting, { iban: 'FR7630006000011234567890189' })).rejects.toThrow(refusal('role_too_low'));
  await expect(updateOrganisation(acting, { legalName: 'Autre SAS' })).rejects.toThrow(refusal('role_too_low'));
  await expect(endRepresentation(acting, id)).rejects.toThrow(refusal('role_too_low'));
  expect((await readOrganisation(acting)).iban).toBe('');
  expect(await representedBy(ctx.db, artist.actor.orgId, ctx.now())).toContain(rival.actor.orgId);
  // As itself it may leave.
  await endRepresentation(rival, id);
});

describe('CO-13: the legal identity', () => {
  test('is edited field by field, and says what is missing', async () => {
    const artist = await founded('artist');
    expect((await readOrganisation(artist)).missing).toEqual(['legalName', 'address', 'postcode', 'city', 'representative', 'siret', 'licence']);
    const half = await updateOrganisation(artist, { legalName: 'Les Ondes SAS', country: 'fr', licenceUntil: '2029-06-30', phone: undefined });
    expect(half).toMatchObject({ legalName: 'Les Ondes SAS', country: 'FR', licenceUntil: '2029-06-30', phone: '' });
    await expect(updateOrganisation(artist, { siret: '73282932000075' })).rejects.toThrow(refusal('input_invalid', { field: 'siret' }));
    for (const vatNumber of ['-', 'néant', 'FR45732829320']) await expect(updateOrganisation(artist, { vatNumber })).rejects.toThrow(refusal('input_invalid', { field: 'vatNumber' }));
    expect(await updateOrganisation(artist, { vatNumber: 'fr 44 732 829 320' })).toMatchObject({ vatNumber: 'FR44732829320' });
    // Another home has another number.
    await expect(updateOrganisation(artist, { country: 'BE' })).rejects.toThrow(refusal('input_invalid', { field: 'vatNumber' }));
    expect(await updateOrganisation(artist, { country: 'BE', vatNumber: '0403.019.261' })).toMatchObject({ country: 'BE', vatNumber: 'BE0403019261' });
    await expect(updateOrganisation(artist, { registration: '0403.019.262' })).rejects.toThrow(refusal('input_invalid', { field: 'registration' }));
    expect(await updateOrganisation(artist, { registration: '0403.019.261' })).toMatchObject({ registration: '0403019261' });
    // Another home has another register.
    expect(await updateOrganisation(artist, { country: 'FR', vatNumber: '' })).toMatchObject({ registration: '' });
    await expect(updateOrganisation({ ...artist, actor: { ...artist.actor, role: 'member' } }, {})).rejects.toThrow(refusal('role_too_low'));
    expect((await updateOrganisation(artist, identity)).missing).toEqual([]);
  });

  test('once complete, every agreed booking hears of it, once', async () => {
    const { artist, bookingId } = await booked('agreed-1', 'agreed');
    const told = () => ctx.db.fact.findMany({ where: { topic: 'party.completed', subject: bookingId } });
    await updateOrganisation(artist, { legalName: 'Les Ondes SAS' });
    expect(await told()).toHaveLength(0);
    await updateOrganisation(artist, identity);
    await updateOrganisation(artist, { phone: '+33 2 00 00 00 00' });
    expect((await told()).map(({ payload }) => payload)).toEqual([{ bookingId, side: 'artist' }]);
  });
});

describe('links of mails', () => {
  test('the artist’s side revokes what the buyer was sent; the buyer and a stranger do not', async () => {
    const { artist, buyer, bookingId } = await booked('links-0');
    const link = { bookingId, orgId: buyer.actor.orgId, email: 'lea@salle.example', days: 7 };
    const [follow, answer] = [await makeLink(ctx, { ...link, purpose: 'follow' }), await makeLink(ctx, { ...link, purpose: 'answer' })];
    const stranger = await founded('artist');
    await expect(revokeBuyerLinks(stranger, bookingId)).rejects.toThrow(refusal('not_found'));
    await expect(revokeBuyerLinks(buyer, bookingId)).rejects.toThrow(refusal('role_too_low'));
    await expect(revokeBuyerLinks({ ...ctx, actor: (await actorOfLink(ctx.db, answer, ctx.realNow()))! }, bookingId)).rejects.toThrow(refusal('link_other_purpose'));
    const holder = (await actorOfLink(ctx.db, follow, ctx.realNow()))!;
    expect(await isStill(ctx, holder)).toBe(true);
    await revokeLinks(ctx, bookingId, 'acting');
    expect([await actorOfLink(ctx.db, answer, ctx.realNow()), await isStill(ctx, holder)]).toEqual([null, true]);
    expect(await revokeBuyerLinks(artist, bookingId)).toEqual({ revoked: 1 });
    expect(await actorOfLink(ctx.db, follow, ctx.realNow())).toBeNull();
    expect(await isStill(ctx, holder)).toBe(false);
    expect(await revokeBuyerLinks(artist, bookingId)).toEqual({ revoked: 0 });
  });

  test('open one booking for one purpose, until they expire or are revoked; only a hash is kept', async () => {
    const { buyer, bookingId } = await booked('links-1');
    const { orgId } = buyer.actor;
    const make = () => makeLink(ctx, { purpose: 'answer', bookingId, orgId, email: 'lea@salle.example', days: 7 });
    const token = await make();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await actorOfLink(ctx.db, token, ctx.realNow())).toEqual({ userId: null, orgId, role: 'owner', link: { id: expect.stringMatching(/^lnk_/) as string, purpose: 'answer', bookingId } });
    expect(JSON.stringify(await ctx.db.link.findMany())).not.toContain(token);
    expect(await actorOfLink(ctx.db, token, new Date(Date.now() + 8 * 86_400_000))).toBeNull();
    expect(await actorOfLink(ctx.db, `${token}x`, ctx.realNow())).toBeNull();
    expect(await actorOfLink(ctx.db, '', ctx.realNow())).toBeNull();
    const actor = (await actorOfLink(ctx.db, token, ctx.realNow()))!;
    expect((await readMe({ ...ctx, actor })).link).toEqual({ purpose: 'answer', bookingId, orgId });
    // A link opens its booking alone, not the organisation's own pages.
    await expect(readOrganisation({ ...ctx, actor })).rejects.toThrow(refusal('not_found'));
    await revokeLinks(ctx, bookingId);
    expect(await actorOfLink(ctx.db, token, ctx.realNow())).toBeNull();
  });

  test('a sign-in mail carries its link, and nothing else does', async () => {
    const url = 'http://platform.localhost:4000/sign-in#magic=abc123secret';
    await sendAuthMail(ctx, { kind: 'magic', email: 'ada@rooms.example', locale: 'fr', url });
    await sendAuthMail(ctx, { kind: 'magic', email: 'ada@rooms.example', locale: 'fr', url });
    const mails = await ctx.db.mail.findMany({ where: { to: 'ada@rooms.example' } });
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain(url);
    expect(mails[0]?.cause).not.toContain('abc123secret');
  });
});

describe('a frame on a partner’s page', () => {
  const codeFor = async (bookingId: string, email: string) => {
    const mails = await ctx.db.mail.findMany({ where: { to: email, cause: { startsWith: `frame:${bookingId}` } }, orderBy: { createdAt: 'desc' } });
    return /\b\d{6}\b/.exec(mails[0]?.text ?? '')?.[0] ?? '';
  };

  test('a code sent to the buyer opens the booking for thirty minutes, once', async () => {
    const { buyer, bookingId } = await booked('frame-1');
    const { email } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: buyer.actor.orgId } });
    expect(await requestFrameCode(ctx, 'frame-1')).toEqual({ sentTo: 'l•••@s•••.example' });
    const code = await codeFor(bookingId, email);
    const wrong = code === '000000' ? '000001' : '000000';
    await expect(openFrame(ctx, { reference: 'frame-1', code: wrong })).rejects.toThrow(refusal('code_wrong'));
    const { token, ...opened } = await openFrame(ctx, { reference: 'frame-1', code });
    expect(opened).toEqual({ bookingId });
    expect(await actorOfLink(ctx.db, token, ctx.realNow())).toMatchObject({ orgId: buyer.actor.orgId, link: { purpose: 'file', bookingId } });
    expect(await actorOfLink(ctx.db, token, new Date(Date.now() + 31 * 60_000))).toBeNull();
    await expect(openFrame(ctx, { reference: 'frame-1', code })).rejects.toThrow(refusal('code_wrong'));
  });

  test('a reference of nothing answers like one of something', async () => {
    const nothing = await requestFrameCode(ctx, 'nothing-here');
    expect(nothing.sentTo).toMatch(/^[a-z]•••@[a-z]•••\.[a-z]+$/);
    expect(await requestFrameCode(ctx, 'nothing-here')).toEqual(nothing);
    await expect(openFrame(ctx, { reference: 'nothing-here', code: '123456' })).rejects.toThrow(refusal('code_wrong'));
    expect(await ctx.db.oneTimeCode.count({ where: { act: { contains: 'nothing' } } })).toBe(0);
  });

  test('is limited by reference, whether it exists or not, and opens again ten minutes later', async () => {
    await booked('frame-2');
    for (const reference of ['frame-2', 'no-such-thing']) {
      for (let i = 0; i < 4; i += 1) await requestFrameCode(ctx, reference);
      await expect(requestFrameCode(ctx, reference)).rejects.toThrow(refusal('rate_limited'));
      await expect(requestFrameCode(after(ctx, 601_000), reference)).resolves.toBeDefined();
    }
  });

  test('guessing is counted by reference, over all codes', async () => {
    await booked('frame-3');
    await requestFrameCode(ctx, 'frame-3');
    const answers: string[] = [];
    for (let i = 0; i < 21; i += 1) answers.push(await openFrame(ctx, { reference: 'frame-3', code: 'xxxxxx' }).then(() => 'opened', (error: unknown) => (error as { code: string }).code));
    expect(answers.slice(0, 6)).toEqual(['code_wrong', 'code_wrong', 'code_wrong', 'code_wrong', 'code_wrong', 'code_spent']);
    expect(answers.at(-1)).toBe('rate_limited');
  });

  test('twelve codes a day at most reach one buyer', async () => {
    const { bookingId } = await booked('frame-4');
    for (let i = 0; i < 15; i += 1) await requestFrameCode(after(ctx, i * 601_000), 'frame-4');
    expect(await ctx.db.oneTimeCode.count({ where: { act: `frame:${bookingId}` } })).toBe(12);
  });
});
