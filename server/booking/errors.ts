/** How a booking says no. A code decides the status at every door and is the key of its message. */
export const bookingErrors = {
  offer_closed: 'CONFLICT',
  offer_expired: 'CONFLICT',
  offer_own: 'CONFLICT',
  /** An offer is already on the table: answer or withdraw it first. */
  offer_open: 'CONFLICT',
  /** The booking is past the point where this can be done; `details.status`. */
  booking_closed: 'CONFLICT',
  /** Our rule base does not say how such a sale is taxed: `details.seller`, `buyer` and `show` name the countries. */
  vat_unknown: 'CONFLICT',
  /** The producer was asked for what the tax office wants, reminded twice, and has been silent for sixty days: it sells to no public buyer until it answers on the page of payouts. `details.field` is the first thing it lacks. */
  seller_silent: 'CONFLICT',
  show_not_yet: 'CONFLICT',
  show_not_due: 'CONFLICT',
  /** Whoever said that a show was played cannot contest it. */
  show_confirmed: 'CONFLICT',
} as const;
