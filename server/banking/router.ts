import { z } from 'zod';
import { DELIMITERS } from '../core/cells.ts';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, Id, line, MoneyView } from '../core/wire.ts';
import { acceptMatch, importStatement, previewStatement, readBank } from './service.ts';

const column = z.int().min(0).max(99);
const LayoutView = z.object({
  delimiter: z.enum(DELIMITERS), skip: z.int().min(0).max(200), day: column, amount: column.nullable(), credit: column.nullable(), debit: column.nullable(), counterparty: column.nullable(), text: column.nullable(),
  dayOrder: z.enum(['dmy', 'ymd', 'mdy']), decimal: z.enum([',', '.']), currencyIn: column.nullable(), currency: z.enum(['EUR', 'CHF']),
});
/** A year of a busy account; the door takes half a megabyte. */
const content = z.string().min(1).max(400_000);
const MovedView = z.object({ day: DayView, amount: MoneyView, counterparty: z.string(), text: z.string() });
const BankView = z.object({
  statements: z.array(z.object({ id: z.string(), name: z.string(), format: z.enum(['camt', 'csv']), iban: z.string(), importedAt: z.string(), lines: z.int() })),
  lines: z.array(MovedView.extend({
    id: z.string(),
    /** The invoices that it paid, with what of it was theirs and what was for their being late; and what is left of it. */
    settled: z.array(z.object({ number: z.string(), principal: MoneyView, late: MoneyView })), rest: MoneyView,
    proposals: z.array(z.object({
      invoiceId: z.string(), number: z.string(), payer: z.string(), due: MoneyView,
      /** The invoice was paid late, and this is what its lateness costs. */
      late: z.boolean(), score: z.int(), reasons: z.array(z.enum(['number', 'reference', 'amount', 'amount_late', 'name', 'short'])),
    })),
  })),
});

/** What an organisation's bank tells, read from files, and the invoices that it pays. */
export const bankingRouter = router({
  bank: signedIn.output(BankView).query(({ ctx }) => readBank(ctx)),
  /** How a file would be read; nothing is kept. @throws bank_file_unknown, bank_file_unreadable, bank_line_invalid */
  preview: signedIn.input(z.object({ content, layout: LayoutView.optional() }))
    .output(z.object({ format: z.enum(['camt', 'csv']), iban: z.string(), count: z.int(), foreign: z.int(), layout: LayoutView.nullable(), columns: z.array(z.string()), lines: z.array(MovedView) }))
    .mutation(({ ctx, input }) => previewStatement(ctx, input)),
  import: signedIn.input(z.object({ name: line(200), content, layout: LayoutView.optional() })).output(z.object({ lines: z.int(), fresh: z.int(), foreign: z.int(), again: z.boolean() }))
    .mutation(({ ctx, input }) => importStatement(ctx, input)),
  /** The person says that a movement pays an invoice. @throws match_taken, match_short, invoice_settled */
  accept: signedIn.input(z.object({ lineId: Id('bln'), invoiceId: Id('inv') })).output(BankView).mutation(({ ctx, input }) => acceptMatch(ctx, input)),
});
