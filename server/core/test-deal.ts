import { transact, type Context } from './context.ts';
import { halfUp } from './money.ts';
import { tell } from './outbox.ts';
import { fromDay } from './time.ts';

/** A booking whose contract both sides have signed, as rooms above the contract meet it. */
export interface TestDeal {
  readonly bookingId: string;
  readonly orgId: string;
  readonly buyerOrgId: string;
  readonly contractId: string;
  /** The booker of its artist; empty for none. */
  readonly bookerOrgId: string;
}

/** What a deal leaves its booker, in basis points: a provider of a service on the whole price when nothing is said. */
export interface TestBooker {
  readonly capacity?: 'agent' | 'producer' | 'provider';
  readonly bps?: number;
  readonly capBps?: number;
  readonly wageBps?: number;
  readonly vatBps?: number;
  /** Belgian, it leaves its tax to a French producer. */
  readonly country?: 'FR' | 'BE';
  /** Whether it has given its invoicing mandate; it has when nothing is said. */
  readonly mandate?: boolean;
}

/** Lays out a signed deal, and nothing of what follows. In minor units and basis points; the golden case of money.md when nothing is said, by a producer who has given its invoicing mandate. */
export async function signedDeal(ctx: Context, over: { price?: bigint; vatBps?: bigint; commissionBps?: bigint; showDay?: string; path?: 'secured' | 'public'; artistOrgId?: string; country?: string; mandate?: boolean; vatCitation?: string; booker?: TestBooker } = {}): Promise<TestDeal> {
  const { price = 120_000n, vatBps = 550n, commissionBps = 1_000n, showDay = '2027-05-08', path = 'secured', country = 'FR', mandate = true } = over;
  const { db } = ctx;
  const [bookingId, buyerOrgId, contractId] = [ctx.newId('bkg'), ctx.newId('org'), ctx.newId('ctr')];
  const orgId = over.artistOrgId ?? ctx.newId('org');
  const party = { phone: '', timeZone: 'Europe/Paris', address: '3 rue des Lilas', postcode: '35000', city: 'Rennes', representative: 'Ana Exemple', createdAt: ctx.now() };
  const artist = { ...party, id: orgId, kind: 'artist' as const, name: 'Les Marées', legalName: 'Les Marées Productions', siret: '73282932000074', vatNumber: vatBps > 0n && country === 'FR' ? 'FR44732829320' : '', registration: { BE: '0403019261', CH: 'CHE116281710', LU: 'B12345' }[country] ?? '', email: `${orgId}@artist.example`, iban: 'FR7630006000011234567890189', country };
  const buyer = {
    ...party, id: buyerOrgId, kind: path === 'public' ? 'municipality' as const : 'venue' as const, name: 'La Halle', legalName: path === 'public' ? 'Commune de Démonville' : 'La Halle SARL',
    siret: '73282932000074', email: `${buyerOrgId}@buyer.example`, country: 'FR',
  };
  await db.organisation.createMany({ data: [artist, buyer], skipDuplicates: true });
  await db.seller.createMany({ data: [{ orgId, kind: 'entity', tin: { FR: '732829320', BE: '0403019261', LU: '19742200188', CH: 'CHE123456788' }[country] ?? '732829320', noVat: true, ibanHolder: 'Les Marées Productions', updatedAt: ctx.now() }], skipDuplicates: true });
  if (mandate) await db.invoicingMandate.createMany({ data: [{ orgId, version: 1, acceptedAt: ctx.now(), userId: 'usr_test', signedBy: 'Ana Exemple', text: 'Mandat de facturation' }], skipDuplicates: true });
  await db.booking.create({ data: { id: bookingId, orgId, buyerOrgId, reference: `ref${bookingId}`, status: 'contracted', createdAt: ctx.now() } });
  await db.show.create({ data: { id: ctx.newId('shw'), bookingId, orgId, buyerOrgId, title: 'Grande marée', day: fromDay(showDay), startTime: '20:30', place: 'La Halle', city: 'Rennes' } });
  const vat = halfUp(price * vatBps, 10_000n);
  await db.contract.create({
    data: {
      id: contractId, bookingId, orgId, buyerOrgId, number: `C-${bookingId}`, path, status: 'signed', priceMinor: price, vatBps: Number(vatBps), vatMinor: vat, totalMinor: price + vat, currency: 'EUR',
      commissionBps: Number(commissionBps),
      vatCitation: over.vatCitation ?? (vatBps > 0n ? 'CIBS art. L213-230' : country === 'BE' ? 'Exonération, CTVA art. 44 § 2, 8°' : 'TVA non applicable, art. 293 B du CGI'),
      commissionVatBps: country === 'FR' ? 2_000 : 0, commissionVatCitation: country === 'FR' ? 'CIBS livre II' : 'Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196', clauses: [], rules: [], fileId: 'fil_none', draftedAt: ctx.now(), signedAt: ctx.now(),
    },
  });
  if (path === 'public') await db.purchase.create({ data: { bookingId, orgId, buyerOrgId, quoteNumber: `D-${bookingId}`, quoteFileId: 'fil_none', quotedAt: ctx.now(), orderNumber: 'BC-2027-118', serviceCode: 'CULTURE', orderedAt: ctx.now() } });
  const bookerOrgId = over.booker ? await bookerOf(ctx, { bookingId, orgId }, over.booker) : '';
  await transact(ctx, (tx) => tell(tx, 'contract.signed', { bookingId, contractId }));
  return { bookingId, orgId, buyerOrgId, contractId, bookerOrgId };
}

/** A booker who acts for the artist of a deal, with what both agreed and the contract keeps. */
async function bookerOf(ctx: Context, { bookingId, orgId }: { bookingId: string; orgId: string }, { capacity = 'provider', bps = 1_000, capBps, wageBps = 10_000, country = 'FR', vatBps = country === 'FR' ? 2_000 : 0, mandate = true }: TestBooker): Promise<string> {
  const { db } = ctx;
  const [id, representationId, termsId] = [ctx.newId('org'), ctx.newId('rep'), ctx.newId('trm')];
  await db.organisation.create({ data: { id, kind: 'booker', name: 'Agence de la Lisière', legalName: 'Agence de la Lisière SARL', email: `${id}@booker.example`, postcode: '63000', city: 'Clermont-Ferrand', address: '8 cours des Tilleuls', representative: 'Salomé Verdier', country, ...(country === 'FR' ? { siret: '73282932000074', vatNumber: 'FR44732829320' } : { registration: '0403019261', vatNumber: 'BE0403019261' }), iban: 'FR7630006000011234567890189', createdAt: ctx.now() } });
  await db.seller.create({ data: { orgId: id, kind: 'entity', tin: '732829320', ibanHolder: 'Agence de la Lisière', updatedAt: ctx.now() } });
  if (mandate) await db.invoicingMandate.create({ data: { orgId: id, version: 1, acceptedAt: ctx.now(), userId: 'usr_test', signedBy: 'Salomé Verdier', text: 'Mandat de facturation' } });
  await db.representation.create({ data: { id: representationId, artistOrgId: orgId, bookerOrgId: id, since: ctx.now() } });
  await db.representationTerms.create({ data: { id: termsId, representationId, capacity, bps, wageBps, ...(capacity === 'agent' && { missions: 'Engagements', reporting: 'Par mois' }), status: 'agreed', proposedBy: 'booker', proposedUser: 'usr_test', proposedAt: ctx.now(), answeredUser: 'usr_test', answeredAt: ctx.now() } });
  await db.bookerShare.create({ data: {
    bookingId, orgId, bookerOrgId: id, termsId, capacity, agreedBps: bps, bps: capBps === undefined ? bps : Math.min(bps, capBps), capBps: capBps ?? null, capRule: capBps === undefined ? '' : 'FEE-01', capSource: capBps === undefined ? '' : 'Code du travail art. L7121-13',
    wageBps, vatBps, vatCitation: country === 'FR' ? 'CIBS livre II (ancien CGI art. 278)' : 'Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196', keptAt: ctx.now(),
  } });
  return id;
}

/** Has the show of a deal played now, as both sides or the hours that passed would say. */
export function play(ctx: Context, { bookingId }: { readonly bookingId: string }): Promise<void> {
  return transact(ctx, async (tx) => {
    await tx.db.show.update({ where: { bookingId }, data: { playedAt: tx.now(), status: 'played' } });
    await tx.db.booking.update({ where: { id: bookingId }, data: { status: 'played' } });
    await tell(tx, 'show.played', { bookingId });
  });
}
