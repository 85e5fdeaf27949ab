import { z } from 'zod';
import { anyone, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, MoneyView } from '../core/wire.ts';
import { readInvoices, readOwedToUs, receiveCommission, settleInvoice } from './service.ts';

const InvoiceView = z.object({
  id: z.string(), kind: z.enum(['deposit', 'final', 'commission']), number: z.string(), issuer: z.string(), payer: z.string(), net: MoneyView, vatBps: z.int(), vat: MoneyView, total: MoneyView,
  /** What was paid before and is deducted. */
  paid: MoneyView, due: MoneyView, issuedDay: DayView, dueDay: DayView, paidAt: z.string().nullable(), overdue: z.boolean(),
  /** Late interest and the fixed 40 euros, reckoned to today, when it is overdue. */
  late: MoneyView.nullable(), fileId: z.string(),
});

/** The invoices of a booking that the reader issues or pays. */
export const billingRouter = router({
  invoices: signedIn.input(z.object({ bookingId: Id('bkg') })).output(z.array(InvoiceView)).query(({ ctx, input }) => readInvoices(ctx, input.bookingId)),
  /** The producer says that a public buyer's transfer arrived. */
  settle: signedIn.input(z.object({ id: Id('inv') })).output(InvoiceView).mutation(({ ctx, input }) => settleInvoice(ctx, input.id)),

  /** Our own invoices that producers have not paid yet. For the operators of the platform, who need no organisation. */
  owedToUs: anyone.output(z.array(z.object({ id: z.string(), bookingId: z.string(), number: z.string(), payer: z.string(), due: MoneyView, dueDay: DayView, overdue: z.boolean() })))
    .query(({ ctx }) => readOwedToUs(ctx)),
  /** An operator says that a producer's transfer for our commission reached our bank. */
  receive: anyone.input(z.object({ id: Id('inv') })).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => receiveCommission(ctx, input.id)),
});
