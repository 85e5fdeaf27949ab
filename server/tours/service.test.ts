import { expect, test } from 'vitest';
import { at, codeOf, hallOf, noon, openTours, planned, TOWNS } from '../core/test-tours.ts';
import { fromDay } from '../core/time.ts';
import { artists } from '../prospects/service.ts';
import { cancel, follow, keep, search } from '../searches/service.ts';
import { replan, sendHolds } from '../sendings/service.ts';
import { toursRouter } from './router.ts';
import { usualWeights } from './question.ts';
import { addList, addStop, amend, compare, copy, create, demand, edit, list, read, remove, removeStop, removeStops, rename, scenario, walk, why } from './service.ts';

const { world, booker, stranger, trio, begin, add, withStops, ask, sending } = await openTours();

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
    () => read(stranger, plan.id), () => scenario(stranger, first.id), () => add(first, at(hallOf(0), '2027-04-10'), stranger), () => search(stranger, { scenarioId: first.id, version: 1, count: 3, effort: 'quick' }), () => cancel(stranger, run.runId), () => follow(stranger, run.runId, undefined).next(),
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

test('a list of places is taken row by row, again without anything twice, and ten thousand of them as far as a tour goes (TO-25)', async () => {
  const { plan, first } = await begin();
  const { id: planId } = plan;
  const list2 = 'Lieu;Ville;CP;Cachet;Jauge;Dates\nChez Paul;Arbois;39600;900;120;22/04/2027\nChez Léa;Inconnueville;;900;;\nLa Grange;Bruxelles;;1 100;;';
  const listed = await addList(booker, { planId, artist: 'org_trio', content: list2 });
  expect({ ...listed, plan: null }).toEqual({ plan: null, fresh: 2, again: 0, beyond: 0, wrong: [{ line: 3, reason: 'town', said: 'Inconnueville' }], wrongRows: 1 });
  const [paul, grange] = ['Chez Paul', 'La Grange'].map((name) => listed.plan.venues.find((one) => one.name === name) ?? expect.fail());
  expect(listed.plan.bids.find(({ venue }) => venue === paul?.id)).toMatchObject({ artist: 'org_trio', priceMinor: 90_000, days: ['2027-04-22'] });
  expect(listed.plan.bids.find(({ venue }) => venue === grange?.id)?.days).toHaveLength(103);
  await add(first, at(paul?.id ?? '', '2027-04-22'));
  const again = await addList(booker, { planId, artist: 'org_trio', content: list2.replace(';900;120', ';950;120') });
  expect([again.fresh, again.again, again.plan.bids.find(({ venue }) => venue === paul?.id)?.priceMinor]).toEqual([0, 2, 95_000]);
  expect(planned(await scenario(booker, first.id))).toEqual([`org_trio ${paul?.id} 2027-04-22`]);

  expect(await codeOf(addList(stranger, { planId, artist: null, content: list2 }))).toBe('not_found');
  expect(await codeOf(addList(booker, { planId, artist: 'org_other', content: list2 }))).toBe('input_invalid');
  expect(await codeOf(addList(booker, { planId, artist: null, content: 'Chez Paul;Arbois;900' }))).toBe('tour_list_unknown');
  expect(await codeOf(addList(booker, { planId, artist: null, content: 'Lieu;Ville;Cachet\n"Chez Paul;Arbois;900' }))).toBe('tour_list_unreadable');
  const rows = (n: number) => `Lieu;CP;Cachet\n${Array.from({ length: n }, (_, i) => `Salle ${i};21000;${500 + i}`).join('\n')}`;
  expect(await codeOf(addList(booker, { planId, artist: null, content: rows(10_001) }))).toBe('tour_list_long');
  const most = await addList(booker, { planId, artist: 'org_trio', content: rows(10_000) });
  expect([most.fresh, most.beyond, most.wrongRows, most.plan.venues.length]).toEqual([1_998, 8_002, 0, 2_000]);
  // What is beyond a question is named; what was planned stays.
  expect(planned(await scenario(booker, first.id))).toEqual([`org_trio ${paul?.id} 2027-04-22`]);
  expect(await codeOf(removeStops(stranger, planId))).toBe('not_found');
  expect((await removeStops(booker, planId)).venues.some(({ id }) => id.startsWith('tst_'))).toBe(false);
}, 60_000);

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

test('of two tabs that change a plan itself one does, and the other is told (TO-16)', async () => {
  const { plan } = await begin();
  const change = (over: object) => amend(booker, { planId: plan.id, seen: plan.updatedAt, ...over });
  const codes = await Promise.all([codeOf(change({ artists: [{ id: 'org_trio' }] })), codeOf(change({ name: 'Autre' }))]);
  expect(codes.sort()).toEqual(['done', 'plan_changed']);
  const now = await read(booker, plan.id);
  expect(await codeOf(change({ name: 'Encore' }))).toBe('plan_changed');
  expect((await amend(booker, { planId: plan.id, seen: now.updatedAt, name: 'Encore' })).artists).toEqual(now.artists);
});

test('nobody drives for no time a day, nor takes a break at every moment: such limits are refused at the door (TO-04)', async () => {
  const { first } = await begin();
  const view = await add(first, at(hallOf(5), '2027-05-05'));
  const door = toursRouter.createCaller(booker);
  for (const wrong of [{ driveMinutes: 0 }, { breakAfter: 0 }, { driveMinutes: 0, breakAfter: 0, breakMinutes: 0 }, { driveMinutes: 59 }]) {
    await expect(door.edit({ scenarioId: view.id, version: view.version, edit: { kind: 'limits', limits: { ...view.limits, ...wrong } }, repair: true })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  }
  const least = { driveMinutes: 60, breakAfter: 60, breakMinutes: 0, restMinutes: 0, leastGap: 1, mostShows: 0, wantedShows: 0 };
  const { tour: { sums } } = await door.edit({ scenarioId: view.id, version: view.version, edit: { kind: 'limits', limits: least }, repair: true });
  expect(Object.values(sums).every((sum) => sum === null || Number.isSafeInteger(sum))).toBe(true);
});

test('however many ask for a plan at once, its question is read once for those who were too late, and once more for the rest (TO-17)', async () => {
  const { plan } = await begin();
  let readings = 0;
  const counted = new Proxy(world.db, { get: (db, name) => (name !== 'booking' ? Reflect.get(db, name) as unknown : new Proxy(db.booking, { get: (bookings, act) => { if (act === 'findMany') readings += 1; return Reflect.get(bookings, act) as unknown; } })) });
  const all = await Promise.all(Array.from({ length: 20 }, () => read({ ...booker, db: counted }, plan.id)));
  // A reading looks into the bookings three times.
  expect(readings).toBeLessThanOrEqual(2 * 3);
  expect(all.every((one) => one.bids.length === all[0]?.bids.length)).toBe(true);
  // Whoever writes and then reads sees what they wrote.
  await world.db.dayMark.create({ data: { orgId: 'org_duo', day: fromDay('2027-06-29'), state: 'busy' } });
  expect((await read(booker, plan.id)).artists.find(({ id }) => id === 'org_duo')?.busy).toContain('2027-06-29');
});

test('a plan opens in time although those who measure its roads take theirs (TO-24)', async () => {
  const slow: NonNullable<typeof booker.adapters.roads> = { name: 'osrm', most: { places: 2, legs: 1 }, rests: () => null, measure: async (from, to) => {
    await new Promise((resolve) => { setTimeout(resolve, 1_500); });
    return from.flatMap(() => to.map(() => 'no_way' as const));
  } };
  const began = performance.now();
  const plan = await create({ ...booker, adapters: { ...booker.adapters, roads: slow } }, { name: 'Lent', currency: 'EUR', artists: [{ id: 'org_trio' }], scenario: 'a', from: '2027-06-01', until: '2027-06-30' });
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(plan.blurred.map(({ reason }) => reason)).toEqual(['out_of_time']);
}, 40_000);

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

test('a tour begins with the wishes and the number of dates that were said, and with nothing to take back (TO-01, TO-18)', async () => {
  const plan = await create(booker, { name: 'Dix', from: '2027-04-01', until: '2027-05-31', currency: 'EUR', artists: [{ id: 'org_trio' }], scenario: 'Premier jet', weights: { ...usualWeights, hour: 2_500 }, wantedShows: 10 });
  expect(await scenario(booker, plan.scenarios[0]?.id ?? '')).toMatchObject({ version: 1, undo: false, redo: false, weights: { hour: 2_500 }, limits: { wantedShows: 10, mostShows: 10 } });
});

test('what a plan says of an artist, hours of an evening and festivals that anybody may know of are told (TO-08, TO-19, TO-03)', async () => {
  await world.db.organisation.create({ data: { id: 'org_fest', kind: 'festival', name: 'Les Nuits du Saule', email: 'fest@tours.example', createdAt: noon } });
  const played = { orgId: 'org_other', stageOrgId: 'org_fest', title: 'Les other', startTime: '20:30', place: 'Prairie', city: 'Annecy', lat: 45.9, lng: 6.13, status: 'planned' as const };
  await world.db.show.createMany({ data: [['shw_f1', '2027-04-16', true], ['shw_f2', '2027-04-18', true], ['shw_f3', '2027-04-28', false]].map(([id, day, published]) => ({ ...played, id: String(id), day: fromDay(String(day)), published: published === true })) });
  const plan = await create(booker, { name: 'Festivals', from: '2027-04-01', until: '2027-05-31', currency: 'EUR', artists: [{ id: 'org_trio', perKmMinor: 62, floorMinor: 80_000 }], scenario: 'Premier jet' });
  expect(plan.events).toEqual([{ name: 'Les Nuits du Saule', city: 'Annecy', lat: 45.9, lng: 6.13, from: '2027-04-16', until: '2027-04-18' }]);
  expect(plan.cast).toEqual([{ id: 'org_trio', perKmMinor: 62, floorMinor: 80_000 }]);
  expect(plan.artists).toMatchObject([{ floorMinor: 80_000, carriage: { perKmMinor: 62 } }]);
  const view = await add(await scenario(booker, plan.scenarios[0]?.id ?? ''), at(hallOf(0), '2027-04-22'));
  const noted = await edit(booker, { scenarioId: view.id, version: view.version, edit: { kind: 'hours', artist: 'org_trio', venue: hallOf(0), soundCheck: '17:30', doors: '20:00' }, repair: true });
  expect(noted.hours).toEqual([{ artist: 'org_trio', venue: hallOf(0), soundCheck: '17:30', doors: '20:00' }]);
  expect(planned(noted)).toEqual(planned(view));
  expect((await copy(booker, { scenarioId: view.id, name: 'Copie' })).hours).toEqual(noted.hours);
});

test('an artist who leaves takes the stops along, and nobody plans with their days any more (ID-22)', async () => {
  const { first } = await begin();
  const view = await withStops(first, [at(hallOf(5), '2027-05-25'), at(hallOf(6), '2027-05-27', 'org_duo')]);
  await world.db.representation.updateMany({ where: { bookerOrgId: 'org_booker', artistOrgId: 'org_duo' }, data: { until: noon } });
  // At once, and not when calendars are read again.
  expect(planned(await scenario(booker, view.id))).toEqual(['org_trio org_hall5 2027-05-25']);
  expect((await read(booker, view.planId)).artists.map(({ id }) => id)).toEqual(['org_trio']);
});
