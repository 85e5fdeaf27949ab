import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysFrom } from '../core/time.ts';
import { availability, type KnownDays } from './availability.ts';

const day = '2027-07-14';
const known = (over: Partial<KnownDays> = {}): KnownDays => ({ today: '2027-03-01', marks: new Map(), held: new Set(), sold: new Set(), ...over });

test.each([
  ['nobody said anything: it is to be talked about', known(), 'flexible'],
  ['the artist said that it is free', known({ marks: new Map([[day, 'free']]) }), 'free'],
  ['free, and held', known({ marks: new Map([[day, 'free']]), held: new Set([day]) }), 'flexible'],
  ['held, and nothing was said', known({ held: new Set([day]) }), 'flexible'],
  ['the artist is away, hold or not', known({ marks: new Map([[day, 'busy']]), held: new Set([day]) }), 'busy'],
  ['sold, though said to be free', known({ marks: new Map([[day, 'free']]), sold: new Set([day]) }), 'busy'],
  ['past, though said to be free', known({ marks: new Map([[day, 'free']]), today: '2027-07-15' }), 'busy'],
  ['today is not past', known({ marks: new Map([[day, 'free']]), today: day }), 'free'],
] as const)('%s', (_, facts, state) => {
  expect(availability([day], facts)).toEqual([{ day, state }]);
});

test('every day is answered once, in order, and no sold or past day is ever offered', () => {
  const days = daysFrom('2027-07-01', 40);
  const some = fc.subarray(days).map((list) => new Set(list));
  const marks = fc.subarray(days).chain((list) => fc.tuple(...list.map((one) => fc.tuple(fc.constant(one), fc.constantFrom('free', 'flexible', 'busy'))))).map((all) => new Map(all));
  fc.assert(fc.property(fc.constantFrom(...days), some, some, marks, (today, held, sold, said) => {
    const shown = availability(days, { today, held, sold, marks: said });
    expect(shown.map((one) => one.day)).toEqual(days);
    for (const { day: at, state } of shown) if (at < today || sold.has(at)) expect(state).toBe('busy');
    for (const { day: at, state } of shown) if (state === 'free') expect(held.has(at)).toBe(false);
  }));
});
