/** A point on the earth, in degrees of WGS 84. */
export interface Point {
  readonly lat: number;
  readonly lng: number;
}

/** The mean radius of the earth, in kilometres (IUGG 1980, R1). */
export const EARTH_KM = 6_371.0088;

/** How far two points are apart, as the crow flies, in kilometres: by the angle's sine and cosine both, which is exact for neighbours and for antipodes. */
export function kilometres(a: Point, b: Point): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const [sinA, cosA, sinB, cosB] = [Math.sin(rad(a.lat)), Math.cos(rad(a.lat)), Math.sin(rad(b.lat)), Math.cos(rad(b.lat))];
  const between = rad(b.lng - a.lng);
  const across = Math.hypot(cosB * Math.sin(between), cosA * sinB - sinA * cosB * Math.cos(between));
  return EARTH_KM * Math.atan2(across, sinA * sinB + cosA * cosB * Math.cos(between));
}
