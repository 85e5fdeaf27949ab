import { AppError } from '../core/errors.ts';
import { addDays, fromDay, type Day } from '../core/time.ts';
import { isLarger, type PlanName } from '../prices/catalogue.ts';
import { monthAfter } from '../prices/period.ts';

/** How a plan stands. `past_due`: its renewal was refused, and is tried again. `cancelled`: it runs to its end. `ended`: the free plan. */
export type State = 'trial' | 'active' | 'past_due' | 'cancelled' | 'ended';

/**
 * The plan of an organisation. It begins as `trial` or `active`; a refused renewal makes it `past_due` and a third one ends it; `cancelled`
 * runs to `until`. What ended may begin again, without a second trial.
 */
export interface Subscription {
  readonly plan: PlanName;
  readonly state: State;
  /** The period: from `since` up to and without `until`. */
  readonly since: Day;
  readonly until: Day;
  readonly anchor: number;
  /** What this period was paid with, before tax, in minor units; once made larger, what a month of the larger plan costs: its days that are left count at that. Null while it is tried: a month may be paid with nothing, where all of it was off. */
  readonly paidMinor: bigint | null;
  readonly nextPlan: PlanName | null;
  readonly tried: boolean;
  /** Charges of this renewal that were refused. */
  readonly tries: number;
}

/** Days to pay a plan that was agreed by quote: a public buyer's by law (CCP R2192-10, read 2026-11-21), and the same for everybody. */
export const quoteDays = 30;

/** How often a renewal is tried, and days from a refused one to the next: on the day, three days later, a week later. */
export const MOST_TRIES = 3;
const pauses: readonly number[] = [3, 4];

const dayOfMonth = (day: Day): number => fromDay(day).getUTCDate();

/** Begins a trial, once for an organisation. @throws AppError `plan_trial_used`; `plan_closed` while it has a plan. */
export function startTrial(before: Subscription | null, plan: PlanName, today: Day, days: number): Subscription {
  if (before && before.state !== 'ended') throw new AppError('plan_closed', { state: before.state });
  if (before?.tried || days === 0) throw new AppError('plan_trial_used');
  const until = addDays(today, days);
  return { plan, state: 'trial', since: today, until, anchor: dayOfMonth(until), paidMinor: null, nextPlan: null, tried: true, tries: 0 };
}

/** The first month was paid, out of nothing or out of a trial: it begins today. */
export const begin = (before: Subscription | null, plan: PlanName, today: Day, paidMinor: bigint): Subscription =>
  ({ plan, state: 'active', since: today, until: monthAfter(today, dayOfMonth(today)), anchor: dayOfMonth(today), paidMinor, nextPlan: null, tried: before?.tried ?? false, tries: 0 });

/** A larger plan for the rest of the period was paid; what was put off is forgotten. `month` is what a whole month of it costs, before tax, in minor units. */
export const enlarge = (before: Subscription, plan: PlanName, month: bigint): Subscription => ({ ...before, plan, state: 'active', paidMinor: month, nextPlan: null });

/** The next month was paid, on time or late: it runs on from the day on which the last one ended. */
export const renew = (before: Subscription, plan: PlanName, paidMinor: bigint): Subscription =>
  ({ ...before, plan, state: 'active', since: before.until, until: monthAfter(before.until, before.anchor), paidMinor, nextPlan: null, tries: 0 });

/** What becomes of a plan on the day on which its period ends: it is charged, or it ends. Null where nothing is due. */
export function atEnd({ state }: Subscription, hasCard: boolean): 'charge' | 'end' | null {
  switch (state) {
    case 'trial': case 'active': return hasCard ? 'charge' : 'end';
    case 'cancelled': return 'end';
    case 'past_due': case 'ended': return null;
  }
}

/** A renewal was refused: it is tried again in `again` days, and the third time the plan ends. */
export function refuse(before: Subscription): { readonly next: Subscription; readonly again: number | null } {
  const tries = before.tries + 1;
  const pause = pauses[tries - 1];
  return tries < MOST_TRIES && pause !== undefined ? { next: { ...before, state: 'past_due', tries }, again: pause } : { next: end(before), again: null };
}

/** The free plan from now on. */
export const end = (before: Subscription): Subscription => ({ ...before, state: 'ended', nextPlan: null, tries: 0 });

/** A smaller plan, from the end of the period on. @throws AppError `plan_closed`. */
export function putOff(before: Subscription, plan: PlanName): Subscription {
  if (before.state !== 'active' || !isLarger(before.plan, plan)) throw new AppError('plan_closed', { state: before.state });
  return { ...before, nextPlan: plan };
}

/** No more months: it runs to the end of the one that is paid or tried; what nobody paid ends at once. @throws AppError `plan_closed`. */
export function cancel(before: Subscription | null): Subscription {
  if (!before || before.state === 'cancelled' || before.state === 'ended') throw new AppError('plan_closed', { state: before?.state ?? 'ended' });
  return before.state === 'past_due' ? end(before) : { ...before, state: 'cancelled', nextPlan: null };
}

/** It goes on after all, or stays as large as it is. @throws AppError `plan_closed`. */
export function resume(before: Subscription | null): Subscription {
  if (before?.state === 'cancelled') return { ...before, state: before.paidMinor === null ? 'trial' : 'active' };
  if (before?.state === 'active' && before.nextPlan) return { ...before, nextPlan: null };
  throw new AppError('plan_closed', { state: before?.state ?? 'ended' });
}
