import { addDays, type Day } from '../core/time.ts';

/** How an unpaid invoice is asked for: kindly, firmly, and by a notice that puts the debtor in default. */
export type Step = 'friendly' | 'firm' | 'notice';

/**
 * Days after the due day on which each step is taken, since when (ES-13). The first two are courtesy. The third is the mise en demeure of C. civ. 1344; a public
 * buyer's interest and the 40 euros run by themselves from the day after the due day, without any reminder (CCP L2192-13, R2192-32, D2192-35, read 2026-11-21).
 */
const steps: readonly { readonly from: Day; readonly days: Readonly<Record<Step, number>> }[] = [{ from: '2026-01-01', days: { friendly: 3, firm: 15, notice: 30 } }];

const order: readonly Step[] = ['friendly', 'firm', 'notice'];

/** The day of each step of an invoice, by the rule that holds on its due day. */
export function stepsOf(dueDay: Day): { step: Step; day: Day }[] {
  const rule = steps.filter(({ from }) => from <= dueDay).at(-1) ?? steps[0];
  return order.map((step) => ({ step, day: addDays(dueDay, rule?.days[step] ?? 0) }));
}

/**
 * What is to be done today: the latest step that is due and was not taken, none before it being made up for, and the day of the next one. After the last
 * step nothing more is asked by itself.
 */
export function dunningOn(dueDay: Day, taken: readonly string[], today: Day): { step: Step | null; next: Day | null } {
  const all = stepsOf(dueDay);
  const reached = all.filter(({ day }) => day <= today).at(-1);
  const ahead = all.find(({ step, day }) => day > today && !taken.includes(step));
  return { step: reached && !taken.includes(reached.step) ? reached.step : null, next: ahead?.day ?? null };
}
