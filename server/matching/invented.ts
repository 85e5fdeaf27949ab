import type { Rng } from '../core/rng.ts';
import { addDays, type Day } from '../core/time.ts';
import type { Point } from '../roads/crow.ts';
import { BACKLINE, FLAGS, ZONES, type Flag } from './columns.ts';
import { AUDIENCES, LEVELS, LYRICS, PLACE_KINDS, SETTINGS } from './filters.ts';
import { KINDS_OF_PLACE, type ArtistProfile, type PlaceProfile } from './profile.ts';

/** Towns around which invented profiles live, with the weight of each: about where people of France, Belgium, Switzerland and Luxembourg do. */
const towns: readonly (readonly [lat: number, lng: number, weight: number, country: string])[] = [
  [48.857, 2.352, 22, 'FR'], [45.764, 4.836, 9, 'FR'], [43.296, 5.37, 7, 'FR'], [43.605, 1.444, 6, 'FR'], [44.838, -0.579, 6, 'FR'], [47.218, -1.554, 6, 'FR'], [50.629, 3.057, 6, 'FR'], [48.573, 7.752, 4, 'FR'],
  [48.117, -1.678, 4, 'FR'], [43.611, 3.877, 4, 'FR'], [47.322, 5.041, 3, 'FR'], [45.188, 5.724, 3, 'FR'], [49.183, -0.371, 2, 'FR'], [45.777, 3.087, 2, 'FR'], [48.39, -4.486, 2, 'FR'], [47.238, 6.024, 2, 'FR'],
  [50.85, 4.352, 6, 'BE'], [50.633, 5.567, 3, 'BE'], [51.219, 4.402, 3, 'BE'], [46.204, 6.143, 3, 'CH'], [46.52, 6.633, 2, 'CH'], [49.611, 6.13, 1, 'LU'],
];
const weight = towns.reduce((sum, [, , one]) => sum + one, 0);

/** What an invented profile is drawn from. */
export interface Chance {
  readonly next: Rng;
  readonly today: Day;
  readonly genres: readonly string[];
  /** How much of what may be said is said, 0 to 1. */
  readonly told: number;
}

function somewhere({ next }: Chance): { at: Point; country: string } {
  let left = next() * weight;
  const [lat, lng, , country] = towns.find(([, , one]) => (left -= one) <= 0) ?? [47, 3, 1, 'FR'];
  // Most live within an hour of a town.
  return { at: { lat: lat + (next() - 0.5) * 1.4 * next(), lng: lng + (next() - 0.5) * 2 * next() }, country };
}
const some = <T>(all: readonly T[], { next }: Chance, share: number): T[] => all.filter(() => next() < share);
const one = <T>(all: readonly T[], { next }: Chance): T => all[Math.floor(next() * all.length)] as T;
/** Mostly small and seldom large, from `low` to `high`. */
const tail = (low: number, high: number, { next }: Chance): number => Math.round(low * (high / low) ** (next() * next() ** 0.3));

function both(chance: Chance) {
  const { next, today, told } = chance;
  const say = <T>(value: T): T | null => (next() < told ? value : null);
  const days = Array.from({ length: 380 }, (_, i) => addDays(today, i));
  const flags = Object.fromEntries(FLAGS.filter(() => next() < told).map((flag) => [flag, next() < 0.6])) as Partial<Record<Flag, boolean>>;
  const busy = new Set(days.filter(() => next() < 0.12));
  const { at, country } = somewhere(chance);
  return {
    say, at, country, flags, currency: country === 'CH' ? 'CHF' as const : 'EUR' as const, level: say(one(LEVELS, chance)),
    genres: [...new Set(Array.from({ length: 1 + Math.floor(next() * 4) }, () => chance.genres[Math.floor(next() ** 2 * chance.genres.length)] ?? ''))],
    settings: some(SETTINGS, chance, 0.5), audiences: some(AUDIENCES, chance, 0.4), lyrics: some(LYRICS, chance, 0.15), weekdays: next() < 0.5 ? [] : [4, 5, 6, 7].filter(() => next() < 0.8),
    backline: some(BACKLINE, chance, 0.3), ticket: say(tail(500, 4_500, chance)), leadDays: say(Math.floor(next() * 120)), depositPercent: say(Math.floor(next() * 4) * 10),
    influences: Array.from({ length: Math.floor(next() * 4) }, () => `artist ${Math.floor(next() ** 3 * 500)}`), free: days.filter((day) => !busy.has(day) && next() < 0.4), busy: [...busy],
    answerHours: say(tail(1, 200, chance)), rating: next() < told * 0.7 ? { stars: 3 + 2 * next(), count: 1 + Math.floor(next() * 30) } : null, completePercent: Math.round(60 + 40 * next()), licenceUntil: say(addDays(today, 200 + Math.floor(next() * 1_500))),
    stageSquareMetres: say(tail(6, 200, chance)), inputs: say(4 + Math.floor(next() * 40)), kilowatts: say(tail(1, 60, chance)), decibels: say(88 + Math.floor(next() * 17)),
  };
}

/** An artist whom nobody knows, as they are spread in the trade: fees from a hundred euros to a hundred thousand, most of them small. */
export function inventArtist(chance: Chance): ArtistProfile {
  const { next, today } = chance;
  const { say, ...rest } = both(chance);
  const fee = tail(15_000, 3_000_000, chance);
  const crowd = tail(30, 6_000, chance);
  return {
    ...rest, fee: { min: fee, max: Math.round(fee * (1 + next())) }, audience: { min: Math.round(crowd * 0.4), max: Math.round(crowd * 1.4) }, lineUp: 1 + Math.floor(next() * next() * 12), crew: Math.floor(next() * 3), minutes: 45 + 15 * Math.floor(next() * 5),
    listeners: say(tail(50, 2_000_000, chance)), listenersHomePercent: say(Math.floor(20 + 80 * next())), followers: say(tail(100, 500_000, chance)), engagement: say(Math.floor(5 + 80 * next())), growthPercent: say(Math.floor(-30 + 90 * next())),
    mobilityKm: say(tail(50, 1_500, chance)), restDays: say(1 + Math.floor(next() * 3)), keptPercent: say(Math.floor(85 + 16 * next())), went: Object.fromEntries(KINDS_OF_PLACE.filter(() => next() < 0.5).map((kind) => [kind, next()])),
    market: next() < 0.6 ? { median: Math.round(fee * (0.6 + 0.9 * next())), deals: 8 + Math.floor(next() * 80) } : null,
    draws: Array.from({ length: Math.floor(next() * 5) }, () => ({ at: somewhere(chance).at, people: Math.round(crowd * (0.3 + next())) })),
    shows: Array.from({ length: Math.floor(next() * 7) }, () => ({ day: addDays(today, Math.floor(next() * 200)), at: somewhere(chance).at })),
    near: next() < 0.05 ? [{ at: somewhere(chance).at, km: 30 + Math.floor(next() * 70), from: today, until: addDays(today, Math.floor(next() * 200)) }] : [],
  };
}

/** A place that nobody knows: most hold some hundreds, few thousands. */
export function inventPlace(chance: Chance): PlaceProfile {
  const { next } = chance;
  const { say, ...rest } = both(chance);
  const capacity = tail(40, 8_000, chance);
  const most = Math.round(capacity * (200 + 1_500 * next()));
  return {
    ...rest, kind: say(one(PLACE_KINDS, chance)), capacity, budget: { min: Math.round(most * 0.4), max: most }, fillPercent: say(Math.floor(30 + 70 * next())), season: next() < chance.told ? Array.from({ length: 12 }, () => Math.floor(next() * 100)) : [],
    daysToPay: say(Math.floor(next() * 70)), disputes: say(Math.floor(next() * next() * 3)), funding: say(most * Math.floor(1 + 10 * next())), catchment: say(tail(3_000, 3_000_000, chance)),
    billed: Array.from({ length: Math.floor(next() * 5) }, () => chance.genres[Math.floor(next() ** 2 * chance.genres.length)] ?? ''), went: Object.fromEntries(LEVELS.filter(() => next() < 0.5).map((level) => [level, next()])),
    zone: say(one(ZONES, chance)), curfew: next() < 0.3 ? '23:00' : null,
  };
}
