import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, Id, printedLine } from '../core/wire.ts';
import { orderPurchase, quoteAgain, readPurchase } from './service.ts';

const BookingId = z.object({ bookingId: Id('bkg') });
const PurchaseView = z.object({
  quoteNumber: z.string(), quoteFileId: z.string(), quotedAt: z.string(), validUntil: DayView, expired: z.boolean(), orderNumber: z.string(), commitmentNumber: z.string(), serviceCode: z.string(), marketNumber: z.string(), orderedAt: z.string().nullable(),
});

/** The purchase papers of a public buyer. */
export const municipalRouter = router({
  purchase: signedIn.input(BookingId).output(PurchaseView).query(({ ctx, input }) => readPurchase(ctx, input.bookingId)),
  /** The commune's order. @throws order_number_missing, quote_expired */
  order: signedIn.input(BookingId.extend({
    orderNumber: printedLine(50), commitmentNumber: printedLine(50).default(''), serviceCode: printedLine(100).default(''), marketNumber: printedLine(50).default(''),
  })).output(PurchaseView)
    .mutation(({ ctx, input }) => orderPurchase(ctx, input)),
  /** The producer quotes anew what was not ordered in time. @throws quote_valid, purchase_closed */
  quoteAgain: signedIn.input(BookingId).output(PurchaseView).mutation(({ ctx, input }) => quoteAgain(ctx, input.bookingId)),
});
