/** How a contested invoice says no. A code decides the status at every door and is the key of its message. */
export const contestsErrors = {
  /** The delay of the mandate is over: `details.until` was its last day. */
  contest_late: 'CONFLICT',
  /** It was contested before: once is enough, whatever came of it. */
  contest_made: 'CONFLICT',
  /** Nobody contests it, or it was answered already. */
  contest_closed: 'CONFLICT',
  /** It was paid: what takes it back has to be followed by a corrected one. */
  contest_needs_corrected: 'CONFLICT',
  /** Its producer contests it, and our people have not answered. */
  invoice_contested: 'CONFLICT',
} as const;
