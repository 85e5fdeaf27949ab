/** How identity says no. A code decides the status at every door and is the key of its message. */
export const identityErrors = {
  /** A link of a mail that has expired, was revoked, or never was. */
  link_dead: 'UNAUTHORIZED',
  /** A live link, for another act than this one. */
  link_other_purpose: 'FORBIDDEN',
  /** A one-time code that is wrong, used, or older than ten minutes. */
  code_wrong: 'FORBIDDEN',
  /** Five wrong codes: a new one must be asked for. */
  code_spent: 'TOO_MANY_REQUESTS',
  /** Signed in, without an organisation to act for: it must be founded first, or another one chosen. */
  organisation_missing: 'PRECONDITION_FAILED',
  /** No such person, another password, or an address that nobody confirmed yet: we do not say which. */
  sign_in_wrong: 'UNAUTHORIZED',
  /** A password that is too short, too common, or one's own name; `details.why` says which: short, long, common, personal. */
  password_weak: 'BAD_REQUEST',
  /** A country whose law we do not know; `details.field`. */
  country_unknown: 'BAD_REQUEST',
  /** An account that is known is changed on the page of payouts, with a code and three days to cool off. */
  iban_kept: 'CONFLICT',
} as const;
