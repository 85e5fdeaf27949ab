/** How a choice is refused. A code decides the status at every door and is the key of its message. */
export const discoveryErrors = {
  /** One's own organisation is not chosen. */
  choice_own: 'BAD_REQUEST',
  /** An artist chooses places, and a place artists. */
  choice_same_side: 'BAD_REQUEST',
  /** It was contacted before, or has expired; `details.status`. */
  match_closed: 'CONFLICT',
} as const;
