import type { Currency } from '../core/money.ts';
import type { Day } from '../core/time.ts';

/** An invoice that waits for a transfer, as a statement may speak of it. Minor units. */
export interface Awaited {
  readonly invoiceId: string;
  readonly number: string;
  readonly payer: string;
  /** Numbers of the order, the commitment, the contract, the booking. */
  readonly references: readonly string[];
  /** Of the invoice; of one that was paid late, the interest and the fixed sum that are owed still. */
  readonly due: bigint;
  /** The interest and the fixed sum that whoever pays it on a day owes besides. */
  readonly lateOn: (day: Day) => bigint;
  readonly currency: Currency;
}

/** Why a movement seems to be an invoice's. `short`: less came in than is due, so it cannot settle it. */
export type Reason = 'number' | 'reference' | 'amount' | 'amount_late' | 'name' | 'short';

/** An invoice that a movement may settle. */
export interface Proposal {
  readonly invoiceId: string;
  /** 0 to 100. */
  readonly score: number;
  readonly reasons: Reason[];
}

/* What each sign is worth. Its number alone is nearly sure, for nobody types it by chance; an amount alone is a hint. */
const worth: Readonly<Record<Reason, number>> = { number: 55, reference: 25, amount: 30, amount_late: 30, name: 15, short: 0 };
const [least, most] = [30, 3];

const bare = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase();
const packed = (text: string): string => bare(text).replaceAll(/[^0-9A-Z]/gu, '');
const wordsOf = (text: string): string[] => bare(text).split(/[^0-9A-Z]+/u).filter((word) => word.length >= 4);

/** The invoices that a movement may settle, the likeliest first, at most three. None for money that went out. */
export function proposalsFor(moved: { readonly day: Day; readonly minor: bigint; readonly currency: string; readonly counterparty: string; readonly text: string }, awaited: readonly Awaited[]): Proposal[] {
  if (moved.minor <= 0n) return [];
  const said = packed(`${moved.text} ${moved.counterparty}`);
  const spoken = new Set(wordsOf(`${moved.counterparty} ${moved.text}`));
  return awaited.filter(({ currency }) => currency === moved.currency).map(({ invoiceId, number, payer, references, due, lateOn }): Proposal => {
    const name = wordsOf(payer);
    const reasons: Reason[] = [
      ...(said.includes(packed(number)) ? ['number' as const] : []),
      ...(references.some((reference) => packed(reference).length >= 4 && said.includes(packed(reference))) ? ['reference' as const] : []),
      ...(moved.minor === due ? ['amount' as const] : moved.minor === due + lateOn(moved.day) ? ['amount_late' as const] : []),
      ...(name.length > 0 && name.filter((word) => spoken.has(word)).length * 2 > name.length ? ['name' as const] : []),
    ];
    const score = Math.min(100, reasons.reduce((all, reason) => all + worth[reason], 0));
    return { invoiceId, score, reasons: moved.minor < due ? [...reasons, 'short'] : reasons };
  }).filter(({ score }) => score >= least).sort((a, b) => b.score - a.score).slice(0, most);
}
