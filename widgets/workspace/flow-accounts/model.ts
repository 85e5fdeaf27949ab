import type { TRPCClient } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { Site } from '../../core/site.ts';
import type { Acts } from '../../parts/acts.ts';

type Out = inferRouterOutputs<AppRouter>;
export type Server = TRPCClient<AppRouter>;
export type Open = Out['accounting']['open'];
export type Papers = Out['accounting']['papers'];
export type Waiting = Out['billing']['waiting'];
export type Contests = Out['contests']['own'];
export type Mandate = Out['accounting']['mandate'];
export type Account = Out['accounting']['chart'][number];
export type Years = Out['accounting']['years'];
export type Meters = Out['accounting']['meters'];
export type Declared = Out['declarations']['read'];
export type Objective = Out['declarations']['objective'];
export type Bank = Out['banking']['bank'];
export type Preview = Out['banking']['preview'];
export type Layout = NonNullable<Preview['layout']>;

/** What the parts of the page work with. */
export interface Desk {
  readonly acts: Acts;
  readonly site: Site;
  readonly server: () => Server;
  /** Does an act, and reads again what is shown. */
  readonly does: (act: string, work: (server: Server) => Promise<unknown>) => Promise<boolean>;
  readonly requestUpdate: () => void;
}
