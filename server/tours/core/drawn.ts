import assert from 'node:assert/strict';
import { rng } from '../../core/rng.ts';
import { faults, worthOf } from './check.ts';
import { NO_WAY, type Node, type Problem, type Vehicle, type Window } from './problem.ts';

/** What a drawn problem is like: `crooked` ways are not symmetric, break the triangle and may be missing; `own` vehicles differ. */
export interface Kind { readonly nodes: number; readonly vehicles: number; readonly windows: number; readonly crooked: boolean; readonly bounded: boolean; readonly costs: boolean; readonly own: boolean; readonly pins: boolean }

/** A problem drawn by chance, tight enough that not all can be visited; pins are of one plan that holds, so that they can be kept. */
export function drawn(seed: number, kind: Partial<Kind> = {}): Problem {
  const { nodes: n, vehicles: m, windows, crooked, bounded, costs, own, pins }: Kind = { nodes: 7, vehicles: 2, windows: 1, crooked: false, bounded: false, costs: false, own: false, pins: false, ...kind };
  const next = rng(seed);
  const draw = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const size = n + 2;
  const points = Array.from({ length: size }, () => [draw(0, 100), draw(0, 100)] as const);
  const straight = points.flatMap(([x, y]) => points.map(([u, v]) => Math.floor(Math.hypot(x - u, y - v))));
  const cells = Int32Array.from(straight, (way, i) => (!crooked || i % (size + 1) === 0 ? way : next() < 0.1 ? NO_WAY : Math.max(0, way + draw(-20, 30))));
  const windowsOf = (): Window[] => Array.from({ length: draw(Math.min(1, windows), windows) }, (_, i, span = Math.floor(300 / windows)) => {
    const opens = i * span + draw(0, Math.floor(span / 2));
    return { opens, closes: opens + draw(0, Math.floor(span / 2) - 1) };
  });
  const nodes = Array.from({ length: n }, (_, k): Node => ({ place: k + 2, profit: draw(5, 40), service: draw(0, 20), windows: windowsOf(), fee: bounded ? draw(1, 10) : 0, categories: bounded ? [0, 1, 2].filter(() => next() < 0.4) : [] }));
  const exceptions = new Map(nodes.map((_, k) => [k, next() < 0.2 ? { barred: true } : next() < 0.5 ? { profit: draw(1, 60) } : { windows: windowsOf() }] as const));
  const vehicles = Array.from({ length: m }, (_, v): Vehicle => ({ from: 0, to: own ? v % 2 : 0, opens: own ? 10 * v : 0, closes: 320, ...(own && v === 1 && { exceptions }) }));
  const problem = { nodes, vehicles, travel: { size, cells }, ...(costs && { costs: { size, cells: Float64Array.from(straight, (way) => way / 4) } }), limits: bounded ? [2, 2, 1] : [], budget: bounded ? 20 : Infinity };
  if (!pins) return problem;
  const { routes } = exact(problem);
  return { ...problem, vehicles: vehicles.map((vehicle, v) => ({ ...vehicle, pins: (routes[v] ?? []).filter(() => next() < 0.5) })) };
}

/** The best plan of a small problem, by trying every order that the checker lets through: nothing of the search is in it. */
export function exact(problem: Problem): { worth: number; routes: number[][] } {
  const best = { worth: -Infinity, routes: [] as number[][] };
  const routes: number[][] = problem.vehicles.map(() => []);
  const fits = (v: number) => faults({ ...problem, vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, pins: [] })) }, { routes: routes.map((its, r) => (r <= v ? its : [])) });
  const go = (v: number): void => {
    const route = routes[v];
    if (!route) {
      const worth = worthOf(problem, routes);
      if (worth > best.worth && faults(problem, { routes }).length === 0) Object.assign(best, { worth, routes: routes.map((its) => [...its]) });
      return;
    }
    go(v + 1);
    problem.nodes.forEach((_, k) => {
      if (routes.some((other) => other.includes(k))) return;
      route.push(k);
      const wrong = fits(v);
      // Being home late, or having no way home, may be mended further on when the ways are crooked.
      if (wrong.every(({ fault, node }) => fault === 'home_late' || (fault === 'no_way' && node === undefined))) go(v);
      route.pop();
    });
  };
  go(0);
  assert(best.worth > -Infinity, 'a drawn problem has a plan');
  return best;
}

