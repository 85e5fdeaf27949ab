import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faults, worthOf } from './check.ts';
import { isDated, solveDated } from './dated.ts';
import { drawn, exact } from './drawn.ts';
import type { Problem } from './problem.ts';

/** A drawn problem whose nodes start at one instant each, with some that do not go well together. */
function dated(seed: number, kind: Parameters<typeof drawn>[1], paired = false): Problem {
  const problem = drawn(seed, { ...kind, own: false, windows: 1 });
  const instants = problem.nodes.map(({ windows, ...node }, k) => { const at = windows[0]?.opens ?? (37 * k) % 300; return { ...node, service: 0, fee: 0, windows: [{ opens: at, closes: at }] }; });
  const pairs = paired ? problem.nodes.flatMap((_, k) => (k % 3 === 0 && k + 1 < problem.nodes.length ? [{ one: k, other: k + 1, cost: 7 }] : [])) : [];
  return { ...problem, nodes: instants, budget: Infinity, pairs };
}

test('the checker accepts every plan of dated nodes, whatever their ways, categories and pairs (TO-01, TO-04)', () => {
  const kinds = fc.record({ nodes: fc.integer({ min: 0, max: 40 }), vehicles: fc.integer({ min: 1, max: 4 }), crooked: fc.boolean(), bounded: fc.boolean(), costs: fc.boolean() });
  fc.assert(fc.property(fc.integer(), kinds, fc.integer(), fc.boolean(), (drawing, kind, seed, paired) => {
    const problem = dated(drawing, kind, paired && kind.vehicles > 1);
    const { plan } = solveDated(problem, { seed, iterations: 60 });
    expect(faults(problem, plan)).toEqual([]);
    expect(plan.worth).toBeGreaterThanOrEqual(-1e-9);
    expect(plan.worth).toBeCloseTo(worthOf(problem, plan.routes), 6);
  }), { numRuns: 200 });
});

test.each([
  ['one vehicle', { vehicles: 1, nodes: 8 }], ['two vehicles', { vehicles: 2 }], ['categories', { vehicles: 1, nodes: 8, bounded: true }], ['categories of two', { bounded: true }], ['crooked ways', { crooked: true }], ['costs', { costs: true }],
  ['all of it', { vehicles: 2, bounded: true, crooked: true, costs: true }],
] as const)('the optimum of small dated problems is reached: %s (TO-01)', (_, kind) => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const problem = dated(seed, { nodes: 7, ...kind });
    expect(solveDated(problem, { seed: 1, iterations: 3_000 }).plan.worth).toBeCloseTo(exact(problem).worth, 6);
  }
});

test('two that take each other’s people are weighed against what both bring (TO-17)', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const problem = dated(seed, { nodes: 7, vehicles: 2 }, true);
    const one = solveDated(problem, { seed: 1, iterations: 3_000 });
    const best = exact(problem).worth;
    expect(one.plan.worth).toBeCloseTo(best, 6);
  }
});

test('the same seed and sweeps make the same plan, from a plan nothing is lost, and a search that is called off has one (TO-16)', () => {
  const problem = dated(3, { nodes: 60, vehicles: 3, bounded: true, costs: true });
  const one = solveDated(problem, { seed: 5, iterations: 40 });
  expect(solveDated(problem, { seed: 5, iterations: 40 })).toEqual(one);
  const again = solveDated(problem, { seed: 9, iterations: 40, from: one.plan.routes });
  expect(again.plan.worth).toBeGreaterThanOrEqual(one.plan.worth - 1e-9);
  let asked = 0;
  const broken = solveDated(problem, { seed: 5, spent: () => 0, cancelled: () => { asked += 1; return asked > 10; } });
  expect(faults(problem, broken.plan)).toEqual([]);
});

test('pins come before any profit, and one that cannot be kept is named (TO-16)', () => {
  const base = dated(8, { nodes: 12, vehicles: 1 });
  const [first = 0, second = 0] = exact({ ...base, nodes: base.nodes.slice(0, 7) }).routes[0] ?? [];
  const pinned: Problem = { ...base, vehicles: base.vehicles.map((vehicle) => ({ ...vehicle, pins: [first, second] })) };
  const { plan, missed } = solveDated(pinned, { seed: 1, iterations: 200 });
  expect(missed).toEqual([]);
  expect(plan.routes[0]).toEqual(expect.arrayContaining([first, second]));
  const clash: Problem = { ...pinned, nodes: pinned.nodes.map((node, k) => (k === second ? { ...node, windows: base.nodes[first]?.windows ?? [] } : node)) };
  expect(solveDated(clash, { seed: 1, iterations: 200 }).missed).toHaveLength(1);
});

test('what is not dated is said to be so', () => {
  const loose = drawn(1, { windows: 2 });
  expect(isDated(loose)).toBe(false);
  expect(() => solveDated(loose, { seed: 1, iterations: 1 })).toThrow('one instant');
});
