import { transact, type Context } from './context.ts';

/** What happens to a subject when its time has come. It may come twice: it looks before it acts. */
export type Due = Readonly<Record<string, (ctx: Context, subject: string) => Promise<void>>>;

/** Sets, or moves, the date on which `kind` happens to `subject`. */
export async function setDeadline(ctx: Context, kind: string, subject: string, dueAt: Date): Promise<void> {
  await ctx.db.deadline.upsert({ where: { kind_subject: { kind, subject } }, create: { kind, subject, dueAt }, update: { dueAt } });
}

/** Takes a date back. */
export async function dropDeadline(ctx: Context, kind: string, subject: string): Promise<void> {
  await ctx.db.deadline.deleteMany({ where: { kind, subject } });
}

/**
 * Does everything that is due by the trade's clock, the oldest first, each in its own transaction, and says how much it was.
 * Two sweeps at once share the rows; a row whose act fails stays, and the others go on.
 */
export async function tick(ctx: Context, due: Due): Promise<number> {
  const rows = await ctx.db.deadline.findMany({ where: { dueAt: { lte: ctx.now() } }, orderBy: { dueAt: 'asc' }, take: 500 });
  let done = 0;
  for (const { kind, subject } of rows) {
    try {
      done += await transact(ctx, async (tx) => {
        const { count } = await tx.db.deadline.deleteMany({ where: { kind, subject, dueAt: { lte: tx.now() } } });
        if (count > 0) await due[kind]?.(tx, subject);
        return count;
      });
    } catch (error) {
      ctx.log.error({ kind, subject, err: error }, 'a deadline failed and stays');
    }
  }
  return done;
}
