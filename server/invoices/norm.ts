import { decimal, sum } from '../core/money.ts';
import type { Day } from '../core/time.ts';
import { registrationOf } from '../identity/party.ts';
import { vatNumberOf } from '../legal/vat-number.ts';
import { vatKindOf, type VatKind } from '../legal/vat.ts';
import { dueOf, lateTerms, mentions, paymentTerms, type Draft, type Party } from './invoice.ts';

/** A number with the scheme that gave it, of ISO 6523 or the European list of electronic addresses. */
export interface Scheme {
  readonly value: string;
  readonly scheme: '0002' | '0009' | '0208' | '0183' | '9930' | '9938' | '9944' | '9927';
}

/** A number of a register; Luxembourg's has no scheme. */
export interface Registration extends Omit<Scheme, 'scheme'> {
  readonly scheme: Scheme['scheme'] | null;
}

/** A party as EN 16931 wants it. What is not known is null. */
export interface NormParty {
  readonly name: string;
  /** SIRET: BT-29, BT-46. */
  readonly siret: Scheme | null;
  /** SIREN, enterprise number, UID or RCS number, and a public buyer's SIRET: BT-30, BT-47. A seller has one, or a VAT number (BR-CO-26). */
  readonly registration: Registration | null;
  /** Where Peppol finds it: BT-34, BT-49. */
  readonly address: Scheme | null;
  /** BT-31, BT-48: never on what is outside the tax (BR-O-02). */
  readonly vatNumber: string | null;
  /** BT-32: the SIREN or the register's number of a seller without a VAT number (BR-E-02, BR-AE-02, BR-S-02). */
  readonly taxNumber: string | null;
}

/** An invoice or credit note by the European norm EN 16931-1:2017, from which each syntax is written. Amounts as `1266.00`. */
export interface Norm {
  /** UNTDID 1001: invoice, prepayment invoice, credit note. */
  readonly typeCode: '380' | '386' | '381';
  /** Cadre de facturation of Chorus Pro, A1: a supplier files its invoice. Null for a private buyer. */
  readonly process: 'A1' | null;
  readonly seller: NormParty;
  readonly buyer: NormParty;
  /** Code service of a public buyer, BT-10. */
  readonly buyerReference: string | null;
  /** Numéro d'engagement, or bon de commande where there is none apart, BT-13. */
  readonly order: string | null;
  /** The public market, or else the contract, BT-12. */
  readonly contract: string;
  /** UNTDID 5305. */
  readonly category: 'S' | 'E' | 'AE' | 'O';
  /** In per cent; none outside the tax. */
  readonly rate: string | null;
  readonly exemption: { readonly text: string; readonly code: 'VATEX-FR-FRANCHISE' | 'VATEX-EU-AE' | 'VATEX-EU-O' | null } | null;
  /** Whether the tax is due on the day of the invoice: BT-8, of a seller that has opted for it and was not paid before. */
  readonly dueAtIssue: boolean;
  readonly net: string;
  readonly vat: string;
  readonly total: string;
  readonly prepaid: string;
  readonly payable: string;
  /** What was invoiced before, each with the day of its own: what was paid before the show, of a final invoice; the invoice that is credited. BG-3. */
  readonly preceding: readonly { readonly number: string; readonly day: Day }[];
  /** UNTDID 4461: a SEPA transfer, another one, a card, an online payment service whichever way its buyer chose there, what was deducted, or not said. */
  readonly means: '58' | '30' | '48' | '68' | '97' | '1';
  readonly iban: string | null;
  /** None on a credit note. */
  readonly dueDay: Day | null;
  readonly terms: string;
  /** With the codes that French invoices bear: PMT, PMD and AAB for the cost of recovery, late interest and discount. */
  readonly notes: readonly { readonly text: string; readonly code: 'AAB' | 'PMD' | 'PMT' | null }[];
}

/* UNTDID 5305. A franchise is an exemption for the norm, with its own code, so that the seller may say its number; only what no tax is about is O. */
const categories: Readonly<Record<VatKind, Pick<Norm, 'category'> & { readonly code: NonNullable<Norm['exemption']>['code'] }>> = {
  charged: { category: 'S', code: null },
  exempt: { category: 'E', code: null },
  franchise: { category: 'E', code: null },
  reversed: { category: 'AE', code: 'VATEX-EU-AE' },
  outside: { category: 'O', code: 'VATEX-EU-O' },
};

/** The norm's own view of what is printed: EN 16931-1, Factur-X 1.07, Peppol BIS Billing 3 and Chorus Pro's fields (PUB-08, VAT-BE-05), read 2026-11-21. */
export function normOf(draft: Draft): Norm {
  const { kind, issuer, payer, settlement, order, credits, received, net, vat, vatBps } = draft;
  const tax = vatKindOf(draft.vatCitation, vatBps);
  const { category, code } = categories[tax];
  const franchise = tax === 'franchise' && issuer.country === 'FR' ? 'VATEX-FR-FRANCHISE' : null;
  const byTransfer = settlement === 'public' || settlement === 'owed';
  const iban = byTransfer && !credits && issuer.iban ? issuer.iban : null;
  const total = sum(net, vat);
  const payable = dueOf(draft);
  return {
    typeCode: credits ? '381' : kind === 'deposit' || kind === 'balance' ? '386' : '380',
    process: settlement === 'public' ? 'A1' : null,
    seller: partyOf(issuer, category), buyer: settlement === 'public' ? inChorus(partyOf(payer, category)) : partyOf(payer, category),
    buyerReference: order?.serviceCode || null, order: order?.commitment || order?.number || null, contract: order?.market || draft.contract,
    category, rate: category === 'O' ? null : decimal({ ...net, minor: vatBps }), exemption: category === 'S' ? null : { text: draft.vatCitation, code: franchise ?? code },
    dueAtIssue: draft.debits === true && received.length === 0,
    net: decimal(net), vat: decimal(vat), total: decimal(total), prepaid: decimal({ ...total, minor: total.minor - payable.minor }), payable: decimal(payable),
    preceding: credits ? [{ number: credits.number, day: credits.issuedDay }] : received.filter(({ invoice }) => invoice !== '').map(({ invoice, day, issuedDay = day }) => ({ number: invoice, day: issuedDay })),
    means: iban ? (net.currency === 'EUR' ? '58' : '30') : credits || byTransfer ? '1' : settlement === 'secured' ? '68' : settlement === 'card' ? '48' : '97', iban,
    dueDay: credits ? null : draft.dueDay,
    terms: paymentTerms(draft).join(' '),
    notes: [...mentions(draft, { late: false }).map((text) => ({ text, code: null })), ...lateTerms(draft)],
  };
}

function partyOf(party: Party, category: Norm['category']): NormParty {
  const siret = party.country === 'FR' && /^\d{14}$/u.test(party.siret) ? party.siret : '';
  const vatNumber = vatNumberOf(party.vatNumber, party.country);
  const number = registrationOf(party);
  const scheme = registerSchemes[party.country];
  const registered: Scheme | null = number !== '' && scheme ? { value: number, scheme } : null;
  return {
    name: party.name,
    siret: siret ? { value: siret, scheme: '0009' } : null,
    registration: siret ? { value: siret.slice(0, 9), scheme: '0002' } : registered ?? (number === '' ? null : { value: number, scheme: null }),
    address: siret ? { value: siret, scheme: '0009' } : byCountry(party.country, vatNumber) ?? registered,
    vatNumber: vatNumber && category !== 'O' ? vatNumber : null,
    taxNumber: vatNumber ? null : siret.slice(0, 9) || number || null,
  };
}

/** The registers whose numbers have a scheme of ISO 6523: Belgium's BCE and Switzerland's IDE. */
const registerSchemes: Readonly<Partial<Record<string, Scheme['scheme']>>> = { BE: '0208', CH: '0183' };

/** Chorus Pro knows a public buyer by its SIRET alone, under the scheme that SIREN has too. */
const inChorus = (buyer: NormParty): NormParty => (buyer.siret ? { ...buyer, registration: { value: buyer.siret.value, scheme: '0002' } } : buyer);

/** Whose electronic address is their VAT number: Germany, Luxembourg, the Netherlands, Switzerland (EAS list, read 2026-11-21). */
const vatSchemes: Readonly<Partial<Record<string, Scheme['scheme']>>> = { DE: '9930', LU: '9938', NL: '9944', CH: '9927' };

function byCountry(country: string, vatNumber: string): Scheme | null {
  const scheme = vatSchemes[country];
  return scheme && vatNumber ? { value: vatNumber, scheme } : null;
}

/** Whether Peppol carries it: between two firms of which one is Belgian, and whose addresses are known (VAT-BE-05, since 2026-01-01). */
export function isForPeppol({ issuer, payer }: Draft, { seller, buyer }: Norm): boolean {
  return !payer.isPerson && (issuer.country === 'BE' || payer.country === 'BE') && seller.address !== null && buyer.address !== null;
}
