import type { Context } from './context.ts';

const dayMs = 86_400_000;

/** Days by the wall clock after which what only counted or waited is of no use: counts, one-time codes, answers kept to be given again, sessions and tokens, what was sent to webhooks, what was asked of others in a day. Measured ways as the operator says. By the trade's clock: what happened between those who seek each other, 24 months; wishes to hear an artist near, twelve months, and the address of a fan that never said yes to our mail, seven days; searches for tours, with all that they found, 60 days. */
const kept = { counts: 1, codes: 7, replays: 30, ended: 7, sent: 30, spent: 30, sightings: 730, wishes: 365, unconfirmed: 7, wishMails: 7, tours: 60 } as const;

/** Removes what strangers leave behind by asking, and the log of webhooks, and of what was shown to whom what nothing is learned from any more. Signatures keep their own evidence. Gives the number of rows. */
export async function purge(ctx: Context): Promise<number> {
  const now = ctx.realNow().getTime();
  const before = (days: number) => new Date(now - days * dayMs);
  const gone = [
    await ctx.db.rateLimit.deleteMany({ where: { lastRequest: { lt: BigInt(before(kept.counts).getTime()) } } }),
    await ctx.db.oneTimeCode.deleteMany({ where: { createdAt: { lt: before(kept.codes) } } }),
    await ctx.db.replay.deleteMany({ where: { at: { lt: before(kept.replays) } } }),
    await ctx.db.verification.deleteMany({ where: { expiresAt: { lt: before(kept.ended) } } }),
    await ctx.db.webhookDelivery.deleteMany({ where: { createdAt: { lt: before(kept.sent) }, state: { not: 'waiting' } } }),
    await ctx.db.sighting.deleteMany({ where: { at: { lt: new Date(ctx.now().getTime() - kept.sightings * dayMs) } } }),
    await ctx.db.roadLeg.deleteMany({ where: { at: { lt: before(ctx.config.roads.keepDays) } } }),
    await ctx.db.roadSpend.deleteMany({ where: { day: { lt: before(kept.spent) } } }),
    await ctx.db.wish.deleteMany({ where: { createdAt: { lt: new Date(ctx.now().getTime() - kept.wishes * dayMs) } } }),
    await ctx.db.wish.updateMany({ where: { asker: 'fan', email: { not: '' }, confirmedAt: null, createdAt: { lt: new Date(ctx.now().getTime() - kept.unconfirmed * dayMs) } }, data: { email: '', tokenHash: null } }),
    await ctx.db.mail.deleteMany({ where: { cause: { startsWith: 'near:' }, sentAt: { not: null }, createdAt: { lt: before(kept.wishMails) } } }),
    await ctx.db.tourRun.deleteMany({ where: { createdAt: { lt: new Date(ctx.now().getTime() - kept.tours * dayMs) } } }),
    await ctx.db.session.deleteMany({ where: { expiresAt: { lt: before(kept.ended) } } }),
  ];
  return gone.reduce((sum, { count }) => sum + count, 0);
}
