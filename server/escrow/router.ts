import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { DayView, Id, MoneyView } from '../core/wire.ts';
import { CAPACITIES } from '../legal/booker.ts';
import { readLedger, readMoney } from './service.ts';

const BookingId = z.object({ bookingId: Id('bkg') });

const PaymentView = z.object({
  id: z.string(), part: z.enum(['deposit', 'balance']), amount: MoneyView, dueDay: DayView, automatic: z.boolean(),
  status: z.enum(['due', 'processing', 'captured', 'refused', 'lapsed']), refusal: z.string(), capturedAt: z.string().nullable(),
});

/** The secured payment of a booking. */
export const escrowRouter = router({
  /** What is due, held and released, in figures. */
  money: signedIn.input(BookingId).output(z.object({
    path: z.enum(['secured', 'public']), total: MoneyView, due: MoneyView, held: MoneyView, released: MoneyView,
    payments: z.array(PaymentView), mandate: z.object({ label: z.string() }).nullable(),
    payout: z.object({ amount: MoneyView, status: z.enum(['waiting', 'sent', 'paid', 'failed', 'withheld']), paidAt: z.string().nullable() }).nullable(),
    /** What the contract leaves the artist's booker, for the artist's side alone. `capSource` is the law where it left less than was agreed; `outside`: the producer pays it itself. */
    booker: z.object({
      name: z.string(), capacity: z.enum(CAPACITIES), agreedBps: z.int(), bps: z.int(), capSource: z.string(), basis: MoneyView, commission: MoneyView, vat: MoneyView, vatBps: z.int(),
      state: z.enum(['coming', 'outside', 'nothing', 'waiting', 'sent', 'paid', 'failed', 'withheld']), paidAt: z.string().nullable(),
    }).nullable(),
  })).query(({ ctx, input }) => readMoney(ctx, input.bookingId)),

  /** Every entry of the booking, oldest first, with the running balance of its account, and the proof that each currency sums to zero. */
  ledger: signedIn.input(BookingId).output(z.object({
    transfers: z.array(z.object({
      id: z.string(), kind: z.string(), at: z.string(), reason: z.string(),
      entries: z.array(z.object({ account: z.string(), amount: MoneyView, balance: MoneyView })),
    })),
    accounts: z.array(z.object({ account: z.string(), balance: MoneyView })), sum: MoneyView,
  })).query(({ ctx, input }) => readLedger(ctx, input.bookingId)),
});
