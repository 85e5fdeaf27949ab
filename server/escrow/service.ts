import assert from 'node:assert/strict';
import type { Intent, ProviderNotice, SavedMethod, TransferTo, Way } from '../adapters/ports.ts';
import { advance, lapse, ownersOf } from '../booking/service.ts';
import { makeCode, spendCode } from '../core/codes.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { dropDeadline, setDeadline } from '../core/deadlines.ts';
import type { Payment } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import { localeOf } from '../core/locale.ts';
import { mask, maskIban } from '../core/mask.ts';
import { sum, toWire, type Currency, type Money } from '../core/money.ts';
import { permitOperator } from '../core/operators.ts';
import { addJob, isAwaited, tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { addDays, dayIn, fromDay, instantAt, toDay } from '../core/time.ts';
import { netOf } from '../legal/net.ts';
import { sellerOf } from '../legal/service.ts';
import { capture, captureToRefund, commission, fees, payout, payoutBack, release, returned, type Charges } from '../ledger/entries.ts';
import { balanceOf, book, entriesOf } from '../ledger/service.ts';
import { hearPlanNotice } from '../plans/service.ts';
import { payCodeLetter } from './letters.ts';
import { assertWindow, firstReminder, heldTooLongAt, lapsesAt, mayBeHeld, nextReminder, schedule, unsecuredAt, whileContested, type Evening } from './schedule.ts';
import { strayArrived } from '../strays/service.ts';
import { waysOf } from './ways.ts';

/** The platform's own country: where the tax on our commission is owed. */
const jurisdiction = 'FR';
const dayMs = 86_400_000;
/** The hour at the venue at which cards are charged. */
const chargeHour = '08:00';
/** Codes a day for one booking: five tries each leave a guesser one chance in sixteen thousand. */
const codesADay = 12;
/** Days after a refused charge of a deposit until the booking lapses. */
const lapseAfter = 7;
/** Milliseconds by the wall clock for which a notice may wait before somebody has to look; and days until money held is looked at again. */
const [waitMs, heldAgain] = [3_600_000, 5];
/** Days after which money that was sent should have arrived: a transfer takes three, a refund ten at most (docs.stripe.com/refunds, read 2026-11-22). */
const arrivesIn = 11;
/** The dates of one payment. */
const datesOfPayment = ['payment.charge', 'payment.remind', 'payment.lapse'] as const;
/** A payment that still may be captured. */
const open: readonly Payment['status'][] = ['due', 'processing', 'refused'];

const amountOf = ({ minor, currency }: { minor: bigint; currency: string }): Money => ({ minor, currency: currency as Currency });
const lockOf = (bookingId: string): string => `escrow:${bookingId}`;

/** When and where the show of a booking begins. */
async function eveningOf(ctx: Context, bookingId: string): Promise<Evening> {
  const { day, startTime, timeZone } = await ctx.db.show.findUniqueOrThrow({ where: { bookingId }, select: { day: true, startTime: true, timeZone: true } });
  return { day: toDay(day), begins: instantAt(toDay(day), startTime, timeZone), timeZone };
}

/* What is ours. */

/** Our commission of a signed contract and the tax on it, both at the contract's own rates. */
export function chargesOf(contract: { priceMinor: bigint; vatBps: number; commissionBps: number; commissionVatBps: number; currency: string }): Charges & { payout: Money } {
  const net = netOf({
    price: amountOf({ minor: contract.priceMinor, currency: contract.currency }), vatBps: BigInt(contract.vatBps), commissionBps: BigInt(contract.commissionBps),
    commissionVatBps: BigInt(contract.commissionVatBps),
  });
  return { commission: net.commission, vat: net.commissionVat, jurisdiction, payout: net.payout };
}

/** Books our charges to a producer whom a public buyer paid directly. */
export const bookCommission = (tx: Context, of: { bookingId: string; orgId: string; charges: Charges }): Promise<{ id: string; fresh: boolean }> =>
  book(tx, { kind: 'commission', key: `commission:${of.bookingId}`, bookingId: of.bookingId, orgId: of.orgId, entries: commission(of.orgId, of.charges), reason: 'Commission on an invoice that a public buyer paid' });

/* What the buyer owes. */

/**
 * Lays out what the buyer pays and when, once the contract is signed by all; nothing for a public buyer, who gets an invoice. Done
 * twice, it is done once.
 *
 * @throws AppError `window_too_long`.
 */
export async function openSchedule(tx: Context, bookingId: string): Promise<void> {
  const contract = await tx.db.contract.findUniqueOrThrow({ where: { bookingId } });
  if (contract.path !== 'secured' || !contract.signedAt) return;
  await lock(tx, lockOf(bookingId));
  // Cancelled before its signature was heard: nothing is asked for.
  const { status } = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { status: true } });
  if (status !== 'contracted') return;
  const { orgId, buyerOrgId, currency } = contract;
  const { signedAt } = contract;
  const show = await eveningOf(tx, bookingId);
  const plan = schedule({ total: amountOf({ minor: contract.totalMinor, currency }), signedDay: dayIn(signedAt, show.timeZone), showDay: show.day });
  const rows = plan.instalments.filter(({ amount }) => amount.minor > 0n).map(({ part, amount, dueDay, automatic }) =>
    ({ id: tx.newId('pay'), bookingId, orgId, buyerOrgId, part, minor: amount.minor, currency, dueDay: fromDay(dueDay), automatic }));
  const { count } = await tx.db.payment.createMany({ data: rows, skipDuplicates: true });
  if (count === 0) return;
  for (const { id, part, automatic, dueDay } of rows) {
    // What is charged by itself is asked for only when it was not.
    const expected = part === 'deposit' ? plan.actDay : automatic ? addDays(toDay(dueDay), 1) : toDay(dueDay);
    await setOrDrop(tx, 'payment.remind', id, firstReminder(expected, signedAt, show));
    if (part === 'deposit') await setOrDrop(tx, 'payment.lapse', id, lapsesAt(plan.lapseDay, signedAt, show));
  }
  await setDeadline(tx, 'payment.unsecured', bookingId, unsecuredAt(signedAt, show));
  await tell(tx, 'payment.scheduled', { bookingId });
}

const setOrDrop = (tx: Context, kind: string, subject: string, at: Date | null): Promise<void> => (at ? setDeadline(tx, kind, subject, at) : dropDeadline(tx, kind, subject));

/** What the buyer's browser needs to pay, or to save a card. */
interface Begun {
  readonly provider: 'sandbox' | 'stripe';
  readonly act: 'pay' | 'save';
  readonly ref: string;
  readonly clientSecret: string;
  /** The provider's key for browsers; empty where it needs none. */
  readonly publishableKey: string;
  /** How it may be done today. */
  readonly ways: readonly Way[];
  /** Where the buyer's transfer is awaited, once they chose that way. */
  readonly transfer: TransferTo | null;
  readonly amount: ReturnType<typeof toWire>;
  readonly part: 'deposit' | 'balance';
  readonly dueDay: string;
}

/**
 * Begins what the buyer has to do now. Begun twice, it goes on with the same attempt, so that no card is charged twice. Not inside a
 * transaction: the provider is asked.
 *
 * @throws AppError `payment_path_public`, `payment_not_due`, `payment_done`, `window_too_long`, `code_wrong`, `code_spent`,
 * `provider_unreachable`; and as `permit` does.
 */
export async function beginPayment(ctx: SignedIn, { bookingId, code }: { bookingId: string; code?: string | undefined }): Promise<Begun> {
  await permitBuyer(ctx, bookingId);
  const { payment, act, ways } = await nextToPay(ctx, bookingId);
  if (ctx.actor.link?.purpose === 'file') {
    if (!code) throw new AppError('code_wrong');
    await spendCode(ctx, { act: payAct(bookingId), code });
  }
  const amount = amountOf(payment);
  const { payments } = ctx.adapters;
  const intent = act === 'save'
    ? await payments.beginMandate({ key: `mandate:${bookingId}`, bookingId })
    : await payments.beginPayment({ key: `begin:${payment.id}`, amount, paymentId: payment.id, bookingId, saveMethod: true, ways: ways.filter((way) => way !== 'paypal') });
  // Captured, and its webhook is still on the way.
  if (intent.status === 'captured' || intent.status === 'saved') throw new AppError('payment_done');
  // Whatever happened meanwhile, a payment on its way or done keeps its own attempt.
  const { count } = await ctx.db.payment.updateMany({ where: { id: payment.id, status: { in: ['due', 'refused'] } }, data: attemptOf(payment, intent.ref) });
  await hearObject(ctx, intent.ref);
  if (count === 0 || intent.status === 'cancelled') {
    // It lapsed, or was paid, between the question and the answer: nobody may pay what nobody asks for.
    await payments.cancel(intent.ref);
    throw new AppError('payment_not_due');
  }
  return {
    provider: payments.name, act, ref: intent.ref, clientSecret: intent.clientSecret, publishableKey: ctx.config.stripe?.publishable ?? '', ways, transfer: intent.transfer ?? null,
    amount: toWire(amount), part: payment.part, dueDay: toDay(payment.dueDay),
  };
}

/**
 * Has the buyer pay by a transfer from their own bank: where to, and the words that it has to carry. The payment stays due until the money is
 * there, with its dates; another way may be taken until then. Not inside a transaction: the provider is asked.
 *
 * @throws AppError `payment_not_due` before `beginPayment`, `way_closed`, `payment_done`, `provider_unreachable`; and as `beginPayment` does.
 */
export async function payByTransfer(ctx: SignedIn, bookingId: string): Promise<TransferTo> {
  await permitBuyer(ctx, bookingId);
  const { payment, ways } = await nextToPay(ctx, bookingId);
  if (!payment.providerRef) throw new AppError('payment_not_due');
  if (!ways.includes('transfer')) throw new AppError('way_closed');
  const { status, transfer } = await ctx.adapters.payments.askTransfer(payment.providerRef);
  if (!transfer) throw new AppError(status === 'captured' ? 'payment_done' : 'payment_not_due');
  await ctx.db.payment.updateMany({ where: { id: payment.id, announcedAt: null }, data: { announcedAt: ctx.now() } });
  return transfer;
}

/**
 * Has the buyer pay with PayPal, on PayPal's own page in a window of their own: its address, and the attempt that waits for their return. The payment
 * stays due until it is taken, and a card may be entered meanwhile: what would be paid twice is given back. Not inside a transaction: the provider is asked.
 *
 * @throws AppError `payment_not_due` before `beginPayment`, `way_closed`, `payment_done`, `provider_unreachable`; and as `beginPayment` does.
 */
export async function payByPayPal(ctx: SignedIn, bookingId: string): Promise<{ ref: string; page: string }> {
  await permitBuyer(ctx, bookingId);
  const { payment, act, ways } = await nextToPay(ctx, bookingId);
  if (!payment.providerRef) throw new AppError('payment_not_due');
  if (act !== 'pay' || !ways.includes('paypal')) throw new AppError('way_closed');
  const where = { paymentId: payment.id };
  const begin = async (turn: number) => {
    const intent = await ctx.adapters.payments.beginPayment({ key: `paypal:${payment.id}:${turn}`, amount: amountOf(payment), paymentId: payment.id, bookingId, saveMethod: true, ways: ['paypal'] });
    await ctx.db.otherAttempt.upsert({ where, create: { ...where, ref: intent.ref, turn }, update: { ref: intent.ref, turn } });
    return intent;
  };
  const { turn = 0 } = await ctx.db.otherAttempt.findUnique({ where }) ?? {};
  const before = await begin(turn);
  // An order that nobody approved is forgotten within hours: another takes its place.
  const intent = before.status === 'cancelled' ? await begin(turn + 1) : before;
  await hearObject(ctx, intent.ref);
  if (!intent.page) throw new AppError(intent.status === 'captured' ? 'payment_done' : 'payment_not_due');
  return { ref: intent.ref, page: intent.page };
}

/** The buyer is back from PayPal's page: what they approved is taken, and how it stands is said. @throws AppError `payment_not_due`, `provider_unreachable`; and as `permit` does. */
export async function completePayPal(ctx: SignedIn, { bookingId, ref }: { bookingId: string; ref: string }): Promise<{ status: Intent['status']; refusal: string }> {
  await permitBuyer(ctx, bookingId);
  if ((await paymentOf(ctx, ref))?.bookingId !== bookingId) throw new AppError('payment_not_due');
  const { status, refusal = '' } = await completeAttempt(ctx, ref);
  return { status, refusal };
}

/** Takes what a buyer approved at a wallet, once, and only while somebody asks for it; acts on the answer as on its notice. Not inside a transaction. */
export async function completeAttempt(ctx: Context, ref: string): Promise<Intent> {
  const { payments } = ctx.adapters;
  const payment = await paymentOf(ctx, ref);
  const asked = payment && (payment.status === 'due' || payment.status === 'refused' || payment.providerRef === ref);
  if (!asked) return payments.readIntent(ref);
  const intent = await payments.complete(ref);
  if (['captured', 'refused', 'processing'].includes(intent.status)) {
    await transact(ctx, async (tx) => {
      await holdObject(tx, ref);
      const now = await paymentOf(tx, ref);
      if (now && intent.status === 'captured') await captured(tx, now, { ref, ...(intent.method && { method: intent.method }) });
      else if (now && intent.status === 'processing') await underWay(tx, now);
      else if (now && now.status !== 'processing') await refused(tx, now, intent.refusal ?? '');
    });
  }
  return intent;
}

/** A payment's attempt from now on; the one before stays known. */
const attemptOf = ({ providerRef, pastRefs }: Payment, ref: string) => ({ providerRef: ref, ...(providerRef && providerRef !== ref && !pastRefs.includes(providerRef) && { pastRefs: { push: providerRef } }) });

/** The payment that an attempt is of: its own, the other one, or one before. */
async function paymentOf(ctx: Context, ref: string): Promise<Payment | null> {
  const own = await ctx.db.payment.findUnique({ where: { providerRef: ref } });
  if (own) return own;
  const other = await ctx.db.otherAttempt.findUnique({ where: { ref } });
  return other ? ctx.db.payment.findUnique({ where: { id: other.paymentId } }) : ctx.db.payment.findFirst({ where: { pastRefs: { has: ref } } });
}

/** Of the attempts of a payment one took the money: it is the payment's own from now on, by which it is given back or contested, and the other ends. */
async function settleAttempts(tx: Context, { id: paymentId, providerRef, pastRefs }: Payment, ref: string): Promise<void> {
  if (providerRef && pastRefs.includes(ref)) {
    await tx.db.payment.update({ where: { id: paymentId }, data: { providerRef: ref, pastRefs: [...pastRefs.filter((one) => one !== ref), providerRef] } });
    await addJob(tx, 'cancel', { ref: providerRef }, { key: `cancel:${providerRef}` });
    return;
  }
  const other = await tx.db.otherAttempt.findUnique({ where: { paymentId } });
  if (!other || !providerRef) return;
  const ended = ref === other.ref ? providerRef : other.ref;
  if (ref === other.ref) {
    await tx.db.payment.update({ where: { id: paymentId }, data: { providerRef: ref } });
    await tx.db.otherAttempt.update({ where: { paymentId }, data: { ref: providerRef } });
  }
  await addJob(tx, 'cancel', { ref: ended }, { key: `cancel:${ended}` });
}

/** Sends a one-time code to the buyer, who pays from inside a partner's page. @throws AppError `rate_limited` after twelve in a day; and as `permit` does. */
export async function requestPayCode(ctx: SignedIn, bookingId: string): Promise<{ sentTo: string }> {
  await permitBuyer(ctx, bookingId);
  await nextToPay(ctx, bookingId);
  const { email, locale, id: orgId } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ctx.actor.orgId } });
  const act = payAct(bookingId);
  await transact(ctx, async (tx) => {
    const code = await makeCode(tx, { act, email, most: codesADay, hours: 24 });
    await post(tx, { cause: `${act}:${tx.newId('mai')}`, email, orgId }, payCodeLetter(localeOf(locale), code));
  });
  return { sentTo: mask(email) };
}

const payAct = (bookingId: string): string => `pay:${bookingId}`;

/** Only the buyer pays. */
async function permitBuyer(ctx: SignedIn, bookingId: string): Promise<void> {
  if (permit(ctx.actor, 'payment.pay', await ownersOf(ctx, bookingId)) !== 'buyer') throw new AppError('role_too_low', { act: 'payment.pay' });
}

/** The payment whose turn it is, whether money is taken now or a card saved for later, and how. */
async function nextToPay(ctx: Context, bookingId: string): Promise<{ payment: Payment; act: 'pay' | 'save'; ways: readonly Way[] }> {
  const [contract, payments, mandate, show] = await Promise.all([
    ctx.db.contract.findUnique({ where: { bookingId } }),
    ctx.db.payment.findMany({ where: { bookingId }, orderBy: { part: 'asc' } }),
    ctx.db.mandate.findUnique({ where: { bookingId } }),
    ctx.db.show.findUnique({ where: { bookingId } }),
  ]);
  if (contract?.path === 'public') throw new AppError('payment_path_public');
  if (!show || payments.length === 0) throw new AppError('payment_not_due');
  if (payments.every(({ status }) => status === 'captured')) throw new AppError('payment_done');
  const payment = payments.find(({ status }) => status !== 'captured');
  if (!payment || payment.status === 'lapsed' || payment.status === 'processing') throw new AppError('payment_not_due');
  const days = { today: dayIn(ctx.now(), show.timeZone), showDay: toDay(show.day) };
  const largest = payments.filter(({ status }) => status !== 'captured').reduce((most, one) => (one.minor > most.minor ? one : most), payment);
  const begun = (act: 'pay' | 'save') => ({ payment, act, ways: waysOf({ act, largest: amountOf(largest), ...days, takes: ctx.adapters.payments.ways }) });
  if (payment.automatic && payment.status === 'due') {
    if (mandate) throw new AppError('payment_not_due');
    // From its day on nothing is saved for later: it is paid.
    if (days.today < toDay(payment.dueDay)) return begun('save');
  }
  assertWindow(days.showDay, days.today);
  return begun('pay');
}

/* What the provider tells. */

/**
 * Keeps what the provider told us, raw and once, and acts on it. What speaks of something that we do not know yet waits for it. Not
 * inside a transaction: the notice is kept even when acting on it fails.
 *
 * @param notice `null` when the provider signed what we cannot read: it is kept too, and waits for a release that can.
 * @param from Who told it, where it is not the provider of cards.
 * @throws AppError `notice_unreadable`.
 */
export async function recordNotice(ctx: Context, notice: ProviderNotice | null, raw: string, from: string = ctx.adapters.payments.name): Promise<void> {
  const { id, kind, ref } = notice ?? unreadable(raw);
  await ctx.db.providerEvent.createMany({
    // The database keeps no NUL.
    data: [{ id, provider: from, kind, object: ref, raw: raw.replaceAll('\0', '\ufffd'), receivedAt: ctx.realNow() }], skipDuplicates: true,
  });
  if (!notice) {
    ctx.log.error({ notice: id }, 'the provider told us something that we cannot read; it is kept');
    throw new AppError('notice_unreadable');
  }
  await hearObject(ctx, ref);
}

/** As what we keep that which we cannot read: the same words are kept once. */
const unreadable = (raw: string) => {
  const id = `unreadable:${sha256(raw)}`;
  return { id, kind: 'unreadable', ref: id };
};

/** Acts again on every notice that was kept and not acted on. Says how many are done now. */
export async function replayNotices(ctx: Context): Promise<number> {
  for (const { id, raw } of await ctx.db.providerEvent.findMany({ where: { doneAt: null, kind: 'unreadable' } })) {
    const notice = ctx.adapters.payments.parseNotice(raw);
    if (notice) await ctx.db.providerEvent.update({ where: { id }, data: { kind: notice.kind, object: notice.ref } });
  }
  const waiting = await ctx.db.providerEvent.findMany({ where: { doneAt: null }, distinct: ['object'], select: { object: true }, orderBy: { receivedAt: 'asc' } });
  let done = 0;
  for (const { object } of waiting) {
    try {
      done += await hearObject(ctx, object);
    } catch (error) {
      ctx.log.error({ object, err: error }, 'a notice could not be acted on and waits');
    }
  }
  return done;
}

/** Acts on the notices of one intent, payout or refund, in the order in which they came, each once. */
async function hearObject(ctx: Context, ref: string): Promise<number> {
  // Most objects have nothing waiting.
  if (await ctx.db.providerEvent.count({ where: { object: ref, doneAt: null } }) === 0) return 0;
  return transact(ctx, async (tx) => {
    await holdObject(tx, ref);
    const events = await tx.db.providerEvent.findMany({ where: { object: ref, doneAt: null }, orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }] });
    let done = 0;
    for (const { id, raw } of events) {
      const notice = tx.adapters.payments.parseNotice(raw);
      if (!notice || !await act(tx, notice)) break;
      await tx.db.providerEvent.update({ where: { id }, data: { doneAt: tx.realNow() } });
      done += 1;
    }
    return done;
  });
}

/** Holds what the provider knows as `ref`, and then the booking that it belongs to: who made it known may have come a moment ago. */
async function holdObject(tx: Context, ref: string): Promise<void> {
  await lock(tx, `notice:${ref}`);
  const of = { where: { providerRef: ref }, select: { bookingId: true } };
  const known = await paymentOf(tx, ref) ?? await tx.db.payout.findUnique(of) ?? await tx.db.refund.findUnique(of);
  if (known) await lock(tx, lockOf(known.bookingId));
}

/** Acts on one notice. False when it speaks of something that we do not know yet. */
async function act(tx: Context, notice: ProviderNotice): Promise<boolean> {
  if (notice.kind === 'other') return true;
  if (notice.kind === 'account.changed') return sendWaiting(tx, notice.orgId ?? '');
  if (notice.kind === 'payout.paid' || notice.kind === 'payout.failed') return payoutArrived(tx, notice);
  if (notice.kind === 'refund.paid' || notice.kind === 'refund.failed') return await refundArrived(tx, notice) || strayArrived(tx, notice);
  if (notice.kind === 'cash.arrived') {
    await addJob(tx, 'look-cash', { customerRef: notice.ref }, { key: `look-cash:${notice.ref}` });
    return true;
  }
  const payment = await paymentOf(tx, notice.ref);
  // Nothing is taken by it yet: what nobody asks for is left.
  if (notice.kind === 'payment.approved') {
    if (payment) await addJob(tx, 'complete', { ref: notice.ref }, { key: `complete:${notice.ref}` });
    return true;
  }
  // What is of no booking may be of a plan.
  if (!payment) return hearPlanNotice(tx, notice);
  // Of an attempt that another took the place of, what it took still counts.
  if (payment.pastRefs.includes(notice.ref) && (notice.kind === 'payment.refused' || notice.kind === 'payment.processing')) return true;
  switch (notice.kind) {
    case 'payment.captured': await captured(tx, payment, notice); break;
    case 'payment.refused': if (!await isOvertaken(tx, notice)) await refused(tx, payment, notice.refusal ?? ''); break;
    case 'payment.processing': await underWay(tx, payment); break;
    case 'method.saved':
      assert(notice.method, 'a saved method is named');
      await saved(tx, payment, notice.method);
      break;
    case 'dispute.opened': case 'dispute.closed': await tell(tx, 'payment.contested', { bookingId: payment.bookingId, paymentId: payment.id, noticeId: notice.id }); break;
  }
  return true;
}

/** Whether a refusal that comes late speaks of an earlier try of an attempt that has been with a bank since: notices come in any order. */
async function isOvertaken(tx: Context, { ref, at }: ProviderNotice): Promise<boolean> {
  if (!at) return false;
  const later = await tx.db.providerEvent.findMany({ where: { object: ref, kind: 'payment.processing', doneAt: { not: null } }, select: { raw: true } });
  return later.some(({ raw }) => (tx.adapters.payments.parseNotice(raw)?.at ?? at) > at);
}

type Capture = Pick<ProviderNotice, 'ref' | 'amount' | 'method'>;

async function captured(tx: Context, payment: Payment, notice: Capture): Promise<void> {
  const { id: paymentId, bookingId, orgId } = payment;
  const paid = notice.amount ?? amountOf(payment);
  if (await tx.db.transfer.count({ where: { key: notice.ref } }) > 0) {
    // Booked already; what came first may not have known the card.
    if (notice.method && payment.status === 'captured') await keepMandate(tx, payment, notice.method);
    return;
  }
  const expected = paid.minor === payment.minor && paid.currency === payment.currency;
  // Only what still waits is paid by it, whoever else is at the same payment.
  const { count } = expected
    ? await tx.db.payment.updateMany({ where: { id: paymentId, status: { in: [...open] } }, data: { status: 'captured', refusal: '', capturedAt: tx.now() } })
    : { count: 0 };
  if (count === 0) {
    await giveBack(tx, payment, { ref: notice.ref, paid });
    await endUnderWay(tx, payment, '');
    return;
  }
  const transfer = await book(tx, { kind: 'capture', key: notice.ref, bookingId, orgId, entries: capture(bookingId, paid), reason: `Captured: ${payment.part}` });
  await settleAttempts(tx, payment, notice.ref);
  for (const kind of datesOfPayment) await dropDeadline(tx, kind, paymentId);
  if (await isClosed(tx, bookingId)) {
    await tell(tx, 'payment.cleared', { bookingId, paymentId });
    return;
  }
  if (notice.method) await keepMandate(tx, payment, notice.method);
  await setDeadline(tx, 'payment.held', paymentId, heldTooLongAt(tx.now(), await eveningOf(tx, bookingId)));
  if (await tx.db.payment.count({ where: { bookingId, status: { in: [...open] } } }) === 0) await dropDeadline(tx, 'payment.unsecured', bookingId);
  await tell(tx, 'payment.completed', { bookingId, paymentId, transferId: transfer.id });
  await releaseWhenDue(tx, bookingId);
}

/** Money that no payment asks for, too late or of another amount, goes back to whoever paid it; until it has arrived the ledger owes it. */
async function giveBack(tx: Context, payment: Payment, { ref, paid }: { ref: string; paid: Money }): Promise<void> {
  const { id: paymentId, bookingId, orgId, buyerOrgId } = payment;
  tx.log.error({ paymentId, ref, status: payment.status, paid: String(paid.minor), asked: String(payment.minor) }, 'money was captured that no payment asks for: it is given back to the buyer');
  await book(tx, { kind: 'refund', key: ref, bookingId, orgId, entries: captureToRefund(buyerOrgId, paid), reason: 'Captured without a payment that asks for it: owed back' });
  const id = tx.newId('rfd');
  await tx.db.refund.create({ data: { id, bookingId, orgId, buyerOrgId, paymentId, capturedRef: ref, ...paid, createdAt: tx.now() } });
  await addJob(tx, 'refund', { refundId: id }, { key: `refund:${id}` });
}

/** Whether nothing is asked for a booking any more: what a bank still answers is shared by the cancellation or the decision that closed it. */
async function isClosed(tx: Context, bookingId: string): Promise<boolean> {
  const { status } = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { status: true } });
  return status === 'cancelled' || await tx.db.dispute.count({ where: { bookingId, status: 'open', decidedAt: { not: null } } }) > 0;
}

/** Whether what is held for a booking is frozen. */
const isContested = async (tx: Context, bookingId: string): Promise<boolean> => await tx.db.dispute.count({ where: { bookingId, status: 'open' } }) > 0;

/** What was with a bank when its booking was closed brings nothing: nobody is asked to pay again. False where it is none of that kind. */
async function endUnderWay(tx: Context, { id: paymentId, bookingId, status }: Payment, refusal: string): Promise<boolean> {
  if (status !== 'processing' || !await isClosed(tx, bookingId)) return false;
  await tx.db.payment.update({ where: { id: paymentId }, data: { status: 'lapsed', refusal } });
  await tell(tx, 'payment.cleared', { bookingId, paymentId });
  return true;
}

async function refused(tx: Context, payment: Payment, refusal: string): Promise<void> {
  const { id: paymentId, bookingId } = payment;
  if (payment.status === 'captured' || payment.status === 'lapsed' || await endUnderWay(tx, payment, refusal)) return;
  await tx.db.payment.update({ where: { id: paymentId }, data: { status: 'refused', refusal } });
  if (payment.status === 'refused') return;
  if (payment.status === 'processing') {
    // The buyer was away: they get time to act by hand.
    const show = await eveningOf(tx, bookingId);
    await setOrDrop(tx, 'payment.remind', paymentId, nextReminder(tx.now(), show));
    if (payment.part === 'deposit') await setOrDrop(tx, 'payment.lapse', paymentId, lapsesAt(addDays(dayIn(tx.now(), show.timeZone), lapseAfter), tx.now(), show));
  }
  await tell(tx, 'payment.refused', { bookingId, paymentId });
}

/** A debit that the buyer ordered is with their bank: until it answers, nobody is asked to pay, and nothing lapses. */
async function underWay(tx: Context, { id: paymentId, bookingId }: Payment): Promise<void> {
  const { count } = await tx.db.payment.updateMany({ where: { id: paymentId, status: { in: ['due', 'refused'] } }, data: { status: 'processing', refusal: '' } });
  if (count > 0) await tell(tx, 'payment.debited', { bookingId, paymentId });
}

async function saved(tx: Context, payment: Payment, method: SavedMethod): Promise<void> {
  const { id: paymentId, bookingId, status } = payment;
  await keepMandate(tx, payment, method);
  if (status !== 'due') return;
  await dropDeadline(tx, 'payment.remind', paymentId);
  await dropDeadline(tx, 'payment.lapse', paymentId);
  await tell(tx, 'mandate.saved', { bookingId });
}

/** The leave to charge later. What is to be charged under it gets its date; a date that has passed comes with the next sweep. */
async function keepMandate(tx: Context, { bookingId, orgId, buyerOrgId }: Payment, method: SavedMethod): Promise<void> {
  await tx.db.mandate.upsert({ where: { bookingId }, create: { bookingId, orgId, buyerOrgId, ...method, createdAt: tx.now() }, update: { ...method } });
  // A notice may leave out what may be shown of the card: it is asked for.
  if (!method.label) await addJob(tx, 'name-mandate', { bookingId }, { key: `name-mandate:${bookingId}` });
  const { timeZone } = await tx.db.show.findUniqueOrThrow({ where: { bookingId }, select: { timeZone: true } });
  const waiting = await tx.db.payment.findMany({ where: { bookingId, automatic: true, status: 'due' } });
  for (const { id, dueDay } of waiting) await setDeadline(tx, 'payment.charge', id, instantAt(toDay(dueDay), chargeHour, timeZone));
}

/** Asks the provider what may be shown of the card that was saved. */
export async function nameMandate(ctx: Context, bookingId: string): Promise<void> {
  const mandate = await ctx.db.mandate.findUnique({ where: { bookingId } });
  if (!mandate || mandate.label) return;
  const label = await ctx.adapters.payments.nameMethod(mandate.methodRef);
  await ctx.db.mandate.updateMany({ where: { bookingId, methodRef: mandate.methodRef }, data: { label } });
}

async function payoutArrived(tx: Context, notice: ProviderNotice): Promise<boolean> {
  const sent = await tx.db.payout.findUnique({ where: { providerRef: notice.ref } });
  // An earlier sending has ended.
  if (!sent) return await tx.db.payout.count({ where: { pastRefs: { has: notice.ref } } }) > 0;
  const { id: payoutId, bookingId, orgId } = sent;
  // What failed has ended: that it had gone well before may be told after it.
  if (sent.status === 'failed' || (sent.status === 'paid' && notice.kind === 'payout.paid')) return true;
  if (notice.kind === 'payout.failed') {
    tx.log.error({ payoutId, ref: notice.ref }, 'a payout failed: the money stays the producer’s, and somebody has to look');
    // A bank may send it back days after it had arrived.
    if (sent.status === 'paid') await book(tx, { kind: 'payout', key: `back:${notice.ref}`, bookingId, orgId, entries: payoutBack(orgId, amountOf(sent)), reason: 'Came back from the producer’s bank: owed again' });
    await tx.db.payout.update({ where: { id: payoutId }, data: { status: 'failed', paidAt: null } });
    return true;
  }
  await book(tx, { kind: 'payout', key: notice.ref, bookingId, orgId, entries: payout(orgId, amountOf(sent)), reason: 'Arrived at the producer’s bank' }, { topic: 'payout.paid', payload: { bookingId, payoutId } });
  await tx.db.payout.update({ where: { id: payoutId }, data: { status: 'paid', paidAt: tx.now() } });
  return true;
}

async function refundArrived(tx: Context, notice: ProviderNotice): Promise<boolean> {
  const sent = await tx.db.refund.findUnique({ where: { providerRef: notice.ref } });
  if (!sent) return await tx.db.refund.count({ where: { pastRefs: { has: notice.ref } } }) > 0;
  const { id: refundId, bookingId, orgId, buyerOrgId, paymentId } = sent;
  // What failed has ended: that it had gone well before may be told after it.
  if (sent.status === 'failed' || (sent.status === 'paid' && notice.kind === 'refund.paid')) return true;
  if (notice.kind === 'refund.failed') {
    tx.log.error({ refundId, ref: notice.ref }, 'a refund failed: the money stays owed to the buyer, and somebody has to look');
    // A bank may send it back days after it had arrived.
    if (sent.status === 'paid') await book(tx, { kind: 'refund', key: `back:${notice.ref}`, bookingId, orgId, entries: captureToRefund(buyerOrgId, amountOf(sent)), reason: 'Came back from the buyer’s bank: owed again' });
    await tx.db.refund.update({ where: { id: refundId }, data: { status: 'failed', paidAt: null } });
    return true;
  }
  await book(tx, { kind: 'return', key: notice.ref, bookingId, orgId, entries: returned(buyerOrgId, amountOf(sent)), reason: 'Given back to the buyer' }, { topic: 'payment.returned', payload: { bookingId, paymentId, refundId } });
  await tx.db.refund.update({ where: { id: refundId }, data: { status: 'paid', paidAt: tx.now() } });
  return true;
}

/* What happens at its date. */

/** The day of a charge has come: it is made outside this transaction. Without a saved card it waits for one; while the booking is contested, at a bank or here, nothing more is taken. */
export async function chargeWhenDue(tx: Context, paymentId: string): Promise<void> {
  const payment = await tx.db.payment.findUnique({ where: { id: paymentId } });
  if (!payment) return;
  await lock(tx, lockOf(payment.bookingId));
  const booking = await tx.db.booking.findUniqueOrThrow({ where: { id: payment.bookingId } });
  const mandates = await tx.db.mandate.count({ where: { bookingId: payment.bookingId } });
  if (mandates === 0 || (booking.status !== 'contracted' && booking.status !== 'played')) return;
  if (await isContested(tx, payment.bookingId)) {
    await setDeadline(tx, 'payment.charge', paymentId, new Date(tx.now().getTime() + dayMs));
    return;
  }
  const { count } = await tx.db.payment.updateMany({ where: { id: paymentId, status: 'due', automatic: true }, data: { status: 'processing', attempts: { increment: 1 } } });
  if (count > 0) await addJob(tx, 'charge', { paymentId }, { key: `charge:${paymentId}` });
}

/** Charges the saved card. Its outcome comes by webhook. Done again after a crash, the provider finds the same attempt; what its booking's end overtook is not made. */
export async function charge(ctx: Context, paymentId: string): Promise<void> {
  const payment = await ctx.db.payment.findUniqueOrThrow({ where: { id: paymentId } });
  const { bookingId, attempts } = payment;
  const submitted = await transact(ctx, async (tx) => {
    await lock(tx, lockOf(bookingId));
    await tx.db.payment.updateMany({ where: { id: paymentId, status: 'processing', submittedAt: null }, data: { submittedAt: tx.now() } });
    return await tx.db.payment.count({ where: { id: paymentId, status: 'processing' } }) > 0;
  });
  if (!submitted) return;
  const { customerRef, methodRef } = await ctx.db.mandate.findUniqueOrThrow({ where: { bookingId } });
  const intent: Intent = await ctx.adapters.payments.chargeMandate({ key: `charge:${paymentId}:${attempts}`, amount: amountOf(payment), paymentId, bookingId, customerRef, methodRef });
  await ctx.db.payment.updateMany({ where: { id: paymentId, status: 'processing' }, data: attemptOf(payment, intent.ref) });
  // Its webhook may have been quicker than we were.
  await hearObject(ctx, intent.ref);
  if (!intent.untold) return;
  await transact(ctx, async (tx) => {
    await holdObject(tx, intent.ref);
    const now = await paymentOf(tx, intent.ref);
    if (now?.status === 'processing') await refused(tx, now, intent.refusal ?? '');
  });
}

/** A day on which the buyer should have acted has come: it is said, and again later, before the show and after it. While the show is contested nobody is asked. */
export async function remindWhenDue(tx: Context, paymentId: string): Promise<void> {
  const payment = await tx.db.payment.findUnique({ where: { id: paymentId } });
  if (!payment || (payment.status !== 'due' && payment.status !== 'refused')) return;
  const { bookingId, part } = payment;
  const { status } = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { status: true } });
  if (status !== 'contracted' && status !== 'played') return;
  // A card that was saved is charged without a word.
  if (payment.automatic && payment.status === 'due' && await tx.db.mandate.count({ where: { bookingId } }) > 0) return;
  if (await isContested(tx, bookingId) || await tx.db.show.count({ where: { bookingId, contestedAt: { not: null } } }) > 0) {
    await setDeadline(tx, 'payment.remind', paymentId, whileContested(tx.now()));
    return;
  }
  const next = nextReminder(tx.now(), await eveningOf(tx, bookingId));
  await setOrDrop(tx, 'payment.remind', paymentId, next);
  // The deposit is asked for first.
  if (part === 'balance' && await tx.db.payment.count({ where: { bookingId, part: 'deposit', status: { in: ['due', 'refused'] } } }) > 0) return;
  if (!next) tx.log.error({ paymentId, bookingId }, 'a payment did not come, months after its show; nobody is reminded any more, and somebody has to look');
  await tell(tx, 'payment.reminded', { bookingId, paymentId });
}

/** A show is about to be played and is not paid in full: its producer has to know before. */
export async function warnUnsecured(tx: Context, bookingId: string): Promise<void> {
  await lock(tx, lockOf(bookingId));
  const { status } = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { status: true } });
  if (status !== 'contracted' || await tx.db.payment.count({ where: { bookingId, status: { in: [...open] } } }) === 0) return;
  await tell(tx, 'payment.unsecured', { bookingId });
}

/** Money is held for longer than a show should take: an alert, and again while the provider may hold it. */
export async function warnHeld(tx: Context, paymentId: string): Promise<void> {
  const payment = await tx.db.payment.findUnique({ where: { id: paymentId } });
  if (!payment?.capturedAt) return;
  const { bookingId, capturedAt, currency } = payment;
  await lock(tx, lockOf(bookingId));
  const held = await balanceOf(tx, `escrow:${bookingId}`, currency);
  if (held.minor === 0n) return;
  tx.log.error({ paymentId, bookingId, held: String(held.minor), since: capturedAt.toISOString() }, 'money is held that the provider may hold for 90 days: somebody has to release it or give it back');
  const again = new Date(tx.now().getTime() + heldAgain * dayMs);
  if (mayBeHeld(capturedAt, again)) await setDeadline(tx, 'payment.held', paymentId, again);
  await tell(tx, 'payment.held', { bookingId, paymentId });
}

/** The buyer has not paid the deposit, nor saved a card for it: the hold on the date ends, and so does what was begun to pay it. Money that still arrives is given back. */
export async function lapseWhenDue(tx: Context, paymentId: string): Promise<void> {
  const found = await tx.db.payment.findUnique({ where: { id: paymentId } });
  if (!found) return;
  const { bookingId } = found;
  await lock(tx, lockOf(bookingId));
  const { status: stands } = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { status: true } });
  if (stands !== 'contracted') return;
  const payments = await tx.db.payment.findMany({ where: { bookingId } });
  const deposit = payments.find(({ id }) => id === paymentId);
  const saved = deposit?.automatic === true && deposit.status === 'due' && await tx.db.mandate.count({ where: { bookingId } }) > 0;
  if (!deposit || saved || (deposit.status !== 'due' && deposit.status !== 'refused') || payments.some(({ status }) => status === 'captured')) return;
  await dropPayments(tx, bookingId);
  await lapse(tx, bookingId);
}

/** A payment whose outcome a bank knows, and we do not yet: ended by nobody. */
const withBank = { status: 'processing' as const, OR: [{ providerRef: { not: null } }, { submittedAt: { not: null } }] };

/** What is with a bank for a booking: a debit may stay there for six working days. */
export async function underWayOf(ctx: Context, { bookingId, currency }: { readonly bookingId: string; readonly currency: string }): Promise<Money> {
  const { _sum } = await ctx.db.payment.aggregate({ where: { bookingId, ...withBank }, _sum: { minor: true } });
  return amountOf({ minor: _sum.minor ?? 0n, currency });
}

/**
 * Asks for nothing any more: what was not paid lapses, what was begun to pay it ends, a charge that nobody was asked for yet is not made, and no
 * date of theirs comes. What is with a bank goes on: `payment.cleared` tells its end. Other money that still arrives is given back.
 */
export async function dropPayments(tx: Context, bookingId: string): Promise<void> {
  await tx.db.payment.updateMany({ where: { bookingId, OR: [{ status: { in: ['due', 'refused'] } }, { status: 'processing', providerRef: null, submittedAt: null }] }, data: { status: 'lapsed' } });
  for (const { id, providerRef, status } of await tx.db.payment.findMany({ where: { bookingId } })) {
    for (const kind of [...datesOfPayment, 'payment.held']) await dropDeadline(tx, kind, id);
    if (providerRef && status === 'lapsed') await addJob(tx, 'cancel', { ref: providerRef }, { key: `cancel:${providerRef}` });
  }
  await dropDeadline(tx, 'payment.unsecured', bookingId);
}

/**
 * Releases what is held for a show that was played, once everything is captured: exactly once, whoever asks and how often. The
 * payout leaves after the commit.
 */
export async function releaseWhenDue(tx: Context, bookingId: string): Promise<void> {
  await lock(tx, lockOf(bookingId));
  const contract = await tx.db.contract.findUnique({ where: { bookingId } });
  const show = await tx.db.show.findUnique({ where: { bookingId } });
  const payments = await tx.db.payment.findMany({ where: { bookingId } });
  const released = await tx.db.transfer.count({ where: { key: releaseKey(bookingId) } });
  // A dispute freezes what is held; its decision releases it, or gives it back.
  if (await isContested(tx, bookingId)) return;
  if (released > 0 || contract?.path !== 'secured' || !show?.playedAt || payments.length === 0 || payments.some(({ status }) => status !== 'captured')) return;
  const { orgId, currency } = contract;
  const held = await balanceOf(tx, `escrow:${bookingId}`, currency);
  // Moved by hand: what was captured meanwhile stays booked.
  if (held.minor !== contract.totalMinor) {
    tx.log.error({ bookingId, held: String(held.minor), agreed: String(contract.totalMinor) }, 'what is held is not what the contract says: nothing is released, and somebody has to look');
    return;
  }
  const charges = chargesOf(contract);
  const transfer = await book(tx, { kind: 'release', key: releaseKey(bookingId), bookingId, orgId, entries: release({ id: bookingId, orgId }, held, charges), reason: 'The show was played' });
  const payoutId = tx.newId('pyo');
  await tx.db.payout.create({ data: { id: payoutId, bookingId, orgId, minor: charges.payout.minor, currency, createdAt: tx.now() } });
  for (const { id } of payments) await dropDeadline(tx, 'payment.held', id);
  await advance(tx, bookingId, ['played'], 'settled');
  await tell(tx, 'escrow.released', { bookingId, transferId: transfer.id });
  await addJob(tx, 'payout', { payoutId }, { key: `payout:${payoutId}` });
}

const releaseKey = (bookingId: string): string => `release:${bookingId}`;

/**
 * Sends a producer's share to the producer's bank, once it has said what the tax office asks of it; until then it waits. Its arrival comes by
 * webhook.
 */
export async function sendPayout(ctx: Context, payoutId: string): Promise<void> {
  const found = await ctx.db.payout.findUniqueOrThrow({ where: { id: payoutId } });
  const { orgId, bookingId, status: before } = found;
  if (!await transact(ctx, (tx) => mayBeSent(tx, payoutId, orgId))) return;
  const { payments } = ctx.adapters;
  const { iban } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { iban: true } });
  const sent = await payments.payOut(await askOf(ctx, found)).catch((error: unknown) => {
    if (error instanceof AppError && (error.code === 'account_not_ready' || error.code === 'funds_under_way')) return null;
    throw error;
  });
  if (sent) await ctx.db.payout.updateMany({ where: { id: payoutId, movedAt: null }, data: { movedAt: ctx.now() } });
  if (!sent || sent.status === 'moved') {
    await transact(ctx, (tx) => holdBack(tx, payoutId, { orgId, bookingId, anew: before === 'sent' }));
    return;
  }
  const { ref } = sent;
  await ctx.db.payout.updateMany({ where: { id: payoutId, providerRef: null }, data: { providerRef: ref, sentTo: payments.name === 'stripe' ? '' : maskIban(iban) } });
  await hearObject(ctx, ref);
}

/** A payout as the provider is asked for it: the same words each time, but for how often it came back. */
async function askOf(ctx: Context, { id, orgId, bookingId, pastRefs, ...amount }: { id: string; orgId: string; bookingId: string; pastRefs: readonly string[]; minor: bigint; currency: string }) {
  const captured = await ctx.db.payment.findMany({ where: { bookingId, status: 'captured' }, orderBy: { part: 'asc' }, select: { providerRef: true } });
  return { key: `payout:${id}`, turn: pastRefs.length, amount: amountOf(amount), orgId, bookingId, captured: captured.flatMap(({ providerRef }) => providerRef ?? []) };
}

/** Has a payout that came back sent again: to the account that is known by then. */
async function payoutAgain(tx: Context, payoutId: string): Promise<boolean> {
  const { providerRef, status } = await tx.db.payout.findUniqueOrThrow({ where: { id: payoutId } });
  if (status !== 'failed' || !providerRef) return false;
  await tx.db.payout.update({ where: { id: payoutId }, data: { status: 'waiting', providerRef: null, pastRefs: { push: providerRef } } });
  await addJob(tx, 'payout', { payoutId }, { key: `payout:${payoutId}` });
  return true;
}

/**
 * Whether a payout leaves now; one whose producer still has something to say waits, and says so once. One whose buyer's bank has taken money back
 * since the release waits without a word, for its producer knows already: until the bank decides for us, or our own people have booked who bears it.
 */
async function mayBeSent(tx: Context, payoutId: string, orgId: string): Promise<boolean> {
  await lock(tx, sellerLock(orgId));
  const { providerRef, status, bookingId, currency } = await tx.db.payout.findUniqueOrThrow({ where: { id: payoutId } });
  if (providerRef || (status !== 'sent' && status !== 'waiting')) return false;
  if ((await balanceOf(tx, `dispute:${bookingId}`, currency)).minor < 0n) {
    if (status === 'sent') await tx.db.payout.update({ where: { id: payoutId }, data: { status: 'waiting' } });
    tx.log.error({ payoutId, bookingId }, 'a payout waits: the bank of its buyer took money back');
    return false;
  }
  const { missing } = await sellerOf(tx, orgId);
  const next = missing.length > 0 ? 'waiting' : 'sent';
  if (next !== status) {
    await tx.db.payout.update({ where: { id: payoutId }, data: { status: next } });
    if (next === 'waiting') await tell(tx, 'payout.waiting', { bookingId, payoutId });
  }
  return next === 'sent';
}

/** The provider pays nothing out to this producer for now: the payout waits until their account is ready, or the buyer's money there. Each hour it is tried anew (`takeUpMoney`). */
async function holdBack(tx: Context, payoutId: string, { orgId, bookingId, anew }: { orgId: string; bookingId: string; anew: boolean }): Promise<void> {
  await lock(tx, sellerLock(orgId));
  const { count } = await tx.db.payout.updateMany({ where: { id: payoutId, status: 'sent', providerRef: null }, data: { status: 'waiting' } });
  if (count > 0 && anew) await tell(tx, 'payout.waiting', { bookingId, payoutId });
}

/** A producer's account with the provider has come further: what waits for them is tried again. */
async function sendWaiting(tx: Context, orgId: string): Promise<boolean> {
  const tried = await holdSeller(tx, orgId);
  await tried();
  return true;
}

const sellerLock = (orgId: string): string => `seller:${orgId}`;

/** What a producer still had to say has been said: what waited for it is tried again once the caller's transaction commits. Call it before anything of the producer is read or written. */
export async function holdSeller(tx: Context, orgId: string): Promise<() => Promise<void>> {
  await lock(tx, sellerLock(orgId));
  return async () => {
    for (const { id } of await tx.db.payout.findMany({ where: { orgId, status: 'failed' }, select: { id: true } })) await payoutAgain(tx, id);
    for (const { id } of await tx.db.payout.findMany({ where: { orgId, status: 'waiting' }, select: { id: true } })) await addJob(tx, 'payout', { payoutId: id }, { key: `payout:${id}` });
  };
}

/** Ends an attempt that nobody needs any more, so that nobody is charged by it. One that was captured is told by webhook, and given back. */
export async function cancelAttempt(ctx: Context, ref: string): Promise<void> {
  await ctx.adapters.payments.cancel(ref);
}

/** A refund as the provider is asked for it. */
const refundOf = ({ id, capturedRef: intent, bookingId, pastRefs, ...amount }: { id: string; capturedRef: string; bookingId: string; pastRefs: readonly string[]; minor: bigint; currency: string }) =>
  ({ key: pastRefs.length === 0 ? `refund:${id}` : `refund:${id}:${pastRefs.length}`, intent, amount: amountOf(amount), bookingId });

/** Gives back what was captured and not asked for. Its arrival comes by webhook. */
export async function sendRefund(ctx: Context, refundId: string): Promise<void> {
  const found = await ctx.db.refund.findUniqueOrThrow({ where: { id: refundId } });
  if (found.providerRef || found.status !== 'sent') return;
  const { ref, status: answer } = await ctx.adapters.payments.refund(refundOf(found));
  await ctx.db.refund.updateMany({ where: { id: refundId, providerRef: null }, data: { providerRef: ref } });
  await hearObject(ctx, ref);
  if (answer !== 'failed') return;
  // Refused at once: no notice will say so.
  await transact(ctx, async (tx) => {
    await holdObject(tx, ref);
    await refundArrived(tx, { id: ref, kind: 'refund.failed', ref });
  });
}

/**
 * Takes up money that stands still: notices that wait, charges and payouts that were never sent, attempts whose outcome nobody told us.
 * Each is an alert in the log; nothing is done twice, for each asks with the key that it had. Says how much was taken up.
 */
export async function takeUpMoney(ctx: Context): Promise<number> {
  const { db, log } = ctx;
  let taken = await replayNotices(ctx);
  const old = await db.providerEvent.findMany({ where: { doneAt: null, receivedAt: { lt: new Date(ctx.realNow().getTime() - waitMs) } }, select: { id: true, object: true } });
  for (const { id, object } of old) log.error({ notice: id, object }, 'a notice of the provider waits for something that we do not know');
  const again = async (task: string, id: string, payload: Readonly<Record<string, string>>) => {
    const key = `${task}:${id}`;
    if (await isAwaited(ctx, key)) return;
    log.error({ task, id }, 'money was to be moved and nobody was about to: it is taken up again');
    await addJob(ctx, task, payload, { key });
    taken += 1;
  };
  for (const { id } of await db.payment.findMany({ where: { status: 'processing', providerRef: null }, select: { id: true } })) await again('charge', id, { paymentId: id });
  for (const { id } of await db.payout.findMany({ where: { status: 'sent', providerRef: null }, select: { id: true } })) await again('payout', id, { payoutId: id });
  // What a producer completed elsewhere than on its page of payouts is seen here.
  for (const { id } of await db.payout.findMany({ where: { status: 'waiting' }, select: { id: true } })) if (!await isAwaited(ctx, `payout:${id}`)) await addJob(ctx, 'payout', { payoutId: id }, { key: `payout:${id}` });
  for (const { id } of await db.refund.findMany({ where: { status: 'sent', providerRef: null }, select: { id: true } })) await again('refund', id, { refundId: id });
  for (const { id } of await db.stray.findMany({ where: { status: 'sent', providerRef: null }, select: { id: true } })) await again('stray', id, { strayId: id });
  for (const payment of await db.payment.findMany({ where: { status: { in: [...open] }, providerRef: { not: null } } })) {
    try {
      if (await askOutcome(ctx, payment)) taken += 1;
    } catch (error) {
      log.error({ paymentId: payment.id, err: error }, 'the provider could not say what became of an attempt');
    }
  }
  const long = new Date(ctx.now().getTime() - arrivesIn * dayMs);
  for (const sent of [
    ...(await db.payout.findMany({ where: { status: 'sent', providerRef: { not: null }, createdAt: { lt: long } } })).map((one) => ({ ref: one.providerRef, kind: 'payout' as const, ask: async () => ctx.adapters.payments.payOut(await askOf(ctx, one)) })),
    ...(await db.refund.findMany({ where: { status: 'sent', providerRef: { not: null }, createdAt: { lt: long } } })).map((one) => ({ ref: one.providerRef, kind: 'refund' as const, ask: () => ctx.adapters.payments.refund(refundOf(one)) })),
  ]) {
    try {
      if (await askArrival(ctx, sent)) taken += 1;
    } catch (error) {
      log.error({ ref: sent.ref, err: error }, 'the provider could not say whether money arrived');
    }
  }
  const others = await db.otherAttempt.findMany({ where: { paymentId: { in: (await db.payment.findMany({ where: { status: { in: ['due', 'refused'] } }, select: { id: true } })).map(({ id }) => id) } } });
  for (const { paymentId, ref } of others) {
    try {
      if ((await completeAttempt(ctx, ref)).status !== 'captured') continue;
      log.error({ paymentId, ref }, 'a buyer approved an attempt and nobody was told: it is taken now');
      taken += 1;
    } catch (error) {
      log.error({ paymentId, err: error }, 'the provider could not say what became of an attempt');
    }
  }
  return taken;
}

/** Asks the provider what became of an attempt that we have not been told of, and acts on it as its webhook would. */
async function askOutcome(ctx: Context, { id, providerRef }: Payment): Promise<boolean> {
  assert(providerRef, 'an attempt was begun');
  const intent = await ctx.adapters.payments.readIntent(providerRef);
  if (!['captured', 'refused', 'processing', 'saved'].includes(intent.status)) return false;
  const { method = null } = intent;
  return transact(ctx, async (tx) => {
    await holdObject(tx, providerRef);
    const payment = await tx.db.payment.findUniqueOrThrow({ where: { id } });
    const told = payment.providerRef !== providerRef || !open.includes(payment.status)
      || (intent.status === 'refused' && payment.status !== 'processing') || (intent.status === 'processing' && payment.status === 'processing')
      || (intent.status === 'saved' && (!method || await tx.db.mandate.count({ where: { bookingId: payment.bookingId } }) > 0))
      // Refused before: what another way has under way is not undone by it.
      || (intent.status === 'refused' && payment.submittedAt === null && await tx.db.otherAttempt.count({ where: { paymentId: id } }) > 0);
    if (told) return false;
    tx.log.error({ paymentId: id, ref: providerRef, outcome: intent.status }, 'the provider did not tell the outcome of an attempt; it was asked');
    if (intent.status === 'captured') await captured(tx, payment, { ref: providerRef });
    else if (intent.status === 'processing') await underWay(tx, payment);
    else if (method && intent.status === 'saved') await saved(tx, payment, method);
    else await refused(tx, payment, intent.refusal ?? '');
    return true;
  });
}

/** Asks the provider, with the words of the first time, whether money that was sent long ago has arrived, and acts on it as its webhook would. */
async function askArrival(ctx: Context, { ref, kind, ask }: { ref: string | null; kind: 'payout' | 'refund'; ask: () => Promise<{ ref: string; status: 'moved' | 'sent' | 'paid' | 'failed' }> }): Promise<boolean> {
  const { ref: known, status } = await ask();
  if (status === 'moved' || status === 'sent' || known !== ref) return false;
  ctx.log.error({ ref, status }, 'the provider did not tell whether money arrived; it was asked');
  return transact(ctx, async (tx) => {
    await holdObject(tx, known);
    return kind === 'payout' ? payoutArrived(tx, { id: known, kind: `payout.${status}`, ref: known }) : refundArrived(tx, { id: known, kind: `refund.${status}`, ref: known });
  });
}

/* Money that came back. For our own people. */

/** Payouts and refunds that did not arrive, the oldest first. @throws AppError as `permitOperator` does. */
export async function readReturned(ctx: Context) {
  await permitOperator(ctx);
  const failed = { where: { status: 'failed' as const }, orderBy: [{ createdAt: 'asc' as const }, { id: 'asc' as const }], take: 100 };
  const [payouts, refunds] = await Promise.all([ctx.db.payout.findMany(failed), ctx.db.refund.findMany(failed)]);
  const names = new Map((await ctx.db.organisation.findMany({ where: { id: { in: [...payouts.map(({ orgId }) => orgId), ...refunds.map(({ buyerOrgId }) => buyerOrgId)] } }, select: { id: true, name: true } })).map(({ id, name }) => [id, name]));
  return [
    ...payouts.map(({ id, bookingId, orgId, ...amount }) => ({ id, kind: 'payout' as const, bookingId, to: names.get(orgId) ?? '', amount: toWire(amountOf(amount)), sentAt: amount.createdAt.toISOString(), times: amount.pastRefs.length + 1 })),
    ...refunds.map(({ id, bookingId, buyerOrgId, ...amount }) => ({ id, kind: 'refund' as const, bookingId, to: names.get(buyerOrgId) ?? '', amount: toWire(amountOf(amount)), sentAt: amount.createdAt.toISOString(), times: amount.pastRefs.length + 1 })),
  ];
}

/** Sends one again, under a new name at the provider: once, whoever presses and how often. @throws AppError `not_found` when it is on its way or arrived; and as `permitOperator` does. */
export async function sendAgain(ctx: Context, id: string): Promise<null> {
  const operator = await permitOperator(ctx);
  await transact(ctx, async (tx) => {
    const [sent, back] = [await tx.db.payout.findUnique({ where: { id } }), await tx.db.refund.findUnique({ where: { id } })];
    await lock(tx, sent ? sellerLock(sent.orgId) : lockOf(back?.bookingId ?? ''));
    if (!(sent ? await payoutAgain(tx, id) : await refundAgain(tx, id))) throw new AppError('not_found');
    tx.log.info({ operator, id }, 'somebody has money sent again that had come back');
  });
  return null;
}

async function refundAgain(tx: Context, id: string): Promise<boolean> {
  const found = await tx.db.refund.findUnique({ where: { id } });
  if (found?.status !== 'failed' || !found.providerRef) return false;
  await tx.db.refund.update({ where: { id }, data: { status: 'sent', providerRef: null, pastRefs: { push: found.providerRef } } });
  await addJob(tx, 'refund', { refundId: id }, { key: `refund:${id}` });
  return true;
}

/* What may be seen. */

/** What is due, held and released, in figures, as both sides see it. */
export async function readMoney(ctx: SignedIn, bookingId: string) {
  permit(ctx.actor, 'payment.read', await ownersOf(ctx, bookingId));
  const { db } = ctx;
  const [contract, payments, mandate, sent, released, invoice] = await Promise.all([
    db.contract.findUnique({ where: { bookingId } }),
    db.payment.findMany({ where: { bookingId }, orderBy: { part: 'asc' } }),
    db.mandate.findUnique({ where: { bookingId } }),
    db.payout.findUnique({ where: { bookingId } }),
    db.entry.findMany({ where: { account: `escrow:${bookingId}`, transfer: { kind: { in: ['release', 'indemnity'] } } } }),
    db.invoice.findUnique({ where: { bookingId_kind: { bookingId, kind: 'final' } } }),
  ]);
  if (!contract) throw new AppError('not_found');
  const { path, currency } = contract;
  const nothing = amountOf({ minor: 0n, currency });
  const waiting = payments.filter(({ status }) => open.includes(status)).map(amountOf);
  const owed = invoice && !invoice.paidAt ? amountOf({ minor: invoice.totalMinor, currency }) : nothing;
  return {
    path, total: toWire(amountOf({ minor: contract.totalMinor, currency })),
    due: toWire(path === 'public' ? owed : sum(nothing, ...waiting)),
    held: toWire(await balanceOf(ctx, `escrow:${bookingId}`, currency)),
    released: toWire(sum(nothing, ...released.map(({ minor }) => amountOf({ minor: -minor, currency })))),
    payments: payments.map(({ id, part, dueDay, automatic, status, refusal, capturedAt, ...amount }) => ({
      id, part, amount: toWire(amountOf(amount)), dueDay: toDay(dueDay), automatic, status, refusal, capturedAt: capturedAt?.toISOString() ?? null,
    })),
    mandate: mandate && { label: mandate.label },
    payout: sent && { amount: toWire(amountOf(sent)), status: sent.status, paidAt: sent.paidAt?.toISOString() ?? null },
  };
}

/** Every entry of a booking, as both sides see it. */
export async function readLedger(ctx: SignedIn, bookingId: string) {
  permit(ctx.actor, 'ledger.read', await ownersOf(ctx, bookingId));
  return entriesOf(ctx, bookingId);
}

/** Books what the provider took for itself and the ledger does not know yet, and says all of it. What two of us find at once is booked once. */
async function bookFees(ctx: Context, currency: Currency): Promise<bigint> {
  const { payments } = ctx.adapters;
  const taken = await payments.readFees(currency);
  return transact(ctx, async (tx) => {
    const account = 'provider:fees';
    await lock(tx, `${account}:${currency}`);
    const { _sum, _count } = await tx.db.entry.aggregate({ where: { account, currency, transfer: { kind: 'fees' } }, _sum: { minor: true }, _count: true });
    const known = -(_sum.minor ?? 0n);
    if (taken.minor !== known) {
      await book(tx, { kind: 'fees', key: `fees:${currency}:${_count + 1}`, bookingId: null, orgId: null, entries: fees({ ...taken, minor: taken.minor - known }), reason: 'What the provider took for itself' });
    }
    return taken.minor;
  });
}

/** What our ledger and the provider's books say of the same money. */
export interface Reconciliation {
  readonly currency: Currency;
  /** What the provider should hold for us by our ledger, payouts and refunds under way taken off. */
  readonly ours: bigint;
  readonly theirs: bigint;
  /** Notices that were kept and not acted on: the usual reason of a difference. */
  readonly waiting: number;
  readonly agrees: boolean;
}

/** Compares our ledger with the provider's books. A difference, or money that failed to arrive, is an alert in the log; nothing is ever repaired by itself. */
export async function reconcile(ctx: Context): Promise<Reconciliation[]> {
  const found: Reconciliation[] = [];
  const waiting = await ctx.db.providerEvent.count({ where: { doneAt: null } });
  const failed = { where: { status: 'failed' as const }, select: { id: true, bookingId: true } };
  const [refunds, payouts] = [await ctx.db.refund.findMany(failed), await ctx.db.payout.findMany(failed)];
  if (refunds.length + payouts.length > 0) ctx.log.error({ refunds, payouts }, 'money did not arrive where it was sent, and is still owed');
  for (const currency of ['EUR', 'CHF'] as const) {
    const taken = await bookFees(ctx, currency);
    const clearing = await balanceOf(ctx, 'provider:clearing', currency);
    // What a bank does not have yet, or sent back, lies in the producer's own account with the provider.
    const out = await ctx.db.payout.aggregate({ where: { currency, status: { not: 'paid' }, movedAt: { not: null } }, _sum: { minor: true } });
    const back = await ctx.db.refund.aggregate({ where: { currency, status: 'sent', providerRef: { not: null } }, _sum: { minor: true } });
    // Both before the provider's fees.
    const ours = taken - clearing.minor - (out._sum.minor ?? 0n) - (back._sum.minor ?? 0n);
    const theirs = (await ctx.adapters.payments.readBalance(currency)).minor;
    const agrees = ours === theirs;
    if (!agrees) ctx.log.error({ currency, ours: String(ours), theirs: String(theirs), waiting }, 'the ledger and the provider’s books differ');
    found.push({ currency, ours, theirs, waiting, agrees });
  }
  return found;
}
