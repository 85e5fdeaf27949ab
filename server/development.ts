import { Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from './core/clock.ts';
import type { Context } from './core/context.ts';
import { AppError } from './core/errors.ts';

const Move = z.union([z.object({ to: z.iso.datetime() }), z.object({ days: z.number().min(0).max(1_000) })]);

/** What a developer sees and a stranger never does: every mail, and the trade's clock. Production does not mount it. */
export function development(ctx: Context, clock: Clock, afterMove: () => Promise<unknown>): Hono {
  const app = new Hono();
  app.get('/mails', async (call) => {
    const to = call.req.query('to');
    const mails = await ctx.db.mail.findMany({ where: to ? { to } : {}, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 200 });
    return call.json(mails.map(({ id, to: reader, subject, text, html, createdAt }) => ({ id, to: reader, subject, text, html, createdAt: createdAt.toISOString() })));
  });
  app.get('/clock', (call) => call.json({ now: clock.now().toISOString(), realNow: clock.realNow().toISOString() }));
  app.post('/clock', async (call) => {
    const { data } = Move.safeParse(await call.req.json());
    if (!data) throw new AppError('input_invalid', { field: 'to' });
    await clock.move('to' in data ? new Date(data.to) : new Date(clock.now().getTime() + data.days * 86_400_000));
    await afterMove();
    return call.json({ now: clock.now().toISOString(), realNow: clock.realNow().toISOString() });
  });
  return app;
}
