/** How the calendar says no. A code decides the status at every door and is the key of its message. */
export const calendarErrors = {
  day_held_by_another: 'CONFLICT',
  date_taken: 'CONFLICT',
  day_past: 'CONFLICT',
  hold_closed: 'CONFLICT',
  hold_exists: 'CONFLICT',
} as const;
