import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/* Standard Webhooks 1.0 (standardwebhooks.com, read 2026-11-21): what a receiver knows us by. */

/** A new secret of 32 bytes, `whsec_` and base64. Shown once. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** One message as it is signed: its id, the moment of this try, and its body to the letter. */
export interface Message {
  readonly id: string;
  /** Whole seconds since 1970. */
  readonly seconds: number;
  readonly body: string;
}

/** The header `webhook-signature`: one signature for each secret that holds, parted by blanks. */
export const signatureOf = ({ id, seconds, body }: Message, secrets: readonly string[]): string =>
  secrets.map((secret) => `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).update(`${id}.${seconds}.${body}`).digest('base64')}`).join(' ');

const keyOf = (installation: string): Buffer => Buffer.from(hkdfSync('sha256', installation, '', 'flow-stage webhooks', 32));

/**
 * A secret as the database keeps it: AES-256-GCM under the installation's own secret, bound to its endpoint.
 *
 * @param installation The installation's secret; whoever changes it makes every endpoint's unreadable.
 */
export function sealSecret(secret: string, endpointId: string, installation: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(installation), iv).setAAD(Buffer.from(endpointId));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

/** The secret again; `null` when it was sealed for another endpoint, under another key, or was touched. */
export function openSecret(sealed: string, endpointId: string, installation: string): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(installation), bytes.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(endpointId)).setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
