import { z } from 'zod';
import { anyone, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, InstantView, MoneyView, printedLine } from '../core/wire.ts';
import { answerContest, contestInvoice, readContests, readOpenContests, readOwnContests, withdrawContest } from './service.ts';

const ContestView = z.object({ reason: z.string(), at: InstantView, status: z.enum(['open', 'upheld', 'refused', 'withdrawn']), words: z.string(), closedAt: InstantView.nullable() });
const Listed = ContestView.extend({ invoiceId: z.string(), bookingId: z.string(), number: z.string(), issuer: z.string(), payer: z.string(), total: MoneyView, paid: z.boolean() });
const InvoiceId = z.object({ id: Id('inv') });

/** Invoices that their producer contests under its mandate, as both sides see it, and the table of our own people, who need no organisation. */
export const contestsRouter = router({
  /** Of the invoices of a booking: what was said, and until when its producer may. */
  ofBooking: signedIn.input(z.object({ bookingId: Id('bkg') })).output(z.array(z.object({ invoiceId: z.string(), contest: ContestView.nullable(), until: DayView.nullable() }))).query(({ ctx, input }) => readContests(ctx, input.bookingId)),
  own: signedIn.output(z.array(Listed)).query(({ ctx }) => readOwnContests(ctx)),
  /** @throws contest_late, contest_made, invoice_settled, invoice_is_ours */
  contest: signedIn.input(InvoiceId.extend({ reason: printedLine(600).min(3) })).output(z.null()).mutation(({ ctx, input }) => contestInvoice(ctx, input)),
  /** @throws contest_closed */
  withdraw: signedIn.input(InvoiceId).output(z.null()).mutation(({ ctx, input }) => withdrawContest(ctx, input.id)),

  open: anyone.output(z.array(Listed)).query(({ ctx }) => readOpenContests(ctx)),
  /** The words are printed on the credit note. @throws contest_closed, contest_needs_corrected, mandate_missing */
  answer: anyone.input(InvoiceId.extend({ uphold: z.boolean(), again: z.boolean(), words: printedLine(240).min(3) })).output(z.null()).mutation(({ ctx, input }) => answerContest(ctx, input)),
});
