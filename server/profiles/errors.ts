/** How a press kit says no. A code decides the status at every door and is the key of its message. */
export const profilesErrors = {
  slug_taken: 'CONFLICT',
  /** Not a picture, a recording, a film or a document that we know; `details.name`. */
  media_unreadable: 'BAD_REQUEST',
  media_too_large: 'PAYLOAD_TOO_LARGE',
  /** Five recordings, thirty photos, three films, ten documents. */
  media_full: 'CONFLICT',
  /** What a press kit needs before anybody sees it; `details.missing`. */
  epk_incomplete: 'CONFLICT',
} as const;
