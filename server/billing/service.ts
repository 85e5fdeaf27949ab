import assert from 'node:assert/strict';
import { partOf } from '../bookers/service.ts';
import { advance, ownersOf } from '../booking/service.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import { dropDeadline, setDeadline } from '../core/deadlines.ts';
import type { Invoice, Payment } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { localeOf } from '../core/locale.ts';
import { amountOf, fromWire, inFigures, sum, toWire, type Currency, type Money, type WireMoney } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { addDays, dayIn, fromDay, instantAt, toDay } from '../core/time.ts';
import { bookCommission, chargesOf } from '../escrow/service.ts';
import { permitOperator } from '../identity/service.ts';
import { bookerLabel, date, insideOf, type Received } from '../invoices/invoice.ts';
import { planSeriesOf } from '../invoices/numbering.ts';
import { cession, creditsOf, dealOf, draftOf, issue, issueCredit, leftOf, mandateNow, ourJurisdiction, ourZone, owedOf, partyOf, readLate, us, viewOf, whole, write, type Deal } from '../invoices/service.ts';
import type { BookerPart } from '../legal/booker.ts';
import { stepsOf } from '../legal/dunning.ts';
import { settlement } from '../ledger/entries.ts';
import { book } from '../ledger/service.ts';
import { isPublic } from '../subscriptions/service.ts';
import { quoteDays } from '../subscriptions/subscription.ts';
import { bookerWaitingLetter } from './letters.ts';

/** Days: a public buyer's by CCP R2192-10, and what we give a producer for our commission. */
const [publicDays, commissionDays] = [30, 30];
const overdueHour = '09:00';

/* Issuing. Each is done in the caller's transaction, once for a booking. */

/** What has to be invoiced in the producer's name: a deposit or a balance that was captured before the show, what was released, what a cancellation or a decision leaves, a public buyer's show. */
type Cause = 'deposit' | 'balance' | 'release' | 'close' | 'public';
/** What has to be invoiced in its booker's: its part of a release. */
const ofBooker = 'booker' as const;
/** A final invoice deducts those of what was paid before, so that they come first. */
const causes: readonly Cause[] = ['deposit', 'balance', 'release', 'close', 'public'];

/**
 * Whether we may write in the producer's name: it has given us its mandate before (CGI art. 289, I-2). Then what waited of this booking is issued first, in its order.
 * Otherwise this too waits, and the producer is told; payments, releases and our own invoices go on, since the law keeps back the invoice alone.
 */
async function mayWrite(tx: Context, { bookingId, artist }: Deal, cause: Cause, paymentId: string | null = null): Promise<boolean> {
  await lock(tx, `invoice:${bookingId}`);
  const own = { bookingId, cause: { not: ofBooker } };
  const before = await tx.db.invoiceWaiting.findMany({ where: own });
  if ((await mandateNow(tx, artist.id)).given) {
    await tx.db.invoiceWaiting.deleteMany({ where: own });
    for (const waited of causes) for (const one of before) if (one.cause === waited) await issueFor(tx, bookingId, waited, one.paymentId);
    return true;
  }
  if (before.some((one) => one.cause === cause)) return false;
  await tx.db.invoiceWaiting.create({ data: { bookingId, cause, orgId: artist.id, paymentId, since: tx.now() } });
  if (before.length === 0) await tell(tx, 'invoice.waiting', { bookingId });
  return false;
}

function issueFor(tx: Context, bookingId: string, cause: Cause, paymentId: string | null): Promise<void> {
  switch (cause) {
    case 'deposit': case 'balance': return issueAdvance(tx, bookingId, paymentId ?? '');
    case 'release': return issueReleased(tx, bookingId);
    case 'close': return issueClosed(tx, bookingId);
    case 'public': return issuePublic(tx, bookingId);
  }
}

/**
 * The invoice of what the buyer paid before the show began, the balance as the deposit, each with its own tax, which is due from the producer on the day of the capture (CGI 269, 2-c, VAT-FR-10;
 * an invoice for every advance: CGI 289, I-1-c, INV-03; read 2026-11-22). One that waited bears the day on which it is issued. What comes later is named by the final invoice alone.
 */
export async function issueAdvance(tx: Context, bookingId: string, paymentId: string): Promise<void> {
  const payment = await tx.db.payment.findUniqueOrThrow({ where: { id: paymentId } });
  const deal = await dealOf(tx, bookingId);
  if (isAdvance(payment, deal) && await mayWrite(tx, deal, payment.part, paymentId)) await writeAdvance(tx, deal, payment);
}

/** Whether a payment was captured before the show began. */
const isAdvance = ({ capturedAt }: Payment, { show }: Deal): boolean => capturedAt !== null && capturedAt < instantAt(toDay(show.day), show.startTime, show.timeZone);

const paidParts = { deposit: { received: 'Acompte', billed: 'Acompte de 30 %' }, balance: { received: 'Solde', billed: 'Solde de 70 %, payé avant le spectacle' } } as const;

async function writeAdvance(tx: Context, deal: Deal, { id, part, minor, capturedAt }: Payment): Promise<void> {
  const paid: Money = { minor, currency: deal.currency };
  const today = dayIn(tx.now(), deal.artist.timeZone);
  const { received, billed } = paidParts[part];
  await issue(tx, deal, {
    ...cession(deal), ...insideOf(paid, deal.vatBps), kind: part, paymentId: id, label: `${billed} : ${deal.label}`, issuedDay: today, dueDay: today,
    received: [{ label: received, amount: paid, day: dayIn(capturedAt ?? tx.now(), deal.artist.timeZone), invoice: '' }], settlement: 'secured', paidAt: capturedAt,
  });
}

/** The final invoice of a secured payment, with all that was paid before the show taken off, our own for the commission that the release kept back, and the booker's for its own. */
export async function issueReleased(tx: Context, bookingId: string): Promise<void> {
  const deal = await dealOf(tx, bookingId);
  if (await mayWrite(tx, deal, 'release')) await issueFinal(tx, deal);
  await issueCommission(tx, deal, 'deducted');
  await issueBooker(tx, deal);
}

async function issueFinal(tx: Context, deal: Deal): Promise<void> {
  const { bookingId, currency, artist } = deal;
  const payments = await tx.db.payment.findMany({ where: { bookingId, status: 'captured' }, orderBy: { part: 'asc' } });
  // A sale of before 2026-11-26 may have none yet of its balance.
  for (const payment of payments) if (isAdvance(payment, deal)) await writeAdvance(tx, deal, payment);
  const advances = await advancesOf(tx, deal);
  const received = payments.map(({ id, part, minor, capturedAt }): Received =>
    advances.find(({ invoice }) => invoice.paymentId === id)?.received ?? { label: paidParts[part].received, amount: { minor, currency }, day: dayIn(capturedAt ?? tx.now(), artist.timeZone), invoice: '' });
  const today = dayIn(tx.now(), artist.timeZone);
  await issue(tx, deal, { ...cession(deal), ...whole(deal), kind: 'final', label: deal.label, issuedDay: today, dueDay: today, received, settlement: 'secured', paidAt: tx.now() });
}

/** The invoices of what was paid before the show, the deposit's first, each as the final one takes it off: what its credit notes leave of it. */
async function advancesOf(tx: Context, { bookingId, artist }: Deal): Promise<{ readonly invoice: Invoice; readonly received: Received }[]> {
  const all = await tx.db.invoice.findMany({ where: { bookingId, paymentId: { not: null } }, orderBy: [{ kind: 'asc' }, { version: 'desc' }] });
  // A corrected one stands in the place of the one that was taken back.
  const invoices = all.filter(({ kind }, i) => kind !== all[i - 1]?.kind);
  return Promise.all(invoices.map(async (invoice) => {
    const { paymentId, number, kind } = invoice;
    const { part, capturedAt } = await tx.db.payment.findUniqueOrThrow({ where: { id: paymentId ?? '' } });
    assert(part === kind, 'an invoice is of the payment that it bills');
    const credits = await creditsOf(tx, invoice.id);
    const { total, vat } = leftOf(invoice, credits);
    const received: Received = {
      label: paidParts[part].received, amount: total, day: dayIn(capturedAt ?? tx.now(), artist.timeZone), invoice: number, issuedDay: toDay(invoice.issuedDay), vat,
      ...(credits.length > 0 ? { credits: credits.map((one) => one.number) } : {}),
    };
    return { invoice, received };
  }));
}

/**
 * What a cancellation or a decision leaves: the sale stands for what was released of its price, and the papers say so. The invoices of what was
 * paid before the show are credited for what is not kept of them, the last one first, as its card is given back first; a final one follows for
 * what was released, with all that is left of them taken off. An indemnity is no price, so after a cancellation they are credited whole. Our own
 * invoice is for the commission that the ledger took, and the booker's for its part.
 */
export async function issueClosed(tx: Context, bookingId: string): Promise<void> {
  // What a bank has not answered yet is shared, and invoiced, once it has.
  if (await tx.db.cancellation.count({ where: { bookingId, status: 'waiting' } }) + await tx.db.dispute.count({ where: { bookingId, status: 'open', decidedAt: { not: null } } }) > 0) return;
  const deal = await dealOf(tx, bookingId);
  const { currency } = deal;
  const of = async (kinds: string[], account: string): Promise<Money> => {
    const { _sum } = await tx.db.entry.aggregate({ where: { account, currency, transfer: { bookingId, kind: { in: kinds } } }, _sum: { minor: true } });
    return { minor: _sum.minor ?? 0n, currency };
  };
  const released: Money = { minor: -(await of(['release'], `escrow:${bookingId}`)).minor, currency };
  // Where nothing was paid before the show and nothing is a price, there is nothing to invoice, and nothing to wait for.
  const concerned = released.minor > 0n || (await tx.db.payment.findMany({ where: { bookingId } })).some((payment) => isAdvance(payment, deal));
  if (concerned && await mayWrite(tx, deal, 'close')) await issueRest(tx, deal, released);
  const kinds = ['release', 'indemnity'];
  await issueCommission(tx, deal, 'deducted', { commission: await of(kinds, 'commission:platform'), vat: await of(kinds, `vat:${ourJurisdiction}`) });
  await issueBooker(tx, deal);
}

async function issueRest(tx: Context, deal: Deal, released: Money): Promise<void> {
  const { bookingId, currency, vatBps, artist } = deal;
  const billed = await advancesOf(tx, deal);
  // Heard twice, nothing is left to credit.
  let excess = billed.reduce((all, { received }) => all + received.amount.minor, 0n) - released.minor;
  for (const { invoice, received } of [...billed].reverse()) {
    const minor = excess < received.amount.minor ? excess : received.amount.minor;
    if (minor > 0n) await issueCredit(tx, { invoiceId: invoice.id, amount: { minor, currency }, reason: released.minor > 0n ? 'Prix réduit par décision' : 'Vente annulée' });
    excess -= minor > 0n ? minor : 0n;
  }
  if (released.minor === 0n) return;
  const today = dayIn(tx.now(), artist.timeZone);
  const before = (await advancesOf(tx, deal)).map(({ received }) => received).filter(({ amount }) => amount.minor > 0n);
  const later = before.reduce((left, { amount }) => left - amount.minor, released.minor);
  // The tax of each part fell due when it was captured (VAT-FR-10).
  const captured = await tx.db.payment.findMany({ where: { bookingId, capturedAt: { not: null } }, orderBy: { capturedAt: 'desc' }, take: 1 });
  const received: Received[] = [...before, ...(later > 0n ? [{ label: paidParts.balance.received, amount: { minor: later, currency }, day: dayIn(captured[0]?.capturedAt ?? tx.now(), artist.timeZone), invoice: '' }] : [])];
  await issue(tx, deal, { ...cession(deal), ...insideOf(released, vatBps), kind: 'final', label: `${deal.label}, prix réduit par décision`, issuedDay: today, dueDay: today, received, settlement: 'secured', paidAt: tx.now() });
}

/** The invoice of a public buyer once the show was played: due in thirty days, by transfer (PUB-06, PUB-07). Nothing on the secured path. */
export async function issuePublic(tx: Context, bookingId: string): Promise<void> {
  const deal = await dealOf(tx, bookingId);
  if (deal.contract.path !== 'public' || !await mayWrite(tx, deal, 'public')) return;
  const today = dayIn(tx.now(), deal.artist.timeZone);
  const dueDay = addDays(today, publicDays);
  const id = await issue(tx, deal, { ...cession(deal), ...whole(deal), kind: 'final', label: deal.label, issuedDay: today, dueDay, received: [], settlement: 'public', paidAt: null });
  if (id) await setDeadline(tx, 'invoice.overdue', id, instantAt(addDays(dueDay, 1), overdueHour, deal.artist.timeZone));
}

/** What the ledger kept for the booker of a booking's artist out of a release or an indemnity, net and tax, and when; null where nothing was. */
async function keptForBooker(ctx: Context, { bookingId, contract, booker }: Deal): Promise<(BookerPart & { readonly kind: 'release' | 'indemnity'; readonly at: Date }) | null> {
  if (!booker) return null;
  const account = `commission:booker:${booker.org.id}`;
  const transfer = await ctx.db.transfer.findFirst({ where: { bookingId, kind: { in: ['release', 'indemnity'] }, entries: { some: { account } } }, include: { entries: true } });
  if (!transfer) return null;
  const on = (wanted: string): bigint => transfer.entries.filter((entry) => entry.account === wanted).reduce((all, { minor }) => all + minor, 0n);
  const kind = transfer.kind === 'indemnity' ? 'indemnity' : 'release';
  const part = partOf(booker.share, contract, { kind, amount: amountOf({ minor: -on(`escrow:${bookingId}`), currency: contract.currency }) });
  assert(sum(part.net, part.vat).minor === on(account), 'a booker’s invoice is what the ledger kept for it');
  return { ...part, kind, at: transfer.at };
}

/**
 * The booker's invoice to the producer for what a release kept for it, in its own series and under its own mandate to invoice (CGI art. 289, I-2, INV-02; FEE-04). The tax is that of the rule which the
 * contract keeps, and falls due on the day of the release, when it was paid (CGI 269, 2-c). Without a mandate it waits, and the booker is asked for one; its payout goes on.
 *
 * @returns Whether nothing of it waits.
 */
async function issueBooker(tx: Context, deal: Deal): Promise<boolean> {
  const { bookingId, artist, booker } = deal;
  const kept = await keptForBooker(tx, deal);
  if (!booker || !kept) return true;
  await lock(tx, `invoice:${bookingId}`);
  const { share, org } = booker;
  const { net, vat, basis, kind, at } = kept;
  const total = sum(net, vat);
  const where = { bookingId, cause: ofBooker };
  if (!(await mandateNow(tx, org.id)).given) {
    const { count } = await tx.db.invoiceWaiting.createMany({ data: [{ ...where, orgId: org.id, since: tx.now() }], skipDuplicates: true });
    if (count > 0) {
      const locale = localeOf(org.locale);
      await post(tx, { cause: `invoice-waiting:${bookingId}:${org.id}`, email: org.email, orgId: org.id }, bookerWaitingLetter(locale, { org: org.name, producer: partyOf(artist).name, amount: inFigures(total, locale) }, `${tx.config.urls.platform}/accounts`));
    }
    return false;
  }
  await tx.db.invoiceWaiting.deleteMany({ where });
  const today = dayIn(tx.now(), org.timeZone);
  const vatBps = BigInt(share.vatBps);
  await issue(tx, deal, {
    issuerOrgId: org.id, payerOrgId: artist.id, issuer: partyOf(org), payer: partyOf(artist), kind: 'booker', net, vat, vatBps, vatCitation: share.vatCitation, order: null,
    label: `${bookerLabel({ capacity: share.capacity, bps: BigInt(share.bps), basis, kind })} ; ${deal.label}`, issuedDay: today, dueDay: today,
    received: [{ label: 'Retenu sur le versement', amount: total, day: dayIn(at, org.timeZone), invoice: '' }], settlement: 'withheld', paidAt: at, ...(org.vatOnDebits && org.country === 'FR' && vatBps > 0n && { debits: true }),
  });
  return true;
}

/** What waits for the mandate of the actor's organisation, the oldest first: what it is for, who pays it, and how much it will be, with tax. */
export async function readWaiting(ctx: SignedIn) {
  const { orgId } = ctx.actor;
  permit(ctx.actor, 'invoice.read', { orgId });
  const waiting = await ctx.db.invoiceWaiting.findMany({ where: { orgId }, orderBy: [{ since: 'asc' }, { bookingId: 'asc' }] });
  return Promise.all(waiting.map(async ({ bookingId, cause, paymentId, since }) => {
    const deal = await dealOf(ctx, bookingId);
    const { contract, show, artist, buyer, currency } = deal;
    const common = { bookingId, title: show.title, day: toDay(show.day), since: since.toISOString() };
    if (cause === ofBooker) {
      const kept = await keptForBooker(ctx, deal);
      assert(kept, 'what waits of a booker was kept for it');
      return { ...common, cause: ofBooker, payer: partyOf(artist).name, amount: toWire(sum(kept.net, kept.vat)) };
    }
    const payment = paymentId ? await ctx.db.payment.findUnique({ where: { id: paymentId } }) : null;
    return { ...common, cause: cause as Cause, payer: partyOf(buyer).name, amount: toWire({ minor: payment?.minor ?? contract.totalMinor, currency }) };
  }));
}

/**
 * The producer, its mandate given, has all that waited of a booking issued, each dated today; so has its booker what waited of its own.
 *
 * @returns How many papers came of it.
 * @throws AppError `not_found` when nothing waits, `mandate_missing`; and as `permit` does.
 */
export function issueWaiting(ctx: SignedIn, bookingId: string): Promise<{ issued: number }> {
  return transact(ctx, async (tx) => {
    const owners = await ownersOf(tx, bookingId);
    const { orgId } = tx.actor;
    const sells = owners.orgId === orgId || owners.representedBy.includes(orgId);
    await lock(tx, `invoice:${bookingId}`);
    const all = await tx.db.invoiceWaiting.findMany({ where: { bookingId } });
    const own = all.find((one) => one.cause === ofBooker && one.orgId === orgId);
    // What it sold stays a booker's to invoice when its mandate has ended.
    if (permit(tx.actor, 'invoice.issue', own && !sells ? { orgId } : owners) !== 'artist') throw new AppError('not_found');
    const waiting = sells ? all.find((one) => one.cause !== ofBooker) : undefined;
    if (!own && !waiting) throw new AppError('not_found');
    const deal = await dealOf(tx, bookingId);
    const papers = async (): Promise<number> => await tx.db.invoice.count({ where: { bookingId } }) + await tx.db.creditNote.count({ where: { bookingId } });
    const before = await papers();
    const written = [own !== undefined && await issueBooker(tx, deal), waiting !== undefined && await mayWrite(tx, deal, waiting.cause as Cause, waiting.paymentId)];
    if (!written.includes(true)) throw new AppError('mandate_missing');
    return { issued: await papers() - before };
  });
}

/** The day after the last day of an invoice has come. */
export async function sayOverdue(tx: Context, invoiceId: string): Promise<void> {
  const invoice = await tx.db.invoice.findUnique({ where: { id: invoiceId } });
  if (invoice && !invoice.paidAt && leftOf(invoice, await creditsOf(tx, invoiceId)).total.minor > invoice.paidMinor) await tell(tx, 'invoice.overdue', { bookingId: invoice.bookingId, invoiceId });
}

/** A transfer as the producer met it: now if not said otherwise, of which movement of its bank where that is known, and whether what being late costs came with it. */
export interface Arrival {
  readonly at?: Date;
  readonly withLate?: boolean;
  readonly lineId?: string | null;
}

/** The invoice of which a transfer speaks, held until the commit. Only who is paid can say so: our own are settled when the producer's transfer reaches us. */
async function arrivedFor(tx: Context & SignedIn, id: string): Promise<Invoice> {
  const found = await tx.db.invoice.findUnique({ where: { id } });
  if (!found) throw new AppError('not_found');
  const { bookingId, issuerOrgId, paidAt } = found;
  if (permit(tx.actor, 'invoice.settle', await ownersOf(tx, bookingId)) !== 'artist') throw new AppError('role_too_low', { act: 'invoice.settle' });
  if (issuerOrgId === us) throw new AppError(paidAt ? 'invoice_settled' : 'invoice_is_ours');
  await lock(tx, `invoice:${bookingId}`);
  return tx.db.invoice.findUniqueOrThrow({ where: { id } });
}

/**
 * The producer says that what a public buyer's lateness costs arrived too, after the invoice itself (PUB-06: within 45 days of it, CCP R2192-36).
 *
 * @throws AppError `not_found`, `invoice_settled` when nothing of it is owed, `invoice_is_ours`; and as `permit` does.
 */
export function settleLate(ctx: SignedIn, id: string, { at = ctx.now(), lineId = null }: Omit<Arrival, 'withLate'> = {}) {
  return transact(ctx, async (tx) => {
    const invoice = await arrivedFor(tx, id);
    const { bookingId, issuerOrgId: orgId, currency } = invoice;
    const deal = await dealOf(tx, bookingId);
    const { owed: lateMinor = 0n } = (invoice.paidAt ? (await readLate(tx, [invoice], { timeZone: deal.artist.timeZone })).get(id) : undefined) ?? {};
    if (lateMinor === 0n) throw new AppError('invoice_settled');
    await tx.db.settlement.create({ data: { invoiceId: id, orgId, lineId, principalMinor: 0n, lateMinor, currency, arrivedAt: at, at: tx.now() } });
    return viewOf(tx, invoice, deal);
  });
}

/**
 * The producer says that a public buyer's transfer arrived, today if not said otherwise: our commission is booked as owed by the producer, invoiced, and the
 * booking is settled.
 *
 * @throws AppError `not_found`, `invoice_settled`, `invoice_is_ours`, `invoice_contested`; and as `permit` does.
 */
export async function settleInvoice(ctx: SignedIn, id: string, { at: arrivedAt = ctx.now(), withLate = false, lineId = null }: Arrival = {}) {
  return transact(ctx, async (tx) => {
    const invoice = await arrivedFor(tx, id);
    const { bookingId } = invoice;
    if (await tx.db.invoiceContest.count({ where: { invoiceId: id, status: 'open' } }) > 0) throw new AppError('invoice_contested');
    const left = leftOf(invoice, await creditsOf(tx, id));
    if (left.total.minor === 0n) throw new AppError('invoice_settled');
    const { count } = await tx.db.invoice.updateMany({ where: { id, paidAt: null }, data: { paidAt: arrivedAt, paidMinor: left.total.minor } });
    if (count === 0) throw new AppError('invoice_settled');
    await dropDeadline(tx, 'invoice.overdue', id);
    const deal = await dealOf(tx, bookingId);
    const paid = await tx.db.invoice.findUniqueOrThrow({ where: { id } });
    const lateMinor = withLate ? (await readLate(tx, [paid], { timeZone: deal.artist.timeZone })).get(id)?.owed ?? 0n : 0n;
    await tx.db.settlement.create({ data: { invoiceId: id, orgId: invoice.issuerOrgId, lineId, principalMinor: left.total.minor, lateMinor, currency: invoice.currency, arrivedAt, at: tx.now() } });
    // What was credited before is no part of the sale.
    const charges = chargesOf({ ...deal.contract, priceMinor: left.net.minor });
    if (charges.commission.minor > 0n) await bookCommission(tx, { bookingId, orgId: deal.artist.id, charges });
    await advance(tx, bookingId, ['played'], 'settled');
    await tell(tx, 'invoice.paid', { bookingId, invoiceId: id });
    await issueCommission(tx, deal, 'owed', charges);
    return viewOf(tx, paid, deal);
  });
}

/** Our own invoices that producers have not paid yet, the oldest first. For our own people. @throws AppError as `permitOperator` does. */
export async function readOwedToUs(ctx: Context) {
  await permitOperator(ctx);
  const invoices = await ctx.db.invoice.findMany({ where: { issuerOrgId: us, paidAt: null }, orderBy: [{ dueDay: 'asc' }, { id: 'asc' }] });
  const payers = await ctx.db.organisation.findMany({ where: { id: { in: invoices.map(({ payerOrgId }) => payerOrgId) } } });
  const credits = await ctx.db.creditNote.findMany({ where: { invoiceId: { in: invoices.map(({ id }) => id) } } });
  return invoices.flatMap((invoice) => {
    const { id, bookingId, number, payerOrgId } = invoice;
    const payer = payers.find((organisation) => organisation.id === payerOrgId);
    assert(payer, 'whoever owes is known');
    const due = owedOf(invoice, credits.filter(({ invoiceId }) => invoiceId === id));
    const dueDay = toDay(invoice.dueDay);
    return due.minor > 0n ? [{ id, bookingId, number, payer: partyOf(payer).name, due: toWire(due), dueDay, overdue: dayIn(ctx.now(), ourZone) > dueDay }] : [];
  });
}

/**
 * Our own people say that a producer's transfer for our commission reached our bank: what the producer owes is gone from the ledger.
 *
 * @throws AppError `invoice_settled`; and as `permitOperator` does.
 */
export function receiveCommission(ctx: Context, id: string): Promise<{ id: string }> {
  return transact(ctx, async (tx) => {
    const operator = await permitOperator(tx);
    const invoice = await tx.db.invoice.findUnique({ where: { id, issuerOrgId: us } });
    if (!invoice) throw new AppError('not_found');
    const { bookingId, payerOrgId: orgId, paidMinor } = invoice;
    await lock(tx, `invoice:${bookingId}`);
    const paid = owedOf(invoice, await creditsOf(tx, id));
    if (paid.minor === 0n) throw new AppError('invoice_settled');
    const { count } = await tx.db.invoice.updateMany({ where: { id, paidAt: null }, data: { paidAt: tx.now(), paidMinor: paidMinor + paid.minor } });
    if (count === 0) throw new AppError('invoice_settled');
    await book(tx, { kind: 'settlement', key: `settlement:${id}`, bookingId, orgId, entries: settlement(orgId, paid), reason: `Our commission reached our bank, says ${operator}` });
    await dropDeadline(tx, 'invoice.overdue', id);
    await tell(tx, 'invoice.paid', { bookingId, invoiceId: id });
    return { id };
  });
}

/** Our own invoice to the producer. The tax on it falls due with the release, or with the buyer's transfer. */
async function issueCommission(tx: Context, deal: Deal, settlement: 'deducted' | 'owed', { commission: net, vat }: { commission: Money; vat: Money } = chargesOf(deal.contract)): Promise<void> {
  const { contract, artist } = deal;
  const today = dayIn(tx.now(), ourZone);
  if (net.minor === 0n) return;
  const deducted = settlement === 'deducted';
  const dueDay = deducted ? today : addDays(today, commissionDays);
  const id = await issue(tx, deal, {
    issuerOrgId: us, payerOrgId: artist.id, issuer: tx.config.company, payer: partyOf(artist), kind: 'commission', net, vat, vatBps: BigInt(contract.commissionVatBps), vatCitation: contract.commissionVatCitation,
    label: `Commission de mise en relation : ${deal.label}`, issuedDay: today, dueDay, order: null,
    received: deducted ? [{ label: 'Déduit du versement', amount: sum(net, vat), day: today, invoice: '' }] : [], settlement, paidAt: deducted ? tx.now() : null,
  });
  if (id && !deducted) await setDeadline(tx, 'invoice.overdue', id, instantAt(addDays(dueDay, 1), overdueHour, ourZone));
}

/** Our invoice of what a plan was charged, once for each charge, in a series of its own: dated today as every invoice is, so that numbers follow days; paid by card on the day on which it was captured, or by transfer where it was agreed by quote, of a public buyer for what was done; then it is asked for until it is paid. */
export function issuePlan(ctx: Context, chargeId: string): Promise<void> {
  return transact(ctx, async (tx) => {
    await lock(tx, `invoice:${chargeId}`);
    const charge = await tx.db.planCharge.findUniqueOrThrow({ where: { id: chargeId }, include: { invoice: true, quote: true } });
    const { orgId, kind, plan, capturedAt, quote, since, until, netMinor, vatMinor, totalMinor } = charge;
    if (charge.invoice || charge.status === 'dropped' || !(capturedAt ?? quote) || totalMinor === 0n) return;
    const payer = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
    const money = (minor: bigint): Money => ({ minor, currency: charge.currency as Currency });
    const issuedDay = dayIn(tx.now(), ourZone);
    const ofPublic = quote !== null && isPublic(payer);
    const dueDay = quote ? addDays(issuedDay, quoteDays) : issuedDay;
    const paper = await write(tx, us, {
      kind: 'subscription', issuer: tx.config.company, payer: partyOf(payer), printer: tx.config.company.name, contract: 'Abonnement Flow Stage', net: money(netMinor), vat: money(vatMinor), vatBps: BigInt(charge.vatBps),
      vatCitation: charge.vatCitation, label: `Abonnement « ${plan} », du ${date(toDay(since))} au ${date(addDays(toDay(until), -1))}${kind === 'upgrade' ? ', complément au prorata' : ''}`,
      serviceDay: ofPublic ? addDays(toDay(until), -1) : toDay(since), issuedDay, dueDay, order: quote?.orderNumber ? { number: quote.orderNumber, serviceCode: quote.serviceCode, commitment: quote.commitmentNumber, market: quote.marketNumber } : null,
      received: quote ? [] : [{ label: 'Carte', amount: money(totalMinor), day: dayIn(capturedAt ?? tx.now(), ourZone), invoice: '' }], settlement: ofPublic ? 'public' : quote ? 'owed' : 'card',
    }, planSeriesOf(issuedDay));
    await tx.db.planInvoice.create({ data: { ...paper, id: tx.newId('inv'), chargeId, orgId, netMinor, vatMinor, totalMinor, currency: charge.currency, issuedDay: fromDay(issuedDay) } });
    const [first] = quote ? stepsOf(dueDay) : [];
    if (first) await setDeadline(tx, 'plan.dun', chargeId, instantAt(first.day, overdueHour, ourZone));
  });
}

/** Our credit note of what is not asked for any more of an invoiced plan, since it ended before its date; once. */
export function creditPlan(ctx: Context, chargeId: string): Promise<void> {
  return transact(ctx, async (tx) => {
    await lock(tx, `invoice:${chargeId}`);
    const { orgId, invoice, status, ...left } = await tx.db.planCharge.findUniqueOrThrow({ where: { id: chargeId }, include: { invoice: { include: { credit: true } } } });
    if (!invoice || invoice.credit) return;
    const money = (minor: bigint): Money => ({ minor, currency: invoice.currency as Currency });
    const rest = status === 'dropped' ? { netMinor: 0n, vatMinor: 0n } : left;
    const [net, vat] = [money(invoice.netMinor - rest.netMinor), money(invoice.vatMinor - rest.vatMinor)];
    const total = sum(net, vat);
    if (total.minor === 0n) return;
    const issuedDay = dayIn(tx.now(), ourZone);
    const reason = 'Formule arrêtée avant son terme';
    const paper = await write(tx, us, {
      ...draftOf(invoice.content), kind: 'credit', net, vat, issuedDay, dueDay: issuedDay, received: [], credits: { number: invoice.number, issuedDay: toDay(invoice.issuedDay), reason },
    }, planSeriesOf(issuedDay, 'credit'));
    await tx.db.planCredit.create({ data: { ...paper, id: tx.newId('crn'), invoiceId: invoice.id, orgId, netMinor: net.minor, vatMinor: vat.minor, totalMinor: total.minor, currency: invoice.currency, issuedDay: fromDay(issuedDay) } });
  });
}

/* Crediting. */

/**
 * The producer credits an invoice of its own that a public buyer pays by transfer, whole or in part: `amount` is with tax.
 *
 * @throws AppError `not_found`, `invoice_is_ours`, `invoice_paid_here`, `credit_too_large`; and as `permit` does.
 */
export async function creditInvoice(ctx: SignedIn, { id, amount, reason }: { readonly id: string; readonly amount: WireMoney; readonly reason: string }) {
  return transact(ctx, async (tx) => {
    const invoice = await tx.db.invoice.findUnique({ where: { id } });
    if (!invoice) throw new AppError('not_found');
    const side = permit(tx.actor, 'invoice.credit', await ownersOf(tx, invoice.bookingId));
    if (side !== 'artist') throw new AppError('role_too_low', { act: 'invoice.credit' });
    if (invoice.issuerOrgId === us) throw new AppError('invoice_is_ours');
    const deal = await dealOf(tx, invoice.bookingId);
    if (deal.contract.path === 'secured') throw new AppError('invoice_paid_here');
    await issueCredit(tx, { invoiceId: id, amount: fromWire(amount), reason });
    return viewOf(tx, invoice, deal);
  });
}

/**
 * Takes back all that an invoice under a producer's mandate still stands for, in the caller's transaction; `again` has a corrected one follow, of the same amounts, which are the contract's, with the
 * parties and the order as they are known today. Where a final invoice has taken off the one of what was paid before the show, it is taken back and corrected with it.
 *
 * @returns The ids of the credit note and of the corrected invoice; null where none follows.
 * @throws AppError `invoice_settled` when nothing is left or its producer said that it is paid, `contest_needs_corrected` when it was paid through us, `mandate_missing`.
 */
export async function replaceInvoice(tx: Context, { invoiceId, reason, again }: { readonly invoiceId: string; readonly reason: string; readonly again: boolean }): Promise<{ creditId: string; correctedId: string | null }> {
  const { bookingId } = await tx.db.invoice.findUniqueOrThrow({ where: { id: invoiceId } });
  await lock(tx, `invoice:${bookingId}`);
  const invoice = await tx.db.invoice.findUniqueOrThrow({ where: { id: invoiceId } });
  const deal = await dealOf(tx, bookingId);
  const left = leftOf(invoice, await creditsOf(tx, invoiceId));
  if (left.total.minor === 0n || (invoice.paidAt && deal.contract.path === 'public')) throw new AppError('invoice_settled');
  if (invoice.paidAt && !again) throw new AppError('contest_needs_corrected');
  if (again && !(await mandateNow(tx, invoice.issuerOrgId)).given) throw new AppError('mandate_missing');
  const takeBack = (one: Invoice, total: Money): Promise<string> => issueCredit(tx, { invoiceId: one.id, amount: total, reason, again });
  if (!again) return { creditId: await takeBack(invoice, left.total), correctedId: null };
  const final = await tx.db.invoice.findFirst({ where: { bookingId, kind: 'final' }, orderBy: { version: 'desc' } });
  const over = final && final.id !== invoiceId && draftOf(final.content).received.some((one) => one.invoice === invoice.number) ? final : null;
  const overLeft = over && leftOf(over, await creditsOf(tx, over.id));
  if (over && overLeft) await takeBack(over, overLeft.total);
  const creditId = await takeBack(invoice, left.total);
  const correctedId = await correct(tx, deal, invoice, left);
  if (over && overLeft) {
    const { number, issuedDay } = await tx.db.invoice.findUniqueOrThrow({ where: { id: correctedId } });
    const renamed = (one: Received): Received => (one.invoice === invoice.number ? { label: one.label, day: one.day, amount: left.total, vat: left.vat, invoice: number, issuedDay: toDay(issuedDay) } : one);
    await correct(tx, deal, over, { ...overLeft, received: draftOf(over.content).received.map(renamed) });
  }
  return { creditId, correctedId };
}

/** The next version of an invoice that was taken back: dated today, and due in thirty days from then where a public buyer pays it by transfer. */
async function correct(tx: Context, deal: Deal, before: Invoice, { net, vat, received }: { readonly net: Money; readonly vat: Money; readonly received?: readonly Received[] }): Promise<string> {
  const known = draftOf(before.content);
  const today = dayIn(tx.now(), deal.artist.timeZone);
  const byTransfer = known.settlement === 'public';
  const dueDay = byTransfer ? addDays(today, publicDays) : today;
  const id = await issue(tx, deal, {
    ...cession(deal), net, vat, kind: before.kind, label: known.label, issuedDay: today, dueDay, settlement: known.settlement,
    received: received ?? (before.paymentId === null ? known.received : known.received.map((one) => ({ ...one, amount: sum(net, vat) }))), paidAt: before.paidAt,
    ...(before.paymentId !== null && { paymentId: before.paymentId }), version: before.version + 1,
  });
  assert(id, 'the next version was not there');
  if (byTransfer) await setDeadline(tx, 'invoice.overdue', id, instantAt(addDays(dueDay, 1), overdueHour, deal.artist.timeZone));
  return id;
}
