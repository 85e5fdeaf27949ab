import type { Delimiter, Row } from '../core/cells.ts';
import type { Currency } from '../core/money.ts';
import { clean, currencyOf, isDay, marked, type Read, type Told, type Unmarked } from './statement.ts';

/** How a table is to be read: the columns are counted from 0, and one that is not there is null. Either `amount`, or `credit` and `debit`. */
export interface Layout {
  readonly delimiter: Delimiter;
  /** Rows above the first movement: titles, the bank's own words. */
  readonly skip: number;
  readonly day: number;
  readonly amount: number | null;
  readonly credit: number | null;
  readonly debit: number | null;
  readonly counterparty: number | null;
  readonly text: number | null;
  readonly dayOrder: 'dmy' | 'ymd' | 'mdy';
  readonly decimal: ',' | '.';
  /** Where each row says its currency. */
  readonly currencyIn: number | null;
  /** Of a row that does not say its own. */
  readonly currency: Currency;
}

/* What banks of France, Belgium, Luxembourg, Switzerland, the Netherlands and Germany call their columns. */
const names: Readonly<Record<'day' | 'amount' | 'credit' | 'debit' | 'counterparty' | 'text' | 'currency', RegExp>> = {
  day: /^(date|datum|buchungs?(tag|datum)|boekingsdatum|date (comptable|op|de comptabilisation)|booking date|transaktionsdatum)/iu,
  amount: /^(montant|amount|betrag|bedrag)/iu,
  credit: /^(cr[ée]dit|haben|gutschrift|bij)/iu,
  debit: /^(d[ée]bit|soll|belastung|af\b)/iu,
  counterparty: /(contrepartie|counterparty|tegenpartij|b[ée]n[ée]ficiaire|donneur|auftraggeber|zahlungspflichtige|empf[äa]nger|^nom|^name|^naam|tiers)/iu,
  currency: /^(devise|monnaie|w[äa]hrung|munt|valuta|currency)/iu,
  text: /(libell|communication|mededeling|omschrijving|verwendungszweck|beschreibung|buchungstext|description|d[ée]tail|motif|reference|r[ée]f[ée]rence)/iu,
};

const dayLike = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/u;
const amountLike = /^[-+−]?[\d\s'’.,\u00a0\u202f]*\d([.,]\d{1,2})?\s*(€|EUR|CHF)?$/u;
const currencyLike = /^[A-Z]{3}$/u;

/** What the columns of a table seem to be, for the person to confirm; null when no column is a day or an amount. */
export function guess(rows: readonly Row[], delimiter: Delimiter): Layout | null {
  const cellsOf = (column: number, from: readonly Row[]): string[] => from.map(({ cells }) => cells[column]?.trim() ?? '').filter((cell) => cell !== '');
  const skip = rows.findIndex(({ cells }) => cells.some((cell) => dayLike.test(cell.trim())) && cells.some((cell) => amountLike.test(cell.trim()) && /\d[.,]\d\d?\D*$|^[-+]?\d+$/u.test(cell.trim())));
  if (skip < 0) return null;
  const head = rows[skip - 1]?.cells ?? [];
  const body = rows.slice(skip, skip + 50);
  const width = Math.max(...body.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, column) => ({ column, title: head[column]?.trim() ?? '', values: cellsOf(column, body) }));
  const mostly = (values: readonly string[], like: RegExp): boolean => values.length > 0 && values.filter((value) => like.test(value)).length >= values.length * 0.8;
  const taken: number[] = [];
  const pick = (name: keyof typeof names, fit: (values: readonly string[]) => boolean, fallback: boolean): number | null => {
    const free = columns.filter(({ column, values }) => !taken.includes(column) && (values.length === 0 || fit(values)));
    const found = free.find(({ title }) => names[name].test(title)) ?? (fallback ? free.find(({ values }) => values.length > 0) : undefined);
    if (found) taken.push(found.column);
    return found?.column ?? null;
  };
  const isAmount = (values: readonly string[]): boolean => mostly(values, amountLike);
  const day = pick('day', (values) => mostly(values, dayLike), true);
  if (day === null) return null;
  // A second date, of value, is no amount and no text.
  taken.push(...columns.filter(({ values }) => mostly(values, dayLike)).map(({ column }) => column));
  const [credit, debit] = [pick('credit', isAmount, false), pick('debit', isAmount, false)];
  const both = credit !== null && debit !== null;
  const amount = both ? null : pick('amount', isAmount, true);
  if (!both && amount === null) return null;
  const currencyIn = pick('currency', (values) => mostly(values, currencyLike), false) ?? columns.find(({ column, values }) => !taken.includes(column) && mostly(values, /^(EUR|CHF)$/u))?.column ?? null;
  if (currencyIn !== null) taken.push(currencyIn);
  const isWords = (values: readonly string[]): boolean => !isAmount(values);
  const counterparty = pick('counterparty', isWords, false);
  const text = pick('text', isWords, true);
  const days = cellsOf(day, body);
  const amounts = [amount, credit, debit].flatMap((column) => (column === null ? [] : cellsOf(column, body)));
  return {
    delimiter, skip, day, amount, credit: both ? credit : null, debit: both ? debit : null, counterparty, text,
    dayOrder: days.some((value) => /^\d{4}/u.test(value)) ? 'ymd' : days.some((value) => Number(value.split(/[./-]/u)[1]) > 12) ? 'mdy' : 'dmy',
    decimal: amounts.some((value) => /,\d{1,2}\D*$/u.test(value)) ? ',' : '.',
    currencyIn, currency: amounts.some((value) => value.includes('CHF')) || (currencyIn !== null && cellsOf(currencyIn, body).every((value) => value === 'CHF')) ? 'CHF' : 'EUR',
  };
}

/** A day as the table writes it; null when it is none. */
function dayOf(text: string, order: Layout['dayOrder']): string | null {
  const parts = text.trim().split(/[./-]/u);
  if (parts.length !== 3 || parts.some((part) => !/^\d{1,4}$/u.test(part))) return null;
  const [a = '', b = '', c = ''] = parts;
  const [year, month, day] = order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
  const found = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(found) ? found : null;
}

/** An amount as the table writes it, `-1 266,00`, in minor units; null when it is none. */
function minorOf(text: string, decimal: ',' | '.'): bigint | null {
  const bare = text.trim().replaceAll(/(€|EUR|CHF|\s|\u00a0|\u202f|'|’)/gu, '').replace('−', '-');
  // Thousands stand in threes: what is written as another country's would be taken for a hundred times as much.
  const groups = decimal === ',' ? /^[-+]?\d{1,3}(\.\d{3})+(?=,|$)/u : /^[-+]?\d{1,3}(,\d{3})+(?=\.|$)/u;
  const even = bare.replace(groups, (found) => found.replaceAll(/[.,]/gu, ''));
  const [, sign = '', whole, mark = decimal, part = ''] = /^([-+]?)(\d{1,12})(?:([.,])(\d{1,2}))?$/u.exec(even) ?? [];
  if (mark !== decimal) return null;
  if (!whole) return null;
  const minor = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0') || '0');
  return sign === '-' ? -minor : minor;
}

/** Whether an amount's own sign is that of its currency, or it has none. */
function agrees(text: string, currency: Currency): boolean {
  const [sign] = /\p{L}+|\p{Sc}/u.exec(text) ?? [];
  return sign === undefined || !/\d/u.test(text) || sign === currency || (sign === '€' && currency === 'EUR');
}

/** The movements of a table under a layout that the person confirmed. An empty row is passed over, one in a currency that we do not hold is counted; one that cannot be read refuses the file, with its line. */
export function readTable(rows: readonly Row[], layout: Layout): Read<Told> {
  const { skip, dayOrder, decimal } = layout;
  const lines: Unmarked[] = [];
  let foreign = 0;
  // Some banks write what went out as a negative debit, others as a positive one: the other sign is one that they took back.
  const debits = rows.slice(skip).map(({ cells }) => (layout.debit === null ? null : minorOf(cells[layout.debit] ?? '', decimal)) ?? 0n);
  const paidAs = debits.filter((minor) => minor < 0n).length > debits.filter((minor) => minor > 0n).length ? -1n : 1n;
  for (const { line, cells } of rows.slice(skip)) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const cell = (column: number | null): string => (column === null ? '' : cells[column] ?? '');
    const named = cell(layout.currencyIn).trim().toUpperCase();
    const currency = named === '' ? layout.currency : currencyOf(named);
    if (!currency && currencyLike.test(named)) {
      foreign += 1;
      continue;
    }
    if (!currency || [layout.amount, layout.credit, layout.debit].some((column) => !agrees(cell(column), currency))) return { fault: { code: 'bank_line_invalid', line, field: 'currency' } };
    const day = dayOf(cell(layout.day), dayOrder);
    if (!day) return { fault: { code: 'bank_line_invalid', line, field: 'day' } };
    const signed = (column: number | null): bigint | null => (cell(column).trim() === '' ? 0n : minorOf(cell(column), decimal));
    const [amount, credit, debit] = [layout.amount === null ? 0n : minorOf(cell(layout.amount), decimal), signed(layout.credit), signed(layout.debit)];
    if (amount === null || credit === null || debit === null) return { fault: { code: 'bank_line_invalid', line, field: 'amount' } };
    const minor = layout.amount === null ? credit - paidAs * debit : amount;
    if (minor === 0n) continue;
    lines.push({ day, minor, currency, counterparty: clean(cell(layout.counterparty), 140), text: clean(cell(layout.text), 500) });
  }
  return { ok: { lines: marked(lines, ''), foreign } };
}
