import type { Context } from '../core/context.ts';
import type { Heard, Tasks } from '../core/outbox.ts';
import { SUBSCRIBERS, type Topic } from '../core/topics.ts';
import { sendMail, writeMails } from './service.ts';

const topics = (Object.keys(SUBSCRIBERS) as Topic[]).filter((topic) => SUBSCRIBERS[topic].includes('notifications'));

/** Who is told of what: notifications/words.ts. */
export const notificationsHeard: Heard = Object.fromEntries(topics.map((topic) =>
  [topic, (ctx: Context, payload: { bookingId: string }, fact: { id: bigint }) => writeMails(ctx, { topic, payload, factId: fact.id })]));

/** Written mails leave. */
export const notificationsTasks: Tasks = { mail: (ctx, { cause }) => sendMail(ctx, cause ?? '') };
