import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Site } from '../../core/site.ts';
import type { DeskKey, MatchingKey, OwnKey, PublicKey, Say } from '../../core/words.ts';

type Learned = inferRouterOutputs<AppRouter>['learning'];
export type Served = Learned['served'][number];
export type Version = Learned['models'][number];
export type Change = Learned['compare'][number];
export type Audit = Learned['audit'];
export type Group = Audit['exposure'][number];
export type Funnel = Learned['funnel'];
export type Desk = inferRouterOutputs<AppRouter>['approvals']['desk'];
export type Approval = Desk['waiting'][number];

/** What this page speaks with, and how its language writes figures and instants. */
export interface Words {
  readonly say: Say<PublicKey | OwnKey | MatchingKey | DeskKey>;
  readonly locale: Site['locale'];
  readonly timeZone: string;
}

/** A version that is to serve; null, the published weights. */
export interface Rolling {
  readonly scorecard: string;
  readonly version: number | null;
}
