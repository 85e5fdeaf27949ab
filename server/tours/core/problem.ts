import assert from 'node:assert/strict';

/*
 * Which nodes do vehicles visit, in which order and when, so that what is earned less what it costs is most? The team orienteering problem with time windows, several of them a node, categories and a
 * budget (TOPTW, MC-TOP-MTW), and what a planner adds: pins, bars, prices that hang on the vehicle and on the node before. Nothing here knows what a node is.
 */

/** A closed span of time within which service may start. Integers, in the unit of the problem. */
export interface Window { readonly opens: number; readonly closes: number }

/** What may be visited, once and by one vehicle. Whoever has several prices by date writes a node for each and lets a category have one of them. */
export interface Node {
  /** Row and column of the matrices. Several nodes may lie at one place. */
  readonly place: number;
  readonly profit: number;
  /** How long it takes once it has started. */
  readonly service: number;
  /** In order of time, each beginning after the one before has ended; none is never. */
  readonly windows: readonly Window[];
  /** What it takes from the budget. */
  readonly fee: number;
  /** The categories that it counts in, by their place in `limits`. */
  readonly categories: readonly number[];
}

/** What one vehicle has of a node otherwise than the node says; `barred` it never visits. */
export interface Exception { readonly profit?: number; readonly windows?: readonly Window[]; readonly barred?: boolean }

/** Who travels: from one place, not before `opens`, to another, not after `closes`. */
export interface Vehicle {
  readonly from: number;
  readonly to: number;
  readonly opens: number;
  readonly closes: number;
  /** By node. Vehicles that share this very map, with all else equal, are told to be alike. */
  readonly exceptions?: ReadonlyMap<number, Exception>;
  /** Nodes that it has to visit, and nobody else may. When is said by their windows. */
  readonly pins?: readonly number[];
}

/** From row to column, row after row. */
export interface Matrix { readonly size: number; readonly cells: Int32Array | Float64Array }

/** A travel time that is no time: there is no way from one place to the other. */
export const NO_WAY = 2 ** 29;

/** Two nodes that cost so much when two vehicles visit one each. */
export interface Pair { readonly one: number; readonly other: number; readonly cost: number }

/** The whole question. Times are integers below 2^28. */
export interface Problem {
  readonly nodes: readonly Node[];
  readonly vehicles: readonly Vehicle[];
  /** Times between places; `NO_WAY` where nobody gets through. It need not be symmetric, nor keep the triangle. */
  readonly travel: Matrix;
  /** What it costs, in the unit of profit, to go from one place to another next: leg, penalty, whatever hangs on two that follow each other. */
  readonly costs?: Matrix;
  /** How many nodes of each category a plan may have at most, all vehicles together. */
  readonly limits: readonly number[];
  /** The most that all fees may sum to; Infinity when nobody counts. */
  readonly budget: number;
  /** Of nodes with one instant each, those that do not go well together. */
  readonly pairs?: readonly Pair[];
}

/** An answer: for each vehicle its nodes in order. `start` is when each begins, as early as can be; `worth` is profit less costs. */
export interface Plan { readonly routes: readonly (readonly number[])[]; readonly starts: readonly (readonly number[])[]; readonly worth: number }

/** The most that a time may be, so that a sum of two and a missing way stays an integer of 32 bits. */
const TIME_MAX = 2 ** 28;

/** Stops at a problem that contradicts its own form: an index that leads nowhere, a window that ends before it begins, a time that is no integer. What cannot be planned is no fault of form. */
export function assertForm(problem: Problem): void {
  const { nodes, vehicles, travel, costs, limits, budget, pairs = [] } = problem;
  const time = (value: number, what: string) => { assert(Number.isInteger(value) && value >= 0 && value < TIME_MAX, `${what} is an integer from 0 to below 2^28`); };
  const place = (value: number, what: string) => { assert(Number.isInteger(value) && value >= 0 && value < travel.size, `${what} stands in the travel matrix`); };
  const windows = (all: readonly Window[], what: string) => {
    let before = -1;
    for (const { opens, closes } of all) {
      time(opens, `the opening of ${what}`);
      time(closes, `the closing of ${what}`);
      assert(opens <= closes && opens >= before, `the windows of ${what} are in order`);
      before = closes;
    }
  };
  assert(travel.cells.length === travel.size ** 2, 'the travel matrix is square');
  for (const cell of travel.cells) assert(cell === NO_WAY || (Number.isInteger(cell) && cell >= 0 && cell < TIME_MAX), 'a travel time is an integer from 0 to below 2^28, or no way');
  if (costs) {
    assert(costs.size === travel.size && costs.cells.length === travel.cells.length, 'costs are as wide as times');
    for (const cell of costs.cells) assert(Number.isFinite(cell), 'a cost is a number');
  }
  for (const limit of limits) assert(limit >= 0, 'a limit is not below zero');
  assert(budget >= 0, 'a budget is not below zero');
  for (const { one, other, cost } of pairs) assert(nodes[one] && nodes[other] && one !== other && cost >= 0, 'a pair is of two nodes, and costs something');
  nodes.forEach((node, k) => {
    place(node.place, `node ${k}`);
    time(node.service, `the service of node ${k}`);
    windows(node.windows, `node ${k}`);
    assert(Number.isFinite(node.profit) && node.fee >= 0, `node ${k} has a profit and a fee`);
    for (const category of node.categories) assert(limits[category] !== undefined, `category ${category} of node ${k} has a limit`);
  });
  const pinned = new Set<number>();
  for (const { from, to, opens, closes, exceptions, pins } of vehicles) {
    place(from, 'the start of a vehicle');
    place(to, 'the end of a vehicle');
    time(opens, 'the start of a vehicle');
    time(closes, 'the end of a vehicle');
    for (const [k, exception] of exceptions ?? []) {
      assert(nodes[k] !== undefined, `node ${k} of an exception is there`);
      windows(exception.windows ?? [], `node ${k} for a vehicle`);
    }
    for (const k of pins ?? []) {
      assert(nodes[k] !== undefined && !pinned.has(k), `node ${k} is there, and pinned once`);
      pinned.add(k);
    }
  }
}
