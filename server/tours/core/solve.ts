import assert from 'node:assert/strict';
import { Chain } from './chain.ts';
import { modelOf, type Model } from './model.ts';
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
}

/** A plan, how many iterations it took, and which pins it could not keep. */
export interface Found { readonly plan: Plan; readonly iterations: number; readonly missed: readonly number[] }

/** Iterations between two looks at the clock. */
const BLOCK = 32;

/**
 * A plan of great worth: the best that was met until its time was over. Pins come before any profit; those that could not be kept together are said.
 * @throws when neither `iterations` nor `spent` ends it, or the problem contradicts its form.
 */
export function solve(problem: Problem, looking: Looking): Found {
  assertForm(problem);
  const { iterations: total = Infinity, spent: clock, cancelled, onProgress } = looking;
  assert(total !== Infinity || clock, 'a search ends by iterations or by a clock');
  const model = modelOf(problem);
  const pool = new Pool(model, 1_500);
  const chain = new Chain(model, looking.seed, pool);
  if (looking.from) chain.adopt(looking.from);
  let told = -Infinity;
  for (let called = 0; ;) {
    const spent = Math.max(clock?.() ?? 0, chain.iterations / total);
    if (onProgress && chain.bestWorth > told) {
      told = chain.bestWorth;
      onProgress({ worth: told - pinned(model, chain.best()), iterations: chain.iterations, spent, plan: () => planOf(problem, chain.best()) });
    }
    if (spent >= 1 || model.nodes === 0 || model.vehicles === 0 || cancelled?.()) break;
    chain.temperature = model.meanProfit * 0.2 ** spent;
    for (let i = 0; i < BLOCK && chain.iterations < total; i += 1) chain.step();
    if (model.vehicles > 1 && spent > (called + 1) / 5) {
      called += 1;
      const routes = pool.choose(chain.bestWorth, 300_000);
      if (routes) chain.adopt(routes);
    }
  }
  const routes = chain.best();
  const visited = new Set(routes.flat());
  return { plan: planOf(problem, routes), iterations: chain.iterations, missed: problem.vehicles.flatMap(({ pins }) => (pins ?? []).filter((k) => !visited.has(k))) };
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
  return { routes, starts, worth };
}
