import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rng } from '../core/rng.ts';
import { addDays, daysFrom } from '../core/time.ts';
import { GENRES, belowOf } from '../profiles/genres.ts';
import { kilometres } from '../roads/crow.ts';
import { bytesOf, artistForms, placeForms } from './columns.ts';
import { noFilters, type Filters } from './filters.ts';
import { layHall, type Laid } from './hall.ts';
import { inventArtist, inventPlace, type Chance } from './invented.ts';
import { numbersOf } from './keep.ts';
import { kinship } from './kin.ts';
import type { ArtistProfile, PlaceProfile } from './profile.ts';
import { CARDS, cardNames, search, type CardName, type Search } from './search.ts';
import { wordsOf } from './world.ts';

const today = '2027-03-01';
const kin = kinship([]);

interface Scene { readonly laid: Laid; readonly artists: ReadonlyMap<string, ArtistProfile>; readonly places: ReadonlyMap<string, PlaceProfile> }
function scene(seed: number, count: number, told = 0.7): Scene {
  const chance: Chance = { next: rng(seed), today, genres: GENRES, told };
  const laid = layHall(today, { artist: count, place: count }, { kin, shows: [{ day: addDays(today, 9), lat: 48.8, lng: 2.3 }] });
  const artists = new Map(Array.from({ length: count }, (_, i) => [`org_a${i}`, inventArtist(chance)]));
  const places = new Map(Array.from({ length: count }, (_, i) => [`org_p${i}`, inventPlace(chance)]));
  laid.artist.fill([...artists].map(([id, profile]) => ({ id, profile, proposed: true })));
  laid.place.fill([...places].map(([id, profile]) => ({ id, profile, proposed: true })));
  laid.artist.settle();
  laid.place.settle();
  return { laid, artists, places };
}
const asked = ({ laid }: Scene, over: { filters?: Partial<Filters>; card?: CardName; seeker?: string; limit?: number; only?: readonly number[]; seeks?: 'artist' | 'place' } = {}): Search => {
  const filters = { ...noFilters, ...over.filters };
  const days = filters.days && wordsOf(today, filters.days);
  const seeks = over.seeks ?? 'place';
  return {
    card: over.card ?? 'touring', seeker: Math.max(0, laid[seeks].directory.rowOf(over.seeker ?? 'org_p0')), sort: 'score', limit: over.limit ?? 50, weights: null,
    narrow: { filters, ...numbersOf(filters.genres), days, part: 0, parts: 1 },
    quest: { today: 0, days: days ?? wordsOf(today, { from: today, until: addDays(today, 380), weekdays: [] }), asked: days !== null, shows: 1, seeker: seeks, past: new Map(), apart: new Set() },
    ...(over.only && { only: over.only }),
  };
};
const ids = (one: Scene, ask: Search) => search(one.laid.hall, ask).best.map(({ row }) => one.laid.artist.directory.idOf(row));

test('who is unseen is not found, not counted, and not explained', () => {
  const one = scene(5, 60);
  const ask = asked(one, { limit: 60 });
  const all = search(one.laid.hall, ask);
  const [first] = all.best;
  const hidden = search(one.laid.hall, { ...ask, unseen: new Set([first?.row ?? 0]) });
  expect(hidden.best.map(({ row }) => row)).toEqual(all.best.map(({ row }) => row).filter((row) => row !== first?.row));
  expect([hidden.met, hidden.eligible, hidden.blocked]).toEqual([all.met - 1, all.eligible - 1, all.blocked]);
  expect(search(one.laid.hall, { ...ask, only: [first?.row ?? 0], unseen: new Set([first?.row ?? 0]) }).scores).toEqual([]);
});

test('a row that was given to another meanwhile is known to be another’s', () => {
  const { laid: { artist }, artists } = scene(6, 3);
  const before = artist.given();
  const row = artist.directory.rowOf('org_a1');
  artist.drop('org_a1');
  expect(artist.givenSince(row, before)).toBe(false);
  artist.put('org_new', artists.get('org_a2') ?? expect.unreachable(), true);
  expect(artist.directory.idOf(row)).toBe('org_new');
  expect(artist.givenSince(row, before)).toBe(true);
  expect(artist.givenSince(row, artist.given())).toBe(false);
});

test('there are 47 criteria of seven groups, with the published weights (MA-02, MA-04)', () => {
  expect(CARDS.touring.criteria).toHaveLength(47);
  expect(CARDS.touring.groups).toEqual({ fill: 25, budget: 20, availability: 15, affinity: 15, geography: 10, history: 10, exclusivity: 5 });
  expect(CARDS.launch.groups).toEqual({ style: 25, availability: 20, capacity: 20, budget: 20, geography: 15 });
  expect(CARDS.municipal.groups).toEqual({ budget: 25, technical: 20, experience: 15, proximity: 15, audience: 15, availability: 10 });
});

test('a profile takes less than four hundred bytes, with its bits and its places in the orders', () => {
  expect(bytesOf(artistForms)).toBeLessThan(330);
  expect(bytesOf(placeForms)).toBeLessThan(330);
});

test.each(cardNames)('%s: every pair has a score of 0 to 100, degrees in range, parts that sum to it, and from either side the same', (card) => {
  fc.assert(fc.property(fc.integer(), fc.constantFrom(0, 0.4, 1), (seed, told) => {
    const one = scene(seed, 6, told);
    for (let i = 0; i < 6; i += 1) {
      const there = search(one.laid.hall, asked(one, { card, seeker: `org_p${i}`, only: [1, 2, 3, 4, 5, 6] }));
      for (const [k, found] of there.scores.entries()) {
        expect(found.score).toBeGreaterThanOrEqual(0);
        expect(found.score).toBeLessThanOrEqual(100);
        expect(found.confidence).toBeGreaterThanOrEqual(0);
        expect(found.confidence).toBeLessThanOrEqual(1);
        expect(Math.abs(found.criteria.reduce((sum, { points }) => sum + points, 0) - found.score)).toBeLessThan(0.51);
        for (const { degree, criterion } of found.criteria) expect(degree >= 0 && degree <= 1, criterion).toBe(true);
        const back = search(one.laid.hall, asked(one, { card, seeks: 'artist', seeker: one.laid.artist.directory.idOf(k + 1), only: [one.laid.place.directory.rowOf(`org_p${i}`)] }));
        expect(back.scores[0]).toEqual(found);
      }
    }
  }), { numRuns: 12 });
});

test('a search finds those of a plain look at everybody: same people, same order, blocked ones never (MA-09)', () => {
  const one = scene(7, 900);
  const all = Array.from({ length: 900 }, (_, i) => i + 1);
  const every = search(one.laid.hall, asked(one, { only: all }));
  const plain = every.scores.map((found, i) => ({ row: i + 1, found })).filter(({ found }) => found.blockers.length === 0);
  const found = search(one.laid.hall, asked(one, { limit: 40 }));
  expect(found.eligible).toBe(plain.length);
  expect(found.scores.map((it) => it.score)).toEqual(plain.map((it) => it.found.score).sort((a, b) => b - a).slice(0, 40));
  expect(found.scores.every((it) => it.blockers.length === 0)).toBe(true);
  expect(search(one.laid.hall, asked(one, { limit: 40 }))).toEqual(found);
});

const some = fc.record({
  near: fc.option(fc.record({ lat: fc.double({ min: 43, max: 51, noNaN: true }), lng: fc.double({ min: -3, max: 8, noNaN: true }), km: fc.constantFrom(20, 80, 300) })),
  genre: fc.option(fc.constantFrom('jazz', 'rock', 'électro', 'jazz manouche')), fee: fc.option(fc.tuple(fc.integer({ min: 0, max: 300_000 }), fc.integer({ min: 0, max: 900_000 }))), levels: fc.subarray(['emerging', 'confirmed', 'headliner'] as const),
  family: fc.boolean(), from: fc.option(fc.integer({ min: 0, max: 200 })), people: fc.option(fc.integer({ min: 20, max: 3_000 })), rating: fc.constantFrom(0, 0, 4), answer: fc.constantFrom(0, 0, 24), lineUp: fc.option(fc.integer({ min: 1, max: 6 })),
});
const scenes = [scene(11, 400), scene(12, 400, 0.3)];

test('filters keep exactly those who meet all of them, whatever narrows the search first (MA-10)', () => {
  fc.assert(fc.property(some, fc.constantFrom(...scenes), (ask, one) => {
    const filters: Partial<Filters> = {
      genres: ask.genre === null ? [] : [ask.genre], near: ask.near && { name: '', insee: '', ...ask.near }, fee: { min: ask.fee?.[0] ?? null, max: ask.fee ? Math.max(...ask.fee) : null, currency: 'EUR' }, levels: ask.levels, family: ask.family,
      days: ask.from === null ? null : { from: addDays(today, ask.from), until: addDays(today, ask.from + 1), weekdays: [] }, capacity: { min: ask.people, max: null }, ratingMin: ask.rating, answerHoursMax: ask.answer, lineUp: { min: ask.lineUp, max: ask.lineUp },
    };
    const euros = (minor: number, currency: string) => (currency === 'CHF' ? minor * 1.07 : minor);
    const below = new Set(ask.genre === null ? [] : belowOf(ask.genre));
    const days = filters.days ? daysFrom(filters.days.from, 2) : [];
    const meets = (it: ArtistProfile) => (ask.genre === null || it.genres.slice(0, 4).some((genre) => below.has(genre))) && (!ask.near || (it.at !== null && kilometres(it.at, ask.near) <= ask.near.km))
      && (!ask.fee || (euros(it.fee.min, it.currency) <= Math.max(...ask.fee) && euros(it.fee.max, it.currency) >= ask.fee[0])) && (ask.levels.length === 0 || (it.level !== null && ask.levels.includes(it.level)))
      && (!ask.family || it.flags.family === true) && (days.length === 0 || days.some((day) => !it.busy.includes(day))) && (ask.people === null || it.audience.max >= ask.people) && (ask.rating === 0 || (it.rating !== null && Math.round(it.rating.stars * 50) >= ask.rating * 50))
      && (ask.answer === 0 || (it.answerHours !== null && Math.round(it.answerHours * 4) <= ask.answer * 4)) && (ask.lineUp === null || it.lineUp === ask.lineUp);
    const found = search(one.laid.hall, asked(one, { filters, limit: 400 }));
    expect(found.met).toBe([...one.artists.values()].filter(meets).length);
    for (const { row } of found.best) expect(meets(one.artists.get(one.laid.artist.directory.idOf(row))!)).toBe(true);
  }), { numRuns: 300 });
});

test('profiles that come, change and go leave the orders and the bitmaps as if they had been laid out so', () => {
  const next = rng(5);
  const one = scene(21, 60);
  const chance: Chance = { next, today, genres: GENRES, told: 0.6 };
  const now = new Map(one.artists);
  for (let i = 0; i < 300; i += 1) {
    const id = `org_a${Math.floor(next() * 70)}`;
    if (next() < 0.25) { one.laid.artist.drop(id); now.delete(id); continue; }
    const profile = inventArtist(chance);
    if (one.laid.artist.put(id, profile, next() < 0.9 || i > 280)) now.set(id, profile);
  }
  for (const [id, profile] of now) one.laid.artist.put(id, profile, true);
  const fresh = layHall(today, { artist: 200, place: 60 }, { kin, shows: [] });
  fresh.artist.fill([...now].map(([id, profile]) => ({ id, profile, proposed: true })));
  fresh.place.fill([...one.places].map(([id, profile]) => ({ id, profile, proposed: true })));
  fresh.artist.settle();
  fresh.place.settle();
  const other: Scene = { ...one, laid: fresh };
  for (const filters of [{}, { near: { name: '', insee: '', lat: 48.8, lng: 2.3, km: 90 } }, { fee: { min: null, max: 60_000, currency: 'EUR' as const } }, { genres: ['jazz'] }, { family: true }]) {
    expect(new Set(ids(one, asked(one, { filters, limit: 400 })))).toEqual(new Set(ids(other, asked(other, { filters, limit: 400 }))));
  }
  expect(one.laid.artist.shelf.control[2]).toBe(now.size);
});

test('empty profiles, absurd numbers and a seeker without a profile make a score, and no fault', () => {
  const one = scene(3, 3);
  const base = one.artists.get('org_a0')!;
  const absurd: ArtistProfile = {
    ...base, at: { lat: 999, lng: -999 }, fee: { min: -5, max: 1e30 }, audience: { min: 1e12, max: -1 }, lineUp: -3, minutes: Infinity, listeners: NaN, growthPercent: 1e9, mobilityKm: -1, genres: ['nothing we know', ''], draws: [{ at: { lat: 95, lng: 400 }, people: -8 }],
    shows: [{ day: '1999-01-01', at: { lat: 0, lng: 0 } }, { day: 'never', at: { lat: 0, lng: 0 } }], near: [{ at: { lat: 0, lng: 0 }, km: 1e9, from: '2000-01-01', until: '2999-01-01' }], busy: ['2000-01-01', 'x'], rating: { stars: 900, count: -2 }, licenceUntil: '1980-01-01', decibels: 9_999,
  };
  const empty: PlaceProfile = { ...one.places.get('org_p0')!, capacity: 0, budget: { min: 0, max: 0 }, at: null, genres: [], billed: [], currency: 'CHF', kind: null, season: [], zone: null, curfew: 'late', ticket: 0 };
  one.laid.artist.put('org_a0', absurd, true);
  one.laid.place.put('org_p0', empty, true);
  for (const card of cardNames) for (const seeker of ['org_p0', 'org_nobody']) {
    for (const found of search(one.laid.hall, asked(one, { card, seeker, only: [1, 2, 3] })).scores) {
      expect(found.score >= 0 && found.score <= 100).toBe(true);
      for (const { degree, figures } of found.criteria) {
        expect(degree >= 0 && degree <= 1).toBe(true);
        for (const value of Object.values(figures)) expect(typeof value === 'string' || Number.isFinite(value), JSON.stringify(figures)).toBe(true);
      }
    }
  }
});

test('of a seeker that has said nothing at all nothing is known that two sides have to say: it plays in no language, for nobody, on no day (MA-06)', () => {
  const one = scene(7, 3, 1);
  const ofBoth = ['audience', 'format', 'language', 'technical', 'common_dates', 'genre', 'fee', 'distance'];
  for (const seeks of ['artist', 'place'] as const) {
    for (const found of search(one.laid.hall, asked(one, { seeks, seeker: 'org_nobody', only: [1, 2, 3] })).scores) {
      expect(found.criteria.filter(({ known }) => known).map(({ criterion }) => criterion).filter((name) => ofBoth.includes(name))).toEqual([]);
      expect(found.for.concat(found.against).map(({ criterion }) => criterion).filter((name) => ofBoth.includes(name))).toEqual([]);
    }
  }
});

test('an artist who asks a little less never fits a budget worse', () => {
  const one = scene(31, 12);
  const scoreOf = (id: string) => search(one.laid.hall, asked(one, { only: [one.laid.artist.directory.rowOf(id)] })).scores[0]!;
  for (const [id, profile] of one.artists) {
    const before = scoreOf(id).criteria.find(({ criterion }) => criterion === 'fee')!;
    one.laid.artist.put(id, { ...profile, fee: { min: Math.round(profile.fee.min * 0.9), max: Math.round(profile.fee.max * 0.9) } }, true);
    expect(scoreOf(id).criteria.find(({ criterion }) => criterion === 'fee')!.degree).toBeGreaterThanOrEqual(before.degree - 1e-9);
  }
});
