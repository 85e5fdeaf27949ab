import { netFor, ownersOf, saleFor } from '../booking/service.ts';
import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import type { Purchase } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { keepFile } from '../core/files.ts';
import type { Currency } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { dayIn, toDay, type Day } from '../core/time.ts';
import { quoteOf, validUntil, type Quote } from './quote.ts';

/**
 * Issues the quote of an agreed booking to its public buyer, once the producer's legal identity is complete; for another buyer, and when it
 * is issued already, it does nothing. In the caller's transaction.
 */
export async function quoteIfReady(tx: Context, bookingId: string): Promise<void> {
  await lock(tx, `quote:${bookingId}`);
  if (await tx.db.purchase.count({ where: { bookingId } }) > 0) return;
  const quoted = await quoteNow(tx, bookingId);
  if (!quoted) return;
  await tx.db.purchase.create({ data: { bookingId, ...quoted } });
  await tell(tx, 'quote.issued', { bookingId });
}

/**
 * The producer quotes anew what was not ordered in time: another number, today's date, today's tax.
 *
 * @throws AppError `not_found`, `quote_valid` while the one before can be ordered, `purchase_closed`; and as `permit` does.
 */
export function quoteAgain(ctx: SignedIn, bookingId: string) {
  return transact(ctx, async (tx) => {
    if (permit(tx.actor, 'offer.send', await ownersOf(tx, bookingId)) !== 'artist') throw new AppError('not_found');
    await lock(tx, `quote:${bookingId}`);
    const purchase = await tx.db.purchase.findUnique({ where: { bookingId } });
    if (!purchase) throw new AppError('not_found');
    if (purchase.orderedAt) throw new AppError('purchase_closed', { status: 'ordered' });
    const { until, expired } = await validityOf(tx, purchase);
    if (!expired) throw new AppError('quote_valid', { until });
    const quoted = await quoteNow(tx, bookingId);
    if (!quoted) throw await unquoted(tx, await ownersOf(tx, bookingId));
    await tx.db.purchase.update({ where: { bookingId }, data: quoted });
    await tell(tx, 'quote.issued', { bookingId });
    return readPurchase(tx, bookingId);
  });
}

/** Until when what was quoted can be ordered, by the producer's day. */
async function validityOf(ctx: Context, { orgId, quotedAt }: Pick<Purchase, 'orgId' | 'quotedAt'>): Promise<{ until: Day; expired: boolean }> {
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const until = validUntil(dayIn(quotedAt, timeZone));
  return { until, expired: dayIn(ctx.now(), timeZone) > until };
}

/** Prints and keeps the quote of an agreed booking as it stands today; null when there is nothing to quote, or not all is known. */
async function quoteNow(tx: Context, bookingId: string): Promise<Pick<Purchase, 'orgId' | 'buyerOrgId' | 'quoteNumber' | 'quoteFileId' | 'quotedAt'> | null> {
  const booking = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, include: { request: true, show: true, offers: { where: { status: 'accepted' } } } });
  const { orgId, buyerOrgId, request, show, offers: [offer] } = booking;
  if (booking.status !== 'agreed' || !request || !show || !offer) return null;
  const artist = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const buyer = await tx.db.organisation.findUniqueOrThrow({ where: { id: buyerOrgId } });
  const epk = await tx.db.epk.findUnique({ where: { orgId } });
  const sale = await saleFor(tx, { bookingId, orgId, buyerOrgId });
  if (sale.path !== 'public' || sale.missing.artist.length > 0) return null;
  const day = dayIn(tx.now(), artist.timeZone);
  const net = await netFor(tx, { bookingId, orgId, buyerOrgId }, { minor: offer.priceMinor, currency: offer.currency as Currency });
  if (!net) return null;
  const quote: Quote = {
    number: await nextNumber(tx, day), day, producer: artist, organiser: { ...buyer, legalName: buyer.legalName || request.organisation || buyer.name, city: buyer.city || request.city },
    show: { title: show.title, artist: epk?.name ?? artist.name, day: toDay(show.day), startTime: show.startTime, place: show.place, city: show.city },
    price: net.price, vatBps: net.vatBps, vat: net.vat, total: net.total, vatCitation: net.vatCitation, terms: offer.terms,
  };
  const bytes = await tx.adapters.print({
    title: `Devis n° ${quote.number}`, subject: 'Devis', author: artist.legalName, lang: 'fr-FR', footer: `Devis n° ${quote.number} · ${artist.legalName}`, blocks: quoteOf(quote), at: tx.realNow(),
  });
  const quoteFileId = await keepFile(tx, { orgId, name: `devis-${quote.number}.pdf`, mime: 'application/pdf', bytes });
  return { orgId, buyerOrgId, quoteNumber: quote.number, quoteFileId, quotedAt: tx.now() };
}

/** The purchase papers of a booking. @throws AppError `not_found` while there is no quote. */
export async function readPurchase(ctx: SignedIn, bookingId: string) {
  permit(ctx.actor, 'booking.read', await ownersOf(ctx, bookingId));
  const purchase = await ctx.db.purchase.findUnique({ where: { bookingId } });
  if (!purchase) throw new AppError('not_found');
  const { quoteNumber, quoteFileId, quotedAt, orderNumber, commitmentNumber, serviceCode, marketNumber, orderedAt } = purchase;
  const { until, expired } = await validityOf(ctx, purchase);
  return { quoteNumber, quoteFileId, quotedAt: quotedAt.toISOString(), validUntil: until, expired: expired && !orderedAt, orderNumber, commitmentNumber, serviceCode, marketNumber, orderedAt: orderedAt?.toISOString() ?? null };
}

/**
 * The public buyer orders what was quoted; the contract names the order, and the invoice what Chorus Pro asks for besides: code service, numéro d'engagement
 * where it is not the order's own, numéro de marché (PUB-08).
 *
 * @throws AppError `order_number_missing`, `party_incomplete` while the producer has not been able to quote, `purchase_closed` when it is
 * ordered already or the booking has gone on, `quote_expired` when the producer is not bound by it any more.
 */
export function orderPurchase(ctx: SignedIn, { bookingId, orderNumber, commitmentNumber = '', serviceCode, marketNumber = '' }: { bookingId: string; orderNumber: string; commitmentNumber?: string; serviceCode: string; marketNumber?: string }) {
  return transact(ctx, async (tx) => {
    const booking = await ownersOf(tx, bookingId);
    // The order is the buyer's: the artist's side has nothing to order.
    if (permit(tx.actor, 'purchase.order', booking) !== 'buyer') throw new AppError('not_found');
    const [number = '', commitment = '', service = '', market = ''] = [orderNumber, commitmentNumber, serviceCode, marketNumber].map(visible);
    // A purchase order has a number that somebody can look up.
    if (!/[\p{L}\p{N}]/u.test(number)) throw new AppError('order_number_missing', { field: 'orderNumber' });
    await lock(tx, `quote:${bookingId}`);
    const purchase = await tx.db.purchase.findUnique({ where: { bookingId } });
    if (!purchase) throw await unquoted(tx, booking);
    if (booking.status !== 'agreed') throw new AppError('purchase_closed', { status: booking.status });
    const { until, expired } = await validityOf(tx, purchase);
    if (expired && !purchase.orderedAt) throw new AppError('quote_expired', { until });
    const { count } = await tx.db.purchase.updateMany({
      where: { bookingId, orderedAt: null }, data: { orderNumber: number, commitmentNumber: commitment, serviceCode: service, marketNumber: market, orderedAt: tx.now() },
    });
    if (count === 0) throw new AppError('purchase_closed', { status: 'ordered' });
    await tell(tx, 'purchase.ordered', { bookingId });
    return readPurchase(tx, bookingId);
  });
}

/** What people see of what they typed: no marks without a width. */
const visible = (typed: string): string => typed.replaceAll(/\p{Cf}/gu, '').trim();

/** Why there is no quote: the producer is incomplete, or this booking has none. */
async function unquoted(tx: Context, booking: { bookingId: string; orgId: string; buyerOrgId: string; status: string }): Promise<AppError> {
  const { path, missing } = await saleFor(tx, booking);
  const { status } = booking;
  return status === 'agreed' && path === 'public' && missing.artist.length > 0
    ? new AppError('party_incomplete', { missing: missing.artist.join(', ') }) : new AppError('purchase_closed', { status });
}

async function nextNumber(tx: Context, day: string): Promise<string> {
  const [row] = await tx.db.$queryRaw<[{ number: bigint }]>`SELECT nextval('quote_number') AS number`;
  return `D-${day.slice(0, 4)}-${row.number.toString().padStart(6, '0')}`;
}
