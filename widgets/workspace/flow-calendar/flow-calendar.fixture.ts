import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import { daysAfter } from '../../parts/days.ts';

type Out = inferRouterOutputs<AppRouter>;

/** It is 5 February 2027. */
export const me: Out['identity']['me'] = { user: null, organisations: [], link: null, development: false, now: '2027-02-05T10:00:00.000Z', mediaOrigin: '' };

/** Every day asked for: Saturdays free, the 12th held, the 20th sold. */
export function days({ from, until }: { from: string; until: string }): Out['calendar']['days'] {
  const all: Out['calendar']['days'] = [];
  for (let day = from; day <= until; day = daysAfter(day, 1)) {
    const free = new Date(day).getUTCDay() === 6;
    all.push({
      day, state: free ? 'free' : 'flexible', mark: free ? 'free' : null,
      holds: day === '2027-02-12' ? [{ id: 'hld_1', bookingId: 'bkg_1', day, rank: 1, expiresAt: '2027-02-19T10:00:00.000Z', status: 'live', buyer: 'Compagnie du Marais' }] : [],
      sold: day === '2027-02-20' ? { bookingId: 'bkg_2', title: 'Salle des fêtes' } : null,
    });
  }
  return all;
}
