import assert from 'node:assert/strict';
import { advance, ownersOf } from '../booking/service.ts';
import { lock, type Context, type SignedIn } from '../core/context.ts';
import { dropDeadline } from '../core/deadlines.ts';
import type { BookerShare, Contract, CreditNote, Invoice, InvoicingMandate, Organisation, Show } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { keepFile } from '../core/files.ts';
import { sum, toWire, type Currency, type Money } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { dayIn, daysBetween, fromDay, toDay, type Day } from '../core/time.ts';
import { frenchRib } from '../legal/french.ts';
import { latePayment, type Debtor } from '../legal/late.ts';
import { credit } from '../ledger/entries.ts';
import { book } from '../ledger/service.ts';
import { facturX } from './facturx.ts';
import { creditOf, date, piecesOf, titleOf, vatOf, type Draft, type Party } from './invoice.ts';
import { isForPeppol, normOf } from './norm.ts';
import { numberOf, seriesOf } from './numbering.ts';
import { ubl } from './ubl.ts';

/** The issuer of our own invoices. */
export const us = 'platform';
/** Where we are: our own invoices are of the day, and of the year, that it is there. */
export const ourZone = 'Europe/Paris';
/** Where the tax on our commission is due: we are French. */
export const ourJurisdiction = 'FR';

/* The sale that an invoice speaks of. */

/** A sale as its papers speak of it. */
export interface Deal {
  readonly bookingId: string;
  readonly contract: Contract;
  readonly show: Show;
  readonly artist: Organisation;
  readonly buyer: Organisation;
  /** Who is paid out of the producer's part, with what the contract keeps of it; null where nobody is. */
  readonly booker: { readonly share: BookerShare; readonly org: Organisation } | null;
  readonly currency: Currency;
  readonly vatBps: bigint;
  /** What was sold, where and when. */
  readonly label: string;
  readonly order: Draft['order'];
}

/** The sale of a booking that has a contract. */
export async function dealOf(tx: Context, bookingId: string): Promise<Deal> {
  const contract = await tx.db.contract.findUniqueOrThrow({ where: { bookingId } });
  const show = await tx.db.show.findUniqueOrThrow({ where: { bookingId } });
  const purchase = await tx.db.purchase.findUnique({ where: { bookingId } });
  const artist = await tx.db.organisation.findUniqueOrThrow({ where: { id: contract.orgId } });
  const buyer = await tx.db.organisation.findUniqueOrThrow({ where: { id: contract.buyerOrgId } });
  const share = await tx.db.bookerShare.findUnique({ where: { bookingId } });
  const booker = share && { share, org: await tx.db.organisation.findUniqueOrThrow({ where: { id: share.bookerOrgId } }) };
  const place = [show.place, show.city].filter((part, i, all) => part && all.indexOf(part) === i).join(', ');
  return {
    bookingId, contract, show, artist, buyer, booker, currency: contract.currency as Currency, vatBps: BigInt(contract.vatBps),
    label: `cession du droit d’exploitation du spectacle « ${show.title} », ${date(toDay(show.day))}, ${place}`,
    order: purchase ? { number: purchase.orderNumber, serviceCode: purchase.serviceCode, commitment: purchase.commitmentNumber, market: purchase.marketNumber } : null,
  };
}

/** What the producer's own invoices have in common. */
export function cession({ contract, artist, buyer, vatBps, order }: Deal) {
  return { issuerOrgId: artist.id, payerOrgId: buyer.id, issuer: partyOf(artist), payer: partyOf(buyer), vatBps, vatCitation: contract.vatCitation, order, ...(artist.vatOnDebits && artist.country === 'FR' && vatBps > 0n && { debits: true }) };
}

/** The price of a sale and its tax. */
export function whole({ contract, currency, vatBps }: Deal): { net: Money; vat: Money } {
  const net: Money = { minor: contract.priceMinor, currency };
  return { net, vat: vatOf(net, vatBps) };
}

/** An organisation as a paper names it: by its legal name where it has one. */
export const partyOf = ({ kind, name, legalName, ...rest }: Organisation): Party & { isPerson: boolean } => {
  const { legalForm, siret, registration, vatNumber, address, postcode, city, country, iban } = rest;
  return { name: legalName || name, isPerson: kind === 'person', legalForm, siret, registration, vatNumber, address, postcode, city, country, iban };
};

/* Writing. */

/** The mandate under which we write a producer's invoices, the latest text of it; null when none was given, or it was ended. `turn` counts how often it was ended, from 1. */
export async function mandateNow(ctx: Context, orgId: string): Promise<{ turn: number; given: InvoicingMandate | null }> {
  const turn = await ctx.db.mandateEnd.count({ where: { orgId } }) + 1;
  return { turn, given: await ctx.db.invoicingMandate.findFirst({ where: { orgId, turn }, orderBy: { version: 'desc' } }) };
}

/** What an invoice is to say, all but its number. */
type Ask = Omit<Draft, 'kind' | 'number' | 'printer' | 'contract' | 'serviceDay' | 'payer'> & {
  readonly kind: Invoice['kind'];
  readonly issuerOrgId: string;
  readonly payerOrgId: string;
  readonly payer: Party & { readonly isPerson: boolean };
  readonly paidAt: Date | null;
  /** Whose invoice it is, of what was paid before the show. */
  readonly paymentId?: string;
  readonly version?: number;
};

/** Numbers, prints and keeps an invoice: one of its kind for a booking, and one for a payment, of each version. The row of the series stays locked until the commit, so that a number is never lost nor given twice. Null where it was there. */
export async function issue(tx: Context, deal: Deal, { issuerOrgId, payerOrgId, paidAt, paymentId, version = 1, ...ask }: Ask): Promise<string | null> {
  const { bookingId, contract, show, currency } = deal;
  await lock(tx, `invoice:${bookingId}`);
  if (await tx.db.invoice.count({ where: { bookingId, kind: ask.kind, version } }) > 0) return null;
  const mandate = issuerOrgId === us ? null : (await mandateNow(tx, issuerOrgId)).given;
  const draft = {
    ...ask, printer: tx.config.company.name, contract: contract.number, serviceDay: toDay(show.day), ...(mandate ? { mandateDay: dayIn(mandate.acceptedAt, (issuerOrgId === deal.booker?.org.id ? deal.booker.org : deal.artist).timeZone) } : {}),
  };
  const paper = await write(tx, issuerOrgId, draft);
  const paid = draft.received.reduce((before, { amount }) => before + amount.minor, 0n);
  const id = tx.newId('inv');
  await tx.db.invoice.create({
    data: {
      ...paper, id, issuerOrgId, payerOrgId, bookingId, kind: ask.kind, paymentId: paymentId ?? null, version, currency, netMinor: draft.net.minor, vatBps: Number(draft.vatBps), vatMinor: draft.vat.minor,
      totalMinor: draft.net.minor + draft.vat.minor, paidMinor: paid, issuedDay: fromDay(draft.issuedDay), dueDay: fromDay(draft.dueDay), paidAt,
    },
  });
  await tell(tx, 'invoice.issued', { bookingId, invoiceId: id });
  return id;
}

/** Numbers, prints and keeps a paper in its issuer's series: as a PDF with its Factur-X inside, as that XML, and as Peppol's where a party is Belgian. */
export async function write(tx: Context, issuerOrgId: string, ask: Omit<Draft, 'number'>, apart?: string) {
  const series = apart ?? seriesOf(ask.issuedDay, issuerOrgId === us ? null : await sellerNumber(tx, issuerOrgId), ask.credits ? 'credit' : 'invoice');
  const sequence = await nextOf(tx, issuerOrgId, series);
  const number = numberOf(series, sequence);
  const draft: Draft = { ...ask, number };
  const norm = normOf(draft);
  const xml = facturX(draft, norm);
  const bytes = await tx.adapters.print({
    title: titleOf(draft), subject: draft.label, author: draft.issuer.name, lang: 'fr-FR', footer: `${draft.issuer.name} · ${number}`, blocks: piecesOf(draft), facturX: xml, at: tx.now(),
  });
  const keepXml = (name: string, text: string) => keepFile(tx, { orgId: issuerOrgId, name, mime: 'application/xml', bytes: Buffer.from(text) });
  const fileId = await keepFile(tx, { orgId: issuerOrgId, name: `${number}.pdf`, mime: 'application/pdf', bytes });
  const xmlFileId = await keepXml(`${number}.xml`, xml);
  const ublFileId = isForPeppol(draft, norm) ? await keepXml(`${number}-peppol.xml`, ubl(draft, norm)) : null;
  return { series, sequence, number, fileId, xmlFileId, ublFileId, content: JSON.parse(JSON.stringify(draft, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))) as object };
}

/** What was printed, as it was kept: whole numbers come back as such. */
export const draftOf = (content: unknown): Draft =>
  JSON.parse(JSON.stringify(content), (name, value: unknown) => ((name === 'minor' || name === 'vatBps') && typeof value === 'string' ? BigInt(value) : value)) as Draft;

/** A seller's own number, given with its first invoice. Two at once: the second waits for the first, and finds it. */
async function sellerNumber(tx: Context, orgId: string): Promise<number> {
  await tx.db.$executeRaw`UPDATE organisation SET seller_number = nextval('seller_number') WHERE id = ${orgId} AND seller_number IS NULL`;
  const { sellerNumber: number } = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { sellerNumber: true } });
  assert(number !== null, 'a seller has a number from its first invoice on');
  return number;
}

async function nextOf(tx: Context, issuerOrgId: string, series: string): Promise<number> {
  const [row] = await tx.db.$queryRaw<[{ last: number }]>`
    INSERT INTO invoice_series (issuer_org_id, series, last) VALUES (${issuerOrgId}, ${series}, 1)
    ON CONFLICT (issuer_org_id, series) DO UPDATE SET last = invoice_series.last + 1 RETURNING last`;
  return row.last;
}

/* Crediting, and what is left. */

/** The credit notes of an invoice, the oldest first. */
export const creditsOf = (ctx: Context, invoiceId: string): Promise<CreditNote[]> => ctx.db.creditNote.findMany({ where: { invoiceId }, orderBy: { id: 'asc' } });

/** What an invoice still stands for once its credit notes are taken off. */
export function leftOf({ netMinor, vatMinor, currency }: Invoice, credits: readonly CreditNote[]): { net: Money; vat: Money; total: Money } {
  const money = (minor: bigint): Money => ({ minor, currency: currency as Currency });
  const net = money(credits.reduce((left, one) => left - one.netMinor, netMinor));
  const vat = money(credits.reduce((left, one) => left - one.vatMinor, vatMinor));
  return { net, vat, total: sum(net, vat) };
}

/** What the payers of invoices still owe, by the invoice's id. */
export async function readOwed(ctx: Context, invoices: readonly Invoice[]): Promise<Map<string, Money>> {
  const credits = await ctx.db.creditNote.findMany({ where: { invoiceId: { in: invoices.map(({ id }) => id) } } });
  return new Map(invoices.map((invoice) => [invoice.id, owedOf(invoice, credits.filter(({ invoiceId }) => invoiceId === invoice.id))]));
}

/** What the payer of an invoice still owes. What was credited after it was paid is owed to the payer, and is not of the invoice any more. */
export function owedOf(invoice: Invoice, credits: readonly CreditNote[]): Money {
  const { total } = leftOf(invoice, credits);
  const minor = invoice.paidAt ? 0n : total.minor - invoice.paidMinor;
  return { ...total, minor: minor > 0n ? minor : 0n };
}

/**
 * Issues a credit note for an invoice, whole or in part, in the caller's transaction: numbered in a series of its own, printed and kept; the
 * invoice is never changed. `amount` is with tax. `again`: a corrected invoice follows, so that what was paid before stands again and the sale does not end. One of our commission gives it back in the ledger too. Whoever calls moves the buyer's money.
 *
 * @returns Its id, `crn_…`.
 * @throws AppError `not_found`; `credit_too_large` with what is left.
 */
export async function issueCredit(tx: Context, { invoiceId, amount, reason, again = false }: { readonly invoiceId: string; readonly amount: Money; readonly reason: string; readonly again?: boolean }): Promise<string> {
  const invoice = await tx.db.invoice.findUnique({ where: { id: invoiceId } });
  if (!invoice) throw new AppError('not_found');
  const { bookingId, issuerOrgId, payerOrgId, kind, vatBps } = invoice;
  await lock(tx, `invoice:${bookingId}`);
  const left = leftOf(invoice, await creditsOf(tx, invoiceId));
  if (amount.minor <= 0n || amount.currency !== invoice.currency || amount.minor > left.total.minor) throw new AppError('credit_too_large', { left: String(left.total.minor) });
  const { net, vat } = creditOf(amount, left, BigInt(vatBps));
  const invoiced = draftOf(invoice.content);
  const issuedDay = dayIn(tx.now(), issuerOrgId === us ? ourZone : (await tx.db.organisation.findUniqueOrThrow({ where: { id: issuerOrgId } })).timeZone);
  const paper = await write(tx, issuerOrgId, {
    ...invoiced, kind: 'credit', net, vat, issuedDay, dueDay: issuedDay, received: again && kind === 'final' ? invoiced.received : [], credits: { number: invoice.number, issuedDay: toDay(invoice.issuedDay), reason },
  });
  const id = tx.newId('crn');
  await tx.db.creditNote.create({
    data: {
      ...paper, id, invoiceId, issuerOrgId, payerOrgId, bookingId, netMinor: net.minor, vatBps, vatMinor: vat.minor, totalMinor: amount.minor, currency: amount.currency,
      issuedDay: fromDay(issuedDay), reason,
    },
  });
  if (kind === 'commission') {
    await book(tx, { kind: 'credit', key: `credit:${id}`, bookingId, orgId: payerOrgId, entries: credit(payerOrgId, { commission: net, vat, jurisdiction: ourJurisdiction }), reason: `Credit note ${paper.number}: ${reason}` });
  }
  if (amount.minor === left.total.minor) {
    await dropDeadline(tx, 'invoice.overdue', invoiceId);
    // Nothing is asked for any more, and nothing was earned: the sale ends without a commission.
    if (!again && kind === 'final' && !invoice.paidAt && await tx.db.booking.count({ where: { id: bookingId, status: 'played' } }) > 0) await advance(tx, bookingId, ['played'], 'settled');
  }
  await tell(tx, 'invoice.credited', { bookingId, invoiceId, creditId: id });
  return id;
}

/* Being late. */

/** What being late costs. */
export interface Late {
  readonly rate: bigint;
  readonly interest: Money;
  readonly fixed: Money;
  /** Minor units: what of it arrived, and what is still owed. */
  readonly received: bigint;
  readonly owed: bigint;
}

/** Whose law decides what being late costs. */
function debtorOf({ content }: Pick<Invoice, 'content'>): Debtor {
  const { settlement, payer } = draftOf(content);
  return settlement === 'public' ? 'public' : payer.isPerson ? 'person' : 'business';
}

/** What being late costs the payer of an invoice who owes `due` of it, until a day. */
export function lateOf(invoice: Pick<Invoice, 'content' | 'dueDay'>, due: Money, day: Day) {
  const { issuer, payer } = draftOf(invoice.content);
  return latePayment({ due, dueDay: toDay(invoice.dueDay), swiss: [issuer.country, payer.country].includes('CH') }, day, debtorOf(invoice));
}

/**
 * What the lateness of invoices costs, by their ids: reckoned to the day on which each was paid, or to `on`, today if not said otherwise; none of what is in time. Paid, a public
 * buyer's is still owed what did not arrive; of the others no more is asked.
 */
export async function readLate(ctx: Context, invoices: readonly Invoice[], { timeZone, on = dayIn(ctx.now(), timeZone) }: { readonly timeZone: string; readonly on?: Day }): Promise<Map<string, Late>> {
  const owed = await readOwed(ctx, invoices);
  const settlements = await ctx.db.settlement.findMany({ where: { invoiceId: { in: invoices.map(({ id }) => id) } } });
  return new Map(invoices.flatMap((invoice): [string, Late][] => {
    const { id, paidAt, paidMinor, currency } = invoice;
    const debtor = debtorOf(invoice);
    const due = paidAt ? { minor: debtor === 'public' ? paidMinor : 0n, currency: currency as Currency } : owed.get(id);
    if (!due || due.minor === 0n) return [];
    const { days, rate, interest, fixed } = lateOf(invoice, due, paidAt ? dayIn(paidAt, timeZone) : on);
    const received = settlements.filter(({ invoiceId }) => invoiceId === id).reduce((all, { lateMinor }) => all + lateMinor, 0n);
    return days > 0 ? [[id, { rate, interest, fixed, received, owed: interest.minor + fixed.minor - received }]] : [];
  }));
}

/* Reading. */

/** The invoices of a booking that the reader's side issues or pays: what was paid before the show, the final one, then ours and its booker's. What the artist is charged is not the buyer's business. */
export async function readInvoices(ctx: SignedIn, bookingId: string) {
  const side = permit(ctx.actor, 'invoice.read', await ownersOf(ctx, bookingId));
  const invoices = await ctx.db.invoice.findMany({ where: { bookingId, ...(side === 'buyer' ? { kind: { notIn: ['commission', 'booker'] } } : {}) }, orderBy: [{ kind: 'asc' }, { version: 'asc' }] });
  if (invoices.length === 0) return [];
  const deal = await dealOf(ctx, bookingId);
  return Promise.all(invoices.map((invoice) => viewOf(ctx, invoice, deal)));
}

/** What a public accountant types into Chorus Pro and into the transfer; null on every other invoice (PUB-08). */
function chorusOf({ content }: Pick<Invoice, 'content'>) {
  const { settlement, issuer, payer, order } = draftOf(content);
  if (settlement !== 'public') return null;
  return {
    process: 'A1' as const, seller: issuer.siret, buyer: payer.siret, order: order?.number ?? '', commitment: order?.commitment ?? '', serviceCode: order?.serviceCode ?? '', market: order?.market ?? '', iban: issuer.iban ?? '', rib: frenchRib(issuer.iban ?? ''),
  };
}

/** An invoice as both sides see it, with what is left of it, what is owed and what being late costs. */
export async function viewOf(ctx: Context, invoice: Invoice, { artist, buyer, booker }: Deal) {
  const credits = await creditsOf(ctx, invoice.id);
  const { id, kind, number, vatBps, paidAt, fileId, xmlFileId, ublFileId } = invoice;
  const money = (minor: bigint) => toWire({ minor, currency: invoice.currency as Currency });
  const name = (orgId: string) => (orgId === us ? ctx.config.company.name : partyOf(orgId === artist.id ? artist : orgId === booker?.org.id ? booker.org : buyer).name);
  const owed = owedOf(invoice, credits).minor;
  const [today, dueDay]: Day[] = [dayIn(ctx.now(), artist.timeZone), toDay(invoice.dueDay)] as const;
  const late = (await readLate(ctx, [invoice], { timeZone: artist.timeZone })).get(id);
  return {
    id, kind, number, issuer: name(invoice.issuerOrgId), payer: name(invoice.payerOrgId), net: money(invoice.netMinor), vatBps, vat: money(invoice.vatMinor), total: money(invoice.totalMinor),
    paid: money(invoice.paidMinor), due: money(owed), issuedDay: toDay(invoice.issuedDay), dueDay, paidAt: paidAt?.toISOString() ?? null, overdue: owed > 0n && today > dueDay,
    chorus: chorusOf(invoice), days: owed > 0n ? daysBetween(today, dueDay) : null, late: late ? { rateBps: Number(late.rate), interest: toWire(late.interest), fixed: toWire(late.fixed), total: toWire(sum(late.interest, late.fixed)), owed: money(late.owed) } : null, fileId, xmlFileId, ublFileId, left: toWire(leftOf(invoice, credits).total),
    credits: credits.map((one) => ({
      id: one.id, number: one.number, issuedDay: toDay(one.issuedDay), total: money(one.totalMinor), reason: one.reason, fileId: one.fileId, xmlFileId: one.xmlFileId, ublFileId: one.ublFileId,
    })),
  };
}

/** Whether a file is an invoice or a credit note, printed or structured, that the reader's side issues or pays. */
export async function mayReadFile(ctx: SignedIn, fileId: string): Promise<boolean> {
  const where = { OR: [{ fileId }, { xmlFileId: fileId }, { ublFileId: fileId }] };
  const ofPlan = await ctx.db.planInvoice.findFirst({ where }) ?? await ctx.db.planCredit.findFirst({ where });
  if (ofPlan) return ofPlan.orgId === ctx.actor.orgId && !ctx.actor.link;
  const paper = await ctx.db.invoice.findFirst({ where }) ?? await ctx.db.creditNote.findFirst({ where });
  if (!paper) return false;
  try {
    const { bookingId, issuerOrgId } = paper;
    const owners = await ownersOf(ctx, bookingId);
    // Its own invoice stays a booker's to read when its mandate has ended.
    const side = permit(ctx.actor, 'invoice.read', issuerOrgId === ctx.actor.orgId ? { orgId: issuerOrgId, bookingId } : owners);
    return side === 'artist' || issuerOrgId === owners.orgId;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
