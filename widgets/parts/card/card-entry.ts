import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Locale } from '../../core/messages.ts';
import type { OwnKey, PublicKey, Say } from '../../core/words.ts';

/** An attempt that was begun, as the server says it. */
export type Attempt = Pick<inferRouterOutputs<AppRouter>['till']['beginPayment'], 'act' | 'ref' | 'clientSecret' | 'publishableKey' | 'ways' | 'amount'>;

/** How an attempt stands after the buyer confirmed it. */
export interface Confirmed {
  readonly status: 'captured' | 'saved' | 'processing' | 'refused';
  /** The provider's word for a refusal: `card_declined`, `authentication_failed`; or ours: `popup_blocked`, `window_closed`. */
  readonly refusal?: string;
}

/**
 * The provider's own entry of a card or an account, inside our frame. The number goes from the field to the provider; neither our
 * server nor the partner's page ever sees it. Stripe's element, or the sandbox.
 */
export interface CardEntry {
  /** Puts the fields into `element`. Rejects when the provider's form cannot be had. */
  readonly mount: (element: HTMLElement, words: { readonly say: Say<PublicKey | OwnKey>; readonly locale: Locale }) => Promise<void> | void;
  /**
   * Confirms the attempt with what was entered, and asks for authentication when the bank wants it, in a window of its own where the
   * bank needs one: call it inside the click. Null when the fields are not right yet: they say so themselves.
   */
  readonly confirm: () => Promise<Confirmed | null>;
}
