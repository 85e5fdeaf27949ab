import type { StripeDouble } from '../../server/adapters/payments/double/stripe.ts';
import type { Context } from '../../server/core/context.ts';
import { reconcile } from '../../server/reconciliation/service.ts';
import { audit } from '../../server/ledger/service.ts';

type Thing = ReturnType<StripeDouble['all']>[number];
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const metaOf = (thing: Thing): Readonly<Record<string, string>> => thing['metadata'] as Record<string, string>;

/** What is wrong with the money, in words; nothing when no euro is lost and none was moved twice. The ledger, our rows and the provider's books are compared one with another. */
export async function faultsOf(ctx: Context, double: StripeDouble): Promise<string[]> {
  const faults = (await audit(ctx)).map(({ rule, found }) => `ledger: ${rule}: ${found}`);
  for (const { currency, ours, theirs, waiting, agrees } of await reconcile(ctx)) if (!agrees) faults.push(`books: ${currency} ours ${ours}, theirs ${theirs}, ${waiting} notices wait`);
  faults.push(...await undone(ctx), ...await unmatched(ctx, double), ...await unlawful(ctx), ...await unnumbered(ctx));
  return faults;
}

const rowsOf = async (ctx: Context, sql: string): Promise<string[]> => (await ctx.db.$queryRawUnsafe<{ fault: string }[]>(sql)).map(({ fault }) => fault);

/** Work that nobody does any more, facts that somebody has not heard, notices that wait, and what was told twice. */
function undone(ctx: Context): Promise<string[]> {
  return rowsOf(ctx, `
    SELECT 'work given up: ' || task.identifier || ' ' || coalesce(left(job.last_error, 200), '') AS fault FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id WHERE job.attempts >= job.max_attempts AND job.locked_at IS NULL
    UNION ALL SELECT 'fact not heard: ' || topic || ' by ' || consumer || ' of ' || subject FROM delivery JOIN fact ON fact.id = fact_id WHERE done_at IS NULL
    UNION ALL SELECT 'notice waits: ' || kind || ' ' || object FROM provider_event WHERE done_at IS NULL
    UNION ALL SELECT 'told twice: ' || topic || ' of ' || subject FROM fact WHERE topic IN ('payment.scheduled', 'escrow.released', 'payout.paid', 'show.played', 'booking.cancelled') GROUP BY topic, subject HAVING count(*) > 1
    UNION ALL SELECT 'told twice: a capture of ' || (payload->>'paymentId') FROM fact WHERE topic = 'payment.completed' GROUP BY payload->>'paymentId' HAVING count(*) > 1`);
}

/** What the provider has and we do not know, or the other way round; and what it made twice under one key. */
async function unmatched(ctx: Context, double: StripeDouble): Promise<string[]> {
  const { db } = ctx;
  const faults: string[] = [];
  const [transfers, commands, payments, payouts, refunds] = [
    await db.transfer.findMany({ include: { entries: { where: { account: 'provider:clearing' } } } }), await db.providerCommand.findMany(), await db.payment.findMany(), await db.payout.findMany(), await db.refund.findMany(),
  ];
  const booked = new Map(transfers.map((transfer) => [transfer.key, transfer]));
  const keys = new Set(commands.map(({ key }) => key));
  const there = new Set<string>();
  const byKey = new Map<string, number>();
  for (const object of ['customer', 'payment_intent', 'setup_intent', 'refund', 'transfer', 'payout', 'account'] as const) {
    for (const thing of double.all(object)) {
      there.add(thing.id);
      const key = metaOf(thing)['key'] ?? '';
      if (!keys.has(key)) faults.push(`the provider has ${thing.id}, of which we know nothing`);
      const moves = object === 'transfer' || (object === 'payout' && thing['status'] === 'paid') || (object === 'payment_intent' && thing['status'] === 'succeeded') || (object === 'refund' && thing['status'] === 'succeeded');
      if (!moves) continue;
      byKey.set(key, (byKey.get(key) ?? 0) + 1);
      if (byKey.get(key) === 2) faults.push(`the provider moved money twice for ${key}`);
    }
  }
  for (const { key, ref } of commands) if (ref && !ref.startsWith('refused:') && !there.has(ref)) faults.push(`we know ${ref} of ${key}, which the provider has not`);

  const clearing = (key: string): bigint => (booked.get(key)?.entries ?? []).reduce((sum, { minor }) => sum + minor, 0n);
  const amount = (thing: Thing): bigint => BigInt(Number(thing['amount']));
  const captured = double.all('payment_intent').filter(({ status }) => status === 'succeeded');
  for (const one of captured) if (clearing(one.id) !== -amount(one)) faults.push(`lost: ${one.id} captured ${amount(one)}, and we booked ${-clearing(one.id)}`);
  const known = new Set(captured.map(({ id }) => id));
  for (const { key, kind } of transfers) if ((kind === 'capture' || key.startsWith('pi_')) && !known.has(key)) faults.push(`we booked ${kind} ${key}, which the provider did not capture`);
  const refs = new Set(payments.map(({ providerRef }) => providerRef));
  for (const { id, kind } of captured.map(({ id: key }) => booked.get(key)).filter((transfer) => transfer !== undefined)) {
    const { key } = transfers.find((transfer) => transfer.id === id) ?? { key: '' };
    if (kind === 'capture' && !refs.has(key)) faults.push(`${key} was captured for a payment that does not know it`);
  }

  for (const one of double.all('payout')) {
    const row = payouts.find(({ providerRef }) => providerRef === one.id);
    if (row?.minor !== amount(one) || row.status !== 'paid' || clearing(one.id) !== amount(one)) faults.push(`payout ${one.id} of ${amount(one)} is ${row?.status ?? 'unknown'} here, booked ${clearing(one.id)}`);
  }
  // What a bank took back for good and nothing covers keeps the payout of its booking here (docs/ledger.md).
  const uncovered = new Set(await rowsOf(ctx, `SELECT substr(account, 9) AS fault FROM balance WHERE account LIKE 'dispute:bkg%' GROUP BY account HAVING sum(minor) < 0`));
  for (const { id, bookingId, status, providerRef } of payouts) {
    const waits = uncovered.has(bookingId) && status === 'waiting' && providerRef === null;
    if (!waits && (status !== 'paid' || !providerRef || !there.has(providerRef))) faults.push(`payout ${id} is ${status}, sent as ${providerRef}`);
  }
  for (const { id, minor, status, movedAt } of payouts) {
    if (status === 'waiting' && movedAt === null) {
      if (double.all('transfer').some((one) => metaOf(one)['key']?.startsWith(`payout:${id}:`))) faults.push(`payout ${id} waits, and its money has left`);
      continue;
    }
    // A part for each charge that it is made of.
    const sent = double.all('transfer').filter((one) => metaOf(one)['key']?.startsWith(`payout:${id}:`)).reduce((sum, one) => sum + amount(one), 0n);
    if (sent !== minor) faults.push(`${sent} were transferred to a producer for payout ${id} of ${minor}`);
  }
  for (const one of double.all('refund')) {
    const row = refunds.find(({ providerRef }) => providerRef === one.id);
    const expected = one['status'] === 'succeeded' ? 'paid' : 'failed';
    if (row?.minor !== amount(one) || row.status !== expected || clearing(one.id) + clearing(`back:${one.id}`) !== (expected === 'paid' ? amount(one) : 0n)) faults.push(`refund ${one.id} of ${amount(one)}, ${text(one['status'])}, is ${row?.status ?? 'unknown'} here, booked ${clearing(one.id)}`);
  }
  for (const { id, status, providerRef } of refunds) if (status === 'sent' || !providerRef) faults.push(`refund ${id} is ${status}, sent as ${providerRef}`);
  const taken = new Map<string, bigint>();
  for (const one of double.all('dispute')) {
    const bookingId = metaOf(double.all('payment_intent').find(({ id }) => id === one['payment_intent']) ?? one)['bookingId'] ?? '';
    taken.set(bookingId, (taken.get(bookingId) ?? 0n) + (one['status'] === 'won' ? 0n : amount(one)));
  }
  for (const [bookingId, minor] of taken) {
    const moved = transfers.filter((transfer) => transfer.bookingId === bookingId && transfer.kind.startsWith('chargeback')).reduce((sum, { entries }) => sum + entries.reduce((all, line) => all + line.minor, 0n), 0n);
    if (moved !== minor) faults.push(`banks took ${minor} back of ${bookingId}, and we booked ${moved}`);
  }
  return faults;
}

/** Bookings whose state and money do not go together. */
function unlawful(ctx: Context): Promise<string[]> {
  return rowsOf(ctx, `
    WITH money AS (
      SELECT booking.id, booking.status::text AS status, contract.total_minor AS total,
        coalesce((SELECT sum(minor) FROM balance WHERE account = 'escrow:' || booking.id), 0) AS held,
        coalesce((SELECT sum(minor) FROM balance WHERE account = 'dispute:' || booking.id), 0) AS receivable,
        coalesce((SELECT sum(minor) FROM payment WHERE booking_id = booking.id AND payment.status = 'captured'), 0) AS captured,
        (SELECT count(*) FROM payment WHERE booking_id = booking.id AND payment.status IN ('due', 'processing', 'refused')) AS open,
        (SELECT count(*) FROM payment WHERE booking_id = booking.id AND payment.status = 'captured') AS paid,
        (SELECT count(*) FROM payment WHERE booking_id = booking.id) AS parts,
        (SELECT count(*) FROM dispute WHERE booking_id = booking.id AND dispute.status = 'open') AS disputes,
        (SELECT count(*) FROM transfer WHERE booking_id = booking.id AND kind = 'release') AS releases,
        (SELECT count(*) FROM payout WHERE booking_id = booking.id) AS payouts,
        coalesce((SELECT sum(entry.minor) FROM entry JOIN transfer ON transfer.id = entry.transfer_id WHERE booking_id = booking.id AND account LIKE 'escrow:%' AND kind = 'capture'), 0) AS taken,
        EXISTS (SELECT FROM entry JOIN transfer ON transfer.id = entry.transfer_id WHERE booking_id = booking.id AND account = 'commission:platform') AS commissioned,
        (SELECT array_agg(kind::text ORDER BY kind::text) FROM invoice WHERE booking_id = booking.id) AS invoices,
        (SELECT count(*) FROM cancellation WHERE booking_id = booking.id AND cancellation.status = 'done') AS cancelled
      FROM booking JOIN contract ON contract.booking_id = booking.id)
    SELECT 'unlawful: ' || status || ' ' || id || ': ' || why AS fault FROM money CROSS JOIN LATERAL (VALUES
      (taken <> captured, 'its payments say ' || captured || ' and its escrow took ' || taken),
      (held < 0, 'it holds ' || held),
      (status NOT IN ('played', 'settled', 'lapsed', 'cancelled'), 'it should have come further'),
      (parts = 0 AND status <> 'cancelled', 'nothing was ever asked for'),
      (status = 'settled' AND (releases <> 1 OR payouts <> 1 OR held <> 0 OR captured <> total OR open > 0), releases || ' releases, ' || payouts || ' payouts, holds ' || held || ', captured ' || captured || ' of ' || total),
      -- Of a price of some cents no commission is left once it is rounded.
      (status = 'settled' AND NOT coalesce(invoices @> CASE WHEN commissioned THEN ARRAY['commission', 'final'] ELSE ARRAY['final'] END, false), 'its invoices are ' || coalesce(invoices::text, 'none')),
      (status = 'played' AND (releases > 0 OR (open = 0 AND disputes = 0)), releases || ' releases, ' || open || ' payments are still open, holds ' || held),
      (status = 'lapsed' AND (captured <> 0 OR held <> 0 OR releases > 0 OR open > 0), 'captured ' || captured || ', holds ' || held),
      (status = 'cancelled' AND (held <> 0 OR releases > 0 OR open > 0 OR cancelled <> 1), 'holds ' || held || ', ' || open || ' payments are still open')
    ) AS rules (broken, why) WHERE broken`);
}

/** Invoice numbers that are missing in their series, or stand twice. */
function unnumbered(ctx: Context): Promise<string[]> {
  return rowsOf(ctx, `SELECT 'numbers: ' || issuer_org_id || ' ' || series || ' has ' || count(*) || ' up to ' || max(sequence) AS fault FROM invoice GROUP BY issuer_org_id, series HAVING count(*) <> max(sequence) OR count(DISTINCT sequence) <> count(*) OR min(sequence) <> 1`);
}
