import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';

type Line = inferRouterOutputs<AppRouter>['booking']['inbox'][number];

/** A request as an artist finds it. */
export const line = (over: Partial<Line> = {}): Line => ({
  id: 'bkg_1', side: 'artist', artist: 'Les Vagues Lentes', buyer: 'Compagnie du Marais', asker: 'venue', occasion: 'Concert de printemps', showDay: '2027-05-14', seasonUntil: null, city: 'Besançon',
  budget: { minor: 120_000, currency: 'EUR' }, status: 'requested', createdAt: '2027-02-01T09:00:00.000Z', score: { score: 82, confidence: 0.85 }, yours: true, ...over,
});

type Wishes = inferRouterOutputs<AppRouter>['nearby']['wishes'];

/** An organiser who asks an artist to play near them. */
export const wish = (over: Partial<Wishes['asks'][number]> = {}): Wishes['asks'][number] => ({
  id: 'wsh_1', artist: 'Les Vagues Lentes', name: 'Jo Exemple', organisation: 'La Halle aux Grains', kind: 'venue', email: 'jo@halle.example', city: 'Dijon', country: 'FR', period: 'un vendredi de mai',
  message: 'Nous avons 300 places et un piano.', status: 'open', createdAt: '2027-02-20T09:00:00.000Z', bookingId: null, ...over,
});

/** Where an artist is wanted. */
export const towns: Wishes['towns'] = [
  { artist: 'Les Vagues Lentes', city: 'Dijon', country: 'FR', fans: 12, organisers: 1 }, { artist: 'Les Vagues Lentes', city: 'Genève', country: 'CH', fans: 7, organisers: 0 }, { artist: 'Les Vagues Lentes', city: 'Lyon', country: 'FR', fans: 1, organisers: 0 },
];
