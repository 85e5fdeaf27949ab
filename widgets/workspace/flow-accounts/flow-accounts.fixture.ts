import type { inferRouterInputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import type { Account, Bank, Contests, Declared, Mandate, Meters, Objective, Open, Papers, Preview, Waiting, Years } from './model.ts';

type In = inferRouterInputs<AppRouter>;
const euros = (minor: number) => ({ minor, currency: 'EUR' as const });

/** An invoice of a commune, twenty days left. */
export const running: Open[number] = {
  id: 'inv_2', bookingId: 'bkg_2', number: 'FS-00012-2027-0004', payer: 'Commune de Locronan', due: euros(422_000), issuedDay: '2027-06-01', dueDay: '2027-07-01', paidDay: null, days: 20, late: false, rateBps: 1_015, interest: euros(0), fixed: euros(0), fileId: 'fil_2',
  steps: [{ step: 'friendly', day: '2027-07-04', takenAt: null }, { step: 'firm', day: '2027-07-16', takenAt: null }, { step: 'notice', day: '2027-07-31', takenAt: null }],
};
/** Another, sixteen days late, reminded twice. */
export const late: Open[number] = {
  id: 'inv_1', bookingId: 'bkg_1', number: 'FS-00012-2027-0003', payer: 'Communauté de communes du Pays de Dol et de la Baie du Mont-Saint-Michel', due: euros(1_055_000), issuedDay: '2027-04-26', dueDay: '2027-05-26', paidDay: null, days: -16, late: true, rateBps: 1_015,
  interest: euros(4_694), fixed: euros(4_000), fileId: 'fil_1',
  steps: [{ step: 'friendly', day: '2027-05-29', takenAt: '2027-05-29T07:00:00.000Z' }, { step: 'firm', day: '2027-06-10', takenAt: '2027-06-10T07:00:00.000Z' }, { step: 'notice', day: '2027-06-25', takenAt: null }],
};
/** One that a commune paid four days late, without the interest. */
export const paidLate: Open[number] = { ...late, id: 'inv_4', bookingId: 'bkg_6', number: 'FS-00012-2027-0002', payer: 'Commune de Locronan', due: euros(4_469), dueDay: '2027-05-20', paidDay: '2027-05-24', days: -4, interest: euros(469), steps: [] };
/** Our own commission on a commune's show, a fortnight late, asked for once. */
export const commission: Open[number] = {
  id: 'inv_3', bookingId: 'bkg_3', number: 'F-2027-0012', payer: 'Les Marées Productions', due: euros(48_000), issuedDay: '2027-04-28', dueDay: '2027-05-28', paidDay: null, days: -14, late: true, rateBps: 1_215, interest: euros(224), fixed: euros(4_000), fileId: 'fil_3',
  steps: [{ step: 'friendly', day: '2027-05-31', takenAt: '2027-05-31T07:00:00.000Z' }, { step: 'firm', day: '2027-06-12', takenAt: null }, { step: 'notice', day: '2027-06-27', takenAt: null }],
};
/** What waits for the mandate. */
export const waiting: Waiting = [
  { bookingId: 'bkg_4', cause: 'deposit', title: 'Grande marée', day: '2027-08-14', payer: 'La Halle SARL', amount: euros(37_980), since: '2027-06-02T10:00:00.000Z' },
  { bookingId: 'bkg_5', cause: 'public', title: 'Grande marée', day: '2027-06-05', payer: 'Commune de Locronan', amount: euros(422_000), since: '2027-06-06T10:00:00.000Z' },
];
const words = ['Les Marées Productions (le mandant) donne mandat à Flow Stage (le mandataire) d’établir et de transmettre ses factures (CGI, art. 289, I-2).', 'Le mandant conserve l’entière responsabilité de ses obligations.'];
/** The mandate before and after it was accepted. */
export const asked: Mandate = { sells: true, paragraphs: words, acceptedAt: null, signedBy: '' };
export const given: Mandate = { sells: true, paragraphs: words, acceptedAt: '2027-02-03T10:00:00.000Z', signedBy: 'Ana Exemple' };
/** Some accounts of the chart, one of them changed. */
const accounts: readonly Account[] = [
  { role: 'customers', account: '411000', label: 'Clients', usual: true }, { role: 'sales', account: '706100', label: 'Cessions de spectacles', usual: false }, { role: 'vatCollected', account: '445710', label: 'TVA collectée', usual: true },
];
/** Years that end in June, once one that began as a calendar year is over. */
const financial: Years = { closing: '06-30', since: '2028-01-01', years: [{ first: '2027-01-01', last: '2027-12-31', year: 2027, part: 12 }] };
/** What a bank told: a payment that seems to be an invoice's, one too small, fees, and one that was accepted. */
export const bank: Bank = {
  statements: [{ id: 'bst_1', name: 'releve-juin.xml', format: 'camt', iban: 'FR7630006000011234567890189', importedAt: '2027-06-11T09:00:00.000Z', lines: 4 }],
  lines: [
    { id: 'bln_1', day: '2027-06-10', amount: euros(422_000), counterparty: 'TRESORERIE DE LOCRONAN', text: 'FS-00012-2027-0004 MANDAT 118', settled: [], rest: euros(422_000), proposals: [{ invoiceId: 'inv_2', number: 'FS-00012-2027-0004', payer: 'Commune de Locronan', due: euros(422_000), late: false, score: 100, reasons: ['number', 'amount', 'name'] }] },
    { id: 'bln_2', day: '2027-06-09', amount: euros(1_000_000), counterparty: '', text: 'FS-00012-2027-0003', settled: [], rest: euros(1_000_000), proposals: [{ invoiceId: 'inv_1', number: 'FS-00012-2027-0003', payer: 'Pays de Dol', due: euros(1_055_000), late: false, score: 55, reasons: ['number', 'short'] }] },
    { id: 'bln_3', day: '2027-06-08', amount: euros(-1_250), counterparty: '', text: 'Frais de tenue de compte', settled: [], rest: euros(-1_250), proposals: [] },
    { id: 'bln_4', day: '2027-06-01', amount: euros(126_600), counterparty: 'LA HALLE', text: 'Virement', settled: [{ number: 'FS-00012-2027-0001', principal: euros(120_000), late: euros(4_600) }], rest: euros(2_000), proposals: [] },
  ],
};
/** How a table would be read. */
export const preview: Preview = {
  format: 'csv', iban: '', count: 2, foreign: 1, columns: ['Date', 'Libellé', 'Débit', 'Crédit'], layout: { delimiter: ';', skip: 1, day: 0, amount: null, credit: 3, debit: 2, counterparty: null, text: 1, dayOrder: 'dmy', decimal: ',', currencyIn: null, currency: 'EUR' },
  lines: [{ day: '2027-06-10', amount: euros(422_000), counterparty: '', text: 'FS-00012-2027-0004' }, { day: '2027-06-11', amount: euros(-1_250), counterparty: '', text: 'Frais' }],
};
const year: Meters['meters'][number] = { nature: 'services', citation: 'CIBS art. L223-2 et suivants (ancien CGI art. 293 B)', turnover: euros(1_200_000), before: euros(900_000), limit: euros(3_750_000), tolerance: euros(4_125_000), standing: 'far', beforeOver: false };
/** A seller under the franchise, at a turnover. */
export const metersAt = (minor: number, standing: typeof year.standing, over: Partial<Meters> = {}): Meters => ({ year: 2027, country: 'FR', franchise: true, meters: [{ ...year, turnover: euros(minor), standing }], ...over });

const shown = { number: 'FS-00012-2027-0004', contact: 'La Halle SARL', day: '2027-05-08', base: euros(120_000), tax: euros(6_600) };
const taken = { number: 'F-2027-0012', contact: 'Flow Stage', day: '2027-05-10', base: euros(12_000), tax: euros(2_400) };
/** The May of a French producer: the golden case, a show sold to Belgium, and our commission. */
export const may: Declared = {
  period: { year: 2027, kind: 'month', part: 5 }, first: '2027-05-01', last: '2027-05-31', country: 'FR', regime: 'declares', turnover: euros(220_050), foreign: [],
  form: {
    name: 'CA3', source: 'Formulaire 3310-CA3-SD (cerfa n° 10963*31) et sa notice n° 50449#29, impots.gouv.fr', whole: true, left: [],
    boxes: [
      { line: 'A1', code: '0979', label: 'Ventes, prestations de services', base: euros(120_000), tax: null, papers: [shown] }, { line: 'E2', code: '0033', label: 'Autres opérations non imposables', base: euros(100_100), tax: null, papers: [] },
      { line: '09', code: '0105', label: 'Taux réduit 5,5 %', base: euros(120_000), tax: euros(6_600), papers: [shown] }, { line: '16', code: '', label: 'Total de la TVA brute due', base: null, tax: euros(6_600), papers: [] },
      { line: '20', code: '0702', label: 'Autres biens et services', base: null, tax: euros(2_400), papers: [taken] }, { line: 'TD', code: '8900', label: 'TVA due (ligne 16 − ligne 23)', base: null, tax: euros(4_200), papers: [] },
    ],
  },
  natures: [
    { side: 'sale', kind: 'charged', vatBps: 550, base: euros(120_000), due: euros(6_600), deductible: euros(0), papers: [shown] }, { side: 'sale', kind: 'reversed', vatBps: 0, base: euros(100_050), due: euros(0), deductible: euros(0), papers: [] },
    { side: 'purchase', kind: 'charged', vatBps: 2_000, base: euros(12_000), due: euros(0), deductible: euros(2_400), papers: [taken] },
  ],
  unpaid: { count: 0, tax: euros(0) },
  union: {
    name: 'Déclaration européenne de services (DES)', citation: 'CGI art. 289 B, III ; ann. III art. 96 N', whole: true,
    sales: [{ month: '2027-05', vatNumber: 'BE0403019261', contact: 'De Zaal', exact: euros(100_050), amount: euros(100_100), papers: [{ ...shown, contact: 'De Zaal', base: euros(100_050), tax: euros(0) }] }],
  },
  commissions: [{ number: 'F-2027-0012', day: '2027-05-10', bookingId: 'bkg_1', booking: 'VAGUES-1', title: 'Grande marée', credit: false, price: euros(120_000), rateBps: 1_000, net: euros(12_000), vatBps: 2_000, vat: euros(2_400), total: euros(14_400) }],
};
/** Under the franchise, with a sale to a buyer whose VAT number is missing. */
export const franchised: Declared = {
  ...may, regime: 'franchise', turnover: euros(1_240_000), form: may.form && { ...may.form, boxes: [] }, natures: [{ side: 'sale', kind: 'franchise', vatBps: 0, base: euros(120_000), due: euros(0), deductible: euros(0), papers: [shown] }],
  union: may.union && { ...may.union, sales: may.union.sales.map((sale) => ({ ...sale, vatNumber: '' })) },
};
/** Of Luxembourg, whose form we do not fill, with all that has to be seen to. */
export const unboxed: Declared = { ...may, country: 'LU', regime: 'unknown', form: null, union: may.union && { ...may.union, name: 'État récapitulatif des prestations de services', whole: false, sales: [] }, unpaid: { count: 2, tax: euros(4_800) }, foreign: ['CHF'], commissions: [] };
/** A year at its half, as aimed. */
export const aimed = (aim: number | null): Objective => {
  const sums = [0, 60_000, 360_000, 700_000, 1_900_000, 2_100_000];
  return {
    first: '2027-01-01', last: '2027-12-31', aim: aim === null ? null : euros(aim), invoiced: euros(2_100_000), signed: euros(640_000), signedShows: 3,
    months: Array.from({ length: 12 }, (_, i) => ({ month: `2027-${String(i + 1).padStart(2, '0')}`, invoiced: euros((sums[i] ?? 2_100_000) - (sums[i - 1] ?? (i === 0 ? 0 : 2_100_000))), sum: euros(sums[i] ?? 2_100_000), begun: i < 6 })),
  };
};

/** A year: a deposit and its final invoice, one that a commune owes and was credited in part, our commission and the plan. */
export const papers: Papers = {
  year: 2027, since: 2026, until: 2027, papers: [
    { id: 'crn_1', kind: 'credit', number: 'AFS-00012-2027-0001', issued: true, other: 'Commune de Locronan', issuedDay: '2027-06-15', total: euros(-10_000), state: null, bookingId: 'bkg_1', fileId: 'fil_20', xmlFileId: 'fil_21', ublFileId: null },
    { id: 'inv_1', kind: 'final', number: 'FS-00012-2027-0003', issued: true, other: 'Commune de Locronan', issuedDay: '2027-04-26', total: euros(1_055_000), state: 'late', bookingId: 'bkg_1', fileId: 'fil_1', xmlFileId: 'fil_22', ublFileId: null },
    { id: 'inv_5', kind: 'final', number: 'FS-00012-2027-0002', issued: true, other: 'De Zaal', issuedDay: '2027-03-26', total: euros(126_600), state: 'paid', bookingId: 'bkg_8', fileId: 'fil_23', xmlFileId: 'fil_24', ublFileId: 'fil_25' },
    { id: 'inv_6', kind: 'commission', number: 'F-2027-0012', issued: false, other: 'Flow Stage', issuedDay: '2027-03-26', total: euros(14_400), state: 'due', bookingId: 'bkg_8', fileId: 'fil_26', xmlFileId: 'fil_27', ublFileId: null },
    { id: 'inv_7', kind: 'plan', number: 'AB-2027-0001', issued: false, other: 'Flow Stage', issuedDay: '2027-01-05', total: euros(3_480), state: 'paid', bookingId: null, fileId: 'fil_28', xmlFileId: 'fil_29', ublFileId: null },
  ],
};

interface Answers {
  readonly papers?: (input: In['accounting']['papers']) => Papers;
  readonly declared?: (input: In['declarations']['read']) => Declared | Promise<Declared>;
  readonly declarationFile?: (input: In['declarations']['file']) => { name: string; mime: string; base64: string; count: number };
  readonly objective?: () => Objective;
  readonly changeObjective?: (input: In['declarations']['changeObjective']) => Objective;
  readonly open?: () => Open;
  readonly owing?: () => Open;
  readonly waiting?: () => Waiting;
  readonly issue?: (input: In['billing']['issue']) => { issued: number };
  readonly mandate?: () => Mandate;
  readonly bank?: () => Bank;
  readonly meters?: () => Meters;
  readonly preview?: (input: In['banking']['preview']) => Preview | Promise<Preview>;
  readonly importing?: (input: In['banking']['import']) => { lines: number; fresh: number; foreign: number; again: boolean };
  readonly contests?: Contests;
  readonly settle?: (input: In['billing']['settle']) => Promise<never>;
  readonly settleLate?: (input: In['billing']['settleLate']) => Promise<never>;
  readonly accept?: (input: In['banking']['accept']) => Bank | Promise<Bank>;
  readonly endMandate?: () => Mandate;
  readonly acceptMandate?: (input: In['accounting']['acceptMandate']) => Mandate;
  readonly changeAccount?: (input: In['accounting']['changeAccount']) => Account[];
  readonly changeClosing?: (input: In['accounting']['changeClosing']) => Years;
  readonly exporting?: (input: In['accounting']['export']) => { name: string; mime: string; base64: string; count: number } | Promise<never>;
}

/** A server of somebody's books. */
export const accountsServer = (answers: Answers = {}): Api => fakeApi<AppRouter>({
  accounting: {
    open: answers.open ?? (() => [late, running]), owing: answers.owing ?? (() => []), mandate: answers.mandate ?? (() => given), chart: () => [...accounts], years: () => financial, papers: answers.papers ?? (() => papers), meters: answers.meters ?? (() => metersAt(1_200_000, 'far')),
    export: answers.exporting ?? (() => ({ name: '732829320FEC20271231.txt', mime: 'text/plain', base64: btoa('FEC'), count: 12 })),
    ...(answers.endMandate && { endMandate: answers.endMandate }), ...(answers.acceptMandate && { acceptMandate: answers.acceptMandate }), ...(answers.changeClosing && { changeClosing: answers.changeClosing }), ...(answers.changeAccount && { changeAccount: answers.changeAccount }),
  },
  declarations: {
    read: answers.declared ?? (() => may), file: answers.declarationFile ?? (() => ({ name: 'flow-stage-ca3-2027-05.csv', mime: 'text/csv', base64: btoa('CA3'), count: 6 })),
    objective: answers.objective ?? (() => aimed(3_000_000)), ...(answers.changeObjective && { changeObjective: answers.changeObjective }),
  },
  billing: { waiting: answers.waiting ?? (() => []), ...(answers.issue && { issue: answers.issue }), ...(answers.settle && { settle: answers.settle }), ...(answers.settleLate && { settleLate: answers.settleLate }) },
  contests: { own: () => answers.contests ?? [] },
  banking: {
    bank: answers.bank ?? (() => bank), preview: answers.preview ?? (() => preview), import: answers.importing ?? (() => ({ lines: 2, fresh: 2, foreign: 1, again: false })), accept: answers.accept ?? (() => bank),
  },
});
