import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { challengeFor, checkProof, PROOF_LASTS_MS } from './proof.ts';

const work = { secret: 'a secret of thirty-two characters', siteId: 'sit_theatre', effort: 6 };
const soon = () => new Date(Date.now() + PROOF_LASTS_MS);
const wrap = (payload: unknown): string => Buffer.from(JSON.stringify(payload)).toString('base64');
const done = async (expiresAt = soon()) => {
  const challenge = await challengeFor(work, expiresAt);
  return { challenge, solution: await solveChallenge({ challenge, deriveKey }) };
};
const refused = expect.objectContaining({ code: 'proof_invalid' }) as Error;

test('work that was done is taken, and named by what cannot be made twice', async () => {
  const [first, second] = [await done(), await done()];
  const name = await checkProof(work, wrap(first));
  expect(name).toBe(first.challenge.signature);
  expect(await checkProof(work, wrap(second))).not.toBe(name);
});

test('work for one site is none for another, and none by another secret', async () => {
  const proof = wrap(await done());
  await expect(checkProof({ ...work, siteId: 'sit_festival' }, proof)).rejects.toThrow(refused);
  await expect(checkProof({ ...work, secret: 'another secret of thirty-two signs' }, proof)).rejects.toThrow(refused);
});

test('work that is too old is to be done anew', async () => {
  await expect(checkProof(work, wrap(await done(new Date(Date.now() - 1_000))))).rejects.toThrow(refused);
});

test('neither a guess nor a challenge that was made easier is work', async () => {
  const { challenge, solution } = await done();
  const guesses = [
    { challenge, solution: { ...solution, derivedKey: '00'.repeat(32) } }, { challenge, solution: null }, { challenge: { ...challenge, signature: undefined }, solution },
    { challenge: { ...challenge, parameters: { ...challenge.parameters, cost: 1 } }, solution }, { challenge: { ...challenge, parameters: { ...challenge.parameters, expiresAt: 4e9 } }, solution },
    { challenge: { ...challenge, parameters: { ...challenge.parameters, keyPrefix: '00', keySignature: undefined } }, solution },
  ];
  for (const guess of guesses) await expect(checkProof(work, wrap(guess))).rejects.toThrow(refused);
});

test('whatever is sent in its place is refused, and nothing breaks', async () => {
  const anything = fc.oneof(fc.string(), fc.json().map((json) => Buffer.from(json).toString('base64')), fc.record({ challenge: fc.anything(), solution: fc.anything() }).map((some) => Buffer.from(JSON.stringify(some)).toString('base64')));
  await fc.assert(fc.asyncProperty(anything, async (proof) => { await expect(checkProof(work, proof)).rejects.toThrow(refused); }));
});
