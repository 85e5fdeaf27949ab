/** How the page of payouts says no. A code decides the status at every door and is the key of its message. */
export const payoutsErrors = {
  /** The account is held by the payment provider, and is changed on its page. */
  iban_elsewhere: 'CONFLICT',
  /** A change of account is on its way already: stop it first. */
  iban_pending: 'CONFLICT',
  /** The change of account has taken effect, or was stopped before. */
  iban_change_over: 'CONFLICT',
  /** The provider's page is for those whose provider has one. */
  provider_page_none: 'CONFLICT',
} as const;
