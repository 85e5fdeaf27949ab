/** How a bank's file says no. A code decides the status at every door and is the key of its message. */
export const bankingErrors = {
  /** Neither a CAMT.053 statement nor a table. */
  bank_file_unknown: 'BAD_REQUEST',
  /** The file breaks off or is malformed at `details.line`. */
  bank_file_unreadable: 'BAD_REQUEST',
  /** A movement of the file has no day, no amount or no currency that can be read: `details.line` and `details.field`. */
  bank_line_invalid: 'BAD_REQUEST',
  /** Less came in than the invoice stands for: `details.missing`, in minor units. */
  match_short: 'CONFLICT',
  /** All of the movement has paid other invoices already. */
  match_taken: 'CONFLICT',
} as const;
