import { expect, test } from 'vitest';
import { evidence, SIGNALS } from './evidence.ts';
import { calibrationError } from './figures.ts';
import { simulate, stageOf, touringShape, wishes, type World } from './simulator.ts';

const shape = touringShape();
const link = (intercept: number) => ({ intercept, slope: 14 });
const world = (over: Partial<World> = {}): World => ({
  seed: 8, shape, count: 6_000, missing: 0.15, hidden: { weights: wishes(shape, 8), links: { choice: link(-7.5), deal: link(-7), show: link(-6) }, looks: (place) => 0.2 + 0.8 / place, moods: 0.5 }, ...over,
});

test('the form of touring: 47 criteria, 100 points (MA-04)', () => {
  expect(shape.weights).toHaveLength(47);
  expect(shape.weights.reduce((sum, one) => sum + one, 0)).toBeCloseTo(100);
  expect(wishes(shape, 1).reduce((sum, one) => sum + one, 0)).toBeCloseTo(100);
});

test('one seed, one history, by rising time; another seed, another one (MA-18)', () => {
  const { interactions } = simulate(world());
  const told = (seed: number) => JSON.stringify(simulate(world({ seed, count: 200 })));
  expect(told(8)).toBe(told(8));
  expect(told(8)).not.toBe(told(9));
  expect(interactions).toHaveLength(6_000);
  expect(interactions.every(({ at }, i) => i === 0 || at > interactions[i - 1]!.at)).toBe(true);
  expect(SIGNALS.filter((signal) => interactions.some((one) => one.signal === signal))).toEqual(['impression', 'pass', 'like', 'signature', 'refusal', 'rating']);
});

test('the truth is true: of what it calls likely as much comes (MA-18)', () => {
  const { interactions, truth } = simulate(world({ count: 12_000, hidden: { ...world().hidden, looks: () => 1 } }));
  const rows = evidence(interactions, 47);
  for (const stage of [0, 1]) {
    const among = interactions.map((one, row) => ({ one, row })).filter(({ one }) => stageOf(one) === stage).map(({ row }) => row);
    expect(calibrationError({ probability: among.map((row) => truth[row]!), success: among.map((row) => rows.success[row]!) })).toBeLessThan(stage === 0 ? 0.03 : 0.05);
  }
});

test('who stands far down is chosen less than wished; what is missing has its prior (MA-18)', () => {
  const chosen = (looks: (place: number) => number) => simulate(world({ hidden: { ...world().hidden, looks } })).interactions.filter(({ place, signal }) => (place ?? 0) > 10 && signal === 'like').length;
  expect(chosen((place) => 1 / place)).toBeLessThan(chosen(() => 1) / 2);
  const priors = (missing: number) => simulate(world({ count: 500, missing })).interactions.flatMap(({ degrees }) => Array.from(degrees)).filter((degree) => degree === 0.5).length / (500 * 47);
  expect(priors(0)).toBe(0);
  expect(priors(0.15)).toBeCloseTo(0.15, 1);
});
