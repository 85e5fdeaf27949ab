import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';

type Out = inferRouterOutputs<AppRouter>['discovery'];
export type Matches = Out['matches'];
export type Match = Matches['matches'][number];
export type Admirer = Out['admirers'][number];
export type History = Out['history'];
export type Funnel = Out['funnel'];
export type Wishes = Out['wishes'];
export type Which = inferRouterInputs<AppRouter>['discovery']['history']['which'];

/** The lists of one's own choices, as they are offered. */
export const WHICH = ['liked', 'super_liked', 'favourites', 'passed', 'hidden'] as const satisfies readonly Which[];

/** How long a match is good for a first contact, in days (MA-17), and how far back the figures look. */
export const MATCH_DAYS = 30;
export const FUNNEL_DAYS = 90;
