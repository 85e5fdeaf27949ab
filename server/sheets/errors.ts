/** How a sheet says no. A code decides the status at every door and is the key of its message. */
export const sheetsErrors = {
  /** As many promises not to play near a place as matching counts; `details.most`. */
  promises_full: 'CONFLICT',
} as const;
