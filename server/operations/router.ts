import { z } from 'zod';
import { anyone, router } from '../core/trpc.ts';
import { Id, InstantView, MoneyView, SumInput, line, text } from '../core/wire.ts';
import { readReturned, sendAgain } from '../outgoing/service.ts';
import { readStrays, returnStray } from '../strays/service.ts';
import { decide, propose, proposeForClaim, readDeadLetters, readProposals, readReceivables, readReports, replay, reportNow, whereIs } from './service.ts';

const Kind = z.enum(['work', 'fact', 'notice']);
const Moved = z.array(z.object({ account: z.string(), amount: MoneyView }));

/** The money as our own people see it (`OPERATORS`), who need no organisation: the nightly look, what was given up, where a euro is, transfers by hand. */
export const operationsRouter = router({
  reports: anyone.output(z.array(z.object({ id: z.string(), at: InstantView, ours: MoneyView, theirs: MoneyView, difference: MoneyView, waiting: z.int(), broken: z.int(), agrees: z.boolean() }))).query(({ ctx }) => readReports(ctx)),
  reportNow: anyone.output(z.null()).mutation(({ ctx }) => reportNow(ctx)),

  deadLetters: anyone.output(z.array(z.object({ kind: Kind, id: z.string(), what: z.string(), about: z.string(), why: z.string(), at: InstantView }))).query(({ ctx }) => readDeadLetters(ctx)),
  replay: anyone.input(z.object({ kind: Kind, id: line(200).min(1) })).output(z.null()).mutation(({ ctx, input }) => replay(ctx, input)),

  /** What lost disputes leave and nothing covers: `account` is where the ledger has it, `what` a show's title or a plan. */
  receivables: anyone.output(z.array(z.object({ account: z.string(), kind: z.enum(['show', 'plan']), who: z.string(), what: z.string(), amount: MoneyView, at: InstantView.nullable() }))).query(({ ctx }) => readReceivables(ctx)),

  /** Transfers that reached the provider and that no payment asks for. */
  strays: anyone.output(z.array(z.object({
    id: z.string(), bookingId: z.string(), buyer: z.string(), amount: MoneyView, status: z.enum(['found', 'sent', 'returned', 'failed']), foundAt: InstantView, returnedAt: InstantView.nullable(), mayReturn: z.boolean(),
  }))).query(({ ctx }) => readStrays(ctx)),
  giveBack: anyone.input(z.object({ id: Id('str') })).output(z.null()).mutation(({ ctx, input }) => returnStray(ctx, input.id)),

  /** Payouts and refunds that came back: `times` is how often each was sent. */
  returned: anyone.output(z.array(z.object({ id: z.string(), kind: z.enum(['payout', 'refund']), bookingId: z.string(), to: z.string(), amount: MoneyView, sentAt: InstantView, times: z.int().positive() }))).query(({ ctx }) => readReturned(ctx)),
  sendAgain: anyone.input(z.object({ id: line(40).min(1) })).output(z.null()).mutation(({ ctx, input }) => sendAgain(ctx, input.id)),

  /** An amount, an invoice number, a booking, a reference of the provider, or a name. */
  whereIs: anyone.input(z.object({ words: line(200).min(1) })).output(z.object({
    paths: z.array(z.object({
      bookingId: z.string(), reference: z.string(), status: z.string(), title: z.string(), artist: z.string(), buyer: z.string(), total: MoneyView.nullable(), invoices: z.array(z.string()),
      payments: z.array(z.object({ id: z.string(), part: z.enum(['deposit', 'balance']), status: z.string(), amount: MoneyView, providerRef: z.string().nullable() })),
      steps: z.array(z.object({ id: z.string(), kind: z.string(), at: InstantView, why: z.string(), reason: z.string(), from: Moved, to: Moved })), stands: Moved,
    })), more: z.boolean(),
  })).query(({ ctx, input }) => whereIs(ctx, input.words)),

  proposals: anyone.output(z.array(z.object({
    id: z.string(), from: z.string(), to: z.string(), amount: MoneyView, reason: z.string(), claimId: z.string().nullable(), state: z.enum(['asked', 'approved', 'rejected', 'expired']), own: z.boolean(),
    askedBy: z.string(), askedAt: InstantView, expiresAt: InstantView, decidedBy: z.string().nullable(), decidedAt: InstantView.nullable(),
  }))).query(({ ctx }) => readProposals(ctx)),
  propose: anyone.input(z.object({ key: z.uuid(), from: line(100), to: line(100), amount: SumInput.extend({ minor: z.int().min(1) }), reason: text(600).refine((reason) => reason !== '') })).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => propose(ctx, input)),
  /** What came in for a claim over a lost dispute, or what we bear of it. @throws claim_less */
  proposeForClaim: anyone.input(z.object({ key: z.uuid(), claimId: Id('clm'), kind: z.enum(['received', 'waived']), amount: SumInput.extend({ minor: z.int().min(1) }), reason: text(600).refine((reason) => reason !== '') })).output(z.object({ id: z.string() })).mutation(({ ctx, input }) => proposeForClaim(ctx, input)),
  decide: anyone.input(z.object({ id: Id('prp'), approve: z.boolean() })).output(z.null()).mutation(({ ctx, input }) => decide(ctx, input)),
});
