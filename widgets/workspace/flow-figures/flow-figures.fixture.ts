import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi, refusal } from '../../core/fake-api.ts';
import type { Figures, Season } from './model.ts';

type Sums = Figures['all'];

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
const fees = (n: number, each: number): Sums['fees'] => (n === 0 ? [] : [{ currency: 'EUR', n, sum: euros(n * each), median: n < 5 ? null : euros(each) }]);

/** Sums of some requests, two thirds of them answered and a third signed. */
export const sums = (requests: number, over: Partial<Sums> = {}): Sums => {
  const [answered, contracts] = [Math.floor((requests * 2) / 3), Math.floor(requests / 3)];
  return { requests, own: requests, answered, contracts, conversionBps: requests < 5 ? null : Math.floor((contracts * 10_000) / requests), answerMinutes: answered < 5 ? null : 1_130, leadDays: requests < 5 ? null : 96, fees: fees(contracts, 120_000), ...over };
};

const counts = [0, 1, 2, 3, 6, 9, 7, 4, 3, 2, 1, 5];
/** An artist's year, all of it paid for. */
export const year: Figures = {
  side: 'artist', kind: 'artist', full: true, plan: 'artist_pro', since: '2026-04-01', until: '2027-03-20', all: sums(43), before: sums(31),
  months: counts.map((n, at) => ({ month: new Date(Date.UTC(2026, 3 + at, 1)).toISOString().slice(0, 7), ...sums(n), before: sums(Math.max(0, n - 1)) })),
  wanted: {
    weekdays: [1, 2, 2, 4, 12, 19, 3], months: [0, 1, 2, 3, 6, 9, 12, 6, 2, 1, 0, 1],
    askers: [{ name: 'venue', n: 21, contracts: 9 }, { name: 'commune', n: 12, contracts: 4 }, { name: 'private', n: 10, contracts: 1 }], artists: [{ name: 'Les Vagues Lentes', n: 43, contracts: 14 }],
    towns: [{ name: 'Rennes', n: 14, contracts: 6 }, { name: 'Saint-Étienne-de-Montluc', n: 5, contracts: 2 }], distances: [{ name: '50', n: 18, contracts: 8 }, { name: '150', n: 15, contracts: 5 }, { name: '0', n: 4, contracts: 1 }],
    pages: [{ name: 'theatre.localhost:4001/artistes/les-vagues-lentes', n: 30, contracts: 11 }, { name: 'les-vagues-lentes.example/', n: 13, contracts: 3 }],
  },
};

/** What the free plan shows: thirty days, and what more there is. */
export const recent = (over: Partial<Figures> = {}): Figures => ({ ...year, full: false, since: '2027-02-19', all: sums(3), before: null, months: [], wanted: null, ...over });

/** A theatre's year: what it asked, and what came through its pages. */
export const stage: Figures = { ...year, side: 'buyer', kind: 'venue', plan: 'venue_premium', all: sums(43, { own: 9, answered: 7, fees: fees(4, 110_000) }), wanted: year.wanted && { ...year.wanted, distances: [], artists: [{ name: 'Les Vagues Lentes', n: 30, contracts: 10 }, { name: 'Nora Solveig', n: 13, contracts: 4 }] } };

/** Its months to come. */
const season: Season = counts.map((n, at) => ({
  month: new Date(Date.UTC(2027, 2 + at, 1)).toISOString().slice(0, 7), days: at === 0 ? 12 : 30, played: n, asked: at % 4, free: (at === 0 ? 12 : 30) - n, freeWeekends: Math.max(0, 9 - n), fees: fees(n % 3, 110_000), budgets: fees(n % 3, 130_000),
}));

/** A server with `figures` of a year and of the last thirty days, and a season. */
export const figuresServer = (figures: Figures | (() => Figures | Promise<Figures>) = year, over: NonNullable<Parameters<typeof fakeApi<AppRouter>>[0]['analytics']> = {}): Api => {
  const all = typeof figures === 'function' ? figures : () => figures;
  return fakeApi<AppRouter>({ analytics: {
    figures: async ({ months }) => {
      const found = await all();
      if (months !== null && !found.full) throw refusal('plan_needed', { plan: found.plan ?? '' });
      return months === null ? { ...found, since: '2027-02-19', all: found.full ? sums(6) : found.all, before: null, months: [], wanted: null } : found;
    },
    season: () => season, ...over,
  } });
};
