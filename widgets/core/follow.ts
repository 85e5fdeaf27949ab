import type { Unsubscribable } from '@trpc/server/observable';
import { reasonOf } from './api.ts';
import { Backoff } from './backoff.ts';

/** What a subscription of ours gives: the thing, under the id from which the server can go on. */
interface Told<T> { readonly id?: string; readonly data: T }

/** Opens the subscription from what came last; it tells each thing, or that the stream broke. */
type Open<T> = (lastEventId: string | null, heard: { onData: (told: Told<T> | T) => void; onError: (error: unknown) => void }) => Unsubscribable | Promise<Unsubscribable>;

/**
 * Follows something live until the returned function is called: a broken stream is opened again where it ended, later and
 * later while the server is away, at once when the browser is back online. A page that goes to the back-forward cache lets go
 * of its stream and takes it up when it is shown again. A refusal ends it: `refused` is told.
 */
export function follow<T>(open: Open<T>, heard: (thing: T) => void, refused: (error: unknown) => void): () => void {
  let last: string | null = null;
  let turn = 0;
  let current: Unsubscribable | undefined;
  const backoff = new Backoff(() => { begin(); });

  const end = (): void => { turn += 1; current?.unsubscribe(); current = undefined; };
  const begin = (): void => {
    end();
    const mine = turn;
    const broken = (error: unknown): void => {
      if (mine !== turn) return;
      end();
      const reason = reasonOf(error);
      if (reason === 'unreachable' || reason === 'internal' || reason === 'rate_limited') backoff.wait();
      else refused(error);
    };
    void (async () => {
      const opened = await open(last, {
        onData: (told) => {
          if (mine !== turn) return;
          backoff.settle();
          const { id, data } = (told !== null && typeof told === 'object' && 'data' in told ? told : { data: told });
          last = id ?? last;
          heard(data);
        },
        onError: broken,
      });
      if (mine === turn) current = opened; else opened.unsubscribe();
    })().catch(broken);
  };
  const away = (): void => { end(); backoff.settle(); };
  const back = (event: PageTransitionEvent): void => { if (event.persisted) begin(); };
  addEventListener('pagehide', away);
  addEventListener('pageshow', back);
  begin();
  return () => {
    away();
    removeEventListener('pagehide', away);
    removeEventListener('pageshow', back);
  };
}
