import type { Locale } from '../core/locale.ts';
import { beatRows } from './genres/beats.ts';
import { classicalRows } from './genres/classical.ts';
import { jazzRows } from './genres/jazz.ts';
import { popRows } from './genres/pop.ts';
import { rockRows } from './genres/rock.ts';
import { rootRows } from './genres/roots.ts';
import { stageRows } from './genres/stage.ts';
import { worldRows } from './genres/world.ts';

/**
 * The genres of the live trade in France, Belgium, Switzerland, Luxembourg, the Netherlands and Germany, as posters name them: a family first, then what belongs to it,
 * two levels deep at most. English names were held against the genre list of MusicBrainz (musicbrainz.org/genres, CC0, copy of 2026-05-14) and the genre tree of
 * beets' lastgenre (MIT), both read 2026-11-22: 375 of them are there. The rest, the families, what lies where, the labels and the spellings are our own knowledge of the trade
 * (bal, guinguette, Guggenmusik, kleinkunst), which no list names.
 */
const rows = [...rockRows, ...popRows, ...beatRows, ...jazzRows, ...rootRows, ...worldRows, ...classicalRows, ...stageRows];

/** Every genre by the name we keep. */
export const GENRES: readonly string[] = rows.map(([name]) => name);

/** The genre above each one; families have none. */
const PARENTS: ReadonlyMap<string, string> = new Map(rows.flatMap(([name, parent]) => (parent ? [[name, parent] as const] : [])));

/** The genre above `genre`, by the name we keep; `undefined` for a family, and for what is not in our list. */
export const parentOf = (genre: string): string | undefined => PARENTS.get(genre);

/** The family of `genre`, by the name we keep: the topmost above it. A family is its own, and so is what is not in our list. */
export function familyOf(genre: string): string {
  const above = parentOf(genre);
  return above === undefined ? genre : familyOf(above);
}

/** `genre` and all that lie below it, by the names we keep: who looks for `jazz` means `jazz manouche`, too. */
export const belowOf = (genre: string): readonly string[] => [genre, ...rows.flatMap(([name, parent]) => (parent === genre ? belowOf(name) : []))];

/** German writes the words of a genre with capitals: `Death Metal`, `Hip-Hop`. */
const withCapitals = (label: string): string => label.replace(/(?<![\p{L}\p{N}’'])\p{Ll}/gu, (letter) => letter.toUpperCase());

const LABELS: ReadonlyMap<string, Readonly<Record<Locale, string>>> = new Map(rows.map(([fr, , , labels = {}]) => {
  const en = labels.en ?? fr;
  return [fr, { fr, en, nl: labels.nl ?? en, de: labels.de ?? withCapitals(en) }];
}));

/** What readers of a language call a genre, whichever of its spellings was written: `gypsy jazz` for `jazz manouche` in English. A genre that is not in our list is called as it was written. */
export const labelOf = (genre: string, locale: Locale): string => labelsOf(genre)?.[locale] ?? genre;

/** What readers of each of our languages call a genre of our list, whichever of its spellings was written; `undefined` for others. */
export const labelsOf = (genre: string): Readonly<Record<Locale, string>> | undefined => LABELS.get(genre) ?? LABELS.get(genreNamed(genre));

/** How the words of a genre are compared: no accents, capitals, dashes or signs; `&` is `and`. */
export const plainWords = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  .replaceAll('œ', 'oe').replaceAll('æ', 'ae').replaceAll('ø', 'o').replaceAll('ß', 'ss').replaceAll('đ', 'd').replaceAll('&', ' and ').replace(/[^a-z0-9]+/g, ' ').trim();

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };

/** What people may type for one spelling: with umlauts written out, and two short words run into one as Dutch, German and haste do: `jazzrock`, `hiphop`. */
function typedAs(spelling: string): string[] {
  const plain = [spelling, spelling.normalize('NFC').toLowerCase().replace(/[äöü]/g, (letter) => umlauts[letter] ?? letter)].map(plainWords);
  return [...plain, ...plain.flatMap((words) => (/^(?!(?:musique|chanson)s? )[a-z0-9]{1,9} [a-z0-9]{1,9}$/.test(words) ? [words.replace(' ', '')] : []))];
}

/** A genre by all that it is called. Everyday words name it only when they stand alone. */
const spellings = rows.map(([name, , variants = '']) => {
  const written = variants.split(',').filter(Boolean);
  const everyday = new Set(written.filter((variant) => variant.startsWith('~')).map((variant) => plainWords(variant.slice(1))));
  const labels = [...new Set(Object.values(LABELS.get(name) ?? {}).map(plainWords))];
  const keys = [...new Set([name, ...Object.values(LABELS.get(name) ?? {}), ...written].flatMap(typedAs))];
  return { name, labels, keys, everyday, words: keys.map((key) => key.split(' ')) };
});

/**
 * Every genre with its spellings in four languages, in plain words (`plainWords`), for who reads genres out of sentences; no spelling belongs to two genres.
 * Everyday words are left out here (`world`, `black`), which `genreNamed` knows when they stand alone.
 */
export const GENRE_SPELLINGS: readonly { readonly genre: string; readonly spellings: readonly string[] }[] =
  spellings.map(({ name, keys, everyday }) => ({ genre: name, spellings: keys.filter((key) => !everyday.has(key)) }));

const byKey: ReadonlyMap<string, string> = new Map(spellings.flatMap(({ name, keys }) => keys.map((key) => [key, name] as const)));

/** The name we keep for what somebody wrote in any of the four languages, such as `drum’n’bass` for `drum and bass`; what we do not know stays as it was written. */
export const genreNamed = (typed: string): string => byKey.get(plainWords(typed)) ?? typed.trim();

const most = 8;
/** The fewest letters of a word in which we look for a typo. */
const typoLetters = 5;

/**
 * Genres that are written like `typed` in any of the four languages, eight at most: the one of that name, then those whose names begin so, whose other spellings do, and those with
 * a word that does; when there are none, those but for one wrong, missing, odd or swapped letter in a word of five or more. Of nothing, the families.
 * By the names we keep; with `locale`, by the labels of that language, which `genreNamed` takes back.
 */
export function searchGenres(typed: string, locale: Locale = 'fr'): string[] {
  const query = plainWords(typed);
  const families = rows.filter(([, parent]) => parent === null).map(([name]) => name);
  const found = query === '' ? families : searched(query);
  return found.slice(0, most).map((name) => labelOf(name, locale));
}

function searched(query: string): string[] {
  const ways: readonly ((spelling: (typeof spellings)[number]) => boolean)[] = [
    ({ keys }) => keys.includes(query),
    ({ labels }) => labels.some((label) => label.startsWith(query)),
    ({ keys }) => keys.some((key) => key.startsWith(query)),
    ({ keys }) => keys.some((key) => key.includes(` ${query}`)),
  ];
  const found = [...new Set(ways.flatMap((way) => spellings.filter(way).map(({ name }) => name)))];
  if (found.length > 0) return found;
  const typed = query.split(' ');
  const meant = typed.map((word, at) => new Set(vocabulary.filter((other) => means(word, other, at === typed.length - 1))));
  return spellings.filter(({ words }) => words.some((written) => meant.every((others) => written.some((other) => others.has(other))))).map(({ name }) => name);
}

/** Every word of a spelling, once. */
const vocabulary = [...new Set(spellings.flatMap(({ words }) => words.flat()))];

/** Whether a word that was typed, perhaps with one typo, is `other`, or its beginning if it is `begun`. */
const means = (word: string, other: string, begun: boolean): boolean =>
  (begun ? other.startsWith(word) : other === word) || (word.length >= typoLetters && other.length >= word.length - 1 && (begun || other.length <= word.length + 1) && oneTypoApart(word, other, begun));

/** Whether `word` becomes `other`, or its beginning if it is `begun`, by one letter put right, left out, put in, or two swapped. */
function oneTypoApart(word: string, other: string, begun: boolean): boolean {
  let at = 0;
  while (at < word.length && word[at] === other[at]) at += 1;
  const goesOn = (fromWord: number, fromOther: number) => (begun ? other.slice(fromOther).startsWith(word.slice(fromWord)) : other.slice(fromOther) === word.slice(fromWord));
  const swapped = word[at] !== undefined && word[at] === other[at + 1] && word[at + 1] === other[at];
  return goesOn(at + 1, at + 1) || goesOn(at + 1, at) || goesOn(at, at + 1) || (swapped && goesOn(at + 2, at + 2));
}
