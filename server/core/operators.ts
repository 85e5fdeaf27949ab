import type { Context } from './context.ts';
import { AppError } from './errors.ts';

/** Asks whether whoever is signed in acts for the platform itself, and gives their id. @throws AppError `signed_out`; `not_found` for anybody else. */
export async function permitOperator(ctx: Context): Promise<string> {
  const user = ctx.userId ? await ctx.db.user.findUnique({ where: { id: ctx.userId } }) : null;
  if (!user) throw new AppError('signed_out');
  if (!user.emailVerified || !ctx.config.operators.includes(user.email.toLowerCase())) throw new AppError('not_found');
  return user.id;
}
