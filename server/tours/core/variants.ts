import assert from 'node:assert/strict';
import { rng, shuffled } from '../../core/rng.ts';
import type { Exception, Plan, Problem, Vehicle } from './problem.ts';
import { planOf, solve, type Found, type Looking } from './solve.ts';

/** How many plans, and the most that two of them may share: a part, 0 to 1, of the visits of the one that has fewer. Pins count in neither, since they are in all. */
export interface Asking { readonly count: number; readonly share: number }

/** What a visit that an earlier plan has is worth to the next one, one try after another; then as many of them as need be are barred, and at last all. */
const TRIES = [0.7, 0.4, 'some', 'all'] as const;

/**
 * Plans that differ, the best first as far as the search finds it: each next one is looked for with the visits of those before it worth less; what it has of them is kept, the rest of them barred, and it is improved at true worth.
 * Any two keep to `share`. Fewer than were asked for when nothing of worth is left. Each takes an equal part of the iterations or the time.
 */
export function variants(problem: Problem, asking: Asking, looking: Looking): Found[] {
  const kinds = kindsOf(problem.vehicles);
  const found: Found[] = [];
  for (let i = 0; i < asking.count; i += 1) {
    const part = partsOf(looking, i, asking.count);
    const next = found.length === 0 ? solve(problem, part()) : another(problem, found, { kinds, share: asking.share, seed: looking.seed + i, part });
    if (found.length === 0 || next.plan.worth > 0) found.push(next);
  }
  return found;
}

/** Whether two plans share no more than they may. */
export function apart(problem: Problem, one: Plan['routes'], other: Plan['routes'], share: number): boolean {
  const kinds = kindsOf(problem.vehicles);
  const [mine, theirs] = [visitsOf(problem, kinds, one), visitsOf(problem, kinds, other)];
  return [...mine].filter((visit) => theirs.has(visit)).length <= share * Math.min(mine.size, theirs.size) + 1e-9;
}

/** A plan that keeps its distance from those that were found. */
function another(problem: Problem, found: readonly Found[], how: { readonly kinds: readonly number[]; readonly share: number; readonly seed: number; readonly part: () => Looking }): Found {
  const { kinds, share, seed, part } = how;
  const earlier = new Set(found.flatMap(({ plan }) => [...visitsOf(problem, kinds, plan.routes)]));
  const distant = ({ plan }: Found) => found.every((one) => apart(problem, one.plan.routes, plan.routes, share));
  let next: Found | null = null;
  for (const way of TRIES) {
    const barred = way === 'some' ? spared(problem, kinds, found, share, seed) : earlier;
    const tempted = changed(problem, kinds, (visit, profit) => (way === 'some' || way === 'all' ? barred.has(visit) ? { barred: true } : null : earlier.has(visit) ? { profit: profit * way } : null));
    const { plan, ...rest } = solve(tempted, part());
    next = { ...rest, plan: planOf(problem, plan.routes) };
    if (distant(next)) break;
  }
  assert(next, 'there is a try');
  const own = visitsOf(problem, kinds, next.plan.routes);
  const free = changed(problem, kinds, (visit) => (earlier.has(visit) && !own.has(visit) ? { barred: true } : null));
  const better = solve(free, { ...part(), from: next.plan.routes });
  const improved = { ...better, iterations: next.iterations + better.iterations, plan: planOf(problem, better.plan.routes) };
  return improved.plan.worth >= next.plan.worth && distant(improved) ? improved : next;
}

/** So many visits of each earlier plan, drawn by chance, that what is left of it is within a shorter plan's share. */
function spared(problem: Problem, kinds: readonly number[], found: readonly Found[], share: number, seed: number): Set<string> {
  const barred = new Set<string>();
  const next = rng(seed);
  for (const { plan } of found) {
    const visits = shuffled([...visitsOf(problem, kinds, plan.routes)], next);
    const left = Math.floor(share * 0.85 * visits.length);
    const open = visits.filter((visit) => !barred.has(visit));
    for (const visit of open.slice(Math.min(left, open.length))) barred.add(visit);
  }
  return barred;
}

/** What each search for one of the plans may take: all of its part for the first, a third for those of another. */
function partsOf(looking: Looking, i: number, count: number): () => Looking {
  const { seed, iterations, spent, cancelled, from } = looking;
  const searches = i === 0 ? 1 : 3;
  let calls = 0;
  return () => {
    calls += 1;
    const begun = spent?.() ?? 0;
    const end = (i + Math.min(1, calls / searches)) / count;
    return {
      seed: seed + 101 * i + calls, ...(cancelled && { cancelled }), ...(i === 0 && from && { from }),
      ...(iterations !== undefined && { iterations: Math.max(1, Math.floor(iterations / count / searches)) }),
      ...(spent && { spent: () => (end > begun ? (spent() - begun) / (end - begun) : 1) }),
    };
  };
}

/** Vehicles that are alike have one number: to exchange them makes no other plan. */
function kindsOf(vehicles: readonly Vehicle[]): number[] {
  const parts = ['from', 'to', 'opens', 'closes', 'exceptions'] as const;
  return vehicles.map((vehicle, v) => {
    const alike = vehicles.findIndex((other) => !other.pins?.length && !vehicle.pins?.length && parts.every((part) => other[part] === vehicle[part]));
    return alike < 0 ? v : alike;
  });
}

const visitOf = (kind: number, node: number) => `${kind} ${node}`;

function visitsOf(problem: Problem, kinds: readonly number[], routes: Plan['routes']): Set<string> {
  const pins = new Set(problem.vehicles.flatMap((vehicle) => vehicle.pins ?? []));
  return new Set(routes.flatMap((route, v) => route.filter((k) => !pins.has(k)).map((k) => visitOf(kinds[v] ?? v, k))));
}

/** The problem in which some visits are something else than they were. */
function changed(problem: Problem, kinds: readonly number[], change: (visit: string, profit: number) => Exception | null): Problem {
  const maps = new Map<number, ReadonlyMap<number, Exception>>();
  const pins = new Set(problem.vehicles.flatMap((vehicle) => vehicle.pins ?? []));
  const vehicles = problem.vehicles.map((vehicle, v): Vehicle => {
    const kind = kinds[v] ?? v;
    const known = maps.get(kind);
    if (known) return { ...vehicle, exceptions: known };
    const map = new Map(vehicle.exceptions);
    problem.nodes.forEach((node, k) => {
      const other = vehicle.exceptions?.get(k);
      const its = pins.has(k) ? null : change(visitOf(kind, k), other?.profit ?? node.profit);
      if (its) map.set(k, { ...other, ...its });
    });
    maps.set(kind, map);
    return { ...vehicle, exceptions: map };
  });
  return { ...problem, vehicles };
}
