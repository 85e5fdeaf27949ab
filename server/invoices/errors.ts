/** How a paper says no. A code decides the status at every door and is the key of its message. */
export const invoicesErrors = {
  /** More than the invoice still stands for. */
  credit_too_large: 'CONFLICT',
} as const;
