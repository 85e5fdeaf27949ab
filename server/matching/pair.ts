import { EARTH_KM } from '../roads/crow.ts';
import { bits, horizon, unknown, words, type ArtistColumns, type PlaceColumns } from './columns.ts';
import type { Party } from './score.ts';

/** What is so for every pair: the calendar, how near genres are, and how much is on where. It crosses to threads as it is. */
export interface World {
  /** The weekday of the calendar's first day, 1 (Monday) to 7. */
  readonly weekday: number;
  /** The month of each day of the calendar, 0 to 11. */
  readonly months: Uint8Array;
  /** Days on which schools of each zone are on holiday, by zone and word; and days of which it is known. */
  readonly schools: Uint32Array;
  readonly schoolsKnown: Uint32Array;
  /** Public holidays and their eves, by country and word. */
  readonly feasts: Uint32Array;
  /** How near two genres are, 0 to 1: `kin[a * genres + b]`. */
  readonly kin: Float32Array;
  readonly genres: number;
  /** Shows announced, by square of the map and day; 255 is that many or more. */
  readonly events: Uint8Array;
}

/** What one search asks of every pair. */
export interface Quest {
  /** Today, as a day of the calendar. */
  readonly today: number;
  /** The days that are asked for, or all from today on. */
  readonly days: Uint32Array;
  /** Whether days were asked for. */
  readonly asked: boolean;
  /** How many shows are to be. */
  readonly shows: number;
  /** Who seeks: on days that it asks for it is free. */
  readonly seeker: Party;
  /** By the row of the one who is sought: how well shows went between the two, 0 to 1, and how many there were. */
  readonly past: ReadonlyMap<number, { readonly went: number; readonly shows: number }>;
  /** Rows of those that are not to meet: one hid the other, or is suspended. */
  readonly apart: ReadonlySet<number>;
}

/** An artist and a place that are compared, and what both their rows say once they have met. One is used for many pairs, one after another. */
export interface Pair {
  readonly A: ArtistColumns;
  readonly P: PlaceColumns;
  a: number;
  p: number;
  readonly world: World;
  readonly quest: Quest;
  /** The row of the one who is sought. */
  sought: number;
  /** Kilometres as the crow flies; NaN when one lies nowhere. */
  km: number;
  /** Days free for both. */
  sure: number;
  /** The day that both would take: the first that suits, as a day of the calendar; -1 when none is known. */
  day: number;
  /** Promises not to play so near take days away, and none is left. */
  shut: boolean;
  /** The days that they take. */
  readonly closed: Int32Array;
  /** Shows of the artist next to that day, as `showsAround` found them. */
  readonly around: Around;
  /** The calendar of the one who seeks. */
  readonly own: OwnDays;
}

/** An artist's shows next to a day: days between, and where; -1 when there is none within a fortnight. `found` is false until somebody looked. */
interface Around {
  found: boolean;
  before: number;
  after: number;
  beforeAt: number;
  afterAt: number;
}

const rad = Math.PI / 180;

/** Kilometres of a squared chord of the unit sphere. Under two thousand of them by the arc sine's series, exact to a millimetre. */
function kmOf(squared: number): number {
  const h = Math.sqrt(squared) / 2;
  if (h > 0.15) return 2 * EARTH_KM * Math.asin(Math.min(1, h));
  const q = h * h;
  return 2 * EARTH_KM * h * (1 + q * (1 / 6 + q * (3 / 40 + q * (15 / 336 + q * (105 / 3_456 + (q * 945) / 42_240)))));
}

/** A pair that has not met. */
export const openPair = (sides: Pick<Pair, 'A' | 'P' | 'world' | 'quest'>): Pair =>
  ({ ...sides, a: 0, p: 0, sought: 0, km: NaN, sure: 0, day: -1, shut: false, closed: new Int32Array(words), around: { found: false, before: -1, after: -1, beforeAt: -1, afterAt: -1 }, own: { row: -1, open: new Int32Array(words), both: new Int32Array(words), weekend: new Int32Array(words) } });

/** Reckons what several criteria need of a pair: how far apart, and which days. */
export function meet(pair: Pair): void {
  const { A, P, a, p } = pair;
  const x = (A.x[a] ?? 0) - (P.x[p] ?? 0);
  const y = (A.y[a] ?? 0) - (P.y[p] ?? 0);
  const z = (A.z[a] ?? 0) - (P.z[p] ?? 0);
  pair.km = kmOf(x * x + y * y + z * z);
  meetDays(pair);
  pair.around.found = false;
}

function meetDays(pair: Pair): void {
  const { A, P, quest } = pair;
  const { both, open, weekend } = ownDays(pair);
  const placeSeeks = quest.seeker === 'place';
  const free = placeSeeks ? A.free : P.free;
  const busy = placeSeeks ? A.busy : P.busy;
  const soonest = soonestOf(pair);
  const from = (placeSeeks ? pair.a : pair.p) * words;
  const closed = closedDays(pair);
  let sure = 0;
  let day = -1;
  let best = false;
  // The best day: sure before possible, a Friday or a Saturday before another, and then the first.
  for (let w = soonest >>> 5, mask = ~0 << (soonest & 31); w < words; w += 1, mask = ~0) {
    const set = (both[w] ?? 0) & mask & (free[from + w] ?? 0) & ~(busy[from + w] ?? 0) & ~(closed?.[w] ?? 0);
    if (set === 0) continue;
    sure += bits(set);
    if (best) continue;
    const liked = set & (weekend[w] ?? 0);
    if (liked !== 0) {
      day = firstOf(liked, w);
      best = true;
    } else if (day < 0) day = firstOf(set, w);
  }
  for (let w = soonest >>> 5, mask = ~0 << (soonest & 31); sure === 0 && w < words; w += 1, mask = ~0) {
    const set = (open[w] ?? 0) & mask & ~(busy[from + w] ?? 0) & ~(closed?.[w] ?? 0);
    if (set === 0) continue;
    const liked = set & (weekend[w] ?? 0);
    if (liked !== 0) {
      day = firstOf(liked, w);
      break;
    }
    if (day < 0) day = firstOf(set, w);
  }
  pair.sure = sure;
  pair.day = day;
  pair.shut = closed !== null && day < 0;
}

/** The days on which the artist promised not to play so near; null when there is no such promise. */
function closedDays(pair: Pair): Int32Array | null {
  const { A, a, closed } = pair;
  if (A.nearKm[a * 2] === unknown.u16) return null;
  let any = false;
  for (let i = a * 2, end = i + 2; i < end; i += 1) {
    const km = A.nearKm[i] ?? unknown.u16;
    if (km === unknown.u16 || kmTo(pair, A.nearLat[i] ?? 0, A.nearLng[i] ?? 0) >= Math.max(1, km)) continue;
    if (!any) closed.fill(0);
    any = true;
    for (let day = A.nearFrom[i] ?? 0, last = Math.min(horizon - 1, A.nearUntil[i] ?? 0); day <= last; day += 1) closed[day >>> 5] = (closed[day >>> 5] ?? 0) | (1 << (day & 31));
  }
  return any ? closed : null;
}

const firstOf = (set: number, word: number): number => word * 32 + 31 - Math.clz32(set & -set);

/** The first day that counts: where none is asked for, those that come sooner than either needs notice are none. */
const soonestOf = ({ A, P, a, p, quest }: Pair): number => (quest.asked ? 0 : Math.min(horizon - 1, quest.today + Math.max(noticeOf(A.lead[a]), noticeOf(P.lead[p]))));

/** The days of the one who seeks, reckoned once a search: those on which it can, those on which it surely can, and the weekends. */
interface OwnDays {
  row: number;
  readonly open: Int32Array;
  readonly both: Int32Array;
  readonly weekend: Int32Array;
}
function ownDays(pair: Pair): OwnDays {
  const { A, P, own, quest, world } = pair;
  const row = quest.seeker === 'place' ? pair.p : pair.a;
  if (own.row === row) return own;
  const side = quest.seeker === 'place' ? P : A;
  for (let w = 0; w < words; w += 1) {
    const open = (quest.days[w] ?? 0) & ~(side.busy[row * words + w] ?? 0);
    own.open[w] = open;
    // On days that it asks for it is free.
    own.both[w] = quest.asked ? open : open & (side.free[row * words + w] ?? 0);
    own.weekend[w] = weekends[(world.weekday + w * 32 - 1) % 7] ?? 0;
  }
  own.row = row;
  return own;
}

/** How many days both may be free, those on which they surely are included. */
export function possibleDays(pair: Pair): number {
  const { open } = ownDays(pair);
  const placeSeeks = pair.quest.seeker === 'place';
  const busy = placeSeeks ? pair.A.busy : pair.P.busy;
  const soonest = soonestOf(pair);
  const closed = closedDays(pair);
  let possible = 0;
  for (let w = soonest >>> 5, at = (placeSeeks ? pair.a : pair.p) * words + w, mask = ~0 << (soonest & 31); w < words; w += 1, at += 1, mask = ~0) possible += bits((open[w] ?? 0) & mask & ~(busy[at] ?? 0) & ~(closed?.[w] ?? 0));
  return possible;
}

const noticeOf = (days: number | undefined): number => (days === undefined || days === unknown.u16 ? 0 : days);

/** Fridays and Saturdays of a word whose first day is a Monday, a Tuesday, and so on. */
const weekends = Uint32Array.from({ length: 7 }, (_, first) => Array.from({ length: 32 }, (_one, i) => i).reduce((set, i) => ((first + i) % 7 === 4 || (first + i) % 7 === 5 ? (set | (1 << i)) >>> 0 : set), 0));

/** Days beyond which one show has nothing to do with another. */
const fortnight = 14;

/** The artist's shows around the day of a pair. Few pairs come so far that somebody asks. */
export function showsAround({ A, a, day, around }: Pair): Around {
  if (around.found) return around;
  around.found = true;
  around.before = -1;
  around.after = -1;
  for (let i = a * 6, end = i + 6; day >= 0 && i < end; i += 1) {
    const at = A.showDay[i] ?? unknown.u16;
    if (at === unknown.u16) break;
    const days = at - day;
    if (days <= 0 && -days <= fortnight && (around.before < 0 || -days < around.before)) { around.before = -days; around.beforeAt = i; }
    if (days > 0 && days <= fortnight && (around.after < 0 || days < around.after)) { around.after = days; around.afterAt = i; }
  }
  return around;
}

/* Sines of every hundredth of a degree from -180 to 180: points are kept so, and are asked for by the million. */
const half = 18_000;
const sines = Float64Array.from({ length: 4 * half + 1 }, (_, i) => Math.sin(((i - 2 * half) / 100) * rad));
const sine = (centi: number): number => sines[centi + 2 * half] ?? 0;
const cosine = (centi: number): number => sines[9_000 - Math.abs(centi) + 2 * half] ?? 0;

/** The square of the chord between a place's row and a point in hundredths of a degree, on the unit sphere. */
export function chordTo({ P, p }: Pair, lat: number, lng: number): number {
  const flat = cosine(lat);
  const x = flat * cosine(lng) - (P.x[p] ?? 0);
  const y = flat * sine(lng) - (P.y[p] ?? 0);
  const z = sine(lat) - (P.z[p] ?? 0);
  return x * x + y * y + z * z;
}

/** The square of the chord that `km` are. */
export const chordOf = (km: number): number => (2 * Math.sin(Math.min(Math.PI / 2, km / EARTH_KM / 2))) ** 2;

/** Kilometres between a place's row and a point in hundredths of a degree. */
export const kmTo = (pair: Pair, lat: number, lng: number): number => kmOf(chordTo(pair, lat, lng));

/** The day of the calendar's weekday, 1 (Monday) to 7. */
export const weekdayOf = (world: World, day: number): number => ((world.weekday - 1 + day) % 7) + 1;

/** Whether a bit of a calendar is set; of days beyond it, not. */
export const isSet = (calendar: Uint32Array, row: number, day: number): boolean => day >= 0 && day < horizon && (((calendar[row * words + (day >>> 5)] ?? 0) >>> (day & 31)) & 1) === 1;

/** How near two lists of genres are: the nearest pair. NaN when one is empty. */
export function nearest(world: World, own: Uint16Array, at: { readonly own: number; readonly other: number; readonly others: Uint16Array }): number {
  const { kin, genres } = world;
  let best = NaN;
  for (let i = at.own * 4, end = i + 4; i < end; i += 1) {
    const a = own[i] ?? unknown.u16;
    if (a === unknown.u16) break;
    for (let j = at.other * 4, last = j + 4; j < last; j += 1) {
      const b = at.others[j] ?? unknown.u16;
      if (b === unknown.u16) break;
      const near = kin[a * genres + b] ?? 0;
      if (!(near <= best)) best = near;
    }
  }
  return best;
}
