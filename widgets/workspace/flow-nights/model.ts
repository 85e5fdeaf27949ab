import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';

/** A day to fill, and the places that suit it best. */
export type Night = inferRouterOutputs<AppRouter>['discovery']['nights']['nights'][number];
/** A place that was found, with its score. */
export type Found = Night['found'][number];

/** How many days are looked at at once (MA-21). */
export const MOST = 10;
