import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../core/errors.ts';

/** Seconds by the wall clock that a webhook may have been on its way. Older ones could be somebody's replay. */
const tolerance = 300;

const mac = (raw: string, secret: string, seconds: string): Buffer => createHmac('sha256', secret).update(`${seconds}.${raw}`).digest();

/** The header that proves where a webhook comes from: `t=<unix seconds>,v1=<HMAC-SHA256 of t.raw in hexadecimal>`, as Stripe writes it. */
export function sign(raw: string, secret: string, at: Date): string {
  const seconds = String(Math.floor(at.getTime() / 1_000));
  return `t=${seconds},v1=${mac(raw, secret, seconds).toString('hex')}`;
}

/** Checks the header of a webhook. One of several `v1` is enough: a secret is changed by sending both for a while. @throws AppError `signature_invalid`. */
export function verify(raw: string, header: string, { secret, realNow }: { secret: string; realNow: Date }): void {
  const parts = header.split(',').map((part) => part.trim().split('=') as [string, string?]);
  const seconds = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!/^\d{1,12}$/.test(seconds) || Math.abs(realNow.getTime() / 1_000 - Number(seconds)) > tolerance) throw new AppError('signature_invalid');
  const expected = mac(raw, secret, seconds);
  const right = parts.some(([name, value]) => {
    const given = Buffer.from(name === 'v1' ? value ?? '' : '', 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!right) throw new AppError('signature_invalid');
}
