import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../core/time.ts';
import { waysOf, worthOf } from './board.ts';
import { drawnSpots, drawnTour, type Drawn } from './drawn.ts';
import { groundOf } from './ground.ts';
import { mend } from './mend.ts';
import { planTours, shareOf } from './plan.ts';
import type { Question, Visit } from './question.ts';
import { boardOf, reckon } from './reckon.ts';

const spots = drawnSpots(4, 400);
const draw = (of: Partial<Drawn>): Question => drawnTour({ seed: 1, artists: 1, venues: 16, days: 30, free: 0.3, ...of }, spots);
const plan = (question: Question, of: Partial<Parameters<typeof planTours>[1]> = {}) => planTours(question, { seed: 1, count: 1, share: 0.6, effort: 60, ...of });
const first = (question: Question): readonly Visit[] => plan(question).variants[0] ?? expect.fail();

test('no plan breaks a rule, whoever tours, whatever stands and whatever excludes (TO-01, TO-04)', () => {
  const kinds = fc.record({ seed: fc.integer({ min: 1, max: 1e6 }), artists: fc.integer({ min: 1, max: 3 }), venues: fc.integer({ min: 1, max: 25 }), days: fc.integer({ min: 1, max: 30 }), free: fc.constantFrom(0.05, 0.3, 1), exclusive: fc.constantFrom(0, 0.5), fixed: fc.integer({ min: 0, max: 2 }), kin: fc.boolean() });
  fc.assert(fc.property(kinds, fc.integer({ min: 0, max: 12 }), (kind, most) => {
    const drawnOne = drawnTour(kind, spots);
    const question = { ...drawnOne, limits: { ...drawnOne.limits, mostShows: most } };
    for (const variant of plan(question, { count: 2, effort: 30 }).variants) {
      const tour = reckon(question, variant);
      // What stands may contradict itself or be more than the most; what is added to it does not.
      expect(tour.conflicts.length).toBeLessThanOrEqual(reckon(question, []).conflicts.length);
      if (tour.conflicts.length === 0) expect(tour.sums.worthMinor - tour.sums.sharedMinor).toBe(worthOf(groundOf(question), waysOf(groundOf(question)), boardOf(groundOf(question), variant).board));
    }
  }), { numRuns: 40 });
});

test('three to five tours share three fifths of their venues on their days at most (TO-06)', () => {
  for (const seed of [1, 2, 3]) {
    const { variants } = plan(draw({ seed, venues: 30, days: 45 }), { count: 5, effort: 90 });
    expect(variants.length).toBeGreaterThanOrEqual(3);
    variants.forEach((one, i) => { variants.slice(i + 1).forEach((other) => { expect(shareOf(one, other)).toBeLessThanOrEqual(0.6 + 1e-9); }); });
  }
});

test('the same seed and effort make the same tours (TO-16)', () => {
  const question = draw({ seed: 9, artists: 2, kin: true });
  expect(plan(question, { count: 3 })).toEqual(plan(structuredClone(question), { count: 3 }));
});

test('a large question goes to the core in parts, and keeps every rule (TO-17)', () => {
  const question = draw({ seed: 3, artists: 4, venues: 120, days: 90, free: 0.3, exclusive: 0.2, fixed: 2, kin: true });
  const tour = reckon(question, plan(question, { effort: 3_000 }).variants[0] ?? []);
  expect(tour.conflicts).toEqual([]);
  expect(tour.byArtist.every(({ shows }) => shows > 2)).toBe(true);
  expect(tour.sums.worthMinor).toBeGreaterThan(0);
});

test('pins are in every tour, what is forbidden in none, and of two pins on one day one is said to be missed (TO-16)', () => {
  const open = draw({ seed: 6, venues: 20 });
  const [pin, other, third] = open.bids.map(({ artist, venue, days }): Visit => ({ artist, venue, day: days[2] ?? '' }));
  if (!pin || !other || !third) expect.fail('there are bids');
  const pinned = plan({ ...open, pins: [pin], forbidden: [{ artist: other.artist, venue: other.venue, day: null }] }, { count: 3 });
  expect(pinned.missed).toEqual([]);
  for (const variant of pinned.variants) {
    expect(variant).toContainEqual(pin);
    expect(variant.some(({ venue }) => venue === other.venue)).toBe(false);
  }
  const clash = { ...third, day: pin.day };
  expect(plan({ ...open, pins: [pin, clash] }).missed).toHaveLength(1);
});

test('progress never goes back, and a search that is called off answers with what it has (TO-16)', () => {
  const question = draw({ seed: 2, artists: 3, venues: 60, days: 90 });
  const told: { spent: number; worthMinor: number }[] = [];
  plan(question, { count: 2, effort: 600, onProgress: ({ spent, worthMinor }) => { told.push({ spent, worthMinor }); } });
  expect(told.length).toBeGreaterThan(2);
  expect(told.every(({ spent }) => spent >= 0 && spent <= 1)).toBe(true);
  let asked = 0;
  const broken = plan(question, { count: 3, effort: 1e9, cancelled: () => { asked += 1; return asked > 50; } });
  expect(broken.variants).toHaveLength(1);
  expect(reckon(question, broken.variants[0] ?? []).conflicts).toEqual([]);
});

test('nothing to plan with is a plan of nothing (TO-04)', () => {
  const none = { ...draw({}), bids: [] };
  expect(plan(none, { count: 3 })).toEqual({ variants: [[]], missed: [] });
  expect(reckon(none, []).sums).toMatchObject({ shows: 0, marginMinor: 0, breaksEven: null });
});

test.each<[string, Partial<Drawn>]>([['at once', { venues: 20 }], ['in parts', { artists: 2, venues: 80, days: 120, kin: true }]])('a search that begins with what a hand has put where it may not be ends with none of it: %s (TO-04, TO-06)', (_, of) => {
  const open = draw({ seed: 12, ...of });
  const before = first(open);
  const days = [...new Set(before.map(({ day }) => day))];
  const dearest = Math.max(...open.bids.filter(({ artist, venue }) => before.some((one) => one.artist === artist && one.venue === venue)).map(({ priceMinor }) => priceMinor));
  const faults: Readonly<Record<string, Question>> = {
    busy: { ...open, artists: open.artists.map((artist) => ({ ...artist, busy: days.slice(0, 3) })) }, floor: { ...open, artists: open.artists.map((artist) => ({ ...artist, floorMinor: Math.round(0.9 * dearest) })) },
    forbidden: { ...open, forbidden: before.slice(0, 2).map(({ artist, venue }) => ({ artist, venue, day: null })) }, closed: { ...open, bids: open.bids.map((bid) => (bid.venue === before[0]?.venue ? { ...bid, days: [] } : bid)) },
    most: { ...open, limits: { ...open.limits, mostShows: 2 } }, gap: { ...open, limits: { ...open.limits, leastGap: 5 } }, exclusive: { ...open, venues: open.venues.map((venue) => ({ ...venue, exclusive: { km: 300, days: 10 } })) },
    outside: { ...open, from: addDays(open.from, 10) },
  };
  for (const [fault, question] of Object.entries(faults)) {
    expect([fault, reckon(question, before).conflicts.length > 0]).toEqual([fault, true]);
    const [found] = plan(question, { from: before, effort: 30 }).variants;
    expect([fault, reckon(question, found ?? []).conflicts]).toEqual([fault, []]);
    expect([fault, reckon(question, mend(question, before, { seed: 1, touched: open.artists.map(({ id }) => id) })).conflicts]).toEqual([fault, []]);
  }
});

test('a repair keeps pins and other artists, takes out what no longer goes, and breaks no rule (TO-16)', () => {
  for (const seed of [1, 2, 3, 4]) {
    const question = draw({ seed, artists: 2, venues: 30, days: 60, fixed: 1 });
    const before = first(question);
    const [moved] = before;
    if (!moved) continue;
    const to = question.bids.find(({ artist, venue }) => artist === moved.artist && venue === moved.venue)?.days.find((day) => day !== moved.day && !question.artists.find(({ id }) => id === moved.artist)?.busy.includes(day) && !question.artists.find(({ id }) => id === moved.artist)?.fixed.some((one) => one.day === day));
    if (!to) continue;
    const hand = { ...moved, day: to };
    const pinned = { ...question, pins: [hand] };
    const after = mend(pinned, [hand, ...before.slice(1)], { seed: 1, touched: [moved.artist], days: [moved.day, to] });
    expect(after).toContainEqual(hand);
    expect(reckon(pinned, after).conflicts).toEqual([]);
    expect(after.filter(({ artist }) => artist !== moved.artist)).toEqual(before.filter(({ artist }) => artist !== moved.artist));
    expect(mend(pinned, [hand, ...before.slice(1)], { seed: 1, touched: [moved.artist], days: [moved.day, to] })).toEqual(after);
  }
});
