import type { Context } from '../core/context.ts';
import type { Heard } from '../core/outbox.ts';
import { SUBSCRIBERS, type Topic } from '../core/topics.ts';
import { note } from './service.ts';

const topics = (Object.keys(SUBSCRIBERS) as Topic[]).filter((topic) => SUBSCRIBERS[topic].includes('dossier'));

/** Everything that happens to a booking goes into its timeline. */
export const dossierHeard: Heard = Object.fromEntries(topics.map((topic) =>
  [topic, (ctx: Context, payload: { bookingId: string }, fact: { id: bigint; toldAt: Date }) => note(ctx, { topic, payload, fact })]));
