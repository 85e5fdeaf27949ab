import type { Unsubscribable } from '@trpc/server/observable';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Api } from '../../core/api.ts';
import type { Edit, Plan, Scenario, Search, SentReport, Side, Why } from './model.ts';

/** A tour in the list. */
export interface PlanRow { readonly id: string; readonly name: string; readonly from: string; readonly until: string; readonly scenarios: number }
/** An artist for whom one may plan. */
export interface ArtistRow { readonly id: string; readonly name: string }

interface Asked<In, Out> { query: (input: In) => Promise<Out> }
interface Done<In, Out> { mutate: (input: In) => Promise<Out> }
interface Seen { readonly scenarioId: string; readonly version: number }
interface Heard { readonly onData?: (told: { readonly id?: string; readonly data: Search } | Search) => void; readonly onError?: (error: unknown) => void }

/** The server's tours, as the planner asks it. */
export interface Tours {
  readonly list: { query: () => Promise<readonly PlanRow[]> };
  readonly artists: { query: () => Promise<readonly ArtistRow[]> };
  readonly create: Done<{ name: string; artists: readonly string[]; from: string; until: string }, { readonly planId: string }>;
  readonly read: Asked<{ planId: string }, Plan>;
  readonly scenario: Asked<{ scenarioId: string }, Scenario>;
  readonly search: Done<Seen & { count: number; effort: 'quick' | 'thorough' }, { readonly runId: string }>;
  readonly follow: { subscribe: (input: { runId: string; lastEventId?: string | null }, heard: Heard) => Unsubscribable };
  readonly cancel: Done<{ runId: string }, unknown>;
  readonly keep: Done<{ runId: string; index: number; name: string }, { readonly scenarioId: string }>;
  readonly edit: Done<Seen & { edit: Edit; repair: boolean }, Scenario>;
  readonly undo: Done<Seen, Scenario>;
  readonly redo: Done<Seen, Scenario>;
  readonly copy: Done<{ scenarioId: string; name: string }, { readonly scenarioId: string }>;
  readonly rename: Done<{ scenarioId: string; name: string }, unknown>;
  readonly remove: Done<{ scenarioId: string }, unknown>;
  readonly why: Asked<{ scenarioId: string; artist: string | null }, Why>;
  readonly compare: Asked<{ scenarioIds: readonly string[] }, readonly Side[]>;
  readonly sendHolds: Done<Seen & { mode: 'all' | 'possible'; days: number; key: string }, SentReport>;
  readonly replan: Done<Seen, Scenario>;
}

/** The tours behind the door of signed-in people. */
export const toursOf = (api: ReturnType<Api>): Tours => (api as unknown as { readonly tours: Tours }).tours;

/** The same over a stream, for what is told while it happens. */
export const liveOf = async (api: Api | undefined, live: (door: '/trpc') => Promise<unknown>): Promise<Tours> => toursOf(api ? api<AppRouter>('/trpc') : await live('/trpc') as never);
