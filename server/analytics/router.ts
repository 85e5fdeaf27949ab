import { z } from 'zod';
import { guest, router, signedIn } from '../core/trpc.ts';
import { DayView, Id } from '../core/wire.ts';
import { countSeen, readViews } from './service.ts';

const sums = { views: z.int(), requests: z.int(), conversions: z.int(), errors: z.int() };
const Keyed = z.object({ key: z.string(), ...sums });

/** What a partner's widgets did, page by page and day by day. */
export const analyticsRouter = router({
  views: signedIn.input(z.object({ siteId: Id('sit'), from: DayView, until: DayView })).output(z.object({
    all: z.object(sums), days: z.array(Keyed), pages: z.array(Keyed), widgets: z.array(Keyed), faults: z.array(z.object({ code: z.string(), n: z.int() })),
  })).query(({ ctx, input }) => readViews(ctx, input)),
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
