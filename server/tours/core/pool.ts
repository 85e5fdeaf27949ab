import { Chance } from './chance.ts';
import type { Model } from './model.ts';
import type { Routes } from './routes.ts';

/** A good route for vehicles of one kind. */
interface Kept { readonly key: number; readonly kind: number; readonly nodes: Int32Array; readonly worth: number; readonly value: number }

/** Steps towards better prices in one question; the next one begins where they led. */
const STEPS = 40;

/** What a route of a chain that goes alone is here: of which kind, and what its nodes are truly worth more. */
export interface Standing { readonly kind: number; readonly lift: Float64Array }

/**
 * Good routes that were met, each set of nodes once, and the best choice of one for each vehicle among them. A node that two of them visit is dropped from one, so the worth of a choice is that of the union. The choice is exact when
 * its effort suffices: prices of nodes make a bound (Lagrange, by subgradients), routes that cannot be part of anything better fall out by it, and the rest is searched depth first.
 */
export class Pool {
  private readonly model: Model;
  private readonly kept = new Map<number, Kept>();
  private readonly stamp: Float64Array;
  private readonly limit: number;
  /** Prices of nodes from the last choice, where the next one begins: what another visit to a node that many routes want is not worth. */
  readonly price: Float64Array;

  constructor(model: Model, limit: number) {
    this.model = model;
    this.limit = limit;
    const chance = new Chance(7);
    this.stamp = Float64Array.from({ length: model.nodes + model.kinds }, () => (chance.bits() >>> 0) * 2 ** 20 + (chance.bits() >>> 12));
    this.price = new Float64Array(model.nodes);
  }

  /** Keeps a route as it stands, unless a shorter one of the same nodes is here. */
  add(routes: Routes, r: number, as: Standing | null): void {
    const { model, stamp, kept, limit } = this;
    const base = r * routes.width;
    const end = base + (routes.length[r] as number) - 1;
    const kind = as ? as.kind : model.kindOf[r] as number;
    let lift = 0;
    if (as) for (let j = base + 1; j < end; j += 1) lift += (as.lift[routes.stop[j] as number] as number);
    // Sums below 2^53 do not depend on their order: a set has one key.
    let key = stamp[model.nodes + kind] as number;
    for (let j = base + 1; j < end; j += 1) {
      key += (stamp[routes.stop[j] as number] as number);
      if (key >= 2 ** 52) key -= 2 ** 52;
    }
    const before = kept.get(key);
    if (before && before.value >= (routes.value[r] as number) + lift - 1e-9) return;
    kept.set(key, { key, kind, nodes: routes.stop.slice(base + 1, end), worth: (routes.worth[r] as number) + lift, value: (routes.value[r] as number) + lift });
    if (kept.size <= 2 * limit) return;
    const worths = new Map([...kept.values()].map((one) => [one.key, this.reduced(one)]));
    const best = [...kept.values()].sort((one, other) => (worths.get(other.key) ?? 0) - (worths.get(one.key) ?? 0)).slice(0, limit);
    kept.clear();
    for (const one of best) kept.set(one.key, one);
  }

  /** What a route is worth once its nodes are paid for: whoever is nearest to being chosen stays. */
  private reduced({ kind, nodes, worth }: Kept): number {
    const { model, price } = this;
    let sum = worth;
    for (const k of nodes) sum -= Math.min(price[k] as number, model.profit[kind * model.all + k] as number);
    return sum;
  }

  /** The routes of the best choice worth more than `least`, by vehicle; null when there is none, or none was met in so many looks at a route. */
  choose(least: number, effort: number): number[][] | null {
    const { model } = this;
    const found = new Choice(model, [...this.kept.values()], this.price).search(least, effort);
    if (!found) return null;
    const seen = new Set<number>();
    return found.map((nodes) => [...nodes].filter((k) => !seen.has(k) && seen.add(k)));
  }
}

/** One question to a pool. Rows are routes, an empty one for each kind among them. */
class Choice {
  private readonly model: Model;
  private readonly rows: readonly Pick<Kept, 'kind' | 'nodes' | 'worth'>[];
  private readonly price: Float64Array;
  private readonly reduced: Float64Array;
  /** Vehicles kind by kind, and how many of each kind. */
  private readonly vehicles: Int32Array;
  private readonly countOf: Int32Array;
  private readonly used: Uint8Array;
  private readonly chosen: Int32Array;
  private readonly best: Int32Array;
  private bestWorth = 0;
  private met = false;
  private effort = 0;
  private ranked: Int32Array[] = [];
  /** The most that the vehicles from a depth on may add in reduced worth, were they alone. */
  private readonly rest: Float64Array;
  private fees = 0;
  private readonly room: Int32Array;

  constructor(model: Model, kept: readonly Kept[], price: Float64Array) {
    this.model = model;
    this.price = price;
    this.rows = [...kept, ...Array.from({ length: model.kinds }, (_, kind) => ({ kind, nodes: new Int32Array(0), worth: 0 }))];
    this.reduced = new Float64Array(this.rows.length);
    this.vehicles = Int32Array.from(model.kindOf.keys()).sort((one, other) => (model.kindOf[one] as number) - (model.kindOf[other] as number) || one - other);
    this.countOf = new Int32Array(model.kinds);
    for (const kind of model.kindOf) (this.countOf[kind] as number)++;
    this.used = new Uint8Array(model.nodes);
    [this.chosen, this.best] = [new Int32Array(model.vehicles), new Int32Array(model.vehicles)];
    this.rest = new Float64Array(model.vehicles + 1);
    this.room = model.limits.slice();
  }

  search(least: number, effort: number): Int32Array[] | null {
    this.bestWorth = this.above(least);
    const bound = this.priced(STEPS);
    if (bound < this.bestWorth) return null;
    this.rank(bound);
    this.effort = effort;
    this.descend(0, 0, 0, this.price.reduce((sum, price) => sum + price, 0));
    if (!this.met) return null;
    const routes: Int32Array[] = [];
    this.vehicles.forEach((v, depth) => { routes[v] = this.rows[this.best[depth] as number]?.nodes ?? new Int32Array(0); });
    return routes;
  }

  /** The least that something better is worth: a whole grain more where there is one. */
  private above(worth: number): number {
    const { grain } = this.model;
    return worth + (grain > 0 ? grain * (1 - 1e-6) : 1e-7 * Math.max(1, Math.abs(worth)));
  }

  /** Reckons reduced worths: what a route is worth once its nodes are paid for, each at its price or at the loss of leaving it out. */
  private reduce(): void {
    const { model, price, reduced } = this;
    this.rows.forEach(({ kind, nodes, worth }, row) => {
      const at = kind * model.all;
      let sum = worth;
      for (let i = 0; i < nodes.length; i += 1) {
        const k = nodes[i] as number;
        sum -= Math.min(price[k] as number, model.profit[at + k] as number);
      }
      reduced[row] = sum;
    });
  }

  /** The best rows of each kind, as many as it has vehicles. */
  private tops(): Int32Array[] {
    const { reduced } = this;
    const tops = Array.from(this.countOf, (count) => new Int32Array(count).fill(-1));
    this.rows.forEach(({ kind }, row) => {
      const list = tops[kind];
      if (!list) return;
      const its = reduced[row] as number;
      let at = list.length;
      while (at > 0 && ((list[at - 1] as number) < 0 || (reduced[list[at - 1] as number] as number) < its)) at -= 1;
      if (at === list.length) return;
      list.copyWithin(at + 1, at, list.length - 1);
      list[at] = row;
    });
    return tops;
  }

  /** Prices of nodes that make the bound low, by so many steps; the best bound, with its prices and reduced worths in place. */
  private priced(steps: number): number {
    const { model, price, reduced } = this;
    const visits = new Int32Array(model.nodes);
    const bestPrice = price.slice();
    let low = Infinity;
    let stride = 1;
    let stale = 0;
    for (let step = 0; step < steps; step += 1) {
      this.reduce();
      const tops = this.tops();
      let bound = price.reduce((sum, one) => sum + one, 0);
      visits.fill(0);
      for (const list of tops) {
        for (const row of list) {
          if (row < 0) continue;
          bound += (reduced[row] as number);
          const { kind, nodes } = this.rows[row] ?? { kind: 0, nodes: new Int32Array(0) };
          for (const k of nodes) if ((price[k] as number) <= (model.profit[kind * model.all + k] as number)) (visits[k] as number)++;
        }
      }
      if (bound < low - 1e-9) {
        low = bound;
        bestPrice.set(price);
        stale = 0;
        if (low < this.bestWorth) break;
      } else if ((stale += 1) > 4) {
        stale = 0;
        stride /= 2;
      }
      let norm = 0;
      for (let k = 0; k < model.nodes; k += 1) if ((visits[k] as number) !== 1 && ((visits[k] as number) > 1 || (price[k] as number) > 0)) norm += ((visits[k] as number) - 1) ** 2;
      if (norm === 0) break;
      const pace = stride * Math.max(bound - this.bestWorth, 1e-3 * model.meanProfit) / norm;
      for (let k = 0; k < model.nodes; k += 1) if (visits[k] !== 1) price[k] = Math.max(0, (price[k] as number) + pace * ((visits[k] as number) - 1));
    }
    price.set(bestPrice);
    this.reduce();
    return low;
  }

  /** The rows of each kind that may be part of something better, best first. */
  private rank(bound: number): void {
    const { reduced, model } = this;
    const tops = this.tops();
    const lists: number[][] = tops.map(() => []);
    this.rows.forEach(({ kind }, row) => {
      const last = tops[kind]?.at(-1) ?? -1;
      if (last < 0 || bound - Math.max(0, (reduced[last] as number) - (reduced[row] as number)) >= this.bestWorth) lists[kind]?.push(row);
    });
    this.ranked = lists.map((list) => Int32Array.from(list.sort((one, other) => (reduced[other] as number) - (reduced[one] as number) || one - other)));
    for (let depth = model.vehicles - 1; depth >= 0; depth -= 1) {
      const kind = model.kindOf[this.vehicles[depth] as number] as number;
      const first = depth === 0 || model.kindOf[this.vehicles[depth - 1] as number] !== kind;
      this.rest[depth] = first ? (this.rest[depth + (this.countOf[kind] as number)] as number) + Array.from(tops[kind] ?? [], (row) => (row < 0 ? 0 : reduced[row] as number)).reduce((sum, one) => sum + one, 0) : 0;
    }
  }

  /** Chooses for the vehicles from `depth` on, of a kind in falling order; `worth` is that of the union so far, `paid` the prices of all nodes that nobody visits. */
  private descend(depth: number, from: number, worth: number, paid: number): void {
    const { model, reduced, price, used, vehicles } = this;
    if (depth === model.vehicles) {
      if (worth >= this.bestWorth) {
        this.bestWorth = this.above(worth);
        this.best.set(this.chosen);
        this.met = true;
      }
      return;
    }
    const kind = model.kindOf[vehicles[depth] as number] as number;
    let open = 1;
    while (depth + open < model.vehicles && model.kindOf[vehicles[depth + open] as number] === kind) open += 1;
    const list = this.ranked[kind] ?? new Int32Array(0);
    const later = this.rest[depth + open] as number;
    const at = kind * model.all;
    for (let i = from; i < list.length; i += 1) {
      let most = worth + paid + later;
      for (let j = i; j < i + open && j < list.length; j += 1) most += (reduced[list[j] as number] as number);
      if (most < this.bestWorth || this.effort-- < 0) return;
      const row = list[i] as number;
      const { nodes, worth: its } = this.rows[row] ?? { nodes: new Int32Array(0), worth: 0 };
      let [sum, left] = [its, paid];
      for (let n = 0; n < nodes.length; n += 1) {
        const k = nodes[n] as number;
        if ((used[k] as number) > 0) sum -= (model.profit[at + k] as number);
        else left -= (price[k] as number);
      }
      // What it is worth beside those chosen, and the best that may still come.
      let more = worth + sum + left + later;
      for (let j = i + 1; j < i + open && j < list.length; j += 1) more += (reduced[list[j] as number] as number);
      if (more < this.bestWorth) continue;
      const fits = this.mark(nodes, 1);
      if (fits) {
        this.chosen[depth] = row;
        this.descend(depth + 1, open > 1 ? i + 1 : 0, worth + sum, left);
      }
      this.mark(nodes, -1);
    }
  }

  /** Counts the visits of a route in or out; false when budget or categories do not allow them. */
  private mark(nodes: Int32Array, by: 1 | -1): boolean {
    const { model, used, room } = this;
    let fits = true;
    for (let n = 0; n < nodes.length; n += 1) {
      const k = nodes[n] as number;
      const before = used[k] as number;
      used[k] = before + by;
      if (!model.bounded || (by > 0 ? before : before - 1) > 0) continue;
      this.fees += by * (model.fee[k] as number);
      for (let i = model.categoryFrom[k] as number, to = model.categoryFrom[k + 1] as number; i < to; i += 1) if (((room[model.categories[i] as number] as number) -= by) < 0) fits = false;
    }
    return fits && this.fees <= model.budget;
  }
}
