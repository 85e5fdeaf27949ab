import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';

/* What the planner's page is given and what it says. Amounts are minor units of the plan's currency, days `YYYY-MM-DD`, places rows of `Plan.spots`. */

type Out = inferRouterOutputs<AppRouter>['tours'];
type In = inferRouterInputs<AppRouter>['tours'];
/** Nothing that was read is changed in its place. */
type Kept<T> = T extends readonly (infer One)[] ? readonly Kept<One>[] : T extends object ? { readonly [Name in keyof T]: Kept<T[Name]> } : T;

/** A tour in the list, and an artist for whom one may plan. */
export type PlanRow = Out['list'][number];
export type ArtistRow = Out['artists'][number];
/** What a tour is begun with. */
export type Begun = In['create'];
/** A tour that is being planned: who, when, among what, and its scenarios. */
export type Plan = Kept<Out['read']>;
/** What became of a list of places. */
export type Listed = Omit<Kept<Out['addList']>, 'plan'>;
export type Artist = Plan['artists'][number];
export type Venue = Plan['venues'][number];
export type Bid = Plan['bids'][number];
/** A festival of the period. */
export type Festival = Plan['events'][number];
/** What a plan says of an artist instead of its press kit. */
export type Said = Plan['cast'][number];
export type Spot = Plan['spots'][number];
/** A town where an artist of the plan was asked for. */
export type Demand = Kept<Out['demand'][number]>;
/** A scenario with its tour as it is reckoned now. `version` counts its changes; whoever changes it says which they saw. */
export type Scenario = Kept<Out['scenario']>;
export type Limits = Scenario['limits'];
export type Weights = Scenario['weights'];
export type Sent = Scenario['sent'][number];
/** How a stop stands since its hold was sent, as it is told while the page is looked at. */
export type Answer = Out['answers'] extends AsyncIterable<readonly (infer One)[]> ? Kept<One> : never;
export type Tour = Scenario['tour'];
export type Stop = Tour['stops'][number];
export type Leg = Tour['legs'][number];
export type Sums = Tour['sums'];
export type Conflict = Tour['conflicts'][number];
/** A show at a venue on a day: a pin, what is forbidden, a stop. */
export type Visit = Scenario['pins'][number];
/** One change by hand. */
export type Edit = In['edit']['edit'];
/** What a search says while it runs, and at last. `spent` from 0 to 1. */
export type Search = Out['follow'] extends AsyncIterable<infer One> ? Kept<One> : never;
export type Why = Kept<Out['why']>;
export type Unused = Why['unused'][number];
export type Side = Kept<Out['compare'][number]>;
export type SentReport = Kept<Out['sendHolds']>;
