import { createTRPCClient, TRPCClientError, type TRPCClient, type TRPCLink } from '@trpc/client';
import type { AnyRouter, inferRouterError } from '@trpc/server';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '../../server/app-router.ts';

/** `/trpc/public` for a visitor of a partner's page, known by the page's key; `/trpc` for a person, on our own origin. */
export type Door = '/trpc/public' | '/trpc';

/**
 * The server behind one of its two doors. A caller names the one router that it may know: `api<AppRouter>('/trpc')`.
 * A function, for a tRPC client answers to every name, and Lit would take one in a template for a directive.
 * `key` stands in for the site's own, for an element that carries one.
 */
export type Api = <R extends AnyRouter>(door: Door, key?: string) => TRPCClient<R>;

/** The server's word for a refusal; `unreachable` when there was no answer, `internal` when the fault is ours. */
export type Reason = NonNullable<inferRouterError<AppRouter>['data']['reason']> | 'unreachable' | 'internal';

/** How long a call may take before it counts as unanswered, in milliseconds. */
const PATIENCE_MS = 20_000;

/** Who acts at the private door: an organisation that the person belongs to, or the holder of a link out of a mail. */
const acting = { org: '', link: '' };

/** Says who acts from now on, for every client of the page; a name left out stays as it was, an empty one is nobody. */
export const actAs = (who: Partial<typeof acting>): void => { Object.assign(acting, who); };

/** What a call carries to say who is asking. */
export function credentials(door: Door, key: string): Record<string, string> {
  if (door === '/trpc/public') return { 'flow-key': key };
  return { ...(acting.org && { 'flow-org': acting.org }), ...(acting.link && { 'flow-link': acting.link }) };
}

/** The clients of one site, made on first use. */
export function connect(server: string, siteKey: string): Api {
  const clients = new Map<string, TRPCClient<AnyRouter>>();
  return (door, key) => {
    const named = key || siteKey;
    const id = door + named;
    const client = clients.get(id) ?? createTRPCClient<AnyRouter>({ links: [fetching(server, door, named)] });
    clients.set(id, client);
    return client as never;
  };
}

/** Carries one call in one request. A query is a GET that caches may keep; nothing is sent along but the headers that say who asks. */
const fetching = (server: string, door: Door, key: string): TRPCLink<AnyRouter> => () => ({ op }) => observable((observer) => {
  const stop = new AbortController();
  const patience = setTimeout(() => { stop.abort(); }, PATIENCE_MS);
  const asked = JSON.stringify(op.input);
  const query = op.type === 'query';
  const url = `${server}${door}/${op.path}${query && asked ? `?input=${encodeURIComponent(asked)}` : ''}`;
  const headers = { ...credentials(door, key), ...(!query && { 'content-type': 'application/json' }) };
  fetch(url, {
    method: query ? 'GET' : 'POST', headers, signal: stop.signal,
    credentials: door === '/trpc' ? 'same-origin' : 'omit', ...(!query && { body: asked ?? '{}' }),
  }).then((response) => response.json()).then(
    (answer: { result?: { data: unknown }; error?: never }) => {
      if (!answer.result) { observer.error(TRPCClientError.from(answer as never)); return; }
      observer.next({ result: { type: 'data', data: answer.result.data } });
      observer.complete();
    },
    (fault: unknown) => { observer.error(TRPCClientError.from(fault as Error)); },
  ).finally(() => { clearTimeout(patience); });
  return () => { stop.abort(); };
});

interface Refused { readonly data?: { readonly reason?: Reason | null; readonly details?: Readonly<Record<string, string>> } | null }

/** Why a call failed, in the server's word. */
export function reasonOf(error: unknown): Reason {
  const data = (error as Refused | null)?.data;
  return data ? data.reason ?? 'internal' : 'unreachable';
}

/** What the refusal names: the field that is wrong, the status that stands in the way, the origin to add. */
export const detailsOf = (error: unknown): Readonly<Record<string, string>> => (error as Refused | null)?.data?.details ?? {};
