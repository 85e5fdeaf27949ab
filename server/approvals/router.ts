import { z } from 'zod';
import { anyone, router } from '../core/trpc.ts';
import { Id, InstantView, line } from '../core/wire.ts';
import { decide, lookFirst, readDesk } from './service.ts';

const WhoView = z.object({ orgId: Id('org'), name: z.string(), city: z.string(), kind: z.string(), /** When it signed up. */ since: InstantView.nullable() });
const ApprovalView = z.object({ id: Id('apv'), artist: WhoView, place: WhoView, score: z.int(), state: z.enum(['waiting', 'approved', 'refused', 'released', 'withdrawn']), askedAt: InstantView, decidedAt: InstantView.nullable() });

/** The decision of our own people on each new match, where they take it, and the journal of what they did by hand (`OPERATORS`). */
export const approvalsRouter = router({
  desk: anyone.output(z.object({
    on: z.boolean(), since: InstantView.nullable(), by: z.string(), waiting: z.array(ApprovalView), decided: z.array(ApprovalView),
    acts: z.array(z.object({ id: z.string(), at: InstantView, by: z.string(), kind: z.enum(['rolled_back', 'approval_on', 'approval_off', 'approved', 'refused']), subject: z.string(), version: z.int().nullable(), reason: z.string() })),
  })).query(({ ctx }) => readDesk(ctx)),
  lookFirst: anyone.input(z.object({ on: z.boolean(), reason: line(300).min(3) })).output(z.null()).mutation(async ({ ctx, input }) => {
    await lookFirst(ctx, input);
    return null;
  }),
  /** A reason is asked of a refusal. */
  decide: anyone.input(z.discriminatedUnion('approve', [z.object({ approve: z.literal(true), id: Id('apv'), reason: line(300).default('') }), z.object({ approve: z.literal(false), id: Id('apv'), reason: line(300).min(3) })])).output(z.null()).mutation(async ({ ctx, input }) => {
    await decide(ctx, input);
    return null;
  }),
});
