import { sum, type Money } from '../core/money.ts';

/** One entry as the ledger keeps it. */
export interface Line {
  readonly account: string;
  readonly amount: Money;
}

/** A transfer of a booking, with what decides its reason in words. */
export interface Movement {
  readonly kind: string;
  /** The server's own note of a capture ends with the part that was paid. */
  readonly reason: string;
  readonly entries: readonly Line[];
}

/** Why a movement was booked, as one word that has a message in every language. */
export function whyOf({ kind, reason, entries }: Movement, { disputed }: { readonly disputed: boolean }): string {
  switch (kind) {
    case 'capture': return reason.endsWith('deposit') ? 'deposit' : 'balance';
    case 'release': return disputed ? 'decision' : 'played';
    // Held money goes back after a cancellation or a decision; what no payment asked for was never held.
    case 'refund': return entries.some(({ account }) => account.startsWith('escrow:')) ? disputed ? 'decision' : 'cancelled' : 'unasked';
    default: return kind;
  }
}

/** What went through the account that holds a booking's money: what came in, and where it went. Amounts are never negative. */
export interface Through {
  readonly captured: Money;
  readonly released: Money;
  readonly refunded: Money;
  /** Kept to cover what a buyer's bank took back. */
  readonly covered: Money;
  readonly held: Money;
}

/** Sums up what was held for a booking, from its entries alone. */
export function through(movements: readonly Movement[], zero: Money): Through {
  const of = (kinds: readonly string[]): bigint => movements.filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ entries }) => entries).filter(({ account }) => account.startsWith('escrow:')).reduce((all, { amount }) => all + amount.minor, 0n);
  const amount = (minor: bigint): Money => ({ ...zero, minor });
  const everything = movements.flatMap(({ entries }) => entries).filter(({ account }) => account.startsWith('escrow:')).map((line) => line.amount);
  return {
    captured: amount(of(['capture'])), released: amount(-of(['release', 'indemnity'])), refunded: amount(-of(['refund'])), covered: amount(-of(['chargeback_covered'])),
    held: sum(zero, ...everything),
  };
}

/**
 * What the ledger of a booking proves of itself: that all entries cancel out, and that what is held is what was captured for the schedule
 * and has gone nowhere yet. `scheduled` is what the payments say was captured: another book than the ledger.
 */
export function proofsOf(movements: readonly Movement[], zero: Money, scheduled: Money) {
  const all = sum(zero, ...movements.flatMap(({ entries }) => entries.map(({ amount }) => amount)));
  const { released, refunded, covered, held } = through(movements, zero);
  const due: Money = { ...zero, minor: scheduled.minor - released.minor - refunded.minor - covered.minor };
  return { sum: all, sumIsZero: all.minor === 0n, held, due, heldIsDue: held.minor === due.minor };
}
