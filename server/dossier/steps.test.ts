import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actsOf } from './acts.ts';
import { nextOf, stepsOf, type Known } from './steps.ts';

const now = new Date('2027-03-01T12:00:00Z');
const tomorrow = new Date('2027-03-02T00:00:00Z');
const neither = { artist: false, buyer: false };
const both = { artist: true, buyer: true };
const known = (over: Partial<Known> = {}): Known => ({
  path: 'secured', status: 'requested', held: false, offers: [], complete: neither, ordered: false, signed: null, payments: [], mandate: false, show: null,
  disputed: false, released: false, invoice: null, waiting: false, ...over,
});
const offer = (status: string, proposedBy: 'artist' | 'buyer' = 'artist') => ({ status, proposedBy, expiresAt: now });
const names = (one: Known) => stepsOf(one).map(({ step }) => step).join(' ');
const at = (one: Known) => stepsOf(one).find(({ state }) => state === 'now')?.step;

test('a private buyer pays before the show, a public one after it', () => {
  expect(names(known())).toBe('request hold offer agreement contract deposit balance show release');
  expect(names(known({ path: 'public' }))).toBe('request hold offer agreement order contract show invoice payment');
});

test('a hold that was never asked for leaves no gap', () => {
  expect(names(known({ offers: [offer('accepted')] }))).toBe('request offer agreement contract deposit balance show release');
});

test.each<[Known['status'], Partial<Known>, string, string | null]>([
  ['requested', {}, 'answer_request', 'artist'],
  ['negotiating', { offers: [offer('sent')] }, 'answer_offer', 'buyer'],
  ['negotiating', { offers: [offer('countered'), offer('sent', 'buyer')] }, 'answer_offer', 'artist'],
  ['agreed', {}, 'complete_party', 'buyer'],
  ['agreed', { complete: both, path: 'public' }, 'order_purchase', 'buyer'],
  ['agreed', { complete: both, signed: { artist: false, buyer: true } }, 'sign', 'artist'],
  ['contracted', { payments: [{ part: 'deposit', status: 'due', automatic: false, dueDay: now }] }, 'pay', 'buyer'],
  ['contracted', { payments: [{ part: 'deposit', status: 'due', automatic: true, dueDay: tomorrow }] }, 'save_card', 'buyer'],
  ['contracted', { payments: [{ part: 'balance', status: 'due', automatic: true, dueDay: now }] }, 'pay', 'buyer'],
  ['contracted', { payments: [{ part: 'balance', status: 'due', automatic: true, dueDay: now }], mandate: true }, 'wait', null],
  ['contracted', { show: { begins: now, confirmed: neither, contestedBy: null, played: false } }, 'confirm_show', 'buyer'],
  ['played', { path: 'public', waiting: true }, 'issue_invoice', 'artist'],
  ['played', { path: 'public', invoice: { paid: false, dueDay: now } }, 'settle_invoice', 'buyer'],
  ['played', { payments: [{ part: 'deposit', status: 'captured', automatic: false, dueDay: now }, { part: 'balance', status: 'due', automatic: false, dueDay: now }] }, 'pay', 'buyer'],
  ['played', { payments: [{ part: 'balance', status: 'refused', automatic: true, dueDay: now }], mandate: true }, 'pay', 'buyer'],
  ['played', { payments: [{ part: 'balance', status: 'processing', automatic: true, dueDay: now }], mandate: true }, 'wait', null],
  ['settled', {}, 'nothing', null],
])('%s %j: %s by %s', (status, over, act, by) => {
  expect(nextOf(known({ status, ...over }), 'buyer', now)).toMatchObject({ act, by });
});

test('a show that is not paid is confirmed all the same, and paid after it', () => {
  const unpaid = known({ status: 'contracted', payments: [{ part: 'deposit', status: 'due', automatic: false, dueDay: now }], show: { begins: now, confirmed: neither, contestedBy: null, played: false } });
  expect(nextOf(unpaid, 'artist', now)).toMatchObject({ act: 'confirm_show', by: 'artist' });
  expect(nextOf(unpaid, 'buyer', now)).toMatchObject({ act: 'pay', by: 'buyer' });
  const played = { ...unpaid, status: 'played' as const, offers: [offer('accepted')], signed: both, show: { begins: now, confirmed: both, contestedBy: null, played: true } };
  expect(nextOf(played, 'artist', now)).toMatchObject({ act: 'pay', by: 'buyer' });
  expect(at(played)).toBe('deposit');
  expect(actsOf(played, 'buyer', now)).toContain('payment.pay');
  expect(actsOf(played, 'artist', now)).not.toContain('payment.pay');
});

test('a booking that ended says where', () => {
  expect(stepsOf(known({ status: 'declined' })).filter(({ state }) => state === 'stopped').map(({ step }) => step)).toEqual(['hold']);
});

test('whatever is known, one step at most is now, and nothing done comes after it', () => {
  fc.assert(fc.property(fc.record({
    path: fc.constantFrom('secured' as const, 'public' as const), held: fc.boolean(), ordered: fc.boolean(), released: fc.boolean(),
    offers: fc.constantFrom([], [offer('sent')], [offer('accepted')]),
  }), (over) => {
    const steps = stepsOf(known(over));
    expect(steps.filter(({ state }) => state === 'now').length).toBeLessThanOrEqual(1);
    expect(at(known(over))).toBeDefined();
  }));
});

test('while a dispute is open both sides say and show what happened, and before the show a booking may be cancelled (ES-01, ES-20)', () => {
  const played = known({ status: 'contracted', show: { begins: now, confirmed: neither, contestedBy: null, played: false } });
  const acts = (one: Known, at = now) => (['artist', 'buyer'] as const).map((side) => actsOf(one, side, at).filter((act) => act === 'dispute.argue' || act === 'booking.cancel'));
  expect(acts({ ...played, disputed: true })).toEqual([['dispute.argue'], ['dispute.argue']]);
  expect(acts(played)).toEqual([[], []]);
  expect(acts(played, new Date(now.getTime() - 1))).toEqual([['booking.cancel'], ['booking.cancel']]);
});

test('a show that has begun may be contested, by whoever has not confirmed it, and not once the other side has (ES-05)', () => {
  const at = (show: Partial<NonNullable<Known['show']>>) => known({ status: 'contracted', show: { begins: now, confirmed: neither, contestedBy: null, played: false, ...show } });
  const may = (show: Partial<NonNullable<Known['show']>>) => (['artist', 'buyer'] as const).map((side) => actsOf(at(show), side, now).includes('show.contest'));
  expect(may({})).toEqual([true, true]);
  expect(may({ begins: new Date(now.getTime() + 1) })).toEqual([false, false]);
  expect(may({ confirmed: { artist: true, buyer: false } })).toEqual([false, true]);
  expect(may({ contestedBy: 'buyer' })).toEqual([false, true]);
  expect(actsOf({ ...at({}), status: 'played' }, 'buyer', now)).not.toContain('show.contest');
});
