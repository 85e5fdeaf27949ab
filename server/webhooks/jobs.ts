import type { Context } from '../core/context.ts';
import type { Heard, Tasks } from '../core/outbox.ts';
import { SUBSCRIBERS, type Topic, type Topics } from '../core/topics.ts';
import { enterDeliveries, sendDelivery } from './service.ts';

/** Every fact is written down for the endpoints that subscribe to it. */
export const webhooksHeard: Heard = Object.fromEntries((Object.keys(SUBSCRIBERS) as Topic[]).map((topic) =>
  [topic, (ctx: Context, payload: Topics[Topic], fact: { id: bigint; toldAt: Date }) => enterDeliveries(ctx, { topic, payload, fact })]));

/** One event is sent. Strangers' servers may be slow: these have workers of their own. */
export const webhooksTasks: Tasks = { webhook: (ctx, { deliveryId }) => sendDelivery(ctx, deliveryId ?? '') };
