import { treeKinship } from './kin.ts';

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
