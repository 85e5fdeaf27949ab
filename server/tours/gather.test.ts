import { expect, test } from 'vitest';
import { carriage } from '../prospects/carriages.ts';
import type { Told, ToldArtist, ToldAsk, ToldShow, ToldVenue } from '../prospects/told.ts';
import { MOST_PLACES } from '../roads/great-circle.ts';
import { gather, guessOf, hoursOf, MOST_VENUES } from './gather.ts';
import { holidaysIn } from './holidays.ts';

const where = (lat: number | null, lng: number | null, city = 'Dole', country = 'FR') => ({ lat, lng, city, country, insee: '39198' });
const [dole, dijon, lyon] = [where(47.09, 5.49), where(47.32, 5.04, 'Dijon'), where(45.76, 4.84, 'Lyon')];
const trio: ToldArtist = {
  id: 'org_trio', name: 'Trio', home: dole, people: 3, crew: 0, carriage: carriage('van', 3, '2027-03-01'), floorMinor: 60_000, feeMinor: [60_000, 120_000], currency: 'EUR', commissionBps: 1_000, audience: 'jazz', minutes: 90, busy: ['2027-04-05'], shows: [], promises: [],
};
const hall = (over: Partial<ToldVenue> = {}): ToldVenue => ({ id: 'org_hall', name: 'Halle', at: dijon, capacity: 300, stages: 1, budgetMinor: [50_000, 150_000], currency: 'EUR', curfew: '', closed: new Set(), weekdays: [], ...over });
const ask = (over: Partial<ToldAsk> = {}): ToldAsk => ({ bookingId: 'bkg_1', artist: 'org_trio', org: null, from: 'jo@a.example', name: 'Chez Jo', at: lyon, capacity: 80, startTime: '20:30', budgetMinor: 70_000, offerMinor: null, currency: 'EUR', days: ['2027-04-03'], opened: false, ...over });
const show = (over: Partial<ToldShow> = {}): ToldShow => ({ id: 'bkg_s', day: '2027-04-07', title: 'Signé', at: dijon, capacity: 300, priceMinor: 80_000, startTime: '20:30', minutes: 90, venue: 'org_hall', ...over });
const told = (over: Partial<Told> = {}): Told => ({ from: '2027-04-01', until: '2027-04-10', today: '2027-03-01', currency: 'EUR', artists: [trio], asks: [], extras: [], venues: [hall()], found: [{ artist: 'org_trio', venue: 'org_hall' }], ...over });
const daysOf = (over: Partial<Told>, venue = 'org_hall') => gather(told(over)).question.bids.find((bid) => bid.venue === venue)?.days;

test.each<[string, Partial<Told>, readonly string[]]>([
  ['from today on', { today: '2027-04-08' }, ['2027-04-08', '2027-04-09', '2027-04-10']],
  ['on the weekdays of the hall', { venues: [hall({ weekdays: [5, 6] })] }, ['2027-04-02', '2027-04-03', '2027-04-09', '2027-04-10']],
  ['when the hall is not closed', { from: '2027-04-09', venues: [hall({ closed: new Set(['2027-04-09']) })] }, ['2027-04-10']],
  ['when no promise keeps the artist away', { artists: [{ ...trio, promises: [{ lat: 47.3, lng: 5, km: 30, from: '2027-03-01', until: '2027-04-08' }] }] }, ['2027-04-09', '2027-04-10']],
  ['over the night in which clocks go forward', { from: '2027-03-27', until: '2027-03-29' }, ['2027-03-27', '2027-03-28', '2027-03-29']],
  ['over the night in which clocks go back', { from: '2027-10-30', until: '2027-11-01' }, ['2027-10-30', '2027-10-31', '2027-11-01']],
])('a hall that was found is free %s (TO-04, CL-05)', (_, over, days) => {
  expect(daysOf(over)).toEqual(days);
});

test('one that asks is known better than one that was found, and a second request of the same for other days has a name of its own (TO-01)', () => {
  const asks = [ask({ org: 'org_hall', at: dijon, days: ['2027-04-03'] }), ask({ bookingId: 'bkg_2', org: 'org_hall', at: dijon, days: ['2027-04-09'], offerMinor: 77_000 }), ask({ bookingId: 'bkg_3', org: 'org_hall', at: dijon, days: ['2027-04-03'] })];
  const { question: { bids, venues, spots }, leftOut } = gather(told({ asks }));
  expect(bids.map(({ venue, priceMinor, standing, bookingId, order }) => [venue, priceMinor, standing, bookingId, order])).toEqual([['org_hall', 70_000, 'asked', 'bkg_1', 0], ['bkg_2', 77_000, 'offered', 'bkg_2', 1]]);
  expect(leftOut).toEqual([{ name: 'Chez Jo', reason: 'twice' }]);
  // Two venues in one place share its roads.
  expect(spots).toHaveLength(2);
  expect(new Set(venues.map(({ place }) => place)).size).toBe(1);
});

test('a venue that was asked by us may have other days than the one that was held (TO-20)', () => {
  expect(daysOf({ asks: [ask({ org: 'org_hall', at: dijon, days: ['2027-04-03'], opened: true })] })).toHaveLength(10);
  expect(daysOf({ asks: [ask({ org: 'org_hall', at: dijon, days: ['2027-04-03'] })] })).toEqual(['2027-04-03']);
});

test('what cannot be looked at is named once, with why (TO-04)', () => {
  const { leftOut, question } = gather(told({
    asks: [ask({ name: 'Suisse', currency: 'CHF' }), ask({ name: 'En mer', at: where(10, -30) }), ask({ name: 'Nulle part', at: where(null, null) }), ask({ name: 'Tard', days: ['2027-05-01'] }), ask({ name: 'D’un autre', artist: 'org_other' })],
    venues: [hall({ currency: 'CHF' }), hall({ id: 'org_shut', name: 'Fermé', weekdays: [1], closed: new Set(['2027-04-05']) })], found: [{ artist: 'org_trio', venue: 'org_hall' }, { artist: 'org_trio', venue: 'org_hall' }, { artist: 'org_trio', venue: 'org_shut' }],
    extras: [{ id: 'tst_1', artist: 'org_trio', name: 'À la main', insee: '', priceMinor: 1, days: ['2027-04-03'], capacity: 0, at: where(null, null) }],
  }));
  expect(leftOut).toEqual([
    { name: 'Suisse', reason: 'currency' }, { name: 'En mer', reason: 'place_unknown' }, { name: 'Nulle part', reason: 'place_unknown' }, { name: 'Tard', reason: 'no_day' },
    { name: 'À la main', reason: 'place_unknown' }, { name: 'Halle', reason: 'currency' }, { name: 'Fermé', reason: 'no_day' },
  ]);
  expect(question.bids).toEqual([]);
});

test('ten thousand candidates of an import are cut to two thousand, those that ask first, and the others are said (TO-01)', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => hall({ id: `org_${i}`, name: `Salle ${i}`, at: where(43 + (i % 100) / 20, (i / 100) / 20) }));
  const { question: { venues, bids, spots }, leftOut } = gather(told({ venues: many, asks: [ask()], found: many.map(({ id }) => ({ artist: 'org_trio', venue: id })) }));
  expect(venues).toHaveLength(MOST_VENUES);
  // Who is left out has no roads either: they are asked for by the square.
  expect(spots.length).toBeLessThanOrEqual(MOST_VENUES + 1);
  expect(bids[0]).toMatchObject({ bookingId: 'bkg_1' });
  expect(leftOut.length).toBe(1_000);
  expect(leftOut[0]).toMatchObject({ reason: 'too_many' });
});

test('a year of twenty-five artists and of two thousand halls has no more places than there are roads among, and what is over is said (TO-17)', () => {
  const spread = (i: number) => where(44 + (i % 100) / 25, 1 + Math.floor(i / 100) / 25);
  const cast = Array.from({ length: 25 }, (_, a) => ({ ...trio, id: `org_a${a}`, name: `Groupe ${a}`, home: where(44 + a / 10, 0.5), shows: Array.from({ length: 170 }, (__, s) => show({ id: `shw_${a}_${s}`, day: '2027-04-02', title: `Date ${a} ${s}`, at: spread(a * 170 + s), venue: null })) }));
  const many = Array.from({ length: 2_000 }, (_, i) => hall({ id: `org_${i}`, name: `Salle ${i}`, at: spread(i + 5_000) }));
  const { question: { spots, artists, venues }, leftOut } = gather(told({ artists: cast, venues: many, asks: [ask({ artist: 'org_a0', at: spread(9_000) })], found: many.map(({ id }) => ({ artist: 'org_a0', venue: id })) }));
  expect([spots.length, artists.length, venues.length]).toEqual([MOST_PLACES, 25, 0]);
  expect(new Set(artists.map(({ home }) => home)).size).toBe(25);
  // Nobody can be put on a day whose show has no place.
  expect([artists[24]?.fixed, artists[24]?.busy]).toEqual([[], ['2027-04-02', '2027-04-05']]);
  expect(leftOut).toEqual(expect.arrayContaining([{ name: 'Date 24 0', reason: 'too_many' }, { name: 'Chez Jo', reason: 'too_many' }]));
});

test('a date that stands is fixed; one that nobody can place takes its day (TO-16)', () => {
  const shows = [show({ id: 'bkg_t', day: '2027-04-09', venue: 'org_elsewhere' }), show(), show({ id: 'shw_n', day: '2027-04-06', title: 'Nulle part', at: where(null, null) }), show({ id: 'shw_l', day: '2027-05-06' })];
  const promises = [{ lat: dijon.lat ?? 0, lng: dijon.lng ?? 0, km: 50, from: '2027-04-04', until: '2027-04-08' }];
  const { question: { artists: [one] }, leftOut } = gather(told({ artists: [{ ...trio, shows, promises }] }));
  expect(one?.fixed.map(({ id, venue, exclusive, loadIn, ends }) => ({ id, venue, exclusive, loadIn, ends }))).toEqual([
    { id: 'bkg_s', venue: 'org_hall', exclusive: { km: 50, days: 3 }, loadIn: 990, ends: 1_380 }, { id: 'bkg_t', venue: null, exclusive: null, loadIn: 990, ends: 1_380 },
  ]);
  expect(one?.busy).toEqual(['2027-04-05', '2027-04-06', '2027-05-06']);
  expect(leftOut).toEqual([{ name: 'Nulle part', reason: 'place_unknown' }]);
});

test('an artist without a home, or who sells in another currency, is left out', () => {
  const { question, leftOut } = gather(told({ artists: [{ ...trio, home: where(null, null) }, { ...trio, id: 'org_swiss', name: 'Suisse', currency: 'CHF' }] }));
  expect(question).toMatchObject({ artists: [], bids: [] });
  expect(leftOut).toEqual([{ name: 'Trio', reason: 'place_unknown' }, { name: 'Suisse', reason: 'currency' }]);
});

test.each<[readonly [number, number], readonly [number, number], number]>([
  [[60_000, 120_000], [50_000, 150_000], 90_000],
  [[60_000, 120_000], [0, 80_000], 70_000],
  [[60_000, 120_000], [20_000, 40_000], 40_000],
  [[60_000, 120_000], [200_000, 300_000], 200_000],
  [[60_000, 120_000], [0, 0], 90_000],
  [[0, 0], [50_000, 150_000], 100_000],
  [[70_000, 0], [0, 0], 70_000],
])('an artist of %j and a venue of %j would meet at %i (TO-01)', (fee, budget, price) => {
  expect(guessOf(fee, budget)).toBe(price);
});

test.each<[string, number, string, number, number]>([['20:30', 90, '', 990, 1_380], ['20:30', 90, '21:30', 990, 1_350], ['22:00', 120, '00:30', 1_080, 1_500], ['02:00', 60, '', 0, 240]])('a show at %s of %i minutes, curfew %s, keeps a crew from %i to %i', (start, minutes, curfew, loadIn, ends) => {
  expect(hoursOf(start, minutes, curfew)).toEqual({ loadIn, ends });
});

test('holidays of a period come as stretches, cut to it (TO-08)', () => {
  expect(holidaysIn('2027-04-20', '2027-05-08', ['FR']).filter(({ zone }) => zone === 'FR-A' || zone === 'FR')).toEqual([
    { zone: 'FR-A', kind: 'school', from: '2027-04-20', until: '2027-04-25' }, { zone: 'FR-A', kind: 'school', from: '2027-05-06', until: '2027-05-08' },
    { zone: 'FR', kind: 'public', from: '2027-05-01', until: '2027-05-01' }, { zone: 'FR', kind: 'public', from: '2027-05-06', until: '2027-05-06' }, { zone: 'FR', kind: 'public', from: '2027-05-08', until: '2027-05-08' },
  ]);
});
