import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, Id, MoneyView } from '../core/wire.ts';
import { readInvoices, settleInvoice } from './service.ts';

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
});
