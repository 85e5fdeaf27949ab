/** Chance that can be repeated: each call gives the next number, 0 to below 1. */
export type Rng = () => number;

/** The numbers of one seed, the same on every machine: mulberry32 (T. Ettinger, 2017, public domain; passes gjrand). For simulations and draws of samples, never for a secret. */
export function rng(seed: number): Rng {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** A number of the bell curve, mean 0 and deviation 1 (Box and Muller, 1958). */
export function normal(next: Rng): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** The same things in another order, each order as likely (Fisher and Yates). */
export function shuffled<T>(things: readonly T[], next: Rng): T[] {
  const all = [...things];
  for (let last = all.length - 1; last > 0; last -= 1) {
    const other = Math.floor(next() * (last + 1));
    [all[last], all[other]] = [all[other] as T, all[last] as T];
  }
  return all;
}
