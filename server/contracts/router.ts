import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { Id, MoneyView } from '../core/wire.ts';
import { readContract } from './service.ts';

/** The contract of a booking, to read on screen. Its PDF is `/files/<fileId>`; once sealed, `/files/<sealedFileId>`. */
export const contractsRouter = router({
  contract: signedIn.input(z.object({ bookingId: Id('bkg') })).output(z.object({
    id: z.string(), number: z.string(), status: z.enum(['drafted', 'signed', 'void']), path: z.enum(['secured', 'public']),
    price: MoneyView, vatBps: z.int(), vat: MoneyView, total: MoneyView, commissionBps: z.int(),
    clauses: z.array(z.object({ number: z.int(), heading: z.string(), paragraphs: z.array(z.string()) })),
    fileId: z.string(), sealedFileId: z.string().nullable(), evidenceFileId: z.string().nullable(), draftedAt: z.string(), signedAt: z.string().nullable(),
  })).query(({ ctx, input }) => readContract(ctx, input.bookingId)),
});
