import assert from 'node:assert/strict';
import { lock, type Context, type SignedIn } from '../core/context.ts';
import { dropDeadline, setDeadline } from '../core/deadlines.ts';
import type { Organisation, Subscription as SubscriptionRow } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { localeOf } from '../core/locale.ts';
import type { Currency, Money } from '../core/money.ts';
import { permit } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { dayIn, fromDay, instantAt, toDay, type Day } from '../core/time.ts';
import { paymentPath } from '../legal/payment-path.ts';
import { freePlanOf, planNamed, type PlanName } from '../prices/catalogue.ts';
import { artistsOf, priceOf, pricesOn } from '../prices/service.ts';
import { planLetter, type PlanLetter } from './letters.ts';
import type { Subscription } from './subscription.ts';

/** The hour at an organisation's home at which its plan is charged. */
export const chargeHour = '08:00';
/** What a plan is sold in. */
export const currency: Currency = 'EUR';

/** Holds the plan of an organisation until the transaction ends. */
export const lockPlan = (tx: Context, orgId: string): Promise<void> => lock(tx, `plan:${orgId}`);

/** Minor units of what a plan is sold in. */
export const money = (minor: bigint): Money => ({ minor, currency });

/** The day that it is at an organisation's home. */
export const todayOf = (ctx: Context, { timeZone }: Pick<Organisation, 'timeZone'>): Day => dayIn(ctx.now(), timeZone);

/** An organisation by its id. */
export const organisationOf = (ctx: Context, id: string): Promise<Organisation> => ctx.db.organisation.findUniqueOrThrow({ where: { id } });

/* The plan that an organisation has. */

/** A plan as its row keeps it. */
export function planOfRow({ plan, state, since, until, anchor, paidMinor, nextPlan, tried, tries }: SubscriptionRow): Subscription {
  const name = planNamed(plan);
  assert(name, 'a plan that we know');
  return { plan: name, state, since: toDay(since), until: toDay(until), anchor, paidMinor, nextPlan: nextPlan === null ? null : planNamed(nextPlan), tried, tries };
}

/** The plan that an organisation has or had; null before its first. */
export async function readPlan(ctx: Context, orgId: string): Promise<Subscription | null> {
  const row = await ctx.db.subscription.findUnique({ where: { orgId } });
  return row && planOfRow(row);
}

/** The plan that counts today: the free one of its kind where none runs. */
export const planNow = (plan: Subscription | null, kind: string): PlanName => (plan && plan.state !== 'ended' ? plan.plan : freePlanOf(kind));

/** Writes what a plan became, with the date on which its period ends. */
export async function writePlan(tx: Context, { id: orgId, timeZone }: Pick<Organisation, 'id' | 'timeZone'>, after: Subscription, retryAt: Date | null = null): Promise<void> {
  const { since, until, ...rest } = after;
  const data = { ...rest, since: fromDay(since), until: fromDay(until), currency, retryAt, changedAt: tx.now() };
  await tx.db.subscription.upsert({ where: { orgId }, create: { orgId, ...data }, update: data });
  if (after.state === 'trial' || after.state === 'active' || after.state === 'cancelled') await setDeadline(tx, 'plan.renew', orgId, instantAt(until, chargeHour, timeZone));
  else await dropDeadline(tx, 'plan.renew', orgId);
  if (retryAt) await setDeadline(tx, 'plan.retry', orgId, retryAt);
  else await dropDeadline(tx, 'plan.retry', orgId);
}

/** Writes to an organisation about its plan. */
export async function tellPlan(tx: Context, org: Organisation, cause: string, of: PlanLetter): Promise<void> {
  await post(tx, { cause, email: org.email, orgId: org.id }, planLetter(localeOf(org.locale), of, `${tx.config.urls.platform}/plan`));
}

/** A day as a letter says it. */
export const dayWords = (day: Day, locale: string): string => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(fromDay(day));

/** Whether an organisation pays as a French public buyer does: by transfer, for what was done, never by card (PUB-06, PUB-07). */
export const isPublic = (org: Pick<Organisation, 'kind' | 'country' | 'publicBody'>): boolean => paymentPath(org) === 'public';

/* Gates. */

/**
 * Whether a booker's plan has a place for one artist more, in the caller's transaction, which holds the portfolio until it ends. Null when it
 * has; else how many the plan includes, and the booker is written to. Nobody loses an artist: a portfolio that is too large stays.
 */
export async function refusedPlace(tx: Context, bookerOrgId: string, artist: string): Promise<number | null> {
  await lock(tx, `portfolio:${bookerOrgId}`);
  const booker = await organisationOf(tx, bookerOrgId);
  const today = todayOf(tx, booker);
  const { artistsMax } = priceOf(await pricesOn(tx, today), planNow(await readPlan(tx, bookerOrgId), booker.kind));
  if (artistsMax === null || await artistsOf(tx, bookerOrgId) < artistsMax) return null;
  await tellPlan(tx, booker, `plan.full:${bookerOrgId}:${today}:${artist}`, { kind: 'full', artist, most: artistsMax });
  return artistsMax;
}

/** Whether what paid plans give is an organisation's today: it pays for one, tries one, or is certified, which is free (BI-13). */
export async function hasMore(ctx: Context, orgId: string): Promise<boolean> {
  const org = await organisationOf(ctx, orgId);
  if (planNow(await readPlan(ctx, orgId), org.kind) !== freePlanOf(org.kind)) return true;
  const today = fromDay(todayOf(ctx, org));
  return await ctx.db.certification.count({ where: { orgId, since: { lte: today }, until: { gt: today } } }) > 0;
}

/* Super Likes. */

/** How many Super Likes an organisation has left, of those that came with paid months. */
export async function superLikesLeft(ctx: Context, orgId: string): Promise<number> {
  const last = await ctx.db.superLike.findFirst({ where: { orgId }, orderBy: { seq: 'desc' }, select: { after: true } });
  return last?.after ?? 0;
}

/** Uses one Super Like of those that came with paid months, once for each key. @throws AppError `super_likes_spent`; and as `permit` does. */
export async function spendSuperLike(tx: SignedIn, key: string): Promise<number> {
  const { orgId } = tx.actor;
  permit(tx.actor, 'plan.read', { orgId });
  await lock(tx, `super-likes:${orgId}`);
  return moveSuperLikes(tx, orgId, -1, `use:${key}`);
}

/** In the caller's transaction, which holds the balance. Gives what is left. */
export async function moveSuperLikes(tx: Context, orgId: string, n: number, cause: string): Promise<number> {
  const last = await tx.db.superLike.findFirst({ where: { orgId }, orderBy: { seq: 'desc' } });
  const known = await tx.db.superLike.findUnique({ where: { cause } });
  const after = (last?.after ?? 0) + n;
  if (n === 0 || known) return last?.after ?? 0;
  if (after < 0) throw new AppError('super_likes_spent');
  await tx.db.superLike.create({ data: { orgId, seq: (last?.seq ?? 0) + 1, n, after, cause, at: tx.now() } });
  return after;
}
