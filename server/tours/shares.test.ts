import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnSpots, drawnTour } from './drawn.ts';
import type { Question } from './question.ts';
import { reckon } from './reckon.ts';
import { byBenefit, inProportion } from './shares.ts';

test('the airport game of the textbooks: whoever needs a longer runway pays for what only they need (ES-19)', () => {
  // Littlechild and Owen, "A simple expression for the Shapley value in a special case", Management Science 20(3), 1973: costs 12, 28 and 30 give 4, 12 and 14.
  expect(byBenefit([12, 28, 30], (some) => Math.max(...some))).toEqual([4, 12, 14]);
  expect(byBenefit([100, 100], (some) => (some.length === 2 ? 101 : 100))).toEqual([51, 50]);
});

test('parts are whole and together exactly what it costs, by benefit and in proportion (ES-19)', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 999 }), (alone, per) => {
    const cost = (some: readonly number[]) => Math.floor(Math.max(...some) + (per / 1_000) * some.reduce((sum, one) => sum + one, 0));
    const parts = byBenefit(alone, cost);
    expect(parts.every(Number.isSafeInteger)).toBe(true);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(cost(alone));
    const together = Math.floor(alone.reduce((sum, one) => sum + one, 0) / 2);
    expect(inProportion(alone, together).reduce((sum, part) => sum + part, 0)).toBe(together);
  }));
});

test('nobody pays more than alone, and who needs the same pays the same but for a cent (ES-19)', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 5 }), (sizes) => {
    const cost = (some: readonly number[]) => Math.max(...some) * 26_000;
    const parts = byBenefit(sizes, cost);
    parts.forEach((part, i) => {
      expect(part).toBeLessThanOrEqual((sizes[i] ?? 0) * 26_000 + 1);
      parts.forEach((other, j) => { if (sizes[i] === sizes[j]) expect(Math.abs(part - other)).toBeLessThanOrEqual(1); });
    });
  }));
});

/** Two bands that live in one town and play in two neighbouring halls on the same days. */
function together(people: readonly number[]): Question {
  const base = drawnTour({ seed: 2, artists: people.length, venues: 2 * people.length, days: 10, free: 1 }, drawnSpots(1, 60));
  const town = (at: number, lat: number) => ({ ...base.spots[at], lat, lng: 4, city: `Ville ${lat}`, country: 'FR', insee: '' });
  const spots = base.spots.map((_, i) => town(i, i < people.length ? 45 : i < 2 * people.length ? 47 : 48.5));
  const minutes = Int32Array.from(spots.flatMap((one) => spots.map((other) => Math.round(Math.abs(one.lat - other.lat) * 100))));
  return {
    ...base, spots, roads: { size: spots.length, minutes, metres: minutes.map((way) => way * 1_200) },
    artists: base.artists.map((artist, i) => ({ ...artist, people: people[i] ?? 4, crew: 1, busy: [], floorMinor: 0 })), venues: base.venues.map((venue) => ({ ...venue, exclusive: null })),
  };
}

test('two bands on one leg share the van, the odd bed and the technician; what they save is off the costs, to the cent (ES-19, TO-17, TO-22)', () => {
  const question = together([3, 5]);
  const visits = question.artists.flatMap(({ id }, i) => [{ artist: id, venue: `org_v${i}`, day: '2027-03-03' }, { artist: id, venue: `org_v${2 + i}`, day: '2027-03-05' }]);
  const tour = reckon(question, visits);
  expect(new Set(tour.shared.map(({ what }) => what))).toEqual(new Set(['vehicle', 'rooms', 'crew']));
  for (const { saved, parts } of tour.shared) {
    const [alone, pays] = [parts.reduce((sum, part) => sum + part.aloneMinor, 0), parts.reduce((sum, part) => sum + part.paysMinor, 0)];
    expect(alone - pays).toBe(saved);
    expect(saved).toBeGreaterThan(0);
  }
  const { sums } = tour;
  expect(sums.sharedMinor).toBe(tour.shared.reduce((sum, { saved }) => sum + saved, 0));
  expect(sums.marginMinor).toBe(sums.revenueMinor - sums.commissionMinor - sums.transportMinor - sums.lodgingMinor - sums.crewMinor - sums.mealsMinor + sums.sharedMinor);
  expect(tour.byArtist.reduce((sum, { marginMinor }) => sum + marginMinor, 0)).toBe(sums.marginMinor);
});

test('a van that is full is not shared (TO-22)', () => {
  const question = together([5, 6]);
  const visits = question.artists.map(({ id }, i) => ({ artist: id, venue: `org_v${i}`, day: '2027-03-03' }));
  expect(reckon(question, visits).shared.some(({ what }) => what === 'vehicle')).toBe(false);
});

test('six and more split in proportion (ES-19)', () => {
  const question = together([1, 1, 1, 1, 1, 1]);
  const visits = question.artists.map(({ id }, i) => ({ artist: id, venue: `org_v${i}`, day: '2027-03-03' }));
  const [shared] = reckon(question, visits).shared;
  expect(shared?.by).toBe('proportion');
});
