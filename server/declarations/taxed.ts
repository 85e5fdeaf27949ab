import type { Piece } from '../accounting/books.ts';
import type { Role } from '../accounting/chart.ts';
import type { Stretch } from '../accounting/period.ts';
import type { Row } from '../accounting/table.ts';
import type { Currency } from '../core/money.ts';
import type { Day } from '../core/time.ts';
import { frenchTerritory, selfAssessedBps, vatKindOf, type VatBuyer, type VatKind } from '../legal/vat.ts';

/** A row of the books with the reason of its tax, as its paper prints it. */
export type BookRow = Row & { readonly vatCitation: string };

/** Where in France a rate is of: elsewhere than on the mainland it has lines of its own on the return. */
export type Place = 'mainland' | 'corsica' | 'overseas';

/**
 * A paper as a return of tax counts it, on the day on which its tax falls due: what it adds to what was billed before, in minor units, negative where a credit note takes back.
 */
export interface Taxed {
  readonly side: 'sale' | 'purchase';
  readonly kind: VatKind;
  readonly number: string;
  readonly contact: string;
  readonly day: Day;
  readonly currency: Currency;
  readonly credit: boolean;
  readonly base: bigint;
  /** The rate of the tax, the buyer's own where it owes the tax in the seller's place. */
  readonly vatBps: number;
  readonly place: Place;
  /** What the books have as collected of a sale, or as owed by the buyer in the seller's place. */
  readonly due: bigint;
  /** What the books have as deductible. */
  readonly deductible: bigint;
  /** A purchase that is not paid yet. */
  readonly unpaid: boolean;
}

/** The rates of Corsica and of the overseas departments are known by the article that a paper prints: CGI 297 and 296, CIBS L213-230 (VAT-FR-04, VAT-FR-05). */
const placeOf = (citation: string): Place => (/Corse|CGI art\. 297/u.test(citation) ? 'corsica' : /Guadeloupe|CGI art\. 296/u.test(citation) ? 'overseas' : 'mainland');

/** A buyer who owes the tax itself owes the rate of where it is. */
function placeOfBuyer({ country, insee, postcode }: Pick<VatBuyer, 'country' | 'insee' | 'postcode'>): Place {
  const where = country === 'FR' ? frenchTerritory(insee || postcode) : null;
  return where === 'FR-corsica' ? 'corsica' : where === 'FR-overseas' ? 'overseas' : 'mainland';
}

/** What the lines of a piece leave on an account, as a credit. */
const creditOn = (piece: Piece | undefined, role: Role): bigint => (piece?.lines ?? []).filter((line) => line.role === role).reduce((all, { debit, credit }) => all + credit - debit, 0n);

/**
 * The papers of a stretch by the tax that falls due in it. The tax is that of the lines of the books, so that what a return says is what they say; a sale whose tax waits for its payment
 * counts on the day of that payment (CGI 269-2-c; VAT-FR-10), and not at all before.
 *
 * @param books All rows and pieces until the end of the stretch: one that waited may be from long before.
 * @param paidDay The day on which the invoice of a row was paid whose tax waits, a credit note's that of the invoice which it corrects; null where it was not.
 */
export function taxedOf(books: { readonly rows: readonly BookRow[]; readonly pieces: readonly Piece[] }, { first, last }: Stretch, { buyer, paidDay }: {
  readonly buyer: Pick<VatBuyer, 'kind' | 'country' | 'insee' | 'postcode'>; readonly paidDay: (row: BookRow) => Day | null;
}): Taxed[] {
  const pieces = new Map(books.pieces.map((piece) => [piece.key, piece]));
  return books.rows.flatMap((row): Taxed[] => {
    const { side, number, contact, currency, credit, vatCitation: citation } = row;
    const piece = pieces.get(`${side}:${number}`);
    const waiting = creditOn(piece, 'vatPending');
    const day = waiting === 0n ? row.day : paidDay(row);
    if (day === null || day < first || day > last) return [];
    const kind = vatKindOf(citation, BigInt(row.vatBps));
    // A booker's commission is a service by the general rule, as ours is.
    const ours = row.kind === 'commission' || row.kind === 'booker' || row.kind === 'subscription';
    const own = side === 'purchase' && kind === 'reversed' ? selfAssessedBps({ what: ours ? 'ours' : 'show', buyer, day: ours ? row.day : row.showDay ?? row.day }) : null;
    return [{
      side, kind, number, contact, day, currency, credit, base: credit ? -row.net : row.net, vatBps: Number(own ?? BigInt(row.vatBps)), place: own === null ? placeOf(citation) : placeOfBuyer(buyer),
      due: side === 'sale' ? creditOn(piece, 'vatCollected') + waiting : creditOn(piece, 'vatSelfAssessed'), deductible: -creditOn(piece, 'vatDeductible'), unpaid: side === 'purchase' && !credit && row.paidDay === null,
    }];
  });
}

/** The tax that the lines of a stretch leave on an account of the books, as a credit, in minor units: what a return has to come to. */
export const onBooks = (pieces: readonly Piece[], role: Role, { first, last }: Stretch): bigint =>
  pieces.filter(({ day }) => day >= first && day <= last).reduce((all, piece) => all + creditOn(piece, role), 0n);
