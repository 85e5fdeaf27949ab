import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { Id, line, text } from '../core/wire.ts';
import { CAPACITIES } from '../legal/booker.ts';
import { answerTerms, proposeTerms, readTerms } from './service.ts';

const Terms = z.object({
  capacity: z.enum(CAPACITIES),
  /** Of the price before tax, or of the wages in it for an agent; half of it at most. */
  bps: z.int().min(0).max(5_000),
  /** The part of the price before tax that is the artists' gross wages; of an agent alone. */
  wageBps: z.int().min(0).max(10_000),
  career: z.boolean(), missions: text(2_000), reporting: text(1_000), permit: line(60),
});
const TermsView = Terms.extend({ id: z.string(), proposedBy: z.enum(['artist', 'booker']), proposedAt: z.string(), answeredAt: z.string().nullable() });
const CapView = z.object({ bps: z.int(), rule: z.string(), source: z.string() });

/** What a representation pays its booker. */
export const bookersRouter = router({
  terms: signedIn.output(z.array(z.object({
    representationId: z.string(), side: z.enum(['artist', 'booker']), artist: z.string(), booker: z.string(),
    /** What holds for contracts signed now. */
    current: TermsView.nullable(),
    /** What one side proposed and the other has not answered. */
    proposed: TermsView.nullable(),
    /** The most that the law allows an agent, without and with particular missions in the career; null where it says nothing. */
    cap: CapView.nullable(), capCareer: CapView.nullable(),
  }))).query(({ ctx }) => readTerms(ctx)),
  propose: signedIn.input(Terms.extend({ representationId: Id('rep') })).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => proposeTerms(ctx, input)),
  answer: signedIn.input(z.object({ id: Id('trm'), answer: z.enum(['agree', 'decline', 'withdraw']) })).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => answerTerms(ctx, input)),
});
