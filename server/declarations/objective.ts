import type { Stretch } from '../accounting/period.ts';
import { addDays, type Day } from '../core/time.ts';
import type { BookRow } from './taxed.ts';

/** The months that a stretch touches, `2027-05`. */
function monthsOf({ first, last }: Stretch): string[] {
  const months = [];
  for (let day: Day = first; day <= last; day = addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7).concat('-01')) months.push(day.slice(0, 7));
  return months;
}

/** What was invoiced of shows in each month of a financial year, before tax, in minor units, and all of it since the year began; a credit note takes back in its own month. */
export function invoicedBy(rows: readonly BookRow[], year: Stretch, currency: string): { readonly month: string; readonly minor: bigint; readonly sum: bigint }[] {
  const sales = rows.filter((row) => row.side === 'sale' && row.currency === currency && row.day >= year.first && row.day <= year.last);
  let sum = 0n;
  return monthsOf(year).map((month) => {
    const minor = sales.filter(({ day }) => day.startsWith(month)).reduce((all, { net, credit }) => all + (credit ? -net : net), 0n);
    sum += minor;
    return { month, minor, sum };
  });
}

/** What of a contract's price is not invoiced yet, in minor units: never less than nothing. `invoiced` is before tax, credit notes taken off. */
export const leftOf = (price: bigint, invoiced: bigint): bigint => (price > invoiced ? price - invoiced : 0n);
