import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meetingsOf, reciprocal, rowsOf } from '../../bench/reciprocal.ts';
import { normal, rng, shuffled } from '../core/rng.ts';
import { auc, calibrationError } from './figures.ts';
import { foresee, novice, taught, type Decided } from './reciprocal.ts';

/** An evening of eight and eight, where some are sought, some are easy, and all like one feature; `wave` names another eight. */
function evening(wave: number, seed: number): Decided[] {
  const next = rng(seed);
  const people = Array.from({ length: 16 }, () => ({ easy: normal(next), sought: normal(next), shine: normal(next) }));
  const wants = (own: typeof people[number], other: typeof people[number]) => next() < 1 / (1 + Math.exp(-(own.easy + other.sought + other.shine)));
  return people.slice(0, 8).flatMap((a, i) => people.slice(8).map((b, j) =>
    ({ a: `${wave}-${i}`, b: `${wave}-${j}`, aSees: [b.shine, 0], bSees: [a.shine, 0], aWants: wants(a, b), bWants: wants(b, a) })));
}

test('what earlier evenings taught and what is seen of this one foretell the rest (MA-14)', () => {
  const said: { mutual: number; came: number }[] = [];
  let experience = novice(2);
  for (let wave = 0; wave < 12; wave += 1) {
    const all = shuffled(evening(wave, 50 + wave), rng(wave));
    const asked = all.slice(32);
    const foreseen = foresee(experience, all.slice(0, 32), asked);
    asked.forEach((meeting, i) => said.push({ mutual: foreseen[i]!.mutual, came: Number(meeting.aWants && meeting.bWants) }));
    experience = taught(experience, all, asked.map((meeting, i) => ({ meeting, foreseen: foreseen[i]! })));
  }
  const forecasts = { probability: said.map(({ mutual }) => mutual), success: said.map(({ came }) => came) };
  expect(auc(forecasts)).toBeGreaterThan(0.75);
  expect(calibrationError(forecasts)).toBeLessThan(0.1);
  // All like the first feature, and the second says nothing.
  expect(experience.mean[2]).toBeGreaterThan(0.2);
  expect(experience.mean[3]).toBe(0);
});

test('who was told yes is likelier to be told yes, and nothing known is the middle (MA-14)', () => {
  const met = (a: string, b: string, aWants: boolean, bWants: boolean): Decided => ({ a, b, aSees: [0], bSees: [0], aWants, bWants });
  const seen = ['x', 'y', 'z'].flatMap((a) => [met(a, 'sought', true, true), met(a, 'other', false, true)]);
  const [sought, other, stranger] = foresee(novice(1), seen, ['sought', 'other', 'stranger'].map((b) => ({ a: 'w', b, aSees: [0], bSees: [0] })));
  expect(sought!.a).toBeGreaterThan(stranger!.a);
  expect(stranger!.a).toBeGreaterThan(other!.a);
  const [nobody] = foresee(novice(1), [], [{ a: 'w', b: 'v', aSees: [0], bSees: [0] }]);
  expect(nobody).toMatchObject({ a: 0.5, b: 0.5 });
  expect(nobody!.mutual).toBeCloseTo(0.25);
});

test('a probability is one, whoever met whom, and the sides may be turned (MA-14)', () => {
  const name = fc.constantFrom('1', '2', '3', '4');
  const feature = fc.constantFrom(-3, 0, 0.5, 3);
  const met = fc.record({ a: name, b: name, aSees: fc.tuple(feature), bSees: fc.tuple(feature), aWants: fc.boolean(), bWants: fc.boolean() });
  const turned = ({ a, b, aSees, bSees, aWants, bWants }: Decided): Decided => ({ a: b, b: a, aSees: bSees, bSees: aSees, aWants: bWants, bWants: aWants });
  fc.assert(fc.property(fc.array(met, { maxLength: 12 }), fc.array(met, { maxLength: 4 }), (seen, asked) => {
    const straight = foresee(novice(1), seen, asked);
    foresee(novice(1), seen.map(turned), asked.map(turned)).forEach((other, i) => {
      const own = straight[i]!;
      for (const probability of [own.a, own.b, own.mutual]) expect(probability >= 0 && probability <= 1).toBe(true);
      expect(other.a).toBeCloseTo(own.b, 4);
      expect(other.mutual).toBeCloseTo(own.mutual, 4);
    });
  }), { numRuns: 40 });
});

const csv = (columns: readonly string[]) => [columns, ...([
  { iid: '1', pid: '11', gender: '0', wave: '1', dec: '1', dec_o: '0', age: '21', age_o: '27', match: '0', attr1_1: '15' },
  { iid: '11', pid: '1', gender: '1', wave: '1', dec: '0', dec_o: '1', age: '27', age_o: '21', match: '0', attr1_1: '' },
  { iid: '2', pid: '11', gender: '0', wave: '1', dec: '1', dec_o: '1', age: '', age_o: '27', match: '1', attr1_1: '30' },
  { iid: '2', pid: '99', gender: '0', wave: '1', dec: '0', dec_o: '1', age: '', age_o: '30', match: '0', attr1_1: '30' },
] as Record<string, string>[]).map((row) => columns.map((column) => row[column]!))].map((line) => line.join(',')).join('\n');

test('a file is read by its header: columns in any order, unknown fields, a partner without rows (MA-14)', () => {
  const columns = ['iid', 'pid', 'gender', 'wave', 'dec', 'dec_o', 'age', 'age_o', 'match', 'attr1_1'];
  const met = meetingsOf(rowsOf(csv(columns)));
  expect(met.map(({ a, b, aWants, bWants }) => [a, b, aWants, bWants])).toEqual([['1', '11', true, false], ['2', '11', true, true], ['2', '99', false, true]]);
  expect(meetingsOf(rowsOf(csv([...columns].reverse())))).toEqual(met);
  expect(met.flatMap(({ aSees, bSees }) => [...Array.from(aSees), ...Array.from(bSees)]).every(Number.isFinite)).toBe(true);
  // What came of it is never a feature.
  const told = meetingsOf(rowsOf(csv(columns).replaceAll(/,0,(\d*),(\d*),0/g, ',0,$1,$2,1')));
  expect(told.map(({ aSees }) => aSees)).toEqual(met.map(({ aSees }) => aSees));
});

const file = fileURLToPath(new URL('../../../shared/bench/reciprocal/speed-dating-waves-1-14.csv', import.meta.url));
const here = existsSync(process.env['RECIPROCAL'] ?? file);

test.skipIf(!here)(`people who chose people: both sides foretold better than by one alone${here ? '' : ' (skipped: the folder shared/bench/reciprocal is absent)'} (MA-14)`, () => {
  const found = reciprocal(process.env['RECIPROCAL'] ?? file, [1]);
  expect(found.auc).toBeGreaterThan(found.one_sided_auc + 0.05);
  expect(found.auc).toBeGreaterThanOrEqual(found.best_two_sided_auc);
  expect(found.ece).toBeLessThan(0.05);
});
