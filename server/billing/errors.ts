/** How an invoice says no. A code decides the status at every door and is the key of its message. */
export const billingErrors = {
  invoice_settled: 'CONFLICT',
  /** Our own invoice: it is settled when the producer's transfer reaches us, and nobody else can say that it did. */
  invoice_is_ours: 'CONFLICT',
  /** It was paid through us: a credit note follows the cancellation or the dispute that gives the money back, and is not written by hand. */
  invoice_paid_here: 'CONFLICT',
  /** Nothing is written in a producer's name before it has given its mandate. */
  mandate_missing: 'CONFLICT',
} as const;
