import type { PublicRouter } from '../../server/public-router.ts';
import type { Site } from './site.ts';

/** What a widget says of itself: shown, or failed with a code. */
interface Seen { readonly tag: string; readonly what: 'view' | 'error'; readonly code?: string }

/** How long what happens is gathered before it is told, in milliseconds. */
const GATHER_MS = 1_500;
/** The most that one call tells. */
const MOST = 20;

/** By the key of whose page it is. */
const waiting = new Map<string, Seen[]>();

/**
 * Tells the partner's server that a widget was shown or failed: the page's address and the tag, nothing of the visitor, nothing kept
 * here. Not on our own pages, nor where the page says `data-consent="no"`. What cannot be told is forgotten. `own` is the key of an element
 * that carries one.
 */
export function count(site: Site, own: string, seen: Seen): void {
  const key = own || site.key;
  if (site.session || !site.consent || !key) return;
  const gathered = waiting.get(key);
  if (gathered) {
    if (gathered.length < MOST) gathered.push(seen);
    return;
  }
  waiting.set(key, [seen]);
  setTimeout(() => {
    const all = waiting.get(key) ?? [];
    waiting.delete(key);
    site.api<PublicRouter>('/trpc/public', own).analytics.saw.mutate({ page: location.origin + location.pathname, seen: all }).catch(() => undefined);
  }, GATHER_MS);
}
