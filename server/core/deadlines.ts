import { lock, transact, type Context } from './context.ts';
import { addJob } from './outbox.ts';

/** What happens to a subject when its time has come. It may come twice: it looks before it acts. */
export type Due = Readonly<Record<string, (ctx: Context, subject: string) => Promise<void>>>;

/** Sets, or moves, the date on which `kind` happens to `subject`. One that has passed already, since somebody signed late, does not wait for the minute. */
export async function setDeadline(ctx: Context, kind: string, subject: string, dueAt: Date): Promise<void> {
  await ctx.db.deadline.upsert({ where: { kind_subject: { kind, subject } }, create: { kind, subject, dueAt }, update: { dueAt } });
  if (dueAt <= ctx.now()) await addJob(ctx, 'tick', {}, { key: 'tick' });
}

/** Takes a date back. */
export async function dropDeadline(ctx: Context, kind: string, subject: string): Promise<void> {
  await ctx.db.deadline.deleteMany({ where: { kind, subject } });
}

/**
 * Does everything that is due by the trade's clock, the oldest first, each in its own transaction, and says how much it was.
 * Two sweeps at once share the rows; a row whose act fails stays, and the others go on. The act comes before its row goes, for
 * people's commands take their subject before its dates too: in the other order each would wait for the other.
 */
export async function tick(ctx: Context, due: Due): Promise<number> {
  const rows = await ctx.db.deadline.findMany({ where: { dueAt: { lte: ctx.now() } }, orderBy: { dueAt: 'asc' }, take: 500 });
  let done = 0;
  for (const { kind, subject } of rows) {
    try {
      done += await transact(ctx, async (tx) => {
        await lock(tx, `deadline:${kind}:${subject}`);
        const isDue = { kind, subject, dueAt: { lte: tx.now() } };
        if (await tx.db.deadline.count({ where: isDue }) === 0) return 0;
        await due[kind]?.(tx, subject);
        // The act may have set the next date.
        await tx.db.deadline.deleteMany({ where: isDue });
        return 1;
      });
    } catch (error) {
      ctx.log.error({ kind, subject, err: error }, 'a deadline failed and stays');
    }
  }
  return done;
}
