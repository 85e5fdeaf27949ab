import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Chain } from './chain.ts';
import { worthOf } from './check.ts';
import { drawn } from './drawn.ts';
import { modelOf } from './model.ts';
import { Pool } from './pool.ts';

test('the pool chooses the best union of a route for each vehicle, within budget and categories (TO-01)', () => {
  let better = 0;
  fc.assert(fc.property(fc.integer(), fc.boolean(), fc.boolean(), (seed, bounded, own) => {
    const problem = drawn(seed, { nodes: 14, vehicles: 2, bounded, own });
    const model = modelOf(problem);
    const pool = new Pool(model, 100);
    const chain = new Chain(model, seed, new Pool(model, 100));
    chain.fill();
    const kept: number[][][] = [[], []];
    for (let i = 0; i < 12; i += 1) {
      for (let step = 0; step < 5; step += 1) { chain.temperature = 1e9; chain.step(); }
      for (const v of [0, 1]) {
        pool.add(chain.routes, v, null);
        const base = v * chain.routes.width;
        const nodes = [...chain.routes.stop.subarray(base + 1, base + chain.routes.length[v]! - 1)];
        for (const w of [0, 1]) if (model.kindOf[w] === model.kindOf[v]) kept[w]!.push(nodes);
      }
    }
    const lean = (routes: readonly (readonly number[])[]) => { const seen = new Set<number>(); return routes.map((route) => route.filter((k) => !seen.has(k) && seen.add(k))); };
    const fits = (routes: readonly (readonly number[])[]) => {
      const nodes = routes.flat().map((k) => problem.nodes[k]!);
      return nodes.reduce((sum, { fee }) => sum + fee, 0) <= problem.budget && problem.limits.every((limit, z) => nodes.filter(({ categories }) => categories.includes(z)).length <= limit);
    };
    // Whose the node of two is matters where they earn otherwise: it is dropped from the one of the later kind.
    const order = model.kindOf[0]! <= model.kindOf[1]! ? [0, 1] : [1, 0];
    const unions = kept[order[0]!]!.flatMap((one) => kept[order[1]!]!.map((other) => lean([one, other]))).filter(fits);
    const best = Math.max(...unions.map((routes) => worthOf(problem, order[0] === 0 ? routes : [...routes].reverse())));
    const chosen = pool.choose(-1, 1e6);
    expect(chosen).not.toBeNull();
    expect(worthOf(problem, chosen!)).toBeCloseTo(best, 6);
    expect(fits(chosen!)).toBe(true);
    if (Math.max(...kept.flat().map((route) => worthOf(problem, [route, []]))) < best) better += 1;
    expect(pool.choose(best, 1e6)).toBeNull();
  }), { numRuns: 40 });
  expect(better).toBeGreaterThan(20);
});
