import type { ProviderNotice } from '../adapters/ports.ts';
import { lock, transact, type Context } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { toWire, type Currency } from '../core/money.ts';
import { permitOperator } from '../core/operators.ts';
import { addJob } from '../core/outbox.ts';

/** Days for which a transfer that was announced may still arrive unasked: the provider keeps it for 75 (docs.stripe.com/payments/customer-balance, read 2026-11-21). */
const lookedForDays = 120;
const dayMs = 86_400_000;

/**
 * Looks at what the provider keeps of a booking's transfers. What no payment asks for is an alert, and goes back by itself once nothing is asked for
 * any more; while a payment is still due it waits for our own people, since it may be a part of it. Not inside a transaction: the provider is asked.
 */
export async function lookAtCash(ctx: Context, bookingId: string): Promise<void> {
  const { cash } = ctx.adapters.payments;
  if (!cash || !bookingId.startsWith('bkg_')) return;
  for (const { minor, currency } of await cash.read(bookingId)) {
    await transact(ctx, async (tx) => {
      await lock(tx, `escrow:${bookingId}`);
      if (await tx.db.stray.count({ where: { bookingId, currency, status: { in: ['found', 'sent'] } } }) > 0) return;
      const { orgId, buyerOrgId } = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { orgId: true, buyerOrgId: true } });
      const awaited = await tx.db.payment.count({ where: { bookingId, status: { in: ['due', 'processing', 'refused'] } } }) > 0;
      const id = tx.newId('str');
      await tx.db.stray.create({ data: { id, bookingId, orgId, buyerOrgId, minor, currency, foundAt: tx.realNow() } });
      tx.log.error({ strayId: id, bookingId, minor: String(minor), currency, awaited }, 'a transfer lies with the provider that no payment asks for');
      if (!awaited) await addJob(tx, 'stray', { strayId: id }, { key: `stray:${id}` });
    });
  }
}

/** As `lookAtCash`, for the customer whom a notice of the provider names. */
export async function lookAtCustomer(ctx: Context, customerRef: string): Promise<void> {
  const { cash } = ctx.adapters.payments;
  if (cash) await lookAtCash(ctx, await cash.bookingOf(customerRef));
}

/** Looks at every booking whose buyer announced a transfer in the last months: the provider may have told us nothing. */
export async function lookForStrays(ctx: Context): Promise<void> {
  const since = new Date(ctx.now().getTime() - lookedForDays * dayMs);
  for (const { bookingId } of await ctx.db.payment.findMany({ where: { announcedAt: { gt: since } }, distinct: ['bookingId'], select: { bookingId: true } })) {
    await lookAtCash(ctx, bookingId).catch((error: unknown) => { ctx.log.error({ bookingId, err: error }, 'the provider could not say what it keeps of a booking’s transfers'); });
  }
}

/** Sends a transfer back to the account that it came from, once. Its arrival comes by webhook. */
export async function giveBackStray(ctx: Context, strayId: string): Promise<void> {
  const { cash } = ctx.adapters.payments;
  const { status, providerRef, bookingId, buyerOrgId, minor, currency } = await ctx.db.stray.findUniqueOrThrow({ where: { id: strayId } });
  if (!cash || providerRef || (status !== 'found' && status !== 'sent')) return;
  await ctx.db.stray.updateMany({ where: { id: strayId, status: 'found' }, data: { status: 'sent' } });
  const { email } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: buyerOrgId }, select: { email: true } });
  const { ref, status: answer } = await cash.giveBack({ key: `stray:${strayId}`, bookingId, amount: { minor, currency: currency as Currency }, email });
  await ctx.db.stray.updateMany({ where: { id: strayId, providerRef: null }, data: { providerRef: ref, ...(answer === 'failed' ? { status: 'failed' as const } : {}) } });
}

/** What the provider says of a transfer on its way back. False when it is none of those. */
export async function strayArrived(tx: Context, notice: ProviderNotice): Promise<boolean> {
  const sent = await tx.db.stray.findUnique({ where: { providerRef: notice.ref } });
  if (!sent) return false;
  if (sent.status !== 'sent') return true;
  const paid = notice.kind === 'refund.paid';
  if (!paid) tx.log.error({ strayId: sent.id, ref: notice.ref }, 'a transfer could not be given back: it lies with the provider, and somebody has to look');
  await tx.db.stray.update({ where: { id: sent.id }, data: paid ? { status: 'returned', returnedAt: tx.realNow() } : { status: 'failed' } });
  return true;
}

/* For our own people. */

/** Transfers that no payment asked for, the newest first; those that went back for three months. @throws AppError as `permitOperator` does. */
export async function readStrays(ctx: Context) {
  await permitOperator(ctx);
  const rows = await ctx.db.stray.findMany({ where: { OR: [{ status: { not: 'returned' } }, { foundAt: { gt: new Date(ctx.realNow().getTime() - 90 * dayMs) } }] }, orderBy: [{ foundAt: 'desc' }, { id: 'desc' }], take: 100 });
  const names = new Map((await ctx.db.organisation.findMany({ where: { id: { in: rows.map(({ buyerOrgId }) => buyerOrgId) } }, select: { id: true, name: true } })).map(({ id, name }) => [id, name]));
  const later = (row: (typeof rows)[number]): boolean => rows.some((one) => one.bookingId === row.bookingId && one.foundAt > row.foundAt);
  return rows.map((row) => ({
    id: row.id, bookingId: row.bookingId, buyer: names.get(row.buyerOrgId) ?? '', amount: toWire({ minor: row.minor, currency: row.currency as Currency }), status: row.status, foundAt: row.foundAt.toISOString(),
    returnedAt: row.returnedAt?.toISOString() ?? null, mayReturn: row.status === 'found' || (row.status === 'failed' && !later(row)),
  }));
}

/** Gives one back now, or tries anew what failed. @throws AppError `not_found` when it is on its way or arrived; and as `permitOperator` does. */
export async function returnStray(ctx: Context, id: string): Promise<null> {
  const operator = await permitOperator(ctx);
  const found = (await readStrays(ctx)).find((one) => one.id === id && one.mayReturn);
  if (!found) throw new AppError('not_found');
  await transact(ctx, async (tx) => {
    const { bookingId, orgId, buyerOrgId, minor, currency, status } = await tx.db.stray.findUniqueOrThrow({ where: { id } });
    await lock(tx, `escrow:${bookingId}`);
    let strayId = id;
    if (status === 'failed') {
      // The provider keeps its first answer to a key: another try is another row.
      if (await tx.db.stray.count({ where: { bookingId, currency, status: { in: ['found', 'sent'] } } }) > 0) throw new AppError('not_found');
      strayId = tx.newId('str');
      await tx.db.stray.create({ data: { id: strayId, bookingId, orgId, buyerOrgId, minor, currency, foundAt: tx.realNow() } });
    }
    tx.log.info({ operator, strayId }, 'somebody has a transfer given back');
    await addJob(tx, 'stray', { strayId }, { key: `stray:${strayId}` });
  });
  return null;
}
