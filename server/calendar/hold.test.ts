import { expect, test } from 'vitest';
import { mayConfirm, nextRank, type Hold } from './hold.ts';

const now = new Date('2027-03-01T12:00:00Z');
const hold = (buyer: string, rank: number, over: Partial<Hold> = {}): Hold =>
  ({ id: `hld_${rank}`, bookingId: `bkg_${buyer}`, buyerOrgId: `org_${buyer}`, day: '2027-07-14', rank, expiresAt: new Date('2027-03-08T12:00:00Z'), status: 'live', ...over });
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

test.each([
  ['nobody holds it', []],
  ['the buyer is first', [hold('rival', 2), hold('buyer', 1)]],
  ['the first hold has run out, though nobody noted it', [hold('rival', 1, { expiresAt: now }), hold('buyer', 2)]],
  ['the first hold was released', [hold('rival', 1, { status: 'released' }), hold('buyer', 2)]],
  ['the only hold has lapsed', [hold('rival', 1, { status: 'lapsed' })]],
])('a day is confirmed when %s', (_, holds) => {
  expect(() => { mayConfirm(holds, 'org_buyer', now); }).not.toThrow();
});

test.each([
  ['the buyer is second', [hold('buyer', 2), hold('rival', 1)]],
  ['only others hold it', [hold('rival', 3)]],
])('it waits when %s', (_, holds) => {
  expect(() => { mayConfirm(holds, 'org_buyer', now); }).toThrow(refusal('day_held_by_another'));
});

test('a new hold comes behind all who wait, and does not take the place of one that was given back', () => {
  expect(nextRank([], 'bkg_new')).toBe(1);
  expect(nextRank([hold('a', 1), hold('b', 2)], 'bkg_new')).toBe(3);
  expect(nextRank([hold('a', 1, { status: 'released' }), hold('b', 2)], 'bkg_new')).toBe(3);
  expect(nextRank([hold('a', 1), hold('b', 2, { status: 'lapsed' })], 'bkg_new')).toBe(2);
});

test('a booking holds a day once at a time', () => {
  expect(() => nextRank([hold('a', 1)], 'bkg_a')).toThrow(refusal('hold_exists'));
  expect(nextRank([hold('a', 1, { status: 'released' })], 'bkg_a')).toBe(1);
});
