import type { Currency } from '../../core/money.ts';
import { means, senseOf, type Item } from './vocabulary.ts';

/** What a number is a number of. `hours` until an answer. */
export type Measure = 'fee' | 'capacity' | 'lineUp' | 'rating' | 'hours' | 'km';

/** An amount that was said; whole units of money. `exact` was said without more or less. */
export interface Amount {
  readonly of: Measure;
  readonly min: number | null;
  readonly max: number | null;
  readonly exact: boolean;
  readonly currency: Currency | null;
  readonly items: readonly number[];
}

/** More than any show here costs, and more than any place holds: a number beyond is not understood. */
const most: Readonly<Record<Measure, number>> = { fee: 1_000_000, capacity: 500_000, lineUp: 200, rating: 5, hours: 24 * 60, km: 500 };

const near = (item: Item | undefined): boolean => item !== undefined && /^[ .'-]{0,2}$/.test(item.gap);
const figure = (text: string): number => (/^\d+k\d$/.test(text) ? Number(text.split('k')[0]) * 1000 + Number(text.slice(-1)) * 100 : Number(/[.,]\d{1,2}$/.test(text) ? `${text.slice(0, text.search(/[.,]\d{1,2}$/)).replace(/[^\d]/g, '')}.${text.replace(/^.*[.,]/, '')}` : text.replace(/[^\d]/g, '')));

interface Read { readonly value: number; readonly next: number; readonly thousand: boolean }

/** A number or a numeral, with the thousand behind it. */
function readNumber(items: readonly Item[], at: number, free: (at: number) => boolean): Read | null {
  const item = items[at];
  if (item === undefined || !free(at)) return null;
  const numeral = senseOf(item, 'numeral');
  if (item.sort !== 'number' && numeral === undefined) return null;
  const value = item.sort === 'number' ? figure(item.text) : Number(numeral);
  const after = items[at + 1];
  const thousand = /k/.test(item.text) || (means(after, 'a.thousand') && near(after) && value < 1000);
  const behind = thousand && !/k/.test(item.text);
  return { value: behind ? value * 1000 : value, next: at + (behind ? 2 : 1), thousand };
}

const measured: readonly (readonly [string, Measure | 'miles' | 'minutes' | 'days' | 'other'])[] = [
  ['a.foreign', 'other'], ['a.players', 'lineUp'], ['a.seats', 'capacity'], ['a.guests', 'capacity'], ['a.stars', 'rating'], ['a.kilometres', 'km'], ['a.miles', 'miles'], ['a.hours', 'hours'], ['a.minutes', 'minutes'], ['a.days', 'days'],
];

/** How far somebody drives in an hour, in kilometres as the crow flies: 90 on the road, a quarter of it bends. */
const hourKm = 70;

/** The amounts that a text says. `free` says which items nothing else has taken. */
export function amountsIn(items: readonly Item[], isFree: (at: number) => boolean): { amounts: readonly Amount[]; refused: readonly number[] } {
  const amounts: Amount[] = [];
  const refused: number[] = [];
  const taken = new Set<number>();
  const free = (at: number): boolean => isFree(at) && !taken.has(at);
  for (let at = 0; at < items.length; at += 1) {
    const first = readNumber(items, at, free);
    if (first === null) continue;
    const said = amountAt(items, at, first, free);
    if (said === null) continue;
    if ('refused' in said) refused.push(...said.refused);
    else amounts.push(said);
    for (const item of 'refused' in said ? said.refused : said.items) taken.add(item);
  }
  return { amounts, refused };
}

function amountAt(items: readonly Item[], at: number, first: Read, free: (at: number) => boolean): Amount | { refused: readonly number[] } | null {
  const used = new Set(Array.from({ length: first.next - at }, (_, i) => at + i));
  const take = (index: number): void => { if (index >= 0 && index < items.length) used.add(index); };
  const all = (): number[] => [...used].sort((a, b) => a - b);
  let next = first.next;
  let [low, high] = [first.value, first.value];
  let thousand = first.thousand;
  // A unit before the second number of a range: 800 € - 1200 €.
  // "8e" is an arrondissement, "2e" a weekend and "70e" a birthday: nobody plays for less than a hundred.
  const ordinal = (index: number): boolean => items[index]?.text === 'e' && (items[index].gap !== '' || high < 100);
  const moneyUnit = (index: number): boolean => means(items[index], 'a.euro', 'a.franc') && near(items[index]) && !ordinal(index) && !/-/.test(items[index]?.gap ?? '');
  let currency: Currency | null = null;
  let money = thousand;
  const takeMoney = (index: number): void => { money = true; currency = means(items[index], 'a.franc') && !means(items[index], 'a.euro') ? 'CHF' : 'EUR'; take(index); };
  const unitBetween = moneyUnit(next);
  const jump = unitBetween ? next + 1 : next;
  const separator = items[jump];
  const dash = separator !== undefined && /^[ ]?[-/][ ]?$/.test(separator.gap);
  const word = means(separator, 't.to', 't.and', 'a.under') && (separator?.gap.trim() ?? '') === '';
  const before2 = [items[at - 1], items[at - 2]];
  const between = before2.some((item) => means(item, 't.between') && item?.text !== 'from' && item?.text !== 'ab');
  const from = before2.some((item) => means(item, 't.from'));
  let ranged = false;
  if (dash || word) {
    let secondAt = dash ? jump : jump + 1;
    if (means(items[secondAt], 'a.euro', 'a.franc') && items[secondAt]?.text !== 'e') secondAt += 1;
    const second = readNumber(items, secondAt, free);
    const joins = dash || means(separator, 't.to') || between || (second !== null && second.value <= 20) || unitBetween;
    const grown = second !== null && second.thousand && first.value < 100 && !first.thousand ? first.value * 1000 : first.value;
    if (second !== null && joins && grown < second.value) {
      [low, high, ranged] = [grown, second.value, true];
      thousand ||= second.thousand;
      money ||= thousand;
      for (let i = next; i < second.next; i += 1) take(i);
      if (unitBetween) takeMoney(next);
      next = second.next;
      if (from) for (const [i, item] of before2.entries()) if (means(item, 't.from')) take(at - 1 - i);
      if (between) for (const [i, item] of before2.entries()) if (means(item, 't.between')) take(at - 1 - i);
    }
  }
  if (!ranged && unitBetween) { takeMoney(next); next += 1; }
  if (moneyUnit(next)) { takeMoney(next); next += 1; }

  // What stands before: a sign of money, more or less, a word of what it is.
  let back = at - 1;
  const skip = (): void => { while (back >= 0 && means(items[back], 'stop', 't.of', 't.between', 't.from') && !means(items[back], 'a.under', 'a.over', 'a.about', 'a.money', 'a.crowd') && at - back < 3) back -= 1; };
  if (means(items[back], 'a.euro', 'a.franc') && near(items[at]) && items[back]?.text !== 'e' && free(back)) { takeMoney(back); back -= 1; }
  const comparator = ['a.under', 'a.over', 'a.about'] as const;
  let compared: string | undefined;
  const compare = (): boolean => {
    // "From 500 to 800", "tot" of a range: said already.
    const found = comparator.find((what) => means(items[back], what) && (items[back]?.gap.includes(',') !== true || back >= 0));
    if (found === undefined || ranged && found === 'a.over' || !free(back) || /[,;]/.test(items[back + 1]?.gap ?? '')) return false;
    compared ??= found;
    take(back);
    back -= 1;
    return true;
  };
  if (compare()) compare();
  else {
    const kept = back;
    skip();
    if (!compare()) back = kept;
  }
  const cues = [back, back - 1, back - 2].filter((i) => i >= 0 && !/[;]/.test(items[i + 1]?.gap ?? ''));
  const cue = (...what: string[]): boolean => cues.some((i) => means(items[i], ...what) && cues.filter((j) => j > i).every((j) => means(items[j], 'stop', 't.of', ...what, 'a.about', 'a.under', 'a.over')));
  const budget = cue('a.money');
  const crowd = cue('a.crowd');
  const rated = cue('rated');
  const answering = [1, 2, 3, 4, 5].some((i) => means(items[at - i], 'answers'));

  // What stands behind: the unit, more or less.
  // "Um 14 Uhr" is no "about fourteen".
  if (means(items[next], 't.clock') && !means(items[next], 'a.hours') && near(items[next])) return { refused: [...all(), next] };
  const more = /^ ?\+ ?$/.test(items[next]?.gap ?? '');
  const unit = measured.find(([what]) => means(items[next], what) && (more || near(items[next])) && !(items[next]?.text === 'er' && !means(items[next + 1], 'artists')))?.[1];
  // "5k seats" are a thousand of them, and no money.
  if (unit === 'capacity' && !all().some((i) => means(items[i], 'a.euro', 'a.franc'))) money = false;
  let measure: Measure | 'miles' | 'minutes' | 'days' | 'other' | null = money ? 'fee' : unit ?? null;
  if (more && unit !== undefined && compared === undefined) compared = 'a.over';
  if (!money && unit !== undefined) {
    take(next);
    const text = items[next]?.text ?? '';
    // 4 Mann and 4 man stand on stage, 400 listen; so with "personnes".
    if (unit === 'lineUp' && high > 20 && means(items[next], 'a.guests')) measure = 'capacity';
    if (unit === 'capacity' && high < 10 && means(items[next], 'a.guests')) measure = 'lineUp';
    if (unit === 'lineUp' && text === 'er' && high > 20) return { refused: all() };
    next += 1;
  }
  const ish = items[next]?.text === 'ish' && items[next]?.gap === '';
  if (ish) { take(next); next += 1; compared ??= 'a.about'; }
  const plus = /^\s?\+/.test(items[next]?.gap ?? '') && items[next]?.sort !== 'number';
  const after = [next, next + 1].find((i) => (means(items[i], 'a.most', 'a.least') || (means(items[i], 'a.about') && /^(?:env|environ|ca|circa|ungefahr|ungefaehr|ongeveer|approx|approximately|or so|more or less|plus minus|a peu pres)$/.test(items[i]?.text ?? ''))) && free(i) && !/[,;]/.test(items[i]?.gap ?? '') && (i === next || means(items[next], 'stop', 'a.each')) && !(items[i + 1]?.sort === 'number' && !means(items[i], 'a.most', 'a.least')));
  if (after !== undefined && (compared === undefined || means(items[after], 'a.most', 'a.least')) && !(items[after + 1]?.sort === 'number' && near(items[after + 1]) && !means(items[after + 1], 'stop') && compared !== undefined)) {
    compared = means(items[after], 'a.most') ? 'a.under' : means(items[after], 'a.least') ? 'a.over' : compared ?? 'a.about';
    take(after);
    next = after + 1;
  } else if (plus && compared === undefined) compared = 'a.over';
  if (!money && measure === null && moneyUnit(next)) { takeMoney(next); next += 1; measure = 'fee'; }
  const each = means(items[next], 'a.each') && near(items[next]);
  const door = means(items[next], 'a.door') || means(items[at - 1], 'a.door') || means(items[at - 2], 'a.door') && means(items[at - 1], 'stop', 'a.under', 'a.about');
  if (each) take(next);
  if (measure === null) {
    if (crowd) measure = 'capacity';
    else if (rated && high <= 5) measure = 'rating';
    else if (budget || each) measure = 'fee';
    else if ((compared !== undefined || ranged) && low >= 100) measure = 'fee';
    else if (compared !== undefined && high <= 30) measure = 'lineUp';
    else if (bareFee(items, at, low, ranged)) measure = 'fee';
    else return ranged ? { refused: all() } : null;
  }
  if (measure === 'fee' && budget) for (const i of cues) if (means(items[i], 'a.money')) take(i);
  if (measure === 'capacity' && crowd) for (const i of cues) if (means(items[i], 'a.crowd')) take(i);
  // The price of a ticket is no fee, and other currencies are not ours.
  if (measure === 'other' || (measure === 'fee' && (door || means(items[next], 'a.foreign')))) { take(door ? next : next - 1); return { refused: all() }; }
  if (measure === 'miles') { measure = 'km'; [low, high] = [Math.round(low * 1.609), Math.round(high * 1.609)]; }
  if (measure === 'rating') {
    const stars = means(items[at - 1], 'kind') && /camping|hotel|campsite/.test(items[at - 1]?.text ?? '');
    if (stars) return { refused: all() };
    if (rated) for (const i of cues) if (means(items[i], 'rated')) take(i);
    compared = 'a.over';
    high = low;
  }
  if (measure === 'hours' || measure === 'minutes' || measure === 'days') {
    if (answering) {
      for (let i = 1; i <= 5; i += 1) if (means(items[at - i], 'answers')) for (let j = at - i; j < at; j += 1) take(j);
      high = measure === 'days' ? high * 24 : measure === 'hours' ? high : Math.ceil(high / 60);
      [measure, compared] = ['hours', 'a.under'];
    } else if (measure !== 'days' && (means(items[next], 'w.from', 'w.road') || means(items[next - 1], 'w.road')) && !/[,;]/.test(items[next]?.gap ?? ',')) {
      high = Math.round((measure === 'hours' ? high : high / 60) * hourKm);
      measure = 'km';
      while (means(items[next], 'w.road')) { take(next); next += 1; }
    } else return { refused: all() };
  }
  if (/^\s?-$/.test(items[at]?.gap.replace(/^.*[,;]/, '') ?? '') && !ranged && (at === 0 || items[at - 1]?.sort !== 'number') && (at === 0 || (items[at]?.gap ?? '').startsWith(' ')) || high > most[measure] || (high <= 0)) {
    return { refused: all() };
  }
  const [least, top] = compared === 'a.about' && !ranged ? [Math.round(low * 80) / 100, Math.round(high * 120) / 100] : compared === 'a.under' && !ranged ? [null, high] : compared === 'a.over' && !ranged ? [low, null] : [low, high];
  const whole = (value: number | null): number | null => (value === null || measure === 'fee' || measure === 'rating' ? value : Math.round(value));
  return { of: measure, min: whole(least), max: whole(top), exact: !ranged && compared === undefined, currency, items: all() };
}

/** A round number with nothing beside it is money: "duo folk Rennes 500". Years and postcodes are none. */
function bareFee(items: readonly Item[], at: number, value: number, ranged: boolean): boolean {
  const text = items[at]?.text ?? '';
  const next = items[at + 1];
  if (items[at]?.sort !== 'number' || (value >= 1900 && value < 2100 && /^\d{4}$/.test(text) && value !== 2000)) return false;
  if (/^\d{4,5}$/.test(text) && next?.capital === true && next.gap === ' ') return false;
  return ranged ? value >= 100 : value >= 100 && value <= 20_000 && value % 10 === 0 && (text.length < 5 || value % 1000 !== 0 || value <= 20_000);
}
