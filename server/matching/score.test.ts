import fc from 'fast-check';
import { expect, test } from 'vitest';
import { score, scorecard, type Criterion, type Scorecard } from './score.ts';

/** Facts that are the degrees themselves; null is not known. */
type Facts = Readonly<Record<string, number | null>>;

const criterion = (name: string, group: string, over: Partial<Criterion<Facts>> = {}): Criterion<Facts> => ({
  criterion: name, group, share: 1, prior: 0.5, ...over,
  degree: (facts) => facts[name] ?? NaN, figures: (facts) => ({ degree: facts[name] ?? 0 }),
});
const card = scorecard<Facts>({
  name: 'test', model: 'test-1', groups: { style: 60, budget: 40 },
  criteria: [criterion('genre', 'style', { share: 2 }), criterion('mood', 'style', { prior: 0.25 }), criterion('fee', 'budget')],
  blockers: [{ blocker: 'no_fee', blocks: ({ fee }) => fee === 0, figures: () => ({ fee: 0 }) }],
});

test('points by group and criterion, and what spoke for and against', () => {
  const found = score(card, { genre: 0.9, mood: 0.2, fee: 0.75 });
  expect(found).toMatchObject({
    scorecard: 'test', model: 'test-1', score: 70, confidence: 1, blockers: [],
    groups: [{ group: 'style', weight: 60, known: true }, { group: 'budget', weight: 40, points: 30, known: true }],
    for: [{ criterion: 'genre', points: 36 }, { criterion: 'fee', points: 30, figures: { degree: 0.75 } }],
    against: [{ criterion: 'mood', degree: 0.2, points: 4 }],
  });
  expect(found.groups[0]?.points).toBeCloseTo(40);
});

test('what is not known takes its prior, lowers the confidence, and is no reason', () => {
  const found = score(card, { genre: 0.9, mood: null, fee: null });
  expect(found.score).toBe(Math.round(0.9 * 40 + 0.25 * 20 + 0.5 * 40));
  expect(found.confidence).toBeCloseTo(0.4);
  expect(found.criteria[1]).toMatchObject({ criterion: 'mood', known: false, degree: 0.25, code: 'unknown' });
  expect(found.groups[1]).toMatchObject({ known: false });
  expect([...found.for, ...found.against].map(({ criterion: name }) => name)).toEqual(['genre']);
});

test('a blocker names its reason and leaves the score alone', () => {
  expect(score(card, { genre: 1, mood: 1, fee: 0 })).toMatchObject({ score: 60, blockers: [{ code: 'no_fee', figures: { fee: 0 } }] });
});

test('no more than three reasons each, the strongest first', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const many = scorecard<Facts>({ name: 'many', model: '1', groups: { all: 100 }, criteria: names.map((name) => criterion(name, 'all')), blockers: [] });
  const found = score(many, { a: 0.6, b: 0.9, c: 0.7, d: 0.8, e: 0.4, f: 0.1, g: 0.3, h: 0.2 });
  expect(found.for.map(({ criterion: name }) => name)).toEqual(['b', 'd', 'c']);
  expect(found.against.map(({ criterion: name }) => name)).toEqual(['f', 'h', 'g']);
});

test.each<[string, Partial<Scorecard<Facts>>]>([
  ['groups that do not sum to 100', { groups: { style: 60, budget: 41 } }],
  ['a group without criteria', { groups: { style: 60, budget: 30, empty: 10 } }],
  ['a criterion of no group', { criteria: [...card.criteria, criterion('x', 'nowhere')] }],
  ['a share of nothing', { criteria: [...card.criteria, criterion('x', 'style', { share: 0 })] }],
  ['a prior above one', { criteria: [...card.criteria, criterion('x', 'style', { prior: 1.1 })] }],
])('%s is a bug', (_, over) => {
  expect(() => scorecard({ ...card, ...over })).toThrow();
});

test('a degree out of range is a bug', () => {
  expect(() => score(card, { genre: 1.2 })).toThrow('a degree is from 0 to 1');
});

/** Any scorecard, with 1 to 47 criteria. */
const cards = fc.array(fc.record({ share: fc.integer({ min: 1, max: 9 }), prior: fc.double({ min: 0, max: 1, noNaN: true }), group: fc.nat(4) }), { minLength: 1, maxLength: 47 }).map((all) => {
  const used = [...new Set(all.map(({ group }) => group))];
  const weight = Math.floor(100 / used.length);
  const groups = Object.fromEntries(used.map((group, i) => [`g${group}`, i === 0 ? 100 - weight * (used.length - 1) : weight]));
  return scorecard<Facts>({ name: 'any', model: '1', groups, criteria: all.map(({ group, ...one }, i) => criterion(`c${i}`, `g${group}`, one)), blockers: [] });
});
const degree = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
const degrees = fc.array(degree, { minLength: 47, maxLength: 47 }).map((all): Facts => Object.fromEntries(all.map((one, i) => [`c${i}`, one])));

test('of any scorecard the score is 0 to 100, its parts sum to it, and the confidence is what is known', () => {
  fc.assert(fc.property(cards, degrees, (any, facts) => {
    const found = score(any, facts);
    const sum = (parts: readonly { points: number }[]) => parts.reduce((total, { points }) => total + points, 0);
    expect(found.score).toBeGreaterThanOrEqual(0);
    expect(found.score).toBeLessThanOrEqual(100);
    expect(sum(found.groups)).toBeCloseTo(sum(found.criteria), 6);
    expect(Math.abs(found.score - sum(found.criteria))).toBeLessThanOrEqual(0.5 + 1e-6);
    expect(found.confidence).toBeGreaterThanOrEqual(0);
    expect(found.confidence).toBeLessThanOrEqual(1);
    expect(score(any, {}).confidence).toBe(0);
    expect(score(any, Object.fromEntries(any.criteria.map(({ criterion: name }) => [name, 1]))).score).toBe(100);
  }));
});

test('a better degree never lowers a score', () => {
  fc.assert(fc.property(cards, degrees, fc.nat(46), fc.double({ min: 0, max: 1, noNaN: true }), (any, facts, i, better) => {
    const name = any.criteria[i % any.criteria.length]?.criterion ?? '';
    const before = facts[name] ?? 0;
    fc.pre(better >= before);
    expect(score(any, { ...facts, [name]: better }).score).toBeGreaterThanOrEqual(score(any, { ...facts, [name]: before }).score);
  }));
});

test('not known scores as its prior would, whatever else is known', () => {
  fc.assert(fc.property(cards, degrees, fc.nat(46), (any, facts, i) => {
    const one = any.criteria[i % any.criteria.length];
    const name = one?.criterion ?? '';
    const [unknown, prior] = [score(any, { ...facts, [name]: null }), score(any, { ...facts, [name]: one?.prior ?? 0 })];
    expect(unknown.score).toBe(prior.score);
    expect(unknown.confidence).toBeLessThan(prior.confidence);
  }));
});
