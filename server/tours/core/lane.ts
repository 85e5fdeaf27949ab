import assert from 'node:assert/strict';
import { NO_WAY, type Problem } from './problem.ts';

/** Labels that the exact search may make before it gives up. */
const LABELS = 30_000;

/** One vehicle's nodes in order of time, with what it costs from each to each: its best paths, beside what others have. */
export class Lane {
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

  /** The best path at these profits when categories bind nothing and are paid for, `price` by category: its worth bounds what any path that holds can be worth. The sweep backward is kept, for `exactly`. */
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
