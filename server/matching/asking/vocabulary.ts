import { LOCALES, type Locale } from '../../core/locale.ts';
import { GENRE_SPELLINGS } from '../../profiles/genres.ts';
import { de } from './lexicon/de.ts';
import { en } from './lexicon/en.ts';
import { fr } from './lexicon/fr.ts';
import type { Lexicon } from './lexicon/lexicon.ts';
import { nl } from './lexicon/nl.ts';
import { keyOf, slips, umlautsOut, type Token } from './words.ts';

const LEXICONS: Readonly<Record<Locale, Lexicon>> = { fr, en, de, nl };

/** One thing that a word may mean: what, and which of it. */
export interface Sense {
  readonly what: string;
  readonly value: string;
}

/** What a phrase may mean, in a text whose language is known. */
export interface Vocabulary {
  readonly lexicon: Lexicon;
  readonly senses: ReadonlyMap<string, readonly Sense[]>;
  /** The most words of a phrase. */
  readonly longest: number;
  /** Single words, by their first letter and length, for slips of a key. */
  readonly spelt: ReadonlyMap<string, readonly string[]>;
  readonly words: ReadonlySet<string>;
}

/** Everyday words that the list of genres takes for a genre, where it stands in a name of one; in a sentence they say something else. */
const everyday = new Set(['son', 'orchestre', 'corse', 'inde', 'mongolie', 'kids', 'iranienne', 'renaissance', 'harmonie', 'breaks', 'minimal', 'hommage', 'scratch', 'conte', 'compas', 'tribe', 'basque', 'indus', 'musical', 'hot club', 'impro', 'top', 'orchestra', 'beat', 'fusion band', 'dance', 'lied', 'solo', 'duo', 'kinder', 'hall', 'mars', 'live',
  'instrumental', 'french', 'party', 'bar', 'restaurant', 'sommer', 'mariage', 'wedding', 'hochzeit', 'bruiloft', 'huwelijk', 'trouw', 'festival', 'enfants', 'carnaval', 'karneval', 'fasching', 'carnival', 'fasnacht', 'trio', 'acoustique', 'acoustic', 'akustik', 'akoestisch', 'background music', 'ambiance', 'animation musicale', 'animation', 'quatuor', 'quartet', 'quartett', 'kwartet', 'concert', 'konzert', 'spectacle', 'show', 'tanz', 'dans', 'danse', 'ball', 'fete', 'fest', 'feest', 'oper']);

const spellings = (words: string): string[] => words.split('|').filter(Boolean).flatMap((word) => [...new Set([word, umlautsOut(word)])]).map(keyOf);

type Entry = readonly [key: string, sense: Sense];
const listed = (what: string, words: string, value = ''): Entry[] => spellings(words).map((key) => [key, { what, value }]);
const table = (what: string, rows: Readonly<Record<string, string | undefined>>): Entry[] => Object.entries(rows).flatMap(([value, words]) => listed(what, words ?? '', value));
const numbered = (what: string, rows: readonly string[]): Entry[] => rows.flatMap((words, i) => listed(what, words, String(i + 1)));
const days = (rows: readonly string[]): Entry[] => rows.flatMap((words, i) => words.split('|').flatMap((word) => (word.endsWith('+') ? [...listed('weekday', word.slice(0, -1), String(i + 1)), ...listed('anyDay', word.slice(0, -1), '')] : listed('weekday', partsOfDay(word), String(i + 1)))));
/** German and Dutch write the part of a day into its name: `Dienstagnachmittag`. */
const partsOfDay = (day: string): string => [day, .../(?:tag|woch)$/.test(day) ? ['nachmittag', 'vormittag', 'morgen', 'mittag', 'nacht'].map((part) => day + part) : /dag$/.test(day) ? ['namiddag', 'voormiddag', 'middag', 'ochtend', 'nacht'].map((part) => day + part) : []].join('|');

/** What asks something, whichever language is written around it. */
const content = (of: Lexicon): Entry[] => [
  ...table('genre', of.genres), ...table('kind', of.kinds), ...table('level', of.levels), ...table('setting', of.settings), ...table('audience', of.audiences), ...table('lyrics', of.lyrics), ...table('lineUp', of.lineUp),
  ...listed('family', of.family), ...listed('outdoor', of.outdoor), ...listed('verified', of.verified), ...listed('wellRated', of.wellRated), ...listed('answersFast', of.answersFast), ...listed('artists', of.artists), ...listed('seeksPlace', of.seeksPlace),
  ...listed('places', of.places), ...listed('occasions', of.occasions), ...listed('unsaid', of.unsaid), ...numbered('month', of.months), ...days(of.weekdays), ...numbered('season', of.seasons), ...table('feast', of.feasts),
];

/** What says how things hang together; short words of it mean other things in other languages. */
const grammar = (of: Lexicon): Entry[] => [
  ...listed('at', of.at), ...listed('seeks', of.seeks), ...listed('weAre', of.weAre), ...table('tongue', of.tongues), ...listed('sung', of.sung), ...listed('rated', of.rated), ...listed('answers', of.answers), ...listed('not', of.not), ...listed('no', of.no),
  ...numbered('shortDay', of.shortDays), ...Object.entries(of.time).flatMap(([what, words]) => listed(`t.${what}`, words)), ...table('ordinal', of.ordinals), ...table('numeral', of.numerals),
  ...Object.entries(of.amount).flatMap(([what, words]) => listed(`a.${what}`, words)), ...Object.entries(of.where).flatMap(([what, words]) => listed(`w.${what}`, words)), ...listed('stop', of.stop),
];

const SIGNS: readonly Entry[] = [
  ['€', { what: 'a.euro', value: '' }], ['$', { what: 'a.foreign', value: '' }], ['£', { what: 'a.foreign', value: '' }], ['~', { what: 'a.about', value: '' }], ['±', { what: 'a.about', value: '' }], ['<', { what: 'a.under', value: '' }], ['≤', { what: 'a.under', value: '' }],
  ['>', { what: 'a.over', value: '' }], ['≥', { what: 'a.over', value: '' }], ['*', { what: 'a.stars', value: '' }], ['&', { what: 't.and', value: '' }],
];
/** Where a list of one language has claimed a word for these, the list of genres does not. */
const GENRE_KEYS: ReadonlySet<string> = new Set(GENRE_SPELLINGS.flatMap(({ spellings: names }) => names.map(keyOf)));
const claims = new Set(['kind', 'audience', 'setting', 'lyrics', 'stop', 'month', 'weekday', 'season', 'family', 'outdoor', 'feast', 'at', 'level', 'sung']);

function vocabularyOf(lead: Locale): Vocabulary {
  const lexicon = LEXICONS[lead];
  const senses = new Map<string, Sense[]>();
  const add = (key: string, sense: Sense): void => {
    const known = senses.get(key);
    if (known === undefined) senses.set(key, [sense]);
    else if (!known.some(({ what, value }) => what === sense.what && value === sense.value)) known.push(sense);
  };
  for (const [key, sense] of [...content(lexicon), ...grammar(lexicon), ...SIGNS]) if (key !== '') add(key, sense);
  const own = new Set(senses.keys());
  for (const { genre, spellings: names } of GENRE_SPELLINGS) {
    for (const name of names) {
      const key = keyOf(name);
      const known = senses.get(key);
      if (key.length < 3 || everyday.has(key) || /\d \p{L}{3}/u.test(key) && key.split(' ').some((word) => senses.get(word)?.some(({ what }) => what === 'month')) || known?.some(({ what }) => claims.has(what) || what === 'genre' || what === 'lineUp') || saysMore(key, senses) || bothSaid(key, genre)) continue;
      add(key, { what: 'genre', value: genre });
      // A brass quintet is a genre, and five people.
      const size = key.split(' ').map((word) => senses.get(word)?.find(({ what }) => what === 'lineUp')).find((sense) => sense !== undefined);
      if (size !== undefined && key.includes(' ')) add(key, size);
    }
  }
  const ours = new Set(senses.keys());
  for (const other of LOCALES.filter((locale) => locale !== lead).map((locale) => LEXICONS[locale])) {
    for (const [key, sense] of content(other)) if (key.length >= 4 && !ours.has(key)) add(key, sense);
  }
  const foreign = new Set(senses.keys());
  for (const other of LOCALES.filter((locale) => locale !== lead).map((locale) => LEXICONS[locale])) {
    for (const [key, sense] of grammar(other)) if (key.length >= 4 && !foreign.has(key) && !own.has(key)) add(key, sense);
  }
  const words = new Set([...senses.keys()].flatMap((key) => key.split(' ')));
  const spelt = new Map<string, string[]>();
  for (const word of words) if (word.length >= 4 && /^[a-z]+$/.test(word)) spelt.set(`${word.slice(0, 1)}${word.length}`, [...(spelt.get(`${word.slice(0, 1)}${word.length}`) ?? []), word]);
  return { lexicon, senses, longest: Math.max(...[...senses.keys()].map((key) => key.split(' ').length)), spelt, words };
}

/** "Jazz trio" is a spelling of jazz, but says that three play, too: such phrases are left to their words. */
function saysMore(key: string, senses: ReadonlyMap<string, readonly Sense[]>): boolean {
  const words = key.split(' ');
  const more = (word: string): boolean => senses.get(word)?.some(({ what }) => ['artists', 'lineUp', 'kind', 'occasions', 'genre'].includes(what)) ?? false;
  const genre = (word: string): boolean => word.length >= 3 && (senses.get(word)?.some(({ what }) => what === 'genre') ?? GENRE_KEYS.has(word));
  if (words.length > 1) {
    const [first = '', last = ''] = [words[0], words.at(-1)];
    const [head, tail] = [words.slice(0, -1).join(' '), words.slice(1).join(' ')];
    return (more(last) && !keeps.has(last) && genre(head)) || (more(first) && !senses.get(first)?.every(({ what }) => what === 'genre') && genre(tail));
  }
  return tails.some((tail) => key.endsWith(tail) && (more(tail) || more(`${tail}s`)) && genre(key.slice(0, -tail.length)));
}

/** "Funk soul" is two genres, though lists take it for one; "rock folk" is folk rock. */
function bothSaid(key: string, genre: string): boolean {
  const words = key.split(' ');
  const name = keyOf(genre).split(' ');
  return words.length === 2 && words.every((word) => GENRE_NAMES.has(word)) && words.some((word) => !name.includes(word)) && !words.includes('musique');
}
const GENRE_NAMES: ReadonlySet<string> = new Set(GENRE_SPELLINGS.map(({ genre }) => keyOf(genre)));

/** Behind a genre these make another genre of it: blues rock. */
const keeps = new Set(['rock', 'pop', 'jazz', 'punk', 'metal', 'folk', 'blues', 'funk', 'soul', 'rap', 'reggae', 'house', 'techno', 'ska', 'dub', 'swing', 'disco', 'trance', 'core', 'country', 'samba', 'tango', 'salsa', 'chanson', 'gospel', 'electro', 'emo', 'hop']);

const made = new Map<Locale, Vocabulary>();

/** The vocabulary of a text that is written in `lead`; the other languages' words are in it where they say nothing else there. */
export function vocabulary(lead: Locale): Vocabulary {
  const known = made.get(lead) ?? vocabularyOf(lead);
  made.set(lead, known);
  return known;
}

/** How well a word tells its language: the words that only one has tell it best. */
const tells = new Map<string, readonly Locale[]>();
for (const locale of LOCALES) {
  const own = new Set([...content(LEXICONS[locale]), ...grammar(LEXICONS[locale])].flatMap(([key]) => key.split(' ')));
  for (const word of own) tells.set(word, [...(tells.get(word) ?? []), locale]);
}

/** The language that explains most of a text; the reader's own where several do. */
export function languageOf(tokens: readonly Token[], own: Locale): Locale {
  const score: Record<Locale, number> = { fr: 0, en: 0, de: 0, nl: 0 };
  for (const { plain, sort } of tokens) {
    if (sort !== 'word') continue;
    const locales = tells.get(plain) ?? [];
    for (const locale of locales) score[locale] += 4 / locales.length + (plain.length > 3 ? 0.5 : 0);
  }
  score[own] += 1.5;
  return LOCALES.reduce((best, locale) => (score[locale] > score[best] ? locale : best), own);
}

/** Ends of compounds, which German and Dutch write in one: `Jazztrio`, `folkkoor`. */
const tails = ['band', 'bands', 'trio', 'duo', 'quartett', 'quintett', 'kwartet', 'kwintet', 'sextett', 'sextet', 'konzert', 'konzerte', 'konzerts', 'concert', 'concerten', 'musik', 'muziek', 'music', 'club', 'klub', 'keller', 'kelder', 'koor', 'chor', 'festival', 'festivals', 'fest', 'feest', 'bar', 'abend', 'avond', 'party', 'groep', 'gruppe', 'kapelle', 'orchester', 'orkest',
  'ensemble', 'sanger', 'sangerin', 'saenger', 'zanger', 'zangeres', 'musiker', 'muzikant', 'muzikanten', 'kneipe', 'cafe', 'saal', 'zaal', 'combo', 'spieler', 'spielerin', 'speler', 'formation', 'formatie', 'bandje', 'show', 'nacht', 'dj', 'ensembles', 'gruppen', 'groepen', 'duos', 'trios', 'quartet', 'quintet', 'kunstler', 'kuenstler', 'artiest', 'artiesten', 'solist', 'sets', 'set', 'gig', 'hotel', 'theater', 'feier', 'kwartetje', 'wochenende', 'weekend', 'anfang', 'ende', 'mitte', 'lieder', 'liedjes', 'pianist', 'gitarrist', 'gitarist', 'rapper', 'optreden', 'auftritt', 'camping', 'kirche', 'kerk', 'schloss', 'kasteel'];

/** Both halves of a word that is written in one, else nothing. */
function halves(word: string, { senses }: Vocabulary): readonly [number, number] | null {
  for (const tail of tails) {
    const head = word.slice(0, -tail.length);
    if (!word.endsWith(tail) || head.length < 3) continue;
    if (head.length >= 4 && senses.get(tail)?.some(({ what }) => what === 'lineUp') === true && /^(?:duo|trio|.{5,})/.test(tail)) {
      const short = head.replace(/(?:s|en|n|e)$/, '');
      return [senses.has(head) || !senses.has(short) ? head.length : short.length, head.length];
    }
    const cut = [head, head.replace(/(?:s|en|n|e)$/, '')].find((part) => part.length >= 3 && senses.get(part)?.some(({ what }) => !what.startsWith('a.') && what !== 'stop' && what !== 'not'));
    if (cut !== undefined) return [cut.length, head.length];
  }
  return null;
}

/** A token as it was meant: slips of a key mended, compounds cut, the plural taken off where the singular is known. */
export function meant(token: Token, of: Vocabulary, isPlace: (word: string) => boolean): Token[] {
  const { plain, sort } = token;
  if (sort !== 'word' || of.words.has(plain) || plain.length < 4) return [token];
  const single = plain.replace(/(?:s|x)$/, '');
  if (single !== plain && single.length >= 3 && of.words.has(single) && !(single.length < 5 && isPlace(plain))) return [{ ...token, plain: single }];
  const cut = plain.length >= 6 ? halves(plain, of) : null;
  if (cut !== null) {
    const exact = token.until - token.from === plain.length;
    const middle = exact ? token.from + cut[1] : token.from;
    return [{ ...token, plain: plain.slice(0, cut[0]), until: exact ? middle : token.until }, { ...token, plain: plain.slice(cut[1]).replace(/^kapelle$/, 'musikgruppe'), from: exact ? middle : token.from, gap: '', capital: false }];
  }
  if (plain.length < 5 || isPlace(plain)) return [token];
  const most = plain.length >= 9 ? 2 : 1;
  for (let allowed = 1; allowed <= most; allowed += 1) {
    const near = Array.from({ length: 2 * allowed + 1 }, (_, i) => plain.length - allowed + i).flatMap((length) => (length < 4 ? [] : of.spelt.get(`${plain.slice(0, 1)}${length}`) ?? [])).filter((word) => slips(plain, word, allowed));
    if (near.length > 0) return [{ ...token, plain: near.reduce((best, word) => (alike(plain, word) > alike(plain, best) ? word : best)) }];
  }
  return [token];
}

/** Letters that two words have in common at their beginnings and ends. */
function alike(first: string, second: string): number {
  let [begin, end] = [0, 0];
  while (begin < second.length && first[begin] === second[begin]) begin += 1;
  while (end < second.length - begin && first.at(-1 - end) === second.at(-1 - end)) end += 1;
  return begin + end;
}

/** A phrase of a text, and all that it may mean. */
export interface Item {
  readonly text: string;
  readonly sort: Token['sort'];
  readonly from: number;
  readonly until: number;
  readonly gap: string;
  readonly capital: boolean;
  readonly senses: readonly Sense[];
}

/** Whether an item may mean `what`. */
export const means = (item: Item | undefined, ...what: readonly string[]): boolean => item?.senses.some((sense) => what.includes(sense.what)) ?? false;

/** Which of `what` an item may mean. */
export const senseOf = (item: Item | undefined, what: string): string | undefined => item?.senses.find((sense) => sense.what === what)?.value;

/** The items of a text: the longest phrases first, none across a comma. */
export function itemsOf(tokens: readonly Token[], { senses, longest }: Vocabulary): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < tokens.length;) {
    const first = tokens[at];
    if (first === undefined) break;
    let [length, key] = [1, first.plain];
    let reach = 1;
    let phrase = first.plain;
    while (reach < longest && at + reach < tokens.length && /^[ .'-]{0,2}$/.test(tokens[at + reach]?.gap ?? ',')) {
      phrase += ` ${tokens[at + reach]?.plain ?? ''}`;
      reach += 1;
      if (senses.has(phrase)) [length, key] = [reach, phrase];
    }
    const last = tokens[at + length - 1] ?? first;
    items.push({ text: key, sort: length > 1 && first.sort !== 'junk' ? 'word' : first.sort, from: first.from, until: last.until, gap: first.gap, capital: first.capital, senses: senses.get(key) ?? (key.length > 4 && key.endsWith('s') ? senses.get(key.slice(0, -1)) : undefined) ?? [] });
    at += length;
  }
  return items;
}
