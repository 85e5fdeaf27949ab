import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GENRES } from '../profiles/genres.ts';
import { coOccurrence, genreNumber, kinship, reachOf, treeKinship } from './kin.ts';

const at = (matrix: Float32Array, a: string, b: string): number => matrix[genreNumber(a) * GENRES.length + genreNumber(b)]!;
const times = (count: number, ...profile: string[]): string[][] => Array.from({ length: count }, () => profile);
const genre = fc.constantFrom(...GENRES);
const profiles = fc.array(fc.array(genre, { maxLength: 4 }), { maxLength: 40 });

test('MA-04: a genre has one number, however it is spelled, and what we do not know none', () => {
  expect(GENRES.every((name, number) => genreNumber(name) === number)).toBe(true);
  expect(genreNumber('Gypsy Jazz')).toBe(genreNumber('jazz manouche'));
  expect(genreNumber('polka du Jura')).toBe(-1);
});

test.each([
  ['the same', 'house', 'house', 1], ['one right above the other', 'house', 'électro', 0.8], ['siblings', 'house', 'techno', 0.6], ['two above', 'électro', 'deep house', 0.6],
  ['its parent’s sibling', 'deep house', 'techno', 0.45], ['cousins', 'deep house', 'dub techno', 0.3], ['strangers', 'deep house', 'fado', 0], ['unknown', 'polka du Jura', 'polka', 0], ['unknown, and the same', 'polka du Jura', 'polka du Jura', 1],
])('MA-04: %s: %s and %s', (_, a, b, near) => {
  expect(treeKinship(a, b)).toBe(near);
  expect(treeKinship(b, a)).toBe(near);
});

test('MA-04: of genres played together by chance no kinship comes; of those played together more than that, it does', () => {
  expect(at(coOccurrence([...times(25, 'pop', 'rock'), ...times(25, 'pop'), ...times(25, 'rock'), ...times(25, 'metal')]), 'pop', 'rock')).toBe(0);
  const world = coOccurrence([...times(40, 'fado', 'tango'), ...times(360, 'metal')]);
  expect(at(world, 'fado', 'tango')).toBeCloseTo(40 / 50, 6);
  expect(at(world, 'fado', 'metal')).toBe(0);
});

test('MA-04: few profiles say little, and a frequent genre is not near to all', () => {
  expect(at(coOccurrence([['fado', 'tango'], ['metal']]), 'fado', 'tango')).toBeCloseTo(1 / 11, 6);
  const everywhere = [...times(900, 'pop'), ...times(90, 'pop', 'fado'), ...times(10, 'fado')];
  expect(at(coOccurrence(everywhere), 'pop', 'fado')).toBe(0);
  expect(at(coOccurrence(times(50, 'pop', 'fado')), 'pop', 'fado')).toBe(0);
});

test('MA-04: a genre named twice in a profile counts once, by any spelling, and unknown ones are passed over', () => {
  const said = coOccurrence([...times(5, 'Gypsy Jazz', 'jazz manouche', 'fado', 'polka du Jura'), ['metal']]);
  const plainly = coOccurrence([...times(5, 'fado', 'jazz manouche'), ['metal']]);
  expect(said.every((near, index) => near === plainly[index])).toBe(true);
  expect(at(said, 'fado', 'jazz manouche')).toBeGreaterThan(0);
});

test('MA-04: kinship is symmetric, from 0 to 1, 1 with itself, and never below the tree’s', () => {
  const tree = kinship([]);
  const size = GENRES.length;
  fc.assert(fc.property(profiles, (all) => {
    const matrix = kinship(all);
    expect(matrix).toHaveLength(size * size);
    expect(matrix.every((near, index) => near >= tree[index]! && near <= 1 && near === matrix[(index % size) * size + Math.floor(index / size)])).toBe(true);
    expect(GENRES.every((_, number) => matrix[number * size + number] === 1)).toBe(true);
  }), { numRuns: 15 });
  fc.assert(fc.property(genre, genre, (a, b) => {
    expect(at(tree, a, b)).toBeCloseTo(treeKinship(a, b), 6);
  }));
});

test('MA-04: one more profile that names both brings two genres no further apart, one that names the one alone no nearer', () => {
  const count = fc.nat({ max: 30 });
  fc.assert(fc.property(count, count, count, count, (both, one, other, neither) => {
    const all = [...times(both, 'fado', 'tango'), ...times(one, 'fado'), ...times(other, 'tango'), ...times(neither, 'metal')];
    const now = at(coOccurrence(all), 'fado', 'tango');
    expect(at(coOccurrence([...all, ['fado', 'tango']]), 'fado', 'tango')).toBeGreaterThanOrEqual(now - 1e-6);
    expect(at(coOccurrence([...all, ['fado']]), 'fado', 'tango')).toBeLessThanOrEqual(now + 1e-6);
    expect(at(coOccurrence([...all, ...all, ...all]), 'fado', 'tango')).toBeGreaterThanOrEqual(now - 1e-6);
  }), { numRuns: 60 });
});

test('MA-04: siblings played together are nearer than siblings that are not, and less near than the same', () => {
  const matrix = kinship([...times(40, 'techno', 'house'), ...times(60, 'fado')]);
  expect(at(matrix, 'techno', 'house')).toBeGreaterThan(at(matrix, 'techno', 'trance'));
  expect(at(matrix, 'techno', 'house')).toBeLessThan(1);
  expect(at(matrix, 'techno', 'trance')).toBeCloseTo(0.6, 6);
});

test('MA-04: the reach of several genres is the best of each, and of none nothing', () => {
  const matrix = kinship([...times(40, 'techno', 'fado'), ...times(60, 'metal')]);
  const wanted = [genreNumber('techno'), genreNumber('jazz'), -1];
  const reach = reachOf(matrix, wanted);
  expect(GENRES.every((name, number) => reach[number] === Math.max(at(matrix, 'techno', name), at(matrix, 'jazz', name)))).toBe(true);
  expect(reach[genreNumber('swing')]).toBeCloseTo(0.8, 6);
  expect(reachOf(matrix, []).every((near) => near === 0)).toBe(true);
  expect(reachOf(matrix, [-1, GENRES.length]).every((near) => near === 0)).toBe(true);
});
