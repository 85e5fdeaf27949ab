import { addDays, type Day } from '../core/time.ts';

/** A festival, from its first day to its last, at a town. Where it lies is null when nobody has said it. */
export interface LocalEvent { readonly name: string; readonly city: string; readonly lat: number | null; readonly lng: number | null; readonly from: Day; readonly until: Day }

/** Somebody plays at a festival on a day. */
interface Played extends Omit<LocalEvent, 'from' | 'until'> { readonly id: string; readonly day: Day }

/** A day without a show does not end a festival, two do. */
const PAUSE_DAYS = 2;

/** Shows of festivals, in order of days, as the festivals that they make: one of spring and one of autumn are two. */
export function eventsOf(shows: readonly Played[]): readonly LocalEvent[] {
  const events: (LocalEvent & { readonly id: string })[] = [];
  for (const { day, ...show } of shows) {
    const at = events.findLastIndex(({ id, city }) => id === show.id && city === show.city);
    const before = events[at];
    if (before && day <= addDays(before.until, PAUSE_DAYS)) events[at] = { ...before, until: day };
    else events.push({ ...show, from: day, until: day });
  }
  return events.map(({ name, city, lat, lng, from, until }) => ({ name, city, lat, lng, from, until }));
}
