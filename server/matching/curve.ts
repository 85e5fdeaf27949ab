/** A degree that changes in straight lines between points of rising `x`; before the first and after the last it stays. Of NaN it is NaN. */
export type Curve = (x: number) => number;

/** Such a curve, made once and asked often. */
export function curve(points: readonly (readonly [x: number, degree: number])[]): Curve {
  const xs = Float64Array.from(points, ([x]) => x);
  const ds = Float64Array.from(points, ([, degree]) => degree);
  const last = xs.length - 1;
  return (x) => {
    if (x !== x) return NaN;
    if (x <= (xs[0] ?? 0)) return ds[0] ?? 0;
    for (let i = 1; i <= last; i += 1) {
      const next = xs[i] ?? 0;
      if (x > next) continue;
      const before = xs[i - 1] ?? 0;
      const d = ds[i - 1] ?? 0;
      return d + (((ds[i] ?? 0) - d) * (x - before)) / (next - before);
    }
    return ds[last] ?? 0;
  };
}

/** As `curve`, of tenfold steps: `x` is what is multiplied. What is 0 or less lies before the first point; of NaN it is NaN. */
export function steps(points: readonly (readonly [x: number, degree: number])[]): Curve {
  const along = curve(points.map(([x, degree]) => [Math.log10(x), degree] as const));
  return (x) => (x !== x ? NaN : along(x > 0 ? Math.log10(x) : -99));
}

/** How much two amounts are alike: the smaller as a part of the larger. */
export const alike = (a: number, b: number): number => (a > 0 && b > 0 ? Math.min(a, b) / Math.max(a, b) : a === b ? 1 : 0);
