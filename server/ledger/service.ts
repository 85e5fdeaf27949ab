import type { Context } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import { euros, sum, toWire, type Currency, type Money } from '../core/money.ts';
import type { Entry } from './entries.ts';

const amountOf = ({ minor, currency }: { minor: bigint; currency: string }): Money => ({ minor, currency: currency as Currency });

/** A movement of money to book. The same `key` with the same content is booked once. */
export interface Booked {
  readonly kind: 'capture' | 'release' | 'payout' | 'refund' | 'return' | 'commission' | 'credit' | 'settlement';
  readonly key: string;
  readonly bookingId: string;
  readonly orgId: string;
  readonly entries: readonly Entry[];
  readonly reason: string;
}

/**
 * Books a transfer, in the caller's transaction. `fresh` says whether it was this call that did.
 *
 * @throws AppError `key_reused` when the key was used for other entries.
 */
export async function book(tx: Context, { entries, ...transfer }: Booked): Promise<{ id: string; fresh: boolean }> {
  const lines = entries.map(({ account, amount }) => ({ account, minor: amount.minor, currency: amount.currency }));
  const hash = sha256(JSON.stringify([transfer.kind, transfer.bookingId, transfer.orgId, lines.map(({ account, minor, currency }) => [account, String(minor), currency])]));
  const id = tx.newId('trf');
  const { count } = await tx.db.transfer.createMany({ data: [{ id, ...transfer, hash, at: tx.now() }], skipDuplicates: true });
  if (count === 0) {
    const before = await tx.db.transfer.findUniqueOrThrow({ where: { key: transfer.key } });
    if (before.hash !== hash) throw new AppError('key_reused');
    return { id: before.id, fresh: false };
  }
  await tx.db.entry.createMany({ data: lines.map((line, i) => ({ transferId: id, line: i + 1, ...line })) });
  return { id, fresh: true };
}

/** What an account holds: the sum of its entries. */
export async function balanceOf(ctx: Context, account: string, currency: string): Promise<Money> {
  const { _sum } = await ctx.db.entry.aggregate({ where: { account, currency }, _sum: { minor: true } });
  return amountOf({ minor: _sum.minor ?? 0n, currency });
}

/** What comes before what, of transfers of one instant. */
const order: readonly string[] = ['capture', 'release', 'commission', 'credit', 'settlement', 'payout', 'refund', 'return'] satisfies Booked['kind'][];

/** Every entry of a booking, oldest first, with the balance of its account within the booking, and the sum of all, which is zero. */
export async function entriesOf(ctx: Context, bookingId: string) {
  const booked = await ctx.db.transfer.findMany({ where: { bookingId }, orderBy: [{ at: 'asc' }, { id: 'asc' }], include: { entries: { orderBy: { line: 'asc' } } } });
  // A balance paid after the show is captured and released at the same instant.
  const transfers = booked.sort((a, b) => a.at.getTime() - b.at.getTime() || order.indexOf(a.kind) - order.indexOf(b.kind));
  const zero = { ...euros(0n), currency: (transfers[0]?.entries[0]?.currency ?? 'EUR') as Currency };
  const balances = new Map<string, Money>();
  const view = transfers.map(({ id, kind, at, reason, entries }) => ({
    id, kind, at: at.toISOString(), reason,
    entries: entries.map(({ account, ...line }) => {
      const amount = amountOf(line);
      const balance = sum(balances.get(account) ?? zero, amount);
      balances.set(account, balance);
      return { account, amount: toWire(amount), balance: toWire(balance) };
    }),
  }));
  return { transfers: view, accounts: [...balances].map(([account, balance]) => ({ account, balance: toWire(balance) })), sum: toWire(sum(zero, ...balances.values())) };
}
