import { expect, test } from 'vitest';
import { localeOf, preferred } from './locale.ts';

test('a stored or a browser’s language is the nearest of ours, else French', () => {
  expect(['fr', 'en', 'nl', 'de', 'nl-BE', 'DE-at', 'en-GB', 'it', ''].map(localeOf)).toEqual(['fr', 'en', 'nl', 'de', 'nl', 'de', 'en', 'fr', 'fr']);
});

test.each([
  ['nl-BE,nl;q=0.9,fr;q=0.8', 'nl'], ['it-IT,de;q=0.4,en;q=0.7', 'en'], ['de;q=0,en;q=0.1', 'en'], ['pt-BR,pt', 'fr'], ['', 'fr'], ['de-CH; q=0.9, en; q=0.5', 'de'],
])('of %s, a browser prefers %s', (accepts, locale) => {
  expect(preferred(accepts)).toBe(locale);
});
