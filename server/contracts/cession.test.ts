import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, euros, halfUp, percentage, sum } from '../core/money.ts';
import { missingOf } from '../identity/party.ts';
import { cession, rulesOf } from './cession.ts';
import type { ContractParty, Deal } from './deal.ts';
import { paperOf } from './paper.ts';

const producer: ContractParty = {
  kind: 'artist', country: 'FR', legalName: 'Les Marées Hautes', legalForm: 'association loi 1901', siret: '73282932000074', registration: '', vatNumber: 'FR44732829320', address: '12 rue des Algues',
  postcode: '29200', city: 'Brest', representative: 'Maëlle Cariou', capacity: 'présidente', licence: 'PLATESV-R-2024-001234', licenceUntil: '2029-03-01',
};
const organiser: ContractParty = {
  kind: 'company', country: 'FR', legalName: 'Théâtre du Port', legalForm: 'SARL', siret: '73282932000074', registration: '', vatNumber: '', address: '3 quai Nord', postcode: '56000', city: 'Vannes',
  representative: 'Yann Le Goff', capacity: 'gérant', licence: '', licenceUntil: null,
};

const priced = (minor: bigint, vatBps = 550n) => {
  const price = euros(minor);
  const vat = percentage(price, vatBps, halfUp);
  const total = sum(price, vat);
  const [deposit, balance] = allocate(total, [30n, 70n]) as [typeof total, typeof total];
  return { price, vatBps, vat, total, deposit, balance };
};

/** The golden case: 1 200,00 before tax, 1 266,00 with it, 379,80 then 886,20. */
const deal = (over: Partial<Deal> = {}): Deal => ({
  number: 'C-2026-000001', day: '2026-11-21', path: 'secured', artist: { name: 'Nuit Claire', genres: ['chanson'], lineUp: 4 }, producer, organiser,
  show: { title: 'Nuit Claire', day: '2027-07-14', startTime: '20:30', durationMinutes: 75, occasion: 'Fête du port', place: 'Théâtre du Port', address: '3 quai Nord', city: 'Vannes', audience: 300, outdoor: false },
  ...priced(120_000n), vatCitation: 'CIBS art. L213-230, L213-232 et L213-233 (ancien CGI art. 278-0 bis F)', vatKind: 'charged', vatRule: 'VAT-FR-01', purchase: null, terms: '', technical: { artist: '', organiser: '' }, ...over,
});
const commune: ContractParty = { ...organiser, kind: 'municipality', legalName: 'Commune de Locronan', legalForm: 'commune', city: 'Locronan', capacity: 'maire' };
const bought = deal({ path: 'public', organiser: commune, ...priced(400_000n), purchase: { quoteNumber: 'D-2026-000007', orderNumber: 'BC-2027-118', serviceCode: 'CULTURE' } });

const textOf = (of: Deal, number?: number) => cession(of).filter((clause) => number === undefined || clause.number === number).flatMap(({ heading, paragraphs }) => [heading, ...paragraphs]).join('\n');

test('CO-17: the twenty headings of the trade, in order', () => {
  expect(cession(deal()).map(({ number, heading }) => `${number} ${heading}`)).toMatchInlineSnapshot(`
    [
      "1 Parties",
      "2 Exposé",
      "3 Objet",
      "4 Obligations du Producteur",
      "5 Obligations de l’Organisateur",
      "6 Prix de cession",
      "7 Modalités de paiement",
      "8 Billetterie et invitations",
      "9 Technique et montage",
      "10 Droits d’auteur et taxes",
      "11 Accueil, transport, hébergement et repas",
      "12 Communication et captation",
      "13 Assurances",
      "14 Sécurité et prévention",
      "15 Exclusivité",
      "16 Annulation, report, force majeure et intempéries",
      "17 Résiliation",
      "18 Données personnelles et confidentialité",
      "19 Signature électronique et preuve",
      "20 Droit applicable et litiges",
    ]
  `);
});

test('the golden case in words and figures: price, tax, both parts and their days', () => {
  expect(textOf(deal(), 6)).toContain('1 200,00 € hors taxes (mille deux cents euros)');
  expect(textOf(deal(), 6)).toMatch(/TVA au taux de 5,5 %, soit 66,00 €.*CIBS art\. L213-230/u);
  expect(textOf(deal(), 6)).toContain('1 266,00 € (mille deux cent soixante-six euros)');
  const payment = textOf(deal(), 7);
  expect(payment).toContain('Acompte de 30 %, soit 379,80 € : exigible dans les sept jours');
  expect(payment).toContain('Solde de 70 %, soit 886,20 € : prélevé le 16 juin 2027');
  expect(payment).toContain('précède le 22 avril 2027');
  expect(payment).toContain('majoré de dix points');
});

test('G1: a public buyer pays 4 220,00 on invoice after service, by no card, late at eight points more', () => {
  const payment = textOf(bought, 7);
  expect(payment).toContain('facture de 4 220,00 €');
  expect(payment).toContain('Chorus Pro');
  expect(payment).toContain('numéro d’engagement : BC-2027-118');
  expect(payment).toContain('trente jours');
  expect(payment).toContain('majoré de huit points, et une indemnité forfaitaire de 40 €');
  expect(payment).not.toMatch(/30 %|prélevé|paiement sécurisé/u);
  expect(textOf(bought, 1)).toContain('CGCT art. L2122-22, 4°');
  expect(textOf(bought, 10)).toContain('soit 140,00 €');
  expect(textOf(bought, 20)).toContain('tribunal administratif');
  expect(rulesOf(bought).map(({ id }) => id)).toContain('PUB-06');
});

test('drafted in the last four weeks, both parts are due together and no past day is named', () => {
  const payment = textOf(deal({ day: '2027-07-01' }), 7);
  expect(payment).toContain('Solde de 70 %, soit 886,20 € : exigible en même temps que l’acompte');
  expect(payment).not.toMatch(/juin|avril/u);
});

test('a private person is a consumer: no penalty between traders, a mediator, the court of the home', () => {
  const home = deal({ organiser: { ...organiser, kind: 'person', siret: '', legalForm: '', capacity: '' } });
  expect(textOf(home, 7)).not.toContain('40 €');
  expect(textOf(home, 20)).toContain('médiateur de la consommation');
  expect(textOf(home, 1)).toContain('demeurant 3 quai Nord');
});

test.each([['2026-08-31', 'CGI art. 269, 2, c', 'CIBS'], ['2026-09-01', 'CIBS, livre II, ancien CGI', 'nothing else']])('drafted on %s it cites %s', (day, cited, not) => {
  const payment = textOf(deal({ day }), 7);
  expect(payment).toContain(cited);
  expect(payment).not.toContain(not);
});

test.each([[499_999n, 'aucune attestation'], [500_000n, 'moins de six mois']])('G18: at %d cents, the annex says: %s', (minor, said) => {
  const of = deal(priced(minor));
  expect(JSON.stringify(paperOf(of, cession(of)))).toContain(said);
});

test('what the offer and the press kit say is printed; a list stays a list', () => {
  const of = deal({ terms: 'Deux passages de 40 minutes.\nBalance à 16 h.', technical: { artist: 'Deux micros voix', organiser: 'Scène de 6 m' } });
  expect(textOf(of, 6)).toContain('Conditions particulières arrêtées entre les parties : Deux passages de 40 minutes.\nBalance à 16 h.');
  const paper = paperOf(of, cession(of));
  expect(paper).toContainEqual({ kind: 'text', text: 'Deux micros voix' });
  expect(JSON.stringify(paper)).toContain('Scène de 6 m');
  expect(paper.filter(({ kind }) => kind === 'list').length).toBeGreaterThan(4);
  expect(paper.some((piece) => 'text' in piece && piece.text.startsWith('– '))).toBe(false);
});

const word = fc.string({ unit: fc.constantFrom(...Array.from('abé ’-19')), maxLength: 20 }).map((text) => text.replace(/ +/gu, ' ').trim());
const filled = word.map((text) => `x${text}`);
const day = fc.integer({ min: 0, max: 1500 }).map((count) => new Date(Date.UTC(2026, 0, 1) + count * 86_400_000).toISOString().slice(0, 10));
const party = (kinds: readonly ContractParty['kind'][]) => fc.record({
  kind: fc.constantFrom(...kinds), country: fc.constantFrom('FR', 'BE', 'CH', 'LU', 'PT'), legalName: filled, legalForm: word, siret: fc.constantFrom('73282932000074', ''), registration: fc.constantFrom('0403019261', 'CHE116281710', 'B12345', ''), vatNumber: word,
  address: filled, postcode: filled, city: filled, representative: filled, capacity: word, licence: word, licenceUntil: fc.option(day),
});
const anyDeal = fc.record({
  day, artist: fc.record({ name: filled, genres: fc.array(filled, { maxLength: 3 }), lineUp: fc.integer({ min: 1, max: 40 }) }),
  producer: party(['artist', 'association', 'company']), organiser: party(['venue', 'festival', 'camping', 'association', 'company', 'person', 'municipality']),
  show: fc.record({
    title: filled, day, startTime: fc.constantFrom('20:30', '09:00'), durationMinutes: fc.integer({ min: 10, max: 300 }), occasion: word, place: word, address: word, city: word,
    audience: fc.nat(50_000), outdoor: fc.boolean(),
  }),
  minor: fc.bigInt({ min: 1n, max: 100_000_000n }), vatBps: fc.constantFrom(0n, 300n, 550n), terms: word, technical: fc.record({ artist: word, organiser: word }), orderNumber: filled, serviceCode: word,
}).filter(({ producer: sells, organiser: buys }) => missingOf(sells, 'producer').length === 0 && missingOf(buys, 'organiser').length === 0)
  .map(({ minor, vatBps, orderNumber, serviceCode, ...rest }) => deal({
    ...rest, ...priced(minor, vatBps), ...(rest.organiser.kind === 'municipality'
      ? { path: 'public' as const, purchase: { quoteNumber: 'D-2026-000001', orderNumber, serviceCode } } : {}),
  }));

test('for every deal that is complete, no article is empty, unfinished, or says what we never say', () => {
  fc.assert(fc.property(anyDeal, (of) => {
    const clauses = cession(of);
    expect(clauses).toHaveLength(20);
    for (const { paragraphs } of clauses) {
      expect(paragraphs.length).toBeGreaterThan(0);
      expect(paragraphs.every((text) => text.trim().length > 20 || text.startsWith('– '))).toBe(true);
    }
    const whole = JSON.stringify([clauses, paperOf(of, clauses)]);
    expect(/séquestre|escrow|à compléter|\bundefined\b|\bnull\b|\bNaN\b|\[object| {2,}[,.;]|, ,|\(\)/iu.exec(whole)?.[0]).toBeUndefined();
    expect(JSON.stringify(clauses)).toContain(of.path === 'public' ? 'service fait' : 'paiement sécurisé');
    expect(whole.includes('carte, en paiement sécurisé')).toBe(of.path === 'secured');
  }), { numRuns: 300 });
});
