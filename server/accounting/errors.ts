/** How the books say no. A code decides the status at every door and is the key of its message. */
export const accountingErrors = {
  /** A French file of entries is named by the SIREN of whoever keeps it. */
  fec_needs_siren: 'CONFLICT',
  /** A file of entries has one currency: `details.currencies` names what the period has. */
  books_mixed: 'CONFLICT',
  /** Numbers run through a financial year: a file for an accountant's program is of one; `details.last` is the last day of the first of them. */
  books_of_two_years: 'CONFLICT',
  mandate_given: 'CONFLICT',
} as const;
