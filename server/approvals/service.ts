import { lock, transact, type Context } from '../core/context.ts';
import type { Match, MatchApproval } from '../core/db/client.ts';
import { setDeadline } from '../core/deadlines.ts';
import { AppError } from '../core/errors.ts';
import { permitOperator } from '../core/operators.ts';
import { tell } from '../core/outbox.ts';

/** Days between the making of a match and its end, when nobody wrote first (MA-17; domain/matching.md, read 2026-11-21). */
export const MATCH_DAYS = 30;
const dayMs = 86_400_000;

/** An artist and a place. */
interface Sides { readonly artistOrgId: string; readonly placeOrgId: string }

/** What the rule hangs on: a match that is made and a rule that is changed at one moment are one after the other. */
const rule = 'matching:approval';

/**
 * Two of whom one has just liked the other: where both do, they have a match, once; one that has expired is made anew when both have said so again. While one of ours looks at
 * each match first (MA-24) it waits for them, and neither side hears of it before. Called in the transaction of the choice.
 */
export async function meet(tx: Context, sides: Sides, score: number): Promise<void> {
  const before = await tx.db.match.findUnique({ where: { artistOrgId_placeOrgId: sides } });
  if ((before && before.status !== 'expired') || !await areWilling(tx, sides, before)) return;
  await lock(tx, rule);
  const asked = await tx.db.matchApproval.findUnique({ where: { artistOrgId_placeOrgId: sides } });
  if (asked?.state === 'waiting' || asked?.state === 'refused') return;
  if (!await isLookedAt(tx)) return make(tx, sides, score);
  const now = { score, state: 'waiting' as const, askedAt: tx.now(), decidedAt: null };
  await tx.db.matchApproval.upsert({ where: { artistOrgId_placeOrgId: sides }, create: { id: tx.newId('apv'), ...sides, ...now }, update: now });
}

/** Whether both like each other, neither has hidden the other, and both said so after the last match of the two was over. */
async function areWilling(ctx: Context, { artistOrgId: a, placeOrgId: p }: Sides, before: Match | null): Promise<boolean> {
  const both = await ctx.db.choice.findMany({ where: { OR: [{ orgId: a, otherOrgId: p }, { orgId: p, otherOrgId: a }] } });
  return both.filter(({ verdict, hidden, at }) => (verdict === 'like' || verdict === 'super_like') && !hidden && (!before || at > before.expiresAt)).length === 2;
}

async function make(tx: Context, sides: Sides, score: number): Promise<void> {
  const made = { score, status: 'open' as const, madeAt: tx.now(), expiresAt: new Date(tx.now().getTime() + MATCH_DAYS * dayMs), contactedAt: null, bookingId: null };
  const { id, expiresAt } = await tx.db.match.upsert({ where: { artistOrgId_placeOrgId: sides }, create: { id: tx.newId('mat'), ...sides, ...made }, update: made });
  await setDeadline(tx, 'match.expires', id, expiresAt);
  await tell(tx, 'match.made', { matchId: id, orgId: sides.artistOrgId, placeOrgId: sides.placeOrgId });
}

const lastOfRule = (ctx: Context) => ctx.db.matchingAct.findFirst({ where: { kind: { in: ['approval_on', 'approval_off'] } }, orderBy: { id: 'desc' } });
/** Whether one of ours looks at each match first. Nobody does, until somebody has said so. */
const isLookedAt = async (ctx: Context): Promise<boolean> => (await lastOfRule(ctx))?.kind === 'approval_on';

/** Lines of the journal, and of what was decided, that are read at once. */
const mostRead = 50;

/** Whether each match is looked at first, since when and by whose word; those that wait, the oldest first; what was decided last; and what our own people did by hand. @throws AppError as `permitOperator` does. */
export async function readDesk(ctx: Context) {
  await permitOperator(ctx);
  const [last, waiting, decided, acts] = await Promise.all([
    lastOfRule(ctx), ctx.db.matchApproval.findMany({ where: { state: 'waiting' }, orderBy: [{ askedAt: 'asc' }, { id: 'asc' }], take: 200 }),
    ctx.db.matchApproval.findMany({ where: { state: { not: 'waiting' } }, orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }], take: mostRead }), ctx.db.matchingAct.findMany({ orderBy: { id: 'desc' }, take: mostRead }),
  ]);
  const rows = [...waiting, ...decided];
  const orgs = await ctx.db.organisation.findMany({ where: { id: { in: rows.flatMap(({ artistOrgId, placeOrgId }) => [artistOrgId, placeOrgId]) } }, select: { id: true, name: true, city: true, kind: true, createdAt: true } });
  const users = await ctx.db.user.findMany({ where: { id: { in: [...acts, ...last ? [last] : []].map(({ userId }) => userId) } }, select: { id: true, name: true } });
  const whose = (id: string): string => users.find((one) => one.id === id)?.name ?? '';
  const who = (id: string) => {
    const org = orgs.find((one) => one.id === id);
    return { orgId: id, name: org?.name ?? '', city: org?.city ?? '', kind: org?.kind ?? '', since: org?.createdAt.toISOString() ?? null };
  };
  const view = ({ id, artistOrgId, placeOrgId, score, state, askedAt, decidedAt }: MatchApproval) =>
    ({ id, artist: who(artistOrgId), place: who(placeOrgId), score, state, askedAt: askedAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null });
  return {
    on: last?.kind === 'approval_on', since: last?.at.toISOString() ?? null, by: last ? whose(last.userId) : '',
    waiting: waiting.map(view), decided: decided.map(view),
    acts: acts.map(({ id, at, userId, kind, subject, version, reason }) => ({ id: `${id}`, at: at.toISOString(), by: whose(userId), kind, subject, version, reason })),
  };
}

/**
 * From now on one of ours looks at each match, or nobody does: then those that wait are made at once, so that none is lost; of whom one has thought better of it, that is noted.
 * Said twice, it was said once.
 *
 * @throws AppError as `permitOperator` does.
 */
export async function lookFirst(ctx: Context, { on, reason }: { readonly on: boolean; readonly reason: string }): Promise<void> {
  const userId = await permitOperator(ctx);
  await transact(ctx, async (tx) => {
    await lock(tx, rule);
    if (await isLookedAt(tx) === on) return;
    await tx.db.matchingAct.create({ data: { at: tx.now(), userId, kind: on ? 'approval_on' : 'approval_off', subject: '', reason } });
    if (on) return;
    for (const row of await tx.db.matchApproval.findMany({ where: { state: 'waiting' }, orderBy: { askedAt: 'asc' } })) await settle(tx, row, 'released');
  });
}

/** What becomes of one that waits: the match is made, where both still want it. */
async function settle(tx: Context, { id, artistOrgId, placeOrgId, score }: MatchApproval, state: 'approved' | 'released'): Promise<void> {
  const sides = { artistOrgId, placeOrgId };
  const before = await tx.db.match.findUnique({ where: { artistOrgId_placeOrgId: sides } });
  const willing = (!before || before.status === 'expired') && await areWilling(tx, sides, before);
  await tx.db.matchApproval.update({ where: { id }, data: { state: willing ? state : 'withdrawn', decidedAt: tx.now() } });
  if (willing) await make(tx, sides, score);
}

/**
 * Approves a match, so that both sides are told, or refuses it, of which neither hears; what was refused can be approved after all.
 *
 * @throws AppError `not_found`, `approval_decided`; and as `permitOperator` does.
 */
export async function decide(ctx: Context, { id, approve, reason }: { readonly id: string; readonly approve: boolean; readonly reason: string }): Promise<void> {
  const userId = await permitOperator(ctx);
  await transact(ctx, async (tx) => {
    await lock(tx, rule);
    const row = await tx.db.matchApproval.findUnique({ where: { id } });
    if (!row) throw new AppError('not_found');
    if (row.state !== 'waiting' && !(approve && row.state === 'refused')) throw new AppError('approval_decided');
    await tx.db.matchingAct.create({ data: { at: tx.now(), userId, kind: approve ? 'approved' : 'refused', subject: id, reason } });
    if (approve) await settle(tx, row, 'approved');
    else await tx.db.matchApproval.update({ where: { id }, data: { state: 'refused', decidedAt: tx.now() } });
  });
}
