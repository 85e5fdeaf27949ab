import assert from 'node:assert/strict';
import { lock, transact, type Context } from '../core/context.ts';
import type { Payment } from '../core/db/client.ts';
import { type Currency } from '../core/money.ts';
import { addJob, isAwaited } from '../core/outbox.ts';
import { captured, open, payoutArrived, refundArrived, refused, saved, underWay } from '../escrow/service.ts';
import { fees } from '../ledger/entries.ts';
import { balanceOf, book } from '../ledger/service.ts';
import { holdObject, replayNotices } from '../notices/service.ts';
import { askOf, refundOf } from '../outgoing/service.ts';
import { completeAttempt } from '../till/service.ts';

const dayMs = 86_400_000;
/** Milliseconds by the wall clock for which a notice may wait before somebody has to look. */
const waitMs = 3_600_000;
/** Days after which money that was sent should have arrived: a transfer takes three, a refund ten at most (docs.stripe.com/refunds, read 2026-11-22). */
const arrivesIn = 11;

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
