import { stringify } from 'csv-stringify/sync';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { lateOf, mandateNow, readLate, readOwed } from '../invoices/service.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import type { CreditNote, Invoice, Organisation } from '../core/db/client.ts';
import { dropDeadline, setDeadline } from '../core/deadlines.ts';
import { AppError } from '../core/errors.ts';
import type { Locale } from '../core/locale.ts';
import { halfUp, toWire, type Currency, type Money } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { addDays, dayIn, daysBetween, fromDay, instantAt, toDay, type Day } from '../core/time.ts';
import { dunningOn, stepsOf } from '../legal/dunning.ts';
import { vatNumberOf } from '../legal/vat-number.ts';
import { selfAssessedBps, vatKindOf } from '../legal/vat.ts';
import { bookedAfter, booksOf, type Booked, type Movement, type Other, type Paper, type Piece } from './books.ts';
import { chartOf, ROLES, withOwn, type Chart, type Role } from './chart.ts';
import { fecNameOf, fecOf } from './fec.ts';
import { MANDATE_VERSION, mandateOf } from './mandate.ts';
import { calendarYear, closingOn, daysOf, financialYearOf, isPeriod, nameOf, type Closing, type Period, type Stretch } from './period.ts';
import { quickBooksOf } from './quickbooks.ts';
import { sageOf } from './sage.ts';
import { inBytes } from './signs.ts';
import { fieldsOf, marksOf, tableOf, type Cell, type Row } from './table.ts';
import { standing, thresholdsOf } from './thresholds.ts';

/** The issuer of our own invoices. */
const us = 'platform';
/** Where we are: what is owed to us is asked for by our own day. */
const ourZone = 'Europe/Paris';
/** The hour at which reminders leave, where the producer is. */
const dunningHour = '09:00';

/* Books. */

const ownerOf = (ctx: SignedIn, act: 'accounts.read' | 'accounts.edit'): string => {
  const { orgId } = ctx.actor;
  permit(ctx.actor, act, { orgId });
  return orgId;
};

const partyName = ({ legalName, name }: Pick<Organisation, 'legalName' | 'name'>): string => legalName || name;

interface Books {
  readonly org: Organisation;
  readonly rows: readonly (Row & { readonly vatCitation: string })[];
  readonly pieces: readonly Piece[];
}

/** All papers and all money of an organisation in a stretch of days, as rows of a table and as balanced pieces: whoever calls has asked who may read them. */
export async function booksIn(ctx: Context, orgId: string, { first, last }: Stretch): Promise<Books> {
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const [from, until] = [instantAt(first, '00:00', org.timeZone), instantAt(addDays(last, 1), '00:00', org.timeZone)];
  const within = { gte: from, lt: until };
  const own = { OR: [{ issuerOrgId: orgId }, { payerOrgId: orgId }] };
  const issuedDay = { gte: fromDay(first), lte: fromDay(last) };
  const invoices = await ctx.db.invoice.findMany({ where: { ...own, issuedDay }, orderBy: { id: 'asc' } });
  const credits = await ctx.db.creditNote.findMany({ where: { ...own, issuedDay }, orderBy: { id: 'asc' } });
  const settled = await ctx.db.invoice.findMany({ where: { ...own, kind: 'final', paidAt: within }, orderBy: { id: 'asc' } });
  // One that is paid in another year than it was issued in is of both.
  const plans = await ctx.db.planInvoice.findMany({ where: { orgId, OR: [{ issuedDay }, { charge: { capturedAt: within } }] }, orderBy: { id: 'asc' }, include: { charge: { select: { vatBps: true, capturedAt: true, totalMinor: true } } } });
  const planCredits = await ctx.db.planCredit.findMany({ where: { orgId, issuedDay }, orderBy: { id: 'asc' }, include: { invoice: { include: { charge: { select: { vatBps: true } } } } } });
  const issued = plans.filter(({ issuedDay: day }) => toDay(day) >= first && toDay(day) <= last);
  // What a booker is paid out of a booking is of its books too.
  const shares = await ctx.db.bookerShare.findMany({ where: { OR: [{ orgId }, { bookerOrgId: orgId }] }, select: { bookingId: true, bookerOrgId: true } });
  const bookings = await ctx.db.booking.findMany({ where: { OR: [{ orgId }, { buyerOrgId: orgId }, { id: { in: shares.map(({ bookingId }) => bookingId) } }] }, select: { id: true, orgId: true, buyerOrgId: true } });
  const transfers = await ctx.db.transfer.findMany({ where: { bookingId: { in: bookings.map(({ id }) => id) }, at: within }, include: { entries: true }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  const bookingIds = [...new Set([...invoices, ...credits, ...settled].map(({ bookingId }) => bookingId))];
  const related = await ctx.db.invoice.findMany({ where: { OR: [{ bookingId: { in: bookingIds }, kind: 'deposit' }, { id: { in: credits.map(({ invoiceId }) => invoiceId) } }] } });
  const shows = new Map((await ctx.db.show.findMany({ where: { bookingId: { in: bookings.map(({ id }) => id) } } })).map(({ bookingId, day, title }) => [bookingId, { day: toDay(day), title }]));
  const references = new Map((await ctx.db.booking.findMany({ where: { id: { in: bookingIds } }, select: { id: true, reference: true } })).map(({ id, reference }) => [id, reference]));
  const parties = new Map((await ctx.db.organisation.findMany({ where: { id: { in: [...bookings.flatMap((one) => [one.orgId, one.buyerOrgId]), ...shares.map((one) => one.bookerOrgId), ...invoices.flatMap((one) => [one.issuerOrgId, one.payerOrgId])] } } })).map((one) => [one.id, partyName(one)]));
  const otherOf = (id: string): Other => ({ id, name: id === us ? ctx.config.company.name : parties.get(id) ?? '' });
  const facing = ({ issuerOrgId, payerOrgId }: Pick<Invoice, 'issuerOrgId' | 'payerOrgId'>): Other => otherOf(issuerOrgId === orgId ? payerOrgId : issuerOrgId);
  const showOf = (bookingId: string) => shows.get(bookingId) ?? { day: first, title: '' };

  const paperOf = (paper: Invoice | CreditNote, kind: Invoice['kind'], credit: boolean) => ({
    side: paper.issuerOrgId === orgId ? 'sale' as const : 'purchase' as const, kind, credit, number: paper.number, day: toDay(paper.issuedDay), other: facing(paper),
    label: `${facing(paper).name} · ${showOf(paper.bookingId).title}`, net: paper.netMinor, vat: paper.vatMinor, currency: paper.currency as Currency,
  });
  const kindOf = (credit: CreditNote) => related.find(({ id }) => id === credit.invoiceId)?.kind ?? 'final';
  const advancesOf = ({ bookingId, content }: Invoice | CreditNote, kind: Invoice['kind']): Paper['deducted'][] => {
    const { received = [] } = content as { received?: readonly { readonly invoice: string; readonly amount: { readonly minor: string }; readonly vat?: { readonly minor: string } }[] };
    return (kind === 'final' ? received : []).flatMap(({ invoice, amount, vat }) => {
      // Papers of before 2026-11-26 name the deposit's invoice, and not its tax.
      const before = vat ? { netMinor: BigInt(amount.minor) - BigInt(vat.minor), vatMinor: BigInt(vat.minor) } : related.find((one) => invoice !== '' && one.bookingId === bookingId && one.number === invoice);
      return before ? [{ net: before.netMinor, vat: before.vatMinor }] : [];
    });
  };
  const deducted = (paper: Invoice | CreditNote, kind: Invoice['kind']): Paper['deducted'] => advancesOf(paper, kind).reduce((all, one) => ({ net: all.net + one.net, vat: all.vat + one.vat }), { net: 0n, vat: 0n });
  const citation = ({ content }: Pick<Invoice, 'content'>): string => (content as { vatCitation?: string }).vatCitation ?? '';
  const taxed = vatNumberOf(org.vatNumber, org.country) !== '' && !org.vatFranchise;
  // What a seller abroad left to us to tax: of what was invoiced before, nothing again.
  const reverseOf = (paper: Pick<Invoice, 'vatBps' | 'content' | 'netMinor'>, what: 'show' | 'ours', day: Day, before: readonly Paper['deducted'][] = []): Paper['reverse'] => {
    const bps = vatKindOf(citation(paper), BigInt(paper.vatBps)) === 'reversed' ? selfAssessedBps({ what, buyer: org, day }) : null;
    return bps ? { vat: before.reduce((rest, { net }) => rest - halfUp(net * bps, 10_000n), halfUp(paper.netMinor * bps, 10_000n)), deducts: taxed } : null;
  };
  const reverseFor = (paper: Invoice | CreditNote, kind: Invoice['kind'], before: readonly Paper['deducted'][] = []): Paper['reverse'] =>
    (paper.payerOrgId !== orgId ? null : kind === 'commission' || kind === 'booker' ? reverseOf(paper, 'ours', toDay(paper.issuedDay)) : reverseOf(paper, 'show', showOf(paper.bookingId).day, before));
  // A service is taxed when it is paid, unless its seller has opted otherwise (CGI 269-2-c; VAT-FR-10): who pays by transfer may pay long after. What is credited once it is paid was due already.
  const waits = ({ issuerOrgId, content, vatMinor }: Invoice): boolean =>
    issuerOrgId === orgId && org.country === 'FR' && vatMinor > 0n && (content as { settlement?: string; debits?: boolean }).settlement === 'public' && !(content as { debits?: boolean }).debits;
  const creditWaits = ({ invoiceId, issuedDay: day }: CreditNote): boolean =>
    related.some((one) => one.id === invoiceId && waits(one) && (one.paidAt === null || toDay(day) <= dayIn(one.paidAt, org.timeZone)));
  const papers: Paper[] = [
    ...invoices.map((invoice): Paper => ({ ...paperOf(invoice, invoice.kind, false), deducted: deducted(invoice, invoice.kind), pending: waits(invoice), reverse: reverseFor(invoice, invoice.kind, advancesOf(invoice, invoice.kind)) })),
    // What takes back a final invoice so that a corrected one follows leaves those of what was paid before as they were.
    ...credits.map((credit): Paper => ({ ...paperOf(credit, kindOf(credit), true), deducted: deducted(credit, kindOf(credit)), pending: creditWaits(credit), reverse: reverseFor(credit, kindOf(credit), advancesOf(credit, kindOf(credit))) })),
  ];
  const planOf = ({ number, issuedDay: day, netMinor, vatMinor, currency }: Pick<(typeof plans)[number], 'number' | 'issuedDay' | 'netMinor' | 'vatMinor' | 'currency'>) => ({
    side: 'purchase' as const, kind: 'subscription' as const, credit: false, number, day: toDay(day), other: otherOf(us), label: `${ctx.config.company.name} · abonnement`, net: netMinor, vat: vatMinor, currency: currency as Currency,
  });
  const planCreditOf = (credit: (typeof planCredits)[number]) => ({ ...planOf(credit), credit: true });
  const planReverse = ({ content, netMinor, issuedDay: day }: (typeof plans)[number] | (typeof planCredits)[number], { vatBps }: { readonly vatBps: number }) => ({ deducted: { net: 0n, vat: 0n }, pending: false, reverse: reverseOf({ content, netMinor, vatBps }, 'ours', toDay(day)) });
  papers.push(...issued.map((plan): Paper => ({ ...planOf(plan), ...planReverse(plan, plan.charge) })), ...planCredits.map((credit): Paper => ({ ...planCreditOf(credit), ...planReverse(credit, credit.invoice.charge) })));
  const rowOf = (paper: Invoice | CreditNote, kind: Invoice['kind'], credit: boolean) => ({
    ...paperOf(paper, kind, credit), contact: facing(paper).name, showDay: showOf(paper.bookingId).day, vatBps: paper.vatBps, booking: references.get(paper.bookingId) ?? '', vatCitation: citation(paper),
  });
  // The table shows what each paper adds: a final invoice counts what was invoiced before it once.
  const rows = [
    ...invoices.map((invoice) => {
      const before = deducted(invoice, invoice.kind);
      return { ...rowOf(invoice, invoice.kind, false), net: invoice.netMinor - before.net, vat: invoice.vatMinor - before.vat, dueDay: toDay(invoice.dueDay), paidDay: invoice.paidAt && dayIn(invoice.paidAt, org.timeZone) };
    }),
    ...issued.map((plan) => ({ ...planOf(plan), contact: ctx.config.company.name, showDay: null, vatBps: plan.charge.vatBps, booking: '', vatCitation: citation(plan), dueDay: null, paidDay: plan.charge.capturedAt && dayIn(plan.charge.capturedAt, org.timeZone) })),
    ...planCredits.map((credit) => ({ ...planCreditOf(credit), contact: ctx.config.company.name, showDay: null, vatBps: credit.invoice.charge.vatBps, booking: '', vatCitation: citation(credit), dueDay: null, paidDay: null })),
    ...credits.map((credit) => {
      const before = deducted(credit, kindOf(credit));
      return { ...rowOf(credit, kindOf(credit), true), net: credit.netMinor - before.net, vat: credit.vatMinor - before.vat, dueDay: null, paidDay: null };
    }),
  ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.number < b.number ? -1 : 1));

  const movements: Movement[] = [];
  const move = (at: Date, of: { id: string; bookingId: string; other: Other; currency: Currency }, label: string, to: Role, fromRole: Role, minor: bigint): void => {
    const { id, bookingId, other, currency } = of;
    const head = { key: `${id}:${to}:${fromRole}`, day: dayIn(at, org.timeZone), ref: references.get(bookingId) ?? id, label: `${label} · ${showOf(bookingId).title}`, other, currency };
    if (minor !== 0n) movements.push(minor > 0n ? { ...head, to, from: fromRole, minor } : { ...head, to: fromRole, from: to, minor: -minor });
  };
  for (const { id, kind, at, entries, bookingId, orgId: debtor } of transfers) {
    const booking = bookings.find((one) => one.id === bookingId);
    if (!booking || !bookingId) continue;
    const on = (account: string): bigint => entries.filter((entry) => entry.account === account).reduce((all, { minor }) => all + minor, 0n);
    const currency = (entries[0]?.currency ?? 'EUR') as Currency;
    if (booking.orgId === orgId) {
      const of = { id, bookingId, other: otherOf(booking.buyerOrgId), currency };
      const our = { ...of, other: otherOf(us) };
      const [escrow, payable] = [on(`escrow:${bookingId}`), on(`payable:${orgId}`)];
      const bookerOrgId = shares.find((share) => share.bookingId === bookingId)?.bookerOrgId ?? '';
      const toBooker = kind === 'release' || kind === 'indemnity' ? on(`commission:booker:${bookerOrgId}`) : 0n;
      // What we hold for the producer is what the booking's escrow and its own credit hold.
      if (kind === 'capture') move(at, of, 'Encaissement réservé', 'held', 'customers', escrow);
      if (kind === 'refund' || kind === 'chargeback_covered') move(at, of, 'Remboursement à l’acheteur', 'customers', 'held', -escrow);
      if (kind === 'indemnity') move(at, of, 'Indemnité d’annulation', 'customers', 'indemnity', -escrow);
      if (kind === 'release' || kind === 'indemnity') move(at, our, 'Commission déduite', 'suppliers', 'held', -escrow - payable - toBooker);
      if (toBooker > 0n) move(at, { ...of, id: `${id}:booker`, other: otherOf(bookerOrgId) }, 'Commission d’agent déduite', 'suppliers', 'held', toBooker);
      if (kind === 'payout') move(at, our, 'Versement', 'bank', 'held', -payable);
      if (kind === 'settlement') move(at, our, 'Commission réglée', 'suppliers', 'bank', payable);
    }
    // What a lost dispute took, and its debtor gave back to us, is its customer's to pay again: of what we hold for it, or by a transfer.
    const back = on(`dispute:${bookingId}`);
    if (debtor === orgId && back > 0n && (kind === 'set_off' || (kind === 'manual' && on('bank:platform') < 0n))) {
      move(at, { id, bookingId, other: otherOf(booking.orgId === orgId ? booking.buyerOrgId : booking.orgId), currency }, 'Contestation perdue', 'customers', kind === 'set_off' ? 'held' : 'bank', back);
    }
    const own = on(`commission:booker:${orgId}`);
    if (own !== 0n) {
      // The producer is the booker's customer: its share is kept for it until it is paid out.
      const of = { id, bookingId, other: otherOf(booking.orgId), currency };
      if (kind === 'release' || kind === 'indemnity') move(at, of, 'Commission réservée', 'held', 'customers', own);
      if (kind === 'payout') move(at, { ...of, other: otherOf(us) }, 'Versement', 'bank', 'held', -own);
    }
    if (booking.buyerOrgId === orgId) {
      const of = { id, bookingId, other: otherOf(booking.orgId), currency };
      if (['capture', 'refund', 'return', 'chargeback', 'chargeback_won'].includes(kind)) move(at, of, 'Paiement sécurisé', 'suppliers', 'bank', -on('provider:clearing'));
      if (kind === 'indemnity') move(at, of, 'Indemnité d’annulation', 'indemnityPaid', 'suppliers', -on(`escrow:${bookingId}`));
    }
  }
  const creditsOfSettled = await ctx.db.creditNote.findMany({ where: { invoiceId: { in: settled.map(({ id }) => id) } } });
  for (const invoice of settled) {
    const { id, bookingId, number, paidAt, paidMinor, currency, content } = invoice;
    // The others were paid through us: the ledger told of them.
    if (!paidAt || (content as { settlement?: string }).settlement !== 'public') continue;
    const of = { id, bookingId, other: facing(invoice), currency: currency as Currency };
    if (invoice.issuerOrgId === orgId) {
      move(paidAt, of, `Virement ${number}`, 'bank', 'customers', paidMinor);
      const credited = creditsOfSettled.filter((one) => one.invoiceId === id && toDay(one.issuedDay) <= dayIn(paidAt, org.timeZone)).reduce((all, { vatMinor }) => all + vatMinor, 0n);
      if (waits(invoice)) move(paidAt, of, `TVA exigible ${number}`, 'vatPending', 'vatCollected', invoice.vatMinor - credited);
    }
    else move(paidAt, of, `Virement ${number}`, 'suppliers', 'bank', paidMinor);
  }
  const late = await ctx.db.settlement.findMany({ where: { lateMinor: { gt: 0 }, arrivedAt: within, invoice: own }, include: { invoice: true }, orderBy: { id: 'asc' } });
  for (const { invoice, arrivedAt, lateMinor } of late) {
    const of = { id: invoice.id, bookingId: invoice.bookingId, other: facing(invoice), currency: invoice.currency as Currency };
    if (invoice.issuerOrgId === orgId) move(arrivedAt, of, `Intérêts de retard ${invoice.number}`, 'bank', 'late', lateMinor);
    else move(arrivedAt, of, `Intérêts de retard ${invoice.number}`, 'latePaid', 'bank', lateMinor);
  }
  // A plan is charged to the card, or paid by transfer where it was agreed by quote.
  for (const plan of plans) {
    const { capturedAt } = plan.charge;
    if (!capturedAt || capturedAt < from || capturedAt >= until) continue;
    const { number: ref, label, other, currency } = planOf(plan);
    const day = dayIn(capturedAt, org.timeZone);
    movements.push({ key: `${plan.id}:paid`, day, ref, label, other, currency, to: 'suppliers', from: 'bank', minor: plan.charge.totalMinor });
  }
  return { org, rows, pieces: booksOf(papers, movements) };
}

async function ownChart(ctx: Context, org: Organisation): Promise<Chart> {
  return withOwn(chartOf(org.country), await ctx.db.accountMapping.findMany({ where: { orgId: org.id } }));
}

/** What the books are exported as: a table for people, the French file of entries, and what two accounting programs import. */
export type Format = 'csv' | 'xlsx' | 'fec' | 'sage' | 'quickbooks';

/** A file to be saved by the reader. */
export interface Exported {
  readonly name: string;
  readonly mime: string;
  readonly bytes: Buffer;
  /** Invoices and credit notes, or pieces. */
  readonly count: number;
}

/**
 * The books of the actor's organisation for a period (CR-15, ES-14).
 *
 * @throws AppError `input_invalid` for a period that is none, `fec_needs_siren`, `books_mixed`, `books_of_two_years`; and as `permit` does.
 */
export async function exportBooks(ctx: SignedIn, { format, period, locale }: { readonly format: Format; readonly period: Period; readonly locale: Locale }): Promise<Exported> {
  const orgId = ownerOf(ctx, 'accounts.read');
  const closings = await closingsOf(ctx, orgId);
  const stretch = isPeriod(period) ? daysOf(period, closings) : null;
  if (!stretch) throw new AppError('input_invalid', { field: 'part' });
  const { first, last } = stretch;
  const within = ({ day }: { day: Day }): boolean => day >= first && day <= last;
  const name = `flow-stage-${nameOf(period)}`;
  if (format === 'csv' || format === 'xlsx') {
    const { rows } = await booksIn(ctx, orgId, stretch);
    if (format === 'csv') return { name: `${name}.csv`, mime: 'text/csv', bytes: Buffer.from(stringify(fieldsOf(rows, locale), { delimiter: marksOf(locale).delimiter, bom: true, record_delimiter: 'windows' })), count: rows.length };
    return { name: `${name}.xlsx`, mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes: await sheetOf(rows, locale), count: rows.length };
  }
  // Numbers run through a financial year: a file of two would have each of them twice.
  const year = financialYearOf(first, closings);
  if (year.last < last) throw new AppError('books_of_two_years', { last: year.last });
  const { org, pieces } = await booksIn(ctx, orgId, year);
  const asked = pieces.filter(within);
  const currencies = [...new Set(asked.map(({ currency }) => currency))].sort();
  if (currencies.length > 1 || (format === 'fec' && currencies.some((currency) => currency !== 'EUR'))) throw new AppError('books_mixed', { currencies: currencies.join(', ') });
  const chart = await ownChart(ctx, org);
  const count = asked.length;
  switch (format) {
    case 'fec': {
      if (org.country !== 'FR' || !/^\d{14}$/u.test(org.siret)) throw new AppError('fec_needs_siren');
      const booked = (await bookUntil(ctx, org, last)).filter(({ entryDay }) => entryDay >= first && entryDay <= last);
      return { name: `${fecNameOf(org.siret.slice(0, 9), last)}.txt`, mime: 'text/plain', bytes: Buffer.from(inBytes(fecOf(booked), 'iso-8859-15')), count: booked.length };
    }
    case 'sage': return { name: `${name}-sage.pnm`, mime: 'text/plain', bytes: Buffer.from(inBytes(sageOf(partyName(org), asked, chart), 'windows-1252')), count };
    case 'quickbooks': return { name: `${name}-quickbooks.csv`, mime: 'text/csv', bytes: Buffer.from(stringify(quickBooksOf(asked, chart), { record_delimiter: 'windows' })), count };
  }
}

/**
 * Books all that has happened until a day and was not booked yet, each piece under the next number of its financial year and on the accounts of today, and closes the days that are over: whoever has the file finds
 * each piece again in every later one, as it was. What is found for a closed day is booked on the first day that is open, be it in the next year, which begins with the balances of the one before.
 *
 * @returns All pieces of the organisation that were ever booked, by year and number.
 * @throws AppError `books_mixed`.
 */
function bookUntil(ctx: SignedIn, org: Organisation, until: Day): Promise<Booked[]> {
  const { id: orgId, timeZone, createdAt } = org;
  return transact(ctx, async (tx) => {
    await lock(tx, `books:${orgId}`);
    const chart = await ownChart(tx, org);
    const closings = await closingsOf(tx, orgId);
    const yearOf = (day: Day): Stretch => financialYearOf(day, closings);
    const known = (await tx.db.bookedPiece.findMany({ where: { orgId }, orderBy: [{ yearEnd: 'asc' }, { number: 'asc' }] })).map(({ number, entryDay, bookedDay, content }): Booked => {
      const piece = JSON.parse(JSON.stringify(content), (name, value: unknown) => ((name === 'debit' || name === 'credit') && typeof value === 'string' ? BigInt(value) : value)) as Booked['piece'];
      // One of before 2026-11-25 was kept without its accounts.
      return { piece: { ...piece, number, lines: piece.lines.map((line) => ({ ...chart[line.role], ...line })) }, entryDay: toDay(entryDay), bookedDay: toDay(bookedDay) };
    });
    const closed = await tx.db.booksClosed.findUnique({ where: { orgId } });
    const keys = new Set(known.map(({ piece }) => piece.key));
    const fresh: Piece[] = [];
    const begun = dayIn(createdAt, timeZone);
    for (let year = yearOf(begun < until ? begun : until); year.first <= until; year = yearOf(addDays(year.last, 1))) fresh.push(...(await booksIn(tx, orgId, year)).pieces.filter(({ key, day }) => day <= until && !keys.has(key)));
    const foreign = [...new Set(fresh.map(({ currency }) => currency))].filter((currency) => currency !== 'EUR');
    if (foreign.length > 0) throw new AppError('books_mixed', { currencies: foreign.join(', ') });
    const today = dayIn(tx.now(), timeZone);
    const booked = bookedAfter(fresh, { closed: closed && toDay(closed.until), known }, { until, today, yearOf, chart });
    await tx.db.bookedPiece.createMany({ data: booked.map(({ piece, entryDay, bookedDay }) => ({
      orgId, key: piece.key, yearEnd: fromDay(yearOf(entryDay).last), number: piece.number, entryDay: fromDay(entryDay), bookedDay: fromDay(bookedDay),
      content: JSON.parse(JSON.stringify(piece, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))) as object,
    })) });
    // Today is not over: more may happen on it.
    const [over] = [until, addDays(today, -1)].sort();
    if (over && (!closed || over > toDay(closed.until))) await tx.db.booksClosed.upsert({ where: { orgId }, create: { orgId, until: fromDay(over) }, update: { until: fromDay(over) } });
    return [...known, ...booked];
  });
}

/* Financial years. */

const closingsOf = async (ctx: Context, orgId: string): Promise<Closing[]> =>
  (await ctx.db.closingDay.findMany({ where: { orgId }, orderBy: { since: 'asc' } })).map(({ since, monthDay }) => ({ since: toDay(since), monthDay }));

/** Before any organisation was here. */
const always: Day = '2000-01-01';

/**
 * The day on which the organisation's financial years end, from which year on, and those years of it that have begun, the latest first, each as the period of its file. @throws AppError as `permit` does.
 */
export async function readYears(ctx: SignedIn) {
  const orgId = ownerOf(ctx, 'accounts.read');
  const { timeZone, createdAt } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const closings = await closingsOf(ctx, orgId);
  const today = dayIn(ctx.now(), timeZone);
  const begun = dayIn(createdAt, timeZone);
  const years: (Stretch & Pick<Period, 'year' | 'part'>)[] = [];
  for (let one = financialYearOf(today, closings); one.last >= begun && one.first > always; one = financialYearOf(addDays(one.first, -1), closings)) years.push({ ...one, year: Number(one.last.slice(0, 4)), part: Number(one.last.slice(5, 7)) });
  const { monthDay, since } = closings.at(-1) ?? calendarYear;
  return { closing: monthDay, since: since > today ? since : null, years };
}

/**
 * The organisation states on which day its financial years end. A year of which a file was handed over ends as it was to; the next one is as long as it takes, twelve months at most.
 *
 * @throws AppError as `permit` does.
 */
export function changeClosing(ctx: SignedIn, monthDay: string) {
  return transact(ctx, async (tx) => {
    const orgId = ownerOf(tx, 'accounts.edit');
    await lock(tx, `books:${orgId}`);
    const closings = await closingsOf(tx, orgId);
    const latest = await tx.db.bookedPiece.findFirst({ where: { orgId }, orderBy: { entryDay: 'desc' } });
    const since = latest ? addDays(financialYearOf(toDay(latest.entryDay), closings).last, 1) : always;
    await tx.db.closingDay.deleteMany({ where: { orgId, since: { gte: fromDay(since) } } });
    const before = closingOn(addDays(since, -1), closings.filter((one) => one.since < since));
    if (before.monthDay !== monthDay) await tx.db.closingDay.create({ data: { orgId, since: fromDay(since), monthDay } });
    return readYears(tx);
  });
}

/** The table as a spreadsheet: amounts are numbers, days are days, the sums stand below. */
function sheetOf(rows: readonly Row[], locale: Locale): Promise<Buffer> {
  const { head, rows: cells, totals } = tableOf(rows, locale);
  // A spreadsheet keeps decimals; cents below 2^53 come back as they were.
  const cellOf = (cell: Cell, fontWeight?: 'bold') => {
    if (cell === null) return null;
    const bold = fontWeight ? { fontWeight } : {};
    if ('text' in cell) return { value: cell.text, type: String, ...bold };
    if ('day' in cell) return { value: fromDay(cell.day), type: Date, format: 'yyyy-mm-dd', ...bold };
    return { value: Number('minor' in cell ? cell.minor : cell.bps) / 100, type: Number, format: '#,##0.00', ...bold };
  };
  const data: SheetData = [head.map((value) => ({ value, type: String, fontWeight: 'bold' })), ...cells.map((row) => row.map((cell) => cellOf(cell))), ...totals.map((row) => row.map((cell) => cellOf(cell, 'bold')))];
  return writeXlsxFile(data, { sheet: 'Flow Stage', stickyRowsCount: 1, columns: head.map((title) => ({ width: Math.max(12, title.length + 2) })) }).toBuffer();
}

/* The chart. */

/** The accounts that exports are written with: the usual ones of the country, and those that the organisation changed. @throws AppError as `permit` does. */
export async function readChart(ctx: SignedIn) {
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: ownerOf(ctx, 'accounts.read') } });
  const [usual, chart] = [chartOf(org.country), await ownChart(ctx, org)];
  return ROLES.map((role) => ({ role, ...chart[role], usual: usual[role].account === chart[role].account && usual[role].label === chart[role].label }));
}

/** Changes an account of the chart; one that is as usual is no change of the organisation's. @throws AppError as `permit` does. */
export function changeAccount(ctx: SignedIn, { role, account, label }: { readonly role: Role; readonly account: string; readonly label: string }) {
  return transact(ctx, async (tx) => {
    const orgId = ownerOf(tx, 'accounts.edit');
    const { country } = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
    const usual = chartOf(country)[role];
    if (usual.account === account && usual.label === label) await tx.db.accountMapping.deleteMany({ where: { orgId, role } });
    else await tx.db.accountMapping.upsert({ where: { orgId_role: { orgId, role } }, create: { orgId, role, account, label }, update: { account, label } });
    return readChart(tx);
  });
}

/* What is owed, and asked for. */

const directly = { kind: 'final' as const, content: { path: ['settlement'], equals: 'public' } };

/** The invoices that the organisation issued and that are not paid though their day has come or comes, the latest first, with what was done about each; and those that were paid late, whose interest is owed. @throws AppError as `permit` does. */
export async function readOpen(ctx: SignedIn) {
  const orgId = ownerOf(ctx, 'accounts.read');
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const invoices = await ctx.db.invoice.findMany({ where: { ...directly, issuerOrgId: orgId, OR: [{ paidAt: null }, { paidAt: { gt: ctx.db.invoice.fields.dueDay } }] }, orderBy: [{ dueDay: 'asc' }, { id: 'asc' }] });
  return clocksOf(ctx, invoices, timeZone);
}

/** Every invoice and credit note that the organisation issued or got in a calendar year, ours for its plan with them, the newest first. Null is the year of today. @throws AppError as `permit` does. */
export async function readPapers(ctx: SignedIn, asked: number | null) {
  const orgId = ownerOf(ctx, 'accounts.read');
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const today = dayIn(ctx.now(), timeZone);
  const year = asked ?? Number(today.slice(0, 4));
  const issuedDay = { gte: fromDay(`${year}-01-01`), lte: fromDay(`${year}-12-31`) };
  const where = { OR: [{ issuerOrgId: orgId }, { payerOrgId: orgId }] };
  const [invoices, notes, ofPlans, plansBack, ...oldest] = await Promise.all([
    ctx.db.invoice.findMany({ where: { ...where, issuedDay } }), ctx.db.creditNote.findMany({ where: { ...where, issuedDay } }),
    ctx.db.planInvoice.findMany({ where: { orgId, issuedDay }, include: { charge: true } }), ctx.db.planCredit.findMany({ where: { orgId, issuedDay } }),
    ctx.db.invoice.findFirst({ where, orderBy: { issuedDay: 'asc' }, select: { issuedDay: true } }), ctx.db.planInvoice.findFirst({ where: { orgId }, orderBy: { issuedDay: 'asc' }, select: { issuedDay: true } }),
  ]);
  const owed = await readOwed(ctx, invoices);
  const names = new Map((await ctx.db.organisation.findMany({ where: { id: { in: [...invoices, ...notes].flatMap(({ issuerOrgId, payerOrgId }) => [issuerOrgId, payerOrgId]) } } })).map((one) => [one.id, partyName(one)]));
  const nameOfOrg = (id: string): string => names.get(id) ?? ctx.config.company.name;
  const paper = ({ id, number, issuedDay: at, totalMinor, currency, fileId, xmlFileId, ublFileId }: Pick<Invoice, 'id' | 'number' | 'issuedDay' | 'totalMinor' | 'currency' | 'fileId' | 'xmlFileId' | 'ublFileId'>, sign = 1n) =>
    ({ id, number, issuedDay: toDay(at), total: toWire({ minor: sign * totalMinor, currency: currency as Currency }), fileId, xmlFileId, ublFileId });
  const between = ({ issuerOrgId, payerOrgId }: Pick<Invoice, 'issuerOrgId' | 'payerOrgId'>) => ({ issued: issuerOrgId === orgId, other: nameOfOrg(issuerOrgId === orgId ? payerOrgId : issuerOrgId) });
  const ours = { issued: false, other: ctx.config.company.name, bookingId: null };
  const papers = [
    ...invoices.map((one) => {
      const open = !one.paidAt && (owed.get(one.id)?.minor ?? 0n) > 0n;
      return { ...paper(one), ...between(one), kind: one.kind, bookingId: one.bookingId, state: open ? today > toDay(one.dueDay) ? 'late' as const : 'due' as const : 'paid' as const };
    }),
    ...notes.map((one) => ({ ...paper(one, -1n), ...between(one), kind: 'credit' as const, bookingId: one.bookingId, state: null })),
    ...ofPlans.map((one) => ({ ...paper(one), ...ours, kind: 'plan' as const, state: one.charge.status === 'captured' ? 'paid' as const : one.charge.status === 'invoiced' ? 'due' as const : null })),
    ...plansBack.map((one) => ({ ...paper(one, -1n), ...ours, kind: 'credit' as const, state: null })),
  ].sort((a, b) => b.issuedDay.localeCompare(a.issuedDay) || b.number.localeCompare(a.number));
  return { year, since: Math.min(year, ...oldest.flatMap((one) => one?.issuedDay.getUTCFullYear() ?? [])), until: Number(today.slice(0, 4)), papers };
}

/** What the organisation owes us: our commission on shows whose public buyer paid it directly, with what was asked. @throws AppError as `permit` does. */
export async function readOwing(ctx: SignedIn) {
  const orgId = ownerOf(ctx, 'accounts.read');
  return clocksOf(ctx, await ctx.db.invoice.findMany({ where: { kind: 'commission', paidAt: null, issuerOrgId: us, payerOrgId: orgId }, orderBy: [{ dueDay: 'asc' }, { id: 'asc' }] }), ourZone);
}

/** The clock of each invoice that is not paid: how long it has, or what being late costs, and which reminders were sent. */
async function clocksOf(ctx: Context, invoices: readonly Invoice[], timeZone: string) {
  const owed = await readOwed(ctx, invoices);
  const costs = await readLate(ctx, invoices, { timeZone });
  const payers = new Map((await ctx.db.organisation.findMany({ where: { id: { in: invoices.map(({ payerOrgId }) => payerOrgId) } } })).map((one) => [one.id, partyName(one)]));
  const taken = await ctx.db.dunning.findMany({ where: { invoiceId: { in: invoices.map(({ id }) => id) } }, orderBy: { at: 'asc' } });
  const today = dayIn(ctx.now(), timeZone);
  return invoices.flatMap((invoice) => {
    const { id, bookingId, number, payerOrgId, dueDay: due, issuedDay, fileId } = invoice;
    const [cost, dueDay, paidDay] = [costs.get(id), toDay(due), invoice.paidAt && dayIn(invoice.paidAt, timeZone)];
    const none: Money = { minor: 0n, currency: invoice.currency as Currency };
    const rest: Money = paidDay ? { ...none, minor: cost?.owed ?? 0n } : owed.get(id) ?? none;
    if (rest.minor === 0n) return [];
    return [{
      id, bookingId, number, payer: payers.get(payerOrgId) ?? '', due: toWire(rest), issuedDay: toDay(issuedDay), dueDay, paidDay, days: daysBetween(paidDay ?? today, dueDay), late: cost !== undefined, rateBps: Number(cost?.rate ?? 0n), interest: toWire(cost?.interest ?? none), fixed: toWire(cost?.fixed ?? none), fileId,
      steps: (paidDay ? [] : stepsOf(dueDay)).map(({ step, day }) => ({ step, day, takenAt: taken.find((one) => one.invoiceId === id && one.step === step)?.at.toISOString() ?? null })),
    }];
  });
}

/** An invoice has become overdue: its first reminder gets its day. */
export async function beginDunning(tx: Context, invoiceId: string): Promise<void> {
  const { issuerOrgId, dueDay } = await tx.db.invoice.findUniqueOrThrow({ where: { id: invoiceId } });
  const [first] = stepsOf(toDay(dueDay));
  if (first) await setDeadline(tx, 'invoice.dun', invoiceId, instantAt(first.day, dunningHour, await zoneOf(tx, issuerOrgId)));
}

const zoneOf = async (ctx: Context, issuerOrgId: string): Promise<string> => (issuerOrgId === us ? ourZone : (await ctx.db.organisation.findUniqueOrThrow({ where: { id: issuerOrgId } })).timeZone);

/** Nothing more is asked of an invoice that is paid, or that is credited whole. */
export async function endDunning(tx: Context, invoiceId: string): Promise<void> {
  const invoice = await tx.db.invoice.findUniqueOrThrow({ where: { id: invoiceId } });
  if ((await readOwed(tx, [invoice])).get(invoiceId)?.minor === 0n) await dropDeadline(tx, 'invoice.dun', invoiceId);
}

/** The day of a reminder has come: the step is noted with what is owed then, told, and the next one gets its day. Nothing when the invoice is paid. */
export async function dun(tx: Context, invoiceId: string): Promise<void> {
  const invoice = await tx.db.invoice.findUnique({ where: { id: invoiceId } });
  if (!invoice) return;
  const { issuerOrgId: orgId, bookingId } = invoice;
  const due: Money | undefined = (await readOwed(tx, [invoice])).get(invoiceId);
  if (!due || due.minor === 0n) return;
  const timeZone = await zoneOf(tx, orgId);
  const [today, dueDay] = [dayIn(tx.now(), timeZone), toDay(invoice.dueDay)];
  const taken = await tx.db.dunning.findMany({ where: { invoiceId } });
  const { step, next } = dunningOn(dueDay, taken.map((one) => one.step), today);
  if (step) {
    const { interest, fixed } = lateOf(invoice, due, today);
    await tx.db.dunning.create({ data: { invoiceId, step, orgId, bookingId, at: tx.now(), dueMinor: due.minor, interestMinor: interest.minor, fixedMinor: fixed.minor, currency: due.currency } });
    await tell(tx, 'invoice.dunned', { bookingId, invoiceId, step });
  }
  if (next) await setDeadline(tx, 'invoice.dun', invoiceId, instantAt(next, dunningHour, timeZone));
}

/* Thresholds. */

/**
 * How far the year's turnover is from the thresholds under which a small seller charges no tax. Sales that its own country does not tax (reversed to the buyer,
 * outside, exempt) do not count. @throws AppError as `permit` does.
 */
export async function readMeters(ctx: SignedIn) {
  const orgId = ownerOf(ctx, 'accounts.read');
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const today = dayIn(ctx.now(), org.timeZone);
  const year = Number(today.slice(0, 4));
  const turnoverOf = async (of: number, currency: Currency): Promise<bigint> => (await booksIn(ctx, orgId, { first: `${of}-01-01`, last: `${of}-12-31` })).rows
    .filter((row) => row.side === 'sale' && row.currency === currency && ['charged', 'franchise'].includes(vatKindOf(row.vatCitation, BigInt(row.vatBps))))
    .reduce((all, { net, credit }) => all + (credit ? -net : net), 0n);
  const wanted = thresholdsOf(org.country, today).filter(({ nature }) => org.country !== 'CH' || (nature === 'association') === (org.kind === 'association'));
  const meters = await Promise.all(wanted.map(async (row) => {
    const { nature, limit, tolerance, currency, citation } = row;
    const [turnover, before] = [await turnoverOf(year, currency), await turnoverOf(year - 1, currency)];
    const money = (minor: bigint) => toWire({ minor, currency });
    return { nature, citation, turnover: money(turnover), before: money(before), limit: money(limit), tolerance: tolerance === null ? null : money(tolerance), standing: standing(row, turnover), beforeOver: before > limit };
  }));
  return { year, country: org.country, franchise: org.vatFranchise, meters };
}

/* The mandate. */

/** The words for what an organisation invoices through us: a booker sells no show of its own. */
const mandateFor = (ctx: Context, org: Organisation): string[] => mandateOf(partyName(org), ctx.config.company.name, org.kind === 'booker' ? 'commissions' : 'shows');

/** Whether the producer, or a booker, has accepted that we write its invoices, when, and the words. @throws AppError as `permit` does. */
export async function readMandate(ctx: SignedIn) {
  const orgId = ownerOf(ctx, 'accounts.read');
  const org = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const { given: latest } = await mandateNow(ctx, orgId);
  const given = latest?.version === MANDATE_VERSION ? latest : null;
  return { sells: org.kind === 'artist' || org.kind === 'booker', paragraphs: given?.text.split('\n') ?? mandateFor(ctx, org), acceptedAt: given?.acceptedAt.toISOString() ?? null, signedBy: given?.signedBy ?? '' };
}

/** The producer accepts the mandate, once: the words, the day and the person are kept. @throws AppError `mandate_given`; and as `permit` does. */
export function acceptMandate(ctx: SignedIn, signedBy: string) {
  return transact(ctx, async (tx) => {
    const orgId = ownerOf(tx, 'accounts.edit');
    const org = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
    const text = mandateFor(tx, org).join('\n');
    const { turn } = await mandateNow(tx, orgId);
    const { count } = await tx.db.invoicingMandate.createMany({ data: [{ orgId, version: MANDATE_VERSION, turn, acceptedAt: tx.now(), userId: tx.actor.userId ?? '', signedBy, text }], skipDuplicates: true });
    if (count === 0) throw new AppError('mandate_given');
    return readMandate(tx);
  });
}

/** The producer ends the mandate, for the invoices to come: they wait until it is given again. @throws AppError `mandate_missing`; and as `permit` does. */
export function endMandate(ctx: SignedIn) {
  return transact(ctx, async (tx) => {
    const orgId = ownerOf(tx, 'accounts.edit');
    const { turn, given } = await mandateNow(tx, orgId);
    const { count } = given ? await tx.db.mandateEnd.createMany({ data: [{ orgId, turn, endedAt: tx.now(), userId: tx.actor.userId ?? '' }], skipDuplicates: true }) : { count: 0 };
    if (count === 0) throw new AppError('mandate_missing');
    return readMandate(tx);
  });
}
