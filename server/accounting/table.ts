import type { Locale } from '../core/locale.ts';
import type { Currency } from '../core/money.ts';
import type { Day } from '../core/time.ts';
import type { Paper } from './books.ts';
import { harmless, plain, units } from './signs.ts';

/** One invoice or credit note as it stands in the table of a period: what a credit note takes back is negative. Minor units. */
export interface Row extends Omit<Paper, 'deducted' | 'pending' | 'reverse' | 'other' | 'label'> {
  readonly contact: string;
  readonly showDay: Day | null;
  readonly dueDay: Day | null;
  readonly paidDay: Day | null;
  readonly vatBps: number;
  readonly booking: string;
}

interface Names {
  readonly columns: readonly string[];
  readonly kinds: Readonly<Record<`${Paper['side']}_${Paper['kind'] | 'credit'}`, string>>;
  readonly total: string;
}

const words: Readonly<Record<Locale, Names>> = {
  fr: {
    columns: ['Date', 'Numéro', 'Pièce', 'Contact', 'Date du spectacle', 'Échéance', 'Payée le', 'Montant HT', 'Taux de TVA', 'TVA', 'Montant TTC', 'Commission HT', 'TVA sur commission', 'Devise', 'Dossier'],
    kinds: { sale_deposit: 'Facture d’acompte', sale_balance: 'Facture d’acompte, solde', sale_final: 'Facture', sale_commission: 'Facture de commission', sale_booker: 'Facture de commission d’agent', sale_credit: 'Avoir', purchase_deposit: 'Acompte versé', purchase_balance: 'Solde versé d’avance', purchase_final: 'Achat', purchase_commission: 'Commission Flow Stage', purchase_booker: 'Commission d’agent', purchase_subscription: 'Abonnement Flow Stage', sale_subscription: 'Abonnement', purchase_credit: 'Avoir reçu' },
    total: 'Total',
  },
  en: {
    columns: ['Date', 'Number', 'Document', 'Contact', 'Show date', 'Due', 'Paid on', 'Net amount', 'VAT rate', 'VAT', 'Gross amount', 'Commission net', 'VAT on commission', 'Currency', 'File'],
    kinds: { sale_deposit: 'Deposit invoice', sale_balance: 'Advance invoice, balance', sale_final: 'Invoice', sale_commission: 'Commission invoice', sale_booker: 'Booker’s commission invoice', sale_credit: 'Credit note', purchase_deposit: 'Deposit paid', purchase_balance: 'Balance paid in advance', purchase_final: 'Purchase', purchase_commission: 'Flow Stage commission', purchase_booker: 'Booker’s commission', purchase_subscription: 'Flow Stage subscription', sale_subscription: 'Subscription', purchase_credit: 'Credit note received' },
    total: 'Total',
  },
  nl: {
    columns: ['Datum', 'Nummer', 'Stuk', 'Contact', 'Datum voorstelling', 'Vervaldag', 'Betaald op', 'Bedrag excl. btw', 'Btw-tarief', 'Btw', 'Bedrag incl. btw', 'Commissie excl. btw', 'Btw op commissie', 'Munt', 'Dossier'],
    kinds: { sale_deposit: 'Voorschotfactuur', sale_balance: 'Voorschotfactuur, saldo', sale_final: 'Factuur', sale_commission: 'Commissiefactuur', sale_booker: 'Commissiefactuur van de agent', sale_credit: 'Creditnota', purchase_deposit: 'Betaald voorschot', purchase_balance: 'Vooruitbetaald saldo', purchase_final: 'Aankoop', purchase_commission: 'Commissie Flow Stage', purchase_booker: 'Commissie van de agent', purchase_subscription: 'Abonnement Flow Stage', sale_subscription: 'Abonnement', purchase_credit: 'Ontvangen creditnota' },
    total: 'Totaal',
  },
  de: {
    columns: ['Datum', 'Nummer', 'Beleg', 'Kontakt', 'Datum der Aufführung', 'Fällig', 'Bezahlt am', 'Betrag netto', 'Steuersatz', 'Mehrwertsteuer', 'Betrag brutto', 'Provision netto', 'Steuer auf Provision', 'Währung', 'Akte'],
    kinds: { sale_deposit: 'Anzahlungsrechnung', sale_balance: 'Anzahlungsrechnung, Restbetrag', sale_final: 'Rechnung', sale_commission: 'Provisionsrechnung', sale_booker: 'Provisionsrechnung der Agentur', sale_credit: 'Gutschrift', purchase_deposit: 'Geleistete Anzahlung', purchase_balance: 'Im Voraus gezahlter Restbetrag', purchase_final: 'Einkauf', purchase_commission: 'Provision Flow Stage', purchase_booker: 'Provision der Agentur', purchase_subscription: 'Abonnement Flow Stage', sale_subscription: 'Abonnement', purchase_credit: 'Erhaltene Gutschrift' },
    total: 'Summe',
  },
};

/** A cell: a text, a day, or an amount in minor units; nothing is empty. */
export type Cell = { readonly text: string } | { readonly day: Day } | { readonly minor: bigint } | { readonly bps: number } | null;

/**
 * The table of a period (CR-15): contact, amount, dates, commission, VAT. Our commission stands in columns of its own, so that the amounts are
 * the shows'; the last rows sum up each currency.
 */
export function tableOf(rows: readonly Row[], locale: Locale): { head: readonly string[]; rows: readonly (readonly Cell[])[]; totals: readonly (readonly Cell[])[] } {
  const { columns, kinds, total } = words[locale];
  const lines = rows.map((row) => {
    const sign = row.credit ? -1n : 1n;
    const [net, vat] = [sign * row.net, sign * row.vat];
    const amounts = row.kind === 'commission' ? [0n, 0n, 0n, net, vat] : [net, vat, net + vat, 0n, 0n];
    return { row, amounts };
  });
  const money = (minor: bigint): Cell => (minor === 0n ? null : { minor });
  const dayCell = (day: Day | null): Cell => (day === null ? null : { day });
  const cells = lines.map(({ row, amounts: [net = 0n, vat = 0n, gross = 0n, commission = 0n, commissionVat = 0n] }): readonly Cell[] => [
    { day: row.day }, { text: row.number }, { text: kinds[`${row.side}_${row.credit ? 'credit' : row.kind}`] }, { text: plain(row.contact) }, dayCell(row.showDay), dayCell(row.dueDay), dayCell(row.paidDay),
    money(net), { bps: row.vatBps }, money(vat), money(gross), money(commission), money(commissionVat), { text: row.currency }, { text: row.booking },
  ]);
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort();
  const totals = currencies.flatMap((currency: Currency) => (['sale', 'purchase'] as const).flatMap((side): (readonly Cell[])[] => {
    const own = lines.filter(({ row }) => row.currency === currency && (row.side === side || (side === 'sale' && row.kind === 'commission')) && !(side === 'purchase' && row.kind === 'commission'));
    if (own.length === 0) return [];
    const [net, vat, gross, commission, commissionVat] = [0, 1, 2, 3, 4].map((i) => own.reduce((all, { amounts }) => all + (amounts[i] ?? 0n), 0n)) as [bigint, bigint, bigint, bigint, bigint];
    return [[{ text: total }, null, { text: kinds[`${side}_final`] }, null, null, null, null, { minor: net }, null, { minor: vat }, { minor: gross }, { minor: commission }, { minor: commissionVat }, { text: currency }, null]];
  }));
  return { head: columns, rows: cells, totals };
}

/** What divides the fields of a CSV file in the reader's country, and its decimal point: `,` and `.` in English, `;` and a comma elsewhere. */
export const marksOf = (locale: Locale): { delimiter: ';' | ','; point: '.' | ',' } => (locale === 'en' ? { delimiter: ',', point: '.' } : { delimiter: ';', point: ',' });

/** The table as the fields of a CSV file. Without the sums: whoever reads it sums. */
export function fieldsOf(rows: readonly Row[], locale: Locale): (readonly string[])[] {
  const { point } = marksOf(locale);
  const { head, rows: cells } = tableOf(rows, locale);
  const said = (cell: Cell): string => {
    if (cell === null) return '';
    if ('text' in cell) return harmless(cell.text);
    if ('day' in cell) return cell.day;
    return 'minor' in cell ? units(cell.minor, point) : units(BigInt(cell.bps), point);
  };
  return [head, ...cells.map((row) => row.map(said))];
}
