import { expect, test } from 'vitest';
import { matcher, type Awaited } from './match.ts';

const awaited = (over: Partial<Awaited> = {}): Awaited => ({
  invoiceId: 'inv_1', number: 'FS-00012-2027-0003', payer: 'Commune de Démonville', references: ['BC-2027-118'], due: 422_000n, lateOn: (day) => (day > '2027-06-20' ? 6_000n : 0n), currency: 'EUR', ...over,
});
const moved = (over: object = {}) => ({ day: '2027-06-28', minor: 422_000n, currency: 'EUR', counterparty: '', text: '', ...over });

test.each([
  ['its number, with other signs between', moved({ minor: 1_000_000n, text: 'vir fs 00012/2027 0003' }), 55, ['number']],
  ['number, amount and name', moved({ counterparty: 'COMMUNE DE DEMONVILLE', text: 'FACT FS-00012-2027-0003' }), 100, ['number', 'amount', 'name']],
  ['the order and the amount', moved({ text: 'BC 2027 118' }), 55, ['reference', 'amount']],
  ['the amount alone', moved(), 30, ['amount']],
  ['the amount with interest', moved({ minor: 428_000n }), 30, ['amount_late']],
  ['the amount with interest of another day', moved({ day: '2027-06-18', minor: 428_000n, text: 'BC-2027-118 commune de demonville' }), 40, ['reference', 'name']],
  ['too little under the right number', moved({ minor: 100n, text: 'FS-00012-2027-0003' }), 55, ['number', 'short']],
])('%s', (_, line, score, reasons) => {
  expect(matcher([awaited()])(line)).toEqual([{ invoiceId: 'inv_1', score, reasons }]);
});

test('a name alone, money that went out and another currency propose nothing', () => {
  expect(matcher([awaited()])(moved({ minor: 5n, counterparty: 'Commune de Démonville' }))).toEqual([]);
  expect(matcher([awaited()])(moved({ minor: -422_000n, text: 'FS-00012-2027-0003' }))).toEqual([]);
  expect(matcher([awaited()])(moved({ currency: 'CHF' }))).toEqual([]);
});

test('the likeliest comes first, three at most', () => {
  const many = Array.from({ length: 5 }, (_, i) => awaited({ invoiceId: `inv_${i}`, number: `FS-00012-2027-000${i}` }));
  expect(matcher(many)(moved({ text: 'FS-00012-2027-0004' })).map(({ invoiceId }) => invoiceId)).toEqual(['inv_4', 'inv_0', 'inv_1']);
});

test('a page of movements is held against three thousand invoices while others wait for less than two seconds', () => {
  const propose = matcher(Array.from({ length: 3_000 }, (_, i) => awaited({ invoiceId: `inv_${i}`, number: `FS-00012-2027-${String(i).padStart(4, '0')}`, payer: `Commune de Ville-${i}`, references: [`BC-2027-${i}`, `C-${i}`], due: BigInt(i + 1) })));
  const began = performance.now();
  const found = Array.from({ length: 200 }, (_, i) => propose(moved({ minor: BigInt(i + 1), counterparty: 'Commune de Ville-7', text: `virement FS-00012-2027-${String(i).padStart(4, '0')} merci` })));
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(found.map(([first]) => first?.invoiceId)).toEqual(Array.from({ length: 200 }, (_, i) => `inv_${i}`));
});
