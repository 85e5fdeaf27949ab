import { expect, test } from 'vitest';
import { addDays } from '../../core/time.ts';
import { horizon } from '../columns.ts';
import { noFilters } from '../filters.ts';
import { layHall } from '../hall.ts';
import { kinship } from '../kin.ts';
import type { ArtistProfile, PlaceProfile } from '../profile.ts';
import { search, type Search } from '../search.ts';
import { wordsOf } from '../world.ts';

/* One artist and one place, whose facts are changed one by one: what each criterion says of them is reckoned by hand. */
const today = '2027-03-01';
/** A Friday in June, no holiday anywhere. */
const friday = '2027-06-11';
const nantes = { lat: 47.2184, lng: -1.5536 };
const both = {
  country: 'FR', currency: 'EUR' as const, level: null, genres: [], settings: [], audiences: [], lyrics: [], weekdays: [], backline: [], flags: {}, ticket: null, leadDays: null, depositPercent: null, influences: [], free: [], busy: [], answerHours: null, rating: null,
  completePercent: 100, licenceUntil: null, stageSquareMetres: null, inputs: null, kilowatts: null, decibels: null, at: nantes,
};
const artist: ArtistProfile = {
  ...both, fee: { min: 80_000, max: 120_000 }, audience: { min: 100, max: 300 }, lineUp: 4, crew: 0, minutes: 90, listeners: null, listenersHomePercent: null, followers: null, engagement: null, growthPercent: null, mobilityKm: null, restDays: null, keptPercent: null, went: {},
  market: null, draws: [], shows: [], near: [],
};
const place: PlaceProfile = { ...both, kind: 'hall', capacity: 250, budget: { min: 50_000, max: 100_000 }, fillPercent: null, season: [], daysToPay: null, disputes: null, funding: null, catchment: null, billed: [], went: {}, zone: 'FR-B', curfew: null };
const kin = kinship([]);
const wholeCalendar = Array.from({ length: horizon }, (_, i) => addDays(today, i));

function judged(a: Partial<ArtistProfile>, p: Partial<PlaceProfile>, over: { day?: string | null; past?: { went: number; shows: number }; told?: readonly { day: string; lat: number; lng: number }[] } = {}) {
  const laid = layHall(today, { artist: 1, place: 1 }, { kin, shows: over.told ?? [] });
  laid.artist.put('org_a', { ...artist, ...a }, true);
  laid.place.put('org_p', { ...place, ...p }, true);
  const day = over.day === undefined ? friday : over.day;
  const days = day === null ? null : wordsOf(today, { from: day, until: day, weekdays: [] });
  const ask: Search = {
    card: 'touring', seeker: 1, sort: 'score', limit: 1, weights: null, only: [1], narrow: { filters: noFilters, genres: [], families: [], days, part: 0, parts: 1 },
    quest: { today: 0, days: days ?? wordsOf(today, { from: today, until: addDays(today, 380), weekdays: [] }), asked: days !== null, shows: 1, seeker: 'place', past: new Map(over.past ? [[1, over.past]] : []), apart: new Set() },
  };
  const [found] = search(laid.hall, ask).scores;
  return (criterion: string) => {
    const one = found?.criteria.find((it) => it.criterion === criterion);
    return one?.known ? { degree: Math.round(one.degree * 1_000) / 1_000, ...one.figures } : found?.blockers.find(({ code }) => code === criterion)?.figures ?? null;
  };
}
const says = (criterion: string, a: Partial<ArtistProfile>, p: Partial<PlaceProfile>, expected: Record<string, unknown> | null, over: Parameters<typeof judged>[2] = {}) => ({ criterion, a, p, expected, over });
const at = (km: number) => ({ lat: nantes.lat + km / 111.195, lng: nantes.lng });

test.each([
  says('capacity', {}, {}, { degree: 1, draw: 200, capacity: 250 }), says('capacity', { audience: { min: 0, max: 250 } }, {}, { degree: 1, min: 0, max: 250 }), says('capacity', {}, { capacity: 0 }, null), says('capacity', { audience: { min: 0, max: 0 } }, {}, null), says('capacity', {}, { capacity: 1_000 }, { degree: 0.289, draw: 200 }),
  says('local_draw', { draws: [{ at: at(400), people: 900 }, { at: at(20), people: 125 }] }, {}, { degree: 0.8, people: 125, km: 20 }), says('local_draw', { draws: [{ at: at(400), people: 900 }] }, {}, null),
  says('listeners', { listeners: 25_000, listenersHomePercent: 50 }, {}, { degree: 0.8, near: 12_500 }), says('listeners', { listeners: 25_000, listenersHomePercent: 90 }, { country: 'BE' }, { degree: 0.52, near: 2_500 }), says('listeners', {}, {}, null), says('followers', { followers: 25_000, engagement: 50 }, {}, { degree: 0.85 }),
  says('growth', { growthPercent: 50 }, {}, { degree: 0.9 }), says('growth', { growthPercent: -80 }, {}, { degree: 0 }), says('house_fill', {}, { fillPercent: 85 }, { degree: 1 }),
  says('level', { level: 'emerging' }, { level: 'headliner' }, { degree: 0.1, artist: 'emerging', place: 'headliner' }), says('level', { level: 'confirmed' }, { level: 'confirmed' }, { degree: 1 }), says('level', { level: 'confirmed' }, {}, null),
  says('ticket', { ticket: 1_500 }, { ticket: 1_000 }, { degree: 0.667 }), says('ticket', { ticket: 2_000, currency: 'CHF' }, { ticket: 2_000 }, { degree: 0.935, currency: 'CHF', placeCurrency: 'EUR' }), says('season', {}, { season: [0, 0, 0, 0, 0, 70, 0, 0, 0, 0, 0, 0] }, { degree: 0.7, month: 6 }),
  says('competition', {}, {}, { degree: 0.85, shows: 1 }, { told: [{ day: '2027-06-12', ...nantes }, { day: '2027-06-20', ...nantes }, { day: '2027-06-12', lat: 43, lng: 5 }] }),
  says('fee', {}, {}, { degree: 0.8, min: 80_000, max: 120_000, budgetMax: 100_000 }), says('fee', {}, { budget: { min: 0, max: 60_000 } }, { degree: 0.3 }), says('fee', {}, { budget: { min: 0, max: 0 } }, null),
  says('fee', { currency: 'CHF' }, {}, { degree: 0.735, currency: 'CHF', budgetCurrency: 'EUR' }), says('market', { market: { median: 100_000, deals: 9 } }, {}, { degree: 1, median: 100_000, deals: 9 }), says('market', { market: { median: 100_000, deals: 7 } }, {}, null),
  says('full_cost', {}, {}, { degree: 0.888, cost: 80_000, heads: 4 }), says('full_cost', { at: at(300) }, {}, { cost: 164_366, km: 300 }), says('break_even', {}, { ticket: 800 }, { percent: 40 }), says('break_even', {}, { ticket: 0 }, null),
  says('terms', { depositPercent: 30 }, { depositPercent: 30, daysToPay: 30 }, { degree: 0.9, wanted: 30, given: 30, days: 30 }), says('terms', {}, { daysToPay: 60 }, { degree: 0.3, days: 60 }), says('terms', {}, {}, null),
  says('taxes', {}, { country: 'BE' }, { degree: 0.7 }), says('taxes', {}, { country: 'CH', currency: 'CHF' }, { degree: 0.4 }), says('funding', {}, { funding: 160_000 }, { degree: 0.9, left: 160_000 }), says('funding', {}, { funding: 160_000, currency: 'CHF' }, { left: 160_000, currency: 'CHF', fee: 80_000, feeCurrency: 'EUR' }),
  says('common_dates', { free: [friday] }, {}, { degree: 1, free: 1, day: 102 }), says('common_dates', {}, {}, { degree: 0.6, free: 0, possible: 1 }), says('common_dates', {}, {}, null, { day: null }), says('no_common_day', { busy: [friday] }, {}, {}), says('no_common_day', { busy: wholeCalendar }, {}, {}, { day: null }), says('no_common_day', {}, {}, null, { day: null }),
  says('weekday', {}, {}, { degree: 1 }), says('weekday', { weekdays: [1] }, { weekdays: [5] }, { degree: 0.575 }), says('weekday', {}, {}, { degree: 0.2 }, { day: '2027-06-14' }),
  says('tour_window', { shows: [{ day: '2027-06-09', at: at(50) }] }, {}, { degree: 1, days: 2, km: 50 }), says('tour_window', { shows: [{ day: '2027-07-30', at: at(50) }] }, {}, null),
  says('school_holidays', {}, {}, { degree: 0.9, holiday: 0 }), says('school_holidays', {}, {}, { degree: 0.25, holiday: 1 }, { day: '2027-07-14' }), says('school_holidays', {}, { kind: 'campsite' }, { degree: 1 }, { day: '2027-07-14' }), says('school_holidays', {}, { zone: null }, null),
  says('feasts', {}, {}, { degree: 1, feast: 1 }, { day: '2027-07-13' }), says('feasts', {}, {}, { degree: 0.5 }), says('rest', { shows: [{ day: '2027-06-12', at: at(9) }] }, {}, { degree: 0.45, days: 1 }), says('rest', { shows: [{ day: '2027-06-12', at: at(9) }], restDays: 1 }, {}, { degree: 1, wanted: 1 }), says('rest', { shows: [{ day: '2027-06-12', at: at(9) }], restDays: 0 }, {}, { degree: 1, wanted: 0 }),
  says('lead', { leadDays: 60 }, { leadDays: 102 }, { degree: 0.9, days: 102, needed: 102 }), says('lead', {}, {}, null), says('lead', { leadDays: 54, free: ['2027-03-05', '2027-05-07'] }, { leadDays: 30, free: ['2027-03-05', '2027-05-07'] }, { degree: 0.948, needed: 54, days: 67 }, { day: null }),
  says('distance', { at: at(100) }, {}, { degree: 0.9, km: 100 }), says('distance', { at: null }, {}, null), says('detour', { shows: [{ day: '2027-06-09', at: at(100) }, { day: '2027-06-13', at: at(-100) }] }, {}, { degree: 1, km: 0 }), says('mobility', { at: at(120), mobilityKm: 100 }, {}, { degree: 0.483, most: 100 }),
  says('catchment', {}, { catchment: 100_000 }, { degree: 0.75 }), says('access', {}, { flags: { load_in: true, parking: false } }, { degree: 0.5, loadIn: 'yes', parking: 'no', transit: 'unknown' }), says('access', {}, {}, null), says('border', {}, { country: 'CH' }, { degree: 0.3 }),
  says('genre', { genres: ['jazz manouche'] }, { genres: ['jazz'] }, { degree: 0.8 }), says('genre', { genres: ['jazz'] }, { genres: ['jazz', 'rock'] }, { degree: 1 }), says('genre', { genres: ['techno'] }, {}, null), says('programming', { genres: ['rock'] }, { billed: ['rock'] }, { degree: 1 }),
  says('audience', { audiences: ['families', 'adults'] }, { audiences: ['families'] }, { degree: 0.5 }), says('influences', { influences: ['Django Reinhardt', 'Bach'] }, { influences: ['django reinhardt'] }, { degree: 1, shared: 1, of: 1 }), says('influences', { influences: ['x'] }, { influences: ['y'] }, { degree: 0.3 }),
  says('format', { settings: ['seated'] }, { settings: ['seated', 'standing'], stageSquareMetres: 8 }, { degree: 0.7, people: 4, metres: 8 }), says('language', { lyrics: ['fr'] }, { lyrics: ['fr', 'en'] }, { degree: 1 }), says('language', { flags: { family: false } }, { flags: { family: true } }, { degree: 0.1 }),
  says('technical', { stageSquareMetres: 20, inputs: 16, backline: ['drums', 'piano'] }, { stageSquareMetres: 20, inputs: 8, backline: ['drums'] }, { degree: 0.433, missing: 'piano', inputs: 8, inputsWanted: 16 }), says('technical', { inputs: 16 }, {}, null),
  says('sound', { decibels: 102 }, { decibels: 102 }, { degree: 0.85 }), says('sound', { minutes: 90 }, { curfew: '23:00' }, { degree: 1, curfew: '23:00' }), says('sound', { minutes: 120 }, { curfew: '22:00' }, { degree: 0 }),
  says('outdoors', { flags: { outdoor: false } }, { flags: { outdoor: true, covered: false } }, { degree: 0 }), says('outdoors', {}, { flags: { outdoor: false, step_free: true } }, { degree: 1 }),
  says('together', {}, {}, { degree: 0.667, shows: 1, percent: 100 }, { past: { went: 1, shows: 1 } }), says('together', {}, {}, null), says('peers', { went: { stages: 0.9 } }, {}, { degree: 0.9, kind: 'hall' }), says('kept', { keptPercent: 97 }, {}, { degree: 0.85 }),
  says('paid', {}, { daysToPay: 30, disputes: 1 }, { degree: 0.425 }), says('answers', { answerHours: 24 }, { answerHours: 2 }, { degree: 0.8, hours: 24 }), says('ratings', { rating: { stars: 5, count: 4 } }, {}, { degree: 0.925, artist: 5, artistCount: 4 }),
  says('complete', { completePercent: 80 }, { flags: { verified: true } }, { degree: 0.74, artist: 80, place: 100, checked: 1 }),
  // A promise takes its days, and not the place: other days are left, or none is.
  says('exclusivity', { near: [{ at: at(20), km: 50, from: today, until: '2027-03-31' }], free: ['2027-03-05', friday] }, { free: ['2027-03-05', friday] }, { degree: 1 }, { day: null }),
  says('exclusivity', { near: [{ at: at(20), km: 50, from: today, until: '2028-12-31' }] }, {}, { km: 20, most: 50 }, { day: null }), says('exclusivity', { near: [{ at: at(20), km: 50, from: friday, until: friday }] }, {}, { km: 20, most: 50 }),
  says('no_common_day', { near: [{ at: at(20), km: 50, from: today, until: '2028-12-31' }] }, {}, null, { day: null }),
  // Saying more is never held against anybody: other free days, and one bad rating.
  says('common_dates', { free: [friday] }, { free: ['2027-06-12'] }, { degree: 0.5, free: 0 }, { day: null }), says('common_dates', { free: [friday] }, { free: [friday] }, { degree: 0.55, free: 1 }, { day: null }), says('ratings', { rating: { stars: 2.5, count: 1 } }, {}, { degree: 0.63 }),
  says('exclusivity', {}, {}, { degree: 1 }), says('exclusivity', { near: [{ at: at(75), km: 50, from: today, until: '2027-12-31' }] }, {}, { degree: 0.792, km: 75, most: 50 }), says('exclusivity', { near: [{ at: at(20), km: 50, from: today, until: '2027-05-31' }] }, {}, { degree: 1 }),
  says('fee_out_of_reach', { fee: { min: 200_001, max: 0 } }, {}, { min: 200_001, budgetMax: 100_000 }), says('licence_lapsed', { licenceUntil: '2027-06-10' }, {}, { of: 'artist' }),
])('$criterion: $a and $p', ({ criterion, a, p, expected, over }) => {
  const found = judged(a, p, over)(criterion);
  if (expected === null) expect(found).toBeNull();
  else expect(found).toMatchObject(expected);
});
