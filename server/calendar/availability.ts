import type { Day } from '../core/time.ts';

/** What a visitor may know of a day: `flexible` is to be talked about, because it is held or because nobody said anything of it. */
export type State = 'free' | 'flexible' | 'busy';

export interface DayState {
  readonly day: Day;
  readonly state: State;
}

/** What is known of an artist's days. */
export interface KnownDays {
  /** At the artist's; what lies before it is busy. */
  readonly today: Day;
  /** What the artist said of days. */
  readonly marks: ReadonlyMap<Day, State>;
  /** Days with a live hold. */
  readonly held: ReadonlySet<Day>;
  /** Days sold here, and days of shows from elsewhere. */
  readonly sold: ReadonlySet<Day>;
}

/** `days` as a visitor sees them. */
export const availability = (days: readonly Day[], known: KnownDays): DayState[] => days.map((day) => ({ day, state: stateOf(day, known) }));

function stateOf(day: Day, { today, marks, held, sold }: KnownDays): State {
  if (day < today || sold.has(day)) return 'busy';
  const mark = marks.get(day) ?? 'flexible';
  return mark === 'free' && held.has(day) ? 'flexible' : mark;
}
