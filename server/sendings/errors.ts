/** How the sending of a tour's holds says no. A code decides the status at every door and is the key of its message. */
export const sendingsErrors = {
  /** Another booking holds the artist's day. */
  tour_day_held: 'CONFLICT',
  /** A stop that was added by hand: there is nobody to send a hold to. */
  tour_stop_unasked: 'CONFLICT',
  /** Neither the artist nor the venue has named a price, and nobody has set one: nothing is offered for nothing. */
  tour_no_price: 'CONFLICT',
  /** The venue has declined a hold of this tour, and nothing new is on the table: it is not asked twice. */
  tour_said_no: 'CONFLICT',
  /** It could have been held, and was not because another stop could not and all were wanted. */
  tour_held_back: 'CONFLICT',
  /** No stop is left to be held. */
  tour_nothing_to_hold: 'CONFLICT',
} as const;
