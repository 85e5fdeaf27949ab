import { addDays, daysBetween, daysFrom, minutesOf, type Day } from '../../core/time.ts';
import { kilometres } from '../../roads/crow.ts';
import type { Leg, Stop, Tour } from '../answer.ts';
import { HOME_MINUTES, SETS_OUT, type Artist, type Limits, type Spot, type Venue } from '../question.ts';
import type { Bed, Contact, Drive, Evening, Point, RoadDay, Roadbook, Together } from './book.ts';
import { instantOf, later, momentOf, zoneOf } from './clock.ts';

/** What is known of a place or of its night beyond what a tour is reckoned with; hours are `20:30`, empty where nobody said them. */
export interface Hall { readonly address: string; readonly contact: Contact; readonly technical: string; readonly soundCheck: string; readonly doors: string; readonly starts: string; readonly curfew: string }

/** What a roadbook is made of. `halls` by the id of a venue, a booking or a show, or by `<artist>:<venue>` where it is one artist's; `only` names one artist, null for all. */
export interface Given {
  readonly scenarioId: string;
  readonly plan: string;
  readonly scenario: string;
  readonly version: number;
  readonly currency: string;
  readonly spots: readonly Spot[];
  readonly artists: readonly Pick<Artist, 'id' | 'name' | 'home' | 'people' | 'crew' | 'carriage' | 'fixed'>[];
  readonly venues: readonly Venue[];
  readonly limits: Limits;
  readonly tour: Pick<Tour, 'stops' | 'legs' | 'shared'>;
  readonly halls: ReadonlyMap<string, Hall>;
  readonly money: boolean;
  readonly only: string | null;
}

type Performer = Given['artists'][number];

/** A way of a day or more ends at seven in the evening where nothing waits; and nobody leaves a bed before ten who need not. In minutes after midnight. */
const ARRIVES = 1_140;
const CHECKS_OUT = 600;
/** From home there are always days enough to set out on. */
const FREE = 60;

/** How long a drive takes with its breaks: one whenever `breakAfter` minutes are driven and there is more to drive. */
export function withBreaks(minutes: number, { breakAfter, breakMinutes }: Pick<Limits, 'breakAfter' | 'breakMinutes'>): number {
  return minutes <= 0 ? 0 : minutes + breakMinutes * (breakAfter > 0 ? Math.floor((minutes - 1) / breakAfter) : 0);
}

/** The roadbook of a tour: for every artist every day from the first departure to the return. */
export function roadbookOf(given: Given): Roadbook {
  const artists = given.artists.filter(({ id }) => given.only === null || id === given.only);
  const days = artists.flatMap((artist) => daysOf(given, artist));
  const order = new Map(artists.map(({ id }, i) => [id, i]));
  const { scenarioId, plan, scenario, version, currency, money, tour } = given;
  return {
    scenarioId, plan, scenario, version, currency, money,
    artists: artists.map(({ id, name, people, crew, carriage }) => ({
      id, name, people, crew, vehicle: carriage.kind, shows: tour.stops.filter(({ artist }) => artist === id).length, metres: tour.legs.reduce((sum, { artist, metres }) => sum + (artist === id ? metres : 0), 0),
    })),
    days: days.sort((a, b) => (a.day === b.day ? (order.get(a.artist) ?? 0) - (order.get(b.artist) ?? 0) : a.day < b.day ? -1 : 1)),
  };
}

/** A drive with the day on whose page it stands: that on which it begins, but the way home after a show stands with the show. */
interface Driven { readonly day: Day; readonly drive: Drive }

function daysOf(given: Given, artist: Performer): RoadDay[] {
  const stops = given.tour.stops.filter((stop) => stop.artist === artist.id).sort((a, b) => (a.day < b.day ? -1 : 1));
  const shows = new Map<Day, Evening>();
  // A hand that drags can put two shows on one day: the roads lead to the first, and the second is there to be seen.
  const twice: { readonly day: Day; readonly show: Evening }[] = [];
  const visits = new Map<string, number>();
  for (const stop of stops) {
    const visit = (visits.get(stop.venue) ?? 0) + 1;
    visits.set(stop.venue, visit);
    const show = { ...eveningOf(given, artist, stop), id: visit === 1 ? stop.venue : `${stop.venue}-${visit}` };
    if (shows.has(stop.day)) twice.push({ day: stop.day, show });
    else shows.set(stop.day, show);
  }
  const driven = given.tour.legs.filter((leg) => leg.artist === artist.id).flatMap((leg) => drivesOf({ given, artist, leg, shows }));
  const marks = [...shows.keys(), ...driven.map(({ day }) => day)].sort();
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const home = pointOf(given, artist, artist.home, '');
  let where = home;
  return daysFrom(first, daysBetween(first, last) + 1).flatMap((day): RoadDay[] => {
    const today = driven.filter((one) => one.day === day);
    const show = shows.get(day) ?? null;
    const began = where;
    const stands = show && show.at.lat === home.lat && show.at.lng === home.lng ? home : show?.at;
    const onwards = today.findLast(({ drive }) => show === null || drive.leaves.at >= show.loadIn.at);
    where = onwards?.drive.to ?? stands ?? where;
    const kind = show ? 'show' : today.length > 0 ? 'travel' : began.kind === 'home' ? 'home' : 'off';
    const one: RoadDay = { artist: artist.id, day, kind, drives: today.map(({ drive }) => drive), show, bed: bedAt(where, artist.people), shared: sharedOn(given, artist.id, day) };
    return [one, ...twice.filter((more) => more.day === day).map((more) => ({ ...one, drives: [], show: more.show, bed: null, shared: [] }))];
  });
}

const bedAt = ({ kind, city, country }: Point, people: number): Bed | null => (kind === 'home' ? null : { kind: kind === 'road' ? 'road' : 'town', city, country, people });

function sharedOn({ tour, artists }: Given, artist: string, day: Day): Together[] {
  return tour.shared.filter(({ from, to, parts }) => from <= day && day <= to && parts.some((part) => part.artist === artist))
    .map(({ what, parts }) => ({ what, with: parts.filter((part) => part.artist !== artist).map((part) => artists.find(({ id }) => id === part.artist)?.name ?? '').filter(Boolean) }));
}

const nowhere: Spot = { lat: 0, lng: 0, city: '', country: '', insee: '' };
const spotAt = ({ spots }: Given, place: number): Spot => spots[place] ?? nowhere;

function pointOf(given: Given, { home }: Performer, place: number, name: string): Point {
  const { lat, lng, city, country } = spotAt(given, place);
  return { kind: place === home && name === '' ? 'home' : 'venue', name, city, country, lat, lng };
}

/** What a show is known by: the show that stands, else its venue. */
function timesOf({ venues }: Given, { id, fixed }: Performer, { standing, day, venue }: Stop): { readonly loadIn: number; readonly ends: number; readonly ids: readonly string[] } {
  const stands = standing === 'fixed' ? fixed.find((one) => one.day === day) : undefined;
  const hall = venues.find((one) => one.id === (stands?.venue ?? venue));
  const ids = [stands?.id, `${id}:${venue}`, venue, stands?.venue].filter((one) => typeof one === 'string');
  return { loadIn: stands?.loadIn ?? hall?.loadIn ?? 960, ends: stands?.ends ?? hall?.ends ?? 1_380, ids };
}

function eveningOf(given: Given, artist: Performer, stop: Stop): Evening {
  const timeZone = zoneOf(spotAt(given, stop.place));
  const { loadIn, ends, ids } = timesOf(given, artist, stop);
  const halls = ids.map((id) => given.halls.get(id)).filter((hall) => hall !== undefined);
  const said = (name: 'address' | 'technical' | 'soundCheck' | 'doors' | 'starts' | 'curfew'): string => halls.map((hall) => hall[name]).find(Boolean) ?? '';
  const moment = (minutes: number) => momentOf(instantOf(stop.day, minutes, timeZone), timeZone);
  // Hours are those of the day of the show, at two in the morning too; a curfew comes after the show has begun, on the next day where it must.
  const begins = minutesOf(said('starts')) || loadIn;
  const hour = (typed: string, from = 0) => {
    const after = minutesOf(typed);
    return Number.isNaN(after) ? null : moment(after < from ? after + 1_440 : after);
  };
  const contact = halls.map((hall) => hall.contact).find(({ name, phone, email }) => name || phone || email) ?? { name: '', phone: '', email: '' };
  return {
    id: stop.venue, title: stop.title, standing: stop.standing, at: pointOf(given, artist, stop.place, stop.title || stop.city), address: said('address'), capacity: stop.capacity,
    loadIn: moment(loadIn), soundCheck: hour(said('soundCheck')), doors: hour(said('doors')), starts: hour(said('starts')), ends: moment(ends), curfew: hour(said('curfew'), begins),
    contact, technical: said('technical'), priceMinor: given.money && (stop.standing !== 'fixed' || stop.priceMinor > 0) ? stop.priceMinor : null,
  };
}

interface Way { readonly from: Point; readonly to: Point; readonly zones: readonly [string, string]; readonly minutes: number; readonly metres: number; readonly border: Drive['border']; readonly sea: boolean; readonly roughly: boolean }

interface Asked { readonly given: Given; readonly artist: Performer; readonly leg: Leg; readonly shows: ReadonlyMap<Day, Evening> }

/** The drives of a leg: from home in time for a load-in, from show to show, or home; by way of home it is two journeys. */
function drivesOf({ given, artist, leg, shows }: Asked): Driven[] {
  const from = leg.from === null ? null : shows.get(leg.from) ?? null;
  const to = leg.to === null ? null : shows.get(leg.to) ?? null;
  const ways = waysOf(given, artist, leg, [from, to]);
  const { limits } = given;
  const first = ways[0] ?? null;
  const last = ways.at(-1) ?? null;
  const inward = { limits, due: new Date(to?.loadIn.at ?? 0), day: leg.to ?? '', id: `${artist.id}-${to?.id ?? ''}-in` };
  if (from && to && ways.length === 1) return first ? outward({ ...inward, way: first, rested: later(new Date(from.ends.at), limits.restMinutes), spare: daysBetween(leg.from ?? '', leg.to ?? '') - 1 }) : [];
  const sleeps = to === null ? leg.nights > 0 : (first?.minutes ?? 0) > HOME_MINUTES;
  const back = from && first ? homeward({ way: first, limits, after: new Date(from.ends.at), day: leg.from ?? '', sleeps, id: `${artist.id}-${from.id}-home` }) : [];
  // Who has a night to spare for the way there sleeps near the stage; who has none sleeps at home.
  const spare = leg.nights > (from && sleeps ? 1 : 0) ? FREE : 0;
  return [...back, ...(to && last ? outward({ ...inward, way: last, rested: null, spare }) : [])];
}

/** A leg in one way, or in two when it goes by way of home: those share its length as the crow flies. A place is not left for itself: null. */
function waysOf(given: Given, artist: Performer, leg: Leg, [from, to]: readonly [Evening | null, Evening | null]): (Way | null)[] {
  const first = leg.places[0] ?? artist.home;
  const last = leg.places.at(-1) ?? artist.home;
  const places = leg.home && from && to ? [first, artist.home, last] : [first, last];
  const points = places.map((place, i) => (i === 0 && from ? from.at : i === places.length - 1 && to ? to.at : pointOf(given, artist, place, '')));
  const crow = places.slice(1).map((place, i) => kilometres(spotAt(given, places[i] ?? 0), spotAt(given, place)));
  const whole = crow.reduce((sum, km) => sum + km, 0);
  return crow.map((km, i) => {
    const share = places.length === 2 ? 1 : whole === 0 ? 0 : km / whole;
    const [a, b] = [spotAt(given, places[i] ?? 0), spotAt(given, places[i + 1] ?? 0)];
    const [one, other] = [points[i], points[i + 1]];
    const way = { minutes: Math.round(leg.minutes * share), metres: Math.round(leg.metres * share) };
    if (!one || !other || (way.minutes === 0 && way.metres === 0)) return null;
    return { ...way, from: one, to: other, zones: [zoneOf(a), zoneOf(b)], border: a.country !== b.country && a.country && b.country ? [a.country, b.country] : null, sea: landOf(a) !== landOf(b), roughly: places.length > 2 };
  });
}

/** The land that a place lies on, as far as its code tells: Corsica, an island overseas, Britain, Ireland, or the Continent. */
const landOf = ({ insee, country }: Spot): string => (/^(2A|2B|20)/.test(insee) ? 'Corsica' : /^9[78]/.test(insee) ? insee.slice(0, 3) : ['GB', 'IE', 'IS', 'MT', 'CY'].includes(country) ? country : 'Continent');

interface Outward { readonly way: Way; readonly limits: Limits; readonly due: Date; readonly day: Day; readonly id: string; /** When the rest after the show before is over. */ readonly rested: Date | null; /** Days on which nobody plays before `day`. */ readonly spare: number }

/**
 * To a load-in: in the morning when it can be done after six and after the rest, and is no more than one goes without a break where there is a free day before;
 * else on the days before it, in equal parts. What no free day is left for is driven that day all the same, and said to be tight.
 */
function outward(asked: Outward): Driven[] {
  const { way, limits, due, day, spare } = asked;
  const { minutes } = way;
  const wakes = awake(asked, day);
  const most = limits.driveMinutes > 0 ? limits.driveMinutes : minutes;
  const fits = minutes <= most && later(due, -withBreaks(minutes, limits)) >= wakes;
  const last = { day, minutes: 0 };
  if (fits && (spare === 0 || minutes <= limits.breakAfter)) return chunks(asked, [{ ...last, minutes }]);
  const eves = Math.min(asked.rested === null && !fits ? FREE : spare, Math.max(1, Math.ceil(minutes / most)));
  const whole = eves * most >= minutes;
  const before = daysFrom(addDays(day, -eves), eves).map((eve, i) => ({ day: eve, minutes: whole ? Math.round((minutes * (i + 1)) / eves) - Math.round((minutes * i) / eves) : most }));
  return chunks(asked, whole ? before : [...before, { ...last, minutes: minutes - eves * most }]);
}

/** From when on somebody may set out on a day. */
function awake({ way, rested }: Pick<Outward, 'way' | 'rested'>, day: Day): Date {
  const six = instantOf(day, SETS_OUT, way.zones[0]);
  return rested && rested > six ? rested : six;
}

/** A way in parts, one a day: that of the last day ends at the load-in, the others in the evening. */
function chunks(asked: Outward, parts: readonly { readonly day: Day; readonly minutes: number }[]): Driven[] {
  const { way, limits, due, day } = asked;
  let done = 0;
  return parts.map((part, i) => {
    const length = withBreaks(part.minutes, limits);
    const wakes = awake(asked, part.day);
    const wanted = later(part.day === day ? due : instantOf(part.day, ARRIVES, way.zones[1]), -length);
    const tight = part.day === day ? wanted < wakes : false;
    const leaves = part.day === day || wanted > wakes ? wanted : wakes;
    const drive = driveOf({ way, limits, leaves, done, minutes: part.minutes, id: `${asked.id}-${i + 1}`, tight: tight || (limits.driveMinutes > 0 && part.minutes > limits.driveMinutes) });
    done += part.minutes;
    return { day: part.day, drive };
  });
}

interface Homeward { readonly way: Way; readonly limits: Limits; readonly after: Date; readonly day: Day; readonly sleeps: boolean; readonly id: string }

/** Home after a show: the same night when it is near, else the next morning, and on the days after when it is far. */
function homeward({ way, limits, after, day, sleeps, id }: Homeward): Driven[] {
  if (!sleeps) return [{ day, drive: driveOf({ way, limits, leaves: after, done: 0, minutes: way.minutes, id: `${id}-1`, tight: false }) }];
  const most = limits.driveMinutes > 0 ? limits.driveMinutes : way.minutes;
  const count = Math.max(1, Math.ceil(way.minutes / most));
  let done = 0;
  return Array.from({ length: count }, (_, i) => {
    const on = addDays(day, i + 1);
    const minutes = Math.round((way.minutes * (i + 1)) / count) - done;
    const wakes = awake({ way, rested: i === 0 ? later(after, limits.restMinutes) : null }, on);
    const usual = instantOf(on, CHECKS_OUT, way.zones[0]);
    const needed = later(instantOf(on, ARRIVES, way.zones[1]), -withBreaks(minutes, limits));
    const wanted = needed < usual ? needed : usual;
    const drive = driveOf({ way, limits, leaves: wanted > wakes ? wanted : wakes, done, minutes, id: `${id}-${i + 1}`, tight: false });
    done += minutes;
    return { day: on, drive };
  });
}

interface Part { readonly way: Way; readonly limits: Limits; readonly leaves: Date; /** Minutes of the way that lie behind. */ readonly done: number; readonly minutes: number; readonly id: string; readonly tight: boolean }

function driveOf({ way, limits, leaves, done, minutes, id, tight }: Part): Drive {
  const whole = Math.max(1, way.minutes);
  const [start, end] = [done / whole, (done + minutes) / whole];
  const [begins, finishes] = [done === 0, done + minutes >= way.minutes];
  const length = withBreaks(minutes, limits);
  return {
    id, from: begins ? way.from : along(way, start), to: finishes ? way.to : along(way, end), leaves: momentOf(leaves, way.zones[begins ? 0 : 1]), arrives: momentOf(later(leaves, length), way.zones[finishes ? 1 : 0]),
    minutes, breakMinutes: length - minutes, metres: Math.round(way.metres * end) - Math.round(way.metres * start), border: way.border, sea: way.sea, roughly: way.roughly || !begins || !finishes, tight,
  };
}

/** A point of a way, on the straight line: nearer to it than this nothing is known. */
function along({ from, to }: Way, share: number): Point {
  return { kind: 'road', name: '', city: `${from.city} – ${to.city}`, country: share < 0.5 ? from.country : to.country, lat: from.lat + (to.lat - from.lat) * share, lng: from.lng + (to.lng - from.lng) * share };
}
