import { expect, test } from 'vitest';
import { faults, worthOf } from './check.ts';
import { NO_WAY, assertForm, type Problem } from './problem.ts';

/** Four nodes on a line, ten apart; node 3 is open twice; the way from node 2 home is missing. */
const problem: Problem = {
  nodes: [
    { place: 1, profit: 5, service: 2, windows: [{ opens: 10, closes: 15 }], fee: 3, categories: [0] },
    { place: 2, profit: 6, service: 2, windows: [{ opens: 0, closes: 40 }], fee: 3, categories: [0] },
    { place: 3, profit: 7, service: 0, windows: [{ opens: 0, closes: 99 }], fee: 1, categories: [] },
    { place: 4, profit: 8, service: 1, windows: [{ opens: 5, closes: 9 }, { opens: 50, closes: 60 }], fee: 1, categories: [1] },
  ],
  vehicles: [{ from: 0, to: 0, opens: 0, closes: 110, pins: [0] }, { from: 0, to: 0, opens: 0, closes: 70, exceptions: new Map([[1, { barred: true }], [2, { profit: 9 }], [3, { windows: [{ opens: 20, closes: 30 }] }]]) }],
  travel: { size: 5, cells: Int32Array.from({ length: 25 }, (_, i) => (i === 15 ? NO_WAY : 10 * Math.abs(Math.floor(i / 5) - (i % 5)))) },
  costs: { size: 5, cells: Float64Array.from({ length: 25 }, (_, i) => (i % 6 === 0 ? 0 : 1)) },
  limits: [2, 1],
  budget: 8,
};

test.each([
  ['served as early as can be', [[0, 1, 3], []], []],
  ['a vehicle too few', [[0]], ['vehicles']],
  ['nobody of that number', [[0, 9], []], ['unknown']],
  ['twice', [[0, 1, 1], []], ['twice', 'over_budget', 'over_limit']],
  ['twice by two', [[0, 3], [3]], ['twice', 'not_open', 'home_late', 'over_limit']],
  ['barred', [[0], [1]], ['barred']],
  ['pinned elsewhere', [[], [0]], ['not_pinned_here']],
  ['a pin left out', [[1], []], ['pin_missing']],
  ['no way home', [[0, 2], []], ['no_way', 'home_late']],
  ['closed before', [[1, 0], []], ['not_open']],
  ['outside its own windows', [[0], [3]], ['not_open', 'home_late']],
] as const)('the checker: %s (TO-04)', (_, routes, wanted) => {
  expect(faults(problem, { routes }).map(({ fault }) => fault)).toEqual(wanted);
});

test('the checker: budget, categories and a closing time (TO-04)', () => {
  expect(faults({ ...problem, budget: 5 }, { routes: [[0, 1], []] })).toEqual([{ fault: 'over_budget' }]);
  expect(faults({ ...problem, limits: [1, 1] }, { routes: [[0, 1], []] })).toEqual([{ fault: 'over_limit' }]);
  expect(faults({ ...problem, vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, closes: 30 })) }, { routes: [[0, 1], []] })).toEqual([{ fault: 'home_late', vehicle: 0 }]);
});

test('stated starts are taken at their word, and so is the worth (TO-04)', () => {
  const routes = [[0, 1], []];
  expect(faults(problem, { routes, starts: [[12, 24], []], worth: 11 - 3 })).toEqual([]);
  expect(faults(problem, { routes, starts: [[12, 23], []] })).toEqual([{ fault: 'too_early', vehicle: 0, node: 1 }]);
  expect(faults(problem, { routes, starts: [[16, 40], []] })).toEqual([{ fault: 'not_open', vehicle: 0, node: 0 }]);
  expect(faults(problem, { routes, starts: [[12], []] }).map(({ fault }) => fault)).toEqual(['not_open']);
  expect(faults(problem, { routes, worth: 9 })).toEqual([{ fault: 'worth' }]);
  expect(worthOf(problem, [[0], [2]])).toBe(5 - 2 + 9 - 2);
});

test('a problem that contradicts its form is no problem (TO-01)', () => {
  const wrong = (over: Partial<Problem>) => () => { assertForm({ ...problem, ...over }); };
  expect(() => { assertForm(problem); }).not.toThrow();
  expect(wrong({ travel: { size: 4, cells: problem.travel.cells } })).toThrow('square');
  expect(wrong({ travel: { size: 5, cells: Float64Array.from(problem.travel.cells, (way) => way + 0.5) } })).toThrow('travel time');
  expect(wrong({ nodes: problem.nodes.map((node) => ({ ...node, place: 7 })) })).toThrow('stands in the travel matrix');
  expect(wrong({ nodes: problem.nodes.map((node) => ({ ...node, windows: [{ opens: 9, closes: 3 }] })) })).toThrow('in order');
  expect(wrong({ limits: [] })).toThrow('has a limit');
  expect(wrong({ vehicles: [{ from: 0, to: 0, opens: 0, closes: 9, pins: [2, 2] }] })).toThrow('pinned once');
});
