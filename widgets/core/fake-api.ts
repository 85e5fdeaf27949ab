import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client';
import type { AnyRouter, inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { observable } from '@trpc/server/observable';
import type { Api } from './api.ts';

type Heard<T> = T extends AsyncIterable<infer One> ? AsyncIterable<One> | One[] : T | Promise<T>;
type Answers<In, Out> = { [R in keyof Out]?: { [P in keyof Out[R]]?: (input: R extends keyof In ? (P extends keyof In[R] ? In[R][P] : never) : never) => Heard<Out[R][P]> } };

/** A server for stories and widget tests, answering from a literal. Answers are typed by the real router; a subscription answers with what it tells. */
export function fakeApi<Router extends AnyRouter>(answers: Answers<inferRouterInputs<Router>, inferRouterOutputs<Router>>): Api {
  const link: TRPCLink<AnyRouter> = () => ({ op }) => observable((observer) => {
    const [room, procedure] = op.path.split('.') as [string, string];
    const answer = (answers as Record<string, Record<string, (input: unknown) => unknown>>)[room]?.[procedure];
    let listening = true;
    void (async () => {
      const data = await answer?.(op.input);
      if (op.type === 'subscription') {
        for await (const told of (data ?? []) as AsyncIterable<unknown>) {
          if (!listening) return;
          observer.next({ result: { type: 'data', data: told } });
        }
        return;
      }
      observer.next({ result: { type: 'data', data } });
      observer.complete();
    })().catch((error: unknown) => { observer.error(TRPCClientError.from(error as Error)); });
    return () => { listening = false; };
  });
  const client = createTRPCClient<AnyRouter>({ links: [link] });
  return () => client as never;
}

/** The server's refusal, for a fake to throw. */
export const refusal = (reason: string, details: Record<string, string> = {}): Error =>
  TRPCClientError.from({ error: { message: reason, code: -32_000, data: { reason, details } } });
