import { expect, test } from 'vitest';
import { applied, blank, daysOf, placedBy, questionOf, settled, touchedBy, type Doc, type Ground } from './edit.ts';
import type { Bid, Question, Visit } from './question.ts';
import type { Edit } from './view.ts';

const bid = (artist: string, venue: string): Bid => ({ artist, venue, priceMinor: 100_000, days: ['2027-04-02', '2027-04-03', '2027-04-09'], order: 0, standing: 'found' });
const artist = (id: string) => ({
  id, name: id, home: 0, people: 3, crew: 0, carriage: { kind: 'van' as const, perKmMinor: 35, gramsPerKm: 250, seats: 9 }, floorMinor: 0, commissionBps: 0, audience: 'jazz', busy: [],
  fixed: [{ id: 'bkg_signed', day: '2027-04-10', title: 'Halle', place: 0, capacity: 300, priceMinor: 90_000, loadIn: 960, ends: 1_380, venue: null, exclusive: null }],
});
const ground: Ground = { from: '2027-03-25', until: '2027-04-30', today: '2027-03-27', artists: [artist('org_trio'), artist('org_duo')], bids: [bid('org_trio', 'org_hall'), bid('org_trio', 'org_bar'), bid('org_duo', 'org_hall')] };
const at = (venue: string, day: string, of = 'org_trio'): Visit => ({ artist: of, venue, day });
const [hall, bar] = [at('org_hall', '2027-04-02'), at('org_bar', '2027-04-09')];
const doc: Doc = { ...blank, visits: [hall, bar], pins: [bar] };
const codeOf = (edit: Edit, from = doc): string => {
  try { applied(from, edit, ground); return 'done'; } catch (error) { return (error as Error).message; }
};

test.each<[string, Edit, Partial<Doc>]>([
  ['a stop moves to another day', { kind: 'move', visit: hall, to: '2027-04-03' }, { visits: [at('org_hall', '2027-04-03'), bar] }],
  ['a pinned stop takes its pin along', { kind: 'move', visit: bar, to: '2027-04-03' }, { visits: [hall, at('org_bar', '2027-04-03')], pins: [at('org_bar', '2027-04-03')] }],
  ['a stop moves to another artist', { kind: 'move', visit: hall, to: '2027-04-03', artist: 'org_duo' }, { visits: [at('org_hall', '2027-04-03', 'org_duo'), bar] }],
  ['a stop over the night in which the clocks change', { kind: 'move', visit: hall, to: '2027-03-28' }, { visits: [at('org_hall', '2027-03-28'), bar] }],
  ['two stops change their days', { kind: 'swap', visits: [hall, bar] }, { visits: [at('org_bar', '2027-04-02'), at('org_hall', '2027-04-09')], pins: [at('org_bar', '2027-04-02')] }],
  ['a stop is added', { kind: 'add', visit: at('org_bar', '2027-04-03') }, { visits: [hall, at('org_bar', '2027-04-03'), bar] }],
  ['a stop is taken out with its pin', { kind: 'remove', visit: bar }, { visits: [hall], pins: [] }],
  ['a stop is pinned', { kind: 'pin', visit: hall }, { pins: [hall, bar] }],
  ['pinned twice it is pinned once', { kind: 'pin', visit: bar }, { pins: [bar] }],
  ['a pin puts a stop where there was none', { kind: 'pin', visit: at('org_hall', '2027-04-03') }, { visits: [hall, at('org_hall', '2027-04-03'), bar], pins: [at('org_hall', '2027-04-03'), bar] }],
  ['a pin is taken off', { kind: 'unpin', visit: bar }, { pins: [] }],
  ['a venue is forbidden, and its stop goes', { kind: 'forbid', artist: 'org_trio', venue: 'org_bar', day: null }, { visits: [hall], pins: [], forbidden: [{ artist: 'org_trio', venue: 'org_bar', day: null }] }],
  ['of a venue one day is forbidden', { kind: 'forbid', artist: 'org_trio', venue: 'org_bar', day: '2027-04-03' }, { visits: [hall, bar], forbidden: [{ artist: 'org_trio', venue: 'org_bar', day: '2027-04-03' }] }],
  ['hours of an evening are noted', { kind: 'hours', artist: 'org_trio', venue: 'org_bar', soundCheck: '17:00', doors: '' }, { hours: [{ artist: 'org_trio', venue: 'org_bar', soundCheck: '17:00', doors: '' }] }],
  ['a price is said', { kind: 'price', artist: 'org_trio', venue: 'org_bar', priceMinor: 80_000 }, { prices: [{ artist: 'org_trio', venue: 'org_bar', priceMinor: 80_000 }] }],
])('%s (TO-16, TO-15)', (_, edit, changed) => {
  expect(applied(doc, edit, ground)).toEqual({ ...doc, ...changed });
});

test('hours that are noted again take the place of those before, none are none, and no day of the tour is touched (TO-19)', () => {
  const hours = (soundCheck: string, doors: string): Edit => ({ kind: 'hours', artist: 'org_trio', venue: 'org_bar', soundCheck, doors });
  const noted = applied(applied(doc, hours('17:00', '20:00'), ground), hours('17:30', '20:00'), ground);
  expect(noted.hours).toEqual([{ artist: 'org_trio', venue: 'org_bar', soundCheck: '17:30', doors: '20:00' }]);
  expect(applied(noted, hours('', ''), ground).hours).toEqual([]);
  expect([touchedBy(hours('17:00', ''), ['org_trio']), daysOf(hours('17:00', ''))]).toEqual([[], []]);
  expect(() => applied(doc, { kind: 'hours', artist: 'org_nobody', venue: 'org_bar', soundCheck: '17:00', doors: '' }, ground)).toThrow('not_found');
});

test('what is wanted by hand is not forbidden any more, and what is allowed again may come', () => {
  const forbidden = { ...doc, visits: [hall], pins: [], forbidden: [{ artist: 'org_trio', venue: 'org_bar', day: null }, { artist: 'org_trio', venue: 'org_bar', day: '2027-04-20' }] };
  expect(applied(forbidden, { kind: 'add', visit: bar }, ground).forbidden).toEqual([{ artist: 'org_trio', venue: 'org_bar', day: '2027-04-20' }]);
  expect(applied(forbidden, { kind: 'allow', artist: 'org_trio', venue: 'org_bar', day: null }, ground).forbidden).toEqual([{ artist: 'org_trio', venue: 'org_bar', day: '2027-04-20' }]);
});

test.each<[string, Edit]>([
  ['tour_date_signed', { kind: 'move', visit: at('bkg_signed', '2027-04-10'), to: '2027-04-11' }],
  ['tour_date_signed', { kind: 'remove', visit: at('bkg_signed', '2027-04-10') }],
  ['tour_date_signed', { kind: 'move', visit: hall, to: '2027-04-10' }],
  ['tour_date_signed', { kind: 'add', visit: at('org_bar', '2027-04-10') }],
  ['tour_date_signed', { kind: 'swap', visits: [hall, at('bkg_signed', '2027-04-10')] }],
  ['tour_day_outside', { kind: 'move', visit: hall, to: '2027-05-01' }],
  ['tour_day_outside', { kind: 'move', visit: hall, to: '2027-03-24' }],
  ['tour_day_outside', { kind: 'add', visit: at('org_bar', '2027-03-26') }],
  ['tour_no_bid', { kind: 'add', visit: at('org_other', '2027-04-03') }],
  ['tour_no_bid', { kind: 'move', visit: bar, to: '2027-04-03', artist: 'org_duo' }],
  ['tour_no_bid', { kind: 'price', artist: 'org_duo', venue: 'org_bar', priceMinor: 1 }],
  ['tour_stop_unknown', { kind: 'remove', visit: at('org_hall', '2027-04-03') }],
  ['tour_stop_unknown', { kind: 'add', visit: hall }],
  ['tour_stop_unknown', { kind: 'unpin', visit: at('org_bar', '2027-04-03') }],
  ['not_found', { kind: 'add', visit: at('org_hall', '2027-04-03', 'org_stranger') }],
  ['not_found', { kind: 'forbid', artist: 'org_stranger', venue: 'org_hall', day: null }],
])('refuses with %s: %j (TO-04, TO-16)', (code, edit) => {
  expect(codeOf(edit)).toBe(code);
});

test('a change touches those whose days it changes', () => {
  expect(touchedBy({ kind: 'move', visit: hall, to: '2027-04-03', artist: 'org_duo' }, [])).toEqual(['org_trio', 'org_duo']);
  expect(touchedBy({ kind: 'swap', visits: [hall, bar] }, [])).toEqual(['org_trio']);
  expect(touchedBy({ kind: 'limits', limits: blank.limits }, ['org_trio', 'org_duo'])).toEqual(['org_trio', 'org_duo']);
});

test('what a hand puts somewhere stays there while a tour is mended around it (TO-16)', () => {
  expect(placedBy({ kind: 'move', visit: hall, to: '2027-04-03', artist: 'org_duo' })).toEqual([at('org_hall', '2027-04-03', 'org_duo')]);
  expect(placedBy({ kind: 'swap', visits: [hall, bar] })).toEqual([at('org_hall', '2027-04-09'), at('org_bar', '2027-04-02')]);
  expect(placedBy({ kind: 'add', visit: bar })).toEqual([bar]);
  expect(placedBy({ kind: 'remove', visit: bar })).toEqual([]);
  expect(daysOf({ kind: 'move', visit: hall, to: '2027-04-03' })).toEqual(['2027-04-02', '2027-04-03']);
  expect(daysOf({ kind: 'forbid', artist: 'org_trio', venue: 'org_bar', day: null })).toEqual([]);
});

test('a scenario asks with its own prices, and what a day alone cost does not outlive them', () => {
  const base = { ...ground, bids: [{ ...bid('org_trio', 'org_bar'), prices: { '2027-04-09': 150_000 } }, bid('org_trio', 'org_hall')] } as unknown as Question;
  const question = questionOf(base, applied(doc, { kind: 'price', artist: 'org_trio', venue: 'org_bar', priceMinor: 80_000 }, ground));
  expect(question.bids.map(({ venue, priceMinor, prices }) => ({ venue, priceMinor, prices }))).toEqual([{ venue: 'org_bar', priceMinor: 80_000, prices: {} }, { venue: 'org_hall', priceMinor: 100_000, prices: undefined }]);
  expect(question.pins).toEqual([bar]);
  // Asked again with the same prices, the list is the same one: nothing is counted anew.
  expect(questionOf(base, { ...doc, prices: [{ artist: 'org_trio', venue: 'org_bar', priceMinor: 80_000 }] }).bids).toBe(question.bids);
});

test('what was agreed stands as a fixed date, and an artist who left takes the stops along', () => {
  expect(settled(doc, ground, [])).toBe(doc);
  expect(settled(doc, ground, [bar])).toEqual({ ...doc, visits: [hall], pins: [] });
  expect(settled({ ...doc, forbidden: [{ artist: 'org_trio', venue: 'org_bar', day: null }] }, { artists: [artist('org_duo')] }, [])).toEqual({ ...blank, visits: [], pins: [], forbidden: [] });
});
