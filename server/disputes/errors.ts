/** How a dispute says no. A code decides the status at every door and is the key of its message. */
export const disputesErrors = {
  /** Nothing is disputed here, it is decided already, or its booking is cancelled. */
  dispute_closed: 'CONFLICT',
  /** What is released and what is refunded are not all that is held; `details.held`. */
  decision_sum: 'CONFLICT',
  /** A buyer's bank has not decided yet: what is held may still be needed to cover what it took back. */
  chargeback_open: 'CONFLICT',
  /** A side has shown as many pieces as a dispute takes. */
  evidence_full: 'CONFLICT',
} as const;
