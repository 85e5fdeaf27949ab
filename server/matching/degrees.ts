import { treeKinship } from './kin.ts';

/** A point on the earth, in degrees of WGS 84. */
export interface Point {
  readonly lat: number;
  readonly lng: number;
}

/** The mean radius of the earth, in kilometres (IUGG). */
const earthKm = 6_371.0088;

/** How far two points are apart, as the crow flies, in kilometres: by the angle's sine and cosine both, which is exact for neighbours and for antipodes. */
export function kilometres(a: Point, b: Point): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const [sinA, cosA, sinB, cosB] = [Math.sin(rad(a.lat)), Math.cos(rad(a.lat)), Math.sin(rad(b.lat)), Math.cos(rad(b.lat))];
  const between = rad(b.lng - a.lng);
  const across = Math.hypot(cosB * Math.sin(between), cosA * sinB - sinA * cosB * Math.cos(between));
  return earthKm * Math.atan2(across, sinA * sinB + cosA * cosB * Math.cos(between));
}

/** A degree that changes in straight lines between `points`, by rising `x`; before the first and after the last it stays. */
export function along(points: readonly (readonly [x: number, degree: number])[], x: number): number {
  const after = points.findIndex(([at]) => at > x);
  const [before, next] = [points.at(after - 1), points[after]];
  if (!before || !next) return points.at(-1)?.[1] ?? 0;
  if (after === 0) return next[1];
  return before[1] + ((next[1] - before[1]) * (x - before[0])) / (next[0] - before[0]);
}

/** How well a number fits a range: 1 inside, then in the ratio by which it is too small or too large. */
export function inside(count: number, { min, max }: { readonly min: number; readonly max: number }): number {
  if (count < min) return count / min;
  return count > max ? max / count : 1;
}

/** The nearest pair of two lists of genres, and how near it is in the tree, 0 to 1. Null when one is empty. */
export function nearest(ours: readonly string[], theirs: readonly string[]): { readonly degree: number; readonly own: string; readonly other: string } | null {
  let best: { degree: number; own: string; other: string } | null = null;
  for (const own of ours) {
    for (const other of theirs) {
      const degree = treeKinship(own, other);
      if (!best || degree > best.degree) best = { degree, own, other };
    }
  }
  return best;
}
