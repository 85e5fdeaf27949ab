import { expect, test } from 'vitest';
import { missingOfSeller, tinIsValid, type Seller } from './seller.ts';

const known = { legalName: 'Les Marées', address: '3 rue des Lilas', postcode: '35000', city: 'Rennes', country: 'FR', vatNumber: 'FR44732829320', vatFranchise: false, iban: 'FR7630006000011234567890189', publicBody: false };
const entity: Seller = { kind: 'entity', firstName: '', lastName: '', birthDate: null, tin: '732829320', noVat: false, ibanHolder: 'Les Marées' };
const person: Seller = { ...entity, kind: 'individual', firstName: 'Ana', lastName: 'Exemple', birthDate: '1990-04-01', tin: '0123456789012' };

test('who gave everything lacks nothing (PAY-08)', () => {
  expect(missingOfSeller(entity, known)).toEqual([]);
  expect(missingOfSeller(person, { ...known, vatNumber: '' })).toEqual([]);
});

test.each([
  ['nothing said yet', null, {}, ['kind']],
  ['an address not complete', entity, { postcode: ' ', city: '' }, ['postcode', 'city']],
  ['no account', entity, { iban: '' }, ['iban']],
  ['a person without a birthday and a name', { ...person, birthDate: null, firstName: '' }, {}, ['firstName', 'birthDate']],
  ['a firm with neither a VAT number nor a word on it', entity, { vatNumber: '' }, ['vatNumber']],
  ['a wrong number and no holder', { ...entity, tin: '732829321', ibanHolder: '' }, {}, ['tin', 'ibanHolder']],
] as const)('%s is asked for (PAY-08)', (_, seller, over, missing) => {
  expect(missingOfSeller(seller, { ...known, ...over })).toEqual(missing);
});

test('a firm that says that it has no VAT number, or sells under the franchise, is not asked again', () => {
  expect(missingOfSeller({ ...entity, noVat: true }, { ...known, vatNumber: '' })).toEqual([]);
  expect(missingOfSeller(entity, { ...known, vatNumber: '', vatFranchise: true })).toEqual([]);
});

test('a public body is excluded, and an account that the provider holds is not asked for here', () => {
  expect(missingOfSeller(null, { ...known, publicBody: true })).toEqual([]);
  expect(missingOfSeller(entity, { ...known, iban: '' }, { ibanElsewhere: true })).toEqual([]);
});

test.each([
  ['FR', 'individual', '0123456789012', true], ['FR', 'individual', '4123456789012', false], ['FR', 'individual', '012345678901', false],
  ['FR', 'entity', '732829320', true], ['FR', 'entity', '732829321', false], ['FR', 'entity', '000000000', false],
  ['BE', 'individual', '85073003328', true], ['BE', 'individual', '85073003329', false], ['BE', 'individual', '17073003384', true], ['BE', 'entity', '0403019261', true], ['BE', 'entity', '0403019262', false],
  ['LU', 'individual', '1893120105732', true], ['LU', 'entity', '19742200188', true], ['LU', 'entity', '1974220018', false],
  ['CH', 'individual', '7569217076985', true], ['CH', 'entity', 'CHE123456788', true], ['CH', 'entity', '123456788', false], ['DE', 'entity', 'AB12', true], ['DE', 'entity', '!', false],
] as const)('%s %s: %s can be a tax number: %s', (country, kind, tin, right) => { expect(tinIsValid(tin, country, kind)).toBe(right); });
