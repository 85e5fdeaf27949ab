import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import type { Drive, Evening, Read, RoadDay } from './model.ts';

type Answers = Parameters<typeof fakeApi<AppRouter>>[0];
const timeZone = 'Europe/Paris';
const at = (day: string, hour: string) => ({ day, hour, timeZone, at: `${day}T${hour}:00.000Z` });
const point = (city: string, name = '', kind: 'home' | 'venue' = 'venue') => ({ kind, name, city, country: 'FR', lat: 48.39, lng: -4.486 });
const drive = (day: string, over: Partial<Drive> = {}): Drive => ({ id: `d-${day}`, from: point('Nantes', '', 'home'), to: point('Brest', 'L’Été'), leaves: at(day, '10:44'), arrives: at(day, '16:00'), minutes: 271, breakMinutes: 45, metres: 297_400, border: null, sea: false, roughly: false, tight: false, ...over });

/** A show of which everything is known. */
const evening = (day: string, over: Partial<Evening> = {}): Evening => ({
  id: 'org_brest', title: 'L’Été <&> "Fin" 🎪', standing: 'fixed', at: point('Brest', 'L’Été'), address: '12 rue de l’École', capacity: 300, loadIn: at(day, '16:00'), soundCheck: at(day, '17:30'), doors: at(day, '20:00'), starts: at(day, '20:45'), ends: at(day, '23:00'), curfew: at(day, '23:30'),
  contact: { name: 'Nolwenn Kerjean', phone: '+33 2 98 00 00 00', email: 'regie@ete.example' }, technical: 'Plateau 8 × 6 m.\nPendrillons noirs.', priceMinor: null, ...over,
});
const road = (day: string, over: Partial<RoadDay> = {}): RoadDay => ({ artist: 'org_vagues', day, kind: 'off', drives: [], show: null, bed: { kind: 'town', city: 'Brest', country: 'FR', people: 5 }, shared: [], ...over });

/** Five days: a show, today's show with its drive, a day off, a day of driving across a border, and a show of which little is known. */
export const week = (over: Partial<Read['book']> = {}): Read => ({
  readAt: '2027-05-07T07:30:00.000Z', until: '2027-05-18T22:00:00.000Z',
  book: {
    scenarioId: 'tsc_1', plan: 'Printemps', scenario: 'Par la côte', version: 7, currency: 'EUR', money: false, artists: [{ id: 'org_vagues', name: 'Les Vagues Lentes', people: 5, crew: 2, vehicle: 'van', shows: 3, metres: 1_667_000 }],
    days: [
      road('2027-05-06', { kind: 'show', show: evening('2027-05-06', { id: 'org_ren', title: 'L’Étage' }) }), road('2027-05-07', { kind: 'show', drives: [drive('2027-05-07')], show: evening('2027-05-07'), shared: [{ what: 'rooms', with: ['Fanfare Ø'] }] }), road('2027-05-08'),
      road('2027-05-09', { kind: 'travel', drives: [drive('2027-05-09', { from: point('Brest'), to: { ...point('Bruxelles'), country: 'BE' }, minutes: 540, metres: 812_000, border: ['FR', 'BE'], roughly: true, tight: true })], bed: { kind: 'road', city: 'Brest – Bruxelles', country: 'BE', people: 5 } }),
      road('2027-05-10', { kind: 'show', bed: null, show: evening('2027-05-10', { id: 'org_bru', title: 'Café de la Bourse', standing: 'planned', soundCheck: null, doors: null, starts: null, curfew: null, contact: { name: '', phone: '', email: '' }, technical: '', address: '' }) }),
    ], ...over,
  },
});

/** A server with that roadbook, by a link or by its scenario. */
export const roadServer = (roadbooks: NonNullable<Answers['roadbooks']> = {}): Api => fakeApi<AppRouter>({ roadbooks: { open: () => week(), book: () => week(), links: () => [{ id: 'rbl_1', name: 'Camion 1', artist: '', createdAt: '2027-05-01T10:00:00.000Z' }], ...roadbooks } });
