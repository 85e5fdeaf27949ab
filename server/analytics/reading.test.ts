import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SignedIn } from '../core/context.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { figuresFile, readFigures, readSeason, seasonFile } from './service.ts';

let world: TestWorld;
let count = 0;
beforeAll(async () => { world = await openTestWorld(); });
afterAll(() => world.close());
beforeEach(() => { world.at('2027-03-20T12:00:00Z'); });

type Kind = 'artist' | 'booker' | 'venue' | 'camping' | 'person';
async function organisation(kind: Kind, over: object = {}): Promise<string> {
  const id = `org_fig${(count += 1)}`;
  await world.db.organisation.create({ data: { id, kind, name: `Maison ${count}`, email: `${id}@maison.example`, claimed: true, insee: '35238', createdAt: new Date('2025-01-01T00:00:00Z'), ...over } });
  return id;
}
/** Pays for a plan, as a charge that was captured leaves it. */
const pays = (orgId: string, plan: string, state: 'trial' | 'active' = 'active') =>
  world.db.subscription.create({ data: { orgId, plan, state, since: fromDay('2027-03-01'), until: fromDay('2027-04-01'), anchor: 1, paidMinor: state === 'trial' ? null : 2_900n, currency: 'EUR', tried: true, tries: 0, changedAt: new Date('2027-03-01T00:00:00Z') } });

interface Ask { orgId: string; buyerOrgId?: string; siteId?: string; at: string; showDay?: string; asker?: 'private' | 'venue'; budget?: bigint; answered?: 'offer' | 'hold' | 'decline'; afterHours?: number; price?: bigint; insee?: [number, number]; status?: 'requested' | 'negotiating' | 'declined' | 'contracted' }
/** A request, and what became of it. */
async function ask({ orgId, buyerOrgId, siteId, at, showDay = '2027-07-14', asker = 'venue', budget = 100_000n, answered, afterHours = 2, price, insee = [48.11, -1.68], status = price === undefined ? 'requested' : 'contracted' }: Ask): Promise<string> {
  const { db } = world;
  const n = (count += 1);
  const [id, buyer] = [`bkg_fig${n}`, buyerOrgId ?? `org_asks${n}`];
  if (!buyerOrgId) await db.organisation.create({ data: { id: buyer, kind: 'venue', name: 'Inconnu', email: `${buyer}@visiteurs.example`, createdAt: new Date(at) } });
  await db.booking.create({ data: {
    id, orgId, buyerOrgId: buyer, siteId: siteId ?? null, reference: `ref${id}`, status, createdAt: new Date(at),
    request: { create: { orgId, buyerOrgId: buyer, asker, contactName: 'Ada', email: 'ada@visiteurs.example', organisation: '', occasion: 'Bal', showDay: fromDay(showDay), place: 'Salle', city: 'Rennes', lat: insee[0], lng: insee[1], budgetMinor: budget, currency: 'EUR', pageUrl: 'https://theatre.example/artiste?secret=1' } },
  } });
  const then = new Date(Date.parse(at) + afterHours * 3_600_000);
  if (answered === 'offer') await db.offer.create({ data: { id: `off_fig${n}`, bookingId: id, orgId, buyerOrgId: buyer, proposedBy: 'artist', showDay: fromDay(showDay), priceMinor: price ?? 1n, currency: 'EUR', expiresAt: then, createdAt: then } });
  if (answered === 'hold') await db.hold.create({ data: { id: `hld_fig${n}`, bookingId: id, orgId, buyerOrgId: buyer, day: fromDay(showDay), rank: 1, expiresAt: then, createdAt: then } });
  if (answered === 'decline') await db.fact.create({ data: { topic: 'request.declined', subject: id, payload: { bookingId: id }, toldAt: then } });
  if (price !== undefined) await db.contract.create({ data: { id: `ctr_fig${n}`, bookingId: id, orgId, buyerOrgId: buyer, number: `C-${n}`, path: 'secured', status: 'signed', priceMinor: price, vatBps: 550, vatMinor: 0n, totalMinor: price, currency: 'EUR', commissionBps: 1_000, vatCitation: 'x', commissionVatBps: 2_000, commissionVatCitation: 'x', clauses: [], rules: [], fileId: 'fil_none', draftedAt: then, signedAt: then } });
  return id;
}
const year = (someone: SignedIn) => readFigures(someone, { months: 12 });

test('an artist that pays reads a year of what it was asked: by month, beside the year before, first answers and fees (BI-05, AN-05, AN-06)', async () => {
  const orgId = await organisation('artist');
  await pays(orgId, 'artist_pro');
  await ask({ orgId, at: '2027-02-01T10:00:00Z', answered: 'offer', afterHours: 1, price: 120_000n });
  await ask({ orgId, at: '2027-02-02T10:00:00Z', answered: 'hold', afterHours: 3, price: 100_000n });
  await ask({ orgId, at: '2027-02-03T10:00:00Z', answered: 'decline', afterHours: 5, status: 'declined' });
  await ask({ orgId, at: '2027-02-04T10:00:00Z', answered: 'offer', afterHours: 7, showDay: '2027-07-17' });
  await ask({ orgId, at: '2027-02-05T10:00:00Z', answered: 'offer', afterHours: 9, asker: 'private', insee: [43.6, 1.44] });
  // The last hour of January in London is February at home.
  await ask({ orgId, at: '2027-01-31T23:30:00Z' });
  await ask({ orgId, at: '2026-02-10T10:00:00Z', price: 80_000n });
  // Somebody else's.
  await ask({ orgId: await organisation('artist'), at: '2027-02-04T10:00:00Z', price: 999_999n });
  const read = await year(world.as({ orgId }));
  expect(read).toMatchObject({ side: 'artist', full: true, since: '2026-04-01', until: '2027-03-20', before: { requests: 1 } });
  expect(read.months).toHaveLength(12);
  expect(read.months[10]).toMatchObject({
    month: '2027-02', requests: 6, answered: 5, contracts: 2, conversionBps: 3_333, answerMinutes: 300, fees: [{ currency: 'EUR', n: 2, sum: { minor: 220_000, currency: 'EUR' }, median: null }],
    before: { requests: 1, contracts: 1, fees: [{ sum: { minor: 80_000, currency: 'EUR' } }] },
  });
  expect(read.wanted?.distances).toEqual([{ name: '50', n: 5, contracts: 2 }, { name: '0', n: 1, contracts: 0 }]);
  expect(read.wanted?.pages).toEqual([{ name: 'theatre.example/artiste', n: 6, contracts: 2 }]);
  expect(read.wanted?.weekdays).toEqual([0, 0, 5, 0, 0, 1, 0]);
  expect(JSON.stringify(read)).not.toMatch(/org_|bkg_|secret|visiteurs/);
  expect((await readFigures(world.as({ orgId }), { months: 24 })).months).toHaveLength(24);
  expect((await figuresFile(world.as({ orgId }), { months: 12, locale: 'en' })).bytes.toString()).toContain('2027-02,6,5,2,33.33,5.00,');
});

test('without a paid plan there are the last thirty days, and months are refused with the plan that gives them (BI-05, BI-06)', async () => {
  for (const [kind, plan] of [['artist', 'artist_pro'], ['booker', 'booker_starter'], ['venue', 'venue_premium'], ['camping', 'camping_season']] as const) {
    const someone = world.as({ orgId: await organisation(kind) });
    expect(await readFigures(someone, { months: null })).toMatchObject({ full: false, plan, since: '2027-02-19', until: '2027-03-20', months: [], wanted: null });
    for (const more of [() => year(someone), () => figuresFile(someone, { months: 24, locale: 'fr' })]) await expect(more()).rejects.toMatchObject({ code: 'plan_needed', details: { plan } });
  }
  const orgId = await organisation('artist');
  await ask({ orgId, at: '2027-02-18T12:00:00Z' });
  await ask({ orgId, at: '2027-02-19T12:00:00Z' });
  expect((await readFigures(world.as({ orgId }), { months: null })).all.requests).toBe(1);
  await expect(year(world.as({ orgId: await organisation('person') }))).rejects.toMatchObject({ code: 'plan_needed', details: {} });
});

test('a trial and a certification count as paid, what ended does not (BI-05, BI-13)', async () => {
  const [trial, certified, ended] = [await organisation('artist'), await organisation('artist'), await organisation('artist')];
  await pays(trial, 'artist_pro', 'trial');
  await world.db.certification.create({ data: { orgId: certified, since: fromDay('2027-03-20'), until: fromDay('2027-03-21'), contracts: 100, turnoverMinor: 1n, currency: 'EUR' } });
  await pays(ended, 'artist_pro');
  await world.db.subscription.update({ where: { orgId: ended }, data: { state: 'ended' } });
  for (const orgId of [trial, certified]) expect(await year(world.as({ orgId }))).toMatchObject({ full: true });
  await expect(year(world.as({ orgId: ended }))).rejects.toMatchObject({ code: 'plan_needed' });
  world.at('2027-03-21T12:00:00Z');
  await expect(year(world.as({ orgId: certified }))).rejects.toMatchObject({ code: 'plan_needed' });
});

test('a booker reads of all its artists, and acting for one reads that one’s by its own plan; another booker’s plan opens nothing (BI-05, AN-05)', async () => {
  const [artist, second, booker, other] = [await organisation('artist'), await organisation('artist'), await organisation('booker'), await organisation('booker')];
  for (const [at, pair] of [[artist, booker], [second, booker]].entries()) await world.db.representation.create({ data: { id: `rep_fig${at}`, artistOrgId: pair[0]!, bookerOrgId: pair[1]!, since: new Date('2026-01-01T00:00:00Z') } });
  await ask({ orgId: artist, at: '2027-02-04T10:00:00Z' });
  await ask({ orgId: second, at: '2027-02-05T10:00:00Z' });
  for (const [id, orgId] of [['usr_books', booker], ['usr_else', other]] as const) {
    await world.db.user.create({ data: { id, name: id, email: `${id}@maison.example`, updatedAt: new Date() } });
    await world.db.member.create({ data: { orgId, userId: id, role: 'owner' } });
  }
  const acting = world.as({ orgId: artist, role: 'manager', mandated: true, userId: 'usr_books' });
  await expect(year(acting)).rejects.toMatchObject({ code: 'plan_needed' });
  await pays(booker, 'booker_starter');
  await pays(other, 'booker_starter');
  expect((await year(acting)).all.requests).toBe(1);
  await expect(year(world.as({ orgId: artist }))).rejects.toMatchObject({ code: 'plan_needed' });
  await expect(year(world.as({ orgId: artist, role: 'manager', mandated: true, userId: 'usr_else' }))).rejects.toMatchObject({ code: 'plan_needed' });
  expect((await year(world.as({ orgId: booker, userId: 'usr_books' }))).all.requests).toBe(2);
  await world.db.representation.update({ where: { id: 'rep_fig1' }, data: { until: new Date('2027-03-19T00:00:00Z') } });
  expect((await year(world.as({ orgId: booker, userId: 'usr_books' }))).all.requests).toBe(1);
});

test('whoever holds the link of a mail reads no figures (AN-06)', async () => {
  const orgId = await organisation('venue');
  await expect(readFigures(world.as({ orgId, link: { purpose: 'follow', bookingId: 'bkg_1' } }), { months: null })).rejects.toMatchObject({ code: 'not_found' });
});

/** A venue that pays, whose address somebody has confirmed, with a site. */
async function theatre() {
  const orgId = await organisation('venue');
  const user = `usr_${orgId}`;
  await world.db.user.create({ data: { id: user, name: 'Jo', email: `${orgId}@maison.example`, emailVerified: true, updatedAt: new Date() } });
  await world.db.member.create({ data: { orgId, userId: user, role: 'owner' } });
  await world.db.site.create({ data: { id: `sit_${orgId}`, orgId, name: 'Théâtre', url: 'https://theatre.example', origins: ['https://theatre.example'], createdAt: new Date('2026-01-01T00:00:00Z') } });
  await pays(orgId, 'venue_premium');
  return { orgId, user, siteId: `sit_${orgId}`, someone: world.as({ orgId, userId: user }) };
}
const artistOf = () => organisation('artist');

test('a venue reads what it asked under its confirmed address with its fees, and of what strangers asked through its pages no amount, town or answer (BI-06, AN-06)', async () => {
  const { orgId, user, siteId, someone } = await theatre();
  const visitor = await organisation('venue', { claimed: false, email: `${orgId.toUpperCase()}@Maison.example` });
  await ask({ orgId: await artistOf(), buyerOrgId: visitor, siteId, at: '2027-02-04T10:00:00Z', answered: 'offer', price: 110_000n, budget: 120_000n });
  await ask({ orgId: await artistOf(), siteId, at: '2027-02-05T10:00:00Z', answered: 'offer', price: 777_777n });
  const { all, wanted } = await year(someone);
  expect(all).toMatchObject({ requests: 2, own: 1, answered: 1, contracts: 2, fees: [{ n: 1, sum: { minor: 110_000 } }] });
  expect(wanted?.towns).toEqual([{ name: 'Rennes', n: 1, contracts: 1 }]);
  expect(wanted?.distances).toEqual([]);
  // An address that nobody has confirmed, or that two organisations go by, is nobody's.
  await world.db.user.update({ where: { id: user }, data: { emailVerified: false } });
  expect((await year(someone)).all).toMatchObject({ requests: 2, own: 0, fees: [] });
  await world.db.user.update({ where: { id: user }, data: { emailVerified: true } });
  await organisation('camping', { email: `${orgId}@maison.example` });
  expect((await year(someone)).all).toMatchObject({ own: 0, fees: [] });
});

test('a venue that pays reads the season to come: nights on, asked for and free, fees beside budgets; an artist has none (BI-06)', async () => {
  const { orgId, siteId, someone } = await theatre();
  const show = (day: string, over: object) => world.db.show.create({ data: { id: `shw_fig${(count += 1)}`, orgId: 'org_x', title: '=Nora', day: fromDay(day), startTime: '20:30', place: 'Théâtre', city: 'Rennes', stageOrgId: orgId, published: true, ...over } });
  const booked = await ask({ orgId: await artistOf(), buyerOrgId: orgId, at: '2027-02-04T10:00:00Z', showDay: '2027-04-09', price: 110_000n, budget: 120_000n });
  await show('2027-04-09', { bookingId: booked, published: false, stageOrgId: null });
  await show('2027-04-10', {});
  await show('2027-04-16', { published: false });
  await show('2027-04-17', { status: 'cancelled' });
  await show('2027-04-23', { stageOrgId: 'org_other' });
  await ask({ orgId: await artistOf(), siteId, at: '2027-03-04T10:00:00Z', showDay: '2027-04-17' });
  await ask({ orgId: await artistOf(), siteId, at: '2027-03-04T10:00:00Z', showDay: '2027-04-18', status: 'declined' });
  const season = await readSeason(someone);
  expect(season.map(({ month }) => month)).toEqual(['2027-03', '2027-04', '2027-05', '2027-06', '2027-07', '2027-08', '2027-09', '2027-10', '2027-11', '2027-12', '2028-01', '2028-02']);
  expect(season[0]).toMatchObject({ days: 12, free: 12 });
  // April 2027 has five Fridays and four Saturdays; 9 and 10 are taken.
  expect(season[1]).toMatchObject({ days: 30, played: 2, asked: 1, free: 28, freeWeekends: 7, fees: [{ sum: { minor: 110_000 } }], budgets: [{ sum: { minor: 120_000 } }] });
  const csv = (await seasonFile(someone, 'fr')).bytes.toString();
  expect(csv).toContain(`2027-04-10;Au programme;20:30;'=Nora;Théâtre;;\r\n`);
  expect(csv).toContain('2027-04-09;Au programme;20:30;\'=Nora;Théâtre;"1100,00";EUR\r\n');
  const artist = await artistOf();
  await pays(artist, 'artist_pro');
  await expect(readSeason(world.as({ orgId: artist }))).rejects.toMatchObject({ code: 'not_found' });
  await expect(readSeason(world.as({ orgId: await organisation('venue') }))).rejects.toMatchObject({ code: 'plan_needed', details: { plan: 'venue_premium' } });
});
