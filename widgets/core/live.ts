import type { AnyRouter } from '@trpc/server';
import type { TRPCClient } from '@trpc/client';
import { credentials, typed, type Door } from './api.ts';
import { toJson } from './json.ts';

/** What hears a subscription: each thing under the id from which the server can go on, or that the stream ended, with the server's word where it has one. */
interface Hearer {
  readonly onData?: (told: unknown) => void;
  readonly onError?: (error: unknown) => void;
}

/**
 * A client for subscriptions alone, over server-sent events. A chunk of its own: only what follows something live loads it.
 * The browser has no headers for such a stream, so what says who is asking goes as connection parameters. A stream that
 * ends is not opened again here: `follow` decides when.
 */
export const stream = (server: string, door: Door, key: string): TRPCClient<AnyRouter> =>
  typed((path, _subscribe, input, hearer) => listen(server + path, { input, connectionParams: credentials(door, key) }, hearer as Hearer), door) as TRPCClient<AnyRouter>;

function listen(url: string, asked: Readonly<Record<string, unknown>>, { onData, onError }: Hearer): { unsubscribe: () => void } {
  const written = Object.entries(asked).map(([name, value]) => `${name}=${encodeURIComponent(toJson(value ?? {}))}`).join('&');
  const source = new EventSource(`${url}?${written}`);
  const end = (error: unknown): void => { source.close(); onError?.(error); };
  source.addEventListener('message', ({ data, lastEventId: id }: MessageEvent<string>) => {
    const told: unknown = JSON.parse(data);
    onData?.(id ? { id, data: told } : told);
  });
  source.addEventListener('serialized-error', ({ data }: MessageEvent<string>) => { end(JSON.parse(data)); });
  source.addEventListener('return', () => { end(new Error('The stream has said everything.')); });
  source.addEventListener('error', () => { end(new Error('The stream broke.')); });
  return { unsubscribe: () => { source.close(); } };
}
