import { Chance } from './chance.ts';
import type { Model } from './model.ts';
import type { Pool, Standing } from './pool.ts';
import { Routes } from './routes.ts';

/** The exponents of profit against cost, one drawn an iteration. */
const KEENNESS = [0.5, 1, 1.5, 2, 3];
/** The one of them that a whole plan is filled with. */
const FIRST = 3;
/** How often everybody outside looks everywhere; less often where that is more looks than these. */
const EVERYWHERE = 0.03;
const MOST_LOOKS = 20_000;
/** Beyond so many pairs of node and vehicle, places are reckoned anew only when somebody is picked for theirs, and on the two legs of who came in. */
const MANY = 10_000;
/** Percents: who is passed over, and how often the order is drawn beforehand. */
const FORGOTTEN = 1;
const SORTED = 25;
/** The longest string, and the most routes that strings are taken from at once. */
const LONGEST = 6;
const MOST_ROUTES = 3;
/** What a way to the fifth neighbour costs, in mean profits: enough to tell plans of one worth apart. */
const THRIFT = 0.02;
/** No place was found. */
const NONE: number = 0x7fffffff;

/**
 * One search: a plan of now, from which each iteration takes some nodes out and lets some in (ruin and recreate, Schrimpf et al. 2000; strings after Christiaens and Vanden Berghe 2020); the outcome is kept by annealing, or all
 * goes back to what it was. Nothing is allocated on the way but routes for the pool. It begins with `fill` or `adopt`.
 */
export class Chain {
  readonly routes: Routes;
  private readonly model: Model;
  private readonly chance: Chance;
  private readonly pool: Pool;
  /** By how much a plan may be worse than the one before, about. */
  temperature = 0;
  bestWorth = -Infinity;
  private bestValue = -Infinity;
  /** Counts on, so that what was noted in one iteration is not taken for the next one's. */
  private iterations = 0;
  private readonly bestStop: Int32Array;
  private readonly bestLength: Int32Array;
  private current: number;
  /** What stood in the routes that this iteration changes. */
  private readonly old: Pick<Routes, 'stop' | 'spot' | 'leave' | 'late' | 'way' | 'length' | 'value' | 'worth'>;
  private readonly touched: Int32Array;
  private readonly isTouched: Uint8Array;
  private touchedCount = 0;
  /** Routes with a hole, and its first and last leg. */
  private readonly hit: Int32Array;
  private readonly isHit: Uint8Array;
  private hitCount = 0;
  private readonly low: Int32Array;
  private readonly high: Int32Array;
  /** The iteration in which a node was taken out last. */
  private readonly taken: Int32Array;
  private readonly marked: Int32Array;
  /** Who may come in: node, its cheapest place, what it weighs, and whether it may look everywhere. */
  private readonly who: Int32Array;
  private readonly dear: Int32Array;
  private readonly inRoute: Int32Array;
  private readonly atLeg: Int32Array;
  private readonly weight: Float64Array;
  private readonly score: Float64Array;
  private readonly wide: Uint8Array;
  private count = 0;
  private readonly power: Float64Array;
  private readonly key: Float64Array;
  private foundCost = 0;
  private foundRoute = 0;
  private foundLeg = 0;
  /** With prices: what a place earns after the cost of its legs, how it ranks, and the least that it has to earn. */
  private foundNet = 0;
  private foundRank = 0;
  private least = 0;
  private keen = 1;
  private readonly net: Float64Array;
  /** Routes of plans that are worth this part of the best go to the pool. */
  private readonly keeps: number;
  private readonly as: Standing | null;

  /** `as` is given where the chain goes alone for vehicles of one kind, at profits that are not the true ones. */
  constructor(model: Model, seed: number, pool: Pool, as: Standing | null = null) {
    this.model = model;
    this.pool = pool;
    this.as = as;
    this.keeps = as ? 0.85 : 0.95;
    this.chance = new Chance(seed);
    const { nodes: n, vehicles: m } = model;
    const routes = new Routes(model, THRIFT * model.meanProfit / model.meanWay);
    this.routes = routes;
    this.old = { stop: routes.stop.slice(), spot: routes.spot.slice(), leave: routes.leave.slice(), late: routes.late.slice(), way: routes.way.slice(), length: routes.length.slice(), value: routes.value.slice(), worth: routes.worth.slice() };
    this.bestStop = routes.stop.slice();
    this.bestLength = routes.length.slice();
    const ints = (size: number) => new Int32Array(size);
    [this.touched, this.hit, this.low, this.high] = [ints(m), ints(m), ints(m), ints(m)];
    [this.isTouched, this.isHit] = [new Uint8Array(m), new Uint8Array(m)];
    [this.taken, this.marked, this.who, this.dear, this.inRoute, this.atLeg] = [ints(n), ints(n), ints(n), ints(n), ints(n), ints(n)];
    [this.weight, this.score, this.wide, this.key] = [new Float64Array(n), new Float64Array(n), new Uint8Array(n), new Float64Array(n)];
    this.net = new Float64Array(n);
    this.power = new Float64Array(KEENNESS.length * n);
    this.weigh();
    this.current = 0;
  }

  /** Lets in whoever finds room, and takes the outcome. */
  fill(): void {
    this.iterations += 1;
    this.gather(true, true);
    if (this.count * this.model.vehicles > MANY) this.lazily();
    else this.greedy();
    this.current = this.total();
    this.clear();
    this.note();
  }

  private total(): number {
    const { value } = this.routes;
    let sum = 0;
    for (let r = 0; r < value.length; r += 1) sum += (value[r] as number);
    return sum;
  }

  private clear(): void {
    for (let i = 0; i < this.touchedCount; i += 1) this.isTouched[this.touched[i] as number] = 0;
    for (let i = 0; i < this.hitCount; i += 1) this.isHit[this.hit[i] as number] = 0;
    this.touchedCount = 0;
    this.hitCount = 0;
  }

  /** Keeps the plan of now when none was worth more, or none of that worth was shorter. */
  private note(): boolean {
    const { routes, bestStop, bestLength } = this;
    let worth = 0;
    for (let r = 0; r < bestLength.length; r += 1) worth += (routes.worth[r] as number);
    if (worth < this.bestWorth - 1e-9 || (worth < this.bestWorth + 1e-9 && this.current <= this.bestValue + 1e-9)) return false;
    for (let r = 0; r < bestLength.length; r += 1) {
      const base = r * routes.width;
      const length = routes.length[r] as number;
      bestLength[r] = length;
      for (let j = base; j < base + length; j += 1) bestStop[j] = routes.stop[j] as number;
    }
    this.bestValue = this.current;
    this.bestWorth = worth;
    return true;
  }

  /** The best plan so far, nodes by vehicle. */
  best(): number[][] {
    return Array.from(this.bestLength, (length, r) => [...this.bestStop.subarray(r * this.routes.width + 1, r * this.routes.width + length - 1)]);
  }

  /** Makes the given routes the plan of now, as far as they hold; then fills up. */
  adopt(given: readonly (readonly number[])[]): void {
    const { routes, model } = this;
    for (let r = 0; r < model.vehicles; r += 1) this.empty(r);
    given.forEach((nodes, r) => {
      const base = r * routes.width;
      for (const k of nodes) {
        if ((routes.routeOf[k] as number) >= 0 || (model.bounded && !routes.affords(k))) continue;
        const end = base + (routes.length[r] as number) - 1;
        routes.stop[end + 1] = routes.stop[end] as number;
        routes.stop[end] = k;
        (routes.length[r] as number)++;
        routes.engage(k, r);
        if (routes.settle(r)) continue;
        routes.stop[end] = routes.stop[end + 1] as number;
        (routes.length[r] as number)--;
        routes.release(k);
        routes.settle(r);
      }
    });
    this.fill();
  }

  private weigh(): void {
    const { model } = this;
    const n = model.nodes;
    KEENNESS.forEach((keen, g) => {
      for (let k = 0; k < n; k += 1) this.power[g * n + k] = (Math.max(0, model.profit[k] as number) / model.meanProfit) ** keen;
    });
  }

  /** Reckons all anew after profits have changed, and begins from the plan of now. */
  reprice(): void {
    this.weigh();
    for (let r = 0; r < this.model.vehicles; r += 1) this.routes.settle(r);
    this.bestWorth = -Infinity;
    this.bestValue = -Infinity;
    this.current = this.total();
    this.note();
  }

  private empty(r: number): void {
    const { routes } = this;
    const base = r * routes.width;
    const end = base + (routes.length[r] as number) - 1;
    for (let j = base + 1; j < end; j += 1) routes.release(routes.stop[j] as number);
    routes.stop[base + 1] = routes.stop[end] as number;
    routes.length[r] = 2;
    routes.settle(r);
  }

  /** One iteration: take some nodes out, let some in, and keep the outcome or go back. */
  step(): void {
    this.iterations += 1;
    const { chance, routes, model } = this;
    const kind = chance.below(100);
    if (kind < 65) this.strings();
    else if (kind < 75) this.slab();
    else if (kind < 90) this.scattered();
    else this.segment();
    if (this.hitCount === 0) { this.clear(); return; }
    const looks = routes.freeCount * (model.nodes - routes.freeCount + model.vehicles);
    this.gather(chance.share() * Math.max(1, looks / MOST_LOOKS) < EVERYWHERE, false);
    if (chance.below(100) < SORTED) this.sorted();
    else this.greedy();
    const next = this.total();
    const threshold = this.current + this.temperature * Math.log(chance.share() + 1e-12);
    if (next >= threshold) {
      const better = next > this.current + 1e-9;
      this.current = next;
      this.note();
      if (better || chance.below(4) === 0) {
        let worth = 0;
        for (let r = 0; r < routes.worth.length; r += 1) worth += (routes.worth[r] as number);
        if (worth >= this.keeps * this.bestWorth) for (let i = 0; i < this.touchedCount; i += 1) this.pool.add(routes, this.touched[i] as number, this.as);
      }
    } else this.back();
    this.clear();
  }

  /** Keeps what stands in a route, before its first change of this iteration. */
  private touch(r: number): void {
    if (this.isTouched[r]) return;
    this.isTouched[r] = 1;
    this.touched[this.touchedCount++] = r;
    const { routes, old } = this;
    const base = r * routes.width;
    const to = base + (routes.length[r] as number);
    const { stop, spot, leave, late, way } = routes;
    const { stop: stop0, spot: spot0, leave: leave0, late: late0, way: way0 } = old;
    for (let j = base; j < to; j += 1) {
      stop0[j] = stop[j] as number;
      spot0[j] = spot[j] as number;
      leave0[j] = leave[j] as number;
      late0[j] = late[j] as number;
      way0[j] = way[j] as number;
    }
    old.length[r] = routes.length[r] as number;
    old.value[r] = routes.value[r] as number;
    old.worth[r] = routes.worth[r] as number;
  }

  /** Everything as it was before this iteration. */
  private back(): void {
    for (let i = 0; i < this.touchedCount; i += 1) this.loosen(this.touched[i] as number);
    for (let i = 0; i < this.touchedCount; i += 1) this.restore(this.touched[i] as number);
  }

  private loosen(r: number): void {
    const { routes } = this;
    const base = r * routes.width;
    const end = base + (routes.length[r] as number) - 1;
    for (let j = base + 1; j < end; j += 1) routes.release(routes.stop[j] as number);
  }

  private restore(r: number): void {
    const { routes, old } = this;
    const base = r * routes.width;
    const length = old.length[r] as number;
    const { stop, spot, leave, late, way, at } = routes;
    const { stop: stop0, spot: spot0, leave: leave0, late: late0, way: way0 } = old;
    for (let j = base; j < base + length; j += 1) {
      stop[j] = stop0[j] as number;
      spot[j] = spot0[j] as number;
      leave[j] = leave0[j] as number;
      late[j] = late0[j] as number;
      way[j] = way0[j] as number;
    }
    routes.length[r] = length;
    routes.value[r] = old.value[r] as number;
    routes.worth[r] = old.worth[r] as number;
    for (let j = base + 1; j < base + length - 1; j += 1) {
      const k = stop[j] as number;
      routes.engage(k, r);
      at[k] = j - base;
    }
  }

  /** Marks a string of a route that holds position `at`, so many stops long; one in two leaves some of its middle where it is. */
  private string(r: number, at: number, size: number): void {
    const { routes, chance, marked } = this;
    const stops = (routes.length[r] as number) - 2;
    const base = r * routes.width;
    let spare = 0;
    let whole = Math.min(size, stops);
    if (whole < stops && whole > 1 && chance.below(2) === 0) {
      spare = 1;
      while (whole + spare < stops && chance.below(2) === 0) spare += 1;
      whole += spare;
    }
    const least = Math.max(1, at - whole + 1);
    const most = Math.min(at, stops - whole + 1);
    const from = least + chance.below(most - least + 1);
    const skip = spare > 0 ? from + 1 + chance.below(whole - spare - 1 || 1) : 0;
    for (let i = from; i < from + whole; i += 1) {
      if (spare > 0 && i >= skip && i < skip + spare) continue;
      marked[routes.stop[base + i] as number] = this.iterations;
    }
    this.cut(r);
  }

  /** Takes the marked stops out of a route; it stays as it was when what is left cannot hold (where a detour is shorter than the way). */
  private cut(r: number): void {
    this.touch(r);
    const { routes, marked, taken, iterations } = this;
    const { stop } = routes;
    const base = r * routes.width;
    const end = base + (routes.length[r] as number) - 1;
    let to = base + 1;
    let low = -1, high = 0;
    for (let j = base + 1; j < end; j += 1) {
      const k = stop[j] as number;
      if (marked[k] === iterations) {
        routes.release(k);
        taken[k] = iterations;
        high = to - 1 - base;
        if (low < 0) low = high;
      } else stop[to++] = k;
    }
    stop[to] = stop[end] as number;
    routes.length[r] = to + 1 - base;
    if (!routes.settle(r)) {
      for (let j = base + 1; j < to; j += 1) routes.release(stop[j] as number);
      this.restore(r);
      return;
    }
    if (low < 0) return;
    this.isHit[r] = 1;
    this.hit[this.hitCount++] = r;
    this.low[r] = Math.max(0, low - 2);
    this.high[r] = Math.min(to - 1 - base, high + 2);
  }

  private strings(): void {
    const { chance, routes, model } = this;
    const { neighbours, near, nodes } = model;
    const seed = routes.freeCount > 0 && chance.below(2) === 0 ? (routes.free[chance.below(routes.freeCount)] as number) : chance.below(nodes);
    let wanted = 1 + chance.below(Math.min(MOST_ROUTES, model.vehicles));
    let k = seed;
    for (let i = -1; i < near; i += 1) {
      if (i >= 0) k = neighbours[seed * near + i] as number;
      const r = routes.routeOf[k] as number;
      if (r < 0 || this.isTouched[r]) continue;
      this.string(r, routes.at[k] as number, 1 + chance.below(LONGEST));
      if (--wanted === 0) return;
    }
  }

  /** Strings of several routes at the time when somebody who stands outside is open. */
  private slab(): void {
    const { chance, routes, model } = this;
    const m = model.vehicles;
    const k = routes.freeCount > 0 ? (routes.free[chance.below(routes.freeCount)] as number) : chance.below(model.nodes);
    const kind = (model.kindOf[chance.below(m)] as number) * model.all + k;
    const time = (model.opens[kind] as number) + chance.share() * ((model.closes[kind] as number) - (model.opens[kind] as number));
    const wanted = 1 + chance.below(m);
    const from = chance.below(m);
    for (let i = 0; i < wanted; i += 1) {
      const r = (from + i) % m;
      const base = r * routes.width;
      const last = (routes.length[r] as number) - 2;
      if (last < 1) continue;
      let at = 1;
      while (at < last && (routes.leave[base + at] as number) < time) at += 1;
      this.string(r, at, 1 + chance.below(LONGEST));
    }
  }

  private scattered(): void {
    const { chance, routes, marked, model } = this;
    const engaged = model.nodes - routes.freeCount;
    if (engaged === 0) return;
    const wanted = Math.min(engaged, 1 + chance.below(LONGEST));
    for (let i = 0, tries = 0; i < wanted && tries < 60; tries += 1) {
      const k = chance.below(model.nodes);
      if ((routes.routeOf[k] as number) < 0 || marked[k] === this.iterations) continue;
      marked[k] = this.iterations;
      i += 1;
      this.key[i] = routes.routeOf[k] as number;
    }
    for (let r = 0; r < model.vehicles; r += 1) {
      const base = r * routes.width;
      for (let j = base + (routes.length[r] as number) - 2; j > base; j -= 1) if (marked[routes.stop[j] as number] === this.iterations) { this.cut(r); break; }
    }
  }

  /** A third to all of one route. */
  private segment(): void {
    const { chance, routes, model, marked } = this;
    const r = chance.below(model.vehicles);
    const stops = (routes.length[r] as number) - 2;
    if (stops < 1) return;
    const size = Math.max(1, Math.round(stops * (0.3 + 0.7 * chance.share())));
    const from = 1 + chance.below(stops - size + 1);
    const base = r * routes.width;
    for (let i = from; i < from + size; i += 1) marked[routes.stop[base + i] as number] = this.iterations;
    this.cut(r);
  }

  /** Looks for the cheapest place of a node in the legs `from` to `until` of a route, and leaves it in `found…` when it is cheaper than what stands there. */
  private scan(k: number, r: number, from: number, until: number): void {
    if (this.model.priced) { this.scanPriced(k, r, from, until); return; }
    const { model, routes } = this;
    const { leave, late, spot, way } = routes;
    const cell = (model.kindOf[r] as number) * model.all + k;
    const closes = model.closes[cell] as number;
    const opens = model.opens[cell] as number;
    const base = r * routes.width;
    const last = base + Math.min(until, (routes.length[r] as number) - 2);
    let j = base + from;
    const service = model.service[k] as number;
    const ready = opens + service;
    // Most are open at another time than these legs.
    if ((late[last + 1] as number) < ready || closes < (leave[j] as number)) return;
    for (let ahead = last; ahead - j > 8;) {
      const middle = (j + ahead) >> 1;
      if ((late[middle + 1] as number) < ready) j = middle + 1;
      else ahead = middle;
    }
    const several = model.several ? (model.closesFirst[cell] as number) : NONE;
    const row = (model.place[k] as number) * model.places;
    const { to, from: back, metric } = model;
    let least = this.foundCost;
    for (; j <= last; j += 1) {
      const bound = late[j + 1] as number;
      if (bound < ready) continue;
      const left = leave[j] as number;
      let time = left + (back[row + (spot[j] as number)] as number);
      if (time > closes) {
        if (metric || left > closes) return;
        continue;
      }
      if (time < opens) time = opens;
      else if (time > several) time = this.opening(cell, time);
      time += service;
      if (time > bound) continue;
      const on = to[row + (spot[j + 1] as number)] as number;
      if (time + on > bound) continue;
      const cost = time - left + on - (way[j] as number);
      if (cost < least) {
        least = cost;
        this.foundCost = cost;
        this.foundRoute = r;
        this.foundLeg = j - base;
      }
    }
  }

  /** The same where legs cost or profits hang on the vehicle: the place that earns most, less what its time is worth. */
  private scanPriced(k: number, r: number, from: number, until: number): void {
    const { model, routes } = this;
    const cell = (model.kindOf[r] as number) * model.all + k;
    const closes = model.closes[cell] as number;
    const opens = model.opens[cell] as number;
    const several = model.several ? (model.closesFirst[cell] as number) : NONE;
    const here = model.place[k] as number;
    const row = here * model.places;
    const service = model.service[k] as number;
    const profit = model.profit[cell] as number;
    const { to, from: back, cost: price, places, timeWorth } = model;
    const { leave, late, spot, way } = routes;
    const base = r * routes.width;
    const last = base + Math.min(until, (routes.length[r] as number) - 2);
    const ready = opens + service;
    let j = base + from;
    if ((late[last + 1] as number) < ready || closes < (leave[j] as number)) return;
    for (let ahead = last; ahead - j > 8;) {
      const middle = (j + ahead) >> 1;
      if ((late[middle + 1] as number) < ready) j = middle + 1;
      else ahead = middle;
    }
    const alone = (routes.length[r] as number) === 2;
    for (; j <= last; j += 1) {
      const bound = late[j + 1] as number;
      if (bound < ready) continue;
      const left = leave[j] as number;
      let time = left + (back[row + (spot[j] as number)] as number);
      if (time > closes) {
        if (left > closes) return;
        continue;
      }
      if (time < opens) time = opens;
      else if (time > several) time = this.opening(cell, time);
      time += service;
      const on = to[row + (spot[j + 1] as number)] as number;
      if (time + on > bound) continue;
      const cost = time - left + on - (way[j] as number);
      let net = profit;
      if (price.length > 0) {
        const before = (spot[j] as number) * places;
        const after = spot[j + 1] as number;
        net -= (price[before + here] as number) + (price[row + after] as number) - (alone ? 0 : (price[before + after] as number));
      }
      if (net <= this.least) continue;
      const rank = net - timeWorth * cost;
      if (this.foundCost === NONE || rank > this.foundRank) {
        this.foundCost = cost;
        this.foundNet = net;
        this.foundRank = rank;
        this.foundRoute = r;
        this.foundLeg = j - base;
      }
    }
  }

  /** What the place that was found says for letting somebody in there. */
  private rated(weight: number): number {
    const { meanProfit, priced } = this.model;
    return (priced ? weight * (Math.max(this.foundNet / meanProfit, 1e-3)) ** this.keen : weight) / (this.foundCost + 1);
  }

  /** The earliest that a node may start from a time on that is behind its first window and not behind its last. */
  private opening(cell: number, time: number): number {
    const { first, openings, closings } = this.model;
    let w = (first[cell] as number) + 1;
    while ((closings[w] as number) < time) w += 1;
    const opens = openings[w] as number;
    return time < opens ? opens : time;
  }

  private scanAll(k: number): void {
    for (let r = 0; r < this.model.vehicles; r += 1) this.scan(k, r, 0, NONE >> 1);
  }

  private scanHit(k: number): void {
    for (let i = 0; i < this.hitCount; i += 1) {
      const r = this.hit[i] as number;
      this.scan(k, r, this.low[r] as number, this.high[r] as number);
    }
  }

  /** Everybody outside who finds a place; who was just taken out looks everywhere, others where the holes are. */
  private gather(everywhere: boolean, filling: boolean): void {
    const { routes, model, chance, taken, iterations } = this;
    const drawn = filling ? FIRST : chance.below(KEENNESS.length);
    const keen = drawn * model.nodes;
    this.keen = KEENNESS[drawn] as number;
    // Now and then a stop that costs more than it earns is let in, since its neighbour may make up for it.
    this.least = model.priced && chance.below(4) === 0 ? -Infinity : 0;
    const forgets = filling ? 0 : FORGOTTEN * 42_949_672;
    let count = 0;
    for (let i = 0; i < routes.freeCount; i += 1) {
      const k = routes.free[i] as number;
      if (model.bounded && !routes.affords(k)) continue;
      const wide = everywhere || taken[k] === iterations;
      if ((chance.bits() >>> 0) < forgets) continue;
      this.foundCost = NONE;
      if (wide) this.scanAll(k);
      else this.scanHit(k);
      if (this.foundCost === NONE) continue;
      this.who[count] = k;
      this.dear[count] = this.foundCost;
      this.inRoute[count] = this.foundRoute;
      this.atLeg[count] = this.foundLeg;
      this.wide[count] = wide ? 1 : 0;
      const weight = (model.priced ? 1 : (this.power[keen + k] as number)) * (0.8 + 0.4 * chance.share());
      this.weight[count] = weight;
      this.net[count] = this.foundNet;
      this.score[count] = this.rated(weight);
      count += 1;
    }
    this.count = count;
  }

  /** Lets in whoever earns most for what it takes, one after another. */
  private greedy(): void {
    const { routes, model, who, dear, inRoute, atLeg, weight, score, wide } = this;
    while (this.count > 0) {
      let pick = 0;
      let most = score[0] as number;
      for (let c = 1; c < this.count; c += 1) {
        const value = score[c] as number;
        if (value > most) { most = value; pick = c; }
      }
      const [k, r, leg] = [who[pick] as number, inRoute[pick] as number, atLeg[pick] as number];
      this.touch(r);
      routes.insert(r, leg, k);
      if (this.isHit[r]) (this.high[r] as number)++;
      this.count -= 1;
      this.move(this.count, pick);
      let kept = 0;
      for (let c = 0; c < this.count; c += 1) {
        const other = who[c] as number;
        if (model.bounded && !routes.affords(other)) continue;
        this.foundCost = NONE;
        if (inRoute[c] === r) {
          const its = atLeg[c] as number;
          if (its !== leg) {
            const now = its > leg ? its + 1 : its;
            this.scan(other, r, now, now);
          }
          if (this.foundCost === NONE) {
            if (wide[c]) this.scanAll(other);
            else this.scanHit(other);
            if (this.foundCost === NONE) continue;
          } else this.scan(other, r, leg, leg + 1);
        } else {
          this.foundCost = dear[c] as number;
          this.foundNet = this.net[c] as number;
          this.foundRank = this.foundNet - model.timeWorth * this.foundCost;
          this.foundRoute = inRoute[c] as number;
          this.foundLeg = atLeg[c] as number;
          if (wide[c] || this.isHit[r]) this.scan(other, r, leg, leg + 1);
        }
        who[kept] = other;
        wide[kept] = wide[c] as number;
        weight[kept] = weight[c] as number;
        dear[kept] = this.foundCost;
        inRoute[kept] = this.foundRoute;
        atLeg[kept] = this.foundLeg;
        this.net[kept] = this.foundNet;
        score[kept] = this.rated(weight[c] as number);
        kept += 1;
      }
      this.count = kept;
    }
  }

  /** The same for very many, whose places are reckoned when they are picked; all look everywhere. */
  private lazily(): void {
    const { routes, model, who, dear, inRoute, atLeg, weight, score, marked } = this;
    // After how many insertions somebody's place was reckoned: the column of strings is not in use here.
    const reckoned = marked.fill(0);
    const write = (c: number, k: number) => {
      dear[c] = this.foundCost;
      inRoute[c] = this.foundRoute;
      atLeg[c] = this.foundLeg;
      this.net[c] = this.foundNet;
      score[c] = this.rated(weight[c] as number);
      reckoned[k] = inserted;
    };
    let inserted = 0;
    while (this.count > 0) {
      let pick = 0;
      for (let c = 1; c < this.count; c += 1) if ((score[c] as number) > (score[pick] as number)) pick = c;
      const k = who[pick] as number;
      const before = score[pick] as number;
      let stays = !model.bounded || routes.affords(k);
      if (stays && reckoned[k] !== inserted) {
        this.foundCost = NONE;
        this.scanAll(k);
        stays = this.foundCost !== NONE;
        if (stays) {
          write(pick, k);
          if ((score[pick] as number) < before) continue;
        }
      }
      const [r, leg] = [inRoute[pick] as number, atLeg[pick] as number];
      this.count -= 1;
      this.move(this.count, pick);
      if (!stays) continue;
      this.touch(r);
      routes.insert(r, leg, k);
      inserted += 1;
      for (let c = 0; c < this.count; c += 1) {
        const other = who[c] as number;
        this.foundCost = dear[c] as number;
        this.foundNet = this.net[c] as number;
        this.foundRank = this.foundNet - model.timeWorth * this.foundCost;
        this.foundRoute = -1;
        this.scan(other, r, leg, leg + 1);
        if (this.foundRoute >= 0) write(c, other);
      }
    }
    marked.fill(0);
  }

  private move(from: number, to: number): void {
    this.who[to] = this.who[from] as number;
    this.dear[to] = this.dear[from] as number;
    this.inRoute[to] = this.inRoute[from] as number;
    this.atLeg[to] = this.atLeg[from] as number;
    this.weight[to] = this.weight[from] as number;
    this.score[to] = this.score[from] as number;
    this.wide[to] = this.wide[from] as number;
    this.net[to] = this.net[from] as number;
  }

  /** Lets in one after another in an order drawn beforehand, each at its cheapest place. */
  private sorted(): void {
    const { routes, model, chance, who, key, wide } = this;
    const order = chance.below(3);
    const count = this.count;
    for (let c = 0; c < count; c += 1) {
      const k = who[c] as number;
      key[c] = order === 0 ? chance.share() : order === 1 ? -(model.profit[k] as number) * (0.8 + 0.4 * chance.share()) : ((model.closes[k] as number) - (model.opens[k] as number)) * (0.8 + 0.4 * chance.share());
    }
    for (let gap = count >> 1; gap > 0; gap >>= 1) {
      for (let i = gap; i < count; i += 1) {
        const [its, k, free] = [key[i] as number, who[i] as number, wide[i] as number];
        let j = i;
        while (j >= gap && (key[j - gap] as number) > its) {
          key[j] = key[j - gap] as number;
          who[j] = who[j - gap] as number;
          wide[j] = wide[j - gap] as number;
          j -= gap;
        }
        key[j] = its;
        who[j] = k;
        wide[j] = free;
      }
    }
    for (let c = 0; c < count; c += 1) {
      const k = who[c] as number;
      if (model.bounded && !routes.affords(k)) continue;
      this.foundCost = NONE;
      if (wide[c]) this.scanAll(k);
      else this.scanHit(k);
      if (this.foundCost === NONE) continue;
      const r = this.foundRoute;
      this.touch(r);
      routes.insert(r, this.foundLeg, k);
      if (this.isHit[r]) (this.high[r] as number)++;
    }
  }
}
