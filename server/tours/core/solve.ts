import assert from 'node:assert/strict';
import { Chain } from './chain.ts';
import { aloneOf, modelOf, type Model } from './model.ts';
import { Pool } from './pool.ts';
import { assertForm, type Plan, type Problem } from './problem.ts';

/** How long to look, and who wants to know. */
export interface Looking {
  readonly seed: number;
  /** After so many iterations it is over; the search cools as they pass, so that seed and number say the plan. */
  readonly iterations?: number;
  /** How much of the time that it is given has passed, 0 to 1, by the caller's clock, by which the search cools then. Asked every few dozen iterations. Without `iterations` two runs need not be alike. */
  readonly spent?: () => number;
  /** Asked as often; true ends the search, whose best plan is the answer all the same. */
  readonly cancelled?: () => boolean;
  /** Told of each better plan, at most once in those few dozen iterations. `plan` writes it down. */
  readonly onProgress?: (progress: { readonly worth: number; readonly iterations: number; readonly spent: number; readonly plan: () => Plan }) => void;
  /** A plan to begin from: what of it still holds is kept, the rest is filled in. */
  readonly from?: Plan['routes'];
  /** How freely it leaves where it began, 1 unless said otherwise: a tenth repairs a plan more than it makes another. */
  readonly warmth?: number;
}

/** A plan, how many iterations it took, and which pins it could not keep. */
export interface Found { readonly plan: Plan; readonly iterations: number; readonly missed: readonly number[] }

/** Iterations between two looks at the clock. */
const BLOCK = 32;
/** How warm it is in mean profits, at first and at last, for the whole plan and for one vehicle alone; less at first where there are fewer iterations for each node than these. */
const WARM = 1;
const ENOUGH = 30;
const WARM_LEAST = 0.05;
const COOL = 0.12;
const COOL_ALONE = 0.2;
/** How often the pool is asked, at which part of the time for the last time, how many routes it keeps, and how many looks at a route one question may take. */
const QUESTIONS = 6;
const LAST_ASKED = 0.97;
const KEPT = 3_000;
const LOOKS = 100_000;
/** The part of the time in which vehicles go alone for routes that the pool lacks. */
const ALONE = 0.25;
/** The part of its price by which a node is worth less to them, and what is left of its profit at least. */
const PAID = 0.7;
const LEFT = 0.02;

/**
 * A plan of great worth: the best that was met until its time was over. Pins come before any profit; those that could not be kept together are said.
 * @throws when neither `iterations` nor `spent` ends it, or the problem contradicts its form.
 */
export function solve(problem: Problem, looking: Looking): Found {
  assertForm(problem);
  assert(!problem.pairs?.length, 'pairs are for nodes of one instant');
  const { iterations: total = Infinity, spent: clock, cancelled, warmth = 1 } = looking;
  assert(total !== Infinity || clock, 'a search ends by iterations or by a clock');
  const model = modelOf(problem);
  const pool = new Pool(model, KEPT);
  const chain = new Chain(model, looking.seed, pool);
  if (looking.from) chain.adopt(looking.from);
  else chain.fill();
  const alone = model.vehicles > 1 ? Array.from({ length: model.kinds }, (_, kind) => aloneIn(model, pool, kind, looking.seed)) : [];
  const idle = model.nodes === 0 || model.vehicles === 0;
  const tell = teller(problem, model, chain, looking);
  let done = 0;
  const spent = () => Math.max(clock?.() ?? 0, done / total);
  /** Some iterations; false when it is over. */
  const go = (who: Chain): boolean => {
    const block = Math.min(BLOCK, total - done);
    for (let i = 0; i < block; i += 1) who.step();
    done += block;
    return !idle && !cancelled?.();
  };

  let asked = 0;
  for (let now = spent(); ; now = spent()) {
    tell(done, now);
    if (idle || now >= 1) break;
    // How many there will be is known, or told by those that the time so far sufficed for.
    const each = Math.min(total, now > 0 ? done / now : Infinity) / model.nodes;
    const warm = Math.max(WARM_LEAST, WARM * Math.min(1, each / ENOUGH));
    chain.temperature = warmth * model.meanProfit * warm * (Math.min(COOL, 0.4 * warm) / warm) ** now;
    if (!go(chain)) break;
    if (alone.length === 0 || asked === QUESTIONS || now < LAST_ASKED * (asked + 1) / QUESTIONS) continue;
    asked += 1;
    const routes = pool.choose(chain.bestWorth, LOOKS);
    if (routes) chain.adopt(routes);
    if (asked === QUESTIONS) continue;
    const from = spent();
    const part = ALONE / QUESTIONS / alone.length;
    for (const [i, one] of alone.entries()) {
      const mean = one.price();
      for (let at = spent(); at < Math.min(1, from + part * (i + 1)); at = spent()) {
        one.chain.temperature = mean * COOL_ALONE ** Math.max(0, (at - from - part * i) / part);
        if (!go(one.chain)) break;
      }
    }
  }
  const routes = chain.best();
  const visited = new Set(routes.flat());
  return { plan: planOf(problem, routes), iterations: done, missed: problem.vehicles.flatMap(({ pins }) => (pins ?? []).filter((k) => !visited.has(k))) };
}

/** A chain of one vehicle of a kind, for routes that go well with those of the pool: a node that is dear there is worth less to it. `price` reckons that anew, and says the mean profit. */
function aloneIn(model: Model, pool: Pool, kind: number, seed: number): { readonly chain: Chain; readonly price: () => number } {
  const own = aloneOf(model, kind);
  const lift = new Float64Array(model.nodes);
  const chain = new Chain(own, seed + 7_919 * (kind + 1), pool, { kind, lift });
  chain.fill();
  const price = () => {
    let sum = 0;
    for (let k = 0; k < model.nodes; k += 1) {
      const profit = model.profit[kind * model.all + k] as number;
      const left = Math.max(profit - PAID * (pool.price[k] as number), LEFT * profit);
      own.profit[k] = left;
      lift[k] = profit - left;
      if ((model.pin[k] as number) < 0) sum += Math.max(0, left);
    }
    chain.reprice();
    return sum / Math.max(1, model.nodes);
  };
  return { chain, price };
}

/** Tells of a better plan. */
function teller(problem: Problem, model: Model, chain: Chain, { onProgress }: Looking): (iterations: number, spent: number) => void {
  let told = -Infinity;
  return (iterations, spent) => {
    if (!onProgress || chain.bestWorth <= told) return;
    told = chain.bestWorth;
    const routes = chain.best();
    onProgress({ worth: told - pinned(model, routes), iterations, spent, plan: () => planOf(problem, routes) });
  };
}

/** What stands in a search's worth for pins alone. */
function pinned(model: Model, routes: Plan['routes']): number {
  return routes.flat().filter((k) => (model.pin[k] as number) >= 0).length * model.pinWorth;
}

/** Routes that hold with their starts, as early as can be, and what they are worth. */
export function planOf(problem: Problem, routes: Plan['routes']): Plan {
  const { nodes, travel, costs } = problem;
  let worth = 0;
  const starts = routes.map((route, v) => {
    const vehicle = problem.vehicles[v] ?? assert.fail();
    let [place, time] = [vehicle.from, vehicle.opens];
    const begun = route.map((k) => {
      const node = nodes[k] ?? assert.fail();
      const other = vehicle.exceptions?.get(k);
      const cell = place * travel.size + node.place;
      time += travel.cells[cell] ?? assert.fail();
      const window = (other?.windows ?? node.windows).find(({ closes }) => closes >= time) ?? assert.fail('the search keeps windows');
      const start = Math.max(time, window.opens);
      worth += (other?.profit ?? node.profit) - (costs?.cells[cell] ?? 0);
      [place, time] = [node.place, start + node.service];
      return start;
    });
    if (route.length > 0) worth -= costs?.cells[place * travel.size + vehicle.to] ?? 0;
    return begun;
  });
  if (problem.pairs) {
    const owner = new Map(routes.flatMap((route, v) => route.map((k) => [k, v] as const)));
    for (const { one, other, cost } of problem.pairs) if ((owner.get(one) ?? -1) !== (owner.get(other) ?? -1) && owner.has(one) && owner.has(other)) worth -= cost;
  }
  return { routes, starts, worth };
}
