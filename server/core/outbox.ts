import type { Context } from './context.ts';
import { SUBSCRIBERS, type Topic, type Topics } from './topics.ts';

/** What a room does when it hears a fact. It runs in the transaction that marks the delivery done, and may run twice: it looks before it acts. */
export type Heard = { readonly [T in Topic]?: (ctx: Context, payload: Topics[T], fact: { readonly id: bigint; readonly toldAt: Date }) => Promise<void> };

/**
 * Tells a fact, in the caller's transaction: one row for it, one delivery for each subscriber, and one job that hears them.
 * A consumer marks its own delivery done in its own transaction, so a fact is heard at least once and acts once. Facts of one
 * booking are heard one after another.
 */
export async function tell<T extends Topic>(ctx: Context, topic: T, payload: Topics[T]): Promise<void> {
  const subject = payload.bookingId;
  const fact = await ctx.db.fact.create({
    data: { topic, subject, payload, toldAt: ctx.now(), deliveries: { createMany: { data: SUBSCRIBERS[topic].map((consumer) => ({ consumer })) } } },
  });
  await addJob(ctx, 'deliver', { factId: fact.id.toString() }, { queue: subject });
}

/** What a room does outside a transaction, on its own time: calls a provider, sends a mail. It may run twice and is retried with growing pauses. */
export type Tasks = Readonly<Record<string, (ctx: Context, payload: Readonly<Record<string, string>>) => Promise<void>>>;

/**
 * Has `task` done soon after the caller's transaction commits, and not at all when it does not.
 *
 * @param how `queue`: jobs of one queue run one after another. `key`: a job not yet begun under the same key is replaced.
 */
export async function addJob(ctx: Context, task: string, payload: Readonly<Record<string, string>>, how: { queue?: string; key?: string } = {}): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 AS done FROM graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json, queue_name => ${how.queue ?? null}, job_key => ${how.key ?? null}, max_attempts => 12)`;
}
