import { createHash } from 'node:crypto';
import type { Context } from './context.ts';

/** SHA-256 of bytes or text, in hexadecimal. */
export const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

/** Keeps the bytes of an organisation, in the caller's transaction. Gives the id, `fil_…`. What is public anybody may fetch from the media origin. */
export async function keepFile(ctx: Context, file: { orgId: string; name: string; mime: string; bytes: Buffer; isPublic?: boolean }): Promise<string> {
  const { orgId, name, mime, bytes, isPublic = false } = file;
  const id = ctx.newId('fil');
  await ctx.db.file.create({
    data: { id, orgId, name, mime, isPublic, bytes: new Uint8Array(bytes), size: bytes.length, sha256: sha256(bytes), createdAt: ctx.realNow() },
  });
  return id;
}

/** The bytes of a file. The caller has asked for leave before. */
export async function readBytes(ctx: Context, id: string): Promise<Buffer> {
  const { bytes } = await ctx.db.file.findUniqueOrThrow({ where: { id }, select: { bytes: true } });
  return Buffer.from(bytes);
}
