import { expect, test } from 'vitest';
import { checkPlayable, presumedAt } from './show.ts';

const begins = new Date('2027-07-14T18:30:00Z');
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

test('from its first minute on a show may be said to be played', () => {
  expect(() => { checkPlayable('contracted', begins, begins); }).not.toThrow();
  expect(() => { checkPlayable('contracted', begins, new Date('2027-07-14T18:29:59Z')); }).toThrow(refusal('show_not_yet'));
});

test.each([
  ['requested', 'show_not_due'], ['negotiating', 'show_not_due'], ['agreed', 'show_not_due'],
  ['declined', 'booking_closed'], ['lapsed', 'booking_closed'], ['cancelled', 'booking_closed'], ['settled', 'booking_closed'],
] as const)('a booking that is %s refuses with %s', (status, code) => {
  expect(() => { checkPlayable(status, begins, begins); }).toThrow(refusal(code));
});

test('two days after it began a show counts as played', () => {
  expect(presumedAt(begins)).toEqual(new Date('2027-07-16T18:30:00Z'));
});
