import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faults } from './check.ts';
import { drawn, exact } from './drawn.ts';
import { NO_WAY, type Node, type Problem } from './problem.ts';
import { solve } from './solve.ts';

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
  // A stop is barred: what else there was stays, all but a few.
  const [barred = -1] = plan.routes[1] ?? [];
  const without = { ...problem, nodes: problem.nodes.map((node, k) => (k === barred ? { ...node, windows: [] } : node)) };
  const repaired = solve(without, { seed: 3, iterations: 500, from: plan.routes, warmth: 0.01 }).plan;
  expect(faults(without, repaired)).toEqual([]);
  const before = new Set(plan.routes.flat());
  expect(repaired.routes.flat().filter((k) => !before.has(k)).length).toBeLessThan(5);
});
