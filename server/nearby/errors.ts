/** How a wish to hear an artist near says no. A code decides the status at every door and is the key of its message. */
export const nearbyErrors = {
  /** It was answered before. */
  wish_closed: 'CONFLICT',
} as const;
