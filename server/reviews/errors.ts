/** How a review says no. A code decides the status at every door and is the key of its message. */
export const reviewsErrors = {
  /** Nothing is said of a show that was not played, that was cancelled, or that a side contests. */
  show_not_played: 'CONFLICT',
  /** The time for it is over: `details.until` was its last day at the venue. */
  review_late: 'CONFLICT',
  /** Both sides have read it: it stays as it is. */
  review_shown: 'CONFLICT',
  /** So many cannot have come: `details.most` is what is believed of the place. */
  attendance_absurd: 'BAD_REQUEST',
  /** It was answered before, with other words. */
  reply_made: 'CONFLICT',
  /** Our people look at it already, or have. */
  report_made: 'CONFLICT',
  /** Nobody reports it, or it was answered. */
  report_closed: 'CONFLICT',
} as const;
