import fc from 'fast-check';
import { expect, test } from 'vitest';
import { delimiterOf } from '../core/cells.ts';
import { rowsOf } from '../core/csv.ts';
import { daysFrom } from '../core/time.ts';
import { amountIn, daysIn, readList, withList, type Against, type Namesake } from './listed.ts';

const towns: Readonly<Record<string, readonly Namesake[]>> = {
  'dijon': [{ insee: '21231', postcodes: '21000', population: 158_000 }],
  'valence': [{ insee: '26362', postcodes: '26000', population: 64_000 }, { insee: '82186', postcodes: '82400', population: 5_200 }],
  'saint denis': [{ insee: '93066', postcodes: '93200 93210', population: 113_000 }, { insee: '97411', postcodes: '97400', population: 150_000 }],
  'genève': [{ insee: 'CH6621', postcodes: '', population: 203_000 }], '21000': [{ insee: '21231', postcodes: '21000', population: 158_000 }],
};
const against: Against = { from: '2027-04-01', until: '2027-06-30', currency: 'EUR', artists: [{ id: 'org_a', name: 'Les Vagues Lentes' }, { id: 'org_b', name: 'Duo Brume' }], artist: null, townsNamed: (name) => towns[name.toLowerCase()] ?? [] };
/** The days of it. */
const quarter = daysFrom('2027-04-01', 91);
const read = (content: string, of: Partial<Against> = {}) => {
  const table = rowsOf(content, delimiterOf(content));
  return 'rows' in table ? readList(table.rows, { ...against, ...of }) : expect.fail('the table is whole');
};

test('columns are known by their names in four languages, in any order, from a file or from a spreadsheet’s cells (TO-25)', () => {
  const stop = { artist: 'org_a', name: 'La Vapeur', insee: '21231', priceMinor: 120_000, capacity: 180, days: ['2027-05-12', '2027-05-14'] };
  for (const content of [
    'Lieu;Ville;Code postal;Cachet;Jauge;Dates\nLa Vapeur;Dijon;21000;1 200 €;180;12/05/2027, 14/05/2027',
    'Dates\tFee\tTown\tVenue\tCapacity\n2027-05-12 2027-05-14\t1200.00\tDijon (21000)\tLa Vapeur\t180',
    'Zaal,Postcode,Gage,Plaatsen,Datum\n"La Vapeur",21000,"1.200,00",180,"12-05-2027, 14-05-2027"',
    '\ufeffSpielort;Stadt;Gage;Plätze;Termine\r\n\r\nLa Vapeur;21000 Dijon;1’200.-;180;12.5.2027 14.5.27\r\n;;;;\r\n',
  ]) expect(read(content, { artist: 'org_a' })).toEqual({ stops: [stop], wrong: [] });
});

test('every row that cannot be read is told with its line and why, and the others are taken (TO-25)', () => {
  const { stops, wrong } = read([
    'Lieu;Ville;CP;Cachet;Jauge;Dates;Artiste', 'Bien;Dijon;;900;;;Duo Brume', ';Dijon;;900;;;', 'Nulle part;Trifouillis;;900;;;', 'Laquelle;Saint Denis;;900;;;', 'Celle-ci;Saint Denis;93210;900;;;Duo Brume',
    'Gratuit;Dijon;;offert;;;', 'Francs;Dijon;;900 CHF;;;', 'Grande;Dijon;;900;beaucoup;;', 'Quand;Dijon;;900;;bientôt;', 'Tard;Dijon;;900;;14/07/2027;', 'Qui;Dijon;;900;;;Personne', 'La grande;Valence;;900;;;Duo Brume', 'Loin;Genève;1200;900;;;Duo Brume',
  ].join('\n')) ?? expect.fail();
  expect(stops.map(({ name, insee, days }) => [name, insee, days.length])).toEqual([['Bien', '21231', 0], ['Celle-ci', '93066', 0], ['La grande', '26362', 0], ['Loin', 'CH6621', 0]]);
  expect(wrong).toEqual([
    { line: 3, reason: 'name', said: 'Dijon' }, { line: 4, reason: 'town', said: 'Trifouillis' }, { line: 5, reason: 'town_several', said: 'Saint Denis' }, { line: 7, reason: 'price', said: 'offert' }, { line: 8, reason: 'price', said: '900 CHF' },
    { line: 9, reason: 'capacity', said: 'beaucoup' }, { line: 10, reason: 'days', said: 'bientôt' }, { line: 11, reason: 'days_outside', said: '14/07/2027' }, { line: 12, reason: 'artist', said: 'Personne' },
  ]);
});

test('a list that does not name its columns is none; a row without an artist is for all (TO-25)', () => {
  expect(read('La Vapeur;Dijon;1200')).toBeNull();
  expect(read('Lieu;Cachet\nLa Vapeur;1200')).toBeNull();
  expect(read('Lieu;Ville;Cachet\nLa Vapeur;Dijon;1200')?.stops.map(({ artist }) => artist)).toEqual(['org_a', 'org_b']);
});

test.each([
  ['1 200,50 €', 'EUR', 120_050], ['1\u202f200', 'EUR', 120_000], ["1'200.50", 'CHF', 120_050], ['Fr. 900.-', 'CHF', 90_000], ['1.200', 'EUR', 120_000], ['1,200.5', 'EUR', 120_050], ['850 EUR', 'EUR', 85_000],
  ['0', 'EUR', null], ['-5', 'EUR', null], ['12 000 000', 'EUR', null], ['900 £', 'EUR', null], ['1.2.3', 'EUR', null], ['', 'EUR', null],
])('%s in %s is %s', (text, currency, minor) => { expect(amountIn(text, currency)).toBe(minor); });

test.each([
  ['2027-05-01..2027-05-03', ['2027-05-01', '2027-05-02', '2027-05-03']], ['1.5.2027 - 2.5.2027; 2027-05-02', ['2027-05-01', '2027-05-02']], ['30/03/2027 au 02/04/2027', ['2027-04-01', '2027-04-02']], ['', []],
  ['27/03/2028', []], ['31/04/2027', null], ['03/05/2027 bis 01/05/2027', null], ['mai', null],
])('%s are the days %j', (text, days) => { expect(daysIn(text, quarter)).toEqual(days); });

test('a list that was made to do harm is read as any other: a cell full of blanks, half a sign, signs that no file holds (TO-25)', () => {
  expect(daysIn(`01/05/2027${' '.repeat(400_000)}03/05/2027`, quarter)).toEqual(['2027-05-01', '2027-05-03']);
  expect(daysIn(`01/05/2027${' \t'.repeat(200_000)}-${'\u00a0 '.repeat(20_000)}03/05/2027`, quarter)).toEqual(['2027-05-01', '2027-05-02', '2027-05-03']);
  const names = read(`Salle;Ville;Cachet\n${'A'.repeat(79)}🎪;Dijon;500\nB\u0000\u0007C;Dijon;500\n\u0000;Dijon;500`, { artist: 'org_a' });
  expect(names?.stops.map(({ name }) => name)).toEqual(['A'.repeat(79), 'BC']);
  expect(names?.wrong.map(({ reason }) => reason)).toEqual(['name']);
});

test('the same list again adds nothing, whatever stood there, and no more than may stand (TO-25)', () => {
  const stop = fc.record({ artist: fc.constantFrom('org_a', 'org_b'), name: fc.constantFrom('A', 'É', 'e', 'C'), insee: fc.constantFrom('1', '2'), priceMinor: fc.integer({ min: 100, max: 900 }), capacity: fc.constant(0), days: fc.constant([]) });
  fc.assert(fc.property(fc.array(stop, { maxLength: 12 }), fc.array(stop, { maxLength: 12 }), fc.integer({ min: 1, max: 14 }), (one, two, most) => {
    let made = 0;
    const newId = () => `tst_${made += 1}`;
    const first = withList([], one, { most, newId });
    const second = withList(first.extras, two, { most, newId });
    expect(second.extras.length).toBeLessThanOrEqual(Math.max(most, first.extras.length));
    expect(new Set(second.extras.map(({ id }) => id)).size).toBe(second.extras.length);
    expect(second.fresh + second.again + second.beyond).toBe(two.length);
    const again = withList(second.extras, two, { most, newId });
    expect({ fresh: again.fresh, beyond: again.beyond, extras: again.extras }).toEqual({ fresh: 0, beyond: second.beyond, extras: second.extras });
  }));
});
