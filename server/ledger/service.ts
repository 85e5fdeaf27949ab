import assert from 'node:assert/strict';
import type { Context } from '../core/context.ts';
import { Prisma } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import { ulid } from '../core/ids.ts';
import { amountOf, euros, sum, toWire, type Currency, type Money } from '../core/money.ts';
import { hasTold, telling } from '../core/outbox.ts';
import type { Topic, Topics } from '../core/topics.ts';
import type { Entry } from './entries.ts';


/** A movement of money to book. The same `key` with the same content is booked once. */
export interface Booked {
  readonly kind: 'capture' | 'release' | 'indemnity' | 'chargeback' | 'chargeback_won' | 'chargeback_covered' | 'set_off' | 'payout' | 'refund' | 'return' | 'commission' | 'credit' | 'settlement' | 'subscription' | 'fees' | 'manual';
  readonly key: string;
  /** Null where it is of an organisation alone. */
  readonly bookingId: string | null;
  /** Null where no organisation's money is moved. */
  readonly orgId: string | null;
  readonly entries: readonly Entry[];
  readonly reason: string;
}

/** The fact that a transfer makes true. */
export interface Tells<T extends Topic> {
  readonly topic: T;
  readonly payload: Topics[T];
}

/**
 * Books a transfer, in the caller's transaction. `fresh` says whether it was this call that did.
 *
 * @param tells is told with it, in the same question, and only when it is fresh.
 * @throws AppError `key_reused` when the key was used for other entries.
 */
export async function book<T extends Topic = never>(tx: Context, { entries, ...transfer }: Booked, tells?: Tells<T>): Promise<{ id: string; fresh: boolean }> {
  const lines = entries.map(({ account, amount }) => ({ account, minor: amount.minor, currency: amount.currency }));
  const { kind, key, bookingId, orgId, reason } = transfer;
  const hash = sha256(JSON.stringify([kind, bookingId, orgId, lines.map(({ account, minor, currency }) => [account, String(minor), currency])]));
  const [booked] = await tx.db.$queryRaw<{ id: string; hash: string; fresh: boolean }[]>`
    SELECT id, hash, fresh ${tells ? Prisma.sql`, CASE WHEN fresh THEN ${telling(tx, tells.topic, tells.payload)} END AS fact` : Prisma.empty} FROM book_transfer(${tx.newId('trf')}, ${kind}, ${key}, ${hash}, ${bookingId}, ${orgId}, ${tx.now()}::timestamptz, ${reason},
      ${lines.map(({ account }) => account)}::text[], ${lines.map(({ minor }) => minor)}::bigint[], ${lines.map(({ currency }) => currency)}::text[])`;
  assert(booked, 'a transfer was booked, now or before');
  if (booked.hash !== hash) throw new AppError('key_reused');
  if (tells && booked.fresh) hasTold(tx);
  return { id: booked.id, fresh: booked.fresh };
}

/** What is charged while whoever pays is away. */
export interface Asked {
  readonly customerRef: string;
  readonly methodRef: string;
  readonly amount: Money;
}

/** What is to be charged under `key`, as it stands since it was first asked for, whatever card is there by now: a provider takes one content for each key. Before the provider is asked, and committed. */
export async function askOnce(tx: Context, key: string, { amount, ...card }: Asked): Promise<Asked> {
  await tx.db.chargeAsk.createMany({ data: [{ key, ...card, ...amount, at: tx.now() }], skipDuplicates: true });
  const { customerRef, methodRef, ...kept } = await tx.db.chargeAsk.findUniqueOrThrow({ where: { key } });
  return { customerRef, methodRef, amount: amountOf(kept) };
}

/** Whether another card than the one that was asked for under `key` is there by now. */
export async function isOtherCard(tx: Context, key: string, { customerRef, methodRef }: Omit<Asked, 'amount'>): Promise<boolean> {
  const asked = await tx.db.chargeAsk.findUnique({ where: { key } });
  return asked !== null && (asked.customerRef !== customerRef || asked.methodRef !== methodRef);
}

/** What an account holds: the sum of the rows in which the database keeps its balance. */
export async function balanceOf(ctx: Context, account: string, currency: string): Promise<Money> {
  const { _sum } = await ctx.db.balance.aggregate({ where: { account, currency }, _sum: { minor: true } });
  return amountOf({ minor: _sum.minor ?? 0n, currency });
}

/** Where a statement goes on: below which entry, what the account held before that one, and what the first page could see. */
interface Place {
  readonly id: string;
  readonly line: number;
  readonly minor: bigint;
  readonly seen: string;
  readonly since: string;
}

/** Milliseconds within which every transaction has ended: an id older than that is not booked any more. */
const settledMs = 300_000;

/**
 * A page of an account, the latest entry first, each with what the account held after it. All pages show the account as it was when the
 * first one was read, so that the balances agree from end to end while others book.
 *
 * @param ask `after` is the `next` of the page before; `size` at most 200.
 * @throws AppError `input_invalid` when `after` is not ours.
 */
export async function statementOf(ctx: Context, { account, currency, after, size = 50 }: { account: string; currency: Currency; after?: string | undefined; size?: number }) {
  const place = after === undefined ? null : readPlace(after);
  const below = place
    ? Prisma.sql`AND (entry.transfer_id, entry.line) < (${place.id}, ${place.line}) AND (entry.transfer_id < ${place.since} OR txid_visible_in_snapshot(transfer.made_in, ${place.seen}::txid_snapshot))`
    : Prisma.empty;
  const count = Math.min(size, 200);
  const rows = await ctx.db.$queryRaw<{ id: string; line: number; minor: bigint; kind: string; bookingId: string | null; at: Date; reason: string; seen: string; holds: bigint }[]>`
    SELECT transfer.id, entry.line, entry.minor, transfer.kind, transfer.booking_id AS "bookingId", transfer.at, transfer.reason, txid_current_snapshot()::text AS seen,
      (SELECT coalesce(sum(minor), 0)::bigint FROM balance WHERE account = ${account} AND currency = ${currency}) AS holds
    FROM entry JOIN transfer ON transfer.id = entry.transfer_id WHERE entry.account = ${account} AND entry.currency = ${currency} ${below}
    ORDER BY entry.transfer_id DESC, entry.line DESC LIMIT ${count + 1}`;
  let minor = place?.minor ?? rows[0]?.holds ?? 0n;
  const entries = rows.slice(0, count).map((row) => {
    const balance = amountOf({ minor, currency });
    minor -= row.minor;
    return { transferId: row.id, kind: row.kind, bookingId: row.bookingId, at: row.at.toISOString(), reason: row.reason, amount: toWire(amountOf({ minor: row.minor, currency })), balance: toWire(balance) };
  });
  const last = rows[count - 1];
  const since = place?.since ?? `trf_${ulid(ctx.realNow().getTime() - settledMs, new Uint8Array(16))}`;
  const next = rows.length > count && last ? writePlace({ id: last.id, line: last.line, minor, seen: place?.seen ?? last.seen, since }) : null;
  return { entries, next };
}

const writePlace = ({ id, line, minor, seen, since }: Place): string => [id, line, minor, seen, since].join('~');

function readPlace(after: string): Place {
  const [, id, line, minor, seen, since] = /^(trf_\w+)~(\d{1,9})~(-?\d{1,18})~(\d{1,18}:\d{1,18}:[\d,]*)~(trf_\w+)$/u.exec(after) ?? [];
  if (!id || !line || !minor || !seen || !since) throw new AppError('input_invalid', { field: 'after' });
  return { id, line: Number(line), minor: BigInt(minor), seen, since };
}

/** What the ledger must never say of itself, and where it does. `rule` is the name of the constraint or trigger that should have held it. */
export interface Broken {
  readonly rule: string;
  readonly found: string;
}

/** What keeps the ledger whole. */
const guards = [
  'transfer_append_only', 'transfer_kept', 'entry_append_only', 'entry_kept', 'transfer_has_entries', 'transfer_sums_to_zero', 'transfer_marked', 'entry_with_its_transfer',
  'entry_keeps_balance', 'balance_follows_entries', 'balance_kept',
];

/**
 * Every rule of docs/ledger.md that one look at the books can check, checked over all of them: at most a hundred faults, none where all
 * is well. The database reads the entries and answers with the faults alone.
 */
export async function audit(ctx: Context): Promise<Broken[]> {
  return ctx.db.$queryRaw<Broken[]>`
    WITH held AS (SELECT account, currency, sum(minor) AS minor FROM balance GROUP BY account, currency), booked AS (SELECT account, currency, sum(minor) AS minor FROM entry GROUP BY account, currency),
      sums AS (SELECT transfer_id, currency, count(*) AS lines, sum(minor) AS minor FROM entry GROUP BY transfer_id, currency)
    SELECT * FROM (
      SELECT 'ledger_sums_to_zero' AS rule, currency || ' ' || sum(minor) AS found FROM booked GROUP BY currency HAVING sum(minor) <> 0
      UNION ALL SELECT 'transfer_sums_to_zero', transfer_id || ' ' || currency || ' ' || minor FROM sums WHERE minor <> 0
      UNION ALL SELECT 'transfer_has_entries', transfer.id FROM transfer LEFT JOIN (SELECT transfer_id, sum(lines) AS lines FROM sums GROUP BY transfer_id) AS counted ON counted.transfer_id = transfer.id WHERE coalesce(lines, 0) < 2
      UNION ALL SELECT 'entry_keeps_balance', account || ' ' || currency || ' ' || coalesce(held.minor, 0) || ' for ' || coalesce(booked.minor, 0) FROM held FULL JOIN booked USING (account, currency) WHERE coalesce(held.minor, 0) <> coalesce(booked.minor, 0)
      UNION ALL SELECT 'balance_not_negative', account || ' ' || currency || ' ' || minor FROM booked WHERE minor < 0 AND account LIKE ANY (ARRAY['escrow:%', 'refund:%'])
      UNION ALL SELECT 'claim_within_receivable', booking_id || ' ' || owed.currency || ' ' || owed.minor || ' of ' || -coalesce(held.minor, 0) FROM (SELECT booking_id, currency, sum(left_minor) AS minor FROM claim GROUP BY booking_id, currency) AS owed
        LEFT JOIN held ON held.account = 'dispute:' || booking_id AND held.currency = owed.currency WHERE owed.minor > 0 AND owed.minor > -coalesce(held.minor, 0)
      UNION ALL SELECT 'payout_share_kept', payout.id || ' ' || kept_minor || ' for ' || coalesce(sum(claim_part.minor), 0) FROM payout LEFT JOIN claim_part ON payout_id = payout.id WHERE kept_minor > 0 OR payout_id IS NOT NULL GROUP BY payout.id HAVING kept_minor <> coalesce(sum(claim_part.minor), 0)
      UNION ALL SELECT 'transfer_key_key', key FROM transfer GROUP BY key HAVING count(*) > 1
      UNION ALL SELECT name, 'not in force' FROM unnest(${guards}::text[]) AS name WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = name AND tgenabled = 'O')
    ) AS faults LIMIT 100`;
}

/** What comes before what, of transfers of one instant. */
const order: readonly string[] = ['capture', 'release', 'indemnity', 'chargeback', 'chargeback_won', 'chargeback_covered', 'commission', 'credit', 'settlement', 'subscription', 'set_off', 'payout', 'refund', 'return', 'fees', 'manual'] satisfies Booked['kind'][];

/** Every entry of a booking, oldest first, with the balance of its account within the booking, and the sum of all, which is zero: in each currency, where there is more than one. */
export async function entriesOf(ctx: Context, bookingId: string) {
  const booked = await ctx.db.transfer.findMany({ where: { bookingId }, orderBy: [{ at: 'asc' }, { id: 'asc' }], include: { entries: { orderBy: { line: 'asc' } } } });
  // A balance paid after the show is captured and released at the same instant.
  const transfers = booked.sort((a, b) => a.at.getTime() - b.at.getTime() || order.indexOf(a.kind) - order.indexOf(b.kind));
  const balances = new Map<string, { account: string; balance: Money }>();
  const sums = new Map<string, Money>();
  const view = transfers.map(({ id, kind, at, reason, entries }) => ({
    id, kind, at: at.toISOString(), reason,
    entries: entries.map(({ account, ...line }) => {
      const amount = amountOf(line);
      const nothing = { ...amount, minor: 0n };
      const balance = sum(balances.get(`${account} ${line.currency}`)?.balance ?? nothing, amount);
      balances.set(`${account} ${line.currency}`, { account, balance });
      sums.set(line.currency, sum(sums.get(line.currency) ?? nothing, amount));
      return { account, amount: toWire(amount), balance: toWire(balance) };
    }),
  }));
  const [first = euros(0n)] = sums.values();
  const wrong = [...sums.values()].find(({ minor }) => minor !== 0n);
  return { transfers: view, accounts: [...balances.values()].map(({ account, balance }) => ({ account, balance: toWire(balance) })), sum: toWire(wrong ?? first) };
}
