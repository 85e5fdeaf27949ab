/** How a tour says no. A code decides the status at every door and is the key of its message. */
export const toursErrors = {
  /** Somebody else, or another tab, changed the scenario meanwhile; `details.version` is what it has now. Nothing was lost: read it again. */
  plan_changed: 'CONFLICT',
  /** A signed or agreed date does not move. */
  tour_date_signed: 'CONFLICT',
  /** The day lies outside of the period of the plan, or before today; `details.day`. */
  tour_day_outside: 'BAD_REQUEST',
  /** The venue does not ask for this artist, and was not found for it. */
  tour_no_bid: 'CONFLICT',
  /** The scenario has no such stop, or has it already. */
  tour_stop_unknown: 'CONFLICT',
  /** There is nothing left to take back, or to do again. */
  tour_no_step: 'CONFLICT',
  /** The organisation searches for three tours already. */
  tour_searching: 'TOO_MANY_REQUESTS',
  /** The search failed, again and again. */
  tour_search_failed: 'CONFLICT',
  /** The search is not over, or what it found is not there any more. */
  tour_search_open: 'CONFLICT',
  /** Another booking holds the artist's day. */
  tour_day_held: 'CONFLICT',
  /** A stop that was added by hand: there is nobody to send a hold to. */
  tour_stop_unasked: 'CONFLICT',
  /** It could have been held, and was not because another stop could not and all were wanted. */
  tour_held_back: 'CONFLICT',
  /** No stop is left to be held. */
  tour_nothing_to_hold: 'CONFLICT',
} as const;
