/** How a signature says no. A code decides the status at every door and is the key of its message. */
export const signingErrors = {
  envelope_closed: 'CONFLICT',
  already_signed: 'CONFLICT',
} as const;
