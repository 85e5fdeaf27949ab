import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import { fakeApi } from '../../core/fake-api.ts';

type Out = inferRouterOutputs<AppRouter>;
export type Kit = Out['profiles']['ownEpk'];

const euros = (minor: number) => ({ minor, currency: 'EUR' as const });
/** A grey picture of two pixels: nothing is fetched. */
const picture = 'data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==';

/** A press kit that may be published. */
export const kit = (over: Partial<Kit> = {}): Kit => ({
  artist: 'les-vagues-lentes', name: 'Les Vagues Lentes', genres: ['jazz'], genreLabels: { jazz: { fr: 'jazz', en: 'jazz', nl: 'jazz', de: 'Jazz' } }, lineUp: 3, city: 'Besançon', insee: '25056', durationMinutes: 75, tagline: { fr: 'Trio de jazz au long cours', en: 'A jazz trio that takes its time' },
  bio: { fr: 'Piano, contrebasse, batterie.', en: 'Piano, double bass, drums.' }, quotes: [], links: [], videos: [], technical: 'Piano accordé.', audience: { min: 60, max: 400 }, fee: { min: euros(90_000), max: euros(180_000) },
  media: [
    { id: 'med_1', kind: 'photo', title: 'scène', alt: 'Le trio sur scène', url: picture, smallUrl: picture, width: 1200, height: 800, durationSeconds: null, size: null, sources: [] },
    { id: 'med_2', kind: 'photo', title: 'loge', alt: '', url: picture, smallUrl: picture, width: 1200, height: 800, durationSeconds: null, size: null, sources: [] },
    { id: 'med_3', kind: 'audio', title: 'Estran', alt: '', url: 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=', smallUrl: null, width: null, height: null, durationSeconds: 187, size: null, sources: [] },
  ],
  publishedAt: null, missing: [], ...over,
});

type Answers = Parameters<typeof fakeApi<AppRouter>>[0];

/** An artist's server, with `own` and, when there is one, a site's key. */
export const kitServer = (own: () => Kit, profiles: NonNullable<Answers['profiles']> = {}, key = ''): Api => fakeApi<AppRouter>({
  profiles: { ownEpk: own, places: () => [], genres: () => ['jazz', 'jazz manouche'], ...profiles },
  partners: { sites: () => (key ? [{ id: 'sit_1', name: 'Mon site', url: 'https://trio.example', origins: [], keys: [{ key, createdAt: '2027-01-04T10:00:00.000Z', expiresAt: null, revokedAt: null }] }] : []) },
});
