import type { PublicRouter } from '../../server/public-router.ts';
import type { Site } from './site.ts';

/** What a widget says of itself: shown, or failed with a code. */
interface Seen { readonly tag: string; readonly what: 'view' | 'error'; readonly code?: string }

/** How long what happens is gathered before it is told, in milliseconds. */
const GATHER_MS = 1_500;
/** The most that one call tells. */
const MOST = 20;

const waiting = new Map<Site, Seen[]>();

/**
 * Tells the partner's server that a widget was shown or failed: the page's address and the tag, nothing of the visitor, nothing kept
 * here. Not on our own pages, nor where the page says `data-consent="no"`. What cannot be told is forgotten.
 */
export function count(site: Site, seen: Seen): void {
  if (site.session || !site.consent) return;
  const gathered = waiting.get(site);
  if (gathered) {
    if (gathered.length < MOST) gathered.push(seen);
    return;
  }
  waiting.set(site, [seen]);
  setTimeout(() => {
    const all = waiting.get(site) ?? [];
    waiting.delete(site);
    site.api<PublicRouter>('/trpc/public').analytics.saw.mutate({ page: location.origin + location.pathname, seen: all }).catch(() => undefined);
  }, GATHER_MS);
}
