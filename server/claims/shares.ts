import { allocate, type Money } from '../core/money.ts';
import { addDays, type Day } from '../core/time.ts';

/** Days that a debtor has to pay or to contest before anything is kept of its payouts. Ours to set: no law says how many; it is the delay of an invoice between enterprises (C. com. art. L441-10, read 2026-11-22). */
const limitDays = 30;

/** The last day on which nothing is kept yet, of a claim that was opened on `day`. */
export const limitOf = (day: Day): Day => addDays(day, limitDays);

/** What reached the producer and its booker of a booking, less what is claimed of them already; minor units, never negative. */
export interface Credited {
  readonly producer: bigint;
  readonly booker: bigint;
}

/**
 * Who pays back what of a sum that a lost dispute leaves: producer and booker in the ratio of what each was credited with, the odd cent to the producer, and nobody more than that. What is beyond it was our commission or was given
 * back before, and is asked of nobody.
 */
export function sharedOut(missing: Money, credited: Credited): Readonly<Record<keyof Credited, Money>> {
  const { producer, booker } = credited;
  const reached = producer + booker;
  const nothing = { ...missing, minor: 0n };
  if (reached === 0n || missing.minor <= 0n) return { producer: nothing, booker: nothing };
  const asked = { ...missing, minor: missing.minor < reached ? missing.minor : reached };
  const [first = nothing, second = nothing] = allocate(asked, [producer, booker]);
  // The odd cent may not pass what a share was.
  const over = first.minor > producer ? first.minor - producer : 0n;
  return { producer: { ...first, minor: first.minor - over }, booker: { ...second, minor: second.minor + over } };
}
