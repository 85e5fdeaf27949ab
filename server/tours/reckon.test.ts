import { expect, test } from 'vitest';
import { addDays } from '../core/time.ts';
import { drawnSpots, drawnTour } from './drawn.ts';
import { mend } from './mend.ts';
import { planTours } from './plan.ts';
import type { Question, Visit } from './question.ts';
import { reckon } from './reckon.ts';
import { bindingsOf, clashOf, whyNot } from './why.ts';

const spots = drawnSpots(7, 300);
const base = drawnTour({ seed: 5, artists: 2, venues: 25, days: 40, free: 0.25, kin: true }, spots);
const first = (question: Question): readonly Visit[] => planTours(question, { seed: 1, count: 1, share: 0.6, effort: 80 }).variants[0] ?? expect.fail();
const planned = first(base);
const rules = (question: Question, visits: readonly Visit[]) => reckon(question, visits).conflicts.map(({ rule }) => rule);
const stop = (i: number): Visit => planned[i] ?? expect.fail();

test('a day by hand that breaks a rule is told which, between whom (TO-04, TO-16)', () => {
  const [one, two] = [stop(0), planned.find(({ artist, venue }) => artist === stop(0).artist && venue !== stop(0).venue) ?? expect.fail()];
  const others = planned.filter((visit) => visit !== one);
  expect(rules(base, [...others, { ...one, day: two.day }])).toContain('same_day');
  expect(rules({ ...base, limits: { ...base.limits, leastGap: 4 } }, [...others.filter((visit) => visit !== two), one, { ...two, day: addDays(one.day, 2) }])).toContain('too_close');
  expect(rules(base, [...others, { ...one, day: '2031-01-01' }])).toContain('outside');
  expect(rules({ ...base, forbidden: [{ artist: one.artist, venue: one.venue, day: null }] }, planned)).toContain('forbidden');
  expect(rules({ ...base, artists: base.artists.map((artist) => ({ ...artist, busy: [one.day] })) }, planned)).toContain('artist_busy');
  expect(rules({ ...base, artists: base.artists.map((artist) => ({ ...artist, floorMinor: 1e9 })) }, planned)).toContain('floor');
  expect(rules({ ...base, limits: { ...base.limits, mostShows: 1 } }, planned)).toContain('most_shows');
  expect(rules({ ...base, venues: base.venues.map((venue) => ({ ...venue, exclusive: { km: 2_000, days: 60 } })) }, planned)).toContain('exclusive');
  expect(rules({ ...base, limits: { ...base.limits, driveMinutes: 30, restMinutes: 1_200 } }, planned)).toContain('drive');
  expect(rules({ ...base, bids: base.bids.filter(({ venue }) => venue !== one.venue) }, planned)).toContain('no_bid');
  const closed = base.bids.map((bid) => (bid.venue === one.venue && bid.artist === one.artist ? { ...bid, days: [] } : bid));
  expect(rules({ ...base, bids: closed }, planned)).toContain('venue_not_free');
  expect(rules(base, [...planned, { ...one, day: addDays(one.day, 1) }])).toContain('twice');
  const other = base.artists.find(({ id }) => id !== one.artist)?.id ?? '';
  expect(rules({ ...base, venues: base.venues.map((venue) => ({ ...venue, stages: 1 })) }, [...planned, { ...one, artist: other }])).toContain('venue_full');
});

test('what nobody can drive to is told as no way, and is reckoned without it', () => {
  const cut = { ...base.roads, minutes: base.roads.minutes.slice(), metres: base.roads.metres.slice() };
  const place = base.venues.find(({ id }) => id === stop(0).venue)?.place ?? 0;
  for (let i = 0; i < cut.size; i += 1) if (i !== place) cut.minutes[i * cut.size + place] = cut.metres[i * cut.size + place] = 2 ** 29;
  const tour = reckon({ ...base, roads: cut }, planned);
  expect(tour.conflicts.map(({ rule }) => rule)).toContain('no_way');
  expect(Number.isSafeInteger(tour.sums.marginMinor)).toBe(true);
  expect(first({ ...base, roads: cut }).some(({ venue }) => venue === stop(0).venue)).toBe(false);
});

test('sums are those of stops and legs, and say with which show a tour has earned what it costs (TO-15)', () => {
  const { stops, legs, sums } = reckon(base, planned);
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  expect(sums.revenueMinor).toBe(total(stops.map(({ priceMinor }) => priceMinor)));
  expect(sums.metres).toBe(total(legs.map(({ metres }) => metres)));
  expect(sums.transportMinor).toBe(total(legs.map(({ transportMinor }) => transportMinor)));
  expect(sums.nights).toBe(total(legs.map(({ nights }) => nights)));
  expect(sums.breaksEven).toBeGreaterThan(0);
  expect(reckon(base, planned.slice(0, 1)).pointToPoint.metres).toBe(reckon(base, planned.slice(0, 1)).sums.metres);
  expect(Object.values(sums).every((value) => value === null || Number.isSafeInteger(value))).toBe(true);
});

test('a tour costs less on the road than the order of the offers, and than going home each time (TO-07)', () => {
  const { sums, inOrder, pointToPoint } = reckon({ ...base, limits: { ...base.limits, mostShows: 6 } }, first({ ...base, limits: { ...base.limits, mostShows: 6 } }));
  const own = sums.transportMinor + sums.lodgingMinor + sums.crewMinor + sums.mealsMinor;
  expect(inOrder.shows).toBe(sums.shows);
  expect(own).toBeLessThan(inOrder.logisticsMinor);
  expect(own).toBeLessThan(pointToPoint.logisticsMinor);
});

test('every bid that is not in a tour says why: the rules that take its days, or what it would cost (TO-04)', () => {
  const { unused, more } = whyNot(base, planned, { limit: 1_000 });
  const used = new Set(planned.map(({ artist, venue }) => `${artist} ${venue}`));
  expect(unused).toHaveLength(base.bids.length - used.size);
  expect(more).toBe(0);
  for (const { artist, venue, best, reasons } of unused) {
    expect(used.has(`${artist} ${venue}`)).toBe(false);
    expect(best !== null || reasons.length > 0).toBe(true);
    if (!best) continue;
    // What it says of its best day is what comes of it: out with those, in with this.
    const hand = [...planned.filter((visit) => !best.instead.some((out) => out.artist === visit.artist && out.venue === visit.venue && out.day === visit.day)), { artist, venue, day: best.day }];
    const tour = reckon(base, hand);
    expect(tour.conflicts).toEqual([]);
    expect(Math.abs(reckon(base, planned).sums.worthMinor - reckon(base, planned).sums.sharedMinor - (tour.sums.worthMinor - tour.sums.sharedMinor) - best.losesMinor)).toBeLessThanOrEqual(1);
  }
  expect(whyNot(base, planned, { artist: base.artists[0]?.id ?? '', limit: 3 }).unused.every(({ artist }) => artist === base.artists[0]?.id)).toBe(true);
});

test('pins that cannot hold together are told as the two and the rule between them (TO-04)', () => {
  const bids = base.bids.filter(({ artist }) => artist === base.artists[0]?.id);
  const [one, two] = [bids[0], bids[1]];
  if (!one || !two) expect.fail('there are bids');
  const day = one.days[0] ?? expect.fail();
  const clash = clashOf({ ...base, pins: [{ artist: one.artist, venue: one.venue, day }, { artist: two.artist, venue: two.venue, day }] });
  expect(clash[0]).toMatchObject({ rule: expect.stringMatching(/same_day|venue_not_free/) as string });
  expect(clashOf({ ...base, pins: [stop(0)] })).toEqual([]);
  expect(clashOf({ ...base, artists: base.artists.map((artist) => ({ ...artist, floorMinor: 1e9 })) }).map(({ rule }) => rule)).toEqual(['floor']);
});

test('nothing can be played: the fewest rules that keep a show away are told, as if each day of each bid had been looked at (TO-04)', () => {
  const small = drawnTour({ seed: 8, artists: 2, venues: 6, days: 12, free: 0.5 }, spots);
  const all = small.bids.flatMap(({ artist, venue, days }) => days.map((day): Visit => ({ artist, venue, day })));
  const shut = { ...small, forbidden: small.bids.map(({ artist, venue }) => ({ artist, venue, day: null })) };
  const poor = { ...small, artists: small.artists.map((artist) => ({ ...artist, floorMinor: 1e9 })) };
  const away = { ...small, artists: small.artists.map((artist) => ({ ...artist, busy: Array.from({ length: 12 }, (_, day) => addDays(small.from, day)) })) };
  const one = small.bids[0] ?? expect.fail();
  for (const question of [small, shut, poor, away, { ...poor, ...away, artists: away.artists.map((artist) => ({ ...artist, floorMinor: 1e9 })) }, { ...poor, bids: poor.bids.map((bid) => (bid === one ? { ...bid, priceMinor: 2e9 } : bid)) }]) {
    const fewest = Math.min(...all.map((visit) => reckon(question, [visit]).conflicts.length));
    expect(clashOf(question)).toHaveLength(fewest);
  }
});

test('twenty-five artists and two thousand halls for a year: what keeps all of them away, and why not, is said while somebody waits (TO-17)', () => {
  const many = drawnTour({ seed: 3, artists: 25, venues: 2_000, days: 366, free: 0.6, bids: 0.04, kin: true }, drawnSpots(7, 2_100));
  expect(clashOf({ ...many, artists: many.artists.map((artist) => ({ ...artist, floorMinor: 1e9, busy: [many.from] })) }).map(({ rule }) => rule)).toEqual(['floor']);
  const taken = new Set<string>();
  const year = many.artists.flatMap(({ id }) => {
    const own = new Set<number>();
    return many.bids.filter((bid) => bid.artist === id).flatMap((bid): Visit[] => {
      const day = bid.days.find((one) => { const at = Math.floor(Date.parse(one) / 259_200_000); return !own.has(at) && !taken.has(`${bid.venue} ${one}`) && own.add(at); });
      if (day === undefined) return [];
      taken.add(`${bid.venue} ${day}`);
      return [{ artist: id, venue: bid.venue, day }];
    });
  });
  expect(whyNot({ ...many, forbidden: [] }, year.filter((_, i) => i % 2 === 0), { limit: 200 }).unused).toHaveLength(200);
}, 20_000);

test('a rule that holds a tour back is named with what it costs (TO-04)', () => {
  const few = { ...base, limits: { ...base.limits, mostShows: 2 } };
  const bindings = bindingsOf(few, first(few));
  expect(bindings.map(({ rule }) => rule)).toContain('most_shows');
  expect(bindings.every(({ gainsMinor }) => gainsMinor > 0)).toBe(true);
});

test('a repair of nobody changes nothing but what cannot stay (TO-16)', () => {
  expect(mend(base, planned, { seed: 1, touched: [] })).toEqual(planned);
  expect(mend({ ...base, forbidden: [{ ...stop(0), day: null }] }, planned, { seed: 1, touched: [] })).toEqual(planned.slice(1));
});
