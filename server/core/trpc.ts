import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { Context, Guest, SignedIn } from './context.ts';
import { AppError, ERRORS, type ErrorCode } from './errors.ts';
import { faultOf } from './wire.ts';

/** What a page learns of a refusal: the code, whose words it has, and the field or figure that it names. */
interface Refusal {
  readonly reason: ErrorCode | null;
  readonly details: Readonly<Record<string, string>>;
}

function refusalOf(cause: unknown): Refusal {
  if (cause instanceof AppError) return { reason: cause.code, details: cause.details };
  if (cause instanceof ZodError) return faultOf(cause);
  return { reason: null, details: {} };
}

const t = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    // What is not a refusal is ours alone to read.
    message: error.code === 'INTERNAL_SERVER_ERROR' ? 'internal' : error.cause instanceof ZodError ? 'input_invalid' : shape.message,
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, ...refusalOf(error.cause) },
  }),
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
});

const refusals = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || !(result.error.cause instanceof AppError)) return result;
  const { cause } = result.error;
  throw new TRPCError({ code: ERRORS[cause.code], message: cause.code, cause });
});

/** A procedure for whoever comes: signing in, or what a page of ours needs before. */
export const anyone = t.procedure.use(refusals);

export const { router } = t;

/** A procedure of `/trpc/public`: a visitor of a partner's page, known by the partner's key alone. */
export const guest = anyone.use(({ ctx, next }) => {
  if (!ctx.partner) throw ctx.refusal ?? new AppError('key_unknown');
  const from: Guest = { ...ctx, partner: ctx.partner };
  return next({ ctx: from });
});

/** A procedure of `/trpc`: a person of an organisation, or the holder of a link, on our own origin. */
export const signedIn = anyone.use(({ ctx, next }) => {
  if (!ctx.actor) throw new AppError(ctx.userId ? 'organisation_missing' : 'signed_out');
  const signed: SignedIn = { ...ctx, actor: ctx.actor };
  return next({ ctx: signed });
});
