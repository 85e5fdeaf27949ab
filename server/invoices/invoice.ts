import assert from 'node:assert/strict';
import { halfUp, negative, sum, type Bps, type Money } from '../core/money.ts';
import type { Day } from '../core/time.ts';
import { registrationLine } from '../identity/party.ts';
import type { Capacity } from '../legal/booker.ts';
import { frenchRib } from '../legal/french.ts';
import { vatByRate } from '../legal/vat.ts';

/** Who issues or pays, as the law wants it printed. An empty text is left out. */
export interface Party {
  readonly name: string;
  readonly legalForm: string;
  readonly siret: string;
  /** Outside France its number in the register there. Papers of before 2026-11-25 have none. */
  readonly registration?: string;
  readonly vatNumber: string;
  readonly address: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
  /** Where a transfer goes; empty when it is not known. */
  readonly iban?: string;
}

/** How an invoice is paid, which decides the words on it: through our payment provider and held until the show, by a public buyer's transfer, out of a payout for us (`deducted`) or for the producer's booker (`withheld`), or by the card that a plan is charged to. */
export type Settlement = 'secured' | 'public' | 'deducted' | 'withheld' | 'owed' | 'card';

/** Money that came in before, with the day on which its tax fell due. */
export interface Received {
  readonly label: string;
  readonly amount: Money;
  readonly day: Day;
  /** The invoice that billed it when it was paid before the show, if one did. */
  readonly invoice: string;
  /** The day of that invoice, the tax in the amount, and the credit notes that took back of it already. Papers of before 2026-11-26 have none of them. */
  readonly issuedDay?: Day;
  readonly vat?: Money;
  readonly credits?: readonly string[];
}

/** What a credit note takes back, and why. */
export interface Credited {
  readonly number: string;
  readonly issuedDay: Day;
  readonly reason: string;
}

/** All that one invoice or credit note is made of. The amounts of a credit note are positive: its kind says that they are given back. */
export interface Draft {
  readonly kind: 'deposit' | 'balance' | 'final' | 'commission' | 'booker' | 'subscription' | 'credit';
  /** Of a credit note alone. */
  readonly credits?: Credited;
  readonly number: string;
  readonly issuedDay: Day;
  readonly dueDay: Day;
  readonly issuer: Party;
  /** Who prints the invoice on the seller's behalf: us. */
  readonly printer: string;
  readonly payer: Party & { readonly isPerson: boolean };
  readonly label: string;
  readonly net: Money;
  readonly vat: Money;
  readonly vatBps: Bps;
  /** Why that rate, or why no tax. */
  readonly vatCitation: string;
  readonly serviceDay: Day;
  readonly received: readonly Received[];
  readonly settlement: Settlement;
  readonly contract: string;
  /** What a public buyer's accountant looks for (PUB-08, PUB-11): bon de commande, code service, numéro d'engagement and numéro de marché. Papers of before 2026-11-23 have the first two. */
  readonly order: { readonly number: string; readonly serviceCode: string; readonly commitment?: string; readonly market?: string } | null;
  /** The seller has opted to pay its tax when it invoices; absent where it has not. */
  readonly debits?: boolean;
  /** When the seller let us write its invoices; absent where it has not said so on our pages. */
  readonly mandateDay?: Day;
}

/** A piece of the printed invoice, in reading order; the printer's blocks are these and more. */
export type Piece =
  | { readonly kind: 'title' | 'heading' | 'text' | 'small'; readonly text: string }
  | { readonly kind: 'columns'; readonly left: readonly string[]; readonly right: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly align: readonly ('left' | 'right')[]; readonly widths: readonly number[] };

/**
 * The net and the tax inside a sum that was taken with tax, as a deposit is. They sum to it: the tax takes the rounding, and the
 * final invoice, reckoned on the whole price, puts it right.
 */
export function insideOf(withTax: Money, vatBps: Bps): { net: Money; vat: Money } {
  const net = { ...withTax, minor: halfUp(withTax.minor * 10_000n, 10_000n + vatBps) };
  return { net, vat: sum(withTax, negative(net)) };
}

/**
 * The net and the tax inside what a credit note gives back, of an invoice of which `left` is not credited yet. All of it is exactly
 * what is left, so that net and tax end at nothing; less is split as a deposit is, and takes of neither more than there is.
 *
 * @throws AssertionError when it is not of `left`.
 */
export function creditOf(amount: Money, left: { readonly net: Money; readonly vat: Money }, vatBps: Bps): { net: Money; vat: Money } {
  assert(amount.minor > 0n && amount.minor <= sum(left.net, left.vat).minor, 'a credit note gives back some of what is left');
  const { net: wanted } = insideOf(amount, vatBps);
  const [most, least] = [left.net.minor, amount.minor - left.vat.minor];
  const minor = wanted.minor > most ? most : wanted.minor < least ? least : wanted.minor;
  const net = { ...amount, minor };
  return { net, vat: sum(amount, negative(net)) };
}

/** The tax of a whole price: per rate on the document's total. */
export function vatOf(net: Money, vatBps: Bps): Money {
  const [group] = vatByRate([{ net, vatBps }]);
  assert(group, 'one line has one rate');
  return group.vat;
}

/** What the payer of an invoice still owes. */
export const dueOf = ({ net, vat, received }: Pick<Draft, 'net' | 'vat' | 'received'>): Money =>
  sum(net, vat, ...received.map(({ amount }) => negative(amount)));

/** `1 266,00 €` */
export function figure({ minor, currency }: Money): string {
  const size = minor < 0n ? -minor : minor;
  const whole = new Intl.NumberFormat('fr-FR').format(size / 100n);
  return `${minor < 0n ? '−' : ''}${whole},${String(size % 100n).padStart(2, '0')} ${currency === 'EUR' ? '€' : currency}`;
}

/** `5,5 %` */
const rate = (bps: Bps): string => `${new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 }).format(Number(bps) / 100)} %`;

/**
 * What a booker bills, by its capacity: an agent a part of the artists' gross wages (C. trav. L7121-13, FEE-01), a producer or a provider a part of the price before tax or of an
 * indemnity (FEE-04). Read in legal.md, 2026-11-22.
 *
 * @param basis What the rate was taken on.
 */
export function bookerLabel({ capacity, bps, basis, kind }: { readonly capacity: Capacity; readonly bps: Bps; readonly basis: Money; readonly kind: 'release' | 'indemnity' }): string {
  const on = capacity === 'agent' ? `des rémunérations brutes, ${figure(basis)}` : kind === 'indemnity' ? `de l’indemnité d’annulation, ${figure(basis)}` : `du prix HT, ${figure(basis)}`;
  return `${capacity === 'agent' ? 'Commission d’agent artistique' : 'Commission'} : ${rate(bps)} ${on}`;
}

/** `14 juillet 2027` */
export const date = (day: Day): string => new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

const titles = { deposit: 'Facture d’acompte', balance: 'Facture d’acompte', final: 'Facture', commission: 'Facture de commission', booker: 'Facture de commission', subscription: 'Facture d’abonnement', credit: 'Avoir' } as const;

/** The title of the document: `Facture d’acompte F-2027-0001`. */
export const titleOf = ({ kind, number }: Pick<Draft, 'kind' | 'number'>): string => `${titles[kind]} ${number}`;

/**
 * The invoice as it is printed, with what French law wants on it: CGI ann. II 242 nonies A and C. com. L441-9 (INV-01), with the option for tax at invoicing (PUB-09); late payment by
 * C. com. L441-10 and D441-5 (PAY-11), of a public buyer by R2192-31 and D2192-35 (PUB-06); read 2026-11-21.
 */
export function piecesOf(draft: Draft): Piece[] {
  const { issuer, payer, net, vat, vatBps, received } = draft;
  const due = dueOf(draft);
  return [
    { kind: 'title', text: titleOf(draft) },
    { kind: 'columns', left: partyLines('Émetteur', issuer), right: partyLines('Client', payer) },
    { kind: 'columns', left: ['Dates', `${draft.credits ? 'Avoir' : 'Facture'} : ${date(draft.issuedDay)}`, ...(draft.credits ? [] : [`Échéance : ${date(draft.dueDay)}`]), `Prestation : ${date(draft.serviceDay)}`], right: references(draft) },
    {
      kind: 'table', align: ['left', 'right', 'right', 'right', 'right'], widths: [46, 8, 16, 12, 18],
      rows: [['Désignation', 'Qté', 'Prix unitaire HT', 'TVA', 'Montant HT'], [draft.label.charAt(0).toUpperCase() + draft.label.slice(1), '1', figure(net), vatBps > 0n ? rate(vatBps) : '—', figure(net)]],
    },
    {
      kind: 'table', align: ['left', 'right'], widths: [70, 30],
      rows: [
        ['Totaux', 'Montant'],
        ['Total HT', figure(net)],
        [vatBps > 0n ? `TVA ${rate(vatBps)} sur ${figure(net)}` : 'TVA', figure(vat)],
        [vatBps > 0n ? 'Total TTC' : 'Total', figure(sum(net, vat))],
        ...received.map((one) => [`${one.label}, reçu le ${date(one.day)}${invoicedBy(one)}`, figure(negative(one.amount))]),
        [draft.credits ? 'Net en votre faveur' : 'Net à payer', figure(due)],
      ],
    },
    ...mentions(draft).map((text): Piece => ({ kind: 'small', text })),
  ];
}

/** ` (facture F-2027-0001 du 2 mars 2027, TVA 19,80 €)` */
function invoicedBy({ invoice, issuedDay, vat, credits = [] }: Received): string {
  if (!invoice) return '';
  return ` (facture ${invoice}${issuedDay ? ` du ${date(issuedDay)}` : ''}${credits.length > 0 ? `, moins ${credits.join(', ')}` : ''}${vat && vat.minor > 0n ? `, TVA ${figure(vat)}` : ''})`;
}

function partyLines(role: string, party: Party): string[] {
  return [
    role, [party.name, party.legalForm].filter(Boolean).join(', '), party.address, `${party.postcode} ${party.city}`, party.country === 'FR' ? 'France' : party.country,
    party.siret ? `SIREN ${party.siret.slice(0, 9)}, SIRET ${party.siret}` : '', registrationLine(party), party.vatNumber ? `TVA ${party.vatNumber}` : '',
  ].filter(Boolean);
}

function references({ contract, order, credits, settlement }: Draft): string[] {
  return [
    'Références', ...(credits ? [`Facture d’origine : ${credits.number} du ${date(credits.issuedDay)}`] : []), `Contrat : ${contract}`,
    ...(order ? [
      // Without one apart, a public buyer's order is its engagement.
      order.commitment || settlement !== 'public' ? `Bon de commande : ${order.number}` : `Numéro d’engagement : ${order.number}`, ...(order.commitment ? [`Numéro d’engagement : ${order.commitment}`] : []),
      ...(order.serviceCode ? [`Code service : ${order.serviceCode}`] : []), ...(order.market ? [`Numéro de marché : ${order.market}`] : []),
    ] : []),
  ];
}

/** How it is paid, or what a credit note corrects. */
export const paymentTerms = (draft: Draft): string[] => (draft.credits
  ? [`Cet avoir rectifie la facture ${draft.credits.number} du ${date(draft.credits.issuedDay)}, qui n’est pas modifiée. Motif : ${draft.credits.reason}`]
  : payment(draft));

/** By what law another writes a seller's invoice: the seller's own, so none of the Union's in Switzerland (read 2026-11-22). */
const mandateLaw: Readonly<Partial<Record<string, string>>> = {
  FR: ' (CGI, art. 289, I-2)', BE: ' (directive 2006/112/CE, art. 220)', LU: ' (directive 2006/112/CE, art. 220)',
};

/** Everything in words that must stand on the invoice; without the words on late payment where another field holds them. */
export function mentions(draft: Draft, { late = true }: { readonly late?: boolean } = {}): string[] {
  const { issuer, printer, received, vatBps, vatCitation, credits, mandateDay } = draft;
  const ours = issuer.name === printer || draft.settlement === 'deducted' || draft.settlement === 'owed' || draft.settlement === 'card';
  const mandate = ours ? [] : [`${credits ? 'Avoir établi' : 'Facture établie'} par ${printer} au nom et pour le compte de ${issuer.name}, qui reste responsable de ses obligations${mandateDay ? `, par mandat du ${date(mandateDay)}` : ''}${mandateLaw[issuer.country] ?? ''}.`];
  const tax = vatBps > 0n ? `TVA au taux de ${rate(vatBps)} : ${vatCitation}.` : `${vatCitation}.`;
  const exigible = !ours && vatBps > 0n && received.length > 0
    ? [`TVA exigible à l’encaissement : ${received.map((one) => `${one.label.toLowerCase()}, le ${date(one.day)}`).join(' ; ')}.`]
    : [];
  // Of what is paid before its invoice the tax is due on that day all the same (CGI 269, 2-c; BOI-TVA-BASE-20-20, read 2026-11-22).
  const option = draft.debits ? ['Option pour le paiement de la taxe d’après les débits.'] : [];
  const owed = late && !credits ? [lateTerms(draft).map(({ text }) => text).join(' ')] : [];
  return ['Catégorie de l’opération : prestation de services.', tax, ...option, ...exigible, ...paymentTerms(draft), ...owed, ...mandate];
}

function payment(draft: Draft): string[] {
  switch (draft.settlement) {
    case 'secured': return ['Facture acquittée. Paiement sécurisé : fonds réservés chez le prestataire de paiement, versés au producteur après le spectacle.'];
    case 'deducted': return ['Facture acquittée par déduction du versement.'];
    case 'withheld': return ['Facture acquittée : montant retenu sur le versement du client, et versé à l’émetteur par le prestataire de paiement.'];
    case 'card': return ['Facture acquittée par carte.'];
    case 'owed': return [`À régler par virement au plus tard le ${date(draft.dueDay)}.`, ...bank(draft)];
    case 'public': return [
      `Règlement par virement sous trente jours, au plus tard le ${date(draft.dueDay)}, service fait le ${date(draft.serviceDay)} (CCP, art. R2192-10). Facture à déposer sur Chorus Pro (CCP, art. L2192-1).`,
      ...bank(draft),
    ];
  }
}

function bank({ issuer: { iban = '', name } }: Draft): string[] {
  const rib = frenchRib(iban);
  return iban ? [`Coordonnées bancaires : IBAN ${iban.replaceAll(/(.{4})(?=.)/g, '$1 ')}, au nom de ${name}.${rib ? ` RIB : ${rib}.` : ''}`] : [];
}

/**
 * What is owed late, each with the code of a French electronic invoice: AAB discount, PMD late interest, PMT cost of recovery. Nothing on a
 * credit note, nor on what a seller of another country was paid: the Code de commerce binds French sellers, the CCP French public buyers.
 */
export function lateTerms({ settlement, issuer, payer, credits }: Draft): { code: 'AAB' | 'PMD' | 'PMT'; text: string }[] {
  if (credits) return [];
  if (settlement === 'public') {
    return [
      { code: 'PMD', text: 'En cas de retard : intérêts moratoires au taux principal de refinancement de la BCE majoré de huit points (CCP, art. R2192-31).' },
      { code: 'PMT', text: 'En cas de retard : indemnité forfaitaire de 40 € pour frais de recouvrement (CCP, art. D2192-35).' },
    ];
  }
  if (issuer.country !== 'FR') return [];
  const discount = { code: 'AAB', text: 'Pas d’escompte pour paiement anticipé.' } as const;
  // A private person owes neither by law.
  if (payer.isPerson) return [discount];
  return [
    discount, { code: 'PMD', text: 'En cas de retard : pénalités au taux de la BCE majoré de dix points (C. com., art. L441-10).' },
    { code: 'PMT', text: 'En cas de retard : indemnité forfaitaire de 40 € pour frais de recouvrement (C. com., art. D441-5).' },
  ];
}
