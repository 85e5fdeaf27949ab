import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';
import { usual } from '../flow-market/flow-market.fixture.ts';

type Trends = inferRouterOutputs<AppRouter>['market']['trends'];
type Answers = Parameters<typeof fakeApi<AppRouter>>[0];

/** What was asked for in ninety days: jazz rose, rock fell, polka is new; summer months over a year. */
const trends: Trends = {
  from: '2026-08-05', since: '2026-11-03', until: '2027-01-31', days: 90,
  trends: [{ genre: 'jazz', label: 'jazz', recent: 36, before: 24, percent: 50 }, { genre: 'rock', label: 'rock', recent: 18, before: 24, percent: -25 }, { genre: 'polka', label: 'polka', recent: 9, before: null, percent: null }],
  seasons: { from: '2026-02-01', asked: 196, months: Array.from({ length: 12 }, (_, i) => ({ month: i + 1, asked: [null, null, 9, 12, 20, 34, 48, 30, 19, 14, null, 10][i] ?? null })) },
};
/** Too few asked for anything. */
export const quiet: Trends = { ...trends, trends: [], seasons: { from: '2026-02-01', asked: 0, months: trends.seasons.months.map(({ month }) => ({ month, asked: null })) } };

/** A server that knows this market. */
export const guidanceServer = (told: () => Trends | Promise<Trends> = () => trends, market: NonNullable<Answers['market']> = {}): Api => fakeApi<AppRouter>({
  market: { trends: told, priceOf: () => usual, ...market },
  profiles: { genres: ({ q }) => ['jazz', 'rock'].filter((genre) => genre.startsWith(q.toLowerCase())), places: () => [{ insee: '25056', name: 'Besançon', postcode: '25000', country: 'FR', population: 119_000, lat: 47.2, lng: 6 }] },
});
