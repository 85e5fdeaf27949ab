import { expect, test } from 'vitest';
import { SUBSCRIBERS } from '../core/topics.ts';
import { bodyOf, keptOf, outcomeOf } from './event.ts';

test('an event says what happened, when, and ids (AP-04)', () => {
  expect(bodyOf('offer.accepted', new Date('2027-03-01T12:00:00Z'), { bookingId: 'bkg_1', offerId: 'off_1' })).toBe('{"type":"offer.accepted","timestamp":"2027-03-01T12:00:00.000Z","data":{"bookingId":"bkg_1","offerId":"off_1"}}');
});

test('every fact can be subscribed to (AP-04)', () => {
  expect(Object.entries(SUBSCRIBERS).filter(([, consumers]) => !consumers.includes('webhooks')).map(([topic]) => topic)).toEqual([]);
});

test.each([
  [200, 'delivered'], [204, 'delivered'], [299, 'delivered'], [301, 'redirect'], [308, 'redirect'], [400, 'status'], [404, 'status'], [410, 'gone'], [429, 'status'], [500, 'status'],
] as const)('%i is %s', (status, outcome) => { expect(outcomeOf(status)).toBe(outcome); });

test.each([
  ['merci', 'merci'], [' a\0b\x1b[1m\r\n', 'ab[1m'], ['x'.repeat(501), 'x'.repeat(500)], ['\ud800a', 'a'], ['🎷'.repeat(501), '🎷'.repeat(500)], ['', ''],
])('of an answer no more is kept than its beginning, as a line holds it (%#)', (answer, kept) => { expect(keptOf(answer)).toBe(kept); });
