import type { messages } from './messages/fr.ts';
import type { messages as ownMessages } from './messages/workspace/fr.ts';

/** What a phrase may be: words with `{figures}` in them, or one form for one and one for several, by the figure `n`. */
export type Phrase = string | { readonly one: string; readonly other: string };

/** Everything said on anybody's page: a sentence for each refusal met there, and the words of the public widgets. French names the keys. */
export type PublicKey = keyof typeof messages;

/** Everything said on our own origin besides. */
export type OwnKey = keyof typeof ownMessages;

/** One language of each. */
export type Messages = Readonly<Record<PublicKey, Phrase>>;
export type OwnMessages = Readonly<Record<OwnKey, Phrase>>;

/** What fills the braces of a phrase. */
export type Figures = Readonly<Record<string, string | number>>;

/** What a site speaks with: `say('offer_closed')`, `say('daysFree', { n: 3 })`. */
export type Say<K extends string = PublicKey> = (key: K, figures?: Figures) => string;
