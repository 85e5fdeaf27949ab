/** How a roadbook says no. A code decides the status at every door and is the key of its message. */
export const roadbooksErrors = {
  /** More days than are printed at once, `details.most` at most: print one artist, or one day. */
  roadbook_long: 'PAYLOAD_TOO_LARGE',
} as const;
