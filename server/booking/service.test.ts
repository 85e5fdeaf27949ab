import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { placeHold } from '../calendar/service.ts';
import { transact, type Context, type Guest, type SignedIn } from '../core/context.ts';
import { tick } from '../core/deadlines.ts';
import { euros } from '../core/money.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { addDays, fromDay } from '../core/time.ts';
import { updateOrganisation } from '../identity/service.ts';
import { sendRequest } from '../requests/service.ts';
import { bookingDue } from './jobs.ts';
import {
  acceptOffer, advance, confirmPlayed, contestShow, counterOffer, declineOffer, declineRequest, lapse, ownersOf, previewNet, readInbox, saleFor, sendOffer, updateParty, withdrawOffer,
} from './service.ts';

const noon = '2027-03-01T12:00:00Z';
const day = '2027-07-14';
/** 20:30 in Paris on the day of the show. */
const begins = '2027-07-14T18:30:00Z';
const refusal = (code: string, details?: Record<string, string>) => expect.objectContaining({ code, ...(details ? { details } : {}) }) as Error;

let world: TestWorld;
let ctx: Context;
let theatre: Guest;
let artist: SignedIn;
let slug: string;
let count = 0;

beforeAll(async () => {
  world = await openTestWorld();
  ({ ctx } = world);
  const orgId = await organisation('venue', 'Théâtre des Essais');
  await ctx.db.venue.create({ data: { orgId, slug: 'theatre', name: 'Théâtre des Essais', capacity: 300, genres: ['chanson'], address: '1 rue du Lac', insee: '44109', city: 'Nantes', lat: 47.2, lng: -1.55, updatedAt: new Date(noon) } });
  await ctx.db.site.create({ data: { id: 'sit_theatre', orgId, name: 'Théâtre', url: 'https://theatre.example', origins: ['https://theatre.example'], createdAt: new Date(noon) } });
  theatre = world.from({ siteId: 'sit_theatre', orgId, key: 'pk_theatre', origins: ['https://theatre.example'] });
});
afterAll(() => world.close());

/** A new artist for each test: days are scarce. */
beforeEach(async () => {
  world.at(noon);
  count += 1;
  slug = `artist-${count}`;
  artist = world.as({ orgId: await organisation('artist', `Artist ${count}`) });
  await ctx.db.epk.create({ data: { orgId: artist.actor.orgId, slug, name: `Artist ${count}`, genres: ['chanson'], publishedAt: new Date(noon), updatedAt: new Date(noon) } });
});

async function organisation(kind: 'artist' | 'venue' | 'booker', name: string): Promise<string> {
  const id = ctx.newId('org');
  await ctx.db.organisation.create({ data: { id, kind, name, email: `${id}@rooms.example`, createdAt: new Date(noon) } });
  return id;
}

const ask = (over: Partial<Parameters<typeof sendRequest>[1]> = {}): Parameters<typeof sendRequest>[1] => ({
  key: `a-key-of-the-form-${count += 1}`, artist: slug, asker: 'private', contactName: 'Ada Vernier', organisation: 'Comité des Trois-Chênes', publicBody: false, email: 'ada@visiteurs.example', phone: '', occasion: 'A summer night', showDay: day,
  seasonUntil: null, shows: 1, startTime: '20:30', place: '', address: '', insee: '', city: '', outdoor: false, audience: 150, budget: euros(140_000n), technical: '', message: '', locale: 'fr', pageUrl: '', website: '', ...over,
});
const terms = (over: Partial<Parameters<typeof sendOffer>[2]> = {}): Parameters<typeof sendOffer>[2] =>
  ({ showDay: day, startTime: '20:30', price: euros(120_000n), terms: '', expiresAt: new Date('2027-03-08T12:00:00Z'), ...over });

/** A request with its two sides. */
async function asked(over: Partial<Parameters<typeof sendRequest>[1]> = {}) {
  const { reference } = await sendRequest(theatre, ask(over));
  const { id: bookingId, buyerOrgId } = await ctx.db.booking.findUniqueOrThrow({ where: { reference } });
  const by = (purpose: 'answer' | 'sign' | 'pay' | 'confirm' | 'follow' | 'file') => world.as({ orgId: buyerOrgId, link: { purpose, bookingId } });
  return { bookingId, buyerOrgId, reference, by, buyer: by('answer') };
}

/** A booking whose offer was accepted; with `status`, moved on. */
async function agreed(over: Partial<Parameters<typeof sendRequest>[1]> = {}, on = day) {
  const booking = await asked(over);
  const offer = await sendOffer(artist, booking.bookingId, terms({ showDay: on }));
  await acceptOffer(booking.buyer, offer.id);
  return booking;
}
const sign = (bookingId: string) => transact(ctx, (tx) => advance(tx, bookingId, ['agreed'], 'contracted'));

const told = async (bookingId: string) => (await ctx.db.fact.findMany({ where: { subject: bookingId }, orderBy: { id: 'asc' } })).map(({ topic }) => topic);
const statusOf = async (bookingId: string) => (await ownersOf(ctx, bookingId)).status;
const requests = () => ctx.db.request.count({ where: { orgId: artist.actor.orgId } });

// --- Asking

test('a stranger asks on the page of a theatre: the place is the theatre, and the buyer is not', async () => {
  const receipt = await sendRequest(theatre, ask());
  expect(receipt).toEqual({ reference: expect.stringMatching(/^ref[a-z2-7]{26}$/) as string, artist: `Artist ${slug.slice(7)}`, showDay: day, email: 'ada@visiteurs.example' });
  const booking = await ctx.db.booking.findUniqueOrThrow({ where: { reference: receipt.reference }, include: { request: true } });
  expect(booking).toMatchObject({ orgId: artist.actor.orgId, siteId: 'sit_theatre', status: 'requested', request: { place: 'Théâtre des Essais', address: '1 rue du Lac', city: 'Nantes', insee: '44109', lat: 47.2, lng: -1.55, budgetMinor: 140_000n } });
  expect(booking.buyerOrgId).not.toBe(theatre.partner.orgId);
  expect(await ctx.db.organisation.findUniqueOrThrow({ where: { id: booking.buyerOrgId } })).toMatchObject({ kind: 'association', name: 'Comité des Trois-Chênes', email: 'ada@visiteurs.example', claimed: false, locale: 'fr' });
  expect(await told(booking.id)).toEqual(['request.sent']);
});

test('a place of one’s own is found on the map by its commune; an unknown one, or none at all, is refused', async () => {
  const { bookingId } = await asked({ place: 'Notre jardin', insee: '25056' });
  expect(await ctx.db.request.findUniqueOrThrow({ where: { bookingId } })).toMatchObject({ place: 'Notre jardin', city: 'Besançon', lat: expect.closeTo(47.2, 0) as number, lng: expect.closeTo(6, 0) as number });
  const town = await asked({ insee: '25056', city: 'Besançon' });
  expect(await ctx.db.request.findUniqueOrThrow({ where: { bookingId: town.bookingId } })).toMatchObject({ place: 'Besançon', address: '', city: 'Besançon', insee: '25056' });
  const own = await asked({ city: 'nantes' });
  expect(await ctx.db.request.findUniqueOrThrow({ where: { bookingId: own.bookingId } })).toMatchObject({ place: 'Théâtre des Essais', city: 'Nantes' });
  await expect(sendRequest(theatre, ask({ place: 'Nowhere', insee: '00000' }))).rejects.toThrow(refusal('input_invalid', { field: 'insee' }));
  await expect(sendRequest(theatre, ask({ place: 'Somewhere' }))).rejects.toThrow(refusal('input_invalid', { field: 'city' }));
  const booker = world.from({ ...theatre.partner, orgId: await organisation('booker', 'Agency') });
  await expect(sendRequest(booker, ask())).rejects.toThrow(refusal('input_invalid', { field: 'city' }));
});

test('the same form sent twice, or fifty times at once, is one request and one answer', async () => {
  const form = ask();
  const answers = await Promise.all(Array.from({ length: 50 }, () => sendRequest(theatre, form)));
  expect(new Set(answers.map(({ reference }) => reference)).size).toBe(1);
  expect(await requests()).toBe(1);
  await ctx.db.slot.create({ data: { orgId: artist.actor.orgId, day: fromDay(day), bookingId: 'bkg_elsewhere' } });
  expect(await sendRequest(theatre, form)).toEqual(answers[0]);
  await expect(sendRequest(theatre, { ...form, message: 'other' })).rejects.toThrow(refusal('key_reused'));
  expect(await requests()).toBe(1);
});

test('a form that was refused may be mended and sent again under its key', async () => {
  const form = ask({ place: 'Somewhere' });
  await expect(sendRequest(theatre, form)).rejects.toThrow(refusal('input_invalid'));
  await sendRequest(theatre, { ...form, city: 'Brest' });
  expect(await requests()).toBe(1);
});

test('a robot hears what a person would, and nothing is kept', async () => {
  const receipt = await sendRequest(theatre, ask({ website: 'https://spam.example' }));
  expect(receipt).toMatchObject({ reference: expect.stringMatching(/^ref[a-z2-7]{26}$/) as string, showDay: day });
  expect(await requests()).toBe(0);
});

test('two ask for the same day; a past day, a sold one, and an artist without a published kit are refused', async () => {
  await asked();
  const { bookingId } = await asked();
  await expect(sendRequest(theatre, ask({ showDay: '2027-02-28' }))).rejects.toThrow(refusal('day_past'));
  await ctx.db.slot.create({ data: { orgId: artist.actor.orgId, day: fromDay(day), bookingId } });
  await expect(sendRequest(theatre, ask())).rejects.toThrow(refusal('date_taken', { day }));
  await asked({ seasonUntil: addDays(day, 30), shows: 4 });
  await ctx.db.epk.update({ where: { slug }, data: { publishedAt: null } });
  await expect(sendRequest(theatre, ask())).rejects.toThrow(refusal('not_found'));
  expect(await requests()).toBe(3);
});

test('a régie says that it is a public body, and pays as a commune does; a person cannot', async () => {
  const { buyerOrgId, bookingId } = await asked({ asker: 'venue', organisation: 'Régie des Trois-Chênes', publicBody: true });
  expect(await ctx.db.organisation.findUniqueOrThrow({ where: { id: buyerOrgId } })).toMatchObject({ kind: 'venue', publicBody: true });
  expect(await saleFor(ctx, await ownersOf(ctx, bookingId))).toMatchObject({ path: 'public' });
  await expect(sendRequest(theatre, ask({ organisation: '', publicBody: true }))).rejects.toThrow(refusal('input_invalid', { field: 'organisation' }));
});

test('a French place without its commune’s code is not taken for one of the mainland', async () => {
  const rateOf = async (over: Parameters<typeof asked>[0], buyer = {}) => {
    const { bookingId, buyerOrgId } = await asked({ place: 'La grange', ...over });
    await ctx.db.organisation.update({ where: { id: buyerOrgId }, data: buyer });
    return (await previewNet(artist, bookingId, euros(120_000n)))?.vatBps;
  };
  expect(await rateOf({ city: 'Besancon' })).toBe(550);
  expect(await rateOf({ city: 'Fort-de-France' })).toBe(210);
  expect(await rateOf({ city: 'Saint-Denis', address: '4 rue du Port, 97400 Saint-Denis' })).toBe(210);
  expect(await rateOf({ city: 'Saint-Denis' })).toBeUndefined();
  expect(await rateOf({ city: 'Saint-Denis' }, { postcode: '97419' })).toBe(210);
});

test('an offer whose tax nobody knows is refused in words, and what there is can still be read', async () => {
  const { bookingId, buyerOrgId, buyer } = await asked({ asker: 'commune', organisation: 'Commune' });
  await ctx.db.organisation.update({ where: { id: artist.actor.orgId }, data: { country: 'BE' } });
  await expect(sendOffer(artist, bookingId, terms())).rejects.toThrow(refusal('vat_unknown', { seller: 'BE', buyer: 'FR' }));
  expect(await previewNet(artist, bookingId, euros(120_000n))).toBeNull();
  await ctx.db.organisation.update({ where: { id: buyerOrgId }, data: { vatNumber: 'FR44732829320' } });
  expect(await previewNet(artist, bookingId, euros(120_000n))).toMatchObject({ vatBps: 0, vatCitation: expect.stringContaining('Autoliquidation') as string });
  const offer = await sendOffer(artist, bookingId, terms());
  await ctx.db.organisation.update({ where: { id: artist.actor.orgId }, data: { country: 'DE' } });
  await expect(acceptOffer(buyer, offer.id)).rejects.toThrow(refusal('vat_unknown'));
  expect(await previewNet(artist, bookingId, euros(120_000n))).toBeNull();
  expect(await readInbox(artist, 'all')).toHaveLength(1);
});

test('a producer stopped for its silence offers nothing to a public buyer and accepts nothing from one, until it has answered; all else goes on (PAY-08)', async () => {
  const { orgId } = artist.actor;
  const commune = () => asked({ asker: 'commune', organisation: 'Commune', city: 'Besancon' });
  const [offered, countered, fresh, taken] = [await commune(), await commune(), await commune(), await commune()];
  const offer = await sendOffer(artist, offered.bookingId, terms());
  const first = await sendOffer(artist, countered.bookingId, terms({ showDay: '2027-07-15' }));
  const theirs = await counterOffer(countered.buyer, first.id, terms({ showDay: '2027-07-15', price: euros(100_000n) }));
  await ctx.db.sellerAsk.create({ data: { orgId, askedAt: new Date('2026-12-01T12:00:00Z'), reminders: 4, stoppedAt: new Date(noon) } });
  const silent = refusal('seller_silent', { field: 'tin' });
  await ctx.db.organisation.update({ where: { id: orgId }, data: { legalName: 'Artist', address: '1 rue du Lac', postcode: '44000', city: 'Nantes', iban: 'FR7630006000011234567890189' } });
  await expect(sendOffer(artist, fresh.bookingId, terms({ showDay: '2027-07-16' }))).rejects.toThrow(silent);
  await expect(acceptOffer(artist, theirs.id)).rejects.toThrow(silent);
  await expect(counterOffer(artist, theirs.id, terms({ showDay: '2027-07-15' }))).rejects.toThrow(silent);
  expect(await ctx.db.offer.count({ where: { bookingId: fresh.bookingId } })).toBe(0);
  // A private buyer, and what was offered before.
  const own = await asked();
  expect(await sendOffer(artist, own.bookingId, terms({ showDay: '2027-07-17' }))).toMatchObject({ status: 'sent' });
  expect(await acceptOffer(offered.buyer, offer.id)).toMatchObject({ status: 'accepted' });
  await declineOffer(artist, theirs.id, '');
  await ctx.db.seller.create({ data: { orgId, kind: 'entity', tin: '732829320', noVat: true, ibanHolder: 'Artist', updatedAt: new Date(noon) } });
  expect(await sendOffer(artist, taken.bookingId, terms({ showDay: '2027-07-16' }))).toMatchObject({ status: 'sent' });
});

test('a country whose law we do not know is refused where it is written', async () => {
  const { bookingId, buyer } = await asked();
  const party = { legalName: 'Comité', address: '1 rue', postcode: '10115', city: 'Berlin', representative: 'Ada' };
  await expect(updateParty(buyer, bookingId, { ...party, country: 'DE' })).rejects.toThrow(refusal('country_unknown', { field: 'country' }));
  await expect(updateOrganisation(artist, { country: 'de' })).rejects.toThrow(refusal('country_unknown', { field: 'country' }));
  expect(await updateOrganisation(artist, { country: 'ch' })).toMatchObject({ country: 'CH' });
});

test('the artist declines a request; what was open closes, and the day of nobody is sold', async () => {
  const { bookingId, buyer } = await asked();
  await expect(declineRequest(buyer, bookingId, '')).rejects.toThrow(refusal('link_other_purpose'));
  const { id } = await sendOffer(artist, bookingId, terms());
  await placeHold(artist, { bookingId, days: 14 });
  expect(await declineRequest(artist, bookingId, 'On tour')).toEqual({ status: 'declined' });
  expect(await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId } })).toMatchObject({ status: 'declined', reason: 'On tour' });
  expect(await ctx.db.offer.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'withdrawn' });
  await expect(acceptOffer(buyer, id)).rejects.toThrow(refusal('offer_closed'));
  await expect(declineRequest(artist, bookingId, '')).rejects.toThrow(refusal('booking_closed', { status: 'declined' }));
  expect(await told(bookingId)).toEqual(['request.sent', 'offer.sent', 'hold.placed', 'hold.released', 'request.declined']);
});

// --- Bargaining

test('both bargain, and the golden price is agreed: the day is sold and the show put down, for the two alone (CH-20, CO-27)', async () => {
  const { bookingId, buyer } = await asked();
  const first = await sendOffer(artist, bookingId, terms({ price: euros(150_000n) }));
  expect(first).toMatchObject({ proposedBy: 'artist', yours: false, status: 'sent', price: { minor: 150_000, currency: 'EUR' } });
  const second = await counterOffer(buyer, first.id, terms({ price: euros(100_000n) }));
  const third = await counterOffer(artist, second.id, terms());
  expect(third.net).toEqual({
    price: { minor: 120_000, currency: 'EUR' }, vatBps: 550, vatCitation: 'CIBS art. L213-230, L213-232 et L213-233 (ancien CGI art. 278-0 bis F)', vat: { minor: 6_600, currency: 'EUR' }, total: { minor: 126_600, currency: 'EUR' },
    commissionBps: 1_000, commission: { minor: 12_000, currency: 'EUR' }, commissionVat: { minor: 2_400, currency: 'EUR' }, payout: { minor: 112_200, currency: 'EUR' },
  });
  expect(await acceptOffer(buyer, third.id)).toMatchObject({ status: 'accepted', yours: false, replaces: second.id });
  expect(await statusOf(bookingId)).toBe('agreed');
  expect(await ctx.db.slot.findMany({ where: { orgId: artist.actor.orgId } })).toMatchObject([{ bookingId, day: fromDay(day) }]);
  expect(await ctx.db.show.findUniqueOrThrow({ where: { bookingId } })).toMatchObject({ stageOrgId: theatre.partner.orgId, published: false, place: 'Théâtre des Essais', timeZone: 'Europe/Paris', day: fromDay(day) });
  expect(await told(bookingId)).toEqual(['request.sent', 'offer.sent', 'offer.countered', 'offer.sent', 'offer.countered', 'offer.sent', 'offer.accepted']);
  expect((await ctx.db.deadline.findMany({ where: { subject: { in: [bookingId, first.id, second.id, third.id] } }, orderBy: { kind: 'asc' } })).map(({ kind, dueAt }) => [kind, dueAt.toISOString()]))
    .toEqual([['contract.lapse', '2027-03-15T12:00:00.000Z'], ['show.due', '2027-07-14T18:30:00.000Z'], ['show.presumed', '2027-07-16T18:30:00.000Z']]);
});

test('fifty buyers accept the same day at once: one wins, the others hear date_taken and keep their offers', async () => {
  const bookings = await Promise.all(Array.from({ length: 50 }, () => asked()));
  const offers = await Promise.all(bookings.map(({ bookingId }) => sendOffer(artist, bookingId, terms())));
  const answers = await Promise.allSettled(bookings.map(({ buyer }, i) => acceptOffer(buyer, offers[i]?.id ?? '')));
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(answers.filter((answer) => answer.status === 'rejected' && (answer.reason as { code?: string }).code === 'date_taken')).toHaveLength(49);
  const bookingId = { in: bookings.map((booking) => booking.bookingId) };
  expect(await ctx.db.offer.count({ where: { bookingId, status: 'sent' } })).toBe(49);
  expect(await ctx.db.booking.count({ where: { id: bookingId, status: 'agreed' } })).toBe(1);
  expect(await ctx.db.slot.count({ where: { bookingId } })).toBe(1);
  expect(await ctx.db.show.count({ where: { bookingId } })).toBe(1);
  expect(await ctx.db.fact.count({ where: { subject: bookingId, topic: 'offer.accepted' } })).toBe(1);
});

test('of two answers at once to one offer, one counts and the other hears that it is closed', async () => {
  for (const [i, other] of (['counter', 'decline', 'accept'] as const).entries()) {
    const { bookingId, by } = await asked({ showDay: addDays(day, i) });
    const { id } = await sendOffer(artist, bookingId, terms({ showDay: addDays(day, i) }));
    const answer = { counter: () => counterOffer(by('file'), id, terms()), decline: () => declineOffer(by('file'), id, ''), accept: () => acceptOffer(by('file'), id) }[other];
    const answers = await Promise.allSettled([acceptOffer(by('answer'), id), answer()]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'offer_closed' } });
  }
});

test('an accepted offer and a declined request at once leave one of the two', async () => {
  const { bookingId, buyer } = await asked();
  const { id } = await sendOffer(artist, bookingId, terms());
  const answers = await Promise.allSettled([acceptOffer(buyer, id), declineRequest(artist, bookingId, '')]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await ctx.db.slot.count({ where: { bookingId } })).toBe(await statusOf(bookingId) === 'agreed' ? 1 : 0);
});

test('one offer lies on the table at a time', async () => {
  const { bookingId, buyer } = await asked();
  const sent = await Promise.allSettled([sendOffer(artist, bookingId, terms()), sendOffer(artist, bookingId, terms())]);
  expect(sent.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'offer_open' } });
  const open = await ctx.db.offer.findFirstOrThrow({ where: { bookingId, status: 'sent' } });
  await expect(withdrawOffer(buyer, open.id)).rejects.toThrow(refusal('not_found'));
  expect(await withdrawOffer(artist, open.id)).toMatchObject({ status: 'withdrawn' });
  const next = await sendOffer(artist, bookingId, terms());
  expect(await declineOffer(buyer, next.id, 'Too dear')).toMatchObject({ status: 'declined', yours: false });
  expect(await ctx.db.offer.findUniqueOrThrow({ where: { id: next.id } })).toMatchObject({ reason: 'Too dear' });
  expect(await statusOf(bookingId)).toBe('negotiating');
  await sendOffer(artist, bookingId, terms());
});

test('an offer is made by the artist, on a day that is not sold, in the money of the budget', async () => {
  const { bookingId, by } = await asked();
  await expect(sendOffer(by('file'), bookingId, terms())).rejects.toThrow(refusal('link_other_purpose'));
  await expect(sendOffer(world.as({ orgId: (await ownersOf(ctx, bookingId)).buyerOrgId }), bookingId, terms())).rejects.toThrow(refusal('role_too_low'));
  await expect(sendOffer(artist, bookingId, terms({ price: { minor: 1n, currency: 'CHF' } }))).rejects.toThrow(refusal('input_invalid', { field: 'price' }));
  await agreed({ message: 'first' });
  await expect(sendOffer(artist, bookingId, terms())).rejects.toThrow(refusal('date_taken'));
  await ctx.db.dayMark.create({ data: { orgId: artist.actor.orgId, day: fromDay('2027-07-20'), state: 'busy' } });
  expect(await sendOffer(artist, bookingId, terms({ showDay: '2027-07-20' }))).toMatchObject({ showDay: '2027-07-20' });
});

test('the first hold goes before: another buyer waits until it lapses', async () => {
  const [first, second] = [await asked(), await asked()];
  await placeHold(artist, { bookingId: first.bookingId, days: 2 });
  const { id } = await sendOffer(artist, second.bookingId, terms());
  await expect(acceptOffer(second.buyer, id)).rejects.toThrow(refusal('day_held_by_another'));
  expect(await statusOf(second.bookingId)).toBe('negotiating');
  world.at('2027-03-04T12:00:00Z');
  expect(await acceptOffer(second.buyer, id)).toMatchObject({ status: 'accepted' });
});

test('the clock closes an unanswered offer, once, and leaves an answered one alone', async () => {
  const [late, answered] = [await asked(), await asked()];
  const lateOffer = await sendOffer(artist, late.bookingId, terms());
  const countered = await counterOffer(answered.buyer, (await sendOffer(artist, answered.bookingId, terms())).id, terms());
  await acceptOffer(artist, countered.id);
  world.at('2027-03-08T12:00:00Z');
  await expect(acceptOffer(late.buyer, lateOffer.id)).rejects.toThrow(refusal('offer_expired'));
  await tick(ctx, bookingDue);
  await tick(ctx, bookingDue);
  expect(await told(late.bookingId)).toEqual(['request.sent', 'offer.sent', 'offer.expired']);
  expect((await told(answered.bookingId)).at(-1)).toBe('offer.accepted');
  await expect(acceptOffer(late.buyer, lateOffer.id)).rejects.toThrow(refusal('offer_closed', { status: 'expired' }));
  expect(await sendOffer(artist, late.bookingId, terms({ showDay: '2027-07-15', expiresAt: new Date('2027-03-20T12:00:00Z') }))).toMatchObject({ status: 'sent' });
});

test('a new offer does not wait for the sweep to close one that ran out', async () => {
  const { bookingId } = await asked();
  await sendOffer(artist, bookingId, terms());
  world.at('2027-03-09T12:00:00Z');
  await sendOffer(artist, bookingId, terms({ expiresAt: new Date('2027-03-20T12:00:00Z') }));
  expect(await told(bookingId)).toEqual(['request.sent', 'offer.sent', 'offer.expired', 'offer.sent']);
});

// --- Whose

test('to another organisation nothing of a booking is there', async () => {
  const { bookingId } = await asked();
  const { id } = await sendOffer(artist, bookingId, terms());
  const stranger = world.as({ orgId: await organisation('venue', 'Elsewhere') });
  const party = { legalName: 'X' };
  const tries = [
    () => declineRequest(stranger, bookingId, ''), () => sendOffer(stranger, bookingId, terms()), () => acceptOffer(stranger, id), () => counterOffer(stranger, id, terms()), () => declineOffer(stranger, id, ''),
    () => withdrawOffer(stranger, id), () => previewNet(stranger, bookingId, euros(1n)), () => updateParty(stranger, bookingId, party), () => confirmPlayed(stranger, bookingId),
  ];
  for (const act of tries) await expect(act()).rejects.toThrow(refusal('not_found'));
  expect(await readInbox(stranger, 'all')).toEqual([]);
  const other = await asked();
  const elsewhere = world.as({ orgId: other.buyerOrgId, link: { purpose: 'answer', bookingId: other.bookingId } });
  await expect(acceptOffer(elsewhere, id)).rejects.toThrow(refusal('not_found'));
  await expect(acceptOffer(stranger, 'off_none')).rejects.toThrow(refusal('not_found'));
  await expect(previewNet(stranger, 'bkg_none', euros(1n))).rejects.toThrow(refusal('not_found'));
});

test('a link does what it was sent for, and nothing else', async () => {
  const { bookingId, by } = await asked();
  const { id } = await sendOffer(artist, bookingId, terms());
  for (const purpose of ['sign', 'pay', 'confirm', 'follow'] as const) {
    await expect(acceptOffer(by(purpose), id)).rejects.toThrow(refusal('link_other_purpose'));
    await expect(counterOffer(by(purpose), id, terms())).rejects.toThrow(refusal('link_other_purpose'));
  }
  await expect(updateParty(by('pay'), bookingId, { legalName: 'X' })).rejects.toThrow(refusal('link_other_purpose'));
  await expect(confirmPlayed(by('answer'), bookingId)).rejects.toThrow(refusal('link_other_purpose'));
  expect(await previewNet(by('follow'), bookingId, euros(120_000n))).toMatchObject({ payout: { minor: 112_200 } });
});

test('a colleague with a small role offers and does not answer', async () => {
  const { bookingId, buyer } = await asked();
  const colleague = world.as({ orgId: artist.actor.orgId, role: 'member' });
  const { id } = await counterOffer(buyer, (await sendOffer(colleague, bookingId, terms())).id, terms());
  await expect(acceptOffer(colleague, id)).rejects.toThrow(refusal('role_too_low'));
  await expect(sendOffer(world.as({ orgId: artist.actor.orgId, role: 'observer' }), bookingId, terms())).rejects.toThrow(refusal('role_too_low'));
});

test('a booker answers for the artist while the mandate lives', async () => {
  const booker = world.as({ orgId: await organisation('booker', 'Agency') });
  await ctx.db.representation.create({ data: { id: ctx.newId('rep'), bookerOrgId: booker.actor.orgId, artistOrgId: artist.actor.orgId, since: new Date(noon), until: new Date('2027-03-05T00:00:00Z') } });
  const { bookingId } = await asked();
  expect(await readInbox(booker, 'open')).toMatchObject([{ id: bookingId, side: 'artist', yours: true }]);
  expect(await sendOffer(booker, bookingId, terms())).toMatchObject({ proposedBy: 'artist' });
  expect((await ownersOf(ctx, bookingId)).representedBy).toEqual([booker.actor.orgId]);
  world.at('2027-03-06T00:00:00Z');
  expect(await readInbox(booker, 'all')).toEqual([]);
  await expect(declineRequest(booker, bookingId, '')).rejects.toThrow(refusal('not_found'));
});

// --- The legal identity

const identity = { legalName: 'Comité des Trois-Chênes', address: '1 place du Chêne', postcode: '25000', city: 'Besançon', representative: 'Ada Vernier', siret: '73282932000074' };

test('the buyer completes its legal identity, and the contract may be drafted', async () => {
  const { bookingId, buyer, buyerOrgId } = await agreed();
  expect((await updateParty(buyer, bookingId, { ...identity, representative: '' })).missing).toEqual(['representative']);
  expect((await updateParty(buyer, bookingId, identity)).missing).toEqual([]);
  expect(await ctx.db.organisation.findUniqueOrThrow({ where: { id: buyerOrgId } })).toMatchObject({ legalName: identity.legalName, claimed: false });
  expect((await told(bookingId)).filter((topic) => topic === 'party.completed')).toHaveLength(1);
  await sign(bookingId);
  await expect(updateParty(buyer, bookingId, { legalName: 'Somebody else' })).rejects.toThrow(refusal('booking_closed'));
});

// --- The show

test('an agreement waits two weeks for its contract, and not beyond the show; signed, it waits no more', async () => {
  const due = async (bookingId: string) => (await ctx.db.deadline.findUnique({ where: { kind_subject: { kind: 'contract.lapse', subject: bookingId } } }))?.dueAt.toISOString();
  const { bookingId } = await agreed();
  expect(await due(bookingId)).toBe('2027-03-15T12:00:00.000Z');
  await sign(bookingId);
  expect(await due(bookingId)).toBeUndefined();
  const soon = await agreed({ showDay: '2027-03-05' }, '2027-03-05');
  expect(await due(soon.bookingId)).toBe('2027-03-05T19:30:00.000Z');
  const commune = await agreed({ asker: 'commune', organisation: 'Commune de Nantes', place: 'Salle des fêtes', insee: '44109', showDay: '2027-07-20' }, '2027-07-20');
  expect(await due(commune.bookingId)).toBe('2027-04-15T12:00:00.000Z');
});

test('a side that says it was not played stops the clock: nothing is presumed until it confirms after all (ES-05)', async () => {
  const { bookingId, by } = await agreed();
  await sign(bookingId);
  await expect(contestShow(artist, bookingId, 'early')).rejects.toThrow(refusal('show_not_yet'));
  world.at(begins);
  await tick(ctx, bookingDue);
  await expect(contestShow(by('follow'), bookingId, 'no leave')).rejects.toThrow(refusal('link_other_purpose'));
  expect(await contestShow(by('confirm'), bookingId, 'Nobody came on stage.')).toEqual({ contested: true });
  await contestShow(by('confirm'), bookingId, 'Nobody came on stage before midnight.');
  expect(await ctx.db.show.findUniqueOrThrow({ where: { bookingId } })).toMatchObject({ contestedBy: 'buyer', contest: 'Nobody came on stage before midnight.' });
  await confirmPlayed(artist, bookingId);
  await expect(contestShow(artist, bookingId, 'too late')).rejects.toThrow(refusal('show_confirmed'));
  world.at('2027-09-01T00:00:00Z');
  await tick(ctx, bookingDue);
  expect(await statusOf(bookingId)).toBe('contracted');
  expect(await confirmPlayed(by('confirm'), bookingId)).toEqual({ played: true });
  expect(await ctx.db.show.findUniqueOrThrow({ where: { bookingId } })).toMatchObject({ contestedAt: null, contestedBy: null });
  expect((await told(bookingId)).filter((topic) => topic === 'show.contested')).toHaveLength(1);
});

test('the clock and a person who act on one show at once: both come through', async () => {
  for (let i = 0; i < 8; i += 1) {
    world.at(noon);
    const { bookingId, by } = await agreed({ showDay: addDays(day, i) }, addDays(day, i));
    await sign(bookingId);
    world.at('2027-08-20T00:00:00Z');
    await confirmPlayed(artist, bookingId);
    const [ticked, said] = await Promise.allSettled([tick(ctx, bookingDue), confirmPlayed(by('confirm'), bookingId)]);
    expect([ticked.status, said]).toEqual(['fulfilled', expect.objectContaining({ status: 'fulfilled' })]);
    expect((await told(bookingId)).filter((topic) => topic === 'show.played')).toHaveLength(1);
  }
});

test('both say that the show was played, from its first minute on; each once', async () => {
  const { bookingId, by } = await agreed();
  world.at(begins);
  await expect(confirmPlayed(artist, bookingId)).rejects.toThrow(refusal('show_not_due'));
  await sign(bookingId);
  world.at('2027-07-14T18:29:59Z');
  await expect(confirmPlayed(artist, bookingId)).rejects.toThrow(refusal('show_not_yet'));
  world.at(begins);
  await tick(ctx, bookingDue);
  expect(await confirmPlayed(artist, bookingId)).toEqual({ played: false });
  expect(await confirmPlayed(artist, bookingId)).toEqual({ played: false });
  expect(await confirmPlayed(by('confirm'), bookingId)).toEqual({ played: true });
  expect(await confirmPlayed(by('confirm'), bookingId)).toEqual({ played: true });
  expect(await statusOf(bookingId)).toBe('played');
  expect(await ctx.db.show.findUniqueOrThrow({ where: { bookingId } })).toMatchObject({ status: 'played', playedAt: new Date(begins) });
  expect((await told(bookingId)).slice(3)).toEqual(['show.due', 'show.confirmed', 'show.confirmed', 'show.played']);
  world.at('2027-07-20T00:00:00Z');
  await tick(ctx, bookingDue);
  expect((await told(bookingId)).filter((topic) => topic === 'show.played')).toHaveLength(1);
});

test('both confirm in the same moment: it is played once', async () => {
  const { bookingId, by } = await agreed();
  await sign(bookingId);
  world.at(begins);
  const answers = await Promise.all([confirmPlayed(artist, bookingId), confirmPlayed(by('confirm'), bookingId)]);
  expect(answers.map(({ played }) => played).sort()).toEqual([false, true]);
  expect((await told(bookingId)).filter((topic) => topic === 'show.played')).toHaveLength(1);
});

test('nobody says anything: after two days it counts as played, under contract alone', async () => {
  const signed = await agreed();
  await sign(signed.bookingId);
  const { bookingId } = signed;
  world.at('2027-07-16T18:29:59Z');
  await tick(ctx, bookingDue);
  expect(await statusOf(bookingId)).toBe('contracted');
  world.at('2027-07-16T18:30:00Z');
  await tick(ctx, bookingDue);
  expect(await statusOf(bookingId)).toBe('played');
  expect((await told(bookingId)).slice(3)).toEqual(['show.due', 'show.played']);
});

test('a contract that is never signed is never played; signed late, the clock looks again', async () => {
  const { bookingId } = await agreed();
  world.at('2027-07-20T00:00:00Z');
  await tick(ctx, bookingDue);
  expect(await statusOf(bookingId)).toBe('agreed');
  await sign(bookingId);
  await tick(ctx, bookingDue);
  expect(await statusOf(bookingId)).toBe('played');
});

test('a booking that lapses gives its day back, and its show will not be', async () => {
  const { bookingId } = await agreed();
  await sign(bookingId);
  await transact(ctx, (tx) => lapse(tx, bookingId));
  expect(await ctx.db.slot.count({ where: { bookingId } })).toBe(0);
  expect(await ctx.db.show.findUniqueOrThrow({ where: { bookingId } })).toMatchObject({ status: 'cancelled' });
  expect(await ctx.db.deadline.count({ where: { subject: bookingId } })).toBe(0);
  await expect(transact(ctx, (tx) => lapse(tx, bookingId))).rejects.toThrow(refusal('booking_closed', { status: 'lapsed' }));
  expect(await told(bookingId)).toEqual(['request.sent', 'offer.sent', 'offer.accepted', 'booking.lapsed']);
  await agreed();
});

test('fifty moves of one booking at once: one moves it', async () => {
  const { bookingId } = await agreed();
  const moves = await Promise.allSettled(Array.from({ length: 50 }, () => sign(bookingId)));
  expect(moves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

// --- Reading

test('the inbox: newest first, open or closed, whose turn it is, and the score for the artist alone', async () => {
  const old = await asked();
  world.at('2027-03-02T12:00:00Z');
  const { bookingId, buyer, buyerOrgId } = await asked({ occasion: 'A wedding' });
  await ctx.db.matchScore.create({ data: { bookingId, orgId: artist.actor.orgId, buyerOrgId, scorecard: 'launch', model: '1', score: 81, confidence: 0.5, detail: {}, at: new Date(noon) } });
  expect(await readInbox(artist, 'open')).toMatchObject([
    { id: bookingId, side: 'artist', occasion: 'A wedding', buyer: 'Comité des Trois-Chênes', status: 'requested', score: { score: 81, confidence: 0.5 }, yours: true, showDay: day, seasonUntil: null, budget: { minor: 140_000, currency: 'EUR' } },
    { id: old.bookingId, score: null, yours: true },
  ]);
  await sendOffer(artist, bookingId, terms({ expiresAt: new Date('2027-03-20T00:00:00Z') }));
  expect(await readInbox(artist, 'open')).toMatchObject([{ status: 'negotiating', yours: false }, {}]);
  expect(await readInbox(buyer, 'open')).toMatchObject([{ id: bookingId, side: 'buyer', score: null, yours: true }]);
  await declineRequest(artist, old.bookingId, '');
  expect((await readInbox(artist, 'closed')).map(({ id }) => id)).toEqual([old.bookingId]);
  expect(await readInbox(artist, 'all')).toHaveLength(2);
});

test('under agreement it is the turn of who has something to fill in, to order, to sign or to pay', async () => {
  const { bookingId, buyer, buyerOrgId } = await agreed({ asker: 'commune', organisation: 'Commune des Trois-Chênes' });
  const turns = async () => [...await readInbox(artist, 'open'), ...await readInbox(buyer, 'open')].map(({ yours }) => yours);
  const { orgId } = artist.actor;
  expect(await turns()).toEqual([true, true]);
  await ctx.db.organisation.update({ where: { id: orgId }, data: { ...identity, vatNumber: 'FR44732829320', iban: 'FR7630006000011234567890189', licence: 'PLATESV-D-2026-000001' } });
  await updateParty(buyer, bookingId, identity);
  expect(await turns()).toEqual([false, true]); // the order
  await ctx.db.purchase.create({ data: { bookingId, orgId, buyerOrgId, quoteNumber: 'D-1', quoteFileId: 'fil_1', quotedAt: new Date(noon), orderNumber: 'BC-1', orderedAt: new Date(noon) } });
  expect(await turns()).toEqual([false, false]);
  await ctx.db.envelope.create({ data: {
    id: 'env_1', orgId, buyerOrgId, bookingId, title: 'Contract', fileId: 'fil_1', sha256: '', createdAt: new Date(noon),
    signers: { create: [{ side: 'artist', orgId, name: 'A', email: 'a@rooms.example', signedAt: new Date(noon) }, { side: 'buyer', orgId: buyerOrgId, name: 'B', email: 'b@rooms.example' }] },
  } });
  expect(await turns()).toEqual([false, true]);
  await sign(bookingId);
  expect(await turns()).toEqual([false, false]);
  await ctx.db.payment.create({ data: { id: 'pay_1', bookingId, orgId, buyerOrgId, part: 'deposit', minor: 1n, currency: 'EUR', dueDay: fromDay(day) } });
  expect(await turns()).toEqual([false, true]);
  world.at(begins);
  expect(await turns()).toEqual([true, true]);
});

test('a show is announced once its contract is signed, and says so when it is cancelled', async () => {
  const { bookingId } = await agreed();
  const read = () => ctx.db.show.findUniqueOrThrow({ where: { bookingId } });
  expect(await read()).toMatchObject({ published: false, status: 'planned', stageOrgId: theatre.partner.orgId, title: `Artist ${slug.slice(7)}`, startTime: '20:30', timeZone: 'Europe/Paris', place: 'Théâtre des Essais', city: 'Nantes', lat: 47.2, lng: -1.55 });
  await sign(bookingId);
  expect(await read()).toMatchObject({ published: true, status: 'planned' });
  await transact(ctx, (tx) => lapse(tx, bookingId));
  expect(await read()).toMatchObject({ published: true, status: 'cancelled' });
});

test('where a private party is stays private', async () => {
  const { bookingId } = await agreed({ place: 'Notre jardin', insee: '25056' });
  await sign(bookingId);
  expect(await ctx.db.show.findUniqueOrThrow({ where: { bookingId } })).toMatchObject({ published: false, stageOrgId: null });
});
