/** How our own people are refused. A code decides the status at every door and is the key of its message. */
export const operationsErrors = {
  /** An account that the ledger does not know, or the same one twice. */
  account_unknown: 'BAD_REQUEST',
  /** An account of a booking holds the currency of its contract; `details.currency`. */
  account_currency: 'BAD_REQUEST',
  /** What a dispute has frozen is shared by its decision alone. */
  account_frozen: 'CONFLICT',
  /** What is claimed over the booking of an account comes down by its claim: it would be asked of its debtor again. */
  account_claimed: 'CONFLICT',
  /** Who asks for a transfer does not approve it. */
  proposal_own: 'FORBIDDEN',
  /** It was approved or rejected, or its days are over. */
  proposal_closed: 'CONFLICT',
  /** It would leave an account that never owes with less than nothing. */
  account_short: 'CONFLICT',
} as const;
