import { randomInt, timingSafeEqual } from 'node:crypto';
import type { Context } from './context.ts';
import { AppError } from './errors.ts';
import { sha256 } from './files.ts';

const minutes = 10;
const tries = 5;

/**
 * A new one-time code for an act, six digits, good for ten minutes by the wall clock; the codes made before for it are dead.
 * The caller sends it to the person, and to nobody else.
 */
export async function makeCode(ctx: Context, ask: { act: string; email: string }): Promise<string> {
  const code = randomInt(0, 1_000_000).toString().padStart(6, '0');
  const id = ctx.newId('otc');
  const now = ctx.realNow();
  await ctx.db.oneTimeCode.updateMany({ where: { act: ask.act, usedAt: null }, data: { usedAt: now } });
  await ctx.db.oneTimeCode.create({ data: { id, ...ask, codeHash: sha256(`${id}:${code}`), createdAt: now, expiresAt: new Date(now.getTime() + minutes * 60_000) } });
  return code;
}

/**
 * Spends a code. A wrong try is counted outside the caller's transaction's fate: call it before anything else is written, and
 * outside a transaction.
 *
 * @throws AppError `code_wrong`, `code_spent` after five wrong tries.
 */
export async function spendCode(ctx: Context, ask: { act: string; code: string }): Promise<void> {
  const now = ctx.realNow();
  const latest = await ctx.db.oneTimeCode.findFirst({ where: { act: ask.act, usedAt: null, expiresAt: { gt: now } }, orderBy: { createdAt: 'desc' } });
  if (!latest) throw new AppError('code_wrong');
  const { count } = await ctx.db.oneTimeCode.updateMany({ where: { id: latest.id, attempts: { lt: tries } }, data: { attempts: { increment: 1 } } });
  if (count === 0) throw new AppError('code_spent');
  const right = timingSafeEqual(Buffer.from(sha256(`${latest.id}:${ask.code}`)), Buffer.from(latest.codeHash));
  if (!right) throw new AppError('code_wrong');
  // Of two that bring the same right code at once, one finds it unused.
  const used = await ctx.db.oneTimeCode.updateMany({ where: { id: latest.id, usedAt: null }, data: { usedAt: now } });
  if (used.count === 0) throw new AppError('code_wrong');
}
