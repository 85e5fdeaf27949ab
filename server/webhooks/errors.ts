/** How an endpoint is refused. A code decides the status at every door and is the key of its message. */
export const webhooksErrors = {
  /** An address that we never call: not https, or not on the public web. */
  webhook_url_refused: 'BAD_REQUEST',
  /** As many endpoints as an organisation may have are there already. */
  webhook_full: 'CONFLICT',
  /** Nothing is sent to an endpoint that is switched off. */
  webhook_off: 'CONFLICT',
} as const;
