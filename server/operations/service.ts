import { claimFor, coversClaims, leftOf, reduceByHand } from '../claims/service.ts';
import { transact, type Context } from '../core/context.ts';
import { conflict } from '../core/database.ts';
import type { Proposal } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { sha256 } from '../core/files.ts';
import { toWire, type Currency, type Money } from '../core/money.ts';
import { addJob } from '../core/outbox.ts';
import { permitOperator } from '../core/operators.ts';
import { replayNotices } from '../notices/service.ts';
import { reconcile } from '../reconciliation/service.ts';
import { byHand, type Account } from '../ledger/entries.ts';
import { audit, book } from '../ledger/service.ts';
import { whyOf } from '../refunds/account.ts';
import { holdMoney } from '../escrow/service.ts';
import { asked, isAccount, ownerOf } from './search.ts';

/** Days for which a proposed transfer may be approved. */
const proposalDays = 3;
const dayMs = 86_400_000;
/** Bookings that one search shows. */
const mostFound = 20;

const wire = (minor: bigint, currency: string) => toWire({ minor, currency: currency as Currency } satisfies Money);

/* The nightly look at the books. */

/** Compares the ledger with the provider's books and with its own rules, and keeps what was found. A difference is an alert in the log; nothing is ever repaired by itself. */
export async function keepReport(ctx: Context): Promise<void> {
  const broken = await audit(ctx);
  if (broken.length > 0) ctx.log.error({ broken }, 'the ledger breaks its own rules');
  const found = await reconcile(ctx);
  await ctx.db.reconciliation.createMany({ data: found.map(({ currency, ours, theirs, waiting }) => ({ id: ctx.newId('rec'), at: ctx.realNow(), currency, ours, theirs, waiting, broken: broken.length })) });
}

/** The reports of the last nights, the newest first. @throws AppError as `permitOperator` does. */
export async function readReports(ctx: Context) {
  await permitOperator(ctx);
  const rows = await ctx.db.reconciliation.findMany({ orderBy: [{ at: 'desc' }, { currency: 'desc' }], take: 60 });
  return rows.map(({ id, at, currency, ours, theirs, waiting, broken }) => ({
    id, at: at.toISOString(), ours: wire(ours, currency), theirs: wire(theirs, currency), difference: wire(theirs - ours, currency), waiting, broken, agrees: ours === theirs && broken === 0,
  }));
}

/** Looks at the books now. @throws AppError as `permitOperator` does. */
export async function reportNow(ctx: Context): Promise<null> {
  await permitOperator(ctx);
  await keepReport(ctx);
  return null;
}

/* What lost disputes leave. */

/**
 * What banks gave back to the holders of cards for good and nothing covers: a receivable of a show's producer, or of whoever had a plan, the largest first. What a bank still looks at is not among them, nor what is claimed of
 * somebody (`claims`). Nobody is asked for it by itself: two of our people settle the account by a transfer by hand once it is paid. @throws AppError as `permitOperator` does.
 */
export async function readReceivables(ctx: Context) {
  await permitOperator(ctx);
  const rows = await ctx.db.$queryRaw<{ subject: string; currency: string; minor: bigint; who: string; what: string; at: Date | null }[]>`
    WITH missing AS (SELECT substr(account, 9) AS subject, currency, sum(minor)::bigint AS minor FROM balance WHERE account LIKE 'dispute:%' GROUP BY account, currency HAVING sum(minor) < 0)
    SELECT subject, missing.currency, missing.minor, organisation.name AS who, plan_charge.plan AS what, plan_taken_back.at FROM missing
      JOIN plan_taken_back ON charge_id = subject JOIN plan_charge ON plan_charge.id = subject JOIN organisation ON organisation.id = plan_charge.org_id
    UNION ALL SELECT subject, missing.currency, missing.minor, organisation.name, show.title, (SELECT max(closed_at) FROM chargeback WHERE booking_id = subject AND status = 'lost') FROM missing
      JOIN booking ON booking.id = subject JOIN organisation ON organisation.id = booking.org_id JOIN show ON show.booking_id = subject
      WHERE EXISTS (SELECT FROM chargeback WHERE booking_id = subject AND status = 'lost') AND NOT EXISTS (SELECT FROM chargeback WHERE booking_id = subject AND status IN ('asked', 'answered', 'accepted'))
    ORDER BY minor, subject`;
  const claimed = await leftOf(ctx);
  return rows.map((row) => ({ ...row, minor: row.minor + (claimed.get(`${row.subject} ${row.currency}`) ?? 0n) })).filter(({ minor }) => minor < 0n).map(({ subject, currency, minor, at, ...row }) => ({ ...row, account: `dispute:${subject}`, kind: subject.startsWith('bkg_') ? 'show' as const : 'plan' as const, amount: wire(-minor, currency), at: at?.toISOString() ?? null }));
}

/* What was given up. */

/** Work that failed until nobody tried it any more, facts that somebody has not heard and nobody is to say again, and notices that wait: the oldest first. @throws AppError as `permitOperator` does. */
export async function readDeadLetters(ctx: Context) {
  await permitOperator(ctx);
  const rows = await ctx.db.$queryRaw<{ kind: 'work' | 'fact' | 'notice'; id: string; what: string; about: string; why: string; at: Date }[]>`
    SELECT 'work' AS kind, job.id::text AS id, task.identifier AS what, job.payload::text AS about, coalesce(left(job.last_error, 600), '') AS why, job.updated_at AS at
      FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id WHERE job.attempts >= job.max_attempts AND job.locked_at IS NULL
    UNION ALL SELECT 'fact', fact.id::text, fact.topic, fact.subject, string_agg(delivery.consumer, ', ' ORDER BY delivery.consumer), fact.told_at FROM fact JOIN delivery ON delivery.fact_id = fact.id AND delivery.done_at IS NULL
      WHERE NOT EXISTS (SELECT FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id WHERE task.identifier = 'deliver' AND job.payload->>'factId' = fact.id::text) GROUP BY fact.id
    UNION ALL SELECT 'notice', id, kind, object, '', received_at FROM provider_event WHERE done_at IS NULL
    ORDER BY at LIMIT 200`;
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

/**
 * Has one of them done again, once: the same work, never a second one beside it.
 *
 * @throws AppError `not_found` when it is done or under way; and as `permitOperator` does.
 */
export async function replay(ctx: Context, { kind, id }: { readonly kind: 'work' | 'fact' | 'notice'; readonly id: string }): Promise<null> {
  const operator = await permitOperator(ctx);
  const letter = (await readDeadLetters(ctx)).find((one) => one.kind === kind && one.id === id);
  if (!letter) throw new AppError('not_found');
  ctx.log.info({ operator, kind, id }, 'somebody has what was given up done again');
  if (kind === 'work') await ctx.db.$queryRaw`SELECT count(*)::int AS done FROM graphile_worker.reschedule_jobs(ARRAY[${BigInt(id)}]::bigint[], run_at => ${ctx.realNow()}::timestamptz, attempts => 0)`;
  else if (kind === 'fact') await addJob(ctx, 'deliver', { factId: id }, { queue: letter.about, key: `deliver:${id}` });
  else await replayNotices(ctx);
  return null;
}

/* Where a euro is. */

/** The bookings that an amount, a number, a reference or a name leads to, at most twenty. */
async function bookingsOf(ctx: Context, typed: string): Promise<string[]> {
  const { words, minor } = asked(typed);
  const like = `%${words.replaceAll(/[\\%_]/gu, '\\$&')}%`;
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT booking.id FROM booking WHERE booking.id IN (
      SELECT id FROM booking WHERE id = ${words} OR reference = ${words}
      UNION SELECT booking_id FROM invoice WHERE number = ${words} OR id = ${words}
      UNION SELECT booking_id FROM credit_note WHERE number = ${words}
      UNION SELECT booking_id FROM contract WHERE number = ${words}
      UNION SELECT booking_id FROM payment WHERE provider_ref = ${words} OR id = ${words}
      UNION SELECT booking_id FROM payout WHERE provider_ref = ${words} OR id = ${words}
      UNION SELECT booking_id FROM refund WHERE provider_ref = ${words} OR captured_ref = ${words} OR id = ${words}
      UNION SELECT booking_id FROM transfer WHERE id = ${words} OR key = ${words}
      UNION SELECT booking_id FROM (SELECT transfer.booking_id FROM entry JOIN transfer ON transfer.id = entry.transfer_id WHERE abs(entry.minor) = ${minor}::bigint ORDER BY transfer.id DESC LIMIT 200) AS moved
      UNION SELECT booking_id FROM payment WHERE minor = ${minor}::bigint
      UNION SELECT booking_id FROM invoice WHERE total_minor = ${minor}::bigint
      UNION SELECT booking.id FROM booking JOIN organisation ON organisation.id IN (booking.org_id, booking.buyer_org_id) WHERE length(${words}) > 2 AND (organisation.name ILIKE ${like} OR organisation.legal_name ILIKE ${like} OR organisation.id = ${words})
    ) ORDER BY booking.created_at DESC, booking.id DESC LIMIT ${mostFound + 1}`;
  return rows.map(({ id }) => id);
}

/**
 * The way of the money of every booking that fits: what was due, each transfer with its date and the accounts it left and reached, and where the
 * money stands now. @throws AppError as `permitOperator` does.
 */
export async function whereIs(ctx: Context, typed: string) {
  await permitOperator(ctx);
  const { db } = ctx;
  const found = await bookingsOf(ctx, typed);
  const ids = found.slice(0, mostFound);
  const where = { bookingId: { in: ids } };
  const [bookings, contracts, shows, payments, transfers, invoices, decided] = await Promise.all([
    db.booking.findMany({ where: { id: { in: ids } } }), db.contract.findMany({ where }), db.show.findMany({ where }), db.payment.findMany({ where, orderBy: { part: 'asc' } }),
    db.transfer.findMany({ where, orderBy: [{ at: 'asc' }, { id: 'asc' }], include: { entries: { orderBy: { line: 'asc' } } } }), db.invoice.findMany({ where, orderBy: { number: 'asc' } }),
    db.dispute.findMany({ where: { ...where, status: 'decided' }, select: { bookingId: true } }),
  ]);
  const names = new Map((await db.organisation.findMany({ where: { id: { in: bookings.flatMap(({ orgId, buyerOrgId }) => [orgId, buyerOrgId]) } }, select: { id: true, name: true } })).map(({ id, name }) => [id, name]));
  const paths = ids.map((id) => {
    const booking = bookings.find((one) => one.id === id);
    const own = transfers.filter(({ bookingId }) => bookingId === id);
    const contract = contracts.find(({ bookingId }) => bookingId === id);
    const stands = new Map<string, Money>();
    for (const { account, minor, currency } of own.flatMap(({ entries }) => entries)) stands.set(account, { minor: (stands.get(account)?.minor ?? 0n) + minor, currency: currency as Currency });
    return {
      bookingId: id, reference: booking?.reference ?? '', status: booking?.status ?? '', title: shows.find(({ bookingId }) => bookingId === id)?.title ?? '',
      artist: names.get(booking?.orgId ?? '') ?? '', buyer: names.get(booking?.buyerOrgId ?? '') ?? '', total: contract ? wire(contract.totalMinor, contract.currency) : null,
      invoices: invoices.filter(({ bookingId }) => bookingId === id).map(({ number }) => number),
      payments: payments.filter(({ bookingId }) => bookingId === id).map(({ id: paymentId, part, status, minor, currency, providerRef }) => ({ id: paymentId, part, status, amount: wire(minor, currency), providerRef })),
      steps: own.map(({ id: transferId, kind, at, reason, entries }) => ({
        id: transferId, kind, at: at.toISOString(), why: whyOf({ kind, reason, entries: entries.map(({ account, minor, currency }) => ({ account, amount: { minor, currency: currency as Currency } })) }, { disputed: decided.some(({ bookingId }) => bookingId === id) }), reason,
        from: entries.filter(({ minor }) => minor < 0n).map(({ account, minor, currency }) => ({ account, amount: wire(-minor, currency) })),
        to: entries.filter(({ minor }) => minor > 0n).map(({ account, minor, currency }) => ({ account, amount: wire(minor, currency) })),
      })),
      stands: [...stands].filter(([, { minor }]) => minor !== 0n).map(([account, amount]) => ({ account, amount: toWire(amount) })),
    };
  });
  return { paths, more: found.length > mostFound };
}

/* Transfers by hand. */

const stateOf = ({ status, expiresAt }: Proposal, now: Date): 'asked' | 'approved' | 'rejected' | 'expired' => (status === 'asked' && expiresAt <= now ? 'expired' : status);

/** The proposals of the last months, the newest first. @throws AppError as `permitOperator` does. */
export async function readProposals(ctx: Context) {
  const operator = await permitOperator(ctx);
  const rows = await ctx.db.proposal.findMany({ orderBy: [{ askedAt: 'desc' }, { id: 'desc' }], take: 50 });
  const names = new Map((await ctx.db.user.findMany({ where: { id: { in: rows.flatMap(({ askedBy, decidedBy }) => [askedBy, decidedBy ?? '']) } }, select: { id: true, name: true } })).map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id, from: row.fromAccount, to: row.toAccount, amount: wire(row.minor, row.currency), reason: row.reason, claimId: row.claimId, state: stateOf(row, ctx.realNow()), own: row.askedBy === operator,
    askedBy: names.get(row.askedBy) ?? '', askedAt: row.askedAt.toISOString(), expiresAt: row.expiresAt.toISOString(),
    decidedBy: row.decidedBy === null ? null : names.get(row.decidedBy) ?? '', decidedAt: row.decidedAt?.toISOString() ?? null,
  }));
}

/** What one of our people asks for. The browser names it by `key`. */
interface Asked {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly amount: { readonly minor: number; readonly currency: Currency };
  readonly reason: string;
}

/**
 * One of our people asks for a transfer; nothing moves. It may be approved for three days. The same `key` with the same words is asked for once.
 *
 * @throws AppError `account_unknown`, `account_currency`, `key_reused`; and as `permitOperator` does.
 */
export async function propose(ctx: Context, { key, from, to, amount, reason }: Asked): Promise<{ id: string }> {
  const askedBy = await permitOperator(ctx);
  const owners = [ownerOf(from), ownerOf(to)];
  if (!isAccount(from) || !isAccount(to) || from === to) throw new AppError('account_unknown');
  for (const { bookingId, orgId } of owners) {
    const contract = bookingId ? await ctx.db.contract.findUnique({ where: { bookingId }, select: { currency: true } }) : null;
    if (bookingId && !contract) throw new AppError('account_unknown');
    if (contract && contract.currency !== amount.currency) throw new AppError('account_currency', { currency: contract.currency });
    if (orgId && await ctx.db.organisation.count({ where: { id: orgId } }) === 0) throw new AppError('account_unknown');
  }
  return keepProposal(ctx, askedBy, { key, from, to, amount, reason, bookingId: owners.find((owner) => owner.bookingId)?.bookingId ?? null, claimId: null });
}

async function keepProposal(ctx: Context, askedBy: string, { key, from, to, amount, reason, bookingId, claimId }: Asked & { readonly bookingId: string | null; readonly claimId: string | null }): Promise<{ id: string }> {
  const askedAt = ctx.realNow();
  const hash = sha256(JSON.stringify([askedBy, from, to, amount.minor, amount.currency, reason, ...(claimId ? [claimId] : [])]));
  await ctx.db.proposal.createMany({ skipDuplicates: true, data: [{
    id: ctx.newId('prp'), key, hash, fromAccount: from, toAccount: to, minor: BigInt(amount.minor), currency: amount.currency, bookingId, claimId, reason, askedBy, askedAt, expiresAt: new Date(askedAt.getTime() + proposalDays * dayMs),
  }] });
  const kept = await ctx.db.proposal.findUniqueOrThrow({ where: { key }, select: { id: true, hash: true } });
  if (kept.hash !== hash) throw new AppError('key_reused');
  return { id: kept.id };
}

/** What of a claim one of our people asks for: `received`, its debtor's transfer reached our bank; `waived`, we bear so much of it. */
interface AskedOfClaim {
  readonly key: string;
  readonly claimId: string;
  readonly kind: 'received' | 'waived';
  readonly amount: { readonly minor: number; readonly currency: Currency };
  readonly reason: string;
}

/**
 * One of our people asks for a transfer that brings a claim down; nothing moves before another approves it, as with every transfer by hand.
 *
 * @throws AppError `not_found`, `claim_less`, `account_currency`, `key_reused`; and as `permitOperator` does.
 */
export async function proposeForClaim(ctx: Context, { claimId, kind, ...asked }: AskedOfClaim): Promise<{ id: string }> {
  const askedBy = await permitOperator(ctx);
  return transact(ctx, async (tx) => {
    const { bookingId } = await claimFor(tx, claimId, { minor: BigInt(asked.amount.minor), currency: asked.amount.currency });
    return keepProposal(tx, askedBy, { ...asked, from: kind === 'received' ? 'bank:platform' : 'loss:platform', to: `dispute:${bookingId}`, bookingId, claimId });
  });
}

/**
 * Another of our people approves a transfer, which is booked with it, once; or one rejects it, which whoever asked may do too.
 *
 * @throws AppError `not_found`, `proposal_own`, `proposal_closed`, `account_frozen`, `account_short`, `account_claimed`, `claim_less`; and as `permitOperator` does.
 */
export async function decide(ctx: Context, { id, approve }: { readonly id: string; readonly approve: boolean }): Promise<null> {
  const decidedBy = await permitOperator(ctx);
  try {
    return await transact(ctx, async (tx) => {
      await tx.db.$queryRaw`SELECT id FROM proposal WHERE id = ${id} FOR UPDATE`;
      const proposal = await tx.db.proposal.findUnique({ where: { id } });
      if (!proposal) throw new AppError('not_found');
      const now = tx.realNow();
      if (stateOf(proposal, now) !== 'asked') throw new AppError('proposal_closed');
      if (!approve) {
        await tx.db.proposal.update({ where: { id }, data: { status: 'rejected', decidedBy, decidedAt: now } });
        return null;
      }
      if (proposal.askedBy === decidedBy) throw new AppError('proposal_own');
      const { fromAccount: from, toAccount: to, minor, currency, bookingId, claimId, reason } = proposal;
      await holdAccounts(tx, [from, to]);
      const booking = bookingId ? await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { orgId: true } }) : null;
      const claim = claimId ? await claimFor(tx, claimId, { minor, currency }) : null;
      const { id: transferId } = await book(tx, {
        kind: 'manual', key: `manual:${id}`, bookingId, orgId: claim?.orgId ?? ownerOf(from).orgId ?? ownerOf(to).orgId ?? booking?.orgId ?? null,
        entries: byHand(from as Account, to as Account, { minor, currency: currency as Currency }), reason,
      });
      await tx.db.proposal.update({ where: { id }, data: { status: 'approved', decidedBy, decidedAt: now, transferId } });
      if (claim) await reduceByHand(tx, claim, { kind: from === 'bank:platform' ? 'received' : 'waived', minor, transferId });
      else if (bookingId && [from, to].includes(`dispute:${bookingId}`) && !await coversClaims(tx, bookingId, currency)) throw new AppError('account_claimed');
      return null;
    });
  } catch (error) {
    if (conflict(error)?.constraint === 'balance_not_negative') throw new AppError('account_short');
    throw error;
  }
}

/** Holds the money of the bookings whose accounts are moved, in one order for everybody. @throws AppError `account_frozen` where a dispute has frozen what is held. */
async function holdAccounts(tx: Context, accounts: readonly string[]): Promise<void> {
  const bookings = [...new Set(accounts.flatMap((account) => ownerOf(account).bookingId ?? []))].sort();
  for (const bookingId of bookings) await holdMoney(tx, bookingId);
  const held = bookings.filter((bookingId) => accounts.includes(`escrow:${bookingId}`));
  if (await tx.db.dispute.count({ where: { bookingId: { in: held }, status: 'open' } }) > 0) throw new AppError('account_frozen');
}
