import { randomInt, timingSafeEqual } from 'node:crypto';
import { lock, type Context } from './context.ts';
import { AppError } from './errors.ts';
import { sha256 } from './files.ts';

const minutes = 10;
const tries = 5;

/**
 * A new one-time code for an act, six digits, good for ten minutes by the wall clock; the codes made before for it are dead.
 * The caller sends it to the person, and to nobody else. In a transaction, whose end lets the next one count it.
 *
 * @param most How many codes the act may have in `hours`.
 * @throws AppError `rate_limited` beyond, with the seconds of those hours.
 */
export async function makeCode(tx: Context, { act, email, most, hours }: { act: string; email: string; most: number; hours: number }): Promise<string> {
  const code = randomInt(0, 1_000_000).toString().padStart(6, '0');
  const id = tx.newId('otc');
  const now = tx.realNow();
  await lock(tx, `code:${act}`);
  const recent = await tx.db.oneTimeCode.count({ where: { act, createdAt: { gt: new Date(now.getTime() - hours * 3_600_000) } } });
  if (recent >= most) throw new AppError('rate_limited', { seconds: String(hours * 3_600) });
  await tx.db.oneTimeCode.updateMany({ where: { act, usedAt: null }, data: { usedAt: now } });
  await tx.db.oneTimeCode.create({ data: { id, act, email, codeHash: sha256(`${id}:${code}`), createdAt: now, expiresAt: new Date(now.getTime() + minutes * 60_000) } });
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
