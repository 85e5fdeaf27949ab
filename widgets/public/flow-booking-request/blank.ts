import type { Answers, Question } from './answers.ts';

/** The questions, each answered by a line or a text, in the order of the form. */
export const QUESTIONS = [
  'showDay', 'seasonUntil', 'shows', 'startTime', 'city', 'place', 'occasion', 'audience', 'budget', 'technical', 'organisation', 'contactName', 'email', 'phone', 'message',
] as const;

/** A form that nobody has touched. */
export const BLANK: Answers = {
  ...Object.fromEntries(QUESTIONS.map((question) => [question, ''])) as Record<Question, string>, asker: 'private', commune: null, outdoor: false, publicBody: false, shows: '1', startTime: '20:30',
};

/** Francs for a commune of Switzerland, euros elsewhere. */
export const currencyOf = ({ commune }: Pick<Answers, 'commune'>) => (commune?.country === 'CH' ? 'CHF' as const : 'EUR' as const);
