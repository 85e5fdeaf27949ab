import { expect, test } from 'vitest';
import { bareLine, isPrintable, printable } from './printable.ts';

test('names of Europe are printed as they are; an ideogram and an emoji are not', () => {
  for (const name of ['Les Marées', 'Œuvre d’été — n° 1 « ça »', 'Łódź', 'Ελλάδα', 'Київ', 'e\u0301te\u0301', 'Nuit ♪', '12 € → 15 €', 'deux\nlignes']) expect(isPrintable(name), name).toBe(true);
  for (const name of ['花火', 'Nuit 🎵', 'שלום', 'مرحبا', 'Les\u200bMarées', '한글']) expect(isPrintable(name), name).toBe(false);
  expect(printable('Nuit 🎵 d’été')).toBe('Nuit ? d’été');
});

test('a line keeps what people write, and loses what no line holds', () => {
  expect(bareLine('Nuit 🎵 d’été — 花火')).toBe('Nuit 🎵 d’été — 花火');
  expect(bareLine('a\u0000b\ud800c\r\n\u001bd\u0085\ufffe')).toBe('abcd');
});
