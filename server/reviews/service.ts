import { ownersOf } from '../booking/service.ts';
import { transact, type Context, type SignedIn } from '../core/context.ts';
import type { Prisma, Review, ReviewReport, Show } from '../core/db/client.ts';
import { dropDeadline, setDeadline } from '../core/deadlines.ts';
import { AppError } from '../core/errors.ts';
import { tell } from '../core/outbox.ts';
import { permit, type Act, type Side } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { toDay } from '../core/time.ts';
import { permitOperator } from '../identity/service.ts';
import { attendanceOf, checkAttendance, closesAt, EVERY_PART, isSame, lastDay, mostPeople, partsOf, remindAt, type Part, type Played, type Words } from './review.ts';

/** The words of a review or of the reply to it: what can be reported and hidden. */
export type Said = 'review' | 'reply';

const otherOf = (side: Side): Side => (side === 'artist' ? 'buyer' : 'artist');
const orgOf = ({ orgId, buyerOrgId }: { readonly orgId: string; readonly buyerOrgId: string }, side: Side): string => (side === 'artist' ? orgId : buyerOrgId);
const wordsOf = (row: Review): Words => ({ stars: row.stars, parts: row, words: row.words, attendance: row.attendance });

/** When a show was played that may be spoken of; null of one that was not, was cancelled, or is contested. */
function playedOf(show: Show | null): Played | null {
  return show?.status === 'played' && show.playedAt && !show.contestedAt ? { day: toDay(show.day), timeZone: show.timeZone, playedAt: show.playedAt } : null;
}

/** Holds a booking until the transaction ends: two who write at once come one after the other, and the second has both shown. */
async function take(tx: SignedIn, act: Act, bookingId: string) {
  await tx.db.$queryRaw`SELECT id FROM booking WHERE id = ${bookingId} FOR UPDATE`;
  const booking = await ownersOf(tx, bookingId);
  return { booking, side: permit(tx.actor, act, booking) };
}

/** What is believed of how many came: `most`, beside the capacity that the place itself says, 0 where it says none. */
async function roomOf(ctx: Context, { stageOrgId, buyerOrgId, bookingId }: Show): Promise<{ capacity: number; most: number }> {
  const [venue, request] = await Promise.all([
    ctx.db.venue.findUnique({ where: { orgId: stageOrgId ?? buyerOrgId ?? '' }, select: { capacity: true } }), ctx.db.request.findUnique({ where: { bookingId: bookingId ?? '' }, select: { outdoor: true } }),
  ]);
  const capacity = venue?.capacity ?? 0;
  return { capacity, most: mostPeople({ capacity, outdoor: request?.outdoor ?? false }) };
}

/**
 * One's own side says how a show went, or says it anew, until both have written or the time for it is over. The same said twice is said once. When the other has written, both are shown.
 *
 * @throws AppError `show_not_played`, `review_late` with the last day, `review_shown`, `attendance_absurd`, `input_invalid` for a part that is not this side's to say; and as `permit` does.
 */
export function writeReview(ctx: SignedIn, { bookingId, ...said }: Words & { readonly bookingId: string }): Promise<null> {
  return transact(ctx, async (tx) => {
    const { booking, side } = await take(tx, 'review.write', bookingId);
    const parts: readonly Part[] = partsOf(side);
    const wrong = EVERY_PART.find((part) => !parts.includes(part) && said.parts[part] != null);
    if (wrong) throw new AppError('input_invalid', { field: `parts.${wrong}` });
    const before = await tx.db.review.findUnique({ where: { bookingId_side: { bookingId, side } } });
    if (before && isSame(wordsOf(before), said)) return null;
    const show = await tx.db.show.findUnique({ where: { bookingId } });
    const played = playedOf(show);
    if (!show || !played) throw new AppError('show_not_played');
    if (before?.shownAt) throw new AppError('review_shown');
    if (tx.now() >= closesAt(played)) throw new AppError('review_late', { until: lastDay(played) });
    checkAttendance(said.attendance, (await roomOf(tx, show)).most);
    const data = { userId: tx.actor.userId, stars: said.stars, words: said.words, attendance: said.attendance, ...Object.fromEntries(parts.map((part) => [part, said.parts[part] ?? null])) };
    await tx.db.review.upsert({
      where: { bookingId_side: { bookingId, side } }, update: { ...data, changedAt: tx.now() }, create: { ...data, bookingId, side, orgId: booking.orgId, buyerOrgId: booking.buyerOrgId, writtenAt: tx.now() },
    });
    if (await tx.db.review.count({ where: { bookingId } }) === 2) await showReviews(tx, bookingId);
    // A show that was played before reviews were asked for has no such date yet.
    else await setDeadline(tx, 'review.closes', bookingId, closesAt(played));
    return null;
  });
}

/** A show was played: its reviews have their dates. */
export async function askReviews(ctx: Context, bookingId: string): Promise<void> {
  const played = playedOf(await ctx.db.show.findUnique({ where: { bookingId } }));
  if (!played) return;
  await setDeadline(ctx, 'review.due', bookingId, remindAt(played));
  await setDeadline(ctx, 'review.closes', bookingId, closesAt(played));
}

/** The morning after: a side that has not written is reminded, once. */
export async function remindReviews(ctx: Context, bookingId: string): Promise<void> {
  const played = playedOf(await ctx.db.show.findUnique({ where: { bookingId } }));
  if (!played || ctx.now() >= closesAt(played) || await ctx.db.review.count({ where: { bookingId } }) === 2) return;
  await tell(ctx, 'review.due', { bookingId });
}

/**
 * What was written of a show is shown to both sides, and counts from now on: its stars in the means of who they are about, how many came in what is said of the place and of the artist.
 * Shown before, nothing more happens.
 */
export async function showReviews(tx: Context, bookingId: string): Promise<void> {
  await tx.db.$queryRaw`SELECT id FROM booking WHERE id = ${bookingId} FOR UPDATE`;
  const rows = await tx.db.review.findMany({ where: { bookingId, shownAt: null }, orderBy: { side: 'asc' } });
  await tx.db.review.updateMany({ where: { bookingId, shownAt: null }, data: { shownAt: tx.now() } });
  for (const row of rows) {
    await tx.db.rating.createMany({ data: [{ bookingId, byOrgId: orgOf(row, row.side), aboutOrgId: orgOf(row, otherOf(row.side)), stars: row.stars, at: tx.now() }], skipDuplicates: true });
    await tell(tx, 'review.shown', { bookingId, side: row.side });
  }
  if (rows.length > 0) await countPeople(tx, bookingId);
  for (const kind of ['review.due', 'review.closes']) await dropDeadline(tx, kind, bookingId);
}

/** How many came, of the reviews that are in sight. */
async function countPeople(tx: Context, bookingId: string): Promise<void> {
  const shown = await tx.db.review.findMany({ where: { bookingId, shownAt: { not: null }, hiddenAt: null } });
  await tx.db.show.update({ where: { bookingId }, data: { attendance: attendanceOf(Object.fromEntries(shown.map(({ side, attendance }) => [side, attendance]))) } });
}

/** The other side's review, once it is in sight. @throws AppError `not_found`. */
async function shownOf(tx: Context, bookingId: string, side: Side): Promise<Review> {
  const row = await tx.db.review.findUnique({ where: { bookingId_side: { bookingId, side } } });
  if (!row?.shownAt || row.hiddenAt) throw new AppError('not_found');
  return row;
}

/** Answers what the other side said, once. The same answer given twice is given once. @throws AppError `not_found` before it is shown or after it was hidden, `reply_made`; and as `permit` does. */
export function replyTo(ctx: SignedIn, { bookingId, words }: { readonly bookingId: string; readonly words: string }): Promise<null> {
  return transact(ctx, async (tx) => {
    const { side: own } = await take(tx, 'review.write', bookingId);
    const side = otherOf(own);
    const row = await shownOf(tx, bookingId, side);
    if (row.repliedAt) {
      if (row.reply === words) return null;
      throw new AppError('reply_made');
    }
    await tx.db.review.update({ where: { bookingId_side: { bookingId, side } }, data: { reply: words, repliedAt: tx.now() } });
    await tell(tx, 'review.replied', { bookingId, side: own });
    return null;
  });
}

/**
 * Asks our people to look at what the other side said of one, or answered: once. They are told by mail.
 *
 * @throws AppError `not_found` before it is in sight, `report_made`; and as `permit` does.
 */
export function reportReview(ctx: SignedIn, { bookingId, what, reason }: { readonly bookingId: string; readonly what: Said; readonly reason: string }): Promise<null> {
  return transact(ctx, async (tx) => {
    const { booking, side: own } = await take(tx, 'review.write', bookingId);
    // A reply stands under one's own review.
    const side = what === 'review' ? otherOf(own) : own;
    const row = await shownOf(tx, bookingId, side);
    if (what === 'reply' && (!row.repliedAt || row.replyHiddenAt)) throw new AppError('not_found');
    const before = await tx.db.reviewReport.findUnique({ where: { bookingId_side_what: { bookingId, side, what } } });
    if (before?.status === 'open' && before.reason === reason) return null;
    if (before) throw new AppError('report_made');
    await tx.db.reviewReport.create({ data: { bookingId, side, what, byOrgId: orgOf(booking, own), userId: tx.actor.userId, reason, at: tx.now() } });
    for (const email of tx.config.operators) {
      await post(tx, { cause: `review.reported:${bookingId}:${side}:${what}:${email}`, email }, {
        locale: 'fr', subject: what === 'review' ? 'Avis signalé' : 'Réponse à un avis signalée', greeting: 'Bonjour,', paragraphs: [`« ${what === 'review' ? row.words || '★'.repeat(row.stars) : row.reply} »`, `Motif : ${reason}`], why: 'Message envoyé depuis le dossier.',
        act: { label: 'Répondre', url: `${tx.config.urls.platform}/operations` },
      });
    }
    return null;
  });
}

/** How our people answer a report: what is hidden goes out of everybody's sight but its author's. The words are said to its author, and kept. */
export interface Verdict {
  readonly bookingId: string;
  readonly side: Side;
  readonly what: Said;
  readonly hide: boolean;
  readonly words: string;
}

/** Our own people hide what was reported, or keep it, and say why. A review that is hidden counts no more. @throws AppError `not_found`, `report_closed`; and as `permitOperator` does. */
export function answerReport(ctx: Context, { bookingId, side, what, hide, words }: Verdict): Promise<null> {
  return transact(ctx, async (tx) => {
    const closedBy = await permitOperator(tx);
    await tx.db.$queryRaw`SELECT id FROM booking WHERE id = ${bookingId} FOR UPDATE`;
    const report = await tx.db.reviewReport.findUnique({ where: { bookingId_side_what: { bookingId, side, what } } });
    if (!report) throw new AppError('not_found');
    const { count } = await tx.db.reviewReport.updateMany({ where: { bookingId, side, what, status: 'open' }, data: { status: hide ? 'hidden' : 'kept', words, closedAt: tx.now(), closedBy } });
    if (count === 0) throw new AppError('report_closed');
    if (!hide) return null;
    const row = await tx.db.review.update({ where: { bookingId_side: { bookingId, side } }, data: what === 'review' ? { hiddenAt: tx.now(), hiddenWhy: words } : { replyHiddenAt: tx.now(), replyHiddenWhy: words } });
    if (what === 'review') {
      await tx.db.rating.deleteMany({ where: { bookingId, byOrgId: orgOf(row, side) } });
      await countPeople(tx, bookingId);
    }
    await tell(tx, 'review.hidden', { bookingId, side: what === 'review' ? side : otherOf(side), what });
    return null;
  });
}

/** Whether one's own organisation is reminded of reviews by mail. Throws as `permit` does. */
export async function setReminders(ctx: SignedIn, { bookingId, mails }: { readonly bookingId: string; readonly mails: boolean }): Promise<null> {
  const booking = await ownersOf(ctx, bookingId);
  const orgId = orgOf(booking, permit(ctx.actor, 'review.write', booking));
  await ctx.db.reviewWish.upsert({ where: { orgId }, update: { mails }, create: { orgId, mails } });
  return null;
}

// --- Reading ----------------------------------------------------------------------------------------------------------------

const statusOf = (report: ReviewReport | null) => (report?.status ?? null) as 'open' | 'hidden' | 'kept' | null;

/** A review as `reader` sees it: what our people hid is its author's alone. */
function viewOf(row: Review, { reader, reports }: { readonly reader: Side; readonly reports: readonly ReviewReport[] }) {
  const [isOwn, hidden] = [row.side === reader, row.hiddenAt !== null];
  const readable = isOwn || !hidden;
  const replyReadable = readable && (!isOwn || !row.replyHiddenAt);
  const reportOf = (what: Said) => reports.find((one) => one.side === row.side && one.what === what) ?? null;
  // A report is known to who made it alone.
  const [about, mine] = isOwn ? [null, reportOf('reply')] : [reportOf('review'), null];
  return {
    stars: readable ? row.stars : 0, parts: Object.fromEntries(partsOf(row.side).map((part) => [part, readable ? row[part] : null])), words: readable ? row.words : '', attendance: readable ? row.attendance : null,
    at: (row.changedAt ?? row.writtenAt).toISOString(), shownAt: row.shownAt?.toISOString() ?? null, reply: replyReadable ? row.reply : '', repliedAt: row.repliedAt?.toISOString() ?? null,
    hidden, hiddenWhy: isOwn ? row.hiddenWhy : '', replyHidden: row.replyHiddenAt !== null, replyHiddenWhy: isOwn ? '' : row.replyHiddenWhy, reported: statusOf(about), replyReported: statusOf(mine),
    /** What our people answered to a report of the reader's own. */
    answered: (about ?? mine)?.words ?? '',
  };
}

/** How the show of a booking went, as the reader's side may see it: its own word, the other's once it is shown, and what it may still do. @throws AppError `not_found`; and as `permit` does. */
export async function readReviews(ctx: SignedIn, bookingId: string) {
  const booking = await ownersOf(ctx, bookingId);
  const side = permit(ctx.actor, 'booking.read', booking);
  const [show, rows, reports, wish] = await Promise.all([
    ctx.db.show.findUnique({ where: { bookingId } }), ctx.db.review.findMany({ where: { bookingId } }), ctx.db.reviewReport.findMany({ where: { bookingId } }), ctx.db.reviewWish.findUnique({ where: { orgId: orgOf(booking, side) } }),
  ]);
  const played = playedOf(show);
  const own = rows.find((row) => row.side === side);
  const other = rows.find((row) => row.side !== side && row.shownAt);
  const able = mayWrite(ctx, booking);
  const open = played !== null && ctx.now() < closesAt(played);
  const room = show ? await roomOf(ctx, show) : { capacity: 0, most: 0 };
  const seen = { reader: side, reports };
  return {
    side, state: !played ? 'not_played' as const : own?.shownAt || other ? 'shown' as const : open ? 'open' as const : 'over' as const,
    until: played ? lastDay(played) : null, ...room, parts: [...partsOf(side)],
    own: own ? viewOf(own, seen) : null, other: other ? viewOf(other, seen) : null, attendance: show?.attendance ?? null, mails: wish?.mails ?? true,
    may: {
      write: able && open && !own?.shownAt, reply: able && other !== undefined && !other.hiddenAt && !other.repliedAt, report: able && other !== undefined && !other.hiddenAt && !reports.some((one) => one.side === other.side && one.what === 'review'),
      reportReply: able && own?.repliedAt != null && !own.hiddenAt && !own.replyHiddenAt && !reports.some((one) => one.side === side && one.what === 'reply'),
    },
  };
}

function mayWrite(ctx: SignedIn, booking: Parameters<typeof permit>[2]): boolean {
  try {
    permit(ctx.actor, 'review.write', booking);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

const reportsShown = 100;

/** What waits for our people, the oldest first, with what is reported and who said it. Throws as `permitOperator` does. */
export async function readReports(ctx: Context) {
  await permitOperator(ctx);
  const reports = await ctx.db.reviewReport.findMany({ where: { status: 'open' }, orderBy: [{ at: 'asc' }, { bookingId: 'asc' }], take: reportsShown });
  const where: Prisma.ReviewWhereInput = { bookingId: { in: reports.map(({ bookingId }) => bookingId) } };
  const rows = await ctx.db.review.findMany({ where, include: { booking: { include: { request: { select: { organisation: true, contactName: true } }, show: { select: { title: true, day: true } } } } } });
  return reports.flatMap(({ bookingId, side, what, reason, at }) => {
    const row = rows.find((one) => one.bookingId === bookingId && one.side === side);
    if (!row?.booking.show) return [];
    const { request, show } = row.booking;
    const names = { artist: show.title, buyer: request?.organisation || (request?.contactName ?? '') };
    const by = what === 'review' ? side : otherOf(side);
    return [{
      bookingId, side, what: what as Said, reason, at: at.toISOString(), by: names[by], about: names[otherOf(by)], day: toDay(show.day), stars: what === 'review' ? row.stars : null, words: what === 'review' ? row.words : row.reply,
    }];
  });
}
