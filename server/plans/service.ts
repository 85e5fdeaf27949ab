import assert from 'node:assert/strict';
import type { Intent, ProviderNotice } from '../adapters/ports.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { dropDeadline, setDeadline } from '../core/deadlines.ts';
import type { Organisation, PlanCard, PlanCharge, PlanDiscount, Prisma } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { localeOf } from '../core/locale.ts';
import { halfUp, inFigures, percentage, sum, toWire, type Bps, type Currency, type Money, type WireMoney } from '../core/money.ts';
import { addJob } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { addDays, daysBetween, fromDay, instantAt, toDay, type Day } from '../core/time.ts';
import { ratesOn } from '../legal/service.ts';
import { ourVat } from '../legal/vat.ts';
import { chargeback, chargebackWon, subscription } from '../ledger/entries.ts';
import { askOnce, book, isOtherCard } from '../ledger/service.ts';
import { freePlanOf, isLarger, planNamed, plansOf, type PlanName } from '../prices/catalogue.ts';
import { monthAfter } from '../prices/period.ts';
import { artistsOf, onDay, priceOf, pricesOn, promisedTo, rateOf, turnoverOf, type Price } from '../prices/service.ts';
import { upgrade } from '../subscriptions/proration.ts';
import { chargeHour, currency, dayWords, isPublic, lockPlan, money, moveSuperLikes, organisationOf, planNow, planOfRow, readPlan, superLikesLeft, tellPlan, todayOf, writePlan } from '../subscriptions/service.ts';
import { atEnd, begin, cancel, end, enlarge, MOST_TRIES, putOff, refuse, renew, resume, startTrial, type Subscription } from '../subscriptions/subscription.ts';
import { offOf } from './discount.ts';

/** The platform's own country: where the tax on a plan is owed. */
export const jurisdiction = 'FR';
const dayMs = 86_400_000;
/** A charge that is under way, or was refused and is tried again: one for an organisation. */
const open: PlanCharge['status'][] = ['processing', 'refused'];

/** A card takes money before anything is done: a public body is quoted instead. @throws AppError `plan_public`. */
function permitCard(org: Organisation): void {
  if (isPublic(org)) throw new AppError('plan_public');
}

/* What is due. */

/** What a plan would come to if it were taken now. */
interface Quote {
  readonly kind: 'first' | 'upgrade';
  readonly since: Day;
  readonly until: Day;
  readonly full: Money;
  readonly off: Money;
  readonly discountId: string | null;
}

/** Months that somebody brought, and what a year's turnover gives back. */
async function discountsOf(ctx: Context, org: Organisation, day: Day, full: Money): Promise<{ rates: Bps[]; discountId: string | null }> {
  const months = await ctx.db.planDiscount.findMany({ where: { orgId: org.id }, orderBy: { createdAt: 'asc' } });
  let discount: PlanDiscount | undefined;
  for (const one of months) if (!discount && one.used < one.months && await covers(ctx, one, full)) discount = one;
  const back = rateOf(await ratesOn(ctx, 'cashback.volume', day), money((await turnoverOf(ctx, org, day, currency)).minor)) ?? 0n;
  return { rates: [...(discount ? [BigInt(discount.bps)] : []), ...(back > 0n ? [back] : [])], discountId: discount?.id ?? null };
}

/** Whether a month at this price may be had with a discount now. One for somebody who was brought waits until what they paid us, before tax and less what a bank took back, is what it takes off and took off before: nobody is given more than they brought. */
async function covers(ctx: Context, { id, cause, bps }: PlanDiscount, full: Money): Promise<boolean> {
  const [kind, refereeOrgId = ''] = cause.split(':');
  if (kind !== 'referral') return true;
  const paid = await ctx.db.planCharge.findMany({ where: { orgId: refereeOrgId, status: 'captured' }, select: { id: true, netMinor: true } });
  const { _sum } = await ctx.db.entry.aggregate({ where: { account: { in: paid.map((one) => `dispute:${one.id}`) } }, _sum: { minor: true } });
  const given = await ctx.db.planCharge.findMany({ where: { discountId: id, status: 'captured' }, select: { fullMinor: true } });
  const off = [full.minor, ...given.map(({ fullMinor }) => fullMinor)].reduce((all, minor) => all + offOf(minor, [BigInt(bps)]), 0n);
  return off <= paid.reduce((all, { netMinor }) => all + netMinor, _sum.minor ?? 0n);
}

/** A plan that is paid for now: a first month, or what is left of this one. */
async function quoteOf(ctx: Context, org: Organisation, before: Subscription | null, price: Price): Promise<Quote> {
  if (!price.month) throw new AppError('plan_on_quote');
  const today = todayOf(ctx, org);
  const full = price.month;
  if (!before || before.state === 'ended' || before.paidMinor === null) {
    const { rates, discountId } = await discountsOf(ctx, org, today, full);
    return { kind: 'first', since: today, until: begin(before, price.plan, today, 0n).until, full, off: money(offOf(full.minor, rates)), discountId };
  }
  const { since, until, paidMinor } = before;
  if (before.state === 'past_due' || today >= until) throw new AppError('plan_charge_open');
  const { charge, credit } = upgrade({ paid: paidMinor, price: full.minor, used: daysBetween(since, today), left: daysBetween(today, until) });
  return { kind: 'upgrade', since: today, until, full: money(charge), off: money(credit < charge ? credit : charge), discountId: null };
}

/** With the tax that is owed on it here, or by the organisation itself. */
export function taxed(org: Organisation, net: Money, day: Day) {
  const rule = ourVat({ country: org.country, vatNumber: org.vatNumber, day });
  assert(rule, 'an organisation is at home where we know the law');
  const vat = percentage(net, rule.bps, halfUp);
  return { net, vat, total: sum(net, vat), rule };
}

/** Whether our invoice to an organisation could be written. @throws AppError `plan_party_incomplete` with what is missing first. */
export function permitInvoice(org: Organisation): void {
  const field = (['legalName', 'address', 'postcode', 'city'] as const).find((name) => org[name] === '');
  if (field) throw new AppError('plan_party_incomplete', { field });
}

async function charge(tx: Context, org: Organisation, plan: PlanName, { kind, since, until, full, off, discountId }: Omit<Quote, 'kind'> & { readonly kind: PlanCharge['kind'] }): Promise<void> {
  const { net, vat, total, rule } = taxed(org, money(full.minor - off.minor), todayOf(tx, org));
  const id = tx.newId('pch');
  await tx.db.planCharge.create({
    data: {
      id, orgId: org.id, kind, plan, since: fromDay(since), until: fromDay(until), fullMinor: full.minor, offMinor: off.minor, netMinor: net.minor, vatBps: Number(rule.bps), vatMinor: vat.minor,
      vatCitation: rule.citation, totalMinor: total.minor, currency, discountId, createdAt: tx.now(),
    },
  });
  await addJob(tx, 'plan-charge', { chargeId: id }, { key: `plan-charge:${id}:1` });
}

/* What an organisation does. */

/** Takes a plan: a larger one is charged and begins at once, a smaller one begins when the period ends, the free one is the end of the plan. `due` is the total that was agreed to. @throws AppError of this room, and as `permit` does. */
export async function takePlan(ctx: SignedIn, { plan, due }: { readonly plan: PlanName; readonly due: WireMoney | null }) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'plan.edit', { orgId });
  await transact(ctx, async (tx) => {
    await lockPlan(tx, orgId);
    const org = await organisationOf(tx, orgId);
    const before = await readPlan(tx, orgId);
    if (!plansOf(org.kind).includes(plan)) throw new AppError('not_found');
    if (plan !== freePlanOf(org.kind)) permitCard(org);
    if (await comes(tx, orgId)) throw new AppError('plan_closed', { state: 'quoted' });
    if (await tx.db.planCharge.count({ where: { orgId, status: { in: open } } }) > 0) throw new AppError('plan_charge_open');
    const runs = before && before.state !== 'ended' && before.state !== 'trial';
    if (plan === freePlanOf(org.kind)) {
      await writePlan(tx, org, cancel(before));
      return;
    }
    if (runs && !isLarger(plan, before.plan)) {
      await writePlan(tx, org, putOff(before, plan));
      return;
    }
    const price = priceOf(await pricesOn(tx, todayOf(tx, org)), plan);
    const quote = await quoteOf(tx, org, before, price);
    permitInvoice(org);
    const { total } = taxed(org, money(quote.full.minor - quote.off.minor), todayOf(tx, org));
    if (due?.minor !== Number(total.minor) || due.currency !== total.currency) throw new AppError('plan_sum_changed');
    if (!await tx.db.planCard.count({ where: { orgId, savedAt: { not: null } } })) throw new AppError('plan_card_missing');
    await charge(tx, org, plan, quote);
  });
  return readPlans(ctx);
}

/** Begins a trial of a plan, once for an organisation; no card is needed. @throws AppError `plan_trial_used`, `plan_closed`, `not_found`; and as `permit` does. */
export async function tryPlan(ctx: SignedIn, plan: PlanName) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'plan.edit', { orgId });
  await transact(ctx, async (tx) => {
    await lockPlan(tx, orgId);
    const org = await organisationOf(tx, orgId);
    if (!plansOf(org.kind).includes(plan)) throw new AppError('not_found');
    if (await comes(tx, orgId)) throw new AppError('plan_closed', { state: 'quoted' });
    const today = todayOf(tx, org);
    await writePlan(tx, org, startTrial(await readPlan(tx, orgId), plan, today, priceOf(await pricesOn(tx, today), plan).trialDays));
  });
  return readPlans(ctx);
}

/** No more months, or on after all. @throws AppError `plan_closed`, `plan_charge_open`; and as `permit` does. */
export async function turnPlan(ctx: SignedIn, on: boolean) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'plan.edit', { orgId });
  await transact(ctx, async (tx) => {
    await lockPlan(tx, orgId);
    const org = await organisationOf(tx, orgId);
    const before = await readPlan(tx, orgId);
    if (await tx.db.planCharge.count({ where: { orgId, status: 'processing' } }) > 0) throw new AppError('plan_charge_open');
    await writePlan(tx, org, on ? resume(before) : cancel(before));
    // What nobody paid is not asked for any more.
    await tx.db.planCharge.updateMany({ where: { orgId, status: 'refused' }, data: { status: 'dropped' } });
  });
  return readPlans(ctx);
}

/**
 * Begins saving a card for the plan: the browser goes on with the provider's own fields. Not inside a transaction: the provider is asked.
 *
 * @throws AppError `plan_party_incomplete`; `plan_charge_open` while one is charged, or its saving is about to be told; and as `permit` does.
 */
export async function beginCard(ctx: SignedIn): Promise<{ provider: 'sandbox' | 'stripe'; ref: string; clientSecret: string; publishableKey: string }> {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'plan.edit', { orgId });
  const org = await organisationOf(ctx, orgId);
  permitCard(org);
  permitInvoice(org);
  if (await ctx.db.planCharge.count({ where: { orgId, status: 'processing' } }) > 0) throw new AppError('plan_charge_open');
  await ctx.db.planCard.createMany({ data: [{ orgId }], skipDuplicates: true });
  const { turn } = await ctx.db.planCard.findUniqueOrThrow({ where: { orgId } });
  const { payments } = ctx.adapters;
  // The provider keeps a customer for each name that it is given: an organisation's own stands where a booking's does.
  const { ref, clientSecret, status } = await payments.beginMandate({ key: `plan-card:${orgId}:${turn}`, bookingId: orgId });
  if (status === 'saved') throw new AppError('plan_charge_open');
  await ctx.db.planCard.updateMany({ where: { orgId, turn }, data: { setupRef: ref } });
  return { provider: payments.name, ref, clientSecret, publishableKey: ctx.config.stripe?.publishable ?? '' };
}

/** Charges a refused renewal again at once, by hand: one more refusal changes nothing. @throws AppError `plan_closed`, `plan_charge_open`; and as `permit` does. */
export async function payNow(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'plan.edit', { orgId });
  await transact(ctx, async (tx) => {
    await lockPlan(tx, orgId);
    const before = await readPlan(tx, orgId);
    if (before?.state !== 'past_due') throw new AppError('plan_closed', { state: before?.state ?? 'ended' });
    if (!await tryAgain(tx, orgId)) throw new AppError('plan_charge_open');
  });
  return readPlans(ctx);
}

/** The renewal that was refused, once more. False when none waits. */
async function tryAgain(tx: Context, orgId: string): Promise<boolean> {
  const refused = await tx.db.planCharge.findFirst({ where: { orgId, status: 'refused' } });
  if (!refused) return false;
  await askAnew(tx, refused.id);
  return true;
}

/**
 * Takes a code: a promotion's while it may be taken, once for an organisation; or another organisation's, which brought this one, before
 * this one ever paid.
 *
 * @throws AppError `plan_code_refused`; and as `permit` does.
 */
export async function takeCode(ctx: SignedIn, code: string) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'plan.edit', { orgId });
  await transact(ctx, (tx) => useCode(tx, orgId, code, ctx.userId));
  return readPlans(ctx);
}

/**
 * Uses a code for an organisation, in the caller's transaction. Nobody brings themselves: whoever belongs to an organisation founds no other
 * by its code.
 *
 * @throws AppError `plan_code_refused`.
 */
export async function useCode(tx: Context, orgId: string, code: string, userId: string | null): Promise<void> {
  await lockPlan(tx, orgId);
  const org = await organisationOf(tx, orgId);
  const today = todayOf(tx, org);
  const promotion = await tx.db.promotion.findFirst({ where: { kind: 'commission', code: code.toUpperCase(), ...onDay(today) } });
  const brought = promotion ? null : await tx.db.organisation.findFirst({ where: { id: idOfCode(code), claimed: true, members: { none: { userId: userId ?? '' } } }, select: { id: true } });
  const paid = await tx.db.planCharge.count({ where: { orgId, status: 'captured' } });
  const { count } = promotion ? await tx.db.promotionGrant.createMany({ data: [{ orgId, promotionId: promotion.id, since: fromDay(today) }], skipDuplicates: true })
    : brought && brought.id !== orgId && paid === 0 ? await tx.db.referral.createMany({ data: [{ refereeOrgId: orgId, orgId: brought.id, at: tx.now() }], skipDuplicates: true }) : { count: 0 };
  if (count === 0) throw new AppError('plan_code_refused');
}

/** The code with which an organisation brings others: its own name among ids. */
const codeOf = (orgId: string): string => orgId.slice('org_'.length);
const idOfCode = (code: string): string => `org_${code}`;

/* Charging, and what the provider says of it. */

/** Charges the saved card. Not inside a transaction; done again after a crash, the provider is asked the same and finds the same attempt, whatever card was saved meanwhile. */
export async function chargePlan(ctx: Context, chargeId: string): Promise<void> {
  const { orgId } = await ctx.db.planCharge.findUniqueOrThrow({ where: { id: chargeId } });
  const now = await transact(ctx, async (tx) => {
    await lockPlan(tx, orgId);
    const due = await tx.db.planCharge.findUniqueOrThrow({ where: { id: chargeId } });
    return due.status === 'processing' ? { due, asked: due.totalMinor > 0n ? await askOnce(tx, keyOf(due), { ...await cardOf(tx, orgId), amount: money(due.totalMinor) }) : null } : null;
  });
  if (!now) return;
  const { due, asked } = now;
  // Nothing is asked for what costs nothing.
  const intent: Pick<Intent, 'ref' | 'status' | 'refusal'> = asked ? await ctx.adapters.payments.chargeMandate({
    key: keyOf(due), amount: asked.amount, paymentId: chargeId, bookingId: orgId, customerRef: asked.customerRef, methodRef: asked.methodRef,
  }) : { ref: `free_${chargeId}`, status: 'captured' };
  await transact(ctx, async (tx) => {
    await lockPlan(tx, orgId);
    const { count } = await tx.db.planCharge.updateMany({ where: { id: chargeId, status: 'processing', attempts: due.attempts }, data: { providerRef: intent.ref } });
    // What a later try overtook changes nothing, but for money that came.
    if (count > 0 || intent.status === 'captured') await settle(tx, chargeId, intent);
  });
}

/** The key of a charge: one for each try. */
const keyOf = ({ id, attempts }: Pick<PlanCharge, 'id' | 'attempts'>): string => `plan:${id}:${attempts}`;

async function cardOf(ctx: Context, orgId: string): Promise<{ customerRef: string; methodRef: string }> {
  const { customerRef, methodRef } = await ctx.db.planCard.findUniqueOrThrow({ where: { orgId } });
  assert(customerRef && methodRef, 'a card was saved before anything was asked of it');
  return { customerRef, methodRef };
}

/** Charges once more, under a key of its own; the try before has ended. */
async function askAnew(tx: Context, id: string): Promise<void> {
  const { attempts } = await tx.db.planCharge.update({ where: { id }, data: { status: 'processing', attempts: { increment: 1 }, providerRef: null } });
  await addJob(tx, 'plan-charge', { chargeId: id }, { key: `plan-charge:${id}:${attempts}` });
}

/** Asks the provider what became of a charge of which nobody told us. */
export async function askPlanOutcome(ctx: Context, chargeId: string): Promise<void> {
  const { providerRef, orgId, status } = await ctx.db.planCharge.findUniqueOrThrow({ where: { id: chargeId } });
  if (status !== 'processing' || !providerRef) return;
  const intent = await ctx.adapters.payments.readIntent(providerRef);
  await transact(ctx, async (tx) => {
    await lockPlan(tx, orgId);
    // A later try has an outcome of its own.
    if (await tx.db.planCharge.count({ where: { id: chargeId, providerRef } }) > 0) await settle(tx, chargeId, intent);
  });
}

/** Acts on what became of a charge; whoever calls holds the plan. While nothing did, it is asked for again a day later. */
async function settle(tx: Context, chargeId: string, { ref, status, refusal }: Pick<Intent, 'ref' | 'status' | 'refusal'>): Promise<void> {
  const due = await tx.db.planCharge.findUniqueOrThrow({ where: { id: chargeId } });
  if (due.status === 'captured') return;
  if (status === 'captured') await captured(tx, due, ref);
  else if (due.status !== 'processing') return;
  else if (status === 'refused' || status === 'cancelled') await refused(tx, due, refusal ?? '');
  else await setDeadline(tx, 'plan.outcome', chargeId, new Date(tx.now().getTime() + dayMs));
}

/** What a notice says of a plan's card or charge, in the transaction that marks it done. False when it is of neither. */
export async function hearPlanNotice(tx: Context, notice: ProviderNotice): Promise<boolean> {
  const card = notice.kind === 'method.saved' ? await tx.db.planCard.findUnique({ where: { setupRef: notice.ref } }) : null;
  if (card && notice.method) {
    await lockPlan(tx, card.orgId);
    await keepCard(tx, card, notice.method);
    return true;
  }
  const due = await tx.db.planCharge.findUnique({ where: { providerRef: notice.ref } });
  if (!due) return false;
  await lockPlan(tx, due.orgId);
  if (notice.kind === 'payment.captured' || notice.kind === 'payment.refused') {
    await settle(tx, due.id, { ref: notice.ref, status: notice.kind === 'payment.captured' ? 'captured' : 'refused', ...(notice.refusal ? { refusal: notice.refusal } : {}) });
  } else if (notice.dispute && notice.amount) {
    await contested(tx, due, notice.dispute, notice.amount);
  }
  return true;
}

async function keepCard(tx: Context, { orgId, turn }: PlanCard, { customerRef, methodRef, label }: NonNullable<ProviderNotice['method']>): Promise<void> {
  await tx.db.planCard.update({ where: { orgId }, data: { customerRef, methodRef, label, savedAt: tx.now(), setupRef: null, turn: turn + 1 } });
  if (!label) await addJob(tx, 'plan-card-name', { orgId }, { key: `plan-card-name:${orgId}` });
}

/** Asks the provider what may be shown of the card. */
export async function namePlanCard(ctx: Context, orgId: string): Promise<void> {
  const card = await ctx.db.planCard.findUnique({ where: { orgId } });
  if (!card?.methodRef || card.label) return;
  const label = await ctx.adapters.payments.nameMethod(card.methodRef);
  await ctx.db.planCard.updateMany({ where: { orgId, methodRef: card.methodRef }, data: { label } });
}

/** A holder contests a charge: what the bank took is a receivable of it until the bank has found for us. Found for the holder, the plan has not been paid, and ends. */
async function contested(tx: Context, { id, orgId, totalMinor }: PlanCharge, { ref, won, reason }: NonNullable<ProviderNotice['dispute']>, amount: Money): Promise<void> {
  tx.log.error({ chargeId: id, orgId, reason, won }, 'the payment of a plan is contested at its bank: somebody has to look');
  if (won !== false) await book(tx, { kind: won === null ? 'chargeback' : 'chargeback_won', key: `${won === null ? 'chargeback' : 'chargeback_won'}:${ref}`, bookingId: null, orgId, entries: won === null ? chargeback(id, amount) : chargebackWon(id, amount), reason: won === null ? 'A plan’s payment is contested' : 'The bank found for us' });
  if (won === false) await tx.db.planTakenBack.createMany({ data: [{ chargeId: id, orgId, ref, at: tx.now() }], skipDuplicates: true });
  const before = won === false ? await readPlan(tx, orgId) : null;
  if (!before || before.state === 'ended') return;
  const org = await organisationOf(tx, orgId);
  await writePlan(tx, org, end(before));
  await tellPlan(tx, org, `plan.taken_back:${ref}`, { kind: 'taken_back', amount: inFigures(money(totalMinor), localeOf(org.locale)) });
}

/** Who paid has the plan: the ledger, the period, what comes with it, and the invoice, all at once and once. */
async function captured(tx: Context, due: PlanCharge, ref: string): Promise<void> {
  const { id, orgId, kind, netMinor, vatMinor, totalMinor, discountId } = due;
  const [org, before, plan] = [await organisationOf(tx, orgId), await readPlan(tx, orgId), planNamed(due.plan)];
  assert(plan, 'a plan that we sold');
  await tx.db.planCharge.update({ where: { id }, data: { status: 'captured', refusal: '', providerRef: ref, capturedAt: tx.now() } });
  await dropDeadline(tx, 'plan.outcome', id);
  if (totalMinor > 0n) {
    await book(tx, { kind: 'subscription', key: ref, bookingId: null, orgId, entries: subscription({ net: money(netMinor), vat: money(vatMinor), jurisdiction }), reason: `Plan ${plan}, from ${toDay(due.since)}` });
    await addJob(tx, 'plan-invoice', { chargeId: id }, { key: `plan-invoice:${id}` });
  }
  const since = toDay(due.since);
  const fits = before && before.until === (kind === 'renewal' ? since : toDay(due.until));
  const { month } = priceOf(await pricesOn(tx, since), plan);
  const next = kind === 'renewal' && fits ? renew(before, plan, netMinor) : kind === 'upgrade' && fits && before.state !== 'ended' ? enlarge(before, plan, month?.minor ?? netMinor) : begin(before, plan, kind === 'first' ? since : todayOf(tx, org), netMinor);
  await writePlan(tx, org, next);
  if (discountId) await tx.db.planDiscount.update({ where: { id: discountId }, data: { used: { increment: 1 } } });
  const prices = await pricesOn(tx, todayOf(tx, org));
  const had = kind === 'upgrade' && before ? priceOf(prices, before.plan).superLikes : 0;
  await lock(tx, `super-likes:${orgId}`);
  await moveSuperLikes(tx, orgId, Math.max(0, priceOf(prices, plan).superLikes - had), `charge:${id}`);
  await thankReferrer(tx, org);
}

/** Whoever brought a booker that paid has its months off, once for each. */
export async function thankReferrer(tx: Context, referee: Organisation): Promise<void> {
  const brought = await tx.db.referral.findUnique({ where: { refereeOrgId: referee.id } });
  if (!brought || brought.paidAt) return;
  await tx.db.referral.update({ where: { refereeOrgId: referee.id }, data: { paidAt: tx.now() } });
  const rule = await tx.db.promotion.findFirst({ where: { kind: 'referral', ...onDay(todayOf(tx, referee)) } });
  // Only who brings a booker is thanked (BI-11).
  if (!rule || referee.kind !== 'booker') return;
  await tx.db.planDiscount.createMany({ data: [{ id: tx.newId('rat'), orgId: brought.orgId, cause: `referral:${referee.id}`, bps: rule.bps, months: rule.months, createdAt: tx.now() }], skipDuplicates: true });
}

/** A first month or an upgrade that was refused never was, and what ran before it runs on to its date; a renewal is tried again, and ends the plan the third time. By hand, nothing changes. */
async function refused(tx: Context, due: PlanCharge, refusal: string): Promise<void> {
  const { id, orgId, kind, totalMinor } = due;
  await dropDeadline(tx, 'plan.outcome', id);
  // The card that was refused is theirs no more: the one that they saved since is asked at once.
  if (await isOtherCard(tx, keyOf(due), await cardOf(tx, orgId))) {
    await askAnew(tx, id);
    return;
  }
  if (kind !== 'renewal') {
    await tx.db.planCharge.update({ where: { id }, data: { status: 'dropped', refusal } });
    // Its date may have come meanwhile, and passed without effect.
    const running = await readPlan(tx, orgId);
    if (running && running.state !== 'ended') await writePlan(tx, await organisationOf(tx, orgId), running);
    return;
  }
  const [org, row] = [await organisationOf(tx, orgId), await tx.db.subscription.findUniqueOrThrow({ where: { orgId } })];
  const before = planOfRow(row);
  // While a later try is awaited, this one was made by hand.
  if (row.retryAt || before.state === 'ended') {
    await tx.db.planCharge.update({ where: { id }, data: { status: row.retryAt ? 'refused' : 'dropped', refusal } });
    return;
  }
  const { next, again } = refuse(before);
  const day = again === null ? null : addDays(todayOf(tx, org), again);
  await tx.db.planCharge.update({ where: { id }, data: { status: day === null ? 'dropped' : 'refused', refusal } });
  await writePlan(tx, org, next, day === null ? null : instantAt(day, chargeHour, org.timeZone));
  const amount = inFigures(money(totalMinor), localeOf(org.locale));
  const said = day !== null && dayWords(day, localeOf(org.locale));
  await tellPlan(tx, org, `plan.refused:${id}:${before.tries + 1}`, said ? { kind: 'refused', amount, again: said } : { kind: 'ended', amount });
}

/* What happens at its date. */

/** The period of a plan has ended: the next month is charged at the price of that day, or the plan ends. */
export async function renewWhenDue(tx: Context, orgId: string): Promise<void> {
  await lockPlan(tx, orgId);
  if (await beginQuoted(tx, orgId)) return;
  const [org, before] = [await organisationOf(tx, orgId), await readPlan(tx, orgId)];
  if (!before || before.state === 'ended' || todayOf(tx, org) < before.until || await tx.db.planCharge.count({ where: { orgId, status: { in: open } } }) > 0) return;
  const hasCard = await tx.db.planCard.count({ where: { orgId, savedAt: { not: null } } }) > 0;
  const plan = before.nextPlan ?? before.plan;
  const { month } = priceOf(await pricesOn(tx, before.until), plan);
  // Nothing is charged to a card on the way to a plan that was agreed by quote.
  const becomes = await comes(tx, orgId) ? 'end' : atEnd(before, hasCard);
  if (becomes === null) return;
  if (becomes === 'end' || month === null) {
    await writePlan(tx, org, end(before));
    if (before.state === 'trial') await tellPlan(tx, org, `plan.over:${orgId}:${before.until}`, { kind: 'over' });
    return;
  }
  const { rates, discountId } = await discountsOf(tx, org, before.until, month);
  await charge(tx, org, plan, { kind: 'renewal', since: before.until, until: monthAfter(before.until, before.anchor), full: month, off: money(offOf(month.minor, rates)), discountId });
}

/** The day of another try has come. */
export async function retryWhenDue(tx: Context, orgId: string): Promise<void> {
  await lockPlan(tx, orgId);
  const before = await readPlan(tx, orgId);
  if (before?.state !== 'past_due') return;
  // A try by hand that is under way counts as this one.
  await tx.db.subscription.update({ where: { orgId }, data: { retryAt: null } });
  await tryAgain(tx, orgId);
}

/** Nobody told what became of a charge: the provider is asked, outside this transaction. */
export async function outcomeWhenDue(tx: Context, chargeId: string): Promise<void> {
  await addJob(tx, 'plan-outcome', { chargeId }, { key: `plan-outcome:${chargeId}` });
}

/* What was agreed by quote. */

/** Whether a plan that was agreed by quote is to begin. */
const comes = async (ctx: Context, orgId: string): Promise<boolean> => await ctx.db.planQuote.count({ where: { orgId, status: 'assigned', begunAt: null, endedAt: null } }) > 0;

/** The day on which a plan that was agreed by quote begins, by its quote's id. */
export async function beginWhenDue(tx: Context, quoteId: string): Promise<void> {
  const { orgId } = await tx.db.planQuote.findUniqueOrThrow({ where: { id: quoteId } });
  await lockPlan(tx, orgId);
  await beginQuoted(tx, orgId);
}

/** Begins the plan that was agreed for today, in place of any other; whoever calls holds the plan. False when none was. */
export async function beginQuoted(tx: Context, orgId: string): Promise<boolean> {
  const org = await organisationOf(tx, orgId);
  const today = fromDay(todayOf(tx, org));
  const quote = await tx.db.planQuote.findFirst({ where: { orgId, status: 'assigned', begunAt: null, endedAt: null, since: { lte: today }, until: { gt: today } }, include: { charge: true } });
  if (!quote?.charge) return false;
  const { plan: name, since, until, netMinor } = quote.charge;
  const plan = planNamed(name);
  assert(plan, 'a plan that we sold');
  await tx.db.planQuote.update({ where: { id: quote.id }, data: { begunAt: tx.now() } });
  // What nobody paid of the plan before is not asked for any more.
  await tx.db.planCharge.updateMany({ where: { orgId, status: 'refused' }, data: { status: 'dropped' } });
  await writePlan(tx, org, { ...begin(await readPlan(tx, orgId), plan, toDay(since), netMinor), until: toDay(until) });
  return true;
}

/* What may be seen. */

const chargeView = ({ id, kind, plan, since, until, fullMinor, offMinor, netMinor, vatMinor, totalMinor, status, refusal, createdAt, invoice }: Prisma.PlanChargeGetPayload<{ include: { invoice: { include: { credit: true } } } }>) => ({
  id, kind, plan, since: toDay(since), until: toDay(until), full: toWire(money(fullMinor)), off: toWire(money(offMinor)), net: toWire(money(netMinor)), vat: toWire(money(vatMinor)), total: toWire(money(totalMinor)),
  status, refusal, at: createdAt.toISOString(), invoice: invoice && { number: invoice.number, fileId: invoice.fileId, xmlFileId: invoice.xmlFileId }, credit: invoice?.credit ? { number: invoice.credit.number, fileId: invoice.credit.fileId } : null,
});

/** The plan of an organisation, what it uses of it, those it could have with the sum due today, and what was charged. */
export async function readPlans(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'plan.read', { orgId });
  const { db } = ctx;
  const org = await organisationOf(ctx, orgId);
  const today = todayOf(ctx, org);
  const [row, prices, card, charges, discounts, brought, grant, quotes, certified, rule] = await Promise.all([
    db.subscription.findUnique({ where: { orgId } }), pricesOn(ctx, today), db.planCard.findUnique({ where: { orgId } }),
    db.planCharge.findMany({ where: { orgId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 36, include: { invoice: { include: { credit: true } } } }), db.planDiscount.findMany({ where: { orgId } }),
    db.referral.findMany({ where: { orgId }, orderBy: { at: 'desc' } }), db.promotionGrant.findUnique({ where: { orgId }, include: { promotion: true } }),
    db.planQuote.findMany({ where: { orgId }, orderBy: { askedAt: 'asc' } }), db.certification.findFirst({ where: { orgId, since: { lte: fromDay(today) }, until: { gt: fromDay(today) } } }), db.promotion.findFirst({ where: { kind: 'referral', ...onDay(today) } }),
  ]);
  const plan = row && planOfRow(row);
  const now = planNow(plan, org.kind);
  const runs = plan && plan.state !== 'ended';
  const coming = quotes.some(({ status, begunAt, endedAt }) => status === 'assigned' && begunAt === null && endedAt === null);
  const waits = charges.some(({ status }) => open.includes(status));
  const names = plansOf(org.kind).filter((name) => prices.has(name));
  const plans = [];
  for (const name of names) {
    const price = priceOf(prices, name);
    const act = actFor({ name, now, runs: runs ? plan : null, price, free: name === freePlanOf(org.kind), waits: waits || coming, today, byTransfer: isPublic(org) });
    const quote = act === 'take' ? await quoteOf(ctx, org, plan, price) : null;
    const sums = quote && taxed(org, money(quote.full.minor - quote.off.minor), today);
    plans.push({
      plan: name, month: price.month && toWire(price.month), artistsMax: price.artistsMax, superLikes: price.superLikes, act,
      trialDays: (act === 'take' || (act === 'quote' && !coming)) && !runs && !plan?.tried ? price.trialDays : 0,
      due: quote && sums && { since: quote.since, until: quote.until, full: toWire(quote.full), off: toWire(quote.off), net: toWire(sums.net), vat: toWire(sums.vat), vatBps: Number(sums.rule.bps), total: toWire(sums.total) },
    });
  }
  const broughtNames = new Map((await db.organisation.findMany({ where: { id: { in: brought.map(({ refereeOrgId }) => refereeOrgId) } }, select: { id: true, name: true } })).map(({ id, name }) => [id, name]));
  const failed = charges.find(({ status }) => status === 'refused');
  return {
    plan: now, state: plan?.state ?? null, since: plan?.since ?? null, until: plan?.until ?? null, nextPlan: plan?.nextPlan ?? null,
    card: card?.savedAt ? { label: card.label } : null, charging: charges.some(({ status }) => status === 'processing'),
    dunning: plan?.state === 'past_due' && failed ? { tries: plan.tries, most: MOST_TRIES, amount: toWire(money(failed.totalMinor)), retryAt: row?.retryAt?.toISOString() ?? null, refusal: failed.refusal } : null,
    usage: org.kind === 'booker' ? { artists: await artistsOf(ctx, orgId), most: priceOf(prices, now).artistsMax } : null,
    superLikes: await superLikesLeft(ctx, orgId), plans,
    discount: { months: discounts.reduce((sum, { months, used }) => sum + months - used, 0), bps: discounts.find(({ months, used }) => used < months)?.bps ?? 0 },
    referral: {
      code: codeOf(orgId), gives: rule && { bps: rule.bps, months: rule.months },
      brought: brought.map(({ refereeOrgId, at, paidAt }) => ({ name: broughtNames.get(refereeOrgId) ?? '', at: at.toISOString(), paid: paidAt !== null })),
    },
    quotes: quotes.flatMap(({ plan: quoted, status, askedAt, endedAt, monthMinor, since, until }) => (status === 'declined' || endedAt || (until && toDay(until) <= today) ? [] : [{
      plan: quoted, askedAt: askedAt.toISOString(), assigned: monthMinor !== null && since && until ? { month: toWire(money(monthMinor)), since: toDay(since), until: toDay(until) } : null,
    }])),
    certified: certified && { until: toDay(certified.until), contracts: certified.contracts, turnover: toWire({ minor: certified.turnoverMinor, currency: certified.currency as Currency }) },
    promotion: grant && { code: grant.promotion.code, until: grant.promotion.ends ? toDay(grant.promotion.ends) : null, bps: Number(await promisedTo(ctx, orgId, today) ?? -1n) },
    charges: charges.map(chargeView), mayEdit: ctx.actor.role !== 'member' && ctx.actor.role !== 'observer' && ctx.actor.mandated !== true && !ctx.actor.link,
  };
}

/** What may be done about a plan of one's own kind. */
function actFor({ name, now, runs, price, free, waits, today, byTransfer }: { readonly name: PlanName; readonly now: PlanName; readonly runs: Subscription | null; readonly price: Price; readonly free: boolean; readonly waits: boolean; readonly today: Day; readonly byTransfer: boolean }): 'current' | 'take' | 'later' | 'leave' | 'quote' | 'none' {
  if (name === now && runs?.state !== 'trial') return 'current';
  if (price.month === null || (byTransfer && !free)) return 'quote';
  if (waits) return 'none';
  if (free) return runs && runs.state !== 'cancelled' ? 'leave' : 'none';
  if (!runs || runs.state === 'trial') return 'take';
  if (isLarger(name, runs.plan)) return runs.state === 'past_due' || today >= runs.until ? 'none' : 'take';
  return runs.state === 'active' ? 'later' : 'none';
}
