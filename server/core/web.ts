import { lookup as ask } from 'node:dns/promises';
import { request as askPlainly, type IncomingMessage } from 'node:http';
import { request as askSafely } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/* Calling a server that somebody names, without letting them look around in our own network through us. */

/** The most of a page that is read, in bytes as it is written, not as it is packed. */
const MOST_BYTES = 1_500_000;
const MOST_REDIRECTS = 4;
/** For everything together, in milliseconds. */
const PATIENCE_MS = 8_000;

/** Addresses that are nobody's on the public web (IANA special-purpose registries, read 2026-11-21). */
const special = new BlockList();
for (const range of [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
]) special.addSubnet(range.split('/')[0] ?? '', Number(range.split('/')[1]), 'ipv4');
for (const range of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) special.addSubnet(range.split('/')[0] ?? '', Number(range.split('/')[1]), 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is somebody's on the public web: not this machine, not its network, not a way around either. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  // Addresses that carry an IPv4 one (mapped, NAT64) are outside of what is handed out, 2000::/3.
  return family === 6 && global6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** A page as it was read. What is beyond the most that is read is left out. */
export interface WebPage {
  readonly outcome: 'read';
  /** Where it was in the end. */
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
}

/** Why there is no page. */
export interface Unread {
  readonly outcome: 'address_refused' | 'unknown_host' | 'unreachable' | 'slow' | 'redirects' | 'no_page';
  readonly url: string;
}

type Address = { readonly address: string; readonly family: number };

interface How {
  /** Whether `localhost` and `*.localhost`, which are this machine, may be read: in development alone. */
  readonly local: boolean;
  /** Who is asked for the addresses of a host: the system, but for tests. */
  readonly resolve?: (host: string) => Promise<readonly Address[]>;
  readonly patienceMs?: number;
}

class Refused extends Error {}

const isLocal = (host: string): boolean => /^([a-z0-9-]+\.)*localhost$/.test(host);

/** Whether an address may be asked at all, before its host is looked up. */
function mayAsk(url: URL, { local }: How): boolean {
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') return false;
  if (isLocal(url.hostname)) return local;
  const host = url.hostname.replaceAll(/^\[|\]$/g, '');
  // Other ports are other services: nobody's web site stands there.
  return url.port === '' && (isIP(host) === 0 ? host.includes('.') : isPublic(host));
}

/**
 * Reads a page: over http or https, from public addresses alone, each of them looked at again after every redirect, at most a megabyte and
 * a half, in eight seconds. What was looked up is what is asked, so that a name cannot change its mind in between.
 */
export async function readWebPage(address: string, how: How): Promise<WebPage | Unread> {
  const signal = AbortSignal.timeout(how.patienceMs ?? PATIENCE_MS);
  let url = address;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    if (!URL.canParse(url) || !mayAsk(new URL(url), how)) return { outcome: 'address_refused', url };
    let answer: Readonly<{ status: number; headers: Record<string, string>; html: string; to: string | undefined }>;
    try {
      answer = await askOnce(new URL(url), how, signal);
    } catch (error) {
      return { outcome: signal.aborted ? 'slow' : causeOf(error), url };
    }
    const { status, headers, html, to } = answer;
    if (to !== undefined) { url = URL.canParse(to, url) ? new URL(to, url).href : to; continue; }
    if (!/html/.test(headers['content-type'] ?? 'text/html')) return { outcome: 'no_page', url };
    return { outcome: 'read', url, status, headers, html };
  }
  return { outcome: 'redirects', url };
}

/** Looks a host up for one connection: what was looked at is what is connected to. */
function publicLookup(how: How): LookupFunction {
  const resolve = how.resolve ?? ((host: string) => ask(host, { all: true }));
  const found = async (host: string): Promise<readonly Address[]> => {
    if (isLocal(host)) return [{ address: '127.0.0.1', family: 4 }];
    const all = await resolve(host);
    // One private address among public ones is a trap as well.
    if (all.length === 0 || !all.every((one) => isPublic(one.address))) throw new Refused();
    return all;
  };
  return (host, options, done) => {
    found(host).then(
      (all) => { const [first] = all; if (options.all) done(null, all.map((one) => ({ ...one }))); else done(null, first?.address ?? '', first?.family ?? 4); },
      (error: unknown) => { done(error as NodeJS.ErrnoException, ''); },
    );
  };
}

function askOnce(url: URL, how: How, signal: AbortSignal): Promise<{ status: number; headers: Record<string, string>; html: string; to: string | undefined }> {
  const lookup = publicLookup(how);
  return new Promise((answered, failed) => {
    const request = (url.protocol === 'https:' ? askSafely : askPlainly)(url, {
      signal, lookup, agent: false, maxHeaderSize: 64 * 1024,
      headers: { accept: 'text/html,application/xhtml+xml', 'accept-encoding': 'identity', 'user-agent': 'FlowStage-check/1' },
    }, (response) => {
      const status = response.statusCode ?? 0;
      const { location } = response.headers;
      const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']));
      if ([301, 302, 303, 307, 308].includes(status) && location) {
        response.destroy();
        answered({ status, headers, html: '', to: location });
        return;
      }
      bodyOf(response).then((html) => { answered({ status, headers, html, to: undefined }); }, failed);
    });
    request.on('error', failed);
    request.end();
  });
}

const causeOf = (error: unknown): 'address_refused' | 'unknown_host' | 'unreachable' => {
  if (error instanceof Refused) return 'address_refused';
  return ['ENOTFOUND', 'EAI_AGAIN', 'ENODATA'].includes((error as { code?: string }).code ?? '') ? 'unknown_host' : 'unreachable';
};

/** How a server took what was sent to it. */
export type Sent =
  /** `body` is how its answer began. */
  | { readonly outcome: 'answered'; readonly status: number; readonly body: string }
  | { readonly outcome: 'address_refused' | 'unknown_host' | 'unreachable' | 'slow' };

/** The most of an answer to a message that is read, in bytes. */
const MOST_ANSWER_BYTES = 4_096;

/**
 * Whether messages may be sent to an address: over https, on the public web, at any port; over http to this machine alone, in development.
 * A name is looked at again when it is connected to.
 */
export function maySend(address: string, { local }: Pick<How, 'local'>): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '' || !['http:', 'https:'].includes(url.protocol)) return false;
  if (isLocal(url.hostname)) return local;
  const host = url.hostname.replaceAll(/^\[|\]$/g, '');
  return url.protocol === 'https:' && (isIP(host) === 0 ? host.includes('.') : isPublic(host));
}

/** Sends a message to a server of somebody's: to public addresses alone, following no redirect, reading no more than the beginning of its answer. */
export function postToWeb(address: string, message: { readonly headers: Readonly<Record<string, string>>; readonly body: string }, how: How & { readonly patienceMs: number }): Promise<Sent> {
  if (!maySend(address, how)) return Promise.resolve({ outcome: 'address_refused' });
  const url = new URL(address);
  const signal = AbortSignal.timeout(how.patienceMs);
  return new Promise<Sent>((answered) => {
    const failed = (error: unknown): void => { answered({ outcome: signal.aborted ? 'slow' : causeOf(error) }); };
    const request = (url.protocol === 'https:' ? askSafely : askPlainly)(url, {
      method: 'POST', signal, lookup: publicLookup(how), agent: false, maxHeaderSize: 64 * 1024,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(message.body), 'accept-encoding': 'identity', 'user-agent': 'FlowStage-webhooks/1', ...message.headers },
    }, (response) => {
      beginningOf(response).then((body) => { answered({ outcome: 'answered', status: response.statusCode ?? 0, body }); }, failed);
    });
    request.on('error', failed);
    request.end(message.body);
  });
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST_ANSWER_BYTES) break;
  }
  response.destroy();
  return Buffer.concat(chunks).subarray(0, MOST_ANSWER_BYTES).toString('utf8');
}

/** What a page says, unpacked where a server packs it though it was not asked to, and no more of it than is read. */
async function bodyOf(response: IncomingMessage): Promise<string> {
  const packing = response.headers['content-encoding'];
  const unpacked = packing === 'gzip' ? createGunzip() : packing === 'br' ? createBrotliDecompress() : packing === 'deflate' ? createInflate() : null;
  const stream: Readable = unpacked ? response.on('error', (error) => { unpacked.destroy(error); }).pipe(unpacked) : response;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST_BYTES) break;
  }
  response.destroy();
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8');
}
