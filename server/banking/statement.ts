import type { Currency } from '../core/money.ts';
import type { Day } from '../core/time.ts';

/** A movement of a bank account as a file tells it. */
export interface Moved {
  readonly day: Day;
  /** Positive came in. */
  readonly minor: bigint;
  readonly currency: Currency;
  readonly counterparty: string;
  readonly text: string;
  /** What makes it itself among all of this account, as far as the bank says. */
  readonly mark: string;
}

/** Why a file or one of its lines is refused; the service makes the refusal of it. */
export type Fault =
  | { readonly code: 'bank_file_unknown' }
  | { readonly code: 'bank_file_unreadable'; readonly line: number }
  | { readonly code: 'bank_line_invalid'; readonly line: number; readonly field: 'day' | 'amount' | 'currency' };

/** What a file holds, or why it cannot be read. */
export type Read<T> = { readonly ok: T } | { readonly fault: Fault };

/** What a file tells of its accounts. */
export interface Told {
  readonly lines: readonly Moved[];
  /** Movements in a currency that we do not hold: left out. */
  readonly foreign: number;
}

/** What people may have typed into a transfer, on one line. */
export const clean = (text: string, most: number): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim().slice(0, most);

/** A movement before it is told apart; `ref` is the bank's own number, empty when it gives none. */
export type Unmarked = Omit<Moved, 'mark'> & { readonly ref?: string };

/* What banks write where they have no number. */
const noRef = /^(NONREF|NOTPROVIDED|N\/?A|0*)$/iu;

/**
 * Movements that look alike in one file are told apart by their order, so that a file of more days brings the same ones again under the same marks. A bank's own number is
 * of help, and no proof: some give one to a whole batch, or none under a constant name.
 */
export function marked(lines: readonly Unmarked[], account: string): Moved[] {
  const seen = new Map<string, number>();
  return lines.map(({ ref = '', ...line }) => {
    const look = [account, line.day, line.minor, line.currency, line.counterparty, line.text, ...(noRef.test(ref) ? [] : [ref])].join('|');
    const nth = (seen.get(look) ?? 0) + 1;
    seen.set(look, nth);
    return { ...line, mark: `${look}|${nth}` };
  });
}

/** The currencies that we read. */
export const currencyOf = (name: string): Currency | null => (name === 'EUR' || name === 'CHF' ? name : null);

/** Whether there is such a day. */
export function isDay(text: string): boolean {
  const [year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/u.exec(text)?.slice(1).map(Number) ?? [];
  if (!year || !month || !day || year < 1990 || year > 2199 || month > 12) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);
}
