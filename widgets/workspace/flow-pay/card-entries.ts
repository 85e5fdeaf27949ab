import type { CardEntry } from './card-entry.ts';

/** The card entries that we have, by provider, loaded on use. */
export const CARD_ENTRIES: Readonly<Partial<Record<string, () => Promise<CardEntry>>>> = {
  sandbox: async () => (await import('./sandbox-card.ts')).sandboxCard(),
};
