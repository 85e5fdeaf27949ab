import type { Day } from '../core/time.ts';
import type { Piece } from './books.ts';
import type { Chart } from './chart.ts';
import { auxiliaryOf, plain, spelled, units } from './signs.ts';

/** `080527` */
const short = (day: Day): string => `${day.slice(8)}${day.slice(5, 7)}${day.slice(2, 4)}`;

/** A text on one line in the signs of the file, each of one byte. */
const said = (text: string): string => spelled(plain(text), 'windows-1252');

/** Exactly so many signs: one byte more or less, and the amount would be looked for beside where it stands. */
const left = (text: string, size: number): string => said(text).slice(0, size).padEnd(size);

/** A number that is longer keeps its series and its end, which tell it from all others of its issuer: `FS-00001-2027-0002` is `FS1-2027-0002`. */
function short13(number: string): string {
  const whole = said(number);
  const series = /^[A-Za-z]{1,4}(?=-)/u.exec(whole)?.[0] ?? '';
  return series && whole.length > 13 ? series + whole.slice(series.length - 13) : left(whole, 13);
}

const kinds = { AN: 'OD', VE: 'FC', HA: 'FF', BQ: 'RC', OD: 'OD' } as const;

/**
 * The journals in the fixed lines that Sage 100, Sage 50 and Ciel import as PNM: the company on the first line; then for each line of the books journal (3),
 * day (6), kind of piece (2), account (13), `X` for a customer or supplier (1), whose account (13), reference (13), label (25), way of paying (1), due day (6),
 * side `D` or `C` (1), amount (20, to the right), `N` for what is no forecast (1), number (7). To be written in windows-1252.
 */
export function sageOf(company: string, pieces: readonly Piece[], chart: Chart): string {
  const rows = pieces.flatMap(({ number, journal, day, ref, label, lines }) => lines.map(({ role, other, debit, credit }) => [
    left(journal, 3), short(day), kinds[journal], left(chart[role].account, 13), other ? 'X' : ' ', left(other ? auxiliaryOf(other.id) : '', 13), short13(ref), left(label, 25), ' ', short(day),
    debit > 0n ? 'D' : 'C', units(debit + credit, '.').padStart(20), 'N', String(number).padStart(7),
  ].join('')));
  return [left(company, 30).trimEnd(), ...rows].join('\r\n').concat('\r\n');
}
