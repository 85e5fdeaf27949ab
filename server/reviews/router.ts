import { z } from 'zod';
import { anyone, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, InstantView, SideView, line, text } from '../core/wire.ts';
import { EVERY_PART } from './review.ts';
import { answerReport, readReports, readReviews, replyTo, reportReview, setReminders, writeReview } from './service.ts';

const OfBooking = z.object({ bookingId: Id('bkg') });
const Stars = z.int().min(1).max(5);
const Part = z.enum(EVERY_PART);
const What = z.enum(['review', 'reply']);
const Reported = z.enum(['open', 'hidden', 'kept']).nullable();

/** A review; of one that our people hid, its author alone has the words. */
const ReviewView = z.object({
  stars: z.int(), parts: z.partialRecord(Part, Stars.nullable()), words: z.string(), attendance: z.int().nullable(), at: InstantView, shownAt: InstantView.nullable(),
  reply: z.string(), repliedAt: InstantView.nullable(), hidden: z.boolean(), hiddenWhy: z.string(), replyHidden: z.boolean(), replyHiddenWhy: z.string(), reported: Reported, replyReported: Reported, answered: z.string(),
});

/** How a show went, as both sides say it, and the table of our own people, who need no organisation. */
export const reviewsRouter = router({
  ofBooking: signedIn.input(OfBooking).output(z.object({
    side: SideView, state: z.enum(['not_played', 'open', 'shown', 'over']),
    /** The last day at the venue on which a side may write. */
    until: DayView.nullable(),
    /** What the place says that it holds, 0 where it says nothing, and the most that is believed. */
    capacity: z.int(), most: z.int(), parts: z.array(Part), own: ReviewView.nullable(), other: ReviewView.nullable(), attendance: z.int().nullable(), mails: z.boolean(),
    may: z.object({ write: z.boolean(), reply: z.boolean(), report: z.boolean(), reportReply: z.boolean() }),
  })).query(({ ctx, input }) => readReviews(ctx, input.bookingId)),
  /** @throws show_not_played, review_late, review_shown, attendance_absurd */
  write: signedIn.input(OfBooking.extend({ stars: Stars, parts: z.partialRecord(Part, Stars.nullable()).default({}), words: text(2_000).default(''), attendance: z.int().min(0).max(1_000_000).nullable().default(null) })).output(z.null())
    .mutation(({ ctx, input }) => writeReview(ctx, input)),
  /** @throws reply_made */
  reply: signedIn.input(OfBooking.extend({ words: text(1_000).min(1) })).output(z.null()).mutation(({ ctx, input }) => replyTo(ctx, input)),
  /** @throws report_made */
  report: signedIn.input(OfBooking.extend({ what: What, reason: text(600).min(3) })).output(z.null()).mutation(({ ctx, input }) => reportReview(ctx, input)),
  /** Whether the organisation is reminded of reviews by mail. */
  remind: signedIn.input(OfBooking.extend({ mails: z.boolean() })).output(z.null()).mutation(({ ctx, input }) => setReminders(ctx, input)),

  open: anyone.output(z.array(z.object({
    bookingId: z.string(), side: SideView, what: What, reason: z.string(), at: InstantView, by: z.string(), about: z.string(), day: DayView, stars: Stars.nullable(), words: z.string(),
  }))).query(({ ctx }) => readReports(ctx)),
  /** @throws report_closed */
  answer: anyone.input(OfBooking.extend({ side: SideView, what: What, hide: z.boolean(), words: line(600).min(3) })).output(z.null()).mutation(({ ctx, input }) => answerReport(ctx, input)),
});
