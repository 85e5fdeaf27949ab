import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rng } from '../../core/rng.ts';
import { faults, worthOf } from './check.ts';
import { NO_WAY, type Node, type Problem, type Vehicle, type Window } from './problem.ts';
import { solve } from './solve.ts';

interface Kind { readonly nodes: number; readonly vehicles: number; readonly windows: number; readonly crooked: boolean; readonly bounded: boolean; readonly costs: boolean; readonly own: boolean; readonly pins: boolean }

/** A problem drawn by chance, tight enough that not all can be visited; pins are of one plan that holds, so that they can be kept. */
function drawn(seed: number, kind: Partial<Kind> = {}): Problem {
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

/** The best plan of a small problem, by trying every order that holds. */
function exact(problem: Problem): { worth: number; routes: number[][] } {
  const best = { worth: -Infinity, routes: [] as number[][] };
  const routes: number[][] = problem.vehicles.map(() => []);
  const pins = problem.vehicles.flatMap(({ pins: its }) => its ?? []);
  const fits = (v: number) => faults({ ...problem, vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, pins: [] })) }, { routes: routes.map((route, r) => (r <= v ? route : [])) });
  const go = (v: number): void => {
    if (v === routes.length) {
      const worth = worthOf(problem, routes);
      if (worth > best.worth && faults(problem, { routes }).length === 0) Object.assign(best, { worth, routes: routes.map((route) => [...route]) });
      return;
    }
    go(v + 1);
    problem.nodes.forEach((_, k) => {
      if (routes.some((route) => route.includes(k))) return;
      routes[v]!.push(k);
      const wrong = fits(v);
      // Being home late, or having no way home, may be mended further on when the ways are crooked.
      if (wrong.every(({ fault, node }) => fault === 'home_late' || (fault === 'no_way' && node === undefined))) go(v);
      routes[v]!.pop();
    });
  };
  go(0);
  expect(pins.every((k) => best.routes.flat().includes(k))).toBe(true);
  return best;
}

const kinds = fc.record({
  nodes: fc.integer({ min: 0, max: 30 }), vehicles: fc.integer({ min: 1, max: 4 }), windows: fc.integer({ min: 1, max: 4 }), crooked: fc.boolean(), bounded: fc.boolean(), costs: fc.boolean(), own: fc.boolean(),
});

test('the checker accepts every plan, with one window or several, crooked ways, budgets, categories, prices and vehicles of their own (TO-01, TO-04)', () => {
  fc.assert(fc.property(fc.integer(), kinds, fc.integer(), (drawing, kind, seed) => {
    const problem = drawn(drawing, kind);
    const { plan } = solve(problem, { seed, iterations: 300 });
    expect(faults(problem, plan)).toEqual([]);
    expect(faults(problem, { routes: plan.routes, worth: plan.worth })).toEqual([]);
  }), { numRuns: 150 });
});

test('the same seed and iterations make the same plan, another seed need not (TO-01)', () => {
  const plans = new Set<string>();
  for (let seed = 0; seed < 8; seed += 1) {
    const problem = drawn(5, { nodes: 60, vehicles: 3, windows: 2 });
    const [one, other] = [solve(problem, { seed, iterations: 64 }), solve(problem, { seed, iterations: 64 })];
    expect(one).toEqual(other);
    plans.add(JSON.stringify(one.plan.routes));
  }
  expect(plans.size).toBeGreaterThan(1);
});

test.each([
  ['one window', {}], ['several windows', { windows: 3 }], ['crooked and missing ways', { crooked: true }], ['budget and categories', { bounded: true }], ['costs of legs', { costs: true }],
  ['vehicles of their own', { own: true }], ['one vehicle', { vehicles: 1, nodes: 8, windows: 2, costs: true }], ['pins', { pins: true, own: true, windows: 2 }], ['all of it', { windows: 3, crooked: true, bounded: true, costs: true, own: true, pins: true }],
] as const)('the optimum of small problems is reached: %s (TO-01)', (_, kind) => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const problem = drawn(seed, { nodes: 6, ...kind });
    const { plan, missed } = solve(problem, { seed, iterations: 4_000 });
    expect(missed).toEqual([]);
    expect(faults(problem, plan)).toEqual([]);
    expect(plan.worth, `seed ${seed}`).toBeCloseTo(exact(problem).worth, 6);
  }
});

test('one more node never makes the best plan worse (TO-01)', () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    for (const crooked of [false, true]) {
      const whole = drawn(seed, { nodes: 6, crooked, bounded: true, windows: 2 });
      const best = exact({ ...whole, nodes: whole.nodes.slice(0, -1) }).worth;
      expect(exact(whole).worth).toBeGreaterThanOrEqual(best);
      if (!crooked) expect(solve(whole, { seed: 1, iterations: 4_000 }).plan.worth).toBeGreaterThanOrEqual(best);
    }
  }), { numRuns: 20 });
});

test('pins are kept by the vehicle that they name, and pins that exclude each other are said (TO-16)', () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const problem = drawn(seed, { nodes: 6, pins: true, own: true, windows: 2 });
    const { plan, missed } = solve(problem, { seed, iterations: 1_500 });
    expect(missed).toEqual([]);
    problem.vehicles.forEach(({ pins = [] }, v) => expect(plan.routes[v]).toEqual(expect.arrayContaining([...pins])));
  }), { numRuns: 30 });
  const at = (opens: number): Pick<Node, 'windows' | 'profit' | 'service' | 'fee' | 'categories'> => ({ windows: [{ opens, closes: opens }], profit: 1, service: 0, fee: 0, categories: [] });
  const far: Problem = { nodes: [{ place: 0, ...at(10) }, { place: 1, ...at(11) }], vehicles: [{ from: 0, to: 0, opens: 0, closes: 100, pins: [0, 1] }], travel: { size: 2, cells: Int32Array.of(0, 5, 5, 0) }, limits: [], budget: Infinity };
  expect(solve(far, { seed: 1, iterations: 200 }).missed).toHaveLength(1);
});

test('nothing to visit, nobody to go, one node, a node that nobody reaches (TO-04)', () => {
  expect(solve(drawn(1, { nodes: 0 }), { seed: 1, iterations: 100 }).plan).toEqual({ routes: [[], []], starts: [[], []], worth: 0 });
  expect(solve(drawn(1, { vehicles: 0 }), { seed: 1, iterations: 100 }).plan.routes).toEqual([]);
  const node: Node = { place: 1, profit: 3, service: 4, windows: [{ opens: 9, closes: 12 }], fee: 0, categories: [] };
  const one: Problem = { nodes: [node], vehicles: [{ from: 0, to: 0, opens: 2, closes: 20 }], travel: { size: 2, cells: Int32Array.of(0, 5, 6, 0) }, limits: [], budget: Infinity };
  expect(solve(one, { seed: 1, iterations: 100 }).plan).toEqual({ routes: [[0]], starts: [[9]], worth: 3 });
  const cut = { ...one, travel: { size: 2, cells: Int32Array.of(0, NO_WAY, 6, 0) } };
  expect(solve(cut, { seed: 1, iterations: 100 }).plan.worth).toBe(0);
  expect(solve({ ...one, nodes: [{ ...node, windows: [] }] }, { seed: 1, iterations: 100 }).plan.worth).toBe(0);
});

test('it ends by a clock that is given, tells what it finds, and stops when it is told to (TO-15)', () => {
  const problem = drawn(3, { nodes: 80, vehicles: 3 });
  let looks = 0;
  const told: number[] = [];
  const { plan } = solve(problem, { seed: 1, spent: () => (looks += 1) / 50, onProgress: ({ worth, plan: written }) => { told.push(worth); expect(faults(problem, written())).toEqual([]); expect(written().worth).toBeCloseTo(worth, 6); } });
  expect(looks).toBe(50);
  expect(told.length).toBeGreaterThan(0);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.at(-1)).toBeCloseTo(plan.worth, 6);
  let asked = 0;
  const stopped = solve(problem, { seed: 1, iterations: 1e9, cancelled: () => (asked += 1) > 3 });
  expect(stopped.iterations).toBeLessThan(1_000);
  expect(faults(problem, stopped.plan)).toEqual([]);
  expect(() => solve(problem, { seed: 1 })).toThrow('ends by iterations or by a clock');
});

test('a plan to begin from is where it begins (TO-15)', () => {
  const problem = drawn(8, { nodes: 60, vehicles: 3, windows: 2 });
  const { plan } = solve(problem, { seed: 1, iterations: 3_000 });
  expect(solve(problem, { seed: 2, iterations: 1, from: plan.routes }).plan.worth).toBeGreaterThanOrEqual(plan.worth);
});
