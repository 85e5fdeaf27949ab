import { tracked } from '@trpc/server';
import { z } from 'zod';
import { guest, router, signedIn } from '../core/trpc.ts';
import { DayView, HourView, Id, InstantView, MoneyView, SideView, line } from '../core/wire.ts';
import { revokeBuyerLinks } from '../identity/service.ts';
import { follow, followSteps, readFile, readSteps } from './service.ts';

const StepName = z.enum(['request', 'hold', 'offer', 'agreement', 'order', 'contract', 'deposit', 'balance', 'show', 'release', 'invoice', 'payment']);
/** A step of a booking: `order`, `invoice` and `payment` belong to a public buyer, `deposit`, `balance` and `release` to a secured payment. */
const StepView = z.object({ step: StepName, state: z.enum(['done', 'now', 'to_come', 'stopped']) });

/** What the reader, or the other side, has to do next. */
const NextView = z.object({
  act: z.enum(['answer_request', 'answer_offer', 'complete_party', 'order_purchase', 'sign', 'pay', 'save_card', 'confirm_show', 'issue_invoice', 'settle_invoice', 'wait', 'nothing']),
  by: SideView.nullable(), until: InstantView.nullable(),
});

/** Everything about one booking that its two sides share, as the reader's side sees it. */
const FileView = z.object({
  bookingId: z.string(), reference: z.string(), side: SideView, path: z.enum(['secured', 'public']),
  status: z.enum(['requested', 'negotiating', 'agreed', 'contracted', 'played', 'settled', 'declined', 'lapsed', 'cancelled']),
  /** What the artist added when declining the request. */
  reason: z.string(),
  artist: z.object({ orgId: z.string(), name: z.string(), slug: z.string() }), buyer: z.object({ name: z.string(), kind: z.string() }),
  request: z.object({
    asker: z.enum(['private', 'venue', 'camping', 'commune']), contactName: z.string(), organisation: z.string(), email: z.string(), phone: z.string(), occasion: z.string(),
    showDay: DayView, seasonUntil: DayView.nullable(), shows: z.int(), startTime: HourView, place: z.string(), address: z.string(), city: z.string(), outdoor: z.boolean(), audience: z.int(),
    budget: MoneyView, technical: z.string(), message: z.string(), createdAt: InstantView,
  }),
  steps: z.array(StepView), next: NextView,
  /** Acts that the reader may do now, as far as rules and role go. */
  may: z.array(z.string()),
  holds: z.array(z.object({ id: z.string(), day: DayView, rank: z.int(), expiresAt: InstantView, status: z.enum(['live', 'lapsed', 'released', 'confirmed']) })),
  offers: z.array(z.object({
    id: z.string(), proposedBy: SideView, showDay: DayView, startTime: z.string(), price: MoneyView, terms: z.string(), expiresAt: InstantView, createdAt: InstantView,
    status: z.enum(['sent', 'accepted', 'countered', 'declined', 'withdrawn', 'expired']), yours: z.boolean(), replaces: z.string().nullable(),
    /** What who declined it added. */
    reason: z.string(),
    /** Null where our rule base does not know the tax. */
    net: z.object({ price: MoneyView, vatBps: z.int(), vatCitation: z.string(), vat: MoneyView, total: MoneyView, commissionBps: z.int(), commission: MoneyView, commissionVat: MoneyView, payout: MoneyView }).nullable(),
  })),
  /** What the contract still lacks of the reader's own side, and whether the other side's is complete. */
  party: z.object({ missing: z.array(z.string()), otherComplete: z.boolean(), known: z.record(z.string(), z.string()) }),
  show: z.object({
    day: DayView, startTime: z.string(), artistConfirmedAt: InstantView.nullable(), buyerConfirmedAt: InstantView.nullable(), playedAt: InstantView.nullable(),
    /** Who says that it was not played as agreed, in which words, and since when. Null once that side has confirmed after all. */
    contestedBy: SideView.nullable(), contest: z.string(), contestedAt: InstantView.nullable(),
  }).nullable(),
  /** Each thing that happened: a topic of core/topics.ts, in the order it was heard. */
  timeline: z.array(z.object({ seq: z.int(), topic: z.string(), at: InstantView, side: SideView.nullable() })),
});

export const dossierRouter = router({
  file: signedIn.input(z.object({ bookingId: Id('bkg') })).output(FileView).query(({ ctx, input }) => readFile(ctx, input.bookingId)),
  /** Every link that the buyer was sent opens nothing any more; the next mail brings a new one. */
  revokeLinks: signedIn.input(z.object({ bookingId: Id('bkg') })).output(z.object({ revoked: z.int() })).mutation(({ ctx, input }) => revokeBuyerLinks(ctx, input.bookingId)),
  /** Says each new thing as it happens, and first what was missed since `lastEventId`. */
  follow: signedIn.input(z.object({ bookingId: Id('bkg'), lastEventId: z.string().max(40).nullish() })).subscription(async function* ({ ctx, input, signal }) {
      for await (const entry of follow(ctx, input, signal)) yield tracked(String(entry.seq), entry);
    }),
});

/** The names of the steps, done and to come: all that a partner's page may know of a booking. */
const StepsView = z.object({ steps: z.array(StepView) });

export const dossierPublicRouter = router({
  steps: guest.input(z.object({ reference: line(60) })).output(StepsView).query(({ ctx, input }) => readSteps(ctx, input.reference)),
  followSteps: guest.input(z.object({ reference: line(60), lastEventId: z.string().max(40).nullish() })).subscription(async function* ({ ctx, input, signal }) {
      for await (const { seq, steps } of followSteps(ctx, input, signal)) yield tracked(String(seq), { steps });
    }),
});
