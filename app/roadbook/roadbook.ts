import { actAs } from '../../widgets/core/api.ts';
import { NAMES, remembered } from '../../widgets/core/own.ts';
import { define } from '../../widgets/registry.ts';
import { STORE } from '../../widgets/workspace/flow-roadbook/kept.ts';
import { open, parameter } from '../page.ts';

/*
 * The roadbook: `/roadbook#t=…` for a crew, `/roadbook?scenario=tsc_…` for whoever plans the tour. A link stays in the address, for the page is kept on a phone by it.
 * After the first visit all of it opens without a network.
 */
const token = new URLSearchParams(location.hash.slice(1)).get('t') ?? '';
actAs({ org: token ? '' : remembered.read(NAMES.organisation), link: '' });
addEventListener('hashchange', () => { location.reload(); });
await open('page_roadbook');
const element = document.querySelector('flow-roadbook');
if (element) Object.assign(element, { token, scenario: parameter('scenario'), artist: parameter('artist') });
await define('flow-roadbook');
if ('serviceWorker' in navigator) await navigator.serviceWorker.register('/roadbook-worker.js', { scope: '/roadbook' }).then(keepPage, () => undefined);

/** Keeps the page and what it is made of, and lets go of what an older one was made of. */
async function keepPage(): Promise<void> {
  if (!navigator.onLine) return;
  const cache = await caches.open(STORE);
  const parts = new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name)).filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/')).map(({ pathname }) => pathname));
  await Promise.all(['/roadbook', ...parts].map((path) => cache.add(path).catch(() => undefined)));
  for (const { url } of await cache.keys()) if (new URL(url).pathname.startsWith('/assets/') && !parts.has(new URL(url).pathname)) await cache.delete(url);
}
