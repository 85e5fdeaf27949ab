import type { Read } from './model.ts';

/* What a phone keeps of a roadbook for when there is no network: the last that was read, under a name that does not give the link away. Where a browser keeps nothing, nothing is kept. */

/** Where a browser keeps it, beside the page itself and what that is made of (app/roadbook). */
export const STORE = 'flow-roadbook';

const store = async (): Promise<Cache | null> => ('caches' in self ? caches.open(STORE) : null);

async function nameOf(key: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  return `/roadbook/kept/${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Keeps what was read. */
export async function keep(key: string, read: Read): Promise<void> {
  try { await (await store())?.put(await nameOf(key), Response.json(read)); } catch { /* A full or private store: it is read again next time. */ }
}

/** What was kept, or null. */
export async function kept(key: string): Promise<Read | null> {
  try {
    const found = await (await store())?.match(await nameOf(key));
    return found ? await found.json() as Read : null;
  } catch {
    return null;
  }
}

/** Forgets what was kept: the link opens nothing any more. */
export async function forget(key: string): Promise<void> {
  try { await (await store())?.delete(await nameOf(key)); } catch { /* It was not kept. */ }
}
