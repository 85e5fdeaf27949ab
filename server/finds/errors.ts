/** How a discovery says no. A code decides the status at every door and is the key of its message. */
export const findsErrors = {
  /** Who seeks is neither an artist nor a place: a booker acts for an artist first. */
  seeker_sideless: 'CONFLICT',
} as const;
