import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros, sum } from '../core/money.ts';
import { addDays, daysBetween } from '../core/time.ts';
import { assertWindow, firstCaptureDay, schedule, split } from './schedule.ts';

const total = euros(126_600n);
const plan = (signedDay: string, showDay: string) => {
  const { instalments: [deposit, balance], actDay, lapseDay } = schedule({ total, signedDay, showDay });
  return { deposit: [deposit.dueDay, deposit.automatic], balance: [balance.dueDay, balance.automatic], actDay, lapseDay };
};

test('thirty and seventy, to the cent for any amount (ES-01)', () => {
  expect(split(total)).toEqual({ deposit: euros(37_980n), balance: euros(88_620n) });
  fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 14n }), (minor) => {
    const { deposit, balance } = split(euros(minor));
    expect(sum(deposit, balance)).toEqual(euros(minor));
    // The deposit is never more than a cent above its share.
    expect(deposit.minor * 10n - minor * 3n).toBeLessThan(10n);
    expect(deposit.minor * 10n - minor * 3n).toBeGreaterThanOrEqual(0n);
  }));
});

test.each([
  ['the usual case: by hand in 7 days, the balance 28 days before', '2027-03-01', '2027-05-08', { deposit: ['2027-03-08', false], balance: ['2027-04-10', true], actDay: '2027-03-08', lapseDay: '2027-03-15' }],
  ['far ahead: a card is saved now, the deposit charged 85 days before the release', '2027-01-10', '2027-07-14', { deposit: ['2027-04-22', true], balance: ['2027-06-16', true], actDay: '2027-01-17', lapseDay: '2027-01-24' }],
  ['the last day on which a deposit must wait', '2027-02-13', '2027-05-08', { deposit: ['2027-02-14', true], balance: ['2027-04-10', true], actDay: '2027-02-20', lapseDay: '2027-02-27' }],
  ['the first day on which a deposit may be taken at once', '2027-02-14', '2027-05-08', { deposit: ['2027-02-21', false], balance: ['2027-04-10', true], actDay: '2027-02-21', lapseDay: '2027-02-28' }],
  ['nearer than 28 days: both are due together', '2027-04-20', '2027-05-08', { deposit: ['2027-04-27', false], balance: ['2027-04-27', false], actDay: '2027-04-27', lapseDay: '2027-05-04' }],
  ['28 days before falls among the first 7: both are due together', '2027-04-07', '2027-05-08', { deposit: ['2027-04-14', false], balance: ['2027-04-14', false], actDay: '2027-04-14', lapseDay: '2027-04-21' }],
  ['the day after tomorrow: paid before the show', '2027-05-06', '2027-05-08', { deposit: ['2027-05-07', false], balance: ['2027-05-07', false], actDay: '2027-05-07', lapseDay: '2027-05-08' }],
])('%s', (_, signedDay, showDay, expected) => {
  expect(plan(signedDay, showDay)).toEqual(expected);
});

test('money is never captured so early that the provider holds it longer than 85 days (PAY-02)', () => {
  const day = fc.integer({ min: 0, max: 900 });
  fc.assert(fc.property(day, day, (signed, ahead) => {
    const signedDay = addDays('2027-01-01', signed);
    const showDay = addDays(signedDay, ahead);
    const release = addDays(showDay, 2);
    const { instalments, actDay, lapseDay } = schedule({ total, signedDay, showDay });
    for (const { dueDay, automatic } of instalments) {
      expect(daysBetween(dueDay, release)).toBeLessThanOrEqual(85);
      // What is paid by hand may be paid on the day of the signature.
      if (!automatic) expect(daysBetween(signedDay, release)).toBeLessThanOrEqual(85);
    }
    expect(actDay >= signedDay && actDay <= addDays(signedDay, 7)).toBe(true);
    expect(lapseDay > signedDay && lapseDay >= actDay).toBe(true);
  }));
});

test('a capture outside the window is refused, and says from when it may be', () => {
  expect(firstCaptureDay('2027-05-08')).toBe('2027-02-14');
  expect(() => { assertWindow('2027-05-08', '2027-02-13'); }).toThrow(expect.objectContaining({ code: 'window_too_long', details: { from: '2027-02-14' } }) as Error);
  expect(() => { assertWindow('2027-05-08', '2027-02-14'); }).not.toThrow();
});
