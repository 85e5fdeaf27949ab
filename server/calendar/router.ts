import { z } from 'zod';
import { guest, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, InstantView, line } from '../core/wire.ts';
import { markDays, placeHold, readAvailability, readCalendar, releaseHold } from './service.ts';

const StateView = z.enum(['free', 'flexible', 'busy']);
const DayStateView = z.object({ day: DayView, state: StateView });
const HoldView = z.object({ id: z.string(), bookingId: z.string(), day: DayView, rank: z.int(), expiresAt: InstantView, status: z.enum(['live', 'lapsed', 'released', 'confirmed']) });

/** The calendar of an artist, for the artist and their booker. */
export const calendarRouter = router({
  /** Each day from `from` to `until`, both included, at most 400. */
  days: signedIn.input(z.object({ from: DayView, until: DayView })).output(z.array(DayStateView.extend({
    /** What the artist said of the day, if anything. */
    mark: StateView.nullable(),
    holds: z.array(HoldView.extend({ buyer: z.string() })),
    /** The booking, or the show from elsewhere, that the day is sold to. */
    sold: z.object({ bookingId: z.string().nullable(), title: z.string() }).nullable(),
  }))).query(({ ctx, input }) => readCalendar(ctx, input)),
  /** Says of days that they are free, flexible or busy; `null` takes it back. */
  mark: signedIn.input(z.object({ days: z.array(DayView).min(1).max(400), state: StateView.nullable() })).output(z.object({ marked: z.int() }))
    .mutation(({ ctx, input }) => markDays(ctx, input)),
  /** The artist grants the buyer of a booking a hold; its rank is the next one free on that day. */
  placeHold: signedIn.input(z.object({ bookingId: Id('bkg'), day: DayView.optional(), days: z.int().min(1).max(60).default(14) })).output(HoldView)
    .mutation(({ ctx, input }) => placeHold(ctx, input)),
  releaseHold: signedIn.input(z.object({ id: Id('hld') })).output(HoldView).mutation(({ ctx, input }) => releaseHold(ctx, input.id)),
});

/** What the calendar shows to anybody. Past days are busy. At most 400 days. */
const availability = () => guest.input(z.object({ artist: line(60), from: DayView, until: DayView })).output(z.object({
    artist: z.string(), name: z.string(), today: DayView, timeZone: z.string(), days: z.array(DayStateView),
  })).query(({ ctx, input }) => readAvailability(ctx, input));

export const calendarPublicRouter = router({
  availability: availability(),
  /** The same, for a calendar that looks by itself whether something changed: counted apart (core/limits.ts). */
  look: availability(),
});
