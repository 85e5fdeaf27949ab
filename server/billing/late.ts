import { euros, halfUp, type Bps, type Money } from '../core/money.ts';
import { addDays, daysBetween, type Day } from '../core/time.ts';

/**
 * The main refinancing rate of the European Central Bank on the first day of each half-year, in basis points. Decisions of
 * 2025-01-30 (3.15 % until 5 February), 2025-06-05 (2.15 % from 11 June): ecb.europa.eu, key interest rates; legal.md PUB-06, read 2026-11-21.
 * A half-year that is not listed keeps the last one known: add its row once the bank has spoken.
 */
const mainRates: readonly (readonly [Day, Bps])[] = [['2025-01-01', 315n], ['2025-07-01', 215n], ['2026-01-01', 215n]];

/** Eight points above the main rate: code de la commande publique R2192-31. */
const points = 800n;

/** The fixed compensation for the cost of recovery: D2192-35. */
const fixedCompensation: Money = euros(4_000n);

/** The rate of late interest of a public buyer, in basis points a year: that of the half-year in which interest began to run. */
export function lateRate(firstLateDay: Day): Bps {
  const known = mainRates.filter(([from]) => from <= firstLateDay).at(-1) ?? mainRates[0];
  return (known?.[1] ?? 0n) + points;
}

/** What a public buyer owes beside the invoice when it pays after the due day: interest for each day late, a year of 365 days, and the fixed 40 euros. Nothing when in time. */
export function latePayment(invoice: { readonly due: Money; readonly dueDay: Day }, paidDay: Day): { days: number; rate: Bps; interest: Money; fixed: Money } {
  const { due, dueDay } = invoice;
  const days = Math.max(0, daysBetween(dueDay, paidDay));
  const rate = lateRate(addDays(dueDay, 1));
  const interest = { ...due, minor: halfUp(due.minor * rate * BigInt(days), 10_000n * 365n) };
  return { days, rate, interest, fixed: { ...fixedCompensation, currency: due.currency, minor: days > 0 ? fixedCompensation.minor : 0n } };
}
