import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { monthsOf, type Asked } from './figures.ts';
import { daysCsv, monthsCsv } from './table.ts';

const asked = (over: Partial<Asked> = {}): Asked => ({
  day: '2027-03-01', showDay: '2027-03-31', asker: 'venue', artist: 'Nora', city: 'Rennes', km: 40, page: '', own: true, answerMinutes: 90, signed: true, fee: euros(100_050n), budget: null, ...over,
});
const lines = (csv: string): string[] => csv.replace('\ufeff', '').trim().split('\r\n');

test('the months as a file: a line for each currency, decimals as the reader writes them, and nothing where nothing is claimed (AN-06)', () => {
  const five = Array.from({ length: 5 }, () => asked());
  const months = monthsOf([...five, asked({ fee: { minor: 20_000n, currency: 'CHF' } }), asked({ day: '2027-02-03', signed: false, fee: null, answerMinutes: null }), asked({ day: '2026-03-01' })], ['2027-02', '2027-03'], '2027-03-20');
  expect(lines(monthsCsv(months, 'fr')).slice(1)).toEqual([
    '2027-02;1;0;0;;;;;;;0;0;', '2027-03;6;6;6;"100,00";"1,50";30;CHF;"200,00";;1;1;', '2027-03;;;;;;;EUR;"5002,50";"1000,50";;;"1000,50"',
  ]);
  expect(lines(monthsCsv(months, 'en'))[3]).toBe('2027-03,,,,,,,EUR,5002.50,1000.50,,,1000.50');
});

test('the season as a file: what is on, asked for and free, and no name that a spreadsheet would run (BI-06)', () => {
  const night = { day: '2027-03-01', startTime: '20:30', title: '=HYPERLINK("https://evil.example")', place: 'Théâtre; salle 2', fee: euros(120_000n) };
  expect(lines(daysCsv({ from: '2027-03-01', until: '2027-03-03', nights: [night], open: [{ day: '2027-03-02', artist: '@Nora' }] }, 'de')).slice(1)).toEqual([
    `2027-03-01;Im Programm;20:30;"'=HYPERLINK(""https://evil.example"")";"Théâtre; salle 2";"1200,00";EUR`, "2027-03-02;Angefragt;;'@Nora;;;", '2027-03-03;Frei;;;;;',
  ]);
});
