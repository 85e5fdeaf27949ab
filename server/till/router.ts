import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, Id, MoneyView } from '../core/wire.ts';
import { beginPayment, completePayPal, payByPayPal, payByTransfer, requestPayCode } from './service.ts';
import { WAYS } from './ways.ts';

const BookingId = z.object({ bookingId: Id('bkg') });

const TransferView = z.object({ holder: z.string(), iban: z.string(), bic: z.string(), reference: z.string() });

/** Where a buyer pays. */
export const tillRouter = router({
  /**
   * Begins what the buyer has to do now: pay the deposit (or a balance whose charge was refused), or save a card for a deposit
   * that falls outside the provider's window. From a frame (`file` link) a fresh one-time `code` is asked for.
   */
  beginPayment: signedIn.input(BookingId.extend({ code: z.string().regex(/^\d{6}$/).optional() })).output(z.object({
    provider: z.enum(['sandbox', 'stripe']), act: z.enum(['pay', 'save']), ref: z.string(), clientSecret: z.string(),
    publishableKey: z.string(), ways: z.array(z.enum(WAYS)).readonly(), transfer: TransferView.nullable(), amount: MoneyView, part: z.enum(['deposit', 'balance']), dueDay: DayView,
  })).mutation(({ ctx, input }) => beginPayment(ctx, input)),

  /** Where the buyer's own transfer is awaited: after `beginPayment`, when `ways` names it. The payment stays due until the money is there. */
  payByTransfer: signedIn.input(BookingId).output(TransferView).mutation(({ ctx, input }) => payByTransfer(ctx, input.bookingId)),

  /** PayPal's page, for a window of the buyer's own: after `beginPayment`, when `ways` names it. An address without a host is the sandbox's. */
  payByPayPal: signedIn.input(BookingId).output(z.object({ ref: z.string(), page: z.string() })).mutation(({ ctx, input }) => payByPayPal(ctx, input.bookingId)),

  /** The buyer is back from that page: takes what they approved. */
  completePayPal: signedIn.input(BookingId.extend({ ref: z.string().min(1).max(200) })).output(z.object({
    status: z.enum(['needs_method', 'needs_action', 'processing', 'captured', 'saved', 'refused', 'cancelled']), refusal: z.string(),
  })).mutation(({ ctx, input }) => completePayPal(ctx, input)),

  /** Sends the buyer the one-time code that `beginPayment` asks for inside a frame. */
  requestPayCode: signedIn.input(BookingId).output(z.object({ sentTo: z.string() })).mutation(({ ctx, input }) => requestPayCode(ctx, input.bookingId)),
});
