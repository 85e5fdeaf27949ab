import type { Day } from '../core/time.ts';
import type { Place } from './taxed.ts';

/** What a box of a return is filled with. `rate` is the base and the tax of one rate; `credits` are credit notes that the form wants apart. */
export type Fill =
  | 'sales' | 'purchasesReversed' | 'salesUntaxed' | 'salesReversed' | 'creditsReversed' | 'negativeBase' | 'rate' | 'dueOnSales' | 'dueReversed' | 'totalDue' | 'purchases' | 'credits' | 'creditsTax'
  | 'purchaseCredits' | 'purchaseCreditsTax' | 'deductible' | 'negativeTax' | 'negativeDeducted' | 'totalDeductible' | 'toPay' | 'credit';

/** A box of the return of a country, as the form of a day prints it. */
export interface Box {
  readonly country: 'FR' | 'BE';
  readonly from: Day;
  /** What stands before it, `A1`, `08`; its number at the office where it has one, `0979`. */
  readonly line: string;
  readonly code: string;
  readonly label: string;
  readonly fill: Fill;
  /** Of `rate`, in basis points, and where that rate is of. */
  readonly bps?: number;
  readonly place?: Place;
}

/* The return 3310-CA3-SD, cerfa n° 10963*31, with its notice 3310-NOT-CA3-SD n° 50449#29: impots.gouv.fr, the models of 2026, lines and codes checked 2026-11-22. Of the many lines those that what is
   sold and bought here can touch. A show sold to a buyer in another member state is taxed there: E2 (CGI art. 259, 1°). What falls below nothing goes to B5 and 21, what falls below
   nothing of a deduction to 15. */
const french = ([line, code, label, fill, bps, place]: readonly [string, string, string, Fill, number?, Place?]): Box => ({ country: 'FR', from: '2026-01-01', line, code, label, fill, ...(bps !== undefined && { bps }), ...(place && { place }) });
/* Grids of the Belgian return, kept since 2010: eservices.minfin.fgov.be/intervat, help on frames II to VI, read 2026-11-22. Credit notes stand apart, and nothing is below nothing. */
const belgian = ([line, label, fill, bps]: readonly [string, string, Fill, number?]): Box => ({ country: 'BE', from: '2010-01-01', line, code: '', label, fill, ...(bps !== undefined && { bps }) });

const rows: readonly Box[] = [
  ...([
    ['A1', '0979', 'Ventes, prestations de services', 'sales'],
    ['A3', '0044', 'Achats de prestations de services réalisés auprès d’un assujetti non établi en France (article 283-2 du CGI)', 'purchasesReversed'],
    ['B5', '0036', 'Régularisations', 'negativeBase'],
    ['E2', '0033', 'Autres opérations non imposables', 'salesUntaxed'],
    ['08', '0207', 'Taux normal 20 %', 'rate', 2_000], ['09', '0105', 'Taux réduit 5,5 %', 'rate', 550], ['9B', '0151', 'Taux réduit 10 %', 'rate', 1_000],
    ['11', '0100', 'Opérations réalisées dans les DOM : taux réduit 2,1 %', 'rate', 210, 'overseas'],
    ['T4', '1050', 'Opérations réalisées en Corse et imposables au taux de 2,1 %', 'rate', 210, 'corsica'],
    ['T6', '1010', 'Opérations réalisées en France continentale au taux de 2,1 %', 'rate', 210],
    ['15', '0600', 'TVA antérieurement déduite à reverser', 'negativeDeducted'], ['16', '', 'Total de la TVA brute due', 'totalDue'],
    ['20', '0702', 'Autres biens et services', 'deductible'], ['21', '0059', 'Autre TVA à déduire', 'negativeTax'], ['23', '', 'Total TVA déductible', 'totalDeductible'],
    ['25', '0705', 'Crédit de TVA (ligne 23 − ligne 16)', 'credit'], ['TD', '8900', 'TVA due (ligne 16 − ligne 23)', 'toPay'],
  ] as const).map(french),
  ...([
    ['01', 'Opérations soumises à la TVA au taux de 6 %', 'rate', 600], ['02', 'Opérations soumises à la TVA au taux de 12 %', 'rate', 1_200], ['03', 'Opérations soumises à la TVA au taux de 21 %', 'rate', 2_100],
    ['44', 'Services pour lesquels la TVA étrangère est due par le cocontractant', 'salesReversed'],
    ['47', 'Autres opérations exemptées et opérations effectuées à l’étranger', 'salesUntaxed'],
    ['48', 'Notes de crédit délivrées, relatives aux grilles 44 et 46', 'creditsReversed'], ['49', 'Notes de crédit délivrées, relatives aux autres opérations', 'credits'],
    ['82', 'Services et biens divers', 'purchases'], ['85', 'Notes de crédit reçues, relatives aux autres opérations', 'purchaseCredits'], ['88', 'Services intracommunautaires avec report de perception', 'purchasesReversed'],
    ['54', 'TVA due sur les grilles 01, 02 et 03', 'dueOnSales'], ['55', 'TVA due sur les grilles 86 et 88', 'dueReversed'], ['63', 'TVA à reverser, mentionnée sur les notes de crédit reçues', 'purchaseCreditsTax'], ['XX', 'Total des grilles 54 à 63', 'totalDue'],
    ['59', 'TVA déductible', 'deductible'], ['64', 'TVA à récupérer, mentionnée sur les notes de crédit délivrées', 'creditsTax'], ['YY', 'Total des grilles 59 à 64', 'totalDeductible'],
    ['71', 'Taxe due à l’État', 'toPay'], ['72', 'Sommes dues par l’État', 'credit'],
  ] as const).map(belgian),
];

/** What the return of a country is called, and where its boxes were read; null where we know no boxes for certain. */
const sources: Readonly<Record<Box['country'], { readonly name: string; readonly source: string; readonly whole: boolean }>> = {
  FR: { name: 'CA3', source: 'Formulaire 3310-CA3-SD (cerfa n° 10963*31) et sa notice n° 50449#29, impots.gouv.fr', whole: true },
  BE: { name: 'Déclaration périodique à la TVA', source: 'SPF Finances, Intervat, cadres II à VI', whole: false },
};

/** The return of a country on a day, its boxes in the order of the form; `whole` where it is filled in whole euros, each line rounded by itself (3310-NOT-CA3-SD: 0.50 counts for 1). Null where we know none. */
export function formOf(country: string, day: Day): { readonly name: string; readonly source: string; readonly whole: boolean; readonly boxes: readonly Box[] } | null {
  const boxes = rows.filter((box) => box.country === country && box.from <= day);
  return boxes.length === 0 || !(country in sources) ? null : { ...sources[country as Box['country']], boxes };
}
