import assert from 'node:assert/strict';
import { artistForms, columnsOver, FLAGS, layOut, placeForms, unknown, type ArtistColumns, type PlaceColumns } from './columns.ts';
import { inEuros } from './criteria/budget.ts';
import { layDirectory, type DirectoryMemory } from './directory.ts';
import { AUDIENCES, LEVELS, LYRICS, PLACE_KINDS, SETTINGS, type Seen } from './filters.ts';

/** What can be counted without looking at a row: a bit for each profile under each of these names. */
const facetGroups = { kinds: PLACE_KINDS, levels: LEVELS, settings: SETTINGS, audiences: AUDIENCES, lyrics: LYRICS, flags: FLAGS } as const;
export type FacetGroup = keyof typeof facetGroups | 'families' | 'alive';

/** Where the facets of a group begin; families of genres come last, as many as there are. */
const starts = new Map<FacetGroup, number>([['alive', 0]]);
let facetCount = 1;
for (const [group, names] of Object.entries(facetGroups)) { starts.set(group as FacetGroup, facetCount); facetCount += names.length; }
starts.set('families', facetCount);

/** The memory of one side's profiles, as it is shared with threads. `control` holds a number that is odd while something is written, and how many rows are in use. */
export interface Memory {
  readonly side: Seen;
  readonly rows: number;
  readonly families: number;
  readonly columns: Readonly<Record<string, SharedArrayBuffer>>;
  readonly facets: SharedArrayBuffer;
  readonly sorted: Readonly<Record<SortedBy, SharedArrayBuffer>>;
  readonly control: SharedArrayBuffer;
  /** Which organisation has which row. */
  readonly directory: DirectoryMemory;
}

/** By which numbers rows stand sorted, so that a narrow search begins with few: height on the globe, what is asked or paid, people. */
export type SortedBy = 'height' | 'money' | 'people';
const orders: readonly SortedBy[] = ['height', 'money', 'people'];

/** Profiles of one side to be searched: their columns, bitmaps and sorted rows over shared memory. */
export interface Shelf {
  readonly memory: Memory;
  readonly columns: ArtistColumns & PlaceColumns;
  readonly facets: Uint32Array;
  readonly sorted: Readonly<Record<SortedBy, Uint32Array>>;
  /** [0] odd while something is written; [1] rows in use, those of profiles that went included; [2] profiles. */
  readonly control: Int32Array;
}

/** Such memory for `rows` profiles at most. */
export function openMemory(side: Seen, rows: number, families: number): Memory {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes);
  const whole = Math.ceil(rows / 32) * 32;
  return {
    side, rows: whole, families, columns: layOut(formsOf(side), whole), facets: shared((facetCount + families) * (whole / 8)),
    sorted: { height: shared(whole * 4), money: shared(whole * 4), people: shared(whole * 4) }, control: shared(16), directory: layDirectory(whole),
  };
}

const formsOf = (side: Seen) => (side === 'artist' ? artistForms : placeForms);

const view = <T>(kind: new (memory: ArrayBuffer) => T, memory: SharedArrayBuffer): T => new kind(memory as unknown as ArrayBuffer);

/** Bytes that a side's memory takes. */
export const bytesOf = ({ facets, control, columns, sorted, directory }: Memory): number =>
  [facets, control, ...Object.values(columns), ...Object.values(sorted), directory.slots, directory.ids].reduce((sum, one) => sum + one.byteLength, 0);

/** The profiles over such memory. */
export const shelfOver = (memory: Memory): Shelf => ({
  // Either side's columns: who asks for one that the other has gets none.
  memory, columns: columnsOver(formsOf(memory.side), memory.columns) as unknown as ArtistColumns & PlaceColumns, facets: view(Uint32Array, memory.facets),
  sorted: { height: view(Uint32Array, memory.sorted.height), money: view(Uint32Array, memory.sorted.money), people: view(Uint32Array, memory.sorted.people) }, control: view(Int32Array, memory.control),
});

/** The words of a facet. */
export const facet = ({ facets, memory }: Shelf, group: FacetGroup, index: number): Uint32Array =>
  facets.subarray(((starts.get(group) ?? 0) + index) * (memory.rows / 32), ((starts.get(group) ?? 0) + index + 1) * (memory.rows / 32));

/** The number by which a row stands in an order; what is not known stands last. */
function keyOf({ columns, memory }: Shelf, by: SortedBy, row: number): number {
  if (by === 'height') return columns.z[row] === columns.z[row] ? columns.z[row] ?? 9 : 9;
  const [low, high] = ends(memory.side, by);
  const one = columns[low][row];
  const other = columns[high][row];
  const none = by === 'money' ? unknown.u32 : unknown.u16;
  const value = one === none || one === undefined ? other : one;
  return value === none || value === undefined ? Infinity : by === 'money' ? inEuros(value, columns.currency[row]) : value;
}

/** The columns of a range: what an artist asks or a place pays, whom it plays for or how many it holds. */
export function ends(side: Seen, by: 'money' | 'people'): readonly ['feeMin' | 'budgetMin' | 'audienceMin' | 'capacity', 'feeMax' | 'budgetMax' | 'audienceMax' | 'capacity'] {
  if (by === 'money') return side === 'artist' ? ['feeMin', 'feeMax'] : ['budgetMin', 'budgetMax'];
  return side === 'artist' ? ['audienceMin', 'audienceMax'] : ['capacity', 'capacity'];
}

/** Writes in one piece: who reads meanwhile begins anew. */
export function writing(shelf: Shelf, work: () => void): void {
  Atomics.add(shelf.control, 0, 1);
  try {
    work();
  } finally {
    Atomics.add(shelf.control, 0, 1);
  }
}

/** Puts the row into its facets, and those of its genres' families. */
export function mark(shelf: Shelf, row: number, families: readonly number[]): void {
  const { columns } = shelf;
  const bit = (group: FacetGroup, index: number, on: boolean) => { setBit(facet(shelf, group, index), row, on); };
  bit('alive', 0, true);
  if (shelf.memory.side === 'place') PLACE_KINDS.forEach((_, i) => { bit('kinds', i, columns.kind[row] === i); });
  LEVELS.forEach((_, i) => { bit('levels', i, columns.level[row] === i); });
  SETTINGS.forEach((_, i) => { bit('settings', i, (((columns.settings[row] ?? 0) >> i) & 1) === 1); });
  AUDIENCES.forEach((_, i) => { bit('audiences', i, (((columns.audiences[row] ?? 0) >> i) & 1) === 1); });
  LYRICS.forEach((_, i) => { bit('lyrics', i, (((columns.lyrics[row] ?? 0) >> i) & 1) === 1); });
  FLAGS.forEach((_, i) => { bit('flags', i, (((columns.flags[row] ?? 0) >> i) & 1) === 1); });
  for (let i = 0; i < shelf.memory.families; i += 1) bit('families', i, families.includes(i));
}

/** Takes the row out: nobody finds it any more. */
export function unmark(shelf: Shelf, row: number): void {
  setBit(facet(shelf, 'alive', 0), row, false);
}

/** Whether a row holds a profile. */
export const isAlive = (shelf: Shelf, row: number): boolean => (((facet(shelf, 'alive', 0)[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;

function setBit(set: Uint32Array, at: number, on: boolean): void {
  const word = set[at >>> 5] ?? 0;
  set[at >>> 5] = on ? word | (1 << (at & 31)) : word & ~(1 << (at & 31));
}

/** Puts a row where it belongs in each order. It is not there yet. */
export function sortIn(shelf: Shelf, row: number): void {
  const count = shelf.control[2] ?? 0;
  for (const by of orders) {
    const order = shelf.sorted[by];
    const at = firstAbove(shelf, by, { key: keyOf(shelf, by, row), count });
    order.copyWithin(at + 1, at, count);
    order[at] = row;
  }
  shelf.control[2] = count + 1;
}

/** Takes a row out of each order; its columns are still those by which it was sorted in. */
export function sortOut(shelf: Shelf, row: number): void {
  const count = shelf.control[2] ?? 0;
  for (const by of orders) {
    const order = shelf.sorted[by];
    let at = firstAbove(shelf, by, { key: keyOf(shelf, by, row), count, below: true });
    while (at < count && order[at] !== row) at += 1;
    assert(at < count, 'a row stands in every order');
    order.copyWithin(at, at + 1, count);
  }
  shelf.control[2] = count - 1;
}

/** Sorts all rows anew, after many were laid out. */
export function sortAll(shelf: Shelf): void {
  const rows: number[] = [];
  for (let row = 0; row < (shelf.control[1] ?? 0); row += 1) if (isAlive(shelf, row)) rows.push(row);
  for (const by of orders) {
    const keys = Float64Array.from({ length: shelf.control[1] ?? 0 }, (_, row) => keyOf(shelf, by, row));
    shelf.sorted[by].set(Uint32Array.from(rows).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b));
  }
  shelf.control[2] = rows.length;
}

/** The first place in an order whose key is above `key`; with `below`, not under it. */
export function firstAbove(shelf: Shelf, by: SortedBy, { key, count, below = false }: { key: number; count: number; below?: boolean }): number {
  const order = shelf.sorted[by];
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = keyOf(shelf, by, order[middle] ?? 0);
    if (below ? found < key : found <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}
