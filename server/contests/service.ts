import { contestDays } from '../accounting/mandate.ts';
import { replaceInvoice } from '../billing/service.ts';
import { readOwed } from '../invoices/service.ts';
import { ownersOf } from '../booking/service.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import type { Invoice, InvoiceContest } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { toWire, type Currency } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { addDays, dayIn, toDay, type Day } from '../core/time.ts';
import { permitOperator } from '../identity/service.ts';

/** The issuer of our own invoices, which nobody gave a mandate for. */
const us = 'platform';

type Status = 'open' | 'upheld' | 'refused' | 'withdrawn';
type Contested = InvoiceContest & { readonly invoice: Invoice };

/** The last day on which a producer may contest an invoice, by its mandate. */
const lastDayOf = ({ issuedDay }: Pick<Invoice, 'issuedDay'>): Day => addDays(toDay(issuedDay), contestDays);

/** What still stands of an invoice that was written under a mandate: nothing where it was taken back, or where its producer said that a transfer paid it. */
async function standsOf(ctx: Context, { id, issuerOrgId, bookingId, paidAt, totalMinor }: Invoice): Promise<boolean> {
  if (issuerOrgId === us) return false;
  const { _sum: { totalMinor: credited } } = await ctx.db.creditNote.aggregate({ where: { invoiceId: id }, _sum: { totalMinor: true } });
  if (totalMinor === (credited ?? 0n)) return false;
  return paidAt === null || await ctx.db.contract.count({ where: { bookingId, path: 'public' } }) === 0;
}

/**
 * The producer contests an invoice that was written under its mandate, within the delay of it, once (INV-02: CGI art. 289, I-2; BOI-TVA-DECLA-30-20-10). The buyer and our people are told.
 *
 * @throws AppError `not_found`, `invoice_is_ours`, `contest_made`, `contest_late` with the last day, `invoice_settled` when nothing of it stands; and as `permit` does.
 */
export function contestInvoice(ctx: SignedIn, { id, reason }: { readonly id: string; readonly reason: string }): Promise<null> {
  return transact(ctx, async (tx) => {
    const invoice = await ownOf(tx, id);
    const { bookingId, issuerOrgId: orgId, number } = invoice;
    if (await tx.db.invoiceContest.count({ where: { invoiceId: id } }) > 0) throw new AppError('contest_made');
    const org = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
    const until = lastDayOf(invoice);
    if (dayIn(tx.now(), org.timeZone) > until) throw new AppError('contest_late', { until });
    if (!await standsOf(tx, invoice)) throw new AppError('invoice_settled');
    await tx.db.invoiceContest.create({ data: { invoiceId: id, orgId, bookingId, userId: tx.actor.userId ?? '', reason, at: tx.now() } });
    await tell(tx, 'invoice.contested', { bookingId, invoiceId: id });
    for (const email of tx.config.operators) {
      await post(tx, { cause: `invoice.contested:${id}:${email}`, email }, {
        locale: 'fr', subject: `Facture contestée : ${number}, ${org.name}`, greeting: 'Bonjour,', paragraphs: [`${org.name} (${orgId}) conteste la facture ${number}, établie sous son mandat.`, reason], why: 'Message envoyé depuis le dossier.',
        act: { label: 'Répondre', url: `${tx.config.urls.platform}/operations` },
      });
    }
    return null;
  });
}

/** An invoice of the actor's own, with the booking's papers held until the commit. */
async function ownOf(tx: Context & SignedIn, id: string): Promise<Invoice> {
  const found = await tx.db.invoice.findUnique({ where: { id } });
  if (!found) throw new AppError('not_found');
  const owners = await ownersOf(tx, found.bookingId);
  if (permit(tx.actor, 'invoice.contest', owners) !== 'artist') throw new AppError('role_too_low', { act: 'invoice.contest' });
  if (found.issuerOrgId === us) throw new AppError('invoice_is_ours');
  // Its booker's stands under the booker's own mandate.
  if (found.issuerOrgId !== owners.orgId) throw new AppError('not_found');
  await lock(tx, `invoice:${found.bookingId}`);
  return tx.db.invoice.findUniqueOrThrow({ where: { id } });
}

/** The producer takes it back: the invoice stands as it is. @throws AppError `not_found`, `contest_closed`; and as `permit` does. */
export function withdrawContest(ctx: SignedIn, id: string): Promise<null> {
  return transact(ctx, async (tx) => {
    const invoice = await ownOf(tx, id);
    return close(tx, invoice, { status: 'withdrawn', closedBy: tx.actor.userId ?? '' });
  });
}

/** How our people answer: upheld, with a corrected invoice behind the credit note where one follows, or refused. The words are said to both sides. */
export interface Answer {
  readonly id: string;
  readonly uphold: boolean;
  readonly again: boolean;
  readonly words: string;
}

/**
 * Our own people answer. Upheld, a credit note takes back what the invoice still stands for and says why; `again` has a corrected one follow, as it has to where the invoice was paid through us.
 *
 * @throws AppError `not_found`, `contest_closed`, and as `permitOperator` and `replaceInvoice` do.
 */
export function answerContest(ctx: Context, { id, uphold, again, words }: Answer): Promise<null> {
  return transact(ctx, async (tx) => {
    const closedBy = await permitOperator(tx);
    const invoice = await tx.db.invoice.findUnique({ where: { id } });
    if (!invoice) throw new AppError('not_found');
    await lock(tx, `invoice:${invoice.bookingId}`);
    if (await tx.db.invoiceContest.count({ where: { invoiceId: id, status: 'open' } }) === 0) throw new AppError('contest_closed');
    const papers = uphold ? await replaceInvoice(tx, { invoiceId: id, reason: `Contestation du mandant accueillie : ${words}`, again }) : {};
    return close(tx, invoice, { status: uphold ? 'upheld' : 'refused', words, closedBy, ...papers });
  });
}

async function close(tx: Context, { id, bookingId }: Invoice, closed: { readonly status: Status; readonly closedBy: string; readonly words?: string; readonly creditId?: string; readonly correctedId?: string | null }): Promise<null> {
  const { count } = await tx.db.invoiceContest.updateMany({ where: { invoiceId: id, status: 'open' }, data: { ...closed, closedAt: tx.now() } });
  if (count === 0) throw new AppError('contest_closed');
  await tell(tx, 'invoice.answered', { bookingId, invoiceId: id });
  return null;
}

/* Reading. */

const viewOf = ({ reason, at, status, words, closedAt }: InvoiceContest) => ({ reason, at: at.toISOString(), status: status as Status, words, closedAt: closedAt?.toISOString() ?? null });

/** Of each invoice of a booking under a mandate that was contested or still may be: what was said of it, to both sides, and the last day on which its producer may contest it, to the producer. */
export async function readContests(ctx: SignedIn, bookingId: string) {
  const owners = await ownersOf(ctx, bookingId);
  const side = permit(ctx.actor, 'invoice.read', owners);
  const invoices = await ctx.db.invoice.findMany({ where: { bookingId, issuerOrgId: owners.orgId }, include: { contest: true }, orderBy: { id: 'asc' } });
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: owners.orgId } });
  const today = dayIn(ctx.now(), timeZone);
  const all = await Promise.all(invoices.map(async ({ contest, ...invoice }) => {
    const until = lastDayOf(invoice);
    return { invoiceId: invoice.id, contest: contest && viewOf(contest), until: side === 'artist' && !contest && today <= until && await standsOf(ctx, invoice) ? until : null };
  }));
  return all.filter(({ contest, until }) => contest !== null || until !== null);
}

async function listed(ctx: Context, contests: readonly Contested[]) {
  const owed = await readOwed(ctx, contests.map(({ invoice }) => invoice));
  const orgs = await ctx.db.organisation.findMany({ where: { id: { in: contests.flatMap(({ invoice }) => [invoice.issuerOrgId, invoice.payerOrgId]) } } });
  const name = (orgId: string): string => { const org = orgs.find(({ id }) => id === orgId); return org?.legalName || (org?.name ?? ''); };
  return contests.map(({ invoice, ...contest }) => ({
    ...viewOf(contest), invoiceId: invoice.id, bookingId: invoice.bookingId, number: invoice.number, issuer: name(invoice.issuerOrgId), payer: name(invoice.payerOrgId), total: toWire({ minor: invoice.totalMinor, currency: invoice.currency as Currency }),
    /** Paid through us: a corrected invoice has to follow. */
    paid: (owed.get(invoice.id)?.minor ?? 0n) === 0n,
  }));
}

/** What the actor's organisation has contested, the newest first. @throws AppError as `permit` does. */
export async function readOwnContests(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'accounts.read', { orgId });
  return listed(ctx, await ctx.db.invoiceContest.findMany({ where: { orgId }, include: { invoice: true }, orderBy: [{ at: 'desc' }, { invoiceId: 'asc' }] }));
}

/** What waits for our people, the oldest first. @throws AppError as `permitOperator` does. */
export async function readOpenContests(ctx: Context) {
  await permitOperator(ctx);
  return listed(ctx, await ctx.db.invoiceContest.findMany({ where: { status: 'open' }, include: { invoice: true }, orderBy: [{ at: 'asc' }, { invoiceId: 'asc' }] }));
}
