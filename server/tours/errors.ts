/** How a tour says no. A code decides the status at every door and is the key of its message. */
export const toursErrors = {
  /** Somebody else, or another tab, changed the scenario or the plan itself meanwhile; `details.version` is what a scenario has now. Nothing was lost: read it again. */
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
  /** The first row of a list of places does not name its columns: at least the place, its town or postcode, and the price. */
  tour_list_unknown: 'BAD_REQUEST',
  /** A list of places cannot be read: a quote in line `details.line` is never closed. */
  tour_list_unreadable: 'BAD_REQUEST',
  /** A list of places has more rows than are read at once, `details.most`. */
  tour_list_long: 'BAD_REQUEST',
} as const;
