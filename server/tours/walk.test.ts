import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder, waysOf, worthOfArtist } from './board.ts';
import { drawnSpots, drawnTour } from './drawn.ts';
import { callsOf, excludes, groundOf, worthOfCall, type Call, type Ground } from './ground.ts';
import { planTours } from './plan.ts';
import type { Question } from './question.ts';
import { boardOf, reckon } from './reckon.ts';
import { Walk } from './walk.ts';

const spots = drawnSpots(4, 400);
const waysIn = (ground: Ground) => waysOf(ground)[0] ?? expect.fail();
const figures = (calls: readonly Call[], must: ReadonlySet<Call> = new Set()) => Float64Array.from(calls, (call) => worthOfCall(call) + (must.has(call) ? 1e10 : 0));

/** One date a venue, so that nothing can be visited twice. */
function single(seed: number, venues: number, days: number): Question {
  const question = drawnTour({ seed, artists: 1, venues, days, free: 0.4 }, spots);
  return { ...question, weights: { ...question.weights, progression: 0 }, bids: question.bids.map((bid, i) => ({ ...bid, days: bid.days.slice(i % 3, (i % 3) + 1) })) };
}

test('where every venue has one date a sweep finds the best of all tours, however far its shows lie apart (TO-01)', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(9, 30, 80), (seed, venues, days) => {
    const ground = groundOf(single(seed, venues, days));
    const ways = waysIn(ground);
    const calls = inOrder(callsOf(ground, 0));
    let most = 0;
    for (let chosen = 1; chosen < 2 ** calls.length; chosen += 1) most = Math.max(most, worthOfArtist(ways, calls.filter((_, i) => (chosen >> i) & 1)));
    expect(worthOfArtist(ways, new Walk(ground, ways, calls, new Set()).best(figures(calls)))).toBeCloseTo(most, 6);
  }), { numRuns: 60 });
});

test('no path visits a venue twice, comes too soon after a show, or leaves out what has to be (TO-01, TO-16)', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom(20, 60), fc.constantFrom(1, 4, 12), fc.integer({ min: 0, max: 2 }), (seed, venues, days, leastGap, fixed) => {
    const drawnOne = drawnTour({ seed, artists: 1, venues, days, free: 0.3, exclusive: 0.5, fixed }, spots);
    const ground = groundOf({ ...drawnOne, limits: { ...drawnOne.limits, leastGap } });
    const ways = waysIn(ground);
    const stands = ground.fixed[0] ?? [];
    const calls = inOrder([...stands, ...callsOf(ground, 0).filter(({ day }) => !stands.some((one) => one.day === day))]);
    const path = new Walk(ground, ways, calls, new Set(stands)).best(figures(calls, new Set(stands)));
    path.forEach((call, at) => {
      const before = path[at - 1];
      if (before) expect(ways.cost(before, call)).toBeLessThan(Infinity);
      for (const other of path.slice(at + 1)) {
        expect(call.fixed === null && call.venue === other.venue).toBe(false);
        expect(excludes(ground, call, other)).toBeNull();
      }
    });
    // Shows that stand and contradict each other leave no path.
    if (path.length > 0) expect(path).toEqual(expect.arrayContaining([...stands]));
  }), { numRuns: 60 });
});

test('where whole periods are walked pins stay, nobody plays more often than asked, and no rule breaks (TO-16, TO-17)', () => {
  const drawnOne = drawnTour({ seed: 5, artists: 3, venues: 150, days: 120, free: 0.2, exclusive: 0.2, fixed: 1, kin: true }, spots);
  const busy = (id: string, day: string) => drawnOne.artists.find((artist) => artist.id === id)?.busy.includes(day) ?? true;
  // One early and one late for each artist.
  const pins = drawnOne.bids.filter((_, i) => i % 75 === 0).map(({ artist, venue, days }, i) => ({ artist, venue, day: (i % 2 ? days.slice(2) : days.slice(-5)).find((day) => !busy(artist, day)) ?? '' }));
  const question = { ...drawnOne, limits: { ...drawnOne.limits, mostShows: 12 }, pins };
  const { variants: [tour = []], missed } = planTours(question, { seed: 1, count: 1, share: 0.6, effort: 2_000 });
  expect(missed).toEqual([]);
  for (const pin of pins) expect(tour).toContainEqual(pin);
  const { conflicts, byArtist } = reckon(question, tour);
  expect(conflicts).toEqual([]);
  expect(byArtist.map(({ shows }) => shows)).toEqual([12, 12, 12]);
  expect(boardOf(groundOf(question), tour).strange).toEqual([]);
});
