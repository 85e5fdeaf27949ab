import { NO_WAY, type Plan, type Problem } from './problem.ts';

/** What is wrong with a plan: where, and what. */
export interface Fault {
  readonly fault: 'vehicles' | 'unknown' | 'twice' | 'barred' | 'not_pinned_here' | 'pin_missing' | 'no_way' | 'not_open' | 'too_early' | 'home_late' | 'over_budget' | 'over_limit' | 'worth';
  readonly vehicle?: number;
  readonly node?: number;
}

/**
 * Every fault of a plan, none when it may be driven; read from the problem alone, one node after another, by nothing that the solver uses. The starts that the plan states are taken at their word: each has to be within a window,
 * and after service there, way and service before. A plan without starts is served as early as can be.
 */
export function faults(problem: Problem, plan: { readonly routes: Plan['routes']; readonly starts?: Plan['starts']; readonly worth?: number }): Fault[] {
  const found: Fault[] = [];
  if (plan.routes.length !== problem.vehicles.length) return [{ fault: 'vehicles' }];
  const seen = new Set<number>();
  const pinOf = new Map(problem.vehicles.flatMap(({ pins }, vehicle) => (pins ?? []).map((node) => [node, vehicle] as const)));
  const count = problem.limits.map(() => 0);
  let fees = 0;
  plan.routes.forEach((route, vehicle) => {
    const who = problem.vehicles[vehicle];
    // Who visits nothing stays at home.
    if (!who || route.length === 0) return;
    let [place, free] = [who.from, who.opens];
    const go = (to: number, node?: number) => {
      const way = problem.travel.cells[place * problem.travel.size + to];
      if (way === undefined || way === NO_WAY) found.push({ fault: 'no_way', vehicle, ...(node !== undefined && { node }) });
      free += way ?? 0;
      place = to;
    };
    route.forEach((node, i) => {
      const what = problem.nodes[node];
      if (!what) { found.push({ fault: 'unknown', vehicle, node }); return; }
      const other = who.exceptions?.get(node);
      if (seen.has(node)) found.push({ fault: 'twice', vehicle, node });
      seen.add(node);
      if (other?.barred) found.push({ fault: 'barred', vehicle, node });
      if ((pinOf.get(node) ?? vehicle) !== vehicle) found.push({ fault: 'not_pinned_here', vehicle, node });
      go(what.place, node);
      const windows = other?.windows ?? what.windows;
      const earliest = windows.map(({ opens, closes }) => (free <= closes ? Math.max(free, opens) : Infinity)).reduce((one, next) => Math.min(one, next), Infinity);
      const start = plan.starts ? plan.starts[vehicle]?.[i] ?? NaN : earliest;
      if (!windows.some(({ opens, closes }) => opens <= start && start <= closes)) found.push({ fault: 'not_open', vehicle, node });
      if (start < free) found.push({ fault: 'too_early', vehicle, node });
      free = (Number.isFinite(start) ? start : free) + what.service;
      fees += what.fee;
      for (const category of what.categories) count[category] = (count[category] ?? 0) + 1;
    });
    go(who.to);
    if (free > who.closes) found.push({ fault: 'home_late', vehicle });
  });
  for (const [node, vehicle] of pinOf) if (!seen.has(node)) found.push({ fault: 'pin_missing', vehicle, node });
  if (fees > problem.budget) found.push({ fault: 'over_budget' });
  if (problem.limits.some((limit, category) => (count[category] ?? 0) > limit)) found.push({ fault: 'over_limit' });
  if (plan.worth !== undefined && Math.abs(plan.worth - worthOf(problem, plan.routes)) > 1e-6 * Math.max(1, Math.abs(plan.worth))) found.push({ fault: 'worth' });
  return found;
}

/** Profit of every visit for whoever visits it, less the cost of every leg, the one home included, and of every pair that is visited. A vehicle that visits nothing stays at home and costs nothing. */
export function worthOf(problem: Problem, routes: Plan['routes']): number {
  let worth = 0;
  routes.forEach((route, vehicle) => {
    const who = problem.vehicles[vehicle];
    if (!who || route.length === 0) return;
    let place = who.from;
    for (const node of route) {
      const what = problem.nodes[node];
      worth += (who.exceptions?.get(node)?.profit ?? what?.profit ?? NaN) - (problem.costs?.cells[place * problem.travel.size + (what?.place ?? NaN)] ?? 0);
      place = what?.place ?? place;
    }
    worth -= problem.costs?.cells[place * problem.travel.size + who.to] ?? 0;
  });
  const by = new Map(routes.flatMap((route, vehicle) => route.map((node) => [node, vehicle] as const)));
  for (const { one, other, cost } of problem.pairs ?? []) if (by.has(one) && by.has(other) && by.get(one) !== by.get(other)) worth -= cost;
  return worth;
}
