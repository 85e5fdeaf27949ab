import { COUNTRIES, unknown, words, ZONES } from '../columns.ts';
import { curve } from '../curve.ts';
import { PLACE_KINDS } from '../filters.ts';
import { isSet, kmTo, possibleDays, showsAround, weekdayOf, type Pair } from '../pair.ts';
import { capacityOf, known, nameOf, type Thing } from './thing.ts';

/** Whether anything at all was said of an artist's days, or a place's. */
function saidDays(calendar: Uint32Array, row: number): boolean {
  for (let w = row * words, end = w + words; w < end; w += 1) if ((calendar[w] ?? 0) !== 0) return true;
  return false;
}
// Who marks other days than the other side has said no more against a date than who marks none: the rest of the year is to be talked about.
const many = curve([[0, 0.5], [1, 0.55], [5, 0.75], [20, 1]]);

/** Of days asked for: as many that are free for both as there are to be shows. Else how many there are at all. */
function common(pair: Pair): number {
  const { quest, sure } = pair;
  if (quest.asked) return sure >= quest.shows ? 1 : (sure + 0.6 * Math.min(possibleDays(pair) - sure, quest.shows - sure)) / quest.shows;
  return saidDays(pair.A.free, pair.a) && saidDays(pair.P.free, pair.p) ? many(sure) : NaN;
}

const feastRow = (country: number | undefined): number => Math.min(country ?? COUNTRIES.length - 1, COUNTRIES.length - 1);
const isFeast = ({ P, p, day, world }: Pair): boolean => isSet(world.feasts, feastRow(P.country[p]), day);

/** A day that both like; where nobody said, Fridays and Saturdays, then Thursdays and Sundays. */
function weekday(pair: Pair): number {
  const { A, a, P, p, day, world } = pair;
  if (day < 0) return NaN;
  const bit = 1 << (weekdayOf(world, day) - 1);
  const [artist, place] = [A.weekdays[a] ?? 0, P.weekdays[p] ?? 0];
  const usual = usually[weekdayOf(world, day) - 1] ?? 0;
  return (liked(artist, bit, usual) + liked(place, bit, usual)) / 2;
}
const liked = (set: number, bit: number, usual: number): number => (set === 0 ? usual : (set & bit) !== 0 ? 1 : 0.15);
const usually = [0.2, 0.25, 0.35, 0.65, 1, 1, 0.55];

const houseMost = 1_000;
/** School holidays empty a house of under a thousand and fill a campsite (criterion 21). */
function schools({ P, p, day, world }: Pair): number {
  const zone = P.zone[p] ?? unknown.u8;
  if (day < 0 || zone === unknown.u8 || !isSet(world.schoolsKnown, zone, day)) return NaN;
  const holiday = isSet(world.schools, zone, day);
  const kind = nameOf(PLACE_KINDS, P.kind[p]);
  if (kind === 'campsite' || kind === 'hotel') return holiday ? 1 : 0.3;
  if (kind === 'festival' || kind === 'town' || kind === 'outdoor') return holiday ? 0.8 : 0.6;
  const holds = P.capacity[p] ?? unknown.u16;
  if (holds === unknown.u16) return NaN;
  return holds < houseMost && holiday ? 0.25 : 0.9;
}

// Two to three days between dates is best (criterion 23); the day after a show is work.
const rest = curve([[0, 0], [1, 0.45], [2, 1], [3, 1], [7, 0.8], [14, 0.6]]);
/** Days to the nearest show of the artist; NaN when there is none within a fortnight. */
function gap(pair: Pair): number {
  const { before, after } = showsAround(pair);
  return before < 0 ? (after < 0 ? NaN : after) : after < 0 ? before : Math.min(before, after);
}

/** The nearest show of the artist around the day, in kilometres from the place; NaN without one. */
function neighbourKm(pair: Pair): number {
  const { A } = pair;
  const { before, after, beforeAt, afterAt } = showsAround(pair);
  const one = before < 0 ? NaN : kmTo(pair, A.showLat[beforeAt] ?? 0, A.showLng[beforeAt] ?? 0);
  const other = after < 0 ? NaN : kmTo(pair, A.showLat[afterAt] ?? 0, A.showLng[afterAt] ?? 0);
  return Number.isNaN(one) ? other : Number.isNaN(other) ? one : Math.min(one, other);
}
/** Days from one show to the next that the artist wants; two where it did not say. */
const wanted = ({ A, a }: Pair): number => { const said = known(A.rest[a], unknown.u8); return Number.isNaN(said) ? 2 : said; };
const legDays = curve([[1, 1], [3, 1], [7, 0.4], [14, 0]]);
const legKm = curve([[50, 1], [250, 0.9], [500, 0.4], [1_000, 0.1]]);
const leg = (pair: Pair): number => Math.min(legDays(gap(pair)), legKm(neighbourKm(pair)));

/** Days until the day, against the notice that both need. */
const notice = ({ A, a, P, p }: Pair): number => {
  const [one, other] = [known(A.lead[a], unknown.u16), known(P.lead[p], unknown.u16)];
  return Number.isNaN(one) ? other : Number.isNaN(other) ? one : Math.max(one, other);
};
const early = curve([[0.25, 0], [1, 0.9], [1.5, 1]]);
const ahead = ({ day, quest }: Pair): number => (day < 0 ? NaN : day - quest.today);
const lead = (pair: Pair): number => (notice(pair) === 0 ? 1 : early(ahead(pair) / notice(pair)));

/** When both could (criteria 18 to 24 of domain/matching.md, read 2026-11-21). */
export const dates = {
  common_dates: { prior: 0.5, degree: common, figures: (pair) => ({ free: pair.sure, possible: possibleDays(pair), shows: pair.quest.shows, asked: pair.quest.asked ? 1 : 0, day: pair.day }) },
  weekday: { prior: 0.5, degree: weekday, figures: ({ day }) => ({ day }) },
  tour_window: { prior: 0.4, of: 'artist', degree: leg, figures: (pair) => ({ day: pair.day, days: gap(pair), km: Math.round(neighbourKm(pair)) }) },
  school_holidays: { prior: 0.6, of: 'place', degree: schools, figures: (pair) => ({ day: pair.day, zone: nameOf(ZONES, pair.P.zone[pair.p]), holiday: isSet(pair.world.schools, pair.P.zone[pair.p] ?? 0, pair.day) ? 1 : 0, capacity: Number.isNaN(capacityOf(pair)) ? 0 : capacityOf(pair) }) },
  feasts: { prior: 0.5, degree: (pair) => (pair.day < 0 || pair.P.country[pair.p] === unknown.u8 ? NaN : isFeast(pair) ? 1 : 0.5), figures: (pair) => ({ day: pair.day, feast: isFeast(pair) ? 1 : 0, country: nameOf(COUNTRIES, pair.P.country[pair.p]) }) },
  rest: { prior: 0.6, of: 'artist', degree: (pair) => rest((gap(pair) * 2) / Math.max(1, wanted(pair))), figures: (pair) => ({ days: gap(pair), wanted: wanted(pair) }) },
  lead: { prior: 0.7, degree: lead, figures: (pair) => ({ days: ahead(pair), needed: notice(pair), day: pair.day }) },
} as const satisfies Record<string, Thing>;

/** On none of the days asked for can both; where none were asked for, on none that the calendar knows. */
export const noCommonDay = ({ day, shut }: Pair): boolean => day < 0 && !shut;
