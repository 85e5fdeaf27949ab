import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import { upgrade } from './proration.ts';
import { atEnd, begin, cancel, end, enlarge, putOff, refuse, renew, resume, startTrial, type State, type Subscription } from './subscription.ts';

const plan = (over: Partial<Subscription> = {}): Subscription =>
  ({ plan: 'booker_starter', state: 'active', since: '2027-01-31', until: '2027-02-28', anchor: 31, paidMinor: 9_900n, nextPlan: null, tried: false, tries: 0, ...over });
const refusal = (code: string): Error => expect.objectContaining({ code }) as Error;

test('a trial is dated, had once, and renews on the day on which it ended', () => {
  const trial = startTrial(null, 'booker_starter', '2027-01-01', 30);
  expect(trial).toMatchObject({ state: 'trial', since: '2027-01-01', until: '2027-01-31', anchor: 31, paidMinor: null, tried: true });
  expect(() => startTrial(trial, 'booker_starter', '2027-01-02', 30)).toThrow(refusal('plan_closed'));
  expect(() => startTrial(end(trial), 'booker_agency', '2027-03-01', 30)).toThrow(refusal('plan_trial_used'));
  expect(() => startTrial(null, 'booker_free', '2027-01-02', 0)).toThrow(refusal('plan_trial_used'));
  expect(begin(trial, 'booker_starter', '2027-01-10', 9_900n)).toMatchObject({ state: 'active', since: '2027-01-10', until: '2027-02-10', tried: true });
});

test.each<[State, boolean, ReturnType<typeof atEnd>]>([
  ['trial', true, 'charge'], ['trial', false, 'end'], ['active', true, 'charge'], ['active', false, 'end'], ['cancelled', true, 'end'], ['cancelled', false, 'end'],
  ['past_due', true, null], ['past_due', false, null], ['ended', true, null], ['ended', false, null],
])('when its period ends, %s with a card %s: %s', (state, hasCard, becomes) => {
  expect(atEnd(plan({ state }), hasCard)).toBe(becomes);
});

test('three refusals, three days and four days apart, and it ends', () => {
  const first = refuse(plan());
  expect(first).toMatchObject({ again: 3, next: { state: 'past_due', tries: 1 } });
  const second = refuse(first.next);
  expect(second).toMatchObject({ again: 4, next: { state: 'past_due', tries: 2 } });
  expect(refuse(second.next)).toMatchObject({ again: null, next: { state: 'ended', tries: 0 } });
});

test('a renewal that is late begins when the month before it ended, and 31 comes again after February', () => {
  const late = renew(plan({ state: 'past_due', tries: 2 }), 'booker_starter', 9_900n);
  expect(late).toMatchObject({ state: 'active', since: '2027-02-28', until: '2027-03-31', tries: 0 });
});

test('larger at once, smaller at the end', () => {
  expect(enlarge(plan({ nextPlan: 'booker_free' }), 'booker_agency', 59_900n)).toMatchObject({ plan: 'booker_agency', paidMinor: 59_900n, nextPlan: null, since: '2027-01-31', until: '2027-02-28' });
  expect(putOff(plan({ plan: 'booker_agency' }), 'booker_starter')).toMatchObject({ plan: 'booker_agency', nextPlan: 'booker_starter' });
  expect(() => putOff(plan(), 'booker_agency')).toThrow(refusal('plan_closed'));
  expect(() => putOff(plan({ state: 'trial' }), 'booker_free')).toThrow(refusal('plan_closed'));
});

test('two steps up on one day cost what one costs, whatever was paid and whenever it is (BI-15)', () => {
  const cents = fc.bigInt({ min: 0n, max: 10_000_000n });
  fc.assert(fc.property(cents, cents, cents, fc.integer({ min: 28, max: 31 }), fc.nat(27), (paid, more, most, days, used) => {
    const [middle, large] = [paid + more, paid + more + most];
    const due = (before: Subscription, price: bigint): bigint => upgrade({ paid: before.paidMinor ?? 0n, price, used, left: days - used }).due;
    const before = plan({ paidMinor: paid });
    expect(due(before, middle) + due(enlarge(before, 'booker_professional', middle), large)).toBe(due(before, large));
  }));
});

test.each<[State, State | 'refused']>([['trial', 'cancelled'], ['active', 'cancelled'], ['past_due', 'ended'], ['cancelled', 'refused'], ['ended', 'refused']])('cancelling what is %s: %s', (state, becomes) => {
  const before = plan({ state, tries: state === 'past_due' ? 1 : 0 });
  if (becomes === 'refused') expect(() => cancel(before)).toThrow(AppError);
  else expect(cancel(before)).toMatchObject({ state: becomes, until: before.until, tries: 0 });
});

test('what was cancelled or put off may go on', () => {
  expect(resume(plan({ state: 'cancelled' })).state).toBe('active');
  // A month that cost nothing, since all of it was off, was paid all the same.
  expect(resume(plan({ state: 'cancelled', paidMinor: 0n })).state).toBe('active');
  expect(resume(cancel(startTrial(null, 'booker_starter', '2027-01-01', 30))).state).toBe('trial');
  expect(resume(plan({ nextPlan: 'booker_free' })).nextPlan).toBeNull();
  expect(() => resume(plan())).toThrow(refusal('plan_closed'));
  expect(() => resume(null)).toThrow(refusal('plan_closed'));
});
