import type { Intent, TransferTo, Way } from '../adapters/ports.ts';
import { ownersOf } from '../booking/service.ts';
import { makeCode, spendCode } from '../core/codes.ts';
import { transact, type Context, type SignedIn } from '../core/context.ts';
import type { Payment } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { localeOf } from '../core/locale.ts';
import { mask } from '../core/mask.ts';
import { amountOf, toWire } from '../core/money.ts';
import { permit } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { dayIn, toDay } from '../core/time.ts';
import { payCodeLetter } from './letters.ts';
import { assertWindow } from '../escrow/schedule.ts';
import { attemptOf, captured, chargeKeyOf, holdMoney, paymentOf, refused, underWay } from '../escrow/service.ts';
import { askOnce } from '../ledger/service.ts';
import { waysOf } from './ways.ts';
import { hearObject, holdObject } from '../notices/service.ts';

/** Codes a day for one booking: five tries each leave a guesser one chance in sixteen thousand. */
const codesADay = 12;

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

/* What is taken by itself. */

/**
 * Charges the saved card. Its outcome comes by webhook. Done again after a crash, the provider is asked the same and finds the same attempt, whatever card was saved meanwhile; what its
 * booking's end overtook is not made.
 */
export async function charge(ctx: Context, paymentId: string): Promise<void> {
  const { bookingId } = await ctx.db.payment.findUniqueOrThrow({ where: { id: paymentId } });
  const submitted = await transact(ctx, async (tx) => {
    await holdMoney(tx, bookingId);
    await tx.db.payment.updateMany({ where: { id: paymentId, status: 'processing', submittedAt: null }, data: { submittedAt: tx.now() } });
    const payment = await tx.db.payment.findUniqueOrThrow({ where: { id: paymentId } });
    if (payment.status !== 'processing') return null;
    const { customerRef, methodRef } = await tx.db.mandate.findUniqueOrThrow({ where: { bookingId } });
    return { payment, key: chargeKeyOf(payment), asked: await askOnce(tx, chargeKeyOf(payment), { customerRef, methodRef, amount: amountOf(payment) }) };
  });
  if (!submitted) return;
  const { payment, key, asked: { amount, customerRef, methodRef } } = submitted;
  // In the order in which it was always asked: a provider's desk compares what it is sent word for word.
  const intent: Intent = await ctx.adapters.payments.chargeMandate({ key, amount, paymentId, bookingId, customerRef, methodRef });
  await ctx.db.payment.updateMany({ where: { id: paymentId, status: 'processing', attempts: payment.attempts }, data: attemptOf(payment, intent.ref) });
  // Its webhook may have been quicker than we were.
  await hearObject(ctx, intent.ref);
  if (!intent.untold) return;
  await transact(ctx, async (tx) => {
    await holdObject(tx, intent.ref);
    const now = await paymentOf(tx, intent.ref);
    if (now?.status === 'processing' && now.providerRef === intent.ref) await refused(tx, now, intent.refusal ?? '');
  });
}

/** Asks the provider what may be shown of the card that was saved. */
export async function nameMandate(ctx: Context, bookingId: string): Promise<void> {
  const mandate = await ctx.db.mandate.findUnique({ where: { bookingId } });
  if (!mandate || mandate.label) return;
  const label = await ctx.adapters.payments.nameMethod(mandate.methodRef);
  await ctx.db.mandate.updateMany({ where: { bookingId, methodRef: mandate.methodRef }, data: { label } });
}

/** Ends an attempt that nobody needs any more, so that nobody is charged by it. One that was captured is told by webhook, and given back. */
export async function cancelAttempt(ctx: Context, ref: string): Promise<void> {
  await ctx.adapters.payments.cancel(ref);
}
