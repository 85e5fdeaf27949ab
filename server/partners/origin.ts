import { AppError } from '../core/errors.ts';

/** Hosts that never leave the machine: the only ones that may go without TLS. */
const local = /^(localhost|127\.0\.0\.1|([a-z0-9-]+\.)+localhost)$/;

/** Names of a host, each of letters, figures and dashes; IDN hosts are Punycode by then. Also an IPv6 address in brackets. */
const host = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$|^\[[\da-f:.]+\]$/;

/**
 * The origin that somebody typed, exactly as a browser will send it: `https://theatre.example`, with its port unless it is the usual one.
 * A slash at the end is forgiven; a path, a user, a wildcard, or plain http on anything but this machine is not.
 *
 * @throws AppError `origin_invalid`, with what was typed.
 */
export function originOf(typed: string): string {
  const text = typed.trim();
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && /^https?:\/\/[^/?#@\s\\]+\/?$/i.test(text) && host.test(url.hostname);
  if (!plain || (url.protocol === 'http:' && !local.test(url.hostname))) throw new AppError('origin_invalid', { origin: typed.slice(0, 200) });
  return url.origin;
}

/** The list of a site: the origin of its own address first, then the others typed, each once. Throws as `originOf` does. */
export const originsFrom = (url: string, typed: readonly string[]): string[] =>
  [...new Set([originOf(URL.canParse(url) ? new URL(url).origin : url), ...typed.filter((line) => line.trim() !== '').map(originOf)])];
