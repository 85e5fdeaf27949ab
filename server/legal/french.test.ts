import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { frenchDay, frenchHour, frenchMoney, frenchRate, frenchSiret, frenchWeekday } from './french.ts';

test.each([
  [frenchDay('2027-08-01'), '1er août 2027'], [frenchDay('2027-12-11'), '11 décembre 2027'], [frenchWeekday('2027-07-14'), 'mercredi 14 juillet 2027'],
  [frenchHour('20:30'), '20 h 30'], [frenchHour('09:00'), '9 h'], [frenchHour('21:05'), '21 h 05'],
  [frenchMoney(euros(126_600n)), '1 266,00 €'], [frenchMoney(euros(5n)), '0,05 €'], [frenchMoney(euros(-123_456_789n)), '−1 234 567,89 €'],
  [frenchMoney({ minor: 100_000n, currency: 'CHF' }), '1 000,00 CHF'],
  [frenchRate(550n), '5,5 %'], [frenchRate(2_000n), '20 %'], [frenchRate(105n), '1,05 %'], [frenchRate(0n), '0 %'],
  [frenchSiret('12345678900012'), '123\u00a0456\u00a0789\u00a000012'],
])('%s', (said, expected) => {
  expect(said).toBe(expected);
});
