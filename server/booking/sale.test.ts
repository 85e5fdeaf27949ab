import { expect, test } from 'vitest';
import { communeOf, saleOf, type SaleParty } from './sale.ts';

const party = (over: Partial<SaleParty> = {}): SaleParty => ({
  kind: 'artist', country: 'FR', legalName: 'Les Marées', siret: '73282932000074', registration: '', address: '1 rue Haute', postcode: '35000', city: 'Rennes', representative: 'Ana', licence: 'L1',
  vatNumber: 'FR44732829320', vatFranchise: false, publicBody: false, insee: '', iban: '', ...over,
});
const sale = (over: { artist?: Partial<SaleParty>; buyer?: Partial<SaleParty>; show?: { country: string; insee: string; postcode: string } } = {}) =>
  saleOf({ artist: party(over.artist), buyer: party({ kind: 'venue', ...over.buyer }), show: over.show ?? { country: 'FR', insee: '35238', postcode: '' }, showDay: '2027-05-08', today: '2027-03-01' });

test('a public buyer pays by transfer: without the producer’s IBAN there is no quote and no contract', () => {
  expect(sale({ buyer: { kind: 'municipality' } })).toMatchObject({ path: 'public', missing: { artist: ['iban'], buyer: [] } });
  expect(sale({ buyer: { kind: 'association', publicBody: true }, artist: { iban: 'FR7630006000011234567890189' } })).toMatchObject({ path: 'public', missing: { artist: [], buyer: [] } });
  expect(sale()).toMatchObject({ path: 'secured', missing: { artist: [], buyer: [] } });
});

test('a sale whose buyer accounts for the tax needs the numbers of both, but none of a Swiss (VAT-X-03)', () => {
  const belgian = { country: 'BE', vatNumber: '', registration: '0403019261' };
  expect(sale({ buyer: belgian, artist: { vatNumber: '-' }, show: { country: 'BE', insee: 'B1', postcode: '' } }).missing).toEqual({ artist: ['vatNumber'], buyer: ['vatNumber'] });
  expect(sale({ buyer: belgian, artist: { country: 'CH', registration: 'CHE116281710' }, show: { country: 'BE', insee: 'B1', postcode: '' } }).missing).toEqual({ artist: [], buyer: ['vatNumber'] });
  expect(sale().missing).toEqual({ artist: [], buyer: [] });
});

test('a producer that charges tax has a number; under the franchise it needs none, and no buyer at home is asked', () => {
  expect(sale({ artist: { vatNumber: '' }, buyer: { vatNumber: '' } }).missing).toEqual({ artist: ['vatNumber'], buyer: [] });
  expect(sale({ artist: { vatNumber: '', vatFranchise: true }, buyer: { vatNumber: '' } }).missing).toEqual({ artist: [], buyer: [] });
});

test('a Belgian seller without a number pays our commission with French VAT; with one it accounts for the tax itself', () => {
  const home = { country: 'BE', insee: 'B1', postcode: '' };
  const belgian = { country: 'BE', vatNumber: '', registration: '0202239951' };
  const of = (vatNumber: string) => sale({ artist: { country: 'BE', vatNumber, registration: '0403019261' }, buyer: belgian, show: home });
  expect(of('')).toMatchObject({ vat: { kind: 'exempt' }, commissionVat: { bps: 2_000n, kind: 'charged' }, missing: { artist: [] } });
  expect(of('BE0403019261')).toMatchObject({ vat: { kind: 'exempt' }, commissionVat: { bps: 0n, kind: 'reversed' } });
});

test('what we do not know is not guessed, and is no fault', () => {
  expect(sale({ artist: { country: 'DE' } })).toMatchObject({ vat: null, commissionVat: null, missing: { artist: ['country'] } });
});

test('a place without a commune’s code is where its postcode says, or its name where one name has one tax, or else where its buyer is at home', () => {
  const named = (city: string) => ({ Rennes: ['35238'], 'Saint-Denis': ['97411', '93066'], Castillon: ['06036', '14140'] })[city] ?? [];
  const nobody = { insee: '', postcode: '' };
  const of = (over: { insee?: string; address?: string; city?: string }, buyer = nobody, country = 'FR') => communeOf({ insee: '', address: '', city: '', ...over }, named, { country, ...buyer });
  expect(of({ insee: '97411', address: '3 rue Haute, 35000 Rennes' })).toEqual({ insee: '97411', postcode: '' });
  expect(of({ address: '12 rue du Port, 97400 Saint-Denis', city: 'Saint-Denis' })).toEqual({ insee: '', postcode: '97400' });
  expect(of({ address: '35200 bis', city: '97490 Sainte-Clotilde' })).toEqual({ insee: '', postcode: '97490' });
  expect(of({ city: 'Rennes' })).toEqual({ insee: '35238', postcode: '' });
  expect(of({ city: 'Castillon' })).toEqual({ insee: '06036', postcode: '' });
  expect(of({ city: 'Saint-Denis' })).toEqual(nobody);
  expect(of({ city: 'Saint-Denis' }, { insee: '', postcode: '97419' })).toEqual({ insee: '', postcode: '97419' });
  expect(of({ city: 'Saint-Denis' }, { insee: 'B1', postcode: '1000' }, 'BE')).toEqual(nobody);
  expect(of({ city: 'Au bout du monde' })).toEqual(nobody);
});
