import { z } from 'zod';
import { LOCALES } from '../core/locale.ts';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, MoneyView, printedLine } from '../core/wire.ts';
import { ROLES } from './chart.ts';
import { acceptMandate, changeAccount, changeClosing, endMandate, exportBooks, readChart, readMandate, readMeters, readOpen, readOwing, readPapers, readYears } from './service.ts';

const AccountView = z.object({ role: z.enum(ROLES), account: z.string(), label: z.string(), usual: z.boolean() });
/** `sells` is false where invoices are only ever received: there nothing is asked. */
const MandateView = z.object({ sells: z.boolean(), paragraphs: z.array(z.string()), acceptedAt: z.string().nullable(), signedBy: z.string() });

const YearsView = z.object({
  closing: z.string(),
  /** The first day of the year that is the first to end so, where it has not begun yet. */
  since: DayView.nullable(),
  /** `year` and `part` are those of the export of a `financial` period. */
  years: z.array(z.object({ first: DayView, last: DayView, year: z.int(), part: z.int() })),
});

const ClockView = z.object({
  id: z.string(), bookingId: z.string(), number: z.string(), payer: z.string(), due: MoneyView, issuedDay: DayView, dueDay: DayView,
  /** Since when it is paid, late: then `due` is what of its interest and fixed sum did not arrive. */
  paidDay: DayView.nullable(),
  /** Days left until the due day, or when it was paid; negative once it had passed. */
  days: z.int(), late: z.boolean(), rateBps: z.int(), interest: MoneyView, fixed: MoneyView, fileId: z.string(),
  steps: z.array(z.object({ step: z.enum(['friendly', 'firm', 'notice']), day: DayView, takenAt: z.string().nullable() })),
});

/** The books of an organisation, for its own people. */
export const accountingRouter = router({
  /** A file to save, in base64. @throws fec_needs_siren, books_mixed, books_of_two_years */
  export: signedIn.input(z.object({
    format: z.enum(['csv', 'xlsx', 'fec', 'sage', 'quickbooks']), locale: z.enum(LOCALES),
    period: z.object({ year: z.int().min(2020).max(2199), kind: z.enum(['month', 'quarter', 'year', 'financial']), part: z.int().min(0).max(12) }),
  })).output(z.object({ name: z.string(), mime: z.string(), base64: z.string(), count: z.int() }))
    .query(async ({ ctx, input }) => {
      const { bytes, ...file } = await exportBooks(ctx, input);
      return { ...file, base64: bytes.toString('base64') };
    }),

  /** The financial years of the organisation. */
  years: signedIn.output(YearsView).query(({ ctx }) => readYears(ctx)),
  /** `06-30`, from the first year on of which no file was handed over; `02-29` is the end of February. */
  changeClosing: signedIn.input(z.object({ closing: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/).refine((day) => !/^02-3|^(04|06|09|11)-31/.test(day)) })).output(YearsView).mutation(({ ctx, input }) => changeClosing(ctx, input.closing)),
  chart: signedIn.output(z.array(AccountView)).query(({ ctx }) => readChart(ctx)),
  changeAccount: signedIn.input(z.object({ role: z.enum(ROLES), account: z.string().trim().regex(/^[0-9A-Z]{3,13}$/), label: printedLine(80).min(1) })).output(z.array(AccountView))
    .mutation(({ ctx, input }) => changeAccount(ctx, input)),

  /** Invoices that are paid by transfer and are not paid yet: days are left, or the reminders run. */
  open: signedIn.output(z.array(ClockView)).query(({ ctx }) => readOpen(ctx)),
  /** Our own commission invoices that the organisation has not paid yet. */
  owing: signedIn.output(z.array(ClockView)).query(({ ctx }) => readOwing(ctx)),

  /** Every invoice and credit note of a calendar year, whichever side the organisation is; a credit note's total is below zero. `since` and `until` are the years there are. */
  papers: signedIn.input(z.object({ year: z.int().min(2020).max(2199).nullable() })).output(z.object({
    year: z.int(), since: z.int(), until: z.int(),
    papers: z.array(z.object({
      id: z.string(), kind: z.enum(['deposit', 'balance', 'final', 'commission', 'booker', 'plan', 'credit']), number: z.string(), issued: z.boolean(), other: z.string(), issuedDay: DayView, total: MoneyView,
      state: z.enum(['paid', 'due', 'late']).nullable(), bookingId: z.string().nullable(), fileId: z.string(), xmlFileId: z.string().nullable(), ublFileId: z.string().nullable(),
    })),
  })).query(({ ctx, input }) => readPapers(ctx, input.year)),

  meters: signedIn.output(z.object({
    year: z.int(), country: z.string(), franchise: z.boolean(),
    meters: z.array(z.object({
      nature: z.enum(['services', 'association']), citation: z.string(), turnover: MoneyView, before: MoneyView, limit: MoneyView, tolerance: MoneyView.nullable(),
      standing: z.enum(['far', 'near', 'tolerated', 'over']), beforeOver: z.boolean(),
    })),
  })).query(({ ctx }) => readMeters(ctx)),

  mandate: signedIn.output(MandateView).query(({ ctx }) => readMandate(ctx)),
  /** The producer lets us write its invoices in its name. @throws mandate_given */
  acceptMandate: signedIn.input(z.object({ signedBy: printedLine(120).min(2), agree: z.literal(true) })).output(MandateView).mutation(({ ctx, input }) => acceptMandate(ctx, input.signedBy)),
  /** The producer ends it, for the invoices to come. @throws mandate_missing */
  endMandate: signedIn.output(MandateView).mutation(({ ctx }) => endMandate(ctx)),
});
