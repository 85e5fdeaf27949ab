import { expect, test } from 'vitest';
import { saleOf, type SaleParty } from './sale.ts';

const party = (over: Partial<SaleParty> = {}): SaleParty => ({
  kind: 'artist', country: 'FR', legalName: 'Les Marées', siret: '73282932000074', address: '1 rue Haute', postcode: '35000', city: 'Rennes', representative: 'Ana', licence: 'L1',
  vatNumber: '', vatFranchise: false, publicBody: false, insee: '', iban: '', ...over,
});
const sale = (over: { artist?: Partial<SaleParty>; buyer?: Partial<SaleParty>; show?: { country: string; insee: string } } = {}) =>
  saleOf({ artist: party(over.artist), buyer: party({ kind: 'venue', ...over.buyer }), show: over.show ?? { country: 'FR', insee: '35238' }, showDay: '2027-05-08', today: '2027-03-01' });

test('a public buyer pays by transfer: without the producer’s IBAN there is no quote and no contract', () => {
  expect(sale({ buyer: { kind: 'municipality' } })).toMatchObject({ path: 'public', missing: { artist: ['iban'], buyer: [] } });
  expect(sale({ buyer: { kind: 'association', publicBody: true }, artist: { iban: 'FR7630006000011234567890189' } })).toMatchObject({ path: 'public', missing: { artist: [], buyer: [] } });
  expect(sale()).toMatchObject({ path: 'secured', missing: { artist: [], buyer: [] } });
});

test('a sale whose buyer accounts for the tax needs the numbers of both, but none of a Swiss (VAT-X-03)', () => {
  const belgian = { country: 'BE' };
  expect(sale({ buyer: belgian, show: { country: 'BE', insee: 'B1' } }).missing).toEqual({ artist: ['vatNumber'], buyer: ['vatNumber'] });
  expect(sale({ buyer: belgian, artist: { country: 'CH' }, show: { country: 'BE', insee: 'B1' } }).missing).toEqual({ artist: [], buyer: ['vatNumber'] });
  expect(sale().missing).toEqual({ artist: [], buyer: [] });
});

test('what we do not know is not guessed, and is no fault', () => {
  expect(sale({ artist: { country: 'DE' } })).toMatchObject({ vat: null, commissionVat: null, missing: { artist: ['country'] } });
});
