import { expect, test } from 'vitest';
import { ibanIsValid, missingOf, registrationLine, registrationOf, roleOf, siretIsValid, type Party } from './party.ts';

const party = (over: Partial<Party> = {}): Party => ({
  kind: 'artist', country: 'FR', legalName: 'Les Ondes', siret: '73282932000074', registration: '', address: '1 quai', postcode: '44000', city: 'Nantes', representative: 'Ada Roux', licence: 'PLATESV-D-2024-000001', ...over,
});

test('a complete producer lacks nothing (CO-13)', () => {
  expect(missingOf(party(), 'producer')).toEqual([]);
  // A public buyer pays by transfer, a buyer abroad under the number of both.
  expect(missingOf(party(), 'producer', { iban: true, vatNumber: true })).toEqual(['vatNumber', 'iban']);
  expect(missingOf({ ...party(), iban: 'FR7630006000011234567890189', vatNumber: 'FR44732829320' }, 'producer', { iban: true, vatNumber: true })).toEqual([]);
});

test.each<[string, Partial<Party>, 'producer' | 'organiser', string[]]>([
  ['a blank field', { city: ' ', representative: '' }, 'producer', ['city', 'representative']],
  ['a producer without licence', { licence: '' }, 'producer', ['licence']],
  ['an organiser needs no licence', { kind: 'venue', licence: '' }, 'organiser', []],
  ['a wrong SIRET', { siret: '73282932000075' }, 'producer', ['siret']],
  ['a town hall without SIRET', { kind: 'municipality', siret: '', licence: '' }, 'organiser', ['siret']],
  ['a private person has no SIRET', { kind: 'person', siret: '', licence: '' }, 'organiser', []],
  ['a Belgian producer has a number of its own instead', { country: 'BE', siret: '', licence: '', registration: '0403.019.261' }, 'producer', []],
  ['a Belgian producer whose number cannot be one', { country: 'BE', siret: '', licence: '', registration: '0403.019.262' }, 'producer', ['registration']],
  ['a Swiss producer without one', { country: 'CH', siret: '', licence: '' }, 'producer', ['registration']],
  ['a theatre in Luxembourg without one', { kind: 'venue', country: 'LU', siret: '', licence: '' }, 'organiser', ['registration']],
  ['a Swiss association organises without one', { kind: 'association', country: 'CH', siret: '', licence: '' }, 'organiser', []],
  ['a private person in Belgium', { kind: 'person', country: 'BE', siret: '', licence: '' }, 'organiser', []],
])('%s', (_, over, role, missing) => {
  expect(missingOf(party(over), role)).toEqual(missing);
});

test.each([
  ['73282932000074', true],
  ['73282932000084', false],
  ['7328293200007', false],
  ['00000000000000', false],
  ['35600000000048', true], // La Poste's head office, a Luhn number
  ['35600000009075', true], // an office of La Poste: digits sum to 35
  ['35600000009076', false],
])('SIRET %s: %s', (siret, valid) => {
  expect(siretIsValid(siret)).toBe(valid);
});

test('an artist sells, a town hall organises', () => {
  expect([roleOf('artist'), roleOf('municipality'), roleOf('person')]).toEqual(['producer', 'organiser', 'organiser']);
});

test('a village committee organises without a SIRET; a wrong one is still refused', () => {
  const committee = { kind: 'association' as const, country: 'FR', legalName: 'Comité', siret: '', registration: '', address: '1 place', postcode: '25000', city: 'Besançon', representative: 'Ada', licence: '' };
  expect(missingOf(committee, 'organiser')).toEqual([]);
  expect(missingOf({ ...committee, siret: '12345678901234' }, 'organiser')).toEqual(['siret']);
  expect(missingOf(committee, 'producer')).toEqual(['siret', 'licence']);
});

test.each([
  ['FR7630006000011234567890189', true], ['BE68539007547034', true], ['CH9300762011623852957', true], ['LU280019400644750000', true],
  ['FR7630006000011234567890188', false], ['FR76 3000 6000', false], ['', false], ['fr7630006000011234567890189', false],
])('%s can be an IBAN: %s', (iban, right) => {
  expect(ibanIsValid(iban)).toBe(right);
});

test.each([
  ['BE', { registration: '0403.019.261' }, '0403019261', 'BCE 0403.019.261'], ['BE', { vatNumber: 'BE0403019261' }, '0403019261', 'BCE 0403.019.261'], ['BE', { registration: 'B12345' }, '', ''],
  ['CH', { registration: 'CHE-116.281.710' }, 'CHE116281710', 'IDE CHE-116.281.710'], ['CH', { vatNumber: 'CHE116281710TVA' }, 'CHE116281710', 'IDE CHE-116.281.710'],
  ['LU', { registration: 'RCS Luxembourg B 12345' }, 'B12345', 'RCS Luxembourg B12345'], ['LU', { vatNumber: 'LU26375245' }, '', ''], ['FR', { registration: '0403019261' }, '', ''],
] as const)('in the register of %s, %o is %s', (country, of, number, line) => {
  expect([registrationOf({ country, ...of }), registrationLine({ country, ...of })]).toEqual([number, line]);
});
