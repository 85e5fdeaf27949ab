import { halfUp } from '../core/money.ts';
import { formOf, type Box, type Fill } from './forms.ts';
import type { Taxed } from './taxed.ts';

/** How an organisation stands to the tax: it declares, it sells under the franchise and declares nothing of its sales, or it gave no number that could be one. */
export type Regime = 'declares' | 'franchise' | 'unknown';

/** One box as it is filled in, in minor units; null where it has no such column. `papers` are what made it; a total has none. */
export interface Filled extends Pick<Box, 'line' | 'code' | 'label' | 'fill'> {
  readonly base: bigint | null;
  readonly tax: bigint | null;
  readonly papers: readonly Taxed[];
}

/** What is of one nature and rate, to the cent. */
export interface Nature extends Pick<Taxed, 'side' | 'kind' | 'vatBps'> {
  readonly base: bigint;
  readonly due: bigint;
  readonly deductible: bigint;
  readonly papers: readonly Taxed[];
}

const total = (papers: readonly Taxed[], name: 'base' | 'due' | 'deductible'): bigint => papers.reduce((all, paper) => all + paper[name], 0n);

/** Bases and tax of a stretch by side, nature and rate, to the cent: sales first, what is taxed first. */
export function naturesOf(papers: readonly Taxed[]): Nature[] {
  const groups = new Map<string, Taxed[]>();
  for (const paper of papers) {
    const key = `${paper.side === 'sale' ? 0 : 1} ${['charged', 'reversed', 'exempt', 'outside', 'franchise'].indexOf(paper.kind)} ${String(10_000 - paper.vatBps).padStart(5, '0')}`;
    groups.set(key, [...(groups.get(key) ?? []), paper]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, [head, ...rest]]) => {
    if (!head) return [];
    const all = [head, ...rest];
    return [{ side: head.side, kind: head.kind, vatBps: head.vatBps, base: total(all, 'base'), due: total(all, 'due'), deductible: total(all, 'deductible'), papers: all }];
  });
}

const sale = ({ side }: Taxed): boolean => side === 'sale';
const purchase = ({ side }: Taxed): boolean => side === 'purchase';
const taxedSale = (paper: Taxed): boolean => sale(paper) && paper.kind === 'charged';
const reversedPurchase = (paper: Taxed): boolean => purchase(paper) && paper.kind === 'reversed';

/** Which papers stand in a box that is no total. France counts a credit note in the line of what it takes back, Belgium apart. */
function inBox({ country, fill, bps, place = 'mainland' }: Box): (paper: Taxed) => boolean {
  const apart = country === 'BE';
  const kept = (paper: Taxed): boolean => !(apart && paper.credit);
  const fills: Readonly<Record<Exclude<Fill, Totals>, (paper: Taxed) => boolean>> = {
    sales: taxedSale,
    purchasesReversed: (paper) => reversedPurchase(paper) && kept(paper),
    salesUntaxed: (paper) => sale(paper) && kept(paper) && (paper.kind === 'outside' || (!apart && (paper.kind === 'reversed' || paper.kind === 'exempt'))),
    salesReversed: (paper) => sale(paper) && paper.kind === 'reversed' && kept(paper),
    creditsReversed: (paper) => sale(paper) && paper.kind === 'reversed' && paper.credit,
    rate: (paper) => kept(paper) && paper.vatBps === bps && (taxedSale(paper) || (!apart && reversedPurchase(paper))) && paper.place === place,
    dueOnSales: (paper) => taxedSale(paper) && kept(paper),
    dueReversed: (paper) => reversedPurchase(paper) && kept(paper),
    // Those of a purchase under reverse charge have a line of which we are not certain.
    purchases: (paper) => purchase(paper) && (paper.kind === 'charged' || kept(paper)),
    credits: (paper) => sale(paper) && paper.credit && (paper.kind === 'charged' || paper.kind === 'outside'),
    creditsTax: (paper) => taxedSale(paper) && paper.credit,
    purchaseCredits: (paper) => purchase(paper) && paper.credit && paper.kind === 'charged',
    purchaseCreditsTax: (paper) => purchase(paper) && paper.credit && paper.kind === 'charged',
    deductible: (paper) => purchase(paper) && paper.deductible !== 0n && kept(paper),
  };
  return fills[fill as Exclude<Fill, Totals>];
}

type Totals = 'negativeBase' | 'negativeTax' | 'negativeDeducted' | 'totalDue' | 'totalDeductible' | 'toPay' | 'credit';
const totals: readonly Fill[] = ['negativeBase', 'negativeTax', 'negativeDeducted', 'totalDue', 'totalDeductible', 'toPay', 'credit'];
const baseOnly: readonly Fill[] = ['sales', 'purchasesReversed', 'salesUntaxed', 'salesReversed', 'creditsReversed', 'purchases', 'credits', 'purchaseCredits'];
const deducted: readonly Fill[] = ['deductible', 'purchaseCreditsTax'];

/**
 * The return of a country, box by box, those alone in which something stands and the last totals; null where we know no boxes. A box of a form in whole euros is rounded by itself, half up, and the
 * totals are those of the rounded boxes, as the form adds them. Under the franchise it has what a buyer owes in a seller's place and deducts nothing (CGI 293 B and 283-2); it is empty when there is none. `left` is
 * what no box of ours takes: whoever fills in the form has to place it.
 *
 * @param papers What falls due in the stretch, in the currency of the country.
 */
export function fillReturn(country: string, papers: readonly Taxed[], { last, regime }: { readonly last: string; readonly regime: Regime }): { readonly name: string; readonly source: string; readonly whole: boolean; readonly boxes: readonly Filled[]; readonly left: readonly Taxed[] } | null {
  const form = formOf(country, last);
  if (!form) return null;
  const { name, source, whole } = form;
  const counted = regime === 'franchise' ? papers.filter(reversedPurchase).map((paper) => ({ ...paper, deductible: 0n })) : papers;
  if (regime === 'franchise' && counted.length === 0) return { name, source, whole, boxes: [], left: [] };
  const round = (minor: bigint): bigint => (whole ? halfUp(minor, 100n) * 100n : minor);
  // On a form whose credit notes stand apart nothing is below nothing.
  const positive = (minor: bigint, fill: Fill): bigint => (['creditsReversed', 'credits', 'creditsTax', 'purchaseCredits', 'purchaseCreditsTax'].includes(fill) ? -minor : minor);
  const filled = form.boxes.map((box): Filled => {
    const { line, code, label, fill } = box;
    if (totals.includes(fill)) return { line, code, label, fill, base: null, tax: null, papers: [] };
    const own = counted.filter(inBox(box));
    const base = round(positive(total(own, 'base'), fill));
    const tax = round(positive(total(own, deducted.includes(fill) ? 'deductible' : 'due'), fill));
    const bare = box.country === 'BE' && fill === 'rate';
    return { line, code, label, fill, base: baseOnly.includes(fill) || fill === 'rate' ? base : null, tax: baseOnly.includes(fill) || bare ? null : tax, papers: own };
  });
  // What falls below nothing is no figure of its line.
  const below = { base: 0n, tax: 0n, deducted: 0n };
  const lifted = filled.map((box): Filled => {
    if (!whole || totals.includes(box.fill)) return box;
    if (box.fill === 'rate') {
      if (box.tax !== null && box.tax < 0n) below.tax -= box.tax;
      return { ...box, base: box.base !== null && box.base < 0n ? 0n : box.base, tax: box.tax !== null && box.tax < 0n ? 0n : box.tax };
    }
    if (box.fill === 'deductible' && box.tax !== null && box.tax < 0n) {
      below.deducted -= box.tax;
      return { ...box, tax: 0n };
    }
    if (box.base !== null && box.base < 0n) {
      below.base -= box.base;
      return { ...box, base: 0n };
    }
    return box;
  });
  const of = (...fills: readonly Fill[]): bigint => lifted.filter(({ fill }) => fills.includes(fill)).reduce((all, { tax }) => all + (tax ?? 0n), 0n);
  const due = country === 'FR' ? of('rate') + below.deducted : of('dueOnSales', 'dueReversed', 'purchaseCreditsTax');
  const back = country === 'FR' ? of('deductible') + below.tax : of('deductible', 'creditsTax');
  const figures: Readonly<Record<Totals, bigint>> = { negativeBase: below.base, negativeTax: below.tax, negativeDeducted: below.deducted, totalDue: due, totalDeductible: back, toPay: due > back ? due - back : 0n, credit: back > due ? back - due : 0n };
  const boxes = lifted.map((box): Filled => {
    if (!totals.includes(box.fill)) return box;
    const figure = figures[box.fill as Totals];
    return box.fill === 'negativeBase' ? { ...box, base: figure } : { ...box, tax: figure };
  });
  const outcome = back > due ? 'credit' : 'toPay';
  const placed = new Set(boxes.flatMap(({ papers: own }) => own));
  return { name, source, whole, left: counted.filter((paper) => !placed.has(paper) && (paper.base !== 0n || paper.due !== 0n)), boxes: boxes.filter(({ fill, base, tax, papers: own }) => fill === outcome || fill === 'totalDue' || fill === 'totalDeductible' || own.length > 0 || (base ?? 0n) !== 0n || (tax ?? 0n) !== 0n) };
}
