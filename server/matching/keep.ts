import { GENRES, belowOf, familyOf, parentOf } from '../profiles/genres.ts';
import type { Day } from '../core/time.ts';
import { directoryOver, type Directory } from './directory.ts';
import type { Seen } from './filters.ts';
import { genreNumber } from './kin.ts';
import { numbersFrom, writeArtist, writePlace, type ArtistProfile, type Base, type PlaceProfile } from './profile.ts';
import { isAlive, mark, openMemory, shelfOver, sortAll, sortIn, sortOut, unmark, writing, type Memory, type Shelf } from './store.ts';

const families = GENRES.filter((genre) => parentOf(genre) === undefined);
const familyNumbers = new Map(families.map((name, i) => [name, i]));

/** Numbers of genres and of all that lie below them, and of their families: what a search for them needs. Names that are not kept are none. */
export function numbersOf(genres: readonly string[]): { readonly genres: readonly number[]; readonly families: readonly number[] } {
  const all = [...new Set(genres.flatMap((genre) => belowOf(genre)))].filter((genre) => genreNumber(genre) >= 0);
  return { genres: all.map(genreNumber), families: familiesOf(all) };
}
const familiesOf = (genres: readonly string[]): number[] => [...new Set(genres.flatMap((genre) => familyNumbers.get(familyOf(genre)) ?? []))];

/** One side's profiles in memory: who writes here writes for the threads too. */
export interface Keep {
  readonly memory: Memory;
  readonly shelf: Shelf;
  readonly directory: Directory;
  /** Lays a profile out, or anew; who is not proposed has a row to seek from, and is never found. False when the memory is full. */
  readonly put: (id: string, profile: ArtistProfile | PlaceProfile, proposed: boolean) => boolean;
  readonly drop: (id: string) => void;
  /** Many at once, into empty memory: sorted at the end. */
  readonly fill: (profiles: Iterable<{ readonly id: string; readonly profile: ArtistProfile | PlaceProfile; readonly proposed: boolean }>) => void;
  readonly settle: () => void;
  /** How often rows have been given to somebody; a row given after that belongs to another than whom a search found there. */
  readonly given: () => number;
  readonly givenSince: (row: number, count: number) => boolean;
}

/** What numbers stand for in memory that begins on `origin`: names that are only compared are numbered as they come, after those that were. */
export function openBase(origin: Day, names = new Map<string, number>()): Base {
  return { origin, days: numbersFrom(origin), genre: genreNumber, names, name: (name) => {
    const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
    const number = names.get(plain) ?? names.size;
    names.set(plain, number);
    // Beyond what a column holds they are one: nobody has so many.
    return Math.min(number, 65_534);
  } };
}

/** Memory for `rows` profiles of a side. Row 0 stays empty: it stands for who has no profile. */
export function openKeep(side: Seen, rows: number, base: Base): Keep {
  const memory = openMemory(side, rows + 1, families.length);
  const keep = keepOver(memory, base);
  keep.shelf.control[1] = 1;
  return keep;
}

/** The same over memory that somebody else filled, and writes to no more. */
export function keepOver(memory: Memory, base: Base): Keep {
  const { side } = memory;
  const shelf = shelfOver(memory);
  const directory = directoryOver(memory.directory);
  const free: number[] = [];
  let given = 0;
  /** Of rows that somebody else had before, when they were given last. */
  const againAt = new Map<number, number>();
  const rowFor = (id: string): number => {
    const before = directory.rowOf(id);
    if (before >= 0) return before;
    const again = free.pop();
    const row = again ?? shelf.control[1] ?? memory.rows;
    if (row >= memory.rows) return -1;
    shelf.control[1] = Math.max(shelf.control[1] ?? 0, row + 1);
    directory.put(id, row);
    given += 1;
    if (again !== undefined) againAt.set(row, given);
    return row;
  };
  const write = (row: number, profile: ArtistProfile | PlaceProfile, proposed: boolean): void => {
    if (side === 'artist') writeArtist(shelf.columns, row, { profile: profile as ArtistProfile, base });
    else writePlace(shelf.columns, row, { profile: profile as PlaceProfile, base });
    if (proposed) mark(shelf, row, familiesOf(profile.genres));
  };
  const put: Keep['put'] = (id, profile, proposed) => {
    const row = rowFor(id);
    if (row < 0) return false;
    writing(shelf, () => {
      if (isAlive(shelf, row)) { sortOut(shelf, row); unmark(shelf, row); }
      write(row, profile, proposed);
      if (proposed) sortIn(shelf, row);
    });
    return true;
  };
  return {
    memory, shelf, directory, put,
    given: () => given,
    givenSince: (row, count) => (againAt.get(row) ?? 0) > count,
    drop: (id) => {
      const row = directory.rowOf(id);
      if (row < 0) return;
      writing(shelf, () => {
        if (isAlive(shelf, row)) { sortOut(shelf, row); unmark(shelf, row); }
        directory.drop(id);
      });
      free.push(row);
    },
    fill: (profiles) => {
      for (const { id, profile, proposed } of profiles) {
        const row = rowFor(id);
        if (row >= 0) write(row, profile, proposed);
      }
    },
    settle: () => { writing(shelf, () => { sortAll(shelf); }); },
  };
}
