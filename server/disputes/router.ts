import { z } from 'zod';
import { anyone, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, InstantView, MoneyView, SideView, SumInput, text } from '../core/wire.ts';
import { acceptChargeback, answerChargeback, readChargebacks, readOwnChargebacks } from '../chargebacks/service.ts';
import { addEvidence, decideDispute, readDispute, readOpenDisputes, readWaiting, replayWaiting, simulateDecision } from './service.ts';

const BookingId = z.object({ bookingId: Id('bkg') });
const DisputeView = z.object({
  id: z.string(), bookingId: z.string(), openedBy: SideView, status: z.enum(['open', 'decided', 'withdrawn']), openedAt: InstantView, reason: z.string(),
  decidedAt: InstantView.nullable(), decision: z.string(), held: MoneyView,
  /** With a bank: what was decided waits for its answer. */
  underWay: MoneyView, release: MoneyView, refund: MoneyView,
  evidence: z.array(z.object({ id: z.string(), side: SideView, text: z.string(), fileId: z.string().nullable(), fileName: z.string(), at: InstantView })),
});
const ChargebackView = z.object({
  id: z.string(), bookingId: z.string(), amount: MoneyView, reason: z.string(), status: z.enum(['asked', 'answered', 'accepted', 'won', 'lost']), openedAt: InstantView, answerBy: InstantView.nullable(),
  /** The day until which the bank hears us is over. */
  late: z.boolean(), answer: z.string(), answeredAt: InstantView.nullable(), sentAt: InstantView.nullable(), closedAt: InstantView.nullable(),
  pieces: z.array(z.object({ id: z.string(), text: z.string(), fileId: z.string().nullable(), fileName: z.string(), at: InstantView })),
});
/** The two parts are all that is held. */
const Shares = BookingId.extend({ release: SumInput, refund: SumInput });

/** A show over which its two sides disagree, as both see it; and the table of our own people, who need no organisation. */
export const disputesRouter = router({
  dispute: signedIn.input(BookingId).output(DisputeView.nullable()).query(({ ctx, input }) => readDispute(ctx, input.bookingId)),
  /** Words alone; a file comes by `/evidence`. */
  argue: signedIn.input(BookingId.extend({ text: text(4_000).refine((words) => words !== '') })).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => addEvidence(ctx, input)),

  open: anyone.output(z.array(DisputeView.extend({ title: z.string(), showDay: DayView, place: z.string(), artist: z.string(), buyer: z.string() }))).query(({ ctx }) => readOpenDisputes(ctx)),
  simulate: anyone.input(Shares).output(z.object({ held: MoneyView, underWay: MoneyView, otherwise: z.object({ release: MoneyView, refund: MoneyView }).nullable(), release: MoneyView, refund: MoneyView, commission: MoneyView, commissionVat: MoneyView, booker: MoneyView, payout: MoneyView }))
    .query(({ ctx, input }) => simulateDecision(ctx, input)),
  decide: anyone.input(Shares.extend({ words: text(2_000).refine((words) => words !== '') })).output(z.object({ bookingId: z.string() })).mutation(({ ctx, input }) => decideDispute(ctx, input)),

  /** The payments of a booking that a bank contests, for its producer alone. */
  chargebacks: signedIn.input(BookingId).output(z.array(ChargebackView)).query(({ ctx, input }) => readOwnChargebacks(ctx, input.bookingId)),
  /** All of them that are not over; `here`: they are answered on this page. `missing` is what nobody covers yet. */
  contested: anyone.output(z.array(ChargebackView.extend({ missing: MoneyView, title: z.string(), showDay: DayView, place: z.string(), artist: z.string(), buyer: z.string(), here: z.boolean(), draft: z.string() })))
    .query(({ ctx }) => readChargebacks(ctx)),
  answerBank: anyone.input(z.object({ id: Id('cbk'), words: text(15_000).refine((words) => words !== ''), proofId: Id('fil').nullable() })).output(z.null()).mutation(({ ctx, input }) => answerChargeback(ctx, input)),
  acceptBank: anyone.input(z.object({ id: Id('cbk') })).output(z.null()).mutation(({ ctx, input }) => acceptChargeback(ctx, input.id)),

  /** Notices of the payment provider that wait for somebody. */
  waiting: anyone.output(z.array(z.object({ id: z.string(), kind: z.string(), object: z.string(), receivedAt: InstantView }))).query(({ ctx }) => readWaiting(ctx)),
  replay: anyone.output(z.object({ done: z.int() })).mutation(({ ctx }) => replayWaiting(ctx)),
});
