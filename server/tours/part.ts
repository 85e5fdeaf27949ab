import assert from 'node:assert/strict';
import { NO_WAY, type Node, type Plan, type Problem, type Vehicle } from './core/problem.ts';
import { solveDated } from './core/dated.ts';
import { excludes, worthOfCall, type Call, type Ground } from './ground.ts';
import { cannibals } from './board.ts';
import type { Ways } from './legs.ts';

/*
 * A part of a tour handed to the core: artists, each between two of its shows or home, and shows that they could give. A show on its day is a node at a place of its own, so that every two that follow
 * each other have their true cost; a venue that can be had once, a stage that is one, and shows that exclude each other are categories of one.
 */

/** One artist's part: what stands before and after it (null is home), what may be in it, and what has to be. */
export interface Part { readonly artist: number; readonly before: Call | null; readonly after: Call | null; readonly calls: readonly Call[]; readonly held: readonly Call[]; readonly most: number }

/** How it is looked for. `worth` is what a show counts for, when that is not what it is worth; `stages` how many of a venue are left on a day. */
export interface Trying {
  readonly seed: number;
  readonly iterations: number;
  readonly from?: readonly (readonly Call[])[];
  readonly warmth?: number;
  readonly worth?: (call: Call) => number;
  readonly stages: (venue: number, day: number) => number;
  readonly cancelled?: () => boolean;
  readonly onProgress?: (spent: number, chosen: () => Call[][]) => void;
}

/** How often shows that exclude each other without following each other are looked for, and what they may cost of the time. */
const ROUNDS = 8;

/** What is chosen for each part, and which of those that had to be could not. */
export function choose(ground: Ground, ways: readonly Ways[], asked: readonly Part[], trying: Trying): { readonly chosen: Call[][]; readonly missed: Call[] } {
  // Where others have taken every stage nobody comes.
  const parts = asked.map((part) => ({ ...part, calls: part.calls.filter(({ venue, day }) => trying.stages(venue, day) > 0) }));
  const calls = parts.flatMap(({ held, calls: free }) => [...held, ...free]);
  const { problem, routesOf, chosenOf } = problemOf(ground, ways, parts, trying);
  const groups: number[][] = [];
  let from: Plan['routes'] | null = trying.from ? routesOf(trying.from) : null;
  const exclusive = calls.some((call) => call.exclusive);
  for (let round = 0; ; round += 1) {
    const limited = groups.length === 0 ? problem : withGroups(problem, groups);
    const iterations = Math.max(1, Math.floor(trying.iterations / (round === 0 ? 1 : 2)));
    const found = solveDated(limited, {
      seed: trying.seed + round, iterations, ...(from && { from }), ...(trying.cancelled && { cancelled: trying.cancelled }), warmth: (trying.warmth ?? 1) * (round === 0 ? 1 : 0.8),
      ...(trying.onProgress && round === 0 && { onProgress: ({ spent, plan }) => { trying.onProgress?.(spent, () => chosenOf(plan().routes)); } }),
    });
    from = found.plan.routes;
    const more = exclusive && round < ROUNDS ? clashes(ground, calls, from) : [];
    if (more.length === 0) return { chosen: kept(ground, parts, chosenOf(from)), missed: found.missed.map((k) => calls[k] ?? assert.fail()) };
    groups.push(...more);
  }
}

/** Shows that still exclude each other when the rounds are over go, those that need not be first, the lesser of two. */
function kept(ground: Ground, parts: readonly Part[], chosen: Call[][]): Call[][] {
  return chosen.map((calls, p) => {
    const held = new Set(parts[p]?.held ?? []);
    const left = [...calls];
    for (;;) {
      const wrong = left.flatMap((one, i) => left.slice(i + 1).filter((other) => excludes(ground, one, other) !== null).map((other) => (held.has(one) || (!held.has(other) && worthOfCall(other) < worthOfCall(one)) ? other : one))).find((call) => !held.has(call));
      if (!wrong) return left;
      left.splice(left.indexOf(wrong), 1);
    }
  });
}

/** Two that exclude each other, and with them all shows of both venues in that span: at most one of them. */
function clashes(ground: Ground, calls: readonly Call[], routes: Plan['routes']): number[][] {
  return routes.flatMap((route) => route.flatMap((i, at) => route.slice(at + 1).flatMap((j) => {
    const [one, other] = [calls[i] ?? assert.fail(), calls[j] ?? assert.fail()];
    const why = excludes(ground, one, other);
    if (!why) return [];
    const first = Math.min(one.day, other.day);
    return [calls.flatMap((call, k) => (call.artist === one.artist && (call.venue === one.venue || call.venue === other.venue) && call.fixed === null && call.day >= first && call.day <= first + why.rule.days ? [k] : [])).concat([i, j].filter((k) => calls[k]?.fixed !== null))];
  })));
}

function withGroups(problem: Problem, groups: readonly (readonly number[])[]): Problem {
  const own = problem.nodes.map(({ categories }) => [...categories]);
  groups.forEach((group, g) => { for (const k of group) own[k]?.push(problem.limits.length + g); });
  return { ...problem, nodes: problem.nodes.map((node, k) => ({ ...node, categories: own[k] ?? [] })), limits: [...problem.limits, ...groups.map(() => 1)] };
}

/** The problem of some parts, and the way from its numbers back to shows. */
function problemOf(ground: Ground, ways: readonly Ways[], parts: readonly Part[], { worth = worthOfCall, stages }: Pick<Trying, 'worth' | 'stages'>) {
  const calls = parts.flatMap(({ held, calls: free }) => [...held, ...free]);
  const size = calls.length + 2 * parts.length;
  const [times, costs] = [new Int32Array(size * size).fill(NO_WAY), new Float64Array(size * size)];
  const limits: number[] = [];
  const named = new Map<string, number>();
  const category = (name: string, limit: number): number => {
    const known = named.get(name) ?? limits.push(limit) - 1;
    named.set(name, known);
    return known;
  };
  const excluding = calls.some((call) => call.exclusive);
  const nodes: Node[] = [];
  const vehicles: Vehicle[] = [];
  const shared = stagesShared(calls);
  let at = 0;
  parts.forEach((part, p) => {
    const { artist, before, after, held, most } = part;
    const own = [...held, ...part.calls];
    const way = ways[artist] ?? assert.fail();
    const [start, end] = [calls.length + 2 * p, calls.length + 2 * p + 1];
    const first = at;
    at += own.length;
    const stay = before || after ? way.cost(before, after) : 0;
    const link = (from: number, to: number, cost: number, time: number) => {
      if (cost === Infinity) return;
      times[from * size + to] = time;
      costs[from * size + to] = cost;
    };
    own.forEach((call, i) => {
      // Whoever leaves a part empty goes straight on, which is what the first leg saves.
      link(start, first + i, way.cost(before, call) - (stay === Infinity ? 1e9 : stay), 0);
      link(first + i, end, way.cost(call, after), 0);
      own.forEach((next, j) => {
        if (next.day > call.day && !(excluding && excludes(ground, call, next))) link(first + i, first + j, way.cost(call, next), 1);
      });
      const fixed = call.fixed !== null;
      nodes.push({
        place: first + i, profit: fixed ? 0 : worth(call), service: 0, windows: [{ opens: 2 * call.day + 2, closes: 2 * call.day + 2 }], fee: 0,
        categories: fixed ? [] : [category(`${artist} ${call.venue}`, 1), ...(shared(call) ? [category(`stage ${call.venue} ${call.day}`, Math.max(0, stages(call.venue, call.day)))] : []), ...(Number.isFinite(most) ? [category(`most ${artist}`, Math.max(0, most))] : [])],
      });
    });
    vehicles.push({ from: start, to: end, opens: 0, closes: 2 * ground.days + 4, pins: held.map((_, i) => first + i), exceptions: new Map(calls.flatMap((_, k) => (k < first || k >= at ? [[k, { barred: true }] as const] : []))) });
  });
  const { cannibal } = ground.question.weights;
  const pairs = cannibal > 0 && parts.length > 1 ? calls.flatMap((one, i) => calls.flatMap((other, j) => (j > i && cannibals(ground, one, other) !== null ? [{ one: i, other: j, cost: cannibal }] : []))) : [];
  const problem: Problem = { nodes, vehicles, travel: { size, cells: times }, costs: { size, cells: costs }, limits, budget: Infinity, pairs };
  const numbers = new Map(calls.map((call, k) => [nameIn(call), k]));
  return {
    problem, calls,
    routesOf: (chosen: readonly (readonly Call[])[]): number[][] => chosen.map((its) => its.flatMap((call) => numbers.get(nameIn(call)) ?? [])),
    chosenOf: (routes: Plan['routes']): Call[][] => routes.map((route) => route.map((k) => calls[k] ?? assert.fail())),
  };
}

const nameIn = ({ artist, venue, day, fixed }: Call): string => `${artist} ${fixed ?? venue} ${day}`;

/** Whether several shows of a part ask for one stage on one day. */
function stagesShared(calls: readonly Call[]): (call: Call) => boolean {
  const count = new Map<string, number>();
  for (const { venue, day } of calls) count.set(`${venue} ${day}`, (count.get(`${venue} ${day}`) ?? 0) + 1);
  return ({ venue, day }) => (count.get(`${venue} ${day}`) ?? 0) > 1;
}
