import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksOf, nearOrder, type Block } from './blocks.ts';

const matrix = { places: 50, legs: 625 };
const osrm = { places: 100, legs: 2_500 };
const all = (size: number) => Array.from({ length: size }, (_, i) => i);
const cost = (blocks: readonly Block[]) => blocks.reduce((sum, { from, to }) => sum + from.length * to.length, 0);
const lacking = (size: number, lacks: (i: number, j: number) => boolean) => Uint8Array.from({ length: size * size }, (_, cell) => (lacks(Math.floor(cell / size), cell % size) ? 1 : 0));
const plan = (missing: Uint8Array, most = matrix, metres = new Int32Array(missing.length)) => blocksOf(missing, metres, { near: all(Math.sqrt(missing.length)), most });

test('every way that is missing is asked once, in questions that are taken, and nothing else but the way to oneself (TO-24)', () => {
  const sizes = fc.integer({ min: 0, max: 30 });
  fc.assert(fc.property(sizes.chain((size) => fc.tuple(fc.constant(size), fc.array(fc.boolean(), { minLength: size * size, maxLength: size * size }))), fc.constantFrom(matrix, osrm, { places: 4, legs: 3 }), ([size, bits], most) => {
    const missing = lacking(size, (i, j) => i !== j && bits[i * size + j] === true);
    const asked = new Uint8Array(size * size);
    for (const { from, to } of plan(missing, most)) {
      expect(from.length + to.length).toBeLessThanOrEqual(most.places);
      expect(from.length * to.length).toBeLessThanOrEqual(most.legs);
      for (const i of from) for (const j of to) asked[i * size + j] = (asked[i * size + j] ?? 0) + 1;
    }
    for (let cell = 0; cell < size * size; cell += 1) {
      if (cell % (size + 1) !== 0) expect(asked[cell]).toBe(missing[cell]);
      else expect(asked[cell]).toBeLessThanOrEqual(1);
    }
  }));
});

test.each<[string, number, (i: number, j: number) => boolean, number, number]>([
  ['nothing', 40, () => false, 0, 0],
  ['all of fifty places', 50, (i, j) => i !== j, 4, 2_500],
  // What is new lacks the others both ways: a column and a row.
  ['one new place among a hundred', 100, (i, j) => i !== j && (i === 99 || j === 99), 6, 198],
  ['one way', 100, (i, j) => i === 3 && j === 7, 1, 1],
])('%s', (_, size, lacks, questions, legs) => {
  const blocks = plan(lacking(size, lacks));
  expect(blocks.length).toBeLessThanOrEqual(questions);
  expect(cost(blocks)).toBeLessThanOrEqual(legs + size / 25);
});

test('near ways are asked first (TO-24)', () => {
  const metres = Int32Array.from({ length: 100 * 100 }, (_, cell) => Math.abs(Math.floor(cell / 100) - (cell % 100)));
  const blocks = plan(lacking(100, (i, j) => i !== j), matrix, metres);
  expect(blocks).toHaveLength(16);
  expect(blocks.slice(0, 4).map(({ from, to }) => from[0] === to[0])).toEqual([true, true, true, true]);
});

test('neighbours stand beside each other', () => {
  const points = [[48.85, 2.35], [43.3, 5.37], [48.86, 2.34], [43.31, 5.36], [-20.9, 55.4], [43.31, 5.36]].map(([lat = 0, lon = 0]) => ({ lat, lon }));
  const order = nearOrder(points);
  expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(Math.abs(order.indexOf(0) - order.indexOf(2))).toBe(1);
  const south = [1, 3, 5].map((point) => order.indexOf(point));
  expect(Math.max(...south) - Math.min(...south)).toBe(2);
  // Two of one point, in the order in which they came.
  expect(order.indexOf(5) - order.indexOf(3)).toBe(1);
});
