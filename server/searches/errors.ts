/** How a search for tours says no. A code decides the status at every door and is the key of its message. */
export const searchesErrors = {
  /** The organisation searches for three tours already. */
  tour_searching: 'TOO_MANY_REQUESTS',
  /** The search failed, again and again. */
  tour_search_failed: 'CONFLICT',
  /** The search is not over, or what it found is not there any more. */
  tour_search_open: 'CONFLICT',
} as const;
