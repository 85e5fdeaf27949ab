import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import type { Found, Night } from './model.ts';

type Answers = Parameters<typeof fakeApi<AppRouter>>[0];
const reason = (criterion: string, degree: number, figures: Record<string, string | number> = {}) => ({ criterion, degree, points: degree * 5, code: criterion, figures });

/** A place that was found. */
const found = (over: Partial<Found> = {}, score = 88): Found => ({
  orgId: 'org_1', seen: 'place', name: 'Le Hangar à Sel', kind: 'venue', city: 'La Rochelle', country: 'FR', page: null, picture: null, sound: null, tagline: '', genres: ['jazz'], lineUp: null, capacity: { min: 600, max: 600 },
  money: { min: 90_000, max: 180_000, currency: 'EUR' }, placeKind: 'hall', level: 'confirmed', km: 142.4, answerHours: 20, rating: null, verified: true, chance: null, choice: { verdict: null, favourite: false, hidden: false }, match: null,
  score: {
    scorecard: 'touring', model: 'touring-1', score, sides: { artist: score, place: score }, confidence: 0.7, groups: [], criteriaCount: 47, blockers: [],
    for: [reason('fee', 1, { min: 80_000, max: 120_000, currency: 'EUR', budgetMin: 90_000, budgetMax: 180_000, budgetCurrency: 'EUR' }), reason('common_dates', 1, { free: 1, possible: 1, asked: 0, shows: 1, day: '2099-05-13' }), reason('genre', 0.9, { ownGenre: 'jazz', wantedGenre: 'jazz' })], against: [reason('distance', 0.2, { km: 142.4 })],
  }, ...over,
});

/** A day with places. */
export const night = (day: string, ...places: readonly Found[]): Night => ({ day, met: 41, blocked: {}, found: [...places] });

/** Five places, the best first. */
export const five = [
  found(), found({ orgId: 'org_2', name: 'Théâtre de l’Horloge Bleue', city: 'Besançon', placeKind: 'theatre', km: 12, capacity: { min: 320, max: 320 }, choice: { verdict: 'like', favourite: false, hidden: false } }, 84),
  found({ orgId: 'org_3', name: 'La Passerelle Claire', city: 'Lyon', placeKind: 'club', match: { id: 'mat_1', status: 'open', expiresAt: '2027-03-03T10:00:00.000Z' } }, 79), found({ orgId: 'org_4', name: 'Les Nuits du Saule', city: 'Annecy', placeKind: 'festival', km: null }, 71),
  found({ orgId: 'org_5', name: 'Camping de l’Anse aux Tilleuls', city: 'Biscarrosse', placeKind: 'campsite', page: '/@anse', money: { min: null, max: null, currency: 'EUR' } }, 64),
];

/** A server that finds these. */
export const nightsServer = (discovery: NonNullable<Answers['discovery']> = {}): Api => fakeApi<AppRouter>({ discovery: { nights: ({ days }) => ({ nights: days.map((day, i) => (i === 1 ? night(day) : night(day, ...five))) }), ...discovery } });
