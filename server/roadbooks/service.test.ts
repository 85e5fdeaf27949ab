import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPrinter } from '../adapters/pdf/index.ts';
import type { SignedIn } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { openLimits } from '../core/limits.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { serve } from '../http.ts';
import { artists, leg, spots, stop, venues } from '../tours/roadbook/crew.fixture.ts';
import { usualLimits, usualRates, usualWeights } from '../tours/question.ts';
import type { Tour } from '../tours/answer.ts';
import type { PlanView, ScenarioView } from '../tours/view.ts';
import { roadbooksRouter } from './router.ts';
import { fileOf, makeRoadbookLink, openRoadbook, readLinks, readRoadbook, revokeRoadbookLink, type Reader } from './service.ts';

let world: TestWorld;
let booker: SignedIn;
let bookingId: string;
beforeAll(async () => {
  world = await openTestWorld();
  const { ctx, db } = world;
  booker = world.as({ orgId: ctx.newId('org') });
  const org = (id: string, kind: 'artist' | 'venue' | 'booker', name: string) => db.organisation.create({ data: { id, kind, name, email: `${id.slice(-4)}@geheim.example`, phone: '+33 1 11 11 11 11', createdAt: ctx.now() } });
  await Promise.all([org(booker.actor.orgId, 'booker', 'Le Bureau'), org('org_vagues', 'artist', 'Les Vagues Lentes'), org('org_fanfare', 'artist', 'Fanfare Ø'), org('org_brest', 'venue', 'L’Été'), org('org_lille', 'venue', 'Le Grand Mixte')]);
  await db.venue.create({ data: { orgId: 'org_lille', slug: 'grand-mixte', name: 'Le Grand Mixte', address: '5 place Neuve', technical: 'Gradateurs 24 × 3 kW', updatedAt: ctx.now() } });
  await db.sheet.create({ data: { orgId: 'org_lille', curfew: '23:30', settings: [], audiences: [], lyrics: [], weekdays: [], backline: [], influences: [], season: [], updatedAt: ctx.now() } });
  bookingId = ctx.newId('bkg');
  await db.booking.create({ data: { id: bookingId, orgId: 'org_vagues', buyerOrgId: 'org_brest', reference: 'ref-roadbook', createdAt: ctx.now(), request: { create: {
    orgId: 'org_vagues', buyerOrgId: 'org_brest', asker: 'venue', contactName: 'Nolwenn Kerjean', organisation: 'L’Été', email: 'regie@ete.example', phone: '+33 2 98 00 00 00', occasion: 'Saison', showDay: fromDay('2027-05-06'), startTime: '20:45', place: 'L’Été', address: '12 rue de l’École', city: 'Brest', budgetMinor: 150_000n, currency: 'EUR',
  } } } });
});
afterAll(() => world.close());

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const brest = stop('2027-05-06', 'org_brest');
const lille = stop('2027-05-09', 'org_lille');
const other = stop('2027-05-20', 'org_ren', { artist: 'org_fanfare' });

/** A scenario as the tours would give it, for the booker alone. */
const reader = (stops = [brest, lille, other]): Reader => async (ctx, scenarioId) => {
  if (ctx.actor.orgId !== booker.actor.orgId || scenarioId !== 'tsc_1') throw new AppError('not_found');
  const tour = { stops, legs: stops.length > 1 ? [leg(null, brest, 200), leg(brest, lille, 470)] : [], shared: [] } as unknown as Tour;
  return {
    plan: { id: 'tpl_1', name: 'Printemps & Été', from: '2027-05-01', until: '2027-05-31', currency: 'EUR', updatedAt: '2027-03-01T12:00:00.000Z', scenarios: [], reading: 'r', spots, artists: artists.map((one) => ({ ...one, busy: [], floorMinor: 0, commissionBps: 0, audience: '' })), venues, bids: [{ artist: 'org_vagues', venue: 'org_brest', priceMinor: 150_000, days: ['2027-05-06'], order: 0, standing: 'asked', bookingId }], blurred: [], holidays: [], events: [], cast: [], leftOut: [] } satisfies PlanView,
    scenario: { id: 'tsc_1', planId: 'tpl_1', name: 'A', version: 3, undo: false, redo: false, limits: usualLimits, rates: usualRates, weights: usualWeights, pins: [], forbidden: [], reading: 'r', hours: [{ artist: 'org_vagues', venue: 'org_lille', soundCheck: '17:15', doors: '19:45' }], tour, sent: [] } satisfies ScenarioView,
  };
};
const all = { scenarioId: 'tsc_1', artist: null, day: null, money: true } as const;

test('whom to call comes from the artist’s own booking, and of a hall what it says of itself, without its mail or telephone (TO-19)', async () => {
  const { book } = await readRoadbook(booker, reader(), all);
  expect(book.days.find(({ day }) => day === '2027-05-06')!.show).toMatchObject({ address: 'L’Été, 12 rue de l’École', contact: { name: 'Nolwenn Kerjean', phone: '+33 2 98 00 00 00', email: 'regie@ete.example' }, starts: { hour: '20:45' }, priceMinor: 150_000 });
  expect(book.days.find(({ day }) => day === '2027-05-09')!.show).toMatchObject({ address: '5 place Neuve', technical: 'Gradateurs 24 × 3 kW', curfew: { hour: '23:30' }, contact: { name: '', phone: '', email: '' }, soundCheck: { hour: '17:15' }, doors: { hour: '19:45' } });
  expect(book.days.find(({ day }) => day === '2027-05-06')!.show).toMatchObject({ soundCheck: null, doors: null });
  expect(JSON.stringify(book)).not.toContain('geheim.example');
  // A booking of somebody else's opens nothing.
  await world.db.booking.update({ where: { id: bookingId }, data: { orgId: 'org_fanfare' } });
  expect(JSON.stringify((await readRoadbook(booker, reader(), all)).book)).not.toContain('Kerjean');
  await world.db.booking.update({ where: { id: bookingId }, data: { orgId: 'org_vagues' } });
});

test('of one artist, of one day, without money; and nobody reads another’s', async () => {
  const one = (await readRoadbook(booker, reader(), { ...all, artist: 'org_vagues', day: '2027-05-09', money: false })).book;
  expect([one.artists.map(({ id }) => id), one.days.map(({ day, show }) => [day, show?.priceMinor])]).toEqual([['org_vagues'], [['2027-05-09', null]]]);
  await expect(readRoadbook(booker, reader(), { ...all, artist: 'org_nobody' })).rejects.toThrow(refusal('not_found'));
  await expect(readRoadbook(world.as({ orgId: 'org_brest' }), reader(), all)).rejects.toThrow(refusal('not_found'));
});

test('a crew opens it by a secret link without prices, of which the hash alone is kept; revoked, it opens nothing (TO-20)', async () => {
  const made = await makeRoadbookLink(booker, reader(), { scenarioId: 'tsc_1', artist: 'org_vagues', name: 'Camion 1' });
  const token = /\/roadbook#t=([\w-]{43})$/.exec(made.url)![1]!;
  const { book } = await openRoadbook(world.ctx, reader(), token);
  expect([book.money, book.artists.map(({ id }) => id), JSON.stringify(book).includes('150000')]).toEqual([false, ['org_vagues'], false]);
  expect(JSON.stringify(await world.db.roadbookLink.findMany())).not.toContain(token);
  expect(await readLinks(booker, reader(), 'tsc_1')).toEqual([{ id: made.id, name: 'Camion 1', artist: 'org_vagues', createdAt: made.createdAt }]);
  await expect(openRoadbook(world.ctx, reader(), `${token}x`)).rejects.toThrow(refusal('link_dead'));
  await expect(revokeRoadbookLink(world.as({ orgId: 'org_brest' }), made.id)).rejects.toThrow(refusal('not_found'));
  await expect(revokeRoadbookLink(world.as({ ...booker.actor, role: 'observer' }), made.id)).rejects.toThrow(refusal('role_too_low'));
  await revokeRoadbookLink(booker, made.id);
  await expect(openRoadbook(world.ctx, reader(), token)).rejects.toThrow(refusal('link_dead'));
  await expect(revokeRoadbookLink(booker, made.id)).rejects.toThrow(refusal('not_found'));
  expect(await readLinks(booker, reader(), 'tsc_1')).toEqual([]);
});

test('an observer makes no link', async () => {
  await expect(makeRoadbookLink(world.as({ ...booker.actor, role: 'observer' }), reader(), { scenarioId: 'tsc_1', artist: null, name: '' })).rejects.toThrow(refusal('role_too_low'));
});

test.each([
  // The last show of all is on 20 May, that of the one artist on 9 May; midnight of Paris ends the seventh day after.
  [null, [brest, lille, other], '2027-05-27T22:00:00.000Z'], ['org_vagues', [brest, lille, other], '2027-05-16T22:00:00.000Z'],
  // A tour without a show is over with its period.
  [null, [], '2027-06-07T22:00:00.000Z'],
] as const)('a link for %s lives to the end of the seventh day after the last show', async (artist, stops, until) => {
  const made = await makeRoadbookLink(booker, reader([...stops]), { scenarioId: 'tsc_1', artist, name: '' });
  const token = made.url.split('#t=')[1]!;
  expect(made.until).toBe(until);
  world.atReal(new Date(Date.parse(until) - 1_000));
  expect((await openRoadbook(world.ctx, reader([...stops]), token)).until).toBe(until);
  world.atReal(until);
  await expect(openRoadbook(world.ctx, reader([...stops]), token)).rejects.toThrow(refusal('link_dead'));
  world.atReal(null);
});

test('more days than a paper holds are not printed at once, so that nobody stops everybody else with a year of all artists; a calendar holds them (TO-19)', async () => {
  const { book, ...read } = await readRoadbook(booker, reader(), all);
  const days = (count: number) => ({ ...read, book: { ...book, days: Array.from({ length: count }, () => book.days[0]!) } });
  const how = { locale: 'fr', day: null } as const;
  await expect(fileOf(world.ctx, days(401), { kind: 'pdf', ...how })).rejects.toThrow(refusal('roadbook_long'));
  expect((await fileOf({ ...world.ctx, adapters: { ...world.ctx.adapters, print: openPrinter() } }, days(400), { kind: 'pdf', ...how })).bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect((await fileOf(world.ctx, days(401), { kind: 'ics', ...how })).bytes.toString()).toContain('BEGIN:VEVENT');
}, 20_000);

test('who guesses secrets is stopped by the minute', async () => {
  const ctx = { ...world.ctx, limits: openLimits() };
  for (let i = 0; i < 60; i += 1) await expect(openRoadbook(ctx, reader(), `guess${i}`)).rejects.toThrow(refusal('link_dead'));
  await expect(openRoadbook(ctx, reader(), 'guess')).rejects.toThrow(refusal('rate_limited'));
});

test('the door gives what the roadbook holds, and files by a link', async () => {
  const router = roadbooksRouter(reader());
  const mine = router.createCaller({ ...booker, adapters: { ...world.ctx.adapters, print: openPrinter() } });
  expect(await mine.book(all)).toEqual(await readRoadbook(booker, reader(), all).then((read) => ({ ...read, readAt: expect.any(String) as string })));
  const { url } = await mine.share({ scenarioId: 'tsc_1', artist: null });
  const file = await router.createCaller(world.ctx).openFile({ token: url.split('#t=')[1]!, kind: 'ics', locale: 'nl' });
  expect(file).toMatchObject({ name: 'roadbook-printemps-ete.ics', mime: expect.stringContaining('text/calendar') as string });
  expect(new ICAL.Component(ICAL.parse(Buffer.from(file.base64, 'base64').toString('utf8')) as unknown[]).getAllSubcomponents('vevent').length).toBeGreaterThan(5);
});

test('downloads are for who is signed in, on our own pages, and name themselves (TO-19)', async () => {
  const { ctx, db } = world;
  await db.user.create({ data: { id: 'usr_road', name: 'Ana', email: 'ana@bureau.example', emailVerified: true, createdAt: ctx.now(), updatedAt: ctx.now() } });
  await db.member.create({ data: { orgId: booker.actor.orgId, userId: 'usr_road', role: 'owner' } });
  const app = serve({
    world: { ...ctx, adapters: { ...ctx.adapters, print: openPrinter() } }, limits: openLimits(), sandbox: null, ready: async () => true, development: null, scenarios: reader(),
    door: { handler: async () => new Response(), personOf: async (headers) => (headers.get('cookie') === 'me' ? { id: 'usr_road' } : null) },
    pages: { bundle: () => new Response(), asset: (name) => new Response(name, { headers: { 'cache-control': 'immutable' } }), page: () => new Response('page', { status: 404 }) },
  });
  const ask = (path: string, headers: Record<string, string> = { cookie: 'me' }) => app.request(path, { headers });
  const pdf = await ask('/tours/tsc_1/roadbook.pdf?artist=org_vagues&lang=fr');
  expect([pdf.status, pdf.headers.get('content-type'), pdf.headers.get('content-disposition'), Buffer.from(await pdf.arrayBuffer()).subarray(0, 5).toString()]).toEqual([200, 'application/pdf', 'attachment; filename="roadbook-printemps-ete-les-vagues-lentes.pdf"', '%PDF-']);
  const priced = await (await ask('/tours/tsc_1/roadbook.ics?lang=en')).text();
  const bare = await (await ask('/tours/tsc_1/roadbook.ics?lang=en&money=no&day=2027-05-06')).text();
  expect([priced.includes('€1\\,500.00'), bare.includes('€'), (bare.match(/BEGIN:VEVENT/g) ?? []).length]).toEqual([true, false, 3]);
  expect(await (await ask('/tours/tsc_1/roadbook.gpx')).text()).toContain('<gpx ');
  const worker = await ask('/roadbook-worker.js', {});
  expect([await worker.text(), worker.headers.get('cache-control')]).toEqual(['/roadbook-worker.js', 'no-cache']);
  expect((await ask('/tours/tsc_1/roadbook.pdf', {})).status).toBe(401);
  expect((await ask('/tours/tsc_1/roadbook.pdf', { cookie: 'me', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  for (const path of ['/tours/tsc_2/roadbook.pdf', '/tours/%00/roadbook.pdf', '/tours/tsc_1/roadbook.pdf?day=2027-02-30', '/tours/tsc_1/roadbook.pdf?artist=org_nobody', '/tours/tsc_1/roadbook.doc']) expect([path, (await ask(path)).status]).toEqual([path, 404]);
});
