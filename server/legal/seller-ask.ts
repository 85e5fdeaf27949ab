import { addDays, type Day } from '../core/time.ts';

/** A producer was asked for what it has to give, first on `asked`, and so many times again. */
interface Ask {
  readonly asked: Day;
  readonly reminders: number;
}

/**
 * After how many reminders, and how many whole days after that of the first letter, a producer that does not answer is stopped; and every how many days it is reminded.
 * The first two: directive (EU) 2021/514, annex V, section IV A; CGI art. 1649 ter A ff. (read 2026-11-22). Every fourteen days is ours.
 */
const silence: readonly { readonly from: Day; readonly reminders: number; readonly days: number; readonly again: number }[] = [{ from: '2023-01-01', reminders: 2, days: 60, again: 14 }];

const ruleOf = (asked: Day) => silence.filter(({ from }) => from <= asked).at(-1) ?? silence[0] ?? { reminders: 2, days: 60, again: 14 };

const later = (one: Day, other: Day): Day => (one > other ? one : other);

/** The last of the days that a producer has to answer, by the rule that holds on the day it was asked. */
const lastDay = (asked: Day): Day => addDays(asked, ruleOf(asked).days);

/** Whether the law has it stopped today: it was reminded often enough, and its days are over. */
export const isToStop = ({ asked, reminders }: Ask, today: Day): boolean => reminders >= ruleOf(asked).reminders && today > lastDay(asked);

/** The day on which it is asked again, counted from today: no later than the day of the stop, while that lies ahead. */
export function askAgainOn(asked: Day, today: Day): Day {
  const [next, stop] = [addDays(today, ruleOf(asked).again), addDays(lastDay(asked), 1)];
  return today < stop && stop < next ? stop : next;
}

/** By which day a letter of today asks for an answer: its last day, or, where the reminders went late, the one before it is looked at again. */
export const answerBy = (asked: Day, today: Day): Day => later(lastDay(asked), addDays(askAgainOn(asked, today), -1));
