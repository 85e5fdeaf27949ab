import type { Context } from '../core/context.ts';
import type { Currency } from '../core/money.ts';
import { fromDay, type Day } from '../core/time.ts';
import type { CancellationBand } from './cancellation.ts';
import type { Band } from './commission.ts';

/** The bands of a scale, `commission.contract`, as they stand on `day`. */
export async function ratesOn(ctx: Context, kind: 'commission.contract', day: Day): Promise<Band[]> {
  const at = fromDay(day);
  const rows = await ctx.db.rate.findMany({
    where: { kind, validFrom: { lte: at }, OR: [{ validTo: null }, { validTo: { gt: at } }] },
    orderBy: { upToMinor: { sort: 'asc', nulls: 'last' } },
  });
  return rows.map(({ upToMinor, currency, bps }) => ({ upToMinor, currency: currency as Currency, bps: BigInt(bps) }));
}

/** What an organiser who cancels owes, by the days left, as the scale stands on `day`: that of the signature. */
export async function cancellationBandsOn(ctx: Context, day: Day): Promise<CancellationBand[]> {
  const at = fromDay(day);
  const rows = await ctx.db.cancellationRate.findMany({ where: { validFrom: { lte: at }, OR: [{ validTo: null }, { validTo: { gt: at } }] } });
  return rows.map(({ upToDays, bps }) => ({ upToDays, bps: BigInt(bps) }));
}
