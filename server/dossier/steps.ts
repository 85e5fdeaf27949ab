import type { Side } from '../core/permissions.ts';

/** The way of a booking, in the trade's own words. `order`, `invoice` and `payment` belong to a public buyer; `deposit`, `balance` and `release` to a secured payment. */
export type StepName = 'request' | 'hold' | 'offer' | 'agreement' | 'order' | 'contract' | 'deposit' | 'balance' | 'show' | 'release' | 'invoice' | 'payment';

export interface Step {
  readonly step: StepName;
  readonly state: 'done' | 'now' | 'to_come' | 'stopped';
}

type Status = 'requested' | 'negotiating' | 'agreed' | 'contracted' | 'played' | 'settled' | 'declined' | 'lapsed' | 'cancelled';

/** What the rooms know of a booking, as far as its steps go. */
export interface Known {
  readonly path: 'secured' | 'public';
  readonly status: Status;
  readonly held: boolean;
  readonly offers: readonly { readonly status: string; readonly proposedBy: Side; readonly expiresAt: Date }[];
  /** Whether the contract has all it needs of each side. */
  readonly complete: Readonly<Record<Side, boolean>>;
  readonly ordered: boolean;
  /** Null while there is no contract. */
  readonly signed: Readonly<Record<Side, boolean>> | null;
  readonly payments: readonly { readonly part: 'deposit' | 'balance'; readonly status: string; readonly automatic: boolean; readonly dueDay: Date }[];
  readonly mandate: boolean;
  readonly show: { readonly begins: Date; readonly confirmed: Readonly<Record<Side, boolean>>; readonly contestedBy: Side | null; readonly played: boolean } | null;
  /** A dispute is open: what is held is frozen. */
  readonly disputed: boolean;
  readonly released: boolean;
  readonly invoice: { readonly paid: boolean; readonly dueDay: Date } | null;
  /** An invoice waits for the producer's mandate. */
  readonly waiting: boolean;
}

/** What has to happen next, and who does it. */
export interface Next {
  readonly act: 'answer_request' | 'answer_offer' | 'complete_party' | 'order_purchase' | 'sign' | 'pay' | 'save_card' | 'confirm_show' | 'issue_invoice' | 'settle_invoice' | 'wait' | 'nothing';
  readonly by: Side | null;
  readonly until: Date | null;
}

const stopped: readonly Status[] = ['declined', 'lapsed', 'cancelled'];
const other = (side: Side): Side => (side === 'artist' ? 'buyer' : 'artist');

/** Every step of the booking. The first that is not done is `now`, or `stopped` when the booking ended before it, by a decision too. A hold may be left out: then its step disappears. */
export function stepsOf(known: Known): Step[] {
  const agreed = known.offers.some((offer) => offer.status === 'accepted');
  const captured = (part: string) => known.payments.some((payment) => payment.part === part && payment.status === 'captured');
  const signed = known.signed?.artist === true && known.signed.buyer;
  const played = known.show?.played === true;
  const all: [StepName, boolean][] = [
    ['request', true],
    ...(known.held || !agreed ? [['hold', known.held || known.offers.length > 0] as [StepName, boolean]] : []),
    ['offer', known.offers.length > 0],
    ['agreement', agreed],
    ...(known.path === 'public'
      ? [['order', known.ordered], ['contract', signed], ['show', played], ['invoice', known.invoice !== null], ['payment', known.invoice?.paid === true]] as [StepName, boolean][]
      : [['contract', signed], ['deposit', captured('deposit')], ['balance', captured('balance')], ['show', played], ['release', known.released]] as [StepName, boolean][]),
  ];
  const first = all.findIndex(([, done]) => !done);
  return all.map(([step, done], i) => ({ step, state: done ? 'done' : i !== first ? 'to_come' : stopped.includes(known.status) || known.status === 'settled' ? 'stopped' : 'now' }));
}

/** What has to happen next, as `reader` sees it: of acts that both sides owe, their own comes first. */
export function nextOf(known: Known, reader: Side, now: Date): Next {
  const wait: Next = { act: 'wait', by: null, until: null };
  const owed = (act: Next['act'], done: Readonly<Record<Side, boolean>>): Next =>
    ({ act, by: done[reader] ? other(reader) : reader, until: null });
  switch (known.status) {
    case 'declined': case 'lapsed': case 'cancelled': case 'settled':
      return { act: 'nothing', by: null, until: null };
    case 'requested': case 'negotiating': {
      const open = known.offers.find((offer) => offer.status === 'sent');
      return open ? { act: 'answer_offer', by: other(open.proposedBy), until: open.expiresAt } : { act: 'answer_request', by: 'artist', until: null };
    }
    case 'agreed':
      if (!known.complete.artist || !known.complete.buyer) return owed('complete_party', known.complete);
      if (known.path === 'public' && !known.ordered) return { act: 'order_purchase', by: 'buyer', until: null };
      return known.signed ? owed('sign', known.signed) : wait;
    case 'contracted': {
      const begun = known.show && known.show.begins <= now && !known.show.played ? known.show : null;
      // A show that is not paid can be confirmed all the same.
      if (begun && reader === 'artist' && !begun.confirmed.artist) return { act: 'confirm_show', by: 'artist', until: null };
      return moneyOf(known, now) ?? (begun ? owed('confirm_show', begun.confirmed) : wait);
    }
    case 'played':
      if (known.path === 'public' && known.waiting) return { act: 'issue_invoice', by: 'artist', until: null };
      if (known.path === 'public' && known.invoice && !known.invoice.paid) return { act: 'settle_invoice', by: 'buyer', until: known.invoice.dueDay };
      return moneyOf(known, now) ?? wait;
  }
}

/** What the buyer still has to do for the money, before the show or after it. */
function moneyOf({ payments, mandate }: Known, now: Date): Next | null {
  // What nothing saved will be charged for is paid by hand from its day on.
  const due = payments.find((payment) => payment.status === 'refused' || (payment.status === 'due' && (!payment.automatic || (!mandate && payment.dueDay <= now))));
  if (due) return { act: 'pay', by: 'buyer', until: due.dueDay };
  return payments.some((payment) => payment.status === 'due') && !mandate ? { act: 'save_card', by: 'buyer', until: null } : null;
}
