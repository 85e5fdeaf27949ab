import { AppError } from '../core/errors.ts';

/** Where a booking stands, from the request to the money. It goes forward alone, but for the ways out: declined, lapsed, cancelled. */
export type Status = 'requested' | 'negotiating' | 'agreed' | 'contracted' | 'played' | 'settled' | 'declined' | 'lapsed' | 'cancelled';

/** Both sides still look for an agreement. */
export const talking: readonly Status[] = ['requested', 'negotiating'];

/** Nothing more will happen. */
export const over: readonly Status[] = ['settled', 'declined', 'lapsed', 'cancelled'];

/** How long both sides may say that a show was not played, before it counts as played: 48 hours after it began (money.md, life 3). */
const presumedMs = 48 * 3_600_000;

/** When a show that nobody spoke of counts as played. */
export const presumedAt = (begins: Date): Date => new Date(begins.getTime() + presumedMs);

/** Days that an agreement waits for its contract to be signed by both; a public buyer has to order first. */
const unsignedDays = { secured: 14, public: 45 } as const;

/** Until when an agreed day is kept without a signed contract: some days, and the show at the latest. */
export const unsignedUntil = (agreedAt: Date, begins: Date, path: keyof typeof unsignedDays): Date =>
  new Date(Math.min(begins.getTime(), agreedAt.getTime() + unsignedDays[path] * 86_400_000));

/**
 * Lets a side say that the show was played, or not: it is under contract, and it has begun.
 *
 * @throws AppError `show_not_due` before there is a contract, `show_not_yet` before it begins, `booking_closed`.
 */
export function checkPlayable(status: Status, begins: Date, now: Date): void {
  if (over.includes(status)) throw new AppError('booking_closed', { status });
  if (status !== 'contracted') throw new AppError('show_not_due', { status });
  if (now < begins) throw new AppError('show_not_yet', { begins: begins.toISOString() });
}
