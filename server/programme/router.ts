import { z } from 'zod';
import { guest, router } from '../core/trpc.ts';
import { DayView, line } from '../core/wire.ts';
import { readProgramme, readTour } from './service.ts';

const ShowView = z.object({
  id: z.string(), title: z.string(), artist: z.string().nullable(), day: DayView, startTime: z.string(), timeZone: z.string(), place: z.string(), city: z.string(), country: z.string(),
  lat: z.number().nullable(), lng: z.number().nullable(), ticketUrl: z.string(), free: z.boolean(), status: z.enum(['planned', 'played', 'cancelled']), genres: z.array(z.string()),
});

/** What is announced, as a visitor of a partner's page reads it. */
export const programmePublicRouter = router({
  /** The announced shows of a place (the partner's own when `stage` is empty) or of an artist, by day. */
  shows: guest.input(z.object({ stage: line(60).default(''), artist: line(60).default(''), past: z.boolean().default(false), limit: z.int().min(1).max(200).default(60) }))
    .output(z.object({ name: z.string(), today: DayView, shows: z.array(ShowView) })).query(({ ctx, input }) => readProgramme(ctx, input)),

  /** The announced shows of an artist, or of a festival's artists, that have a place on the map; with `past`, those of the last 90 days too. */
  tour: guest.input(z.object({ artist: line(60), past: z.boolean().default(false) }))
    .output(z.object({ name: z.string(), today: DayView, shows: z.array(ShowView), artists: z.array(z.object({ slug: z.string(), name: z.string() })) }))
    .query(({ ctx, input }) => readTour(ctx, input.artist, input.past)),
});
