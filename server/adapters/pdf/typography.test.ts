import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typeset } from './typography.ts';

/** Makes the spaces visible: `_` is narrow and no-break, `~` is no-break. */
const seen = (text: string) => text.replaceAll('\u202f', '_').replaceAll('\u00a0', '~');

test.each([
  ['Objet : un concert ; rien d\'autre !', 'Objet_: un concert_; rien d’autre_!'],
  ['le spectacle « Nuit claire »', 'le spectacle «_Nuit claire_»'],
  ['le spectacle «Nuit claire»', 'le spectacle «_Nuit claire_»'],
  ['1 266,00 € et 5,5 %', '1_266,00_€ et 5,5_%'],
  ['1 234 567 €', '1_234_567_€'],
  ['le 1er août 2027, à 20 h 30', 'le 1er~août~2027, à 20~h~30'],
  ['sous 30 jours, article L7122-3', 'sous 30~jours, article~L7122-3'],
  ['à 20:30, sur https://exemple.fr', 'à 20:30, sur https://exemple.fr'],
  ['n° 12, M. Dupont', 'n°~12, M.~Dupont'],
])('sets %s', (typed, set) => {
  expect(seen(typeset(typed, 'fr-FR'))).toBe(set);
});

test('leaves English signs where they are', () => {
  expect(seen(typeset('Price: 1 266.00 €; isn\'t it?', 'en-GB'))).toBe('Price: 1_266.00_€; isn’t it?');
});

test('sets twice what it sets once, and drops no letter', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab 12:;!?«»%€\'n° h\u00a0\u202f')) }), (text) => {
    const once = typeset(text, 'fr-FR');
    expect(typeset(once, 'fr-FR')).toBe(once);
    expect(once.replace(/[\s’']/gu, '')).toBe(text.normalize('NFC').replace(/[\s’']/gu, ''));
  }));
});
