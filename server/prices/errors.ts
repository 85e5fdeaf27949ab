/** How a price says no. A code decides the status at every door and is the key of its message. */
export const pricesErrors = {
  /** A price, a rate or a promotion begins tomorrow at the earliest, and after the one before it: what was said stays said. */
  price_from_past: 'BAD_REQUEST',
} as const;
