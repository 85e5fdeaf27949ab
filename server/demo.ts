import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Hono } from 'hono';
import type { Config, DemoSite } from './core/config.ts';

const mimes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml', '.webp': 'image/webp', '.png': 'image/png', '.ico': 'image/x-icon',
};

/**
 * A partner's own web site, as that partner would serve it: plain files, and a policy that lets in what our documentation asks
 * for and nothing else.
 *
 * @param root The folder of the demo sites.
 */
export function serveSite(root: string, site: DemoSite, config: Config): Hono {
  const folder = path.join(root, site);
  const { platform, platformFallback, media } = config.urls;
  const app = new Hono();
  app.get('*', (call) => {
    const { pathname, hostname } = new URL(call.req.url);
    // A browser that came by the fallback address is sent on by fallback addresses.
    const home = hostname.endsWith('.localhost') ? platform : platformFallback;
    const file = path.join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    const mime = mimes[path.extname(file)];
    if (!mime || !file.startsWith(folder + path.sep) || !existsSync(file)) return call.text('introuvable', 404);
    const policy = [
      "default-src 'none'", `script-src 'self' ${home}`, "style-src 'self'", `connect-src ${home} ${media}`, `img-src 'self' ${home} ${media} data: blob:`, `media-src ${media} blob:`,
      `worker-src blob: ${home}`, `frame-src ${home}`, "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
    ];
    const headers = { 'content-type': mime, 'content-security-policy': policy.join('; '), 'referrer-policy': 'strict-origin-when-cross-origin', 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' };
    const bytes = readFileSync(file);
    return mime.startsWith('text/html') ? call.body(bytes.toString('utf8').replaceAll('__PLATFORM__', home), 200, headers) : call.body(new Uint8Array(bytes), 200, headers);
  });
  return app;
}
