import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, Id, InstantView, MoneyView, SideView, text } from '../core/wire.ts';
import { cancelBooking, readAccount, simulateCancellation } from './service.ts';

const BookingId = z.object({ bookingId: Id('bkg') });
const Cause = z.enum(['organiser', 'producer', 'force_majeure']);
const Minor = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** `asked` waits for the other side's word, `waiting` for a bank's. */
const Status = z.enum(['asked', 'waiting', 'done']);
const Shares = z.object({ indemnity: MoneyView, kept: MoneyView, owed: MoneyView, refund: MoneyView });

/** The money of a booking, and what happens to it when the booking is cancelled. */
export const refundsRouter = router({
  /** What is held, due, released and given back, every movement, and the proofs: the same for both sides. */
  account: signedIn.input(BookingId).output(z.object({
    path: z.enum(['secured', 'public']), total: MoneyView, captured: MoneyView, held: MoneyView, released: MoneyView, refunded: MoneyView, covered: MoneyView,
    /** With a bank, which answers within days. */
    underWay: MoneyView,
    /** A dispute is open: nothing is released meanwhile. */
    frozen: z.boolean(),
    due: z.array(z.object({ why: z.enum(['deposit', 'balance']), amount: MoneyView, day: DayView })),
    movements: z.array(z.object({
      id: z.string(), kind: z.string(), at: InstantView, why: z.string(),
      entries: z.array(z.object({ owner: z.enum(['held', 'artist', 'booker', 'buyer', 'provider', 'platform', 'tax', 'receivable']), account: z.string(), amount: MoneyView, balance: MoneyView })),
    })),
    proofs: z.object({ entries: z.int(), sum: MoneyView, sumIsZero: z.boolean(), held: MoneyView, due: MoneyView, heldIsDue: z.boolean() }),
    cancellation: Shares.extend({
      cause: Cause, by: SideView, reason: z.string(), status: Status, daysBefore: z.int(), rateBps: z.int(), askedAt: InstantView, doneAt: InstantView.nullable(),
    }).nullable(),
  })).query(({ ctx, input }) => readAccount(ctx, input.bookingId)),

  /** Who would get what if the reader cancelled now: what is with a bank counted in, and `otherwise` if the bank brings nothing. */
  simulate: signedIn.input(BookingId.extend({ cause: Cause })).output(Shares.extend({
    cause: Cause, path: z.enum(['secured', 'public']), daysBefore: z.int(), rateBps: z.int(), price: MoneyView, held: MoneyView, underWay: MoneyView, otherwise: Shares.nullable(), commission: MoneyView, commissionVat: MoneyView, booker: MoneyView, payout: MoneyView,
    /** What the provider takes for what was paid, and keeps: ours to bear. */
    providerPrice: MoneyView.nullable(),
  })).query(({ ctx, input }) => simulateCancellation(ctx, input)),

  /** Cancels; `seen` is what the simulation showed, in minor units. `asked`: force majeure waits for the other side; `waiting`: its money waits for a bank. */
  cancel: signedIn.input(BookingId.extend({ cause: Cause, reason: text(600).refine((reason) => reason !== ''), seen: z.object({ kept: Minor, owed: Minor, refund: Minor }) }))
    .output(z.object({ status: Status })).mutation(({ ctx, input }) => cancelBooking(ctx, input)),
});
