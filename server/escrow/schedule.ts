import { AppError } from '../core/errors.ts';
import { allocate, type Money } from '../core/money.ts';
import { addDays, dayIn, instantAt, type Day } from '../core/time.ts';
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
const [hourMs, dayMs] = [3_600_000, 86_400_000];
/** The hour at the venue at which people are reminded, and at which a day is given up. */
const hour = '09:00';

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
  const lapseDay = earlier(addDays(actDay, grace), showDay);
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

/** When a show begins, and where: what the hours of its payments are counted from. */
export interface Evening {
  readonly day: Day;
  readonly begins: Date;
  readonly timeZone: string;
}

/**
 * When a booking without the first act lapses: at nine of its day, and four hours before the show at the latest. Null for a contract
 * signed so late (less than six hours before the show) that its buyer would hardly have time to pay: it stands, and the money stays due.
 */
export function lapsesAt(lapseDay: Day, since: Date, { day, begins, timeZone }: Evening): Date | null {
  const last = new Date(begins.getTime() - lapseHours * hourMs);
  if (last.getTime() - since.getTime() < actHours * hourMs) return null;
  const planned = instantAt(lapseDay, hour, timeZone);
  return dayIn(since, timeZone) < day && planned < last ? planned : last;
}

/** The first reminder of a payment due on `dueDay`: at nine of that day, unless what was just written says it already. */
export function firstReminder(dueDay: Day, since: Date, evening: Evening): Date | null {
  const planned = instantAt(dueDay, hour, evening.timeZone);
  return planned.getTime() - since.getTime() >= actHours * hourMs ? planned : nextReminder(since, evening);
}

/**
 * The reminder after `now` of a payment that has not come: every third day before the show, and the day before it; every week after
 * it. Null once three months have passed: from there people decide.
 */
export function nextReminder(now: Date, { day, begins, timeZone }: Evening): Date | null {
  const inDays = (days: number) => new Date(now.getTime() + days * dayMs);
  const eve = instantAt(addDays(day, -1), hour, timeZone);
  const next = now >= begins ? inDays(weekDays) : inDays(3) < begins ? inDays(3) : new Date(begins.getTime() + dayMs);
  if (next.getTime() - begins.getTime() > remindDays * dayMs) return null;
  return now < eve && eve < next ? eve : next;
}

/** When a payment whose show is contested is looked at again, however long that takes: as often as one is asked for after its show. */
export const whileContested = (now: Date): Date => new Date(now.getTime() + weekDays * dayMs);

/** When a producer hears that a show is not paid in full: at nine on its eve; later when the contract is that late, so that its buyer has time to pay first. */
export function unsecuredAt(since: Date, { day, begins, timeZone }: Evening): Date {
  const eve = instantAt(addDays(day, -1), hour, timeZone);
  return new Date(Math.max(eve.getTime(), Math.min(since.getTime() + actHours * hourMs, begins.getTime())));
}

/** When money that is still held has to be looked at: five days before the 85th, and not before the show had its days to be confirmed. */
export const heldTooLongAt = (capturedAt: Date, { day, timeZone }: Evening): Date =>
  new Date(Math.max(capturedAt.getTime() + heldDays * dayMs, instantAt(addDays(day, 3), hour, timeZone).getTime()));

/** Whether the provider may still hold money that it captured: 90 days (legal.md PAY-02). */
export const mayBeHeld = (capturedAt: Date, at: Date): boolean => at.getTime() - capturedAt.getTime() <= 90 * dayMs;

/** Hours before a show: until when its first payment is waited for; and what a buyer needs at least to make it. */
const [lapseHours, actHours] = [4, 2];
/** Days after a show in which its payments are asked for, and days from one time to the next; days after which money held is looked at. */
const [remindDays, weekDays, heldDays] = [90, 7, 80];
