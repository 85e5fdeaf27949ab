import assert from 'node:assert/strict';
import { rng, type Rng } from '../../core/rng.ts';
import { NO_WAY, assertForm, type Plan, type Problem } from './problem.ts';
import { planOf, type Found, type Looking } from './solve.ts';

/*
 * Nodes each of which starts at one instant, as shows on their days do: a route is a path through time, and the best path of one vehicle would be one sweep over all legs, were it not for categories. Prices
 * on categories (Lagrange) say what the best can be at most; sweeps that keep track of what their path has used, forward and backward and joined in the middle, make routes that hold; what is still open
 * on few nodes is searched exactly. Several vehicles take turns, each beside the others.
 */

/** Whether this is such a problem: no node has a second instant, and nobody counts fees. */
export const isDated = ({ nodes, vehicles, budget }: Problem): boolean => budget === Infinity && nodes.every(({ windows }) => windows.length === 1 && windows[0]?.opens === windows[0]?.closes)
  && vehicles.every(({ exceptions }) => !exceptions || [...exceptions.values()].every(({ windows }) => windows === undefined));

/** Turns in which prices of categories are looked for, and how much a step of them shrinks. */
const PRICING = 40;
/** An exact search is begun where the bound is so near, or nodes are so few. */
const NEAR = 0.03;
const FEW = 120;
/** A search of fewer sweeps has no time for it. */
const LONG = 200;
/** Labels that the exact search may make before it gives up. */
const LABELS = 30_000;
/** How often it is warmed anew. */
const CYCLES = 4;
/** How far profits are bent by chance, of themselves. */
const BEND = 0.25;

/** One vehicle's nodes in order of time, with what it costs from each to each. */
class Lane {
  readonly n: number;
  readonly nodes: Int32Array;
  readonly profit: Float64Array;
  /** Costs by the later node, then the earlier; Infinity for no way. From the start and to the end apart. */
  readonly #into: Float64Array;
  readonly #start: Float64Array;
  readonly #end: Float64Array;
  /** Categories of one, by bits; those of more, by lists. */
  readonly #words: number;
  readonly #bits: Uint32Array;
  readonly #counted: readonly (readonly number[])[];
  readonly #counts: boolean;
  /** The one category of more than one that all nodes are in, -1 when there is none such: a path's length says how much it has used. */
  readonly #all: number;
  /** How many of each category are left beside what others have. */
  readonly left: Float64Array;
  readonly single: readonly (readonly number[])[];
  /* Sweeps. */
  readonly #forward: Sweep;
  readonly #backward: Sweep;
  readonly #worth: Float64Array;

  constructor(problem: Problem, vehicle: number, pinWorth: number) {
    const { nodes, travel, costs, limits } = problem;
    const vehicles = problem.vehicles.length;
    const who = problem.vehicles[vehicle] ?? assert.fail();
    const pins = new Set(who.pins);
    const pinned = new Set(problem.vehicles.flatMap((other, v) => (v === vehicle ? [] : other.pins ?? [])));
    const at = (k: number) => nodes[k]?.windows[0]?.opens ?? 0;
    const cell = (from: number, to: number) => from * travel.size + to;
    const reach = (from: number, to: number, free: number, by: number) => {
      const way = travel.cells[cell(from, to)] ?? NO_WAY;
      return way < NO_WAY && free + way <= by ? costs?.cells[cell(from, to)] ?? 0 : Infinity;
    };
    const mine = nodes.map((_, k) => k).filter((k) => !pinned.has(k) && !who.exceptions?.get(k)?.barred).sort((one, other) => at(one) - at(other) || one - other);
    const n = mine.length;
    this.n = n;
    this.nodes = Int32Array.from(mine);
    this.profit = Float64Array.from(mine, (k) => (pins.has(k) ? pinWorth : 0) + (who.exceptions?.get(k)?.profit ?? nodes[k]?.profit ?? 0));
    this.#into = new Float64Array(n * n).fill(Infinity);
    this.#start = new Float64Array(n);
    this.#end = new Float64Array(n);
    mine.forEach((k, j) => {
      const node = nodes[k] ?? assert.fail();
      this.#start[j] = reach(who.from, node.place, who.opens, at(k));
      this.#end[j] = reach(node.place, who.to, at(k) + node.service, who.closes);
      for (let i = 0; i < j; i += 1) {
        const before = nodes[mine[i] ?? 0] ?? assert.fail();
        if (at(mine[i] ?? 0) < at(k)) this.#into[j * n + i] = reach(before.place, node.place, at(mine[i] ?? 0) + before.service, at(k));
      }
    });
    const users = new Map<number, number>();
    for (const k of mine) for (const category of nodes[k]?.categories ?? []) users.set(category, (users.get(category) ?? 0) + 1);
    const ones = [...users].filter(([category, used]) => limits[category] === 1 && used > 1).map(([category]) => category);
    const bit = new Map(ones.map((category, b) => [category, b]));
    this.#words = Math.max(1, Math.ceil(ones.length / 32));
    this.#bits = new Uint32Array(n * this.#words);
    mine.forEach((k, i) => {
      for (const category of nodes[k]?.categories ?? []) {
        const b = bit.get(category);
        if (b !== undefined) this.#bits[i * this.#words + (b >> 5)] = (this.#bits[i * this.#words + (b >> 5)] as number) | (1 << (b & 31));
      }
    });
    this.single = mine.map((k) => (nodes[k]?.categories ?? []).filter((category) => bit.has(category)));
    this.#counted = mine.map((k) => (nodes[k]?.categories ?? []).filter((category) => (limits[category] ?? 0) > 1 && (vehicles > 1 || (users.get(category) ?? 0) > (limits[category] ?? 0))));
    this.#counts = this.#counted.some((its) => its.length > 0);
    const [chief = -1] = this.#counted[0] ?? [];
    this.#all = this.#counted.every((its) => its.length === 1 && its[0] === chief) ? chief : -1;
    this.left = Float64Array.from(limits);
    this.#forward = new Sweep(n, this.#words);
    this.#backward = new Sweep(n, this.#words);
    this.#worth = new Float64Array(n);
  }

  /**
   * The best path at these profits that is worth less nothing for categories, its bound included: `price` is paid by category. Gives the path and its worth at prices; the sweep backward is kept, for bounds.
   */
  relaxed(price: Float64Array, barred: Uint8Array | null): { readonly worth: number; readonly path: number[] } {
    const { n } = this;
    const { value, link } = this.#backward;
    for (let i = n - 1; i >= 0; i -= 1) this.#worth[i] = (this.profit[i] as number) - this.#paid(i, price);
    // Backward, so that what can still come from each node is known.
    for (let i = n - 1; i >= 0; i -= 1) {
      let best = -(this.#end[i] as number);
      let to = -1;
      for (let j = i + 1; j < n; j += 1) {
        if (barred?.[j]) continue;
        const worth = (value[j] as number) - (this.#into[j * n + i] as number);
        if (worth > best) { best = worth; to = j; }
      }
      value[i] = best + (this.#worth[i] as number);
      link[i] = to;
    }
    let [worth, first] = [0, -1];
    for (let i = 0; i < n; i += 1) {
      if (barred?.[i]) continue;
      const from = (value[i] as number) - (this.#start[i] as number);
      if (from > worth) { worth = from; first = i; }
    }
    const path: number[] = [];
    for (let at = first; at >= 0; at = link[at] as number) path.push(at);
    return { worth, path };
  }

  #paid(i: number, price: Float64Array): number {
    let paid = 0;
    for (const category of this.single[i] ?? []) paid += price[category] as number;
    for (const category of this.#counted[i] ?? []) paid += price[category] as number;
    return paid;
  }

  /** A path that holds, of great worth at bent profits: swept forward and backward, joined where that is best. What it is truly worth is for the caller to say. */
  path(bent: Float64Array, barred: Uint8Array | null): number[] {
    this.#sweepForward(bent, barred);
    this.#sweepBackward(bent, barred);
    const { n } = this;
    const [forward, backward] = [this.#forward, this.#backward];
    let best = 0;
    let [left, right] = [-1, -1];
    for (let j = 0; j < n; j += 1) {
      if (barred?.[j]) continue;
      const alone = (backward.value[j] as number) - (this.#start[j] as number);
      if (alone > best) { best = alone; left = -1; right = j; }
      const home = (forward.value[j] as number) - (this.#end[j] as number);
      if (home > best) { best = home; left = j; right = -1; }
      const on = backward.value[j] as number;
      for (let i = 0; i < j; i += 1) {
        const worth = (forward.value[i] as number) + on - (this.#into[j * n + i] as number);
        if (worth > best && this.#together(i, j)) { best = worth; left = i; right = j; }
      }
    }
    const path: number[] = [];
    for (let at = left; at >= 0; at = forward.link[at] as number) path.unshift(at);
    for (let at = right; at >= 0; at = backward.link[at] as number) path.push(at);
    return path;
  }

  #sweepForward(bent: Float64Array, barred: Uint8Array | null): void {
    const { n } = this;
    const { value, link, used, length } = this.#forward;
    for (let j = 0; j < n; j += 1) {
      let [best, from] = [-(this.#start[j] as number), -1];
      if (barred?.[j]) { value[j] = -Infinity; continue; }
      for (let i = 0; i < j; i += 1) {
        const worth = (value[i] as number) - (this.#into[j * n + i] as number);
        if (worth > best && this.#may(this.#forward, i, j)) { best = worth; from = i; }
      }
      value[j] = best + (bent[j] as number);
      link[j] = from;
      length[j] = from < 0 ? 1 : (length[from] as number) + 1;
      this.#use(used, from, j);
    }
  }

  #sweepBackward(bent: Float64Array, barred: Uint8Array | null): void {
    const { n } = this;
    const { value, link, used, length } = this.#backward;
    for (let i = n - 1; i >= 0; i -= 1) {
      let [best, to] = [-(this.#end[i] as number), -1];
      if (barred?.[i]) { value[i] = -Infinity; continue; }
      for (let j = i + 1; j < n; j += 1) {
        const worth = (value[j] as number) - (this.#into[j * n + i] as number);
        if (worth > best && this.#may(this.#backward, j, i)) { best = worth; to = j; }
      }
      value[i] = best + (bent[i] as number);
      link[i] = to;
      length[i] = to < 0 ? 1 : (length[to] as number) + 1;
      this.#use(used, to, i);
    }
  }

  #use(used: Uint32Array, from: number, to: number): void {
    const words = this.#words;
    for (let w = 0; w < words; w += 1) used[to * words + w] = (from < 0 ? 0 : used[from * words + w] as number) | (this.#bits[to * words + w] as number);
  }

  /** Whether a node may come to the path that a sweep has at another. */
  #may({ used, link, length }: Sweep, path: number, node: number): boolean {
    const words = this.#words;
    for (let w = 0; w < words; w += 1) if (((used[path * words + w] as number) & (this.#bits[node * words + w] as number)) !== 0) return false;
    if (!this.#counts) return true;
    if (this.#all >= 0) return (length[path] as number) < (this.left[this.#all] as number);
    const counted = this.#counted[node];
    if (!counted || counted.length === 0) return true;
    return counted.every((category) => {
      let left = (this.left[category] as number) - 1;
      for (let at = path; at >= 0 && left >= 0; at = link[at] as number) if (this.#counted[at]?.includes(category)) left -= 1;
      return left >= 0;
    });
  }

  /** Whether a path before and one after go together. */
  #together(before: number, after: number): boolean {
    const words = this.#words;
    for (let w = 0; w < words; w += 1) if (((this.#forward.used[before * words + w] as number) & (this.#backward.used[after * words + w] as number)) !== 0) return false;
    if (!this.#counts) return true;
    if (this.#all >= 0) return (this.#forward.length[before] as number) + (this.#backward.length[after] as number) <= (this.left[this.#all] as number);
    const count = new Map<number, number>();
    for (let at = before; at >= 0; at = this.#forward.link[at] as number) for (const category of this.#counted[at] ?? []) count.set(category, (count.get(category) ?? 0) + 1);
    if (count.size === 0) return true;
    for (let at = after; at >= 0; at = this.#backward.link[at] as number) for (const category of this.#counted[at] ?? []) count.set(category, (count.get(category) ?? 0) + 1);
    return [...count].every(([category, n]) => n <= (this.left[category] as number));
  }

  /** What a path is worth. */
  worthOf(path: readonly number[]): number {
    let worth = 0;
    path.forEach((j, at) => {
      const before = path[at - 1];
      worth += (this.profit[j] as number) - (before === undefined ? this.#start[j] as number : this.#into[j * this.n + before] as number);
    });
    const last = path.at(-1);
    return last === undefined ? 0 : worth - (this.#end[last] as number);
  }

  /**
   * A path that is worth more than `least`, the best there is, or null when there is none; undefined when it grew too long to say. What can still come from a node at prices, and what unused categories
   * would pay back, bounds it.
   */
  exactly(least: number, price: Float64Array, barred: Uint8Array | null): number[] | null | undefined {
    if (this.#counted.some((its, i) => its.length > 0 && !barred?.[i])) return undefined;
    this.relaxed(price, barred);
    const still = Float64Array.from(this.#backward.value);
    const { n } = this;
    const words = this.#words;
    // Prices of all categories of this lane, less those that are used: what a path may still be paid back.
    const all = new Set(this.single.flat());
    let pot = 0;
    for (const category of all) pot += price[category] as number;
    const at: { node: number; worth: number; left: number; used: Uint32Array; before: number }[] = [];
    const here: number[][] = Array.from({ length: n }, () => []);
    let [best, last] = [least, -1];
    const put = (node: number, worth: number, before: number): boolean => {
      const label = before < 0 ? null : at[before] ?? assert.fail();
      const own = this.single[node] ?? [];
      let left = label ? label.left : pot;
      for (const category of own) left -= price[category] as number;
      // What comes after the node at prices is `still` less the node's own.
      if (worth + (still[node] as number) - ((this.profit[node] as number) - this.#paid(node, price)) + left <= best + 1e-6) return true;
      const used = new Uint32Array(words);
      for (let w = 0; w < words; w += 1) used[w] = (label ? label.used[w] as number : 0) | (this.#bits[node * words + w] as number);
      const others = here[node] ?? assert.fail();
      const beaten = (one: number, two: Uint32Array) => (at[one]?.used ?? assert.fail()).every((word, w) => (word & ~(two[w] as number)) === 0);
      if (others.some((k) => (at[k]?.worth ?? 0) >= worth && beaten(k, used))) return true;
      if (at.length >= LABELS) return false;
      const home = worth - (this.#end[node] as number);
      at.push({ node, worth, left, used, before });
      others.push(at.length - 1);
      if (home > best) { best = home; last = at.length - 1; }
      return true;
    };
    for (let node = 0; node < n; node += 1) {
      if (barred?.[node]) continue;
      if ((this.#start[node] as number) < Infinity && !put(node, (this.profit[node] as number) - (this.#start[node] as number), -1)) return undefined;
      for (let i = 0; i < node; i += 1) {
        const cost = this.#into[node * n + i] as number;
        if (cost === Infinity) continue;
        for (const k of here[i] ?? []) {
          const label = at[k] ?? assert.fail();
          let clash = false;
          for (let w = 0; w < words; w += 1) if (((label.used[w] as number) & (this.#bits[node * words + w] as number)) !== 0) clash = true;
          if (!clash && !put(node, label.worth + (this.profit[node] as number) - cost, k)) return undefined;
        }
      }
    }
    if (last < 0) return null;
    const path: number[] = [];
    for (let k = last; k >= 0; k = at[k]?.before ?? -1) path.unshift(at[k]?.node ?? assert.fail());
    return path;
  }
}

/** What a sweep knows of each node: the worth of the best path up to it, where that comes from, and what it has used. */
class Sweep {
  readonly value: Float64Array;
  readonly link: Int32Array;
  readonly used: Uint32Array;
  /** How many nodes it has. */
  readonly length: Int32Array;

  constructor(n: number, words: number) {
    this.length = new Int32Array(n);
    this.value = new Float64Array(n);
    this.link = new Int32Array(n);
    this.used = new Uint32Array(n * words);
  }
}

/**
 * A plan of great worth of a problem whose nodes are dated; of one vehicle and few nodes the best, and then it ends before its time. An iteration is a sweep. As `solve` otherwise.
 * @throws when the problem is not dated, or nothing ends the search.
 */
export function solveDated(problem: Problem, looking: Looking): Found {
  assertForm(problem);
  assert(isDated(problem), 'every node has one instant');
  const { iterations: total = Infinity, spent: clock, cancelled, warmth = 1 } = looking;
  assert(total !== Infinity || clock, 'a search ends by iterations or by a clock');
  const next = rng(looking.seed);
  let dearest = 0;
  for (const cost of problem.costs?.cells ?? []) dearest = Math.max(dearest, Math.abs(cost));
  // Together more than all else can come to.
  const pinWorth = 1 + 2 * (problem.nodes.reduce((sum, { profit }) => sum + Math.abs(profit), 0) + dearest * (problem.nodes.length + 1));
  const lanes = problem.vehicles.map((_, vehicle) => new Lane(problem, vehicle, pinWorth));
  const table = new Table(problem, lanes);
  if (looking.from) table.adopt(looking.from);
  let done = 0;
  const spent = () => Math.max(clock?.() ?? 0, done / total);
  const over = () => spent() >= 1 || cancelled?.() === true;
  const tell = () => {
    const routes = table.routes();
    looking.onProgress?.({ worth: table.bestWorth - pinsIn(problem, routes) * pinWorth, iterations: done, spent: Math.min(1, spent()), plan: () => planOf(problem, routes) });
  };
  const pricings = lanes.map((lane) => new Pricing(lane, problem.limits));
  let proven = false;
  // First prices: what each category is worth to each vehicle by itself.
  for (const [v, lane] of lanes.entries()) {
    const pricing = pricings[v] ?? assert.fail();
    for (let turn = 0; turn < Math.min(PRICING, Math.max(4, total / 2)) && !over(); turn += 1) {
      done += 1;
      const barred = table.barredFor(v);
      const bound = pricing.step(barred, table.worthOf(v));
      const path = lane.path(table.beside(v, pricing.bent(turn % 3 === 0 ? null : next, turn % 3 === 0 ? 0 : BEND / 2)), barred);
      if (table.offer(v, path)) tell();
      if (bound <= table.worthOf(v) + 1e-6) { proven = lanes.length === 1; break; }
    }
    const near = pricing.bound - table.worthOf(v) < NEAR * Math.abs(table.worthOf(v));
    if (lanes.length === 1 && !proven && !over() && total >= LONG && (near || lane.n <= FEW)) {
      const exact = lane.exactly(table.worthOf(v), pricing.price, table.barredFor(v));
      if (exact) { table.offer(v, exact); tell(); }
      proven = exact !== undefined;
    }
  }
  for (let turn = 0; !proven && lanes.length > 0 && !over(); turn += 1) {
    done += 1;
    const v = lanes.length === 1 ? 0 : Math.floor(next() * lanes.length);
    const lane = lanes[v] ?? assert.fail();
    const pricing = pricings[v] ?? assert.fail();
    if (lane.n === 0) { if (lanes.every(({ n }) => n === 0)) break; continue; }
    // Warm and cold several times: several vehicles get stuck in each other's way.
    const heat = warmth * (1 - (CYCLES * spent()) % 1);
    // Now and then two begin anew, else one goes on from what all have.
    const alsoOut = lanes.length > 1 && next() < 0.3 * Math.min(1, warmth) ? [Math.floor(next() * lanes.length)].filter((other) => other !== v) : [];
    const before = table.now();
    table.clear([v, ...alsoOut]);
    for (const who of [v, ...alsoOut]) {
      const barred = table.barredFor(who);
      const own = pricings[who] ?? pricing;
      table.spare(who, before[who] ?? [], next, heat, barred);
      table.put(who, (lanes[who] ?? lane).path(table.beside(who, own.bent(next, BEND * (0.15 + heat) * next())), barred));
      if (alsoOut.length > 0) done += 1;
    }
    table.polish([v, ...alsoOut], pricings);
    if (table.judge(before, heat, next)) tell();
  }
  const routes = table.routes();
  const visited = new Set(routes.flat());
  return { plan: planOf(problem, routes), iterations: done, missed: problem.vehicles.flatMap(({ pins }) => (pins ?? []).filter((k) => !visited.has(k))) };
}

const pinsIn = (problem: Problem, routes: Plan['routes']): number => problem.vehicles.reduce((sum, { pins }, v) => sum + (pins ?? []).filter((k) => routes[v]?.includes(k)).length, 0);

/** Prices of categories for one vehicle, moved against what its best path uses too much of. */
class Pricing {
  readonly price: Float64Array;
  bound = Infinity;
  readonly #lane: Lane;
  readonly #limits: readonly number[];
  readonly #bent: Float64Array;
  readonly #mine: readonly number[];
  readonly #now: Float64Array;
  #pace = 1;

  constructor(lane: Lane, limits: readonly number[]) {
    this.#lane = lane;
    this.#limits = limits;
    this.price = new Float64Array(limits.length);
    this.#now = new Float64Array(limits.length);
    this.#bent = new Float64Array(lane.n);
    this.#mine = [...new Set(lane.single.flat())];
  }

  /** One step; says what no path can be worth more than. */
  step(barred: Uint8Array | null, least: number): number {
    const { worth, path } = this.#lane.relaxed(this.#now, barred);
    let bound = worth;
    for (const category of this.#mine) bound += (this.#now[category] as number) * (this.#limits[category] as number);
    if (bound < this.bound - 1e-9) { this.bound = bound; this.price.set(this.#now); } else this.#pace *= 0.9;
    const use = new Map<number, number>();
    for (const i of path) for (const category of this.#lane.single[i] ?? []) use.set(category, (use.get(category) ?? 0) + 1);
    let length = 0;
    for (const category of this.#mine) {
      const over = (use.get(category) ?? 0) - (this.#limits[category] as number);
      if (over > 0 || (this.#now[category] as number) > 0) length += over ** 2;
    }
    if (length > 0) {
      const stride = (this.#pace * Math.max(1, bound - Math.max(0, least))) / length;
      for (const category of this.#mine) this.#now[category] = Math.max(0, (this.#now[category] as number) + stride * ((use.get(category) ?? 0) - (this.#limits[category] as number)));
    }
    return this.bound;
  }

  /** Profits less a part of the prices that chance says, bent by it. Without chance as they are, less the whole. */
  bent(next: Rng | null, by: number): Float64Array {
    const part = next ? next() : 1;
    const { profit, n, single } = this.#lane;
    for (let i = 0; i < n; i += 1) {
      let paid = 0;
      for (const category of single[i] ?? []) paid += this.price[category] as number;
      const own = profit[i] as number;
      this.#bent[i] = own - part * paid + (next && by > 0 ? Math.min(Math.abs(own), 1e9) * by * (2 * next() - 1) : 0);
    }
    return this.#bent;
  }

  /** Profits as they are. */
  plain(): Float64Array {
    this.#bent.set(this.#lane.profit);
    return this.#bent;
  }
}

/** The paths that vehicles have, and the best there were. */
class Table {
  bestWorth = 0;
  readonly #problem: Problem;
  readonly #lanes: readonly Lane[];
  readonly #used: Int32Array;
  readonly #barred: readonly Uint8Array[];
  readonly #pairs = new Map<number, { readonly other: number; readonly cost: number }[]>();
  /** Who visits a node. */
  readonly #owner = new Map<number, number>();
  #paths: number[][];
  #best: number[][];
  #worth = 0;

  constructor(problem: Problem, lanes: readonly Lane[]) {
    this.#problem = problem;
    this.#lanes = lanes;
    this.#used = new Int32Array(problem.limits.length);
    this.#barred = lanes.map(({ n }) => new Uint8Array(n));
    this.#paths = lanes.map(() => []);
    this.#best = lanes.map(() => []);
    for (const { one, other, cost } of problem.pairs ?? []) for (const [from, to] of [[one, other], [other, one]] as const) this.#pairs.set(from, [...this.#pairs.get(from) ?? [], { other: to, cost }]);
  }

  now = (): number[][] => this.#paths.map((path) => path);
  worthOf = (v: number): number => this.#lanes[v]?.worthOf(this.#paths[v] ?? []) ?? 0;
  routes = (): number[][] => this.#best.map((path, v) => path.map((i) => this.#lanes[v]?.nodes[i] ?? assert.fail()));

  /** Begins from a plan, as far as it holds. */
  adopt(routes: Plan['routes']): void {
    routes.forEach((route, v) => {
      const lane = this.#lanes[v];
      if (!lane) return;
      const own = new Map([...lane.nodes].map((k, i) => [k, i]));
      const path = route.flatMap((k) => own.get(k) ?? []).sort((one, other) => one - other);
      if (Number.isFinite(lane.worthOf(path)) && this.#holds(v, path)) this.put(v, path);
    });
    this.#remember();
  }

  #holds(v: number, path: readonly number[]): boolean {
    const count = new Map<number, number>();
    for (const category of path.flatMap((i) => this.#categories(v, i))) count.set(category, (count.get(category) ?? 0) + 1);
    return [...count].every(([category, n]) => n + (this.#used[category] as number) <= (this.#problem.limits[category] ?? 0));
  }

  #categories = (v: number, i: number): readonly number[] => this.#problem.nodes[this.#lanes[v]?.nodes[i] ?? -1]?.categories ?? [];

  put(v: number, path: number[]): void {
    const nodes = this.#lanes[v]?.nodes ?? [];
    for (const i of this.#paths[v] ?? []) {
      if (this.#owner.get(nodes[i] as number) === v) this.#owner.delete(nodes[i] as number);
      for (const category of this.#categories(v, i)) this.#used[category] = (this.#used[category] as number) - 1;
    }
    for (const i of path) this.#owner.set(nodes[i] as number, v);
    for (const i of path) for (const category of this.#categories(v, i)) this.#used[category] = (this.#used[category] as number) + 1;
    this.#paths[v] = path;
  }

  clear(who: readonly number[]): void {
    for (const v of who) this.put(v, []);
  }

  /** Nodes that others have, and those whose categories they have used up; what is left of the rest is told to the lane. */
  barredFor(v: number): Uint8Array {
    const own = new Int32Array(this.#used.length);
    for (const i of this.#paths[v] ?? []) for (const category of this.#categories(v, i)) own[category] = (own[category] as number) + 1;
    const barred = this.#barred[v] ?? assert.fail();
    const lane = this.#lanes[v] ?? assert.fail();
    for (let category = 0; category < own.length; category += 1) lane.left[category] = (this.#problem.limits[category] ?? 0) - (this.#used[category] as number) + (own[category] as number);
    for (let i = 0; i < barred.length; i += 1) barred[i] = this.#has(v, lane.nodes[i] as number) || this.#categories(v, i).some((category) => (this.#used[category] as number) - (own[category] as number) >= (this.#problem.limits[category] ?? 0)) ? 1 : 0;
    return barred;
  }

  /** Bars some of what a vehicle had, so that it looks elsewhere. */
  spare(v: number, before: readonly number[], next: Rng, heat: number, barred: Uint8Array): void {
    if (before.length === 0 || next() > 0.3 + 0.6 * heat) return;
    const out = 1 + Math.floor(next() * Math.min(4, before.length));
    for (let k = 0; k < out; k += 1) {
      const i = before[Math.floor(next() * before.length)] ?? 0;
      if (!this.#pinned(v, i)) barred[i] = 1;
    }
  }

  #pinned = (v: number, i: number): boolean => this.#problem.vehicles[v]?.pins?.includes(this.#lanes[v]?.nodes[i] ?? -1) ?? false;

  /** Each of them looks once more at true profits, keeping what it has when that is no better. */
  polish(who: readonly number[], pricings: readonly Pricing[]): void {
    for (const v of who) {
      const lane = this.#lanes[v] ?? assert.fail();
      this.offer(v, lane.path(this.beside(v, pricings[v]?.plain() ?? lane.profit), this.barredFor(v)));
    }
  }

  /** Takes a path if it is worth more than what the vehicle has; true when all together were never better. */
  offer(v: number, path: number[]): boolean {
    const lane = this.#lanes[v] ?? assert.fail();
    if (lane.worthOf(path) - this.#paired(v, path) > lane.worthOf(this.#paths[v] ?? []) - this.#paired(v, this.#paths[v] ?? []) + 1e-9) this.put(v, path);
    return this.#remember();
  }

  /** Keeps what is now, or goes back to what was before; true when it was never better. */
  judge(before: readonly number[][], heat: number, next: Rng): boolean {
    const worth = this.#total();
    if (this.#remember()) return true;
    const scale = 0.02 * heat * Math.abs(this.bestWorth % 1e12);
    if (worth > this.#worth || (scale > 0 && next() < Math.exp((worth - this.#worth) / scale))) { this.#worth = worth; return false; }
    before.forEach((path, v) => { this.put(v, path); });
    return false;
  }

  #total(): number {
    const worth = this.#lanes.reduce((sum, lane, v) => sum + lane.worthOf(this.#paths[v] ?? []), 0);
    // Each pair is met from both of its ends.
    return this.#pairs.size === 0 ? worth : worth - this.#lanes.reduce((sum, _, v) => sum + this.#paired(v, this.#paths[v] ?? []), 0) / 2;
  }

  /** What pairs cost a path beside those that others have. */
  #paired(v: number, path: readonly number[]): number {
    if (this.#pairs.size === 0) return 0;
    let cost = 0;
    for (const i of path) for (const { other, cost: own } of this.#pairs.get(this.#lanes[v]?.nodes[i] ?? -1) ?? []) if (this.#has(v, other)) cost += own;
    return cost;
  }

  #has = (v: number, node: number): boolean => (this.#owner.get(node) ?? v) !== v;

  /** Profits less what nodes would cost beside what others have. */
  beside(v: number, bent: Float64Array): Float64Array {
    if (this.#pairs.size === 0) return bent;
    const nodes = this.#lanes[v]?.nodes ?? [];
    for (const [i, k] of nodes.entries()) for (const { other, cost } of this.#pairs.get(k) ?? []) if (this.#has(v, other)) bent[i] = (bent[i] as number) - cost;
    return bent;
  }

  #remember(): boolean {
    const worth = this.#total();
    if (worth <= this.bestWorth + 1e-9) return false;
    this.bestWorth = this.#worth = worth;
    this.#best = this.now();
    return true;
  }
}
