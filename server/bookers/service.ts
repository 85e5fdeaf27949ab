import { lock, transact, type Context, type SignedIn } from '../core/context.ts';
import type { BookerShare, Contract, Organisation, Prisma, RepresentationTerms } from '../core/db/client.ts';
import { AppError } from '../core/errors.ts';
import { localeOf } from '../core/locale.ts';
import { amountOf, type Money } from '../core/money.ts';
import { permit } from '../core/permissions.ts';
import { post } from '../core/post.ts';
import { dayIn, type Day } from '../core/time.ts';
import { beforeTax, bookerPart, capOf, type BookerPart, type Capacity, type FeeCap } from '../legal/booker.ts';
import { feeCapsOn } from '../legal/service.ts';
import { serviceVat } from '../legal/vat.ts';
import { termsLetter } from './letters.ts';
import { lackOf, plainTerms, type Terms } from './terms.ts';

/** A show of ours is one evening. */
const days = 1;

/** The two sides of a representation. */
export type Party = 'artist' | 'booker';

const live = (now: Date) => ({ since: { lte: now }, OR: [{ until: null }, { until: { gt: now } }] });
const sides = { artist: true, booker: true, terms: { orderBy: [{ proposedAt: 'desc' }, { id: 'desc' }] } } satisfies Prisma.RepresentationInclude;

/** What was agreed last since the mandate began, before an instant: it holds for what is signed then. */
const inForce = <T extends Pick<RepresentationTerms, 'status' | 'answeredAt'>>(terms: readonly T[], since: Date, at: Date): T | null =>
  terms.filter(({ status, answeredAt }) => status === 'agreed' && answeredAt && answeredAt >= since && answeredAt <= at)
    .reduce<T | null>((last, one) => (last?.answeredAt && one.answeredAt && last.answeredAt >= one.answeredAt ? last : one), null);

/** Whether the artist plays alone, as its press kit says: the Swiss cap asks. */
const isSolo = async (ctx: Context, artistOrgId: string): Promise<boolean> => (await ctx.db.epk.findUnique({ where: { orgId: artistOrgId }, select: { lineUp: true } }))?.lineUp === 1;

/** The law's cap on a booker of that capacity for that artist, on a day. */
async function capFor(ctx: Context, { artist, booker, day, ...of }: { artist: Organisation; booker: Organisation; day: Day; capacity: Capacity; career: boolean }): Promise<FeeCap | null> {
  return capOf(await feeCapsOn(ctx, day), { ...of, countries: [artist.country, booker.country], solo: await isSolo(ctx, artist.id), days });
}

/* What both sides agree. */

/** What each mandate of the organisation acted for pays: what holds, what is proposed, and the caps of the law. A booker who acts for an artist reads its own page instead. */
export async function readTerms(ctx: SignedIn) {
  const { orgId, mandated } = ctx.actor;
  permit(ctx.actor, 'organisation.read', { orgId });
  const now = ctx.now();
  const rows = mandated ? [] : await ctx.db.representation.findMany({ where: { ...live(now), AND: { OR: [{ bookerOrgId: orgId }, { artistOrgId: orgId }] } }, orderBy: { since: 'desc' }, include: sides });
  return Promise.all(rows.map(async ({ id, artist, booker, since, terms }) => {
    const day = dayIn(now, artist.timeZone);
    const capView = async (career: boolean) => {
      const cap = await capFor(ctx, { artist, booker, day, capacity: 'agent', career });
      return cap && { bps: Number(cap.bps), rule: cap.rule, source: cap.source };
    };
    const current = inForce(terms, since, now);
    const proposed = terms.find(({ status }) => status === 'proposed');
    return {
      representationId: id, side: artist.id === orgId ? 'artist' as const : 'booker' as const, artist: artist.name, booker: booker.name,
      current: current && termsView(current), proposed: proposed ? termsView(proposed) : null, cap: await capView(false), capCareer: await capView(true),
    };
  }));
}

const termsView = ({ id, capacity, bps, wageBps, career, missions, reporting, permit: number, proposedBy, proposedAt, answeredAt }: RepresentationTerms) => ({
  id, capacity, bps, wageBps, career, missions, reporting, permit: number, proposedBy, proposedAt: proposedAt.toISOString(), answeredAt: answeredAt?.toISOString() ?? null,
});

/** A live representation, held until the transaction ends, with the side of whoever acts: one of its own heads. @throws AppError `booker_terms_closed`; and as `permit` does. */
async function hold(tx: SignedIn, representationId: string) {
  await lock(tx, `terms:${representationId}`);
  const found = await tx.db.representation.findUnique({ where: { id: representationId }, include: sides });
  if (!found) throw new AppError('not_found');
  const side: Party = permit(tx.actor, 'organisation.edit', { orgId: found.artistOrgId, buyerOrgId: found.bookerOrgId }) === 'artist' ? 'artist' : 'booker';
  const now = tx.now();
  if (found.until && found.until <= now) throw new AppError('booker_terms_closed');
  return { ...found, side };
}

/** Refuses what the law does not allow. @throws AppError `booker_over_cap`, `booker_mandate_unwritten`, `booker_permit_missing`, `booker_licence_missing`, `booker_tax_unknown`. */
async function assertLawful(ctx: Context, terms: Terms, { artist, booker }: { artist: Organisation; booker: Organisation }): Promise<void> {
  const lack = lackOf(terms, booker);
  if (lack) throw new AppError(lack);
  const day = dayIn(ctx.now(), artist.timeZone);
  const cap = await capFor(ctx, { artist, booker, day, capacity: terms.capacity, career: terms.career });
  if (cap && BigInt(terms.bps) > cap.bps) throw new AppError('booker_over_cap', { most: String(Number(cap.bps) / 100), rule: cap.rule, source: cap.source });
  if (!serviceVat({ seller: booker, buyer: artist, day })) throw new AppError('booker_tax_unknown');
}

/**
 * One side proposes what the representation pays; what was proposed before and not answered gives way. Nothing holds until the other side agrees.
 *
 * @throws AppError `not_found`, `role_too_low`, `booker_terms_closed`; and as the law asks: `booker_over_cap`, `booker_mandate_unwritten`, `booker_permit_missing`, `booker_licence_missing`, `booker_tax_unknown`.
 */
export function proposeTerms(ctx: SignedIn, { representationId, ...asked }: Terms & { readonly representationId: string }): Promise<{ id: string }> {
  return transact(ctx, async (tx) => {
    const { side, artist, booker, terms: before } = await hold(tx, representationId);
    const terms = plainTerms(asked);
    await assertLawful(tx, terms, { artist, booker });
    const [at, by] = [tx.now(), tx.actor.userId ?? ''];
    const open = before.find(({ status }) => status === 'proposed');
    if (open) await tx.db.representationTerms.update({ where: { id: open.id }, data: { status: open.proposedBy === side ? 'withdrawn' : 'declined', answeredAt: at, answeredUser: by } });
    const id = tx.newId('trm');
    await tx.db.representationTerms.create({ data: { id, representationId, ...terms, proposedBy: side, proposedUser: by, proposedAt: at } });
    await write(tx, id, 'proposed', side === 'artist' ? { to: booker, from: artist } : { to: artist, from: booker });
    return { id };
  });
}

/**
 * The other side agrees or declines; who proposed withdraws. What is agreed holds for every contract signed from then on.
 *
 * @throws AppError `not_found`, `role_too_low`, `booker_terms_closed`; and as `proposeTerms` does where the law has changed meanwhile.
 */
export function answerTerms(ctx: SignedIn, { id, answer }: { readonly id: string; readonly answer: 'agree' | 'decline' | 'withdraw' }): Promise<{ id: string }> {
  return transact(ctx, async (tx) => {
    const asked = await tx.db.representationTerms.findUnique({ where: { id }, select: { representationId: true } });
    if (!asked) throw new AppError('not_found');
    const { side, artist, booker, terms: all } = await hold(tx, asked.representationId);
    const terms = all.find((one) => one.id === id);
    const own = terms?.proposedBy === side;
    if (terms?.status !== 'proposed' || own !== (answer === 'withdraw')) throw new AppError('booker_terms_closed');
    if (answer === 'agree') await assertLawful(tx, terms, { artist, booker });
    const status = answer === 'agree' ? 'agreed' : answer === 'decline' ? 'declined' : 'withdrawn';
    await tx.db.representationTerms.update({ where: { id }, data: { status, answeredAt: tx.now(), answeredUser: tx.actor.userId ?? '' } });
    if (status !== 'withdrawn') await write(tx, id, status, side === 'artist' ? { to: booker, from: artist } : { to: artist, from: booker });
    return { id };
  });
}

const write = (tx: Context, id: string, news: 'proposed' | 'agreed' | 'declined', { to, from }: { to: Organisation; from: Organisation }): Promise<void> =>
  post(tx, { cause: `terms:${id}:${news}`, email: to.email, orgId: to.id }, termsLetter(localeOf(to.locale), news, { org: to.name, other: from.name }, `${tx.config.urls.platform}/organisation`));

/** What the booker of an artist takes of a price before tax by the terms in force now, in basis points: of an agent, its share of the wages in it. Of several the one with the oldest mandate counts; 0 where nothing is agreed. The caps of the law are held when a contract is signed. */
export async function agreedBps(ctx: Context, artistOrgId: string): Promise<number> {
  const mandates = await ctx.db.representation.findMany({ where: { artistOrgId, ...live(ctx.now()) }, orderBy: [{ since: 'asc' }, { id: 'asc' }], include: { terms: sides.terms } });
  const [terms] = mandates.flatMap((mandate) => inForce(mandate.terms, mandate.since, ctx.now()) ?? []).filter(({ bps }) => bps > 0);
  if (!terms) return 0;
  return terms.capacity === 'agent' ? Math.round((terms.bps * terms.wageBps) / 10_000) : terms.bps;
}

/* What a contract keeps. */

/**
 * Keeps what a contract signed at `signedAt` leaves the artist's booker, in the caller's transaction: the terms in force that day, no more than the law
 * of that day allows. Of several bookers the one with the oldest mandate counts; without agreed terms there is nothing.
 */
export async function keepShare(tx: Context, { bookingId, orgId }: { readonly bookingId: string; readonly orgId: string }, signedAt: Date): Promise<void> {
  const mandates = await tx.db.representation.findMany({ where: { artistOrgId: orgId, ...live(signedAt) }, orderBy: [{ since: 'asc' }, { id: 'asc' }], include: sides });
  const [first] = mandates.flatMap((mandate) => {
    const terms = inForce(mandate.terms, mandate.since, signedAt);
    return terms && terms.bps > 0 ? [{ ...mandate, terms }] : [];
  });
  if (!first) return;
  const { artist, booker, terms: { id: termsId, capacity, bps: agreedBps, wageBps, career } } = first;
  const day = dayIn(signedAt, artist.timeZone);
  const vat = serviceVat({ seller: booker, buyer: artist, day });
  if (!vat) {
    tx.log.error({ bookingId, termsId }, 'nobody may guess how a booker’s commission is taxed: none is kept, and somebody has to look');
    return;
  }
  const cap = await capFor(tx, { artist, booker, day, capacity, career });
  await tx.db.bookerShare.create({ data: {
    bookingId, orgId, bookerOrgId: booker.id, termsId, capacity, agreedBps, bps: cap && cap.bps < BigInt(agreedBps) ? Number(cap.bps) : agreedBps,
    capBps: cap && Number(cap.bps), capRule: cap?.rule ?? '', capSource: cap?.source ?? '', wageBps, vatBps: Number(vat.bps), vatCitation: vat.citation, keptAt: signedAt,
  } });
}

/** What is released of a booking, and as what. */
export interface Released {
  readonly kind: 'release' | 'indemnity';
  /** What leaves the secured payment, with tax. */
  readonly amount: Money;
}

type Priced = Pick<Contract, 'bookingId' | 'priceMinor' | 'totalMinor' | 'currency'>;

/** What of a release is the booker's by the share that its contract keeps, with what it was taken on. */
export function partOf(share: BookerShare, { priceMinor, totalMinor, currency }: Omit<Priced, 'bookingId'>, { kind, amount }: Released): BookerPart & { readonly orgId: string } {
  const { bookerOrgId: orgId, capacity, bps, capBps, wageBps, vatBps } = share;
  const taken = kind === 'indemnity' ? amount : beforeTax(amount, { price: amountOf({ minor: priceMinor, currency }), total: amountOf({ minor: totalMinor, currency }) });
  return { orgId, ...bookerPart(taken, kind, { capacity, bps: BigInt(bps), capBps: capBps === null ? null : BigInt(capBps), wageBps: BigInt(wageBps), vatBps: BigInt(vatBps) }) };
}

/** What of a release leaves for the booker of the artist; null where nothing does. */
export async function bookerChargeOf(ctx: Context, contract: Priced, released: Released): Promise<(BookerPart & { readonly orgId: string }) | null> {
  const share = await ctx.db.bookerShare.findUnique({ where: { bookingId: contract.bookingId } });
  const part = share && partOf(share, contract, released);
  return part && part.net.minor > 0n ? part : null;
}
