/** Within so many kilometres, as the crow flies, a date is near: a visitor is led there first. The server tells fans of dates within as many. */
export const NEAR_KM = 80;

/** A point of the globe, in degrees. */
interface Spot { readonly lat: number; readonly lng: number }

const rad = Math.PI / 180;

/** As the crow flies, in kilometres. */
export function kilometres(one: Spot, other: Spot): number {
  const half = Math.sin(((other.lat - one.lat) * rad) / 2) ** 2 + Math.cos(one.lat * rad) * Math.cos(other.lat * rad) * Math.sin(((other.lng - one.lng) * rad) / 2) ** 2;
  return 12_742 * Math.asin(Math.min(1, Math.sqrt(half)));
}
