import { expect, test } from 'vitest';
import { delimiterOf, type Row } from '../core/cells.ts';
import { guess, readTable } from './table.ts';

const rows = (text: string, by: string): Row[] => text.split('\n').map((line, i) => ({ line: i + 1, cells: line.split(by) }));
const read = (text: string) => {
  const delimiter = delimiterOf(text);
  const table = rows(text, delimiter);
  const layout = guess(table, delimiter)!;
  return { layout, read: readTable(table, layout) };
};

test('a French bank: debit and credit apart, decimal comma, words above the table', () => {
  const { layout, read: found } = read('Compte courant;FR76\nDate;Date de valeur;Libellé;Débit;Crédit\n08/05/2027;09/05/2027;VIR COMMUNE DE DEMONVILLE FS-00001-2027-0001;;4 220,00\n31/05/2027;31/05/2027;FRAIS;-12,50;');
  expect(layout).toMatchObject({ delimiter: ';', skip: 2, day: 0, amount: null, debit: 3, credit: 4, text: 2, counterparty: null, dayOrder: 'dmy', decimal: ',', currency: 'EUR' });
  expect(found).toMatchObject({ ok: { foreign: 0, lines: [{ day: '2027-05-08', minor: 422_000n, text: 'VIR COMMUNE DE DEMONVILLE FS-00001-2027-0001' }, { day: '2027-05-31', minor: -1_250n }] } });
});

test.each([
  ['a Belgian bank', 'Datum;Bedrag;Tegenpartij;Mededeling\n2027-05-08;1.266,00;La Halle;factuur 1', { dayOrder: 'ymd', decimal: ',', day: 0, amount: 1, counterparty: 2, text: 3 }, 126_600n],
  ['a Swiss bank', 'Buchungsdatum,Betrag,Währung,Buchungstext\n08.05.2027,1\'266.00,CHF,Rechnung 1', { dayOrder: 'dmy', decimal: '.', amount: 1, text: 3, currency: 'CHF' }, 126_600n],
  ['a bank with American days', 'Date\tAmount\tDescription\n05/28/2027\t-10.05\tFee', { delimiter: '\t', dayOrder: 'mdy', decimal: '.' }, -1_005n],
  ['a table without a heading', '08/05/2027;1266,00;Virement', { skip: 0, day: 0, amount: 1, text: 2 }, 126_600n],
])('%s is understood', (_, text, expected, minor) => {
  const { layout, read: found } = read(text);
  expect(layout).toMatchObject(expected);
  expect(found).toMatchObject({ ok: { lines: [{ minor }] } });
});

test('what is no day and no amount is refused with its line, an empty row is passed over', () => {
  const text = (second: string) => `Date;Montant;Libellé\n08/05/2027;10,00;Un\n;;\n${second};Deux`;
  const { layout } = read(text('09/05/2027;10,00'));
  const under = (second: string) => readTable(rows(text(second), ';'), layout);
  expect(under('31/02/2027;10,00')).toEqual({ fault: { code: 'bank_line_invalid', line: 4, field: 'day' } });
  expect(under('28/02/2027;dix')).toEqual({ fault: { code: 'bank_line_invalid', line: 4, field: 'amount' } });
  expect(guess(rows('Nom;Âge\nLéa;sept', ';'), ';')).toBeNull();
});

test('two movements that look alike are two, and the same ones in a longer file', () => {
  const line = '08/05/2027;10,00;Repas';
  const marks = (text: string) => (read(text).read as { ok: { lines: readonly { mark: string }[] } }).ok.lines.map(({ mark }) => mark);
  const twice = marks(`Date;Montant;Libellé\n${line}\n${line}`);
  expect(new Set(twice).size).toBe(2);
  expect(marks(`Date;Montant;Libellé\n${line}\n${line}\n09/05/2027;5,00;Café`)).toEqual(expect.arrayContaining(twice));
});

test('a column says the currency of each movement: one that we do not hold is left out and counted', () => {
  const { layout, read: found } = read('Date;Montant;Devise;Libellé\n08/05/2027;1 266,00;EUR;Un\n09/05/2027;500,00;CHF;Deux\n10/05/2027;70,00;USD;Trois\n11/05/2027;80,00;;Quatre');
  expect(layout).toMatchObject({ day: 0, amount: 1, currencyIn: 2, text: 3, currency: 'EUR' });
  expect(found).toMatchObject({ ok: { foreign: 1, lines: [{ minor: 126_600n, currency: 'EUR' }, { minor: 50_000n, currency: 'CHF' }, { minor: 8_000n, currency: 'EUR' }] } });
});

test.each(['1 266,00 CHF', 'CHF 1 266,00', '1 266,00 USD', '1 266,00 £'])('an amount that says another currency than its layout is refused: %s', (amount) => {
  const { layout } = read('Date;Montant;Libellé\n08/05/2027;1 266,00 €;Un');
  expect(readTable(rows(`Date;Montant;Libellé\n08/05/2027;${amount};Un`, ';'), layout)).toEqual({ fault: { code: 'bank_line_invalid', line: 2, field: 'currency' } });
});

test.each([
  ['as positive', '12,50', '-3,00'], ['as negative', '-12,50', '3,00'],
])('what the bank takes back stands under its own column with the other sign, where debits are written %s', (_, fee, back) => {
  const { read: found } = read(`Date;Libellé;Débit;Crédit\n08/05/2027;VIR COMMUNE;;1 266,00\n09/05/2027;ANNULATION VIR COMMUNE;;-1 266,00\n10/05/2027;FRAIS;${fee};\n11/05/2027;FRAIS;${fee};\n12/05/2027;ANNULATION FRAIS;${back};`);
  expect(found).toMatchObject({ ok: { lines: [{ minor: 126_600n }, { minor: -126_600n }, { minor: -1_250n }, { minor: -1_250n }, { minor: 300n }] } });
});

test.each([['1266.00', '1 266,00'], ['12.5', '12,50'], ['1.26600', '1 266,00'], ['12,50', '12.50'], ['1.266,00', '1266.00'], ['1,26600', '1266.00']])('an amount that is written as another country’s is refused with its line, and not taken for a hundred times as much: %s beside %s', (other, first) => {
  const { layout } = read(`Date;Montant;Libellé\n08/05/2027;${first};Un`);
  expect(readTable(rows(`Date;Montant;Libellé\n08/05/2027;${other};Un`, ';'), layout)).toEqual({ fault: { code: 'bank_line_invalid', line: 2, field: 'amount' } });
});
