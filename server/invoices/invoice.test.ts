import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros, sum } from '../core/money.ts';
import { facturX } from './facturx.ts';
import { creditOf, dueOf, figure, insideOf, mentions, piecesOf, vatOf, type Draft } from './invoice.ts';
import { normOf } from './norm.ts';

const artist = { name: 'Les Marées Productions', legalForm: 'association', siret: '73282932000074', vatNumber: 'FR44732829320', address: '3 rue des Lilas', postcode: '35000', city: 'Rennes', country: 'FR' };
const company = { ...artist, name: 'Scène Exemple (société de démonstration)', iban: 'FR7630006000011234567890189' };
const draft = (over: Partial<Draft> = {}): Draft => ({
  kind: 'final', number: 'F-2027-0002', issuedDay: '2027-05-10', dueDay: '2027-05-10', issuer: artist, payer: { ...artist, name: 'La Halle', isPerson: false }, printer: 'Scène Exemple',
  label: 'cession du droit d’exploitation du spectacle « Grande marée »', net: euros(120_000n), vat: euros(6_600n), vatBps: 550n, vatCitation: 'CIBS art. L213-230',
  serviceDay: '2027-05-08', settlement: 'secured', contract: 'C-2027-1', order: null,
  received: [{ label: 'Acompte', amount: euros(37_980n), day: '2027-03-02', invoice: 'F-2027-0001' }, { label: 'Solde', amount: euros(88_620n), day: '2027-04-10', invoice: '' }],
  ...over,
});
const words = (of: Draft) => JSON.stringify(piecesOf(of)).replaceAll(/[\u00a0\u202f]/gu, ' ');

test('a deposit of 379.80 holds 360.00 and 19.80 of tax; the final invoice takes it off (INV-03)', () => {
  expect(insideOf(euros(37_980n), 550n)).toEqual({ net: euros(36_000n), vat: euros(1_980n) });
  expect(dueOf(draft())).toEqual(euros(0n));
  expect(dueOf(draft({ received: draft().received.slice(0, 1) }))).toEqual(euros(88_620n));
  expect(words(draft())).toContain('Acompte, reçu le 2 mars 2027 (facture F-2027-0001)');
  const [, balance] = draft().received;
  const named = words(draft({ received: [{ ...balance!, amount: euros(25_320n), invoice: 'F-2027-0002', issuedDay: '2027-04-11', vat: euros(1_320n), credits: ['A-2027-0001'] }] }));
  expect(named).toContain('Solde, reçu le 10 avril 2027 (facture F-2027-0002 du 11 avril 2027, moins A-2027-0001, TVA 13,20 €)');
});

test('net and tax inside any sum are that sum, and within a cent of the tax on that net', () => {
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.constantFrom(0n, 210n, 300n, 550n, 2_000n), (minor, bps) => {
    const { net, vat } = insideOf(euros(minor), bps);
    expect(sum(net, vat)).toEqual(euros(minor));
    const off = vat.minor - vatOf(net, bps).minor;
    expect(off >= -1n && off <= 1n).toBe(true);
  }));
});

test('whatever is credited in however many parts, net and tax end at nothing and never below', () => {
  fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.constantFrom(0n, 210n, 300n, 550n, 600n, 2_000n), fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 12 }), (minor, bps, shares) => {
    let left = { net: euros(minor), vat: vatOf(euros(minor), bps) };
    const take = (amount: bigint) => {
      if (amount === 0n) return;
      const { net, vat } = creditOf(euros(amount), left, bps);
      expect(sum(net, vat)).toEqual(euros(amount));
      left = { net: euros(left.net.minor - net.minor), vat: euros(left.vat.minor - vat.minor) };
      expect(left.net.minor >= 0n && left.vat.minor >= 0n).toBe(true);
    };
    for (const share of shares) take((sum(left.net, left.vat).minor * BigInt(share)) / 100n);
    take(sum(left.net, left.vat).minor);
    expect(left).toEqual({ net: euros(0n), vat: euros(0n) });
  }));
});

test('everything the law wants stands on it: parties, numbers, dates, rate, totals, late payment (INV-01, PAY-11)', () => {
  for (const word of [
    'Facture F-2027-0002', 'Les Marées Productions', '3 rue des Lilas', '35000 Rennes', 'SIREN 732829320', 'FR44732829320', 'La Halle', '10 mai 2027', '8 mai 2027', 'Cession du droit d’exploitation',
    '1 200,00 €', '5,5 %', '66,00 €', '1 266,00 €', 'CIBS art. L213-230', 'prestation de services', 'dix points', '40 €', 'Facture établie par Scène Exemple au nom et pour le compte de Les Marées Productions', 'Pas d’escompte',
  ]) expect(words(draft())).toContain(word);
});

test('the tax falls due on the days on which money was captured, not on release (VAT-FR-10)', () => {
  expect(mentions(draft()).join(' ')).toContain('TVA exigible à l’encaissement : acompte, le 2 mars 2027 ; solde, le 10 avril 2027.');
});

test('a public buyer reads its order number, thirty days, Chorus Pro, and eight points (PUB-06, PUB-08)', () => {
  const all = words(draft({ settlement: 'public', received: [], dueDay: '2027-06-09', order: { number: 'BC-2027-118', serviceCode: 'CULTURE' } }));
  for (const word of ['BC-2027-118', 'CULTURE', '9 juin 2027', 'service fait le 8 mai 2027', 'Chorus Pro', 'huit points', '40 €']) expect(all).toContain(word);
  expect(all).not.toContain('dix points');
});

test('how the buyer paid is not guessed: by card, PayPal, debit or transfer, it is a payment service (INV-01)', () => {
  expect(words(draft())).toContain('Paiement sécurisé : fonds réservés');
  expect(words(draft())).not.toContain('par carte');
  expect(normOf(draft()).means).toBe('68');
});

test('a seller of another country prints none of the French law on sellers, and a French commune still reads its own', () => {
  const belgian = { ...artist, country: 'BE', siret: '', registration: '0403019261', vatNumber: 'BE0403019261' };
  for (const country of ['BE', 'LU', 'CH']) {
    const all = words(draft({ issuer: { ...belgian, country }, vatBps: 0n, vat: euros(0n), vatCitation: 'Exonération, CTVA art. 44 § 2, 8°' }));
    expect(all).not.toMatch(/CGI|C\. com\.|40 €|escompte/u);
    expect(all).toContain(country === 'CH' ? 'responsable de ses obligations.' : 'directive 2006/112/CE, art. 220');
  }
  expect(words(draft({ issuer: belgian }))).toContain('BCE 0403.019.261');
  expect(words(draft({ issuer: belgian, settlement: 'public', received: [] }))).toContain('CCP, art. R2192-31');
});

test('a private person owes no fixed compensation', () => {
  expect(words(draft({ payer: { ...artist, isPerson: true } }))).not.toContain('40 €');
});

test('nobody reads of an escrow or a séquestre (PAY-04)', () => {
  for (const settlement of ['secured', 'public', 'deducted', 'owed'] as const) expect(words(draft({ settlement }))).not.toMatch(/escrow|séquestre/iu);
});

test('our own invoice is ours, marked as a demonstration, and made on nobody’s behalf', () => {
  const all = words(draft({ kind: 'commission', issuer: company, settlement: 'deducted', vatBps: 2_000n, net: euros(12_000n), vat: euros(2_400n), received: [{ label: 'Déduit du versement', amount: euros(14_400n), day: '2027-05-10', invoice: '' }] }));
  expect(all).toContain('société de démonstration');
  expect(all).toContain('Facture de commission');
  expect(all).not.toContain('au nom et pour le compte');
});

test('a sale without tax says why, and nothing of a rate of zero (VAT-FR-08, VAT-X-03)', () => {
  for (const vatCitation of ['TVA non applicable, art. 293 B du CGI', 'Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196']) {
    const all = words(draft({ vatBps: 0n, vat: euros(0n), vatCitation, received: [] }));
    expect(all).toContain(`${vatCitation}.`);
    expect(all).not.toMatch(/0 %|TTC/u);
  }
});

test('a commission that was not kept back is paid to our account', () => {
  expect(words(draft({ kind: 'commission', issuer: company, settlement: 'owed', received: [] }))).toContain('IBAN FR76 3000 6000 0112 3456 7890 189, au nom de Scène Exemple');
});

test.each([[126_600n, '1 266,00 €'], [5n, '0,05 €'], [-37_980n, '−379,80 €'], [123_456_789n, '1 234 567,89 €']])('%s cents read %s', (minor, text) => {
  expect(figure(euros(minor)).replaceAll(/[\u00a0\u202f]/gu, ' ')).toBe(text);
});

test('a seller that has opted for it pays its tax when it invoices, and its papers say so to people and to programs (PUB-09)', () => {
  const option = 'Option pour le paiement de la taxe d’après les débits.';
  const later = draft({ debits: true, received: [], settlement: 'public' });
  expect(mentions(later)).toContain(option);
  expect(normOf(later).dueAtIssue).toBe(true);
  expect(facturX(later, normOf(later))).toContain('<ram:DueDateTypeCode>5</ram:DueDateTypeCode><ram:RateApplicablePercent>');
  // What was paid before its invoice is due on that day.
  const paid = draft({ debits: true });
  expect(mentions(paid)).toEqual(expect.arrayContaining([option, expect.stringContaining('TVA exigible à l’encaissement') as string]));
  expect(normOf(paid).dueAtIssue).toBe(false);
  expect(mentions(draft()).join(' ')).not.toContain(option);
  expect(facturX(draft(), normOf(draft()))).not.toContain('DueDateTypeCode');
});
