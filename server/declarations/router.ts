import { z } from 'zod';
import { LOCALES } from '../core/locale.ts';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, MoneyView, SumInput } from '../core/wire.ts';
import { changeObjective, declarationFile, readDeclarations, readObjective } from './service.ts';

const PeriodInput = z.object({ year: z.int().min(2020).max(2199), kind: z.enum(['month', 'quarter']), part: z.int().min(1).max(12) });
const PaperView = z.object({ number: z.string(), contact: z.string(), day: DayView, base: MoneyView, tax: MoneyView });
const CurrencyView = z.enum(['EUR', 'CHF']);

const ObjectiveView = z.object({
  first: DayView, last: DayView, aim: MoneyView.nullable(), invoiced: MoneyView,
  /** Of signed contracts, what is not invoiced yet, and of how many shows. */
  signed: MoneyView, signedShows: z.int(),
  /** `sum` is since the year began; `begun` is false of a month to come. */
  months: z.array(z.object({ month: z.string(), invoiced: MoneyView, sum: MoneyView, begun: z.boolean() })),
});

/** What an organisation declares of its books, and what it wants of them. */
export const declarationsRouter = router({
  /** A period's return of tax, list of sales in the Union and commissions; the month before today's where none is given. */
  read: signedIn.input(z.object({ period: PeriodInput.nullable() })).output(z.object({
    period: PeriodInput.extend({ kind: z.enum(['month', 'quarter', 'year', 'financial']) }), first: DayView, last: DayView, country: z.string(), regime: z.enum(['declares', 'franchise', 'unknown']),
    /** Of the calendar year until the end of the period, before tax. */
    turnover: MoneyView,
    /** Currencies of papers that are not counted. */
    foreign: z.array(CurrencyView),
    /** Null where we know no boxes; `left` is what none of them takes. */
    form: z.object({
      name: z.string(), source: z.string(), whole: z.boolean(), left: z.array(PaperView),
      boxes: z.array(z.object({ line: z.string(), code: z.string(), label: z.string(), base: MoneyView.nullable(), tax: MoneyView.nullable(), papers: z.array(PaperView) })),
    }).nullable(),
    natures: z.array(z.object({ side: z.enum(['sale', 'purchase']), kind: z.enum(['charged', 'exempt', 'franchise', 'reversed', 'outside']), vatBps: z.int(), base: MoneyView, due: MoneyView, deductible: MoneyView, papers: z.array(PaperView) })),
    unpaid: z.object({ count: z.int(), tax: MoneyView }),
    union: z.object({
      name: z.string(), citation: z.string(), whole: z.boolean(),
      sales: z.array(z.object({ month: z.string(), vatNumber: z.string(), contact: z.string(), exact: MoneyView, amount: MoneyView, papers: z.array(PaperView) })),
    }).nullable(),
    commissions: z.array(z.object({
      number: z.string(), day: DayView, bookingId: z.string(), booking: z.string(), title: z.string(), credit: z.boolean(),
      price: MoneyView, rateBps: z.int(), net: MoneyView, vatBps: z.int(), vat: MoneyView, total: MoneyView,
    })),
  })).query(({ ctx, input }) => readDeclarations(ctx, input.period)),

  /** A file to save, in base64. */
  file: signedIn.input(z.object({ what: z.enum(['vat', 'union', 'commission']), period: PeriodInput, locale: z.enum(LOCALES) })).output(z.object({ name: z.string(), mime: z.string(), base64: z.string(), count: z.int() }))
    .query(async ({ ctx, input }) => {
      const { bytes, ...file } = await declarationFile(ctx, input);
      return { ...file, base64: bytes.toString('base64') };
    }),

  objective: signedIn.output(ObjectiveView).query(({ ctx }) => readObjective(ctx)),
  /** What is to be invoiced in the financial year of today, before tax, in the currency of the organisation's country; null takes it back. */
  changeObjective: signedIn.input(z.object({ minor: SumInput.shape.minor.min(1).max(100_000_000_000).nullable() })).output(ObjectiveView).mutation(({ ctx, input }) => changeObjective(ctx, input.minor === null ? null : BigInt(input.minor))),
});
