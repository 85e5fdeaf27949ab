import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { faults } from '../server/tours/core/check.ts';
import type * as Touring from './touring.ts';
import { readMctopmtw, readToptw, type Instance } from './toptw.ts';

/*
 * How near the search of tours comes to the best plans that anybody published, one thread, so many seconds an instance by the clock on the wall, reading the instance not counted. Each plan is looked at by
 * the checker, which shares nothing with the search. The search is bundled as the server is for production.
 *
 * --toptw DIR [--best-known FILE] [--routes M]   a folder of TOPTW; without --routes one to four
 * --mctopmtw DIR                                 a folder of MC-TOP-MTW, whose files say how many routes
 * --touring                                      only tours as bookers make them (as without any folder named): beside a mixed-integer programme, beside the order of the offers, and a season of 25 artists
 * --seconds S (2) · --seed N (1) · --sample N    only so many instances, spread over the folder
 */

interface Row { readonly name: string; readonly routes: number; readonly profit: number; readonly best_known: number | null; readonly gap_pct: number | null; readonly seconds: number; readonly cpu_seconds: number; readonly iterations: number; readonly feasible: boolean }
interface Task { readonly set: 'toptw' | 'mctopmtw'; readonly name: string; readonly routes: number; readonly best: number | null; readonly read: () => Instance }

const root = path.join(import.meta.dirname, '..');
const shared = path.join(root, '../shared/bench');
const flag = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) return undefined;
  const value = process.argv[at + 1];
  assert(value !== undefined && !value.startsWith('--'), `--${name} has a value`);
  return value;
};
const number = (name: string): number | undefined => {
  const value = flag(name);
  assert(value === undefined || Number(value) > 0, `--${name} is a number above zero`);
  return value === undefined ? undefined : Number(value);
};
const seconds = number('seconds') ?? 2;
const seed = number('seed') ?? 1;
const sample = number('sample');
const round = (value: number, digits: number) => Number(value.toFixed(digits));

const named = { toptw: flag('toptw'), mctopmtw: flag('mctopmtw') };
const touring = process.argv.includes('--touring');
const neither = named.toptw === undefined && named.mctopmtw === undefined && !touring;
const folderOf = (kind: keyof typeof named): string | null => {
  const given = named[kind] ?? (neither ? path.join(shared, kind) : undefined);
  if (given === undefined) return null;
  if (!existsSync(given)) {
    assert(neither, `${given} is there`);
    console.log(`skipped: the folder ../shared/bench/${kind} is absent, and no --${kind} DIR was given`);
    return null;
  }
  return existsSync(path.join(given, 'instances')) ? path.join(given, 'instances') : given;
};
/** A file of figures: named, or beside the instances or above them. */
const figures = (folder: string, file: string, given?: string): unknown => {
  const at = given ?? [folder, path.dirname(folder)].map((dir) => path.join(dir, file)).find((one) => existsSync(one));
  return at === undefined ? null : JSON.parse(readFileSync(at, 'utf8'));
};
/** The instances of a folder, or so many of them, evenly spread, first and last included. */
const texts = (folder: string): string[] => {
  const all = readdirSync(folder).filter((file) => file.endsWith('.txt') && file !== 'FORMAT.txt').sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  return sample === undefined || sample >= all.length ? all : Array.from({ length: sample }, (_, i) => all[Math.round(i * (all.length - 1) / Math.max(1, sample - 1))] ?? assert.fail());
};

function toptw(): Task[] {
  const folder = folderOf('toptw');
  if (folder === null) return [];
  const known = figures(folder, 'best-known.json', flag('best-known')) as { instances: { instance: string; round_digits?: number; bks: Record<string, number> }[] } | null;
  const given = number('routes');
  return texts(folder).flatMap((file) => {
    const name = file.slice(0, -'.txt'.length);
    const row = known?.instances.find(({ instance }) => instance === name);
    return (given === undefined ? [1, 2, 3, 4] : [given]).map((routes): Task => ({ set: 'toptw', name, routes, best: row?.bks[routes] ?? null, read: () => readToptw(readFileSync(path.join(folder, file), 'utf8'), routes, row?.round_digits) }));
  });
}

function mctopmtw(): Task[] {
  const folder = folderOf('mctopmtw');
  if (folder === null) return [];
  const known = figures(folder, 'benchmark.json') as { rows: { m: number; instance: string; benchmark: number }[] } | null;
  return texts(folder).map((file): Task => {
    const [, routes = '', name = ''] = /^MCTOPMTW-(\d+)-(.+)[.]txt$/.exec(file) ?? [];
    return { set: 'mctopmtw', name, routes: Number(routes), best: known?.rows.find((row) => row.instance === name && row.m === Number(routes))?.benchmark ?? null, read: () => readMctopmtw(readFileSync(path.join(folder, file), 'utf8')) };
  });
}

const cache = path.join(root, '.cache/bench');
mkdirSync(cache, { recursive: true });
await build({
  configFile: false, logLevel: 'warn', root,
  build: { ssr: path.join(root, 'server/tours/core/solve.ts'), outDir: cache, emptyOutDir: false, target: 'node20', rolldownOptions: { output: { entryFileNames: 'tours-solve.mjs' } } },
});
const { solve } = await import(pathToFileURL(path.join(cache, 'tours-solve.mjs')).href) as typeof import('../server/tours/core/solve.ts');

const above: { set: string; name: string; routes: number; profit: number; best_known: number; plan: number[][] }[] = [];

function run(all: readonly Task[]): { mean_gap_pct: number | null; infeasible: number; by_routes: Record<string, number>; iterations_per_cpu_second: number; cpu_share: number; instances: Row[] } {
  const rows = all.map(({ set, name, routes, best, read }): Row => {
    const { problem, first } = read();
    const [from, cpu] = [performance.now(), process.cpuUsage()];
    const { plan, iterations } = solve(problem, { seed, spent: () => (performance.now() - from) / 1_000 / seconds });
    const took = (performance.now() - from) / 1_000;
    const used = process.cpuUsage(cpu);
    const wrong = faults(problem, plan);
    for (const fault of wrong) console.log(`${name} with ${routes} routes: ${JSON.stringify(fault)}`);
    const gap = best === null ? null : round(100 * (best - plan.worth) / best, 4);
    if (best !== null && plan.worth > best && wrong.length === 0) {
      // In the numbers of the file.
      above.push({ set, name, routes, profit: plan.worth, best_known: best, plan: plan.routes.map((route) => route.map((k) => k + first)) });
      console.log(`above the best known: ${JSON.stringify(above.at(-1))}`);
    }
    const row = { name, routes, profit: plan.worth, best_known: best, gap_pct: gap, seconds: round(took, 3), cpu_seconds: round((used.user + used.system) / 1e6, 3), iterations, feasible: wrong.length === 0 };
    console.log(`${name.padEnd(7)} m=${routes} ${String(row.profit).padStart(6)} of ${best ?? '?'}  gap ${gap ?? '?'} %  ${row.seconds} s, ${row.cpu_seconds} of the processor, ${iterations} iterations`);
    return row;
  });
  const clipped = (of: readonly Row[]) => { const gaps = of.flatMap(({ gap_pct }) => (gap_pct === null ? [] : [Math.max(0, gap_pct)])); return gaps.length === 0 ? null : round(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length, 4); };
  const cpu = rows.reduce((sum, row) => sum + row.cpu_seconds, 0);
  return {
    mean_gap_pct: clipped(rows), infeasible: rows.filter(({ feasible }) => !feasible).length,
    by_routes: Object.fromEntries([...new Set(rows.map(({ routes }) => routes))].sort((a, b) => a - b).map((routes) => [routes, clipped(rows.filter((row) => row.routes === routes)) ?? NaN])),
    iterations_per_cpu_second: Math.round(rows.reduce((sum, row) => sum + row.iterations, 0) / cpu), cpu_share: round(cpu / rows.reduce((sum, row) => sum + row.seconds, 0), 2), instances: rows,
  };
}

const tasks = { toptw: toptw(), mctopmtw: mctopmtw() };
const told = { toptw: tasks.toptw.length > 0 ? run(tasks.toptw) : null, mctopmtw: tasks.mctopmtw.length > 0 ? run(tasks.mctopmtw) : null };

/** Tours of artists; bundled as the server is. */
async function tours() {
  const places = path.join(root, '.cache/places.json');
  if (!existsSync(places)) {
    console.log('skipped: the list of municipalities is not there; npm start lays it out');
    return {};
  }
  await build({ configFile: false, logLevel: 'warn', root, build: { ssr: path.join(root, 'bench/touring.ts'), outDir: cache, emptyOutDir: false, target: 'node20', rolldownOptions: { output: { entryFileNames: 'touring.mjs' } } } });
  const { communesOf, milp, savings, season } = await import(pathToFileURL(path.join(cache, 'touring.mjs')).href) as typeof Touring;
  const communes = communesOf(places);
  const parts = [() => season(communes, 10, 30), () => savings(communes, 30), () => milp(highs, communes, number('seeds') ?? 50)];
  const highs = await (await import('highs')).default();
  let all = {};
  for (const part of parts) {
    const found = part();
    console.log(JSON.stringify(found));
    all = { ...all, ...found };
  }
  return all;
}
const season = touring || neither ? await tours() : {};

/** What was ever found above the best known, the best of each, kept over runs. */
const file = path.join(cache, 'tours-above-best-known.json');
const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as typeof above : [];
for (const one of above) {
  const at = kept.findIndex(({ set, name, routes }) => set === one.set && name === one.name && routes === one.routes);
  if (at < 0) kept.push(one);
  else if ((kept[at]?.profit ?? 0) < one.profit) kept[at] = one;
}
writeFileSync(file, JSON.stringify(kept, null, 1));

const chief = told.toptw ?? told.mctopmtw;
console.log(JSON.stringify({ bench: 'tours', seconds_each: seconds, seed, ...(chief ?? { mean_gap_pct: null, infeasible: 0, instances: [] }), ...season, ...(told.toptw && told.mctopmtw && { mctopmtw: told.mctopmtw }), above }));
