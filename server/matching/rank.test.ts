import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joined, rank } from './rank.ts';
import { score, scorecard, type Criterion } from './score.ts';

/** A pair is its degrees: a row of numbers, NaN for what is not known, -1 first for who is blocked. */
type Cursor = { row: readonly number[] };
const width = 12;
const card = scorecard<Cursor>({
  name: 'rows', model: '1', groups: { left: 60, right: 40 },
  criteria: Array.from({ length: width }, (_, k): Criterion<Cursor> => ({
    criterion: `c${k}`, group: k < 6 ? 'left' : 'right', share: 1 + (k % 3), prior: 0.5, of: k % 4 === 1 ? 'artist' : k % 4 === 2 ? 'place' : undefined, degree: ({ row }) => row[k + 1] ?? NaN, figures: () => ({}),
  })),
  blockers: [{ blocker: 'no', blocks: ({ row }) => row[0] === -1, figures: () => ({}) }],
});
const degree = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 10 }).map((n) => n / 10) }, { weight: 1, arbitrary: fc.constant(NaN) });
const rowsOf = fc.array(fc.tuple(fc.boolean(), fc.array(degree, { minLength: width, maxLength: width })).map(([blocked, degrees]) => [blocked ? -1 : 0, ...degrees]), { maxLength: 120 });

function ranked(rows: readonly (readonly number[])[], limit: number, only = rows.map((_, i) => i)) {
  const cursor: Cursor = { row: [] };
  return rank(card, cursor, { rows: Uint32Array.from(only), turn: (row) => { cursor.row = rows[row] ?? []; }, limit });
}

test('the best of many are those of a plain sort by exact score, and who is blocked is counted and never there', () => {
  fc.assert(fc.property(rowsOf, fc.integer({ min: 0, max: 30 }), (rows, limit) => {
    const open = rows.map((row, i) => ({ i, row })).filter(({ row }) => row[0] !== -1);
    const found = ranked(rows, limit);
    expect(found.eligible).toBe(open.length);
    expect(found.blocked['no'] ?? 0).toBe(rows.length - open.length);
    expect(found.best).toHaveLength(Math.min(limit, open.length));
    const exact = open.map(({ i, row }) => ({ row: i, score: score(card, { row }).score })).sort((a, b) => b.score - a.score);
    // Rounded the two agree place by place; who shares a whole score stands by the exact one.
    expect(found.best.map(({ row }) => score(card, { row: rows[row] ?? [] }).score)).toEqual(exact.slice(0, limit).map((one) => one.score));
    for (const [k, one] of found.best.entries()) {
      const before = found.best[k - 1];
      if (before) expect(before.total > one.total || (before.total === one.total && before.row < one.row)).toBe(true);
    }
  }));
});

test('in parts it is the same as in one piece, and the same question has the same answer', () => {
  fc.assert(fc.property(rowsOf, fc.integer({ min: 1, max: 30 }), fc.nat(120), (rows, limit, cut) => {
    const all = rows.map((_, i) => i);
    const whole = ranked(rows, limit);
    expect(ranked(rows, limit)).toEqual(whole);
    expect(joined([ranked(rows, limit, all.slice(0, cut)), ranked(rows, limit, all.slice(cut))], limit)).toEqual(whole);
  }));
});

test('by something else than the score, who does not say it is left out, and the score is still exact', () => {
  fc.assert(fc.property(rowsOf, (rows) => {
    const cursor: Cursor = { row: [] };
    const found = rank(card, cursor, { rows: Uint32Array.from(rows.keys()), turn: (row) => { cursor.row = rows[row] ?? []; }, limit: 20, key: ({ row }) => row[3] ?? NaN });
    const values = found.best.map(({ row }) => rows[row]?.[3] ?? NaN);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(values.every((value) => !Number.isNaN(value))).toBe(true);
    for (const { row, total } of found.best) expect(Math.round(total)).toBe(score(card, { row: rows[row] ?? [] }).score);
  }));
});

test('who comes first at the same whole score stands above, and a whole point still counts for more (MU-15)', () => {
  const local = scorecard<Cursor>({ ...card, first: ({ row }) => row[0] === 1 });
  fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), fc.array(degree, { minLength: width, maxLength: width })).map(([first, degrees]) => [first ? 1 : 0, ...degrees]), { maxLength: 150 }), (rows) => {
    const cursor: Cursor = { row: [] };
    const found = rank(local, cursor, { rows: Uint32Array.from(rows.keys()), turn: (row) => { cursor.row = rows[row] ?? []; }, limit: 15 });
    const key = (row: readonly number[]) => score(local, { row }).score * 2 + (row[0] ?? 0);
    expect(found.best.map(({ row }) => key(rows[row] ?? []))).toEqual(rows.map(key).sort((a, b) => b - a).slice(0, 15));
  }));
});

test('a scorecard of one’s own is ten lines, and the engine ranks by it', () => {
  const dogs = scorecard<{ dog: { kind: number; loud: number } }>({
    name: 'dogs', model: 'dogs-1', groups: { character: 70, noise: 30 },
    criteria: [
      { criterion: 'kind', group: 'character', share: 1, prior: 0.5, degree: ({ dog }) => dog.kind, figures: ({ dog }) => ({ kind: dog.kind }) },
      { criterion: 'quiet', group: 'noise', share: 1, prior: 0.5, degree: ({ dog }) => 1 - dog.loud, figures: ({ dog }) => ({ loud: dog.loud }) },
    ],
    blockers: [{ blocker: 'bites', blocks: ({ dog }) => dog.kind === 0, figures: () => ({}) }],
  });
  const all = [{ kind: 0.2, loud: 0 }, { kind: 0.9, loud: 0.5 }, { kind: 0, loud: 0 }, { kind: 0.9, loud: 0.1 }];
  const facts = { dog: { kind: 0, loud: 0 } };
  const { best, blocked } = rank(dogs, facts, { rows: Uint32Array.from(all.keys()), turn: (row) => { facts.dog = all[row] ?? facts.dog; }, limit: 9 });
  expect(best.map(({ row, total }) => [row, Math.round(total)])).toEqual([[3, 90], [1, 78], [0, 44]]);
  expect(blocked).toEqual({ bites: 1 });
});

test('parts of a search that tell each other what they have reached find together what one search finds (MA-09)', () => {
  fc.assert(fc.property(fc.array(fc.array(degree, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 300 }), fc.integer({ min: 1, max: 20 }), (rows, limit) => {
    const cursor: Cursor = { row: [] };
    const ranked = (from: number, until: number, reached?: Float64Array) =>
      rank(card, cursor, { rows: Uint32Array.from(rows.keys()).subarray(from, until), turn: (row) => { cursor.row = rows[row] ?? []; }, limit, reached });
    const [reached, half] = [new Float64Array(1), rows.length >> 1];
    expect(joined([ranked(half, rows.length, reached), ranked(0, half, reached)], limit)).toEqual(ranked(0, rows.length));
  }));
});
