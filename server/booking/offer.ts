import { AppError } from '../core/errors.ts';
import type { Currency, Money } from '../core/money.ts';
import type { Side } from '../core/permissions.ts';
import type { Day } from '../core/time.ts';

/** What one side proposes to the other. */
export interface Terms {
  readonly showDay: Day;
  /** At the venue, `20:30`. */
  readonly startTime: string;
  /** What the buyer pays for the show, before tax. Not a cachet, which is a wage. */
  readonly price: Money;
  /** Whatever else is agreed, in words. */
  readonly terms: string;
  readonly expiresAt: Date;
}

/** A priced and dated proposal; the other side answers. It leaves `sent` once and never comes back. */
export interface Offer extends Terms {
  readonly id: string;
  readonly bookingId: string;
  readonly orgId: string;
  readonly buyerOrgId: string;
  readonly proposedBy: Side;
  /** The offer that this one counters. */
  readonly replaces: string | null;
  readonly createdAt: Date;
  readonly status: 'sent' | 'accepted' | 'countered' | 'declined' | 'withdrawn' | 'expired';
}

/** When and in what money an offer is made. */
export interface Frame {
  readonly now: Date;
  /** At the place of the show. */
  readonly today: Day;
  /** That of the buyer's budget: sides do not bargain in two. */
  readonly currency: Currency;
}

/**
 * Looks whether terms can be proposed.
 *
 * @throws AppError `day_past`, `input_invalid` with the field.
 */
export function checkTerms({ showDay, price, expiresAt }: Terms, { now, today, currency }: Frame): void {
  if (showDay < today) throw new AppError('day_past', { day: showDay });
  if (expiresAt <= now) throw new AppError('input_invalid', { field: 'expiresAt' });
  if (price.currency !== currency) throw new AppError('input_invalid', { field: 'price' });
}

/**
 * The offer, accepted by the other side. The day is guarded elsewhere: calendar/hold.ts.
 *
 * @param today At the place of the show.
 * @throws AppError `offer_closed`, `offer_expired`, `offer_own`, `day_past`.
 */
export function accept(offer: Offer, by: Side, { now, today }: Pick<Frame, 'now' | 'today'>): Offer {
  answerable(offer, by, now);
  if (offer.showDay < today) throw new AppError('day_past', { day: offer.showDay });
  return { ...offer, status: 'accepted' };
}

/** The offer, countered, and the new one that replaces it. @throws AppError as `accept` and `checkTerms` do. */
export function counter(offer: Offer, next: Terms & Pick<Offer, 'id' | 'proposedBy'>, frame: Frame): [Offer, Offer] {
  answerable(offer, next.proposedBy, frame.now);
  checkTerms(next, frame);
  return [{ ...offer, status: 'countered' }, { ...offer, ...next, replaces: offer.id, createdAt: frame.now }];
}

/** The offer, declined by the other side. Both may go on with another one. @throws AppError `offer_closed`, `offer_expired`, `offer_own`. */
export function decline(offer: Offer, by: Side, now: Date): Offer {
  answerable(offer, by, now);
  return { ...offer, status: 'declined' };
}

/** The offer, taken back by the side that made it. @throws AppError `not_found` for the other side's, `offer_closed`. */
export function withdraw(offer: Offer, by: Side): Offer {
  if (offer.proposedBy !== by) throw new AppError('not_found');
  if (offer.status !== 'sent') throw new AppError('offer_closed', { status: offer.status });
  return { ...offer, status: 'withdrawn' };
}

function answerable(offer: Offer, by: Side, now: Date): void {
  if (offer.status !== 'sent') throw new AppError('offer_closed', { status: offer.status });
  if (offer.expiresAt <= now) throw new AppError('offer_expired');
  if (offer.proposedBy === by) throw new AppError('offer_own');
}
