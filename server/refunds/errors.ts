/** How a cancellation says no. A code decides the status at every door and is the key of its message. */
export const refundsErrors = {
  /** Only a booking under contract whose show has not begun, and over which nobody has decided, is cancelled; `details.status`. */
  cancellation_too_late: 'CONFLICT',
  /** What it gives to whom is no longer what was shown: a day has passed, or a payment came. */
  cancellation_changed: 'CONFLICT',
  /** A side cancels for its own cause alone. */
  cancellation_cause: 'FORBIDDEN',
} as const;
