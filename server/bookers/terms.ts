import type { ErrorCode } from '../core/errors.ts';
import type { Capacity } from '../legal/booker.ts';

/** What one side proposes that a representation pays. */
export interface Terms {
  readonly capacity: Capacity;
  /** Of the price before tax, or of the wages in it for an agent. */
  readonly bps: number;
  /** The part of the price before tax that is the artists' gross wages; read of an agent alone. */
  readonly wageBps: number;
  /** An agent with particular missions in the artist's career. */
  readonly career: boolean;
  readonly missions: string;
  readonly reporting: string;
  readonly permit: string;
}

/** The terms with what only an agent's have left out of the others': they are paid on the whole price. */
export const plainTerms = (terms: Terms): Terms => (terms.capacity === 'agent' ? terms : { ...terms, wageBps: 10_000, career: false, missions: '', reporting: '', permit: '' });

/** What the law asks of such terms and they lack, as the code that says so; null when nothing is. Caps are looked at apart. */
export function lackOf({ capacity, missions, reporting, permit }: Terms, booker: { readonly country: string; readonly licence: string }): ErrorCode | null {
  // C. trav. L7122-3, read 2026-11-21: who produces shows in France holds a licence.
  if (capacity === 'producer') return booker.country === 'FR' && booker.licence.trim() === '' ? 'booker_licence_missing' : null;
  if (capacity !== 'agent') return null;
  // C. trav. R7121-6, read 2026-11-21: missions and reporting; the price is the rate, the term the end of the mandate.
  if (missions === '' || reporting === '') return 'booker_mandate_unwritten';
  // LSE art. 2, read 2026-11-21.
  return booker.country === 'CH' && permit === '' ? 'booker_permit_missing' : null;
}
