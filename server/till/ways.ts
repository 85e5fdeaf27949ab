import type { Money } from '../core/money.ts';
import { addDays, type Day } from '../core/time.ts';

/** Every way of paying that a buyer may be offered, as the provider's port has them. */
export const WAYS = ['card', 'bancontact', 'paypal', 'sepa_debit', 'transfer'] as const;

/**
 * Days that a way needs before the show: a debit is answered within six working days, and may come back until the fourteenth day after
 * (docs.stripe.com/payments/sepa-debit, read 2026-11-21); a transfer takes a working day or two once it is sent.
 */
const daysOf = { sepa_debit: 14, transfer: 5 } as const;
/** The most that one debit may draw, in minor units: 10,000 EUR, as the provider begins with (docs.stripe.com/payments/sepa-debit, read 2026-11-21). */
const mostDebit = 1_000_000n;

/**
 * How a buyer may do what is asked of them today: what would arrive after the show, or is too much for its way, is not offered. `save` is
 * leave to charge later, which nobody gives by a transfer. Anything but cards is of the euro area. `takes` is what the provider can do.
 *
 * @param largest The largest payment that the same leave will have to draw, this one or a later one.
 * @param showDay The day of the show, and `today` the day at its place.
 */
export function waysOf({ act, largest, today, showDay, takes }: { readonly act: 'pay' | 'save'; readonly largest: Money; readonly today: Day; readonly showDay: Day; readonly takes: readonly string[] }): (typeof WAYS)[number][] {
  const inTime = (way: keyof typeof daysOf): boolean => addDays(today, daysOf[way]) <= showDay;
  const debit = largest.minor <= mostDebit;
  if (largest.currency !== 'EUR') return ['card'];
  if (act === 'save') return debit ? ['card', 'sepa_debit'] : ['card'];
  const offered = ['card', 'bancontact', 'paypal', ...(debit && inTime('sepa_debit') ? ['sepa_debit' as const] : []), ...(inTime('transfer') ? ['transfer' as const] : [])] as const;
  return offered.filter((way) => takes.includes(way));
}
