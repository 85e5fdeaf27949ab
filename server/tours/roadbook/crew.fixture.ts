import { daysBetween, type Day } from '../../core/time.ts';
import type { Leg, Shared, Stop } from '../answer.ts';
import { usualLimits, type Spot, type Venue } from '../question.ts';
import { roadbookOf, type Given, type Hall } from './days.ts';

/* Two artists of Nantes and Rennes, and six places, one of them with a name that no file may stumble over. */

/** A name with every sign that a format sets apart. */
export const ODD = 'L’Été <&> "Fin" 🎪';

const spot = (city: string, lat: number, lng: number, insee: string, country = 'FR'): Spot => ({ city, lat, lng, insee, country });

/** Rows: Nantes, Brest, Lille, Bruxelles, Ajaccio, Rennes, London. */
export const spots: readonly Spot[] = [
  spot('Nantes', 47.218, -1.554, '44109'), spot('Brest', 48.39, -4.486, '29019'), spot('Lille', 50.629, 3.057, '59350'), spot('Bruxelles', 50.85, 4.352, 'B21004', 'BE'),
  spot('Ajaccio', 41.919, 8.739, '2A004'), spot('Rennes', 48.117, -1.678, '35238'), spot('London', 51.507, -0.128, '', 'GB'),
];

const venue = (id: string, name: string, place: number, over: Partial<Venue> = {}): Venue => ({ id, name, place, capacity: 300, loadIn: 960, ends: 1_380, stages: 1, exclusive: null, ...over });

/** Load-in at four, over at eleven, but where it is said otherwise. */
export const venues: readonly Venue[] = [venue('org_brest', ODD, 1), venue('org_lille', 'Le Grand Mixte', 2, { loadIn: 540 }), venue('org_bru', 'Café de la Bourse', 3), venue('org_aja', 'Lazaret', 4), venue('org_ren', 'L’Étage', 5, { ends: 1_530 }), venue('org_lon', 'The Lexington', 6)];

/** What is known of Brest. */
export const hall: Hall = { address: '12 rue de l’École', contact: { name: 'Nolwenn Kerjean', phone: '+33 2 98 00 00 00', email: 'regie@ete.example' }, technical: 'Plateau 8 × 6 m; pendrillons noirs', soundCheck: '17:30', doors: '20:00', starts: '20:45', curfew: '00:30' };

const artist = (id: string, name: string, home: number): Given['artists'][number] => ({ id, name, home, people: 5, crew: 2, carriage: { kind: 'van', perKmMinor: 45, gramsPerKm: 250, seats: 9 }, fixed: [] });

/** Two artists. */
export const artists = [artist('org_vagues', 'Les Vagues Lentes', 0), artist('org_fanfare', 'Fanfare Ø', 5)] as const;

/** A stop of the first artist. */
export const stop = (day: Day, at: string, over: Partial<Stop> = {}): Stop => {
  const { name, place, capacity } = venues.find(({ id }) => id === at) ?? { name: at, place: 0, capacity: 0 };
  return { artist: 'org_vagues', venue: at, day, standing: 'planned', title: name, place, city: spots[place]?.city ?? '', capacity, priceMinor: 150_000, wishes: {}, ...over };
};

const free = { transportMinor: 0, lodgingMinor: 0, crewMinor: 0, mealsMinor: 0, grams: 0, wishes: {} };

/** A leg of so many minutes, at 80 km/h; nights are those between its shows. */
export const leg = (from: Stop | null, to: Stop | null, minutes: number, over: Partial<Leg> = {}): Leg => {
  const nights = from && to ? daysBetween(from.day, to.day) : 0;
  return { artist: (from ?? to)?.artist ?? 'org_vagues', from: from?.day ?? null, to: to?.day ?? null, places: [from?.place ?? 0, to?.place ?? 0], metres: Math.round((minutes * 80_000) / 60), minutes, nights, idleDays: Math.max(0, nights - 1), home: false, ...free, ...over };
};

/** What a roadbook is made of: of the first artist unless it is said otherwise, without money. */
export const given = (stops: readonly Stop[], legs: readonly Leg[], over: Partial<Given> & { readonly shared?: readonly Shared[] } = {}): Given => ({
  scenarioId: 'tsc_1', plan: 'Printemps', scenario: 'Par la côte', version: 7, currency: 'EUR', spots, artists, venues, limits: usualLimits, tour: { stops, legs, shared: over.shared ?? [] },
  halls: new Map([['org_brest', hall]]), money: false, only: 'org_vagues', ...over,
});

/** A tour of three shows in ten days: Brest, a day off, Lille after a day of driving, Brussels across the border, and home. */
export function threeShows(over: Partial<Given> = {}) {
  const [brest, lille, brussels] = [stop('2027-05-06', 'org_brest'), stop('2027-05-09', 'org_lille'), stop('2027-05-10', 'org_bru')];
  return roadbookOf(given([brest, lille, brussels], [leg(null, brest, 200), leg(brest, lille, 470), leg(lille, brussels, 80), leg(brussels, null, 500, { nights: 1 })], over));
}
