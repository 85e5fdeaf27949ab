import { createTRPCClient, httpSubscriptionLink, type TRPCClient } from '@trpc/client';
import type { AnyRouter } from '@trpc/server';
import { credentials, type Door } from './api.ts';

/**
 * A client for subscriptions alone, over server-sent events. A chunk of its own: only what follows something live loads it.
 * The browser has no headers for such a stream, so what says who is asking goes as connection parameters.
 */
export const stream = (server: string, door: Door, key: string): TRPCClient<AnyRouter> => createTRPCClient<AnyRouter>({
  links: [httpSubscriptionLink({ url: server + door, connectionParams: () => credentials(door, key) })],
});
