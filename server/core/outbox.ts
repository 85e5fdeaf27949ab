import type { Context } from './context.ts';
import { Prisma, type PrismaClient } from './db/client.ts';
import { SUBSCRIBERS, subjectOf, type Topic, type Topics } from './topics.ts';
import { wake } from './wake.ts';

/** What a room does when it hears a fact. It runs in the transaction that marks the delivery done, and may run twice: it looks before it acts. */
export type Heard = { readonly [T in Topic]?: (ctx: Context, payload: Topics[T], fact: { readonly id: bigint; readonly toldAt: Date }) => Promise<void> };

/**
 * Tells a fact, in the caller's transaction: one row for it, one delivery for each subscriber, and one job that hears them.
 * A consumer marks its own delivery done in its own transaction, so a fact is heard at least once and acts once. Facts of one
 * booking, or of one match, are heard one after another.
 */
export async function tell<T extends Topic>(ctx: Context, topic: T, payload: Topics[T]): Promise<void> {
  await ctx.db.$queryRaw`SELECT ${telling(ctx, topic, payload)} AS fact`;
  hasTold(ctx);
}

/** The words that tell a fact, for a question that does more; `hasTold` follows when it was answered. */
export const telling = <T extends Topic>(ctx: Context, topic: T, payload: Topics[T]): Prisma.Sql =>
  Prisma.sql`tell_fact(${topic}, ${subjectOf(payload)}, ${JSON.stringify(payload)}::jsonb, ${ctx.now()}::timestamptz, ${[...SUBSCRIBERS[topic]]}::text[])`;

/** Has those woken who hear what was told: now, or when the caller's transaction is committed. */
export function hasTold(ctx: Context): void {
  if (ctx.told) ctx.told.facts += 1;
  else if (!ctx.inTransaction) wake(ctx.db as PrismaClient, 1);
}

/** What a room does outside a transaction, on its own time: calls a provider, sends a mail. It may run twice and is retried with growing pauses. */
export type Tasks = Readonly<Record<string, (ctx: Context, payload: Readonly<Record<string, string>>) => Promise<void>>>;

/**
 * Has `task` done soon after the caller's transaction commits, and not at all when it does not.
 *
 * @param how `queue`: jobs of one queue run one after another. `key`: a job not yet begun under the same key is replaced. `at`: not before, by the
 * wall clock.
 */
export async function addJob(ctx: Context, task: string, payload: Readonly<Record<string, string>>, how: { queue?: string; key?: string; at?: Date } = {}): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 AS done FROM graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, queue_name => ${how.queue ?? null}, run_at => ${how.at ?? null}::timestamptz, job_key => ${how.key ?? null}, max_attempts => 12)`;
}

/** Whether work of `key` waits or is under way. */
export async function isAwaited(ctx: Context, key: string): Promise<boolean> {
  const rows = await ctx.db.$queryRaw<unknown[]>`SELECT 1 AS found FROM graphile_worker._private_jobs WHERE key = ${key} AND attempts < max_attempts`;
  return rows.length > 0;
}

/** What comes again by itself need not be taken up: one that was replaced while it was under way and then killed is cleared away, and a sweep always, for the next minute has its own. */
const recurring: readonly string[] = ['tick', 'reconcile', 'mend'];

/**
 * Takes up work that failed until nobody tried it any more, and facts whose delivery was lost: an alert in the log, and the same work
 * once again, never a second one beside it. Says how much it was.
 */
export async function takeUpWork(ctx: Context): Promise<number> {
  const given = await ctx.db.$queryRaw<{ id: bigint; task: string; error: string | null }[]>`
    SELECT job.id, task.identifier AS task, left(job.last_error, 300) AS error FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id
    WHERE job.attempts >= job.max_attempts AND job.locked_at IS NULL AND NOT task.identifier = ANY(${recurring})`;
  await ctx.db.$queryRaw`SELECT count(*)::int AS done FROM graphile_worker.complete_jobs(ARRAY(
    SELECT job.id FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id WHERE job.attempts >= job.max_attempts AND job.locked_at IS NULL AND task.identifier = ANY(${recurring})
      AND (job.last_error IS NULL OR task.identifier = 'tick')))`;
  for (const { id, task, error } of given) ctx.log.error({ job: String(id), task, error }, 'work was given up after its last attempt; it is taken up again');
  if (given.length > 0) await ctx.db.$queryRaw`SELECT count(*)::int AS done FROM graphile_worker.reschedule_jobs(${given.map(({ id }) => id)}::bigint[], run_at => ${ctx.realNow()}::timestamptz, attempts => 0)`;
  const lost = await ctx.db.$queryRaw<{ id: bigint; subject: string }[]>`
    SELECT fact.id, fact.subject FROM fact WHERE EXISTS (SELECT FROM delivery WHERE delivery.fact_id = fact.id AND delivery.done_at IS NULL)
      AND NOT EXISTS (SELECT FROM graphile_worker._private_jobs job JOIN graphile_worker._private_tasks task ON task.id = job.task_id
        WHERE task.identifier = 'deliver' AND job.payload->>'factId' = fact.id::text)
    ORDER BY fact.id`;
  for (const { id, subject } of lost) {
    ctx.log.error({ fact: String(id), subject }, 'a fact was not heard by everybody and nobody was to say it again; it is said again');
    await addJob(ctx, 'deliver', { factId: String(id) }, { queue: subject, key: `deliver:${id}` });
  }
  return given.length + lost.length;
}
