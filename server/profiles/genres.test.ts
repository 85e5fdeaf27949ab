import { expect, test } from 'vitest';
import { GENRES, genreNamed, parentOf, searchGenres } from './genres.ts';

test('PR-13: more than two hundred genres, each once, each under one that exists', () => {
  expect(GENRES.length).toBeGreaterThan(200);
  expect(new Set(GENRES).size).toBe(GENRES.length);
  for (const genre of GENRES) {
    const parent = parentOf(genre);
    if (parent === undefined) continue;
    expect(GENRES).toContain(parent);
    expect(parentOf(parent) === undefined || parentOf(parentOf(parent)!) === undefined, `${genre} lies at most two below its family`).toBe(true);
  }
});

test.each([
  ['Chanson Française', 'chanson'], ['drum’n’bass', 'drum and bass'], ["Drum'n'Bass", 'drum and bass'], ['RnB', 'r&b'], ['electro', 'électro'], ['ÉLECTRO', 'électro'], ['Hip Hop', 'hip-hop'], ['french touch', 'french touch'],
  ['choeur', 'chant choral'], ['jazz manouche', 'jazz manouche'], ['gypsy jazz', 'jazz manouche'], ['  polka du Jura ', 'polka du Jura'], ['garage', 'garage rock'],
])('PR-13: %s is kept as %s', (typed, kept) => {
  expect(genreNamed(typed)).toBe(kept);
});

test.each<[string, string]>([['manouche', 'jazz manouche'], ['hip', 'hip-hop'], ['fest-noz', 'musique bretonne'], ['dnb', 'drum and bass'], ['baroque', 'musique baroque'], ['jazz', 'jazz'], ['fanf', 'fanfare']])('PR-13: typing %s offers %s', (typed, offered) => {
  expect(searchGenres(typed)).toContain(offered);
  expect(searchGenres(typed).length).toBeLessThanOrEqual(8);
});

test('typing nothing offers families, nonsense nothing', () => {
  expect(searchGenres('').every((genre) => parentOf(genre) === undefined)).toBe(true);
  expect(searchGenres('')).toHaveLength(8);
  expect(searchGenres('zzzz')).toEqual([]);
  expect(searchGenres('jazz')[0]).toBe('jazz');
});
