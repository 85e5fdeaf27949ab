import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import type { Admirer, Funnel, History, Match } from './model.ts';

type Answers = Parameters<typeof fakeApi<AppRouter>>[0];
/** A grey picture of two pixels: nothing is fetched. */
const picture = { url: 'data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', alt: 'La façade' };

/** Somebody of the other side. */
const other = (over: Partial<Match['other']> = {}): Match['other'] => ({ orgId: 'org_1', name: 'Le Hangar à Sel', seen: 'place', city: 'La Rochelle', page: null, picture, ...over });

/** A match of somebody. */
export const match = (over: Partial<Match> = {}): Match => ({
  id: 'mat_1', status: 'open', score: 87, other: other(), contact: { email: 'bonjour@hangar.example', phone: '+33 5 46 00 00 00' }, madeAt: '2027-02-01T10:00:00.000Z', expiresAt: '2027-03-03T10:00:00.000Z', daysLeft: 12, contactedAt: null, bookingId: null, message: '', favourite: false, ...over,
});

/** Somebody who sent a super like. */
export const admirer = (over: Partial<Admirer> = {}): Admirer => ({
  other: other({ orgId: 'org_2', name: 'La Passerelle Claire', city: 'Lyon', picture: null }), contact: { email: 'a@passerelle.example', phone: '' }, at: '2027-02-10T10:00:00.000Z', score: 91, verdict: null, matchId: null,
  message: 'Nous vous avons écoutés en décembre.\nNotre saison de printemps a une soirée libre : le 14 mai vous irait-il ?', ...over,
});

/** Figures of ninety days. */
export const funnel = (over: Partial<Funnel> = {}): Funnel => ({
  from: '2026-11-15', until: '2027-02-13', total: { impressions: 480, likes: 62, matches: 27, contacts: 18, contracts: 6 }, shows: { over: 5, well: 4 }, shown: 915, rates: { liked: 0.1291, mutual: 0.4354, contacted: 0.6667, signed: 0.3333, succeeded: 0.8 }, days: [], ...over,
});

/** One's own choices. */
export const history = (...entries: readonly string[]): History => ({
  more: null, entries: entries.map((name, i) => ({ other: other({ orgId: `org_h${i}`, name, picture: null }), verdict: 'like', favourite: false, hidden: false, message: '', at: '2027-02-02T10:00:00.000Z', matchId: i === 0 ? 'mat_1' : null })),
});

/** Matches in every state. */
export const all = [
  match({ id: 'mat_2', daysLeft: 3, other: other({ orgId: 'org_3', name: 'Théâtre de l’Horloge Bleue', city: 'Besançon', page: 'https://stage.example/@horloge' }), message: 'Une carte blanche ?', favourite: true }), match(),
  match({ id: 'mat_3', status: 'contacted', daysLeft: 0, contactedAt: '2027-02-04T10:00:00.000Z', bookingId: 'bkg_1', other: other({ orgId: 'org_4', name: 'Camping de l’Anse', city: 'Biscarrosse', picture: null }) }),
  match({ id: 'mat_4', status: 'expired', daysLeft: 0, expiresAt: '2027-01-20T10:00:00.000Z', other: other({ orgId: 'org_5', name: 'Les Nuits du Saule', city: 'Annecy', picture: null }) }),
];

/** A server that has these matches. */
export const matchesServer = (matches: () => readonly Match[] | Promise<readonly Match[]>, discovery: NonNullable<Answers['discovery']> = {}): Api => fakeApi<AppRouter>({
  discovery: {
    matches: async () => ({ matches: [...await matches()], superLikes: 3 }), admirers: () => [admirer()], history: () => history('Le Hangar à Sel', 'Le Bar des Îles'), funnel: () => funnel(), wishes: () => ({ mails: true, exceptional: false }), follow: () => [], ...discovery,
  },
});
