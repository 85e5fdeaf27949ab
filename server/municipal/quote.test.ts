import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { quoteOf, type Quote } from './quote.ts';

const producer = {
  legalName: 'Les Marées Hautes', legalForm: 'association', siret: '73282932000074', vatNumber: 'FR44732829320', address: '12 rue des Algues', postcode: '29200', city: 'Brest', representative: 'Maëlle Cariou',
  licence: 'PLATESV-R-2024-001234', iban: 'FR7630006000011234567890189',
};
/** G1: 4 000,00 before tax, 4 220,00 with it. */
const quote: Quote = {
  number: 'D-2026-000007', day: '2026-11-21', producer, organiser: { ...producer, legalName: 'Commune de Locronan', legalForm: '', siret: '21290134500011', vatNumber: '', licence: '', iban: '' },
  show: { title: 'Nuit Claire', artist: 'Nuit Claire', day: '2026-12-05', startTime: '20:30', place: 'Place de l’Église', city: 'Locronan' },
  price: euros(400_000n), vatBps: 550n, vat: euros(22_000n), total: euros(422_000n), vatCitation: 'CIBS art. L213-230', terms: '',
};

test('G1, PUB-11: all that a public accountant looks for', () => {
  const text = JSON.stringify(quoteOf(quote));
  for (const said of [
    'Devis n° D-2026-000007', '21 novembre 2026', 'valable 30 jours, jusqu’au 21 décembre 2026', 'Les Marées Hautes, association', '732\u00a0829\u00a0320\u00a000074', 'Commune de Locronan', '212\u00a0901\u00a0345\u00a000011',
    'Cession du droit d’exploitation du spectacle « Nuit Claire », une représentation, le 5 décembre 2026 à 20 h 30, Place de l’Église, Locronan',
    '4 000,00 €', 'TVA à 5,5 %, CIBS art. L213-230', '220,00 €', '4 220,00 €', 'trente jours', 'huit points', '40 €', 'PLATESV-R-2024-001234', 'Chorus Pro',
    'après service fait', 'IBAN FR76 3000 6000 0112 3456 7890 189', 'RIB : banque 30006, guichet 00001, compte 12345678901, clé 89',
  ]) expect(text).toContain(said);
  expect(text).not.toMatch(/carte|acompte de|séquestre/iu);
  // A Belgian account has no RIB, and without an account nothing is said.
  expect(JSON.stringify(quoteOf({ ...quote, producer: { ...producer, iban: 'BE68539007547034' } }))).not.toContain('RIB');
  expect(JSON.stringify(quoteOf({ ...quote, producer: { ...producer, iban: '' } }))).not.toContain('IBAN');
});

test('what is not known of the commune yet leaves no hole, and terms are printed line by line', () => {
  const bare = { legalName: 'Mairie', legalForm: '', siret: '', vatNumber: '', address: '', postcode: '', city: '', representative: '', licence: '', iban: '' };
  const blocks = quoteOf({ ...quote, organiser: bare, terms: 'Deux passages.\n\nBalance à 16 h.' });
  expect(blocks).toContainEqual(expect.objectContaining({ kind: 'columns', right: ['L’Organisateur', 'Mairie'] }));
  expect(blocks).toContainEqual({ kind: 'text', text: 'Deux passages.' });
  expect(blocks).toContainEqual({ kind: 'text', text: 'Balance à 16 h.' });
});
