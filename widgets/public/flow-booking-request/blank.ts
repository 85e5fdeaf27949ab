import type { Place } from '../../parts/place-picker.ts';

/** The questions, each answered by a line or a text, in the order of the form. */
export const QUESTIONS = [
  'showDay', 'seasonUntil', 'shows', 'startTime', 'city', 'place', 'occasion', 'audience', 'budget', 'technical', 'organisation', 'contactName', 'email', 'phone', 'message',
] as const;

/** Who asks: it decides which questions are put, and which path the payment takes. */
export type Asker = 'private' | 'venue' | 'camping' | 'commune';

/** One of the questions. */
export type Question = (typeof QUESTIONS)[number];

/** Everything typed so far, as it was typed. */
export interface Answers extends Readonly<Record<Question, string>> {
  readonly asker: Asker;
  readonly commune: Place | null;
  readonly outdoor: boolean;
  /** A régie, an EPCI, a school: a public body that is no commune. */
  readonly publicBody: boolean;
}

/** A form that nobody has touched. */
export const BLANK: Answers = {
  ...Object.fromEntries(QUESTIONS.map((question) => [question, ''])) as Record<Question, string>, asker: 'private', commune: null, outdoor: false, publicBody: false, shows: '1', startTime: '20:30',
};
