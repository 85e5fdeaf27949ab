import { lock, type Context, type Guest, type SignedIn } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { announce } from '../core/live.ts';
import { toWire, type Currency } from '../core/money.ts';
import { ACTS, permit, type Act, type Owned, type Side } from '../core/permissions.ts';
import { instantAt, toDay } from '../core/time.ts';
import type { Topic } from '../core/topics.ts';
import { isStill, representedBy } from '../identity/service.ts';
import { netFor, saleFor } from '../booking/service.ts';
import { originsOfKey } from '../partners/service.ts';
import { actsOf } from './acts.ts';
import { nextOf, stepsOf, type Known, type Step } from './steps.ts';

/** Writes a fact into the timeline of its booking, once, and wakes those who follow it. Numbers have no gap: the booking is locked meanwhile. */
export async function note(ctx: Context, heard: { topic: Topic; payload: { bookingId: string }; fact: { id: bigint; toldAt: Date } }): Promise<void> {
  const { topic, payload, fact } = heard;
  const { bookingId } = payload;
  await lock(ctx, `timeline:${bookingId}`);
  if (await ctx.db.timelineEntry.findUnique({ where: { factId: fact.id } })) return;
  const { orgId, buyerOrgId } = await ctx.db.booking.findUniqueOrThrow({ where: { id: bookingId } });
  const last = await ctx.db.timelineEntry.aggregate({ where: { bookingId }, _max: { seq: true } });
  await ctx.db.timelineEntry.create({ data: { bookingId, orgId, buyerOrgId, factId: fact.id, topic, payload, at: fact.toldAt, seq: (last._max.seq ?? 0) + 1 } });
  // Heard by others only once this commits.
  await announce(ctx.db, bookingId);
}

/** Everything about one booking, as the reader's side sees it. */
export async function readFile(ctx: SignedIn, bookingId: string) {
  const { db } = ctx;
  const found = await readKnown(ctx, { id: bookingId });
  if (!found) throw new AppError('not_found');
  const { booking, request, known, sale, artist, buyer, show, representatives } = found;
  const owned: Owned = { orgId: booking.orgId, buyerOrgId: booking.buyerOrgId, bookingId, representedBy: representatives };
  const side = permit(ctx.actor, 'booking.read', owned);
  const [holds, all, ours, epk] = await Promise.all([
    db.hold.findMany({ where: { bookingId }, orderBy: { createdAt: 'asc' } }),
    db.timelineEntry.findMany({ where: { bookingId }, orderBy: { seq: 'asc' } }),
    db.invoice.findMany({ where: { bookingId, kind: { in: ['commission', 'booker'] } }, select: { id: true } }),
    db.epk.findUnique({ where: { orgId: booking.orgId }, select: { slug: true, name: true } }),
  ]);
  // What we and its booker charge the artist, and how it pays, is not the buyer's business.
  const timeline = all.filter(({ topic, payload }) => side === 'artist' || (topic !== 'invoice.waiting' && !ours.some(({ id }) => id === (payload as { invoiceId?: string }).invoiceId)));
  const offers = await Promise.all(booking.offers.map(async (offer) => ({
    id: offer.id, proposedBy: offer.proposedBy, showDay: toDay(offer.showDay), startTime: offer.startTime, price: wire(offer.priceMinor, offer.currency), terms: offer.terms,
    expiresAt: offer.expiresAt.toISOString(), createdAt: offer.createdAt.toISOString(), status: offer.status, yours: offer.status === 'sent' && offer.proposedBy !== side, replaces: offer.replaces, reason: offer.reason,
    net: netWire(await netFor(ctx, { ...booking, bookingId }, { minor: offer.priceMinor, currency: offer.currency as Currency })),
  })));
  const next = nextOf(known, side, ctx.now());
  const own = side === 'artist' ? artist : buyer;
  return {
    bookingId, reference: booking.reference, side, path: known.path, status: booking.status, reason: booking.reason,
    artist: { orgId: booking.orgId, name: epk?.name ?? artist.name, slug: epk?.slug ?? '' }, buyer: { name: request.organisation || request.contactName, kind: buyer.kind },
    request: {
      asker: request.asker, contactName: request.contactName, organisation: request.organisation, email: request.email, phone: request.phone, occasion: request.occasion,
      showDay: toDay(request.showDay), seasonUntil: request.seasonUntil ? toDay(request.seasonUntil) : null, shows: request.shows, startTime: request.startTime,
      place: request.place, address: request.address, city: request.city, outdoor: request.outdoor, audience: request.audience, budget: wire(request.budgetMinor, request.currency),
      technical: request.technical, message: request.message, createdAt: booking.createdAt.toISOString(),
    },
    steps: stepsOf(known), next: { act: next.act, by: next.by, until: next.until?.toISOString() ?? null },
    may: actsOf(known, side, ctx.now()).filter((act) => may(ctx, act, owned)),
    holds: holds.map((hold) => ({ id: hold.id, day: toDay(hold.day), rank: hold.rank, expiresAt: hold.expiresAt.toISOString(), status: hold.status })),
    offers,
    party: {
      missing: [...sale.missing[side]], otherComplete: known.complete[side === 'artist' ? 'buyer' : 'artist'],
      known: {
        legalName: own.legalName, legalForm: own.legalForm, siret: own.siret, registration: own.registration, vatNumber: own.vatNumber, address: own.address, postcode: own.postcode, city: own.city,
        country: own.country, representative: own.representative, capacity: own.capacity,
      },
    },
    show: show && {
      day: toDay(show.day), startTime: show.startTime, artistConfirmedAt: show.artistConfirmedAt?.toISOString() ?? null,
      buyerConfirmedAt: show.buyerConfirmedAt?.toISOString() ?? null, playedAt: show.playedAt?.toISOString() ?? null,
      contestedBy: show.contestedBy, contest: show.contestedBy === null ? '' : show.contest, contestedAt: show.contestedAt?.toISOString() ?? null,
    },
    timeline: timeline.map((entry) => ({ seq: entry.seq, topic: entry.topic, at: entry.at.toISOString(), side: (entry.payload as { side?: Side }).side ?? null })),
  };
}

/** The names of the steps of the booking that `reference` names: a word that cannot be guessed, and that opens nothing else. */
export async function readSteps(ctx: Guest, reference: string): Promise<{ steps: Step[] }> {
  const found = await readKnown(ctx, { reference });
  if (!found) throw new AppError('not_found');
  return { steps: stepsOf(found.known) };
}

/** Says each new entry of a booking's timeline, and first those after `lastEventId`. Without one it says only what is new. */
export async function* follow(ctx: SignedIn, input: { bookingId: string; lastEventId?: string | null | undefined }, signal: AbortSignal | undefined) {
  const booking = await ctx.db.booking.findUnique({ where: { id: input.bookingId } });
  if (!booking) throw new AppError('not_found');
  const leave = async () => {
    if (!await isStill(ctx, ctx.actor)) throw new AppError(ctx.actor.link ? 'link_dead' : 'not_found');
    permit(ctx.actor, 'booking.read', { ...booking, bookingId: booking.id, representedBy: await representedBy(ctx.db, booking.orgId, ctx.now()) });
  };
  await leave();
  for await (const entry of entriesAfter(ctx, booking.id, input.lastEventId, { signal, leave })) yield { seq: entry.seq, topic: entry.topic, at: entry.at.toISOString() };
}

/** Says the steps of a booking each time something happened to it. */
export async function* followSteps(ctx: Guest, input: { reference: string; lastEventId?: string | null | undefined }, signal: AbortSignal | undefined) {
  const booking = await ctx.db.booking.findUnique({ where: { reference: input.reference }, select: { id: true } });
  if (!booking) throw new AppError('not_found');
  const { key, origins } = ctx.partner;
  const leave = async () => {
    const listed = await originsOfKey(ctx.db, key, ctx.realNow());
    if (listed.length === 0) throw new AppError('key_unknown');
    // Which page it is the door knows: it is asked again.
    if (!origins.every((origin) => listed.includes(origin))) throw new AppError('rate_limited', { seconds: '1' });
  };
  for await (const { seq } of entriesAfter(ctx, booking.id, input.lastEventId, { signal, leave })) yield { seq, ...await readSteps(ctx, input.reference) };
}

/** The entries after the last one heard, and then each new one; `leave` is asked for whenever something may have happened. */
async function* entriesAfter(ctx: Context, bookingId: string, lastEventId: string | null | undefined, { signal, leave }: { signal: AbortSignal | undefined; leave: () => Promise<void> }) {
  const last = await ctx.db.timelineEntry.aggregate({ where: { bookingId }, _max: { seq: true } });
  let seen = lastEventId && /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : last._max.seq ?? 0;
  for await (const booking of ctx.live.news(bookingId, signal ?? new AbortController().signal)) {
    await leave();
    for (const entry of await ctx.db.timelineEntry.findMany({ where: { bookingId: booking, seq: { gt: seen } }, orderBy: { seq: 'asc' } })) {
      seen = entry.seq;
      yield entry;
    }
  }
}

/** A booking with all that its steps are made of. */
async function readKnown(ctx: Context, where: { id: string } | { reference: string }) {
  const { db } = ctx;
  const booking = await db.booking.findUnique({ where, include: { request: true, offers: { orderBy: { createdAt: 'asc' } }, show: true } });
  if (!booking?.request) return null;
  const bookingId = booking.id;
  const [artist, buyer, holds, contract, payments, mandate, purchase, invoice, waiting, released, disputed, representatives] = await Promise.all([
    db.organisation.findUniqueOrThrow({ where: { id: booking.orgId } }),
    db.organisation.findUniqueOrThrow({ where: { id: booking.buyerOrgId } }),
    db.hold.count({ where: { bookingId } }),
    db.contract.findUnique({ where: { bookingId }, select: { envelopeId: true, path: true } }),
    db.payment.findMany({ where: { bookingId }, orderBy: { part: 'asc' } }),
    db.mandate.count({ where: { bookingId } }),
    db.purchase.findUnique({ where: { bookingId }, select: { orderedAt: true } }),
    db.invoice.findFirst({ where: { bookingId, kind: 'final' }, orderBy: { version: 'desc' }, select: { paidAt: true, dueDay: true } }),
    db.invoiceWaiting.count({ where: { bookingId, cause: { not: 'booker' } } }),
    db.transfer.count({ where: { bookingId, kind: 'release' } }),
    db.dispute.count({ where: { bookingId, status: 'open' } }),
    representedBy(db, booking.orgId, ctx.now()),
  ]);
  const signers = contract?.envelopeId ? await db.signer.findMany({ where: { envelopeId: contract.envelopeId } }) : null;
  const signed = (side: Side) => signers?.some((signer) => signer.side === side && signer.signedAt) === true;
  const { show } = booking;
  const sale = await saleFor(ctx, { ...booking, bookingId });
  const known: Known = {
    // What was signed stays so, wherever the buyer moves.
    path: contract?.path ?? sale.path, status: booking.status, held: holds > 0, offers: booking.offers,
    complete: { artist: sale.missing.artist.length === 0, buyer: sale.missing.buyer.length === 0 },
    ordered: Boolean(purchase?.orderedAt), signed: signers && { artist: signed('artist'), buyer: signed('buyer') },
    payments, mandate: mandate > 0,
    show: show && {
      begins: instantAt(toDay(show.day), show.startTime, show.timeZone), played: show.playedAt !== null,
      confirmed: { artist: show.artistConfirmedAt !== null, buyer: show.buyerConfirmedAt !== null }, contestedBy: show.contestedBy,
    },
    disputed: disputed > 0, released: released > 0, invoice: invoice && { paid: invoice.paidAt !== null, dueDay: invoice.dueDay }, waiting: waiting > 0,
  };
  return { booking, request: booking.request, show, known, sale, artist, buyer, representatives };
}

function may(ctx: SignedIn, act: Act, owned: Owned): boolean {
  try {
    permit(ctx.actor, act, owned);
    return act in ACTS;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

const wire = (minor: bigint, currency: string) => toWire({ minor, currency: currency as Currency });

function netWire(net: Awaited<ReturnType<typeof netFor>>) {
  return net && {
    price: toWire(net.price), vatBps: Number(net.vatBps), vatCitation: net.vatCitation, vat: toWire(net.vat), total: toWire(net.total),
    commissionBps: Number(net.commissionBps), commission: toWire(net.commission), commissionVat: toWire(net.commissionVat), payout: toWire(net.payout),
  };
}
