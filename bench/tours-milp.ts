import assert from 'node:assert/strict';
import { cannibals, waysOf } from '../server/tours/board.ts';
import { callsOf, excludes, groundOf, worthOfCall, type Call } from '../server/tours/ground.ts';
import type { Question } from '../server/tours/question.ts';

/** The little that is asked of HiGHS (MIT; its npm package is WebAssembly). */
export interface Highs { solve: (problem: string, options?: Record<string, number | string | boolean>) => { readonly Status: string; readonly ObjectiveValue: number } }

/**
 * The best that a tour can be worth, in minor units, by a mixed-integer programme: a flow through time for each artist, every rule written down as a constraint. It shares with the search what a show and a way are
 * worth, and nothing of how it is looked for.
 */
export function bestByMilp(highs: Highs, question: Question): number {
  const ground = groundOf(question);
  const ways = waysOf(ground);
  assert(question.pins.length === 0 && ground.fixed.every((its) => its.length === 0), 'an exact comparison is drawn without what stands');
  const calls = question.artists.flatMap((_, artist) => callsOf(ground, artist));
  const [objective, rules, binary]: string[][] = [[], [], []];
  const [into, out] = [calls.map((): string[] => []), calls.map((): string[] => [])];
  const term = (value: number, name: string) => `${value < 0 ? '-' : '+'} ${Math.abs(value)} ${name}`;
  const arc = (name: string, cost: number) => { objective?.push(term(-cost, name)); binary?.push(name); };
  question.artists.forEach((_, artist) => {
    const way = ways[artist] ?? assert.fail();
    const own = calls.map((call, k) => ({ call, k })).filter(({ call }) => call.artist === artist);
    const starts: string[] = [];
    for (const { call, k } of own) {
      const [start, end] = [way.cost(null, call), way.cost(call, null)];
      if (start < Infinity) { arc(`s${k}`, start); into[k]?.push(`s${k}`); starts.push(`s${k}`); }
      if (end < Infinity) { arc(`e${k}`, end); out[k]?.push(`e${k}`); }
      for (const { call: next, k: j } of own) {
        const cost = next.day > call.day ? way.cost(call, next) : Infinity;
        if (cost < Infinity) { arc(`y${k}_${j}`, cost); out[k]?.push(`y${k}_${j}`); into[j]?.push(`y${k}_${j}`); }
      }
    }
    if (starts.length > 0) rules?.push(`${starts.map((name) => `+ ${name}`).join(' ')} <= 1`);
  });
  const most = (of: readonly number[], limit: number) => { if (of.length > limit) rules?.push(`${of.map((k) => `+ x${k}`).join(' ')} <= ${limit}`); };
  const grouped = (name: (call: Call) => string) => { const groups = new Map<string, number[]>(); calls.forEach((call, k) => { groups.set(name(call), [...groups.get(name(call)) ?? [], k]); }); return [...groups.values()]; };
  calls.forEach((call, k) => {
    objective?.push(term(worthOfCall(call), `x${k}`));
    binary?.push(`x${k}`);
    rules?.push(`${into[k]?.map((name) => `+ ${name}`).join(' ') ?? ''} - x${k} = 0`, `${out[k]?.map((name) => `+ ${name}`).join(' ') ?? ''} - x${k} = 0`);
    calls.forEach((other, j) => {
      if (j <= k) return;
      if (excludes(ground, call, other)) most([k, j], 1);
      if (question.weights.cannibal > 0 && cannibals(ground, call, other) !== null) {
        objective?.push(term(-question.weights.cannibal, `z${k}_${j}`));
        binary?.push(`z${k}_${j}`);
        rules?.push(`x${k} + x${j} - z${k}_${j} <= 1`);
      }
    });
  });
  for (const group of grouped(({ artist, venue }) => `${artist} ${venue}`)) most(group, 1);
  for (const group of grouped(({ venue, day }) => `${venue} ${day}`)) most(group, question.venues[calls[group[0] ?? 0]?.venue ?? 0]?.stages ?? 1);
  if (question.limits.mostShows > 0) for (const group of grouped(({ artist }) => `${artist}`)) most(group, question.limits.mostShows);
  if (calls.length === 0) return 0;
  const text = `Maximize\n obj: ${objective?.join('\n ') ?? ''}\nSubject To\n${rules?.map((rule, i) => ` c${i}: ${rule}`).join('\n') ?? ''}\nBinary\n ${binary?.join('\n ') ?? ''}\nEnd\n`;
  const { Status: status, ObjectiveValue: value } = highs.solve(text, { mip_rel_gap: 0, mip_abs_gap: 0.4, random_seed: 1 });
  assert.equal(status, 'Optimal');
  return Math.round(value);
}
