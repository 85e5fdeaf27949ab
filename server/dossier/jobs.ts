import type { Context } from '../core/context.ts';
import type { Heard } from '../core/outbox.ts';
import { SUBSCRIBERS, type Topic } from '../core/topics.ts';
import { revokeLinks } from '../identity/service.ts';
import { note } from './service.ts';

const topics = (Object.keys(SUBSCRIBERS) as Topic[]).filter((topic) => SUBSCRIBERS[topic].includes('dossier'));

/** What ends a booking: the links by which one signed and paid have done their work. */
const ends: readonly Topic[] = ['request.declined', 'booking.lapsed', 'booking.cancelled', 'dispute.decided', 'payout.paid', 'invoice.paid'];

/** Everything that happens to a booking goes into its timeline. */
export const dossierHeard: Heard = Object.fromEntries(topics.map((topic) =>
  [topic, async (ctx: Context, payload: { bookingId: string }, fact: { id: bigint; toldAt: Date }) => {
    await note(ctx, { topic, payload, fact });
    if (ends.includes(topic)) await revokeLinks(ctx, payload.bookingId, 'acting');
  }]));
