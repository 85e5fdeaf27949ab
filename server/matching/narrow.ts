import { EARTH_KM } from '../roads/crow.ts';
import { unknown, words } from './columns.ts';
import { inEuros } from './criteria/budget.ts';
import { AUDIENCES, LEVELS, LYRICS, PLACE_KINDS, SETTINGS, type Between, type Filters } from './filters.ts';
import { ends, facet, firstAbove, type FacetGroup, type Shelf, type SortedBy } from './store.ts';
import { FLAGS } from './columns.ts';

/** A search's filters as numbers: what a thread needs to narrow a shelf down. It crosses to threads as it is. */
export interface Narrow {
  readonly filters: Filters;
  /** Numbers of the genres asked for and of all below them, and of their families. */
  readonly genres: readonly number[];
  readonly families: readonly number[];
  /** The days asked for, as words of the calendar; null when none were. */
  readonly days: Uint32Array | null;
  /** Part `part` of `parts` of the rows, for threads that share a search. */
  readonly part: number;
  readonly parts: number;
}

const rad = Math.PI / 180;

/**
 * The rows that meet all filters, rising. Bitmaps are joined first; where a sorted order leaves fewer rows than they do, those are looked at
 * one by one.
 */
export function narrow(shelf: Shelf, ask: Narrow): Uint32Array {
  const rows = shelf.control[1] ?? 0;
  const all = Math.ceil(rows / 32);
  const [from, until] = [Math.floor((all * ask.part) / ask.parts), Math.floor((all * (ask.part + 1)) / ask.parts)];
  const meets = test(shelf, ask);
  const few = fewest(shelf, ask);
  const sets = bitmaps(shelf, ask.filters, ask.families);
  if (few && few.length < ((until - from) * 32) / 8) {
    const found = few.filter((row) => row >= from * 32 && row < until * 32 && sets.every((any) => any.some((set) => (((set[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1)) && meets(row));
    return found.sort();
  }
  const found = new Uint32Array((until - from) * 32);
  let count = 0;
  for (let word = from; word < until; word += 1) {
    let left = ~0;
    for (const any of sets) {
      let either = 0;
      for (const set of any) either |= set[word] ?? 0;
      left &= either;
      if (left === 0) break;
    }
    while (left !== 0) {
      const bit = left & -left;
      const row = word * 32 + 31 - Math.clz32(bit);
      left ^= bit;
      if (meets(row)) { found[count] = row; count += 1; }
    }
  }
  return found.subarray(0, count);
}

/** The bitmaps to be met: one of each list. */
function bitmaps(shelf: Shelf, filters: Filters, families: readonly number[]): Uint32Array[][] {
  const some = <T>(group: FacetGroup, all: readonly T[], asked: readonly T[]) => (asked.length === 0 ? [] : [asked.map((one) => facet(shelf, group, all.indexOf(one)))]);
  const flag = (name: (typeof FLAGS)[number], asked: boolean) => (asked ? [[facet(shelf, 'flags', FLAGS.indexOf(name))]] : []);
  return [
    [facet(shelf, 'alive', 0)],
    ...(shelf.memory.side === 'place' ? some('kinds', PLACE_KINDS, filters.kinds) : []),
    ...some('levels', LEVELS, filters.levels), ...some('settings', SETTINGS, filters.settings), ...some('audiences', AUDIENCES, filters.audiences), ...some('lyrics', LYRICS, filters.lyrics),
    ...flag('family', filters.family), ...flag('outdoor', filters.outdoor), ...flag('verified', filters.verified),
    ...(filters.genres.length === 0 ? [] : [families.map((one) => facet(shelf, 'families', one))]),
  ];
}

/** The rows of the narrowest sorted order, when there is one. */
function fewest(shelf: Shelf, { filters }: Narrow): Uint32Array | null {
  const count = shelf.control[2] ?? 0;
  const spans: { by: SortedBy; from: number; until: number }[] = [];
  const span = (by: SortedBy, low: number, high: number) => {
    spans.push({ by, from: firstAbove(shelf, by, { key: low, count, below: true }), until: firstAbove(shelf, by, { key: high, count }) });
  };
  if (filters.near) {
    const angle = (filters.near.km / EARTH_KM) / rad;
    span('height', Math.sin(Math.max(-90, filters.near.lat - angle) * rad) - 1e-6, Math.sin(Math.min(90, filters.near.lat + angle) * rad) + 1e-6);
  }
  if (filters.fee.max !== null) span('money', -Infinity, inEuros(filters.fee.max, filters.fee.currency === 'CHF' ? 1 : 0));
  if (filters.capacity.max !== null && shelf.memory.side === 'place') span('people', -Infinity, filters.capacity.max);
  const [best] = spans.sort((a, b) => a.until - a.from - (b.until - b.from));
  return best ? shelf.sorted[best.by].slice(best.from, best.until) : null;
}

const isOpen = ({ min, max }: Between): boolean => min === null && max === null;

/** What a row has to meet beyond the bitmaps. What is not known is left out where it is asked for. */
function test(shelf: Shelf, { filters, genres, days }: Narrow): (row: number) => boolean {
  const { columns, memory } = shelf;
  const tests: ((row: number) => boolean)[] = [];
  if (filters.near) {
    const { lat, lng, km } = filters.near;
    const [x, y, z] = [Math.cos(lat * rad) * Math.cos(lng * rad), Math.cos(lat * rad) * Math.sin(lng * rad), Math.sin(lat * rad)];
    const chord = (2 * Math.sin(Math.min(Math.PI / 2, km / EARTH_KM / 2))) ** 2;
    tests.push((row) => ((columns.x[row] ?? NaN) - x) ** 2 + ((columns.y[row] ?? NaN) - y) ** 2 + ((columns.z[row] ?? NaN) - z) ** 2 <= chord);
  }
  if (filters.genres.length > 0) {
    const wanted = new Set(genres);
    tests.push((row) => {
      for (let i = row * 4; i < row * 4 + 4; i += 1) if (wanted.has(columns.genres[i] ?? unknown.u16)) return true;
      return false;
    });
  }
  if (days) tests.push((row) => {
    for (let w = 0; w < words; w += 1) if (((days[w] ?? 0) & ~(columns.busy[row * words + w] ?? 0)) !== 0) return true;
    return false;
  });
  if (!isOpen(filters.fee)) {
    const [low, high] = ends(memory.side, 'money');
    const franc = filters.fee.currency === 'CHF' ? 1 : 0;
    tests.push(range({ low: columns[low], high: columns[high], none: unknown.u32, min: inEuros(filters.fee.min ?? 0, franc), max: inEuros(filters.fee.max ?? Infinity, franc), worth: (value, row) => inEuros(value, columns.currency[row]) }));
  }
  if (!isOpen(filters.capacity)) {
    const [low, high] = ends(memory.side, 'people');
    tests.push(range({ low: columns[low], high: columns[high], none: unknown.u16, min: filters.capacity.min ?? 0, max: filters.capacity.max ?? Infinity, worth: (value) => value }));
  }
  if (memory.side === 'artist' && !isOpen(filters.lineUp)) tests.push(range({ low: columns.lineUp, high: columns.lineUp, none: unknown.u8, min: filters.lineUp.min ?? 0, max: filters.lineUp.max ?? Infinity, worth: (value) => value }));
  if (filters.ratingMin > 0) tests.push((row) => (columns.ratings[row] ?? 0) > 0 && (columns.stars[row] ?? unknown.u8) !== unknown.u8 && (columns.stars[row] ?? 0) >= filters.ratingMin * 50);
  if (filters.answerHoursMax > 0) tests.push((row) => (columns.answer[row] ?? unknown.u16) <= filters.answerHoursMax * 4);
  return (row) => {
    for (const one of tests) if (!one(row)) return false;
    return true;
  };
}

/** Whether a row's own range meets the one that is asked for; an end that it did not say is the other. */
function range({ low, high, none, min, max, worth }: { low: Uint8Array | Uint16Array | Uint32Array; high: Uint8Array | Uint16Array | Uint32Array; none: number; min: number; max: number; worth: (value: number, row: number) => number }): (row: number) => boolean {
  return (row) => {
    const [one, other] = [low[row] ?? none, high[row] ?? none];
    if (one === none && other === none) return false;
    const [from, until] = [worth(one === none ? other : one, row), worth(other === none ? one : other, row)];
    return from <= max && until >= min;
  };
}
