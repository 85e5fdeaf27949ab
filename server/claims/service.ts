import { ownersOf } from '../booking/service.ts';
import { transact, type Context, type SignedIn } from '../core/context.ts';
import type { Claim, ClaimPart, Payout } from '../core/db/client.ts';
import { setDeadline } from '../core/deadlines.ts';
import { AppError } from '../core/errors.ts';
import { longDay } from '../core/letters.ts';
import { localeOf } from '../core/locale.ts';
import { amountOf, inFigures, toWire, type Money } from '../core/money.ts';
import { permitOperator } from '../core/operators.ts';
import { addJob, tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { addDays, dayIn, fromDay, instantAt, toDay, type Day } from '../core/time.ts';
import { lockSeller, wakePayouts } from '../escrow/service.ts';
import { setOff, type Share } from '../ledger/entries.ts';
import { balanceOf, book } from '../ledger/service.ts';
import { claimLetter, type ClaimNews } from './letters.ts';
import { limitOf, sharedOut } from './shares.ts';

/** The zone in which a limit ends. */
const ourZone = 'Europe/Paris';
/** Days after which our people hear again of a claim that nobody has decided. */
const againDays = 7;

const today = (ctx: Context): Day => dayIn(ctx.now(), ourZone);
/** When something may be kept for a claim: the limit's last day is whole. */
const endOf = (dueDay: Day): Date => instantAt(addDays(dueDay, 1), '00:00', ourZone);
const isOver = (ctx: Context, { dueDay }: Pick<Claim, 'dueDay'>): boolean => today(ctx) > toDay(dueDay);

/* What opens one. */

/**
 * A lost dispute left `missing` of a booking uncovered: its producer, and its booker where one had a share of it, owe back what reached them, once for a matter. What reached neither stands on the account of the booking
 * as before. In the caller's transaction, which holds the booking's money.
 */
export async function openClaims(tx: Context, { bookingId, ref, missing }: { readonly bookingId: string; readonly ref: string; readonly missing: Money }): Promise<void> {
  const [credits, before, matter] = await Promise.all([
    tx.db.entry.findMany({ where: { currency: missing.currency, minor: { gt: 0n }, transfer: { bookingId, kind: { in: ['release', 'indemnity'] } }, OR: [{ account: { startsWith: 'payable:' } }, { account: { startsWith: 'commission:booker:' } }] } }),
    tx.db.claim.findMany({ where: { bookingId } }),
    tx.db.chargeback.findUnique({ where: { ref }, select: { reason: true } }),
  ]);
  const of = (share: Share) => credits.filter(({ account }) => account.startsWith(share === 'producer' ? 'payable:' : 'commission:booker:'));
  const rest = (share: Share): bigint => of(share).reduce((all, { minor }) => all + minor, 0n) - before.filter((one) => one.share === share).reduce((all, { minor }) => all + minor, 0n);
  const owed = sharedOut(missing, { producer: rest('producer'), booker: rest('booker') });
  const dueDay = limitOf(today(tx));
  const fresh = (['producer', 'booker'] as const).map((share) => ({ share, orgId: of(share)[0]?.account.split(':').at(-1) ?? '', amount: owed[share] })).filter(({ amount }) => amount.minor > 0n).sort((a, b) => (a.orgId < b.orgId ? -1 : 1));
  for (const { share, orgId, amount } of fresh) {
    await lockSeller(tx, orgId);
    const id = tx.newId('clm');
    await tx.db.claim.create({ data: { id, ref, bookingId, orgId, share, ...amount, leftMinor: amount.minor, reason: matter?.reason ?? '', openedAt: tx.now(), dueDay: fromDay(dueDay) } });
    await setDeadline(tx, 'claim.due', id, endOf(dueDay));
    await tell(tx, 'claim.opened', { bookingId, claimId: id });
  }
}

/** Whether a matter was lost and is claimed: the bank's last word is kept. */
export const isClaimed = async (ctx: Context, ref: string): Promise<boolean> => await ctx.db.claim.count({ where: { ref } }) > 0;

/* What brings one down. */

/** Holds a claim until the transaction ends, after its debtor's payouts. @throws AppError `not_found`. */
async function holdClaim(tx: Context, id: string): Promise<Claim> {
  const found = await tx.db.claim.findUnique({ where: { id }, select: { orgId: true } });
  if (!found) throw new AppError('not_found');
  await lockSeller(tx, found.orgId);
  return tx.db.claim.findUniqueOrThrow({ where: { id } });
}

/** What a transfer took off a claim that the caller holds. */
async function reduce(tx: Context, claim: Claim, part: Pick<ClaimPart, 'kind' | 'minor' | 'transferId'> & { readonly payoutId?: string }): Promise<void> {
  const { id: claimId, orgId, bookingId } = claim;
  const leftMinor = claim.leftMinor - part.minor;
  const partId = tx.newId('clp');
  await tx.db.claimPart.create({ data: { id: partId, claimId, orgId, ...part, at: tx.now() } });
  await tx.db.claim.update({ where: { id: claimId }, data: { leftMinor, ...(leftMinor === 0n && { status: 'closed', closedAt: tx.now() }) } });
  await tell(tx, 'claim.reduced', { bookingId, claimId, partId });
}

/**
 * Keeps of a payout that nobody was asked for yet what its organisation owes for lost disputes: confirmed claims whose limit is over, the oldest limit first, never more than the payout. What is left of a claim waits for the next.
 * The caller holds the organisation's payouts. Says the payout as it stands then; `withheld` when nothing is left of it.
 */
export async function keepForClaims(tx: Context, payout: Payout): Promise<Payout> {
  if (payout.fixedAt || payout.minor === 0n || !['sent', 'waiting'].includes(payout.status)) return payout;
  const { id: payoutId, orgId, share, currency } = payout;
  const due = await tx.db.claim.findMany({ where: { orgId, currency, status: 'confirmed', dueDay: { lt: fromDay(today(tx)) } }, orderBy: [{ dueDay: 'asc' }, { id: 'asc' }] });
  let { minor, keptMinor } = payout;
  for (const claim of due) {
    const kept = claim.leftMinor < minor ? claim.leftMinor : minor;
    if (kept === 0n) break;
    const { bookingId } = claim;
    const transfer = await book(tx, { kind: 'set_off', key: `set_off:${claim.id}:${payoutId}`, bookingId, orgId, entries: setOff(orgId, share, { bookingId, kept: amountOf({ minor: kept, currency }) }), reason: `Kept of payout ${payoutId} for claim ${claim.id}` });
    await reduce(tx, claim, { kind: 'kept', minor: kept, transferId: transfer.id, payoutId });
    [minor, keptMinor] = [minor - kept, keptMinor + kept];
  }
  return keptMinor === payout.keptMinor ? payout : tx.db.payout.update({ where: { id: payoutId }, data: { minor, keptMinor, ...(minor === 0n && { status: 'withheld' }) } });
}

/** The claim that a transfer by hand is to bring down, held; its amount and currency fit. @throws AppError `not_found`, `claim_less`, `account_currency`. */
export async function claimFor(tx: Context, id: string, { minor, currency }: { readonly minor: bigint; readonly currency: string }): Promise<Claim> {
  const claim = await holdClaim(tx, id);
  if (claim.currency !== currency) throw new AppError('account_currency', { currency: claim.currency });
  if (claim.leftMinor < minor) throw new AppError('claim_less', { left: String(claim.leftMinor) });
  return claim;
}

/** Two of our people say that a debtor's transfer reached our bank, or that we bear what is left. In the caller's transaction, which holds the claim. */
export const reduceByHand = (tx: Context, claim: Claim, part: Pick<ClaimPart, 'minor' | 'transferId'> & { readonly kind: 'received' | 'waived' }): Promise<void> => reduce(tx, claim, part);

/** Whether what is claimed over a booking is still all there: what is settled by hand past its claims would be kept of somebody twice. */
export async function coversClaims(ctx: Context, bookingId: string, currency: string): Promise<boolean> {
  const { _sum } = await ctx.db.claim.aggregate({ where: { bookingId, currency }, _sum: { leftMinor: true } });
  const left = _sum.leftMinor ?? 0n;
  return left === 0n || left <= -(await balanceOf(ctx, `dispute:${bookingId}`, currency)).minor;
}

/** What is still claimed over each booking, in minor units. */
export async function leftOf(ctx: Context): Promise<ReadonlyMap<string, bigint>> {
  const rows = await ctx.db.claim.groupBy({ by: ['bookingId', 'currency'], where: { status: { not: 'closed' } }, _sum: { leftMinor: true } });
  return new Map(rows.map(({ bookingId, currency, _sum }) => [`${bookingId} ${currency}`, _sum.leftMinor ?? 0n]));
}

/* What happens after. */

/** The receivable over a booking came down: what waited for it is tried again. */
export const wakeAfter = (tx: Context, bookingId: string): Promise<void> => wakePayouts(tx, bookingId);

/** The limit of a claim is over: what is confirmed is kept of what waits to be paid out; what nobody decided is an alert, each week. */
export async function claimDue(tx: Context, id: string): Promise<void> {
  const { status, orgId, bookingId, dueDay } = await holdClaim(tx, id);
  // Moved meanwhile, its own date comes.
  if (status === 'closed' || endOf(toDay(dueDay)) > tx.now()) return;
  if (status !== 'confirmed') {
    tx.log.error({ claimId: id, bookingId, status }, 'the limit of a claim is over and nobody has decided on it: nothing is kept until somebody does');
    await setDeadline(tx, 'claim.due', id, new Date(tx.now().getTime() + againDays * 86_400_000));
    return;
  }
  for (const payout of await tx.db.payout.findMany({ where: { orgId, status: { in: ['sent', 'waiting'] }, providerRef: null }, select: { id: true } })) await addJob(tx, 'payout', { payoutId: payout.id }, { key: `payout:${payout.id}` });
}

/** Writes to the debtor and each of its heads, once for each step; of two decisions at once it reads the later one, once. */
export async function tellDebtor(tx: Context, { news, claimId, partId }: { readonly news: ClaimNews; readonly claimId: string; readonly partId?: string }): Promise<void> {
  const claim = await tx.db.claim.findUniqueOrThrow({ where: { id: claimId } });
  const part = partId ? await tx.db.claimPart.findUniqueOrThrow({ where: { id: partId } }) : null;
  const { orgId, bookingId, currency, dueDay, status, decision, decidedAt } = claim;
  const cause = partId ?? `${claimId}${news === 'decided' ? `:${decidedAt?.toISOString() ?? ''}` : ''}`;
  const [org, show] = await Promise.all([
    tx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, include: { members: { where: { role: { in: ['owner', 'manager'] } }, include: { user: true } } } }),
    tx.db.show.findUniqueOrThrow({ where: { bookingId }, select: { title: true, day: true } }),
  ]);
  const to = new Map([[org.email.toLowerCase(), localeOf(org.locale)], ...org.members.map(({ user }) => [user.email.toLowerCase(), localeOf(user.locale)] as const)]);
  for (const [email, locale] of to) {
    const money = (minor: bigint) => inFigures(amountOf({ minor, currency }), locale);
    const letter = claimLetter(locale, { news, confirmed: status === 'confirmed', part: part?.kind ?? null, closed: claim.leftMinor === 0n }, {
      org: org.name, show: show.title, day: longDay(locale, toDay(show.day)), amount: money(claim.minor), left: money(claim.leftMinor), taken: money(part?.minor ?? 0n), until: longDay(locale, toDay(dueDay)), words: decision,
    }, `${tx.config.urls.platform}/payouts`);
    await post(tx, { cause: `claim:${cause}:${email}`, email, orgId }, letter);
  }
}

/* What the debtor sees and says. */

async function viewOf(ctx: Context, rows: readonly (Claim & { parts: ClaimPart[] })[]) {
  const bookingIds = [...new Set(rows.map(({ bookingId }) => bookingId))];
  const [shows, contracts, orgs] = await Promise.all([
    ctx.db.show.findMany({ where: { bookingId: { in: bookingIds } } }), ctx.db.contract.findMany({ where: { bookingId: { in: bookingIds } }, select: { bookingId: true, number: true } }),
    ctx.db.organisation.findMany({ where: { id: { in: rows.map(({ orgId }) => orgId) } }, select: { id: true, name: true } }),
  ]);
  return rows.map((claim) => {
    const { id, bookingId, orgId, share, currency, reason, status, openedAt, dueDay, contest, contestedAt, decision, decidedAt, closedAt, parts } = claim;
    const show = shows.find((one) => one.bookingId === bookingId);
    const wire = (minor: bigint) => toWire(amountOf({ minor, currency }));
    const over = isOver(ctx, claim);
    return {
      id, bookingId, share, debtor: orgs.find((org) => org.id === orgId)?.name ?? '', reference: contracts.find((one) => one.bookingId === bookingId)?.number ?? '', title: show?.title ?? '', showDay: show ? toDay(show.day) : toDay(openedAt), place: [show?.place, show?.city].filter(Boolean).join(', '),
      amount: wire(claim.minor), left: wire(claim.leftMinor), reason, status, openedAt: openedAt.toISOString(), until: toDay(dueDay), over, contest, contestedAt: contestedAt?.toISOString() ?? null, decision, decidedAt: decidedAt?.toISOString() ?? null, closedAt: closedAt?.toISOString() ?? null,
      parts: parts.map(({ id: partId, kind, minor, payoutId, at }) => ({ id: partId, kind, amount: wire(minor), payoutId, at: at.toISOString() })),
    };
  });
}

const withParts = { parts: { orderBy: [{ at: 'asc' as const }, { id: 'asc' as const }] } };
const newest = [{ openedAt: 'desc' as const }, { id: 'desc' as const }];

/** Every claim on the organisation acted for, the newest first, with the account that a transfer goes to. @throws AppError as `permit` does. */
export async function readOwnClaims(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'payout.read', { orgId });
  const rows = await viewOf(ctx, await ctx.db.claim.findMany({ where: { orgId }, include: withParts, orderBy: newest }));
  const { iban, name } = ctx.config.company;
  return { claims: rows.map((one) => ({ ...one, mayContest: ctx.actor.mandated !== true && mayContest(one) })), account: { name, iban } };
}

const mayContest = ({ status, over, contestedAt }: { readonly status: Claim['status']; readonly over: boolean; readonly contestedAt: unknown }): boolean => (status === 'asked' || status === 'confirmed') && !over && contestedAt === null;

/** What is claimed over a booking of whoever acts: of the artist's side the producer's claim, of a booker its own. The buyer reads none of it. @throws AppError as `permit` does. */
export async function readClaimsOf(ctx: SignedIn, bookingId: string) {
  if (permit(ctx.actor, 'payment.read', await ownersOf(ctx, bookingId)) !== 'artist') return [];
  return viewOf(ctx, await ctx.db.claim.findMany({ where: { bookingId, OR: [{ share: 'producer' }, { orgId: ctx.actor.orgId }] }, include: withParts, orderBy: newest }));
}

/**
 * The debtor contests a claim in words, once, within its limit: nothing is kept for it until our people answer.
 *
 * @throws AppError `not_found`, `claim_closed`, `claim_said`, `claim_late` with the last day; and as `permit` does.
 */
export function contestClaim(ctx: SignedIn, { id, words }: { readonly id: string; readonly words: string }): Promise<null> {
  return transact(ctx, async (tx) => {
    const found = await tx.db.claim.findUnique({ where: { id } });
    if (!found) throw new AppError('not_found');
    permit(tx.actor, 'payout.edit', { orgId: found.orgId });
    const claim = await holdClaim(tx, id);
    if (claim.status === 'closed') throw new AppError('claim_closed');
    if (claim.contestedAt) throw new AppError('claim_said');
    if (isOver(tx, claim)) throw new AppError('claim_late', { until: toDay(claim.dueDay) });
    await tx.db.claim.update({ where: { id }, data: { status: 'contested', contest: words, contestedAt: tx.now() } });
    tx.log.error({ claimId: id, bookingId: claim.bookingId }, 'a claim over a lost dispute is contested: somebody has to answer');
    await tell(tx, 'claim.contested', { bookingId: claim.bookingId, claimId: id });
    return null;
  });
}

/** What was kept of a payout, claim by claim, as its statement shows it. Minor units. */
export async function keptOf(ctx: Context, payoutId: string) {
  const parts = await ctx.db.claimPart.findMany({ where: { payoutId }, include: { claim: true }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  const claims = await viewOf(ctx, parts.map(({ claim }) => ({ ...claim, parts: [] })));
  return parts.flatMap(({ claimId, minor }, i) => {
    const { bookingId, reference, title, showDay, place } = claims[i] ?? {};
    return bookingId && reference !== undefined && title !== undefined && showDay && place !== undefined ? [{ claimId, minor, bookingId, reference, title, showDay, place }] : [];
  });
}

/* For our own people. */

/** Every claim of which something is left, the contested first, then by limit. @throws AppError as `permitOperator` does. */
export async function readOpenClaims(ctx: Context) {
  await permitOperator(ctx);
  const rows = await viewOf(ctx, await ctx.db.claim.findMany({ where: { status: { not: 'closed' } }, include: withParts, orderBy: [{ dueDay: 'asc' }, { id: 'asc' }] }));
  return [...rows.filter(({ status }) => status === 'contested'), ...rows.filter(({ status }) => status !== 'contested')];
}

/**
 * One of our people answers: the claim stands as it is, or has until a later day. What was contested is answered by confirming; what lets go of a claim is a transfer by hand, under four eyes.
 *
 * @param answer `until` is a new last day, after today and after the old one.
 * @throws AppError `not_found`, `claim_closed` when nothing is left of it or it stands confirmed already, `input_invalid` for such a day; and as `permitOperator` does.
 */
export function answerClaim(ctx: Context, { id, words, ...answer }: { readonly id: string; readonly words: string } & ({ readonly confirm: true } | { readonly confirm: false; readonly until: Day })): Promise<null> {
  return transact(ctx, async (tx) => {
    const decidedBy = await permitOperator(tx);
    const claim = await holdClaim(tx, id);
    const { status, bookingId } = claim;
    if (status === 'closed' || (answer.confirm && status === 'confirmed')) throw new AppError('claim_closed');
    if (!answer.confirm && (answer.until <= toDay(claim.dueDay) || answer.until < today(tx))) throw new AppError('input_invalid', { field: 'until' });
    const dueDay = answer.confirm ? toDay(claim.dueDay) : answer.until;
    await tx.db.claim.update({ where: { id }, data: { ...(answer.confirm && { status: 'confirmed' }), dueDay: fromDay(dueDay), decision: words, decidedBy, decidedAt: tx.now() } });
    await setDeadline(tx, 'claim.due', id, endOf(dueDay));
    await tell(tx, 'claim.decided', { bookingId, claimId: id });
    return null;
  });
}
