import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';

type Out = inferRouterOutputs<AppRouter>;
export type Entry = Out['partners']['sites'][number];

/** A theatre's site with one live key. */
export const entry = (over: Partial<Entry> = {}): Entry => ({
  id: 'sit_1', name: 'Théâtre de l’Horloge Bleue', url: 'https://theatre.example', origins: ['https://theatre.example'],
  keys: [{ key: 'pk_theatre', createdAt: '2027-01-04T10:00:00.000Z', expiresAt: null, revokedAt: null }], ...over,
});

type Answers = Parameters<typeof fakeApi<AppRouter>>[0];

/** A venue's server, with `sites`. */
export const sitesServer = (sites: () => Entry[], partners: NonNullable<Answers['partners']> = {}): Api => fakeApi<AppRouter>({
  identity: {
    me: () => ({ user: null, organisations: [], link: null, development: false, now: '2027-02-05T10:00:00.000Z', mediaOrigin: 'https://media.example' }),
    organisation: () => ({ kind: 'venue' }) as Out['identity']['organisation'],
  },
  partners: { sites, ...partners },
});
