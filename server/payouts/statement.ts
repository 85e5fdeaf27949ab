import { units } from '../accounting/signs.ts';
import type { Locale } from '../core/locale.ts';
import { halfUp, type Currency } from '../core/money.ts';
import type { Day } from '../core/time.ts';
import { separated } from './csv.ts';

/** One booking on a statement, or what was kept of the payout for a claim over another. Minor units of `currency`; `price`, `vat` and `total` of what was released. */
export interface Line {
  readonly bookingId: string;
  readonly reference: string;
  readonly title: string;
  readonly showDay: Day;
  readonly place: string;
  readonly buyer: string;
  /** `release`: the show was played; `share`: a dispute gave a part of it; `indemnity`: it was cancelled, and the sum is no price; `booker`: a booker's commission, whose price and tax are its own; `kept`: what was owed for a lost dispute, and `payout` is below zero. */
  readonly kind: 'release' | 'share' | 'indemnity' | 'booker' | 'kept';
  readonly price: bigint;
  readonly vatBps: number;
  readonly vat: bigint;
  readonly total: bigint;
  readonly commissionBps: number;
  readonly commission: bigint;
  readonly commissionVat: bigint;
  /** What the booker of the artist has of it, with tax. */
  readonly booker: bigint;
  readonly payout: bigint;
  readonly currency: Currency;
  /** The booker's invoice to the producer for its commission; null where there is none, or none yet. */
  readonly invoice: { readonly number: string; readonly fileId: string } | null;
  /** The claim that it was kept for; null of a booking's own line. */
  readonly claimId: string | null;
}

/** One entry of the ledger, as a statement reads it. */
export interface Booked {
  readonly account: string;
  readonly minor: bigint;
}

/**
 * What the ledger says of one release: what left the secured payment, our charges, its booker's commission, and what the producer is credited with. The price within is the
 * contract's where all was released; of a part it is reckoned back from the whole by the rate of its tax, half up; an indemnity is no price and bears no tax.
 */
export function figuresOf(entries: readonly Booked[], of: { readonly orgId: string; readonly kind: 'release' | 'indemnity'; readonly vatBps: number; readonly contractTotal: bigint; readonly contractVat: bigint }) {
  const on = (match: (account: string) => boolean): bigint => entries.filter(({ account }) => match(account)).reduce((sum, { minor }) => sum + minor, 0n);
  const total = -on((account) => account.startsWith('escrow:'));
  const whole = of.kind === 'release' && total === of.contractTotal;
  const vat = of.kind === 'indemnity' ? 0n : whole ? of.contractVat : total - halfUp(total * 10_000n, 10_000n + BigInt(of.vatBps));
  return {
    kind: of.kind === 'indemnity' ? 'indemnity' as const : whole ? 'release' as const : 'share' as const,
    price: total - vat, vat, total, commission: on((account) => account === 'commission:platform'), commissionVat: on((account) => account.startsWith('vat:')), booker: on((account) => account.startsWith('commission:booker:')), payout: on((account) => account === `payable:${of.orgId}`),
  };
}

/** A payout with everything that it is made of. */
export interface Statement {
  readonly payoutId: string;
  readonly orgName: string;
  readonly amount: bigint;
  readonly currency: Currency;
  readonly createdDay: Day;
  readonly paidDay: Day | null;
  /** `FR76 •••• 0189`; empty where the provider alone knows it. */
  readonly account: string;
  readonly lines: readonly Line[];
}

type Column = 'booking' | 'show' | 'day' | 'place' | 'buyer' | 'kind' | 'price' | 'vatRate' | 'vat' | 'total' | 'commissionRate' | 'commission' | 'commissionVat' | 'booker' | 'payout' | 'currency' | 'invoice';
const columns: readonly Column[] = ['booking', 'show', 'day', 'place', 'buyer', 'kind', 'price', 'vatRate', 'vat', 'total', 'commissionRate', 'commission', 'commissionVat', 'booker', 'payout', 'currency', 'invoice'];

interface Words {
  readonly title: string; readonly subject: string; readonly of: string; readonly account: string; readonly paid: string; readonly underWay: string; readonly amount: string; readonly sums: string; readonly foot: string;
  readonly columns: Readonly<Record<Column, string>>; readonly kinds: Readonly<Record<Line['kind'], string>>;
}

const words: Readonly<Record<Locale, Words>> = {
  fr: {
    title: 'Relevé de versement', subject: 'Le versement, dossier par dossier', of: 'Versement du', account: 'Compte', paid: 'Arrivé le', underWay: 'en route', amount: 'Montant versé', sums: 'Total',
    foot: 'Ce relevé n’est pas une facture : nos factures de commission et celles du spectacle sont dans chaque dossier. Les montants sont ceux de notre grand livre, au centime.',
    columns: { booking: 'Dossier', show: 'Spectacle', day: 'Date', place: 'Lieu', buyer: 'Organisateur', kind: 'Nature', price: 'Prix HT', vatRate: 'Taux de TVA', vat: 'TVA', total: 'Total TTC', commissionRate: 'Taux de commission', commission: 'Commission HT', commissionVat: 'TVA sur commission', booker: 'Commission d’agent TTC', payout: 'Versé', currency: 'Devise', invoice: 'Facture de l’agent' },
    kinds: { release: 'Spectacle joué', share: 'Part décidée après litige', indemnity: 'Indemnité d’annulation', booker: 'Commission d’agent', kept: 'Retenu pour une contestation perdue' },
  },
  en: {
    title: 'Payout statement', subject: 'The payout, booking by booking', of: 'Payout of', account: 'Account', paid: 'Arrived on', underWay: 'on its way', amount: 'Amount paid out', sums: 'Total',
    foot: 'This statement is no invoice: our commission invoices and those of the show are in each file. The amounts are those of our ledger, to the cent.',
    columns: { booking: 'File', show: 'Show', day: 'Date', place: 'Place', buyer: 'Organiser', kind: 'Kind', price: 'Price net', vatRate: 'VAT rate', vat: 'VAT', total: 'Total gross', commissionRate: 'Commission rate', commission: 'Commission net', commissionVat: 'VAT on commission', booker: 'Booker’s commission gross', payout: 'Paid out', currency: 'Currency', invoice: 'Booker’s invoice' },
    kinds: { release: 'Show played', share: 'Share decided after a dispute', indemnity: 'Cancellation indemnity', booker: 'Booker’s commission', kept: 'Kept for a lost dispute' },
  },
  nl: {
    title: 'Uitbetalingsoverzicht', subject: 'De uitbetaling, dossier per dossier', of: 'Uitbetaling van', account: 'Rekening', paid: 'Aangekomen op', underWay: 'onderweg', amount: 'Uitbetaald bedrag', sums: 'Totaal',
    foot: 'Dit overzicht is geen factuur: onze commissiefacturen en die van de voorstelling staan in elk dossier. De bedragen zijn die van ons grootboek, tot op de cent.',
    columns: { booking: 'Dossier', show: 'Voorstelling', day: 'Datum', place: 'Plaats', buyer: 'Organisator', kind: 'Aard', price: 'Prijs excl. btw', vatRate: 'Btw-tarief', vat: 'Btw', total: 'Totaal incl. btw', commissionRate: 'Commissietarief', commission: 'Commissie excl. btw', commissionVat: 'Btw op commissie', booker: 'Commissie van de agent incl. btw', payout: 'Uitbetaald', currency: 'Munt', invoice: 'Factuur van de agent' },
    kinds: { release: 'Gespeeld optreden', share: 'Deel beslist na een geschil', indemnity: 'Annuleringsvergoeding', booker: 'Commissie van de agent', kept: 'Ingehouden voor een verloren betwisting' },
  },
  de: {
    title: 'Auszahlungsbeleg', subject: 'Die Auszahlung, Akte für Akte', of: 'Auszahlung vom', account: 'Konto', paid: 'Angekommen am', underWay: 'unterwegs', amount: 'Ausgezahlter Betrag', sums: 'Summe',
    foot: 'Dieser Beleg ist keine Rechnung: Unsere Provisionsrechnungen und die des Auftritts liegen in jeder Akte. Die Beträge sind die unseres Hauptbuchs, auf den Cent.',
    columns: { booking: 'Akte', show: 'Auftritt', day: 'Datum', place: 'Ort', buyer: 'Veranstalter', kind: 'Art', price: 'Preis netto', vatRate: 'Steuersatz', vat: 'Mehrwertsteuer', total: 'Summe brutto', commissionRate: 'Provisionssatz', commission: 'Provision netto', commissionVat: 'Steuer auf Provision', booker: 'Provision der Agentur brutto', payout: 'Ausgezahlt', currency: 'Währung', invoice: 'Rechnung der Agentur' },
    kinds: { release: 'Gespielter Auftritt', share: 'Anteil nach einem Streitfall', indemnity: 'Absageentschädigung', booker: 'Provision der Agentur', kept: 'Einbehalten für eine verlorene Anfechtung' },
  },
};

/** A piece of the printed statement, in reading order; the printer's blocks are these and more. */
export type Piece =
  | { readonly kind: 'title' | 'heading' | 'text' | 'small'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly align: readonly ('left' | 'right')[] }
  | { readonly kind: 'columns'; readonly left: readonly string[]; readonly right: readonly string[] };

/** An amount with its thousands apart. */
const grouped = (minor: bigint, point: '.' | ',', between: string): string => units(minor, point).replaceAll(/\B(?=(\d{3})+\D)/g, between);

/** A statement, or many, as a CSV file for the reader's spreadsheet: `;` and a decimal comma, in English `,` and a point. One row for each booking. */
export function csvOf(statements: readonly Pick<Statement, 'lines'>[], locale: Locale): string {
  const { columns: names, kinds } = words[locale];
  const point = locale === 'en' ? '.' : ',';
  const rows = statements.flatMap(({ lines }) => lines).map((line): Readonly<Record<Column, string>> => ({
    booking: line.reference, show: line.title, day: line.showDay, place: line.place, buyer: line.buyer, kind: kinds[line.kind], price: units(line.price, point), vatRate: units(BigInt(line.vatBps), point), vat: units(line.vat, point),
    total: units(line.total, point), commissionRate: units(BigInt(line.commissionBps), point), commission: units(line.commission, point), commissionVat: units(line.commissionVat, point), booker: units(line.booker, point), payout: units(line.payout, point), currency: line.currency, invoice: line.invoice?.number ?? '',
  }));
  return `\ufeff${separated([columns.map((name) => names[name]), ...rows.map((row) => columns.map((name) => row[name]))], locale === 'en' ? ',' : ';')}`;
}

/** A statement as it is printed, in the reader's language. */
export function blocksOf(statement: Statement, locale: Locale): { title: string; subject: string; blocks: Piece[] } {
  const { title, subject, of, account, paid, underWay, amount, sums, foot, columns: names, kinds } = words[locale];
  const money = (minor: bigint): string => (locale === 'en' ? `${statement.currency}\u00a0${grouped(minor, '.', ',')}` : `${grouped(minor, ',', locale === 'fr' ? '\u00a0' : '.')}\u00a0${statement.currency}`);
  const colon = locale === 'fr' ? '\u00a0: ' : ': ';
  const rate = (bps: number): string => (locale === 'en' ? `${units(BigInt(bps), '.')}%` : locale === 'nl' ? `${units(BigInt(bps), ',')}%` : `${units(BigInt(bps), ',')}\u00a0%`);
  const day = (iso: Day): string => new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`));
  const sum = (of: (line: Line) => bigint): bigint => statement.lines.reduce((all, line) => all + of(line), 0n);
  const blocks: Piece[] = [
    { kind: 'title', text: title },
    { kind: 'columns', left: [statement.orgName, `${of} ${day(statement.createdDay)}`, statement.payoutId], right: [`${amount}${colon}${money(statement.amount)}`, ...(statement.account ? [`${account}${colon}${statement.account}`] : []), statement.paidDay ? `${paid} ${day(statement.paidDay)}` : underWay] },
    ...statement.lines.flatMap((line): Piece[] => [
      { kind: 'heading', text: `${line.title}, ${day(line.showDay)}` },
      ...(line.kind === 'kept' ? [{ kind: 'text' as const, text: `${kinds.kept}. ${line.place}. ${names.booking} ${line.reference}. ${line.claimId ?? ''}` }, { kind: 'table' as const, align: ['left', 'right'] as const, rows: [[names.kind, statement.currency], [names.payout, money(line.payout)]] }] : [
      { kind: 'text', text: `${kinds[line.kind]}. ${line.buyer}, ${line.place}. ${names.booking} ${line.reference}.${line.invoice ? ` ${names.invoice} ${line.invoice.number}.` : ''}` },
      { kind: 'table', align: ['left', 'right'], rows: [
        [names.kind, statement.currency], [names.price, money(line.price)], [`${names.vat} (${rate(line.vatBps)})`, money(line.vat)], [names.total, money(line.total)],
        ...(line.kind === 'booker' ? [] : [[`${names.commission} (${rate(line.commissionBps)})`, money(-line.commission)], [names.commissionVat, money(-line.commissionVat)]]),
        ...(line.booker === 0n ? [] : [[names.booker, money(-line.booker)]]), [names.payout, money(line.payout)],
      ] }] satisfies Piece[]),
    ]),
    { kind: 'text', text: `${sums}${colon}${names.total} ${money(sum((line) => line.total))}, ${names.commission} ${money(sum((line) => line.commission))}, ${names.commissionVat} ${money(sum((line) => line.commissionVat))}, ${names.payout} ${money(sum((line) => line.payout))}.` },
    { kind: 'small', text: foot },
  ];
  return { title, subject, blocks };
}
