import { confirmDay, freeDay, isSold, releaseHolds } from '../calendar/service.ts';
import { transact, type Context, type SignedIn } from '../core/context.ts';
import type { Booking as BookingRow, BookingStatus, Contract, Offer as OfferRow, Request as RequestRow, Show as ShowRow } from '../core/db/client.ts';
import { dropDeadline, setDeadline } from '../core/deadlines.ts';
import { AppError } from '../core/errors.ts';
import { toWire, type Currency, type Money } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { permit, type Act, type Side } from '../core/permissions.ts';
import { dayIn, fromDay, instantAt, toDay } from '../core/time.ts';
import { homeOf } from '../identity/home.ts';
import { editOrganisation, representedBy, representedOf, type OrganisationPatch } from '../identity/service.ts';
import { netOf } from '../legal/net.ts';
import { paymentPath } from '../legal/payment-path.ts';
import { stoppedFor } from '../legal/service.ts';
import { commissionOn } from '../prices/service.ts';
import { frenchCommunes } from '../profiles/service.ts';
import { stageOf } from '../requests/service.ts';
import { accept, checkTerms, counter, decline, withdraw, type Offer, type Terms } from './offer.ts';
import { checkPlayable, over, presumedAt, talking, unsignedUntil, type Status } from './show.ts';
import { communeOf, saleOf, type Sale, type SaleParty } from './sale.ts';
import { isTurnOf } from './turn.ts';
import { netView, offerView, type Deal } from './views.ts';

/** The most bookings of one answer. */
const most = 500;

/** The artist does not want to. What was open closes. @throws AppError `booking_closed`. */
export function declineRequest(ctx: SignedIn, bookingId: string, reason: string): Promise<{ status: BookingStatus }> {
  return transact(ctx, async (tx) => {
    const { side } = await take(tx, 'request.decline', bookingId);
    ownAct(side, 'artist', 'request.decline');
    await advance(tx, bookingId, talking, 'declined');
    await tx.db.booking.update({ where: { id: bookingId }, data: { reason } });
    await tell(tx, 'request.declined', { bookingId });
    return { status: 'declined' };
  });
}

// --- Bargaining -------------------------------------------------------------------------------------------------------------

/**
 * The artist makes an offer. A buyer answers with a counter-offer.
 *
 * @throws AppError `booking_closed`, `offer_open`, `date_taken`, `day_past`, `vat_unknown`, `seller_silent`, `input_invalid`.
 */
export function sendOffer(ctx: SignedIn, bookingId: string, terms: Terms) {
  return transact(ctx, async (tx) => {
    const { booking, request, side } = await take(tx, 'offer.send', bookingId);
    ownAct(side, 'artist', 'offer.send');
    await refuseSilent(tx, booking, side);
    await advance(tx, bookingId, talking, 'negotiating');
    for (const open of await tx.db.offer.findMany({ where: { bookingId, status: 'sent' } })) {
      if (open.expiresAt > tx.now()) throw new AppError('offer_open');
      await expireOffer(tx, open.id);
    }
    checkTerms(terms, frame(tx, request));
    // A day that the artist only marked as busy is theirs to offer.
    if (await isSold(tx, booking.orgId, terms.showDay)) throw new AppError('date_taken', { day: terms.showDay });
    const offer: Offer = {
      ...terms, id: tx.newId('off'), bookingId, orgId: booking.orgId, buyerOrgId: booking.buyerOrgId, proposedBy: side, replaces: null, createdAt: tx.now(), status: 'sent',
    };
    await put(tx, offer);
    return view(tx, offer, side);
  });
}

/**
 * Accepts an offer and sells the day: of many who accept offers for one day at once, one wins.
 *
 * @throws AppError `offer_closed`, `offer_expired`, `offer_own`, `booking_closed`, `date_taken`, `day_held_by_another`, `day_past`, `seller_silent`.
 */
export function acceptOffer(ctx: SignedIn, id: string) {
  return transact(ctx, async (tx) => {
    const { booking, offer, request, side } = await takeOffer(tx, 'offer.answer', id);
    await refuseSilent(tx, booking, side);
    const accepted = accept(offer, side, frame(tx, request));
    await refuseUntaxed(tx, offer, offer.price);
    // The scarce thing first: who comes too late has changed nothing yet.
    await confirmDay(tx, { orgId: offer.orgId, buyerOrgId: offer.buyerOrgId, bookingId: offer.bookingId, day: offer.showDay });
    await close(tx, accepted);
    await advance(tx, offer.bookingId, talking, 'agreed');
    await plan(tx, accepted, request);
    await tell(tx, 'offer.accepted', { bookingId: offer.bookingId, offerId: id });
    return view(tx, accepted, side);
  });
}

/** Answers an offer with another one. @throws AppError as `acceptOffer` does, but for the day; `input_invalid`. */
export function counterOffer(ctx: SignedIn, id: string, terms: Terms) {
  return transact(ctx, async (tx) => {
    const { booking, offer, request, side } = await takeOffer(tx, 'offer.answer', id);
    await refuseSilent(tx, booking, side);
    const [old, next] = counter(offer, { ...terms, id: tx.newId('off'), proposedBy: side }, frame(tx, request));
    await close(tx, old);
    await advance(tx, offer.bookingId, talking, 'negotiating');
    await tell(tx, 'offer.countered', { bookingId: offer.bookingId, offerId: id, byOfferId: next.id });
    await put(tx, next);
    return view(tx, next, side);
  });
}

/** Says no to an offer; the booking stays open for another one. @throws AppError `offer_closed`, `offer_expired`, `offer_own`. */
export function declineOffer(ctx: SignedIn, id: string, reason: string) {
  return transact(ctx, async (tx) => {
    const { offer, side } = await takeOffer(tx, 'offer.answer', id);
    const declined = decline(offer, side, tx.now());
    await close(tx, declined, reason);
    await tell(tx, 'offer.declined', { bookingId: offer.bookingId, offerId: id });
    return view(tx, declined, side);
  });
}

/** Takes one's own offer back. @throws AppError `not_found` for the other side's, `offer_closed`. */
export function withdrawOffer(ctx: SignedIn, id: string) {
  return transact(ctx, async (tx) => {
    const { offer, side, booking } = await takeOffer(tx, 'booking.read', id);
    // A buyer who may answer may take a counter-offer back.
    permit(tx.actor, side === 'artist' ? 'offer.send' : 'offer.answer', await ownersOf(tx, booking.id));
    const withdrawn = withdraw(offer, side);
    await close(tx, withdrawn);
    await tell(tx, 'offer.withdrawn', { bookingId: offer.bookingId, offerId: id });
    return view(tx, withdrawn, side);
  });
}

/** Closes an offer that nobody answered in time. Answered meanwhile, it is left alone. */
export async function expireOffer(ctx: Context, id: string): Promise<void> {
  const { count } = await ctx.db.offer.updateMany({ where: { id, status: 'sent', expiresAt: { lte: ctx.now() } }, data: { status: 'expired', answeredAt: ctx.now() } });
  if (count === 0) return;
  const { bookingId } = await ctx.db.offer.findUniqueOrThrow({ where: { id }, select: { bookingId: true } });
  await tell(ctx, 'offer.expired', { bookingId, offerId: id });
}

/** What a price would leave the artist, before it is proposed. */
export async function previewNet(ctx: SignedIn, bookingId: string, price: Money) {
  const owners = await ownersOf(ctx, bookingId);
  permit(ctx.actor, 'booking.read', owners);
  return netView(await netFor(ctx, owners, price));
}

/** Whose sale it is. */
interface SaleRef {
  readonly bookingId: string;
  readonly orgId: string;
  readonly buyerOrgId: string;
}

/** What the law says of a booking's sale as it stands today. A contract keeps what it said on the day it was drafted. */
export async function saleFor(ctx: Context, { bookingId, orgId, buyerOrgId }: SaleRef): Promise<Sale> {
  const artist = await ctx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const buyer = await ctx.db.organisation.findUniqueOrThrow({ where: { id: buyerOrgId } });
  const request = await ctx.db.request.findUnique({ where: { bookingId } });
  const show = await ctx.db.show.findUnique({ where: { bookingId } });
  return saleOf({ artist, buyer, ...groundOf(show, request, buyer), today: dayIn(ctx.now(), artist.timeZone) });
}

/** Where and when a sale is played: as the show was put down, or as it was asked for. */
function groundOf(show: ShowRow | null, request: RequestRow | null, buyer: SaleParty) {
  const insee = show?.insee ?? request?.insee ?? '';
  // A place without a commune was filed under its country with the buyer.
  const country = show?.country ?? (insee === '' ? buyer.country : homeOf(insee).country);
  const commune = communeOf({ insee, address: request?.address ?? '', city: show?.city ?? request?.city ?? '' }, frenchCommunes, buyer);
  return { show: { country, ...commune }, showDay: toDay(show?.day ?? request?.showDay ?? new Date(0)) };
}

/** What `price` leaves the artist of a booking: as its contract says, else at the rates of today. Null where the law of the sale is not known. */
export async function netFor(ctx: Context, booking: SaleRef, price: Money): Promise<Deal | null> {
  const contract = await ctx.db.contract.findUnique({ where: { bookingId: booking.bookingId } });
  const rates = contract ? frozenRates(contract) : await ratesToday(ctx, booking, price);
  return rates && { ...rates, ...netOf({ price, ...rates }) };
}

const frozenRates = ({ vatBps, vatCitation, commissionBps, commissionVatBps }: Contract) =>
  ({ vatBps: BigInt(vatBps), vatCitation, commissionBps: BigInt(commissionBps), commissionVatBps: BigInt(commissionVatBps) });

async function ratesToday(ctx: Context, booking: SaleRef, price: Money) {
  const { vat, commissionVat } = await saleFor(ctx, booking);
  if (!vat || !commissionVat) return null;
  const { timeZone } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: booking.orgId }, select: { timeZone: true } });
  const commissionBps = await commissionOn(ctx, { orgId: booking.orgId, price, day: dayIn(ctx.now(), timeZone) });
  return { vatBps: vat.bps, vatCitation: vat.citation, commissionBps, commissionVatBps: commissionVat.bps };
}

/** Nobody promises a price whose tax nobody knows. @throws AppError `vat_unknown`. */
async function refuseUntaxed(tx: Context, sale: SaleRef, price: Money): Promise<void> {
  if (await netFor(tx, sale, price)) return;
  const countryOf = async (id: string) => (await tx.db.organisation.findUniqueOrThrow({ where: { id }, select: { country: true } })).country;
  throw new AppError('vat_unknown', { seller: await countryOf(sale.orgId), buyer: await countryOf(sale.buyerOrgId) });
}

/** A producer that owes the tax office's answers sells to no public buyer; a buyer may still take what it was offered before. @throws AppError `seller_silent`. */
async function refuseSilent(tx: Context, { orgId, buyerOrgId }: BookingRow, side: Side): Promise<void> {
  if (side !== 'artist' || paymentPath(await tx.db.organisation.findUniqueOrThrow({ where: { id: buyerOrgId } })) !== 'public') return;
  const [field] = await stoppedFor(tx, orgId) ?? [];
  // Who has answered nothing lacks its tax number too, which a reader knows by name.
  if (field) throw new AppError('seller_silent', { field: field === 'kind' ? 'tin' : field });
}

async function put(tx: Context, { showDay, price, ...offer }: Offer): Promise<void> {
  await refuseUntaxed(tx, offer, price);
  await tx.db.offer.create({ data: { ...offer, showDay: fromDay(showDay), priceMinor: price.minor, currency: price.currency } });
  await setDeadline(tx, 'offer.expires', offer.id, offer.expiresAt);
  await tell(tx, 'offer.sent', { bookingId: offer.bookingId, offerId: offer.id });
}

/** Compare and set: an offer leaves `sent` once. */
async function close(tx: Context, { id, status }: Offer, reason = ''): Promise<void> {
  const { count } = await tx.db.offer.updateMany({ where: { id, status: 'sent' }, data: { status, reason, answeredAt: tx.now() } });
  if (count === 0) throw new AppError('offer_closed', { status: 'raced' });
  await dropDeadline(tx, 'offer.expires', id);
}

const frame = (ctx: Context, request: RequestRow) => ({ now: ctx.now(), today: dayIn(ctx.now(), homeOf(request.insee).timeZone), currency: request.currency as Currency });

const offerFrom = ({ showDay, priceMinor, currency, ...row }: OfferRow): Offer => ({ ...row, showDay: toDay(showDay), price: { minor: priceMinor, currency: currency as Currency } });

const view = async (ctx: Context, offer: Offer, side: Side) => offerView(offer, side, await netFor(ctx, offer, offer.price));

// --- The booking itself -----------------------------------------------------------------------------------------------------

/** Whose a booking is, with the bookers who act for its artist, and where it stands. @throws AppError `not_found`. */
export async function ownersOf(ctx: Context, bookingId: string) {
  const booking = await ctx.db.booking.findUnique({ where: { id: bookingId } });
  if (!booking) throw new AppError('not_found');
  return { ...booking, bookingId, representedBy: await representedBy(ctx.db, booking.orgId, ctx.now()) };
}

/**
 * Moves a booking on, in the caller's transaction: compare and set. Under contract, its show is announced; at a way out, its day is given
 * back and what was open closes.
 *
 * @throws AppError `booking_closed` when it stands elsewhere; `details.status`.
 */
export async function advance(tx: Context, bookingId: string, from: readonly BookingStatus[], to: BookingStatus): Promise<void> {
  const { count } = await tx.db.booking.updateMany({ where: { id: bookingId, status: { in: [...from] } }, data: { status: to } });
  if (count === 0) {
    const booking = await tx.db.booking.findUnique({ where: { id: bookingId }, select: { status: true } });
    throw new AppError('booking_closed', { status: booking?.status ?? '' });
  }
  if (to === 'contracted') await announce(tx, bookingId);
  if (over.includes(to) && to !== 'settled') await abandon(tx, bookingId);
}

/** A booking whose money or signature did not come ends, and its day is free again. @throws AppError `booking_closed`. */
export async function lapse(tx: Context, bookingId: string): Promise<void> {
  await advance(tx, bookingId, ['requested', 'negotiating', 'agreed', 'contracted'], 'lapsed');
  await tell(tx, 'booking.lapsed', { bookingId });
}

/** Writes the legal identity of the reader's own side; once it is complete, contracts that waited for it go on. @throws AppError `booking_closed`, `input_invalid`. */
export function updateParty(ctx: SignedIn, bookingId: string, party: OrganisationPatch): Promise<{ missing: string[] }> {
  return transact(ctx, async (tx) => {
    const { booking, side } = await take(tx, 'party.edit', bookingId);
    if (!talking.includes(booking.status) && booking.status !== 'agreed') throw new AppError('booking_closed', { status: booking.status });
    await editOrganisation(tx, side === 'artist' ? booking.orgId : booking.buyerOrgId, party);
    return { missing: [...(await saleFor(tx, { ...booking, bookingId })).missing[side]] };
  });
}

/** Holds a booking until the transaction ends, so that what happens to it happens in turn. */
async function take(tx: SignedIn, act: Act, bookingId: string): Promise<{ booking: BookingRow; request: RequestRow; side: Side }> {
  await tx.db.$queryRaw`SELECT id FROM booking WHERE id = ${bookingId} FOR UPDATE`;
  const booking = await ownersOf(tx, bookingId);
  const side = permit(tx.actor, act, booking);
  return { booking, side, request: await tx.db.request.findUniqueOrThrow({ where: { bookingId } }) };
}

async function takeOffer(tx: SignedIn, act: Act, id: string) {
  const found = await tx.db.offer.findUnique({ where: { id }, select: { bookingId: true } });
  if (!found) throw new AppError('not_found');
  const taken = await take(tx, act, found.bookingId);
  // Read once more: who held the booking before us may have answered.
  return { ...taken, offer: offerFrom(await tx.db.offer.findUniqueOrThrow({ where: { id } })) };
}

function ownAct(side: Side, whose: Side, act: Act): void {
  if (side !== whose) throw new AppError('role_too_low', { act });
}

/** A way out: offers and holds close, the day is free, the show will not be. */
async function abandon(tx: Context, bookingId: string): Promise<void> {
  for (const { id } of await tx.db.offer.findMany({ where: { bookingId, status: 'sent' }, select: { id: true } })) {
    await tx.db.offer.updateMany({ where: { id, status: 'sent' }, data: { status: 'withdrawn', answeredAt: tx.now() } });
    await dropDeadline(tx, 'offer.expires', id);
  }
  await releaseHolds(tx, bookingId);
  await freeDay(tx, bookingId);
  await tx.db.show.updateMany({ where: { bookingId, status: 'planned' }, data: { status: 'cancelled' } });
  for (const kind of ['show.due', 'show.presumed', 'contract.lapse']) await dropDeadline(tx, kind, bookingId);
}

// --- The show ---------------------------------------------------------------------------------------------------------------

/** Puts the show of an accepted offer down, for the two sides alone as yet. */
async function plan(tx: Context, offer: Offer, request: RequestRow): Promise<void> {
  const booking = await tx.db.booking.findUniqueOrThrow({ where: { id: offer.bookingId }, select: { siteId: true } });
  const site = booking.siteId === null ? null : await tx.db.site.findUnique({ where: { id: booking.siteId }, select: { orgId: true } });
  const partner = site && await stageOf(tx, site.orgId);
  // The request keeps the name of its place: it is the partner's own when it is called so.
  const stage = partner?.name === request.place ? partner : null;
  const home = stage ?? homeOf(request.insee);
  const artist = await tx.db.organisation.findUniqueOrThrow({ where: { id: offer.orgId }, select: { name: true } });
  const epk = await tx.db.epk.findUnique({ where: { orgId: offer.orgId }, select: { name: true } });
  const show = await tx.db.show.create({
    data: {
      id: tx.newId('shw'), bookingId: offer.bookingId, orgId: offer.orgId, buyerOrgId: offer.buyerOrgId, stageOrgId: stage?.orgId ?? null, title: epk?.name ?? artist.name,
      day: fromDay(offer.showDay), startTime: offer.startTime, timeZone: home.timeZone, country: home.country,
      place: request.place, insee: request.insee, city: request.city, lat: request.lat, lng: request.lng,
    },
  });
  await setShowDeadlines(tx, show);
  const { path } = await saleFor(tx, offer);
  await setDeadline(tx, 'contract.lapse', offer.bookingId, unsignedUntil(tx.now(), beginOf(show), path));
}

/** A signed contract makes the show public; where a private party is, stays private unless it is on the partner's own stage. */
async function announce(tx: Context, bookingId: string): Promise<void> {
  const show = await tx.db.show.findUniqueOrThrow({ where: { bookingId } });
  const { asker } = await tx.db.request.findUniqueOrThrow({ where: { bookingId }, select: { asker: true } });
  await tx.db.show.update({ where: { bookingId }, data: { published: show.stageOrgId !== null || asker !== 'private' } });
  await dropDeadline(tx, 'contract.lapse', bookingId);
  // Signed late, the show may be over: the clock looks again.
  await setShowDeadlines(tx, show);
}

async function setShowDeadlines(tx: Context, show: ShowRow): Promise<void> {
  const begins = beginOf(show);
  await setDeadline(tx, 'show.due', show.bookingId ?? '', begins);
  await setDeadline(tx, 'show.presumed', show.bookingId ?? '', presumedAt(begins));
}

const beginOf = ({ day, startTime, timeZone }: ShowRow): Date => instantAt(toDay(day), startTime, timeZone);

/**
 * One's own side says that the show was played; when both have, it was.
 *
 * @throws AppError `show_not_yet`, `show_not_due`, `booking_closed`.
 */
export function confirmPlayed(ctx: SignedIn, bookingId: string): Promise<{ played: boolean }> {
  return transact(ctx, async (tx) => {
    const { booking, side } = await take(tx, 'show.confirm', bookingId);
    if (booking.status === 'played' || booking.status === 'settled') return { played: true };
    const show = await tx.db.show.findUnique({ where: { bookingId } });
    if (!show) throw new AppError('show_not_due', { status: booking.status });
    checkPlayable(booking.status, beginOf(show), tx.now());
    const [own, other] = side === 'artist' ? ['artistConfirmedAt', 'buyerConfirmedAt'] as const : ['buyerConfirmedAt', 'artistConfirmedAt'] as const;
    if (show[own] === null) {
      // Who contested and now confirms takes the contest back.
      const settled = show.contestedBy === side ? { contestedAt: null, contestedBy: null } : {};
      await tx.db.show.update({ where: { bookingId }, data: { [own]: tx.now(), ...settled } });
      await tell(tx, 'show.confirmed', { bookingId, side });
    }
    const played = show[other] !== null;
    if (played) await markPlayed(tx, bookingId);
    return { played };
  });
}

/**
 * One's own side says that the show was not played as agreed: it will not count as played by itself, and what is held stays held until
 * the same side confirms after all, or the two find another way. Said twice, the words are those of the last time.
 *
 * @throws AppError `show_not_yet`, `show_not_due`, `show_confirmed`, `booking_closed`.
 */
export function contestShow(ctx: SignedIn, bookingId: string, reason: string): Promise<{ contested: true }> {
  return transact(ctx, async (tx) => {
    const { booking, side } = await take(tx, 'show.contest', bookingId);
    const show = await tx.db.show.findUnique({ where: { bookingId } });
    if (!show) throw new AppError('show_not_due', { status: booking.status });
    checkPlayable(booking.status, beginOf(show), tx.now());
    if (show[side === 'artist' ? 'artistConfirmedAt' : 'buyerConfirmedAt'] !== null) throw new AppError('show_confirmed');
    // The other side said so already: nothing is presumed, and both still have to confirm.
    if (show.contestedBy !== null && show.contestedBy !== side) return { contested: true };
    await tx.db.show.update({ where: { bookingId }, data: { contestedAt: tx.now(), contestedBy: side, contest: reason } });
    await dropDeadline(tx, 'show.presumed', bookingId);
    if (show.contestedBy === null) await tell(tx, 'show.contested', { bookingId, side });
    return { contested: true };
  });
}

/** The show begins: both sides are asked whether it was played. */
export async function showDue(ctx: Context, bookingId: string): Promise<void> {
  const booking = await ctx.db.booking.findUnique({ where: { id: bookingId }, select: { status: true } });
  if (booking?.status === 'contracted') await tell(ctx, 'show.due', { bookingId });
}

/** Two days later it counts as played, under contract and when nobody said otherwise. */
export async function presumePlayed(ctx: Context, bookingId: string): Promise<void> {
  await ctx.db.$queryRaw`SELECT id FROM booking WHERE id = ${bookingId} FOR UPDATE`;
  const booking = await ctx.db.booking.findUnique({ where: { id: bookingId }, select: { status: true, show: { select: { contestedAt: true } } } });
  if (booking?.status === 'contracted' && booking.show?.contestedAt === null) await markPlayed(ctx, bookingId);
}

async function markPlayed(tx: Context, bookingId: string): Promise<void> {
  await advance(tx, bookingId, ['contracted'], 'played');
  await tx.db.show.update({ where: { bookingId }, data: { status: 'played', playedAt: tx.now() } });
  await dropDeadline(tx, 'show.due', bookingId);
  await dropDeadline(tx, 'show.presumed', bookingId);
  await tell(tx, 'show.played', { bookingId });
}

// --- Reading ----------------------------------------------------------------------------------------------------------------

/** Every booking of the organisation and of the artists it represents, the newest first. The holder of a link sees its own one. */
export async function readInbox(ctx: SignedIn, which: 'open' | 'closed' | 'all') {
  const { orgId, link } = ctx.actor;
  const represented = await representedOf(ctx, orgId);
  const rows = await ctx.db.booking.findMany({
    where: {
      OR: [{ orgId: { in: [orgId, ...represented] } }, { buyerOrgId: orgId }],
      ...(link ? { id: link.bookingId } : {}),
      ...(which === 'all' ? {} : { status: which === 'closed' ? { in: [...over] } : { notIn: [...over] } }),
    },
    include: { request: true, show: true, offers: { where: { status: 'sent' } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: most,
  });
  const ids = rows.map(({ id }) => id);
  const about = await aroundOf(ctx, rows);
  const scores = new Map((await ctx.db.matchScore.findMany({ where: { bookingId: { in: ids } }, select: { bookingId: true, score: true, confidence: true } })).map((row) => [row.bookingId, row]));
  return rows.flatMap((row) => {
    if (!row.request) return [];
    const side = permit(ctx.actor, 'booking.read', { orgId: row.orgId, buyerOrgId: row.buyerOrgId, bookingId: row.id, representedBy: represented.includes(row.orgId) ? [orgId] : [] });
    const { request } = row;
    const score = scores.get(row.id);
    return [{
      id: row.id, side, artist: about.nameOf(row.orgId), buyer: request.organisation || request.contactName, asker: request.asker, occasion: request.occasion,
      showDay: toDay(row.show?.day ?? request.showDay), seasonUntil: request.seasonUntil && toDay(request.seasonUntil), city: request.city,
      budget: toWire({ minor: request.budgetMinor, currency: request.currency as Currency }), status: row.status, createdAt: row.createdAt.toISOString(),
      // How an artist is judged for a request is told to the artist's side alone.
      score: score && side === 'artist' ? { score: score.score, confidence: score.confidence } : null,
      yours: isTurnOf(side, about.standingOf(row)),
    }];
  });
}

type InboxRow = BookingRow & { show: ShowRow | null; request: RequestRow | null; offers: OfferRow[] };

/** What else decides whose turn it is, for many bookings at once. */
async function aroundOf(ctx: Context, rows: readonly InboxRow[]) {
  const { db } = ctx;
  const bookingId = { in: rows.map(({ id }) => id) };
  const orgIds = rows.flatMap(({ orgId, buyerOrgId }) => [orgId, buyerOrgId]);
  const [orgs, epks, envelopes, orders, payments, mandates] = await Promise.all([
    db.organisation.findMany({ where: { id: { in: orgIds } } }),
    db.epk.findMany({ where: { orgId: { in: orgIds } }, select: { orgId: true, name: true } }),
    db.envelope.findMany({ where: { bookingId, status: 'sent' }, include: { signers: true } }),
    db.purchase.findMany({ where: { bookingId, orderedAt: { not: null } }, select: { bookingId: true } }),
    db.payment.findMany({ where: { bookingId, status: { in: ['due', 'refused'] } }, select: { bookingId: true, automatic: true, status: true } }),
    db.mandate.findMany({ where: { bookingId }, select: { bookingId: true } }),
  ]);
  const orgOf = new Map(orgs.map((org) => [org.id, org]));
  const names = new Map(epks.map(({ orgId, name }) => [orgId, name]));
  const nameOf = (orgId: string): string => names.get(orgId) ?? orgOf.get(orgId)?.name ?? '';
  const saleIn = ({ orgId, buyerOrgId, show, request }: InboxRow): Sale | null => {
    const [artist, buyer] = [orgOf.get(orgId), orgOf.get(buyerOrgId)];
    return artist && buyer ? saleOf({ artist, buyer, ...groundOf(show, request, buyer), today: dayIn(ctx.now(), artist.timeZone) }) : null;
  };
  const sides = (pairs: readonly (readonly [Side, boolean])[]): Side[] => pairs.filter(([, acts]) => acts).map(([side]) => side);
  const standingOf = (row: InboxRow) => {
    const { id, status, show } = row;
    const has = ({ bookingId: of }: { bookingId: string }) => of === id;
    const begun = status === 'contracted' && show !== null && beginOf(show) <= ctx.now();
    const sale = saleIn(row);
    return {
      status: status satisfies Status, offerBy: row.offers[0]?.proposedBy ?? null,
      incomplete: sides((['artist', 'buyer'] as const).map((side) => [side, (sale?.missing[side].length ?? 0) > 0])),
      orderAwaited: sale?.path === 'public' && !orders.some(has),
      unsigned: envelopes.filter(has).flatMap(({ signers }) => signers.filter(({ signedAt }) => signedAt === null).map(({ side }) => side)),
      paymentAwaited: payments.some((payment) => has(payment) && (payment.status === 'refused' || !payment.automatic || !mandates.some(has))),
      unconfirmed: sides([['artist', begun && show.artistConfirmedAt === null], ['buyer', begun && show.buyerConfirmedAt === null]]),
    };
  };
  return { nameOf, standingOf };
}
