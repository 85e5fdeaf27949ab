import { describe, expect, test } from 'vitest';
import { indexPlaces, placeFrom, plainName, searchIndex, type PlaceRow } from './places.ts';

const rows: PlaceRow[] = [
  ['75056', 'Paris', '75001 75002 75011', 'FR', 2_100_000, 48.85, 2.35, ''],
  ['B08HM', 'Antwerpen', '', 'BE', 529_000, 51.22, 4.4, 'Anvers|Antwerp'],
  ['44109', 'Nantes', '44000 44100', 'FR', 327_000, 47.22, -1.55, ''],
  ['76351', 'Le Havre', '76600', 'FR', 166_000, 49.49, 0.1, ''],
  ['42218', 'Saint-Étienne', '42000', 'FR', 173_000, 45.43, 4.39, ''],
  ['44184', 'Saint-Nazaire', '44600', 'FR', 72_000, 47.27, -2.2, ''],
  ['22278', 'Saint-Brieuc', '22000', 'FR', 44_000, 48.51, -2.76, ''],
  ['39478', 'Saint-Claude', '39200', 'FR', 9_000, 46.38, 5.86, ''],
  ['76255', 'Eu', '76260', 'FR', 6_600, 50.04, 1.42, ''],
  ['76262', 'Eurville', '52410', 'FR', 7_000, 48.6, 5, ''],
  ['18205', 'Saint-Denis-de-Palin', '18130', 'FR', 300, 46.9, 2.5, ''],
];
const index = indexPlaces(rows);
const names = (typed: string) => searchIndex(index, typed).map(({ name }) => name);

describe('ID-23: places as they are typed', () => {
  test.each<[string, string[]]>([
    ['nan', ['Nantes']], ['NANTES', ['Nantes']], ['havre', ['Le Havre']], ['le hav', ['Le Havre']],
    ['st etienne', ['Saint-Étienne']], ['saint-etie', ['Saint-Étienne']], ['Saint Étienne', ['Saint-Étienne']],
    ['anvers', ['Antwerpen']], ['eu', ['Eu', 'Eurville']], ['', []], ['  - ', []], ['zzz', []], ['\n', []], ['antes', []],
  ])('%j', (typed, found) => {
    expect(names(typed)).toEqual(found);
  });

  test('the most populous come first', () => {
    expect(names('saint')).toEqual(['Saint-Étienne', 'Saint-Nazaire', 'Saint-Brieuc', 'Saint-Claude', 'Saint-Denis-de-Palin']);
  });

  test('a postcode finds its commune, and is the one shown', () => {
    expect(searchIndex(index, '75011')).toEqual([{ insee: '75056', name: 'Paris', postcode: '75011', country: 'FR', population: 2_100_000, lat: 48.85, lng: 2.35 }]);
    expect(names('44')).toEqual(['Nantes', 'Saint-Nazaire']);
    expect(names('11')).toEqual([]);
  });

  test('eight at most', () => {
    const many = indexPlaces(Array.from({ length: 40 }, (_, i): PlaceRow => [`x${i}`, `Villa ${i}`, `1${String(i).padStart(4, '0')}`, 'FR', 40 - i, 0, 0, '']));
    expect(searchIndex(many, 'villa').map(({ insee }) => insee)).toEqual(['x0', 'x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7']);
    expect(searchIndex(many, '1')).toHaveLength(8);
  });

  test('a code opens its place', () => {
    expect(placeFrom(index.byCode.get('44109')!)).toMatchObject({ name: 'Nantes', postcode: '44000' });
    expect(plainName('L’Haÿ-les-Roses')).toBe('l hay les roses');
  });
});
