import { z } from 'zod';
import { anyone, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, InstantView, MoneyView, PriceInput, printedLine, text } from '../core/wire.ts';
import { PLANS } from '../prices/catalogue.ts';
import { askQuote, assignQuote, declineQuote, endQuote, previewQuote, readQuotes, receiveQuote } from './service.ts';

const QuotesView = z.array(z.object({
  id: z.string(), plan: z.string(), message: z.string(), askedAt: InstantView, status: z.enum(['asked', 'assigned', 'declined']),
  organisation: z.object({ name: z.string(), email: z.string(), isPublic: z.boolean() }),
  /** It has a plan that is paid up to that day. */
  paidUntil: DayView.nullable(),
  assigned: z.object({
    month: MoneyView, months: z.int(), since: DayView, until: DayView, orderNumber: z.string(), total: MoneyView,
    /** None before it is invoiced, which is at its end for a public buyer. */
    number: z.string().nullable(), dueDay: DayView.nullable(), paidAt: InstantView.nullable(),
    /** What is owed beside it since it is paid late, or is not paid though its day has come; and how it was asked for. */
    late: z.object({ days: z.int(), interest: MoneyView, fixed: MoneyView }).nullable(), reminders: z.array(z.object({ step: z.enum(['friendly', 'firm', 'notice']), at: InstantView })),
    /** Ended before its date; the number of the credit note; what would stay to be paid, with tax, if it ended today, null where it cannot. */
    endedAt: InstantView.nullable(), credit: z.string().nullable(), ending: MoneyView.nullable(),
  }).nullable(),
}));
const AgreedInput = z.object({ id: Id('plq'), month: PriceInput.extend({ currency: z.literal('EUR') }), months: z.int().min(1).max(36), since: DayView, orderNumber: printedLine(60), serviceCode: printedLine(100).default(''), commitmentNumber: printedLine(50).default(''), marketNumber: printedLine(50).default('') });
const SumsView = z.object({ since: DayView, until: DayView, net: MoneyView, vat: MoneyView, total: MoneyView, invoiceDay: DayView, dueDay: DayView });

/** Plans on quote: an organisation asks for one, and our own people, who need no organisation, assign it with a price and dates. */
export const quotesRouter = router({
  ask: signedIn.input(z.object({ plan: z.enum(PLANS), message: text(2000) })).output(z.object({ sent: z.literal(true) })).mutation(({ ctx, input }) => askQuote(ctx, input)),

  all: anyone.output(QuotesView).query(({ ctx }) => readQuotes(ctx)),
  preview: anyone.input(AgreedInput).output(SumsView).query(({ ctx, input }) => previewQuote(ctx, input)),
  assign: anyone.input(AgreedInput).output(QuotesView).mutation(({ ctx, input }) => assignQuote(ctx, input)),
  decline: anyone.input(z.object({ id: Id('plq') })).output(QuotesView).mutation(({ ctx, input }) => declineQuote(ctx, input.id)),
  end: anyone.input(z.object({ id: Id('plq') })).output(QuotesView).mutation(({ ctx, input }) => endQuote(ctx, input.id)),
  receive: anyone.input(z.object({ id: Id('plq') })).output(QuotesView).mutation(({ ctx, input }) => receiveQuote(ctx, input.id)),
});
