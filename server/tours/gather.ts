import { daysBetween, daysFrom, minutesOf, weekdayOf, type Day } from '../core/time.ts';
import type { Promised, Told, ToldArtist, ToldShow, ToldVenue, Where } from '../prospects/told.ts';
import { kilometres } from '../roads/crow.ts';
import { MOST_PLACES } from '../roads/great-circle.ts';
import { isLand } from '../roads/land.ts';
import type { Artist, Bid, Exclusive, Fixed, Question, Spot, Venue } from './question.ts';
import type { PlanView } from './view.ts';

/* From what is told of artists, requests and venues to the question of a tour, and what is left out of it, with why. */

type LeftOut = PlanView['leftOut'][number];

/** A question whose roads are not known yet, and what is not in it. Limits, rates and weights are the scenario's. */
export interface Gathered { readonly question: Pick<Question, 'from' | 'until' | 'currency' | 'spots' | 'artists' | 'venues' | 'bids'>; readonly leftOut: readonly LeftOut[]; readonly today: Day }

/** The most venues of a question; those that ask come first. */
export const MOST_VENUES = 2_000;
/** The most of what is left out that is named. */
const MOST_NAMED = 1_000;
/** From the crew's coming to the first song, and from the last one until the van is closed. In minutes; our own. */
const [SETS_UP, PACKS] = [240, 60] as const;

/** The hours of an evening, in minutes after midnight: when the crew comes, and when the van is closed. A curfew ends the show. */
export function hoursOf(startTime: string, minutes: number, curfew = ''): { readonly loadIn: number; readonly ends: number } {
  const start = minutesOf(startTime);
  const close = curfew === '' ? Infinity : minutesOf(curfew) + (minutesOf(curfew) < start ? 1_440 : 0);
  return { loadIn: Math.max(0, start - SETS_UP), ends: Math.min(start + minutes, close) + PACKS };
}

/** What a venue that was not asked yet would pay an artist: the middle of what both name, or of what one does; where they do not meet, what is nearest of the venue's. Whole units, by our own rounding to ten. */
export function guessOf([feeLeast, feeMost]: readonly [number, number], [least, most]: readonly [number, number]): number {
  const round = (minor: number): number => Math.round(minor / 1_000) * 1_000;
  const [high, top] = [Math.max(feeLeast, feeMost), Math.max(least, most)];
  if (top === 0) return round((feeLeast + high) / 2);
  if (high === 0) return round((least + top) / 2);
  if (feeLeast > top) return top;
  if (high < least) return least;
  return round((Math.max(feeLeast, least) + Math.min(high, top)) / 2);
}

/** Somewhere that a road may lead to. */
type Stood = Where & { readonly lat: number; readonly lng: number };
const stands = (at: Where): at is Stood => at.lat !== null && at.lng !== null && isLand(at.lat, at.lng);
const keyOf = ({ lat, lng }: Stood): string => `${lat.toFixed(4)} ${lng.toFixed(4)}`;

/** Places, each once: who stands in one spot shares its roads. There are roads among so many of them: of one more there is no row, and `room` says so before. */
function spotsOf() {
  const spots: Spot[] = [];
  const rows = new Map<string, number>();
  const room = (at: Stood): boolean => spots.length < MOST_PLACES || rows.has(keyOf(at));
  const row = (at: Stood): number => {
    const known = rows.get(keyOf(at));
    if (known !== undefined) return known;
    rows.set(keyOf(at), spots.length);
    return spots.push({ lat: at.lat, lng: at.lng, city: at.city, country: at.country, insee: at.insee }) - 1;
  };
  return { spots, row, room };
}

/** Lays a plan out as a question. What cannot be looked at is named with the reason, and nothing is lost silently. */
export function gather(told: Told): Gathered {
  const { from, until, today, currency } = told;
  const first = from > today ? from : today;
  const period = first > until ? [] : daysFrom(first, daysBetween(first, until) + 1);
  const within = new Set(period);
  const { spots, row, room } = spotsOf();
  const leftOut: LeftOut[] = [];
  const leave = (name: string, reason: LeftOut['reason']): void => { if (leftOut.length < MOST_NAMED) leftOut.push({ name, reason }); };
  const artists: Artist[] = [];
  const tellers = new Map<string, ToldArtist>();
  // Whoever tours has a home, whatever else there is no room for.
  for (const one of told.artists) if (stands(one.home) && one.currency === currency) row(one.home);
  for (const one of told.artists) {
    if (!stands(one.home) || one.currency !== currency) { leave(one.name, stands(one.home) ? 'currency' : 'place_unknown'); continue; }
    tellers.set(one.id, one);
    const home = row(one.home);
    const { fixed, lost } = fixedOf(one, { row, room }, told);
    for (const { name, reason } of lost) leave(name, reason);
    artists.push({
      id: one.id, name: one.name, home, people: one.people, crew: one.crew, carriage: one.carriage, floorMinor: one.floorMinor, commissionBps: one.commissionBps, audience: one.audience, fixed,
      // A show that nobody can place takes its day all the same.
      busy: [...new Set([...one.busy, ...one.shows.filter(({ id }) => !fixed.some((show) => show.id === id)).map(({ day }) => day)])].sort(),
    });
  }

  const venues = new Map<string, Venue>();
  const bids = new Map<string, Bid>();
  const kept = (artist: ToldArtist, at: { readonly lat: number; readonly lng: number }, days: readonly Day[]): Day[] => {
    const near = artist.promises.filter((promise) => kilometres(promise, at) < promise.km);
    return near.length === 0 ? [...days] : days.filter((day) => !near.some((promise) => day >= promise.from && day <= promise.until));
  };
  const enter = (venue: Venue, bid: Omit<Bid, 'order' | 'venue'>): void => {
    if (!venues.has(venue.id)) venues.set(venue.id, venue);
    bids.set(`${bid.artist} ${venue.id}`, { ...bid, venue: venue.id, order: bids.size });
  };
  const halls = new Map(told.venues.map((one) => [one.id, one]));
  const freeDays = new Map<string, Day[]>();
  const freeOf = (hall: ToldVenue): Day[] => {
    const known = freeDays.get(hall.id) ?? period.filter((day) => !hall.closed.has(day) && (hall.weekdays.length === 0 || hall.weekdays.includes(weekdayOf(day))));
    freeDays.set(hall.id, known);
    return known;
  };

  const asked = new Map<string, ReadonlySet<Day>>();
  for (const ask of told.asks) {
    const artist = tellers.get(ask.artist);
    if (!artist) continue;
    if (ask.currency !== currency) { leave(ask.name, 'currency'); continue; }
    const { at } = ask;
    if (!stands(at)) { leave(ask.name, 'place_unknown'); continue; }
    const hall = ask.org === null ? undefined : halls.get(ask.org);
    const wanted = [...new Set(ask.opened && hall ? [...ask.days, ...freeOf(hall)] : ask.days)].filter((day) => within.has(day)).sort();
    // Whoever asks twice for the same days is heard once.
    const who = `${ask.artist} ${ask.org ?? ask.from} ${keyOf(at)}`;
    const before = asked.get(who);
    if (before && wanted.every((day) => before.has(day))) { leave(ask.name, 'twice'); continue; }
    const days = kept(artist, at, wanted);
    if (days.length === 0) { leave(ask.name, 'no_day'); continue; }
    asked.set(who, new Set([...before ?? [], ...wanted]));
    const own = ask.org !== null && !bids.has(`${ask.artist} ${ask.org}`) ? ask.org : ask.bookingId;
    if ((venues.size >= MOST_VENUES && !venues.has(own)) || !room(at)) { leave(ask.name, 'too_many'); continue; }
    enter(
      { id: own, name: ask.name, place: row(at), capacity: ask.capacity || (hall?.capacity ?? 0), ...hoursOf(ask.startTime, artist.minutes, hall?.curfew), stages: hall?.stages ?? 1, exclusive: null },
      { artist: ask.artist, priceMinor: ask.offerMinor ?? (ask.budgetMinor > 0 ? ask.budgetMinor : guessOf(artist.feeMinor, hall?.budgetMinor ?? [0, 0])), days, standing: ask.offerMinor === null ? 'asked' : 'offered', bookingId: ask.bookingId },
    );
  }
  for (const { id, artist: whose, name, at, priceMinor, capacity, days: wanted } of told.extras) {
    const artist = tellers.get(whose);
    if (!artist) continue;
    const days = wanted.length === 0 ? period : [...new Set(wanted)].filter((day) => within.has(day)).sort();
    if (!stands(at)) leave(name, 'place_unknown');
    else if (days.length === 0) leave(name, 'no_day');
    else if (venues.size >= MOST_VENUES || !room(at)) leave(name, 'too_many');
    else enter({ id, name, place: row(at), capacity, ...hoursOf('20:30', artist.minutes), stages: 1, exclusive: null }, { artist: whose, priceMinor, days, standing: 'found' });
  }
  for (const { artist: whose, venue } of told.found) {
    const [artist, hall] = [tellers.get(whose), halls.get(venue)];
    // One that asked is known better than one that was found.
    if (!artist || !hall || bids.has(`${whose} ${venue}`)) continue;
    if (hall.currency !== currency) { leave(hall.name, 'currency'); continue; }
    const { at } = hall;
    if (!stands(at)) { leave(hall.name, 'place_unknown'); continue; }
    const days = kept(artist, at, freeOf(hall));
    if (days.length === 0) { leave(hall.name, 'no_day'); continue; }
    if ((venues.size >= MOST_VENUES && !venues.has(venue)) || !room(at)) { leave(hall.name, 'too_many'); continue; }
    enter({ id: venue, name: hall.name, place: row(at), capacity: hall.capacity, ...hoursOf('20:30', artist.minutes, hall.curfew), stages: hall.stages, exclusive: null }, { artist: whose, priceMinor: guessOf(artist.feeMinor, hall.budgetMinor), days, standing: 'found' });
  }
  // A date that stands at a venue of the question names it, and no other.
  const standing = artists.map((one) => ({ ...one, fixed: one.fixed.map((show) => (show.venue !== null && venues.has(show.venue) ? show : { ...show, venue: null })) }));
  return { question: { from, until, currency, spots, artists: standing, venues: [...venues.values()], bids: [...bids.values()] }, leftOut: once(leftOut), today };
}

/** The shows of an artist that stand in the period, and the names of those that nobody can place. */
function fixedOf({ shows, promises }: ToldArtist, { row, room }: Pick<ReturnType<typeof spotsOf>, 'row' | 'room'>, { from, until }: Pick<Told, 'from' | 'until'>): { fixed: Fixed[]; lost: LeftOut[] } {
  const lost: LeftOut[] = [];
  const fixed = shows.flatMap((show): Fixed[] => {
    if (show.day < from || show.day > until) return [];
    if (!stands(show.at) || !room(show.at)) { lost.push({ name: show.title, reason: stands(show.at) ? 'too_many' : 'place_unknown' }); return []; }
    return [{ id: show.id, day: show.day, title: show.title, place: row(show.at), capacity: show.capacity, priceMinor: show.priceMinor, ...hoursOf(show.startTime, show.minutes), venue: show.venue, exclusive: exclusiveOf(show, promises) }];
  });
  return { fixed: fixed.sort((one, other) => (one.day < other.day ? -1 : 1)), lost };
}

/** The promise that was given for a show: the one around its place that holds on its day, as wide and as long as it goes on either side. */
function exclusiveOf({ at, day }: ToldShow, promises: readonly Promised[]): Exclusive | null {
  const { lat, lng } = at;
  if (lat === null || lng === null) return null;
  const own = promises.find((promise) => day >= promise.from && day <= promise.until && kilometres(promise, { lat, lng }) < 1);
  return own ? { km: own.km, days: Math.max(daysBetween(own.from, day), daysBetween(day, own.until)) } : null;
}

/** Each name and reason once: a venue that is too far out for three artists is named once. */
function once(all: readonly LeftOut[]): LeftOut[] {
  const seen = new Set<string>();
  return all.filter(({ name, reason }) => !seen.has(`${reason} ${name}`) && seen.add(`${reason} ${name}`));
}
