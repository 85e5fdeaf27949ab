import { z } from 'zod';
import { LOCALES } from '../core/locale.ts';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, Id, MoneyView, line } from '../core/wire.ts';
import { BUYERS, TRAITS } from './cells.ts';
import { FACTORS } from './chance.ts';
import { readBestDates, readChance, readPrice, readPriceOf, readTrends } from './service.ts';

const Price = z.int().min(1).max(100_000_000);
const booking = { bookingId: Id('bkg') };

/** A deal that is only thought of. Of an artist its kit says genre, line-up and level. */
const Thought = z.object({
  artistOrgId: Id('org').optional(), genre: line(60).default(''), lineUp: z.int().min(0).max(250).default(0), level: z.enum(['', 'emerging', 'confirmed', 'headliner']).default(''),
  day: DayView, insee: z.string().regex(/^[0-9A-Za-z]{0,5}$/).default(''), audience: z.int().min(0).max(1_000_000).default(0), buyer: z.enum(BUYERS), currency: z.enum(['EUR', 'CHF']), price: Price.optional(),
});

const Month = z.string().regex(/^\d{4}-\d\d$/);

/** What is known of a market, or why nothing is told. Amounts before tax. */
const PriceView = z.object({
  /** The middle half of the prices, rounded outward. */
  market: z.object({
    low: MoneyView, median: MoneyView, high: MoneyView, deals: z.int(), artists: z.int(), buyers: z.int(), from: Month, until: Month, asOf: DayView,
    /** In what the deals are not all like the one asked of. */
    widened: z.array(z.enum(TRAITS)),
    /** `confidence`: in how many of a hundred draws the sign stays. */
    effects: z.array(z.object({ effect: z.enum(['weekend', 'festival', 'summer']), percent: z.int(), deals: z.int(), others: z.int(), confidence: z.int(), here: z.boolean() })),
  }).nullable(),
  why: z.object({ code: z.literal('too_few'), deals: z.int(), artists: z.int(), buyers: z.int(), months: z.int() }).nullable(),
  price: MoneyView.nullable(),
  /** `percent` against the median, `below`: how many of a hundred are at this price or less. */
  position: z.object({ verdict: z.enum(['far_below', 'below', 'usual', 'above', 'far_above']), percent: z.int(), below: z.int() }).nullable(),
});

const DatesView = z.object({
  from: DayView, until: DayView, free: z.int(),
  dates: z.array(z.object({
    day: DayView, score: z.int().min(0).max(100),
    reasons: z.array(z.object({ code: z.enum(['free', 'flexible', 'weekday', 'eve', 'holiday', 'school', 'term', 'competition', 'quiet', 'lead']), points: z.int(), figures: z.record(z.string(), z.number()) })),
  })),
});

const ChanceView = z.object({
  chance: z.object({ percent: z.int(), factors: z.array(z.object({ factor: z.enum(FACTORS), points: z.int() })) }).nullable(),
  why: z.object({ code: z.enum(['too_few', 'no_better', 'closed']), closed: z.int(), least: z.int() }).nullable(),
  /** How it did on the later fifth of what it learned from. */
  figures: z.object({ closed: z.int(), tried: z.int(), accuracy: z.number(), commoner: z.number(), brier: z.number(), plainBrier: z.number(), calibrationError: z.number() }).nullable(),
  /** The accuracy that is claimed of such predictions elsewhere. */
  claim: z.number(),
});

/** What deals are made for, when, how likely, and what is asked for: all from what was agreed here, and nothing where it would tell of somebody. */
export const marketRouter = router({
  price: signedIn.input(z.object({ ...booking, price: Price.optional() })).output(PriceView).query(({ ctx, input }) => readPrice(ctx, input)),
  priceOf: signedIn.input(Thought).output(PriceView).query(({ ctx, input }) => readPriceOf(ctx, input)),
  /** Of a booking, of an artist with a published kit, or of one's own artist or place. */
  bestDates: signedIn.input(z.object({ bookingId: Id('bkg').optional(), artistOrgId: Id('org').optional(), count: z.int().min(1).max(30).default(5) })).output(DatesView).query(({ ctx, input }) => readBestDates(ctx, input)),
  chance: signedIn.input(z.object({ ...booking, price: Price.optional() })).output(ChanceView).query(({ ctx, input }) => readChance(ctx, input)),
  trends: signedIn.input(z.object({ locale: z.enum(LOCALES).default('fr') })).output(z.object({
    from: DayView, since: DayView, until: DayView, days: z.int(),
    trends: z.array(z.object({ genre: z.string(), label: z.string(), recent: z.int(), before: z.int().nullable(), percent: z.int().nullable() })),
    /** Dates asked for from `from` on, by month of the calendar; null where it would tell of somebody. `asked` sums those that are told. */
    seasons: z.object({ from: DayView, asked: z.int(), months: z.array(z.object({ month: z.int().min(1).max(12), asked: z.int().nullable() })) }),
  })).query(({ ctx, input }) => readTrends(ctx, input.locale)),
});
