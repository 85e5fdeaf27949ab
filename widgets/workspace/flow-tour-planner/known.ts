import { daysAfter } from '../../parts/days.ts';
import { kilometres, NEAR_KM } from '../../parts/near-by.ts';
import type { Answer, Artist, Bid, Demand, Edit, Festival, Leg, Plan, Scenario, Sent, Spot, Stop, Tour, Unused, Venue, Visit, Weights, Why } from './model.ts';

/* What the plan holds, by id, and what can be reckoned on the page while the server answers. */

/** How an artist is drawn, everywhere: by a colour that reads well for who sees few of them, and by a dash. */
export interface Look { readonly tone: string; readonly dash: readonly number[] }

const TONES = 6;
const DASHES: readonly (readonly number[])[] = [[], [3, 1.5], [1, 1], [5, 1.5, 1, 1.5], [7, 2]];

/** The plan by its ids. */
export interface Known {
  readonly artist: (id: string) => Artist | undefined;
  readonly venue: (id: string) => Venue | undefined;
  readonly spot: (place: number) => Spot | undefined;
  readonly bid: (artist: string, venue: string) => Bid | undefined;
  readonly look: (artist: string) => Look;
}

/** Indexes a plan once. */
export function knownOf({ artists, venues, bids, spots }: Plan): Known {
  const artist = new Map(artists.map((one) => [one.id, one]));
  const venue = new Map(venues.map((one) => [one.id, one]));
  const bid = new Map(bids.map((one) => [`${one.artist} ${one.venue}`, one]));
  const look = new Map(artists.map(({ id }, at) => [id, { tone: `t${at % TONES}`, dash: DASHES[(at + Math.floor(at / TONES)) % DASHES.length] ?? [] }]));
  return {
    artist: (id) => artist.get(id), venue: (id) => venue.get(id), spot: (place) => spots[place], bid: (who, where) => bid.get(`${who} ${where}`),
    look: (id) => look.get(id) ?? { tone: 't0', dash: [] },
  };
}

/** A stop's name among the others: it stays when the day moves. */
export const nameOf = ({ artist, venue, day }: Visit): string => `${artist} ${venue} ${day}`;

/** Whether two visits are the same. */
export const same = (one: Visit, other: Visit): boolean => one.artist === other.artist && one.venue === other.venue && one.day === other.day;

/** What is reckoned once from a tour, and found again for as long as the tour stands: a year of twenty-five artists is drawn at each step of a scroll. */
function once<From extends object, What>(reckon: (from: From) => What): (from: From) => What {
  const kept = new WeakMap<From, What>();
  return (from) => {
    const known = kept.get(from) ?? reckon(from);
    kept.set(from, known);
    return known;
  };
}

const byArtist = once((stops: readonly Stop[]) => {
  const all = new Map<string, Stop[]>();
  for (const stop of stops) {
    const own = all.get(stop.artist);
    if (own) own.push(stop);
    else all.set(stop.artist, [stop]);
  }
  return new Map([...all].map(([artist, own]) => [artist, byDay(own)]));
});
const legs = once((tour: Tour) => new Map(tour.legs.map((leg) => [`${leg.artist} ${leg.to ?? ''}`, leg])));
const wrong = once((tour: Tour) => new Set(tour.conflicts.flatMap(({ stops }) => stops.flatMap((stop) => (stop ? [nameOf(stop)] : [])))));

const basins = once((tour: Tour) => new Map(tour.basins.flatMap(({ name, places }, at) => places.map((place) => [place, { name, tone: `t${at % TONES}` }] as const))));

/** The basin in which a place lies, by the town that names it, and its colour. */
export const basinOf = (tour: Tour, place: number): { readonly name: string; readonly tone: string } | undefined => basins(tour).get(place);

/** How far out of the way a stop may be that the page proposes, in metres, and how much it may cost, in minor units: our own measure of what is worth a look (CL-05). */
const ON_THE_WAY = { metres: 60_000, losesMinor: 5_000, most: 3 } as const;

/** What could be played on a free day between two dates of its artist, the best first, one a day and three at most. */
export function suggestedOf(why: Why, stops: readonly Stop[]): readonly (Unused & { readonly best: NonNullable<Unused['best']> })[] {
  const taken = new Set<string>();
  return why.unused.flatMap((one) => (one.best ? [{ ...one, best: one.best }] : [])).filter(({ artist, best }) => {
    const own = stopsOf(stops, artist);
    return best.instead.length === 0 && best.detourMetres <= ON_THE_WAY.metres && best.losesMinor <= ON_THE_WAY.losesMinor && own.some(({ day }) => day < best.day) && own.some(({ day }) => day > best.day);
  }).sort((one, other) => one.best.losesMinor - other.best.losesMinor || one.best.detourMetres - other.best.detourMetres)
    .filter(({ artist, best }) => { const day = `${artist} ${best.day}`; return !taken.has(day) && taken.add(day); }).slice(0, ON_THE_WAY.most);
}

/** Stops in order of days. */
export const byDay = <One extends { readonly day: string }>(stops: readonly One[]): readonly One[] => [...stops].sort((a, b) => a.day.localeCompare(b.day));

/** The stops of an artist, in order of days. */
export const stopsOf = (stops: readonly Stop[], artist: string): readonly Stop[] => byArtist(stops).get(artist) ?? [];

/** The way that leads to a stop. */
export const legTo = (tour: Tour, { artist, day }: Visit): Leg | undefined => legs(tour).get(`${artist} ${day}`);

/** Whether a stop has part in a conflict. */
export const isWrong = (tour: Tour, visit: Visit): boolean => wrong(tour).has(nameOf(visit));

/** Days of an artist's runs, so that twenty busy days in a row are one thing to draw. */
export function runs(days: readonly string[]): readonly { readonly from: string; readonly days: number }[] {
  const out: { from: string; days: number }[] = [];
  for (const day of [...days].sort()) {
    const last = out.at(-1);
    if (last && daysAfter(last.from, last.days) === day) last.days += 1;
    else out.push({ from: day, days: 1 });
  }
  return out;
}

/** How many people asked for an artist in the towns near a place: who is told when there is a date. */
export function wantedNear(wants: readonly Demand[], artist: string, spot: Spot | undefined): { readonly fans: number; readonly organisers: number } {
  const near = spot ? wants.filter((town) => town.artist === artist && kilometres(town, spot) <= NEAR_KM) : [];
  return { fans: near.reduce((sum, { fans }) => sum + fans, 0), organisers: near.reduce((sum, { organisers }) => sum + organisers, 0) };
}

/** The festivals of a day near a place, the nearest first, with their distance in whole kilometres. */
export function festivalsNear(events: readonly Festival[], spot: Spot | undefined, day: string): readonly { readonly event: Festival; readonly km: number }[] {
  if (!spot) return [];
  return events.flatMap((event) => (event.lat === null || event.lng === null || day < event.from || day > event.until ? [] : [{ event, km: Math.round(kilometres({ lat: event.lat, lng: event.lng }, spot)) }]))
    .filter(({ km }) => km <= NEAR_KM).sort((one, other) => one.km - other.km);
}

/** Things of several days in rows, so that none lies over another; three rows at most, and what finds no room is left to the words below. */
export function rowsOf<T extends { readonly from: string; readonly until: string }>(things: readonly T[]): readonly (readonly T[])[] {
  const rows: T[][] = [];
  for (const thing of [...things].sort((one, other) => one.from.localeCompare(other.from))) {
    const row = rows.find((one) => (one.at(-1)?.until ?? '') < thing.from);
    if (row) row.push(thing);
    else if (rows.length < 3) rows.push([thing]);
  }
  return rows;
}

/** What is new among the answers to holds: whether anything is, and what a place, or its time, has said of a hold. */
export function answersOf(known: readonly Sent[], now: readonly Answer[]): { readonly changed: boolean; readonly told: readonly Answer[] } {
  const fresh = now.filter((one) => !known.some((before) => same(before, one) && before.state === one.state));
  return { changed: fresh.length > 0 || now.length !== known.length, told: fresh.filter(({ state }) => state !== 'held') };
}

/** What the stops are once an edit is done, as far as the page can tell before the server has answered: where a hand has put them. */
export function ahead(stops: readonly Stop[], edit: Edit, known: Known): readonly Stop[] {
  switch (edit.kind) {
    case 'move': return stops.map((one) => (same(one, edit.visit) ? { ...one, day: edit.to, artist: edit.artist ?? one.artist } : one));
    case 'remove': return stops.filter((one) => !same(one, edit.visit));
    case 'pin': return stops.map((one) => (same(one, edit.visit) ? { ...one, standing: 'pinned' as const } : one));
    case 'unpin': return stops.map((one) => (same(one, edit.visit) ? { ...one, standing: 'planned' as const } : one));
    case 'swap': {
      const [first, second] = edit.visits;
      return stops.map((one) => (same(one, first) ? { ...one, day: second.day } : same(one, second) ? { ...one, day: first.day } : one));
    }
    case 'forbid': return stops.filter((one) => one.artist !== edit.artist || one.venue !== edit.venue || (edit.day !== null && one.day !== edit.day) || one.standing === 'fixed');
    case 'price': return stops.map((one) => (one.artist === edit.artist && one.venue === edit.venue ? { ...one, priceMinor: edit.priceMinor } : one));
    case 'add': {
      const venue = known.venue(edit.visit.venue);
      if (!venue) return stops;
      return [...stops, { ...edit.visit, standing: 'pinned', title: venue.name, place: venue.place, city: known.spot(venue.place)?.city ?? '', capacity: venue.capacity, priceMinor: known.bid(edit.visit.artist, edit.visit.venue)?.priceMinor ?? 0, wishes: {} }];
    }
    case 'allow': case 'hours': case 'limits': case 'rates': case 'weights': return stops;
  }
}

/** The fixed points between which a tour of one artist runs, as corners of a map: home, stops and homes between, home. */
export function wayOf(tour: Tour, artist: string, known: Known): readonly (readonly [lng: number, lat: number])[] {
  const places = tour.legs.filter((leg) => leg.artist === artist).flatMap((leg, at) => (at === 0 ? leg.places : leg.places.slice(1)));
  return places.flatMap((place) => { const spot = known.spot(place); return spot ? [[spot.lng, spot.lat] as const] : []; });
}

/** What is saved against the same shows made otherwise, in hundredths; null when there is nothing to compare with. */
export const savedPart = (logistics: number, against: number): number | null => (against > 0 ? Math.round((100 * (against - logistics)) / against) : null);

/** What the road costs: transport, beds, crew and meals, less what sharing saves. */
export const logisticsOf = ({ sums }: Pick<Tour, 'sums'>): number => sums.transportMinor + sums.lodgingMinor + sums.crewMinor + sums.mealsMinor - sums.sharedMinor;

/** What to aim for, by name: each is a set of prices for the wishes, to be changed one by one after. */
export const AIMS = {
  margin: { spacing: 1_000, weekend: 0, schoolHolidays: 0, publicHolidays: 0, progression: 0, cannibal: 10_000, carbonTonne: 0, hour: 0 },
  driving: { spacing: 3_000, weekend: 5_000, schoolHolidays: 10_000, publicHolidays: 10_000, progression: 0, cannibal: 30_000, carbonTonne: 50_000, hour: 2_500 },
  dates: { spacing: 0, weekend: 0, schoolHolidays: 0, publicHolidays: 0, progression: 0, cannibal: 0, carbonTonne: 0, hour: 0 },
  calm: { spacing: 12_000, weekend: 15_000, schoolHolidays: 15_000, publicHolidays: 15_000, progression: 4_000, cannibal: 30_000, carbonTonne: 10_000, hour: 4_000 },
} as const satisfies Record<string, Weights>;
/** The name of an aim. */
export type Aim = keyof typeof AIMS;

/** The usual prices of the wishes, in minor units, each with the most that its slider offers. */
export const USUAL: Readonly<Record<keyof Weights, readonly [usual: number, most: number]>> = {
  spacing: [3_000, 30_000], weekend: [10_000, 60_000], schoolHolidays: [15_000, 60_000], publicHolidays: [10_000, 60_000], progression: [4_000, 40_000], cannibal: [30_000, 150_000], carbonTonne: [10_000, 100_000], hour: [0, 10_000],
};

/** What the wishes are worth when nobody has said otherwise. */
export const usualWeights: Weights = Object.fromEntries(Object.entries(USUAL).map(([name, [usual]]) => [name, usual])) as unknown as Weights;

/** The change that lifts the rule of a conflict, if one change can; what it would be called is `relax_<name>`. */
export function relaxed(conflict: { readonly rule: string; readonly stops: readonly (Visit | null)[]; readonly minutes?: number; readonly days?: number }, { limits, pins }: Scenario): { readonly name: string; readonly edit: Edit } | null {
  const { rule, stops, minutes = 0, days = 1 } = conflict;
  if (rule === 'drive') return { name: 'drive', edit: { kind: 'limits', limits: { ...limits, driveMinutes: Math.max(limits.driveMinutes, Math.ceil(minutes / 30) * 30) } } };
  if (rule === 'too_close') return { name: 'gap', edit: { kind: 'limits', limits: { ...limits, leastGap: Math.max(1, days) } } };
  if (rule === 'most_shows') return { name: 'most', edit: { kind: 'limits', limits: { ...limits, mostShows: 0 } } };
  const stop = stops.findLast((one) => one !== null);
  if (!stop) return null;
  if (rule === 'forbidden') return { name: 'allow', edit: { kind: 'allow', artist: stop.artist, venue: stop.venue, day: stop.day } };
  const pinned = stops.findLast((one) => one !== null && pins.some((pin) => same(pin, one)));
  return pinned ? { name: 'unpin', edit: { kind: 'unpin', visit: pinned } } : null;
}
