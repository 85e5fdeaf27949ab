import assert from 'node:assert/strict';
import type { Day } from '../core/time.ts';

/** The series of an issuer's invoices: one for each year, `F-2027` (CGI ann. II 242 nonies A: unique, chronological, continuous within its series). */
export const seriesOf = (issuedDay: Day): string => `F-${issuedDay.slice(0, 4)}`;

/** The number printed on the invoice, `F-2027-0001`. The sequence of a series starts at 1. */
export function numberOf(series: string, sequence: number): string {
  assert(Number.isSafeInteger(sequence) && sequence > 0, 'a sequence starts at 1');
  return `${series}-${String(sequence).padStart(4, '0')}`;
}
