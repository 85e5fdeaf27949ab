import { addDays, daysBetween, fromDay, toDay, weekdayOf, type Day } from '../../core/time.ts';
import type { Days } from '../filters.ts';
import type { Feast } from './lexicon/lexicon.ts';
import { means, senseOf, type Item } from './vocabulary.ts';

/** Days that were said, and the items that said them. */
export interface Said {
  readonly days: Days | null;
  readonly used: ReadonlySet<number>;
}

type Span = readonly [from: Day, until: Day];

/** A period whose year may be open. `late` is the end of a month: "before the end of May" takes it in. */
interface Period {
  readonly make: (year: number) => Span;
  readonly year?: number;
  readonly next?: boolean;
  readonly late?: boolean;
  readonly month?: boolean;
  /** Said by its name, which a show may have that is on another day: "Christmas party on the 10th of December". */
  readonly feast?: boolean;
}

/** One item, a mark between two, or a period that several make. Letters say what it may be. */
interface Cell {
  readonly may: string;
  readonly items: readonly number[];
  readonly number?: number;
  readonly period?: Period;
  readonly weekdays?: readonly number[];
}

const two = (number: number): string => String(number).padStart(2, '0');
// The calendar that we count by ends with the year 9999.
const last = 9_998;
const dayOf = (year: number, month: number, day: number): Day => `${String(Math.min(last, year)).padStart(4, '0')}-${two(month)}-${two(day)}`;
const monthEnd = (year: number, month: number): Day => addDays(month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1), -1);
const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));
const yearOf = (day: Day): number => Number(day.slice(0, 4));
const months = (first: number, last: number) => (year: number): Span => [dayOf(year, first, 1), monthEnd(last < first ? year + 1 : year, last)];
const exists = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= Number(monthEnd(2028, month).slice(8));

/** Easter Sunday, after Gauss as Meeus and Butcher have it (Meeus, Astronomical Algorithms, 1991, chapter 8). */
function easter(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return dayOf(year, Math.floor(sum / 31), (sum % 31) + 1);
}

const fixed = (month: number, day: number, until = day) => (year: number): Span => [dayOf(year, month, day), dayOf(year, month, until)];
const moved = (from: number, until = from) => (year: number): Span => [addDays(easter(year), from), addDays(easter(year), until)];

/** When the feasts are. The fourth Sunday before Christmas begins Advent. */
const feasts: Readonly<Record<Feast, (year: number) => Span>> = {
  new_year_eve: fixed(12, 31), new_year: fixed(1, 1), valentine: fixed(2, 14), patrick: fixed(3, 17), good_friday: moved(-2), easter: moved(-1, 1), kings_day: fixed(4, 27), walpurgis: fixed(4, 30), may_day: fixed(5, 1), ascension: moved(39),
  whitsun: moved(48, 50), luxembourg: fixed(6, 23), music_day: fixed(6, 21), saint_john: fixed(6, 24), flanders: fixed(7, 11), bastille_eve: fixed(7, 13), bastille: fixed(7, 14), belgium: fixed(7, 21), switzerland: fixed(8, 1), assumption: fixed(8, 15),
  wallonia: (year) => { const third = addDays(dayOf(year, 9, 1), ((7 - weekdayOf(dayOf(year, 9, 1))) % 7) + 14); return [addDays(third, -1), third]; }, german_unity: fixed(10, 3), halloween: fixed(10, 31), all_saints: fixed(11, 1), armistice: fixed(11, 11), saint_nicholas: fixed(12, 6),
  christmas_eve: fixed(12, 24), christmas: fixed(12, 24, 26), advent: (year) => [addDays(dayOf(year, 12, 24), -((weekdayOf(dayOf(year, 12, 24)) % 7) + 21)), dayOf(year, 12, 24)],
};

const letters: Readonly<Record<string, string>> = {
  month: 'm', weekday: 'w', anyDay: 'W', shortDay: 'v', season: 's', feast: 'h', ordinal: 'x', 't.early': 'p', 't.mid': 'p', 't.late': 'p', 't.next': 'n', 't.this': 't', 't.any': 'A', 't.from': 'f', 't.to': 'u', 't.between': 'b', 't.and': 'a', 't.before': '<', 't.since': '>', 't.until': 'U', 't.in': 'r',
  't.within': 'R', 't.day': 'z', 't.week': 'k', 't.weekend': 'e', 't.weekends': 'E', 't.month': 'o', 't.year': 'j', 't.quarter': 'q', 't.half': 'g', 't.season': 'S', 't.of': 'i', 't.today': 'T', 't.tomorrow': 'T', 't.afterTomorrow': 'T', 't.longSummer': 'L',
};
const units = ['a.euro', 'a.franc', 'a.guests', 'a.seats', 'a.players', 'a.kilometres', 'a.miles', 'a.stars', 't.clock', 'a.thousand', 'a.foreign', 'a.each'];

function lettersOf(items: readonly Item[], at: number): string {
  const item = items[at];
  if (item === undefined) return '';
  if (item.sort === 'day') return dayPeriod(item.text) === null ? '' : 'D';
  const next = items[at + 1];
  let may = item.senses.map(({ what }) => letters[what] ?? '').join('');
  const ordinal = next?.text === 'e' && next.gap === '' && Number(item.text) <= 31;
  if (item.sort === 'number' && /^\d{1,4}$/.test(item.text) && (ordinal || !(means(next, ...units) && /^[ -]?$/.test(next?.gap ?? ',')))) {
    const number = Number(item.text);
    if (/^\d\d$/.test(item.text) && number > 20) may += 'Y';
    if (number >= 1 && number <= 31 && item.text.length <= 2) may += 'd';
    if (number >= 1 && number <= 60) may += 'c';
    if (number >= 2020 && number < 2100) may += 'y';
  }
  return may;
}

/** A day in figures: the day first, as everybody here writes; the month first where it can be nothing else. */
function dayPeriod(text: string): Period | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [day = 0, month = 0, year] = iso ? [Number(iso[3]), Number(iso[2]), Number(iso[1])] : text.split(/[-./]/).filter(Boolean).map(Number);
  const [d, m] = month > 12 && day <= 12 ? [month, day] : [day, month];
  if (!exists(m, d)) return null;
  return { make: dated(m, d), ...(year === undefined ? {} : { year: year < 100 ? 2000 + year : year }) };
}

/** The 29th of February is the 28th where there is none. */
const dated = (month: number, day: number) => (year: number): Span => {
  const given = dayOf(year, month, Math.min(day, Number(monthEnd(year, month).slice(8))));
  return [given, given];
};

function cellsOf(items: readonly Item[], free: (at: number) => boolean): Cell[] {
  const cells: Cell[] = [];
  for (const [at, item] of items.entries()) {
    const mark = at === 0 ? '' : /[,;:()!?|]/.test(item.gap) ? ',' : item.gap.includes('/') ? '/' : item.gap.includes('-') ? '-' : item.gap.includes('+') ? 'a' : '';
    if (mark !== '') cells.push({ may: mark, items: [] });
    // Ordinals: 1er, 3rd, 5e.
    const before = cells.at(-1);
    if (before?.may.includes('d') === true && item.gap === '' && /^(?:er|ere|e|eme|nd|nde|st|rd|th|te|ten|ter|ste|de)$/.test(item.text)) {
      // "Paris 3e, 14 décembre" are no days from the third on.
      const alone = item.text === 'e' && !means(items[at + 1], 'month');
      cells[cells.length - 1] = { ...before, may: alone ? 'x' : `${before.may}x`, items: [...before.items, at] };
      continue;
    }
    const next = items[at + 1];
    // "2. Samstag im Mai".
    const nth = item.sort === 'number' && /^[1-5]$/.test(item.text) && next?.gap.startsWith('.') === true && means(next, 'weekday', 't.weekend');
    const may = !free(at) ? '' : nth ? 'x' : lettersOf(items, at);
    const number = item.sort === 'number' ? Number(item.text) : Number(senseOf(item, 'ordinal') ?? senseOf(item, 'month') ?? senseOf(item, 'weekday') ?? senseOf(item, 'shortDay') ?? senseOf(item, 'season') ?? 0);
    cells.push({ may: may === '' ? '.' : may, items: [at], number, ...(item.sort === 'day' && may === 'D' ? { period: dayPeriod(item.text) ?? undefined } : {}) } as Cell);
  }
  return cells;
}

/** Cells by the parts of a pattern: `d i* m y?`. Each part is one letter, or several in brackets, and may be left out (`?`) or come several times (`*`). */
function match(cells: readonly Cell[], at: number, parts: readonly string[]): Cell[][] | null {
  const [part, ...rest] = parts;
  if (part === undefined) return [];
  const open = part.endsWith('?') || part.endsWith('*');
  const wanted = part.replace(/[[\]]|[?*]$/g, '');
  const most = part.endsWith('*') ? 3 : 1;
  let reach = 0;
  while (reach < most && Array.from(wanted).some((letter) => cells[at + reach]?.may.includes(letter) === true)) reach += 1;
  for (let taken = reach; taken >= (open ? 0 : 1); taken -= 1) {
    const others = match(cells, at + taken, rest);
    if (others !== null) return [cells.slice(at, at + taken), ...others];
  }
  return null;
}

type Rule = readonly [pattern: string, make: (found: Cell[][], items: readonly Item[], today: Day) => Partial<Cell> | null];
const number = (cells: readonly Cell[] | undefined): number => cells?.[0]?.number ?? 0;
const year = (cells: readonly Cell[] | undefined): { year?: number } => (cells?.[0] === undefined ? {} : { year: number(cells) });
const period = (of: Period): Partial<Cell> => ({ may: 'P', period: of });
const span = (from: Day, until: Day): Partial<Cell> => period({ make: () => [from, until], year: yearOf(from) });
const itemAt = (items: readonly Item[], cells: readonly Cell[] | undefined): Item | undefined => items[cells?.[0]?.items[0] ?? -1];

const seasonOf = (which: number) => (given: number): Span => (which === 4 ? [dayOf(given, 12, 1), monthEnd(given + 1, 2)] : months(which * 3, which * 3 + 2)(given));

function partOf(items: readonly Item[], cells: readonly Cell[] | undefined, month: number): Period {
  const part = itemAt(items, cells);
  if (means(part, 't.early')) return { make: fixed(month, 1, 10) };
  return means(part, 't.mid') ? { make: fixed(month, 11, 20) } : { make: (given) => [dayOf(given, month, 21), monthEnd(given, month)], late: true };
}

const range = (from: number, until: number, month: number): ((given: number) => Span) | null => (exists(month, until) && exists(month, from) && from <= until ? fixed(month, from, until) : null);
const ahead = (today: Day, count: number, item: Item | undefined): Span => {
  if (means(item, 't.day')) return [addDays(today, count), addDays(today, count)];
  if (means(item, 't.week')) { const monday = addDays(mondayOf(today), 7 * count); return [monday, addDays(monday, 6)]; }
  const at = Number(today.slice(5, 7)) - 1 + count;
  return months((at % 12) + 1, (at % 12) + 1)(yearOf(today) + Math.floor(at / 12));
};
const within = (today: Day, count: number, item: Item | undefined): Span => [today, addDays(today, count * (means(item, 't.day') ? 1 : means(item, 't.week') ? 7 : 30))];
/** The Saturday that is nearest. */
const saturdayNear = (day: Day): Day => { const saturday = addDays(mondayOf(day), 5); return daysBetween(saturday, day) < -3 ? addDays(saturday, -7) : saturday; };

const simple: readonly Rule[] = ([
  ['f? i* d i* [-ua/,] i* d i* m y?', ([, , d1, , , , d2, , m, y]) => { const make = range(number(d1), number(d2), number(m)); return make && period({ make, ...year(y) }); }],
  ['b i* d i* a i* d i* m y?', ([, , d1, , , , d2, , m, y]) => { const make = range(number(d1), number(d2), number(m)); return make && period({ make, ...year(y) }); }],
  ['d [-u] D', ([d, , D]) => { const until = D?.[0]?.period; return until ? period({ ...until, make: (given) => [`${until.make(given)[0].slice(0, 8)}${two(number(d))}`, until.make(given)[1]] }) : null; }],
  ['D', ([D]) => (D?.[0]?.period ? period(D[0].period) : null)],
  ['d x? i* m i* y?', ([d, , , m, , y]) => (exists(number(m), number(d)) ? period({ make: dated(number(m), number(d)), ...year(y) }) : null)],
  ['d x? i* m Y', ([d, , , m, Y], _, today) => { const given = 2_000 + number(Y); return exists(number(m), number(d)) && given >= yearOf(today) && given <= yearOf(today) + 2 ? period({ make: dated(number(m), number(d)), year: given }) : null; }],
  ['m i* d [-u] d ,? y?', ([m, , d1, , d2, , y]) => { const make = range(number(d1), number(d2), number(m)); return make && period({ make, ...year(y) }); }],
  ['m i* d x? ,? y?', ([m, , d, , , y]) => (exists(number(m), number(d)) ? period({ make: dated(number(m), number(d)), ...year(y) }) : null)],
  ['p -? i* m i* y?', ([p, , , m, , y], items) => period({ ...partOf(items, p, number(m)), ...year(y) })],
  ['p -? i* o n', ([p], items, today) => { const at = (Number(today.slice(5, 7)) % 12) + 1; return period(partOf(items, p, at)); }],
  ['p -? i* [tn]? o', ([p, , , nt], items, today) => { const at = nt?.[0]?.may.includes('n') === true ? (Number(today.slice(5, 7)) % 12) + 1 : Number(today.slice(5, 7)); return nt?.length ? period(partOf(items, p, at)) : null; }],
  ['n? m n? i* y?', ([, m, , , y]) => period({ make: months(number(m), number(m)), month: true, ...year(y) })],
  ['[nt]? i* s n? i* y?', ([nt, , s, n, , y]) => period({ make: seasonOf(number(s)), ...year(y), next: nt?.[0]?.may.includes('n') === true || n?.length === 1 })],
  ['y [-/] y', ([first, , second]) => (number(second) === number(first) + 1 ? span(dayOf(number(first), 9, 1), dayOf(number(second), 6, 30)) : null)],
  ['S i* c [-/] c', ([, , first, , second]) => (number(second) === number(first) + 1 ? span(dayOf(2000 + number(first), 9, 1), dayOf(2000 + number(second), 6, 30)) : null)],
  ['S i* D', ([, , D], items) => { const [first, second] = (itemAt(items, D)?.text ?? '').split('/').map(Number); return first !== undefined && second === first + 1 ? span(dayOf(2000 + first, 9, 1), dayOf(2000 + second, 6, 30)) : null; }],
  ['e? i* h i* y?', ([e, , h, , y], items) => {
    const make = feasts[senseOf(itemAt(items, h), 'feast') as Feast];
    return period({ make: e?.length === 1 ? (given) => { const [from, until] = make(given); return from === until ? weekendWith(from) : [from, until]; } : make, ...year(y), feast: true });
  }],
  ['h e', ([h], items) => { const make = feasts[senseOf(itemAt(items, h), 'feast') as Feast]; return period({ make: (given) => { const [from, until] = make(given); return from === until ? weekendWith(from) : [from, until]; } }); }],
  ['[xd] x? i* q i* y?', ([d, , , , , y]) => quarter(number(d), year(y))], ['q -? [cd] i* y?', ([, , d, , y]) => quarter(number(d), year(y))],
  ['[xd] x? i* g i* y?', ([d, , , g, , y], items) => (itemAt(items, g)?.text.startsWith('quinzaine') === true ? null : half(number(d), year(y)))],
  ['[xd] x? i* g i* m i* y?', ([d, , , , , m, , y]) => halfOfMonth(number(d), number(m), year(y))],
  ['k c i* y?', ([, c, , y]) => (number(c) <= 53 ? period({ make: (given) => { const monday = addDays(mondayOf(dayOf(given, 1, 4)), 7 * (number(c) - 1)); return [monday, addDays(monday, 6)]; }, ...year(y) }) : null)],
  ['n k', (_, __, today) => span(...ahead(today, 1, undefined7))], ['k n', (_, __, today) => span(...ahead(today, 1, undefined7))], ['t k', (_, __, today) => span(today, addDays(mondayOf(today), 6))],
  ['n o', (_, __, today) => span(...ahead(today, 1, undefined))], ['o n', (_, __, today) => span(...ahead(today, 1, undefined))], ['t o', (_, __, today) => span(today, monthEnd(yearOf(today), Number(today.slice(5, 7))))],
  ['t e', (_, __, today) => span(...weekend(today, 0))], ['n e', (_, __, today) => span(...weekend(today, 1))], ['e n', (_, __, today) => span(...weekend(today, 1))],
  ['T', ([T], items, today) => { const day = addDays(today, means(itemAt(items, T), 't.today') ? 0 : means(itemAt(items, T), 't.tomorrow') ? 1 : 2); return span(day, day); }],
  ['r c [kzo]', ([, c, unit], items, today) => span(...ahead(today, number(c), itemAt(items, unit)))], ['R i* c i* [kzo]', ([, , c, , unit], items, today) => span(...within(today, number(c), itemAt(items, unit)))],
  ['[ti]? [Rn] c i* [kzo]', ([, , c, , unit], items, today) => span(...within(today, number(c), itemAt(items, unit)))],
  ['L i* y?', ([, , y]) => period({ make: months(7, 8), ...year(y) })],
  ['i* j? y', ([, , y]) => span(dayOf(number(y), 1, 1), dayOf(number(y), 12, 31))],
] satisfies Rule[]);

/** Stands for "week" where the word was found already. */
const undefined7: Item = { text: '', sort: 'word', from: 0, until: 0, gap: '', capital: false, senses: [{ what: 't.week', value: '' }] };
const quarter = (which: number, given: { year?: number }): Partial<Cell> | null => (which >= 1 && which <= 4 ? period({ make: months(which * 3 - 2, which * 3), ...given }) : null);
const half = (which: number, given: { year?: number }): Partial<Cell> | null => (which === 1 || which === 2 || which === -1 ? period({ make: which === 1 ? months(1, 6) : months(7, 12), ...given }) : null);
const halfOfMonth = (which: number, month: number, given: { year?: number }): Partial<Cell> | null =>
  (which === 1 ? period({ make: fixed(month, 1, 15), ...given }) : which === 2 || which === -1 ? period({ make: (at) => [dayOf(at, month, 16), monthEnd(at, month)], late: true, ...given }) : null);
/** The weekend that runs or comes first, or the one after it; on a Sunday it is that day alone. */
function weekend(today: Day, after: number): Span {
  const saturday = addDays(mondayOf(today), 5 + 7 * after);
  return saturday < today ? [today, addDays(saturday, 1)] : [saturday, addDays(saturday, 1)];
}
/** The weekend beside a feast, and the feast with it. */
function weekendWith(day: Day): Span {
  const saturday = saturdayNear(day);
  const sunday = addDays(saturday, 1);
  return [day < saturday ? day : saturday, day > sunday ? day : sunday];
}
const season = (of: Period): boolean => { const [from, until] = of.make(2027); return daysBetween(from, until) > 31; };
const long = (of: Period): boolean => { const [from, until] = of.make(2027); return daysBetween(from, until) >= 7; };

/** When a period is: of those whose year is open the first that has not gone by on `since`. */
function resolve({ make, year: given, next }: Period, today: Day, since = today): Span {
  if (given !== undefined) return make(given);
  for (let at = yearOf(since) - 1; ; at += 1) {
    const [from, until] = make(at);
    if (next === true ? from > today : until >= since) return [from, until];
  }
}

const running = ([from, until]: Span, today: Day): Span => (from < today && today <= until ? [today, until] : [from, until]);

const joined: readonly Rule[] = ([
  ['f? i* w [-u] i* w', ([, , first, , , second]) => { const [from, until] = [number(first), number(second)]; return { may: 'w', weekdays: Array.from({ length: ((until - from + 7) % 7) + 1 }, (_, i) => ((from - 1 + i) % 7) + 1) }; }],
  ['x i* w i* P', ([x, , w, , P], _, today) => nth(P, number(x), [number(w), number(w)], today)], ['x i* e i* P', ([x, , , , P], _, today) => nth(P, number(x), [6, 7], today)],
  ['x i* k i* P', ([x, , , , P], _, today) => {
    const of = P?.[0]?.period;
    if (!of || !long(of)) return null;
    const [from, until] = resolve(of, today);
    const first = number(x) < 0 ? addDays(until, -6) : addDays(from, 7 * (number(x) - 1));
    return span(first, addDays(first, 6));
  }],
  ['k i* P', ([, , P], _, today) => { const of = P?.[0]?.period; if (!of || long(of)) return null; const monday = mondayOf(resolve(of, today)[0]); return span(monday, addDays(monday, 6)); }],
  ['A? [eE] i* P', ([, e, , P], _, today) => { const of = P?.[0]?.period; if (!of || e === undefined) return null; return long(of) ? { may: 'P', period: of, weekdays: [6, 7] } : period({ make: () => weekendWith(resolve(of, today)[0]), year: 1 }); }],
  ['b i* P [au] i* P', ([, , first, , , second], _, today) => reach(first, second, today)],
  ['f? i* P [-u/] i* P', ([, , first, , , second], _, today) => reach(first, second, today)], ['P [-uU] [-uU]? i* P', ([first, , , second], _, today) => reach(first, second, today)],
  ['P [a,/]? i* P [a,/]? i* P', ([first, , , , , , third], _, today) => (listedTogether(first, third, today) ? reach(first, third, today) : null)],
  ['P [a,/]? i* P', ([first, , , second], _, today) => (listedTogether(first, second, today) ? reach(first, second, today) : null)],
  ['[<] i* P', ([word, , P], items, today) => { const of = P?.[0]?.period; const exact = of && resolve(of, today); if (!exact || (itemAt(items, word)?.text === 'voor' && of.late !== true)) return null; return span(today, of.late === true ? exact[1] : addDays(exact[0], -1)); }],
  ['U i* P', ([, , P], _, today) => { const of = P?.[0]?.period; return of ? span(today, resolve(of, today)[1]) : null; }],
  ['> i* P', ([, , P], _, today) => { const of = P?.[0]?.period; const from = of && running(resolve(of, today), today)[0]; return from === undefined ? null : span(from, addDays(from, 365)); }],
] satisfies Rule[]);

/** Months and days that are said in a row: the second comes soon after the first. */
function listedTogether(first: readonly Cell[] | undefined, second: readonly Cell[] | undefined, today: Day): boolean {
  const [a, b] = [first?.[0]?.period, second?.[0]?.period];
  if (!a || !b || (a.year !== undefined && b.year === undefined && !a.month)) return false;
  const from = resolve(a, today);
  const gap = daysBetween(from[1], resolve(b, today, from[0])[0]);
  return gap >= 0 && gap <= (long(a) ? 31 : 15);
}

function reach(first: readonly Cell[] | undefined, second: readonly Cell[] | undefined, today: Day): Partial<Cell> | null {
  const [a, b] = [first?.[0]?.period, second?.[0]?.period];
  if (!a || !b) return null;
  if (a.year === undefined && b.year !== undefined) {
    const [, until] = b.make(b.year);
    const [same] = a.make(b.year);
    return span(same <= until ? same : a.make(b.year - 1)[0], until);
  }
  const [from, end] = running(resolve(a, today), today);
  const until = resolve(b, today, from)[1];
  return until < from ? span(from, end) : span(from, until);
}

/** The first Saturday of May, the last weekend of August. */
function nth(cells: readonly Cell[] | undefined, which: number, [first, last]: readonly [number, number], today: Day): Partial<Cell> | null {
  const of = cells?.[0]?.period;
  if (!of || !long(of)) return null;
  return period({ ...of, make: (given) => {
    const [from, until] = of.year === undefined ? of.make(given) : resolve(of, today);
    const start = addDays(from, (first - weekdayOf(from) + 7) % 7);
    const back = addDays(until, -((weekdayOf(until) - first + 7) % 7));
    const day = which < 0 ? back : addDays(start, 7 * (which - 1));
    return [day, addDays(day, last - first)];
  } });
}

const compiled = (rules: readonly Rule[]) => rules.map(([pattern, make]) => ({ parts: pattern.split(' '), make }));
const [simpleRules, joinedRules] = [compiled(simple), compiled(joined)];

/** Puts a cell in place of each match, the longest first. */
function reduce(cells: readonly Cell[], rules: typeof simpleRules, items: readonly Item[], today: Day): Cell[] {
  const out: Cell[] = [];
  for (let at = 0; at < cells.length;) {
    let best: { length: number; made: Partial<Cell> } | null = null;
    for (const { parts, make } of rules) {
      const found = match(cells, at, parts);
      const length = found?.flat().length ?? 0;
      if (found === null || length <= (best?.length ?? 0)) continue;
      const made = make(found, items, today);
      if (made !== null) best = { length, made };
    }
    if (best === null) {
      out.push(cells[at] as Cell);
      at += 1;
    } else {
      const used = cells.slice(at, at + best.length).flatMap((cell) => cell.items);
      out.push({ may: 'P', items: used, ...best.made });
      at += best.length;
    }
  }
  return out;
}

/** "Next year" is a year. */
function years(cells: readonly Cell[], today: Day): Cell[] {
  const out: Cell[] = [];
  for (let at = 0; at < cells.length; at += 1) {
    const found = match(cells, at, ['n', 'j']) ?? match(cells, at, ['j', 'n']) ?? match(cells, at, ['t', 'j']);
    const [first, second] = [cells[at], cells[at + 1]];
    if (found !== null && first !== undefined && second !== undefined) {
      out.push({ may: 'y', items: [...first.items, ...second.items], number: yearOf(today) + (`${first.may}${second.may}`.includes('n') ? 1 : 0) });
      at += 1;
    } else if (first !== undefined) out.push(first);
  }
  return out;
}

/** Short names of weekdays mean other things as well: they count before a day in figures, in pairs, and before a full stop and a period. */
function shortDays(cells: readonly Cell[], items: readonly Item[]): Cell[] {
  return cells.map((cell, at) => {
    if (!cell.may.includes('v')) return cell;
    const [before, after, afterNext] = [cells[at - 1], cells[at + 1], cells[at + 2]];
    const dotted = items[(cell.items[0] ?? 0) + 1]?.gap.startsWith('.') === true && items[cell.items[0] ?? 0]?.gap !== '';
    const paired = (/[-/au]/.test(after?.may ?? '') && afterNext?.may.includes('v') === true) || (/[-/au]/.test(before?.may ?? '') && cells[at - 2]?.may.includes('v') === true);
    const dated7 = /[dD]/.test(after?.may ?? '');
    return paired || dated7 || (dotted && /[dDim]/.test(after?.may ?? '')) ? { ...cell, may: 'w', number: Number(senseOf(items[cell.items[0] ?? 0], 'shortDay')), short: true } : cell;
  });
}

/** The days that a text asks for. `free` says which items nothing else has taken. */
export function daysIn(items: readonly Item[], today: Day, free: (at: number) => boolean): Said {
  const start = years(shortDays(cellsOf(items, free), items), today);
  // A number before a full year is a number of something.
  const cells = reduce(reduce(start, simpleRules, items, today), joinedRules, items, today);
  const used = new Set<number>();
  let asked: Span | null = null;
  const weekdays = new Set<number>();
  let [any, bare] = [false, 0];
  const periods = cells.filter((cell) => cell.period && cell.may === 'P');
  const first = periods[0]?.period?.feast === true ? periods.find(({ period: of }) => of && of.feast !== true && of.month !== true && !season(of)) ?? periods[0] : periods[0];
  for (const [at, cell] of cells.entries()) {
    if (cell.period && cell.may === 'P') {
      if (cell !== first) {
        if (cell.period.feast === true && cell === periods[0]) for (const item of cell.items) used.add(item);
        continue;
      }
      const exact = resolve(cell.period, today);
      asked = running(exact, today);
      for (const item of cell.items) used.add(item);
      for (const day of cell.weekdays ?? []) weekdays.add(day);
    } else if (cell.may.includes('w')) {
      const listed = cell.weekdays ?? [cell.number ?? 0];
      for (const day of listed) if (day >= 1) weekdays.add(day);
      bare += listed.length;
      any ||= cell.may.includes('W') || cells[at - 1]?.may.includes('A') === true || (cells[at - 1]?.may.includes('x') === true && cells[at - 2]?.may.includes('A') === true);
      for (const item of cell.items) used.add(item);
    } else if (cell.may.includes('E') || cell.may.includes('e')) {
      const many = cell.may.includes('E') || cells[at - 1]?.may.includes('A') === true;
      if (!many && asked === null && !cells.some(({ period: of }) => of)) asked = weekend(today, 0);
      else for (const day of [6, 7]) weekdays.add(day);
      any ||= many;
      for (const item of cell.items) used.add(item);
    }
  }
  return { days: together(asked, [...weekdays].sort(), { any: any || bare > 1, today }), used };
}

function together(asked: Span | null, weekdays: readonly number[], { any, today }: { any: boolean; today: Day }): Days | null {
  if (asked === null) {
    if (weekdays.length === 0) return null;
    if (any || weekdays.length > 1) return { from: today, until: addDays(today, 365), weekdays };
    const day = addDays(today, (((weekdays[0] ?? 1) - weekdayOf(today) + 6) % 7) + 1);
    return { from: day, until: day, weekdays: [] };
  }
  const [from, until] = asked;
  const length = daysBetween(from, until);
  if (length >= 7) return { from, until, weekdays };
  const within7 = Array.from({ length: length + 1 }, (_, i) => addDays(from, i)).filter((day) => weekdays.includes(weekdayOf(day)));
  const only = within7.length === 1 && length > 0 ? within7[0] : undefined;
  return only === undefined ? { from, until, weekdays: [] } : { from: only, until: only, weekdays: [] };
}

/** A day that any calendar has, else nothing: callers pass what a browser says. */
export const calendarDay = (day: Day): Day | null => (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(fromDay(day).getTime()) && toDay(fromDay(day)) === day ? day : null);
