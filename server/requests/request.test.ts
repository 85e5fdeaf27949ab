import fc from 'fast-check';
import { expect, test } from 'vitest';
import { euros } from '../core/money.ts';
import { addDays } from '../core/time.ts';
import { buyerKind, checkAsk, type Ask } from './request.ts';

const today = '2027-03-01';
const ask = (over: Partial<Ask> = {}): Ask => ({
  asker: 'private', contactName: 'Ada', organisation: '', publicBody: false, email: 'ada@visiteurs.example', phone: '', occasion: 'A wedding', showDay: '2027-07-14', seasonUntil: null, shows: 1, startTime: '20:30',
  place: '', address: '', insee: '', city: '', outdoor: false, audience: 0, budget: euros(0n), technical: '', message: '', locale: 'fr', pageUrl: '', ...over,
});
const refusal = (code: string, field?: string) => expect.objectContaining({ code, ...(field ? { details: { field } } : {}) }) as Error;

test.each([
  ['one day', ask()],
  ['today', ask({ showDay: today })],
  ['a season with a show on each day', ask({ showDay: '2027-07-01', seasonUntil: '2027-07-10', shows: 10 })],
  ['a commune', ask({ asker: 'commune', organisation: 'Commune des Trois-Chênes' })],
])('%s can be asked for', (_, asked) => {
  expect(() => { checkAsk(asked, today); }).not.toThrow();
});

test.each([
  ['yesterday', ask({ showDay: '2027-02-28' }), refusal('day_past')],
  ['a season that ends before it begins', ask({ seasonUntil: '2027-07-13' }), refusal('input_invalid', 'seasonUntil')],
  ['a season of more than a year', ask({ seasonUntil: '2028-07-15' }), refusal('input_invalid', 'seasonUntil')],
  ['more shows than days', ask({ seasonUntil: '2027-07-15', shows: 3 }), refusal('input_invalid', 'shows')],
  ['two shows on one day', ask({ shows: 2 }), refusal('input_invalid', 'shows')],
  ['a negative budget', ask({ budget: euros(-1n) }), refusal('input_invalid', 'budget')],
  ['a commune without a name', ask({ asker: 'commune' }), refusal('input_invalid', 'organisation')],
])('%s is refused', (_, asked, error) => {
  expect(() => { checkAsk(asked, today); }).toThrow(error);
});

test('whatever the season, as many shows fit as it has days, and not one more', () => {
  fc.assert(fc.property(fc.nat(366), fc.nat(1000), (length, ahead) => {
    const showDay = addDays(today, ahead);
    const season = { showDay, seasonUntil: addDays(showDay, length) };
    expect(() => { checkAsk(ask({ ...season, shows: length + 1 }), today); }).not.toThrow();
    expect(() => { checkAsk(ask({ ...season, shows: length + 2 }), today); }).toThrow(refusal('input_invalid', 'shows'));
  }));
});

test.each([
  ['private', '', 'person'], ['private', 'Comité des fêtes', 'association'], ['venue', 'La Grange', 'venue'], ['camping', 'Les Pins', 'camping'], ['commune', 'Trois-Chênes', 'municipality'],
] as const)('%s "%s" becomes a %s', (asker, organisation, kind) => {
  expect(buyerKind({ asker, organisation })).toBe(kind);
});
