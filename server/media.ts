import { Hono, type Context as Call } from 'hono';
import type { Context } from './core/context.ts';
import { AppError } from './core/errors.ts';
import type { Limits } from './core/limits.ts';
import { Id } from './core/wire.ts';

const FileId = Id('fil');

/**
 * What people uploaded, on an origin of its own: a file that a browser took for a page would find no session there, and its
 * headers let it be nothing but a picture, a recording, a film, or a document to keep.
 *
 * @param addressOf Whose call it is, by which it is counted.
 */
export function serveMedia({ db, log }: Pick<Context, 'db' | 'log'>, { limits, addressOf }: { limits: Limits; addressOf: (call: Call) => string }): Hono {
  const app = new Hono();
  app.onError((error, call) => {
    if (error instanceof AppError) return call.text(error.code, error.code === 'rate_limited' ? 429 : 400);
    log.error({ err: error }, 'a file was not served');
    return call.text('internal', 500);
  });
  app.get('/:id', async (call) => {
    await limits.caller(addressOf(call));
    const id = call.req.param('id');
    const file = FileId.safeParse(id).success ? await db.file.findUnique({ where: { id }, select: { bytes: true, mime: true, isPublic: true, name: true } }) : null;
    if (!file?.isPublic) return call.text('not found', 404);
    const headers = {
      'content-type': file.mime, 'cache-control': 'public, max-age=31536000, immutable', 'access-control-allow-origin': '*', 'accept-ranges': 'bytes',
      'cross-origin-resource-policy': 'cross-origin', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'referrer-policy': 'no-referrer',
      // Saved, never opened here: a document may carry scripts.
      ...(file.mime === 'application/pdf' && { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replaceAll("'", '%27')}` }),
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
