import type { Context, Guest, SignedIn } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { permit } from '../core/permissions.ts';
import { addDays, dayIn, fromDay, toDay, type Day } from '../core/time.ts';
import { grouped, pageOf, sumsOf } from './page.ts';

/** The most pages of a site that are told apart in a day: what comes beyond is counted without its page. */
const mostPages = 300;
/** Days for which counts are kept. */
const keptDays = 400;

/** What a widget saw: itself shown, or a fault. */
interface Seen {
  readonly tag: string;
  readonly what: 'view' | 'error';
  readonly code?: string | undefined;
}

/** Counts what the widgets of a page saw, of nobody in particular, on the partner's day. */
export async function countSeen(ctx: Guest, { page, seen }: { page: string; seen: readonly Seen[] }): Promise<void> {
  const { siteId, orgId, origins } = ctx.partner;
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { timeZone: true } });
  const day = dayIn(ctx.realNow(), timeZone);
  for (const { tag, what, code } of seen) await count(ctx, { siteId, orgId, day, page: pageOf(page, origins), tag, what: what === 'error' ? `error:${code ?? 'unknown'}` : what });
}

/** A request came through a partner's page, or its contract was signed: counted for the page it came from, on the day of the request. */
export async function countBooking(ctx: Context, bookingId: string, what: 'request' | 'contract'): Promise<void> {
  const booking = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, include: { request: { select: { pageUrl: true } } } });
  const site = booking.siteId === null ? null : await ctx.db.site.findUnique({ where: { id: booking.siteId } });
  if (!site) return;
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: site.orgId }, select: { timeZone: true } });
  await count(ctx, { siteId: site.id, orgId: site.orgId, day: dayIn(booking.createdAt, timeZone), page: pageOf(booking.request?.pageUrl ?? '', site.origins), tag: 'flow-booking-request', what });
}

async function count(ctx: Context, { siteId, orgId, day, page, tag, what }: { siteId: string; orgId: string; day: Day; page: string; tag: string; what: string }): Promise<void> {
  await ctx.db.$executeRaw`
    INSERT INTO tally (site_id, org_id, day, page, tag, what, n)
    SELECT ${siteId}, ${orgId}, ${day}::date, CASE WHEN ${page} = '' OR EXISTS (SELECT FROM tally WHERE site_id = ${siteId} AND day = ${day}::date AND page = ${page})
      OR (SELECT count(DISTINCT page) FROM tally WHERE site_id = ${siteId} AND day = ${day}::date) < ${mostPages} THEN ${page} ELSE '' END, ${tag}, ${what}, 1
    ON CONFLICT (site_id, day, page, tag, what) DO UPDATE SET n = tally.n + 1`;
}

/**
 * What the widgets of a site did from `from` to `until`, both included: in all, by day (every day of them), by page and by widget, and
 * the faults by their code.
 *
 * @throws AppError `not_found`, `input_invalid` for more than 400 days.
 */
export async function readViews(ctx: SignedIn, { siteId, from, until }: { siteId: string; from: Day; until: Day }) {
  const site = await ctx.db.site.findUnique({ where: { id: siteId } });
  if (!site) throw new AppError('not_found');
  permit(ctx.actor, 'site.read', site);
  if (until < from || until > addDays(from, keptDays)) throw new AppError('input_invalid', { field: 'until' });
  const rows = await ctx.db.tally.findMany({ where: { siteId, day: { gte: fromDay(from), lte: fromDay(until) } }, orderBy: [{ day: 'asc' }, { page: 'asc' }] });
  const counts = rows.map(({ day, ...row }) => ({ ...row, day: toDay(day) }));
  const byDay = new Map(grouped(counts, ({ day }) => day).map((sums) => [sums.key, sums]));
  const days: Day[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  const most = (a: { views: number; requests: number }, b: { views: number; requests: number }) => b.requests - a.requests || b.views - a.views;
  return {
    all: sumsOf(counts),
    days: days.map((day) => byDay.get(day) ?? { key: day, ...sumsOf([]) }),
    pages: grouped(counts, ({ page }) => page).sort(most),
    widgets: grouped(counts, ({ tag }) => tag).sort(most),
    faults: grouped(counts.filter(({ what }) => what.startsWith('error:')), ({ what }) => what.slice(6)).map(({ key, errors }) => ({ code: key, n: errors })).sort((a, b) => b.n - a.n),
  };
}

/** Forgets what is older than is kept. */
export async function forgetViews(ctx: Context): Promise<void> {
  await ctx.db.tally.deleteMany({ where: { day: { lt: new Date(ctx.realNow().getTime() - keptDays * 86_400_000) } } });
}
