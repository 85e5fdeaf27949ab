import { rng, shuffled } from '../core/rng.ts';
import { daysBetween } from '../core/time.ts';
import { waysOf, worthOf, type Board } from './board.ts';
import { groundOf, visitOf, worthOfCall, type Call, type Ground } from './ground.ts';
import { holding } from './mend.ts';
import type { Question, Visit } from './question.ts';
import { boardOf, reckon, visitsOf } from './reckon.ts';
import { search, type FoundBoard, type Quest } from './search.ts';

/** How many tours are wanted, how much of their shows any two may share (a part of those of the one that has fewer, 0 to 1), and how to look for each: `effort` for each tour, as a search counts it, so that seed and effort say them. */
export interface Looking {
  readonly seed: number;
  readonly count: number;
  readonly share: number;
  readonly effort: number;
  readonly cancelled?: () => boolean;
  readonly onProgress?: (progress: { readonly spent: number; readonly variant: number; readonly worthMinor: number; readonly marginMinor: number; readonly shows: number }) => void;
  readonly from?: readonly Visit[];
}

/** What earlier tours have is worth so much less to the next, one try after another; then as much as need be is barred, and at last all. */
const TRIES = [0.93, 0.8, 'some', 'all'] as const;

/** Tours that differ, the best first as far as the search finds it; fewer than were wanted where nothing of worth is left. Without the shows that stand. `missed` are pins that cannot be kept. */
export function planTours(question: Question, looking: Looking): { readonly variants: readonly (readonly Visit[])[]; readonly missed: readonly Visit[] } {
  const ground = groundOf(question);
  const found: FoundBoard[] = [];
  for (let variant = 0; variant < looking.count && !(variant > 0 && looking.cancelled?.()); variant += 1) {
    const tell = teller(ground, looking, variant);
    const next = variant === 0
      ? search(ground, { seed: looking.seed, effort: looking.effort, ...(looking.cancelled && { cancelled: looking.cancelled }), onProgress: tell(0, 1), ...(looking.from && { from: holding(ground, boardOf(ground, looking.from).board) }) })
      : another(ground, found, looking, variant, tell);
    if (variant > 0 && (!next || shownOf(next.board).length === 0)) break;
    if (next) found.push(next);
  }
  const ways = waysOf(ground);
  const sorted = [...found].sort((one, other) => worthOf(ground, ways, other.board) - worthOf(ground, ways, one.board));
  return { variants: sorted.map(({ board }) => visitsOf(ground, board)), missed: (found[0]?.missed ?? []).map((call) => visitOf(ground, call)) };
}

/** What tours may share: shows that stand and pins are in all, and count in none. */
const shownOf = (board: Board, held?: ReadonlySet<string>): string[] => board.flat().filter(({ fixed }) => fixed === null).map(pairOf).filter((pair) => !held?.has(pair));
const pairOf = ({ venue, day }: Call): string => `${venue} ${day}`;

/** How much of the shorter of two tours is in the other as well, 0 to 1: its venues on their days. */
export function shareOf(one: readonly Visit[], other: readonly Visit[]): number {
  const pair = ({ venue, day }: Visit) => `${venue} ${day}`;
  const theirs = new Set(other.map(pair));
  const least = Math.min(one.length, other.length);
  return least === 0 ? 0 : one.filter((visit) => theirs.has(pair(visit))).length / least;
}

/** A tour that keeps its distance from those that were found; null when none does. */
function another(ground: Ground, found: readonly FoundBoard[], looking: Looking, variant: number, tell: ReturnType<typeof teller>): FoundBoard | null {
  const held = new Set(ground.question.pins.flatMap((pin) => { const venue = ground.venueAt.get(pin.venue); return venue === undefined ? [] : [`${venue} ${daysBetween(ground.question.from, pin.day)}`]; }));
  const earlier = found.map(({ board }) => new Set(shownOf(board, held)));
  const all = new Set(earlier.flatMap((one) => [...one]));
  const distant = (board: Board) => {
    const own = shownOf(board, held);
    return earlier.every((one) => own.filter((pair) => one.has(pair)).length <= looking.share * Math.min(own.length, one.size) + 1e-9);
  };
  const common = { ...(looking.cancelled && { cancelled: looking.cancelled }) };
  let next: FoundBoard | null = null;
  for (const [at, way] of TRIES.entries()) {
    const barred = way === 'some' ? spared(earlier, looking.share, looking.seed + variant) : all;
    const taste: NonNullable<Quest['taste']> = (call) => {
      if (held.has(pairOf(call)) || !(typeof way === 'number' ? all : barred).has(pairOf(call))) return worthOfCall(call);
      return typeof way === 'number' ? Math.round(worthOfCall(call) * way) : null;
    };
    const tried = search(ground, { seed: looking.seed + 31 * variant + at, effort: Math.max(1, Math.round(looking.effort / 3)), taste, onProgress: tell(at / (TRIES.length + 1), 1 / (TRIES.length + 1)), ...common });
    if (!distant(tried.board)) continue;
    next = tried;
    break;
  }
  if (!next) return null;
  // What it has of them it may keep, the rest of them it may not have; at true worth.
  const own = new Set(shownOf(next.board));
  const better = search(ground, { seed: looking.seed + 31 * variant + 9, effort: Math.max(1, Math.round(looking.effort / 3)), from: next.board, taste: (call) => (all.has(pairOf(call)) && !own.has(pairOf(call)) ? null : worthOfCall(call)), ...common });
  const ways = waysOf(ground);
  return distant(better.board) && worthOf(ground, ways, better.board) >= worthOf(ground, ways, next.board) ? better : next;
}

/** So much of each earlier tour, drawn by chance, that what is left of it is within the share of a shorter one. */
function spared(earlier: readonly ReadonlySet<string>[], share: number, seed: number): Set<string> {
  const barred = new Set<string>();
  const next = rng(seed);
  for (const pairs of earlier) {
    const open = shuffled([...pairs], next).filter((pair) => !barred.has(pair));
    for (const pair of open.slice(Math.min(open.length, Math.floor(share * 0.85 * pairs.size)))) barred.add(pair);
  }
  return barred;
}

/** Says how far it is, and what the best so far comes to. */
function teller(ground: Ground, { count, onProgress }: Looking, variant: number) {
  let told = -Infinity;
  return (begins: number, part: number): NonNullable<Quest['onProgress']> => (spent, worth, board) => {
    if (!onProgress || worth <= told) return;
    told = worth;
    const { sums } = reckon(ground.question, visitsOf(ground, board()));
    onProgress({ spent: Math.min(1, (variant + begins + part * spent) / count), variant, worthMinor: sums.worthMinor, marginMinor: sums.marginMinor, shows: sums.shows });
  };
}
