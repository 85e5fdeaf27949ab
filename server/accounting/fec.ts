import { type Day } from '../core/time.ts';
import type { Booked, Journal } from './books.ts';
import { auxiliaryOf, plain, units } from './signs.ts';

/** The eighteen columns of a commercial business, in their order: LPF art. A47 A-1, VII (arrêté du 29 juillet 2013), read 2026-11-21. */
const columns = [
  'JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib', 'PieceRef', 'PieceDate', 'EcritureLib', 'Debit', 'Credit',
  'EcritureLet', 'DateLet', 'ValidDate', 'Montantdevise', 'Idevise',
] as const;

/** What each journal is called. */
const JOURNALS: Readonly<Record<Journal, string>> = { AN: 'À-nouveaux', VE: 'Ventes', HA: 'Achats', BQ: 'Banque', OD: 'Opérations diverses' };

const compact = (day: Day): string => day.replaceAll('-', '');

/**
 * The fichier des écritures comptables: a line of names, then one for each line of the books, divided by tabs; days as `20270508`, amounts with a
 * comma. A piece counts as validated on the day on which it was first handed over: it is never changed after. The norm leaves out the entries that close what was earned and spent into the result (A47 A-1, VII):
 * whoever keeps the books writes them in their own program, and decides on the result there. To be written in ISO 8859-15 (A47 A-1, VIII).
 */
export function fecOf(booked: readonly Booked[]): string {
  const rows = booked.flatMap(({ piece: { number, journal, day, ref, label, lines }, entryDay, bookedDay }) => lines.map(({ account, label: name, other, debit, credit }) => [
    journal, JOURNALS[journal], String(number), compact(entryDay), account, name, other ? auxiliaryOf(other.id) : '', other?.name ?? '', ref, compact(day), label,
    units(debit, ','), units(credit, ','), '', '', compact(bookedDay), '', '',
  ]));
  return [columns, ...rows].map((row) => row.map(plain).join('\t')).join('\r\n').concat('\r\n');
}

/** `732829320FEC20271231`: the SIREN, and the last day of the period. */
export const fecNameOf = (siren: string, last: Day): string => `${siren}FEC${compact(last)}`;
