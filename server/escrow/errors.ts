/** How money says no. A code decides the status at every door and is the key of its message. */
export const escrowErrors = {
  payment_not_due: 'CONFLICT',
  payment_done: 'CONFLICT',
  /** A public buyer pays an invoice after service, by transfer: no card, nothing held (decret 2012-1246 art. 33). */
  payment_path_public: 'CONFLICT',
  /** Money would be held longer than the provider may hold it (legal.md PAY-02). */
  window_too_long: 'CONFLICT',
  signature_invalid: 'BAD_REQUEST',
  /** The provider signed it, and it is of no shape that we know: it is kept. */
  notice_unreadable: 'BAD_REQUEST',
  provider_unreachable: 'SERVICE_UNAVAILABLE',
  /** The provider pays nothing out to this producer yet, or any more. */
  account_not_ready: 'CONFLICT',
  funds_under_way: 'CONFLICT',
  /** What is sent that way would come after the show, or is too much for it. */
  way_closed: 'CONFLICT',
} as const;
