import { createChallenge, randomInt, verifySolution, type Challenge, type Payload } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { AppError } from './errors.ts';

/** Which site a piece of work is set for, by whom, and how much of it: the highest number of derivations. */
export interface Work {
  readonly secret: string;
  readonly siteId: string;
  readonly effort: number;
}

/** One derivation: a few milliseconds of a phone, off its main thread. */
const one = { algorithm: 'PBKDF2/SHA-256', cost: 5_000 } as const;
/** How long a form may be filled in before its work is to be done anew, in milliseconds. */
export const PROOF_LASTS_MS = 3_600_000;

const secretsOf = (secret: string) => ({ hmacSignatureSecret: `${secret}:proof`, hmacKeySignatureSecret: `${secret}:proof-key` });

/**
 * Some work for the browser of whoever asks: a second of one, ten thousand of somebody who sends ten thousand requests. It is signed, good
 * for one site and until `expiresAt`.
 */
export const challengeFor = ({ secret, siteId, effort }: Work, expiresAt: Date): Promise<Challenge> =>
  createChallenge({ ...one, counter: randomInt(effort, Math.ceil(effort / 2)), deriveKey, data: { site: siteId }, expiresAt, ...secretsOf(secret) });

/**
 * Looks whether the work was done. The solution is signed as well: to look costs nothing.
 *
 * @param proof The challenge and its solution, as base64 of JSON.
 * @returns What names this piece of work, for it to be taken once.
 * @throws AppError `proof_invalid`: not done, not ours, of another site, or too old.
 */
export async function checkProof({ secret, siteId }: Pick<Work, 'secret' | 'siteId'>, proof: string): Promise<string> {
  const payload = read(proof);
  if (payload?.challenge.parameters.data?.['site'] !== siteId) throw new AppError('proof_invalid');
  const { verified } = await verifySolution({ ...payload, deriveKey, ...secretsOf(secret) }).catch(() => ({ verified: false }));
  if (!verified) throw new AppError('proof_invalid');
  return payload.challenge.signature ?? '';
}

function read(proof: string): Payload | null {
  try {
    const { challenge, solution } = JSON.parse(Buffer.from(proof, 'base64').toString('utf8')) as Partial<Payload>;
    return typeof challenge?.signature === 'string' && challenge.parameters instanceof Object && typeof solution?.counter === 'number' && typeof solution.derivedKey === 'string' ? { challenge, solution } : null;
  } catch {
    return null;
  }
}
