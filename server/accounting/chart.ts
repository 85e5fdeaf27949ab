/** What an account of an organisation's books is for. */
export const ROLES = [
  'customers', 'deposits', 'sales', 'vatCollected', 'vatPending', 'suppliers', 'depositsPaid', 'purchases', 'commission', 'subscription', 'vatDeductible', 'vatSelfAssessed', 'bank', 'held', 'indemnity', 'indemnityPaid', 'late', 'latePaid', 'profit', 'loss', 'profitBefore', 'lossBefore',
] as const;
export type Role = (typeof ROLES)[number];

/** An account as the accountant knows it. */
export interface ChartAccount {
  readonly account: string;
  readonly label: string;
}
export type Chart = Readonly<Record<Role, ChartAccount>>;

const chart = (rows: Readonly<Record<Role, readonly [string, string]>>): Chart =>
  Object.fromEntries(ROLES.map((role) => [role, { account: rows[role][0], label: rows[role][1] }])) as unknown as Chart;

/* The usual accounts of each country: France's plan comptable général (ANC 2014-03), Belgium's PCMN (AR 21-10-2018), Luxembourg's PCN (règl. 12-9-2019),
   the Swiss Kontenrahmen KMU. An accountant may prefer others: an organisation changes its own. Read 2026-11-21. */
const french = chart({
  customers: ['411000', 'Clients'], deposits: ['419100', 'Clients, acomptes reçus'], sales: ['706000', 'Prestations de services'], vatCollected: ['445710', 'TVA collectée'], vatPending: ['445740', 'TVA collectée en attente d’encaissement'],
  suppliers: ['401000', 'Fournisseurs'], depositsPaid: ['409100', 'Fournisseurs, acomptes versés'], purchases: ['611000', 'Sous-traitance générale'],
  commission: ['622200', 'Commissions et courtages sur ventes'], subscription: ['651600', 'Abonnement Flow Stage'], vatDeductible: ['445660', 'TVA déductible sur autres biens et services'], vatSelfAssessed: ['445200', 'TVA due intracommunautaire'], bank: ['512000', 'Banque'],
  held: ['467000', 'Fonds réservés par Flow Stage'], indemnity: ['758800', 'Indemnités d’annulation reçues'], indemnityPaid: ['658800', 'Indemnités d’annulation versées'],
  late: ['763100', 'Revenus des créances commerciales'], latePaid: ['661810', 'Intérêts des dettes commerciales'],
  profit: ['120000', 'Résultat de l’exercice (bénéfice)'], loss: ['129000', 'Résultat de l’exercice (perte)'], profitBefore: ['110000', 'Report à nouveau (solde créditeur)'], lossBefore: ['119000', 'Report à nouveau (solde débiteur)'],
});
const belgian = chart({
  customers: ['400000', 'Clients'], deposits: ['460000', 'Acomptes reçus'], sales: ['700000', 'Ventes et prestations de services'], vatCollected: ['451000', 'TVA à payer'], vatPending: ['451000', 'TVA à payer'],
  suppliers: ['440000', 'Fournisseurs'], depositsPaid: ['406000', 'Acomptes versés'], purchases: ['603000', 'Sous-traitances générales'], commission: ['613000', 'Commissions'], subscription: ['612000', 'Abonnement Flow Stage'],
  vatDeductible: ['411000', 'TVA à récupérer'], vatSelfAssessed: ['451055', 'TVA à payer, due par le cocontractant'], bank: ['550000', 'Banque, compte courant'], held: ['416000', 'Fonds réservés par Flow Stage'], indemnity: ['749000', 'Indemnités d’annulation reçues'], indemnityPaid: ['649000', 'Indemnités d’annulation versées'],
  late: ['751000', 'Produits des actifs circulants'], latePaid: ['650000', 'Charges des dettes'],
  profit: ['140000', 'Bénéfice reporté'], loss: ['141000', 'Perte reportée'], profitBefore: ['140000', 'Bénéfice reporté'], lossBefore: ['141000', 'Perte reportée'],
});
const luxembourgish = chart({
  customers: ['40111', 'Clients'], deposits: ['4311', 'Acomptes reçus sur commandes'], sales: ['7039', 'Autres prestations de services'], vatCollected: ['461411', 'TVA en aval'], vatPending: ['461411', 'TVA en aval'],
  suppliers: ['44111', 'Fournisseurs'], depositsPaid: ['3641', 'Acomptes versés'], purchases: ['6032', 'Sous-traitance'], commission: ['61312', 'Commissions et courtages'], subscription: ['6113', 'Abonnement Flow Stage'],
  vatDeductible: ['421611', 'TVA en amont'], vatSelfAssessed: ['461418', 'TVA en aval, autoliquidation'], bank: ['5131', 'Banque, comptes courants'], held: ['42188', 'Fonds réservés par Flow Stage'], indemnity: ['7488', 'Indemnités d’annulation reçues'], indemnityPaid: ['6488', 'Indemnités d’annulation versées'],
  late: ['7558', 'Intérêts sur autres créances'], latePaid: ['6558', 'Intérêts sur autres dettes'],
  profit: ['142', 'Résultat de l’exercice'], loss: ['142', 'Résultat de l’exercice'], profitBefore: ['141', 'Résultats reportés'], lossBefore: ['141', 'Résultats reportés'],
});
const swiss = chart({
  customers: ['1100', 'Créances clients'], deposits: ['2030', 'Acomptes de clients'], sales: ['3400', 'Ventes de prestations'], vatCollected: ['2200', 'TVA due'], vatPending: ['2200', 'TVA due'],
  suppliers: ['2000', 'Dettes fournisseurs'], depositsPaid: ['1130', 'Acomptes versés'], purchases: ['4400', 'Prestations de tiers'], commission: ['4470', 'Commissions'], subscription: ['6570', 'Abonnement Flow Stage'],
  vatDeductible: ['1171', 'Impôt préalable'], vatSelfAssessed: ['2205', 'Impôt sur les acquisitions'], bank: ['1020', 'Banque'], held: ['1190', 'Fonds réservés par Flow Stage'], indemnity: ['3600', 'Indemnités d’annulation reçues'], indemnityPaid: ['6700', 'Indemnités d’annulation versées'],
  late: ['6950', 'Produits financiers'], latePaid: ['6900', 'Charges financières'],
  profit: ['2979', 'Bénéfice ou perte de l’exercice'], loss: ['2979', 'Bénéfice ou perte de l’exercice'], profitBefore: ['2970', 'Bénéfice reporté ou perte reportée'], lossBefore: ['2970', 'Bénéfice reporté ou perte reportée'],
});

/** The accounts that an organisation begins with, by its country, ISO 3166-1. Where we know no chart it is the French one. */
export const chartOf = (country: string): Chart => ({ BE: belgian, LU: luxembourgish, CH: swiss })[country] ?? french;

/** The same with what the organisation changed. */
export const withOwn = (usual: Chart, own: readonly (ChartAccount & { readonly role: string })[]): Chart =>
  Object.fromEntries(ROLES.map((role) => {
    const changed = own.find((one) => one.role === role);
    return [role, changed ? { account: changed.account, label: changed.label } : usual[role]];
  })) as unknown as Chart;
