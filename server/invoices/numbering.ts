import assert from 'node:assert/strict';
import type { Day } from '../core/time.ts';

/**
 * The series of an issuer's invoices, one for each year: ours is `F-2027`; one that we print in a seller's name is the seller's alone,
 * `FS-00012-2027`. Credit notes, avoirs, count apart: `A-2027`, `AS-00012-2027` (CGI art. 289, I-2, INV-02; CGI ann. II 242 nonies A: unique, chronological, continuous within its series; read 2026-11-21).
 */
export const seriesOf = (issuedDay: Day, seller: number | null, paper: 'invoice' | 'credit' = 'invoice'): string => {
  const letter = paper === 'credit' ? 'A' : 'F';
  return `${seller === null ? letter : `${letter}S-${String(seller).padStart(5, '0')}`}-${issuedDay.slice(0, 4)}`;
};

/** The series of what plans are charged: `AB-2027`, apart from what shows bring; of what is credited of them, `AAB-2027`. */
export const planSeriesOf = (issuedDay: Day, paper: 'invoice' | 'credit' = 'invoice'): string => `${paper === 'credit' ? 'AAB' : 'AB'}-${issuedDay.slice(0, 4)}`;

/** The number printed on the invoice, `F-2027-0001`. The sequence of a series starts at 1. */
export function numberOf(series: string, sequence: number): string {
  assert(Number.isSafeInteger(sequence) && sequence > 0, 'a sequence starts at 1');
  return `${series}-${String(sequence).padStart(4, '0')}`;
}
