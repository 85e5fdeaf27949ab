import { credentials } from './api.ts';

/* What only our own pages do: doors of ours that are not tRPC's, documents, and which organisation a person acts for. */

/** A refusal of a door that is not tRPC's, in the shape that `reasonOf` and `detailsOf` read. */
interface Refused {
  readonly error?: { readonly reason?: string | null; readonly details?: Readonly<Record<string, string>> };
}

/**
 * Posts to a door of ours: `/auth/…`, `/sandbox/…`, `/dev/…`. Gives what it answers.
 *
 * @throws What `reasonOf` reads: a refusal in the server's word, `unreachable` or `internal`.
 */
export const send = async <T>(path: string, body: Readonly<Record<string, unknown>> = {}): Promise<T> =>
  answerOf<T>(await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', ...credentials('/trpc', '') }, body: JSON.stringify(body) }));

/** Reads from a door of ours. Throws as `send` does. */
export const read = async <T>(path: string): Promise<T> => answerOf<T>(await fetch(path, { headers: credentials('/trpc', '') }));

async function answerOf<T>(response: Response): Promise<T> {
  const answer = await response.json().catch(() => null) as (T & Refused) | null;
  if (response.ok && answer !== null) return answer;
  throw refusalFrom(answer);
}

const refusalFrom = (answer: Refused | null): Error =>
  Object.assign(new Error(answer?.error?.reason ?? 'internal'), { data: { reason: answer?.error?.reason ?? null, details: answer?.error?.details ?? {} } });

/** Opens a document of ours, `fil_…`: it is fetched with what says who asks, then saved under its own name. Throws as `send` does. */
export async function openDocument(fileId: string): Promise<void> {
  const response = await fetch(`/files/${fileId}`, { headers: credentials('/trpc', '') });
  if (!response.ok) throw refusalFrom(await response.json().catch(() => null) as Refused | null);
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name ? decodeURIComponent(name) : fileId;
  link.click();
  // A browser that is slow to begin the download still needs the address.
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 60_000);
}

/**
 * Sends one file, telling how far it has come, from 0 to 1. Throws as `send` does.
 *
 * `fetch` cannot tell how much of a body has left: only the older interface can.
 */
export const upload = <T>(path: string, fields: Readonly<Record<string, string | File>>, progress: (done: number) => void): Promise<T> => new Promise((resolve, reject) => {
  const call = new XMLHttpRequest();
  call.open('POST', path);
  for (const [name, value] of Object.entries(credentials('/trpc', ''))) call.setRequestHeader(name, value);
  call.responseType = 'json';
  call.upload.onprogress = ({ loaded, total }) => { progress(total ? loaded / total : 0); };
  call.onerror = () => { reject(new TypeError('no answer')); };
  call.onload = () => {
    const answer = call.response as (T & Refused) | null;
    if (call.status < 300 && answer) resolve(answer);
    else reject(refusalFrom(answer));
  };
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  call.send(body);
});


const memory = new Map<string, string>();

/** What this browser remembers for our own pages; where storage is refused, until the page is left. */
export const remembered = {
  read: (name: string, store: 'local' | 'session' = 'local'): string => {
    try { return storeOf(store).getItem(name) ?? ''; } catch { return memory.get(name) ?? ''; }
  },
  write: (name: string, value: string, store: 'local' | 'session' = 'local'): void => {
    memory.set(name, value);
    try { if (value) storeOf(store).setItem(name, value); else storeOf(store).removeItem(name); } catch { /* memory has it */ }
  },
};

const storeOf = (store: 'local' | 'session'): Storage => (store === 'local' ? localStorage : sessionStorage);

/** The names under which our pages remember: the organisation acted for, the language chosen, the link that opened a file. */
export const NAMES = { organisation: 'flow-org', language: 'flow-lang', link: 'flow-link', referral: 'flow-referral' } as const;
