import type { Model } from './model.ts';

/**
 * The routes of all vehicles, each with what makes an insertion a question of a few additions (slack, after Savelsbergh 1992): when each stop is left at the earliest, and when it may start at the latest so that all behind it
 * still hold. With several windows too: whoever may start late may start early and wait.
 */
export class Routes {
  readonly model: Model;
  /** Places kept for each route; stop `i` of route `r` lies at `r * width + i`, the start of the vehicle at 0, its end last. */
  readonly width: number;
  readonly stop: Int32Array;
  readonly spot: Int32Array;
  readonly leave: Int32Array;
  readonly late: Int32Array;
  /** The way to the next stop. */
  readonly way: Int32Array;
  /** Stops of each route, both ends included. */
  readonly length: Int32Array;
  /** Profit less cost less `thrift` for each unit of way, of each route; and without the last. */
  readonly value: Float64Array;
  readonly worth: Float64Array;
  /** The route of each node, or -1. */
  readonly routeOf: Int32Array;
  /** Where in its route. */
  readonly at: Int32Array;
  /** Nodes that nobody visits, in no order, and where each stands there. */
  readonly free: Int32Array;
  readonly freeAt: Int32Array;
  freeCount = 0;
  /** What is left of the budget, and of each category. */
  purse: number;
  readonly room: Int32Array;
  readonly thrift: number;

  constructor(model: Model, thrift: number) {
    const { nodes: n, vehicles: m, limits } = model;
    this.model = model;
    this.thrift = thrift;
    this.width = n + 2;
    [this.stop, this.spot, this.leave, this.late, this.way] = Array.from({ length: 5 }, () => new Int32Array(m * this.width)) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
    [this.length, this.value, this.worth] = [new Int32Array(m), new Float64Array(m), new Float64Array(m)];
    [this.routeOf, this.at, this.free, this.freeAt] = [new Int32Array(n).fill(-1), new Int32Array(n), new Int32Array(n), new Int32Array(n)];
    this.purse = model.budget;
    this.room = limits.slice();
    for (let k = 0; k < n; k += 1) this.loosen(k);
    for (let r = 0; r < m; r += 1) {
      this.stop[r * this.width] = n + 2 * r;
      this.stop[r * this.width + 1] = n + 2 * r + 1;
      this.length[r] = 2;
      this.settle(r);
    }
  }

  /** Puts a node among those that nobody visits. */
  private loosen(k: number): void {
    this.free[this.freeCount] = k;
    this.freeAt[k] = this.freeCount;
    this.freeCount += 1;
    this.routeOf[k] = -1;
  }

  /** Takes note that nobody visits the node any more; the row of its route is whoever calls's. */
  release(k: number): void {
    this.loosen(k);
    const { model, room } = this;
    if (!model.bounded) return;
    this.purse += (model.fee[k] as number);
    for (let i = model.categoryFrom[k] as number, to = model.categoryFrom[k + 1] as number; i < to; i += 1) (room[model.categories[i] as number] as number)++;
  }

  /** Takes note that somebody visits the node. */
  engage(k: number, r: number): void {
    const { free, freeAt, model, room } = this;
    const hole = freeAt[k] as number;
    const moved = free[--this.freeCount] as number;
    free[hole] = moved;
    freeAt[moved] = hole;
    this.routeOf[k] = r;
    if (!model.bounded) return;
    this.purse -= (model.fee[k] as number);
    for (let i = model.categoryFrom[k] as number, to = model.categoryFrom[k + 1] as number; i < to; i += 1) (room[model.categories[i] as number] as number)--;
  }

  /** Whether budget and categories leave room for one more. */
  affords(k: number): boolean {
    const { model, room } = this;
    if ((model.fee[k] as number) > this.purse) return false;
    for (let i = model.categoryFrom[k] as number, to = model.categoryFrom[k + 1] as number; i < to; i += 1) if ((room[model.categories[i] as number] as number) <= 0) return false;
    return true;
  }

  /** Lays a stop between `i` and `i + 1` of a route; that it fits has been seen. */
  insert(r: number, i: number, k: number): void {
    const { stop } = this;
    const base = r * this.width;
    for (let j = base + (this.length[r] as number); j > base + i + 1; j -= 1) stop[j] = stop[j - 1] as number;
    stop[base + i + 1] = k;
    (this.length[r] as number)++;
    this.engage(k, r);
    this.settle(r);
  }

  /** Reckons the slack of a route anew; false when its order cannot be held. Then its columns are those of nobody. */
  settle(r: number): boolean {
    const { model, stop, spot, leave, late, way, at } = this;
    const { place, service, to, places, opens, closesFirst, closes, first, last, openings, closings, profit, cost, priced, nodes } = model;
    const base = r * this.width;
    const end = base + (this.length[r] as number) - 1;
    const row = (model.kindOf[r] as number) * model.all;
    const plain = !model.several;
    let before = stop[base] as number;
    let here = place[before] as number;
    spot[base] = here;
    let time = opens[row + before] as number;
    leave[base] = time;
    let sum = 0, travelled = 0, spent = 0;
    if (end === base + 1) {
      const home = stop[end] as number;
      spot[end] = place[home] as number;
      late[end] = closes[row + home] as number;
      late[base] = late[end];
      way[base] = 0;
      this.value[r] = this.worth[r] = 0;
      return true;
    }
    for (let j = base + 1; j <= end; j += 1) {
      const k = stop[j] as number;
      const there = place[k] as number;
      const leg = to[here * places + there] as number;
      way[j - 1] = leg;
      travelled += leg;
      if (cost.length > 0) spent += (cost[here * places + there] as number);
      time += leg;
      const cell = row + k;
      if (time > (closes[cell] as number)) return false;
      if (time < (opens[cell] as number)) time = opens[cell] as number;
      else if (!plain && time > (closesFirst[cell] as number)) {
        let w = (first[cell] as number) + 1;
        const none = last[cell] as number;
        while (w < none && (closings[w] as number) < time) w += 1;
        if (time < (openings[w] as number)) time = openings[w] as number;
      }
      time += (service[k] as number);
      leave[j] = time;
      spot[j] = there;
      if (k < nodes) { at[k] = j - base; sum += (profit[cell] as number); }
      before = k;
      here = there;
    }
    let bound = closes[row + (stop[end] as number)] as number;
    late[end] = bound;
    for (let j = end - 1; j > base; j -= 1) {
      const k = stop[j] as number;
      bound -= (way[j] as number) + (service[k] as number);
      const cell = row + k;
      if (bound > (closes[cell] as number)) bound = closes[cell] as number;
      else if (!plain && bound > (closesFirst[cell] as number)) {
        let w = (last[cell] as number) - 1;
        while ((openings[w] as number) > bound) w -= 1;
        if ((closings[w] as number) < bound) bound = closings[w] as number;
      }
      late[j] = bound;
    }
    this.worth[r] = priced ? sum - spent : sum;
    this.value[r] = (this.worth[r]) - this.thrift * travelled;
    return true;
  }
}
