import { describe, expect, test } from 'vitest';
import { joinPlaces } from './places.mjs';

/** A line of GeoNames, with the columns that we read. */
function line(over: { id?: number; name: string; alternates?: string; lat: number; lng: number; country: string; admin1?: string; admin3?: string; admin4?: string; population: number }): string[] {
  const row = Array.from({ length: 19 }, () => '');
  const { id = 1, name, alternates = '', lat, lng, country, admin1 = '', admin3 = '', admin4 = '', population } = over;
  for (const [at, value] of [[0, id], [1, name], [3, alternates], [4, lat], [5, lng], [8, country], [10, admin1], [12, admin3], [13, admin4], [14, population]] as const) row[at] = String(value);
  return row;
}
const commune = (code: string, nom: string, population: number, over = {}) => ({ code, nom, type: 'commune-actuelle', arrondissement: '391', codesPostaux: ['39100', '39101'], population, ...over });

const geonames = [
  line({ name: 'Dole centre', lat: 47.09, lng: 5.49, country: 'FR', admin4: '39198', population: 23_000 }),
  line({ name: 'Azans', lat: 47.08, lng: 5.5, country: 'FR', admin4: '39198', population: 900 }),
  line({ name: 'Lons', lat: 46.67, lng: 5.55, country: 'FR', admin4: '39300', population: 17_000 }),
  line({ name: 'Saint-Denis', lat: -20.88, lng: 55.45, country: 'RE', admin4: '97411', population: 150_000 }),
  line({ name: 'Mamoudzou', lat: -12.78, lng: 45.23, country: 'YT', admin1: '97611', population: 54_000 }),
  line({ name: 'Brussels', alternates: 'Bruxelles,Brussel,Брюссель,BRU', lat: 50.85, lng: 4.35, country: 'BE', admin4: '21004', population: 1_000_000 }),
  line({ name: 'Genève', lat: 46.2, lng: 6.15, country: 'CH', admin3: '6621', population: 183_000 }),
  line({ id: 2_960_316, name: 'Luxembourg', lat: 49.61, lng: 6.13, country: 'LU', population: 76_000 }),
];
const communes = [
  commune('39198', 'Dole', 23_700), commune('39300', 'Lons-le-Saunier', 17_200, { arrondissement: '392' }),
  commune('39001', 'Village du Doubs', 90), commune('39002', 'Village sans groupe', 80, { arrondissement: '392' }), commune('39003', 'Hameau', 70, { arrondissement: '399' }),
  commune('97411', 'Saint-Denis', 155_000, { arrondissement: undefined }), commune('97611', 'Mamoudzou', 71_000, { arrondissement: undefined }), commune('98701', 'Île lointaine', 50, { arrondissement: undefined }),
  commune('39999', 'Ancienne', 10, { type: 'commune-deleguee' }), commune('39998', 'Sans poste', 0, { codesPostaux: undefined }),
];
const groups = [{ code: '200', membres: [{ code: '39198' }, { code: '39001' }] }];
const table = joinPlaces(geonames, communes, groups);
const at = (code: string) => table.find((row) => row[0] === code);

describe('ID-23: the table of places', () => {
  test('a commune has the coordinates of its largest place, its own name and its postcodes', () => {
    expect(at('39198')).toEqual(['39198', 'Dole', '39100 39101', 'FR', 23_700, 47.09, 5.49, '']);
    expect(at('97411')?.slice(5, 7)).toEqual([-20.88, 55.45]);
    expect(at('97611')?.slice(5, 7)).toEqual([-12.78, 45.23]);
  });

  test('one that GeoNames does not know lies in its group, else its arrondissement, else its département; else it is left out', () => {
    expect(at('39001')?.slice(5, 7)).toEqual([47.09, 5.49]);
    expect(at('39002')?.slice(5, 7)).toEqual([46.67, 5.55]);
    expect(at('39003')?.slice(5, 7)).toEqual([47.09, 5.49]);
    expect(at('98701')).toBeUndefined();
  });

  test('communes that are no more are not there', () => {
    expect([at('39999'), at('39998')]).toEqual([undefined, undefined]);
  });

  test('municipalities abroad have codes of five characters that no French one has, and their names in Latin letters', () => {
    expect(at('B0G7G')).toEqual(['B0G7G', 'Bruxelles', '', 'BE', 1_000_000, 50.85, 4.35, 'Bruxelles|Brussel|BRU']);
    expect(at('C6621')).toMatchObject({ 1: 'Genève', 3: 'CH' });
    expect(table.filter((row) => row[3] === 'LU')).toHaveLength(1);
    expect(table.every((row) => /^(\d{5}|2[AB]\d{3}|[BCL][\dA-Z]{4})$/.test(row[0] as string))).toBe(true);
  });

  test('the most populous come first', () => {
    expect(table.map((row) => row[4] as number)).toEqual([...table.map((row) => row[4] as number)].sort((a, b) => b - a));
  });
});
