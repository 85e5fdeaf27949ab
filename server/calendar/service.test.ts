import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { transact, type Context, type SignedIn } from '../core/context.ts';
import { tick } from '../core/deadlines.ts';
import { openTestWorld, type TestWorld } from '../core/test-world.ts';
import { fromDay, toDay } from '../core/time.ts';
import { calendarDue } from './jobs.ts';
import { availabilityOf, confirmDay, freeDay, markDays, placeHold, readAvailability, readCalendar, releaseHold } from './service.ts';

const day = '2027-07-14';
const noon = '2027-03-01T12:00:00Z';
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

let world: TestWorld;
let ctx: Context;
let artist: SignedIn;
let count = 0;

beforeAll(async () => {
  world = await openTestWorld();
  ({ ctx } = world);
});
afterAll(() => world.close());

/** A new artist for each test: days are scarce. */
beforeEach(async () => {
  world.at(noon);
  count += 1;
  artist = world.as({ orgId: await organisation('artist', `Artist ${count}`) });
  await ctx.db.epk.create({ data: { orgId: artist.actor.orgId, slug: `artist-${count}`, name: `Artist ${count}`, publishedAt: new Date(noon), updatedAt: new Date(noon) } });
});

async function organisation(kind: 'artist' | 'venue' | 'booker', name: string, timeZone = 'Europe/Paris'): Promise<string> {
  const id = ctx.newId('org');
  await ctx.db.organisation.create({ data: { id, kind, name, timeZone, email: `${id}@rooms.example`, createdAt: new Date(noon) } });
  return id;
}

/** A booking of this artist that a new buyer asked for. */
async function asked(showDay = day) {
  const [id, orgId, buyerOrgId] = [ctx.newId('bkg'), artist.actor.orgId, await organisation('venue', 'A hall')];
  await ctx.db.booking.create({ data: {
    id, orgId, buyerOrgId, reference: id, createdAt: new Date(noon), request: { create: {
      orgId, buyerOrgId, asker: 'venue', contactName: 'Léa', organisation: 'A hall', email: 'lea@salle.example', occasion: 'A concert', showDay: fromDay(showDay), place: 'A hall', city: 'Nantes', budgetMinor: 100_000n, currency: 'EUR',
    } } } });
  return { bookingId: id, orgId, buyerOrgId, day: showDay, buyer: world.as({ orgId: buyerOrgId }) };
}

const sell = (sale: Parameters<typeof confirmDay>[1]) => transact(ctx, (tx) => confirmDay(tx, sale));
const stateOf = async (on = day) => (await availabilityOf(ctx, artist.actor.orgId, on, on))[0]?.state;
const told = async (bookingId: string) => (await ctx.db.fact.findMany({ where: { subject: bookingId }, orderBy: { id: 'asc' } })).map(({ topic }) => topic);
const ranks = async () => (await ctx.db.hold.findMany({ where: { orgId: artist.actor.orgId }, orderBy: { rank: 'asc' } })).map(({ rank }) => rank);

test('what a visitor sees: marks, holds, sales, shows from elsewhere and the past', async () => {
  const { orgId } = artist.actor;
  await markDays(artist, { days: ['2027-07-01', '2027-07-02', '2027-07-04', '2027-02-01'], state: 'free' });
  await markDays(artist, { days: ['2027-07-03'], state: 'busy' });
  await placeHold(artist, { bookingId: (await asked('2027-07-02')).bookingId, days: 14 });
  await sell(await asked('2027-07-04'));
  await ctx.db.show.create({ data: { id: ctx.newId('shw'), orgId, title: 'A festival', day: fromDay('2027-07-05'), startTime: '20:30', place: 'Meadow', city: 'Brest' } });
  const partner = world.from({ siteId: 'sit_1', orgId: 'org_partner', key: 'pk_1', origins: [] });
  expect(await readAvailability(partner, { artist: `artist-${count}`, from: '2027-07-01', until: '2027-07-06' })).toEqual({
    artist: `artist-${count}`, name: `Artist ${count}`, today: '2027-03-01', timeZone: 'Europe/Paris', days: [
      { day: '2027-07-01', state: 'free' }, { day: '2027-07-02', state: 'flexible' }, { day: '2027-07-03', state: 'busy' },
      { day: '2027-07-04', state: 'busy' }, { day: '2027-07-05', state: 'busy' }, { day: '2027-07-06', state: 'flexible' },
    ],
  });
  expect(await stateOf('2027-02-01')).toBe('busy');
});

test('a press kit that is not published shows no days, and neither does an unknown one', async () => {
  await ctx.db.epk.update({ where: { orgId: artist.actor.orgId }, data: { publishedAt: null } });
  const partner = world.from({ siteId: 'sit_1', orgId: 'org_partner', key: 'pk_1', origins: [] });
  await expect(readAvailability(partner, { artist: `artist-${count}`, from: day, until: day })).rejects.toThrow(refusal('not_found'));
  await expect(readAvailability(partner, { artist: 'nobody', from: day, until: day })).rejects.toThrow(refusal('not_found'));
});

test('more than 400 days, or an end before the beginning, is not answered', async () => {
  await expect(readCalendar(artist, { from: '2027-01-01', until: '2028-02-05' })).rejects.toThrow(refusal('input_invalid'));
  await expect(readCalendar(artist, { from: '2027-01-02', until: '2027-01-01' })).rejects.toThrow(refusal('input_invalid'));
  expect(await readCalendar(artist, { from: '2027-01-01', until: '2028-02-04' })).toHaveLength(400);
});

test('the day of an artist overseas begins when it does there', async () => {
  await ctx.db.organisation.update({ where: { id: artist.actor.orgId }, data: { timeZone: 'America/Martinique' } });
  world.at('2027-07-15T03:00:00Z'); // 23:00 on the 14th in Fort-de-France
  await markDays(artist, { days: [day], state: 'free' });
  expect(await stateOf()).toBe('free');
  world.at('2027-07-15T04:00:00Z');
  expect(await stateOf()).toBe('busy');
});

test('the artist sees who holds a day and what it is sold to; a mark may be taken back', async () => {
  const { bookingId } = await asked();
  await markDays(artist, { days: [day, day], state: 'free' });
  const hold = await placeHold(artist, { bookingId, days: 14 });
  const sold = await asked('2027-07-15');
  await sell(sold);
  expect(await readCalendar(artist, { from: day, until: '2027-07-15' })).toEqual([
    { day, state: 'flexible', mark: 'free', holds: [{ ...hold, buyer: 'A hall' }], sold: null },
    { day: '2027-07-15', state: 'busy', mark: null, holds: [], sold: { bookingId: sold.bookingId, title: '' } },
  ]);
  expect(await markDays(artist, { days: [day, '2027-07-16'], state: null })).toEqual({ marked: 1 });
  expect((await readCalendar(artist, { from: day, until: day }))[0]?.mark).toBeNull();
});

test('a hold is granted by the artist alone, for a booking still talked about, on a day that can be', async () => {
  const { bookingId, buyer } = await asked();
  await expect(placeHold(buyer, { bookingId, days: 14 })).rejects.toThrow(refusal('role_too_low'));
  await expect(placeHold(artist, { bookingId, day: '2027-02-28', days: 14 })).rejects.toThrow(refusal('day_past'));
  await ctx.db.slot.create({ data: { orgId: artist.actor.orgId, day: fromDay('2027-07-15'), bookingId: 'bkg_other' } });
  await expect(placeHold(artist, { bookingId, day: '2027-07-15', days: 14 })).rejects.toThrow(refusal('date_taken'));
  await placeHold(artist, { bookingId, days: 14 });
  await expect(placeHold(artist, { bookingId, days: 14 })).rejects.toThrow(refusal('hold_exists'));
  await ctx.db.booking.update({ where: { id: bookingId }, data: { status: 'declined' } });
  await expect(placeHold(artist, { bookingId, day: '2027-07-16', days: 14 })).rejects.toThrow(refusal('booking_closed'));
  expect(await told(bookingId)).toEqual(['hold.placed']);
});

test('a stranger finds neither the booking nor the hold, and a link for another act releases nothing', async () => {
  const { bookingId, buyerOrgId } = await asked();
  const { id } = await placeHold(artist, { bookingId, days: 14 });
  const stranger = world.as({ orgId: await organisation('venue', 'Elsewhere') });
  await expect(placeHold(stranger, { bookingId, days: 14 })).rejects.toThrow(refusal('not_found'));
  await expect(releaseHold(stranger, id)).rejects.toThrow(refusal('not_found'));
  await expect(releaseHold(world.as({ orgId: buyerOrgId, link: { purpose: 'sign', bookingId } }), id)).rejects.toThrow(refusal('link_other_purpose'));
  await expect(releaseHold(world.as({ orgId: buyerOrgId, link: { purpose: 'answer', bookingId: 'bkg_other' } }), id)).rejects.toThrow(refusal('not_found'));
  await expect(readCalendar(world.as({ orgId: artist.actor.orgId, link: { purpose: 'file', bookingId } }), { from: day, until: day })).rejects.toThrow(refusal('not_found'));
});

test('a booker grants holds for the artist while the mandate lives', async () => {
  const booker = world.as({ orgId: await organisation('booker', 'Agency') });
  await ctx.db.representation.create({ data: { id: ctx.newId('rep'), bookerOrgId: booker.actor.orgId, artistOrgId: artist.actor.orgId, since: new Date(noon), until: new Date('2027-04-01T00:00:00Z') } });
  expect(await placeHold(booker, { bookingId: (await asked()).bookingId, days: 14 })).toMatchObject({ day, rank: 1, expiresAt: '2027-03-15T12:00:00.000Z', status: 'live' });
  world.at('2027-04-02T00:00:00Z');
  await expect(placeHold(booker, { bookingId: (await asked()).bookingId, days: 14 })).rejects.toThrow(refusal('not_found'));
});

test('a hold granted while the booking closes is not granted: nobody could give it back', async () => {
  const { bookingId } = await asked();
  const closing = transact(ctx, async (tx) => {
    await tx.db.booking.update({ where: { id: bookingId }, data: { status: 'declined' } });
    await new Promise((resolve) => { setTimeout(resolve, 250); });
  });
  await new Promise((resolve) => { setTimeout(resolve, 80); });
  await expect(placeHold(artist, { bookingId, days: 7 })).rejects.toThrow(refusal('booking_closed'));
  await closing;
  expect(await ctx.db.hold.count({ where: { bookingId } })).toBe(0);
});

test('fifty holds granted at once on one day have fifty ranks', async () => {
  const bookings = await Promise.all(Array.from({ length: 50 }, () => asked()));
  await Promise.all(bookings.map(({ bookingId }) => placeHold(artist, { bookingId, days: 14 })));
  expect(await ranks()).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
});

test('a hold lapses when its time has come, once, and not before; a new one comes behind those that wait', async () => {
  const [first, second] = [await asked(), await asked()];
  await placeHold(artist, { bookingId: first.bookingId, days: 2 });
  await placeHold(artist, { bookingId: second.bookingId, days: 30 });
  world.at('2027-03-03T11:59:59Z');
  expect(await tick(ctx, calendarDue)).toBe(0);
  world.at('2027-03-03T12:00:00Z');
  expect(await tick(ctx, calendarDue)).toBe(1);
  expect(await tick(ctx, calendarDue)).toBe(0);
  expect(await told(first.bookingId)).toEqual(['hold.placed', 'hold.lapsed']);
  expect(await placeHold(artist, { bookingId: first.bookingId, days: 2 })).toMatchObject({ rank: 3 });
});

test('a hold that ran out and was not swept yet keeps nobody from a new one', async () => {
  const { bookingId } = await asked();
  await placeHold(artist, { bookingId, days: 2 });
  world.at('2027-03-04T12:00:00Z');
  expect(await placeHold(artist, { bookingId, days: 2 })).toMatchObject({ rank: 1, status: 'live' });
  expect(await tick(ctx, calendarDue)).toBe(0);
});

test('a hold is given back once, by either side', async () => {
  const { bookingId, buyer } = await asked();
  const { id } = await placeHold(artist, { bookingId, days: 14 });
  expect(await releaseHold(buyer, id)).toMatchObject({ status: 'released' });
  await expect(releaseHold(artist, id)).rejects.toThrow(refusal('hold_closed'));
  expect(await told(bookingId)).toEqual(['hold.placed', 'hold.released']);
  expect(await stateOf()).toBe('flexible');
});

test('a sold day confirms the hold of its buyer and ends those of all others', async () => {
  const [first, second] = [await asked(), await asked()];
  await placeHold(artist, { bookingId: first.bookingId, days: 14 });
  await placeHold(artist, { bookingId: second.bookingId, days: 14 });
  await expect(sell(second)).rejects.toThrow(refusal('day_held_by_another'));
  await sell(first);
  const holds = await ctx.db.hold.findMany({ where: { orgId: artist.actor.orgId }, orderBy: { rank: 'asc' } });
  expect(holds.map(({ status }) => status)).toEqual(['confirmed', 'lapsed']);
  expect(await told(second.bookingId)).toEqual(['hold.placed', 'hold.lapsed']);
  expect(await ctx.db.deadline.count({ where: { subject: { in: holds.map(({ id }) => id) } } })).toBe(0);
  await expect(sell(second)).rejects.toThrow(refusal('date_taken'));
  await freeDay(ctx, first.bookingId);
  await sell(second);
  expect((await ctx.db.slot.findMany({ where: { orgId: artist.actor.orgId } })).map((slot) => [toDay(slot.day), slot.bookingId])).toEqual([[day, second.bookingId]]);
});
