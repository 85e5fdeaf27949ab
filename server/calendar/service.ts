import { lock, transact, type Context, type Guest, type SignedIn } from '../core/context.ts';
import type { Hold as HoldRow } from '../core/db/client.ts';
import { dropDeadline, setDeadline } from '../core/deadlines.ts';
import { AppError } from '../core/errors.ts';
import { tell } from '../core/outbox.ts';
import { permit, type Side } from '../core/permissions.ts';
import { dayIn, daysFrom, fromDay, toDay, type Day } from '../core/time.ts';
import { representedBy } from '../identity/service.ts';
import { availability, type DayState, type KnownDays, type State } from './availability.ts';
import { mayConfirm, nextRank, type Hold } from './hold.ts';

/** The most days that are shown or marked at once. */
const mostDays = 400;
const dayMs = 86_400_000;

/** The days of an artist with a published press kit, as anybody may see them, in the artist's time zone. */
export async function readAvailability(ctx: Guest, input: { artist: string; from: Day; until: Day }): Promise<{ artist: string; name: string; today: Day; timeZone: string; days: DayState[] }> {
  const epk = await ctx.db.epk.findFirst({ where: { slug: input.artist, publishedAt: { not: null } }, select: { orgId: true, slug: true, name: true } });
  if (!epk) throw new AppError('not_found');
  const days = span(input);
  const known = await knownDays(ctx, epk.orgId, days);
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: epk.orgId }, select: { timeZone: true } });
  return { artist: epk.slug, name: epk.name, today: known.today, timeZone, days: availability(days, known) };
}

/** The days of an artist from `from` to `until`, both included, for the rooms above. */
export async function availabilityOf(ctx: Context, orgId: string, from: Day, until: Day): Promise<DayState[]> {
  const days = span({ from, until });
  return availability(days, await knownDays(ctx, orgId, days));
}

/** An artist's own calendar: each day with its mark, its holds and what it is sold to. */
export async function readCalendar(ctx: SignedIn, input: { from: Day; until: Day }) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'calendar.read', { orgId });
  const days = span(input);
  const between = within(orgId, days);
  const [known, holds, slots, shows] = await Promise.all([
    knownDays(ctx, orgId, days),
    ctx.db.hold.findMany({ where: { ...between, status: 'live' }, orderBy: { rank: 'asc' } }),
    ctx.db.slot.findMany({ where: between }),
    ctx.db.show.findMany({ where: { ...between, status: { not: 'cancelled' } }, select: { day: true, bookingId: true, title: true, place: true } }),
  ]);
  const buyers = new Map((await ctx.db.organisation.findMany({ where: { id: { in: holds.map(({ buyerOrgId }) => buyerOrgId) } }, select: { id: true, name: true } })).map(({ id, name }) => [id, name]));
  return availability(days, known).map(({ day, state }) => {
    const on = ({ day: at }: { day: Date }) => toDay(at) === day;
    const slot = slots.find(on);
    const show = shows.find((one) => on(one) && (!slot || one.bookingId === slot.bookingId));
    return {
      day, state, mark: known.marks.get(day) ?? null,
      holds: holds.filter(on).map((hold) => ({ ...holdView(hold), buyer: buyers.get(hold.buyerOrgId) ?? '' })),
      sold: slot || show ? { bookingId: slot?.bookingId ?? show?.bookingId ?? null, title: show?.place || show?.title || '' } : null,
    };
  });
}

/** Says of days that they are free, flexible or busy; `null` takes it back. A sold day stays busy whatever is said. */
export function markDays(ctx: SignedIn, { days, state }: { days: readonly Day[]; state: State | null }): Promise<{ marked: number }> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'calendar.edit', { orgId });
  const at = [...new Set(days)].sort().map(fromDay);
  return transact(ctx, async (tx) => {
    // Two pages that mark the same days write one after the other.
    await lock(tx, `marks:${orgId}`);
    const { count } = await tx.db.dayMark.deleteMany({ where: { orgId, day: { in: at } } });
    if (state === null) return { marked: count };
    await tx.db.dayMark.createMany({ data: at.map((day) => ({ orgId, day, state })) });
    return { marked: at.length };
  });
}

/**
 * The artist grants the buyer of a booking a hold for `days` days; on the day asked for when none is named.
 *
 * @throws AppError `booking_closed`, `day_past`, `date_taken`, `hold_exists`.
 */
export function placeHold(ctx: SignedIn, input: { bookingId: string; day?: Day | undefined; days: number }) {
  return transact(ctx, async (tx) => {
    // Declined or accepted meanwhile, a booking gets no hold that nobody could give back.
    await tx.db.$queryRaw`SELECT id FROM booking WHERE id = ${input.bookingId} FOR UPDATE`;
    const booking = await tx.db.booking.findUnique({ where: { id: input.bookingId }, include: { request: { select: { showDay: true } } } });
    if (!booking?.request) throw new AppError('not_found');
    const { orgId, buyerOrgId } = booking;
    artistOnly(await sideOf(tx, 'hold.place', { orgId, buyerOrgId, bookingId: booking.id }), 'hold.place');
    if (booking.status !== 'requested' && booking.status !== 'negotiating') throw new AppError('booking_closed', { status: booking.status });
    const day = input.day ?? toDay(booking.request.showDay);
    if (day < await todayOf(tx, orgId)) throw new AppError('day_past', { day });
    await lock(tx, dayKey(orgId, day));
    if (await isSold(tx, orgId, day)) throw new AppError('date_taken', { day });
    const now = tx.now();
    // Those that ran out and were not noted yet give their ranks back first.
    for (const hold of await tx.db.hold.findMany({ where: { orgId, day: fromDay(day), status: 'live', expiresAt: { lte: now } } })) await close(tx, hold, 'lapsed');
    const rank = nextRank(await holdsOn(tx, orgId, day), booking.id);
    const hold = await tx.db.hold.create({
      data: { id: tx.newId('hld'), orgId, buyerOrgId, bookingId: booking.id, day: fromDay(day), rank, createdAt: now, expiresAt: new Date(now.getTime() + input.days * dayMs) },
    });
    await setDeadline(tx, 'hold.expires', hold.id, hold.expiresAt);
    await tell(tx, 'hold.placed', { bookingId: booking.id, holdId: hold.id });
    return holdView(hold);
  });
}

/**
 * Either side gives a hold back.
 *
 * @throws AppError `hold_closed` when it does not stand any more.
 */
export function releaseHold(ctx: SignedIn, id: string) {
  return transact(ctx, async (tx) => {
    const hold = await tx.db.hold.findUnique({ where: { id } });
    if (!hold) throw new AppError('not_found');
    await sideOf(tx, 'hold.release', hold);
    if (!await close(tx, hold, 'released')) throw new AppError('hold_closed');
    return holdView({ ...hold, status: 'released' });
  });
}

/** A hold whose time has come lapses. Released or confirmed meanwhile, it is left alone. */
export async function expireHold(ctx: Context, id: string): Promise<void> {
  const hold = await ctx.db.hold.findUnique({ where: { id } });
  if (hold && hold.expiresAt <= ctx.now()) await close(ctx, hold, 'lapsed');
}

/**
 * Sells an artist's day, in the caller's transaction: one of many wins, by the lock and by the key of the slot. The buyer's own hold is
 * confirmed, and those of all others on that day lapse.
 *
 * @throws AppError `day_held_by_another`, `date_taken`.
 */
export async function confirmDay(tx: Context, sale: { readonly orgId: string; readonly buyerOrgId: string; readonly bookingId: string; readonly day: Day }): Promise<void> {
  const { orgId, buyerOrgId, bookingId, day } = sale;
  await lock(tx, dayKey(orgId, day));
  if (await isSold(tx, orgId, day)) throw new AppError('date_taken', { day });
  mayConfirm(await holdsOn(tx, orgId, day), buyerOrgId, tx.now());
  const { count } = await tx.db.slot.createMany({ data: [{ orgId, day: fromDay(day), bookingId }], skipDuplicates: true });
  if (count === 0) throw new AppError('date_taken', { day });
  for (const hold of await tx.db.hold.findMany({ where: { orgId, day: fromDay(day), status: 'live' }, orderBy: { rank: 'asc' } })) {
    await close(tx, hold, hold.bookingId === bookingId ? 'confirmed' : 'lapsed');
  }
  await releaseHolds(tx, bookingId);
}

/** Gives the day of a booking back, in the caller's transaction; nothing happens when it sold none. */
export async function freeDay(tx: Context, bookingId: string): Promise<void> {
  await tx.db.slot.deleteMany({ where: { bookingId } });
}

/** Gives every hold of a booking back, in the caller's transaction: it is over, or has its day. */
export async function releaseHolds(tx: Context, bookingId: string): Promise<void> {
  for (const hold of await tx.db.hold.findMany({ where: { bookingId, status: 'live' } })) await close(tx, hold, 'released');
}

/** The day it is at the artist's. */
async function todayOf(ctx: Context, orgId: string): Promise<Day> {
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { timeZone: true } });
  return dayIn(ctx.now(), timeZone);
}

/** Compare and set: of two that close a live hold, one does, and tells it. */
async function close(tx: Context, hold: HoldRow, status: 'lapsed' | 'released' | 'confirmed'): Promise<boolean> {
  const { id, bookingId } = hold;
  const { count } = await tx.db.hold.updateMany({ where: { id, status: 'live' }, data: { status } });
  if (count === 0) return false;
  await dropDeadline(tx, 'hold.expires', id);
  if (status !== 'confirmed') await tell(tx, `hold.${status}`, { bookingId, holdId: id });
  return true;
}

async function sideOf(ctx: SignedIn, act: 'hold.place' | 'hold.release', thing: { orgId: string; buyerOrgId: string; bookingId: string }): Promise<Side> {
  return permit(ctx.actor, act, { orgId: thing.orgId, buyerOrgId: thing.buyerOrgId, bookingId: thing.bookingId, representedBy: await representedBy(ctx.db, thing.orgId, ctx.now()) });
}

/** The artist grants holds; a buyer asks for them. */
function artistOnly(side: Side, act: 'hold.place'): void {
  if (side !== 'artist') throw new AppError('role_too_low', { act });
}

async function holdsOn(ctx: Context, orgId: string, day: Day): Promise<Hold[]> {
  const rows = await ctx.db.hold.findMany({ where: { orgId, day: fromDay(day) } });
  return rows.map((row) => ({ ...row, day }));
}

/** Whether an artist's day is sold, here or elsewhere. */
export async function isSold(ctx: Context, orgId: string, day: Day): Promise<boolean> {
  const where = { orgId, day: fromDay(day) };
  return await ctx.db.slot.count({ where }) > 0 || await ctx.db.show.count({ where: { ...where, ...elsewhere } }) > 0;
}

/** A show that was not booked here; it takes the day all the same. */
const elsewhere = { bookingId: null, status: { not: 'cancelled' } } as const;

async function knownDays(ctx: Context, orgId: string, days: readonly Day[]): Promise<KnownDays> {
  const between = within(orgId, days);
  const only = { select: { day: true } } as const;
  // One after another: callers may be in a transaction, which has one connection.
  const today = await todayOf(ctx, orgId);
  const marks = await ctx.db.dayMark.findMany({ where: between });
  const holds = await ctx.db.hold.findMany({ where: { ...between, status: 'live', expiresAt: { gt: ctx.now() } }, ...only });
  const slots = await ctx.db.slot.findMany({ where: between, ...only });
  const shows = await ctx.db.show.findMany({ where: { ...between, ...elsewhere }, ...only });
  const set = (rows: readonly { day: Date }[]) => new Set(rows.map(({ day }) => toDay(day)));
  return { today, marks: new Map(marks.map(({ day, state }) => [toDay(day), state])), held: set(holds), sold: set([...slots, ...shows]) };
}

const dayKey = (orgId: string, day: Day): string => `day:${orgId}:${day}`;

const within = (orgId: string, days: readonly Day[]) => ({ orgId, day: { gte: fromDay(days.at(0) ?? ''), lte: fromDay(days.at(-1) ?? '') } });

/** The days from `from` to `until`, both included. */
function span({ from, until }: { from: Day; until: Day }): Day[] {
  const count = Math.round((fromDay(until).getTime() - fromDay(from).getTime()) / dayMs) + 1;
  if (count < 1 || count > mostDays) throw new AppError('input_invalid', { field: 'until' });
  return daysFrom(from, count);
}

const holdView = ({ id, bookingId, day, rank, expiresAt, status }: HoldRow) => ({ id, bookingId, day: toDay(day), rank, expiresAt: expiresAt.toISOString(), status });
