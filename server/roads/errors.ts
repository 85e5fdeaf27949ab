/** How a way says no. A code decides the status at every door and is the key of its message. */
export const roadsErrors = {
  /** A place has no coordinates, impossible ones, or some at sea or beyond the roads that we know; `details.place` names it, `details.why` is `missing`, `range`, `sea`. */
  place_nowhere: 'BAD_REQUEST',
  /** More places in one question than ways are kept for; `details.most`. */
  places_many: 'PAYLOAD_TOO_LARGE',
} as const;
