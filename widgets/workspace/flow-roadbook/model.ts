import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';

type Doors = inferRouterOutputs<AppRouter>['roadbooks'];
/** A roadbook as it was read, and when. */
export type Read = Doors['book'];
export type RoadDay = Read['book']['days'][number];
export type Drive = RoadDay['drives'][number];
export type Evening = NonNullable<RoadDay['show']>;
/** A link that was given to a crew. */
export type RoadLink = Doors['links'][number];

/** The kinds of file that it is taken along as. */
export const FILES = ['pdf', 'ics', 'gpx'] as const;
/** Days that are printed at once, as the server has it (server/roadbooks/service.ts). */
export const MOST_PRINTED = 400;
export type FileKind = (typeof FILES)[number];
