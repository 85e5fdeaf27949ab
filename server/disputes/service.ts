import assert from 'node:assert/strict';
import { bookerChargeOf } from '../bookers/service.ts';
import { advance, ownersOf } from '../booking/service.ts';
import { bookingOfPiece, mayShow, noteContested, noteDecided, showPiece } from '../chargebacks/service.ts';
import { isClaimed, openClaims } from '../claims/service.ts';
import { transact, type Context, type SignedIn } from '../core/context.ts';
import type { Contract, Dispute } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { keepFile } from '../core/files.ts';
import { fromWire, sum, toWire, type Currency, type Money, type WireMoney } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { permit, type Side } from '../core/permissions.ts';
import { toDay } from '../core/time.ts';
import { dropPayments, holdMoney, releaseWhenDue, underWayOf, wakePayouts } from '../escrow/service.ts';
import { replayNotices } from '../notices/service.ts';
import { permitOperator } from '../identity/service.ts';
import { lessBooker } from '../legal/booker.ts';
import { chargeback, chargebackCovered, chargebackWon } from '../ledger/entries.ts';
import { balanceOf, book } from '../ledger/service.ts';
import { isPdf } from '../profiles/papers.ts';
import { giveBackHeld, heldOf, mustWait, releaseShare } from '../refunds/service.ts';
import { decide, type DecisionOutcome } from './decision.ts';

/** The platform's own country: where the tax on our commission is owed. */
const jurisdiction = 'FR';
/** Bytes of one file of evidence, and pieces that a side may show. */
const [largest, most] = [10 * 1024 * 1024, 30];

const amountOf = (minor: bigint, currency: string): Money => ({ minor, currency: currency as Currency });

/* Opening, and what both sides say. */

/** A side contests a show whose money we hold: a dispute is open, and nothing is released meanwhile. Heard twice, it is open once; contested anew after it was taken back, it is open again. */
export async function openDispute(tx: Context, { bookingId, side }: { readonly bookingId: string; readonly side: Side }): Promise<void> {
  await holdMoney(tx, bookingId);
  const contract = await tx.db.contract.findUnique({ where: { bookingId } });
  const show = await tx.db.show.findUnique({ where: { bookingId }, select: { contestedAt: true } });
  if (contract?.path !== 'secured' || !show?.contestedAt) return;
  await openOnce(tx, contract, side);
}

/** Opens the dispute of a booking, or opens it again after it was taken back, and says so. One that is open or decided stays as it is. */
async function openOnce(tx: Context, { bookingId, orgId, buyerOrgId, currency }: Pick<Contract, 'bookingId' | 'orgId' | 'buyerOrgId' | 'currency'>, side: Side): Promise<void> {
  const found = await tx.db.dispute.findUnique({ where: { bookingId } });
  if (found && found.status !== 'withdrawn') return;
  const opened = { status: 'open' as const, openedBy: side, openedAt: tx.now() };
  const { id } = await tx.db.dispute.upsert({ where: { bookingId }, create: { id: tx.newId('dsp'), bookingId, orgId, buyerOrgId, currency, ...opened }, update: opened });
  await tell(tx, 'dispute.opened', { bookingId, disputeId: id, side });
}

/**
 * Takes an open dispute back that nobody upholds any more, and releases what waited for it: no side contests the show, and no bank has anything of
 * what was paid, nor kept it. Heard when whoever contested confirms after all, and when a bank has found for us.
 */
export async function withdrawDispute(tx: Context, bookingId: string): Promise<void> {
  await holdMoney(tx, bookingId);
  const dispute = await tx.db.dispute.findUnique({ where: { bookingId } });
  if (dispute?.status !== 'open' || dispute.decidedAt || await tx.db.show.count({ where: { bookingId, contestedAt: { not: null } } }) > 0) return;
  // What a bank took back is not withdrawn by saying that the show was played.
  const taken = await balanceOf(tx, `dispute:${bookingId}`, dispute.currency);
  if (taken.minor !== 0n || await tx.db.transfer.count({ where: { bookingId, kind: 'chargeback_covered' } }) > 0) return;
  await tx.db.dispute.update({ where: { bookingId }, data: { status: 'withdrawn' } });
  await releaseWhenDue(tx, bookingId);
}

/** What a side shows: words, and a file when there is one. */
export interface Shown {
  readonly bookingId: string;
  readonly text: string;
  readonly file?: { readonly name: string; readonly bytes: Buffer } | undefined;
}

/**
 * A side says or shows something in an open dispute; the other side reads it. Photos are written anew, without the camera's data.
 *
 * @throws AppError `dispute_closed`, `evidence_full`, `media_too_large` (10 MB), `media_unreadable`; and as `permit` does.
 */
export async function addEvidence(ctx: SignedIn, { bookingId, text, file }: Shown): Promise<{ id: string }> {
  const side = permit(ctx.actor, 'dispute.argue', await ownersOf(ctx, bookingId));
  if (text === '' && !file) throw new AppError('input_invalid', { field: 'text' });
  // Read before the transaction begins: it takes a while.
  const paper = file && await readPaper(ctx, file);
  return transact(ctx, async (tx) => {
    await holdMoney(tx, bookingId);
    const dispute = await tx.db.dispute.findUnique({ where: { bookingId } });
    // With nothing held there is nothing to decide; but a bank may still be answered.
    if (side === 'artist' && dispute?.status !== 'open' && await mayShow(tx, bookingId)) return showPiece(tx, { bookingId, text, file: paper });
    if (dispute?.status !== 'open' || dispute.decidedAt) throw new AppError('dispute_closed');
    const { id: disputeId, orgId, buyerOrgId } = dispute;
    if (await tx.db.evidence.count({ where: { disputeId, side } }) >= most) throw new AppError('evidence_full', { most: String(most) });
    const fileId = paper ? await keepFile(tx, { orgId: side === 'artist' ? orgId : buyerOrgId, ...paper }) : null;
    const id = tx.newId('evd');
    await tx.db.evidence.create({ data: { id, disputeId, bookingId, orgId, buyerOrgId, side, text, fileId, at: tx.now() } });
    await tell(tx, 'dispute.argued', { bookingId, disputeId, side });
    return { id };
  });
}

async function readPaper(ctx: Context, { name, bytes }: { readonly name: string; readonly bytes: Buffer }): Promise<{ name: string; mime: string; bytes: Buffer }> {
  if (bytes.length > largest) throw new AppError('media_too_large', { name });
  if (isPdf(bytes)) return { name, mime: 'application/pdf', bytes };
  const picture = await ctx.adapters.readPicture(bytes, name);
  return { name: `${name.replace(/\.\w{1,5}$/, '')}.webp`, mime: picture.mime, bytes: picture.bytes };
}

/** Whether the reader may have a file of evidence: both sides of its booking, and our own people. */
export async function mayReadEvidence(ctx: Context, fileId: string): Promise<boolean> {
  const piece = await ctx.db.evidence.findUnique({ where: { fileId }, select: { bookingId: true } });
  const forBank = piece ? null : await bookingOfPiece(ctx, fileId);
  if (!piece && !forBank) return false;
  const allows = async (ask: () => Promise<unknown>): Promise<boolean> => {
    try {
      await ask();
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  };
  const { actor } = ctx;
  return (actor && await allows(async () => {
    const side = permit(actor, 'payment.read', await ownersOf(ctx, piece?.bookingId ?? forBank ?? ''));
    if (forBank && side !== 'artist') throw new AppError('not_found');
  })) || allows(() => permitOperator(ctx));
}

/** The dispute of a booking as both its sides see it; null when there was none. @throws AppError as `permit` does. */
export async function readDispute(ctx: SignedIn, bookingId: string) {
  permit(ctx.actor, 'payment.read', await ownersOf(ctx, bookingId));
  const dispute = await ctx.db.dispute.findUnique({ where: { bookingId } });
  return dispute && disputeView(ctx, dispute);
}

async function disputeView(ctx: Context, { id, bookingId, openedBy, status, openedAt, decidedAt, decision, releaseMinor, refundMinor, currency }: Dispute) {
  const show = await ctx.db.show.findUniqueOrThrow({ where: { bookingId }, select: { contest: true } });
  const pieces = await ctx.db.evidence.findMany({ where: { disputeId: id }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  const files = await ctx.db.file.findMany({ where: { id: { in: pieces.flatMap(({ fileId }) => fileId ?? []) } }, select: { id: true, name: true } });
  return {
    id, bookingId, openedBy, status, openedAt: openedAt.toISOString(), reason: show.contest, decidedAt: decidedAt?.toISOString() ?? null, decision,
    held: toWire(await heldOf(ctx, { bookingId, currency })), underWay: toWire(await underWayOf(ctx, { bookingId, currency })), release: toWire(amountOf(releaseMinor, currency)), refund: toWire(amountOf(refundMinor, currency)),
    evidence: pieces.map(({ id: pieceId, side, text, fileId, at }) => ({ id: pieceId, side, text, fileId, fileName: files.find((file) => file.id === fileId)?.name ?? '', at: at.toISOString() })),
  };
}

/* Deciding. For our own people. */

/** Every open dispute with what its sides say, the oldest first. @throws AppError as `permitOperator` does. */
export async function readOpenDisputes(ctx: Context) {
  await permitOperator(ctx);
  const open = await ctx.db.dispute.findMany({ where: { status: 'open' }, orderBy: [{ openedAt: 'asc' }, { id: 'asc' }] });
  return Promise.all(open.map(async (dispute) => {
    const { orgId, buyerOrgId, bookingId } = dispute;
    const show = await ctx.db.show.findUniqueOrThrow({ where: { bookingId }, select: { title: true, day: true, place: true } });
    const parties = await ctx.db.organisation.findMany({ where: { id: { in: [orgId, buyerOrgId] } }, select: { id: true, name: true } });
    const nameOf = (id: string) => parties.find((party) => party.id === id)?.name ?? '';
    return { ...await disputeView(ctx, dispute), title: show.title, showDay: toDay(show.day), place: show.place, artist: nameOf(orgId), buyer: nameOf(buyerOrgId) };
  }));
}

const termsOf = ({ priceMinor, totalMinor, currency, commissionBps, commissionVatBps }: Contract) =>
  ({ price: amountOf(priceMinor, currency), total: amountOf(totalMinor, currency), commissionBps: BigInt(commissionBps), commissionVatBps: BigInt(commissionVatBps) });

interface Shares {
  readonly bookingId: string;
  readonly release: WireMoney;
  readonly refund: WireMoney;
}

/** The open dispute and what a decision would give to whom, what is with a bank counted in. @throws AppError `dispute_closed`, `decision_sum`, `chargeback_open`. */
async function weigh(ctx: Context, { bookingId, ...shares }: Shares) {
  const dispute = await ctx.db.dispute.findUnique({ where: { bookingId } });
  // A cancellation that was accepted says already who gets what.
  const cancelled = await ctx.db.cancellation.count({ where: { bookingId, status: { in: ['waiting', 'done'] } } }) > 0;
  if (dispute?.status !== 'open' || dispute.decidedAt || cancelled) throw new AppError('dispute_closed');
  const contract = await ctx.db.contract.findUniqueOrThrow({ where: { bookingId } });
  const here = await heldOf(ctx, contract);
  const underWay = await underWayOf(ctx, contract);
  const held = sum(here, underWay);
  const [toProducer, toBuyer] = [fromWire(shares.release), fromWire(shares.refund)];
  if (toProducer.currency !== held.currency || toBuyer.currency !== held.currency || toProducer.minor + toBuyer.minor !== held.minor) throw new AppError('decision_sum', { held: String(held.minor) });
  if ((await balanceOf(ctx, `dispute:${bookingId}`, contract.currency)).minor !== 0n) throw new AppError('chargeback_open');
  return { contract, held, underWay, given: decide(held, toProducer, termsOf(contract)), otherwise: underWay.minor > 0n ? decide(here, least(toProducer, here), termsOf(contract)) : null };
}

/** What comes first out of what there is. */
const least = (asked: Money, there: Money): Money => (asked.minor < there.minor ? asked : there);

/** Who would get what, to the cent, by such a decision. Nothing is done. @throws AppError as `decideDispute` does. */
export async function simulateDecision(ctx: Context, ask: Shares) {
  await permitOperator(ctx);
  const { contract, held, underWay, otherwise, given: { release, refund, commission, commissionVat, payout: all } } = await weigh(ctx, ask);
  const payout = lessBooker(all, await bookerChargeOf(ctx, contract, { kind: 'release', amount: release }));
  return { held: toWire(held), underWay: toWire(underWay), otherwise: otherwise && { release: toWire(otherwise.release), refund: toWire(otherwise.refund) }, release: toWire(release), refund: toWire(refund), commission: toWire(commission), commissionVat: toWire(commissionVat), booker: toWire({ ...all, minor: all.minor - payout.minor }), payout: toWire(payout) };
}

/**
 * Our own people decide: so much of what is held goes to the producer, the rest back to the buyer, at once and once. What was not paid by
 * then is not asked for any more. While a payment is with a bank the decision stands and its money waits, frozen: if the payment does not come, the
 * producer's part is the first of what is there.
 *
 * @throws AppError `dispute_closed`, `decision_sum`, `chargeback_open`; and as `permitOperator` does.
 */
export function decideDispute(ctx: Context, { words, ...ask }: Shares & { readonly words: string }): Promise<{ bookingId: string }> {
  const { bookingId } = ask;
  return transact(ctx, async (tx) => {
    const decidedBy = await permitOperator(tx);
    await holdMoney(tx, bookingId);
    const { contract, given } = await weigh(tx, ask);
    const waits = await mustWait(tx, contract);
    const dispute = await tx.db.dispute.update({ where: { bookingId }, data: { status: waits ? 'open' : 'decided', decidedAt: tx.now(), decidedBy, decision: words, ...givenOf(given) } });
    await dropPayments(tx, bookingId);
    if (!waits) await carryOut(tx, contract, { given, decidedBy });
    await tell(tx, 'dispute.decided', { bookingId, disputeId: dispute.id });
    return { bookingId };
  });
}

const givenOf = ({ release, refund }: DecisionOutcome) => ({ heldMinor: release.minor + refund.minor, releaseMinor: release.minor, refundMinor: refund.minor });

/** Gives what is held to whom a decision says, and settles the booking. The dispute is not open any more. */
async function carryOut(tx: Context, contract: Contract, { given, decidedBy }: { readonly given: DecisionOutcome; readonly decidedBy: string }): Promise<void> {
  const { bookingId } = contract;
  const { release, refund, commission, commissionVat: vat } = given;
  await releaseShare(tx, contract, { kind: 'release', amount: release, charges: { commission, vat, jurisdiction }, reason: `Decided by ${decidedBy}` });
  await giveBackHeld(tx, contract, { amount: refund, reason: `Decided by ${decidedBy}` });
  await advance(tx, bookingId, ['contracted', 'played'], 'settled');
  await tx.db.show.update({ where: { bookingId }, data: release.minor > 0n ? { status: 'played', playedAt: tx.now() } : { status: 'cancelled' } });
}

/** The bank has answered for a booking over which we had decided: the producer's part is the first of what is held now, the rest goes back; once. */
export async function settleDecision(tx: Context, bookingId: string): Promise<void> {
  await holdMoney(tx, bookingId);
  const dispute = await tx.db.dispute.findUnique({ where: { bookingId } });
  if (dispute?.status !== 'open' || !dispute.decidedAt || !dispute.decidedBy) return;
  const contract = await tx.db.contract.findUniqueOrThrow({ where: { bookingId } });
  if (await mustWait(tx, contract)) return;
  const held = await heldOf(tx, contract);
  const given = decide(held, least(amountOf(dispute.releaseMinor, dispute.currency), held), termsOf(contract));
  await tx.db.dispute.update({ where: { bookingId }, data: { status: 'decided', ...givenOf(given) } });
  await carryOut(tx, contract, { given, decidedBy: dispute.decidedBy });
  await tell(tx, 'closing.settled', { bookingId });
}

/* What a buyer's bank takes back. */

/** What a bank says of a contested payment. `ref` is the provider's own id of the matter. */
export interface Contested {
  readonly bookingId: string;
  readonly ref: string;
  readonly amount: Money;
}

/**
 * A buyer's bank took an amount back from us: it is a receivable of the booking, whatever was released by then, and what is held is never
 * less than nothing. What is still held is frozen: our own people decide. The same matter is booked once, as it was told first.
 */
export async function bookChargeback(tx: Context, { bookingId, ref, amount }: Contested): Promise<void> {
  await holdMoney(tx, bookingId);
  const { orgId, buyerOrgId } = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { orgId: true, buyerOrgId: true } });
  const key = `chargeback:${ref}`;
  const taken = await takenUnder(tx, key);
  if (taken) {
    // PayPal lets its buyer contest less, or more, until the matter is closed.
    if (taken.amount.minor !== amount.minor) tx.log.error({ bookingId, ref, booked: String(taken.amount.minor), told: String(amount.minor) }, 'a bank tells another amount of a matter than it took: what was booked stands, and somebody has to look');
    return;
  }
  const { fresh } = await book(tx, { kind: 'chargeback', key, bookingId, orgId, entries: chargeback(bookingId, amount), reason: `Contested at the buyer’s bank: ${ref}` });
  if (!fresh) return;
  tx.log.error({ bookingId, ref, taken: String(amount.minor) }, 'a buyer’s bank took money back: somebody has to answer it with what we know');
  // What a cancellation is about to share waits for the bank anyway.
  const waiting = await tx.db.cancellation.count({ where: { bookingId, status: 'waiting' } }) > 0;
  if (!waiting && (await heldOf(tx, { bookingId, currency: amount.currency })).minor > 0n) await openOnce(tx, { bookingId, orgId, buyerOrgId, currency: amount.currency }, 'buyer');
  await tell(tx, 'chargeback.booked', { bookingId });
}

/** What a bank took, as it was booked under a key; null where nothing was. */
async function takenUnder(tx: Context, key: string): Promise<{ readonly orgId: string; readonly amount: Money } | null> {
  const taken = await tx.db.transfer.findUnique({ where: { key }, include: { entries: { where: { account: 'provider:clearing' } } } });
  const [line] = taken?.entries ?? [];
  return taken && line ? { orgId: taken.orgId ?? '', amount: amountOf(line.minor, line.currency) } : null;
}

/**
 * The bank has decided. Won, the money is ours again; lost, what is still held for the booking covers the receivable as far as it goes, and
 * the rest is claimed of whoever was credited with it. False while the matter itself is not booked.
 */
export async function closeChargeback(tx: Context, { bookingId, ref, won }: Omit<Contested, 'amount'> & { readonly won: boolean }): Promise<boolean> {
  await holdMoney(tx, bookingId);
  const taken = await takenUnder(tx, `chargeback:${ref}`);
  if (!taken) return false;
  if (await tx.db.transfer.count({ where: { key: { in: [`chargeback_won:${ref}`, `chargeback_covered:${ref}`] } } }) > 0 || await isClaimed(tx, ref)) return true;
  const { amount } = taken;
  const of = { bookingId, orgId: taken.orgId };
  if (won) {
    await book(tx, { ...of, kind: 'chargeback_won', key: `chargeback_won:${ref}`, entries: chargebackWon(bookingId, amount), reason: `The buyer’s bank found for us: ${ref}` });
    await wakePayouts(tx, bookingId);
    await withdrawDispute(tx, bookingId);
  } else {
    const held = await heldOf(tx, { bookingId, currency: amount.currency });
    const covered = held.minor < amount.minor ? held : amount;
    if (covered.minor > 0n) await book(tx, { ...of, kind: 'chargeback_covered', key: `chargeback_covered:${ref}`, entries: chargebackCovered(bookingId, covered), reason: `The buyer’s bank found for the buyer: ${ref}` });
    const missing = { ...amount, minor: amount.minor - covered.minor };
    if (missing.minor > 0n) {
      tx.log.error({ bookingId, ref, missing: String(missing.minor) }, 'a bank found for the buyer, and nothing held covers it: somebody has to decide who bears it');
      await openClaims(tx, { bookingId, ref, missing });
    }
  }
  await tell(tx, 'chargeback.closed', { bookingId });
  return true;
}

/** Hears what the provider told of a contested payment: the notice is kept raw, and read here. */
export async function hearContested(tx: Context, { bookingId, paymentId, noticeId }: { readonly bookingId: string; readonly paymentId: string; readonly noticeId: string }): Promise<void> {
  const { raw } = await tx.db.providerEvent.findUniqueOrThrow({ where: { id: noticeId }, select: { raw: true } });
  const notice = tx.adapters.payments.parseNotice(raw);
  assert(notice?.dispute && notice.amount, 'a notice of a contested payment names its matter and its amount');
  const { ref, won, reason, answerBy } = notice.dispute;
  const told = { bookingId, ref, amount: notice.amount };
  await holdMoney(tx, bookingId);
  // What closes a matter may be quicker than what opened it.
  await noteContested(tx, { ...told, paymentId, reason, answerBy });
  await bookChargeback(tx, told);
  if (notice.kind !== 'dispute.closed') return;
  await noteDecided(tx, { ref, won: won === true });
  await closeChargeback(tx, { bookingId, ref, won: won === true });
}

/* Notices of the provider that wait. For our own people. */

/** Notices that were kept and not acted on, the oldest first. @throws AppError as `permitOperator` does. */
export async function readWaiting(ctx: Context) {
  await permitOperator(ctx);
  const waiting = await ctx.db.providerEvent.findMany({ where: { doneAt: null }, orderBy: { receivedAt: 'asc' }, take: 200, select: { id: true, kind: true, object: true, receivedAt: true } });
  return waiting.map(({ receivedAt, ...notice }) => ({ ...notice, receivedAt: receivedAt.toISOString() }));
}

/** Acts on all of them again. Says how many are done now. @throws AppError as `permitOperator` does. */
export async function replayWaiting(ctx: Context): Promise<{ done: number }> {
  await permitOperator(ctx);
  return { done: await replayNotices(ctx) };
}
