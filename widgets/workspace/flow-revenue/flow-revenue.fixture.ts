import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';

type Revenue = inferRouterOutputs<AppRouter>['prices']['revenue'];

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });

/** A year of shares and plans, in euros alone. */
export const revenue: Revenue = [{
  currency: 'EUR', total: euros(10_250_000),
  lines: [{ line: 'commissions', total: euros(8_200_000), share: 8_000, aim: 7_000 }, { line: 'subscriptions', total: euros(2_050_000), share: 2_000, aim: 2_000 }, { line: 'marketplace', total: euros(0), share: 0, aim: 800 }, { line: 'training', total: euros(0), share: 0, aim: 200 }],
  months: Array.from({ length: 12 }, (_, n) => ({ month: new Date(Date.UTC(2026, 2 + n, 1)).toISOString().slice(0, 7), commissions: euros(n < 2 ? 0 : 820_000), subscriptions: euros(n < 2 ? 0 : 205_000) })),
}];

/** Our own people's server. */
export const revenueServer = (all: () => Revenue | Promise<Revenue> = () => revenue): Api => fakeApi<AppRouter>({ prices: { revenue: all } });
