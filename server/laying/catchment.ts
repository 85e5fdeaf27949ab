/** People who live within so many kilometres are a place's catchment (criterion 28). */
const catchmentKm = 30;

/** How many people live within `km` of a point, by municipalities whose centres lie there: people, latitude and longitude of each, one after another. */
export function peopleWithin(crowd: Float64Array, { lat, lng, km }: { readonly lat: number; readonly lng: number; readonly km: number }): number {
  const wide = km / (111.2 * Math.cos((lat * Math.PI) / 180));
  let people = 0;
  for (let i = 0; i < crowd.length; i += 3) {
    const [north, east] = [((crowd[i + 1] ?? 0) - lat) * 111.2, (((crowd[i + 2] ?? 0) - lng) / wide) * km];
    if (Math.abs(north) <= km && north * north + east * east <= km * km) people += crowd[i] ?? 0;
  }
  return people;
}

/** The catchments of places, each town's reckoned once; null where a place lies nowhere. */
export function catchmentsIn(crowd: Float64Array): (place: { readonly insee: string; readonly lat: number | null; readonly lng: number | null }) => number | null {
  const known = new Map<string, number>();
  return ({ insee, lat, lng }) => {
    if (lat === null || lng === null) return null;
    const key = insee || `${lat.toFixed(2)} ${lng.toFixed(2)}`;
    const people = known.get(key) ?? peopleWithin(crowd, { lat, lng, km: catchmentKm });
    known.set(key, people);
    return people;
  };
}
