import assert from 'node:assert/strict';
import { isSchoolHoliday, publicHolidays, zoneOf } from '../calendar/holidays.ts';
import { addDays, daysBetween, daysFrom, fromDay, type Day } from '../core/time.ts';
import { kilometres } from '../roads/crow.ts';
import { HOLIDAY_SEATS, type Artist, type Bid, type Exclusive, type Question, type Venue, type Visit } from './question.ts';

/* A question with its words turned into numbers: days counted from the first, artists and venues by their place in it. */

/** A show that is or could be: whose, where (venue -1 for a show that is at none of the question), on which day. */
export interface Call {
  readonly artist: number;
  readonly venue: number;
  readonly day: number;
  readonly place: number;
  readonly capacity: number;
  readonly loadIn: number;
  readonly ends: number;
  readonly priceMinor: number;
  readonly commissionMinor: number;
  /** What the weights make of its day. */
  readonly weekend: number;
  readonly schoolHolidays: number;
  readonly publicHolidays: number;
  readonly exclusive: Exclusive | null;
  /** The name of a show that stands. */
  readonly fixed: string | null;
}

/** The question, laid out. */
export interface Ground {
  readonly question: Question;
  readonly days: number;
  readonly artistAt: ReadonlyMap<string, number>;
  readonly venueAt: ReadonlyMap<string, number>;
  /** By artist and venue, as `keyOf` names them. */
  readonly bidAt: ReadonlyMap<number, Bid>;
  readonly bidsOf: readonly (readonly { readonly venue: number; readonly bid: Bid }[])[];
  /** The days of a bid within the period, in order. */
  readonly freeAt: ReadonlyMap<Bid, Int16Array>;
  /** By artist: which days are taken. */
  readonly busy: readonly Uint8Array[];
  /** By artist, in order of days. */
  readonly fixed: readonly (readonly Call[])[];
  readonly forbidden: ReadonlySet<string>;
  /** Days on which the shows that stand fill a venue. */
  readonly full: ReadonlySet<string>;
  readonly friday: Uint8Array;
  /** The days of the period by name, as `dateOf` reads them. */
  readonly dates: readonly Day[];
  /** Days of holidays, by school zone and by country, as they are asked for. */
  readonly holidays: Map<string, Uint8Array>;
}

/** What a bid is found by. */
export const keyOf = (ground: Pick<Ground, 'question'>, artist: number, venue: number): number => artist * ground.question.venues.length + venue;
/** What a visit is told by. */
export const nameOf = ({ artist, venue, day }: Pick<Call, 'artist' | 'venue' | 'day'>): string => `${artist} ${venue} ${day}`;

/** What hangs on the bids alone, which an edit leaves as they are: counted once for one list of them. */
type Index = Pick<Ground, 'artistAt' | 'venueAt' | 'bidAt' | 'bidsOf' | 'freeAt' | 'busy' | 'friday' | 'dates'> & { readonly of: Question };
const indexes = new WeakMap<readonly Bid[], Index>();
const grounds = new WeakMap<Question, Ground>();

/** The question, laid out, once for one question. What it names twice or not at all is a fault of whoever asks. */
export function groundOf(question: Question): Ground {
  const known = grounds.get(question) ?? laid(question);
  grounds.set(question, known);
  return known;
}

function indexOf(question: Question): Index {
  const known = indexes.get(question.bids);
  if (known && (['artists', 'venues', 'from', 'until'] as const).every((part) => known.of[part] === question[part])) return known;
  const index = { ...counted(question), of: question };
  indexes.set(question.bids, index);
  return index;
}

/** Counts days, artists and venues. */
function counted(question: Question): Omit<Index, 'of'> {
  const { from, until, artists, venues, bids } = question;
  const days = daysBetween(from, until) + 1;
  assert(days >= 1 && days <= 732, 'a tour is planned for a day to two years');
  assert(question.roads.minutes.length === question.roads.size ** 2 && question.spots.length === question.roads.size, 'there is a way for every two places');
  const artistAt = new Map(artists.map(({ id }, i) => [id, i]));
  const venueAt = new Map(venues.map(({ id }, i) => [id, i]));
  assert(artistAt.size === artists.length && venueAt.size === venues.length, 'artists and venues are named once');
  const dates = daysFrom(from, days);
  const dayNumbers = new Map(dates.map((day, i) => [day, i]));
  const dayAt = (day: Day) => dayNumbers.get(day) ?? daysBetween(from, day);
  const within = (day: number) => day >= 0 && day < days;
  const bidAt = new Map<number, Bid>();
  const bidsOf = artists.map((): { venue: number; bid: Bid }[] => []);
  const freeAt = new Map<Bid, Int16Array>();
  for (const bid of bids) {
    const [artist, venue] = [artistAt.get(bid.artist) ?? assert.fail('a bid is for an artist of the question'), venueAt.get(bid.venue) ?? assert.fail('a bid is of a venue of the question')];
    const key = artist * venues.length + venue;
    assert(!bidAt.has(key), 'a venue bids once for an artist');
    bidAt.set(key, bid);
    (bidsOf[artist] ?? assert.fail()).push({ venue, bid });
    freeAt.set(bid, Int16Array.from(bid.days, dayAt).filter(within).sort());
  }
  const busy = artists.map((artist) => {
    const taken = new Uint8Array(days);
    for (const day of artist.busy) if (within(dayAt(day))) taken[dayAt(day)] = 1;
    return taken;
  });
  const friday = Uint8Array.from(dates, (day) => ([5, 6].includes(fromDay(day).getUTCDay()) ? 1 : 0));
  return { artistAt, venueAt, bidAt, bidsOf, freeAt, busy, friday, dates };
}

function laid(question: Question): Ground {
  const index = indexOf(question);
  const { from, artists, venues } = question;
  const { artistAt, venueAt } = index;
  const days = index.friday.length;
  const dayAt = (day: Day) => daysBetween(from, day);
  const within = (day: number) => day >= 0 && day < days;
  const ground: Ground = { ...index, question, days, fixed: [], full: new Set(), holidays: new Map(), forbidden: new Set(question.forbidden.map(({ artist, venue, day }) => `${artistAt.get(artist) ?? -1} ${venueAt.get(venue) ?? -1} ${day === null ? '*' : dayAt(day)}`)) };
  const fixed = artists.map((artist, a) => artist.fixed.map(({ id, day, place, capacity, priceMinor, loadIn, ends, venue, exclusive }): Call => ({
    artist: a, venue: venue === null ? -1 : venueAt.get(venue) ?? -1, day: dayAt(day), place, capacity, loadIn, ends, priceMinor, commissionMinor: commissionOf(artist, priceMinor), ...wishesOf(ground, { place, capacity }, dayAt(day)), exclusive, fixed: id,
  })).filter(({ day }) => within(day)).sort((one, other) => one.day - other.day));
  const there = new Map<string, number>();
  for (const { venue, day } of fixed.flat()) if (venue >= 0) there.set(`${venue} ${day}`, (there.get(`${venue} ${day}`) ?? 0) + 1);
  return { ...ground, fixed, full: new Set([...there].filter(([key, n]) => n >= (venues[Number(key.split(' ')[0])]?.stages ?? 1)).map(([key]) => key)) };
}

const commissionOf = ({ commissionBps }: Artist, priceMinor: number): number => Math.round((priceMinor * commissionBps) / 10_000);

/** A show of an artist at a venue on a day, whether a rule lets it be or not; null without a bid. */
export function callOf(ground: Ground, artist: number, venue: number, day: number): Call | null {
  const bid = ground.bidAt.get(keyOf(ground, artist, venue));
  const [who, where] = [ground.question.artists[artist], ground.question.venues[venue]];
  return bid && who && where ? made(ground, { artist, venue, day, bid, who, where }) : null;
}

function made(ground: Ground, { artist, venue, day, bid, who, where }: { artist: number; venue: number; day: number; bid: Bid; who: Artist; where: Venue }): Call {
  const { place, capacity, loadIn, ends, exclusive } = where;
  const priceMinor = (bid.prices && bid.prices[dateOf(ground, day)]) ?? bid.priceMinor;
  return { artist, venue, day, place, capacity, loadIn, ends, priceMinor, commissionMinor: commissionOf(who, priceMinor), ...wishesOf(ground, where, day), exclusive, fixed: null };
}

/** Shows of an artist that the rules of one show let be: the venue is free and has a stage left, the artist is free, nothing is forbidden, the price is not below the floor, no show that stands excludes it. */
export function callsOf(ground: Ground, artist: number): Call[] {
  return (ground.bidsOf[artist] ?? []).flatMap(({ venue, bid }) => callsOfBid(ground, { artist, venue, bid, from: 0, until: ground.days - 1 }));
}

/** Those of one bid, from a day to another, both included. */
export function callsOfBid(ground: Ground, { artist, venue, bid, from, until }: { readonly artist: number; readonly venue: number; readonly bid: Bid; readonly from: number; readonly until: number }): Call[] {
  const { question, forbidden } = ground;
  const [who, where] = [question.artists[artist] ?? assert.fail(), question.venues[venue] ?? assert.fail()];
  const [busy, fixed] = [ground.busy[artist] ?? assert.fail(), ground.fixed[artist] ?? assert.fail()];
  if (forbidden.has(`${artist} ${venue} *`) || fixed.some((one) => one.venue === venue)) return [];
  const calls: Call[] = [];
  for (const day of ground.freeAt.get(bid) ?? []) {
    if (day < from) continue;
    if (day > until) break;
    if (busy[day] || ground.full.has(`${venue} ${day}`) || (forbidden.size > 0 && forbidden.has(`${artist} ${venue} ${day}`)) || fixed.some((one) => Math.abs(one.day - day) < question.limits.leastGap)) continue;
    const call = made(ground, { artist, venue, day, bid, who, where });
    if (call.priceMinor - call.commissionMinor >= who.floorMinor && fixed.every((one) => excludes(ground, one, call) === null)) calls.push(call);
  }
  return calls;
}

/** The show of a visit; null for whoever or wherever the question does not name together. */
export function callAt(ground: Ground, { artist, venue, day }: Visit): Call | null {
  return callOf(ground, ground.artistAt.get(artist) ?? -1, ground.venueAt.get(venue) ?? -1, daysBetween(ground.question.from, day));
}

/** The names of the shows that are pinned, as far as somebody bids for them. */
export const pinnedOf = (ground: Ground): ReadonlySet<string> => new Set(ground.question.pins.flatMap((pin) => { const call = callAt(ground, pin); return call ? [nameOf(call)] : []; }));

/** A show as others name it. A show at none of the venues has its own name for one. */
export const visitOf = (ground: Ground, { artist, venue, day, fixed }: Call): Visit => ({ artist: ground.question.artists[artist]?.id ?? '', venue: ground.question.venues[venue]?.id ?? fixed ?? '', day: dateOf(ground, day) });

/** A day by name, one outside of the period too. */
export const dateOf = ({ dates, question }: Pick<Ground, 'dates' | 'question'>, day: number): Day => dates[day] ?? addDays(question.from, day);

/** How far two shows are apart and by which rule they exclude each other; null when they do not. */
export function excludes({ question: { spots } }: Ground, one: Call, other: Call): { readonly km: number; readonly rule: Exclusive; readonly by: Call } | null {
  if (one.artist !== other.artist) return null;
  const apart = Math.abs(one.day - other.day);
  const by = [one, other].filter(({ exclusive }) => exclusive && apart <= exclusive.days);
  const [here, there] = [spots[one.place], spots[other.place]];
  if (by.length === 0 || !here || !there) return null;
  const km = kilometres(here, there);
  const call = by.find(({ exclusive }) => exclusive && km < exclusive.km);
  return call?.exclusive ? { km, rule: call.exclusive, by: call } : null;
}

/** In how many days of one venue's show another's cannot be, by the longer of their rules; -1 when neither minds the other. */
export function excludedDays(ground: Ground, one: Call, other: Call): number {
  const own = [one, other].flatMap(({ exclusive }) => exclusive ?? []);
  return own.length === 0 ? -1 : own.sort((a, b) => b.days - a.days).find(({ days }) => excludes(ground, { ...one, day: 0 }, { ...other, day: days }) !== null)?.days ?? -1;
}

/** What the weights make of a day at a place: a Friday or a Saturday, holidays of schools and of everybody. */
function wishesOf(ground: Ground, { place, capacity }: { readonly place: number; readonly capacity: number }, day: number) {
  const { question: { weights, spots }, friday } = ground;
  const spot = spots[place];
  const zone = spot && capacity < HOLIDAY_SEATS && weights.schoolHolidays > 0 ? zoneOf(spot.insee) : null;
  return {
    weekend: friday[day] ? weights.weekend : 0,
    schoolHolidays: zone && holidaysOf(ground, zone, (date) => isSchoolHoliday(zone, date) === true)[day] ? -weights.schoolHolidays : 0,
    publicHolidays: spot && holidaysOf(ground, spot.country, (date) => publicHolidays(spot.country, Number(date.slice(0, 4))).includes(date))[day] ? -weights.publicHolidays : 0,
  };
}

function holidaysOf({ question: { from }, days, holidays }: Ground, whose: string, on: (date: Day) => boolean): Uint8Array {
  const known = holidays.get(whose) ?? Uint8Array.from(daysFrom(from, days), (date) => (on(date) ? 1 : 0));
  holidays.set(whose, known);
  return known;
}

/** What a show brings before anybody drives: its price without the commission, and what the weights make of its day. */
export const worthOfCall = (call: Call): number => call.priceMinor - call.commissionMinor + call.weekend + call.schoolHolidays + call.publicHolidays;
