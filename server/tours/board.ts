import assert from 'node:assert/strict';
import { kilometres } from '../roads/crow.ts';
import { worthOfCall, type Call, type Ground } from './ground.ts';
import { Ways } from './legs.ts';
import { CANNIBAL, type Spot } from './question.ts';

/** What a tour is while it is looked for: by artist its shows in order of days, those that stand among them. */
export type Board = readonly (readonly Call[])[];

/** The ways of every artist. */
export const waysOf = (ground: Ground): readonly Ways[] => ground.question.artists.map((_, artist) => new Ways(ground, artist));

/** Shows in order of days. */
export const inOrder = (calls: readonly Call[]): Call[] => [...calls].sort((one, other) => one.day - other.day);

const nears = new WeakMap<readonly Spot[], ReadonlyMap<number, number>>();

/** Every two places that are near each other, either way round, with how far they are apart. */
function nearOf(spots: readonly Spot[]): ReadonlyMap<number, number> {
  const known = nears.get(spots);
  if (known) return known;
  const near = new Map<number, number>();
  spots.forEach((one, i) => {
    spots.forEach((other, j) => {
      if (j < i || Math.abs(one.lat - other.lat) > 1) return;
      const km = kilometres(one, other);
      if (km < CANNIBAL.km) near.set(i * spots.length + j, km).set(j * spots.length + i, km);
    });
  });
  nears.set(spots, near);
  return near;
}

/** Two artists of one public within sixty kilometres and a week of each other. */
export function cannibals(ground: Ground, one: Call, other: Call): number | null {
  if (one.artist === other.artist || Math.abs(one.day - other.day) > CANNIBAL.days) return null;
  const { artists } = ground.question;
  const [mine, theirs] = [artists[one.artist]?.audience ?? '', artists[other.artist]?.audience ?? ''];
  if (mine === '' || mine !== theirs) return null;
  return nearness(ground, one.place, other.place);
}

/** How far two places are apart, in kilometres, if that is near enough to take each other's public; else null. */
export const nearness = ({ question: { spots } }: Ground, one: number, other: number): number | null => nearOf(spots).get(one * spots.length + other) ?? null;

/** What a board is worth: prices less commission, ways, and what all weights make of it. Shows that nobody can get to count as they stand, with their ways left out; `-Infinity` is never said. */
export function worthOf(ground: Ground, ways: readonly Ways[], board: Board): number {
  let worth = 0;
  board.forEach((calls, artist) => { worth += worthOfArtist(ways[artist] ?? assert.fail(), calls); });
  return worth - cannibalMinor(ground, board);
}

/** What the shows of one artist are worth, others left aside. */
export function worthOfArtist(ways: Ways, calls: readonly Call[]): number {
  let worth = 0;
  let before: Call | null = null;
  for (const call of calls) {
    worth += worthOfCall(call) - finite(ways.cost(before, call));
    before = call;
  }
  return before ? worth - finite(ways.cost(before, null)) : worth;
}

/** A way that is none costs more than any show brings. */
const finite = (cost: number): number => (cost === Infinity ? 1e9 : cost);

/** What is counted against artists of one public who come near each other. */
function cannibalMinor(ground: Ground, board: Board): number {
  const { cannibal } = ground.question.weights;
  if (cannibal === 0 || board.length < 2) return 0;
  return cannibal * pairsOf(ground, board).length;
}

/** Every two of them, with how far they are apart. */
export function pairsOf(ground: Ground, board: Board): { readonly one: Call; readonly other: Call; readonly km: number }[] {
  const publics = new Map<string, number[]>();
  ground.question.artists.forEach(({ audience }, artist) => { publics.set(audience, [...publics.get(audience) ?? [], artist]); });
  return [...publics].flatMap(([audience, artists]) => {
    const all = audience === '' || artists.length < 2 ? [] : inOrder(artists.flatMap((artist) => board[artist] ?? []));
    const pairs: { one: Call; other: Call; km: number }[] = [];
    all.forEach((one, i) => {
      for (let j = i + 1; j < all.length; j += 1) {
        const other = all[j] ?? assert.fail();
        if (other.day - one.day > CANNIBAL.days) break;
        const km = cannibals(ground, one, other);
        if (km !== null) pairs.push({ one, other, km });
      }
    });
    return pairs;
  });
}
