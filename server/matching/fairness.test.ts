import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attention, audit, diversified, disclosed, exposure, namedFrom, pointsAtMost, TRAITS, variedFrom, type Candidate } from './fairness.ts';

const one = (region: string, score: number, over: Partial<Candidate> = {}): Candidate => ({ region, genre: 'jazz', level: 'emerging', score, ...over });
const times = (count: number, make: (i: number) => Candidate) => Array.from({ length: count }, (_, i) => make(i));
const candidate = fc.record({ region: fc.constantFrom('idf', 'bre', 'occ', ''), genre: fc.constantFrom('jazz', 'rock', 'classical'), level: fc.constantFrom('emerging', 'confirmed'), score: fc.integer({ min: 0, max: 100 }), blocked: fc.boolean() });
const list = fc.array(candidate, { maxLength: 25 });
const strength = fc.double({ min: 0, max: 1, noNaN: true });

test('what is looked at falls to a group by the places it has, against its part of the pool (MA-23)', () => {
  const pool = [one('idf', 80), one('idf', 80), one('bre', 40), one('bre', 80, { blocked: true })];
  const [idf, bre] = exposure([[pool[0]!, pool[2]!]], pool);
  const all = attention(1) + attention(2);
  expect(idf).toMatchObject({ trait: 'region', group: 'idf', count: 2, shown: attention(1) / all, pool: 2 / 3, relevance: 0.8 });
  expect(bre).toMatchObject({ group: 'bre', count: 1, toPool: attention(2) / all * 3, toRelevance: attention(2) / all / 0.2 });
});

test('shares sum to one in each trait (MA-23)', () => {
  fc.assert(fc.property(list, (pool) => {
    const rows = exposure([pool.filter(({ blocked }) => !blocked)], pool);
    for (const trait of TRAITS) {
      const own = rows.filter((row) => row.trait === trait);
      if (own.length === 0) continue;
      expect(own.reduce((sum, { shown }) => sum + shown, 0)).toBeCloseTo(1);
      expect(own.reduce((sum, row) => sum + row.pool, 0)).toBeCloseTo(1);
    }
  }));
});

test('a list of one region is mixed where others are nearly as good, and not where they are not (MA-23)', () => {
  const near = [...times(6, (i) => one('idf', 80 - i)), ...times(6, (i) => one('bre', 78.5 - i))];
  const first = (strong: number, of = near) => diversified(of, of, strong).slice(0, 6).filter(({ region }) => region === 'bre').length;
  expect(first(0)).toBeLessThanOrEqual(1);
  expect(first(1)).toBeGreaterThanOrEqual(3);
  const far = near.map((candidate) => (candidate.region === 'bre' ? { ...candidate, score: candidate.score - 30 } : candidate));
  expect(first(1, far)).toBe(0);
});

test('no strength, no change; and nobody is brought in, lost or let past a blocker (MA-23)', () => {
  fc.assert(fc.property(list, strength, (candidates, strong) => {
    const open = candidates.filter(({ blocked }) => !blocked);
    expect(diversified(candidates, candidates, 0)).toEqual(open);
    const mixed = diversified(candidates, candidates, strong);
    expect(mixed).toHaveLength(open.length);
    expect(new Set(mixed)).toEqual(new Set(open));
    expect(diversified(candidates, candidates, strong)).toEqual(mixed);
  }));
});

test('a place loses at most ten points times the strength (MA-23)', () => {
  fc.assert(fc.property(list, list, strength, (candidates, others, strong) => {
    const before = candidates.filter(({ blocked }) => !blocked).sort((a, b) => b.score - a.score);
    diversified(before, others, strong).forEach(({ score }, place) => expect(score).toBeGreaterThanOrEqual(before[place]!.score - strong * pointsAtMost - 1e-9));
  }));
});

test('an audit names who is shown too little, and what mending it costs (MA-23)', () => {
  const pool = [...times(60, (i) => one('idf', 80 - i / 10)), ...times(40, (i) => one('bre', 78 - i / 10)), ...times(3, () => one('cor', 79))];
  const lists = [pool.slice(0, 20)];
  const found = audit({ model: 'touring-1', lists, pool, strength: 0.5 });
  expect(found).toMatchObject({ model: 'touring-1', strength: 0.5, lists: 1, pool: 103, cost: 0, under: [{ trait: 'region', group: 'bre', toRelevance: 0 }] });
  const whole = audit({ model: 'touring-1', lists: [pool], pool, strength: 0.5 });
  expect(whole.cost).toBeGreaterThan(0);
  expect(whole.cost).toBeLessThanOrEqual(5);
  const region = (rows: typeof whole.exposure) => rows.find(({ group }) => group === 'bre')!.toPool!;
  expect(region(whole.diversified)).toBeGreaterThan(region(whole.exposure));
});

test('what variety did to a list is counted: who moved, who came in, what the first ten lost and how many groups stand there (MA-23)', () => {
  const one = (region: string, score: number): Candidate => ({ region, genre: 'jazz', level: '', score });
  const [a, b, c, d] = [one('75', 90), one('75', 88), one('75', 87), one('35', 80)] as const;
  expect(variedFrom([a, b, c, d], [a, d, b, c], 3)).toEqual({ places: 3, moved: 2, entered: 1, cost: (90 + 88 + 87) / 3 - (90 + 80 + 88) / 3, groups: { region: [1, 2], genre: [1, 1], level: [0, 0] } });
  expect(variedFrom([a, b], [a, b], 24)).toEqual({ places: 2, moved: 0, entered: 0, cost: 0, groups: { region: [1, 1], genre: [1, 1], level: [0, 0] } });
  expect(variedFrom([], [], 24)).toMatchObject({ places: 0, moved: 0, cost: 0 });
});

test('of few nothing is said, nor of the others where that would tell of them (MA-23)', () => {
  const pool = (counts: Readonly<Record<string, number>>) => Object.entries(counts).flatMap(([region, count]) => times(count, () => one(region, 50)));
  const regions = (counts: Readonly<Record<string, number>>) => {
    const all = pool(counts);
    const { shown, withheld } = disclosed(exposure([all], all).filter(({ trait }) => trait === 'region'));
    return [shown.map(({ group }) => group).sort(), withheld];
  };
  expect(regions({ idf: 9, bre: 6, occ: namedFrom })).toEqual([['bre', 'idf', 'occ'], []]);
  expect(regions({ idf: 9, bre: 6, occ: 1 })).toEqual([['idf'], [{ trait: 'region', groups: 2, count: 7 }]]);
  expect(regions({ idf: 9, bre: 3, occ: 3 })).toEqual([['idf'], [{ trait: 'region', groups: 2, count: 6 }]]);
  expect(regions({ idf: 2, bre: 1 })).toEqual([[], [{ trait: 'region', groups: 2, count: 3 }]]);
  fc.assert(fc.property(list, (all) => {
    const { shown, withheld } = disclosed(exposure([all], all));
    for (const { count } of shown) expect(count).toBeGreaterThanOrEqual(namedFrom);
    for (const { trait, count } of withheld) expect(count >= namedFrom || shown.every((row) => row.trait !== trait)).toBe(true);
  }));
});
