import { z } from 'zod';
import { anyone, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, InstantView, MoneyView, text } from '../core/wire.ts';
import { answerClaim, contestClaim, readClaimsOf, readOpenClaims, readOwnClaims } from './service.ts';

const Words = text(1_000).refine((words) => words.length >= 3);
const ClaimView = z.object({
  id: z.string(), bookingId: z.string(), share: z.enum(['producer', 'booker']), debtor: z.string(), reference: z.string(), title: z.string(), showDay: DayView, place: z.string(),
  /** What was claimed, and what of it is still owed. */
  amount: MoneyView, left: MoneyView,
  /** The bank's word: `fraudulent`, `product_not_received`. */
  reason: z.string(), status: z.enum(['asked', 'contested', 'confirmed', 'closed']), openedAt: InstantView,
  /** The last day to pay or to contest, and whether it is over. */
  until: DayView, over: z.boolean(), contest: z.string(), contestedAt: InstantView.nullable(), decision: z.string(), decidedAt: InstantView.nullable(), closedAt: InstantView.nullable(),
  parts: z.array(z.object({ id: z.string(), kind: z.enum(['kept', 'received', 'waived']), amount: MoneyView, payoutId: z.string().nullable(), at: InstantView })),
});
const ClaimId = z.object({ id: Id('clm') });

/** What lost disputes leave an organisation to pay back, as it sees it, and the table of our own people, who need no organisation. */
export const claimsRouter = router({
  own: signedIn.output(z.object({ claims: z.array(ClaimView.extend({ mayContest: z.boolean() })), account: z.object({ name: z.string(), iban: z.string() }) })).query(({ ctx }) => readOwnClaims(ctx)),
  ofBooking: signedIn.input(z.object({ bookingId: Id('bkg') })).output(z.array(ClaimView)).query(({ ctx, input }) => readClaimsOf(ctx, input.bookingId)),
  /** @throws claim_closed, claim_said, claim_late */
  contest: signedIn.input(ClaimId.extend({ words: Words })).output(z.null()).mutation(({ ctx, input }) => contestClaim(ctx, input)),

  open: anyone.output(z.array(ClaimView)).query(({ ctx }) => readOpenClaims(ctx)),
  /** @throws claim_closed */
  confirm: anyone.input(ClaimId.extend({ words: Words })).output(z.null()).mutation(({ ctx, input }) => answerClaim(ctx, { ...input, confirm: true })),
  /** @throws claim_closed, input_invalid */
  prolong: anyone.input(ClaimId.extend({ words: Words, until: DayView })).output(z.null()).mutation(({ ctx, input }) => answerClaim(ctx, { ...input, confirm: false })),
});
