import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faults } from './check.ts';
import { drawn } from './drawn.ts';
import { solve } from './solve.ts';
import { apart, variants } from './variants.ts';

test('any two variants share no more than they may, each holds, and none is idle (TO-06)', () => {
  fc.assert(fc.property(fc.integer(), fc.record({ nodes: fc.integer({ min: 8, max: 40 }), vehicles: fc.integer({ min: 1, max: 3 }), windows: fc.integer({ min: 1, max: 2 }), own: fc.boolean(), costs: fc.boolean(), bounded: fc.boolean() }), fc.constantFrom(0, 0.3, 0.6), (seed, kind, share) => {
    const problem = drawn(seed, kind);
    const found = variants(problem, { count: 4, share }, { seed, iterations: 1_200 });
    expect(found.length).toBeGreaterThan(0);
    found.forEach(({ plan }, i) => {
      expect(faults(problem, plan)).toEqual([]);
      for (const other of found.slice(i + 1)) expect(apart(problem, plan.routes, other.plan.routes, share)).toBe(true);
    });
  }), { numRuns: 40 });
});

test('a variant is no poor plan: with much to choose from, all are worth much of the best (TO-06)', () => {
  const problem = drawn(7, { nodes: 120, vehicles: 2, windows: 2 });
  const found = variants(problem, { count: 4, share: 0.6 }, { seed: 1, iterations: 20_000 });
  expect(found).toHaveLength(4);
  const best = solve(problem, { seed: 1, iterations: 6_000 }).plan.worth;
  for (const { plan } of found) expect(plan.worth).toBeGreaterThan(0.6 * best);
});

test('two vehicles that are alike cannot make a variant by changing places (TO-06)', () => {
  const problem = drawn(2, { nodes: 20, vehicles: 2 });
  const { plan } = solve(problem, { seed: 1, iterations: 500 });
  expect(apart(problem, plan.routes, [...plan.routes].reverse(), 0.6)).toBe(false);
  expect(apart(problem, plan.routes, [[], []], 0.6)).toBe(true);
});

test('the same seed and iterations make the same variants, and pins are in all of them (TO-06, TO-16)', () => {
  const problem = drawn(4, { nodes: 6, vehicles: 2, own: true, pins: true });
  const made = () => variants(problem, { count: 3, share: 0.5 }, { seed: 9, iterations: 900 });
  expect(made()).toEqual(made());
  for (const { missed } of made()) expect(missed).toEqual([]);
});
