import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { waysOf } from './ways.ts';

const ask = { act: 'pay', largest: euros(37_980n), today: '2027-05-01', showDay: '2027-05-15', takes: ['card', 'bancontact', 'paypal', 'sepa_debit', 'transfer'] } as const;

test.each([
  ['everything a fortnight before the show', {}, ['card', 'bancontact', 'paypal', 'sepa_debit', 'transfer']],
  ['no debit a day later', { today: '2027-05-02' }, ['card', 'bancontact', 'paypal', 'transfer']],
  ['a transfer five days before', { today: '2027-05-10' }, ['card', 'bancontact', 'paypal', 'transfer']],
  ['no transfer four days before, nor after the show', { today: '2027-05-11' }, ['card', 'bancontact', 'paypal']],
  ['and none after it', { today: '2027-06-01' }, ['card', 'bancontact', 'paypal']],
  ['a debit of 10,000 euros', { largest: euros(1_000_000n) }, ['card', 'bancontact', 'paypal', 'sepa_debit', 'transfer']],
  ['and not of a cent more', { largest: euros(1_000_001n) }, ['card', 'bancontact', 'paypal', 'transfer']],
  ['francs by card alone', { largest: { minor: 100n, currency: 'CHF' } }, ['card']],
  ['what the provider takes alone', { takes: ['card', 'bancontact', 'sepa_debit', 'transfer'] }, ['card', 'bancontact', 'sepa_debit', 'transfer']],
  ['leave to charge later, by card or mandate, even on the eve', { act: 'save', today: '2027-05-14' }, ['card', 'sepa_debit']],
  ['and of more than a debit draws, by card alone', { act: 'save', largest: euros(1_000_001n) }, ['card']],
] as const)('a buyer is offered %s', (_, over, ways) => {
  expect(waysOf({ ...ask, ...over })).toEqual(ways);
});
