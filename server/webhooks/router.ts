import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { Id, webAddress } from '../core/wire.ts';
import { createEndpoint, deleteEndpoint, readEndpoints, readLog, replayDelivery, replayFailed, rotateSecret, sendTest, switchEndpoint, TOPICS, updateEndpoint } from './service.ts';

const EndpointView = z.object({
  id: z.string(), url: z.string(), topics: z.array(z.string()),
  /** Since when nothing is sent; `gone`: because it answered so; `failing`: because nothing arrived there for days. */
  offAt: z.string().nullable(), gone: z.boolean(), failing: z.boolean(),
  /** How long the secret before this one is signed with too. */
  previousUntil: z.string().nullable(), createdAt: z.string(), waiting: z.int(), failed: z.int(),
});
const EndpointInput = z.object({ url: webAddress(/^https?$/), topics: z.array(z.enum(TOPICS)).min(1).max(TOPICS.length) });
const WithSecret = z.object({ endpoint: EndpointView, secret: z.string() });
const DeliveryView = z.object({
  id: z.string(), eventId: z.string(), topic: z.string(), body: z.string(), state: z.enum(['waiting', 'delivered', 'failed']), nextAt: z.string().nullable(), createdAt: z.string(),
  tries: z.array(z.object({ at: z.string(), ms: z.int(), outcome: z.string(), status: z.int().nullable(), answer: z.string() })),
});
const One = z.object({ id: Id('whe') });

/** The addresses of an organisation that are told what happens to its bookings. */
export const webhooksRouter = router({
  /** `pauses` in seconds: when a try that failed is made again, each a fifth shorter or longer. */
  endpoints: signedIn.output(z.object({ endpoints: z.array(EndpointView), topics: z.array(z.string()), pauses: z.array(z.int()), tries: z.int() })).query(({ ctx }) => readEndpoints(ctx)),
  create: signedIn.input(EndpointInput).output(WithSecret).mutation(({ ctx, input }) => createEndpoint(ctx, input)),
  update: signedIn.input(EndpointInput.extend({ id: Id('whe') })).output(EndpointView).mutation(({ ctx, input }) => updateEndpoint(ctx, input)),
  rotate: signedIn.input(One).output(WithSecret).mutation(({ ctx, input }) => rotateSecret(ctx, input.id)),
  turn: signedIn.input(One.extend({ on: z.boolean() })).output(EndpointView).mutation(({ ctx, input }) => switchEndpoint(ctx, input)),
  remove: signedIn.input(One).output(z.null()).mutation(async ({ ctx, input }) => {
    await deleteEndpoint(ctx, input.id);
    return null;
  }),
  test: signedIn.input(One).output(DeliveryView).mutation(({ ctx, input }) => sendTest(ctx, input.id)),
  log: signedIn.input(One.extend({ failed: z.boolean(), before: Id('whd').optional() })).output(z.object({ deliveries: z.array(DeliveryView), more: z.boolean() })).query(({ ctx, input }) => readLog(ctx, input)),
  replay: signedIn.input(z.object({ id: Id('whd') })).output(DeliveryView).mutation(({ ctx, input }) => replayDelivery(ctx, input.id)),
  replayFailed: signedIn.input(One).output(z.object({ n: z.int() })).mutation(({ ctx, input }) => replayFailed(ctx, input.id)),
});
