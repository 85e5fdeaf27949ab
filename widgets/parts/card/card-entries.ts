import type { Attempt, CardEntry } from './card-entry.ts';

/** The card entries that we have, by provider, loaded on use. */
export const CARD_ENTRIES: Readonly<Partial<Record<string, (attempt: Attempt) => Promise<CardEntry>>>> = {
  sandbox: async (attempt) => (await import('./sandbox-card.ts')).sandboxCard(attempt),
  stripe: async (attempt) => (await import('./stripe-card.ts')).stripeCard(attempt),
};
