/** How an invoice says no. A code decides the status at every door and is the key of its message. */
export const billingErrors = {
  invoice_settled: 'CONFLICT',
} as const;
