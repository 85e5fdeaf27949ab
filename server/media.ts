import { Hono } from 'hono';
import type { Context } from './core/context.ts';

/**
 * What people uploaded, on an origin of its own: a file that a browser took for a page would find no session there, and its
 * headers let it be nothing but a picture or a recording.
 */
export function serveMedia(db: Context['db']): Hono {
  const app = new Hono();
  app.get('/:id', async (call) => {
    const file = await db.file.findUnique({ where: { id: call.req.param('id') }, select: { bytes: true, mime: true, isPublic: true } });
    if (!file?.isPublic) return call.text('not found', 404);
    const headers = {
      'content-type': file.mime, 'cache-control': 'public, max-age=31536000, immutable', 'access-control-allow-origin': '*', 'accept-ranges': 'bytes',
      'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'referrer-policy': 'no-referrer',
    };
    const range = /^bytes=(\d+)-(\d*)$/.exec(call.req.header('range') ?? '');
    if (!range) return call.body(new Uint8Array(file.bytes), 200, headers);
    const size = file.bytes.length;
    const first = Number(range[1]);
    const last = range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
    if (first > last) return call.body(null, 416, { 'content-range': `bytes */${size}` });
    return call.body(new Uint8Array(file.bytes.subarray(first, last + 1)), 206, { ...headers, 'content-range': `bytes ${first}-${last}/${size}` });
  });
  return app;
}
