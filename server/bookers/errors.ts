/** How a booker's commission says no. A code decides the status at every door and is the key of its message. */
export const bookersErrors = {
  /** An agent would take more than the law allows; `details.most` in per cent, `details.source` the law. */
  booker_over_cap: 'CONFLICT',
  /** An agent's mandate is written: it names its missions and how it reports (FEE-02). */
  booker_mandate_unwritten: 'CONFLICT',
  /** Who places artists in Switzerland holds a permit (FEE-05). */
  booker_permit_missing: 'CONFLICT',
  /** A booker who produces holds a licence (FEE-04). */
  booker_licence_missing: 'CONFLICT',
  /** No row of ours says how the booker's commission is taxed. */
  booker_tax_unknown: 'CONFLICT',
  /** The proposal was answered or withdrawn, or the mandate has ended. */
  booker_terms_closed: 'CONFLICT',
} as const;
