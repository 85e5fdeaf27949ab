import { expect, test } from 'vitest';
import type { Piece } from './books.ts';
import { chartOf } from './chart.ts';
import { sageOf } from './sage.ts';
import { inBytes } from './signs.ts';

const piece = (label: string, name: string): Piece => ({
  key: 'sale:FS-00001-2027-0001', number: 1, journal: 'VE', day: '2027-05-08', ref: 'FS-00001-2027-0001', label, currency: 'EUR',
  lines: [{ role: 'customers', other: { id: 'org_01JD0000000000000000000001', name }, debit: 126_600n, credit: 0n }, { role: 'sales', other: null, debit: 0n, credit: 126_600n }],
});

test.each([
  ['joined marks', 'Les Améliés · Été à Évry'], ['marks apart, as some keyboards and files write them', 'Les Améliés · Été à Évry'.normalize('NFD')], ['signs of two halves', '🎪🎪🎪 au chapiteau'], ['letters that fall apart', '서울 서울 서울 서울 서울'],
  ['a sign of no file', 'Le Duo\u200b Brume'],
])('each field stands where the program looks for it, whatever was typed: %s (CR-15)', (_, label) => {
  const chart = chartOf('FR');
  const [, ...lines] = Buffer.from(inBytes(sageOf(label, [piece(label, label)], { ...chart, sales: { ...chart.sales, account: '706000' } }), 'windows-1252')).toString('latin1').trimEnd().split('\r\n');
  expect(lines.map((line) => [line.length, line.slice(84, 104), line.slice(83, 84)])).toEqual([[112, '1266.00'.padStart(20), 'D'], [112, '1266.00'.padStart(20), 'C']]);
});

test('marks that were typed apart are kept', () => {
  expect(Buffer.from(inBytes('Été'.normalize('NFD'), 'iso-8859-15')).toString('latin1')).toBe('Été');
});
