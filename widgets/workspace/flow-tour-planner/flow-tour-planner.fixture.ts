import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { daysAfter } from '../../parts/days.ts';
import { ahead, knownOf, usualWeights } from './known.ts';
import type { Artist, ArtistRow, Bid, Demand, Edit, Leg, Limits, Plan, PlanRow, Scenario, Search, Side, Stop, Sums, Tour, Venue, Why } from './model.ts';

/* A tour of two artists through France, as the server would give it: small enough to hold in mind, and reckoned, not drawn by lot. */

type Town = readonly [city: string, house: string, lat: number, lng: number, capacity: number];
const towns: readonly Town[] = [
  ['Rennes', 'L’Étage aux Goélands', 48.11, -1.68, 450], ['Brest', 'La Carène Grise', 48.39, -4.49, 600], ['Nantes', 'Le Quai des Ombres', 47.22, -1.55, 800], ['La Rochelle', 'Le Hangar à Sel', 46.16, -1.15, 600], ['Bordeaux', 'La Grange Rouge', 44.84, -0.58, 900],
  ['Toulouse', 'Le Bikini Bleu', 43.6, 1.44, 1_200], ['Montpellier', 'Les Arceaux', 43.61, 3.88, 700], ['Lyon', 'La Passerelle Claire', 45.76, 4.84, 1_100], ['Dijon', 'La Vapeur Lente', 47.32, 5.04, 500], ['Besançon', 'Théâtre de l’Horloge Bleue', 47.24, 6.02, 320],
  ['Strasbourg', 'La Laiterie du Rhin', 48.58, 7.75, 900], ['Lille', 'L’Aéronef des Dunes', 50.63, 3.06, 1_000], ['Rouen', 'Le 106 bis', 49.44, 1.1, 600], ['Clermont-Ferrand', 'La Coopérative des Monts', 45.78, 3.09, 500],
];
/** Row of each artist's home. */
const HOME = [0, 7] as const;
const spots = towns.map(([city, , lat, lng]) => ({ lat, lng, city, country: 'FR', insee: '' }));
const venues: readonly Venue[] = towns.map(([, name, , , capacity], place) => ({ id: `org_v${place}`, name, place, capacity, loadIn: 960, ends: 1_380, stages: 1, exclusive: name === 'Le Quai des Ombres' ? { km: 80, days: 20 } : null }));
const from = '2027-04-01';
const until = '2028-03-31';
const carriage: Artist['carriage'] = { kind: 'van', perKmMinor: 45, gramsPerKm: 280, seats: 9 };
const person = (id: string, name: string, home: number, over: Partial<Artist> = {}): Artist => ({ id, name, home, people: 6, crew: 2, carriage, floorMinor: 60_000, commissionBps: 1_000, audience: 'chanson', busy: [], fixed: [], ...over });
const artists: readonly Artist[] = [
  person('org_a', 'Les Vagues Lentes', HOME[0], { busy: Array.from({ length: 9 }, (_, at) => daysAfter('2027-05-20', at)), fixed: [{ id: 'bkg_9', day: '2027-05-29', title: 'Festival des Remparts', place: 3, capacity: 3_000, priceMinor: 420_000, loadIn: 840, ends: 1_320, venue: 'org_v3', exclusive: null }] }),
  person('org_b', 'Nora Solveig', HOME[1], { people: 3, crew: 1, audience: 'folk', busy: Array.from({ length: 5 }, (_, at) => daysAfter('2027-05-03', at)) }),
];

/** Metres by road between two places, as the crow flies and a third more. */
function metres(one: number, other: number): number {
  const [a, b] = [spots[one], spots[other]];
  if (!a || !b) return 0;
  const [x, y] = [(a.lng - b.lng) * Math.cos(((a.lat + b.lat) * Math.PI) / 360), a.lat - b.lat];
  return Math.round(Math.hypot(x, y) * 111_320 * 1.3);
}
const none = { metres: 0, minutes: 0, nights: 0, grams: 0, transportMinor: 0, lodgingMinor: 0, crewMinor: 0, mealsMinor: 0 };
const between = (a: string, b: string): number => Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000);

function leg({ id, people, crew }: Artist, a: number, b: number, days: readonly [string | null, string | null]): Leg {
  const road = metres(a, b);
  const nights = days[0] && days[1] ? Math.min(2, between(days[0], days[1])) : 1;
  return { artist: id, from: days[0], to: days[1], places: [a, b], metres: road, minutes: Math.round(road / 1_250), nights, idleDays: Math.max(0, nights - 1), home: false, transportMinor: Math.round((road / 1_000) * carriage.perKmMinor), lodgingMinor: nights * people * 7_500, crewMinor: crew * 26_000, mealsMinor: nights * people * 4_000, grams: Math.round((road / 1_000) * carriage.gramsPerKm), wishes: {} };
}

/** As the server would group those towns. */
const BASINS: Tour['basins'] = [{ name: 'Bordeaux', places: [0, 2, 3, 4] }, { name: 'Lyon', places: [7, 8, 9, 13] }, { name: 'Brest', places: [1] }, { name: 'Toulouse', places: [5] }, { name: 'Montpellier', places: [6] }, { name: 'Strasbourg', places: [10] }, { name: 'Lille', places: [11] }, { name: 'Rouen', places: [12] }];

/** A tour with what it comes to, from its stops. */
export function tourOf(stops: readonly Stop[], of: readonly Artist[] = artists, over: Partial<Tour> = {}): Tour {
  const legs = of.flatMap((one) => {
    const all = stops.filter(({ artist }) => artist === one.id).sort((a, b) => a.day.localeCompare(b.day));
    return all.flatMap((stop, at) => [leg(one, all[at - 1]?.place ?? one.home, stop.place, [all[at - 1]?.day ?? null, stop.day]), ...(at === all.length - 1 ? [leg(one, stop.place, one.home, [stop.day, null])] : [])]);
  });
  const sums = (some: readonly Leg[], shows: readonly Stop[]): Sums => {
    const total = some.reduce((sum, one) => ({ metres: sum.metres + one.metres, minutes: sum.minutes + one.minutes, nights: sum.nights + one.nights, grams: sum.grams + one.grams, transportMinor: sum.transportMinor + one.transportMinor, lodgingMinor: sum.lodgingMinor + one.lodgingMinor, crewMinor: sum.crewMinor + one.crewMinor, mealsMinor: sum.mealsMinor + one.mealsMinor }), none);
    const revenueMinor = shows.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
    const commissionMinor = Math.round(revenueMinor / 10);
    const sharedMinor = some === legs ? 38_400 : 0;
    const marginMinor = revenueMinor - commissionMinor - total.transportMinor - total.lodgingMinor - total.crewMinor - total.mealsMinor + sharedMinor;
    return { ...total, shows: shows.length, revenueMinor, commissionMinor, sharedMinor, marginMinor, wishesMinor: 0, worthMinor: marginMinor, breaksEven: shows.length > 4 ? shows.length - 3 : null };
  };
  const all = sums(legs, stops);
  const logistics = all.transportMinor + all.lodgingMinor + all.crewMinor + all.mealsMinor;
  return {
    stops, legs, sums: all, basins: BASINS.flatMap(({ name, places }) => { const here = places.filter((place) => stops.some((stop) => stop.place === place)); return here.length > 0 ? [{ name, places: here }] : []; }), byArtist: of.map((one) => ({ artist: one.id, ...sums(legs.filter(({ artist }) => artist === one.id), stops.filter(({ artist }) => artist === one.id)) })), conflicts: [], cannibal: [],
    shared: stops.length === 0 ? [] : [{ what: 'vehicle', from: '2027-04-16', to: '2027-04-18', place: 4, saved: 21_600, parts: [{ artist: 'org_a', aloneMinor: 40_050, paysMinor: 29_250 }, { artist: 'org_b', aloneMinor: 33_000, paysMinor: 22_200 }], by: 'benefit' }, { what: 'rooms', from: '2027-04-17', to: '2027-04-17', place: 5, saved: 16_800, parts: [{ artist: 'org_a', aloneMinor: 45_000, paysMinor: 36_600 }, { artist: 'org_b', aloneMinor: 22_500, paysMinor: 14_100 }], by: 'proportion' }],
    inOrder: { shows: all.shows, logisticsMinor: Math.round(logistics * 1.48), metres: all.metres * 2, grams: all.grams * 2 }, pointToPoint: { shows: all.shows, logisticsMinor: Math.round(logistics * 1.9), metres: all.metres * 3, grams: all.grams * 3 }, ...over,
  };
}

/** A stop of an artist at the venue of a row, on a day. */
export function stop(artist: string, place: number, day: string, over: Partial<Stop> = {}): Stop {
  const [city = '', title = '', , , capacity = 0] = towns[place] ?? [];
  const week = new Date(day).getUTCDay();
  return { artist, venue: `org_v${place}`, day, standing: 'planned', title, place, city, capacity, priceMinor: 180_000 + capacity * 220, wishes: week === 5 || week === 6 ? { weekend: 10_000 } : {}, ...over };
}

/** Ten dates of the one and six of the other. */
export const stops: readonly Stop[] = [
  stop('org_a', 0, '2027-04-07'), stop('org_a', 1, '2027-04-09', { standing: 'pinned' }), stop('org_a', 2, '2027-04-13', { wishes: { schoolHolidays: -15_000 } }), stop('org_a', 4, '2027-04-16'), stop('org_a', 5, '2027-04-18'), stop('org_a', 6, '2027-04-21'), stop('org_a', 7, '2027-04-24'), stop('org_a', 8, '2027-04-27'), stop('org_a', 10, '2027-04-30'),
  stop('org_a', 3, '2027-05-29', { standing: 'fixed', title: 'Festival des Remparts', priceMinor: 420_000 }),
  stop('org_b', 13, '2027-04-08'), stop('org_b', 4, '2027-04-11'), stop('org_b', 5, '2027-04-14'), stop('org_b', 9, '2027-04-23'), stop('org_b', 11, '2027-04-28'), stop('org_b', 12, '2027-05-01'),
];
const bids: readonly Bid[] = artists.flatMap(({ id }, at) => venues.map(({ id: venue, place, capacity }) => ({ artist: id, venue, priceMinor: 180_000 + capacity * 220, days: [...new Set([...stops.filter((one) => one.artist === id && one.venue === venue).map(({ day }) => day), ...[3, 9, 12, 20, 26].map((days) => daysAfter('2027-04-05', days + place + at))])].sort(), order: place, standing: place % 3 === 0 ? 'offered' as const : place % 3 === 1 ? 'asked' as const : 'found' as const })));

export const plan: Plan = {
  id: 'tpl_1', name: 'Printemps 2027', from, until, currency: 'EUR', updatedAt: '2027-01-10T10:00:00.000Z', reading: 'r1', spots, artists, venues, bids, blurred: [], cast: [{ id: 'org_a' }, { id: 'org_b', floorMinor: 60_000 }], events: [{ name: 'Les Jours d’Avril', city: 'Quimper', lat: 48, lng: -4.1, from: '2027-04-09', until: '2027-04-11' }, { name: 'Le Grand Large', city: 'Lorient', lat: 47.75, lng: -3.37, from: '2027-04-10', until: '2027-04-10' }], leftOut: [{ name: 'Le Phare d’Ailleurs', reason: 'place_unknown' }],
  scenarios: [{ id: 'tsc_1', name: 'Base', shows: 16, marginMinor: 1_240_000, updatedAt: '2027-01-10T10:00:00.000Z' }, { id: 'tsc_2', name: 'Sans Lille', shows: 15, marginMinor: 1_190_000, updatedAt: '2027-01-10T11:00:00.000Z' }],
  holidays: [{ zone: 'A', kind: 'school', from: '2027-04-10', until: '2027-04-25' }, { zone: 'B', kind: 'school', from: '2027-04-17', until: '2027-05-02' }, { zone: 'C', kind: 'school', from: '2027-04-03', until: '2027-04-18' }, { zone: 'FR', kind: 'public', from: '2027-05-01', until: '2027-05-01' }, { zone: 'FR', kind: 'public', from: '2027-05-08', until: '2027-05-08' }],
};
const limits: Limits = { driveMinutes: 540, breakAfter: 270, breakMinutes: 45, restMinutes: 660, leastGap: 1, mostShows: 0, wantedShows: 9 };
export const scenario: Scenario = {
  id: 'tsc_1', planId: 'tpl_1', name: 'Base', version: 4, undo: true, redo: false, limits, rates: { nightMinor: 7_500, crewDayMinor: 26_000, mealsMinor: 4_000 }, weights: usualWeights,
  pins: [{ artist: 'org_a', venue: 'org_v1', day: '2027-04-09' }], forbidden: [], reading: 'r1', hours: [{ artist: 'org_a', venue: 'org_v0', soundCheck: '17:30', doors: '20:00' }], tour: tourOf(stops), sent: [],
};
/** The same with a date that cannot be reached, and one too near. */
export const conflicting: Scenario = { ...scenario, tour: tourOf(stops, artists, { conflicts: [
  { rule: 'drive', stops: [stop('org_a', 1, '2027-04-09'), stop('org_a', 2, '2027-04-13')], minutes: 664, available: 540 },
  { rule: 'exclusive', stops: [stop('org_a', 2, '2027-04-13'), stop('org_a', 3, '2027-05-29')], km: 62, within: 80, until: '2027-05-03' },
] }) };
/** Holds went out; one fell. */
export const followed: Scenario = { ...scenario, sent: stops.slice(0, 6).map(({ artist, venue, day }, at) => ({ artist, venue, day, state: at === 2 ? 'declined' : at % 2 === 0 ? 'agreed' : 'held', bookingId: `bkg_${at}`, until: '2027-02-20T00:00:00.000Z' })) };
export const empty: Scenario = { ...scenario, undo: false, pins: [], tour: tourOf([]) };

/** Four tours that differ. */
export const variants: readonly Tour[] = [tourOf(stops), tourOf(stops.filter(({ place }) => place !== 11 && place !== 10)), tourOf(stops.filter(({ artist }, at) => artist === 'org_b' || at % 2 === 1)), tourOf(stops.filter(({ place }) => place !== 1))];

export const why: Why = {
  more: 3, clash: [], unused: [
    { artist: 'org_a', venue: 'org_v13', priceMinor: 135_000, best: { day: '2027-04-27', losesMinor: 30_000, detourMetres: 84_000, instead: [stop('org_a', 8, '2027-04-27')], wishes: {}, zone: '' }, reasons: [{ days: 3, conflict: { rule: 'drive', stops: [stop('org_a', 1, '2027-04-09'), stop('org_a', 13, '2027-04-10')], minutes: 664, available: 540 } }] },
    { artist: 'org_a', venue: 'org_v3', priceMinor: 144_000, best: null, reasons: [{ days: 4, conflict: { rule: 'exclusive', stops: [stop('org_a', 2, '2027-04-13'), stop('org_a', 3, '2027-04-20')], km: 62, within: 80, until: '2027-05-03' } }, { days: 1, conflict: { rule: 'artist_busy', stops: [stop('org_a', 3, '2027-05-21')] } }] },
    { artist: 'org_b', venue: 'org_v2', priceMinor: 162_000, best: { day: '2027-04-18', losesMinor: 12_400, detourMetres: 210_000, instead: [], wishes: { schoolHolidays: -15_000 }, zone: 'FR-B' }, reasons: [] },
  ],
};
/** Dijon lies on the way of Nora Solveig, and is worth it; Rouen is too far out of it. */
export const near: Why = { ...why, unused: [
  { artist: 'org_b', venue: 'org_v8', priceMinor: 140_000, best: { day: '2027-04-20', losesMinor: -21_000, detourMetres: 32_000, instead: [], wishes: {}, zone: '' }, reasons: [] },
  { artist: 'org_b', venue: 'org_v12', priceMinor: 140_000, best: { day: '2027-04-21', losesMinor: -40_000, detourMetres: 61_000, instead: [], wishes: {}, zone: '' }, reasons: [] },
  { artist: 'org_a', venue: 'org_v13', priceMinor: 120_000, best: { day: '2027-05-10', losesMinor: 4_000, detourMetres: 18_000, instead: [], wishes: {}, zone: '' }, reasons: [] }, ...why.unused,
] };
/** Two pins that exclude each other. */
export const clash: Why = { ...why, clash: [{ rule: 'too_close', stops: [stop('org_a', 1, '2027-04-09'), stop('org_a', 2, '2027-04-10')], days: 1, least: 3 }, { rule: 'drive', stops: [stop('org_a', 1, '2027-04-09'), stop('org_a', 5, '2027-04-10')], minutes: 700, available: 540 }] };

/** Twenty-five artists over a year, a hundred shows each. */
export function large(): { readonly plan: Plan; readonly scenario: Scenario } {
  const many = Array.from({ length: 25 }, (_, at) => person(`org_l${at}`, `Artiste ${at + 1}`, at % towns.length, { busy: Array.from({ length: 30 }, (__, day) => daysAfter(from, (day * 11 + at) % 365)) }));
  const all = many.flatMap(({ id }, at) => Array.from({ length: 100 }, (_, show) => stop(id, (show + at) % towns.length, daysAfter(from, Math.floor(show * 3.6) + (at % 3)))));
  return { plan: { ...plan, artists: many, bids: many.flatMap(({ id }) => venues.map((venue) => ({ artist: id, venue: venue.id, priceMinor: 100_000, days: [], order: 0, standing: 'found' as const }))) }, scenario: { ...scenario, tour: { ...tourOf(all, many), shared: [] } } };
}

const rows: readonly PlanRow[] = [{ id: 'tpl_1', name: 'Printemps 2027', from, until: '2027-06-30', currency: 'EUR', artists: ['Les Vagues Lentes', 'Nora Solveig'], scenarios: 2, marginMinor: 2_311_600, updatedAt: '2027-01-10T10:00:00.000Z' }, { id: 'tpl_2', name: 'Festivals d’été', from: '2027-07-01', until: '2027-08-31', currency: 'EUR', artists: ['Nora Solveig'], scenarios: 1, marginMinor: 840_000, updatedAt: '2027-01-08T10:00:00.000Z' }];
const roster: readonly ArtistRow[] = artists.map(({ id, name, people, crew, home, floorMinor }) => ({ id, name, city: towns[home]?.[0] ?? '', people, crew, vehicle: 'van', floorMinor, currency: 'EUR' }));

type Answer = (input: never) => unknown;
/** Who asked for them near where. */
const demand: readonly Demand[] = [{ artist: 'org_a', city: 'Dijon', country: 'FR', lat: 47.32, lng: 5.04, fans: 3, organisers: 1 }, { artist: 'org_a', city: 'Le Mans', country: 'FR', lat: 48, lng: 0.2, fans: 12, organisers: 0 }, { artist: 'org_b', city: 'Perpignan', country: 'FR', lat: 42.69, lng: 2.89, fans: 1, organisers: 0 }];

/** The plan with a stop that was added by hand. */
export const withHand: Plan = { ...plan, venues: [...venues, { id: 'tst_1', name: 'Chez des amis', place: 8, capacity: 60, loadIn: 960, ends: 1_380, stages: 1, exclusive: null }], bids: [...bids, { artist: 'org_a', venue: 'tst_1', priceMinor: 40_000, days: ['2027-05-04'], order: 99, standing: 'found' }] };

/** A server that holds this tour and makes the changes that are asked, as the page itself would guess them. */
export function toursServer(over: Readonly<Record<string, Answer>> = {}, at: Scenario = scenario, of: Plan = plan): Api {
  let now = at;
  const known = knownOf(of);
  const side = (name: string, tour: Tour): Side => ({ name, sums: tour.sums, inOrder: tour.inOrder, pointToPoint: tour.pointToPoint, stops: tour.stops, shared: tour.shared, conflicts: tour.conflicts.length });
  const change = ({ edit }: { readonly edit: Edit }): Scenario => {
    const tour = tourOf(ahead(now.tour.stops, edit, known), of.artists);
    now = { ...now, version: now.version + 1, undo: true, tour, ...(edit.kind === 'weights' && { weights: edit.weights }), ...(edit.kind === 'limits' && { limits: edit.limits }), ...(edit.kind === 'rates' && { rates: edit.rates }) };
    return now;
  };
  const tours: Readonly<Record<string, Answer>> = {
    list: () => rows, artists: () => roster, create: () => ({ ...of, id: 'tpl_3' }), read: () => of, scenario: ({ scenarioId }: { readonly scenarioId: string }) => ({ ...now, id: scenarioId }), search: () => ({ runId: 'run_1' }),
    follow: () => [{ kind: 'progress', spent: 0.4, worthMinor: 900_000, marginMinor: 910_000, shows: 12, variant: 0 }, { kind: 'done', reading: 'r1', variants, cancelled: false, missed: [], bindings: [{ rule: 'drive', gainsMinor: 42_000, gainsShows: 1 }] }] satisfies Search[],
    cancel: () => ({}), keep: () => ({ ...now, id: 'tsc_2' }), edit: change, undo: () => now, redo: () => now, copy: () => ({ ...now, id: 'tsc_2' }), rename: () => ({}), remove: () => ({}), why: () => why, amend: () => of, removePlan: () => ({}), addStop: () => withHand, demand: () => demand, removeStop: () => of, answers: () => [], removeStops: () => of, addList: () => ({ plan: withHand, fresh: 1, again: 0, beyond: 0, wrong: [{ line: 3, reason: 'town_several', said: 'Saint-Denis' }, { line: 7, reason: 'price', said: 'à voir' }], wrongRows: 2 }),
    compare: ({ scenarioIds }: { readonly scenarioIds: readonly string[] }) => scenarioIds.map((id) => side(of.scenarios.find((one) => one.id === id)?.name ?? id, now.tour)),
    sendHolds: () => ({ sent: 14, refused: 1, each: [{ ...stop('org_b', 11, '2027-04-28'), state: 'refused', bookingId: null, code: 'slot_taken' }] }), replan: () => now, ...over,
  };
  const places = (): { insee: string; name: string; postcode: string; country: string }[] => [{ insee: '21231', name: 'Dijon', postcode: '21000', country: 'FR' }];
  return fakeApi<AppRouter>({ tours, profiles: { places } as never });
}
