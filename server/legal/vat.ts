import { halfUp, percentage, sum, type Bps, type Money } from '../core/money.ts';
import type { Day } from '../core/time.ts';
import { vatNumberOf } from './vat-number.ts';

/** One line of a quote or invoice: its net, rounded once, and the rate of its nature. */
export interface Line {
  readonly net: Money;
  readonly vatBps: Bps;
}

/** The net and the tax of all lines of one rate. */
export interface VatGroup {
  readonly vatBps: Bps;
  readonly net: Money;
  readonly vat: Money;
}

/**
 * The tax of a document: per rate on the document's total, never per line (EN 16931; legal.md VAT-BE-05, read 2026-11-21), half-up,
 * the lowest rate first.
 */
export function vatByRate(lines: readonly Line[]): VatGroup[] {
  const groups = new Map<Bps, Money>();
  for (const { net, vatBps } of lines) {
    const before = groups.get(vatBps);
    groups.set(vatBps, before ? sum(before, net) : net);
  }
  return [...groups]
    .map(([vatBps, net]) => ({ vatBps, net, vat: percentage(net, vatBps, halfUp) }))
    .sort((a, b) => Number(a.vatBps - b.vatBps));
}

/** How a sale is taxed: `charged` by the seller, `exempt`, `franchise` of a small seller, `reversed` to the buyer, or `outside` the tax altogether. */
export type VatKind = 'charged' | 'exempt' | 'franchise' | 'reversed' | 'outside';

/** A tax rate with the rule that says so. */
export interface VatRule {
  readonly bps: Bps;
  readonly kind: VatKind;
  /** What a contract and an invoice print. */
  readonly citation: string;
  /** The row of our rule base. */
  readonly ruleId: string;
}

/** The countries whose law we know. */
const lawCountries = ['FR', 'BE', 'CH', 'LU'] as const;

/** Whether we know the law of a country, ISO 3166-1. */
const lawIsKnown = (country: string): boolean => lawCountries.some((one) => one === country);

/** Whoever buys a show, as far as the tax asks. `kind` is the organisation's. */
export interface VatBuyer {
  readonly kind: string;
  readonly country: string;
  /** Empty when none is known; one that cannot be a number counts as none. */
  readonly vatNumber: string;
  readonly publicBody: boolean;
  readonly insee: string;
  readonly postcode: string;
}

/** A commune, by INSEE's code, or where that is not known by a postcode; both empty when neither is. */
interface Commune {
  readonly insee: string;
  readonly postcode: string;
}

/** A sale of a show: who sells it to whom, where it is played and when. Countries are ISO 3166-1. */
export interface CessionCase {
  /** The day of the show: a rate is that of the performance (legal.md §14). */
  readonly day: Day;
  readonly seller: { readonly country: string; readonly vatFranchise: boolean };
  readonly buyer: VatBuyer;
  readonly show: Commune & { readonly country: string };
}

interface DatedRule extends VatRule {
  readonly where: Territory;
  /** The first day on which it applies. */
  readonly from: Day;
}

type Territory = 'FR' | 'FR-corsica' | 'FR-overseas' | 'FR-untaxed' | 'BE' | 'BE-resale' | 'LU' | 'CH';

const charged = (where: Territory, from: Day, bps: Bps, ruleId: string, citation: string): DatedRule => ({ where, from, bps, kind: 'charged', ruleId, citation });

/* What a seller charges where the sale is taxed. Read 2026-11-21; French law moved from CGI to CIBS, same substance, on 2026-09-01 (ord.
   2025-1247). The rates of the first 140 performances (2.1, 0.9 and 1.05 %) are for tickets alone, never for a cession (VAT-FR-02). */
const CESSION: readonly DatedRule[] = [
  charged('FR', '2026-09-01', 550n, 'VAT-FR-01', 'CIBS art. L213-230, L213-232 et L213-233 (ancien CGI art. 278-0 bis F)'),
  charged('FR', '2013-01-01', 550n, 'VAT-FR-01', 'CGI art. 278-0 bis F'),
  charged('FR-corsica', '2026-09-01', 210n, 'VAT-FR-04', 'CIBS art. L213-230, taux applicable en Corse (ancien CGI art. 297)'),
  charged('FR-corsica', '2013-01-01', 210n, 'VAT-FR-04', 'CGI art. 297'),
  charged('FR-overseas', '2026-09-01', 210n, 'VAT-FR-05', 'CIBS art. L213-230, taux applicable en Guadeloupe, en Martinique et à La Réunion (ancien CGI art. 296)'),
  charged('FR-overseas', '2013-01-01', 210n, 'VAT-FR-05', 'CGI art. 296'),
  { where: 'FR-untaxed', from: '2013-01-01', bps: 0n, kind: 'outside', ruleId: 'VAT-FR-05', citation: 'TVA non applicable en Guyane et à Mayotte, art. 294 du CGI' },
  // A performer who sells to the organiser of the show is exempt, whatever the legal form; to another artist or an agency, not. The rise to 12 % planned for 2026-03-01 was withdrawn (VAT-BE-03).
  { where: 'BE', from: '2013-01-01', bps: 0n, kind: 'exempt', ruleId: 'VAT-BE-01', citation: 'Exonération, CTVA art. 44 § 2, 8°' },
  charged('BE-resale', '2013-01-01', 600n, 'VAT-BE-02', 'AR n° 20, tableau A, XXIX'),
  charged('LU', '2020-01-01', 300n, 'VAT-LU-01', 'Loi TVA du 12-2-1979, art. 40 et annexe B, pt 18'),
];

/* A small seller that declares the franchise: no tax on what is taxed at its home. The old French mention is tolerated until 2027-12-31
   (RES-TVA-000253, VAT-FR-08). Thresholds of a year of services: FR 37 500 €, BE 25 000 €, LU 50 000 € (VAT-FR-07, VAT-BE-04, VAT-LU-02). */
const FRANCHISE: readonly { readonly country: string; readonly from: Day; readonly ruleId: string; readonly citation: string }[] = [
  { country: 'FR', from: '2028-01-01', ruleId: 'VAT-FR-08', citation: 'TVA non applicable, CIBS art. L223-2 et suivants (ancien art. 293 B du CGI)' },
  { country: 'FR', from: '2013-01-01', ruleId: 'VAT-FR-08', citation: 'TVA non applicable, art. 293 B du CGI' },
  { country: 'BE', from: '2016-01-01', ruleId: 'VAT-BE-04', citation: 'Régime de la franchise, CTVA art. 56bis' },
  { country: 'LU', from: '2025-01-01', ruleId: 'VAT-LU-02', citation: 'Régime de la franchise, loi du 20-12-2024' },
];

const reversed: VatRule = { bps: 0n, kind: 'reversed', ruleId: 'VAT-X-01', citation: 'Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196' };
const swiss: VatRule = { bps: 0n, kind: 'outside', ruleId: 'VAT-CH-02', citation: 'Exclu du champ de la TVA, LTVA art. 21 al. 2 ch. 14' };
const swissFromAbroad: VatRule = { bps: 0n, kind: 'outside', ruleId: 'VAT-X-02', citation: 'Hors du champ de la TVA de l’Union : spectacle donné en Suisse, LTVA art. 8 al. 2 let. c et art. 21 al. 2 ch. 14' };

/** INSEE's first three digits overseas: those with a rate of their own, and those without the tax. Of the others we do not know the law. */
const [overseas, untaxed] = [['971', '972', '974'], ['973', '976']] as const;

/** Kinds of buyers that trade, and so are taxable persons unless they say otherwise. */
const traders = ['venue', 'festival', 'camping', 'company', 'artist', 'booker'];

/** Whether a buyer accounts for the tax itself: it gave its number, or it trades. A commune without a number does not (VAT-X-01). */
const isTaxable = ({ kind, country, vatNumber, publicBody }: VatBuyer): boolean => kind !== 'person' && (vatNumberOf(vatNumber, country) !== '' || (traders.includes(kind) && !publicBody));

/**
 * The tax on a cession du droit d'exploitation, or null where our rule base has no row: then nobody may guess. A taxable buyer is taxed at
 * its own country, any other where the show is played (directive 2006/112/CE art. 44 and 54; legal.md VAT-FR-*, VAT-BE-*, VAT-X-*, read 2026-11-21).
 */
export function cessionVat(sale: CessionCase): VatRule | null {
  const { seller, buyer, show } = sale;
  if (![seller, buyer, show].every(({ country }) => lawIsKnown(country))) return null;
  if (show.country === 'CH') return playedInSwitzerland(sale);
  if (!isTaxable(buyer)) return show.country === seller.country ? atHome(sale, show) : null;
  if (buyer.country === 'CH') return null;
  if (buyer.country !== seller.country) return reversed;
  return atHome(sale, show.country === seller.country ? show : buyer);
}

/** Excluded there; but a taxable buyer of the Union is taxed at home on it, and the two rules meet only where the buyer reverses the charge. */
function playedInSwitzerland({ seller, buyer }: CessionCase): VatRule | null {
  const inUnion = buyer.country !== 'CH' && isTaxable(buyer);
  if (inUnion) return seller.country === buyer.country ? null : reversed;
  return seller.country === 'CH' ? swiss : swissFromAbroad;
}

function atHome({ seller, buyer, day }: CessionCase, commune: Commune): VatRule | null {
  const where = territoryOf(seller.country, commune, buyer.kind);
  const rule = CESSION.find((one) => one.where === where && one.from <= day);
  if (!rule) return null;
  const small = seller.vatFranchise && rule.kind === 'charged' ? FRANCHISE.find(({ country, from }) => country === seller.country && from <= day) : undefined;
  if (small) return { bps: 0n, kind: 'franchise', ruleId: small.ruleId, citation: small.citation };
  const { bps, kind, citation, ruleId } = rule;
  return { bps, kind, citation, ruleId };
}

/** Which rows are read; null where we know no law, or not where the place is. */
function territoryOf(country: string, { insee, postcode }: Commune, buyerKind: string): Territory | null {
  if (country === 'BE') return buyerKind === 'artist' || buyerKind === 'booker' ? 'BE-resale' : 'BE';
  if (country === 'LU') return 'LU';
  if (country !== 'FR') return null;
  if (insee !== '') return frenchTerritory(insee);
  return /^\d{5}$/.test(postcode) && !postcodesOfOthers.includes(postcode) ? frenchTerritory(postcode) : null;
}

/** Saint-Barthélemy and Saint-Martin left Guadeloupe in 2007 and kept its postcodes. */
const postcodesOfOthers: readonly string[] = ['97133', '97150'];

/** The part of France whose rates are those of a commune, by its code; its postcode begins alike. Null where we do not know the law. */
export function frenchTerritory(code: string): Territory | null {
  if (/^(2[AB]|20)/i.test(code)) return 'FR-corsica';
  const begin = code.slice(0, 3);
  if (overseas.some((one) => one === begin)) return 'FR-overseas';
  if (untaxed.some((one) => one === begin)) return 'FR-untaxed';
  return /^9[78]/.test(code) ? null : 'FR';
}

/* The platform is French and bills in France at the standard rate; a taxable seller elsewhere in Europe accounts for the tax. Read 2026-11-21. */
const OURS: readonly (VatRule & { readonly country: string; readonly from: Day })[] = [
  { country: 'FR', from: '2026-09-01', bps: 2_000n, kind: 'charged', ruleId: 'VAT-FR-06', citation: 'CIBS livre II (ancien CGI art. 278)' },
  { country: 'FR', from: '2014-01-01', bps: 2_000n, kind: 'charged', ruleId: 'VAT-FR-06', citation: 'CGI art. 278' },
  ...['BE', 'LU'].map((country) => ({ country, from: '2011-01-01', bps: 0n, kind: 'reversed' as const, ruleId: 'VAT-X-01', citation: 'Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196' })),
  { country: 'CH', from: '2011-01-01', bps: 0n, kind: 'outside', ruleId: 'INV-04', citation: 'Hors du champ de la TVA de l’Union, directive 2006/112/CE art. 44' },
];

/* What a service that is no show bears at home, a booker's commission for one (VAT-FR-06, VAT-BE-02, VAT-CH-01, VAT-LU-01; read 2026-11-21); overseas VAT-FR-05. */
const SERVICES: readonly DatedRule[] = [
  charged('FR', '2026-09-01', 2_000n, 'VAT-FR-06', 'CIBS livre II (ancien CGI art. 278)'),
  charged('FR', '2014-01-01', 2_000n, 'VAT-FR-06', 'CGI art. 278'),
  charged('FR-overseas', '2014-01-01', 850n, 'VAT-FR-05', 'Taux normal en Guadeloupe, en Martinique et à La Réunion, art. 296 du CGI'),
  { where: 'FR-untaxed', from: '2013-01-01', bps: 0n, kind: 'outside', ruleId: 'VAT-FR-05', citation: 'TVA non applicable en Guyane et à Mayotte, art. 294 du CGI' },
  charged('BE', '1996-01-01', 2_100n, 'VAT-BE-02', 'AR n° 20, taux normal'),
  charged('LU', '2024-01-01', 1_700n, 'VAT-LU-01', 'Loi TVA du 12-2-1979, art. 39, taux normal'),
  charged('CH', '2024-01-01', 810n, 'VAT-CH-01', 'LTVA art. 25 al. 1'),
];
const fromUnion: VatRule = { bps: 0n, kind: 'outside', ruleId: 'VAT-X-02', citation: 'Hors du champ de la TVA de l’Union, directive 2006/112/CE art. 44' };
const fromSwitzerland: VatRule = { bps: 0n, kind: 'outside', ruleId: 'VAT-X-02', citation: 'Prestation fournie à l’étranger, LTVA art. 8 al. 1' };
const swissSmall: VatRule = { bps: 0n, kind: 'outside', ruleId: 'VAT-CH-03', citation: 'Non assujetti à la TVA, LTVA art. 10 al. 2 let. a' };

/** Who sells or buys a service, as far as the tax asks. */
interface ServiceParty {
  readonly country: string;
  readonly vatNumber: string;
  readonly insee: string;
  readonly postcode: string;
}

/**
 * The tax on a service that one business sells to another, a booker's commission to a producer, taxed where the buyer is at home (directive 2006/112/CE
 * art. 44); who in the Union gave no number pays the seller's (règlement 282/2011 art. 18 § 2). Null where we have no row. Read 2026-11-21.
 */
export function serviceVat({ seller, buyer, day }: { readonly seller: ServiceParty & { readonly vatFranchise: boolean }; readonly buyer: ServiceParty; readonly day: Day }): VatRule | null {
  if (![seller, buyer].every(({ country }) => lawIsKnown(country))) return null;
  const abroad = seller.country !== buyer.country;
  if (seller.country === 'CH') return abroad ? fromSwitzerland : vatNumberOf(seller.vatNumber, 'CH') === '' ? swissSmall : serviceAt(buyer, day);
  if (buyer.country === 'CH') return fromUnion;
  if (abroad && vatNumberOf(buyer.vatNumber, buyer.country) !== '') return reversed;
  const small = seller.vatFranchise ? FRANCHISE.find(({ country, from }) => country === seller.country && from <= day) : undefined;
  if (small) return { bps: 0n, kind: 'franchise', ruleId: small.ruleId, citation: small.citation };
  return serviceAt(abroad ? seller : buyer, day);
}

function serviceAt({ country, insee, postcode }: ServiceParty, day: Day): VatRule | null {
  // A service is taxed in Corsica as on the mainland: its own rates are for goods and shows.
  const home = country === 'FR' ? territoryOf(country, { insee, postcode }, '') : country;
  const where = home === 'FR-corsica' ? 'FR' : home;
  const rule = SERVICES.find((one) => one.where === where && one.from <= day);
  return rule ? { bps: rule.bps, kind: rule.kind, citation: rule.citation, ruleId: rule.ruleId } : null;
}

/**
 * How a paper that prints `citation` is taxed: our rules are known again by their words, so that a paper is read as it was written. A
 * citation without tax that no rule has is an exemption for the norm, which asks for its reason and takes any.
 */
export function vatKindOf(citation: string, bps: Bps): VatKind {
  if (bps > 0n) return 'charged';
  if (FRANCHISE.some((rule) => rule.citation === citation)) return 'franchise';
  return [...CESSION, ...OURS, ...SERVICES, reversed, swiss, swissFromAbroad, fromUnion, fromSwitzerland, swissSmall].find((rule) => rule.bps === 0n && rule.citation === citation)?.kind ?? 'exempt';
}

/**
 * The tax on what an organisation pays us, our commission on a sale or a plan, by its country and number on the day; null where we have no
 * row. Who in the Union gave no number is not shown to be taxable, and pays ours (directive 2006/112/CE art. 45, règlement 282/2011
 * art. 18 § 2, read 2026-11-21).
 */
export function ourVat({ country, vatNumber, day }: { readonly country: string; readonly vatNumber: string; readonly day: Day }): VatRule | null {
  const home = (country === 'BE' || country === 'LU') && vatNumberOf(vatNumber, country) === '' ? 'FR' : country;
  const rule = OURS.find((one) => one.country === home && one.from <= day);
  return rule ? { bps: rule.bps, kind: rule.kind, citation: rule.citation, ruleId: rule.ruleId } : null;
}

/* What a taxable buyer in the Union owes on services without a rate of their own, from its own country's law: AR n° 20 art. 1; loi TVA du 12-2-1979 art. 39, 16 % in 2023
   (legal.md VAT-LU-01). Read 2026-11-22. */
const STANDARD: readonly { readonly country: string; readonly from: Day; readonly bps: Bps }[] = [
  { country: 'BE', from: '1996-01-01', bps: 2_100n },
  { country: 'LU', from: '2024-01-01', bps: 1_700n }, { country: 'LU', from: '2023-01-01', bps: 1_600n }, { country: 'LU', from: '2015-01-01', bps: 1_700n },
];

/**
 * The rate at which a taxable buyer accounts for the tax itself where the seller reversed the charge (directive 2006/112/CE art. 196; CGI 283-2): of a show what its own country asks
 * of its kind on the day of the show, nothing where that is exempt as in Belgium; of our own services the standard rate. Null where we know no rate.
 *
 * @param bought `what`: a show, or what we sell.
 */
export function selfAssessedBps({ what, buyer, day }: { readonly what: 'show' | 'ours'; readonly buyer: Pick<VatBuyer, 'kind' | 'country' | 'insee' | 'postcode'>; readonly day: Day }): Bps | null {
  if (what === 'ours') return STANDARD.find(({ country, from }) => country === buyer.country && from <= day)?.bps ?? null;
  const where = territoryOf(buyer.country, buyer, buyer.kind);
  return CESSION.find((one) => one.where === where && one.from <= day)?.bps ?? null;
}
