import { z } from 'zod';
import { anyone, router } from '../core/trpc.ts';
import { DayView, MoneyView } from '../core/wire.ts';
import { RATE_KINDS } from '../legal/service.ts';
import { PLANS } from './catalogue.ts';
import { REVENUE_LINES } from './revenue.ts';
import { previewPrice, previewPromotion, previewRate, readPrices, readRevenue, setPrice, setPromotion, setRate } from './service.ts';

/** `by` is the one of our own people who dated it, `decision` the paper in `docs/decisions` that it comes from; both null where it is the scale that we began with. */
const dated = { from: DayView, to: DayView.nullable(), by: z.string().nullable(), decision: z.string().nullable() };
const PricesView = z.object({
  today: DayView,
  prices: z.array(z.object({ id: z.string(), plan: z.string(), month: MoneyView.nullable(), artistsMax: z.int().nullable(), superLikes: z.int(), trialDays: z.int(), ...dated })),
  rates: z.array(z.object({ id: z.string(), kind: z.string(), upTo: z.int().nullable(), currency: z.enum(['EUR', 'CHF']), bps: z.int(), ...dated })),
  promotions: z.array(z.object({ id: z.string(), kind: z.enum(['commission', 'referral', 'merit']), code: z.string(), bps: z.int(), months: z.int(), thenBps: z.int().nullable(), ends: DayView.nullable(), taken: z.int(), ...dated })),
});
const EffectView = z.object({ organisations: z.int(), contracts: z.int(), before: MoneyView, after: MoneyView, over: z.int() });
const PriceInput = z.object({
  plan: z.enum(PLANS), month: MoneyView.extend({ minor: z.int().min(0).max(100_000_000), currency: z.literal('EUR') }).nullable(), artistsMax: z.int().min(0).max(10_000).nullable(), superLikes: z.int().min(0).max(10_000), trialDays: z.int().min(0).max(90), from: DayView,
});
const RateInput = z.object({ kind: z.enum(RATE_KINDS), upTo: z.int().min(0).nullable(), currency: z.enum(['EUR', 'CHF']), bps: z.int().min(0).max(10_000), from: DayView });
const Bps = z.int().min(0).max(10_000);
const PromotionInput = z.object({
  code: z.string().trim().toUpperCase().regex(/^[0-9A-Z]{3,20}$/), from: DayView,
  /** None: it ends on `from`. */
  terms: z.object({ bps: Bps, months: z.int().min(1).max(36), thenBps: Bps.nullable(), to: DayView.nullable(), ends: DayView.nullable() }).nullable(),
});
const RevenueView = z.array(z.object({
  currency: z.enum(['EUR', 'CHF']), total: MoneyView,
  /** In basis points; no share of nothing. */
  lines: z.array(z.object({ line: z.enum(REVENUE_LINES), total: MoneyView, share: z.int().nullable(), aim: z.int() })),
  months: z.array(z.object({ month: z.string(), commissions: MoneyView, subscriptions: MoneyView })),
}));

/** The dated prices, rates and promotions, and what they bring: for our own people, who need no organisation. */
export const pricesRouter = router({
  all: anyone.output(PricesView).query(({ ctx }) => readPrices(ctx)),
  previewPrice: anyone.input(PriceInput).output(EffectView).query(({ ctx, input }) => previewPrice(ctx, input)),
  setPrice: anyone.input(PriceInput).output(PricesView).mutation(({ ctx, input }) => setPrice(ctx, input)),
  previewRate: anyone.input(RateInput).output(EffectView).query(({ ctx, input }) => previewRate(ctx, input)),
  setRate: anyone.input(RateInput).output(PricesView).mutation(({ ctx, input }) => setRate(ctx, input)),
  previewPromotion: anyone.input(PromotionInput).output(EffectView).query(({ ctx, input }) => previewPromotion(ctx, input)),
  setPromotion: anyone.input(PromotionInput).output(PricesView).mutation(({ ctx, input }) => setPromotion(ctx, input)),
  revenue: anyone.output(RevenueView).query(({ ctx }) => readRevenue(ctx)),
});
