import fc from 'fast-check';
import { expect, test } from 'vitest';
import { missingOfEpk, moved, slugFrom } from './epk.ts';

const whole = { name: 'Les Ondes', genres: ['chanson'], feeMaxMinor: 1n, insee: '44109', bio: { fr: 'Nées à Nantes.' }, tagline: {}, photos: 1 };

test('PR-12: a short press kit is enough', () => {
  expect(missingOfEpk(whole)).toEqual([]);
  expect(missingOfEpk({ ...whole, bio: {}, tagline: { en: 'Songs' } })).toEqual([]);
});

test.each([
  ['name', { name: ' ' }], ['genres', { genres: [] }], ['fee', { feeMaxMinor: 0n }], ['insee', { insee: '' }], ['bio', { bio: { fr: ' ' } }], ['photo', { photos: 0 }],
])('PR-12: without %s it stays hidden', (part, over) => {
  expect(missingOfEpk({ ...whole, ...over })).toEqual([part]);
});

test.each([
  ['Les Ondes de Minuit', 'les-ondes-de-minuit'], ['  Été à l’Œuvre !  ', 'ete-a-l-oeuvre'], ['X', 'stage-x'], ['東京', 'stage-name'], ['---', 'stage-name'],
])('%s has the address %s', (name, slug) => {
  expect(slugFrom(name)).toBe(slug);
});

test('every name has an address that the router takes', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (name) => { expect(slugFrom(name)).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])$/); }));
});

test.each([[0, 'cab'], [1, 'acb'], [2, 'abc'], [99, 'abc']])('c moved to %i gives %s', (position, order) => {
  expect(moved(['a', 'b', 'c'], (item) => item === 'c', position).join('')).toBe(order);
});
