import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';

/** Work that was done for one request, and until when it is good, in milliseconds. */
export interface Proof { readonly proof: string; readonly until: number }

/** Nothing is asked for, or this page cannot do it. */
const NONE: Proof = { proof: '', until: Infinity };

/**
 * Does the work that keeps robots out, in many small pieces while somebody types. The browser's own cryptography does each off the main
 * thread, so no worker is needed, which a page's policy may forbid. Plain-http pages have none: the server then counts more strictly.
 *
 * @param ask Asks the server for the work.
 */
export async function prove(ask: () => Promise<unknown>): Promise<Proof> {
  if (!(crypto as Partial<Crypto>).subtle) return NONE;
  const challenge = await ask() as Challenge | null | undefined;
  if (!challenge) return NONE;
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) return NONE;
  return { proof: btoa(JSON.stringify({ challenge, solution })), until: (challenge.parameters.expiresAt ?? Infinity) * 1_000 - 60_000 };
}
