import type { ProviderNotice, SavedMethod } from '../adapters/ports.ts';
import { bookerChargeOf, partOf, type Released } from '../bookers/service.ts';
import { advance, lapse, ownersOf } from '../booking/service.ts';
import { lock, type Context, type SignedIn } from '../core/context.ts';
import type { Contract, Payment, Payout } from '../core/db/client.ts';
import { dropDeadline, setDeadline } from '../core/deadlines.ts';
import { AppError } from '../core/errors.ts';
import { amountOf, sum, toWire, type Money } from '../core/money.ts';
import { addJob, tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { addDays, dayIn, fromDay, instantAt, toDay } from '../core/time.ts';
import { capture, captureToRefund, commission, payout, payoutBack, release, returned, type Charges } from '../ledger/entries.ts';
import { balanceOf, book, entriesOf, isOtherCard } from '../ledger/service.ts';
import { netOf } from '../legal/net.ts';
import { firstReminder, heldTooLongAt, lapsesAt, mayBeHeld, nextReminder, schedule, unsecuredAt, whileContested, type Evening } from './schedule.ts';

/** The platform's own country: where the tax on our commission is owed. */
const jurisdiction = 'FR';
const dayMs = 86_400_000;
/** The hour at the venue at which cards are charged. */
const chargeHour = '08:00';
/** Days after a refused charge of a deposit until the booking lapses. */
const lapseAfter = 7;
/** Days until money that is held is looked at again. */
const heldAgain = 5;
/** The dates of one payment. */
const datesOfPayment = ['payment.charge', 'payment.remind', 'payment.lapse'] as const;

/** The statuses of a payment that still may be captured. */
export const open: readonly Payment['status'][] = ['due', 'processing', 'refused'];

/** Holds all that is done to the money of a booking until the transaction ends. */
export const holdMoney = (tx: Context, bookingId: string): Promise<void> => lock(tx, `escrow:${bookingId}`);

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
  await holdMoney(tx, bookingId);
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

/** A payment's attempt from now on; the one before stays known. */
export const attemptOf = ({ providerRef, pastRefs }: Payment, ref: string) => ({ providerRef: ref, ...(providerRef && providerRef !== ref && !pastRefs.includes(providerRef) && { pastRefs: { push: providerRef } }) });

/** The payment that an attempt is of: its own, the other one, or one before. */
export async function paymentOf(ctx: Context, ref: string): Promise<Payment | null> {
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

/* What came of it. */

/** What a capture says of itself. */
export type Capture = Pick<ProviderNotice, 'ref' | 'amount' | 'method'>;

/** Money was captured: books it, and opens what waited for it. Told again it does nothing; what no payment asks for is given back. */
export async function captured(tx: Context, payment: Payment, notice: Capture): Promise<void> {
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

/** The key of a charge while the buyer is away: one for each try. */
export const chargeKeyOf = ({ id, attempts }: Pick<Payment, 'id' | 'attempts'>): string => `charge:${id}:${attempts}`;

/** The card that was refused is the buyer's no more: the one they saved since is charged by a try of its own. False where it is the same. The attempt before has ended, so that two are never taken. */
async function tryOtherCard(tx: Context, payment: Payment): Promise<boolean> {
  const { id, bookingId, providerRef, pastRefs } = payment;
  const mandate = await tx.db.mandate.findUnique({ where: { bookingId } });
  if (!mandate || !await isOtherCard(tx, chargeKeyOf(payment), mandate)) return false;
  const past = providerRef && !pastRefs.includes(providerRef) ? { pastRefs: { push: providerRef } } : {};
  await tx.db.payment.update({ where: { id }, data: { status: 'due', providerRef: null, submittedAt: null, ...past } });
  await setDeadline(tx, 'payment.charge', id, tx.now());
  return true;
}

/** A payment was refused: its buyer is told, and gets time to act by hand. */
export async function refused(tx: Context, payment: Payment, refusal: string): Promise<void> {
  const { id: paymentId, bookingId } = payment;
  if (payment.status === 'captured' || payment.status === 'lapsed' || await endUnderWay(tx, payment, refusal)) return;
  if (payment.status === 'processing' && await tryOtherCard(tx, payment)) return;
  // The charge that was asked for has ended: what is under way after it is another.
  await tx.db.payment.update({ where: { id: paymentId }, data: { status: 'refused', refusal, submittedAt: null } });
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
export async function underWay(tx: Context, { id: paymentId, bookingId }: Payment): Promise<void> {
  const { count } = await tx.db.payment.updateMany({ where: { id: paymentId, status: { in: ['due', 'refused'] } }, data: { status: 'processing', refusal: '' } });
  if (count > 0) await tell(tx, 'payment.debited', { bookingId, paymentId });
}

/** The buyer saved a card for a later charge: nobody is asked until that day. */
export async function saved(tx: Context, payment: Payment, method: SavedMethod): Promise<void> {
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

/**
 * The payout that a notice speaks of. One whose answer never reached us is known by the key under which it was asked for: it has left, though it
 * may stand as waiting since, because the buyer's bank took money back before it was asked for again.
 */
async function sentUnder(tx: Context, { ref, key = '' }: ProviderNotice): Promise<Payout | null> {
  const known = await tx.db.payout.findUnique({ where: { providerRef: ref } });
  const [, id, turn = '0'] = /^payout:(pyo_\w+)(?::(\d+))?$/u.exec(key) ?? [];
  if (known || !id) return known;
  const lost = await tx.db.payout.findUnique({ where: { id } });
  if (!lost || lost.pastRefs.length !== Number(turn)) return null;
  await holdMoney(tx, lost.bookingId);
  const { count } = await tx.db.payout.updateMany({ where: { id, providerRef: null, status: { in: ['sent', 'waiting'] } }, data: { providerRef: ref, status: 'sent', movedAt: lost.movedAt ?? tx.now() } });
  return count > 0 ? tx.db.payout.findUnique({ where: { id } }) : null;
}

/** A payout reached its bank, failed, or came back from it. False when we do not know it yet. */
export async function payoutArrived(tx: Context, notice: ProviderNotice): Promise<boolean> {
  const sent = await sentUnder(tx, notice);
  // An earlier sending has ended.
  if (!sent) return await tx.db.payout.count({ where: { pastRefs: { has: notice.ref } } }) > 0;
  const { id: payoutId, bookingId, orgId, share } = sent;
  // What failed has ended: that it had gone well before may be told after it.
  if (sent.status === 'failed' || (sent.status === 'paid' && notice.kind === 'payout.paid')) return true;
  if (notice.kind === 'payout.failed') {
    tx.log.error({ payoutId, ref: notice.ref }, 'a payout failed: the money stays whose it was, and somebody has to look');
    // A bank may send it back days after it had arrived.
    if (sent.status === 'paid') await book(tx, { kind: 'payout', key: `back:${notice.ref}`, bookingId, orgId, entries: payoutBack(orgId, amountOf(sent), share), reason: `Came back from the ${share}’s bank: owed again` });
    await tx.db.payout.update({ where: { id: payoutId }, data: { status: 'failed', paidAt: null } });
    return true;
  }
  const arrived = { kind: 'payout' as const, key: notice.ref, bookingId, orgId, entries: payout(orgId, amountOf(sent), share), reason: `Arrived at the ${share}’s bank` };
  // The fact is the producer's: a booker reads of its own under Payouts.
  await (share === 'producer' ? book(tx, arrived, { topic: 'payout.paid', payload: { bookingId, payoutId } }) : book(tx, arrived));
  await tx.db.payout.update({ where: { id: payoutId }, data: { status: 'paid', paidAt: tx.now() } });
  return true;
}

/** A refund reached its bank, failed, or came back from it. False when we do not know it yet. */
export async function refundArrived(tx: Context, notice: ProviderNotice): Promise<boolean> {
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
  await holdMoney(tx, payment.bookingId);
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
  await holdMoney(tx, bookingId);
  const { status } = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { status: true } });
  if (status !== 'contracted' || await tx.db.payment.count({ where: { bookingId, status: { in: [...open] } } }) === 0) return;
  await tell(tx, 'payment.unsecured', { bookingId });
}

/** Money is held for longer than a show should take: an alert, and again while the provider may hold it. */
export async function warnHeld(tx: Context, paymentId: string): Promise<void> {
  const payment = await tx.db.payment.findUnique({ where: { id: paymentId } });
  if (!payment?.capturedAt) return;
  const { bookingId, capturedAt, currency } = payment;
  await holdMoney(tx, bookingId);
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
  await holdMoney(tx, bookingId);
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

/** What was charged for a booking, and what is with a bank: each payment of which the provider takes its price. */
export async function chargedOf(ctx: Context, bookingId: string): Promise<{ readonly amount: Money; readonly at: Date }[]> {
  const payments = await ctx.db.payment.findMany({ where: { bookingId, OR: [{ status: 'captured' }, withBank] }, orderBy: { part: 'asc' } });
  return payments.map(({ capturedAt, ...payment }) => ({ amount: amountOf(payment), at: capturedAt ?? ctx.now() }));
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
 * payouts leave after the commit.
 */
export async function releaseWhenDue(tx: Context, bookingId: string): Promise<void> {
  await holdMoney(tx, bookingId);
  const contract = await tx.db.contract.findUnique({ where: { bookingId } });
  const show = await tx.db.show.findUnique({ where: { bookingId } });
  const payments = await tx.db.payment.findMany({ where: { bookingId } });
  const released = await tx.db.transfer.count({ where: { key: releaseKey(bookingId) } });
  // A dispute freezes what is held; its decision releases it, or gives it back.
  if (await isContested(tx, bookingId)) return;
  if (released > 0 || contract?.path !== 'secured' || !show?.playedAt || payments.length === 0 || payments.some(({ status }) => status !== 'captured')) return;
  const held = await balanceOf(tx, `escrow:${bookingId}`, contract.currency);
  // Moved by hand: what was captured meanwhile stays booked.
  if (held.minor !== contract.totalMinor) {
    tx.log.error({ bookingId, held: String(held.minor), agreed: String(contract.totalMinor) }, 'what is held is not what the contract says: nothing is released, and somebody has to look');
    return;
  }
  const transfer = await creditShares(tx, contract, { kind: 'release', amount: held, charges: chargesOf(contract), reason: 'The show was played' });
  for (const { id } of payments) await dropDeadline(tx, 'payment.held', id);
  await advance(tx, bookingId, ['played'], 'settled');
  await tell(tx, 'escrow.released', { bookingId, transferId: transfer.id });
}

/**
 * Credits the producer, and its booker where the contract keeps a share for one, with what is released, less our charges, and has both paid out after
 * the commit; in the caller's transaction, once for a booking, whatever is released of it.
 */
export async function creditShares(tx: Context, contract: Contract, { kind, amount, charges, reason }: Released & { readonly charges: Charges; readonly reason: string }): Promise<{ id: string }> {
  const { bookingId, orgId, currency } = contract;
  const booker = await bookerChargeOf(tx, contract, { kind, amount });
  // One key for both kinds: what a booking holds leaves once.
  const transfer = await book(tx, { kind, key: releaseKey(bookingId), bookingId, orgId, entries: release({ id: bookingId, orgId }, amount, { ...charges, booker }), reason });
  const toBooker = booker ? booker.net.minor + booker.vat.minor : 0n;
  const shares = [
    { share: 'producer' as const, orgId, minor: amount.minor - charges.commission.minor - charges.vat.minor - toBooker },
    { share: 'booker' as const, orgId: booker?.orgId ?? '', minor: toBooker },
  ].filter(({ minor }) => minor > 0n);
  for (const share of shares) {
    const payoutId = tx.newId('pyo');
    await tx.db.payout.create({ data: { id: payoutId, bookingId, ...share, currency, createdAt: tx.now() } });
    await addJob(tx, 'payout', { payoutId }, { key: `payout:${payoutId}` });
  }
  return transfer;
}

const releaseKey = (bookingId: string): string => `release:${bookingId}`;

/* What is sent again. */

/** Has a payout that came back sent again: to the account that is known by then. */
export async function payoutAgain(tx: Context, payoutId: string): Promise<boolean> {
  const { providerRef, status } = await tx.db.payout.findUniqueOrThrow({ where: { id: payoutId } });
  if (status !== 'failed' || !providerRef) return false;
  await tx.db.payout.update({ where: { id: payoutId }, data: { status: 'waiting', providerRef: null, pastRefs: { push: providerRef } } });
  await addJob(tx, 'payout', { payoutId }, { key: `payout:${payoutId}` });
  return true;
}

/** Has a refund that came back sent again. False when it is on its way or arrived. */
export async function refundAgain(tx: Context, id: string): Promise<boolean> {
  const found = await tx.db.refund.findUnique({ where: { id } });
  if (found?.status !== 'failed' || !found.providerRef) return false;
  await tx.db.refund.update({ where: { id }, data: { status: 'sent', providerRef: null, pastRefs: { push: found.providerRef } } });
  await addJob(tx, 'refund', { refundId: id }, { key: `refund:${id}` });
  return true;
}

/** Holds all that is done to what a producer is paid until the transaction ends. */
export const lockSeller = (tx: Context, orgId: string): Promise<void> => lock(tx, `seller:${orgId}`);

/** What of a booking waited for its buyer's bank is tried again once the caller's transaction commits. */
export async function wakePayouts(tx: Context, bookingId: string): Promise<void> {
  for (const { id, orgId } of await tx.db.payout.findMany({ where: { bookingId, status: { in: ['sent', 'waiting'] }, providerRef: null }, orderBy: { orgId: 'asc' } })) {
    // Whoever looks at it now has seen the bank's hand on it, or will see it gone.
    await lockSeller(tx, orgId);
    await addJob(tx, 'payout', { payoutId: id }, { key: `payout:${id}` });
  }
}

/** What a producer still had to say has been said: what waited for it is tried again once the caller's transaction commits. Call it before anything of the producer is read or written. */
export async function holdSeller(tx: Context, orgId: string): Promise<() => Promise<void>> {
  await lockSeller(tx, orgId);
  return async () => {
    for (const { id } of await tx.db.payout.findMany({ where: { orgId, status: 'failed' }, select: { id: true } })) await payoutAgain(tx, id);
    for (const { id } of await tx.db.payout.findMany({ where: { orgId, status: 'waiting' }, select: { id: true } })) await addJob(tx, 'payout', { payoutId: id }, { key: `payout:${id}` });
  };
}

/* What may be seen. */

/** What is due, held and released, in figures, as both sides see it; what the booker has of it is the artist's side's to see. */
export async function readMoney(ctx: SignedIn, bookingId: string) {
  const side = permit(ctx.actor, 'payment.read', await ownersOf(ctx, bookingId));
  const { db } = ctx;
  const [contract, payments, mandate, sent, released, invoice] = await Promise.all([
    db.contract.findUnique({ where: { bookingId } }),
    db.payment.findMany({ where: { bookingId }, orderBy: { part: 'asc' } }),
    db.mandate.findUnique({ where: { bookingId } }),
    db.payout.findUnique({ where: { bookingId_share: { bookingId, share: 'producer' } } }),
    db.entry.findMany({ where: { account: `escrow:${bookingId}`, transfer: { kind: { in: ['release', 'indemnity'] } } }, include: { transfer: { select: { kind: true } } } }),
    db.invoice.findFirst({ where: { bookingId, kind: 'final' }, orderBy: { version: 'desc' } }),
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
    booker: side === 'artist' ? await bookerOf(ctx, contract, released[0] ?? null) : null,
  };
}

/** What the contract leaves the booker: of what was released, or of the whole while nothing was. A public buyer pays the producer, who pays its booker itself. */
async function bookerOf(ctx: Context, contract: Contract, left: { readonly minor: bigint; readonly transfer: { readonly kind: string } } | null) {
  const { bookingId, path, currency, totalMinor } = contract;
  const share = await ctx.db.bookerShare.findUnique({ where: { bookingId } });
  if (!share) return null;
  const [booker, sent] = await Promise.all([
    ctx.db.organisation.findUniqueOrThrow({ where: { id: share.bookerOrgId }, select: { name: true } }),
    ctx.db.payout.findUnique({ where: { bookingId_share: { bookingId, share: 'booker' } } }),
  ]);
  const { basis, net, vat } = partOf(share, contract, { kind: left?.transfer.kind === 'indemnity' ? 'indemnity' : 'release', amount: amountOf({ minor: left ? -left.minor : totalMinor, currency }) });
  return {
    name: booker.name, capacity: share.capacity, agreedBps: share.agreedBps, bps: share.bps, capSource: share.bps < share.agreedBps ? share.capSource : '', basis: toWire(basis), commission: toWire(net), vat: toWire(vat), vatBps: share.vatBps,
    state: path === 'public' ? 'outside' as const : sent ? sent.status : left ? 'nothing' as const : 'coming' as const, paidAt: sent?.paidAt?.toISOString() ?? null,
  };
}

/** Every entry of a booking, as both sides see it. */
export async function readLedger(ctx: SignedIn, bookingId: string) {
  permit(ctx.actor, 'ledger.read', await ownersOf(ctx, bookingId));
  return entriesOf(ctx, bookingId);
}
