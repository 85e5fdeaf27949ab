import type { Locale } from '../../core/locale.ts';
import type { Currency } from '../../core/money.ts';
import type { Day } from '../../core/time.ts';
import { plainName } from '../../profiles/places.ts';
import { noFilters, type Audience, type Filters, type Level, type Lyrics, type Near, type PlaceKind, type Seen, type Setting } from '../filters.ts';
import { calendarDay, daysIn } from './dates.ts';
import { amountsIn, type Amount } from './money.ts';
import { communeNamed, regionNamed, type PlaceHit, type Spot } from './places.ts';
import { departments } from './regions.ts';
import { itemsOf, languageOf, meant, means, senseOf, vocabulary, type Item, type Vocabulary } from './vocabulary.ts';
import { tokensOf, type Token } from './words.ts';

/** What a part of a text was understood as. */
export type Slot = keyof Filters | 'seen';

/** A search in somebody's own words, read: what it asks, which letters said so, and what was not understood, as it was written. */
export interface Asked {
  readonly filters: Filters;
  readonly seen: Seen | null;
  readonly parts: readonly { readonly from: number; readonly until: number; readonly text: string; readonly slot: Slot }[];
  readonly unknown: readonly string[];
}

/** How a search is read: for whom, on which day, and by which places; `places` gives the communes of exactly that name, the most populous first. */
export interface Reading {
  readonly locale: Locale;
  readonly today: Day;
  readonly places: (name: string) => readonly PlaceHit[];
}

/** Letters of a text that are read; the rest is cut. */
const readLetters = 500;

type Mark = Slot | 'stop' | 'unknown';

/** Genres that are played by people of that name: who names one seeks an artist. */
const performers = new Set(['dj set', 'fanfare', 'big band', 'chant choral', 'tribute', 'reprises', 'brass band', 'batucada', 'orchestre d’harmonie', 'guggenmusik', 'homme-orchestre', 'pipe band', 'steel band', 'bandas', 'batterie-fanfare', 'dweilorkest']);
/** Genres that are named by who plays them. */
const somebody = /chanteu[rs]|conteu[rs]|musicien|singer|musician|storyteller|sanger|musiker|macher|muzikant|zanger/;
const occasions = new Set<string>(['private', 'company']);

/** A place that a text names, and the items that name it. */
interface Named { readonly spot: Spot; readonly at: number; readonly items: readonly number[]; readonly province: boolean }

class Text {
  readonly items: readonly Item[];
  readonly marks: (Mark | null)[];
  constructor(items: readonly Item[]) {
    this.items = items;
    this.marks = items.map(() => null);
  }
  free = (at: number): boolean => at >= 0 && at < this.items.length && this.marks[at] === null;
  mark(at: number, as: Mark): void {
    if (this.free(at)) this.marks[at] = as;
  }
  /** Whether a new clause begins with an item: after a comma, a bracket. */
  apart = (at: number): boolean => /[,;:()!?|/]/.test(this.items[at]?.gap ?? ',');
}

/**
 * Reads a search in somebody's own words, in French, English, German or Dutch, whatever the reader's language; any text at all, of which the first 500
 * letters count. Amounts are in minor units, before tax. Our own words and no library of dates: chrono-node 2.10.3 read the days of 64 of our 188 queries
 * that name days as they were meant (2026-11-22), for it has no feasts, quarters, weeks by number nor early and late in a month.
 */
export function parseQuery(typed: string, { locale, today, places }: Reading): Asked {
  const text = typed.slice(0, readLetters);
  const tokens = tokensOf(text);
  const of = vocabulary(languageOf(tokens, locale));
  const isPlace = (word: string): boolean => regionNamed(word) !== null || (communeNamed(word, places)?.people ?? 0) >= 1_500;
  const [ready, named] = longNames(tokens, of, places, isPlace);
  const read = new Text(ready);
  const found: Named[] = named.map(([at, spot]) => ({ spot, at, items: [at], province: means(read.items[at - 1], 'w.province') }));
  for (const { at } of found) read.mark(at, 'near');
  refuse(read);
  const days = calendarDay(today) === null ? { days: null, used: new Set<number>() } : daysIn(read.items, today, (at) => read.free(at) && !answering(read.items, at));
  for (const at of days.used) read.mark(at, 'days');
  const listed = phrases(read);
  const { amounts, refused } = amountsIn(read.items, (at) => read.free(at) || read.marks[at] === 'stop');
  for (const at of refused) read.marks[at] = 'unknown';
  found.push(...shortNamed(read, places, { known: found.length > 0, french: of === vocabulary('fr'), counted: new Set(amounts.flatMap(({ items }) => items)) }));
  found.sort((a, b) => a.at - b.at);
  const seen = seenIn(read, amounts.some(({ of: what }) => what === 'lineUp') ? { ...listed, lineUp: listed.lineUp ?? noFilters.lineUp } : listed);
  const near = nearOf(read, found, amounts);
  const [fee, used] = feeOf(amounts, seen, found[0]?.spot.country === 'CH' ? 'CHF' : 'EUR');
  const capacity = span(amounts, 'capacity', seen === 'place');
  const counted = span(amounts, 'lineUp', false);
  const lineUp = listed.lineUp === null || (counted.min !== null && listed.lineUp.max === null) ? counted : listed.lineUp;
  for (const amount of amounts) claim(read, amount, used);
  for (const [at, item] of read.items.entries()) {
    if (means(item, 'artists', 'seeksPlace', 'places', 'occasions')) read.mark(at, means(item, 'artists', 'seeksPlace', 'places') ? 'seen' : 'stop');
    else if (quiet(item)) read.mark(at, 'stop');
  }
  const filters: Filters = {
    ...noFilters, ...listed.filters, near, fee, capacity, days: days.days, lineUp,
    ratingMin: amounts.find((amount) => amount.of === 'rating')?.min ?? listed.filters.ratingMin ?? 0, answerHoursMax: amounts.find((amount) => amount.of === 'hours')?.max ?? listed.filters.answerHoursMax ?? 0,
  };
  return { filters, seen, ...said(read, text) };
}

/** "Answers within 2 days" is no period. */
const answering = (items: readonly Item[], at: number): boolean => [0, 1, 2, 3, 4].some((back) => means(items[at - back], 'answers') && items.slice(at - back, at + 4).some((item) => means(item, 'a.days', 'a.hours') && item.senses.every(({ what }) => what !== 'weekday')));

/** Words of grammar say nothing alone, and neither do single letters that belong to a word. */
const quiet = (item: Item): boolean => item.sort !== 'number' && item.sort !== 'junk' && item.sort !== 'day'
  && (means(item, 'stop', 'at', 'seeks', 'weAre', 't.and', 't.of', 't.from', 't.to', 'w.in', 'w.near', 'w.around', 'w.from', 'a.each', 'a.money', 'sung') || item.text.length === 1 || item.sort === 'sign');

/** Names of places of several words are found first, for their words say other things alone: La Roche-sur-Yon, Bar-le-Duc. Gives the items of the text, and which are places. */
function longNames(tokens: readonly Token[], of: Vocabulary, places: Reading['places'], isPlace: (word: string) => boolean): [Item[], [number, Spot][]] {
  const items: Item[] = [];
  const named: [number, Spot][] = [];
  let rest: Token[] = [];
  const flush = (): void => {
    items.push(...itemsOf(rest.flatMap((token) => meant(token, of, isPlace)), of));
    rest = [];
  };
  for (let at = 0; at < tokens.length;) {
    const hit = longName(tokens, at, of, places);
    const [first, last] = [tokens[at], tokens[at + (hit?.[1] ?? 1) - 1]];
    if (first === undefined || last === undefined) break;
    if (hit === null) rest.push(first);
    else {
      flush();
      named.push([items.length, hit[0]]);
      items.push({ text: '', sort: 'word', from: first.from, until: last.until, gap: first.gap, capital: first.capital, senses: [] });
    }
    at += hit?.[1] ?? 1;
  }
  flush();
  return [items, named];
}

function longName(tokens: readonly Token[], at: number, of: Vocabulary, places: Reading['places']): [Spot, number] | null {
  for (let length = Math.min(7, tokens.length - at); length >= 2; length -= 1) {
    const words = tokens.slice(at, at + length);
    if (words.some(({ gap, sort }, i) => sort !== 'word' || (i > 0 && !/^(?:[ '-]|\. ?| ?\/ ?)$/.test(gap)))) continue;
    const plain = plainName(words.map(({ plain: word }) => word).join(' '));
    const phrase = words.map(({ plain: word }) => word).join(' ');
    if (of.senses.get(phrase)?.some(({ what }) => what !== 'stop') === true) continue;
    const region = regionNamed(plain);
    if (region !== null) return [region, length];
    const commune = communeNamed(plain, places);
    if (commune === null) continue;
    const bound = words.slice(1).every(({ gap }) => gap !== ' ');
    // Of words that all say something else, a name has to be written as one, or be well known.
    const plainWords = words.every(({ plain: word }) => of.words.has(word));
    if (bound || commune.people >= (plainWords ? 20_000 : 2_000) || (!plainWords && words.every(({ capital }) => capital))) return [commune, length];
  }
  return null;
}

/** What is not wanted: a refusal and what it refuses, with what is joined to it. */
function refuse(read: Text): void {
  const { items } = read;
  for (let at = 0; at < items.length; at += 1) {
    if (means(items[at], 'unsaid') && read.free(at)) read.mark(at, 'unknown');
    if (means(items[at], 'no') && at > 0 && !read.apart(at) && means(items[at - 1], 'genre', 'kind', 'setting', 'outdoor', 'level') && read.free(at - 1)) {
      read.mark(at - 1, 'unknown');
      read.mark(at, 'unknown');
    }
    if (!means(items[at], 'not') || means(items[at], 'a.under', 'a.over', 'lyrics') || !read.free(at)) continue;
    let next = at + 1;
    while (next < items.length && next - at < 4 && !read.apart(next) && items[next]?.sort === 'word' && (quiet(items[next] as Item) || means(items[next], 'not')) && !means(items[next], 'genre', 'kind', 'outdoor')) next += 1;
    const target = items[next];
    if (target === undefined || read.apart(next) || target.sort !== 'word' || !read.free(next)) continue;
    if (means(target, 'a.under', 'a.over', 'a.about')) continue;
    for (let i = at; i <= next; i += 1) read.mark(i, 'unknown');
    while (means(items[next + 1], 't.and', 'not') && !read.apart(next + 1)) {
      const after = [next + 2, next + 3].find((i) => items[i] !== undefined && !read.apart(i) && means(items[i], 'genre'));
      if (after === undefined || !means(items[next], 'genre')) break;
      for (let i = next + 1; i <= after; i += 1) read.mark(i, 'unknown');
      next = after;
    }
  }
}

interface Listed { readonly filters: Partial<Filters>; readonly lineUp: Filters['lineUp'] | null }

/** What single phrases say, and lists of them. */
function phrases(read: Text): Listed {
  const { items } = read;
  const sets = { genres: new Set<string>(), kinds: new Set<string>(), levels: new Set<string>(), settings: new Set<string>(), audiences: new Set<string>(), lyrics: new Set<string>() };
  const flags: { family?: boolean; outdoor?: boolean; verified?: boolean; ratingMin?: number; answerHoursMax?: number } = {};
  let lineUp: Filters['lineUp'] | null = null;
  const lists: readonly (readonly [string, keyof typeof sets])[] = [['kind', 'kinds'], ['setting', 'settings'], ['audience', 'audiences'], ['level', 'levels'], ['genre', 'genres']];
  for (const [at, item] of items.entries()) {
    const language = senseOf(item, 'lyrics');
    if (language === undefined || !read.free(at)) continue;
    sets.lyrics.add(language);
    read.mark(at, 'lyrics');
  }
  tongues(read, sets.lyrics);
  for (const [at, item] of items.entries()) {
    if (!read.free(at)) continue;
    const size = senseOf(item, 'lineUp');
    if (size !== undefined) {
      const [min, max] = size.endsWith('-') ? [Number(size.slice(0, -1)), null] : size.startsWith('-') ? [null, Number(size.slice(1))] : [Number(size), Number(size)];
      lineUp = lineUp === null ? { min, max } : { min: lineUp.min === null || min === null ? null : Math.min(lineUp.min, min), max: lineUp.max === null || max === null ? null : Math.max(lineUp.max, max) };
      const genre = senseOf(item, 'genre');
      if (genre !== undefined) sets.genres.add(genre);
      read.mark(at, 'lineUp');
      continue;
    }
    if (numbered(read, at)) continue;
    for (const [what, slot] of lists) {
      // A word may be several things of one sort, but is of one sort: a guinguette is a place before it is a genre.
      const values = item.senses.filter((sense) => sense.what === what).map(({ value }) => value);
      if (values.length === 0 || !read.free(at)) continue;
      if (what === 'genre' && !genreHere(read, at)) continue;
      if (what === 'kind' && means(items[at + 1], 'kind') && item.text === 'parc') continue;
      for (const value of values.slice(0, what === 'genre' ? 1 : values.length)) sets[slot].add(value);
      read.mark(at, slot);
      if (what === 'setting' && /places|seat|seating|platz|platze|plaats|plaatsen/.test(item.text)) read.marks[at] = null;
    }
    for (const what of ['family', 'outdoor', 'verified'] as const) {
      if (!read.free(at) || !means(item, what)) continue;
      flags[what] = true;
      read.mark(at, what);
    }
    if (means(item, 'wellRated') && read.free(at)) { flags.ratingMin = 4; read.mark(at, 'ratingMin'); }
    if (means(item, 'answersFast') && read.free(at) && !answerFollows(read, at)) { flags.answerHoursMax = 24; read.mark(at, 'answerHoursMax'); }
  }
  const filters: Partial<Filters> = {
    genres: [...sets.genres], kinds: [...sets.kinds] as PlaceKind[], levels: [...sets.levels] as Level[], settings: [...sets.settings] as Setting[], audiences: [...sets.audiences] as Audience[], lyrics: [...sets.lyrics] as Lyrics[], ...flags,
  };
  return { filters, lineUp };
}

const answerFollows = (read: Text, at: number): boolean => [1, 2, 3, 4].some((i) => means(read.items[at + i], 'a.hours', 'a.days'));

/** Seats and guests that are counted are a number's unit, and no audience. */
const numbered = (read: Text, at: number): boolean => {
  const before = read.items[at - 1];
  const item = read.items[at];
  return (before?.sort === 'number' || means(before, 'numeral')) && !read.apart(at) && means(item, 'a.guests', 'a.players', 'a.seats', 'a.stars', 'a.each') && !means(item, 'setting', 'genre');
};

/** Whether a word for a genre stands for one: "chansons en anglais" does, "rock" of a place does not; and never a single letter. */
function genreHere(read: Text, at: number): boolean {
  const item = read.items[at];
  return item !== undefined && item.text.length > 1 && !(means(item, 'not') || (item.text === 'the dansant' && read.marks[at] !== null));
}

/** Languages, where singing is spoken of: "qui chantent en breton", "auf Deutsch oder Französisch". */
function tongues(read: Text, lyrics: Set<string>): void {
  const { items } = read;
  for (const [at, item] of items.entries()) {
    const tongue = senseOf(item, 'tongue');
    if (tongue === undefined || !read.free(at)) continue;
    const before = [at - 1, at - 2, at - 3, at - 4].filter((i) => i >= 0);
    const sung = before.some((i) => means(items[i], 'sung', 'lyrics') && !/^(?:in|auf|od)$/.test(items[i]?.text ?? '')) || [at + 1, at + 2].some((i) => means(items[i], 'sung') && !/^(?:in|auf|od)$/.test(items[i]?.text ?? '') && !read.apart(i));
    const language = before.slice(0, 2).some((i) => /^(?:en|in|auf|in het|op zijn)$/.test(items[i]?.text ?? '')) && !means(items[at + 1], 'kind');
    const listed7 = (read.marks[at - 2] === 'lyrics' || read.marks[at - 1] === 'lyrics') && means(items[at - 1], 't.and', 'stop', 'sung');
    if (!sung && !language && !listed7) continue;
    lyrics.add(tongue);
    read.mark(at, 'lyrics');
    for (const i of before.slice(0, 3)) if (means(items[i], 'sung') && !means(items[i], 'genre', 'artists')) read.mark(i, 'lyrics');
  }
}

/** Single words that are places: a word of place before them, a capital, or a town that everybody knows. */
function shortNamed(read: Text, places: Reading['places'], { known, french, counted }: { known: boolean; french: boolean; counted: ReadonlySet<number> }): Named[] {
  const { items } = read;
  const named: Named[] = [];
  for (const [at, item] of items.entries()) {
    const number = counted.has(at) ? null : departmentNumber(read, at, known || !french || named.length > 0);
    if (number !== null) {
      named.push({ spot: number, at, items: [at], province: true });
      read.marks[at] = 'near';
      continue;
    }
    if (item.sort !== 'word' || item.text.includes(' ') || item.text.length < 2) continue;
    const spot = spotAt(read, at, places);
    if (spot === null) continue;
    named.push({ spot, at, items: [at], province: means(items[at - 1], 'w.province') || means(items[at - 2], 'w.province') });
    read.marks[at] = 'near';
    // A postcode of four figures before its town; we keep none of those.
    const code = items[at - 1];
    if (code?.sort === 'number' && /^\d{4,5}$/.test(code.text) && read.free(at - 1)) read.mark(at - 1, 'near');
  }
  return named;
}

const placeWords = ['w.in', 'w.near', 'w.region', 'w.province', 'at'] as const;

function departmentNumber(read: Text, at: number, known: boolean): Spot | null {
  const item = read.items[at];
  if (item?.sort !== 'number' || !/^\d{2}$/.test(item.text) || !read.free(at)) return null;
  const before = read.items[at - 1];
  const said7 = means(before, 'w.province') || (/^(?:le|dans le|ds le|du|dep|dept)$/.test(before?.text ?? '') && !read.apart(at));
  const after = read.items[at + 1];
  const alone = !known && (read.apart(at) || !means(before, 'a.under', 'a.over', 'a.about', 'a.money', 'a.crowd', 't.week')) && !(after?.gap === '' || means(after, 't.clock')) && !before?.senses.some(({ what }) => what === 't.to' || what === 't.and' || what === 'at' || what === 't.year');
  const name = departments[Number(item.text) - 1];
  return (said7 || alone) && name !== undefined ? regionNamed(plainName(name)) : null;
}

function spotAt(read: Text, at: number, places: Reading['places']): Spot | null {
  const item = read.items[at];
  if (item === undefined || (read.marks[at] !== null && read.marks[at] !== 'stop')) return null;
  const before = read.items[at - 1];
  const adjacent = at > 0 && !read.apart(at);
  const placed = adjacent && means(before, ...placeWords) && before?.sort === 'word';
  const articled = adjacent && /^(?:le|la|les|l|dans le|dans la|dans les|dans l|ds le|ds la|the|der|die|de|het)$/.test(before?.text ?? '') && (means(before, 'w.in') || means(read.items[at - 2], 'w.in', 'w.near', 'w.province'));
  const province = adjacent && (means(before, 'w.province') || means(read.items[at - 2], 'w.province'));
  const plain = plainName(item.text);
  const explained = item.senses.some(({ what }) => what !== 'w.in' && what !== 'w.near');
  const region = regionNamed(plain);
  const commune = communeNamed(plain, places);
  const first = at === 0 && !read.apart(1);
  if (explained) {
    // Words of the text win, but for a well-known town with a capital and a word of place.
    if (item.capital && read.apart(at) && read.apart(at + 1) && (commune?.people ?? 0) >= 50_000 && item.senses.every(({ what }) => what === 'stop' || what.startsWith('w.'))) return commune;
    return item.capital && placed && !first && (commune?.people ?? 0) >= 10_000 && commune !== null && !item.senses.some(({ what }) => what === 'month' || what === 'genre' || what === 'kind') ? commune : null;
  }
  if (province && region !== null) return region;
  if (region !== null && (articled || /^(?:en|dans le|dans la|dans les)$/.test(before?.text ?? ''))) return region;
  if (region !== null && commune !== null && commune.people > 50_000 && region.km !== null) return commune;
  if (region !== null && (!region.shy || placed && item.capital)) return region;
  if (commune === null) return null;
  if (commune.shy) return (placed && !/^(?:de|d|du|le|la)$/.test(before.text)) || (item.capital && !first) || (read.apart(at) && read.apart(at + 1)) ? commune : null;
  const strong = placed && !/^(?:de|du|d|le|la|the)$/.test(before.text);
  if (commune.people >= 10_000) return commune;
  if (commune.people >= 1_000) return strong || item.capital && (!first || read.apart(at + 1)) || (item.text.length >= 6 && commune.people >= 3_000) ? commune : null;
  return strong && item.text.length >= 4 && (item.capital || item.text.length >= 6) || item.capital && placed ? commune : null;
}

/** The first place that is named, and how far around it. A second place is said as not understood: a search has one. */
function nearOf(read: Text, found: readonly Named[], amounts: readonly Amount[]): Near | null {
  const { items } = read;
  const [first, ...others] = found;
  if (first === undefined) return null;
  const beside = (amount: Amount, { at }: Named): boolean => { const end = amount.items.at(-1) ?? 0; return at > end && at - end <= 4 && items.slice(end + 1, at).every((item, i) => quiet(item) && !/[,;]/.test(items[end + 1 + i]?.gap ?? '')); };
  const distances = amounts.filter((amount) => amount.of === 'km');
  const own = distances.find((amount) => beside(amount, first)) ?? distances.find((amount) => !others.some((other) => beside(amount, other)));
  for (const other of others) {
    for (const at of other.items) read.marks[at] = 'unknown';
    for (const amount of distances) if (amount !== own && beside(amount, other)) for (const at of amount.items) read.marks[at] = 'unknown';
  }
  const near = wide(read, first, -1) || wide(read, first, 1);
  const km = own?.max ?? own?.min ?? first.spot.km ?? (near ? 50 : 25);
  if (own !== undefined) for (const at of own.items) read.marks[at] = 'near';
  for (const i of [first.at - 1, first.at - 2]) if (means(items[i], 'w.near', 'w.region', 'w.province') && read.marks[i] !== 'days') read.mark(i, 'near');
  return { ...first.spot.near, km };
}

/** "Près de", "region of" before a place, "et environs" after it. */
function wide(read: Text, { at }: Named, way: -1 | 1): boolean {
  for (let i = at + way, steps = 0; steps < 3 && i >= 0 && i < read.items.length; i += way, steps += 1) {
    const item = read.items[i];
    if (way === -1 && read.apart(i + 1)) return false;
    if (way === 1 && read.apart(i) && steps > 0) return false;
    if (means(item, ...(way === -1 ? ['w.near', 'w.region'] : ['w.around']))) {
      for (let j = i; j !== at; j -= way) read.mark(j, 'near');
      return true;
    }
    if (way === 1 && read.apart(i)) return false;
    if (!means(item, 'stop', 'w.in', 't.and')) return false;
  }
  return false;
}

/** The fee: what may be asked at most, where an artist is sought; at least paid, where a place is. */
function feeOf(amounts: readonly Amount[], seen: Seen | null, spent: Currency): [Filters['fee'], ReadonlySet<Amount>] {
  const fees = amounts.filter(({ of }) => of === 'fee');
  const [first, second] = [fees.find(({ exact }) => !exact) ?? fees[0], fees.length > 1 ? fees[1] : undefined];
  if (first === undefined) return [noFilters.fee, new Set()];
  const ends = first.exact ? (seen === 'place' ? { min: first.min, max: null } : { min: null, max: first.max }) : { min: first.min, max: first.max };
  const used = new Set([first]);
  // "More than 500 but under 1,000".
  if (second !== undefined && second !== first && !second.exact && !first.exact && (ends.max === null) !== (second.max === null) && (ends.min === null) !== (second.min === null)) {
    ends.min ??= second.min;
    ends.max ??= second.max;
    used.add(second);
  }
  const minor = (units: number | null): number | null => (units === null ? null : Math.round(units * 100));
  return [{ min: minor(ends.min), max: minor(ends.max), currency: first.currency ?? spent }, used];
}

/** Other amounts: the first that was said. Of halls that are sought a number is about right a fifth either way. */
function span(amounts: readonly Amount[], of: 'capacity' | 'lineUp', about: boolean): { min: number | null; max: number | null } {
  const [first, second] = amounts.filter((amount) => amount.of === of);
  if (first === undefined) return { min: null, max: null };
  if (first.exact && about && first.max !== null) return { min: Math.round(first.max * 0.8), max: Math.round(first.max * 1.2) };
  return { min: first.min ?? (first.exact ? null : second?.min ?? null), max: first.max ?? (first.exact ? null : second?.max ?? null) };
}

const slots = { fee: 'fee', capacity: 'capacity', lineUp: 'lineUp', rating: 'ratingMin', hours: 'answerHoursMax', km: 'near' } as const;

function claim(read: Text, amount: Amount, fees: ReadonlySet<Amount>): void {
  for (const at of amount.items) {
    if (read.marks[at] === 'stop') read.marks[at] = null;
    read.mark(at, amount.of === 'fee' && !fees.has(amount) ? 'unknown' : slots[amount.of]);
  }
}

/** Which side is sought. */
function seenIn(read: Text, { filters, lineUp }: Listed): Seen | null {
  const { items } = read;
  const spoken = (at: number): boolean => read.marks[at] !== 'unknown' && read.marks[at] !== 'near';
  const find = (...what: string[]): number => items.findIndex((item, at) => spoken(at) && means(item, ...what));
  const isKind = (at: number): boolean => read.marks[at] === 'kinds';
  const artist = (at: number): boolean => spoken(at) && (means(items[at], 'artists') || read.marks[at] === 'lineUp' || (read.marks[at] === 'genres' && (performers.has(senseOf(items[at], 'genre') ?? '') || somebody.test(items[at]?.text ?? ''))));
  const venue = (at: number): boolean => isKind(at) && !occasions.has(senseOf(items[at], 'kind') ?? '');
  const at7 = (at: number): boolean => [at - 1, at - 2, at - 3].some((i) => i >= 0 && means(items[i], 'at') && items.slice(i + 1, at).every((item, j) => !read.apart(i + 1 + j) && (quiet(item) || means(item, 'genre', 'level', 'tongue', 'setting', 'audience') || read.marks[i + 1 + j] === 'near'))) && !read.apart(at);
  const firstKind = items.findIndex((_, at) => venue(at));
  const firstArtist = items.findIndex((_, at) => artist(at));
  const seek = items.findIndex((item, at) => spoken(at) && means(item, 'seeks'));
  if (sought(read, seek, venue, artist, at7)) return 'place';
  const place = items.findIndex((item, at) => spoken(at) && means(item, 'seeksPlace') && !at7(at));
  if (place >= 0) return 'place';
  if (find('weAre') >= 0 && firstKind >= 0 && !at7(firstKind)) return 'place';
  // "A hall for our trio": the place comes first, and the artist after "for".
  if (firstKind >= 0 && firstArtist > firstKind && !at7(firstKind) && items.slice(firstKind + 1, firstArtist).some((item) => means(item, 'at') && /^(?:pour|pr|for|fur|fuer|voor)/.test(item.text)) && !(seek > firstKind && seek < firstArtist)) {
    const since = items.findIndex((item, at) => at > firstKind && means(item, 'at') && /^(?:pour|pr|for|fur|fuer|voor)/.test(item.text));
    if (firstArtist - since <= 4) return 'place';
  }
  if (firstArtist >= 0 || lineUp !== null || read.marks.includes('levels')) return 'artist';
  if (seek >= 0 && items.some((item, at) => at > seek && spoken(at) && (means(item, 'occasions') || read.marks[at] === 'genres'))) return 'artist';
  const occasion = items.findIndex((item, at) => spoken(at) && (means(item, 'occasions') || /concert|konzert|voorstelling|spectacle|show/.test(item.text) && !means(item, 'places', 'seeksPlace') && !venue(at)  || /^(?:parkconcert|huiskamerconcert)/.test(item.text)));
  if (occasion >= 0 && !(firstKind >= 0 && firstKind < occasion && at7(occasion))) return 'artist';
  if (firstKind >= 0) return items.some((_, at) => isKind(at) && (at7(at) || !venue(at))) ? 'artist' : 'place';
  if ((filters.kinds?.length ?? 0) > 0) return 'artist';
  return find('places') >= 0 ? 'place' : (filters.audiences ?? []).includes('seniors') && items.some((item) => /^(?:ehpad|altersheim|rusthuis|retirement home|care home|maison de retraite|pflegeheim|woonzorgcentrum|wzc)$/.test(item.text)) ? 'artist' : null;
}

/** What stands behind "looking for": a place before any artist. Where nothing stands behind it, what stands first. */
function sought(read: Text, seek: number, venue: (at: number) => boolean, artist: (at: number) => boolean, given: (at: number) => boolean): boolean {
  if (seek < 0) return false;
  const { items } = read;
  const heard = (at: number): boolean => venue(at) || artist(at) || means(items[at], 'places', 'genre', 'occasions');
  const last = items.findLastIndex((item, at) => means(item, 'seeks') && read.marks[at] !== 'unknown');
  for (const from of [seek, last]) {
    const after = items.findIndex((_, at) => at > from && heard(at));
    if (after >= 0 && after - from <= 6 && (venue(after) || means(items[after], 'places')) && !given(after)) return true;
  }
  const first = items.findIndex((_, at) => heard(at));
  return items.every((_, at) => at <= last || !heard(at)) && first >= 0 && (venue(first) || means(items[first], 'places')) && !items.some((_, at) => artist(at));
}

/** The parts of a text by what they were understood as, and what was not. */
function said(read: Text, text: string): Pick<Asked, 'parts' | 'unknown'> {
  const parts: { from: number; until: number; text: string; slot: Slot }[] = [];
  const unknown: string[] = [];
  let open: { from: number; until: number; at: number } | null = null;
  const close = (): void => {
    if (open !== null) unknown.push(text.slice(open.from, open.until));
    open = null;
  };
  for (const [at, item] of read.items.entries()) {
    const mark = read.marks[at] ?? 'unknown';
    if (mark === 'unknown') {
      if (open !== null && read.apart(at)) close();
      open = { from: (open as { from: number } | null)?.from ?? item.from, until: item.until, at };
      continue;
    }
    if (mark !== 'stop' || read.apart(at)) close();
    else if (open !== null) close();
    if (mark === 'stop') continue;
    const last = parts.at(-1);
    if (last?.slot === mark && read.marks[at - 1] === mark && !read.apart(at)) {
      parts[parts.length - 1] = { ...last, until: item.until, text: text.slice(last.from, item.until) };
    } else parts.push({ from: item.from, until: item.until, text: text.slice(item.from, item.until), slot: mark });
  }
  close();
  return { parts, unknown };
}
