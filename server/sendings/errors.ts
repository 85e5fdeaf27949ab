/** How the sending of a tour's holds says no. A code decides the status at every door and is the key of its message. */
export const sendingsErrors = {
  /** Another booking holds the artist's day. */
  tour_day_held: 'CONFLICT',
  /** A stop that was added by hand: there is nobody to send a hold to. */
  tour_stop_unasked: 'CONFLICT',
  /** It could have been held, and was not because another stop could not and all were wanted. */
  tour_held_back: 'CONFLICT',
  /** No stop is left to be held. */
  tour_nothing_to_hold: 'CONFLICT',
} as const;
