import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros, sum } from '../core/money.ts';
import { addDays, dayIn, daysBetween, instantAt } from '../core/time.ts';
import { assertWindow, firstCaptureDay, firstReminder, heldTooLongAt, lapsesAt, mayBeHeld, nextReminder, schedule, split, unsecuredAt, type Evening } from './schedule.ts';

const total = euros(126_600n);
const later = (a: string, b: string) => (a > b ? a : b);
const timeZone = 'Europe/Paris';
const evening = (day: string, hour = '20:30'): Evening => ({ day, begins: instantAt(day, hour, timeZone), timeZone });
const paris = (instant: Date | null) => instant && new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(instant);
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
    expect(lapseDay >= actDay && lapseDay <= later(signedDay, showDay)).toBe(true);
  }));
});

test('a capture outside the window is refused, and says from when it may be', () => {
  expect(firstCaptureDay('2027-05-08')).toBe('2027-02-14');
  expect(() => { assertWindow('2027-05-08', '2027-02-13'); }).toThrow(expect.objectContaining({ code: 'window_too_long', details: { from: '2027-02-14' } }) as Error);
  expect(() => { assertWindow('2027-05-08', '2027-02-14'); }).not.toThrow();
});

const lapse = (signedAt: string, showDay: string, hour = '20:30') => {
  const { lapseDay } = schedule({ total, signedDay: dayIn(new Date(signedAt), timeZone), showDay });
  return paris(lapsesAt(lapseDay, new Date(signedAt), evening(showDay, hour)));
};

test.each([
  ['the usual case', '2027-03-01T12:00:00Z', '2027-05-08', '20:30', '2027-03-15 09:00'],
  ['two days before the show', '2027-05-06T12:00:00Z', '2027-05-08', '20:30', '2027-05-08 09:00'],
  ['the day before it', '2027-05-07T20:00:00Z', '2027-05-08', '20:30', '2027-05-08 09:00'],
  ['the day before a morning show', '2027-05-07T12:00:00Z', '2027-05-08', '10:00', '2027-05-08 06:00'],
  ['the day itself', '2027-05-08T08:00:00Z', '2027-05-08', '20:30', '2027-05-08 16:30'],
  ['six hours before it', '2027-05-08T12:30:00Z', '2027-05-08', '20:30', '2027-05-08 16:30'],
  ['too late for anybody to pay first', '2027-05-08T12:31:00Z', '2027-05-08', '20:30', null],
  ['after it began', '2027-05-08T21:00:00Z', '2027-05-08', '20:30', null],
])('a contract signed %s without a payment ends before its show, or stands', (_, signedAt, showDay, hour, at) => {
  expect(lapse(signedAt, showDay, hour)).toBe(at);
});

test('whenever it is signed, a contract never ends after its show, nor before its buyer had two hours', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 200 * 24 * 60 }), fc.constantFrom('06:00', '11:00', '20:30'), (minutes, hour) => {
    const show = evening('2027-07-14', hour);
    const signedAt = new Date(show.begins.getTime() - minutes * 60_000);
    const { lapseDay } = schedule({ total, signedDay: dayIn(signedAt, timeZone), showDay: show.day });
    const at = lapsesAt(lapseDay, signedAt, show);
    expect(at === null).toBe(minutes < 6 * 60);
    if (!at) return;
    expect(show.begins.getTime() - at.getTime()).toBeGreaterThanOrEqual(4 * 3_600_000);
    expect(at.getTime() - signedAt.getTime()).toBeGreaterThanOrEqual(2 * 3_600_000);
  }));
});

test('a payment is asked for every third day, on the eve, each week after the show, and not for ever', () => {
  const show = evening('2027-05-08');
  const said: (string | null)[] = [];
  let now = new Date('2027-05-01T07:00:00Z');
  for (let next: Date | null = now; next && said.length < 40; next = nextReminder(now, show)) { now = next; said.push(paris(now)); }
  expect(said.slice(0, 6)).toEqual(['2027-05-01 09:00', '2027-05-04 09:00', '2027-05-07 09:00', '2027-05-09 20:30', '2027-05-16 20:30', '2027-05-23 20:30']);
  expect(said.length).toBeLessThan(20);
  expect(now.getTime() - show.begins.getTime()).toBeLessThanOrEqual(90 * 86_400_000);
});

test('what was just written is not said again at once', () => {
  const show = evening('2027-05-08');
  expect(paris(firstReminder('2027-03-08', new Date('2027-03-01T12:00:00Z'), evening('2027-06-01')))).toBe('2027-03-08 09:00');
  expect(paris(firstReminder('2027-05-07', new Date('2027-05-07T12:00:00Z'), show))).toBe('2027-05-09 20:30');
  expect(paris(firstReminder('2027-05-08', new Date('2027-05-08T05:30:00Z'), show))).toBe('2027-05-09 20:30');
});

test.each([
  ['2027-03-01T12:00:00Z', '2027-05-07 09:00'], ['2027-05-07T12:00:00Z', '2027-05-07 16:00'], ['2027-05-08T16:00:00Z', '2027-05-08 20:00'], ['2027-05-08T18:00:00Z', '2027-05-08 20:30'],
])('a producer hears before the show that it is not paid: signed at %s, at %s', (signedAt, at) => {
  expect(paris(unsecuredAt(new Date(signedAt), evening('2027-05-08')))).toBe(at);
});

test('money that stays is looked at while the provider may still hold it, and not while its show waits to be confirmed (PAY-02)', () => {
  const show = evening('2027-05-08');
  for (const captured of ['2027-02-14T07:00:00Z', '2027-04-20T12:00:00Z', '2027-05-20T12:00:00Z']) {
    const at = heldTooLongAt(new Date(captured), show);
    expect(mayBeHeld(new Date(captured), at)).toBe(true);
    expect(at.getTime() - show.begins.getTime()).toBeGreaterThan(48 * 3_600_000);
  }
  expect(mayBeHeld(new Date('2027-02-14T07:00:00Z'), new Date('2027-05-16T07:00:00Z'))).toBe(false);
});
