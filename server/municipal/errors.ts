/** How a public purchase says no. A code decides the status at every door and is the key of its message. */
export const municipalErrors = {
  /** No contract for a public buyer without the number of its purchase order. */
  order_number_missing: 'BAD_REQUEST',
  purchase_closed: 'CONFLICT',
  /** The quote bound the producer until `details.until`, and does not any more. */
  quote_expired: 'CONFLICT',
  /** The quote can be ordered until `details.until`: no other is needed. */
  quote_valid: 'CONFLICT',
} as const;
