import { keepForClaims } from '../claims/service.ts';
import { transact, type Context } from '../core/context.ts';
import type { Payout } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { maskIban } from '../core/mask.ts';
import { amountOf, toWire } from '../core/money.ts';
import { permitOperator } from '../core/operators.ts';
import { tell } from '../core/outbox.ts';
import { holdMoney, lockSeller, payoutAgain, refundAgain, refundArrived } from '../escrow/service.ts';
import { balanceOf } from '../ledger/service.ts';
import { sellerOf } from '../legal/service.ts';
import { hearObject, holdObject } from '../notices/service.ts';

/**
 * Sends the share of a producer, or of its booker, to its bank, once it has said what the tax office asks of it; until then it waits. Its arrival comes by
 * webhook.
 */
export async function sendPayout(ctx: Context, payoutId: string): Promise<void> {
  const { orgId, bookingId, status: before } = await ctx.db.payout.findUniqueOrThrow({ where: { id: payoutId } });
  const found = await transact(ctx, (tx) => mayBeSent(tx, payoutId, orgId));
  if (!found) return;
  const { payments } = ctx.adapters;
  const { iban } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { iban: true } });
  // Who has no account there is refused before anything moves; what is under way may have moved in part.
  const answer = await payments.payOut(await askOf(ctx, found.payout)).catch((error: unknown) => {
    if (!(error instanceof AppError) || (error.code !== 'account_not_ready' && error.code !== 'funds_under_way')) throw error;
    return { refused: error.code };
  });
  const untouched = 'refused' in answer && answer.refused === 'account_not_ready' && found.first;
  const sent = 'refused' in answer ? null : answer;
  await ctx.db.payout.updateMany({ where: { id: payoutId, movedAt: null }, data: sent ? { movedAt: ctx.now() } : { askedAt: null, ...(untouched ? { fixedAt: null } : {}) } });
  if (!sent || sent.status === 'moved') {
    await transact(ctx, (tx) => holdBack(tx, payoutId, { orgId, bookingId, anew: before === 'sent' }));
    return;
  }
  const { ref } = sent;
  await ctx.db.payout.updateMany({ where: { id: payoutId, providerRef: null }, data: { status: 'sent', providerRef: ref, sentTo: payments.name === 'stripe' ? '' : maskIban(iban) } });
  await hearObject(ctx, ref);
}

/** A payout as the provider is asked for it: the same words each time, but for how often it came back. A booker's share comes out of what its producer's leaves of the captures. */
export async function askOf(ctx: Context, { id, orgId, bookingId, share, pastRefs, ...amount }: Pick<Payout, 'id' | 'orgId' | 'bookingId' | 'share' | 'pastRefs' | 'minor' | 'currency'>) {
  const captured = await ctx.db.payment.findMany({ where: { bookingId, status: 'captured' }, orderBy: { part: 'asc' }, select: { providerRef: true } });
  const first = share === 'booker' ? await ctx.db.payout.findUnique({ where: { bookingId_share: { bookingId, share: 'producer' } }, select: { minor: true, keptMinor: true } }) : null;
  // What was kept of the producer's is the same share of the captures.
  return { key: `payout:${id}`, after: (first?.minor ?? 0n) + (first?.keptMinor ?? 0n), turn: pastRefs.length, amount: amountOf(amount), orgId, bookingId, captured: captured.flatMap(({ providerRef }) => providerRef ?? []) };
}

/**
 * The payout as it leaves now, and whether the provider hears of it for the first time; null while it waits. One whose producer still has something to say waits, and says so once. What its organisation owes for lost disputes is
 * kept of it first. One whose buyer's bank has taken money back since the release waits without a word, for its producer knows already: until the bank decides for us, or the receivable is paid, kept or borne by us.
 */
async function mayBeSent(tx: Context, payoutId: string, orgId: string): Promise<{ readonly payout: Payout; readonly first: boolean } | null> {
  await lockSeller(tx, orgId);
  const before = await tx.db.payout.findUniqueOrThrow({ where: { id: payoutId } });
  const { providerRef, bookingId, currency, askedAt, movedAt, fixedAt } = before;
  if (providerRef || (before.status !== 'sent' && before.status !== 'waiting')) return null;
  // Asked for before, and the answer was lost: its money may have left, and the same words find out.
  if (askedAt && !movedAt) return { payout: before, first: false };
  const payout = await keepForClaims(tx, before);
  const { status } = payout;
  if (status === 'withheld') return null;
  if ((await balanceOf(tx, `dispute:${bookingId}`, currency)).minor < 0n) {
    if (status === 'sent') await tx.db.payout.update({ where: { id: payoutId }, data: { status: 'waiting' } });
    tx.log.error({ payoutId, bookingId }, 'a payout waits: the bank of its buyer took money back');
    return null;
  }
  const { missing } = await sellerOf(tx, orgId);
  const next = missing.length > 0 ? 'waiting' : 'sent';
  if (next === 'sent') await tx.db.payout.update({ where: { id: payoutId }, data: { askedAt: tx.now(), fixedAt: fixedAt ?? tx.now() } });
  if (next !== status) {
    await tx.db.payout.update({ where: { id: payoutId }, data: { status: next } });
    if (next === 'waiting') await tell(tx, 'payout.waiting', { bookingId, payoutId });
  }
  return next === 'sent' ? { payout, first: fixedAt === null } : null;
}

/** The provider pays nothing out to this producer for now: the payout waits until their account is ready, or the buyer's money there. Each hour it is tried anew (`takeUpMoney`). */
async function holdBack(tx: Context, payoutId: string, { orgId, bookingId, anew }: { orgId: string; bookingId: string; anew: boolean }): Promise<void> {
  await lockSeller(tx, orgId);
  const { count } = await tx.db.payout.updateMany({ where: { id: payoutId, status: 'sent', providerRef: null }, data: { status: 'waiting' } });
  if (count > 0 && anew) await tell(tx, 'payout.waiting', { bookingId, payoutId });
}

/** A refund as the provider is asked for it. */
export const refundOf = ({ id, capturedRef: intent, bookingId, pastRefs, ...amount }: { id: string; capturedRef: string; bookingId: string; pastRefs: readonly string[]; minor: bigint; currency: string }) =>
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
    await (sent ? lockSeller(tx, sent.orgId) : holdMoney(tx, back?.bookingId ?? ''));
    if (!(sent ? await payoutAgain(tx, id) : await refundAgain(tx, id))) throw new AppError('not_found');
    tx.log.info({ operator, id }, 'somebody has money sent again that had come back');
  });
  return null;
}
