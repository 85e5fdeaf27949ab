import type { Purpose, Side } from '../../core/permissions.ts';
import type { Topic } from '../../core/topics.ts';

/** What a mail may speak of, in the reader's language already. */
export interface Facts {
  readonly artist: string;
  readonly buyer: string;
  /** `samedi 14 juin 2027` */
  readonly day: string;
  readonly place: string;
  /** The amount that the fact is about, with its currency; empty when there is none. */
  readonly amount: string;
  /** The date by which something is expected; empty when there is none. */
  readonly until: string;
  /** Whether the reader still has to give their legal identity. */
  readonly incomplete: boolean;
  readonly number: string;
  /** Whether the payment is charged on its day under a saved card. */
  readonly automatic: boolean;
  /** Whether the payment is the balance rather than the deposit. */
  readonly balance: boolean;
  /** The date on which the day is free again without this payment; empty when it does not lapse. */
  readonly lapses: string;
  /** Whether the show was played. */
  readonly played: boolean;
  /** Whether both sides had signed the contract. */
  readonly signed: boolean;
  /** The side that says that the show was not played as agreed. */
  readonly contestedBy: Side | null;
  /** What goes back to the buyer of what was held; empty when nothing does. */
  readonly refund: string;
  /** What is still with a bank, so that the money of what was ended waits; absent where nothing is. */
  readonly waits?: string;
  /** How an overdue invoice is asked for; absent where none is. */
  readonly step?: 'friendly' | 'firm' | 'notice';
  /** How a contested invoice stands; absent where none is. */
  readonly answer?: 'open' | 'upheld' | 'refused' | 'withdrawn';
  /** Whether the invoice is ours, for our commission. */
  readonly ours?: boolean;
  /** The late interest and the fixed 40 euros by today, with their currency; absent where none is owed. */
  readonly late?: string;
  /** Whether it is a reply to a review, and not a review, that our people hid. */
  readonly isReply?: boolean;
  /** What who said no adds to it, as they typed it; empty when nothing. */
  readonly reason: string;
}

/** One mail: what it says, and the one act behind its button. `purpose` is what a link is good for. */
export interface Notice {
  readonly subject: string;
  readonly text: readonly string[];
  readonly label: string;
  readonly purpose: Purpose;
}

/** How one fact is told to one side; nothing where it is no news. */
export type Words = (facts: Facts) => Notice | null;
/** What one language says, by fact and by side. */
export type Table = Partial<Record<Topic, Partial<Record<Side, Words>>>>;

/** Writes one mail; its link is good for following the file unless said. */
export const notice = (subject: string, text: readonly string[], label: string, purpose: Purpose = 'follow'): Notice => ({ subject, text, label, purpose });

/** What somebody typed, said to be theirs. */
export const because = (reason: string, label: string): string[] => (reason === '' ? [] : [`${label} ${reason}`]);

/** What stands around every mail: who is greeted, and why we write and how it stops. */
export interface Around {
  readonly greeting: (name: string) => string;
  readonly why: string;
}
