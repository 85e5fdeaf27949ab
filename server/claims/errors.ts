/** How a claim over a lost dispute says no. A code decides the status at every door and is the key of its message. */
export const claimsErrors = {
  /** Nothing is left of it, or it was decided. */
  claim_closed: 'CONFLICT',
  /** Its limit is over: `details.until` was the last day to contest it. */
  claim_late: 'CONFLICT',
  /** It was contested before: once is enough, whatever came of it. */
  claim_said: 'CONFLICT',
  /** More than is left of it; `details.left` in minor units. */
  claim_less: 'CONFLICT',
} as const;
