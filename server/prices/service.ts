import assert from 'node:assert/strict';
import { lock, transact, type Context } from '../core/context.ts';
import { Prisma, type Organisation, type PromotionKind } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { euros, halfUp, toWire, type Bps, type Currency, type Money, type WireMoney } from '../core/money.ts';
import { permitOperator } from '../core/operators.ts';
import { addDays, dayIn, fromDay, toDay, type Day } from '../core/time.ts';
import { commissionRate, type Band } from '../legal/commission.ts';
import { RATE_KINDS, ratesOn, type RateKind } from '../legal/service.ts';
import { planNamed, type PlanName } from './catalogue.ts';
import { bookerRate, lowestOf, promisedRate } from './commission.ts';
import { lastMonths, yearBefore } from './period.ts';
import { mixOf, REVENUE_LINES, type RevenueLine } from './revenue.ts';

/** Where our own days are reckoned. */
const ourZone = 'Europe/Paris';
/** What a plan is sold in. */
const currency: Currency = 'EUR';

const money = (minor: bigint): Money => ({ minor, currency });

/* Prices, each a dated row. */

/** What a plan costs and holds on a day. */
export interface Price {
  readonly plan: PlanName;
  /** A month, before tax; null is on quote. */
  readonly month: Money | null;
  readonly artistsMax: number | null;
  readonly superLikes: number;
  readonly trialDays: number;
}

/** The rows that hold on a day. */
export const onDay = (day: Day) => ({ validFrom: { lte: fromDay(day) }, OR: [{ validTo: null }, { validTo: { gt: fromDay(day) } }] });

/** What each plan costs and holds on a day, in euros. */
export async function pricesOn(ctx: Context, day: Day): Promise<ReadonlyMap<PlanName, Price>> {
  const rows = await ctx.db.planPrice.findMany({ where: { currency, ...onDay(day) } });
  return new Map(rows.flatMap(({ plan: name, monthMinor, artistsMax, superLikes, trialDays }) => {
    const plan = planNamed(name);
    return plan ? [[plan, { plan, month: monthMinor === null ? null : money(monthMinor), artistsMax, superLikes, trialDays }] as const] : [];
  }));
}

/** That of one plan. */
export function priceOf(prices: ReadonlyMap<PlanName, Price>, plan: PlanName): Price {
  const price = prices.get(plan);
  assert(price, 'every plan has a price on every day');
  return price;
}

/** How many artists a booker acts for. */
export const artistsOf = (ctx: Context, bookerOrgId: string): Promise<number> =>
  ctx.db.representation.count({ where: { bookerOrgId, OR: [{ until: null }, { until: { gt: ctx.now() } }] } });

/* What a deal leaves us. */

/** The bookings that came to nothing: cancelled, lapsed because nobody paid, or given back whole by decision. What was signed for them is nobody's turnover. */
const undone = Prisma.sql`(EXISTS (SELECT FROM booking WHERE booking.id = contract.booking_id AND booking.status IN ('cancelled', 'lapsed'))
  OR EXISTS (SELECT FROM dispute WHERE dispute.booking_id = contract.booking_id AND dispute.status = 'decided' AND dispute.release_minor = 0))`;

/** What an organisation did through us in the year before `day`: a booker what its artists sold while it acted for them, anybody else what it sold or bought. Of signed contracts alone, and of none that came to nothing. */
export async function turnoverOf(ctx: Context, { id, kind }: Pick<Organisation, 'id' | 'kind'>, day: Day, of: Currency): Promise<{ minor: bigint; contracts: number }> {
  const [from, to] = [fromDay(yearBefore(day)), fromDay(addDays(day, 1))];
  const [row] = kind === 'booker'
    ? await ctx.db.$queryRaw<[{ minor: bigint; contracts: number }]>`
      SELECT coalesce(sum(price_minor), 0)::bigint AS minor, count(*)::int AS contracts FROM contract
      WHERE status = 'signed' AND currency = ${of} AND signed_at >= ${from}::timestamptz AND signed_at < ${to}::timestamptz AND NOT ${undone} AND EXISTS (
        SELECT FROM representation WHERE booker_org_id = ${id} AND artist_org_id = contract.org_id AND signed_at >= since AND (until IS NULL OR signed_at < until))`
    : await ctx.db.$queryRaw<[{ minor: bigint; contracts: number }]>`
      SELECT coalesce(sum(price_minor), 0)::bigint AS minor, count(*)::int AS contracts FROM contract
      WHERE status = 'signed' AND currency = ${of} AND signed_at >= ${from}::timestamptz AND signed_at < ${to}::timestamptz AND NOT ${undone} AND (org_id = ${id} OR buyer_org_id = ${id})`;
  assert(row, 'a sum has one row');
  return row;
}

/** The rate of the band that reaches an amount; null where the scale is not of its currency. */
export const rateOf = (bands: readonly Band[], amount: Money): Bps | null => (bands.some((band) => band.currency === amount.currency) ? commissionRate(amount, bands) : null);

/** Plans that were paid for and run; one that was only tried never was, whatever became of it. */
export const paidFor = { state: { in: ['active', 'past_due', 'cancelled'] }, paidMinor: { not: null } } satisfies Prisma.SubscriptionWhereInput;

/** The rate of a booker who has a paid plan, by its turnover and the number of its contracts; null where no scale is of that currency. */
async function rateOfBooker(ctx: Context, booker: Pick<Organisation, 'id' | 'kind'>, day: Day, of: Currency): Promise<Bps | null> {
  const { minor, contracts } = await turnoverOf(ctx, booker, day, of);
  const tier = rateOf(await ratesOn(ctx, 'commission.booker', day), { minor, currency: of });
  const points = rateOf(await ratesOn(ctx, 'commission.volume', day), euros(BigInt(contracts))) ?? 0n;
  return tier === null ? null : bookerRate(tier, points);
}

/** The rate that a promotion gives an organisation on a day; null where it gives none. */
export async function promisedTo(ctx: Context, orgId: string, day: Day): Promise<Bps | null> {
  const grant = await ctx.db.promotionGrant.findUnique({ where: { orgId }, include: { promotion: true } });
  if (!grant) return null;
  const { bps, months, thenBps, ends } = grant.promotion;
  assert(thenBps !== null && ends !== null, 'a promise about our share has an end');
  return promisedRate({ since: toDay(grant.since), bps: BigInt(bps), months, thenBps: BigInt(thenBps), ends: toDay(ends) }, day);
}

/**
 * Our rate on a deal of an artist, by the rows of `day`: the lowest of the contract's band, that of a subscribed booker who acts for the
 * artist, and a promotion of the artist's (docs/decisions/0007-plans.md). A contract keeps that of its signature day.
 */
export async function commissionOn(ctx: Context, { orgId, price, day }: { readonly orgId: string; readonly price: Money; readonly day: Day }): Promise<Bps> {
  const band = commissionRate(price, await ratesOn(ctx, 'commission.contract', day));
  const mandates = await ctx.db.representation.findMany({ where: { artistOrgId: orgId, OR: [{ until: null }, { until: { gt: ctx.now() } }] }, select: { booker: { select: { id: true, kind: true } } } });
  const rates: (Bps | null)[] = [await promisedTo(ctx, orgId, day)];
  for (const { booker } of mandates) {
    const paid = await ctx.db.subscription.count({ where: { orgId: booker.id, ...paidFor } });
    if (paid > 0) rates.push(await rateOfBooker(ctx, booker, day, price.currency));
  }
  return lowestOf(band, rates);
}

/* What our own people date anew. */

/** A price that begins on `from`. What the plan holds is part of it. */
export interface NewPrice {
  readonly plan: PlanName;
  readonly month: WireMoney | null;
  readonly artistsMax: number | null;
  readonly superLikes: number;
  readonly trialDays: number;
  readonly from: Day;
}

/** A rate of one band of a scale that begins on `from`. `upTo` is an amount, or for `commission.volume` a number of contracts; null is without limit. */
export interface NewRate {
  readonly kind: RateKind;
  readonly upTo: number | null;
  readonly currency: Currency;
  readonly bps: number;
  readonly from: Day;
}

/** What a new row would change: whom it reaches, and what they bring us in a month before and after. */
interface Effect {
  readonly organisations: number;
  readonly contracts: number;
  readonly before: WireMoney;
  readonly after: WireMoney;
  /** Organisations that hold more than the new row includes: they keep it. */
  readonly over: number;
}

/** Nothing begins before tomorrow, nor before what was dated last: history stays. */
function permitFrom(ctx: Context, from: Day, last: { readonly validFrom: Date; readonly validTo: Date | null } | null): void {
  if (from <= dayIn(ctx.now(), ourZone) || (last && (last.validTo !== null || toDay(last.validFrom) >= from))) throw new AppError('price_from_past', { field: 'from' });
}

const lastPrice = (ctx: Context, plan: PlanName) => ctx.db.planPrice.findFirst({ where: { plan, currency }, orderBy: { validFrom: 'desc' } });

/** The id of whoever dated a row by hand, as its source begins. */
const daterOf = (source: string): string | undefined => /^(usr_\w+), \d{4}-/.exec(source)?.[1];

/** All dated rows, the oldest first of each. For our own people. @throws AppError as `permitOperator` does. */
export async function readPrices(ctx: Context) {
  await permitOperator(ctx);
  const { db } = ctx;
  const [prices, rates, promotions] = await Promise.all([
    db.planPrice.findMany({ orderBy: [{ plan: 'asc' }, { validFrom: 'asc' }] }),
    db.rate.findMany({ where: { kind: { in: [...RATE_KINDS] } }, orderBy: [{ kind: 'asc' }, { currency: 'desc' }, { upToMinor: { sort: 'asc', nulls: 'last' } }, { validFrom: 'asc' }] }),
    db.promotion.findMany({ orderBy: [{ code: 'asc' }, { validFrom: 'asc' }], include: { _count: { select: { grants: true } } } }),
  ]);
  const daters = [...prices, ...rates, ...promotions].flatMap(({ source }) => daterOf(source) ?? []);
  const people = new Map((await db.user.findMany({ where: { id: { in: daters } }, select: { id: true, name: true } })).map(({ id, name }) => [id, name]));
  const dates = ({ validFrom, validTo, source }: { validFrom: Date; validTo: Date | null; source: string }) => ({
    from: toDay(validFrom), to: validTo && toDay(validTo), by: people.get(daterOf(source) ?? '') ?? null, decision: /decision (\d{4})/.exec(source)?.[1] ?? null,
  });
  return {
    today: dayIn(ctx.now(), ourZone),
    prices: prices.map(({ id, plan, monthMinor, artistsMax, superLikes, trialDays, ...row }) => ({ id, plan, month: monthMinor === null ? null : toWire(money(monthMinor)), artistsMax, superLikes, trialDays, ...dates(row) })),
    rates: rates.map(({ id, kind, upToMinor, currency: of, bps, ...row }) => ({ id, kind, upTo: upToMinor === null ? null : Number(upToMinor), currency: of as Currency, bps, ...dates(row) })),
    promotions: promotions.map(({ id, kind, code, bps, months, thenBps, ends, _count, ...row }) => ({ id, kind, code, bps, months, thenBps, ends: ends && toDay(ends), taken: _count.grants, ...dates(row) })),
  };
}

/** What a new price would change, on those who have the plan today. @throws AppError `price_from_past`; and as `permitOperator` does. */
export async function previewPrice(ctx: Context, { plan, month, artistsMax, from }: NewPrice): Promise<Effect> {
  await permitOperator(ctx);
  const last = await lastPrice(ctx, plan);
  permitFrom(ctx, from, last);
  const subscribers = await ctx.db.subscription.findMany({ where: { state: { in: ['trial', 'active', 'past_due'] }, OR: [{ plan, nextPlan: null }, { nextPlan: plan }] }, select: { orgId: true } });
  const monthly = (minor: bigint | null): WireMoney => toWire(money((minor ?? 0n) * BigInt(subscribers.length)));
  let over = 0;
  for (const { orgId } of artistsMax === null ? [] : subscribers) over += await artistsOf(ctx, orgId) > (artistsMax ?? 0) ? 1 : 0;
  return { organisations: subscribers.length, contracts: 0, before: monthly(last?.monthMinor ?? null), after: monthly(month && BigInt(month.minor)), over };
}

/** Dates a new price: the one before it ends on that day. @throws AppError `price_from_past`; and as `permitOperator` does. */
export async function setPrice(ctx: Context, { plan, month, artistsMax, superLikes, trialDays, from }: NewPrice) {
  const operator = await permitOperator(ctx);
  await transact(ctx, async (tx) => {
    await lock(tx, `price:${plan}`);
    const last = await lastPrice(tx, plan);
    permitFrom(tx, from, last);
    if (last) await tx.db.planPrice.update({ where: { id: last.id }, data: { validTo: fromDay(from) } });
    await tx.db.planPrice.create({ data: { id: tx.newId('rat'), plan, monthMinor: month && BigInt(month.minor), currency, artistsMax, superLikes, trialDays, validFrom: fromDay(from), source: `${operator}, ${dayIn(tx.now(), ourZone)}` } });
  });
  return readPrices(ctx);
}

const lastRate = (ctx: Context, { kind, upTo, currency: of }: NewRate) =>
  ctx.db.rate.findFirst({ where: { kind, currency: of, upToMinor: upTo === null ? null : BigInt(upTo) }, orderBy: { validFrom: 'desc' } });

/** The contracts of the year before that a band reaches, and for a booker's scale the bookers with a paid plan; of anything else nothing is sold through us yet. */
async function reached(ctx: Context, ask: NewRate): Promise<{ organisations: number; contracts: number; minor: bigint }> {
  const today = dayIn(ctx.now(), ourZone);
  const bands = (await ratesOn(ctx, ask.kind, today)).filter(({ currency: of }) => of === ask.currency);
  const inBand = (minor: bigint): boolean => {
    const reach = bands.filter(({ upToMinor }) => upToMinor === null || upToMinor >= minor).sort((a, b) => (a.upToMinor === null ? 1 : b.upToMinor === null ? -1 : Number(a.upToMinor - b.upToMinor)));
    return reach[0] !== undefined && (reach[0].upToMinor === null ? ask.upTo === null : Number(reach[0].upToMinor) === ask.upTo);
  };
  if (ask.kind === 'commission.contract') {
    const rows = await ctx.db.contract.findMany({ where: { status: 'signed', currency: ask.currency, signedAt: { gte: fromDay(yearBefore(today)) } }, select: { orgId: true, priceMinor: true } });
    const hit = rows.filter(({ priceMinor }) => inBand(priceMinor));
    return { organisations: new Set(hit.map(({ orgId }) => orgId)).size, contracts: hit.length, minor: hit.reduce((all, { priceMinor }) => all + priceMinor, 0n) };
  }
  if (ask.kind !== 'commission.booker') return { organisations: 0, contracts: 0, minor: 0n };
  const bookers = await ctx.db.subscription.findMany({ where: { ...paidFor, plan: { startsWith: 'booker_' } }, select: { orgId: true } });
  const turnovers = await Promise.all(bookers.map(({ orgId }) => turnoverOf(ctx, { id: orgId, kind: 'booker' }, today, ask.currency)));
  const hit = turnovers.filter(({ minor }) => inBand(minor));
  return { organisations: hit.length, contracts: hit.reduce((all, { contracts }) => all + contracts, 0), minor: hit.reduce((all, { minor }) => all + minor, 0n) };
}

/** What a new rate would change, by the contracts of the past year: a month's share of them. @throws AppError `price_from_past`, `not_found` for a band that is none; and as `permitOperator` does. */
export async function previewRate(ctx: Context, ask: NewRate): Promise<Effect> {
  await permitOperator(ctx);
  const last = await lastRate(ctx, ask);
  if (!last) throw new AppError('not_found');
  permitFrom(ctx, ask.from, last);
  const { organisations, contracts, minor } = await reached(ctx, ask);
  const monthly = (bps: number): WireMoney => toWire({ minor: halfUp(minor * BigInt(bps), 120_000n), currency: ask.currency });
  return { organisations, contracts, before: monthly(last.bps), after: monthly(ask.bps), over: 0 };
}

/** Dates a new rate of a band: the one before it ends on that day, and contracts keep theirs. @throws AppError as `previewRate` does. */
export async function setRate(ctx: Context, ask: NewRate) {
  const operator = await permitOperator(ctx);
  await transact(ctx, async (tx) => {
    await lock(tx, `rate:${ask.kind}`);
    const last = await lastRate(tx, ask);
    if (!last) throw new AppError('not_found');
    permitFrom(tx, ask.from, last);
    await tx.db.rate.update({ where: { id: last.id }, data: { validTo: fromDay(ask.from) } });
    await tx.db.rate.create({ data: { id: tx.newId('rat'), kind: ask.kind, upToMinor: last.upToMinor, currency: ask.currency, bps: ask.bps, validFrom: fromDay(ask.from), source: `${operator}, ${dayIn(tx.now(), ourZone)}` } });
  });
  return readPrices(ctx);
}

/**
 * A promotion as it is from `from` on: the one of the same code before it ends there, and whoever took that one keeps what it said. Without
 * `terms` none follows.
 */
export interface NewPromotion {
  /** `REFERRAL` is what whoever brings a customer has off its plan, `MERIT` what whoever is certified has; any other is taken by its code, and is about our share. */
  readonly code: string;
  readonly from: Day;
  readonly terms: {
    readonly bps: number;
    readonly months: number;
    /** Of a code alone: the share after those months; the first day on which it is not given any more; and the first on which nobody has it. */
    readonly thenBps: number | null;
    readonly to: Day | null;
    readonly ends: Day | null;
  } | null;
}

const promotionKind = (code: string): PromotionKind => (code === 'REFERRAL' ? 'referral' : code === 'MERIT' ? 'merit' : 'commission');
const lastPromotion = (ctx: Context, code: string) => ctx.db.promotion.findFirst({ where: { code }, orderBy: { validFrom: 'desc' }, include: { _count: { select: { grants: true } } } });
type LastPromotion = Awaited<ReturnType<typeof lastPromotion>>;

/** Whether `last` still runs, or is to come, on `from`. */
const runsOn = (last: LastPromotion, from: Day): boolean => last !== null && (last.validTo === null || toDay(last.validTo) > from);

function permitPromotion(ctx: Context, { code, from, terms }: NewPromotion, last: LastPromotion): void {
  if (from <= dayIn(ctx.now(), ourZone) || (last && toDay(last.validFrom) >= from)) throw new AppError('price_from_past', { field: 'from' });
  if (!terms) {
    if (!runsOn(last, from)) throw new AppError('not_found');
    return;
  }
  const { bps, thenBps, to, ends } = terms;
  const wrong = promotionKind(code) === 'commission' ? thenBps === null ? 'thenBps' : to === null || to <= from ? 'to' : ends === null || ends < to ? 'ends' : null : bps === 0 ? 'bps' : null;
  if (wrong) throw new AppError('input_invalid', { field: wrong });
}

/**
 * What a promotion would change from that day on, beside what was taken already, which is kept (`over`). Of a code: the artists with a contract in the past
 * year who have none yet, and our share of a month of those contracts while it gives the first of its rates. Of the others: whoever has a plan and would have
 * the next months of it for less.
 *
 * @throws AppError `price_from_past`, `input_invalid`, `not_found` for an end of nothing; and as `permitOperator` does.
 */
export async function previewPromotion(ctx: Context, ask: NewPromotion): Promise<Effect> {
  await permitOperator(ctx);
  const last = await lastPromotion(ctx, ask.code);
  permitPromotion(ctx, ask, last);
  const before = runsOn(last, ask.from) ? last : null;
  const over = last?._count.grants ?? 0;
  if (promotionKind(ask.code) === 'commission') {
    const given = await ctx.db.promotionGrant.findMany({ select: { orgId: true } });
    const contracts = await ctx.db.contract.findMany({
      where: { status: 'signed', currency, signedAt: { gte: fromDay(yearBefore(dayIn(ctx.now(), ourZone))) }, orgId: { notIn: given.map(({ orgId }) => orgId) } }, select: { orgId: true, priceMinor: true, commissionBps: true },
    });
    const monthly = (bps: number | null): WireMoney =>
      toWire(money(halfUp(contracts.reduce((all, { priceMinor, commissionBps }) => all + priceMinor * BigInt(bps === null ? commissionBps : Math.min(bps, commissionBps)), 0n), 120_000n)));
    return { organisations: new Set(contracts.map(({ orgId }) => orgId)).size, contracts: contracts.length, before: monthly(before?.bps ?? null), after: monthly(ask.terms?.bps ?? null), over };
  }
  const reachedOrgs = promotionKind(ask.code) === 'referral' ? await ctx.db.referral.findMany({ where: { paidAt: null }, select: { orgId: true }, distinct: ['orgId'] })
    : await ctx.db.certification.findMany({ where: { until: { gt: fromDay(ask.from) } }, select: { orgId: true } });
  const plans = await ctx.db.subscription.findMany({ where: { state: { in: ['active', 'past_due'] }, orgId: { in: reachedOrgs.map(({ orgId }) => orgId) } }, select: { plan: true } });
  const prices = await pricesOn(ctx, dayIn(ctx.now(), ourZone));
  const month = plans.reduce((all, { plan }) => all + (prices.get(planNamed(plan) ?? 'person_free')?.month?.minor ?? 0n), 0n);
  const left = (bps: number): WireMoney => toWire(money(month - halfUp(month * BigInt(bps), 10_000n)));
  return { organisations: plans.length, contracts: 0, before: left(before?.bps ?? 0), after: left(ask.terms?.bps ?? 0), over };
}

/** Dates a promotion anew, or its end. @throws AppError as `previewPromotion` does. */
export async function setPromotion(ctx: Context, ask: NewPromotion) {
  const operator = await permitOperator(ctx);
  const { code, from, terms } = ask;
  await transact(ctx, async (tx) => {
    await lock(tx, `promotion:${code}`);
    const last = await lastPromotion(tx, code);
    permitPromotion(tx, ask, last);
    if (last && runsOn(last, from)) await tx.db.promotion.update({ where: { id: last.id }, data: { validTo: fromDay(from) } });
    if (!terms) return;
    const kind = promotionKind(code);
    const { bps, months, thenBps, to, ends } = terms;
    const dated = kind === 'commission' ? { thenBps, validTo: to && fromDay(to), ends: ends && fromDay(ends) } : {};
    await tx.db.promotion.create({ data: { id: tx.newId('rat'), kind, code, bps, months, ...dated, validFrom: fromDay(from), source: `${operator}, ${dayIn(tx.now(), ourZone)}` } });
  });
  return readPrices(ctx);
}

/* What it all brings. */

/**
 * What we earned in the twelve months up to today, as the ledger says, by month and currency, and the mix that was aimed at (BI-08). Nothing is sold yet
 * on the marketplace, and no training. For our own people. @throws AppError as `permitOperator` does.
 */
export async function readRevenue(ctx: Context) {
  await permitOperator(ctx);
  const today = dayIn(ctx.now(), ourZone);
  const months = lastMonths(today, 12);
  const rows = await ctx.db.$queryRaw<{ month: string; line: 'commissions' | 'subscriptions'; currency: Currency; minor: bigint }[]>`
    SELECT to_char(transfer.at AT TIME ZONE ${ourZone}, 'YYYY-MM') AS month, CASE entry.account WHEN 'commission:platform' THEN 'commissions' ELSE 'subscriptions' END AS line, entry.currency, sum(entry.minor)::bigint AS minor
    FROM entry JOIN transfer ON transfer.id = entry.transfer_id
    WHERE entry.account IN ('commission:platform', 'subscription:platform') AND transfer.at >= (${`${months[0] ?? ''}-01`}::timestamp AT TIME ZONE ${ourZone}) AND transfer.at <= ${ctx.now()}::timestamptz
    GROUP BY 1, 2, 3`;
  const currencies = [...new Set(rows.map(({ currency: of }) => of))].sort().reverse();
  return currencies.map((of) => {
    const earned = (line: RevenueLine, month?: string): bigint => rows.reduce((all, row) => (row.currency === of && row.line === line && (month === undefined || row.month === month) ? all + row.minor : all), 0n);
    const wire = (minor: bigint): WireMoney => toWire({ minor, currency: of });
    return {
      currency: of, total: wire(REVENUE_LINES.reduce((all, line) => all + earned(line), 0n)),
      lines: mixOf(REVENUE_LINES.map((line) => ({ line, minor: earned(line) }))).map(({ line, minor, share, aim }) => ({ line, total: wire(minor), share, aim })),
      months: months.map((month) => ({ month, commissions: wire(earned('commissions', month)), subscriptions: wire(earned('subscriptions', month)) })),
    };
  });
}
