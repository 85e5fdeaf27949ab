import { type Day } from '../core/time.ts';
import type { Journal, Piece } from './books.ts';
import type { Chart } from './chart.ts';
import { auxiliaryOf, plain, units } from './signs.ts';

/** The eighteen columns of a commercial business, in their order: LPF art. A47 A-1, VII (arrêté du 29 juillet 2013), read 2026-11-21. */
const columns = [
  'JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'CompAuxNum', 'CompAuxLib', 'PieceRef', 'PieceDate', 'EcritureLib', 'Debit', 'Credit',
  'EcritureLet', 'DateLet', 'ValidDate', 'Montantdevise', 'Idevise',
] as const;

/** What each journal is called. */
const JOURNALS: Readonly<Record<Journal, string>> = { VE: 'Ventes', HA: 'Achats', BQ: 'Banque', OD: 'Opérations diverses' };

const compact = (day: Day): string => day.replaceAll('-', '');

/**
 * The fichier des écritures comptables: a line of names, then one for each line of the books, divided by tabs; days as `20270508`, amounts with a
 * comma. A piece counts as validated on its own day: what we book is never changed. To be written in ISO 8859-15 (A47 A-1, VIII).
 */
export function fecOf(pieces: readonly Piece[], chart: Chart): string {
  const rows = pieces.flatMap(({ number, journal, day, ref, label, lines }) => lines.map(({ role, other, debit, credit }) => {
    const { account, label: name } = chart[role];
    return [
      journal, JOURNALS[journal], String(number), compact(day), account, name, other ? auxiliaryOf(other.id) : '', other?.name ?? '', ref, compact(day), label,
      units(debit, ','), units(credit, ','), '', '', compact(day), '', '',
    ];
  }));
  return [columns, ...rows].map((row) => row.map(plain).join('\t')).join('\r\n').concat('\r\n');
}

/** `732829320FEC20271231`: the SIREN, and the last day of the period. */
export const fecNameOf = (siren: string, last: Day): string => `${siren}FEC${compact(last)}`;
