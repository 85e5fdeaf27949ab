import { expect, test } from 'vitest';
import { acceptOffer, declineOffer, readInbox, sendOffer } from '../booking/service.ts';
import { expireHold } from '../calendar/service.ts';
import { at, codeOf, hallOf, noon, openTours, planned } from '../core/test-tours.ts';
import { fromDay } from '../core/time.ts';
import { copy, edit, read, scenario, walk } from '../tours/service.ts';
import { sendingsHeard } from './jobs.ts';
import { followAnswers, replan, sendHolds, type AnswerView } from './service.ts';

const { world, booker, rival, stranger, begin, add, withStops, ask, sending } = await openTours();

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
  await world.drain({ tours: sendingsHeard });
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

test('two scenarios that want one venue on two days at once open one booking, with one hold (CL-02)', async () => {
  const { plan, first } = await begin(booker, ['org_duo']);
  const other = await copy(booker, { scenarioId: first.id, name: 'Autre' });
  const [mine, theirs] = [await add(first, at(hallOf(7), '2027-06-22', 'org_duo')), await add(other, at(hallOf(7), '2027-06-23', 'org_duo'))];
  const sent = await Promise.all([sendHolds(booker, sending(mine)), sendHolds(booker, sending(theirs))]);
  expect(sent.map((one) => one.sent)).toEqual([1, 1]);
  expect(await world.db.booking.count({ where: { orgId: 'org_duo', buyerOrgId: hallOf(7) } })).toBe(1);
  expect(await world.db.hold.count({ where: { orgId: 'org_duo', buyerOrgId: hallOf(7), status: 'live' } })).toBe(1);
  expect((await scenario(booker, first.id)).sent).toHaveLength(1);
  expect(await world.db.tourSent.count({ where: { planId: plan.id } })).toBe(1);
});

test('nothing is offered for nothing, and who waits for an answer about another day hears of no second one (CL-02)', async () => {
  await world.db.epk.update({ where: { orgId: 'org_duo' }, data: { feeMinMinor: 0n, feeMaxMinor: 0n } });
  const free = await ask('free', { orgId: 'org_duo', budget: 0n, showDay: '2027-06-28' });
  const waits = await ask('waits', { orgId: 'org_duo', showDay: '2027-06-26', seasonUntil: '2027-06-27' });
  await world.db.offer.create({ data: { id: 'off_waits', bookingId: waits, orgId: 'org_duo', buyerOrgId: 'org_askwaits', proposedBy: 'buyer', showDay: fromDay('2027-06-26'), priceMinor: 80_000n, currency: 'EUR', expiresAt: new Date('2027-03-20T12:00:00Z'), createdAt: noon } });
  const { first } = await begin(booker, ['org_duo']);
  const view = await withStops(first, [at(free, '2027-06-28', 'org_duo'), at(waits, '2027-06-27', 'org_duo')]);
  expect((await sendHolds(booker, sending(view, 'possible'))).each.map(({ venue, state, code }) => [venue, state, code])).toEqual([[waits, 'refused', 'offer_open'], [free, 'refused', 'tour_no_price']]);
  expect(await world.db.hold.count({ where: { bookingId: { in: [free, waits] } } })).toBe(0);
  await world.db.booking.updateMany({ where: { id: { in: [free, waits] } }, data: { status: 'declined' } });
  await world.db.epk.update({ where: { orgId: 'org_duo' }, data: { feeMinMinor: 60_000n, feeMaxMinor: 120_000n } });
});

test('who said no is not asked again by the same tour, and a day that is talked about anew is not given back (CL-02, TO-20)', async () => {
  const { first } = await begin(booker, ['org_duo']);
  const view = await withStops(first, [at(hallOf(4), '2027-05-20', 'org_duo'), at(hallOf(5), '2027-05-24', 'org_duo')]);
  const sent = await sendHolds(booker, sending(view));
  const bookingOf = (venue: string) => sent.each.find((one) => one.venue === venue)?.bookingId ?? '';
  for (const venue of [hallOf(4), hallOf(5)]) await declineOffer(world.as({ orgId: venue }), (await world.db.offer.findFirstOrThrow({ where: { bookingId: bookingOf(venue), status: 'sent' } })).id, 'Complet');
  await world.drain({ tours: sendingsHeard });
  await sendOffer(booker, bookingOf(hallOf(5)), { showDay: '2027-05-24', startTime: '20:30', price: { minor: 70_000n, currency: 'EUR' }, terms: '', expiresAt: new Date('2027-03-20T12:00:00Z') });
  expect((await sendHolds(booker, sending(view, 'possible'))).each.find(({ venue }) => venue === hallOf(4))).toMatchObject({ state: 'refused', code: 'tour_said_no' });
  expect(await world.db.offer.count({ where: { bookingId: bookingOf(hallOf(4)) } })).toBe(1);
  const now = await scenario(booker, view.id);
  await replan(booker, { scenarioId: now.id, version: now.version });
  const live = (venue: string) => world.db.hold.count({ where: { bookingId: bookingOf(venue), status: 'live' } });
  expect([await live(hallOf(4)), await live(hallOf(5))]).toEqual([0, 1]);
});

test('a no to a hold that was sent anew is a no, although the one before it is heard of later (CL-02, TO-20)', async () => {
  const { first } = await begin(booker, ['org_duo']);
  const view = await withStops(first, [at(hallOf(3), '2027-05-12', 'org_duo')]);
  await sendHolds(booker, sending(view));
  const moved = await edit(booker, { scenarioId: view.id, version: view.version, edit: { kind: 'move', visit: at(hallOf(3), '2027-05-12', 'org_duo'), to: '2027-05-13' }, repair: false });
  const { each: [one] } = await sendHolds(booker, sending(moved));
  await declineOffer(world.as({ orgId: hallOf(3) }), (await world.db.offer.findFirstOrThrow({ where: { bookingId: one?.bookingId ?? '', status: 'sent' } })).id, 'Complet');
  await world.drain({ tours: sendingsHeard });
  expect((await scenario(booker, view.id)).sent.map(({ day, state }) => [day, state])).toEqual([['2027-05-13', 'declined']]);
});

test('who plans for an artist no longer hears nothing of their dates, and plans on for the others (ID-22, TO-20)', async () => {
  const { plan, first } = await begin();
  const view = await withStops(first, [at(hallOf(6), '2027-06-14'), at(hallOf(6), '2027-06-25', 'org_duo')]);
  const sent = await sendHolds(booker, sending(view));
  expect(sent).toMatchObject({ sent: 2 });
  const representation = { where: { bookerOrgId: 'org_booker', artistOrgId: 'org_duo' } };
  await world.db.representation.updateMany({ ...representation, data: { until: noon } });
  for (const { bookingId } of sent.each) await declineOffer(world.as({ orgId: hallOf(6) }), (await world.db.offer.findFirstOrThrow({ where: { bookingId: bookingId ?? '', status: 'sent' } })).id, 'Complet');
  await world.drain({ tours: sendingsHeard });
  expect(await world.db.mail.count({ where: { cause: { startsWith: `tour.fell:${plan.id}` } } })).toBe(1);
  expect((await world.db.fact.findMany({ where: { topic: 'tour.fell', subject: plan.id } })).map(({ payload }) => (payload as { artistOrgId: string }).artistOrgId)).toEqual(['org_trio']);
  const now = await scenario(booker, view.id);
  expect(now.sent.map(({ artist: of, state }) => [of, state])).toEqual([['org_trio', 'declined']]);
  expect((await replan(booker, { scenarioId: now.id, version: now.version })).forbidden).toEqual([{ artist: 'org_trio', venue: hallOf(6), day: null }]);
  await world.db.representation.updateMany({ ...representation, data: { until: null } });
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
  await world.drain({ tours: sendingsHeard });
  await world.drain({ tours: sendingsHeard });
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

test('answers of places are told to whoever looks at the plan, and who said no does not keep the others back (CL-02, TO-20)', async () => {
  const { plan, first } = await begin(booker, ['org_duo']);
  expect(await codeOf(followAnswers(stranger, plan.id, undefined).next())).toBe('not_found');
  const view = await withStops(first, [at(hallOf(4), '2027-04-02', 'org_duo'), at(hallOf(5), '2027-04-06', 'org_duo')]);
  const [looking, told] = [new AbortController(), [] as string[][]];
  const lines = (all: readonly AnswerView[]): string[] => all.map(({ venue, day, state }) => `${venue} ${day} ${state}`);
  const listening = (async () => { for await (const all of followAnswers(booker, plan.id, looking.signal)) told.push(lines(all)); })();
  await expect.poll(() => told).toEqual([[]]);
  const { each } = await sendHolds(booker, sending(view));
  expect(each.map(({ venue, state, code }) => [venue, state, code])).toEqual([[hallOf(4), 'held', ''], [hallOf(5), 'held', '']]);
  await expect.poll(() => told.at(-1)).toEqual(['org_hall4 2027-04-02 held', 'org_hall5 2027-04-06 held']);
  const { id } = await world.db.offer.findFirstOrThrow({ where: { bookingId: each.find(({ venue }) => venue === hallOf(4))?.bookingId ?? '', status: 'sent' } });
  await declineOffer(world.as({ orgId: hallOf(4) }), id, 'Complet');
  await world.drain({ tours: sendingsHeard });
  await expect.poll(() => told.at(-1)).toEqual(['org_hall4 2027-04-02 declined', 'org_hall5 2027-04-06 held']);
  const now = await scenario(booker, view.id);
  expect(planned(now)).toContain('org_duo org_hall4 2027-04-02');
  expect((await sendHolds(booker, sending(now))).each.map(({ venue, state }) => `${venue} ${state}`)).toEqual(['org_hall5 held']);
  looking.abort();
  await listening;
});
