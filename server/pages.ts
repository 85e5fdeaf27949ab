import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Config } from './core/config.ts';

/** What was built, as it is served: the bundle for partners' pages, and the pages of our own origin. */
export interface Pages {
  /** A file of `/v1/`, or of a version that stays, `/v1.2.3/`, for any origin; packed for whoever's `Accept-Encoding` says so. */
  readonly bundle: (pathname: string, accepts?: string) => Response;
  /** A file of `/assets/`, packed likewise. */
  readonly asset: (pathname: string, accepts?: string) => Response;
  /** A page of ours. Those under `/frame/` may stand in pages of `hosts`, and in our own. */
  readonly page: (pathname: string, hosts: readonly string[]) => Response;
}

const mimes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.webp': 'image/webp', '.ico': 'image/x-icon', '.map': 'application/json', '.ts': 'text/plain; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
};

interface Held { readonly bytes: Buffer; readonly zipped: Buffer | null; readonly mime: string }

/** Serves what lies under `root`, keeping it in memory from the first time on. */
export function openPages(root: string, config: Config): Pages {
  const held = new Map<string, Held>();
  const read = (file: string): Held | null => {
    const known = held.get(file);
    if (known) return known;
    const full = path.join(root, file);
    // A path that climbs out of the root is nothing of ours.
    const found = full.startsWith(root + path.sep) && existsSync(full) && path.extname(full) ? readFileSync(full) : null;
    // What is not there is not remembered: a stranger could ask for anything.
    if (!found) return null;
    const mime = mimes[path.extname(file)] ?? 'application/octet-stream';
    const made = { bytes: found, zipped: /text|json|svg/.test(mime) ? gzipSync(found, { level: 9 }) : null, mime };
    held.set(file, made);
    return made;
  };
  const answer = (file: string, accepts: string, headers: Record<string, string>): Response => {
    const one = read(file);
    if (!one) return missing();
    const packed = one.zipped && readsGzip(accepts) ? one.zipped : null;
    return new Response(new Uint8Array(packed ?? one.bytes), {
      headers: { 'content-type': one.mime, 'x-content-type-options': 'nosniff', ...(packed && { 'content-encoding': 'gzip' }), ...(one.zipped && { vary: 'accept-encoding' }), ...headers },
    });
  };
  /** Whether a file never changes: a chunk, named by its content, and a version that is out. One that is not out yet may be built anew. */
  const stays = (pathname: string): boolean => {
    if (pathname.startsWith('/v1/w/')) return true;
    const version = /^\/v(\d+\.\d+\.\d+)\//.exec(pathname)?.[1];
    const list = version && read('v1/versions.json');
    return Boolean(list && (JSON.parse(list.bytes.toString('utf8')) as Versions).versions[version]?.released);
  };
  return {
    bundle: (pathname, accepts = '') => answer(pathname.slice(1), accepts, {
      'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin', 'timing-allow-origin': '*',
      'cache-control': stays(pathname) ? 'public, max-age=31536000, immutable' : 'public, max-age=300, stale-while-revalidate=86400',
    }),
    asset: (pathname, accepts = '') => answer(`app${pathname}`, accepts, { 'cache-control': 'public, max-age=31536000, immutable' }),
    page: (pathname, hosts) => {
      const name = pathname === '/' ? 'inbox' : pathname.replaceAll(/^\/+|\/+$/g, '');
      const one = /^[a-z][a-z/-]*$/.test(name) ? read(`app/${name}/index.html`) : null;
      if (!one) return page404(read('app/not-found/index.html'), config);
      const framed = name.startsWith('frame/');
      const html = one.bytes.toString('utf8').replace('</head>', `<meta name="flow-host" content="${hosts.map(attribute).join(' ')}"></head>`);
      return new Response(framed ? html : one.bytes.toString('utf8'), { headers: { 'content-type': one.mime, 'cache-control': 'no-cache', ...guard(config, name, framed ? ["'self'", ...hosts] : ["'none'"]) } });
    },
  };
}

/** What the build wrote of its versions (`versions.json`). */
interface Versions { readonly versions: Readonly<Record<string, { readonly released: boolean } | undefined>> }

/** Whether who asks reads gzip: a browser says so, a plain `curl` says nothing and gets the bytes as they are. */
function readsGzip(accepts: string): boolean {
  const weights = new Map(accepts.toLowerCase().split(',').map((one) => {
    const [name = '', ...rest] = one.split(';').map((part) => part.trim());
    return [name, Number(rest.find((part) => part.startsWith('q='))?.slice(2) ?? 1)] as const;
  }));
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}

/** Says so to any origin: a partner's page that stood open during a deployment hears what is wrong. */
const missing = () => new Response('not found', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8', 'access-control-allow-origin': '*', 'cache-control': 'no-store' } });
const page404 = (one: Held | null, config: Config) => (one
  ? new Response(one.bytes.toString('utf8'), { status: 404, headers: { 'content-type': one.mime, ...guard(config, 'not-found', ["'none'"]) } })
  : missing());

/** Stripe's hosts, for the page with its fields and for no other (https://docs.stripe.com/security/guide#content-security-policy, read 2026-11-21). */
const stripe = {
  script: ' https://js.stripe.com https://*.js.stripe.com', frame: ' https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com', connect: ' https://api.stripe.com', img: ' https://*.stripe.com',
  payment: ' "https://js.stripe.com"',
};

/** What a page of ours may load, and who may stand around it. */
function guard(config: Config, name: string, ancestors: readonly string[]): Record<string, string> {
  const media = config.urls.media;
  const card = name === 'frame/pay' && config.payments === 'stripe' ? stripe : null;
  const policy = [
    "default-src 'self'", `img-src 'self' ${media} blob: data:${card?.img ?? ''}`, `media-src 'self' ${media} blob:`, `connect-src 'self' ${media}${card?.connect ?? ''}`, "style-src 'self'", `script-src 'self'${card?.script ?? ''}`,
    "worker-src 'self' blob:", "object-src 'none'", "base-uri 'none'", "form-action 'self'", `frame-src 'self'${card?.frame ?? ''}`, `frame-ancestors ${ancestors.join(' ')}`,
  ];
  return {
    'content-security-policy': policy.join('; '), 'referrer-policy': 'no-referrer',
    'permissions-policy': name === 'frame/pay' ? `payment=(self${card?.payment ?? ''}), camera=(), microphone=(), geolocation=()` : 'camera=(), microphone=(), geolocation=()',
  };
}

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
