import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptOffer, declineOffer, readInbox } from '../booking/service.ts';
import { expireHold } from '../calendar/service.ts';
import type { SignedIn } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay } from '../core/time.ts';
import { closeHall, openHall } from '../hall/service.ts';
import { toursHeard, toursTasks } from './jobs.ts';
import type { Visit } from './question.ts';
import {
  addStop, artists, cancel, closeTours, compare, copy, create, demand, edit, follow, keep, list, read, remove, removeStop, rename, replan, runSearch, scenario, search, searchersOf, sendHolds, walk, why,
} from './service.ts';
import type { PlanView, ScenarioView, Search } from './view.ts';

/* Two artists of a booker, and halls from Nantes to Lyon. */

const noon = new Date('2027-03-01T12:00:00Z');
const TOWNS = [
  ['Nantes', '44109', 47.2184, -1.5536], ['Rennes', '35238', 48.1173, -1.6778], ['Tours', '37261', 47.3941, 0.6848], ['Bordeaux', '33063', 44.8378, -0.5792], ['Toulouse', '31555', 43.6047, 1.4442],
  ['Lyon', '69123', 45.764, 4.8357], ['Dijon', '21231', 47.322, 5.0415], ['Grenoble', '38185', 45.1885, 5.7245],
] as const;
let world: TestWorld;
let [booker, rival, trio, stranger] = [] as unknown as [SignedIn, SignedIn, SignedIn, SignedIn];
let names = 0;

async function organisation(id: string, kind: 'artist' | 'venue' | 'booker', over: object = {}): Promise<SignedIn> {
  await world.db.organisation.create({ data: {
    id, kind, name: id.slice(4), email: `${id}@tours.example`, claimed: true, country: 'FR', postcode: '44000', city: 'Nantes', insee: '44109', address: '1 rue Haute', legalName: id, siret: '73282932000074', representative: 'Ana Exemple', createdAt: noon, ...over,
  } });
  return world.as({ orgId: id });
}

async function artist(id: string, bookers: readonly string[]): Promise<SignedIn> {
  const who = await organisation(id, 'artist', { vatNumber: 'FR44732829320' });
  await world.db.seller.create({ data: { orgId: id, kind: 'entity', tin: '732829320', noVat: false, ibanHolder: id, updatedAt: noon } });
  await world.db.epk.create({ data: {
    orgId: id, slug: id.slice(4), name: `Les ${id.slice(4)}`, genres: ['jazz'], lineUp: 3, feeMinMinor: 60_000n, feeMaxMinor: 120_000n, audienceMin: 50, audienceMax: 500, technical: 'Deux prises', tagline: { fr: 'Un trio' }, insee: '44109', city: 'Nantes', lat: 47.2184, lng: -1.5536, publishedAt: noon, updatedAt: noon,
    media: { create: { id: `med_${id}`, kind: 'photo', title: 'x', fileId: 'fil_x', position: 0 } },
  } });
  for (const bookerOrgId of bookers) await world.db.representation.create({ data: { id: `rep_${bookerOrgId}${id}`, bookerOrgId, artistOrgId: id, since: noon } });
  return who;
}

const hallOf = (i: number): string => `org_hall${i}`;

beforeAll(async () => {
  world = await openTestWorld();
  await organisation('org_booker', 'booker');
  booker = world.as({ orgId: 'org_booker', userId: 'usr_booker' });
  rival = await organisation('org_rival', 'booker');
  stranger = await organisation('org_stranger', 'booker');
  trio = await artist('org_trio', ['org_booker', 'org_rival']);
  await artist('org_duo', ['org_booker']);
  await artist('org_other', ['org_stranger']);
  for (const [i, [city, insee, lat, lng]] of TOWNS.entries()) {
    await organisation(hallOf(i), 'venue', { city, insee });
    await world.db.venue.create({ data: { orgId: hallOf(i), slug: `hall-${i}`, name: `Salle de ${city}`, about: { fr: 'Une salle' }, capacity: 200 + i * 100, genres: ['jazz'], budgetMinMinor: 50_000n, budgetMaxMinor: 150_000n, insee, city, lat, lng, updatedAt: noon } });
    await world.db.sheet.create({ data: { orgId: hallOf(i), level: 'confirmed', placeKind: 'hall', stageMetres: 40, audiences: ['adults'], updatedAt: noon } });
  }
  await world.db.user.create({ data: { id: 'usr_booker', name: 'Salomé', email: 'salome@tours.example', locale: 'fr', members: { create: { orgId: 'org_booker', role: 'owner' } } } });
  await openHall(world.ctx);
}, 60_000);
afterAll(async () => {
  await closeTours(world.ctx);
  await closeHall(world.ctx);
  await world.close();
});

interface Begun { readonly plan: PlanView; readonly first: ScenarioView }

/** A plan of April to June, with an empty scenario. */
async function begin(who: SignedIn = booker, cast: readonly string[] = ['org_trio', 'org_duo'], period = { from: '2027-03-20', until: '2027-06-30' }): Promise<Begun> {
  const plan = await create(who, { name: `Tournée ${(names += 1)}`, currency: 'EUR', artists: cast.map((id) => ({ id })), scenario: 'Premier jet', ...period });
  return { plan, first: await scenario(who, plan.scenarios[0]?.id ?? '') };
}

/** A plan that is small enough to be searched in a moment. */
const beginSmall = () => begin(booker, ['org_trio'], { from: '2027-05-01', until: '2027-05-30' });

const at = (venue: string, day: string, of = 'org_trio'): Visit => ({ artist: of, venue, day });
const add = (view: ScenarioView, visit: Visit, who = booker) => edit(who, { scenarioId: view.id, version: view.version, edit: { kind: 'add', visit }, repair: false });
const planned = (view: ScenarioView): string[] => view.tour.stops.filter(({ standing }) => standing !== 'fixed').map(({ artist: of, venue, day }) => `${of} ${venue} ${day}`).sort();
async function withStops(view: ScenarioView, visits: readonly Visit[], who = booker): Promise<ScenarioView> {
  let now = view;
  for (const visit of visits) now = await add(now, visit, who);
  return now;
}
const codeOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: unknown) => (error instanceof AppError ? error.code : String(error)));
const sending = (view: ScenarioView, mode: 'all' | 'possible' = 'all', key = `sending-${(names += 1)}`) => ({ scenarioId: view.id, version: view.version, mode, days: 14, key });

async function heard(runId: string, who: SignedIn = booker): Promise<Search[]> {
  const all: Search[] = [];
  for await (const one of follow(who, runId, undefined)) all.push(one);
  return all;
}

/** A request of somebody for an artist. */
async function ask(id: string, over: { orgId?: string; currency?: string; lat?: number | null; lng?: number | null; showDay?: string; seasonUntil?: string; budget?: bigint; insee?: string; email?: string } = {}): Promise<string> {
  const { orgId = 'org_trio', currency = 'EUR', lat = 46.67, lng = 5.55, showDay = '2027-05-14', seasonUntil = null, budget = 90_000n, insee = '39300', email = `${id}@ask.example` } = over;
  await organisation(`org_ask${id}`, 'venue', { claimed: false, email });
  await world.db.booking.create({ data: {
    id: `bkg_${id}`, orgId, buyerOrgId: `org_ask${id}`, reference: `ref_${id}`, createdAt: noon,
    request: { create: { orgId, buyerOrgId: `org_ask${id}`, asker: 'venue', contactName: 'Jo', organisation: `Chez ${id}`, email, occasion: 'Concert', showDay: fromDay(showDay), seasonUntil: seasonUntil === null ? null : fromDay(seasonUntil), place: `Chez ${id}`, city: 'Lons-le-Saunier', insee, lat, lng, budgetMinor: budget, currency } },
  } });
  return `bkg_${id}`;
}

test('a booker plans for whom it represents, an artist for itself, and nobody for others (TO-01, ID-22)', async () => {
  expect((await artists(booker)).map(({ id }) => id).sort()).toEqual(['org_duo', 'org_trio']);
  expect((await artists(trio)).map(({ id, people, vehicle, floorMinor }) => ({ id, people, vehicle, floorMinor }))).toEqual([{ id: 'org_trio', people: 3, vehicle: 'van', floorMinor: 60_000 }]);
  expect(await artists(world.as({ orgId: hallOf(0) }))).toEqual([]);
  const made = { name: 'x', from: '2027-04-01', until: '2027-05-01', currency: 'EUR' as const, scenario: 'a' };
  expect(await codeOf(create(booker, { ...made, artists: [{ id: 'org_other' }] }))).toBe('not_found');
  expect(await codeOf(create(world.as({ orgId: hallOf(0) }), { ...made, artists: [{ id: 'org_trio' }] }))).toBe('not_found');
  expect(await codeOf(create(world.as({ orgId: 'org_booker', role: 'observer' }), { ...made, artists: [{ id: 'org_trio' }] }))).toBe('role_too_low');
  expect(await codeOf(create(booker, { ...made, until: '2027-03-01', artists: [{ id: 'org_trio' }] }))).toBe('input_invalid');
  const { plan, first } = await begin();
  const another = await begin(stranger, ['org_other']);
  const run = await search(booker, { scenarioId: first.id, version: 1, count: 3, effort: 'quick' });
  for (const no of [
    () => read(stranger, plan.id), () => scenario(stranger, first.id), () => add(first, at(hallOf(0), '2027-04-10'), stranger), () => search(stranger, { scenarioId: first.id, version: 1, count: 3, effort: 'quick' }), () => cancel(stranger, run.runId), () => heard(run.runId, stranger),
    () => keep(stranger, { runId: run.runId, index: 0, name: 'x' }), () => copy(stranger, { scenarioId: first.id, name: 'x' }), () => rename(stranger, { scenarioId: first.id, name: 'x' }), () => remove(stranger, first.id), () => why(stranger, { scenarioId: first.id, limit: 5 }),
    () => compare(stranger, [another.first.id, first.id]), () => sendHolds(stranger, sending(first)), () => replan(stranger, { scenarioId: first.id, version: 1 }), () => walk(stranger, { scenarioId: first.id, version: 1, by: -1 }), () => read(trio, plan.id),
  ]) expect(await codeOf(no())).toBe('not_found');
  expect((await list(stranger)).map(({ id, artists: cast }) => [id, cast])).toEqual([[another.plan.id, ['Les other']]]);
  await cancel(booker, run.runId);
});

test('a question holds the halls that fit, their free days and what they could pay (TO-01, TO-04)', async () => {
  await world.db.show.create({ data: { id: 'shw_taken', orgId: 'org_other', stageOrgId: hallOf(1), title: 'Autre', day: fromDay('2027-04-16'), startTime: '20:30', place: 'Salle de Rennes', city: 'Rennes' } });
  await world.db.dayMark.create({ data: { orgId: 'org_trio', day: fromDay('2027-04-20'), state: 'busy' } });
  await world.db.exclusivity.create({ data: { id: 'exc_1', orgId: 'org_trio', place: 'Lyon', lat: 45.764, lng: 4.8357, km: 20, from: fromDay('2027-04-01'), until: fromDay('2027-04-30') } });
  const { plan } = await begin();
  const bids = plan.bids.filter((bid) => bid.artist === 'org_trio');
  expect(plan.venues.map(({ id }) => id)).toEqual(expect.arrayContaining(TOWNS.map((_, i) => hallOf(i))));
  expect(bids.find(({ venue }) => venue === hallOf(0))).toMatchObject({ priceMinor: 90_000, standing: 'found' });
  const days = (venue: string) => bids.find((bid) => bid.venue === venue)?.days ?? [];
  // From 20 March to 30 June, over the night in which the clocks change.
  expect(days(hallOf(0))).toHaveLength(103);
  expect(new Set(days(hallOf(0))).size).toBe(103);
  expect(days(hallOf(0))).toContain('2027-03-28');
  expect(days(hallOf(1))).not.toContain('2027-04-16');
  expect(days(hallOf(5)).filter((day) => day.startsWith('2027-04'))).toEqual([]);
  expect(plan.artists.find(({ id }) => id === 'org_trio')).toMatchObject({ people: 3, floorMinor: 60_000, audience: 'jazz', busy: ['2027-04-20'], carriage: { kind: 'van' } });
  expect(plan.holidays).toEqual(expect.arrayContaining([{ zone: 'FR-B', kind: 'school', from: '2027-04-18', until: '2027-05-02' }, { zone: 'FR', kind: 'public', from: '2027-05-01', until: '2027-05-01' }]));
  const autumn = await begin(booker, ['org_duo'], { from: '2027-10-30', until: '2027-11-01' });
  expect(autumn.plan.bids[0]?.days).toEqual(['2027-10-30', '2027-10-31', '2027-11-01']);
});

test('a price leaves what we and the booker take of it: of an agent, its share of the wages (ES-19, FEE-01)', async () => {
  const { plan } = await begin();
  const before = plan.artists.find(({ id }) => id === 'org_duo')?.commissionBps ?? Number.NaN;
  await world.db.representationTerms.create({ data: { id: 'trm_1', representationId: 'rep_org_bookerorg_duo', capacity: 'agent', bps: 1_000, wageBps: 6_000, missions: 'Engagements', reporting: 'Par mois', status: 'agreed', proposedBy: 'booker', proposedUser: 'usr_booker', proposedAt: noon, answeredUser: 'usr_test', answeredAt: noon } });
  expect((await read(booker, plan.id)).artists.find(({ id }) => id === 'org_duo')?.commissionBps).toBe(before + 600);
});

test('what cannot be looked at is left out and named: another currency, at sea, nowhere, twice, outside of the period (TO-04)', async () => {
  const twice = { showDay: '2027-05-14', email: 'same@ask.example', lat: 46.67, lng: 5.55 };
  await ask('right', { seasonUntil: '2027-05-20' });
  await ask('swiss', { currency: 'CHF' });
  await ask('sea', { lat: 46.5, lng: -6.5 });
  await ask('nowhere', { lat: null, lng: null, insee: '' });
  await ask('middle', { lat: null, lng: null });
  await ask('one', twice);
  await ask('two', twice);
  await ask('late', { showDay: '2027-09-14' });
  const { plan } = await begin();
  expect(plan.leftOut).toEqual(expect.arrayContaining([
    { name: 'Chez swiss', reason: 'currency' }, { name: 'Chez sea', reason: 'place_unknown' }, { name: 'Chez nowhere', reason: 'place_unknown' }, { name: 'Chez two', reason: 'twice' }, { name: 'Chez late', reason: 'no_day' },
  ]));
  expect(plan.leftOut.filter(({ name }) => ['Chez right', 'Chez middle', 'Chez one'].includes(name))).toEqual([]);
  expect(plan.bids.find(({ bookingId }) => bookingId === 'bkg_right')).toMatchObject({ standing: 'asked', priceMinor: 90_000, days: ['2027-05-14', '2027-05-15', '2027-05-16', '2027-05-17', '2027-05-18', '2027-05-19', '2027-05-20'] });
  expect(plan.bids[0]).toMatchObject({ order: 0, standing: 'asked' });
  await world.db.booking.updateMany({ where: { id: { in: ['bkg_right', 'bkg_swiss', 'bkg_sea', 'bkg_nowhere', 'bkg_middle', 'bkg_one', 'bkg_two', 'bkg_late'] } }, data: { status: 'declined' } });
});

test('a stop by hand stands at a town, and nobody can be sent a hold for it (TO-16)', async () => {
  const { plan, first } = await begin();
  const stop = { planId: plan.id, artist: 'org_trio', name: 'Chez des amis', insee: '39013', priceMinor: 40_000, days: ['2027-04-22'], capacity: 60 };
  expect(await codeOf(addStop(booker, { ...stop, insee: '99999' }))).toBe('input_invalid');
  expect(await codeOf(addStop(booker, { ...stop, artist: 'org_other' }))).toBe('input_invalid');
  expect(await codeOf(addStop(stranger, stop))).toBe('not_found');
  const with_ = await addStop(booker, stop);
  const own = with_.venues.find(({ name }) => name === 'Chez des amis');
  expect(with_.spots[own?.place ?? -1]).toMatchObject({ city: 'Arbois', insee: '39013' });
  const view = await add(first, at(own?.id ?? '', '2027-04-22'));
  expect((await sendHolds(booker, sending(view, 'possible'))).each).toEqual([{ ...at(own?.id ?? '', '2027-04-22'), state: 'refused', bookingId: null, code: 'tour_stop_unasked' }]);
  expect((await removeStop(booker, { planId: plan.id, id: own?.id ?? '' })).venues.some(({ name }) => name === 'Chez des amis')).toBe(false);
  expect(planned(await scenario(booker, first.id))).toEqual([]);
});

test('where an artist is asked for is shown to whoever plans for it: counts of towns, and no one of those who asked (TO-18, ID-22)', async () => {
  const { plan } = await begin(booker, ['org_duo']);
  const wish = (id: string, over: object) => world.db.wish.create({ data: { id, orgId: 'org_duo', asker: 'fan', email: '', locale: 'fr', insee: '21231', city: 'Dijon', country: 'FR', lat: 47.322, lng: 5.0415, createdAt: noon, ...over } });
  const asked = { asker: 'organiser', name: 'Jo', organisation: 'Chez Jo', kind: 'venue' };
  await wish('wsh_a', {});
  await wish('wsh_b', {});
  await wish('wsh_c', { ...asked, email: 'jo@near.example', insee: '69123', city: 'Lyon', lat: 45.764, lng: 4.8357 });
  await wish('wsh_d', { ...asked, email: 'no@near.example', status: 'declined', insee: '33063', city: 'Bordeaux' });
  await wish('wsh_e', { orgId: 'org_trio' });
  expect(await demand(booker, plan.id)).toEqual([
    { artist: 'org_duo', city: 'Lyon', country: 'FR', lat: 45.764, lng: 4.8357, fans: 0, organisers: 1 }, { artist: 'org_duo', city: 'Dijon', country: 'FR', lat: 47.322, lng: 5.0415, fans: 2, organisers: 0 },
  ]);
  expect(await codeOf(demand(stranger, plan.id))).toBe('not_found');
});

test('a change by hand is reckoned at once, taken back and done again, and a new one cuts what was taken back (TO-15, TO-16)', async () => {
  const { first } = await begin();
  expect(first).toMatchObject({ version: 1, undo: false, redo: false });
  const one = await add(first, at(hallOf(0), '2027-04-10'));
  expect(one).toMatchObject({ version: 2, undo: true, redo: false, tour: { sums: { shows: 1 } } });
  const two = await add(one, at(hallOf(2), '2027-04-12'));
  const back = await walk(booker, { scenarioId: two.id, version: two.version, by: -1 });
  expect(planned(back)).toEqual(['org_trio org_hall0 2027-04-10']);
  expect(back).toMatchObject({ version: 4, undo: true, redo: true });
  const again = await walk(booker, { scenarioId: back.id, version: back.version, by: 1 });
  expect(planned(again)).toEqual(planned(two));
  const start = await walk(booker, { scenarioId: back.id, version: (await walk(booker, { scenarioId: back.id, version: again.version, by: -1 })).version, by: -1 });
  expect(start).toMatchObject({ undo: false, redo: true, tour: { sums: { shows: 0 } } });
  expect(await codeOf(walk(booker, { scenarioId: start.id, version: start.version, by: -1 }))).toBe('tour_no_step');
  const cut = await add(start, at(hallOf(3), '2027-04-15'));
  expect(cut).toMatchObject({ undo: true, redo: false });
  expect(await codeOf(walk(booker, { scenarioId: cut.id, version: cut.version, by: 1 }))).toBe('tour_no_step');
  const repriced = await edit(booker, { scenarioId: cut.id, version: cut.version, edit: { kind: 'price', artist: 'org_trio', venue: hallOf(3), priceMinor: 123_400 }, repair: true });
  expect(repriced.tour.stops.find(({ venue }) => venue === hallOf(3))?.priceMinor).toBe(123_400);
});

test('of two tabs that change one version one does, the other is told, and nothing is lost (TO-16)', async () => {
  const { first } = await begin();
  const tabs = await Promise.all(TOWNS.map((_, i) => codeOf(add(first, at(hallOf(i), '2027-05-05')))));
  expect(tabs.filter((code) => code === 'done')).toHaveLength(1);
  expect(tabs.filter((code) => code === 'plan_changed')).toHaveLength(TOWNS.length - 1);
  const now = await scenario(booker, first.id);
  expect(now).toMatchObject({ version: 2, tour: { sums: { shows: 1 } } });
  await expect(add(first, at(hallOf(0), '2027-05-20'))).rejects.toMatchObject({ code: 'plan_changed', details: { version: '2' } });
  expect(await codeOf(walk(booker, { scenarioId: first.id, version: 1, by: -1 }))).toBe('plan_changed');
  expect(await codeOf(sendHolds(booker, sending(first)))).toBe('plan_changed');
  expect(await codeOf(search(booker, { scenarioId: first.id, version: 1, count: 3, effort: 'quick' }))).toBe('plan_changed');
});

test('scenarios are copied, named, put side by side and removed, but for the last one (TO-14)', async () => {
  const { plan, first } = await begin();
  const full = await add(first, at(hallOf(0), '2027-04-10'));
  const other = await copy(booker, { scenarioId: full.id, name: 'Autre' });
  expect(planned(other)).toEqual(planned(full));
  const more = await add(other, at(hallOf(1), '2027-04-14'));
  expect((await compare(booker, [full.id, more.id])).map(({ name, sums }) => [name, sums.shows])).toEqual([['Premier jet', 1], ['Autre', 2]]);
  // Nantes and Grenoble on one day: the comparison says how many do not go together.
  const third = await copy(booker, { scenarioId: full.id, name: 'Trop' });
  await add(third, at(hallOf(7), '2027-04-10'));
  expect((await compare(booker, [full.id, third.id])).map(({ conflicts }) => conflicts)).toEqual([0, 1]);
  await remove(booker, third.id);
  await rename(booker, { scenarioId: other.id, name: 'Le bon' });
  expect((await read(booker, plan.id)).scenarios.map(({ name, shows }) => [name, shows])).toEqual([['Premier jet', 1], ['Le bon', 2]]);
  await remove(booker, full.id);
  expect(await codeOf(remove(booker, other.id))).toBe('input_invalid');
  expect((await why(booker, { scenarioId: other.id, artist: 'org_trio', limit: 2 })).unused).toHaveLength(2);
});

test('a search says how far it is and what it found, the same for the same seed, and what is kept becomes a scenario (TO-06)', async () => {
  const { plan, first } = await beginSmall();
  const runs = await Promise.all([1, 2].map(() => search(booker, { scenarioId: first.id, version: 1, count: 3, effort: 'quick', seed: 7 })));
  const [one = '', two = ''] = runs.map(({ runId }) => runId).sort();
  const follower = follow(booker, two, undefined);
  expect((await follower.next()).value).toMatchObject({ kind: 'progress', spent: 0, waits: 1 });
  await follower.return(undefined);
  const told = [heard(one), heard(two)];
  await world.drain({}, toursTasks);
  const [firsts = [], seconds = []] = await Promise.all(told);
  expect(firsts.some(({ kind }) => kind === 'progress')).toBe(true);
  const [done, same] = [firsts.at(-1), seconds.at(-1)];
  expect(done).toMatchObject({ kind: 'done', cancelled: false });
  expect(same).toEqual(done);
  const variants = done?.kind === 'done' ? done.variants : [];
  expect(variants.length).toBeGreaterThan(0);
  const kept = await keep(booker, { runId: one, index: 0, name: 'Variante' });
  expect(planned(kept)).toEqual(variants[0]?.stops.filter(({ standing }) => standing !== 'fixed').map(({ artist: of, venue, day }) => `${of} ${venue} ${day}`).sort());
  expect((await read(booker, plan.id)).scenarios.map(({ name }) => name)).toEqual(['Premier jet', 'Variante']);
  expect(await codeOf(keep(booker, { runId: one, index: 9, name: 'x' }))).toBe('tour_search_open');
  // Heard again it is said again, at once.
  expect(await heard(one)).toEqual([done]);
}, 60_000);

test('a search ends when it is cancelled, whether it waits or runs, and no more than three are asked at once (TO-06)', async () => {
  const { first } = await beginSmall();
  const asked = () => search(booker, { scenarioId: first.id, version: 1, count: 5, effort: 'thorough' });
  const [running, waiting, third] = [await asked(), await asked(), await asked()];
  expect(await codeOf(asked())).toBe('tour_searching');
  await cancel(booker, waiting.runId);
  expect(await heard(waiting.runId)).toEqual([{ kind: 'done', variants: [], missed: [], bindings: [], cancelled: true }]);
  await cancel(booker, third.runId);
  const work = runSearch(world.ctx, running.runId);
  for await (const one of follow(booker, running.runId, undefined)) if (one.kind === 'progress' && one.waits === undefined) { await cancel(booker, running.runId); break; }
  await work;
  expect((await heard(running.runId)).at(-1)).toMatchObject({ kind: 'done', cancelled: true });
  await world.drain({}, toursTasks);
}, 60_000);

test('a search whose thread is killed is searched again; one whose process died is taken up, and given up after three times (TO-06)', async () => {
  const { first } = await beginSmall();
  const { runId } = await search(booker, { scenarioId: first.id, version: 1, count: 3, effort: 'quick', seed: 7 });
  const work = runSearch(world.ctx, runId);
  await new Promise((resolve) => { setTimeout(resolve, 60); });
  searchersOf(world.ctx).kill();
  await work;
  expect((await heard(runId)).at(-1)).toMatchObject({ kind: 'done', cancelled: false });

  const dead = await search(booker, { scenarioId: first.id, version: 1, count: 3, effort: 'quick', seed: 7 });
  await world.db.tourRun.update({ where: { id: dead.runId }, data: { state: 'running', begun: 1, heartbeatAt: new Date() } });
  // It may live yet: whoever comes at once leaves it alone, and looks again later.
  await runSearch(world.ctx, dead.runId);
  expect(await world.db.tourRun.findUniqueOrThrow({ where: { id: dead.runId } })).toMatchObject({ state: 'running', begun: 1 });
  await world.db.tourRun.update({ where: { id: dead.runId }, data: { heartbeatAt: new Date(Date.now() - 60_000) } });
  await runSearch(world.ctx, dead.runId);
  expect(await world.db.tourRun.findUniqueOrThrow({ where: { id: dead.runId } })).toMatchObject({ state: 'done', begun: 2 });

  const deadly = await search(booker, { scenarioId: first.id, version: 1, count: 3, effort: 'quick' });
  await world.db.tourRun.update({ where: { id: deadly.runId }, data: { state: 'running', begun: 3, heartbeatAt: new Date(Date.now() - 60_000) } });
  await runSearch(world.ctx, deadly.runId);
  expect(await heard(deadly.runId)).toEqual([{ kind: 'failed', code: 'tour_search_failed' }]);
}, 60_000);

test('holds of a whole tour land in the inbox of each venue, once, whoever asks twice (CL-02, TO-19)', async () => {
  const { plan, first } = await begin();
  await ask('asked', { showDay: '2027-04-24', budget: 95_000n });
  await read(booker, plan.id);
  const view = await withStops(first, [at(hallOf(0), '2027-04-09'), at(hallOf(2), '2027-04-11', 'org_duo'), at('bkg_asked', '2027-04-24')]);
  const once = sending(view);
  const [sent, again] = await Promise.all([sendHolds(booker, once), sendHolds(booker, once)]);
  expect(sent).toMatchObject({ sent: 3, refused: 0 });
  expect(again).toEqual(sent);
  expect(await sendHolds(booker, once)).toEqual(sent);
  expect(await codeOf(sendHolds(booker, { ...once, days: 3 }))).toBe('key_reused');
  // Another key over the same stops holds nothing twice.
  expect((await sendHolds(booker, sending(view))).each.map(({ bookingId }) => bookingId)).toEqual(sent.each.map(({ bookingId }) => bookingId));
  const { bookingId } = sent.each.find(({ venue }) => venue === hallOf(0)) ?? { bookingId: null };
  expect(await world.db.hold.findMany({ where: { bookingId: bookingId ?? '' } })).toMatchObject([{ orgId: 'org_trio', buyerOrgId: hallOf(0), rank: 1, status: 'live', day: fromDay('2027-04-09') }]);
  expect(await world.db.offer.findMany({ where: { bookingId: bookingId ?? '' } })).toMatchObject([{ proposedBy: 'artist', status: 'sent', priceMinor: 90_000n, showDay: fromDay('2027-04-09') }]);
  expect((await readInbox(world.as({ orgId: hallOf(0) }), 'open')).find(({ id }) => id === bookingId)).toMatchObject({ side: 'buyer', showDay: '2027-04-09', city: 'Nantes', yours: true, status: 'negotiating' });
  expect(await world.db.offer.findMany({ where: { bookingId: 'bkg_asked' } })).toMatchObject([{ priceMinor: 95_000n }]);
  const now = await scenario(booker, view.id);
  expect(now.sent.map(({ state, venue }) => `${venue} ${state}`).sort()).toEqual(['bkg_asked held', 'org_hall0 held', 'org_hall2 held']);
  expect(await world.db.fact.count({ where: { topic: 'tour.sent', subject: plan.id } })).toBe(2);
  // Moved and sent again, the old day is free.
  const moved = await edit(booker, { scenarioId: now.id, version: now.version, edit: { kind: 'move', visit: at(hallOf(0), '2027-04-09'), to: '2027-04-18' }, repair: false });
  expect(await sendHolds(booker, sending(moved))).toMatchObject({ sent: 3, refused: 0 });
  expect((await world.db.hold.findMany({ where: { bookingId: bookingId ?? '' }, orderBy: { day: 'asc' } })).map(({ status }) => status)).toEqual(['released', 'live']);
  await world.drain({ tours: toursHeard });
  expect((await scenario(booker, view.id)).sent.find(({ venue }) => venue === hallOf(0))).toMatchObject({ state: 'held', day: '2027-04-18' });
});

test('all or none: one day that is taken keeps every hold back; as many as possible: each refusal has its reason (CL-02, CL-04)', async () => {
  const { first } = await begin();
  const view = await withStops(first, [at(hallOf(1), '2027-05-04'), at(hallOf(3), '2027-05-07'), at(hallOf(4), '2027-05-10')]);
  // Elsewhere, the day is sold meanwhile, and another one is held.
  await world.db.show.create({ data: { id: 'shw_gone', orgId: 'org_trio', title: 'Ailleurs', day: fromDay('2027-05-07'), startTime: '20:30', place: 'Ailleurs', city: 'Metz', lat: 49.1193, lng: 6.1757, insee: '57463' } });
  const count = async () => [await world.db.booking.count(), await world.db.hold.count(), await world.db.offer.count(), await world.db.tourSent.count(), await world.db.fact.count()];
  const before = await count();
  const none = await sendHolds(booker, sending(view, 'all'));
  expect(none.each.map(({ venue, state, code }) => [venue, state, code])).toEqual([[hallOf(1), 'refused', 'tour_held_back'], [hallOf(3), 'refused', 'date_taken'], [hallOf(4), 'refused', 'tour_held_back']]);
  expect(none).toMatchObject({ sent: 0, refused: 3 });
  expect(await count()).toEqual(before);
  const possible = sending(view, 'possible');
  const some = await sendHolds(booker, possible);
  expect(await sendHolds(booker, possible)).toEqual(some);
  expect(some.each.map(({ venue, state, code }) => [venue, state, code])).toEqual([[hallOf(1), 'held', ''], [hallOf(3), 'refused', 'date_taken'], [hallOf(4), 'held', '']]);
  expect(await codeOf(sendHolds(booker, sending((await begin()).first)))).toBe('tour_nothing_to_hold');
});

test('of two bookers who send holds for one day at once, one has all of it (CL-02, CL-03)', async () => {
  const [ours, theirs] = [await begin(booker, ['org_trio']), await begin(rival, ['org_trio'])];
  const mine = await withStops(ours.first, [at(hallOf(6), '2027-06-04'), at(hallOf(7), '2027-06-06')]);
  const other = await withStops(theirs.first, [at(hallOf(5), '2027-06-04'), at(hallOf(4), '2027-06-06')], rival);
  const [one, two] = await Promise.all([sendHolds(booker, sending(mine)), sendHolds(rival, sending(other))]);
  expect([one.sent, two.sent].sort()).toEqual([0, 2]);
  const lost = one.sent === 0 ? one : two;
  expect(lost.each.map(({ code }) => code)).toEqual(['tour_day_held', 'tour_day_held']);
  expect(await world.db.hold.count({ where: { orgId: 'org_trio', day: { in: [fromDay('2027-06-04'), fromDay('2027-06-06')] }, status: 'live' } })).toBe(2);
});

test('what becomes of a hold is followed: agreed it is a fixed date; fallen it is told, and the tour is planned anew around what stands (CL-02, TO-20)', async () => {
  const { plan, first } = await begin(booker, ['org_duo']);
  const view = await withStops(first, [at(hallOf(0), '2027-06-10', 'org_duo'), at(hallOf(1), '2027-06-12', 'org_duo'), at(hallOf(2), '2027-06-15', 'org_duo'), at(hallOf(3), '2027-06-18', 'org_duo')]);
  const sent = await sendHolds(booker, sending(view));
  const offerOf = async (venue: string) => (await world.db.offer.findFirstOrThrow({ where: { bookingId: sent.each.find((one) => one.venue === venue)?.bookingId ?? '', status: 'sent' } })).id;
  await acceptOffer(world.as({ orgId: hallOf(0) }), await offerOf(hallOf(0)));
  await declineOffer(world.as({ orgId: hallOf(1) }), await offerOf(hallOf(1)), 'Complet');
  const { id: holdId } = await world.db.hold.findFirstOrThrow({ where: { bookingId: sent.each.find(({ venue }) => venue === hallOf(2))?.bookingId ?? '', status: 'live' } });
  world.at('2027-03-16T13:00:00Z');
  await expireHold(world.ctx, holdId);
  world.at(noon);
  await world.drain({ tours: toursHeard });
  await world.drain({ tours: toursHeard });
  const now = await scenario(booker, view.id);
  expect(now.sent.map(({ venue, state }) => `${venue} ${state}`).sort()).toEqual(['org_hall0 agreed', 'org_hall1 declined', 'org_hall2 lapsed', 'org_hall3 held']);
  expect(now.tour.stops.find(({ venue }) => venue === hallOf(0))).toMatchObject({ standing: 'fixed', day: '2027-06-10' });
  expect(await codeOf(edit(booker, { scenarioId: now.id, version: now.version, edit: { kind: 'move', visit: at(hallOf(0), '2027-06-10', 'org_duo'), to: '2027-06-11' }, repair: false }))).toBe('tour_date_signed');
  expect((await world.db.fact.findMany({ where: { topic: 'tour.fell', subject: plan.id } })).map(({ payload }) => (payload as { why: string }).why).sort()).toEqual(['declined', 'lapsed']);
  const mails = await world.db.mail.findMany({ where: { orgId: 'org_booker', cause: { startsWith: `tour.fell:${plan.id}` } }, orderBy: { cause: 'asc' } });
  expect(mails.map(({ to }) => to)).toEqual(['salome@tours.example', 'salome@tours.example']);
  expect(mails.map(({ text }) => text).join()).toContain(`/tours?plan=${plan.id}`);
  const anew = await replan(booker, { scenarioId: now.id, version: now.version });
  expect(planned(anew)).toContain('org_duo org_hall3 2027-06-18');
  expect(planned(anew).filter((stop) => stop.includes(hallOf(1)) || stop.includes(`${hallOf(2)} 2027-06-15`))).toEqual([]);
  expect(anew.forbidden).toEqual(expect.arrayContaining([{ artist: 'org_duo', venue: hallOf(1), day: null }]));
  expect(await world.db.hold.count({ where: { bookingId: sent.each.find(({ venue }) => venue === hallOf(1))?.bookingId ?? '', status: 'live' } })).toBe(0);
  expect(planned(await walk(booker, { scenarioId: anew.id, version: anew.version, by: -1 }))).toHaveLength(3);
});

test('an artist who leaves takes the stops along, and nobody plans with their days any more (ID-22)', async () => {
  const { first } = await begin();
  const view = await withStops(first, [at(hallOf(5), '2027-05-25'), at(hallOf(6), '2027-05-27', 'org_duo')]);
  await world.db.representation.updateMany({ where: { bookerOrgId: 'org_booker', artistOrgId: 'org_duo' }, data: { until: noon } });
  await read(booker, view.planId);
  expect(planned(await scenario(booker, view.id))).toEqual(['org_trio org_hall5 2027-05-25']);
  expect((await read(booker, view.planId)).artists.map(({ id }) => id)).toEqual(['org_trio']);
});
