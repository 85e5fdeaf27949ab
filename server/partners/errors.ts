/** How a partner's page is refused. A code decides the status at every door and is the key of its message. */
export const partnersErrors = {
  /** No such key, or a revoked one. */
  key_unknown: 'UNAUTHORIZED',
  /** A live key, on a page whose origin is not on its list; `details.origin` is what to add. */
  origin_not_allowed: 'FORBIDDEN',
  origin_invalid: 'BAD_REQUEST',
} as const;
