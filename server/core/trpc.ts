import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { Context, Guest, SignedIn } from './context.ts';
import { isUnfit } from './database.ts';
import { AppError, ERRORS, type ErrorCode } from './errors.ts';
import { faultOf } from './wire.ts';

/** What a page learns of a refusal: the code, whose words it has, and the field or figure that it names. */
interface Refusal {
  readonly reason: ErrorCode | null;
  readonly details: Readonly<Record<string, string>>;
}

function refusalOf({ code, cause }: TRPCError): Refusal {
  if (cause instanceof AppError) return { reason: cause.code, details: cause.details };
  if (cause instanceof ZodError) return faultOf(cause);
  if (code === 'INTERNAL_SERVER_ERROR') return { reason: null, details: {} };
  // tRPC's own: a procedure that is not there, or a call that cannot be read.
  return { reason: code === 'NOT_FOUND' ? 'not_found' : 'input_invalid', details: {} };
}

const t = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    // What is not a refusal is ours alone to read.
    message: refusalOf(error).reason ?? 'internal',
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, ...refusalOf(error) },
  }),
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
});

/** `error` as tRPC says it, when it is a refusal. */
function refused(error: unknown): unknown {
  const cause = isUnfit(error) ? new AppError('input_invalid') : error;
  return cause instanceof AppError ? new TRPCError({ code: ERRORS[cause.code], message: cause.code, cause }) : error;
}

const refusals = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) {
    const [cause, said] = [result.error.cause, refused(result.error.cause)];
    if (said !== cause) throw said;
    return result;
  }
  // A stream says no while it is read, when the call itself has long gone well.
  return isStream(result.data) ? { ...result, data: guarded(result.data) } : result;
});

const isStream = (data: unknown): data is AsyncIterable<unknown> => data instanceof Object && Symbol.asyncIterator in data;

async function* guarded(stream: AsyncIterable<unknown>) {
  try {
    yield* stream;
  } catch (error) {
    throw refused(error);
  }
}

/** A procedure for whoever comes: signing in, or what a page of ours needs before. */
export const anyone = t.procedure.use(refusals);

export const { router, mergeRouters } = t;

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
