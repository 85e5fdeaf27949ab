import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readMctopmtw, readToptw } from '../../../bench/toptw.ts';
import { faults, worthOf } from './check.ts';
import { solve } from './solve.ts';

const folder = fileURLToPath(new URL('../../../../shared/bench/', import.meta.url));
const here = existsSync(folder);
const absent = here ? '' : ' (skipped: the folder shared/bench is absent)';

/** Three vertices in the form of the published files: coordinates of a decimal, two windows that a ship would miss. */
const small = '4 3 3 1\n0 200\n0 0.00 0.00 0 0 0 0 0 100\n1 3.00 4.00 2 7 1 1 1 0 30\n2 6.00 8.00 2 8 1 1 1 0 6\n\n';

test('a published file is read: depot, ways rounded down, closing of the depot, a blank line at the end (TO-01)', () => {
  const { problem, scale } = readToptw(small.replace('3.00 4.00', '1.00 1.00'), 2);
  expect(scale).toBe(10);
  expect([...problem.travel.cells.slice(0, 3)]).toEqual([0, 14, 100]);
  expect(problem.vehicles).toEqual([{ from: 0, to: 0, opens: 0, closes: 1000 }, { from: 0, to: 0, opens: 0, closes: 1000 }]);
  expect(problem.nodes[1]).toEqual({ place: 2, profit: 8, service: 20, windows: [{ opens: 0, closes: 60 }], fee: 0, categories: [] });
  expect(solve(problem, { seed: 1, iterations: 100 }).plan).toEqual({ routes: [[0], []], starts: [[14], []], worth: 7 });
});

test('a file of several windows is read: every other tour has the other two (TO-01)', () => {
  const text = '2 2 9 1 0 0 0 0 0 0 0 0 5\n0 0.0 0.0 0.0 0.0 0 100\n2 3.5 4.0 2.0 7.0 0 10.5 20 30 40 1 6 1 0 0 0 0 0 0 0 0 1\n3 6.0 8.0 2.0 8.0 0 10 20 30 40 0 6 0 0 0 0 0 0 0 0 0 0\n';
  const { problem, scale } = readMctopmtw(text);
  expect(scale).toBe(100);
  expect(problem.limits).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
  expect(problem.budget).toBe(9);
  expect(problem.nodes[0]).toMatchObject({ fee: 6, categories: [0, 9], windows: [{ opens: 0, closes: 1050 }, { opens: 2000, closes: 3000 }] });
  expect(problem.nodes[1]?.windows).toEqual([{ opens: 1000, closes: 2000 }, { opens: 3000, closes: 4000 }]);
  expect(problem.vehicles[0]?.exceptions).toBeUndefined();
  expect(problem.vehicles[1]?.exceptions?.get(0)).toEqual({ windows: [{ opens: 1050, closes: 2000 }, { opens: 3000, closes: 4000 }] });
});

test.skipIf(!here)(`the published optimal routes hold, and are worth what was published; an open time later they do not${absent} (TO-01)`, () => {
  const known = JSON.parse(readFileSync(`${folder}toptw/best-known.json`, 'utf8')) as { instances: { instance: string; file: string; round_digits: number; bks: Record<string, number>; optimal_route_m1?: number[] }[] };
  const proved = known.instances.filter(({ optimal_route_m1: route }) => route !== undefined);
  expect(proved.length).toBeGreaterThan(10);
  for (const { file, round_digits: digits, bks, optimal_route_m1: route = [] } of proved) {
    const text = readFileSync(`${folder}toptw/instances/${file}`, 'utf8');
    const { problem, scale } = readToptw(text, 1);
    expect(scale).toBe(10 ** digits);
    const routes = [route.slice(1, -1).map((vertex) => vertex - 1)];
    expect(faults(problem, { routes }), file).toEqual([]);
    expect(worthOf(problem, routes), file).toBe(bks[1]);
  }
});

test.skipIf(!here)(`the search meets proved optima of one route, and plans of several windows hold${absent} (TO-01)`, () => {
  const known = JSON.parse(readFileSync(`${folder}toptw/best-known.json`, 'utf8')) as { instances: { file: string; bks: Record<string, number>; optimal_route_m1?: number[] }[] };
  const proved = known.instances.filter(({ optimal_route_m1: route }) => route !== undefined).slice(0, 6);
  for (const { file, bks } of proved) {
    const { problem } = readToptw(readFileSync(`${folder}toptw/instances/${file}`, 'utf8'), 1);
    const { plan } = solve(problem, { seed: 1, iterations: 20_000 });
    expect(faults(problem, plan)).toEqual([]);
    expect(plan.worth, file).toBe(bks[1]);
  }
  for (const file of readdirSync(`${folder}mctopmtw/instances`).filter((_, i) => i % 9 === 4)) {
    const { problem } = readMctopmtw(readFileSync(`${folder}mctopmtw/instances/${file}`, 'utf8'));
    const { plan } = solve(problem, { seed: 1, iterations: 1_000 });
    expect(faults(problem, plan), file).toEqual([]);
    expect(plan.worth).toBeGreaterThan(0);
  }
});

test.skipIf(!here)(`the plans that are told to be above the best known hold, and are worth what is told${absent} (TO-01)`, () => {
  const rows = [...readFileSync(new URL('../../../bench/tours.md', import.meta.url), 'utf8').matchAll(/^[|] (toptw|mctopmtw) [|] (\w+) [|] (\d) [|] ([\d,]+) [|] ([\d,]+) [|] ([\d /]+) [|]$/gm)];
  expect(rows.length).toBeGreaterThan(10);
  for (const [line, set, name = '', routes, worth = '', known = '', plan = ''] of rows) {
    const text = readFileSync(`${folder}${set === 'toptw' ? `toptw/instances/${name}` : `mctopmtw/instances/MCTOPMTW-${routes}-${name}`}.txt`, 'utf8');
    const { problem, first } = set === 'toptw' ? readToptw(text, Number(routes)) : readMctopmtw(text);
    const given = plan.split(' / ').map((route) => route.split(' ').map((vertex) => Number(vertex) - first));
    const told = Number(worth.replace(',', ''));
    expect(faults(problem, { routes: given, worth: told }), line).toEqual([]);
    expect(told).toBeGreaterThan(Number(known.replace(',', '')));
  }
});
