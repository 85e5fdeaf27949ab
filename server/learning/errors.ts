/** How learned models say no. A code decides the status at every door and is the key of its message. */
export const learningErrors = {
  /** What was kept of this version is damaged: `details.version`. */
  model_damaged: 'CONFLICT',
} as const;
