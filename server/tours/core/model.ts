import { NO_WAY, type Exception, type Problem, type Window } from './problem.ts';

/*
 * A problem as the search reads it: columns of numbers. Nodes are numbered as in the problem; behind them stand the start and the end of each vehicle. Vehicles that are alike form a kind, whose windows
 * and profits of all nodes lie together: what belongs to node `k` for kind `c` is at `c * all + k`.
 */
export interface Model {
  readonly nodes: number;
  readonly vehicles: number;
  /** Nodes, and two for each vehicle. */
  readonly all: number;
  readonly kinds: number;
  readonly kindOf: Int32Array;
  readonly place: Int32Array;
  readonly service: Int32Array;
  readonly places: number;
  /** Times by row of where one comes from, and by row of where one goes to: one array where both are the same. */
  readonly to: Int32Array;
  readonly from: Int32Array;
  /** Costs by row of where one comes from; empty when nothing costs. */
  readonly cost: Float64Array;
  /** The first opening, the first closing and the last closing. A node that is never open, or barred, closes at -1. */
  readonly opens: Int32Array;
  readonly closesFirst: Int32Array;
  readonly closes: Int32Array;
  /** Where the windows stand in `openings` and `closings`, from and to below. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly openings: Int32Array;
  readonly closings: Int32Array;
  /** Whether any node has more than one window. */
  readonly several: boolean;
  readonly profit: Float64Array;
  /** Whether profits hang on the vehicle, or legs have a cost. */
  readonly priced: boolean;
  /** The vehicle that a node is pinned to, or -1. Its profit there is lifted by `pinWorth`, more than all else together, so that the search keeps it of itself. */
  readonly pin: Int32Array;
  readonly pinWorth: number;
  readonly fee: Float64Array;
  readonly budget: number;
  /** Whether fees or categories bind at all. */
  readonly bounded: boolean;
  readonly limits: Int32Array;
  /** The categories of node `k`: `categories` from `categoryFrom[k]` to below `categoryFrom[k + 1]`. */
  readonly categories: Int32Array;
  readonly categoryFrom: Int32Array;
  /** The triangle holds with the service between: who comes too late from one stop comes too late from each later one. Not looked into beyond 400 places. */
  readonly metric: boolean;
  /** The nearest nodes of each in way and time, `near` of them, nearest first. */
  readonly near: number;
  readonly neighbours: Int32Array;
  /** The mean profit of a node that somebody may visit, at least a hair above zero. */
  readonly meanProfit: number;
  /** The mean way to the fifth neighbour, at least 1. */
  readonly meanWay: number;
  /** Every plan is worth a multiple of it: the greatest common divisor of profits that are integers without costs, else 0. */
  readonly grain: number;
  /** What a unit of time is worth: the mean profit over the mean way and service. */
  readonly timeWorth: number;
}

/** The most neighbours that are kept of a node. */
const NEIGHBOURS = 100;

const integers = (values: Iterable<number>) => Int32Array.from(values);

/** Lays a problem out in columns; its form has been asserted. */
export function modelOf(problem: Problem): Model {
  const { nodes, vehicles, travel, costs, limits, budget } = problem;
  const [n, m] = [nodes.length, vehicles.length];
  const all = n + 2 * m;
  const place = integers([...nodes.map((node) => node.place), ...vehicles.flatMap(({ from, to }) => [from, to])]);
  const service = integers([...nodes.map((node) => node.service), ...vehicles.flatMap(() => [0, 0])]);

  const pin = new Int32Array(n).fill(-1);
  vehicles.forEach(({ pins }, v) => { for (const k of pins ?? []) pin[k] = v; });
  const keys = new Map<string, number>();
  const maps = new Map<ReadonlyMap<number, Exception> | undefined, number>([[undefined, 0]]);
  const heads: number[] = [];
  const kindOf = integers(vehicles.map(({ from, to, opens, closes, exceptions, pins }, v) => {
    const map = maps.get(exceptions) ?? maps.size;
    maps.set(exceptions, map);
    const key = [from, to, opens, closes, map, pins?.length ? `pins of ${v}` : ''].join(' ');
    const kind = keys.get(key) ?? keys.size;
    if (!keys.has(key)) heads.push(v);
    keys.set(key, kind);
    return kind;
  }));
  const kinds = heads.length;
  const most = [...nodes, ...vehicles.flatMap(({ exceptions }) => [...exceptions?.values() ?? []])].reduce((sum, { profit: its = 0 }) => sum + Math.abs(its), 1);
  const pinWorth = most + highest(costs?.cells ?? []) * (n + m);

  const [opens, closesFirst, closes, first, last] = [0, 0, 0, 0, 0].map(() => new Int32Array(kinds * all)) as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  const profit = new Float64Array(kinds * all);
  const openings: number[] = [];
  const closings: number[] = [];
  let several = false;
  const lay = (at: number, windows: readonly Window[]) => {
    first[at] = openings.length;
    for (const one of windows) { openings.push(one.opens); closings.push(one.closes); }
    last[at] = openings.length;
    opens[at] = windows[0]?.opens ?? 0;
    closesFirst[at] = windows[0]?.closes ?? -1;
    closes[at] = windows.at(-1)?.closes ?? -1;
    several ||= windows.length > 1;
  };
  /** Where the windows that every vehicle shares were laid the first time. */
  const shared = new Int32Array(n).fill(-1);
  heads.forEach((v, kind) => {
    const exceptions = vehicles[v]?.exceptions;
    nodes.forEach((node, k) => {
      const at = kind * all + k;
      const other = exceptions?.get(k);
      const mine = (pin[k] as number) < 0 || vehicles.some(({ pins }, w) => kindOf[w] === kind && pins?.includes(k));
      profit[at] = (other?.profit ?? node.profit) + ((pin[k] as number) < 0 ? 0 : pinWorth);
      const before = shared[k] as number;
      if (other?.barred || !mine) lay(at, []);
      else if (other?.windows) lay(at, other.windows);
      else if (before >= 0) for (const column of [opens, closesFirst, closes, first, last]) column[at] = column[before] as number;
      else { lay(at, node.windows); shared[k] = at; }
    });
    vehicles.forEach((vehicle, w) => {
      for (const end of [0, 1]) lay(kind * all + n + 2 * w + end, [{ opens: vehicle.opens, closes: vehicle.closes }]);
    });
  });

  const places = travel.size;
  const to = integers(travel.cells);
  const from = mirrored(to, places);
  const metric = places <= 400 && keepsTriangle(to, places, nodes);

  const categoryFrom = new Int32Array(n + 1);
  nodes.forEach((node, k) => { categoryFrom[k + 1] = (categoryFrom[k] as number) + node.categories.length; });
  const columns = { nodes: n, all, kinds, place, service, to, places, opens, closes };
  const near = Math.min(n, NEIGHBOURS);
  const neighbours = nearest(columns, near);
  const [profits, ways]: [number[], number[]] = [[], []];
  for (let k = 0; k < n; k += 1) {
    for (let kind = 0; kind < kinds && (pin[k] as number) < 0; kind += 1) if ((closes[kind * all + k] as number) >= 0) { profits.push(profit[kind * all + k] as number); break; }
    if (n > 1) ways.push(to[(place[k] as number) * places + (place[neighbours[k * near + Math.min(4, n - 2)] as number] as number)] as number);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

  const meanProfit = Math.max(1e-9, mean(profits));
  const meanWay = Math.max(1, mean(ways.filter((way) => way < NO_WAY)));

  const every = [...nodes, ...vehicles.flatMap(({ exceptions }) => [...exceptions?.values() ?? []])].map((one) => one.profit ?? 0);
  const grain = costs || every.some((its) => !Number.isInteger(its)) ? 0 : every.reduce(divisor, 0);

  return {
    nodes: n, vehicles: m, all, kinds, kindOf, place, service, places, to, from,
    cost: costs ? Float64Array.from(costs.cells) : new Float64Array(0),
    opens, closesFirst, closes, first, last, openings: integers(openings), closings: integers(closings), several,
    profit, priced: costs !== undefined || vehicles.some(({ exceptions }) => [...exceptions?.values() ?? []].some((other) => other.profit !== undefined)) || nodes.some((node) => node.profit <= 0),
    pin, pinWorth, fee: Float64Array.from(nodes, (node) => node.fee), budget, bounded: Number.isFinite(budget) || limits.length > 0, limits: integers(limits.map((limit) => Math.min(limit, n))),
    categories: integers(nodes.flatMap((node) => node.categories)), categoryFrom, metric, near, neighbours,
    meanProfit, meanWay, grain, timeWorth: meanProfit / (meanWay + mean(nodes.map((node) => node.service))),
  };
}

/** The farthest from zero. */
function highest(cells: ArrayLike<number>): number {
  let high = 0;
  for (let i = 0; i < cells.length; i += 1) high = Math.max(high, Math.abs(cells[i] as number));
  return high;
}

/** The greatest common divisor (Euclid). */
function divisor(one: number, other: number): number {
  return other === 0 ? Math.abs(one) : divisor(other, one % other);
}

/** The same matrix by columns: the very same array when it is symmetric. */
function mirrored(to: Int32Array, size: number): Int32Array {
  const from = new Int32Array(to.length);
  let same = true;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      const way = to[i * size + j] as number;
      from[j * size + i] = way;
      same &&= way === to[j * size + i];
    }
  }
  return same ? to : from;
}

function keepsTriangle(to: Int32Array, size: number, nodes: Problem['nodes']): boolean {
  const least = new Map<number, number>();
  for (const { place, service } of nodes) least.set(place, Math.min(service, least.get(place) ?? Infinity));
  for (const [via, service] of least) {
    for (let i = 0; i < size; i += 1) {
      const half = (to[i * size + via] as number) + service;
      for (let j = 0; j < size; j += 1) if ((to[i * size + j] as number) > half + (to[via * size + j] as number)) return false;
    }
  }
  return true;
}

/** How far two nodes are from following each other: the way, and a third of the wait that cannot be spared, in the better order; who cannot follow comes last. */
function nearest(m: Pick<Model, 'nodes' | 'all' | 'kinds' | 'place' | 'service' | 'to' | 'places' | 'opens' | 'closes'>, near: number): Int32Array {
  const { nodes: n, all, kinds, place, service, to, places, opens, closes } = m;
  const list = new Int32Array(n * near);
  const early = new Float64Array(n).fill(Infinity);
  const late = new Float64Array(n).fill(-1);
  for (let kind = 0; kind < kinds; kind += 1) {
    for (let k = 0; k < n; k += 1) {
      const closing = closes[kind * all + k] as number;
      if (closing < 0) continue;
      early[k] = Math.min(early[k] as number, opens[kind * all + k] as number);
      late[k] = Math.max(late[k] as number, closing);
    }
  }
  const distance = new Float64Array(n);
  const leg = (a: number, b: number) => {
    const way = to[(place[a] as number) * places + (place[b] as number)] as number;
    const took = (service[a] as number) + way;
    const earliest = (early[a] as number) + took;
    if (way === NO_WAY || earliest > (late[b] as number)) return 1e12 + way;
    return way + 0.3 * Math.max(0, (early[b] as number) - (late[a] as number) - took);
  };
  for (let a = 0; a < n; a += 1) {
    for (let b = 0; b < n; b += 1) distance[b] = a === b ? Infinity : Math.min(leg(a, b), leg(b, a));
    // The node itself comes last of all, so that it is in its list only where there are no others.
    const base = a * near;
    for (let b = 0, count = 0; b < n; b += 1) {
      const its = distance[b] as number;
      if (count === near && its >= (distance[list[base + near - 1] as number] as number)) continue;
      let at = count < near ? count++ : near - 1;
      for (; at > 0 && (distance[list[base + at - 1] as number] as number) > its; at -= 1) list[base + at] = list[base + at - 1] as number;
      list[base + at] = b;
    }
  }
  return list;
}

/** The first vehicle of a kind alone, with profits of its own, which may be changed. */
export function aloneOf(model: Model, kind: number): Model {
  const { nodes: n, all } = model;
  const v = model.kindOf.indexOf(kind);
  const from = kind * all;
  const ends = n + 2 * v;
  const cut = <T extends Int32Array | Float64Array>(column: T, base: number): T => {
    const own = column.slice(base, base + n + 2) as T;
    own[n] = column[base + ends] as number;
    own[n + 1] = column[base + ends + 1] as number;
    return own;
  };
  return {
    ...model, vehicles: 1, all: n + 2, kinds: 1, kindOf: new Int32Array(1), place: cut(model.place, 0), service: cut(model.service, 0),
    opens: cut(model.opens, from), closesFirst: cut(model.closesFirst, from), closes: cut(model.closes, from), first: cut(model.first, from), last: cut(model.last, from), profit: cut(model.profit, from),
  };
}
