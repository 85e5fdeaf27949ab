import { halfUp } from '../core/money.ts';
import type { Day } from '../core/time.ts';
import type { Taxed } from './taxed.ts';

/** The list of a country: what it is called there, the rule that asks for it, and whether it is in whole euros. */
export interface UnionList {
  readonly country: string;
  readonly from: Day;
  readonly name: string;
  readonly citation: string;
  readonly whole: boolean;
}

/* Services to taxable buyers in other member states, who owe the tax (directive 2006/112/CE art. 262 to 270; VAT-X-03). France by month, until the tenth working day of the next one, to customs (CGI art. 289 B, III, and
   ann. III art. 96 N); the others to the cent. Read 2026-11-22. */
const lists: readonly UnionList[] = [
  { country: 'FR', from: '2010-01-01', name: 'Déclaration européenne de services (DES)', citation: 'CGI art. 289 B, III ; ann. III art. 96 N', whole: true },
  { country: 'BE', from: '2010-01-01', name: 'Relevé des opérations intracommunautaires', citation: 'CTVA art. 53sexies, § 1 ; AR n° 50', whole: false },
  { country: 'LU', from: '2010-01-01', name: 'État récapitulatif des prestations de services', citation: 'Loi TVA du 12-2-1979, art. 64bis', whole: false },
];

/** The list that sellers of a country hand in; null where there is none, as in Switzerland. */
export const unionListOf = (country: string, day: Day): UnionList | null => lists.find((one) => one.country === country && one.from <= day) ?? null;

/** What was sold to one buyer in a month, in minor units. */
export interface UnionSale {
  /** `2027-05` */
  readonly month: string;
  /** Empty where its papers have none: then it cannot be listed, and the number has to be asked for. */
  readonly vatNumber: string;
  readonly contact: string;
  /** To the cent, and as the list wants it: of a list in whole euros rounded half up, once for each buyer and month. */
  readonly exact: bigint;
  readonly amount: bigint;
  readonly papers: readonly Taxed[];
}

/**
 * The sales to put on the list, by month and by the buyer's VAT number, those without a number last; what a credit note takes back is of the month of the credit note.
 *
 * @param numberOf The buyer's VAT number as the paper of a sale printed it.
 */
export function unionSales(papers: readonly Taxed[], { whole }: Pick<UnionList, 'whole'>, numberOf: (number: string) => string): UnionSale[] {
  const groups = new Map<string, Taxed[]>();
  for (const paper of papers) {
    if (paper.side !== 'sale' || paper.kind !== 'reversed') continue;
    const vatNumber = numberOf(paper.number);
    const key = JSON.stringify([paper.day.slice(0, 7), vatNumber === '', vatNumber || paper.contact]);
    groups.set(key, [...(groups.get(key) ?? []), paper]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, [head, ...rest]]) => {
    if (!head) return [];
    const own = [head, ...rest];
    const exact = own.reduce((all, { base }) => all + base, 0n);
    return [{ month: head.day.slice(0, 7), vatNumber: numberOf(head.number), contact: head.contact, exact, amount: whole ? halfUp(exact, 100n) * 100n : exact, papers: own }];
  });
}
