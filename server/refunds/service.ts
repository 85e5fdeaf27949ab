import assert from 'node:assert/strict';
import { advance, ownersOf } from '../booking/service.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import type { Cancellation, Contract } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { sum, toWire, type Currency, type Money } from '../core/money.ts';
import { addJob, tell } from '../core/outbox.ts';
import { permit, type Side } from '../core/permissions.ts';
import { dayIn, daysBetween, instantAt, toDay } from '../core/time.ts';
import { dropPayments } from '../escrow/service.ts';
import { settleCancellation, type CancellationOutcome, type Cause } from '../legal/cancellation.ts';
import { cancellationBandsOn } from '../legal/service.ts';
import { refund, release, type Charges } from '../ledger/entries.ts';
import { balanceOf, book, entriesOf } from '../ledger/service.ts';
import { proofsOf, through, whyOf, type Movement } from './account.ts';

/** The platform's own country: where the tax on our commission is owed. */
const jurisdiction = 'FR';

const amountOf = (minor: bigint, currency: string): Money => ({ minor, currency: currency as Currency });

/** Holds all that is done to the money of a booking until the transaction ends: the escrow room takes the same key. */
export const holdMoney = (tx: Context, bookingId: string): Promise<void> => lock(tx, `escrow:${bookingId}`);

/** What is held for a booking. */
export const heldOf = (ctx: Context, { bookingId, currency }: { readonly bookingId: string; readonly currency: string }): Promise<Money> => balanceOf(ctx, `escrow:${bookingId}`, currency);

/**
 * Owes back to the buyer what is held, in the caller's transaction, and sends it to the cards that paid: the balance's first, so that as few
 * as possible are touched. Nothing for an amount of zero.
 */
export async function giveBackHeld(tx: Context, { bookingId, orgId, buyerOrgId }: Pick<Contract, 'bookingId' | 'orgId' | 'buyerOrgId'>, { amount, reason }: { readonly amount: Money; readonly reason: string }): Promise<void> {
  if (amount.minor === 0n) return;
  await book(tx, { kind: 'refund', key: `refund:${bookingId}`, bookingId, orgId, entries: refund({ id: bookingId, buyerOrgId }, amount), reason });
  let left = amount.minor;
  for (const payment of await tx.db.payment.findMany({ where: { bookingId, status: 'captured' }, orderBy: { part: 'desc' } })) {
    const minor = left < payment.minor ? left : payment.minor;
    if (minor === 0n) continue;
    left -= minor;
    assert(payment.providerRef, 'a captured payment has its attempt');
    const id = tx.newId('rfd');
    await tx.db.refund.create({ data: { id, bookingId, orgId, buyerOrgId, paymentId: payment.id, capturedRef: payment.providerRef, minor, currency: amount.currency, createdAt: tx.now() } });
    await addJob(tx, 'refund', { refundId: id }, { key: `refund:${id}` });
  }
  assert(left === 0n, 'nothing is given back that was not paid');
}

/** Credits the producer with a part of what is held, less our charges, in the caller's transaction, and pays it out. Nothing for an amount of zero. */
export async function releaseShare(tx: Context, { bookingId, orgId }: Pick<Contract, 'bookingId' | 'orgId'>, share: { readonly kind: 'release' | 'indemnity'; readonly amount: Money; readonly charges: Charges; readonly reason: string }): Promise<void> {
  const { kind, amount, charges, reason } = share;
  if (amount.minor === 0n) return;
  // One key for both: what a booking holds leaves for its producer once.
  await book(tx, { kind, key: `release:${bookingId}`, bookingId, orgId, entries: release({ id: bookingId, orgId }, amount, charges), reason });
  const minor = amount.minor - charges.commission.minor - charges.vat.minor;
  if (minor === 0n) return;
  const payoutId = tx.newId('pyo');
  await tx.db.payout.create({ data: { id: payoutId, bookingId, orgId, minor, currency: amount.currency, createdAt: tx.now() } });
  await addJob(tx, 'payout', { payoutId }, { key: `payout:${payoutId}` });
}

/** Ends what is still asked for. @throws AppError `payment_under_way` while a card is being charged: its outcome has to be known first. */
export async function endPayments(tx: Context, bookingId: string): Promise<void> {
  if (await tx.db.payment.count({ where: { bookingId, status: 'processing' } }) > 0) throw new AppError('payment_under_way');
  await dropPayments(tx, bookingId);
}

/* Cancelling. */

interface Plan {
  readonly contract: Contract;
  readonly side: Side;
  readonly cause: Cause;
  readonly daysBefore: number;
  readonly held: Money;
  readonly outcome: CancellationOutcome;
}

/** Who cancels for which cause. Force majeure either side may plead; it ends the booking once the other side agrees. */
const own: Readonly<Record<Side, Cause>> = { artist: 'producer', buyer: 'organiser' };

/** What a cancellation would do now. @throws AppError `cancellation_too_late`, `cancellation_cause`; and as `permit` does. */
async function plan(ctx: SignedIn, bookingId: string, cause: Cause): Promise<Plan> {
  const booking = await ownersOf(ctx, bookingId);
  const side = permit(ctx.actor, 'booking.cancel', booking);
  if (cause !== 'force_majeure' && cause !== own[side]) throw new AppError('cancellation_cause');
  const contract = await ctx.db.contract.findUnique({ where: { bookingId } });
  const show = await ctx.db.show.findUnique({ where: { bookingId } });
  if (!contract?.signedAt || !show || booking.status !== 'contracted' || ctx.now() >= instantAt(toDay(show.day), show.startTime, show.timeZone)) throw new AppError('cancellation_too_late', { status: booking.status });
  const { currency } = contract;
  const daysBefore = daysBetween(dayIn(ctx.now(), show.timeZone), toDay(show.day));
  const held = await heldOf(ctx, contract);
  const outcome = settleCancellation({
    cause, daysBefore, held, bands: await cancellationBandsOn(ctx, dayIn(contract.signedAt, show.timeZone)), price: amountOf(contract.priceMinor, currency),
    commissionBps: BigInt(contract.commissionBps), commissionVatBps: BigInt(contract.commissionVatBps),
  });
  return { contract, side, cause, daysBefore, held, outcome };
}

const planView = ({ contract, cause, daysBefore, held, outcome }: Plan) => ({
  cause, path: contract.path, daysBefore, rateBps: Number(outcome.rate), price: toWire(amountOf(contract.priceMinor, contract.currency)), held: toWire(held),
  indemnity: toWire(outcome.indemnity), kept: toWire(outcome.kept), owed: toWire(outcome.owed), refund: toWire(outcome.refund),
  commission: toWire(outcome.commission), commissionVat: toWire(outcome.commissionVat), payout: toWire(outcome.payout),
});

/** Who would get what, to the cent, if the reader cancelled now. Nothing is done. @throws AppError as `cancelBooking` does. */
export async function simulateCancellation(ctx: SignedIn, { bookingId, cause }: { readonly bookingId: string; readonly cause: Cause }) {
  return planView(await plan(ctx, bookingId, cause));
}

/** What was shown to whoever cancels: what they agreed to. In minor units. */
interface Seen {
  readonly kept: number;
  readonly owed: number;
  readonly refund: number;
}

/**
 * Cancels a booking, once, whoever asks and how often: its payments end, what is held goes where the contract says, the day is free. Force
 * majeure waits for the other side's word. A public buyer has paid nothing here: nothing moves, and what is owed is owed outside.
 *
 * @throws AppError `cancellation_changed` when it gives something else than was `seen`; `cancellation_too_late`, `cancellation_cause`, `payment_under_way`; and as `permit` does.
 */
export function cancelBooking(ctx: SignedIn, ask: { readonly bookingId: string; readonly cause: Cause; readonly reason: string; readonly seen: Seen }): Promise<{ status: 'asked' | 'done' }> {
  const { bookingId, cause, reason, seen } = ask;
  return transact(ctx, async (tx) => {
    await holdMoney(tx, bookingId);
    await tx.db.$queryRaw`SELECT id FROM booking WHERE id = ${bookingId} FOR UPDATE`;
    const planned = await plan(tx, bookingId, cause);
    const { contract, side, outcome } = planned;
    const { kept, owed, refund: back } = outcome;
    if (BigInt(seen.kept) !== kept.minor || BigInt(seen.owed) !== owed.minor || BigInt(seen.refund) !== back.minor) throw new AppError('cancellation_changed');
    const before = await tx.db.cancellation.findUnique({ where: { bookingId } });
    const agreed = cause !== 'force_majeure' || (before?.cause === 'force_majeure' && before.bySide !== side);
    if (!agreed && before?.bySide === side && before.cause === 'force_majeure') return { status: 'asked' };
    const row = rowOf(planned);
    // Whoever pleaded force majeure first is who cancels; the other side agrees.
    const data = cause === 'force_majeure' && agreed && before
      ? { ...row, bySide: before.bySide, reason: before.reason, askedAt: before.askedAt, status: 'done' as const, doneAt: tx.now() }
      : { ...row, bySide: side, reason, askedAt: tx.now(), status: agreed ? 'done' as const : 'asked' as const, doneAt: agreed ? tx.now() : null };
    await tx.db.cancellation.upsert({ where: { bookingId }, create: data, update: data });
    if (!agreed) {
      await tell(tx, 'cancellation.asked', { bookingId, side });
      return { status: 'asked' };
    }
    await endPayments(tx, bookingId);
    const charges: Charges = { commission: outcome.commission, vat: outcome.commissionVat, jurisdiction };
    await releaseShare(tx, contract, { kind: 'indemnity', amount: kept, charges, reason: `Cancelled by the ${cause}, ${planned.daysBefore} days before` });
    await giveBackHeld(tx, contract, { amount: back, reason: `Cancelled: ${cause}` });
    await advance(tx, bookingId, ['contracted'], 'cancelled');
    await tell(tx, 'booking.cancelled', { bookingId, side: data.bySide });
    return { status: 'done' };
  });
}

const rowOf = ({ contract, cause, daysBefore, held, outcome }: Plan) => ({
  bookingId: contract.bookingId, orgId: contract.orgId, buyerOrgId: contract.buyerOrgId, cause, daysBefore, indemnityBps: Number(outcome.rate), indemnityMinor: outcome.indemnity.minor,
  heldMinor: held.minor, keptMinor: outcome.kept.minor, refundMinor: outcome.refund.minor, currency: contract.currency,
});

/* What may be seen. */

/** Whose an account is, as both sides read it. */
function ownerOf(account: string, { orgId, buyerOrgId }: Contract): 'held' | 'artist' | 'buyer' | 'provider' | 'platform' | 'tax' | 'receivable' {
  const [name = '', whose = ''] = account.split(':');
  if (name === 'escrow') return 'held';
  if (name === 'dispute') return 'receivable';
  if (name === 'vat') return 'tax';
  if (name === 'provider') return 'provider';
  if (whose === orgId) return 'artist';
  return whose === buyerOrgId ? 'buyer' : 'platform';
}

/**
 * The money of a booking as both its sides see it, the same for both: what is held, due, released and given back, each with its date and
 * reason; every movement with what it left on each account; and the proofs, computed from the ledger.
 *
 * @throws AppError `not_found` before there is a contract; and as `permit` does.
 */
export async function readAccount(ctx: SignedIn, bookingId: string) {
  permit(ctx.actor, 'payment.read', await ownersOf(ctx, bookingId));
  const { db } = ctx;
  const contract = await db.contract.findUnique({ where: { bookingId } });
  if (!contract) throw new AppError('not_found');
  const zero = amountOf(0n, contract.currency);
  const [{ transfers }, payments, cancellation, dispute] = await Promise.all([
    entriesOf(ctx, bookingId), db.payment.findMany({ where: { bookingId }, orderBy: { part: 'asc' } }),
    db.cancellation.findUnique({ where: { bookingId } }), db.dispute.findUnique({ where: { bookingId } }),
  ]);
  const back = ({ minor, currency }: { minor: number; currency: Currency }): Money => amountOf(BigInt(minor), currency);
  const movements = transfers.map(({ kind, reason, entries }): Movement => ({ kind, reason, entries: entries.map(({ account, amount }) => ({ account, amount: back(amount) })) }));
  const disputed = dispute?.status === 'decided';
  const scheduled = sum(zero, ...payments.filter(({ status }) => status === 'captured').map(({ minor }) => amountOf(minor, contract.currency)));
  const { captured, released, refunded, covered, held } = through(movements, zero);
  const proofs = proofsOf(movements, zero, scheduled);
  return {
    path: contract.path, total: toWire(amountOf(contract.totalMinor, contract.currency)),
    captured: toWire(captured), held: toWire(held), released: toWire(released), refunded: toWire(refunded), covered: toWire(covered), frozen: dispute?.status === 'open',
    due: payments.filter(({ status }) => ['due', 'processing', 'refused'].includes(status)).map(({ part, minor, currency, dueDay }) => ({ why: part, amount: toWire(amountOf(minor, currency)), day: toDay(dueDay) })),
    movements: transfers.map(({ id, kind, at, entries }, i) => ({
      id, kind, at, why: whyOf(movements[i] ?? { kind, reason: '', entries: [] }, { disputed }),
      entries: entries.map(({ account, amount, balance }) => ({ owner: ownerOf(account, contract), account, amount, balance })),
    })),
    proofs: { entries: movements.reduce((n, { entries }) => n + entries.length, 0), sum: toWire(proofs.sum), sumIsZero: proofs.sumIsZero, held: toWire(proofs.held), due: toWire(proofs.due), heldIsDue: proofs.heldIsDue },
    cancellation: cancellation && cancellationView(cancellation),
  };
}

const cancellationView = ({ cause, bySide, reason, status, daysBefore, indemnityBps, indemnityMinor, keptMinor, refundMinor, currency, askedAt, doneAt }: Cancellation) => ({
  cause, by: bySide, reason, status, daysBefore, rateBps: indemnityBps, askedAt: askedAt.toISOString(), doneAt: doneAt?.toISOString() ?? null,
  indemnity: toWire(amountOf(indemnityMinor, currency)), kept: toWire(amountOf(keptMinor, currency)), owed: toWire(amountOf(indemnityMinor - keptMinor, currency)), refund: toWire(amountOf(refundMinor, currency)),
});
