import { transact, type Context } from '../core/context.ts';
import { localeOf } from '../core/locale.ts';
import { euros, type Currency } from '../core/money.ts';
import { fromDay, toDay } from '../core/time.ts';
import { ratesOn } from '../legal/service.ts';
import { dayWords, lockPlan, tellPlan, todayOf } from '../subscriptions/service.ts';
import { reachesTop } from '../prices/commission.ts';
import { monthsLater, yearBefore } from '../prices/period.ts';
import { onDay, turnoverOf } from '../prices/service.ts';

/** What turnover is measured in. */
const currency: Currency = 'EUR';

/**
 * Certifies, free of charge and for a year, every artist and booker whose past year through us reaches the highest band of a booker's scale, by turnover
 * or by contracts, and gives it the months of its plan that the promotion `MERIT` says (BI-13). Each month; whoever is certified is left alone.
 */
export async function certifyAll(ctx: Context): Promise<void> {
  const since = fromDay(yearBefore(toDay(ctx.now())));
  const candidates = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM organisation WHERE claimed AND kind IN ('artist', 'booker') AND (
      EXISTS (SELECT FROM contract WHERE status = 'signed' AND signed_at >= ${since}::timestamptz AND org_id = organisation.id)
      OR EXISTS (SELECT FROM contract JOIN representation ON artist_org_id = contract.org_id WHERE status = 'signed' AND signed_at >= ${since}::timestamptz AND booker_org_id = organisation.id)) ORDER BY id`;
  for (const { id } of candidates) await transact(ctx, (tx) => certify(tx, id));
}

async function certify(tx: Context, orgId: string): Promise<void> {
  await lockPlan(tx, orgId);
  const org = await tx.db.organisation.findUniqueOrThrow({ where: { id: orgId } });
  const today = todayOf(tx, org);
  if (await tx.db.certification.count({ where: { orgId, until: { gt: fromDay(today) } } }) > 0) return;
  const { minor, contracts } = await turnoverOf(tx, org, today, currency);
  const reaches = reachesTop({ minor, currency }, await ratesOn(tx, 'commission.booker', today)) || reachesTop(euros(BigInt(contracts)), await ratesOn(tx, 'commission.volume', today));
  if (!reaches) return;
  const until = monthsLater(today, 12);
  await tx.db.certification.create({ data: { orgId, since: fromDay(today), until: fromDay(until), contracts, turnoverMinor: minor, currency } });
  const gives = await tx.db.promotion.findFirst({ where: { kind: 'merit', ...onDay(today) } });
  if (gives) await tx.db.planDiscount.create({ data: { id: tx.newId('rat'), orgId, cause: `merit:${orgId}:${today}`, bps: gives.bps, months: gives.months, createdAt: tx.now() } });
  await tellPlan(tx, org, `plan.certified:${orgId}:${today}`, { kind: 'certified', until: dayWords(until, localeOf(org.locale)), months: gives?.months ?? 0 });
}
