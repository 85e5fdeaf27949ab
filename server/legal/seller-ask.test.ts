import { expect, test } from 'vitest';
import { answerBy, askAgainOn, isToStop } from './seller-ask.ts';

test.each([
  ['2027-06-20', 2, '2027-08-19', false], ['2027-06-20', 2, '2027-08-20', true], ['2027-06-20', 1, '2027-12-31', false], ['2027-06-20', 0, '2027-12-31', false], ['2027-06-20', 5, '2027-08-19', false], ['2028-01-01', 4, '2028-03-02', true],
])('asked on %s and reminded %i times, a producer is stopped on %s: %s (PAY-08)', (asked, reminders, today, stopped) => {
  expect(isToStop({ asked, reminders }, today)).toBe(stopped);
});

test('it is asked every fourteen days, and on the day of the stop itself (PAY-08)', () => {
  const days = ['2027-06-20'];
  for (let i = 0; i < 6; i += 1) days.push(askAgainOn('2027-06-20', days.at(-1)!));
  expect(days).toEqual(['2027-06-20', '2027-07-04', '2027-07-18', '2027-08-01', '2027-08-15', '2027-08-20', '2027-09-03']);
});

test('each letter names the sixtieth day, and a late one leaves the days until it is looked at again (PAY-08)', () => {
  expect(['2027-07-04', '2027-08-15', '2027-08-19'].map((today) => answerBy('2027-06-20', today))).toEqual(['2027-08-19', '2027-08-19', '2027-08-19']);
  expect(answerBy('2027-06-20', '2027-10-01')).toBe('2027-10-14');
});
