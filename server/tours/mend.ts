import { daysBetween } from '../core/time.ts';
import { inOrder, waysOf, type Board } from './board.ts';
import { groundOf, keyOf, nameOf, pinnedOf, type Call, type Ground } from './ground.ts';
import { fits } from './naive.ts';
import type { Question, Visit } from './question.ts';
import { alone, boardOf, visitsOf } from './reckon.ts';
import { search } from './search.ts';

/** How many sweeps a repair has, and how many days before and after what was touched may change. */
const EFFORT = 60;
const AROUND = 28;

/** What a hand has changed, put right around it: pins stay, shows that no longer go with them go, what fits better near them comes; other artists and other months stay as they are. The same seed gives the same. */
export function mend(question: Question, visits: readonly Visit[], how: { readonly seed: number; readonly touched: readonly string[]; readonly days?: readonly string[] }): readonly Visit[] {
  const ground = groundOf(question);
  const board = holding(ground, boardOf(ground, visits).board);
  const only = how.touched.flatMap((id) => ground.artistAt.get(id) ?? []);
  const days = (how.days ?? []).map((day) => daysBetween(question.from, day)).filter((day) => day >= 0 && day < ground.days);
  const span: [number, number] = days.length === 0 ? [0, ground.days - 1] : [Math.max(0, Math.min(...days) - AROUND), Math.min(ground.days - 1, Math.max(...days) + AROUND)];
  if (only.length === 0) return visitsOf(ground, board);
  return visitsOf(ground, search(ground, { seed: how.seed, effort: EFFORT, from: board, only, span, warmth: 0.1 }).board);
}

/** What of a board holds by every rule: what stands and pins first, then the rest in order of what they bring. A hand may have put more there, and a search that began with it would keep what pays and may not be. */
export function holding(ground: Ground, board: Board): Board {
  const ways = waysOf(ground);
  const most = ground.question.limits.mostShows || Infinity;
  const pins = pinnedOf(ground);
  const stages = new Map<string, number>();
  const taken = ({ venue, day }: Call) => stages.get(`${venue} ${day}`) ?? 0;
  return board.map((calls, artist) => {
    const way = ways[artist];
    const kept: Call[] = [];
    const rank = (call: Call) => (call.fixed !== null ? 2 : pins.has(nameOf(call)) ? 1 : 0);
    for (const call of [...calls].sort((one, other) => rank(other) - rank(one) || other.priceMinor - one.priceMinor)) {
      const must = rank(call) > 0;
      if (!must && (kept.length >= most || alone(ground, call).length > 0 || !ground.bidAt.has(keyOf(ground, artist, call.venue)) || !way || !fits(ground, way, kept, call) || taken(call) >= (ground.question.venues[call.venue]?.stages ?? 1))) continue;
      kept.push(call);
      if (call.venue >= 0) stages.set(`${call.venue} ${call.day}`, taken(call) + 1);
    }
    return inOrder(kept);
  });
}
