/** How a contract says no. A code decides the status at every door and is the key of its message. */
export const contractsErrors = {
  /** Something that the law wants in the contract is not known yet; `details.missing` lists it. */
  party_incomplete: 'CONFLICT',
  contract_missing: 'NOT_FOUND',
} as const;
