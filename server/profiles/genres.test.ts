import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LOCALES } from '../core/locale.ts';
import { GENRES, GENRE_SPELLINGS, belowOf, familyOf, genreNamed, labelOf, parentOf, plainWords, searchGenres } from './genres.ts';
import { beatRows } from './genres/beats.ts';
import { classicalRows } from './genres/classical.ts';
import { jazzRows } from './genres/jazz.ts';
import { popRows } from './genres/pop.ts';
import { rockRows } from './genres/rock.ts';
import { rootRows } from './genres/roots.ts';
import type { GenreRow } from './genres/row.ts';
import { stageRows } from './genres/stage.ts';
import { worldRows } from './genres/world.ts';

const rows = [rockRows, popRows, beatRows, jazzRows, rootRows, worldRows, classicalRows, stageRows].flat();

const noLabels: NonNullable<GenreRow[3]> = {};

test('PR-13: more than five hundred genres, each once, each under one that exists', () => {
  expect(GENRES.length).toBeGreaterThan(500);
  expect(new Set(GENRES).size).toBe(GENRES.length);
  for (const genre of GENRES) {
    const parent = parentOf(genre);
    if (parent === undefined) continue;
    expect(GENRES).toContain(parent);
    expect(parentOf(parent) === undefined || parentOf(parentOf(parent)!) === undefined, `${genre} lies at most two below its family`).toBe(true);
  }
});

test('PR-13: a family is the topmost, and has below it all whose family it is', () => {
  expect([familyOf('ländler'), familyOf('jazz'), familyOf('polka du Jura')]).toEqual(['musiques traditionnelles', 'jazz', 'polka du Jura']);
  expect(belowOf('house')).toEqual(['house', ...GENRES.filter((genre) => parentOf(genre) === 'house')]);
  expect(belowOf('polka du Jura')).toEqual(['polka du Jura']);
  const families = GENRES.filter((genre) => parentOf(genre) === undefined);
  for (const family of families) expect(new Set(belowOf(family))).toEqual(new Set(GENRES.filter((genre) => familyOf(genre) === family)));
  expect(families.flatMap(belowOf)).toHaveLength(GENRES.length);
});

test('PR-13: no two genres share a spelling, and each is taken back from all that is written of it, in every language', () => {
  const owner = new Map<string, string>();
  for (const [name, , variants = ''] of rows) {
    for (const written of [name, ...LOCALES.map((locale) => labelOf(name, locale)), ...variants.split(',').filter(Boolean).map((variant) => variant.replace('~', ''))]) {
      const plain = plainWords(written);
      expect(plain, `${written} of ${name}`).not.toBe('');
      expect(owner.get(plain) ?? name, `${written} is written of two`).toBe(name);
      owner.set(plain, name);
      expect(genreNamed(written), written).toBe(name);
    }
  }
  for (const { genre, spellings } of GENRE_SPELLINGS) {
    expect(spellings.length, genre).toBeGreaterThan(0);
    for (const spelling of spellings) {
      expect(plainWords(spelling)).toBe(spelling);
      expect(owner.get(spelling) ?? genre, `${spelling} is read as two`).toBe(genre);
      owner.set(spelling, genre);
      expect(genreNamed(spelling), spelling).toBe(genre);
    }
  }
  expect(GENRE_SPELLINGS.map(({ genre }) => genre)).toEqual(GENRES);
});

test('PR-13: labels are written only where a language differs, and no two genres are called the same in one', () => {
  for (const [name, , , labels = noLabels] of rows) {
    for (const label of Object.values({ ...labels })) expect(label.trim(), name).not.toBe('');
    expect(labels.en, name).not.toBe(name);
    expect(labels.nl, name).not.toBe(labels.en ?? name);
    expect(labels.de, name).not.toBe(labels.en ?? name);
  }
  for (const locale of LOCALES) expect(new Set(GENRES.map((genre) => labelOf(genre, locale).toLowerCase())).size, locale).toBe(GENRES.length);
});

test.each([
  ['jazz manouche', ['jazz manouche', 'gypsy jazz', 'gypsyjazz', 'Gypsy-Jazz']],
  ['fanfare', ['fanfare', 'marching band', 'fanfare', 'Blaskapelle']],
  ['hip-hop', ['hip-hop', 'hip-hop', 'hip-hop', 'Hip-Hop']],
  ['death metal', ['death metal', 'death metal', 'death metal', 'Death Metal']],
  ['musiques du monde', ['musiques du monde', 'world music', 'wereldmuziek', 'Weltmusik']],
  ['musique du monde', ['musiques du monde', 'world music', 'wereldmuziek', 'Weltmusik']],
  ['Gypsy-Jazz', ['jazz manouche', 'gypsy jazz', 'gypsyjazz', 'Gypsy-Jazz']],
  ['polka du Jura', ['polka du Jura', 'polka du Jura', 'polka du Jura', 'polka du Jura']],
])('PR-13: readers call %s %j', (genre, labels) => {
  expect((['fr', 'en', 'nl', 'de'] as const).map((locale) => labelOf(genre, locale))).toEqual(labels);
});

test.each([
  ['Chanson Française', 'chanson'], ['drum’n’bass', 'drum and bass'], ["Drum'n'Bass", 'drum and bass'], ['RnB', 'r&b'], ['electro', 'électro'], ['ÉLECTRO', 'électro'], ['Hip Hop', 'hip-hop'], ['french touch', 'french touch'],
  ['choeur', 'chant choral'], ['jazz manouche', 'jazz manouche'], ['gypsy jazz', 'jazz manouche'], ['  polka du Jura ', 'polka du Jura'], ['garage', 'garage rock'],
  ['gipsy jazz', 'jazz manouche'], ['DnB', 'drum and bass'], ['hiphop', 'hip-hop'], ['Volksmuziek', 'musiques traditionnelles'], ['Volksmusik', 'musique folklorique alpine'], ['Schlager', 'schlager'], ['kleinkunst', 'kleinkunst'], ['smartlap', 'levenslied'],
  ['Blasmusik', 'fanfare'], ['harmonie', 'orchestre d’harmonie'], ['Gugge', 'guggenmusik'], ['Ländlerkapelle', 'ländler'], ['Laendlerkapelle', 'ländler'], ['Straßenmusik', 'musique de rue'], ['Strassenmusik', 'musique de rue'], ['gwoka', 'gwo ka'],
  ['wereldmuziek', 'musiques du monde'], ['Chœur', 'chant choral'], ['Männerchor', 'chant choral'], ['sea shanty', 'chants de marins'], ['dixieland', 'new orleans'], ['autrice-compositrice', 'singer-songwriter'], ['bal', 'musique de bal'], ['cover band', 'reprises'],
  ['world', 'musiques du monde'], ['Black', 'black metal'],
])('PR-13: %s is kept as %s', (typed, kept) => {
  expect(genreNamed(typed)).toBe(kept);
});

test.each(['world', 'black', 'alternative', 'orchestre', 'hommage', 'son', 'minimal', 'sound system', 'carnaval'])('PR-13: %s is an everyday word, and no spelling to be found in a sentence', (word) => {
  expect(GENRES).toContain(genreNamed(word));
  expect(GENRE_SPELLINGS.flatMap(({ spellings }) => spellings)).not.toContain(word);
});

test.each<[string, string]>([
  ['manouche', 'jazz manouche'], ['hip', 'hip-hop'], ['fest-noz', 'musique bretonne'], ['dnb', 'drum and bass'], ['baroque', 'musique baroque'], ['jazz', 'jazz'], ['fanf', 'fanfare'],
  ['manouhce', 'jazz manouche'], ['jazz manuche', 'jazz manouche'], ['blaskappelle', 'fanfare'], ['Shlager', 'schlager'], ['chansson', 'chanson'], ['gugenm', 'guggenmusik'], ['musiqe bretonne', 'musique bretonne'], ['Straatmuz', 'musique de rue'],
])('PR-13: typing %s offers %s', (typed, offered) => {
  expect(searchGenres(typed)).toContain(offered);
  expect(searchGenres(typed).length).toBeLessThanOrEqual(8);
});

test('typing nothing offers families, nonsense nothing, and a typo in a short word nothing', () => {
  expect(searchGenres('').every((genre) => parentOf(genre) === undefined)).toBe(true);
  expect(searchGenres('')).toHaveLength(8);
  expect(searchGenres('zzzz')).toEqual([]);
  expect(searchGenres('rokc')).toEqual([]);
  expect(searchGenres('jazz')[0]).toBe('jazz');
});

test('PR-13: readers are offered what they call a genre, and what they choose is kept by the one name', () => {
  expect(searchGenres('blask', 'de')).toEqual(['Blaskapelle']);
  expect(searchGenres('gypsy', 'en')).toContain('gypsy jazz');
  expect(searchGenres('', 'nl')).toEqual(searchGenres('').map((genre) => labelOf(genre, 'nl')));
  for (const locale of LOCALES) expect(searchGenres('jaz', locale).map(genreNamed)).toEqual(searchGenres('jaz'));
});

test('PR-13: one letter wrong, missing, doubled or swapped in a spelling of one long word still finds its genre', () => {
  const long = GENRE_SPELLINGS.flatMap(({ genre, spellings }) => spellings.filter((spelling) => /^[a-z]{8,}$/.test(spelling)).map((spelling) => ({ genre, spelling })));
  const slips = [
    (word: string, at: number) => `${word.slice(0, at)}q${word.slice(at + 1)}`, (word: string, at: number) => word.slice(0, at) + word.slice(at + 1),
    (word: string, at: number) => word.slice(0, at) + word[at]! + word.slice(at), (word: string, at: number) => word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2),
  ];
  fc.assert(fc.property(fc.constantFrom(...long), fc.integer({ min: 1, max: 6 }), fc.constantFrom(...slips), ({ genre, spelling }, at, slip) => {
    const typed = slip(spelling, at);
    const offered = searchGenres(typed);
    // A slip may make another word that we know, and eight may be more alike.
    expect(offered.includes(genre) || offered.length === 8 || GENRE_SPELLINGS.some(({ spellings }) => spellings.some((other) => other.startsWith(typed) || other.includes(` ${typed}`))), typed).toBe(true);
  }));
});
