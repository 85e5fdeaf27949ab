import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evidence, only, type Interaction } from './evidence.ts';
import { hoped, likely, relinked } from './learn.ts';
import { chance, figuresOf, modelOf, nightly, promote, publishedModel, readModel, type Card } from './promote.ts';
import { simulate, touringShape, wishes, type World } from './simulator.ts';

const shape = touringShape();
const card: Card = { scorecard: 'touring', criteria: shape.weights.map((_, j) => `criterion_${j + 1}`), weights: shape.weights };
const link = (intercept: number) => ({ intercept, slope: 14 });
const world = (seed: number, weights: readonly number[], count = 6_000): World =>
  ({ seed, shape, count, missing: 0.15, hidden: { weights, links: { choice: link(-7.5), deal: link(-7), show: link(-6) }, looks: (place) => 0.2 + 0.8 / place, moods: 0.5 } });
const rowsOf = (made: World) => evidence(simulate(made).interactions, shape.weights.length);
const unlearned = (rows: ReturnType<typeof rowsOf>) => modelOf(card, relinked(rows, { weights: card.weights, link: hoped }), { rows, version: 'touring-1' });

test('a night that finds something is promoted with its figures, and one that finds nothing is not (MA-18)', () => {
  const rows = rowsOf(world(3, wishes(shape, 6, 1.2), 16_000));
  const before = unlearned(only(rows, (row) => row < 12_000));
  const night = nightly(card, before, rows, 'touring-2');
  expect(night.decision).toMatchObject({ promoted: true, reason: 'better', interactions: 4_000 });
  expect(night.model).toMatchObject({ version: 'touring-2', scorecard: 'touring', fitted: { from: '2026-01-01T00:00:00.000Z', interactions: 12_000 } });
  expect(night.model.figures?.logLoss).toBeLessThan(night.decision.current!.logLoss);
  expect(readModel(JSON.parse(JSON.stringify(night.model)))).toEqual(night.model);

  const nothing = rowsOf(world(4, shape.weights));
  const kept = unlearned(only(nothing, (row) => row < 4_500));
  const idle = nightly(card, kept, nothing, 'touring-2');
  expect(idle.decision).toMatchObject({ promoted: false, reason: 'no_better' });
  expect(idle.model).toBe(kept);
});

test('a model is not better than itself, and a few interactions tell nothing (MA-18)', () => {
  const rows = rowsOf(world(1, shape.weights, 2_000));
  const model = unlearned(rows);
  expect(promote(model, model, rows)).toMatchObject({ promoted: false, reason: 'no_better', better: { logLoss: 0, brier: 0 } });
  expect(promote(publishedModel(card), model, only(rows, (row) => row < 499)).reason).toBe('few');
});

test('what is better liked and worse signed is not promoted (MA-18)', () => {
  // Choices go by the first criterion, deals by the second.
  const small: Card = { scorecard: 'crew', criteria: ['look', 'worth'], weights: [50, 50] };
  const rows = evidence(Array.from({ length: 2_000 }, (_, i): Interaction => {
    const degrees = [(i % 7) / 6, (i % 5) / 4];
    const kind = i % 4 === 0 ? (degrees[1]! > 0.5 ? 'signature' as const : 'refusal' as const) : degrees[0]! > 0.5 ? 'like' as const : 'pass' as const;
    return { signal: kind, at: new Date(Date.UTC(2027, 0, 1) + i), degrees, place: null };
  }), 2);
  const links = { choice: { intercept: -5, slope: 10 }, deal: { intercept: -5, slope: 10 }, show: hoped };
  const [balanced, looks] = [[50, 50], [100, 0]].map((weights) => modelOf(small, { weights, links, seen: publishedModel(small).seen }, { rows, version: 'crew-2' })) as [ReturnType<typeof modelOf>, ReturnType<typeof modelOf>];
  expect(promote(balanced, looks, rows)).toMatchObject({ promoted: false, reason: 'worse_deals' });
});

test('witnesses of one party are one witness (MA-18)', () => {
  const rows = rowsOf(world(3, wishes(shape, 6), 4_000));
  const [before, after] = [publishedModel(card), unlearned(rows)];
  const alone = promote(before, after, rows).better.logLoss;
  const together = promote(before, after, rows, Int32Array.from(rows.success.keys(), (row) => Math.floor(row / 400))).better.logLoss;
  expect(Math.abs(together)).toBeLessThan(Math.abs(alone));
});

test('the published model says what is hoped, and that nothing was learned (MA-07)', () => {
  const model = publishedModel(card);
  expect(model).toMatchObject({ fitted: null, figures: null, version: 'touring-published' });
  expect(chance(model, 85)).toBeCloseTo(likely(hoped, 85), 2);
  expect(figuresOf(model, evidence([], 47))).toBeNull();
  expect(readModel(model, card)).toEqual(model);
});

test('a damaged model is none, whichever letter of it was lost (MA-18)', () => {
  const text = JSON.stringify(unlearned(rowsOf(world(1, shape.weights, 1_500))));
  expect(readModel(JSON.parse(text))).not.toBeNull();
  fc.assert(fc.property(fc.nat(text.length - 1), fc.constantFrom('', '0', '1', '9', 'x', '"', '}', '-', 'é'), (at, letter) => {
    const damaged = text.slice(0, at) + letter + text.slice(at + 1);
    let read: unknown;
    try { read = JSON.parse(damaged); } catch { return; }
    if (JSON.stringify(read) !== text) expect(readModel(read)).toBeNull();
  }), { numRuns: 300 });
});

test.each([
  ['no object', () => 'model'], ['nothing', () => null], ['a list', () => []],
  ['weights of 99', (model: object) => ({ ...model, weights: shape.weights.map((points) => points * 0.99) })],
  ['another card', (model: object) => ({ ...model, scorecard: 'crew' })],
  ['a field too few', (model: object) => ({ ...model, calibration: undefined })],
  ['a line that falls', (model: object) => ({ ...model, calibration: [[0, 0.5], [100, 0.4]] })],
])('%s is no model (MA-18)', (_, damage) => {
  expect(readModel(damage(publishedModel(card)))).toBeNull();
});

test('a model of other criteria is none of this card (MA-18)', () => {
  expect(readModel(publishedModel(card), { ...card, criteria: [...card.criteria].reverse() })).toBeNull();
  expect(readModel(publishedModel({ ...card, scorecard: 'crew' }), card)).toBeNull();
});
