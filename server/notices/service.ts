import assert from 'node:assert/strict';
import type { ProviderNotice } from '../adapters/ports.ts';
import { lock, transact, type Context } from '../core/context.ts';
import type { Payment } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import { addJob, tell } from '../core/outbox.ts';
import { captured, holdMoney, holdSeller, paymentOf, payoutArrived, refundArrived, refused, saved, underWay } from '../escrow/service.ts';
import { hearPlanNotice } from '../plans/service.ts';
import { strayArrived } from '../strays/service.ts';

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
export async function hearObject(ctx: Context, ref: string): Promise<number> {
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
export async function holdObject(tx: Context, ref: string): Promise<void> {
  await lock(tx, `notice:${ref}`);
  const of = { where: { providerRef: ref }, select: { bookingId: true } };
  const known = await paymentOf(tx, ref) ?? await tx.db.payout.findUnique(of) ?? await tx.db.refund.findUnique(of);
  if (known) await holdMoney(tx, known.bookingId);
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
    case 'payment.refused': if (!await isOvertaken(tx, payment, notice)) await refused(tx, payment, notice.refusal ?? ''); break;
    case 'payment.processing': await underWay(tx, payment); break;
    case 'method.saved':
      assert(notice.method, 'a saved method is named');
      await saved(tx, payment, notice.method);
      break;
    case 'dispute.opened': case 'dispute.closed': await tell(tx, 'payment.contested', { bookingId: payment.bookingId, paymentId: payment.id, noticeId: notice.id }); break;
  }
  return true;
}

/** Whether a refusal that comes late speaks of an earlier try of an attempt that has been with a bank since, or of one that the buyer left for another way, which is: notices come in any order. */
async function isOvertaken(tx: Context, { id: paymentId, status, providerRef }: Payment, { ref, at }: ProviderNotice): Promise<boolean> {
  if (at) {
    const later = await tx.db.providerEvent.findMany({ where: { object: ref, kind: 'payment.processing', doneAt: { not: null } }, select: { raw: true } });
    if (later.some(({ raw }) => (tx.adapters.payments.parseNotice(raw)?.at ?? at) > at)) return true;
  }
  const other = status === 'processing' ? await tx.db.otherAttempt.findUnique({ where: { paymentId } }) : null;
  const beside = [providerRef, other?.ref].find((one) => one && one !== ref);
  if (!other || !beside) return false;
  const last = await tx.db.providerEvent.findFirst({ where: { object: beside, kind: { in: ['payment.processing', 'payment.refused'] }, doneAt: { not: null } }, orderBy: [{ doneAt: 'desc' }, { receivedAt: 'desc' }, { id: 'desc' }], select: { kind: true } });
  return last?.kind === 'payment.processing';
}

/** A producer's account with the provider has come further: what waits for them is tried again. */
async function sendWaiting(tx: Context, orgId: string): Promise<boolean> {
  const tried = await holdSeller(tx, orgId);
  await tried();
  return true;
}
