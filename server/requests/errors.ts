/** How a request is refused. A code decides the status at every door and is the key of its message. */
export const requestsErrors = {
  /** The work that a form does while it is filled in is not done, too old, or was taken for another request: do some anew. */
  proof_invalid: 'BAD_REQUEST',
} as const;
