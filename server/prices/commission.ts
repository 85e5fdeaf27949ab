import type { Bps, Money } from '../core/money.ts';
import type { Day } from '../core/time.ts';
import type { Band } from '../legal/commission.ts';
import { monthsLater } from './period.ts';

/** A promotion that an organisation was given on `since`: `bps` for `months`, then `thenBps`, and from `ends` on nothing. */
export interface Promised {
  readonly since: Day;
  readonly bps: Bps;
  readonly months: number;
  readonly thenBps: Bps;
  readonly ends: Day;
}

/** The rate that a promotion gives on `day`, or null where it gives none. */
export function promisedRate({ since, bps, months, thenBps, ends }: Promised, day: Day): Bps | null {
  if (day < since || day >= ends) return null;
  return day < monthsLater(since, months) ? bps : thenBps;
}

/** The rate of a booker: that of its turnover, less the points for many contracts; never below nothing. */
export const bookerRate = (tier: Bps, points: Bps): Bps => (tier > points ? tier - points : 0n);

/** Our rate on a deal: the lowest of those that it may have, so that no advantage makes another deal dearer (docs/decisions/0007-plans.md). */
export const lowestOf = (band: Bps, others: readonly (Bps | null)[]): Bps => others.reduce<Bps>((low, bps) => (bps !== null && bps < low ? bps : low), band);

/** Whether an amount lies above the last limit of a scale of its currency: in the band without one, where there are others below it. */
export function reachesTop({ minor, currency }: Money, bands: readonly Band[]): boolean {
  const limits = bands.flatMap((band) => (band.currency === currency && band.upToMinor !== null ? [band.upToMinor] : []));
  return limits.length > 0 && limits.every((limit) => minor > limit);
}
