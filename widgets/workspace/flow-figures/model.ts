import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';

/** What an organisation reads of its requests. */
export type Figures = inferRouterOutputs<AppRouter>['analytics']['figures'];
/** What who puts shows on reads of its season to come. */
export type Season = inferRouterOutputs<AppRouter>['analytics']['season'];
