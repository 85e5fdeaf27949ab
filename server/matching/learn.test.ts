import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rng } from '../core/rng.ts';
import { evidence, filled, only, SAYS, scoresOf, SIGNALS, STAGES, type Interaction, type Signal } from './evidence.ts';
import { forecast, hoped, likely, refit, relink, relinked } from './learn.ts';
import { logLoss } from './figures.ts';
import { simulate, touringShape, wishes, type World } from './simulator.ts';

const happened = (signal: Signal, degrees: readonly number[], over: Partial<Interaction> = {}): Interaction => ({ signal, at: new Date('2027-01-01T00:00:00Z'), degrees, place: null, ...over });
const shape = touringShape();
const world = (over: Partial<World> & { weights?: readonly number[]; slope?: number } = {}): World => {
  const { weights = shape.weights, slope = 14, ...rest } = over;
  const link = (intercept: number) => ({ intercept: slope === 0 ? intercept + 7 : intercept, slope });
  return { seed: 5, shape, count: 6_000, missing: 0.15, hidden: { weights, links: { choice: link(-7.5), deal: link(-7), show: link(-6) }, looks: (place) => 0.2 + 0.8 / place, moods: 0.5 }, ...rest };
};
const columns = (made: World) => evidence(simulate(made).interactions, shape.weights.length);

test('each thing that happens says something of a decision, and a signature or a refusal most of all (MA-18)', () => {
  expect(Object.keys(SAYS)).toEqual([...SIGNALS]);
  expect(SIGNALS.filter((signal) => SAYS[signal].stage === 'deal')).toEqual(['signature', 'refusal']);
  for (const { strength } of Object.values(SAYS)) expect(strength > 0 && strength <= 1).toBe(true);
  expect([SAYS.impression, SAYS.pass, SAYS.like, SAYS.super_like, SAYS.offer].map(({ strength }) => strength)).toEqual([0.3, 0.5, 0.5, 0.8, 1]);
});

test.each([[1, 0], [2, 0.25], [3, 0.5], [5, 1]])('%s stars are a success of %s (MA-18)', (stars, success) => {
  expect(evidence([happened('rating', [1], { stars })], 1).success[0]).toBe(success);
});

test('interactions are read by rising time, and a degree beyond its range is a bug (MA-18)', () => {
  const rows = evidence([happened('like', [0.2], { at: new Date('2027-02-01T00:00:00Z') }), happened('impression', [0.7], { place: 4 })], 1);
  expect([[...rows.degrees], [...rows.success], [...rows.place]]).toEqual([[0.7, 0.2], [0, 1], [4, 0]]);
  expect([...only(rows, (row) => row === 1).degrees]).toEqual([0.2]);
  for (const degree of [1.01, -0.1, Number.NaN]) expect(() => evidence([happened('like', [degree])], 1)).toThrow();
  expect(() => evidence([happened('like', [0.5, 0.5])], 1)).toThrow();
});

test('degrees that were kept as bytes are read, and the unknown takes its prior (MA-18)', () => {
  expect([...filled(Uint8Array.from([0, 127, 254, 255]), [0.5, 0.5, 0.5, 0.4])]).toEqual([0, 0.5, 1, 0.4]);
});

test('without evidence the published weights stay, and what is hoped for is said (MA-18)', () => {
  const learned = refit(evidence([], 3), { weights: [50, 30, 20], link: hoped });
  learned.weights.forEach((points, j) => expect(points).toBeCloseTo([50, 30, 20][j] ?? 0));
  expect(likely(learned.links.deal, 85)).toBeGreaterThan(0.79);
});

test('what decides gains weight, and what nobody minds loses it (MA-18)', () => {
  const next = rng(2);
  const rows = evidence(Array.from({ length: 3_000 }, (): Interaction => {
    const degrees = [next(), next()];
    return happened(next() < likely({ intercept: -2, slope: 4 }, degrees[1]! * 100) ? 'signature' : 'refusal', degrees);
  }), 2);
  const learned = refit(rows, { weights: [80, 20], link: hoped });
  expect(learned.weights[1]).toBeGreaterThan(90);
  expect(learned.links.deal.slope).toBeCloseTo(4, 0);
});

test('wishes that were hidden are found, and later deals are foretold nearly as by who knows them (MA-18)', () => {
  const made = world({ weights: wishes(shape, 77), count: 13_000 });
  const { truth } = simulate(made);
  const rows = columns(made);
  const isLater = (row: number) => row >= 10_000 && STAGES[rows.stage[row]!] === 'deal';
  const [earlier, later] = [only(rows, (row) => row < 10_000), only(rows, isLater)];
  const learned = refit(earlier, { weights: shape.weights, link: hoped });
  const loss = (probability: ArrayLike<number>) => logLoss({ probability, success: later.success });
  const known = loss(truth.filter((_, row) => isLater(row)));
  expect(loss(forecast(later, learned)) / known).toBeLessThan(1.05);
  expect(loss(forecast(later, learned))).toBeLessThan(loss(forecast(later, relinked(earlier, { weights: shape.weights, link: hoped }))));
});

test.each([['what is wished is what was published', 14], ['nothing that happens has to do with a criterion', 0]])('where there is nothing to find, nothing is: %s (MA-18)', (_, slope) => {
  const learned = refit(columns(world({ slope })), { weights: shape.weights, link: hoped });
  const moved = learned.weights.reduce((sum, points, j) => sum + Math.abs(points - shape.weights[j]!), 0) / 2;
  expect(moved).toBeLessThan(5);
});

test('a place far down is looked at less, and what stood there is not thought less of (MA-18)', () => {
  const learned = refit(columns(world()), { weights: shape.weights, link: hoped });
  // What the simulator's people do: 0.2 + 0.8 / place.
  expect(learned.seen[0]).toBe(1);
  expect(learned.seen[2]).toBeCloseTo(0.2 + 0.8 / 3, 0);
  expect(learned.seen[6]).toBeLessThan(0.45);
  expect(learned.links.choice.intercept).toBeGreaterThan(-9);
});

test('a score stays from 0 to 100 and never falls when a criterion is met better, whatever happened (MA-01, MA-18)', () => {
  fc.assert(fc.property(
    fc.array(fc.record({ signal: fc.constantFrom(...SIGNALS), degrees: fc.array(fc.constantFrom(0, 0.3, 0.5, 1), { minLength: 3, maxLength: 3 }), place: fc.option(fc.integer({ min: 1, max: 60 })) }), { maxLength: 60 }),
    (all) => {
      const rows = evidence(all.map(({ signal, degrees, place }) => happened(signal, degrees, { place, stars: 2 })), 3);
      const learned = refit(rows, { weights: [60, 40, 0], link: hoped });
      expect(learned.weights.reduce((sum, points) => sum + points, 0)).toBeCloseTo(100);
      expect(learned.weights.every((points) => points >= 0)).toBe(true);
      expect(learned.links.deal.slope).toBeGreaterThanOrEqual(0);
      for (const score of scoresOf(rows, learned.weights)) expect(score >= 0 && score <= 100).toBe(true);
      expect(refit(rows, { weights: [60, 40, 0], link: hoped })).toEqual(learned);
    },
  ), { numRuns: 50 });
});

test('a link follows its scores; one that would fall is flat (MA-18)', () => {
  const scores = Array.from({ length: 2_000 }, (_, i) => (i % 100) + 0.5);
  const expected = { intercept: -3, slope: 6 };
  const said = scores.map((score) => likely(expected, score));
  const found = relink(scores, said, hoped);
  expect(found.slope).toBeCloseTo(6, 0);
  expect(relink(scores, said.map((p) => 1 - p), hoped).slope).toBe(0);
  expect(relink([], [], hoped)).toEqual(hoped);
});
