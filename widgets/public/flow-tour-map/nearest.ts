import { kilometres } from '../../parts/near-by.ts';

/** A date as far as its place and day go. */
export interface Dated {
  readonly day: string;
  readonly city: string;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly status: string;
}

/** The date to come that is nearest to a place, and how far it is in whole kilometres; of two as near, the first. Null where there is none, or where the place is not known. */
export function nearestOf<D extends Dated>(dates: readonly D[], { lat, lng }: { readonly lat?: number | null; readonly lng?: number | null }, today: string): { readonly date: D; readonly km: number } | null {
  if (typeof lat !== 'number' || typeof lng !== 'number') return null;
  const far = dates.flatMap((date) => (date.lat === null || date.lng === null || date.status === 'cancelled' || date.day < today ? [] : [{ date, km: Math.round(kilometres({ lat, lng }, { lat: date.lat, lng: date.lng })) }]));
  return far.sort((a, b) => a.km - b.km || a.date.day.localeCompare(b.date.day))[0] ?? null;
}
