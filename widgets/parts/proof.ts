import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { reasonOf } from '../core/api.ts';

/** Work that was done for one request, and until when it is good, in milliseconds. */
interface Proof { readonly proof: string; readonly until: number }

/** Nothing is asked for, or this page cannot do it. */
const NONE: Proof = { proof: '', until: Infinity };

/**
 * Does the work that keeps robots out, in many small pieces while somebody types. The browser's own cryptography does each off the main
 * thread, so no worker is needed, which a page's policy may forbid. Plain-http pages have none: the server then counts more strictly.
 *
 * @param ask Asks the server for the work.
 */
async function prove(ask: () => Promise<unknown>): Promise<Proof> {
  if (!(crypto as Partial<Crypto>).subtle) return NONE;
  const challenge = await ask() as Challenge | null | undefined;
  if (!challenge) return NONE;
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) return NONE;
  return { proof: btoa(JSON.stringify({ challenge, solution })), until: (challenge.parameters.expiresAt ?? Infinity) * 1_000 - 60_000 };
}

/** The work that keeps robots out: begun on first typing, done anew when it is too old. Where it cannot be done, a request goes without. */
export class Work {
  readonly #ask: () => Promise<unknown>;
  #done: Promise<Proof | undefined> | undefined;

  /** `ask` asks the server for the work. */
  constructor(ask: () => Promise<unknown>) {
    this.#ask = ask;
  }

  begin(): Promise<Proof | undefined> {
    return this.#done ??= prove(this.#ask).catch(() => {
      this.renew();
      return undefined;
    });
  }

  /** Another request, or too old: what was done counts no more. */
  renew(): void {
    this.#done = undefined;
  }

  /** Sends with the work done; once more, with new work, when the server does not take it. */
  async send<T>(send: (proof: string) => Promise<T>): Promise<T> {
    if (((await this.begin())?.until ?? Infinity) < Date.now()) this.renew();
    try {
      return await send((await this.begin())?.proof ?? '');
    } catch (error) {
      if (reasonOf(error) !== 'proof_invalid') throw error;
      this.renew();
      return send((await this.begin())?.proof ?? '');
    }
  }
}
