import { expect, test } from 'vitest';
import { blocksOf, csvOf, figuresOf, type Line, type Statement } from './statement.ts';

const released = (total: bigint, commission: bigint, vat: bigint) => [
  { account: 'escrow:bkg_1', minor: -total }, { account: 'commission:platform', minor: commission }, { account: 'vat:FR', minor: vat }, { account: 'payable:org_1', minor: total - commission - vat },
];
const contract = { orgId: 'org_1', vatBps: 550, contractTotal: 126_600n, contractVat: 6_600n };

test('a whole release is the contract’s price, its tax and our charges (ES-05)', () => {
  expect(figuresOf(released(126_600n, 12_000n, 2_400n), { ...contract, kind: 'release' })).toEqual({ kind: 'release', price: 120_000n, vat: 6_600n, total: 126_600n, commission: 12_000n, commissionVat: 2_400n, booker: 0n, payout: 112_200n });
});

test('of a part the price is reckoned back, and adds up to the cent', () => {
  expect(figuresOf(released(63_300n, 6_000n, 1_200n), { ...contract, kind: 'release' })).toEqual({ kind: 'share', price: 60_000n, vat: 3_300n, total: 63_300n, commission: 6_000n, commissionVat: 1_200n, booker: 0n, payout: 56_100n });
  for (let total = 1n; total < 2_000n; total += 7n) {
    const { price, vat } = figuresOf(released(total, 0n, 0n), { ...contract, kind: 'release' });
    expect(price + vat).toBe(total);
    expect(price >= 0n && vat >= 0n).toBe(true);
  }
});

test('an indemnity is no price and bears no tax', () => {
  expect(figuresOf(released(36_000n, 3_600n, 720n), { ...contract, kind: 'indemnity' })).toEqual({ kind: 'indemnity', price: 36_000n, vat: 0n, total: 36_000n, commission: 3_600n, commissionVat: 720n, booker: 0n, payout: 31_680n });
});

const line: Line = {
  bookingId: 'bkg_1', reference: 'REF-1', title: '=HYPERLINK("x")', showDay: '2027-05-08', place: 'La Halle, Rennes', buyer: 'La Halle; SARL', kind: 'release', price: 120_000n, vatBps: 550, vat: 6_600n, total: 126_600n,
  commissionBps: 1_000, commission: 12_000n, commissionVat: 2_400n, booker: 0n, payout: 112_200n, currency: 'EUR', invoice: null, claimId: null,
};
const statement: Statement = { payoutId: 'pyo_1', orgName: 'Les Marées', amount: 112_200n, currency: 'EUR', createdDay: '2027-05-10', paidDay: '2027-05-12', account: 'FR76 •••• 0189', lines: [line] };

test('the CSV is a spreadsheet’s of the reader’s country, and no name becomes a formula', () => {
  expect(csvOf([statement], 'fr').split('\r\n')[1]).toBe(`REF-1;"'=HYPERLINK(""x"")";2027-05-08;"La Halle, Rennes";"La Halle; SARL";Spectacle joué;"1200,00";"5,50";"66,00";"1266,00";"10,00";"120,00";"24,00";"0,00";"1122,00";EUR;`);
  expect(csvOf([statement], 'en').split('\r\n')[1]).toContain('Show played,1200.00,5.50,66.00,1266.00,10.00,120.00,24.00,0.00,1122.00,EUR');
  for (const locale of ['fr', 'en', 'nl', 'de'] as const) expect(new Set(csvOf([statement], locale).split('\r\n')[0]!.split(locale === 'en' ? ',' : ';')).size).toBe(17);
});

test('the paper says every figure, and where it went', () => {
  const read = JSON.stringify(blocksOf(statement, 'fr').blocks).replaceAll('\u00a0', ' ');
  for (const said of ['1 200,00 EUR', '66,00 EUR', '1 266,00 EUR', '-120,00 EUR', '-24,00 EUR', '1 122,00 EUR', 'FR76 •••• 0189', '12 mai 2027', '8 mai 2027', '5,50 %']) expect(read).toContain(said);
  expect(JSON.stringify(blocksOf({ ...statement, paidDay: null, account: '' }, 'en').blocks)).toContain('on its way');
  const german = JSON.stringify(blocksOf(statement, 'de').blocks).replaceAll('\u00a0', ' ');
  for (const said of ['Auszahlungsbeleg', '1.266,00 EUR', '5,50 %', '12. Mai 2027']) expect(german).toContain(said);
  const dutch = JSON.stringify(blocksOf(statement, 'nl').blocks).replaceAll('\u00a0', ' ');
  for (const said of ['Uitbetalingsoverzicht', '1.266,00 EUR', '5,50%', '12 mei 2027']) expect(dutch).toContain(said);
});
