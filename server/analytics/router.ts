import { z } from 'zod';
import { LOCALES } from '../core/locale.ts';
import { guest, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, MoneyView } from '../core/wire.ts';
import { PLANS } from '../prices/catalogue.ts';
import { countSeen, figuresFile, readFigures, readSeason, readViews, seasonFile } from './service.ts';

const sums = { views: z.int(), requests: z.int(), conversions: z.int(), errors: z.int() };
const Keyed = z.object({ key: z.string(), ...sums });

const FeesView = z.array(z.object({ currency: z.enum(['EUR', 'CHF']), n: z.int(), sum: MoneyView, median: MoneyView.nullable() }));
/** Shares and middles are null where there were too few to claim any. */
const figures = {
  requests: z.int(), own: z.int(), answered: z.int(), contracts: z.int(), conversionBps: z.int().nullable(), answerMinutes: z.int().nullable(), leadDays: z.int().nullable(), fees: FeesView,
};
const Figures = z.object(figures);
const Parts = z.array(z.object({ name: z.string(), n: z.int(), contracts: z.int() }));
const Span = z.union([z.literal(12), z.literal(24)]);
const FileView = z.object({ name: z.string(), mime: z.string(), base64: z.string() });
const base64 = ({ name, mime, bytes }: { name: string; mime: string; bytes: Buffer }) => ({ name, mime, base64: bytes.toString('base64') });

/** What a partner's widgets did, page by page and day by day; and what an organisation was asked, or asked for. */
export const analyticsRouter = router({
  views: signedIn.input(z.object({ siteId: Id('sit'), from: DayView, until: DayView })).output(z.object({
    all: z.object(sums), days: z.array(Keyed), pages: z.array(Keyed), widgets: z.array(Keyed), faults: z.array(z.object({ code: z.string(), n: z.int() })),
  })).query(({ ctx, input }) => readViews(ctx, input)),
  /** `months` null is the last 30 days, which anybody may read. */
  figures: signedIn.input(z.object({ months: Span.nullable() })).output(z.object({
    side: z.enum(['artist', 'buyer']), kind: z.string(),
    /** Whether months may be read; else `plan` is the smallest that gives them, if there is one. */
    full: z.boolean(), plan: z.enum(PLANS).nullable(),
    since: DayView, until: DayView, all: Figures,
    /** The same time a year before; null where it is not compared. */
    before: Figures.nullable(),
    months: z.array(z.object({ month: z.string(), ...figures, before: Figures })),
    wanted: z.object({ weekdays: z.array(z.int()), months: z.array(z.int()), askers: Parts, artists: Parts, towns: Parts, distances: Parts, pages: Parts }).nullable(),
  })).query(({ ctx, input }) => readFigures(ctx, input)),
  figuresFile: signedIn.input(z.object({ months: Span, locale: z.enum(LOCALES) })).output(FileView).query(async ({ ctx, input }) => base64(await figuresFile(ctx, input))),
  season: signedIn.output(z.array(z.object({
    month: z.string(), days: z.int(), played: z.int(), asked: z.int(), free: z.int(), freeWeekends: z.int(), fees: FeesView, budgets: FeesView,
  }))).query(({ ctx }) => readSeason(ctx)),
  seasonFile: signedIn.input(z.object({ locale: z.enum(LOCALES) })).output(FileView).query(async ({ ctx, input }) => base64(await seasonFile(ctx, input.locale))),
});

/** What widgets say of themselves: shown, or failed. Of visitors they say nothing. */
export const analyticsPublicRouter = router({
  saw: guest.input(z.object({
    page: z.string().max(500),
    seen: z.array(z.object({ tag: z.string().regex(/^flow-[a-z-]{2,30}$/), what: z.enum(['view', 'error']), code: z.string().regex(/^[a-z_]{1,40}$/).optional() })).min(1).max(20),
  })).output(z.null()).mutation(async ({ ctx, input }) => {
    await countSeen(ctx, input);
    return null;
  }),
});
