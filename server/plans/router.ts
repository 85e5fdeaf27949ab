import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, MoneyView } from '../core/wire.ts';
import { PLANS } from '../prices/catalogue.ts';
import { beginCard, payNow, readPlans, takeCode, takePlan, tryPlan, turnPlan } from './service.ts';

const Plan = z.enum(PLANS);

const ChargeView = z.object({
  id: z.string(), kind: z.enum(['first', 'upgrade', 'renewal', 'quoted', 'again']), plan: z.string(), since: DayView, until: DayView, full: MoneyView, off: MoneyView, net: MoneyView, vat: MoneyView, total: MoneyView,
  /** `invoiced`: a transfer is awaited. `dropped`: refused, and not asked for any more. */
  status: z.enum(['invoiced', 'processing', 'captured', 'refused', 'dropped']), refusal: z.string(), at: z.string(), invoice: z.object({ number: z.string(), fileId: z.string(), xmlFileId: z.string() }).nullable(), credit: z.object({ number: z.string(), fileId: z.string() }).nullable(),
});

const PlansView = z.object({
  plan: Plan,
  /** Null for whoever never had any but the free plan. */
  state: z.enum(['trial', 'active', 'past_due', 'cancelled', 'ended']).nullable(), since: DayView.nullable(),
  /** The first day that is not paid for, or not tried any more. */
  until: DayView.nullable(), nextPlan: Plan.nullable(), card: z.object({ label: z.string() }).nullable(), charging: z.boolean(),
  dunning: z.object({ tries: z.int(), most: z.int(), amount: MoneyView, retryAt: z.string().nullable(), refusal: z.string() }).nullable(),
  /** Of a booker alone: the artists it acts for, and how many its plan includes. */
  usage: z.object({ artists: z.int(), most: z.int().nullable() }).nullable(),
  /** Super Likes that are left. */
  superLikes: z.int(),
  plans: z.array(z.object({
    plan: Plan, month: MoneyView.nullable(), artistsMax: z.int().nullable(), trialDays: z.int(), /** With each paid month. */ superLikes: z.int(),
    /** What may be done: taken now for `due`, at the period's end, left for the free one, or quoted. */
    act: z.enum(['current', 'take', 'later', 'leave', 'quote', 'none']),
    due: z.object({ since: DayView, until: DayView, full: MoneyView, off: MoneyView, net: MoneyView, vat: MoneyView, vatBps: z.int(), total: MoneyView }).nullable(),
  })),
  discount: z.object({ months: z.int(), bps: z.int() }),
  /** What whoever brings somebody has off its plan today, and whom this one brought. */
  referral: z.object({ code: z.string(), gives: z.object({ bps: z.int(), months: z.int() }).nullable(), brought: z.array(z.object({ name: z.string(), at: z.string(), paid: z.boolean() })) }),
  /** Plans on quote that were asked for, and those that were assigned and are not over. */
  quotes: z.array(z.object({ plan: z.string(), askedAt: z.string(), assigned: z.object({ month: MoneyView, since: DayView, until: DayView }).nullable() })),
  /** By what it did in the year before, free of charge. */
  certified: z.object({ until: DayView, contracts: z.int(), turnover: MoneyView }).nullable(),
  /** The rate that a promotion gives today; −1 when it gives none any more. */
  promotion: z.object({ code: z.string(), until: DayView.nullable(), bps: z.int() }).nullable(), charges: z.array(ChargeView), mayEdit: z.boolean(),
});

/** The plan of an organisation. */
export const plansRouter = router({
  now: signedIn.output(PlansView).query(({ ctx }) => readPlans(ctx)),
  try: signedIn.input(z.object({ plan: Plan })).output(PlansView).mutation(({ ctx, input }) => tryPlan(ctx, input.plan)),
  /** `due` is the total with tax that the reader agreed to; none where nothing is due now. */
  take: signedIn.input(z.object({ plan: Plan, due: MoneyView.nullable() })).output(PlansView).mutation(({ ctx, input }) => takePlan(ctx, input)),
  cancel: signedIn.output(PlansView).mutation(({ ctx }) => turnPlan(ctx, false)),
  resume: signedIn.output(PlansView).mutation(({ ctx }) => turnPlan(ctx, true)),
  payNow: signedIn.output(PlansView).mutation(({ ctx }) => payNow(ctx)),
  card: signedIn.output(z.object({ provider: z.enum(['sandbox', 'stripe']), ref: z.string(), clientSecret: z.string(), publishableKey: z.string() })).mutation(({ ctx }) => beginCard(ctx)),
  code: signedIn.input(z.object({ code: z.string().trim().regex(/^[0-9A-Za-z]{3,40}$/) })).output(PlansView).mutation(({ ctx, input }) => takeCode(ctx, input.code)),
});
