/** How a search that is kept is refused. A code decides the status at every door and is the key of its message. */
export const alertsErrors = {
  /** So many searches are kept already; `details.most`. */
  search_limit: 'CONFLICT',
} as const;
