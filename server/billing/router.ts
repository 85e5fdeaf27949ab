import { z } from 'zod';
import { anyone, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, MoneyView, PartInput, printedLine } from '../core/wire.ts';
import { creditInvoice, issueWaiting, readOwedToUs, readWaiting, receiveCommission, settleInvoice, settleLate } from './service.ts';
import { readInvoices } from '../invoices/service.ts';

/** The printed paper, and the same as EN 16931 XML: the Factur-X inside the PDF, and Peppol's where a party is Belgian. */
const files = { fileId: z.string(), xmlFileId: z.string().nullable(), ublFileId: z.string().nullable() };

const InvoiceView = z.object({
  id: z.string(), kind: z.enum(['deposit', 'balance', 'final', 'commission', 'booker']), number: z.string(), issuer: z.string(), payer: z.string(), net: MoneyView, vatBps: z.int(), vat: MoneyView, total: MoneyView,
  /** What was paid before and is deducted. */
  paid: MoneyView, due: MoneyView, issuedDay: DayView, dueDay: DayView, paidAt: z.string().nullable(), overdue: z.boolean(),
  /** What a public accountant types into Chorus Pro, cadre A1, and into the transfer; an empty text is not known. Null on every other invoice. */
  chorus: z.object({ process: z.literal('A1'), seller: z.string(), buyer: z.string(), order: z.string(), commitment: z.string(), serviceCode: z.string(), market: z.string(), iban: z.string(), rib: z.string() }).nullable(),
  /** Days left until the due day, negative once it has passed; null where nothing is owed. */
  days: z.int().nullable(),
  /** Late interest and the fixed 40 euros, reckoned to today when it is overdue, or to the day on which a public buyer paid it late: then `owed` is what of it did not arrive. */
  late: z.object({ rateBps: z.int(), interest: MoneyView, fixed: MoneyView, total: MoneyView, owed: MoneyView }).nullable(), ...files,
  /** What it still stands for, its credit notes taken off. */
  left: MoneyView, credits: z.array(z.object({ id: z.string(), number: z.string(), issuedDay: DayView, total: MoneyView, reason: z.string(), ...files })),
});

/** The invoices of a booking that the reader issues or pays. */
export const billingRouter = router({
  invoices: signedIn.input(z.object({ bookingId: Id('bkg') })).output(z.array(InvoiceView)).query(({ ctx, input }) => readInvoices(ctx, input.bookingId)),
  /** What waits until the organisation has given its mandate to invoice in its name. */
  waiting: signedIn.output(z.array(z.object({ bookingId: z.string(), cause: z.enum(['deposit', 'balance', 'release', 'close', 'public', 'booker']), title: z.string(), day: DayView, payer: z.string(), amount: MoneyView, since: z.string() })))
    .query(({ ctx }) => readWaiting(ctx)),
  /** Issues what waited of a booking, the mandate given. @throws mandate_missing */
  issue: signedIn.input(z.object({ bookingId: Id('bkg') })).output(z.object({ issued: z.int() })).mutation(({ ctx, input }) => issueWaiting(ctx, input.bookingId)),
  /** The producer says that a public buyer's transfer arrived. */
  settle: signedIn.input(z.object({ id: Id('inv'), withLate: z.boolean().default(false) })).output(InvoiceView).mutation(({ ctx, input: { id, withLate } }) => settleInvoice(ctx, id, { withLate })),
  /** The producer says that what being late costs arrived too, after the invoice. @throws invoice_settled */
  settleLate: signedIn.input(z.object({ id: Id('inv') })).output(InvoiceView).mutation(({ ctx, input }) => settleLate(ctx, input.id)),
  /** The producer credits an invoice that a public buyer pays by transfer, whole or in part. */
  credit: signedIn.input(z.object({ id: Id('inv'), amount: PartInput, reason: printedLine(300).min(3) })).output(InvoiceView).mutation(({ ctx, input }) => creditInvoice(ctx, input)),

  /** Our own invoices that producers have not paid yet. For the operators of the platform, who need no organisation. */
  owedToUs: anyone.output(z.array(z.object({ id: z.string(), bookingId: z.string(), number: z.string(), payer: z.string(), due: MoneyView, dueDay: DayView, overdue: z.boolean() })))
    .query(({ ctx }) => readOwedToUs(ctx)),
  /** An operator says that a producer's transfer for our commission reached our bank. */
  receive: anyone.input(z.object({ id: Id('inv') })).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => receiveCommission(ctx, input.id)),
});
