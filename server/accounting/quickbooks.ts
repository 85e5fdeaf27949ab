import type { Day } from '../core/time.ts';
import type { Piece } from './books.ts';
import type { Chart } from './chart.ts';
import { harmless, units } from './signs.ts';

/** `08/05/2027`, as a company in Europe has its days. */
const slashed = (day: Day): string => day.split('-').reverse().join('/');

/**
 * Journal entries as QuickBooks Online imports them from a CSV file (quickbooks.intuit.com, "Import journal entries", read 2026-11-21): lines of one number are one
 * entry, accounts are known by name, an amount stands under debits or credits and the other is empty.
 */
export function quickBooksOf(pieces: readonly Piece[], chart: Chart): string[][] {
  const rows = pieces.flatMap(({ number, journal, day, ref, label, currency, lines }) => lines.map(({ role, other, debit, credit }) => [
    `${journal}-${day.slice(0, 4)}-${number}`, slashed(day), harmless(chart[role].label), debit > 0n ? units(debit, '.') : '', credit > 0n ? units(credit, '.') : '', harmless(`${ref} ${label}`), harmless(other?.name ?? ''), currency,
  ]));
  return [['JournalNo', 'JournalDate', 'AccountName', 'Debits', 'Credits', 'Description', 'Name', 'Currency'], ...rows];
}
