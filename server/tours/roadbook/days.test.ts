import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysBetween, instantAt } from '../../core/time.ts';
import { usualLimits } from '../question.ts';
import type { RoadDay } from './book.ts';
import { artists, given, hall, leg, ODD, stop, threeShows } from './crew.fixture.ts';
import { roadbookOf, withBreaks } from './days.ts';

/** A day in one line: what it is, its drives with hours, breaks and places, and where the night is. */
const told = ({ day, kind, drives, show, bed }: RoadDay): string => [day, kind,
  ...drives.map(({ from, to, leaves, arrives, breakMinutes, tight, roughly }) => `${from.city}>${to.city} ${leaves.day === day ? '' : `${leaves.day} `}${leaves.hour}-${arrives.day === day ? '' : `${arrives.day} `}${arrives.hour}${breakMinutes ? ` (${breakMinutes})` : ''}${tight ? '!' : ''}${roughly ? '~' : ''}`),
  ...(show ? [`@${show.at.city}`] : []), bed ? `bed ${bed.kind === 'road' ? 'road' : bed.city}` : 'home'].join(' | ');
const days = (...of: Parameters<typeof given>) => roadbookOf(given(...of)).days.map(told);

test.each([
  [0, 0], [1, 1], [269, 269], [270, 270], [271, 316], [540, 585], [541, 631], [600, 690],
])('%i minutes of driving take %i with a break of 45 minutes after each 4 h 30', (minutes, whole) => {
  expect(withBreaks(minutes, usualLimits)).toBe(whole);
});

describe('when one leaves, reckoned back from the load-in at four (TO-19, TO-20)', () => {
  const brest = stop('2027-05-06', 'org_brest');
  test.each([
    [200, 0, ['2027-05-06 | show | Nantes>Brest 12:40-16:00 | @Brest | bed Brest']],
    [270, 0, ['2027-05-06 | show | Nantes>Brest 11:30-16:00 | @Brest | bed Brest']],
    [271, 0, ['2027-05-06 | show | Nantes>Brest 10:44-16:00 (45) | @Brest | bed Brest']],
    [540, 0, ['2027-05-06 | show | Nantes>Brest 06:15-16:00 (45) | @Brest | bed Brest']],
    // A night that the tour reckons with is slept near the stage.
    [400, 1, ['2027-05-05 | travel | Nantes>Brest 11:35-19:00 (45) | bed Brest', '2027-05-06 | show | @Brest | bed Brest']],
    // More than a day may hold goes in equal parts on two.
    [700, 1, ['2027-05-04 | travel | Nantes>Nantes – Brest 12:25-19:00 (45)~ | bed road', '2027-05-05 | travel | Nantes – Brest>Brest 12:25-19:00 (45)~ | bed Brest', '2027-05-06 | show | @Brest | bed Brest']],
  ])('%i minutes from home with %i nights before', (minutes, nights, expected) => {
    expect(days([brest], [leg(null, brest, minutes, { nights })])).toEqual(expected);
  });

  test.each([
    // The next day: after eleven hours of rest, which end at ten.
    ['2027-05-07', 300, ['2027-05-07 | show | Brest>Bruxelles 10:15-16:00 (45) | @Bruxelles | bed Bruxelles']],
    ['2027-05-07', 420, ['2027-05-07 | show | Brest>Bruxelles 08:15-16:00 (45)! | @Bruxelles | bed Bruxelles']],
    // With a day between, what is longer than one goes without a break is driven then.
    ['2027-05-08', 200, ['2027-05-07 | off | bed Brest', '2027-05-08 | show | Brest>Bruxelles 12:40-16:00 | @Bruxelles | bed Bruxelles']],
    ['2027-05-08', 420, ['2027-05-07 | travel | Brest>Bruxelles 11:15-19:00 (45) | bed Bruxelles', '2027-05-08 | show | @Bruxelles | bed Bruxelles']],
    // A day is not enough for it: what is left is driven on the day of the show.
    ['2027-05-08', 700, ['2027-05-07 | travel | Brest>Brest – Bruxelles 10:00-19:45 (45)~ | bed road', '2027-05-08 | show | Brest – Bruxelles>Bruxelles 13:20-16:00~ | @Bruxelles | bed Bruxelles']],
    ['2027-05-09', 700, ['2027-05-07 | travel | Brest>Brest – Bruxelles 12:25-19:00 (45)~ | bed road', '2027-05-08 | travel | Brest – Bruxelles>Bruxelles 12:25-19:00 (45)~ | bed Bruxelles', '2027-05-09 | show | @Bruxelles | bed Bruxelles']],
  ])('to a show on %s, %i minutes away', (day, minutes, expected) => {
    const next = stop(day, 'org_bru');
    expect(days([brest, next], [leg(brest, next, minutes)]).slice(1)).toEqual(expected);
  });

  test.each([
    [100, 0, ['2027-05-06 | show | Brest>Nantes 23:00-2027-05-07 00:40 | @Brest | home']],
    [200, 1, ['2027-05-06 | show | @Brest | bed Brest', '2027-05-07 | travel | Brest>Nantes 10:00-13:20 | home']],
    [530, 1, ['2027-05-06 | show | @Brest | bed Brest', '2027-05-07 | travel | Brest>Nantes 10:00-19:35 (45) | home']],
    [600, 2, ['2027-05-06 | show | @Brest | bed Brest', '2027-05-07 | travel | Brest>Brest – Nantes 10:00-15:45 (45)~ | bed road', '2027-05-08 | travel | Brest – Nantes>Nantes 10:00-15:45 (45)~ | home']],
  ])('home, %i minutes away, with %i nights', (minutes, nights, expected) => {
    expect(days([brest], [leg(brest, null, minutes, { nights })])).toEqual(expected);
  });
});

test('every calendar day from the first departure to the return is there, days off and days at home too (TO-19)', () => {
  expect(threeShows().days.map(told)).toEqual([
    '2027-05-06 | show | Nantes>Brest 12:40-16:00 | @Brest | bed Brest', '2027-05-07 | off | bed Brest', '2027-05-08 | travel | Brest>Lille 10:25-19:00 (45) | bed Lille', '2027-05-09 | show | @Lille | bed Lille',
    '2027-05-10 | show | Lille>Bruxelles 14:40-16:00 | @Bruxelles | bed Bruxelles', '2027-05-11 | travel | Bruxelles>Nantes 10:00-19:05 (45) | home',
  ]);
});

test('by way of home it is two journeys, split as the crow flies, with the days at home between', () => {
  const [brest, lille] = [stop('2027-05-06', 'org_brest'), stop('2027-05-12', 'org_lille', { title: 'Le Grand Mixte' })];
  expect(days([brest, lille], [leg(brest, lille, 600, { home: true, nights: 2 })])).toEqual([
    '2027-05-06 | show | @Brest | bed Brest', '2027-05-07 | travel | Brest>Nantes 10:00-13:21~ | home', '2027-05-08 | home | home', '2027-05-09 | home | home', '2027-05-10 | home | home',
    expect.stringMatching(/^2027-05-11 \| travel \| Nantes>Lille 11:\d\d-19:00 \(45\)~ \| bed Lille$/), '2027-05-12 | show | @Lille | bed Lille',
  ]);
});

describe('the nights on which the clocks change', () => {
  const early = [{ id: 'org_early', name: 'Le Matin', place: 1, capacity: 80, loadIn: 360, ends: 1_380, stages: 1, exclusive: null }, { id: 'org_late', name: 'La Nuit', place: 1, capacity: 80, loadIn: 960, ends: 1_530, stages: 1, exclusive: null }] as const;
  const at = (day: string, venue: string) => stop(day, venue, { place: 1, city: 'Brest' });
  test.each([
    // Load-in at six; 270 minutes before is half past one where no hour is lost or won.
    ['2027-03-27', '2027-03-27 01:30'], ['2027-03-28', '2027-03-28 00:30'], ['2027-10-30', '2027-10-30 01:30'], ['2027-10-31', '2027-10-31 02:30'],
  ])('a drive to a load-in at six on %s begins at %s', (day, leaves) => {
    const before = at(day.replace(/\d\d$/, (n) => String(Number(n) - 1)), 'org_brest');
    const next = at(day, 'org_early');
    const [drive] = roadbookOf(given([before, next], [leg(before, next, 270, { places: [0, 1] })], { venues: [...early, ...given([], []).venues] })).days.find((one) => one.day === day)!.drives;
    expect(`${drive!.leaves.day} ${drive!.leaves.hour}`).toBe(leaves);
    expect([drive!.arrives.hour, (Date.parse(drive!.arrives.at) - Date.parse(drive!.leaves.at)) / 60_000, drive!.tight]).toEqual(['06:00', 270, true]);
  });

  test.each([
    // Over at half past one of the next morning; a hundred minutes home.
    ['2027-03-26', '2027-03-27 01:30', '2027-03-27 03:10'], ['2027-03-27', '2027-03-28 01:30', '2027-03-28 04:10'], ['2027-10-30', '2027-10-31 01:30', '2027-10-31 02:10'], ['2027-10-31', '2027-11-01 01:30', '2027-11-01 03:10'],
  ])('home after a show on %s: away at %s, there at %s', (day, leaves, arrives) => {
    const show = at(day, 'org_late');
    const [one] = roadbookOf(given([show], [leg(show, null, 100)], { venues: early })).days;
    const [drive] = one!.drives;
    expect([`${drive!.leaves.day} ${drive!.leaves.hour}`, `${drive!.arrives.day} ${drive!.arrives.hour}`]).toEqual([leaves, arrives]);
    expect(Date.parse(drive!.arrives.at) - Date.parse(drive!.leaves.at)).toBe(100 * 60_000);
  });

  test('the rest after a show is eleven hours by the watch', () => {
    const [late, next] = [at('2027-03-27', 'org_late'), stop('2027-03-28', 'org_bru')];
    // Over at half past one; eleven hours later it is half past one in the afternoon, for an hour was lost.
    const tight = (minutes: number) => roadbookOf(given([late, next], [leg(late, next, minutes)], { venues: [...early, ...given([], []).venues] })).days.at(-1)!.drives[0]!.tight;
    expect([tight(150), tight(151)]).toEqual([false, true]);
  });
});

test('times are those of the place: an hour earlier across the Channel, and the way there passes a border and water', () => {
  const [lille, london] = [stop('2027-05-09', 'org_lille'), stop('2027-05-10', 'org_lon')];
  const { days: [, show] } = roadbookOf(given([lille, london], [leg(lille, london, 240)]));
  const [drive] = show!.drives;
  expect([drive!.leaves, drive!.arrives]).toMatchObject([{ hour: '13:00', timeZone: 'Europe/Paris' }, { hour: '16:00', timeZone: 'Europe/London', at: instantAt('2027-05-10', '16:00', 'Europe/London').toISOString() }]);
  expect([drive!.border, drive!.sea]).toEqual([['FR', 'GB'], true]);
  const island = stop('2027-05-10', 'org_aja');
  expect(roadbookOf(given([lille, island], [leg(lille, island, 500)])).days[1]!.drives[0]).toMatchObject({ border: null, sea: true });
});

test('a show has what is known of it: hours, address, whom to call; a curfew after midnight is that of its night', () => {
  const { show } = threeShows().days[0]!;
  expect(show).toMatchObject({
    title: ODD, address: '12 rue de l’École', capacity: 300, contact: { name: 'Nolwenn Kerjean', phone: '+33 2 98 00 00 00', email: 'regie@ete.example' },
    loadIn: { hour: '16:00' }, soundCheck: { hour: '17:30' }, doors: { hour: '20:00' }, starts: { day: '2027-05-06', hour: '20:45' }, ends: { hour: '23:00' }, curfew: { day: '2027-05-07', hour: '00:30' },
  });
  expect(threeShows().days[3]!.show).toMatchObject({ soundCheck: null, doors: null, starts: null, curfew: null, contact: { name: '', phone: '', email: '' } });
});

test.each([
  // A show at half past two in the morning is on its own day, as its booking has it: after the crew came, and before it is over.
  ['2027-03-27', '02:30', '04:00', ['2027-03-27 00:00', '2027-03-27 02:30', '2027-03-27 05:00', '2027-03-27 04:00']],
  // The hour that the clocks leave out is the one after it.
  ['2027-03-28', '02:30', '04:00', ['2027-03-28 00:00', '2027-03-28 03:30', '2027-03-28 05:00', '2027-03-28 04:00']],
  ['2027-10-31', '02:30', '01:00', ['2027-10-31 00:00', '2027-10-31 02:30', '2027-10-31 05:00', '2027-11-01 01:00']],
])('a show of %s at %s, with a curfew at %s, is told in order (TO-19)', (day, starts, curfew, told) => {
  const venues = [{ id: 'org_night', name: 'La Nuit', place: 1, capacity: 80, loadIn: 0, ends: 300, stages: 1, exclusive: null }];
  const { show } = roadbookOf(given([stop(day, 'org_night', { place: 1, city: 'Brest' })], [], { venues, halls: new Map([['org_night', { ...hall, starts, curfew }]]) })).days[0]!;
  expect([show!.loadIn, show!.starts!, show!.ends, show!.curfew!].map((one) => `${one.day} ${one.hour}`)).toEqual(told);
});

test('a show that stands takes its hours from itself, and what is known of its venue too', () => {
  const stands = { id: 'bkg_7', day: '2027-05-06', title: 'Un soir', place: 1, capacity: 120, priceMinor: 90_000, loadIn: 840, ends: 1_320, venue: 'org_brest', exclusive: null };
  const show = stop('2027-05-06', 'bkg_7', { standing: 'fixed', title: 'Un soir', place: 1, city: 'Brest' });
  expect(roadbookOf(given([show], [], { artists: [{ ...artists[0], fixed: [stands] }] })).days[0]!.show).toMatchObject({ loadIn: { hour: '14:00' }, ends: { hour: '22:00' }, address: '12 rue de l’École' });
});

test('technicians read no price', () => {
  expect(JSON.stringify(threeShows())).not.toContain('150000');
  expect(threeShows({ money: true }).days[0]!.show!.priceMinor).toBe(150_000);
  // Signed elsewhere: nobody has said here what it pays, which is not nothing.
  const elsewhere = stop('2027-05-06', 'org_brest', { standing: 'fixed', priceMinor: 0 });
  expect(roadbookOf(given([elsewhere], [leg(null, elsewhere, 200)], { money: true })).days.find(({ show }) => show)!.show!.priceMinor).toBeNull();
});

test('of several artists each has its days, in order of days; what is shared says with whom', () => {
  const [one, other] = [stop('2027-05-06', 'org_brest'), stop('2027-05-06', 'org_ren', { artist: 'org_fanfare' })];
  const shared = [{ what: 'vehicle' as const, from: '2027-05-06', to: '2027-05-06', place: 1, saved: 4_000, by: 'benefit' as const, parts: [{ artist: 'org_vagues', aloneMinor: 1, paysMinor: 1 }, { artist: 'org_fanfare', aloneMinor: 1, paysMinor: 1 }] }];
  const legs = [leg(null, one, 200)];
  const both = roadbookOf(given([one, other], legs, { only: null, tour: { stops: [one, other], legs, shared } }));
  expect(both.days.map(({ artist, day, shared: together }) => [artist, day, together])).toEqual([['org_vagues', '2027-05-06', [{ what: 'vehicle', with: ['Fanfare Ø'] }]], ['org_fanfare', '2027-05-06', [{ what: 'vehicle', with: ['Les Vagues Lentes'] }]]]);
  // A show at home needs no way and no bed.
  const own = roadbookOf(given([one, other], legs, { only: 'org_fanfare' }));
  expect([own.artists.length, own.days.map(({ bed }) => bed)]).toEqual([1, [null]]);
});

test('a hand that drags may put two shows on a day: both are there', () => {
  const [one, other] = [stop('2027-05-06', 'org_brest'), stop('2027-05-06', 'org_lille')];
  expect(roadbookOf(given([one, other], [])).days.map(({ show }) => show!.id)).toEqual(['org_brest', 'org_lille']);
});

test('without a show there is no day, and who is not of the tour has none', () => {
  expect(roadbookOf(given([], []))).toMatchObject({ days: [], artists: [{ shows: 0 }] });
  expect(roadbookOf(given([stop('2027-05-06', 'org_brest')], [], { only: 'org_nobody' }))).toMatchObject({ days: [], artists: [] });
});

test('whatever the ways, days follow each other without a gap, all of a way is driven, and never more than nine hours in a drive', () => {
  fc.assert(fc.property(fc.array(fc.record({ gap: fc.integer({ min: 1, max: 9 }), minutes: fc.integer({ min: 0, max: 1_500 }), home: fc.boolean() }), { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 3 }), (steps, nights) => {
    const places = ['org_brest', 'org_lille', 'org_bru', 'org_ren'];
    let day = '2027-03-20';
    const stops = steps.map(({ gap }, i) => stop(day = new Date(Date.parse(day) + gap * 86_400_000).toISOString().slice(0, 10), places[i % 4]!));
    const legs = stops.map((to, i) => leg(stops[i - 1] ?? null, to, steps[i]!.minutes, { home: steps[i]!.home, ...(i === 0 && { nights }) }));
    const { days: all } = roadbookOf(given(stops, [...legs, leg(stops.at(-1)!, null, 300, { nights })]));
    all.slice(1).forEach((one, i) => { expect(daysBetween(all[i]!.day, one.day)).toBe(1); });
    const driven = all.flatMap(({ drives }) => drives);
    expect(Math.abs(driven.reduce((sum, { minutes }) => sum + minutes, 0) - legs.reduce((sum, { minutes }) => sum + minutes, 300))).toBeLessThanOrEqual(stops.length);
    expect(driven.filter(({ minutes, tight }) => minutes > 540 && !tight)).toEqual([]);
    expect(new Set(driven.map(({ id }) => id)).size).toBe(driven.length);
    for (const { leaves, arrives, minutes, breakMinutes } of driven) expect(Date.parse(arrives.at) - Date.parse(leaves.at)).toBe((minutes + breakMinutes) * 60_000);
  }), { numRuns: 200 });
});
