import assert from 'node:assert/strict';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { dropDeadline, setDeadline } from '../core/deadlines.ts';
import type { Organisation, PlanCharge, PlanInvoice, PlanQuote } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { localeOf } from '../core/locale.ts';
import { halfUp, inFigures, percentage, sum, toWire, type Currency, type Money, type WireMoney } from '../core/money.ts';
import { permitOperator } from '../core/operators.ts';
import { addJob } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { addDays, dayIn, daysBetween, fromDay, instantAt, toDay, type Day } from '../core/time.ts';
import { dunningOn, type Step } from '../legal/dunning.ts';
import { latePayment } from '../legal/late.ts';
import { subscription } from '../ledger/entries.ts';
import { book } from '../ledger/service.ts';
import { beginQuoted, jurisdiction, permitInvoice, taxed, thankReferrer } from '../plans/service.ts';
import { freePlanOf, planNamed, plansOf, type PlanName } from '../prices/catalogue.ts';
import { monthsLater } from '../prices/period.ts';
import { paidFor, priceOf, pricesOn } from '../prices/service.ts';
import { largestRemainder } from '../subscriptions/proration.ts';
import { chargeHour, dayWords, isPublic, lockPlan, moveSuperLikes, organisationOf, readPlan, tellPlan, todayOf, writePlan } from '../subscriptions/service.ts';
import { end, quoteDays } from '../subscriptions/subscription.ts';

/** Where our own days are reckoned. */
const ourZone = 'Europe/Paris';
/** The hour there at which reminders leave. */
const dunningHour = '09:00';
/** When a plan that was agreed for a day to come begins there. */
const beginHour = '00:05';

/**
 * Asks our people for a plan that is quoted; asked again before it is answered, it says what was said last.
 *
 * @throws AppError `not_found` for a plan that costs nothing, has a price that a card may pay, is not of its kind, or where nobody reads it; and as `permit` does.
 */
export async function askQuote(ctx: SignedIn, { plan, message }: { readonly plan: PlanName; readonly message: string }): Promise<{ sent: true }> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'plan.edit', { orgId });
  return transact(ctx, async (tx) => {
    await lockPlan(tx, orgId);
    const org = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
    if (!plansOf(org.kind).includes(plan) || plan === freePlanOf(org.kind) || tx.config.operators.length === 0) throw new AppError('not_found');
    if (!isPublic(org) && priceOf(await pricesOn(tx, todayOf(tx, org)), plan).month !== null) throw new AppError('not_found');
    const asked = await tx.db.planQuote.findFirst({ where: { orgId, plan, status: 'asked' } });
    if (asked) await tx.db.planQuote.update({ where: { id: asked.id }, data: { message, askedAt: tx.now() } });
    else await tx.db.planQuote.create({ data: { id: tx.newId('plq'), orgId, plan, message, askedAt: tx.now() } });
    for (const email of tx.config.operators) {
      await post(tx, { cause: `plan.quote:${orgId}:${plan}:${tx.newId('mai')}`, email }, {
        locale: 'fr', subject: `Devis demandé : ${plan}, ${org.name}`, greeting: 'Bonjour,', paragraphs: [`${org.name} (${org.email}, ${orgId}) demande un devis pour ${plan}.`, message], why: 'Message envoyé depuis la page Formule.',
        act: { label: 'Répondre à la demande', url: `${tx.config.urls.platform}/prices` },
      });
    }
    return { sent: true as const };
  });
}

/* For our own people. */

const money = (minor: bigint, currency = 'EUR'): Money => ({ minor, currency: currency as Currency });

/** What was asked for, the oldest first, then what was answered in the order of the answers, the newest first, with what is still to be paid of it. @throws AppError as `permitOperator` does. */
export async function readQuotes(ctx: Context) {
  await permitOperator(ctx);
  const include = { charge: { include: { invoice: { include: { credit: true } }, reminders: { orderBy: { at: 'asc' } } } } } as const;
  const asked = await ctx.db.planQuote.findMany({ where: { status: 'asked' }, orderBy: { askedAt: 'asc' }, include });
  const answered = await ctx.db.planQuote.findMany({ where: { status: { not: 'asked' } }, orderBy: { decidedAt: 'desc' }, take: 50, include });
  const rows = [...asked, ...answered];
  const orgIds = rows.map(({ orgId }) => orgId);
  const organisations = await ctx.db.organisation.findMany({ where: { id: { in: orgIds } } });
  const plans = await ctx.db.subscription.findMany({ where: { orgId: { in: orgIds }, ...paidFor } });
  return rows.map(({ id, orgId, plan, message, askedAt, status, endedAt, monthMinor, currency, months, since, until, orderNumber, charge }) => {
    const org = organisations.find((one) => one.id === orgId);
    assert(org, 'whoever asks is known');
    const paid = plans.find((one) => one.orgId === orgId);
    const owed = charge && charge.status !== 'dropped';
    const today = todayOf(ctx, org);
    return {
      id, plan, message, askedAt: askedAt.toISOString(), status, organisation: { name: org.name, email: org.email, isPublic: isPublic(org) }, paidUntil: paid ? toDay(paid.until) : null,
      assigned: charge && monthMinor !== null && months !== null && since && until ? {
        month: toWire(money(monthMinor, currency)), months, since: toDay(since), until: toDay(until), orderNumber, total: toWire(money(owed ? charge.totalMinor : 0n, currency)), dueDay: charge.invoice && dueDayOf(charge.invoice),
        number: charge.invoice?.number ?? null, paidAt: charge.capturedAt?.toISOString() ?? null, late: owed && charge.invoice ? lateOf(charge, charge.invoice, dayIn(charge.capturedAt ?? ctx.now(), ourZone)) : null,
        reminders: charge.reminders.map(({ step, at }) => ({ step: step as Step, at: at.toISOString() })),
        endedAt: endedAt?.toISOString() ?? null, credit: charge.invoice?.credit?.number ?? null, ending: mayEnd({ endedAt, until }, charge, today) ? toWire(hadOf(charge, today)?.total ?? money(0n, currency)) : null,
      } : null,
    };
  });
}

const dueDayOf = ({ issuedDay }: Pick<PlanInvoice, 'issuedDay'>): Day => addDays(toDay(issuedDay), quoteDays);

/** What is owed beside an invoice of a plan that is paid, or not paid yet, on `day`. */
function owedLate({ totalMinor }: Pick<PlanCharge, 'totalMinor'>, invoice: PlanInvoice, day: Day) {
  // A plan is never a private person's.
  const { settlement, payer } = invoice.content as { settlement?: string; payer?: { country?: string } };
  return latePayment({ due: money(totalMinor, invoice.currency), dueDay: dueDayOf(invoice), swiss: payer?.country === 'CH' }, day, settlement === 'public' ? 'public' : 'business');
}

function lateOf(charge: PlanCharge, invoice: PlanInvoice, day: Day) {
  const { days, interest, fixed } = owedLate(charge, invoice, day);
  return days > 0 ? { days, interest: toWire(interest), fixed: toWire(fixed) } : null;
}

/** The day of a reminder of what was agreed by quote has come, by its charge: the step is noted with what is owed then, its organisation is written to, and the next one gets its day. Nothing once it is paid. */
export async function dunPlan(tx: Context, chargeId: string): Promise<void> {
  const { orgId } = await tx.db.planCharge.findUniqueOrThrow({ where: { id: chargeId } });
  await lockPlan(tx, orgId);
  const { status, totalMinor: dueMinor, invoice, reminders } = await tx.db.planCharge.findUniqueOrThrow({ where: { id: chargeId }, include: { invoice: true, reminders: true } });
  if (status !== 'invoiced' || !invoice) return;
  const today = dayIn(tx.now(), ourZone);
  const { step, next } = dunningOn(dueDayOf(invoice), reminders.map((one) => one.step), today);
  if (step) {
    const { interest, fixed } = owedLate({ totalMinor: dueMinor }, invoice, today);
    const { number, currency } = invoice;
    await tx.db.planReminder.create({ data: { chargeId, step, at: tx.now(), dueMinor, interestMinor: interest.minor, fixedMinor: fixed.minor, currency } });
    const org = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
    const locale = localeOf(org.locale);
    await tellPlan(tx, org, `plan.dunned:${chargeId}:${step}`, { kind: 'unpaid', step, number, amount: inFigures(money(dueMinor, currency), locale), due: dayWords(dueDayOf(invoice), locale), late: inFigures(sum(interest, fixed), locale) });
  }
  if (next) await setDeadline(tx, 'plan.dun', chargeId, instantAt(next, dunningHour, ourZone));
}

/** What is agreed: a price a month before tax, for so many months from `since` on, and what a public accountant looks for on the invoice: its order, and where Chorus Pro wants them its service, commitment and market. */
export interface Agreed {
  readonly id: string;
  readonly month: WireMoney;
  readonly months: number;
  readonly since: Day;
  readonly orderNumber: string;
  readonly serviceCode: string;
  readonly commitmentNumber: string;
  readonly marketNumber: string;
}

/** The quote and who asked for it, if it can be answered so. Nobody pays twice for a day: it begins when what is paid has ended, and not before today. */
async function permitAgreed(ctx: Context, { id, months, since }: Pick<Agreed, 'id' | 'months' | 'since'>) {
  const quote = await ctx.db.planQuote.findUnique({ where: { id } });
  if (!quote) throw new AppError('not_found');
  if (quote.status !== 'asked') throw new AppError('plan_quote_closed');
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: quote.orgId } });
  const before = await readPlan(ctx, org.id);
  const paid = before !== null && before.paidMinor !== null && ['active', 'past_due', 'cancelled'].includes(before.state);
  if (since < todayOf(ctx, org)) throw new AppError('input_invalid', { field: 'since' });
  const until = monthsLater(since, months);
  const agreed = await ctx.db.planQuote.count({ where: { orgId: org.id, status: 'assigned', endedAt: null, since: { lt: fromDay(until) }, until: { gt: fromDay(since) } } });
  if (agreed > 0 || (paid && since < before.until)) throw new AppError('plan_quote_closed', { field: 'since' });
  const plan = planNamed(quote.plan);
  assert(plan, 'a plan that we know');
  return { quote, org, plan, until };
}

/** What answering a quote so comes to. @throws AppError `input_invalid`, `plan_quote_closed`, `not_found`; and as `permitOperator` does. */
export async function previewQuote(ctx: Context, ask: Agreed) {
  await permitOperator(ctx);
  const { org, until } = await permitAgreed(ctx, ask);
  return sumsOf(ctx, org, ask, until);
}

function sumsOf(ctx: Context, org: Organisation, { month, months, since }: Agreed, until: Day) {
  const { net, vat, total } = taxed(org, money(BigInt(month.minor) * BigInt(months)), todayOf(ctx, org));
  const invoiced = isPublic(org) ? until : dayIn(ctx.now(), ourZone);
  return { since, until, net: toWire(net), vat: toWire(vat), total: toWire(total), invoiceDay: invoiced, dueDay: addDays(invoiced, quoteDays) };
}

/**
 * Assigns the plan that was asked for: it is invoiced, of a public buyer once its time is over, and begins on its day, in place of a trial or after
 * what is paid. The organisation is written to.
 *
 * @throws AppError as `previewQuote` does; `plan_party_incomplete` where our invoice could not be written.
 */
export async function assignQuote(ctx: Context, ask: Agreed) {
  const operator = await permitOperator(ctx);
  await transact(ctx, async (tx) => {
    const { orgId } = await known(tx, ask.id);
    await lockPlan(tx, orgId);
    const { quote, org, plan, until } = await permitAgreed(tx, ask);
    permitInvoice(org);
    const { net, total, dueDay } = sumsOf(tx, org, ask, until);
    const { since, months, orderNumber, serviceCode, commitmentNumber, marketNumber } = ask;
    const chargeId = await chargeQuoted(tx, org, { plan, since, until, net: money(BigInt(net.minor)) });
    await tx.db.planQuote.update({
      where: { id: quote.id }, data: { status: 'assigned', monthMinor: BigInt(ask.month.minor), months, since: fromDay(since), until: fromDay(until), orderNumber, serviceCode, commitmentNumber, marketNumber, decidedBy: operator, decidedAt: tx.now(), chargeId },
    });
    if (!await beginQuoted(tx, orgId)) await setDeadline(tx, 'plan.begin', quote.id, instantAt(since, beginHour, org.timeZone));
    const locale = localeOf(org.locale);
    await tellPlan(tx, org, `plan.assigned:${quote.id}`, { kind: 'assigned', since: dayWords(since, locale), until: dayWords(addDays(until, -1), locale), total: inFigures(money(BigInt(total.minor)), locale), due: dayWords(dueDay, locale) });
  });
  return readQuotes(ctx);
}

/** Declines what was asked for; the organisation is written to. @throws AppError `plan_quote_closed`, `not_found`; and as `permitOperator` does. */
export async function declineQuote(ctx: Context, id: string) {
  const operator = await permitOperator(ctx);
  await transact(ctx, async (tx) => {
    const { orgId } = await known(tx, id);
    await lockPlan(tx, orgId);
    const { count } = await tx.db.planQuote.updateMany({ where: { id, status: 'asked' }, data: { status: 'declined', decidedBy: operator, decidedAt: tx.now() } });
    if (count === 0) throw new AppError('plan_quote_closed');
    await tellPlan(tx, await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } }), `plan.declined:${id}`, { kind: 'declined' });
  });
  return readQuotes(ctx);
}

/** Says that the transfer for what was agreed reached our bank, once its invoice was sent. @throws AppError `plan_quote_closed`, `not_found`; and as `permitOperator` does. */
export async function receiveQuote(ctx: Context, id: string) {
  const operator = await permitOperator(ctx);
  await transact(ctx, async (tx) => {
    const { charge, months } = await known(tx, id);
    if (!charge?.invoice || months === null) throw new AppError('plan_quote_closed');
    if (!await receiveQuoted(tx, charge.id, months, `The transfer for ${charge.invoice.number} reached our bank, says ${operator}`)) throw new AppError('plan_quote_closed');
    await dropDeadline(tx, 'plan.dun', charge.id);
  });
  return readQuotes(ctx);
}

/** What was agreed may end before its date while it is not paid: what is paid runs to its end. */
const mayEnd = ({ endedAt, until }: Pick<PlanQuote, 'endedAt' | 'until'>, charge: Pick<PlanCharge, 'status'>, today: Day): boolean => endedAt === null && until !== null && charge.status === 'invoiced' && today < toDay(until);

/**
 * Ends today what was agreed and is not paid: the days that were had stay to be paid, what was invoiced beyond them is credited, and the organisation is written to.
 *
 * @throws AppError `plan_quote_closed`, `not_found`; and as `permitOperator` does.
 */
export async function endQuote(ctx: Context, id: string) {
  await permitOperator(ctx);
  await transact(ctx, async (tx) => {
    const { orgId } = await known(tx, id);
    await lockPlan(tx, orgId);
    const quote = await known(tx, id);
    const org = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
    if (!quote.charge || !mayEnd(quote, quote.charge, todayOf(tx, org))) throw new AppError('plan_quote_closed');
    await tx.db.planQuote.update({ where: { id }, data: { endedAt: tx.now() } });
    await endQuoted(tx, quote);
  });
  return readQuotes(ctx);
}

async function known(tx: Context, id: string) {
  const quote = await tx.db.planQuote.findUnique({ where: { id }, include: { charge: { include: { invoice: true } } } });
  if (!quote) throw new AppError('not_found');
  return quote;
}

/* What is asked for it. */

/** What is asked for a plan that was agreed by quote, for all of its months: invoiced, and paid by transfer. Whoever calls holds the plan. Gives its id. */
async function chargeQuoted(tx: Context, org: Organisation, { plan, since, until, net }: { readonly plan: PlanName; readonly since: Day; readonly until: Day; readonly net: Money }): Promise<string> {
  const { vat, total, rule } = taxed(org, net, todayOf(tx, org));
  const id = tx.newId('pch');
  await tx.db.planCharge.create({
    data: {
      id, orgId: org.id, kind: 'quoted', plan, since: fromDay(since), until: fromDay(until), fullMinor: net.minor, offMinor: 0n, netMinor: net.minor, vatBps: Number(rule.bps), vatMinor: vat.minor,
      vatCitation: rule.citation, totalMinor: total.minor, currency: total.currency, status: 'invoiced', createdAt: tx.now(),
    },
  });
  // A public buyer pays for what was done: its invoice comes at the end (PUB-06).
  if (isPublic(org)) await setDeadline(tx, 'plan.invoice', id, instantAt(until, chargeHour, org.timeZone));
  else await invoiceWhenDue(tx, id);
  return id;
}

/** The day on which what was agreed by quote is invoiced. */
export async function invoiceWhenDue(tx: Context, chargeId: string): Promise<void> {
  await addJob(tx, 'plan-invoice', { chargeId }, { key: `plan-invoice:${chargeId}` });
}

/**
 * Ends what was agreed by quote and is not paid, before its date: the free plan from now on. Of its months only the days that were had are asked for, cut by largest
 * remainder; what was invoiced beyond them is credited, and what was not invoiced yet is. Whoever calls holds the plan, and says that the quote has ended.
 */
async function endQuoted(tx: Context, { id, orgId, chargeId, begunAt }: PlanQuote): Promise<void> {
  assert(chargeId, 'what was agreed is charged');
  // While it is being invoiced nothing of it changes.
  await lock(tx, `invoice:${chargeId}`);
  const org = await organisationOf(tx, orgId);
  const due = await tx.db.planCharge.findUniqueOrThrow({ where: { id: chargeId }, include: { invoice: true } });
  const left = hadOf(due, todayOf(tx, org));
  await tx.db.planCharge.update({
    where: { id: chargeId },
    data: left ? { until: fromDay(left.until), fullMinor: left.net.minor, netMinor: left.net.minor, vatMinor: left.vat.minor, totalMinor: left.total.minor } : { status: 'dropped' },
  });
  await dropDeadline(tx, 'plan.begin', id);
  await dropDeadline(tx, 'plan.invoice', chargeId);
  if (due.invoice) await addJob(tx, 'plan-credit', { chargeId }, { key: `plan-credit:${chargeId}` });
  else if (left) await invoiceWhenDue(tx, chargeId);
  if (!left) await dropDeadline(tx, 'plan.dun', chargeId);
  const before = begunAt ? await readPlan(tx, orgId) : null;
  if (before && before.state !== 'ended') await writePlan(tx, org, end(before));
  const locale = localeOf(org.locale);
  await tellPlan(tx, org, `plan.stopped:${id}`, { kind: 'stopped', owed: left ? inFigures(left.total, locale) : '' });
}

/** What of a charge for months to be paid by transfer stands if they end on `today`: the days before it, with tax. Null where none was had, or nothing comes to be asked for them. */
function hadOf({ since, until, netMinor, vatBps }: PlanCharge, today: Day) {
  const [from, to] = [toDay(since), toDay(until)];
  if (today <= from) return null;
  const [had = 0n] = largestRemainder(netMinor, [BigInt(daysBetween(from, today)), BigInt(daysBetween(today, to))]);
  const [net, vat] = [money(had), percentage(money(had), BigInt(vatBps), halfUp)];
  return had > 0n ? { until: today, net, vat, total: sum(net, vat) } : null;
}

/** The transfer for what was agreed by quote reached our bank: the ledger, the Super Likes of its months, and the thanks to whoever brought it; once. False when it was noted before. */
async function receiveQuoted(tx: Context, chargeId: string, months: number, reason: string): Promise<boolean> {
  const { orgId } = await tx.db.planCharge.findUniqueOrThrow({ where: { id: chargeId } });
  await lockPlan(tx, orgId);
  const { netMinor, vatMinor, plan } = await tx.db.planCharge.findUniqueOrThrow({ where: { id: chargeId } });
  const { count } = await tx.db.planCharge.updateMany({ where: { id: chargeId, status: 'invoiced' }, data: { status: 'captured', capturedAt: tx.now() } });
  if (count === 0) return false;
  const entries = subscription({ net: money(netMinor), vat: money(vatMinor), jurisdiction });
  await book(tx, { kind: 'subscription', key: `transfer:${chargeId}`, bookingId: null, orgId, entries: entries.map((entry) => (entry.account === 'provider:clearing' ? { ...entry, account: 'bank:platform' as const } : entry)), reason });
  const org = await organisationOf(tx, orgId);
  const name = planNamed(plan);
  assert(name, 'a plan that we sold');
  await lock(tx, `super-likes:${orgId}`);
  await moveSuperLikes(tx, orgId, months * priceOf(await pricesOn(tx, todayOf(tx, org)), name).superLikes, `charge:${chargeId}`);
  await thankReferrer(tx, org);
  return true;
}
