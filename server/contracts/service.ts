import { keepShare } from '../bookers/service.ts';
import { advance, lapse, netFor, ownersOf, saleFor } from '../booking/service.ts';
import { lock, type Context, type SignedIn } from '../core/context.ts';
import type { Organisation } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { keepFile, sha256 } from '../core/files.ts';
import { localeOf } from '../core/locale.ts';
import { allocate, toWire, type Currency, type Money } from '../core/money.ts';
import { tell } from '../core/outbox.ts';
import { permit } from '../core/permissions.ts';
import { dayIn, toDay } from '../core/time.ts';
import { frenchDay } from '../legal/french.ts';
import { commissionOn } from '../prices/service.ts';
import { openEnvelope, voidEnvelope } from '../signing/service.ts';
import { cession, rulesOf } from './cession.ts';
import type { ContractParty, Deal } from './deal.ts';
import { paperOf } from './paper.ts';

/**
 * Drafts the contract of an agreed booking, prints it and sends it out to be signed, as soon as both parties are complete and a public
 * buyer has ordered; until then, and when it is drafted already, it does nothing. In the caller's transaction.
 */
export async function draftIfReady(tx: Context, bookingId: string): Promise<void> {
  await lock(tx, `contract:${bookingId}`);
  const ready = await readDeal(tx, bookingId);
  if (!ready) return;
  const { deal, artist, buyer, commissionBps, commissionVat } = ready;
  const clauses = cession(deal);
  const title = `Contrat de cession n° ${deal.number} — ${deal.show.title}`;
  const bytes = await tx.adapters.print({
    title, subject: 'Cession du droit d’exploitation d’un spectacle', author: deal.producer.legalName, lang: 'fr-FR', at: tx.realNow(),
    footer: `Contrat n° ${deal.number} · ${deal.show.title} · ${[deal.show.city, frenchDay(deal.show.day)].filter(Boolean).join(', ')}`,
    blocks: paperOf(deal, clauses),
  });
  const fileId = await keepFile(tx, { orgId: artist.id, name: `contrat-${deal.number}.pdf`, mime: 'application/pdf', bytes });
  const owners = { orgId: artist.id, buyerOrgId: buyer.id, bookingId };
  const envelopeId = await openEnvelope(tx, { ...owners, title, fileId, sha256: sha256(bytes), signers: [
    { side: 'artist', ...signerFor(artist, deal.producer) }, { side: 'buyer', ...signerFor(buyer, deal.organiser) },
  ] });
  const id = tx.newId('ctr');
  await tx.db.contract.create({ data: {
    id, ...owners, number: deal.number, path: deal.path, priceMinor: deal.price.minor, vatBps: Number(deal.vatBps), vatMinor: deal.vat.minor, totalMinor: deal.total.minor,
    currency: deal.price.currency, commissionBps: Number(commissionBps),
    vatCitation: deal.vatCitation, commissionVatBps: Number(commissionVat.bps), commissionVatCitation: commissionVat.citation, clauses: clauses.map((clause) => ({ ...clause, paragraphs: [...clause.paragraphs] })),
    rules: rulesOf(deal).map((rule) => ({ ...rule })), fileId, envelopeId, draftedAt: tx.now(),
  } });
  await tell(tx, 'contract.drafted', { bookingId, contractId: id });
}

/** Both sides have signed, at `signedAt` of the trade's clock: our commission and the booker's keep the rates of that day, and the booking is under contract. */
export async function recordSigned(tx: Context, { bookingId, envelopeId }: { bookingId: string; envelopeId: string }, signedAt: Date): Promise<void> {
  const contract = await tx.db.contract.findUnique({ where: { envelopeId } });
  if (contract?.status !== 'drafted') return;
  const { sealedFileId, evidenceFileId } = await tx.db.envelope.findUniqueOrThrow({ where: { id: envelopeId } });
  const { timeZone } = await tx.db.organisation.findUniqueOrThrow({ where: { id: contract.orgId } });
  const booking = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId } });
  // The booking ended while the second side was signing: what they signed has no object any more.
  const status = booking.status === 'agreed' ? 'signed' : 'void';
  const commissionBps = Number(await commissionOn(tx, { orgId: contract.orgId, price: priceOf(contract), day: dayIn(signedAt, timeZone) }));
  await tx.db.contract.update({ where: { id: contract.id }, data: { status, signedAt, sealedFileId, evidenceFileId, commissionBps } });
  if (status === 'void') return;
  await keepShare(tx, { bookingId, orgId: contract.orgId }, signedAt);
  await advance(tx, bookingId, ['agreed'], 'contracted');
  await tell(tx, 'contract.signed', { bookingId, contractId: contract.id });
}

/** The date to sign by has come: without a contract signed by both the day is free again. Signed meanwhile, it stands. */
export async function lapseUnsigned(tx: Context, bookingId: string): Promise<void> {
  await lock(tx, `contract:${bookingId}`);
  const { status } = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, select: { status: true } });
  if (status !== 'agreed') return;
  const contract = await tx.db.contract.findUnique({ where: { bookingId }, select: { id: true, envelopeId: true } });
  if (contract) {
    if (contract.envelopeId && !await voidEnvelope(tx, contract.envelopeId)) return;
    await tx.db.contract.update({ where: { id: contract.id }, data: { status: 'void' } });
  }
  await lapse(tx, bookingId);
}

/** The contract of a booking, to read on screen. @throws AppError `contract_missing` while it is not drafted. */
export async function readContract(ctx: SignedIn, bookingId: string) {
  permit(ctx.actor, 'contract.read', await ownersOf(ctx, bookingId));
  const contract = await ctx.db.contract.findUnique({ where: { bookingId } });
  if (!contract) throw new AppError('contract_missing');
  const { id, number, status, path, vatBps, commissionBps, fileId, sealedFileId, evidenceFileId, draftedAt, signedAt } = contract;
  const money = (minor: bigint) => toWire({ minor, currency: contract.currency as Currency });
  return {
    id, number, status, path, price: money(contract.priceMinor), vatBps, vat: money(contract.vatMinor), total: money(contract.totalMinor), commissionBps,
    clauses: contract.clauses as unknown as { number: number; heading: string; paragraphs: string[] }[], fileId, sealedFileId, evidenceFileId,
    draftedAt: draftedAt.toISOString(), signedAt: signedAt?.toISOString() ?? null,
  };
}

/** Whether a file is a contract, its evidence or its quote, of a booking that the reader may read. */
export async function mayReadFile(ctx: SignedIn, fileId: string): Promise<boolean> {
  const bookingId = await bookingOfFile(ctx, fileId);
  if (!bookingId) return false;
  try {
    permit(ctx.actor, 'contract.read', await ownersOf(ctx, bookingId));
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function bookingOfFile({ db }: Context, fileId: string): Promise<string | null> {
  const contract = await db.contract.findFirst({ where: { OR: [{ fileId }, { sealedFileId: fileId }, { evidenceFileId: fileId }] }, select: { bookingId: true } });
  // Between the last signature and the job that hears of it, the envelope alone knows the sealed file.
  const found = contract ?? await db.envelope.findFirst({ where: { OR: [{ fileId }, { sealedFileId: fileId }, { evidenceFileId: fileId }] }, select: { bookingId: true } })
    ?? await db.purchase.findFirst({ where: { quoteFileId: fileId }, select: { bookingId: true } });
  return found?.bookingId ?? null;
}

/** The deal that a contract may be drafted from now, or null. */
async function readDeal(tx: Context, bookingId: string) {
  const booking = await tx.db.booking.findUniqueOrThrow({ where: { id: bookingId }, include: { request: true, show: true, offers: { where: { status: 'accepted' } } } });
  const { request, show, offers: [offer] } = booking;
  if (booking.status !== 'agreed' || !request || !show || !offer || await tx.db.contract.count({ where: { bookingId } }) > 0) return null;
  const artist = await tx.db.organisation.findUniqueOrThrow({ where: { id: booking.orgId } });
  const buyer = await tx.db.organisation.findUniqueOrThrow({ where: { id: booking.buyerOrgId } });
  const kit = await tx.db.epk.findUnique({ where: { orgId: booking.orgId } }) ?? { name: artist.name, genres: [], lineUp: 1, durationMinutes: 75, technical: '' };
  const purchase = await tx.db.purchase.findUnique({ where: { bookingId } });
  const { path, vat, commissionVat, missing } = await saleFor(tx, { ...booking, bookingId });
  const waits = missing.artist.length + missing.buyer.length > 0 || (path === 'public' && !purchase?.orderedAt);
  if (waits || !vat || !commissionVat) return null;
  const day = dayIn(tx.now(), artist.timeZone);
  const net = await netFor(tx, { ...booking, bookingId }, { minor: offer.priceMinor, currency: offer.currency as Currency });
  if (!net) return null;
  const [deposit, balance] = allocate(net.total, [30n, 70n]) as [Money, Money];
  const deal: Deal = {
    number: await nextNumber(tx, day), day, path, price: net.price, vatBps: net.vatBps, vat: net.vat, total: net.total, deposit, balance,
    vatCitation: vat.citation, vatKind: vat.kind, vatRule: vat.ruleId,
    artist: { name: kit.name, genres: kit.genres, lineUp: kit.lineUp }, producer: partyOf(artist), organiser: partyOf(buyer),
    show: {
      title: show.title, day: toDay(show.day), startTime: show.startTime, durationMinutes: kit.durationMinutes, occasion: request.occasion,
      place: show.place, address: request.address, city: show.city, audience: request.audience, outdoor: request.outdoor,
    },
    purchase: path === 'public' ? purchase : null, terms: offer.terms, technical: { artist: kit.technical, organiser: request.technical },
  };
  return { deal, artist, buyer, commissionBps: net.commissionBps, commissionVat };
}

async function nextNumber(tx: Context, day: string): Promise<string> {
  const [row] = await tx.db.$queryRaw<[{ number: bigint }]>`SELECT nextval('contract_number') AS number`;
  return `C-${day.slice(0, 4)}-${row.number.toString().padStart(6, '0')}`;
}

const partyOf = (org: Organisation): ContractParty => ({ ...org, licenceUntil: org.licenceUntil && toDay(org.licenceUntil) });

const signerFor = ({ id, email, locale }: Organisation, { legalName, representative, capacity }: ContractParty) =>
  ({ orgId: id, email, locale: localeOf(locale), party: legalName, representative, capacity });

const priceOf = ({ priceMinor, currency }: { priceMinor: bigint; currency: string }): Money => ({ minor: priceMinor, currency: currency as Currency });
