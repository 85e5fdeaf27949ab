import { expect, test } from 'vitest';
import { auxiliaryOf, harmless, inBytes, plain, units } from './signs.ts';

test.each(['iso-8859-15', 'windows-1252'] as const)('French is written in %s as it is; what it has not loses its marks or becomes a question', (charset) => {
  // Node 20 reads windows-1252 as ISO 8859-1: what differs is looked up in the code page itself.
  const page: Readonly<Record<number, string>> = { 0x80: '€', 0x8a: 'Š', 0x9a: 'š', 0x8e: 'Ž', 0x9e: 'ž', 0x8c: 'Œ', 0x9c: 'œ', 0x9f: 'Ÿ', 0x91: '‘', 0x92: '’', 0x93: '“', 0x94: '”', 0x96: '–', 0x97: '—' };
  const read = (text: string) => (charset === 'iso-8859-15' ? new TextDecoder(charset, { fatal: true }).decode(inBytes(text, charset))
    : Array.from(inBytes(text, charset), (code) => page[code] ?? String.fromCodePoint(code)).join(''));
  for (const text of ['Élise Cœur, 12 €', 'Ÿ ž Š « été » ç ï ü ñ ß', 'A-Z 0|9']) expect(read(text)).toBe(text);
  expect(read('L’été – ou “l’hiver”')).toBe(charset === 'windows-1252' ? 'L’été – ou “l’hiver”' : 'L\'été - ou "l\'hiver"');
  expect(read('Łódź, ő, 音')).toBe('?ódz, o, ?');
});

test('the sign that ISO 8859-15 took from its elder is not written in its place', () => {
  // The old currency sign would be read as a euro.
  expect(new TextDecoder('iso-8859-15').decode(inBytes('¤', 'iso-8859-15'))).toBe('?');
});

test('accounts of customers are twelve signs, and differ', () => {
  const ids = ['org_01JD0000000000000000000001', 'org_01JD0000010000000000000001', 'org_01JD0000000000000000000002', 'platform'];
  expect(new Set(ids.map(auxiliaryOf)).size).toBe(4);
  for (const id of ids) expect(auxiliaryOf(id)).toMatch(/^[0-9A-Z]{1,12}$/u);
});

test('amounts keep their sign and cents, and a field stays one field', () => {
  expect([units(5n, ','), units(-126_600n, '.'), units(0n, ',')]).toEqual(['0,05', '-1266.00', '0,00']);
  expect(plain(' a\tb|c\r\nd ')).toBe('a b c d');
  expect(['=1+1', '-12,00', '-x', '@a', 'Ana'].map(harmless)).toEqual(["'=1+1", '-12,00', "'-x", "'@a", 'Ana']);
});
