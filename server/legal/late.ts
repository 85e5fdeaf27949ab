import { euros, halfUp, type Bps, type Money } from '../core/money.ts';
import { addDays, daysBetween, type Day } from '../core/time.ts';

/**
 * The main refinancing rate of the European Central Bank on the first day of each half-year, in basis points. Decisions of
 * 2025-01-30 (3.15 % until 5 February), 2025-06-05 (2.15 % from 11 June): ecb.europa.eu, key interest rates; legal.md PUB-06, read 2026-11-21.
 * A half-year that is not listed keeps the last one known: add its row once the bank has spoken.
 */
const mainRates: readonly (readonly [Day, Bps])[] = [['2025-01-01', 315n], ['2025-07-01', 215n], ['2026-01-01', 215n]];

/** Who pays late: a public buyer, or another enterprise. A private person owes neither interest nor compensation by law. */
export type Debtor = 'public' | 'business' | 'person';

/** Points above the main rate: code de la commande publique R2192-31; code de commerce L441-10, II, where nothing else is agreed (legal.md PAY-11, read 2026-11-21). */
const points = { public: 800n, business: 1_000n } as const;

/** The fixed compensation for the cost of recovery, in euros by law: directive 2011/7/UE art. 6, CCP D2192-35, C. com. D441-5, read 2026-11-22. In Switzerland, and in its francs, there is none (CO 106 asks for the damage). */
const fixedCompensation: Money = euros(4_000n);

/** The rate of late interest, in basis points a year: that of the half-year in which interest began to run. */
export function lateRate(firstLateDay: Day, debtor: Debtor): Bps {
  const known = mainRates.filter(([from]) => from <= firstLateDay).at(-1) ?? mainRates[0];
  return debtor === 'person' ? 0n : (known?.[1] ?? 0n) + points[debtor];
}

/** What is owed beside the invoice when it is paid after the due day: interest for each day late, a year of 365 days, half up, and the fixed 40 euros, but in another currency or where a party is `swiss`. Nothing when in time. */
export function latePayment(invoice: { readonly due: Money; readonly dueDay: Day; readonly swiss?: boolean }, paidDay: Day, debtor: Debtor): { days: number; rate: Bps; interest: Money; fixed: Money } {
  const { due, dueDay } = invoice;
  const days = Math.max(0, daysBetween(dueDay, paidDay));
  const rate = lateRate(addDays(dueDay, 1), debtor);
  const interest = { ...due, minor: halfUp(due.minor * rate * BigInt(days), 10_000n * 365n) };
  const fixed = days > 0 && debtor !== 'person' && !invoice.swiss && due.currency === fixedCompensation.currency;
  return { days, rate, interest, fixed: fixed ? fixedCompensation : { ...due, minor: 0n } };
}
