import { analyticsPublicRouter } from './analytics/router.ts';
import { bookingPublicRouter } from './booking/router.ts';
import { calendarPublicRouter } from './calendar/router.ts';
import { router } from './core/trpc.ts';
import { dossierPublicRouter } from './dossier/router.ts';
import { nearbyPublicRouter } from './nearby/router.ts';
import { partnersPublicRouter } from './partners/router.ts';
import { profilesPublicRouter } from './profiles/router.ts';
import { programmePublicRouter } from './programme/router.ts';

/** What a visitor of a partner's page may see, at `/trpc/public`: one line for each room. */
export const publicRouter = router({
  partners: partnersPublicRouter,
  profiles: profilesPublicRouter,
  calendar: calendarPublicRouter,
  programme: programmePublicRouter,
  booking: bookingPublicRouter,
  nearby: nearbyPublicRouter,
  analytics: analyticsPublicRouter,
  dossier: dossierPublicRouter,
});

export type PublicRouter = typeof publicRouter;
