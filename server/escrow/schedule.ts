import { AppError } from '../core/errors.ts';
import { allocate, type Money } from '../core/money.ts';
import { addDays, type Day } from '../core/time.ts';
import { balanceDays, depositDays, windowDays } from '../legal/instalments.ts';

/** A part of the total that the buyer owes. `automatic` is charged under a saved mandate on its day; else the buyer pays by hand until then. */
export interface Instalment {
  readonly part: 'deposit' | 'balance';
  readonly amount: Money;
  readonly dueDay: Day;
  readonly automatic: boolean;
}

/** What a buyer owes for a show, and until when the booking waits for the first act: the deposit paid, or a card saved for it. */
export interface Schedule {
  readonly instalments: readonly [Instalment, Instalment];
  /** The day by which the buyer must have acted. */
  readonly actDay: Day;
  /** The day on which a booking without that act lapses. */
  readonly lapseDay: Day;
}

const grace = 7;

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** The first day on which money for a show may be captured, so that the provider need not hold it longer than it may. */
export const firstCaptureDay = (showDay: Day): Day => addDays(showDay, -windowDays);

/** @throws AppError `window_too_long` when money captured on `day` would be held beyond the provider's window. */
export function assertWindow(showDay: Day, day: Day): void {
  const from = firstCaptureDay(showDay);
  if (day < from) throw new AppError('window_too_long', { from });
}

/** 30 % of the total with tax, and the rest: to the cent, the odd one with the deposit. */
export function split(totalWithTax: Money): { deposit: Money; balance: Money } {
  const [deposit, balance] = allocate(totalWithTax, [3_000n, 7_000n]) as [Money, Money];
  return { deposit, balance };
}

/**
 * What the buyer pays, and when: the deposit within 7 days of the signature and before the show; the balance charged 28 days
 * before the show, or due with the deposit when the show is nearer. A deposit that the provider would hold too long is charged
 * later, under a card saved within the same 7 days.
 */
export function schedule(deal: { readonly total: Money; readonly signedDay: Day; readonly showDay: Day }): Schedule {
  const { total, signedDay, showDay } = deal;
  const { deposit, balance } = split(total);
  const actDay = later(signedDay, earlier(addDays(signedDay, depositDays), addDays(showDay, -1)));
  const lapseDay = later(addDays(signedDay, 1), earlier(addDays(actDay, grace), showDay));
  // A buyer may pay on the very day of the signature, so that day decides.
  const saved = signedDay < firstCaptureDay(showDay);
  const depositDay = saved ? firstCaptureDay(showDay) : actDay;
  const balanceDay = later(addDays(showDay, -balanceDays), depositDay);
  const instalments: [Instalment, Instalment] = [
    { part: 'deposit', amount: deposit, dueDay: depositDay, automatic: saved },
    { part: 'balance', amount: balance, dueDay: balanceDay, automatic: balanceDay > depositDay },
  ];
  for (const { dueDay } of instalments) assertWindow(showDay, dueDay);
  return { instalments, actDay, lapseDay };
}
