import type { Say } from '../../core/words.ts';
import type { OwnKey, PublicKey } from '../../core/words.ts';

/** How an attempt stands after the buyer confirmed it. */
export interface Confirmed {
  readonly status: 'captured' | 'saved' | 'processing' | 'refused';
  /** The provider's word for a refusal: `card_declined`, `authentication_failed`. */
  readonly refusal?: string;
}

/**
 * The provider's own card entry, inside our frame. The number goes from the field to the provider; neither our server nor the
 * partner's page ever sees it. Stripe's element, or the sandbox.
 */
export interface CardEntry {
  /** Puts the fields into `element`. */
  readonly mount: (element: HTMLElement, say: Say<PublicKey | OwnKey>) => void;
  /**
   * Confirms the attempt with the card that was entered, and asks for authentication when the bank wants it. Null when the fields
   * are not right yet: they say so themselves.
   */
  readonly confirm: (clientSecret: string, ref: string) => Promise<Confirmed | null>;
}
