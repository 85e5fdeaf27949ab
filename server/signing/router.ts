import { z } from 'zod';
import { router, signedIn } from '../core/trpc.ts';
import { Id, SideView, line } from '../core/wire.ts';
import { readEnvelope, requestCode, sign } from './service.ts';

const BookingId = z.object({ bookingId: Id('bkg') });
const EnvelopeView = z.object({
  id: z.string(), title: z.string(), status: z.enum(['sent', 'completed', 'void']), sha256: z.string(), fileId: z.string(), sealedFileId: z.string().nullable(), evidenceFileId: z.string().nullable(),
  /** The side of the reader. */
  side: SideView,
  /** What signing means, in words; the signer agrees to exactly this. */
  consent: z.string(),
  signers: z.array(z.object({ side: SideView, name: z.string(), email: z.string(), signedAt: z.string().nullable() })),
});

/** The document of a booking that waits for signatures. Opening it is noted as seen; only `sign` signs. */
export const signingRouter = router({
  envelope: signedIn.input(BookingId).output(EnvelopeView).query(({ ctx, input }) => readEnvelope(ctx, input.bookingId)),
  /** Sends a one-time code to the signer of the reader's side. */
  requestCode: signedIn.input(BookingId).output(z.object({ sentTo: z.string() })).mutation(({ ctx, input }) => requestCode(ctx, input.bookingId)),
  sign: signedIn.input(BookingId.extend({ code: z.string().regex(/^\d{6}$/), name: line(120).min(2), consent: z.literal(true) })).output(EnvelopeView)
    .mutation(({ ctx, input }) => sign(ctx, input)),
});
