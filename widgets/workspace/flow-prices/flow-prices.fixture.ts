import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';

type Prices = inferRouterOutputs<AppRouter>['prices']['all'];
type Answers = NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['prices']>;

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
const since = { from: '2026-01-01', to: null, by: null, decision: null };

/** Two plans, one with a price to come, two bands of a scale and three promotions. */
export const prices: Prices = {
  today: '2027-02-05',
  prices: [
    { id: 'rat_1', plan: 'booker_starter', month: euros(9_900), artistsMax: 5, superLikes: 10, trialDays: 30, ...since },
    { id: 'rat_2', plan: 'venue_premium', month: euros(4_500), artistsMax: null, superLikes: 10, trialDays: 30, ...since, from: '2025-01-01', to: '2026-01-01' },
    { id: 'rat_3', plan: 'venue_premium', month: euros(4_900), artistsMax: null, superLikes: 10, trialDays: 30, ...since, to: '2027-03-01' },
    { id: 'rat_4', plan: 'venue_premium', month: euros(5_900), artistsMax: null, superLikes: 10, trialDays: 30, ...since, from: '2027-03-01', by: 'Inès Aubry' },
    { id: 'rat_5', plan: 'town_service', month: null, artistsMax: null, superLikes: 0, trialDays: 0, ...since, decision: '0006' },
  ],
  rates: [
    { id: 'rat_6', kind: 'commission.contract', upTo: 100_000, currency: 'EUR', bps: 1_200, ...since }, { id: 'rat_7', kind: 'commission.contract', upTo: null, currency: 'EUR', bps: 400, ...since },
    { id: 'rat_8', kind: 'commission.volume', upTo: 100, currency: 'EUR', bps: 0, ...since },
  ],
  promotions: [
    { id: 'rat_9', kind: 'commission', code: 'PIONEER', bps: 0, months: 3, thenBps: 800, ends: '2028-07-01', taken: 4, ...since, to: '2027-07-01' },
    { id: 'rat_10', kind: 'referral', code: 'REFERRAL', bps: 5_000, months: 3, thenBps: null, ends: null, taken: 0, ...since },
    { id: 'rat_11', kind: 'merit', code: 'MERIT', bps: 10_000, months: 3, thenBps: null, ends: null, taken: 0, ...since },
  ],
};

/** Our own people's server. */
export const pricesServer = (over: Answers = {}): Api => fakeApi<AppRouter>({ prices: {
  all: () => prices, previewPrice: () => ({ organisations: 12, contracts: 0, before: euros(118_800), after: euros(142_800), over: 2 }), previewPromotion: () => ({ organisations: 7, contracts: 21, before: euros(40_000), after: euros(10_000), over: 4 }), previewRate: () => ({ organisations: 3, contracts: 9, before: euros(8_000), after: euros(7_000), over: 0 }), ...over,
} });
