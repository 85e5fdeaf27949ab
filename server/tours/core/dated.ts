import assert from 'node:assert/strict';
import { rng, type Rng } from '../../core/rng.ts';
import { Lane } from './lane.ts';
import { assertForm, type Plan, type Problem } from './problem.ts';
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
/** How often it is warmed anew. */
const CYCLES = 4;
/** How far profits are bent by chance, of themselves. */
const BEND = 0.25;

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
