import type { Context, Guest, SignedIn } from '../core/context.ts';
import { Prisma, type Organisation } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import type { Locale } from '../core/locale.ts';
import { amountOf } from '../core/money.ts';
import { permit } from '../core/permissions.ts';
import { addDays, dayIn, fromDay, toDay, type Day } from '../core/time.ts';
import { representedOf } from '../identity/service.ts';
import { hasMore, todayOf } from '../subscriptions/service.ts';
import { plansOf, type PlanName } from '../prices/catalogue.ts';
import { lastMonths, monthsLater, yearBefore } from '../prices/period.ts';
import { placeOf } from '../profiles/service.ts';
import { kilometres } from '../roads/crow.ts';
import { monthsOf, seasonOf, sumsOf as figuresOf, wantedOf, type Asked, type Asker, type Night } from './figures.ts';
import { grouped, pageOf, sumsOf } from './page.ts';
import { daysCsv, monthsCsv } from './table.ts';

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

// --- What an organisation was asked, or asked for ---------------------------------------------------------------------------

/** Days that anybody may look back, without a paid plan. */
const freeDays = 30;
/** Months of a season that are looked ahead, this one included. */
const seasonMonths = 12;

/** Whose figures somebody reads, from which side, and whether with all that paid plans give. */
interface Reader {
  readonly org: Organisation;
  readonly side: 'artist' | 'buyer';
  readonly today: Day;
  readonly full: boolean;
  /** The smallest plan that gives more; null where there is none to take. */
  readonly plan: PlanName | null;
}

/** @throws AppError as `permit` does. */
async function readerOf(ctx: SignedIn): Promise<Reader> {
  const { orgId, userId, mandated } = ctx.actor;
  permit(ctx.actor, 'booking.read', { orgId });
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  // A booker's own plan counts for the artists that it acts for.
  const bookers = mandated && userId ? await ctx.db.representation.findMany({ where: { artistOrgId: orgId, OR: [{ until: null }, { until: { gt: ctx.now() } }], booker: { members: { some: { userId } } } }, select: { bookerOrgId: true } }) : [];
  const payers = [orgId, ...bookers.map(({ bookerOrgId }) => bookerOrgId)];
  let full = false;
  for (const payer of payers) full ||= await hasMore(ctx, payer);
  return { org, side: org.kind === 'artist' || org.kind === 'booker' ? 'artist' : 'buyer', today: todayOf(ctx, org), full, plan: plansOf(org.kind)[1] ?? null };
}

/** @throws AppError `plan_needed`. */
function permitMore({ full, plan }: Reader): void {
  if (!full) throw new AppError('plan_needed', plan ? { plan } : {});
}

/** A request as it is read for figures. */
interface Row {
  readonly bookingId: string;
  readonly own: boolean;
  readonly status: string;
  readonly createdAt: Date;
  readonly showDay: Date;
  readonly asker: Asker;
  readonly artist: string;
  readonly city: string;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly homeLat: number | null;
  readonly homeLng: number | null;
  readonly homeInsee: string;
  readonly pageUrl: string;
  readonly budgetMinor: bigint;
  readonly currency: string;
  readonly priceMinor: bigint | null;
  readonly priceCurrency: string | null;
  readonly answeredAt: Date | null;
}

/**
 * The organisations that ask in the name of one: itself, and those that visitors became who gave its own address on a page. An address is its
 * own when whoever belongs to it has confirmed it and no other organisation goes by it: whoever has the address has the links of these
 * bookings, so that nothing is shown here that was not theirs.
 */
async function askersOf(ctx: Context, { id, email }: Organisation): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM organisation WHERE NOT claimed AND lower(email) = lower(${email})
      AND NOT EXISTS (SELECT FROM organisation other WHERE other.claimed AND other.id <> ${id} AND lower(other.email) = lower(${email}))
      AND EXISTS (SELECT FROM member JOIN "user" u ON u.id = member.user_id WHERE member.org_id = ${id} AND lower(u.email) = lower(${email}) AND u."emailVerified")`;
  return [id, ...rows.map((row) => row.id)];
}

/** The requests of an organisation in a time: as an artist those it was sent, or a booker its artists; else those it sent, and those that came through its pages. */
async function rowsOf(ctx: Context, { org, side }: Reader, when: Prisma.Sql): Promise<Row[]> {
  const [own, through] = side === 'artist'
    ? [Prisma.sql`b.org_id = ANY(${[org.id, ...await representedOf(ctx, org.id)]})`, Prisma.sql`false`]
    : [Prisma.sql`b.buyer_org_id = ANY(${await askersOf(ctx, org)})`, Prisma.sql`b.site_id IN (SELECT id FROM site WHERE org_id = ${org.id})`];
  return ctx.db.$queryRaw<Row[]>`
    SELECT b.id AS "bookingId", ${own} AS own, b.status::text AS status, b.created_at AS "createdAt", r.show_day AS "showDay", r.asker::text AS asker, coalesce(e.name, a.name) AS artist, r.city, r.lat, r.lng,
      e.lat AS "homeLat", e.lng AS "homeLng", a.insee AS "homeInsee", r.page_url AS "pageUrl", r.budget_minor AS "budgetMinor", r.currency, c.price_minor AS "priceMinor", c.currency AS "priceCurrency",
      LEAST((SELECT min(created_at) FROM offer WHERE booking_id = b.id AND proposed_by = 'artist'), (SELECT min(created_at) FROM hold WHERE booking_id = b.id),
        (SELECT min(told_at) FROM fact WHERE subject = b.id AND topic = 'request.declined')) AS "answeredAt"
    FROM booking b JOIN request r ON r.booking_id = b.id JOIN organisation a ON a.id = b.org_id LEFT JOIN epk e ON e.org_id = b.org_id LEFT JOIN contract c ON c.booking_id = b.id AND c.status = 'signed'
    WHERE (${own} OR ${through}) AND ${when} ORDER BY b.created_at, b.id`;
}

/** How far a show is from an artist's home, in whole kilometres; null where either place is unknown. */
function kmOf({ lat, lng, homeLat, homeLng, homeInsee }: Row): number | null {
  const home = homeLat !== null && homeLng !== null ? { lat: homeLat, lng: homeLng } : placeOf(homeInsee);
  return home && lat !== null && lng !== null ? Math.round(kilometres(home, { lat, lng })) : null;
}

/** A request as figures are made of it: of what others asked through one's pages, what its own two sides alone may know is left out. */
function askedOf(row: Row, { org: { timeZone }, side }: Reader): Asked {
  const { own, createdAt, answeredAt, priceMinor, priceCurrency, pageUrl } = row;
  const page = URL.canParse(pageUrl) ? new URL(pageUrl) : null;
  return {
    day: dayIn(createdAt, timeZone), showDay: toDay(row.showDay), asker: row.asker, artist: row.artist, own, signed: priceMinor !== null, page: page ? `${page.host}${page.pathname}` : '',
    city: own ? row.city : '', km: own && side === 'artist' ? kmOf(row) : null,
    answerMinutes: own && answeredAt ? Math.max(0, Math.round((answeredAt.getTime() - createdAt.getTime()) / 60_000)) : null,
    fee: own && priceMinor !== null && priceCurrency !== null ? amountOf({ minor: priceMinor, currency: priceCurrency }) : null,
    budget: own ? amountOf({ minor: row.budgetMinor, currency: row.currency }) : null,
  };
}

async function askedSince(ctx: Context, reader: Reader, since: Day): Promise<Asked[]> {
  // Days are those at home: the first may have begun, and the last not ended, in Greenwich.
  const rows = await rowsOf(ctx, reader, Prisma.sql`b.created_at >= ${fromDay(addDays(since, -1))}::timestamptz AND b.created_at <= ${ctx.now()}::timestamptz`);
  return rows.map((row) => askedOf(row, reader)).filter(({ day }) => day >= since);
}

/**
 * What an organisation was asked, or asked for: the last 30 days, or for a paid plan 12 or 24 months, each beside the same one a year before (BI-05, BI-06).
 * A booker reads of all the artists that it acts for. Requests count in the month in which they came, with what became of them since.
 *
 * @throws AppError `plan_needed` for months without a paid plan; and as `permit` does.
 */
export async function readFigures(ctx: SignedIn, { months }: { readonly months: 12 | 24 | null }) {
  const reader = await readerOf(ctx);
  const { org, side, full, plan, today } = reader;
  const about = { side, kind: org.kind, full, plan };
  if (months === null) {
    const since = addDays(today, 1 - freeDays);
    return { ...about, since, until: today, all: figuresOf(await askedSince(ctx, reader, since)), before: null, months: [], wanted: null };
  }
  permitMore(reader);
  const names = lastMonths(today, months);
  const since = `${names[0] ?? today.slice(0, 7)}-01`;
  const known = await askedSince(ctx, reader, yearBefore(since));
  const all = known.filter(({ day }) => day >= since);
  const [from, to] = [yearBefore(since), yearBefore(today)];
  // Of 24 months the year before lies among them: only of 12 the whole can be compared.
  const before = months === 12 ? figuresOf(known.filter(({ day }) => day >= from && day <= to)) : null;
  return { ...about, since, until: today, all: figuresOf(all), before, months: monthsOf(known, names, today), wanted: wantedOf(all) };
}

/** The months as a file for spreadsheets. @throws AppError as `readFigures` does. */
export async function figuresFile(ctx: SignedIn, { months, locale }: { readonly months: 12 | 24; readonly locale: Locale }) {
  const { months: rows, since, until } = await readFigures(ctx, { months });
  return { name: `${since.slice(0, 7)}-${until.slice(0, 7)}.csv`, mime: 'text/csv', bytes: Buffer.from(monthsCsv(rows, locale)) };
}

/** A season and what it is made of. Only who puts shows on has one. @throws AppError `plan_needed`, `not_found` for who has no season; and as `permit` does. */
async function seasonFor(ctx: SignedIn) {
  const reader = await readerOf(ctx);
  const { org, side, today } = reader;
  if (side === 'artist' || org.kind === 'person') throw new AppError('not_found');
  permitMore(reader);
  const names = lastMonths(monthsLater(`${today.slice(0, 7)}-01`, seasonMonths - 1), seasonMonths);
  const end = addDays(monthsLater(`${today.slice(0, 7)}-01`, seasonMonths), -1);
  const rows = await rowsOf(ctx, reader, Prisma.sql`r.show_day BETWEEN ${fromDay(today)}::date AND ${fromDay(end)}::date`);
  const deals = new Map(rows.filter(({ own }) => own).map((row) => [row.bookingId, askedOf(row, reader)]));
  // What is announced on its own stage, and what it booked itself.
  const shows = await ctx.db.show.findMany({
    where: { status: { not: 'cancelled' }, day: { gte: fromDay(today), lte: fromDay(end) }, OR: [{ stageOrgId: org.id, published: true }, { bookingId: { in: [...deals.keys()] } }] }, orderBy: [{ day: 'asc' }, { startTime: 'asc' }],
  });
  const nights = shows.map(({ bookingId, day, startTime, title, place }): Night => ({ day: toDay(day), startTime, title, place, fee: deals.get(bookingId ?? '')?.fee ?? null }));
  const open = rows.filter(({ status }) => status === 'requested' || status === 'negotiating').map(({ showDay, artist }) => ({ day: toDay(showDay), artist }));
  return { today, end, nights, open, months: seasonOf({ nights, open: open.map(({ day }) => day), deals: [...deals.values()] }, names, today) };
}

/** The twelve months to come of who puts shows on: nights on, asked for and free, and fees beside budgets (BI-06). @throws AppError as `seasonFor` does. */
export const readSeason = async (ctx: SignedIn) => (await seasonFor(ctx)).months;

/** The season day by day as a file for spreadsheets. @throws AppError as `readSeason` does. */
export async function seasonFile(ctx: SignedIn, locale: Locale) {
  const { today, end, nights, open } = await seasonFor(ctx);
  return { name: `${today}-${end}.csv`, mime: 'text/csv', bytes: Buffer.from(daysCsv({ from: today, until: end, nights, open }, locale)) };
}
