import fc from 'fast-check';
import { expect, test } from 'vitest';
import { booksOf, type Movement, type Paper } from '../accounting/books.ts';
import { halfUp } from '../core/money.ts';
import { onBooks, taxedOf, type BookRow, type Taxed } from './taxed.ts';
import { unionListOf, unionSales } from './union.ts';
import { fillReturn, naturesOf } from './vat-return.ts';

const paper = (over: Partial<Taxed> = {}): Taxed => ({
  side: 'sale', kind: 'charged', number: 'FS-1-2027-0001', contact: 'La Halle', day: '2027-05-08', currency: 'EUR', credit: false, base: 120_000n, vatBps: 550, place: 'mainland', due: 6_600n, deductible: 0n, unpaid: false, ...over,
});
const reversed = paper({ kind: 'reversed', vatBps: 0, due: 0n, contact: 'De Zaal' });
const commission = paper({ side: 'purchase', number: 'F-2027-0001', contact: 'Flow Stage', base: 12_000n, vatBps: 2_000, due: 0n, deductible: 2_400n });
const abroad = paper({ side: 'purchase', kind: 'reversed', number: 'FS-9-2027-0001', contact: 'Les Belges', base: 100_000n, vatBps: 550, due: 5_500n, deductible: 5_500n });
const back = (of: Taxed, minor: bigint, tax: bigint): Taxed => ({ ...of, number: `A-${of.number}`, credit: true, base: -minor, due: of.due > 0n ? -tax : 0n, deductible: of.deductible > 0n ? -tax : 0n });

const filled = (country: string, papers: readonly Taxed[], regime: 'declares' | 'franchise' = 'declares') =>
  fillReturn(country, papers, { last: '2027-05-31', regime })?.boxes.map(({ line, code, base, tax }) => [line, code, base === null ? null : Number(base) / 100, tax === null ? null : Number(tax) / 100]);

test.each<[string, string, readonly Taxed[], unknown]>([
  ['the golden case', 'FR', [paper(), commission], [['A1', '0979', 1_200, null], ['09', '0105', 1_200, 66], ['16', '', null, 66], ['20', '0702', null, 24], ['23', '', null, 24], ['TD', '8900', null, 42]]],
  ['a show sold to a Belgian house', 'FR', [reversed], [['E2', '0033', 1_200, null], ['16', '', null, 0], ['23', '', null, 0], ['TD', '8900', null, 0]]],
  ['a show bought from a Belgian producer', 'FR', [abroad], [['A3', '0044', 1_000, null], ['09', '0105', 1_000, 55], ['16', '', null, 55], ['20', '0702', null, 55], ['23', '', null, 55], ['TD', '8900', null, 0]]],
  ['commission alone is a credit', 'FR', [commission], [['16', '', null, 0], ['20', '0702', null, 24], ['23', '', null, 24], ['25', '0705', null, 24]]],
  ['Corsica has a line of its own', 'FR', [paper({ vatBps: 210, place: 'corsica', due: 2_520n })], [['A1', '0979', 1_200, null], ['T4', '1050', 1_200, 25], ['16', '', null, 25], ['23', '', null, 0], ['TD', '8900', null, 25]]],
  ['more is credited than sold', 'FR', [back(paper(), 40_000n, 2_200n)], [['A1', '0979', 0, null], ['B5', '0036', 400, null], ['09', '0105', 0, 0], ['16', '', null, 0], ['21', '0059', null, 22], ['23', '', null, 22], ['25', '0705', null, 22]]],
  ['more of our commission is given back than taken', 'FR', [back(commission, 5_000n, 1_000n)], [['15', '0600', null, 10], ['16', '', null, 10], ['20', '0702', null, 0], ['23', '', null, 0], ['TD', '8900', null, 10]]],
  ['half a euro counts for one', 'FR', [paper({ base: 10_050n, due: 550n })], [['A1', '0979', 101, null], ['09', '0105', 101, 6], ['16', '', null, 6], ['23', '', null, 0], ['TD', '8900', null, 6]]],
  ['Belgium to the cent, credit notes apart', 'BE', [paper({ base: 10_050n, vatBps: 600, due: 603n }), back(paper({ vatBps: 600 }), 5_025n, 301n), reversed, { ...commission, kind: 'reversed', base: 1_005n, vatBps: 2_100, due: 211n, deductible: 211n }], [
    ['01', '', 100.5, null], ['44', '', 1_200, null], ['49', '', 50.25, null], ['82', '', 10.05, null], ['88', '', 10.05, null], ['54', '', null, 6.03], ['55', '', null, 2.11], ['XX', '', null, 8.14], ['59', '', null, 2.11], ['64', '', null, 3.01], ['YY', '', null, 5.12], ['71', '', null, 3.02]]],
])('%s, in the boxes of the form (ES-16)', (_, country, papers, boxes) => {
  expect(filled(country, papers)).toEqual(boxes);
});

test('under the franchise nothing of the sales is declared, and what is owed in a seller’s place is, without deduction (VAT-FR-07, ES-16)', () => {
  const sold = paper({ kind: 'franchise', vatBps: 0, due: 0n });
  expect(filled('FR', [sold, commission], 'franchise')).toEqual([]);
  expect(filled('FR', [sold, abroad], 'franchise')).toEqual([['A3', '0044', 1_000, null], ['09', '0105', 1_000, 55], ['16', '', null, 55], ['23', '', null, 0], ['TD', '8900', null, 55]]);
});

test('where we are certain of no box there is none, and what no box takes is said', () => {
  expect(fillReturn('LU', [paper()], { last: '2027-05-31', regime: 'declares' })).toBeNull();
  expect(fillReturn('FR', [paper()], { last: '2025-05-31', regime: 'declares' })).toBeNull();
  const odd = paper({ side: 'sale', vatBps: 850, place: 'overseas' });
  expect(fillReturn('BE', [paper({ kind: 'exempt', vatBps: 0, due: 0n })], { last: '2027-05-31', regime: 'declares' })?.left).toHaveLength(1);
  expect(fillReturn('FR', [odd], { last: '2027-05-31', regime: 'declares' })?.boxes.some(({ line }) => line === '10')).toBe(false);
});

/** A paper of the books as its row shows it, whatever was billed before taken off. */
interface Drawn {
  readonly paper: Paper;
  readonly row: BookRow;
  readonly paidDay: string | null;
}

const days = fc.integer({ min: 0, max: 89 }).map((n) => `2027-0${4 + Math.floor(n / 30)}-${String(1 + (n % 30)).padStart(2, '0')}`);
const drawn = fc.array(fc.record({
  side: fc.constantFrom('sale' as const, 'purchase' as const), kind: fc.constantFrom('deposit' as const, 'final' as const, 'commission' as const), credit: fc.boolean(), day: days, paid: fc.option(days),
  net: fc.bigInt({ min: 1n, max: 10_000_000n }), bps: fc.constantFrom(0, 210, 550, 1_000, 2_000), before: fc.bigInt({ min: 0n, max: 1_000_000n }), pending: fc.boolean(), reverse: fc.boolean(),
}), { maxLength: 30 }).map((all) => all.map((one, i): Drawn => {
  const { side, credit, day, net, bps } = one;
  const kind = side === 'sale' && one.kind === 'commission' ? 'final' : one.kind;
  const vat = halfUp(net * BigInt(bps), 10_000n);
  const deducted = kind === 'final' && !credit ? { net: one.before, vat: halfUp(one.before * BigInt(bps), 10_000n) } : { net: 0n, vat: 0n };
  const pending = side === 'sale' && one.pending;
  const taken = side === 'purchase' && kind !== 'commission' && one.reverse && bps === 0;
  const owed = halfUp((net - deducted.net) * 550n, 10_000n);
  const head = { side, kind, credit, number: `N-${i}`, day, currency: 'EUR' as const };
  return {
    paper: { ...head, other: { id: `org_${i}`, name: 'X' }, label: '', net, vat, deducted, pending, reverse: taken ? { vat: owed, deducts: true } : null },
    row: { ...head, contact: 'X', net: net - deducted.net, vat: vat - deducted.vat, vatBps: bps, vatCitation: taken ? 'Autoliquidation / Reverse charge, directive 2006/112/CE art. 44 et 196' : '', showDay: day, dueDay: null, paidDay: one.paid, booking: '' },
    paidDay: one.paid,
  };
}));
const month = { first: '2027-05-01', last: '2027-05-30' };
const buyer = { kind: 'venue', country: 'FR', insee: '35238', postcode: '35000' };

test('what falls due in a month is what the books have of it, for any papers (ES-16, VAT-FR-10)', () => {
  fc.assert(fc.property(drawn, (all) => {
    // What waits is moved to what is due on the day of its payment, as the books do.
    const due = all.filter(({ paper: one, paidDay }) => one.pending && paidDay !== null).map(({ paper: one, paidDay }): Movement => {
      const tax = (one.vat - one.deducted.vat) * (one.credit ? -1n : 1n);
      const [to, from] = tax > 0n ? ['vatPending' as const, 'vatCollected' as const] : ['vatCollected' as const, 'vatPending' as const];
      return { key: `m:${one.number}`, day: paidDay ?? '', ref: '', label: '', other: one.other, to, from, minor: tax > 0n ? tax : -tax, currency: 'EUR' };
    }).filter(({ minor }) => minor > 0n);
    const pieces = booksOf(all.map(({ paper: one }) => one), due);
    const papers = taxedOf({ rows: all.map(({ row }) => row), pieces }, month, { buyer, paidDay: ({ number }) => all.find(({ row }) => row.number === number)?.paidDay ?? null });
    const natures = naturesOf(papers);
    const add = (name: 'due' | 'deductible', side?: 'sale' | 'purchase') => natures.filter((one) => !side || one.side === side).reduce((sum, one) => sum + one[name], 0n);
    expect(add('due', 'sale')).toBe(onBooks(pieces, 'vatCollected', month));
    expect(add('due', 'purchase')).toBe(onBooks(pieces, 'vatSelfAssessed', month));
    expect(add('deductible')).toBe(-onBooks(pieces, 'vatDeductible', month));
    // And the return is the tax of the books, to the half euro of each of its lines.
    const form = fillReturn('FR', papers, { last: month.last, regime: 'declares' });
    const box = (line: string): bigint => form?.boxes.find((one) => one.line === line)?.tax ?? 0n;
    const error = add('due') - add('deductible') - (box('TD') - box('25'));
    expect(error < 400n && error > -400n).toBe(true);
    expect(form?.left.filter((one) => one.due !== 0n)).toEqual([]);
  }));
});

test('the list of sales in the Union is by month and buyer, in whole euros rounded once; without a number nobody is listed with another (VAT-X-03)', () => {
  const sale = (number: string, minor: bigint, over: Partial<Taxed> = {}) => ({ ...reversed, number, base: minor, ...over });
  const papers = [sale('1', 10_025n), sale('2', 10_025n, { day: '2027-05-20' }), sale('3', -5_000n, { credit: true, day: '2027-06-02' }), sale('4', 7_000n, { contact: 'Sans numéro' }), sale('5', 7_000n, { contact: 'Autre' }), paper(), abroad];
  const numbers = (number: string) => (['4', '5'].includes(number) ? '' : 'BE0403019261');
  const list = unionListOf('FR', '2027-05-31')!;
  expect(list.name).toContain('DES');
  expect(unionSales(papers, list, numbers).map(({ month: of, vatNumber, contact, exact, amount }) => [of, vatNumber, contact, Number(exact), Number(amount)])).toEqual([
    ['2027-05', 'BE0403019261', 'De Zaal', 20_050, 20_100], ['2027-05', '', 'Autre', 7_000, 7_000], ['2027-05', '', 'Sans numéro', 7_000, 7_000], ['2027-06', 'BE0403019261', 'De Zaal', -5_000, -5_000],
  ]);
  expect(unionSales(papers, unionListOf('BE', '2027-05-31')!, numbers)[0]).toMatchObject({ exact: 20_050n, amount: 20_050n });
  expect(unionListOf('CH', '2027-05-31')).toBeNull();
});
