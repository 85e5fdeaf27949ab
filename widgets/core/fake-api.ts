import type { AnyRouter, inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { typed, type Api } from './api.ts';

/** What a subscription tells, one thing after the other. */
type Told<T> = [T] extends [AsyncIterable<infer One>] ? AsyncIterable<One> | One[] : T | Promise<T>;
type Answers<In, Out> = { [R in keyof Out]?: { [P in keyof Out[R]]?: (input: R extends keyof In ? (P extends keyof In[R] ? In[R][P] : never) : never) => Told<Out[R][P]> } };
interface Hearer { readonly onData?: (told: unknown) => void; readonly onError?: (error: unknown) => void }

/** A server for stories and widget tests, answering from a literal. Answers are typed by the real router; a subscription answers with what it tells. */
export function fakeApi<Router extends AnyRouter>(answers: Answers<inferRouterInputs<Router>, inferRouterOutputs<Router>>): Api {
  const client = typed((path, act, input, hearer) => {
    const [room = '', procedure = ''] = path.slice(1).split('.');
    const answer = (answers as Record<string, Record<string, (input: unknown) => unknown>>)[room]?.[procedure];
    return act === 'subscribe' ? listen(answer?.(input), hearer as Hearer) : Promise.resolve().then(() => answer?.(input));
  }, '');
  return () => client as never;
}

function listen(answer: unknown, { onData, onError }: Hearer): { unsubscribe: () => void } {
  const ear = { listening: true };
  void (async () => {
    for await (const told of (answer ?? []) as AsyncIterable<unknown>) {
      if (!ear.listening) return;
      onData?.(told);
    }
  })().catch((error: unknown) => { onError?.(error); });
  return { unsubscribe: () => { ear.listening = false; } };
}

/** The server's refusal, for a fake to throw. */
export const refusal = (reason: string, details: Record<string, string> = {}): Error => Object.assign(new Error(reason), { data: { reason, details } });
