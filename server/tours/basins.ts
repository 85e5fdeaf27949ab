import { kilometres } from '../roads/crow.ts';
import type { Basin, Stop } from './answer.ts';
import type { Spot } from './question.ts';

/** Two stops this near each other lie in one basin, in kilometres as the crow flies: our own measure of what is reached without a night between. */
const NEAR_KM = 120;
/** The least that a degree of latitude is long, in kilometres (WGS 84, at the equator). */
const DEGREE_KM = 110.57;

/**
 * Stops grouped by basin: whatever is within 120 km of one of them belongs to it (single linkage), so that no stop of another basin is nearer. A basin is named by the town of its largest
 * stop, of several as large the one nearest to all the others. Those with the most stops come first (TO-02).
 */
export function basinsOf(spots: readonly Spot[], stops: readonly Pick<Stop, 'place' | 'capacity'>[]): readonly Basin[] {
  const largest = new Map<number, number>();
  const shows = new Map<number, number>();
  for (const { place, capacity } of stops) {
    largest.set(place, Math.max(capacity, largest.get(place) ?? 0));
    shows.set(place, (shows.get(place) ?? 0) + 1);
  }
  const places = [...largest.keys()].flatMap((place) => { const spot = spots[place]; return spot ? [{ place, spot }] : []; }).sort((one, other) => one.spot.lat - other.spot.lat || one.place - other.place);
  const root = new Map(places.map(({ place }) => [place, place]));
  const rootOf = (place: number): number => {
    const above = root.get(place) ?? place;
    if (above === place) return place;
    const top = rootOf(above);
    root.set(place, top);
    return top;
  };
  places.forEach(({ place, spot }, at) => {
    for (let next = at + 1; next < places.length; next += 1) {
      const other = places[next];
      // From south to north: beyond so many degrees nobody is near any more.
      if (!other || (other.spot.lat - spot.lat) * DEGREE_KM > NEAR_KM) break;
      if (rootOf(place) !== rootOf(other.place) && kilometres(spot, other.spot) <= NEAR_KM) root.set(rootOf(other.place), rootOf(place));
    }
  });
  const groups = new Map<number, typeof places>();
  for (const one of places) groups.set(rootOf(one.place), [...groups.get(rootOf(one.place)) ?? [], one]);
  const away = (group: typeof places, { spot }: (typeof places)[number]): number => group.reduce((sum, other) => sum + kilometres(spot, other.spot) * (shows.get(other.place) ?? 0), 0);
  return [...groups.values()].map((group): Basin & { readonly shows: number } => {
    const most = Math.max(...group.map(({ place }) => largest.get(place) ?? 0));
    const [middle] = group.filter(({ place }) => largest.get(place) === most).map((one) => ({ one, km: Math.round(away(group, one)) })).sort((one, other) => one.km - other.km || one.one.place - other.one.place);
    return { name: middle?.one.spot.city ?? '', places: group.map(({ place }) => place).sort((one, other) => one - other), shows: group.reduce((sum, { place }) => sum + (shows.get(place) ?? 0), 0) };
  }).sort((one, other) => other.shows - one.shows || (one.places[0] ?? 0) - (other.places[0] ?? 0)).map(({ name, places: within }) => ({ name, places: within }));
}
