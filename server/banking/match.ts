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

interface Moved { readonly day: Day; readonly minor: bigint; readonly currency: string; readonly counterparty: string; readonly text: string }

/** The invoices that a movement may settle, the likeliest first, at most three. None for money that went out. What a statement may say of each invoice is prepared once for all movements. */
export function matcher(awaited: readonly Awaited[]): (moved: Moved) => Proposal[] {
  const known = awaited.map(({ number, references, payer, ...one }) => ({ ...one, number: packed(number), references: references.map(packed).filter((reference) => reference.length >= 4), name: wordsOf(payer) }));
  return (moved) => {
    const { minor, day } = moved;
    if (minor <= 0n) return [];
    const said = packed(`${moved.text} ${moved.counterparty}`);
    const spoken = new Set(wordsOf(`${moved.counterparty} ${moved.text}`));
    const found: Proposal[] = [];
    for (const { invoiceId, number, name, references, due, lateOn, currency } of known) {
      if (currency !== moved.currency) continue;
      const reasons: Reason[] = [];
      if (said.includes(number)) reasons.push('number');
      if (references.some((reference) => said.includes(reference))) reasons.push('reference');
      if (minor === due) reasons.push('amount');
      else if (minor > due && minor === due + lateOn(day)) reasons.push('amount_late');
      if (name.filter((word) => spoken.has(word)).length * 2 > name.length) reasons.push('name');
      const score = Math.min(100, reasons.reduce((all, reason) => all + worth[reason], 0));
      if (score >= least) found.push({ invoiceId, score, reasons: minor < due ? [...reasons, 'short'] : reasons });
    }
    return found.sort((a, b) => b.score - a.score).slice(0, most);
  };
}
