import { STORE } from '../../widgets/workspace/flow-roadbook/kept.ts';

/*
 * Answers for `/roadbook` when there is no network: the page, and what it is made of, as the page itself kept them (roadbook.ts). What it shows it keeps itself. Everything else passes by.
 */

interface Waiting extends Event { waitUntil: (work: Promise<unknown>) => void }
interface Asked extends Event { readonly request: Request; respondWith: (answer: Promise<Response>) => void }
const worker = self as unknown as EventTarget & { readonly skipWaiting: () => Promise<void>; readonly clients: { readonly claim: () => Promise<void> }; readonly location: Location };

worker.addEventListener('install', (event) => { (event as Waiting).waitUntil(worker.skipWaiting()); });
worker.addEventListener('activate', (event) => { (event as Waiting).waitUntil(worker.clients.claim()); });
worker.addEventListener('fetch', (event) => {
  const { request } = event as Asked;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && /^\/roadbook\/?$/.test(pathname)) (event as Asked).respondWith(page(request));
  else if (pathname.startsWith('/assets/')) (event as Asked).respondWith(part(request));
});

/** The page as the server has it now; as it was kept where the server is away. */
async function page(request: Request): Promise<Response> {
  const cache = await caches.open(STORE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put('/roadbook', answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match('/roadbook');
    if (!kept) throw error;
    return kept;
  }
}

/** A part never changes: it is named by its content. What is asked for later than the page was kept is kept too. */
async function part(request: Request): Promise<Response> {
  const cache = await caches.open(STORE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
