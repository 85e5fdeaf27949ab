import { expect, test } from 'vitest';
import { mask, maskOfNobody } from './mask.ts';

test('an address keeps its first letters and its ending', () => {
  expect(mask('marie.dupont@theatre-des-quais.example')).toBe('m•••@t•••.example');
  expect(mask('a@b.co.uk')).toBe('a•••@b•••.uk');
});

test('nobody has a mask too, the same each time', () => {
  const seed = Uint8Array.of(3, 200, 7);
  expect(maskOfNobody(seed)).toMatch(/^[a-z]•••@[a-z]•••\.(fr|com|org)$/);
  expect(maskOfNobody(seed)).toBe(maskOfNobody(seed));
});
