import { expect, test } from 'vitest';
import { SUBSCRIBERS, type Topic } from '../core/topics.ts';
import { noticeOf, type Facts } from './words.ts';

const facts: Facts = { artist: 'Les Vagues Lentes', buyer: 'Comité des fêtes', day: 'samedi 14 juin 2027', place: 'Besançon', amount: '1 200,00 €', until: '1 mars 2027', incomplete: true, number: '1', automatic: false, balance: false, lapses: '2 mars 2027', played: false, reason: '', signed: true, contestedBy: null };
const topics = Object.keys(SUBSCRIBERS) as Topic[];

test.each(topics.flatMap((topic) => [[topic, 'artist'], [topic, 'buyer']] as const))('%s to the %s is said in both languages or in neither, with the same act', (topic, side) => {
  const fr = noticeOf(topic, side, 'fr', facts);
  const en = noticeOf(topic, side, 'en', facts);
  expect(en?.purpose).toBe(fr?.purpose);
  expect(Boolean(en)).toBe(Boolean(fr));
});

test.each([
  ['offer.sent', 'answer'], ['quote.issued', 'answer'], ['contract.drafted', 'sign'], ['payment.scheduled', 'pay'], ['payment.refused', 'pay'], ['show.due', 'confirm'], ['request.sent', 'follow'],
] as const)('the buyer’s link of %s is good for %s alone', (topic, purpose) => {
  expect(noticeOf(topic, 'buyer', 'fr', facts)?.purpose).toBe(purpose);
});

test('nobody is told of a séquestre (legal.md PAY-04)', () => {
  const said = topics.flatMap((topic) => (['artist', 'buyer'] as const).flatMap((side) => (['fr', 'en'] as const).map((locale) => JSON.stringify(noticeOf(topic, side, locale, facts)))));
  expect(said.join(' ')).not.toMatch(/s[ée]questre|escrow|cantonnement/i);
});
