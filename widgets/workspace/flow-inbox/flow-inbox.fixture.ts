import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';

type Line = inferRouterOutputs<AppRouter>['booking']['inbox'][number];

/** A request as an artist finds it. */
export const line = (over: Partial<Line> = {}): Line => ({
  id: 'bkg_1', side: 'artist', artist: 'Les Vagues Lentes', buyer: 'Compagnie du Marais', asker: 'venue', occasion: 'Concert de printemps', showDay: '2027-05-14', seasonUntil: null, city: 'Besançon',
  budget: { minor: 120_000, currency: 'EUR' }, status: 'requested', createdAt: '2027-02-01T09:00:00.000Z', score: { score: 82, confidence: 0.85 }, yours: true, ...over,
});
