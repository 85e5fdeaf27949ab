import { AppError } from '../core/errors.ts';
import type { Day } from '../core/time.ts';

/**
 * A ranked, expiring, non-binding claim on an artist's day (fr. *option*): the artist grants it, a buyer holds it. Rank 1 is the first
 * hold. It leaves `live` once: it lapses, is released, or is confirmed when its buyer buys the day.
 */
export interface Hold {
  readonly id: string;
  readonly bookingId: string;
  readonly buyerOrgId: string;
  readonly day: Day;
  readonly rank: number;
  readonly expiresAt: Date;
  readonly status: 'live' | 'lapsed' | 'released' | 'confirmed';
}

/**
 * The rank of a new hold for `bookingId`: behind everybody who waits already.
 *
 * @param holds Every hold on this artist's day, in any order; those that ran out have lapsed.
 * @throws AppError `hold_exists` when the booking holds the day already.
 */
export function nextRank(holds: readonly Hold[], bookingId: string): number {
  const live = holds.filter(({ status }) => status === 'live');
  if (live.some((hold) => hold.bookingId === bookingId)) throw new AppError('hold_exists');
  return Math.max(0, ...live.map(({ rank }) => rank)) + 1;
}

/**
 * Lets a buyer confirm a day, or not: it is the right of the first hold that still stands. Nobody's hold stands in nobody's way.
 *
 * @param holds Every hold on this artist's day, in any order.
 * @throws AppError `day_held_by_another`.
 */
export function mayConfirm(holds: readonly Hold[], buyerOrgId: string, now: Date): void {
  const standing = holds.filter(({ status, expiresAt }) => status === 'live' && expiresAt > now);
  const [first] = standing.sort((a, b) => a.rank - b.rank);
  if (first && first.buyerOrgId !== buyerOrgId) throw new AppError('day_held_by_another', { day: first.day });
}
