import type { Context } from './context.ts';
import { page, plain, type Letter } from './letters.ts';
import { addJob } from './outbox.ts';

/**
 * Writes a mail, in the caller's transaction; it leaves once that commits.
 *
 * @param cause What made it, such as `<fact>:<address>`: the same mail is written once.
 */
export async function post(ctx: Context, to: { cause: string; email: string; orgId?: string }, letter: Letter): Promise<void> {
  const { count } = await ctx.db.mail.createMany({
    data: [{ id: ctx.newId('mai'), cause: to.cause, orgId: to.orgId ?? null, to: to.email, subject: letter.subject, text: plain(letter), html: page(letter), createdAt: ctx.realNow() }],
    skipDuplicates: true,
  });
  if (count > 0) await addJob(ctx, 'mail', { cause: to.cause }, { key: `mail:${to.cause}` });
}
