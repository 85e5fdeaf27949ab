import type { TRPCClient } from '@trpc/client';
import type { AnyRouter, inferRouterError } from '@trpc/server';
import type { AppRouter } from '../../server/app-router.ts';
import { toJson } from './json.ts';

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

/** What the server says of a call that failed; nothing when it did not answer. */
interface Refusal { readonly reason?: Reason | null; readonly details?: Readonly<Record<string, string>> }

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
  const clients = new Map<string, unknown>();
  return (door, key) => {
    const named = key || siteKey;
    const client = clients.get(door + named) ?? typed((path, act, input) => call(server + path, door, named, act === 'query', input), door);
    clients.set(door + named, client);
    return client as never;
  };
}

/** A call that was refused, or that nobody answered. */
class CallError extends Error {
  readonly data: Refusal | null;

  constructor(data: Refusal | null) {
    super(data?.reason ?? 'unreachable');
    this.data = data;
  }
}

/**
 * A client of a router, of its type alone: `client.programme.tour.query(input)` calls `carry('<base>/programme.tour', 'query', input)`.
 * The one of @trpc/client does the same for four kilobytes more, on everybody's page.
 */
export function typed(carry: (path: string, act: string, ...given: unknown[]) => unknown, base: string, names: readonly string[] = []): unknown {
  return new Proxy(() => undefined, {
    // A client is handed over by promises: it must not look like one.
    get: (_, name) => (name === 'then' ? undefined : typed(carry, base, [...names, String(name)])),
    apply: (_, __, given: unknown[]) => carry(`${base}/${names.slice(0, -1).join('.')}`, names.at(-1) ?? '', ...given),
  });
}

/** What our server wrote beside an element that it drew: the answer to the first question, which is then not asked. Each is taken once. */
function written(asked: string): unknown {
  const script = document.querySelector<HTMLScriptElement>(`script[data-flow-answer="${CSS.escape(asked)}"]`);
  script?.remove();
  return script ? JSON.parse(script.text) : undefined;
}

/** One call in one request. A query is a GET that caches may keep; nothing is sent along but the headers that say who asks. */
async function call(url: string, door: Door, key: string, query: boolean, input: unknown): Promise<unknown> {
  const asked = toJson(input ?? {});
  const address = query && input !== undefined ? `${url}?input=${encodeURIComponent(asked)}` : url;
  const known = query ? written(address.slice(address.indexOf('/trpc'))) : undefined;
  if (known !== undefined) return known;
  const stop = new AbortController();
  const patience = setTimeout(() => { stop.abort(); }, PATIENCE_MS);
  let answer: { readonly result?: { readonly data: unknown }; readonly error?: { readonly data?: Refusal } };
  try {
    const response = await fetch(address, {
      headers: { ...credentials(door, key), ...(!query && { 'content-type': 'application/json' }) }, signal: stop.signal,
      credentials: door === '/trpc' ? 'same-origin' : 'omit', ...(!query && { method: 'POST', body: asked }),
    });
    answer = await response.json() as typeof answer;
  } catch {
    // Not there, or something between us that does not speak for the server.
    throw new CallError(null);
  } finally {
    clearTimeout(patience);
  }
  if (!answer.result) throw new CallError(answer.error?.data ?? {});
  return answer.result.data;
}

/** Why a call failed, in the server's word. */
export function reasonOf(error: unknown): Reason {
  const data = (error as CallError | null)?.data;
  return data ? data.reason ?? 'internal' : 'unreachable';
}

/** What the refusal names: the field that is wrong, the status that stands in the way, the origin to add. */
export const detailsOf = (error: unknown): Readonly<Record<string, string>> => (error as CallError | null)?.data?.details ?? {};
