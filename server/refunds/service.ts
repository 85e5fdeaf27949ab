import assert from 'node:assert/strict';
import { bookerChargeOf } from '../bookers/service.ts';
import { advance, ownersOf } from '../booking/service.ts';
import { transact, type Context, type SignedIn } from '../core/context.ts';
import type { Cancellation, Contract } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { sum, toWire, type Currency, type Money } from '../core/money.ts';
import { addJob, tell } from '../core/outbox.ts';
import { permit, type Side } from '../core/permissions.ts';
import { dayIn, daysBetween, instantAt, toDay } from '../core/time.ts';
import { chargedOf, creditShares, dropPayments, holdMoney, underWayOf } from '../escrow/service.ts';
import { lessBooker } from '../legal/booker.ts';
import { settleCancellation, type CancellationOutcome, type Cause } from '../legal/cancellation.ts';
import { costOf } from '../legal/provider-price.ts';
import { cancellationBandsOn, providerPriceOn } from '../legal/service.ts';
import { refund, type Charges } from '../ledger/entries.ts';
import { balanceOf, book, entriesOf } from '../ledger/service.ts';
import { proofsOf, through, whyOf, type Movement } from './account.ts';

/** The platform's own country: where the tax on our commission is owed. */
const jurisdiction = 'FR';
/** Where we are: a price of the provider's is that of our day. */
const ourZone = 'Europe/Paris';

const amountOf = (minor: bigint, currency: string): Money => ({ minor, currency: currency as Currency });

/** What is held for a booking. */
export const heldOf = (ctx: Context, { bookingId, currency }: { readonly bookingId: string; readonly currency: string }): Promise<Money> => balanceOf(ctx, `escrow:${bookingId}`, currency);

/**
 * Owes back to the buyer what is held, in the caller's transaction, and sends it to the cards that paid: the balance's first, so that as few
 * as possible are touched. A card takes back no more than we still have of it: what its bank took from us is with its holder already. Nothing for
 * an amount of zero.
 */
export async function giveBackHeld(tx: Context, { bookingId, orgId, buyerOrgId }: Pick<Contract, 'bookingId' | 'orgId' | 'buyerOrgId'>, { amount, reason }: { readonly amount: Money; readonly reason: string }): Promise<void> {
  if (amount.minor === 0n) return;
  await book(tx, { kind: 'refund', key: `refund:${bookingId}`, bookingId, orgId, entries: refund({ id: bookingId, buyerOrgId }, amount), reason });
  const taken = await tx.db.chargeback.findMany({ where: { bookingId, status: { not: 'won' } }, select: { paymentId: true, minor: true } });
  let left = amount.minor;
  for (const payment of await tx.db.payment.findMany({ where: { bookingId, status: 'captured' }, orderBy: { part: 'desc' } })) {
    const ours = taken.reduce((rest, { paymentId, minor }) => (paymentId === payment.id ? rest - minor : rest), payment.minor);
    const minor = left < ours ? left : ours;
    if (minor <= 0n) continue;
    left -= minor;
    assert(payment.providerRef, 'a captured payment has its attempt');
    const id = tx.newId('rfd');
    await tx.db.refund.create({ data: { id, bookingId, orgId, buyerOrgId, paymentId: payment.id, capturedRef: payment.providerRef, minor, currency: amount.currency, createdAt: tx.now() } });
    await addJob(tx, 'refund', { refundId: id }, { key: `refund:${id}` });
  }
  // What a bank took may have been made good by hand: it stays owed to the buyer, and no card of theirs can take it.
  if (left > 0n) tx.log.error({ bookingId, left: String(left) }, 'money is owed back to a buyer and no card that paid can take it: somebody has to look');
}

/** Credits the producer, and its booker, with a part of what is held, less our charges, in the caller's transaction, and pays it out. Nothing for an amount of zero. */
export async function releaseShare(tx: Context, contract: Contract, share: { readonly kind: 'release' | 'indemnity'; readonly amount: Money; readonly charges: Charges; readonly reason: string }): Promise<void> {
  if (share.amount.minor > 0n) await creditShares(tx, contract, share);
}

/**
 * Whether the money of a closed booking still waits: a bank has not answered a payment under way, or has not decided over one that it took back
 * while something is held, which may have to cover it.
 */
export async function mustWait(tx: Context, of: { readonly bookingId: string; readonly currency: string }): Promise<boolean> {
  if ((await underWayOf(tx, of)).minor > 0n) return true;
  const taken = await balanceOf(tx, `dispute:${of.bookingId}`, of.currency);
  return taken.minor !== 0n && (await heldOf(tx, of)).minor > 0n;
}

/* Cancelling. */

interface Plan {
  readonly contract: Contract;
  readonly side: Side;
  readonly cause: Cause;
  readonly daysBefore: number;
  readonly held: Money;
  /** What is with a bank. */
  readonly underWay: Money;
  /** Who gets what, what is with a bank counted in. */
  readonly outcome: CancellationOutcome;
  /** Who gets what if the bank brings nothing; null where nothing is with a bank. */
  readonly otherwise: CancellationOutcome | null;
  /** What the provider takes for what was paid, by its list, and keeps: ours to bear (ES-08). Null where nothing was paid, or no price is known. */
  readonly providerPrice: Money | null;
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
  // What our people decided stands, whatever a bank still has to say of it.
  const decided = await ctx.db.dispute.count({ where: { bookingId, decidedAt: { not: null } } }) > 0;
  if (!contract?.signedAt || !show || decided || booking.status !== 'contracted' || ctx.now() >= instantAt(toDay(show.day), show.startTime, show.timeZone)) throw new AppError('cancellation_too_late', { status: booking.status });
  const daysBefore = daysBetween(dayIn(ctx.now(), show.timeZone), toDay(show.day));
  const [held, underWay] = [await heldOf(ctx, contract), await underWayOf(ctx, contract)];
  const outcomeOf = await sharing(ctx, contract, { cause, daysBefore, timeZone: show.timeZone });
  return { contract, side, cause, daysBefore, held, underWay, outcome: outcomeOf(sum(held, underWay)), otherwise: underWay.minor > 0n ? outcomeOf(held) : null, providerPrice: await providerPriceOf(ctx, contract) };
}

async function providerPriceOf(ctx: Context, { bookingId, currency: of }: Contract): Promise<Money | null> {
  const currency = of as Currency;
  const costs = await Promise.all((await chargedOf(ctx, bookingId)).map(async ({ amount, at }) => {
    const price = await providerPriceOn(ctx, currency, dayIn(at, ourZone));
    return price && costOf(amount, price);
  }));
  const known = costs.filter((cost) => cost !== null);
  return known.length > 0 && known.length === costs.length ? sum({ minor: 0n, currency }, ...known) : null;
}

/** How a cancellation shares what is held, by the scale of the day on which the contract was signed. */
async function sharing(ctx: Context, contract: Contract, of: { readonly cause: Cause; readonly daysBefore: number; readonly timeZone: string }): Promise<(held: Money) => CancellationOutcome> {
  const { signedAt, priceMinor, currency, commissionBps, commissionVatBps } = contract;
  assert(signedAt, 'a contract that is cancelled was signed');
  const { cause, daysBefore, timeZone } = of;
  const bands = await cancellationBandsOn(ctx, dayIn(signedAt, timeZone));
  return (held) => settleCancellation({ cause, daysBefore, held, bands, price: amountOf(priceMinor, currency), commissionBps: BigInt(commissionBps), commissionVatBps: BigInt(commissionVatBps) });
}

const sharesView = ({ indemnity, kept, owed, refund: back }: CancellationOutcome) => ({ indemnity: toWire(indemnity), kept: toWire(kept), owed: toWire(owed), refund: toWire(back) });

const planView = ({ contract, cause, daysBefore, held, underWay, outcome, otherwise, providerPrice }: Plan) => ({
  cause, path: contract.path, daysBefore, rateBps: Number(outcome.rate), price: toWire(amountOf(contract.priceMinor, contract.currency)), held: toWire(held),
  underWay: toWire(underWay), otherwise: otherwise && sharesView(otherwise), providerPrice: providerPrice && toWire(providerPrice),
  ...sharesView(outcome), commission: toWire(outcome.commission), commissionVat: toWire(outcome.commissionVat),
});

/** Who would get what, to the cent, if the reader cancelled now. Nothing is done. @throws AppError as `cancelBooking` does. */
export async function simulateCancellation(ctx: SignedIn, { bookingId, cause }: { readonly bookingId: string; readonly cause: Cause }) {
  const planned = await plan(ctx, bookingId, cause);
  const { contract, outcome } = planned;
  const booker = await bookerChargeOf(ctx, contract, { kind: 'indemnity', amount: outcome.kept });
  const payout = lessBooker(outcome.payout, booker);
  return { ...planView(planned), booker: toWire({ ...payout, minor: outcome.payout.minor - payout.minor }), payout: toWire(payout) };
}

/** What was shown to whoever cancels: what they agreed to. In minor units. */
interface Seen {
  readonly kept: number;
  readonly owed: number;
  readonly refund: number;
}

/**
 * Cancels a booking, once, whoever asks and how often: its payments end, what is held goes where the contract says, the day is free. Force
 * majeure waits for the other side's word. While a payment is with a bank its money is `waiting`: all of it is shared once the bank has
 * answered, by the scale of this day. A public buyer has paid nothing here: nothing moves, and what is owed is owed outside.
 *
 * @throws AppError `cancellation_changed` when it gives something else than was `seen`; `cancellation_too_late`, `cancellation_cause`; and as `permit` does.
 */
export function cancelBooking(ctx: SignedIn, ask: { readonly bookingId: string; readonly cause: Cause; readonly reason: string; readonly seen: Seen }): Promise<{ status: Cancellation['status'] }> {
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
    const waits = await mustWait(tx, contract);
    const stands = !agreed ? { status: 'asked' as const, doneAt: null } : waits ? { status: 'waiting' as const, doneAt: null } : { status: 'done' as const, doneAt: tx.now() };
    // Whoever pleaded force majeure first is who cancels; the other side agrees.
    const by = cause === 'force_majeure' && agreed && before ? { bySide: before.bySide, reason: before.reason, askedAt: before.askedAt } : { bySide: side, reason, askedAt: tx.now() };
    const data = { ...rowOf(planned), ...by, ...stands };
    await tx.db.cancellation.upsert({ where: { bookingId }, create: data, update: data });
    if (!agreed) {
      await tell(tx, 'cancellation.asked', { bookingId, side });
      return { status: 'asked' };
    }
    await dropPayments(tx, bookingId);
    await withdrawDisputes(tx, bookingId);
    if (!waits) await share(tx, planned);
    await advance(tx, bookingId, ['contracted'], 'cancelled');
    await tell(tx, 'booking.cancelled', { bookingId, side: data.bySide });
    return { status: stands.status };
  });
}

/** What a bank or a side had frozen, the cancellation shares. */
const withdrawDisputes = (tx: Context, bookingId: string) => tx.db.dispute.updateMany({ where: { bookingId, status: 'open', decidedAt: null }, data: { status: 'withdrawn' } });

/** Gives what is held to whom a cancellation says. */
async function share(tx: Context, { contract, cause, daysBefore, outcome }: Pick<Plan, 'contract' | 'cause' | 'daysBefore' | 'outcome'>): Promise<void> {
  // One may have been opened while it waited.
  await withdrawDisputes(tx, contract.bookingId);
  const charges: Charges = { commission: outcome.commission, vat: outcome.commissionVat, jurisdiction };
  await releaseShare(tx, contract, { kind: 'indemnity', amount: outcome.kept, charges, reason: `Cancelled by the ${cause}, ${daysBefore} days before` });
  await giveBackHeld(tx, contract, { amount: outcome.refund, reason: `Cancelled: ${cause}` });
}

const sharedOf = ({ kept, refund: back }: CancellationOutcome) => ({ heldMinor: kept.minor + back.minor, keptMinor: kept.minor, refundMinor: back.minor });

const rowOf = ({ contract, cause, daysBefore, outcome }: Plan) => ({
  bookingId: contract.bookingId, orgId: contract.orgId, buyerOrgId: contract.buyerOrgId, cause, daysBefore, indemnityBps: Number(outcome.rate), indemnityMinor: outcome.indemnity.minor,
  ...sharedOf(outcome), currency: contract.currency,
});

/**
 * The bank has answered for a booking that was cancelled meanwhile: what is held now, whether money came or not, goes where the contract says, by
 * the scale of the day on which it was cancelled; once, however often it is heard.
 */
export async function settleWaiting(tx: Context, bookingId: string): Promise<void> {
  await holdMoney(tx, bookingId);
  const waiting = await tx.db.cancellation.findUnique({ where: { bookingId } });
  if (waiting?.status !== 'waiting') return;
  const contract = await tx.db.contract.findUniqueOrThrow({ where: { bookingId } });
  if (await mustWait(tx, contract)) return;
  const { timeZone } = await tx.db.show.findUniqueOrThrow({ where: { bookingId }, select: { timeZone: true } });
  const { cause, daysBefore } = waiting;
  const outcome = (await sharing(tx, contract, { cause, daysBefore, timeZone }))(await heldOf(tx, contract));
  await tx.db.cancellation.update({ where: { bookingId }, data: { ...sharedOf(outcome), status: 'done', doneAt: tx.now() } });
  await share(tx, { contract, cause, daysBefore, outcome });
  await tell(tx, 'closing.settled', { bookingId });
}

/* What may be seen. */

/** Whose an account is, as both sides read it. */
function ownerOf(account: string, { orgId, buyerOrgId }: Contract): 'held' | 'artist' | 'booker' | 'buyer' | 'provider' | 'platform' | 'tax' | 'receivable' {
  const [name = '', whose = ''] = account.split(':');
  if (name === 'escrow') return 'held';
  if (name === 'dispute') return 'receivable';
  if (name === 'vat') return 'tax';
  if (name === 'provider') return 'provider';
  if (whose === 'booker') return 'booker';
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
  const [{ transfers }, payments, cancellation, dispute, underWay] = await Promise.all([
    entriesOf(ctx, bookingId), db.payment.findMany({ where: { bookingId }, orderBy: { part: 'asc' } }),
    db.cancellation.findUnique({ where: { bookingId } }), db.dispute.findUnique({ where: { bookingId } }), underWayOf(ctx, contract),
  ]);
  const back = ({ minor, currency }: { minor: number; currency: Currency }): Money => amountOf(BigInt(minor), currency);
  // The figures are those of the contract; what is of another currency is seen among the movements.
  const movements = transfers.map(({ kind, reason, entries }): Movement => ({ kind, reason, entries: entries.filter(({ amount }) => amount.currency === contract.currency).map(({ account, amount }) => ({ account, amount: back(amount) })) }));
  const disputed = dispute?.status === 'decided';
  const scheduled = sum(zero, ...payments.filter(({ status }) => status === 'captured').map(({ minor }) => amountOf(minor, contract.currency)));
  const { captured, released, refunded, covered, held } = through(movements, zero);
  const proofs = proofsOf(movements, zero, scheduled);
  return {
    path: contract.path, total: toWire(amountOf(contract.totalMinor, contract.currency)),
    captured: toWire(captured), held: toWire(held), released: toWire(released), refunded: toWire(refunded), covered: toWire(covered), underWay: toWire(underWay), frozen: dispute?.status === 'open',
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
