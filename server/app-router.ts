import { accountingRouter } from './accounting/router.ts';
import { analyticsRouter } from './analytics/router.ts';
import { approvalsRouter } from './approvals/router.ts';
import { bankingRouter } from './banking/router.ts';
import { billingRouter } from './billing/router.ts';
import { bookersRouter } from './bookers/router.ts';
import { bookingRouter } from './booking/router.ts';
import { calendarRouter } from './calendar/router.ts';
import { claimsRouter } from './claims/router.ts';
import { contestsRouter } from './contests/router.ts';
import { contractsRouter } from './contracts/router.ts';
import { mergeRouters, router } from './core/trpc.ts';
import { declarationsRouter } from './declarations/router.ts';
import { discoveryRouter } from './discovery/router.ts';
import { disputesRouter } from './disputes/router.ts';
import { dossierRouter } from './dossier/router.ts';
import { escrowRouter } from './escrow/router.ts';
import { tillRouter } from './till/router.ts';
import { identityRouter } from './identity/router.ts';
import { learningRouter } from './learning/router.ts';
import { marketRouter } from './market/router.ts';
import { matchingRouter } from './matching/router.ts';
import { municipalRouter } from './municipal/router.ts';
import { nearbyRouter } from './nearby/router.ts';
import { operationsRouter } from './operations/router.ts';
import { partnersRouter } from './partners/router.ts';
import { payoutsRouter } from './payouts/router.ts';
import { plansRouter } from './plans/router.ts';
import { pricesRouter } from './prices/router.ts';
import { profilesRouter } from './profiles/router.ts';
import { quotesRouter } from './quotes/router.ts';
import { refundsRouter } from './refunds/router.ts';
import { reviewsRouter } from './reviews/router.ts';
import { searchesRouter } from './searches/router.ts';
import { sendingsRouter } from './sendings/router.ts';
import { sheetsRouter } from './sheets/router.ts';
import { roadbooksRouter } from './roadbooks/router.ts';
import { tourOf } from './roadbooks/service.ts';
import { signingRouter } from './signing/router.ts';
import { toursRouter } from './tours/router.ts';
import { webhooksRouter } from './webhooks/router.ts';

/** What people of an organisation may do, at `/trpc`: one line for each room; what is done with a tour lies in three. */
export const appRouter = router({
  identity: identityRouter,
  bookers: bookersRouter,
  prices: pricesRouter,
  plans: plansRouter,
  quotes: quotesRouter,
  partners: partnersRouter,
  profiles: profilesRouter,
  calendar: calendarRouter,
  booking: bookingRouter,
  nearby: nearbyRouter,
  matching: matchingRouter,
  learning: learningRouter,
  approvals: approvalsRouter,
  discovery: discoveryRouter,
  market: marketRouter,
  tours: mergeRouters(toursRouter, searchesRouter, sendingsRouter),
  sheets: sheetsRouter,
  roadbooks: roadbooksRouter(tourOf),
  municipal: municipalRouter,
  contracts: contractsRouter,
  signing: signingRouter,
  escrow: escrowRouter,
  till: tillRouter,
  reviews: reviewsRouter,
  refunds: refundsRouter,
  disputes: disputesRouter,
  claims: claimsRouter,
  billing: billingRouter,
  contests: contestsRouter,
  accounting: accountingRouter,
  banking: bankingRouter,
  declarations: declarationsRouter,
  analytics: analyticsRouter,
  dossier: dossierRouter,
  payouts: payoutsRouter,
  webhooks: webhooksRouter,
  operations: operationsRouter,
});

export type AppRouter = typeof appRouter;
