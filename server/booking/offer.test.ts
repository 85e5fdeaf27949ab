import { expect, test } from 'vitest';
import { euros, type Money } from '../core/money.ts';
import { accept, checkTerms, counter, decline, withdraw, type Offer } from './offer.ts';

const now = new Date('2027-03-01T12:00:00Z');
const frame = { now, today: '2027-03-01', currency: 'EUR' } as const;
const terms = { showDay: '2027-07-14', startTime: '20:30', price: euros(120_000n), terms: '', expiresAt: new Date('2027-03-08T12:00:00Z') };
const offer = (over: Partial<Offer> = {}): Offer => ({
  ...terms, id: 'off_1', bookingId: 'bkg_1', orgId: 'org_artist', buyerOrgId: 'org_buyer', proposedBy: 'artist', replaces: null, createdAt: new Date('2027-02-28T12:00:00Z'), status: 'sent', ...over,
});
const refusal = (code: string, field?: string) => expect.objectContaining({ code, ...(field ? { details: { field } } : {}) }) as Error;

test('a counter-offer replaces the offer and waits for the other side (CH-20)', () => {
  const [old, next] = counter(offer(), { ...terms, id: 'off_2', price: euros(100_000n), proposedBy: 'buyer' }, frame);
  expect(old).toEqual(offer({ status: 'countered' }));
  expect(next).toEqual(offer({ id: 'off_2', price: euros(100_000n), proposedBy: 'buyer', replaces: 'off_1', createdAt: now }));
  expect(accept(next, 'artist', frame).status).toBe('accepted');
  expect(decline(next, 'artist', now).status).toBe('declined');
});

test.each([
  ['offer_closed', offer({ status: 'countered' })],
  ['offer_closed', offer({ status: 'withdrawn' })],
  ['offer_expired', offer({ expiresAt: now })],
  ['offer_own', offer({ proposedBy: 'buyer' })],
])('an answer is refused with %s', (code, refused) => {
  expect(() => accept(refused, 'buyer', frame)).toThrow(refusal(code));
  expect(() => decline(refused, 'buyer', now)).toThrow(refusal(code));
  expect(() => counter(refused, { ...terms, id: 'off_2', proposedBy: 'buyer' }, frame)).toThrow(refusal(code));
});

test('a day that has passed is not accepted any more, and the day itself is', () => {
  expect(() => accept(offer(), 'buyer', { now, today: '2027-07-15' })).toThrow(refusal('day_past'));
  expect(accept(offer(), 'buyer', { now, today: '2027-07-14' }).status).toBe('accepted');
});

test.each<[string, { showDay?: string; price?: Money; expiresAt?: Date }, Error]>([
  ['a past day', { showDay: '2027-02-28' }, refusal('day_past')],
  ['an answer awaited until now', { expiresAt: now }, refusal('input_invalid', 'expiresAt')],
  ['another currency than the budget', { price: { minor: 120_000n, currency: 'CHF' } }, refusal('input_invalid', 'price')],
])('%s cannot be proposed, first or in return', (_, over, error) => {
  expect(() => { checkTerms({ ...terms, ...over }, frame); }).toThrow(error);
  expect(() => counter(offer(), { ...terms, ...over, id: 'off_2', proposedBy: 'buyer' }, frame)).toThrow(error);
});

test('only who made an open offer takes it back', () => {
  expect(withdraw(offer(), 'artist').status).toBe('withdrawn');
  expect(() => withdraw(offer(), 'buyer')).toThrow(refusal('not_found'));
  expect(() => withdraw(offer({ status: 'accepted' }), 'artist')).toThrow(refusal('offer_closed'));
});
